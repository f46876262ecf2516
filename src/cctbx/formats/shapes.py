"""Shapes of entries: one match of a regular expression takes the texts of an entry out of the bytes of a document.

When the markup of an entry comes again, one entry of it is read in full with its texts marked, and the result becomes
a pattern (`model.patterns`), beside an expression that finds such entries, byte by byte the same but for the texts: a
shape never guesses. A document whose entries are all different stops looking for shapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any, Protocol, TypeVar

from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Origin, TermSection
from cctbx.model.patterns import Pattern, Repeated
from cctbx.model.quick import concept_entry, data_category, language_section, origin_of, term_section

__all__ = ["Found", "Shape", "Shapes", "pattern_of"]

Found = tuple[int, int, Repeated]
"""Where an entry ends, how many line feeds it has, and the entry."""

Level = TypeVar("Level", ConceptEntry, LanguageSection)

_SHAPES_LIMIT = 64
_RECENT_LIMIT = 8
_LENGTH_LIMIT = 1 << 16
_SEEN_LIMIT = 2048
_TRIAL = 256
"""After so many entries at least half must have had a shape; else looking for shapes costs more than it brings."""


class Shape(Protocol):
    """What entries of one markup look like, and how they are read."""

    feeds: int
    """The line feeds each of them has."""

    @property
    def match(self) -> Callable[[bytes, int], re.Match[bytes] | None]:
        """Finds the entry at a place; its groups are the texts."""

    def repeated(self, groups: Sequence[bytes], line: int) -> Repeated | None:
        """The entry of these texts, whose first line is `line`; None if there is something odd about them."""


class Shapes:
    """The shapes of one document. `skeleton` takes the texts out of an entry, `sampled` makes a shape of one."""

    def __init__(self, skeleton: Callable[[str], str], sampled: Callable[[str], Shape | None]) -> None:
        self._skeleton, self._sampled = skeleton, sampled
        self._shapes: dict[str, Shape | None] = {}
        self._recent: list[Shape] = []
        self._seen: set[int] = set()
        self._looked = self._found = 0
        self._tried = self._met = 0

    @property
    def given_up(self) -> bool:
        """Whether shapes are no longer looked for."""
        return self._looked < 0

    def find(self, text: bytes, at: int, line: int) -> Found | None:
        """The entry that begins at this place, if it is of a shape that was seen lately."""
        for rank, shape in enumerate(self._recent):
            met = shape.match(text, at)
            if met is not None:
                if rank:
                    self._recent[rank - 1 : rank + 1] = [shape, self._recent[rank - 1]]
                found = shape.repeated(met.groups(), line)
                if found is None:
                    return None
                self._met += 1
                return met.end(), shape.feeds, found
        self._tried += 1
        if self._tried > _TRIAL + self._met:
            self._recent.clear()
        return None

    def item(self, text: str, line: int) -> Repeated | None:
        """The entry of this text, if it is of a known shape, whose first line is `line`."""
        if self._looked < 0 or len(text) > _LENGTH_LIMIT:
            return None
        skeleton = self._skeleton(text)
        shape = self._shapes.get(skeleton) or self._new(skeleton, text)
        if shape is None:
            return None
        self._found += 1
        content = text.encode()
        met = shape.match(content, 0)
        if met is None or met.end() != len(content):
            return None
        if shape not in self._recent and self._tried <= _TRIAL + self._met:
            self._recent.insert(0, shape)
            del self._recent[_RECENT_LIMIT:]
        return shape.repeated(met.groups(), line)

    def _new(self, skeleton: str, text: str) -> Shape | None:
        """A shape for a skeleton that was seen before, if one can be had."""
        self._looked += 1
        if self._looked > _TRIAL and self._found + self._met < self._looked:
            self._looked = -1
            self._shapes.clear()
            self._seen.clear()
        mark = hash(skeleton)
        if skeleton in self._shapes or self._looked < 0:
            return None
        if mark not in self._seen:
            if len(self._seen) < _SEEN_LIMIT:
                self._seen.add(mark)
            return None
        if len(self._shapes) >= _SHAPES_LIMIT:
            return None
        made = self._shapes[skeleton] = self._sampled(text)
        return made


_TWINS = {
    DataCategory: data_category, TermSection: term_section, LanguageSection: language_section,
    ConceptEntry: concept_entry, Origin: origin_of,
}  # fmt: skip


class _Composer:
    """Turns a sample into the source of a function that makes such entries, or sections.

    It fills the twins of `model.quick` slot by slot: calling anything for each value would take twice as long.
    """

    def __init__(self, sample: ConceptEntry | LanguageSection, place: Callable[[str], int | None]) -> None:
        self.names: dict[str, Any] = {"new": object.__new__}
        for model, twin in _TWINS.items():
            self.names[model.__name__], self.names[f"{model.__name__}Twin"] = model, twin
        self._sample, self._place = sample, place
        self._lines = ["def plan(line, texts, sections=()):"]
        first = sample.line if isinstance(sample, LanguageSection) else sample.origin and sample.origin.line
        assert first is not None
        self._first = first

    def plan(self) -> Callable[..., Any]:
        self._lines.append(f"return {self._said(self._sample)}")
        exec(_compiled("\n ".join(self._lines)), self.names)  # all that is of the document is passed by reference
        made: Callable[..., Any] = self.names["plan"]
        return made

    def _held(self, value: object) -> str:
        if value is None or value == ():
            return repr(value)
        name = f"held_{len(self.names)}"
        self.names[name] = value
        return name

    def _said(self, value: object) -> str:
        if isinstance(value, str) and (place := self._place(value)) is not None:
            return f"texts[{place}]"
        if isinstance(value, tuple):
            return f"({''.join(f'{self._said(each)}, ' for each in value)})"
        return self._made(value) if type(value) in _TWINS else self._held(value)

    def _made(self, value: Any) -> str:
        model = type(value).__name__
        said = [(name, self._field(name, getattr(value, name))) for name in value.__dataclass_fields__]
        made = f"made_{len(self._lines)}"
        self._lines.append(f"{made} = new({model}Twin)")
        self._lines += [f"{made}.{name} = {held}" for name, held in said]
        self._lines.append(f"{made}.__class__ = {model}")
        return made

    def _field(self, name: str, held: Any) -> str:
        if name == "line" and held is not None:
            return f"line + {held - self._first}"
        return "sections" if name == "languages" and not held else self._said(held)


@lru_cache(maxsize=1024)
def _compiled(source: str) -> CodeType:
    """Sections that differ in nothing but their language have the same source."""
    return compile(source, "<pattern>", "exec")


def pattern_of(sample: Level, place: Callable[[str], int | None], texts: int) -> Pattern[Level]:
    """The pattern of entries, or of language sections, like the sample.

    `place` tells the texts of the sample that vary: their place among the `texts` texts, None for all others.
    """
    make = _Composer(sample, place).plan()
    marks = tuple([f"¤{each}¤" for each in range(texts)])
    return Pattern(make, marks, make(0, marks))
