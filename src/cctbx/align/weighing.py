"""Weighing: from candidate pairs to log-odds, stage by stage, for all pairs of all sources at once.

Pairs are kept as rows of arrays, so that millions of them fit in memory; a pair without a part, an acronym or a number
in common is measured without being looked at; reasons in words are made later, and only for pairs that somebody will
look at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cctbx.align.candidates import CandidatePair, CandidatePairs, candidate_pairs
from cctbx.align.likeness import Likeness
from cctbx.align.readings import Reading
from cctbx.align.settings import Settings
from cctbx.align.stages import PAIR_STAGES, compare
from cctbx.align.tables import Tables
from cctbx.align.weights import PRIOR, WEIGHTS

__all__ = ["MEASURES", "Weighed", "weigh"]

_CAP = 12.0
MEASURES: tuple[str, ...] = tuple(name for stage in PAIR_STAGES for name in stage.measures)
_PLACE = {name: number for number, name in enumerate(MEASURES)}
_KEPT = ("standing", "explained", "designation equal")
"""Measures that the joint stages ask for."""


@dataclass(slots=True)
class Weighed:
    """All candidate pairs: reading numbers, how alike they are, and per-stage log-odds (columns named by `stages`)."""

    readings: Sequence[Reading]
    likeness: Likeness
    first: Any
    second: Any
    spelling: Any
    definitions: Any
    standing: Any
    measured: Mapping[str, Any]
    stages: list[str] = field(default_factory=list)
    parts: list[Any] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.first)

    def pair(self, row: int) -> CandidatePair:
        """One candidate pair."""
        values = (float(each[row]) for each in (self.spelling, self.definitions, self.standing))
        return CandidatePair(int(self.first[row]), int(self.second[row]), *values)

    def add(self, stage: str, weights: Any) -> None:
        """One more stage: its log-odds per pair."""
        self.stages.append(stage)
        self.parts.append(np.asarray(weights, dtype=np.float32))

    @property
    def scores(self) -> Any:
        """The sum of prior and all stages, per pair."""
        total = np.full(len(self), PRIOR)
        for part in self.parts:
            total += part
        return total.clip(-_CAP, _CAP)

    def column(self, name: str) -> Any:
        """One measure of the pair stages, per pair: one of those kept."""
        return self.measured[name]


def weigh(
    readings: Sequence[Reading], tables: Tables, likeness: Likeness, sources: Sequence[Sequence[int]],
    settings: Settings, *, sample: int | None = None, kept: Sequence[str] = _KEPT,
    progress: Callable[[int], None] = lambda done: None,
) -> Weighed:  # fmt: skip
    """Candidates of every two sources, and the evidence of every stage that looks at one pair.

    `sample`: look only at so many entries of the first of any two sources, evenly spread. `kept`: the measures to keep.
    `progress` is called with the number of pairs weighed.
    """
    glance = _Glance.of(readings)
    blocks: list[tuple[CandidatePairs, list[Any], list[Any]]] = []
    done = 0
    for n, one in enumerate(sources):
        step = max(1, len(one) // sample) if sample else 1
        for other in sources[n + 1 :]:
            if not one or not other:
                continue
            found = candidate_pairs(tables, likeness, one[::step], other, settings.candidates, both=sample is None)
            measures = _measures(readings, glance, found, likeness)
            blocks.append((found, _weighted(measures), [measures[:, _PLACE[name]].copy() for name in kept]))
            progress(done := done + len(found.first))
    return _collected(readings, likeness, blocks, kept, settings)


def _weighted(measures: Any) -> list[Any]:
    """The log-odds of every stage."""
    start, found = 0, []
    for stage in PAIR_STAGES:
        width = len(stage.measures)
        factors = np.array([WEIGHTS[name] for name in stage.measures], np.float32)
        found.append(measures[:, start : start + width] @ factors)
        start += width
    return found


def _collected(
    readings: Sequence[Reading], likeness: Likeness, blocks: list[tuple[CandidatePairs, list[Any], list[Any]]],
    kept: Sequence[str], settings: Settings,
) -> Weighed:  # fmt: skip
    def joined(values: Sequence[Any], kind: Any = np.float32) -> Any:
        return np.concatenate([np.zeros(0, kind), *values]).astype(kind)

    pairs = [found for found, _, _ in blocks]
    weighed = Weighed(
        readings, likeness, joined([each.first for each in pairs], np.int32),
        joined([each.second for each in pairs], np.int32), joined([each.spelling for each in pairs]),
        joined([each.definitions for each in pairs]), joined([each.standing for each in pairs]),
        {name: joined([columns[n] for _, _, columns in blocks]) for n, name in enumerate(kept)},
    )  # fmt: skip
    for number, stage in enumerate(PAIR_STAGES):
        if stage.name not in settings.without:
            weighed.add(stage.name, joined([parts[number] for _, parts, _ in blocks]))
    return weighed


@dataclass(frozen=True, slots=True)
class _Glance:
    """What can be seen of readings without looking closely: how many terms, whether they have acronyms, marks and a
    definition, and a number for the letters of the first term."""

    terms: Any
    acronyms: Any
    marks: Any
    defined: Any
    letters: Any

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> _Glance:
        numbers: dict[str, int] = {}
        letters = [numbers.setdefault(r.terms[0].letters, len(numbers)) if r.terms else -1 for r in readings]
        return cls(
            np.array([len(each.terms) for each in readings], np.int32),
            np.array([bool(each.acronyms) for each in readings], bool),
            np.array([bool(each.marks) for each in readings], bool),
            np.array([bool(each.definition.items) for each in readings], bool), np.array(letters, np.int32),
        )  # fmt: skip


def _measures(readings: Sequence[Reading], glance: _Glance, found: CandidatePairs, likeness: Likeness) -> Any:
    """All measures of all pairs: the plain ones at once, the others one by one."""
    a, b = found.first, found.second
    table = np.zeros((len(a), len(MEASURES)), np.float32)
    table[:, _PLACE["spelling"]] = found.spelling
    table[:, _PLACE["standing"]] = np.where(glance.defined[a] & glance.defined[b], found.standing.clip(-1.0, 8.0), 0.0)
    table[:, _PLACE["nothing answered"]] = (glance.terms[a] > 0) & (glance.terms[b] > 0)
    close = (
        (found.terms > 0) | glance.acronyms[a] | glance.acronyms[b] | (glance.marks[a] & glance.marks[b])
        | (glance.letters[a] == glance.letters[b]) | (glance.terms[a] > 1) | (glance.terms[b] > 1)
    )  # fmt: skip
    rows = np.flatnonzero(close)
    columns = (a, b, found.spelling, found.definitions, found.standing)
    for row, *values in zip(rows.tolist(), *(each[rows].tolist() for each in columns), strict=True):
        table[row] = _measured(readings, CandidatePair(*values), likeness)
    return table


def _measured(readings: Sequence[Reading], pair: CandidatePair, likeness: Likeness) -> list[float]:
    at = compare(readings[pair.first], readings[pair.second], pair, likeness)
    return [value for stage in PAIR_STAGES for value in stage.measure(at)]
