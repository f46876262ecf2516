"""Concept entries of TBX that are built alike are read by their shape, or section by section, all others one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cctbx.formats.shapes import Shapes, pattern_of
from cctbx.formats.tbx.fastreading import ODD, FastReader, Irregular, unescaped
from cctbx.formats.tbx.sampling import Sampler, Slot
from cctbx.formats.tbx.sectional import SectionalReader
from cctbx.formats.tbx.trees import Prologue
from cctbx.model import ConceptEntry
from cctbx.model.patterns import Repeated

__all__ = ["PlannedReader"]

_TEXTS = re.compile(r">[^<>\s][^<>]*<")
_IDS = re.compile(r' (id|target)="[^"<>&]+"')
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


class _Shape:
    """A pattern with what finds its entries. `feeds`: the line feeds of each of them."""

    __slots__ = ("_attributes", "_picked", "feeds", "match", "pattern")

    def __init__(self, sampler: Sampler, sample: ConceptEntry, feeds: int) -> None:
        first, *literals = [re.escape(each.encode()) for each in sampler.literals]
        slots = [_IN_ATTRIBUTE if kind else _TEXT for kind in sampler.kinds]
        found = first + b"".join(slot + literal for slot, literal in zip(slots, literals, strict=True))
        self.match = re.compile(found).match
        self.pattern = pattern_of(sample, lambda text: text.place if isinstance(text, Slot) else None, len(slots))
        self.feeds = feeds
        self._picked = sampler.picked
        self._attributes = [place for place, kind in enumerate(sampler.kinds) if kind]

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
    """Reads regular entries of one document; those that are built alike, wholly or by sections, are not parsed."""

    def __init__(self, prologue: Prologue, file: str) -> None:
        super().__init__(prologue, file)
        self._prologue = prologue
        self.shapes = Shapes(_skeleton, self._sampled)
        self.find = self.shapes.find
        self.sections = SectionalReader(prologue, file)

    def entry(self, text: str, line: int) -> ConceptEntry:
        """The concept entry of this text, whose first line is `line`. Raises `Irregular`."""
        found = self.item(text, line)
        return found.entry if isinstance(found, Repeated) else found

    def item(self, text: str, line: int) -> ConceptEntry | Repeated:
        """The same, or the patterns and the texts it is made of."""
        return self.shapes.item(text, line) or self.sections.item(text, line) or super().entry(text, line)

    def _sampled(self, text: str) -> _Shape | None:
        sampler = Sampler(self._prologue, self._file)
        try:
            sample = sampler.sample(text)
        except Irregular:
            return None
        return _Shape(sampler, sample, text.count("\n")) if isinstance(sample.id, Slot) else None
