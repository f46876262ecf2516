"""Shapes of entries: one match of a regular expression takes the texts of an entry out of the bytes of a document.

When the markup of an entry comes again, one entry of it is read in full with its texts marked, and the result becomes
a pattern (`model.patterns`), beside an expression that finds such entries, byte by byte the same but for the texts: a
shape never guesses. A document whose entries are all different stops looking for shapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Origin, TermSection
from cctbx.model.patterns import Repeated
from cctbx.model.quick import concept_entry, data_category, language_section, origin_of, term_section

__all__ = ["Found", "Plan", "Shape", "Shapes", "plan_of"]

Plan = Callable[[int, Sequence[str]], ConceptEntry]
Found = tuple[int, int, Repeated]
"""Where an entry ends, how many line feeds it has, and the entry."""

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


_MAKERS = {
    DataCategory: "data_category", TermSection: "term_section", LanguageSection: "language_section",
    ConceptEntry: "concept_entry",
}  # fmt: skip


class _Composer:
    """Turns a sample entry into the source of a function that makes such entries."""

    def __init__(self, sample: ConceptEntry, place: Callable[[str], int | None]) -> None:
        self.names: dict[str, Any] = {
            "data_category": data_category, "term_section": term_section, "language_section": language_section,
            "concept_entry": concept_entry, "origin_of": origin_of,
        }  # fmt: skip
        self._sample, self._place = sample, place
        assert sample.origin is not None and sample.origin.line is not None
        self._line = sample.origin.line

    def plan(self) -> Plan:
        source = f"def plan(line, texts):\n    return {self._said(self._sample)}\n"
        exec(source, self.names)  # made of the model's own names; everything from the document is passed by reference
        made: Plan = self.names["plan"]
        return made

    def _held(self, value: object) -> str:
        name = f"held_{len(self.names)}"
        self.names[name] = value
        return name

    def _said(self, value: object) -> str:
        if isinstance(value, str) and (place := self._place(value)) is not None:
            return f"texts[{place}]"
        if isinstance(value, tuple):
            return f"({''.join(f'{self._said(each)}, ' for each in value)})"
        if isinstance(value, Origin):
            return f"origin_of({self._held(value.file)}, line)"
        maker = _MAKERS.get(type(value))
        return self._made(value, maker) if maker else self._held(value)

    def _made(self, value: Any, maker: str) -> str:
        said = []
        for name, field in value.__dataclass_fields__.items():
            held = getattr(value, name)
            if name == "line" and held is not None:
                said.append(f"line=line + {held - self._line}")
            elif held != field.default:
                said.append(f"{name}={self._said(held)}")
        return f"{maker}({', '.join(said)})"


def plan_of(sample: ConceptEntry, place: Callable[[str], int | None]) -> Plan:
    """The function that makes entries like the sample: first line and texts in, concept entry out.

    `place` tells the texts of the sample that vary: their place among the texts, None for all others.
    """
    return _Composer(sample, place).plan()
