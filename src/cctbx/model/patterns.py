"""Entries built alike: one pattern, and the texts that differ. For readers and writers in a hurry.

Term bases repeat the same shapes of entry over and over. A reader that has recognised one gives the pattern and the
texts; a writer that knows what becomes of the pattern only has to put the texts in, and no entry is made at all.
Whoever does not care asks for the `entry`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cctbx.model.levels import ConceptEntry

__all__ = ["Pattern", "Repeated"]


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """What entries have in common: `make` turns a line and texts into the entry; the first text is the entry's id.

    `marks` are texts found nowhere else; `sample` is the entry made of them: what becomes of a text can be told by
    looking for its mark.
    """

    make: Callable[[int, Sequence[str]], ConceptEntry]
    marks: tuple[str, ...]
    sample: ConceptEntry = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sample", self.make(0, self.marks))


class Repeated:
    """An entry of a pattern, with its texts in the order of the marks: none of them empty, or with a line feed.

    `plain`: they have nothing but printable characters, and none of `<`, `>` and `&`.
    """

    __slots__ = ("line", "pattern", "plain", "texts")

    def __init__(self, pattern: Pattern, line: int, texts: list[str], plain: bool) -> None:
        self.pattern = pattern
        self.line = line
        self.texts = texts
        self.plain = plain

    @property
    def entry(self) -> ConceptEntry:
        """The entry itself."""
        return self.pattern.make(self.line, self.texts)
