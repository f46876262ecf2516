"""Entries built alike are read by a plan: their markup is looked up once, then only the texts between the tags differ.

The markup of an entry with its texts taken out is its skeleton. When a skeleton comes again, one entry of it is read
with the texts marked, and the result becomes a function from texts to concept entry. A skeleton is compared character
by character, so a plan never guesses; a document whose entries are all different stops making plans.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from cctbx.formats.tbx.elements import read_value
from cctbx.formats.tbx.fastreading import ODD, TERM, FastReader, Irregular, Token, unescaped
from cctbx.formats.tbx.trees import Prologue
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Origin, TermSection
from cctbx.model.quick import concept_entry, data_category, language_section, origin_of, term_section

__all__ = ["PlannedReader"]

Skeleton = tuple[str, ...]
Plan = Callable[[str, int, list[str]], ConceptEntry]

_START = re.compile(r'<([A-Za-z:]+) id="([^"<>&]+)"(?=>)')
_TEXT = re.compile(r">([^<>\s][^<>]*)<")
_PLANS_LIMIT = 128
_LENGTH_LIMIT = 1 << 16
_SEEN_LIMIT = 2048
_TRIAL = 256
"""After so many entries at least half must have had a plan; else looking for plans costs more than it brings."""


class _Slot(str):
    """A text of the sample entry, with its place among the texts and its category if that has a picklist."""

    __slots__ = ("listed", "place")
    place: int
    listed: str | None


class _Unkept(dict[str, Token]):
    """Keeps nothing, so that every piece is looked at."""

    def __setitem__(self, piece: str, token: Token) -> None:
        return


class _Picked(dict[str, str]):
    """The values of a picklist as the model has them, by their spelling in the document."""

    def __init__(self, category: str) -> None:
        super().__init__()
        self._category = category

    def __missing__(self, spelt: str) -> str:
        value, code = read_value(self._category, spelt)
        if code is not None:
            raise Irregular
        if len(self) < _PLANS_LIMIT:
            self[spelt] = value
        return value


class _Sampler(FastReader):
    """Reads an entry so that each of its texts can be told in the result."""

    def __init__(self, prologue: Prologue, file: str) -> None:
        super().__init__(prologue, file)
        self._pieces = _Unkept()
        self.texts: list[str] = []

    def _token(self, piece: str) -> Token:
        kind, tag, value, feeds = super()._token(piece)
        raw = piece.partition(">")[2]
        if kind > TERM or not raw or raw.isspace():
            return kind, tag, value, feeds
        slot = _Slot(value)
        slot.place, slot.listed = len(self.texts), tag.category if tag.listed else None
        self.texts.append(raw)
        return kind, tag, slot, feeds


_MAKERS: dict[type, tuple[str, tuple[str, ...]]] = {
    DataCategory: ("data_category", tuple(DataCategory.__dataclass_fields__)),
    TermSection: ("term_section", tuple(TermSection.__dataclass_fields__)),
    LanguageSection: ("language_section", tuple(LanguageSection.__dataclass_fields__)),
    ConceptEntry: ("concept_entry", tuple(ConceptEntry.__dataclass_fields__)),
}
_EMPTY = (None, (), "")


class _Composer:
    """Turns a sample entry into the source of a function that makes such entries."""

    def __init__(self, sample: ConceptEntry) -> None:
        self.names: dict[str, Any] = {
            "data_category": data_category, "term_section": term_section, "language_section": language_section,
            "concept_entry": concept_entry, "origin_of": origin_of,
        }  # fmt: skip
        self._sample = sample
        assert sample.origin is not None and sample.origin.line is not None
        self._line = sample.origin.line

    def plan(self) -> Plan:
        """The function: id, first line and texts in, concept entry out. Raises `Irregular` for an unlisted value."""
        source = f"def plan(identifier, line, texts):\n    return {self._said(self._sample)}\n"
        exec(source, self.names)  # made of the model's own names; everything from the document is passed by reference
        made: Plan = self.names["plan"]
        return made

    def _held(self, value: object) -> str:
        name = f"held_{len(self.names)}"
        self.names[name] = value
        return name

    def _said(self, value: object) -> str:
        if isinstance(value, _Slot):
            text = f"texts[{value.place}]"
            return text if value.listed is None else f"{self._held(_Picked(value.listed))}[{text}]"
        if isinstance(value, tuple):
            return f"({''.join(f'{self._said(each)}, ' for each in value)})"
        if isinstance(value, Origin):
            return f"origin_of({self._held(value.file)}, line)"
        maker = _MAKERS.get(type(value))
        return self._made(value, *maker) if maker else self._held(value)

    def _made(self, value: object, maker: str, fields: tuple[str, ...]) -> str:
        said = []
        for field in fields:
            held = getattr(value, field)
            if field == "line":
                said.append(f"line=line + {held - self._line}")
            elif field == "id" and value is self._sample:
                said.append("id=identifier")
            elif isinstance(held, _Slot) or held not in _EMPTY or field in ("term", "metatype"):
                said.append(f"{field}={self._said(held)}")
        return f"{maker}({', '.join(said)})"


class PlannedReader(FastReader):
    """Reads regular entries of one document, those that are built alike by a plan."""

    def __init__(self, prologue: Prologue, file: str) -> None:
        super().__init__(prologue, file)
        self._sampler = _Sampler(prologue, file)
        self._plans: dict[Skeleton, Plan | None] = {}
        self._seen: set[int] = set()
        self._looked = self._found = 0

    def entry(self, text: str, line: int) -> ConceptEntry:
        """The concept entry of this text, whose first line is `line`. Raises `Irregular`."""
        if self._looked < 0:
            return super().entry(text, line)
        start = _START.match(text)
        if start is None or "]]>" in text or len(text) > _LENGTH_LIMIT:
            return super().entry(text, line)
        parts = _TEXT.split(text[start.end() :])
        skeleton = (start[1], *parts[::2])
        texts = parts[1::2]
        plan = self._plans.get(skeleton)
        if plan is None:
            plan = self._new(skeleton, texts, text, line)
            if plan is None:
                return super().entry(text, line)
        self._found += 1
        joined = start[2] + "".join(texts)
        if not joined.isprintable() and (not start[2].isprintable() or "\n" in joined or ODD.search(joined)):
            return super().entry(text, line)
        if "&" in joined:
            texts = [unescaped(each) if "&" in each else each for each in texts]
        return plan(start[2], line, texts)

    def _new(self, skeleton: Skeleton, texts: list[str], text: str, line: int) -> Plan | None:
        """A plan for a skeleton that was seen before, if one can be had."""
        self._looked += 1
        if self._looked > _TRIAL and self._found < self._looked:
            self._looked = -1
            self._plans.clear()
            self._seen.clear()
        mark = hash(skeleton)
        if skeleton in self._plans or self._looked < 0:
            return None
        if mark not in self._seen:
            if len(self._seen) < _SEEN_LIMIT:
                self._seen.add(mark)
            return None
        if len(self._plans) >= _PLANS_LIMIT or any("\n" in each for each in texts):  # a line feed moves what follows
            return None
        self._sampler.texts.clear()
        try:
            sample = self._sampler.entry(text, line)
        except Irregular:
            self._plans[skeleton] = None
            return None
        plan = self._plans[skeleton] = _Composer(sample).plan() if self._sampler.texts == texts else None
        return plan
