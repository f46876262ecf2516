"""Closed compounds taken apart (`kundlojalitet` → `kund`, `lojalitet`), by the words that are known."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

__all__ = ["COMPOUNDING", "CompoundSplitter"]

COMPOUNDING: dict[str, tuple[str, ...]] = {
    "nb": ("", "s", "e", "en"), "da": ("", "s", "e", "en"), "sv": ("", "s", "e", "o", "u"),
    "nl": ("", "s", "en", "e", "er", "n"), "de": ("", "s", "es", "n", "en", "e", "er"), "fi": ("", "n", "en"),
}  # fmt: skip
"""The languages that write compounds closed, each with the elements that may link their parts."""

_SHORTEST = 3
_PER_PART = 4.0
_RESTORED = 2.0
"""What a part pays whose last vowel does not stand in the compound."""


class CompoundSplitter:
    """Takes the compounds of one language apart; built from known words with how often each was seen.

    Words in `simple` stand in a dictionary: a split of theirs into very short parts is an accident.

    A split must cover the whole word with known words and linking elements. Among the splits, the one with the fewest,
    longest and best known parts wins, after the reasoning of Koehn and Knight (2003): a part costs a constant and the
    negative logarithm of its frequency, so that two good parts beat three accidental ones.
    """

    def __init__(self, language: str, known: Mapping[str, int], simple: Collection[str] = ()) -> None:
        self._simple = simple
        self._links = COMPOUNDING.get(language, ())
        self._known = {word: count for word, count in known.items() if len(word) >= _SHORTEST and word.isalpha()}
        self._total = math.log(1 + sum(self._known.values()))
        self._cache: dict[str, tuple[str, ...]] = {}

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a folded word in order, without linking elements; the word alone where it is no compound."""
        if not self._links or len(word) < 2 * _SHORTEST + 1:
            return (word,)
        if word not in self._cache:
            parts = self._best(word)
            accident = word in self._simple and min(map(len, parts)) <= _SHORTEST
            if accident or len(parts) == 1:
                parts = (word,)
            else:
                parts = tuple(finer for part in parts for finer in self.split(part))
            self._cache[word] = parts
        return self._cache[word]

    def _cost(self, part: str) -> float:
        # A short part is a likelier accident: it pays what a longer one gains.
        return _PER_PART + 0.5 * (self._total - math.log(self._known[part])) + 6.0 / len(part)

    def _best(self, word: str) -> tuple[str, ...]:
        best: list[tuple[float, tuple[str, ...]] | None] = [None] * (len(word) + 1)
        best[0] = (0.0, ())
        for end in range(_SHORTEST, len(word) + 1):
            for start in range(end - _SHORTEST + 1):
                before = best[start]
                if before is None or (start == 0 and end == len(word)):
                    continue
                for part in self._parts(word[start:end], last=end == len(word)):
                    cost = before[0] + self._cost(part) + (_RESTORED if len(part) > end - start else 0.0)
                    current = best[end]
                    if current is None or cost < current[0]:
                        best[end] = (cost, (*before[1], part))
        found = best[len(word)]
        return found[1] if found else (word,)

    def _parts(self, chunk: str, *, last: bool) -> list[str]:
        """The known words this chunk can stand for: itself, or itself without a linking element before a next part."""
        found = [chunk] if chunk in self._known else []
        if last:
            return found
        for link in self._links:
            stripped = chunk[: -len(link)] if link and chunk.endswith(link) else ""
            if stripped in self._known:
                found.append(stripped)
        # Scandinavian and Dutch write the first part without the vowel its own form ends in (kunde → kund-).
        found += [chunk + vowel for vowel in "ae" if chunk + vowel in self._known]
        return found
