"""Word associations learned from texts that mean the same: definitions of links that are certain, a translation memory.

The method is IBM model 1 (Brown et al. 1993) in both directions, started from what lexicon and spelling already know,
so
that what is known explains its own words and only the rest is learned. A pair is believed when both directions agree
and
it was seen together more than once.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from cctbx.align.likeness import Likeness

__all__ = ["learn_associations"]

_ROUNDS = 6
_BELIEVED = 0.18
_TOP = 0.8
_KNOWN = 0.5
_MOST_TEXTS = 1500

Items = Sequence[int]
Table = dict[tuple[int, int], float]


def learn_associations(texts: Sequence[tuple[Items, Items]], likeness: Likeness) -> Table:
    """Likeness (0..0.8) of item pairs learned from pairs of texts, given as items of the vocabulary."""
    # Evenly from all of them, so that every two languages have their share.
    step = 1 + len(texts) // _MOST_TEXTS
    texts = [found for one, other in texts[::step] if all(found := _unexplained(one, other, likeness))]
    together: dict[tuple[int, int], int] = defaultdict(int)
    for one, other in texts:
        for a in one:
            for b in other:
                together[a, b] += 1
    forward = _model(texts, likeness)
    backward = _model([(other, one) for one, other in texts], likeness)
    learned: Table = {}
    for (a, b), count in together.items():
        if count < 2 or likeness.of(a, b) >= _KNOWN:
            continue
        value = math.sqrt(forward.get((a, b), 0.0) * backward.get((b, a), 0.0))
        if value >= _BELIEVED:
            learned[(a, b) if a < b else (b, a)] = min(_TOP, 1.5 * value)
    return learned


def _unexplained(one: Items, other: Items, likeness: Likeness) -> tuple[Items, Items]:
    """The items that nothing known answers in the other text."""
    there = set(other)
    rows = {a: likeness.row(a) for a in one}
    answered = {a for a, row in rows.items() if any(row[b] >= _KNOWN for b in row.keys() & there)}
    met = {b for row in rows.values() for b in row.keys() & there if row[b] >= _KNOWN}
    return [a for a in one if a not in answered], [b for b in other if b not in met]


def _model(texts: Sequence[tuple[Items, Items]], likeness: Likeness) -> Table:
    """P(item of the second text | item of the first), after a few rounds of expectation and maximisation."""
    table: Table = {}
    for one, other in texts:
        for a in one:
            row = likeness.row(a)
            for b in other:
                table[a, b] = 0.03 + row.get(b, 0.0)
    for _ in range(_ROUNDS):
        counts: dict[tuple[int, int], float] = defaultdict(float)
        totals: dict[int, float] = defaultdict(float)
        for one, other in texts:
            for b in other:
                whole = sum(table[a, b] for a in one) + 0.02
                for a in one:
                    part = table[a, b] / whole
                    counts[a, b] += part
                    totals[a] += part
        table = {(a, b): value / (totals[a] + 0.3) for (a, b), value in counts.items()}
    return table
