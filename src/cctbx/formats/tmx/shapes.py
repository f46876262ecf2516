"""The shape of a `tu`: what is between its tags varies, and what says who made it when; all else is the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from cctbx.formats.contract import ReadOptions
from cctbx.formats.dates import iso_date
from cctbx.formats.labels import understood
from cctbx.formats.losses import folded
from cctbx.formats.shapes import pattern_of
from cctbx.formats.tbx.fastreading import ODD, Irregular, unescaped
from cctbx.formats.tmx.names import TRANSACTIONS
from cctbx.formats.tmx.units import UnitReader
from cctbx.model.patterns import Repeated

__all__ = ["UnitShape", "skeleton_of", "unit_shape"]

_PIECE = re.compile(r"<([^<>]*)>([^<>]*)")
_NAME = re.compile(r"/?[A-Za-z]+")
_ATTRIBUTE = re.compile(r' ([A-Za-z:-]+)="([^"<>&]*)"')
_TEXT = re.compile(r">[^<>\s][^<>]*<")
_DATES = frozenset(date for _, date, _ in TRANSACTIONS)
_KEPT = _DATES | {person for _, _, person in TRANSACTIONS} | {"tuid"}
_PASSED_OVER = frozenset({"lastusagedate", "usagecount"})
_VARYING = re.compile(f' ({"|".join(sorted(_KEPT | _PASSED_OVER))})="[^"<>&]+"')
_HOLDING = frozenset({"seg", "prop", "note"})
_ELEMENTS = frozenset({"tu", "tuv", *_HOLDING})


def skeleton_of(text: str) -> str:
    """A `tu` without its texts and the attributes that vary."""
    return _VARYING.sub(r" \1=¤", _TEXT.sub(">¤<", text))


class _Cutter:
    """Takes a `tu` apart: an expression that finds others like it, and the same `tu` with marks for texts."""

    def __init__(self, text: str) -> None:
        self.found: list[bytes] = []
        self.marked: list[str] = []
        self.slots = 1  # the first is the id
        self.attributes: list[int] = []
        self.dates: list[int] = []
        self.lines: list[int] = []
        self.notes: list[int] = []
        self.identifier: int | None = None
        self._inside = False
        at = 0
        for piece in _PIECE.finditer(text):
            if piece.start() != at:
                raise Irregular
            at = piece.end()
            self._piece(piece[1], piece[2])
        if at != len(text):
            raise Irregular

    def _literal(self, text: str) -> None:
        self.found.append(re.escape(text.encode()))
        self.marked.append(text)

    def _slot(self, expression: bytes) -> int:
        self.found.append(expression)
        self.marked.append(f"¤{self.slots}¤")
        self.slots += 1
        return self.slots - 1

    def _piece(self, tag: str, after: str) -> None:
        name = _NAME.match(tag)
        if name is None or name[0].lstrip("/") not in _ELEMENTS or tag.endswith("/") or "\n" in tag:
            raise Irregular
        self._literal("<")
        if name[0] in ("tu", "tuv"):
            self._attributes(tag)
        else:
            self._literal(tag)
        self._literal(">")
        self._inside = name[0] == "tuv" or (self._inside and name[0] != "/tuv")
        if name[0] not in _HOLDING or not after:
            if after and not after.isspace():
                raise Irregular
            self._literal(after)
        elif name[0] == "note" and not self._inside:
            self._line(after)
        elif "\n" in after:  # a line feed moves what follows
            raise Irregular
        else:
            self._slot(b"([^<>]++)")

    def _attributes(self, tag: str) -> None:
        done = 0
        for each in _ATTRIBUTE.finditer(tag):
            name = each[1]
            if name not in _KEPT | _PASSED_OVER or not each[2]:
                continue
            self._literal(tag[done : each.start(2)])
            done = each.end(2)
            if name in _PASSED_OVER:
                self.found.append(b'[^"<>&]++')
                self.marked.append(each[2])
                continue
            place = self._slot(b'([^"<>&]++)')
            self.attributes.append(place)
            if name in _DATES:
                self.dates.append(place)
            elif name == "tuid":
                self.identifier = place
        self._literal(tag[done:])

    def _line(self, text: str) -> None:
        """A note of a `tu` may be a labelled line: then its label stays."""
        value = understood(text)[2]
        label = text[: len(text) - len(value)]
        if "&" in text or folded(text) != text or not text.endswith(value):
            raise Irregular
        self._literal(label)
        place = self._slot(b"([^<>\\s][^<>]*+)")
        self.lines.append(place)
        if not label:
            self.notes.append(place)


class UnitShape:
    """A pattern of `tu`, with what finds them; `number` gives the number of the next one, which may be its id."""

    def __init__(
        self, text: str, cut: _Cutter, options: ReadOptions, number: Callable[[], int], source: str | None
    ) -> None:
        from lxml import etree

        findings: list[object] = []
        reader = UnitReader(replace(options, report=findings.append, strict=False))
        reader.source = source
        tied, sample = reader.unit(etree.fromstring("".join(cut.marked)), 0)
        if tied is not None or findings:
            raise Irregular
        marks = tuple([f"¤{place}¤" for place in range(cut.slots)])
        places = {mark: place for place, mark in enumerate(marks)}
        self.pattern = pattern_of(replace(sample, id=marks[0]), places.get, cut.slots)
        self.match = re.compile(b"".join(cut.found)).match
        self.feeds = text.count("\n")
        self._cut, self._number = cut, number

    def repeated(self, groups: Sequence[bytes], line: int) -> Repeated | None:
        """The entry of these texts, if there is nothing odd about them."""
        cut = self._cut
        try:
            joined = b"<".join(groups).decode()
            texts = ["", *joined.split("<")]
            plain = joined.isprintable()
            if not plain and not self._acceptable(joined, texts):
                return None
            if "&" in joined:
                plain = False
                texts = [unescaped(each) if "&" in each else each for each in texts]
        except (UnicodeDecodeError, Irregular):
            return None
        for place in cut.lines:
            if folded(texts[place]) != texts[place]:
                return None
        if any(": " in texts[place] for place in cut.notes):  # it may be a label
            return None
        for place in cut.dates:
            texts[place] = iso_date(texts[place])
        texts[0] = texts[cut.identifier] if cut.identifier is not None else f"c{self._number()}"
        return Repeated(self.pattern, line, texts, plain)

    def _acceptable(self, joined: str, texts: list[str]) -> bool:
        """Whether texts with characters that cannot be printed are regular nevertheless: blanks of some kind."""
        if "\n" in joined or ODD.search(joined):
            return False
        return all(texts[place].isprintable() for place in self._cut.attributes)


def unit_shape(
    text: str, options: ReadOptions, number: Callable[[], int], source: str | None = None
) -> UnitShape | None:
    """The shape of a `tu`, if it has nothing but plain texts. `source`: the source language of the header."""
    from lxml import etree

    try:
        return UnitShape(text, _Cutter(text), options, number, source)
    except (Irregular, etree.XMLSyntaxError):
        return None
