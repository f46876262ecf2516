"""Entries built alike are read by a shape: one match of a regular expression takes their texts out of the bytes.

When the markup of an entry comes again, one entry of it is read with the texts marked, and the result becomes a
pattern (`model.patterns`) with an expression that finds such entries, byte by byte the same but for the texts, so a
shape never guesses. A document whose entries are all different stops looking for shapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from cctbx.formats.tbx.elements import read_value
from cctbx.formats.tbx.fastreading import ATTRIBUTE, ODD, TERM, FastReader, Irregular, Token, unescaped
from cctbx.formats.tbx.trees import Prologue
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Origin, TermSection
from cctbx.model.patterns import Pattern, Repeated
from cctbx.model.quick import concept_entry, data_category, language_section, origin_of, term_section

__all__ = ["PlannedReader"]

Plan = Callable[[int, Sequence[str]], ConceptEntry]
Found = tuple[int, int, Repeated]
"""Where an entry ends, how many line feeds it has, and the entry."""

_TEXTS = re.compile(r">[^<>\s][^<>]*<")
_IDS = re.compile(r' (id|target)="[^"<>&]+"')
_SHAPES_LIMIT = 64
_RECENT_LIMIT = 8
_LENGTH_LIMIT = 1 << 16
_SEEN_LIMIT = 2048
_PICKED_LIMIT = 128
_TRIAL = 256
"""After so many entries at least half must have had a shape; else looking for shapes costs more than it brings."""
_TEXT = b"([^<>\\s][^<>]*+)"
_IN_ATTRIBUTE = b"([^\"'<>&]++)"


def _skeleton(text: str) -> str:
    """An entry without its texts, ids and targets."""
    bare = _TEXTS.sub(">¤<", text)
    end = bare.find(">")
    rest = bare[end:]
    if ' id="' in rest or ' target="' in rest:
        return _IDS.sub(r" \1=¤", bare)
    return _IDS.sub(r" \1=¤", bare[:end]) + rest


class _Slot(str):
    """A text of the sample entry, with its place among the texts."""

    __slots__ = ("place",)
    place: int


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
        if len(self) < _PICKED_LIMIT:
            self[spelt] = value
        return value


class _Sampler(FastReader):
    """Reads an entry so that each of its texts can be told in the result, and says what entries like it look like."""

    def __init__(self, prologue: Prologue, file: str) -> None:
        super().__init__(prologue, file)
        self._pieces = _Unkept()
        self.slots = 0
        self.found: list[bytes] = []
        self.attributes: list[int] = []
        self.picked: list[tuple[int, _Picked]] = []

    def _slot(self, value: str) -> _Slot:
        slot = _Slot(value)
        slot.place = self.slots
        self.slots += 1
        return slot

    def _token(self, piece: str) -> Token:
        kind, tag, value, feeds = super()._token(piece)
        tag.ending = ""  # so that the piece that closes it comes here too
        text, _, raw = piece.partition(">")
        done = 0
        for attribute in ATTRIBUTE.finditer(text):
            name, place = attribute[1], 2 if attribute[2] is not None else 3
            held = attribute[place]
            if name in ("id", "target") and held and not set(held) & {'"', "'", "&"}:
                self.attributes.append(self.slots)
                setattr(tag, name, self._slot(held))
                self._literal(text[done : attribute.start(place)])
                self.found.append(_IN_ATTRIBUTE)
                done = attribute.end(place)
        self._literal(f"{text[done:]}>")
        if kind > TERM or not raw or raw.isspace():
            self._literal(f"{raw}<")
            return kind, tag, value, feeds
        if "\n" in raw:  # a line feed moves what follows
            raise Irregular
        if tag.listed:
            self.picked.append((self.slots, _Picked(tag.category)))
        self.found.append(_TEXT)
        self._literal("<")
        return kind, tag, self._slot(value), feeds

    def _literal(self, text: str) -> None:
        self.found.append(re.escape(text.encode()))

    @staticmethod
    def _one_id(found: str | None, more: str | None) -> str | None:
        if found is not None and more is not None:  # in another entry they may differ
            raise Irregular
        return found or more


_MAKERS = {
    DataCategory: "data_category", TermSection: "term_section", LanguageSection: "language_section",
    ConceptEntry: "concept_entry",
}  # fmt: skip


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
        """The function: first line and texts in, concept entry out."""
        source = f"def plan(line, texts):\n    return {self._said(self._sample)}\n"
        exec(source, self.names)  # made of the model's own names; everything from the document is passed by reference
        made: Plan = self.names["plan"]
        return made

    def _held(self, value: object) -> str:
        name = f"held_{len(self.names)}"
        self.names[name] = value
        return name

    def _said(self, value: object) -> str:
        if isinstance(value, _Slot):
            return f"texts[{value.place}]"
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
            if name == "line":
                said.append(f"line=line + {held - self._line}")
            elif held != field.default:
                said.append(f"{name}={self._said(held)}")
        return f"{maker}({', '.join(said)})"


class _Shape:
    """A pattern with what finds its entries. `feeds`: the line feeds of each of them."""

    __slots__ = ("_attributes", "_picked", "feeds", "match", "pattern")

    def __init__(self, sampler: _Sampler, sample: ConceptEntry, feeds: int) -> None:
        self.match = re.compile(b"<" + b"".join(sampler.found)[: -len(b"<")]).match
        self.pattern = Pattern(_Composer(sample).plan(), tuple([f"¤{each}¤" for each in range(sampler.slots)]))
        self.feeds = feeds
        self._picked = sampler.picked
        self._attributes = sampler.attributes

    def repeated(self, groups: Sequence[bytes], line: int) -> Repeated | None:
        """The entry of these texts, if there is nothing odd about them."""
        try:
            joined = b"<".join(groups).decode()
        except UnicodeDecodeError:
            return None
        texts = joined.split("<")
        plain = joined.isprintable()
        if not plain and not self._acceptable(joined, texts):
            return None
        try:
            if "&" in joined:
                plain = False
                texts = [unescaped(each) if "&" in each else each for each in texts]
            for place, picked in self._picked:
                texts[place] = picked[texts[place]]
        except Irregular:
            return None
        return Repeated(self.pattern, line, texts, plain)

    def _acceptable(self, joined: str, texts: list[str]) -> bool:
        """Whether texts with characters that cannot be printed are regular nevertheless: blanks of some kind."""
        if "\n" in joined or ODD.search(joined):
            return False
        return all(texts[place].isprintable() for place in self._attributes)


class PlannedReader(FastReader):
    """Reads regular entries of one document, those that are built alike by their shape."""

    def __init__(self, prologue: Prologue, file: str) -> None:
        super().__init__(prologue, file)
        self._prologue = prologue
        self._shapes: dict[str, _Shape | None] = {}
        self._recent: list[_Shape] = []
        self._seen: set[int] = set()
        self._looked = self._found = 0
        self._tried = self._met = 0

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

    def entry(self, text: str, line: int) -> ConceptEntry:
        """The concept entry of this text, whose first line is `line`. Raises `Irregular`."""
        found = self.item(text, line)
        return found.entry if isinstance(found, Repeated) else found

    def item(self, text: str, line: int) -> ConceptEntry | Repeated:
        """The same, or the pattern and the texts it is made of."""
        if self._looked < 0 or len(text) > _LENGTH_LIMIT:
            return super().entry(text, line)
        skeleton = _skeleton(text)
        shape = self._shapes.get(skeleton)
        if shape is None:
            shape = self._new(skeleton, text, line)
            if shape is None:
                return super().entry(text, line)
        self._found += 1
        met = shape.match(text.encode())
        found = met and met.end() == len(met.string) and shape.repeated(met.groups(), line)
        if not found:
            return super().entry(text, line)
        if shape not in self._recent and self._tried <= _TRIAL + self._met:
            self._recent.insert(0, shape)
            del self._recent[_RECENT_LIMIT:]
        return found

    def _new(self, skeleton: str, text: str, line: int) -> _Shape | None:
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
        made = self._shapes[skeleton] = self._sampled(text, line)
        return made

    def _sampled(self, text: str, line: int) -> _Shape | None:
        sampler = _Sampler(self._prologue, self._file)
        try:
            sample = sampler.entry(text, line)
        except Irregular:
            return None
        if not isinstance(sample.id, _Slot):
            return None
        return _Shape(sampler, sample, text.count("\n"))
