"""Entries made of parts that are like those of others: a skeleton for each part, and what differs from these.

Term bases repeat the same heads of entries and the same sections over and over, however they are combined. A reader
that has recognised them gives their skeletons and the texts to put in; whoever looks at entries can prepare each
skeleton once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from cctbx.model.levels import ConceptEntry

__all__ = ["Likeness", "Skeleton"]


@dataclass(slots=True, eq=False)
class Skeleton:
    """Part of an entry: all that stands before its language sections, or one of these. It stands on line 0.

    concept  an entry that is nothing but this part
    terms, definitions, contexts  what stands in it for their texts, each of them another, in the order of the model;
        definitions are those of the entry, of the section, then of its terms
    feeds    how many lines further the next part stands; nobody knows (0) if none ever followed (`last`)

    Where it has ids, targets, sources, notes and other texts that no list has, they hold anything.
    """

    concept: ConceptEntry
    terms: tuple[str, ...]
    definitions: tuple[str, ...]
    contexts: tuple[str, ...]
    feeds: int = 0
    last: bool = False


@dataclass(slots=True, eq=False)
class Likeness:
    """An entry like these skeletons, that of the head first, with an id, a first line, and texts of its own.

    No text is blank, or holds line breaks or other control characters; that is so of sources, notes and the like too,
    which are not told. Nor are ids, targets and dates: dates of transactions are real days, none later than the one the
    reader was told, and no modification is earlier than the first origination beside it. `plain`: the texts hold
    nothing but what can be printed, so blanks are their only white space.
    """

    name: ClassVar[str] = "likeness"
    """As entries that are cut out of a document have that of their element."""
    parts: Sequence[Skeleton]
    id: str
    line: int
    terms: Sequence[str]
    definitions: Sequence[str]
    contexts: Sequence[str]
    plain: bool = True
