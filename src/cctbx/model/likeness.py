"""Entries that are like one another: a skeleton, and what differs from it. For readers and checks in a hurry.

Term bases repeat the same few shapes of entry over and over. A reader that has recognised a shape gives the skeleton,
one entry made of it, and the texts to put in; whoever looks at entries can prepare the skeleton once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cctbx.model.levels import ConceptEntry

__all__ = ["Likeness", "Skeleton"]


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """An entry in which each term, definition, context, source and note is one of `marks`, each of them once."""

    concept: ConceptEntry
    marks: tuple[str, ...]
    line: int


@dataclass(slots=True, eq=False)
class Likeness:
    """The skeleton's entry with another id, another first line, and texts in the place of its marks.

    Every text is printable and holds more than blanks. Dates are not told: they are real days, none later than the one
    the reader was told, and no modification is earlier than an origination.
    """

    name: ClassVar[str] = "likeness"
    """As entries that are cut out of a document have that of their element."""
    skeleton: Skeleton
    id: str
    line: int
    texts: tuple[str, ...]
