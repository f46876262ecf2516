"""Which language a page is written in, and how sure that is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

from cctbx.sources.english import english_words
from cctbx.sources.languages import LANGUAGES, words_pattern

__all__ = ["recognise_language"]

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 40_000
_LITTLE = 2.0
_TOP = 200


@cache
def _evidence() -> dict[str, tuple[tuple[str, float], ...]]:
    """Word → languages it speaks for; a word of many languages says little of each."""
    owners: dict[str, list[str]] = defaultdict(list)
    for tag, row in LANGUAGES.items():
        for word in row.function_words | row.clause_words:
            owners[word].append(tag)
    return {word: tuple((tag, len(tags) ** -1.5) for tag in tags) for word, tags in owners.items()}


@cache
def _letters() -> dict[str, tuple[str, ...]]:
    return {letter: tuple(t for t, row in LANGUAGES.items() if letter in row.letters) for row in LANGUAGES.values()
            for letter in row.letters}  # fmt: skip


def recognise_language(text: str) -> tuple[str | None, float]:
    """The most likely language tag and a confidence between 0 and 1; (None, 0.0) where nothing speaks for any.

    Function words and letters of the table of languages count. Close neighbours (nb, nn, da) share most of them, so
    the confidence is the lead of the best over the second, not the amount of evidence alone.
    """
    middle = len(text) // 2
    sample = (text if len(text) <= 2 * _SAMPLE else text[:_SAMPLE] + text[middle : middle + _SAMPLE]).lower()
    scores: Counter[str] = Counter()
    words = Counter(_WORD.findall(sample))
    for word, count in words.items():
        for tag, weight in _evidence().get(word, ()):
            scores[tag] += weight * count  # type: ignore[assignment]
    for letter, tags in _letters().items():
        count = sample.count(letter)
        for tag in tags:
            scores[tag] += 0.3 * count / len(tags)  # type: ignore[assignment]
    named = [tag for tag in LANGUAGES if words_pattern("glossary", tag).search(sample[:_TOP])]
    for tag in named:
        scores[tag] += 1 / len(named)  # type: ignore[assignment]
    if sum(scores.values()) < _LITTLE:
        known = english_words()
        scores["en"] += 0.2 * sum(word in known for word in words)  # type: ignore[assignment]
    return _lead(scores, sum(words.values()))


def _lead(scores: Counter[str], words: int) -> tuple[str | None, float]:
    ranked = [(tag, value) for tag, value in scores.most_common(2) if value > 0]
    if not ranked or not words:
        return None, 0.0
    best, value = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    amount = min(1.0, value / 4)
    return best, round(amount * (1 - second / value) ** 0.5, 3)
