"""The evidence stages that look at all pairs together: translations, rivals, entries left over, what other links
say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from cctbx.align.weighing import Weighed

__all__ = ["leftovers", "others", "probabilities", "rivals", "translations"]

_USUAL_STANDING = 2.2
"""How far the definitions of a link stand out when two authors wrote them independently (in standard deviations)."""
_SPREAD = 2.5
_TRANSLATED_FROM = 3.6
_FEW, _ENOUGH = 3.0, 10
_CHOSEN = 0.8
"""By how much a definition chosen as the best one stands out more than that of a link known by its terms."""


def probabilities(scores: Any) -> Any:
    """Log-odds as probabilities."""
    return 1 / (1 + np.exp(-scores))


def translations(weighed: Weighed, sources: Sequence[Sequence[int]]) -> tuple[Any, dict[tuple[int, int], float]]:
    """Log-odds per pair, and by pair of sources how far the definitions of its clear links stand out, where that is
    far.

    Pages that translate one original have definitions that stand out from all others wherever their terms say that two
    entries are one concept. Where that is so, a definition weighs as much as it tells there: with standing z, usual
    standing of a link m and spread s, the likelihood ratio of two normal distributions is (m z - m²/2) / s.
    """
    owner = _owner(weighed, sources)
    group = owner[weighed.first] * len(sources) + owner[weighed.second]
    standing = weighed.column("standing")
    definitions = weighed.parts[weighed.stages.index("definitions")] if "definitions" in weighed.stages else 0.0
    alike = np.maximum(weighed.column("explained"), weighed.column("designation equal"))
    certain = probabilities(weighed.scores - definitions + _USUAL_STANDING) * (alike > 0.5)
    result = np.zeros(len(weighed))
    found: dict[tuple[int, int], float] = {}
    for number in np.unique(group):
        here = group == number
        weight = certain[here] * (certain[here] > 0.5)
        mean = (4 * _USUAL_STANDING + float(weight @ standing[here])) / (4 + float(weight.sum()))
        if weight.sum() < _FEW:
            # No terms to go by: the definitions that choose each other must do, by a stricter measure.
            best = _choosing_each_other(weighed, np.flatnonzero(here), standing)
            mean = float(standing[best].mean()) - _CHOSEN if len(best) >= _ENOUGH else 0.0
        if mean < _TRANSLATED_FROM:
            continue
        found[(int(number) // len(sources), int(number) % len(sources))] = mean
        told = _ratio(standing[here], mean) - _ratio(standing[here], _USUAL_STANDING)
        result[here] = np.where(standing[here] == 0.0, 0.0, told.clip(-3.0, 2.0))
    return result, found


def _choosing_each_other(weighed: Weighed, rows: Any, standing: Any) -> Any:
    """The pairs (of one pair of sources) that stand out most for both of their entries."""
    best: dict[tuple[int, int], int] = {}
    for row in rows.tolist():
        for side, entry in enumerate((int(weighed.first[row]), int(weighed.second[row]))):
            if (side, entry) not in best or standing[row] > standing[best[side, entry]]:
                best[side, entry] = row
    chosen = [row for (side, _), row in best.items() if side == 0]
    return np.array([row for row in chosen if best[1, int(weighed.second[row])] == row], dtype=np.int64)


def _ratio(standing: Any, mean: float) -> Any:
    return (mean * standing - mean**2 / 2) / _SPREAD


def _owner(weighed: Weighed, sources: Sequence[Sequence[int]]) -> Any:
    owner = np.zeros(len(weighed.readings), dtype=np.int64)
    for number, rows in enumerate(sources):
        owner[list(rows)] = number
    return owner


def rivals(weighed: Weighed, sources: Sequence[Sequence[int]], nodes: Sequence[int]) -> Any:
    """Log-odds against a pair because an entry of it has a better counterpart in the same source.

    An entry has at most one counterpart in a clean source. With o the odds of each candidate on its own, the odds of
    one
    of them are o / (1 + the odds of its rivals). Entries that their source equates (`nodes`) are no rivals.
    """
    owner = _owner(weighed, sources)
    node = np.asarray(nodes, dtype=np.int64)
    odds = np.exp(weighed.scores)
    against = np.zeros(len(weighed))
    for here, there in ((weighed.first, weighed.second), (weighed.second, weighed.first)):
        side = node[here] * len(sources) + owner[there]
        own = node[here] * (len(node) + 1) + node[there]
        against += _grouped(side, odds) - _grouped(own, odds)
    return -np.log1p(np.maximum(against, 0.0))


def _grouped(keys: Any, values: Any) -> Any:
    """Per element the sum of the values that share its key."""
    _, place = np.unique(keys, return_inverse=True)
    return np.bincount(place, weights=values)[place]


def others(weighed: Weighed, sources: Sequence[Sequence[int]]) -> Any:
    """Log-odds from what the links to third sources say: both entries linked to one third entry, or to different
    ones."""
    owner = _owner(weighed, sources)
    total = np.zeros(len(weighed))
    for third, (best, sure) in enumerate(_best_in(weighed, owner, len(sources))):
        a, b = best[weighed.first], best[weighed.second]
        told = np.maximum(0.0, sure[weighed.first] * sure[weighed.second] - _THIRD)
        there = (a >= 0) & (b >= 0) & (owner[weighed.first] != third) & (owner[weighed.second] != third)
        total += np.where(there, np.where(a == b, _AGREE, _DISAGREE) * told, 0.0)
    return total.clip(-_MOST, _MOST)


_THIRD = 0.3
"""Links below this probability say nothing about others."""
_AGREE, _DISAGREE, _MOST = 2.5, -3.0, 4.0


def _best_in(weighed: Weighed, owner: Any, sources: int) -> Iterator[tuple[Any, Any]]:
    """For every source: the likeliest counterpart there of every entry (-1: none), and its probability."""
    sure = probabilities(weighed.scores)
    likely = np.flatnonzero(sure > _THIRD)
    here = np.concatenate([weighed.first[likely], weighed.second[likely]])
    there = np.concatenate([weighed.second[likely], weighed.first[likely]])
    value = np.concatenate([sure[likely], sure[likely]])
    order = np.lexsort((there, -value))[::-1]
    here, there, value = here[order], there[order], value[order]
    for source in range(sources):
        best, top = np.full(len(owner), -1, np.int64), np.zeros(len(owner))
        rows = owner[there] == source
        # Of several values for one place the last counts: the likeliest, of equal ones the first entry.
        best[here[rows]], top[here[rows]] = there[rows], value[rows]
        yield best, top


def leftovers(weighed: Weighed, sources: Sequence[Sequence[int]]) -> Any:
    """Log-odds for pairs of entries that are both left over where two sources have most of their entries in common.

    Before anything is linked, the counterpart of an entry may be any of the n entries of the other source; when most
    have
    found theirs, only the m left over remain, and each is that much likelier. An entry left over is also likelier to
    have
    no counterpart at all, which takes half of the odds back. Where two sources share little, m is about n: no evidence.
    """
    owner = _owner(weighed, sources)
    sure = probabilities(weighed.scores)
    linked = sure > 0.5
    result = np.zeros(len(weighed))
    group = owner[weighed.first] * len(sources) + owner[weighed.second]
    for number in np.unique(group):
        here = np.flatnonzero(group == number)
        size = [len(sources[int(number) // len(sources)]), len(sources[int(number) % len(sources)])]
        taken = [np.unique(side[here[linked[here]]]) for side in (weighed.first, weighed.second)]
        left = max(size[0] - len(taken[0]), size[1] - len(taken[1]), 1)
        gain = np.log(max(size) / left) - np.log(2)
        if gain > 0:
            free = here[~np.isin(weighed.first[here], taken[0]) & ~np.isin(weighed.second[here], taken[1])]
            result[free] = min(gain, 3.0)
    return result
