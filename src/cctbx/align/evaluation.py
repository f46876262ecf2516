"""How good an alignment is, against gold data: precision, recall, F1, calibration, and the threshold for a
precision."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cctbx.model import Alignment

__all__ = [
    "Bin", "Evaluation", "Score", "calibration_error", "calibration_table", "curve", "evaluate", "links_of",
    "threshold_for",
]  # fmt: skip

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts over pairs of entries, and what follows from them (0 where nothing was found or wanted)."""

    found: int
    wanted: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One row of a calibration table: probabilities from `low` to `high`, how many, their mean, the share that is
    right."""

    low: float
    high: float
    count: int
    mean: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """`pairs`: scores by a group of pairs (two languages, two sources), sorted; `weighed`: (probability, right)
    pairs."""

    total: Score
    pairs: Mapping[tuple[str, str], Score]
    weighed: tuple[tuple[float, bool], ...]
    wanted: int


def links_of(alignment: Alignment) -> dict[Pair, float]:
    """Every pair of entries that share a concept, ids sorted, with its probability.

    A pair that was weighed has its own, but no less than the concept's; any other has that of the concept.
    """
    own = {each.between: each.probability for each in alignment.candidates}
    links: dict[Pair, float] = {}
    for concept in alignment.concepts:
        for pair in itertools.combinations(concept.members, 2):
            links[pair] = max(own.get(pair, 0.0), concept.probability)
    return links


def evaluate(
    alignment: Alignment, gold: Collection[Pair], group: Mapping[str, str], *, ignored: Collection[Pair] = ()
) -> Evaluation:
    """Compare with gold links (pairs of ids, sorted); `group` names the language or source of every entry.

    Ignored pairs count neither as found nor as wanted. Calibration looks at every pair that was weighed or linked.
    """
    skipped = set(ignored)
    links = {pair: value for pair, value in links_of(alignment).items() if pair not in skipped}
    wanted = set(gold) - skipped
    by_group: dict[tuple[str, str], list[int]] = {}
    for pairs, place in ((links, 0), (wanted, 1), (wanted & links.keys(), 2)):
        for first, second in pairs:
            low, high = sorted((group[first], group[second]))
            by_group.setdefault((low, high), [0, 0, 0])[place] += 1
    weighed = {each.between: each.probability for each in alignment.candidates if each.between not in skipped} | links
    return Evaluation(
        total=Score(found=len(links), wanted=len(wanted), right=len(wanted & links.keys())),
        pairs={key: Score(found=f, wanted=w, right=r) for key, (f, w, r) in sorted(by_group.items())},
        weighed=tuple(sorted((value, pair in wanted) for pair, value in weighed.items())),
        wanted=len(wanted),
    )  # fmt: skip


def calibration_table(weighed: Sequence[tuple[float, bool]], bins: int = 10) -> tuple[Bin, ...]:
    """The non-empty bins of equal width, lowest first."""
    rows: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for value, right in weighed:
        rows[min(bins - 1, int(value * bins))].append((value, right))
    return tuple(
        Bin(low=n / bins, high=(n + 1) / bins, count=len(row), mean=sum(v for v, _ in row) / len(row),
            right=sum(r for _, r in row) / len(row))
        for n, row in enumerate(rows) if row
    )  # fmt: skip


def calibration_error(weighed: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """The expected calibration error: the mean distance between probability and share of right ones, by bin size."""
    total = len(weighed)
    return sum(each.count * abs(each.mean - each.right) for each in calibration_table(weighed, bins)) / max(total, 1)


def curve(evaluation: Evaluation) -> tuple[tuple[float, float, float], ...]:
    """(threshold, precision, recall) at every probability that occurs, highest threshold first."""
    points: list[tuple[float, float, float]] = []
    found = right = 0
    ranked = sorted(evaluation.weighed, reverse=True)
    for n, (value, hit) in enumerate(ranked):
        found, right = found + 1, right + hit
        if n + 1 == len(ranked) or ranked[n + 1][0] != value:
            points.append((value, right / found, right / max(1, evaluation.wanted)))
    return tuple(points)


def threshold_for(evaluation: Evaluation, precision: float) -> float | None:
    """The lowest threshold at and above which the pairs reach a precision, or None where none does."""
    reached = [value for value, p, _ in curve(evaluation) if p >= precision]
    return min(reached) if reached else None
