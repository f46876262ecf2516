"""Two entries of one source for one concept: where the source itself equates them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cctbx.align.readings import Reading
from cctbx.model import SourceEntry
from cctbx.text.tokens import words

__all__ = ["equated"]

_OPENING = 9
"""So many words into a definition an equation stands, if anywhere ("… usually refers to a support ticket")."""
_ALIKE = 0.6
_ENOUGH = 5
"""Definitions with fewer content words say too little to be compared."""


def equated(entries: Sequence[SourceEntry], readings: Sequence[Reading]) -> list[int]:
    """Per entry the number of the first entry of its source that the source equates with it (else its own number).

    A source equates two entries when the opening of one definition names another entry by its designation, and the two
    definitions share most of their content: the first alone also holds for a genus, the second alone for siblings.
    """
    nodes = list(range(len(entries)))
    named: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for number, reading in enumerate(readings):
        for term in reading.terms:
            named[reading.source, words(term.text)].append(number)
    for number, entry in enumerate(entries):
        opening = words(entry.definition)[:_OPENING]
        for other in _named_in(opening, entry.source, named):
            if other != number and _share(readings[number], readings[other]) >= _ALIKE:
                first, second = sorted((nodes[number], nodes[other]))
                nodes = [first if node == second else node for node in nodes]
    return nodes


def _named_in(opening: Sequence[str], source: str, named: dict[tuple[str, tuple[str, ...]], list[int]]) -> list[int]:
    spans = (tuple(opening[a:b]) for a in range(len(opening)) for b in range(a + 1, len(opening) + 1))
    return [number for span in spans for number in named.get((source, span), ())]


def _share(one: Reading, other: Reading) -> float:
    """The share of the shorter definition's information that stands in the longer one."""
    first, second = (dict(zip(each.items, each.weights, strict=True)) for each in (one.definition, other.definition))
    shared = sum(weight for item, weight in first.items() if item in second)
    least = min(sum(first.values()), sum(second.values()))
    return shared / least if min(len(first), len(second)) >= _ENOUGH else 0.0
