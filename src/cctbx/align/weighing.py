"""Weighing: from candidate pairs to log-odds, stage by stage, for all pairs of all sources at once.

Pairs are kept as rows of arrays, so that hundreds of thousands of them fit in memory; reasons in words are made
later, and
only for pairs that somebody will look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cctbx.align.candidates import CandidatePair, Tables, candidate_pairs
from cctbx.align.likeness import Likeness
from cctbx.align.readings import Reading
from cctbx.align.settings import Settings
from cctbx.align.stages import PAIR_STAGES, compare
from cctbx.align.weights import PRIOR, WEIGHTS

__all__ = ["Weighed", "weigh"]

_CAP = 12.0


@dataclass(slots=True)
class Weighed:
    """All candidate pairs: reading numbers, per-stage log-odds (columns named by `stages`), and the raw pairs."""

    readings: Sequence[Reading]
    likeness: Likeness
    pairs: list[CandidatePair]
    first: Any
    second: Any
    stages: list[str] = field(default_factory=list)
    parts: list[Any] = field(default_factory=list)
    measures: Any = None

    def add(self, stage: str, weights: Any) -> None:
        """One more stage: its log-odds per pair."""
        self.stages.append(stage)
        self.parts.append(np.asarray(weights, dtype=np.float64))

    @property
    def scores(self) -> Any:
        """The sum of prior and all stages, per pair."""
        total = np.full(len(self.pairs), PRIOR)
        for part in self.parts:
            total = total + part
        return total.clip(-_CAP, _CAP)

    def column(self, name: str) -> Any:
        """One measure of the pair stages, per pair."""
        return self.measures[:, MEASURES.index(name)]


MEASURES: tuple[str, ...] = tuple(name for stage in PAIR_STAGES for name in stage.measures)


def weigh(
    readings: Sequence[Reading], tables: Tables, likeness: Likeness, sources: Sequence[Sequence[int]],
    settings: Settings,
) -> Weighed:  # fmt: skip
    """Candidates of every two sources, and the evidence of every stage that looks at one pair."""
    found: list[CandidatePair] = []
    for n, one in enumerate(sources):
        for other in sources[n + 1 :]:
            found += candidate_pairs(tables, likeness, one, other, settings.candidates)
    weighed = Weighed(
        readings, likeness, found, np.array([each.first for each in found], dtype=np.int64),
        np.array([each.second for each in found], dtype=np.int64),
    )  # fmt: skip
    weighed.measures = np.array(
        [_measured(readings[each.first], readings[each.second], each, likeness) for each in found], dtype=np.float32
    ).reshape(len(found), len(MEASURES))
    start = 0
    for stage in PAIR_STAGES:
        width = len(stage.measures)
        factors = np.array([WEIGHTS[name] for name in stage.measures])
        if stage.name not in settings.without:
            weighed.add(stage.name, weighed.measures[:, start : start + width] @ factors)
        start += width
    return weighed


def _measured(first: Reading, second: Reading, pair: CandidatePair, likeness: Likeness) -> list[float]:
    at = compare(first, second, pair, likeness)
    return [value for stage in PAIR_STAGES for value in stage.measure(at)]
