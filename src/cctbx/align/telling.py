"""The result told: which pairs are worth showing, their probabilities and reasons, and the concepts they make."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cctbx.align.decision import Links
from cctbx.align.jointly import probabilities
from cctbx.align.settings import Settings
from cctbx.align.stages import PAIR_STAGES, compare
from cctbx.align.weighing import Weighed
from cctbx.align.weights import PRIOR
from cctbx.model import AlignedConcept, Alignment, Candidate, Evidence, Judgement, Verdict

__all__ = ["Telling"]

Pair = tuple[int, int]
_TELLING = 0.05
"""Evidence that weighs less is not told."""
_NAMED = -0.5
"""Rivals that take away so much are named."""
_IMPLIED = 0.1
"""Two concepts with a pair that is likelier may be one: their other pairs are told too."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is needed to tell an alignment.

    `pairs` are (first, second, log-odds) with first < second; row n is row n of `weighed` as far as that goes, then
    come pairs that only a verdict joins.
    """

    weighed: Weighed
    pairs: tuple[Any, Any, Any]
    links: Links
    keys: Sequence[str]
    owner: Sequence[int]
    ruled: Mapping[Pair, Verdict]
    settings: Settings

    def alignment(self, groups: Sequence[Sequence[int]]) -> Alignment:
        """Concepts sorted by their members, candidates by theirs; reasons are made for the pairs that are kept."""
        member = np.zeros(len(self.keys), np.int64)
        for number, group in enumerate(groups):
            member[list(group)] = number
        candidates = {}
        first, second, _ = self.pairs
        for row in self._kept(member).tolist():
            pair = (int(first[row]), int(second[row]))
            candidates[pair] = self._candidate(row, pair, linked=bool(member[pair[0]] == member[pair[1]]))
        self._imply(candidates, groups, member)
        concepts = sorted((self._concept(group, candidates) for group in groups), key=lambda each: each.members)
        told = sorted(candidates.values(), key=lambda each: each.between)
        return Alignment(concepts=tuple(concepts), candidates=tuple(told))

    def _kept(self, member: Any) -> Any:
        """The rows worth showing, in order of their pairs: linked, likely enough, judged, or among the best of an entry
        in another source."""
        first, second, scores = self.pairs
        least = float(np.log(self.settings.kept / (1 - self.settings.kept)))
        kept = (scores >= least) | (member[first] == member[second])
        owner = np.asarray(self.owner, np.int64)
        if self.settings.best_kept:
            for one, other in ((first, second), (second, first)):
                side = one.astype(np.int64) * (max(self.owner, default=0) + 1) + owner[other]
                order = np.lexsort((second, first, -scores, side))
                ranked = side[order]
                rank = np.arange(len(order)) - np.searchsorted(ranked, ranked)
                kept[order[rank < self.settings.best_kept]] = True
        size = len(self.keys)
        kept |= np.isin(first.astype(np.int64) * size + second, [a * size + b for a, b in self.ruled])
        rows = np.flatnonzero(kept)
        return rows[np.lexsort((second[rows], first[rows]))]

    def _named(self, pair: Pair) -> tuple[str, str]:
        first, second = self.keys[pair[0]], self.keys[pair[1]]
        return (first, second) if first <= second else (second, first)

    def _shown(self, entry: int) -> str:
        """An entry as a reader knows it: its first designation."""
        reading = self.weighed.readings[entry]
        names = [*(term.text for term in reading.terms[:1]), *(each.upper() for each in sorted(reading.acronyms))]
        return repr(names[0]) if names else self.keys[entry]

    def _rival(self, pair: Pair) -> str:
        """The best other counterpart that an entry of the pair has in the source of the other."""
        best: tuple[float, int] | None = None
        for one, other in (pair, pair[::-1]):
            for each, score in self.links.row(one).items():
                if each != other and self.owner[each] == self.owner[other] and (best is None or (score, -each) > best):
                    best = (score, -each)
        return self._shown(-best[1]) if best else "another entry"

    def _candidate(self, row: int, pair: Pair, *, linked: bool) -> Candidate:
        between = self._named(pair)
        evidence: list[Evidence] = []
        if (verdict := self.ruled.get(pair)) is not None:
            weight = 12.0 if verdict.judgement is Judgement.SAME else -12.0
            because = f"a human judged {verdict.judgement.value!r}" + (f": {verdict.reason}" if verdict.reason else "")
            evidence.append(Evidence(between=between, kind="verdict", weight=weight, because=because))
        if row < len(self.weighed):
            evidence += self._reasons(row, between)
        probability = round(float(probabilities(self.pairs[2][row])), 4)
        return Candidate(between=between, probability=probability, evidence=tuple(evidence), linked=linked)

    def _reasons(self, row: int, between: tuple[str, str]) -> list[Evidence]:
        weighed = self.weighed
        pair = weighed.pair(row)
        at = compare(weighed.readings[pair.first], weighed.readings[pair.second], pair, weighed.likeness)
        found: list[Evidence] = []
        for name, part in zip(weighed.stages, weighed.parts, strict=True):
            weight = round(float(part[row]), 2)
            if abs(weight) >= _TELLING:
                because = _REASONS[name](at) if name in _REASONS else _JOINT[name][weight > 0]
                if name == "rivals" and weight <= _NAMED:
                    because = f"{self._rival((pair.first, pair.second))} of the same source fits as well or better"
                found.append(Evidence(between=between, kind=name, weight=weight, because=because))
        found.append(Evidence(between=between, kind="prior", weight=PRIOR, because="most pairs of entries are no link"))
        return found

    def _imply(self, candidates: dict[Pair, Candidate], groups: Sequence[Sequence[int]], member: Any) -> None:
        """Pairs that were no candidates, but whose concepts may be one by another pair: for the review queue."""
        likely = sorted(
            (-c.probability, pair) for pair, c in candidates.items() if not c.linked and c.probability >= _IMPLIED
        )
        for negative, (a, b) in likely:
            for x, y in itertools.product(groups[member[a]], groups[member[b]]):
                pair = (x, y) if x <= y else (y, x)
                if pair in candidates or self.owner[x] == self.owner[y]:
                    continue
                between = self._named(pair)
                because = f"{self._shown(a)} and {self._shown(b)} of the same concepts are candidates"
                weight = round(float(np.log(-negative / (1 + negative + 1e-9))) - PRIOR, 2)
                through = Evidence(between=between, kind="others", weight=weight, because=because)
                candidates[pair] = Candidate(between=between, probability=-negative, evidence=(through,))

    def _concept(self, group: Sequence[int], candidates: Mapping[Pair, Candidate]) -> AlignedConcept:
        pairs = [pair for pair in itertools.combinations(group, 2) if pair in candidates]
        inside = sorted((candidates[pair] for pair in pairs), key=lambda each: each.between)
        return AlignedConcept(
            members=tuple(sorted(self.keys[each] for each in group)),
            probability=_weakest(group, {pair: candidates[pair].probability for pair in pairs}),
            evidence=tuple(each for candidate in inside for each in candidate.evidence),
        )


_REASONS = {stage.name: stage.because for stage in PAIR_STAGES}
_JOINT: dict[str, tuple[str, str]] = {
    "translations": (
        "the two pages translate one original, and these definitions do not answer each other",
        "the two pages translate one original, and these definitions answer each other",
    ),
    "leftovers": ("", "most entries of these two sources are linked, these two are left over"),
    "rivals": ("another entry of the same source fits as well or better", "no rival"),
    "others": (
        "both are linked to different entries of a third source",
        "both are linked to one entry of a third source",
    ),
}


def _weakest(group: Sequence[int], known: Mapping[Pair, float]) -> float:
    """The probability of the weakest link the group needs: the best spanning tree's lowest edge."""
    root = {each: each for each in group}
    ranked = sorted((-p, pair) for pair, p in known.items())
    lowest, left = 1.0, len(group) - 1
    if not left:
        return lowest
    for negative, (a, b) in ranked:
        one, other = root[a], root[b]
        if one != other:
            root = {each: one if owner == other else owner for each, owner in root.items()}
            lowest, left = min(lowest, -negative), left - 1
        if not left:
            return lowest
    return 0.0
