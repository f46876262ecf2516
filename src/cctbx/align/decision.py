"""The joint decision: which entries form one concept, over all sources at once.

Links are taken from the surest down; two groups become one when no source would then have two entries in it, no verdict
forbids it, and the evidence of all their pairs together speaks for it. Then every entry is asked again whether it is in
the right group. A pair stays unlinked in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

__all__ = ["Links", "decide"]

_UNSEEN = -1.0
"""Evidence of a pair that was no candidate at all."""
_LEAST = -3.0
"""The most that one more pair can take away from a link between two groups."""
_SHARE = 0.8
"""How much of the evidence against one more pair counts: it is not independent of the link's."""
_AT_HAND = 1 << 16


class Links:
    """Log-odds of pairs of entries in flat arrays (first < second), with quick access to the rows of single entries."""

    def __init__(self, entries: int, first: Any, second: Any, scores: Any) -> None:
        self.first, self.second, self.scores = first, second, scores
        ends = np.concatenate([first, second])
        order = np.argsort(ends, kind="stable")
        self._starts = np.searchsorted(ends[order], np.arange(entries + 1))
        self._others = np.concatenate([second, first])[order]
        self._values = np.concatenate([scores, scores])[order]
        self._rows: dict[int, dict[int, float]] = {}

    @classmethod
    def of(cls, entries: int, links: Mapping[tuple[int, int], float]) -> Links:
        """From pairs (a < b) with their log-odds."""
        pairs = np.array(sorted(links), dtype=np.int64).reshape(-1, 2)
        return cls(entries, pairs[:, 0], pairs[:, 1], np.array([links[a, b] for a, b in pairs.tolist()]))

    def row(self, entry: int) -> dict[int, float]:
        """The entries that one entry has a score with."""
        found = self._rows.get(entry)
        if found is None:
            if len(self._rows) >= _AT_HAND:
                self._rows.clear()
            part = slice(self._starts[entry], self._starts[entry + 1])
            found = dict(zip(self._others[part].tolist(), self._values[part].tolist(), strict=True))
            self._rows[entry] = found
        return found

    def wanted(self) -> Iterator[tuple[int, int]]:
        """The pairs that more speaks for than against, surest first."""
        good = np.flatnonzero(self.scores > 0)
        order = good[np.lexsort((self.second[good], self.first[good], -self.scores[good]))]
        return zip(self.first[order].tolist(), self.second[order].tolist(), strict=True)


def decide(
    links: Links, owner: Sequence[int], together: Sequence[Sequence[int]], apart: frozenset[tuple[int, int]],
    neutral: float,
) -> list[list[int]]:  # fmt: skip
    """Groups of entry numbers, each sorted, in order of their first member.

    links     log-odds of candidate pairs above what a link needs; owner: the source of every entry
    neutral   the value of a pair without any evidence: once one link is given, what others say is measured from here
    together  groups that are given (equated by their source or by a verdict); apart: pairs a verdict forbids
    """
    groups = _Groups(links, owner, together, apart, neutral)
    for a, b in links.wanted():
        groups.join(a, b)
    for _ in range(3):
        if not groups.settle():
            break
    return groups.result()


class _Groups:
    def __init__(
        self, links: Links, owner: Sequence[int], together: Sequence[Sequence[int]], apart: frozenset[tuple[int, int]],
        neutral: float,
    ) -> None:  # fmt: skip
        self.neutral = neutral
        self.near = links
        self.owner, self.apart = owner, apart
        self.group = list(range(len(owner)))
        self.members: dict[int, list[int]] = {n: [n] for n in self.group}
        self.fixed: set[int] = set()
        for given in together:
            for other in given[1:]:
                self._unite(self.group[given[0]], self.group[other])
            self.fixed.update(given)

    def join(self, a: int, b: int) -> None:
        one, other = self.group[a], self.group[b]
        if one == other or self._forbidden(self.members[one], self.members[other]):
            return
        if self._between(self.members[one], self.members[other]) > 0:
            self._unite(one, other)

    def _between(self, one: Sequence[int], other: Sequence[int]) -> float:
        """What speaks for two groups being one: their best link, less what the other pairs say against it.

        A pair without evidence follows from the link and says nothing.
        """
        unseen = self.neutral + _UNSEEN
        values = [row.get(b, unseen) for row in map(self.near.row, one) for b in other]
        best = max(values)
        return best + sum(map(self._against, values)) - self._against(best)

    def _against(self, value: float) -> float:
        return max(_LEAST, min(0.0, _SHARE * (value - self.neutral)))

    def _attachment(self, entry: int, members: Sequence[int]) -> float:
        return self._between([entry], members)

    def _forbidden(self, one: Sequence[int], other: Sequence[int]) -> bool:
        sources = {self.owner[each] for each in one}
        if any(self.owner[each] in sources for each in other):
            return True
        return bool(self.apart) and any(((a, b) if a < b else (b, a)) in self.apart for a in one for b in other)

    def _unite(self, one: int, other: int) -> None:
        if one == other:
            return
        keep, gone = min(one, other), max(one, other)
        for each in self.members[gone]:
            self.group[each] = keep
        self.members[keep] = sorted(self.members[keep] + self.members.pop(gone))

    def settle(self) -> bool:
        """Every entry moves to the group it belongs to most, or stands alone; whether anything moved."""
        moved = False
        for entry in range(len(self.owner)):
            if entry in self.fixed:
                continue
            here = self.group[entry]
            rest = [each for each in self.members[here] if each != entry]
            options = {here: self._attachment(entry, rest) if rest else 0.0}
            for other in {self.group[each] for each, score in self.near.row(entry).items() if score > 0} - {here}:
                if not self._forbidden([entry], self.members[other]):
                    options[other] = self._attachment(entry, self.members[other])
            best, gain = max(options.items(), key=lambda option: (option[1], option[0] == here, -option[0]))
            if gain <= 0 and rest:
                moved |= self._leave(entry)
            elif best != here:
                moved |= self._leave(entry)
                self._unite(self.group[entry], best)
                moved = True
        return moved

    def _leave(self, entry: int) -> bool:
        here = self.group[entry]
        rest = [each for each in self.members[here] if each != entry]
        if not rest:
            return False
        del self.members[here]
        self.members[rest[0]], self.members[entry] = rest, [entry]
        for each in rest:
            self.group[each] = rest[0]
        self.group[entry] = entry
        return True

    def result(self) -> list[list[int]]:
        return sorted(self.members.values())
