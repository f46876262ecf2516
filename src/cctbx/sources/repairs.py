"""What went wrong between author and page, told from the page itself: pasted tails, glued link texts, misprints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from cctbx.sources.acronyms import expands
from cctbx.sources.english import english_words
from cctbx.sources.features import clause_words, words_at_start

__all__ = ["corrected", "glued_link", "pasted_tails", "vocabulary"]

_JOINT = re.compile(r"(?<=[^\W\d_]{3})[.!?…][”\"»)]?(?=[^\W\d_A-ZÅÄÖÆØÉŁŚŻŹĆČŠŽŘ][^\W\d_]*\s)")
_QUICK = re.compile(r"[.!?…”\"»)][a-zà-ÿ]")
_SENTENCE = re.compile(r"[.!?…][”\"»)]?\s+(?=[^\W\d_a-z])")
_WORD = re.compile(r"[^\W\d_]+")
_LONG = re.compile(r"[^\W\d_]{7,}")
_LONGISH = 7
_TAIL, _NEAR = 40, 2000
_ENDINGS = ("ing", "ings", "ed", "er", "ers", "s", "es", "ly", "al", "able", "ment", "ness", "ion", "ive")
"""What English words are derived with."""


def pasted_tails(definitions: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Definitions that go on, in mid-word, with the tail of another: index → (where the tail begins, whose it is)."""
    found: dict[int, tuple[int, int]] = {}
    for index, text in enumerate(definitions):
        if _QUICK.search(text) is None:
            continue
        for joint in _JOINT.finditer(text):
            tail = text[joint.end() :]
            if len(tail) < _TAIL:
                continue
            near = range(max(0, index - _NEAR), min(len(definitions), index + _NEAR))
            owner = next((i for i in near if i != index and tail[:200] in definitions[i]), None)
            if owner is not None:
                found[index] = (joint.end(), owner)
                break
    return found


def glued_link(definition: str, headword: str, language: str) -> int | None:
    """Where the text of a link begins that was glued to the end of a definition, or None.

    The last sentence has no full stop though others have, is short, says nothing (no verb, no comma), and names the
    headword or its acronym again, or is "read more".
    """
    if definition.endswith((".", "!", "?", "…", ":", ".”", ".)", "»", "“", '."')) or "\n" in definition[-80:]:
        return None
    ends = list(_SENTENCE.finditer(definition))
    if not ends:
        return None
    start = ends[-1].end()
    tail = definition[start:]
    words = tail.split()
    clause = clause_words(language) - {
        "co",
        "jak",
        "how",
        "what",
        "hvordan",
        "hur",
        "hvad",
        "hva",
        "vad",
        "hoe",
        "wat",
        "wie",
        "was",
        "comment",
    }
    if not 2 <= len(words) <= 10 or "," in tail or any(word.lower() in clause for word in words):
        return None
    names = {word.lower()[:6] for word in re.findall(r"[^\W\d_]{2,}", headword) if len(word) > 3 or word.isupper()}
    again = any(word.lower().strip("()")[:6] in names for word in words)
    return start if again or words_at_start("chrome", language, tail) else None


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """How often each word of seven letters and more stands on the page, in lower case."""
    return Counter(chain.from_iterable(_long_words(text) for text in texts))


def _long_words(text: str) -> list[str]:
    """The long words of a text in lower case: a quick split, and a closer look at what is no mere word."""
    long = [each for each in text.lower().split() if len(each) >= _LONGISH]
    words = [each for each in long if each.isalpha()]
    return words if len(words) == len(long) else words + _LONG.findall(" ".join(w for w in long if not w.isalpha()))


def corrected(term: str, definition: str, counts: Counter[str], acronyms: Iterable[str] = ()) -> str | None:
    """A term with its misprint put right, where the text shows it; None where there is nothing to correct.

    A word of at least seven letters that the page has once is a misprint if its definition has the same word but for
    one letter inside, beside the same neighbour; or if it is no English word and one letter away from one of the trade,
    its neighbours are English, and the entry has the acronym whose letters the term gives.
    """
    words = _WORD.findall(term)
    if all(len(word) < 7 or counts[word.lower()] > 1 for word in words):
        return None
    spelt_out = len(words) > 1 and any(expands(acronym, term) for acronym in acronyms)
    for place, word in enumerate(words):
        if len(word) < 7 or counts[word.lower()] > 1:
            continue
        near = _beside(words, place, _WORD.findall(definition.replace(term, " ").lower()))
        if near is None and spelt_out:
            near = _of_the_trade(words, place)
        if near:
            return term.replace(word, near.capitalize() if word[0].isupper() else near)
    return None


def _beside(words: list[str], place: int, said: list[str]) -> str | None:
    """The word one letter away that the definition has beside the same neighbour."""
    word = words[place].lower()
    before = words[place - 1].lower() if place else None
    after = words[place + 1].lower() if place + 1 < len(words) else None
    for index, each in enumerate(said):
        if len(each) < 7 or each == word or not _one_letter(word, each):
            continue
        if (before and index and said[index - 1] == before) or (after and said[index + 1 : index + 2] == [after]):
            return each
    return None


def _of_the_trade(words: list[str], place: int) -> str | None:
    """The English word one letter away, where all others are English and this one is not, nor derived from one."""
    english, word = english_words(), words[place].lower()
    derived = any(word.endswith(end) and {word[: -len(end)], word[: -len(end)] + "e"} & english for end in _ENDINGS)
    if word in english or derived or not all(w.lower() in english for w in words if w != words[place]):
        return None
    return next((each for each in sorted(english) if len(each) >= 7 and _one_letter(word, each)), None)


def _one_letter(one: str, other: str) -> bool:
    """One letter replaced, left out, put in, or two exchanged, not among the last two (those are endings)."""
    if abs(len(one) - len(other)) > 1 or one[0] != other[0] or one[-2:] != other[-2:]:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
