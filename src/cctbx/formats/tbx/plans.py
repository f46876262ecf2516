"""Concept entries of TBX that are built alike are read by their shape (`formats.shapes`), all others one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cctbx.formats.shapes import Shapes, plan_of
from cctbx.formats.tbx.elements import read_value
from cctbx.formats.tbx.fastreading import ATTRIBUTE, ODD, TERM, FastReader, Irregular, Token, unescaped
from cctbx.formats.tbx.trees import Prologue
from cctbx.model import ConceptEntry
from cctbx.model.patterns import Pattern, Repeated

__all__ = ["PlannedReader"]

_TEXTS = re.compile(r">[^<>\s][^<>]*<")
_IDS = re.compile(r' (id|target)="[^"<>&]+"')
_PICKED_LIMIT = 128
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


class _Shape:
    """A pattern with what finds its entries. `feeds`: the line feeds of each of them."""

    __slots__ = ("_attributes", "_picked", "feeds", "match", "pattern")

    def __init__(self, sampler: _Sampler, sample: ConceptEntry, feeds: int) -> None:
        self.match = re.compile(b"<" + b"".join(sampler.found)[: -len(b"<")]).match
        plan = plan_of(sample, lambda text: text.place if isinstance(text, _Slot) else None)
        self.pattern = Pattern(plan, tuple([f"¤{each}¤" for each in range(sampler.slots)]))
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
        self.shapes = Shapes(_skeleton, self._sampled)
        self.find = self.shapes.find

    def entry(self, text: str, line: int) -> ConceptEntry:
        """The concept entry of this text, whose first line is `line`. Raises `Irregular`."""
        found = self.item(text, line)
        return found.entry if isinstance(found, Repeated) else found

    def item(self, text: str, line: int) -> ConceptEntry | Repeated:
        """The same, or the pattern and the texts it is made of."""
        return self.shapes.item(text, line) or super().entry(text, line)

    def _sampled(self, text: str) -> _Shape | None:
        sampler = _Sampler(self._prologue, self._file)
        try:
            sample = sampler.entry(text, 1)
        except Irregular:
            return None
        return _Shape(sampler, sample, text.count("\n")) if isinstance(sample.id, _Slot) else None
