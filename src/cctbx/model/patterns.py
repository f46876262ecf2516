"""Entries built alike: a pattern, and the texts that differ. For readers and writers in a hurry.

Term bases repeat the same outlines over and over, of entries or at least of language sections. A reader that has
recognised one gives the pattern and the texts; a writer that knows what becomes of the pattern only has to put the
texts in, and no entry is made at all. Whoever does not care asks for the `entry`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cctbx.model.levels import ConceptEntry, LanguageSection

__all__ = ["Pattern", "Repeated", "Section"]

Level = TypeVar("Level", ConceptEntry, LanguageSection)


@dataclass(frozen=True, slots=True, eq=False)
class Pattern(Generic[Level]):
    """What entries, or sections, have in common: `make` turns a line and texts into one.

    The first text of an entry is its id. `marks` are texts found nowhere else; `sample` is made of them: what becomes
    of a text can be told by looking for its mark. `make` of an entry takes the sections that follow its own, too.
    """

    make: Callable[..., Level]
    marks: tuple[str, ...]
    sample: Level


Section = tuple[Pattern[LanguageSection], int, list[str]]
"""A language section: its pattern, its first line, its texts in the order of the marks."""


class Repeated:
    """An entry of a pattern with its texts, followed by sections of patterns of their own, if any.

    None of the texts is empty, or holds a line feed. `plain`: they have nothing but printable characters, and none of
    `<`, `>` and `&`.
    """

    __slots__ = ("line", "pattern", "plain", "sections", "texts")

    def __init__(
        self, pattern: Pattern[ConceptEntry], line: int, texts: list[str], plain: bool,
        sections: Sequence[Section] = (),
    ) -> None:  # fmt: skip
        self.pattern = pattern
        self.line = line
        self.texts = texts
        self.plain = plain
        self.sections = sections

    @property
    def entry(self) -> ConceptEntry:
        """The entry itself."""
        if not self.sections:
            return self.pattern.make(self.line, self.texts)
        made = tuple([pattern.make(line, texts) for pattern, line, texts in self.sections])
        return self.pattern.make(self.line, self.texts, made)
