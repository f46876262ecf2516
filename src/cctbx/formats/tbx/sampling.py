"""Reads a sample of entries built alike, so that each of its texts can be told in the result."""

from __future__ import annotations

from cctbx.formats.tbx.elements import read_value
from cctbx.formats.tbx.fastreading import ATTRIBUTE, TERM, FastReader, Irregular, Token
from cctbx.formats.tbx.trees import Prologue
from cctbx.model import ConceptEntry

__all__ = ["Picked", "Sampler", "Slot"]

_PICKED_LIMIT = 128


class Slot(str):
    """A text of the sample entry, with its place among the texts."""

    __slots__ = ("place",)
    place: int


class _Unkept(dict[str, Token]):
    """Keeps nothing, so that every piece is looked at."""

    def __setitem__(self, piece: str, token: Token) -> None:
        return


class Picked(dict[str, str]):
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


class Sampler(FastReader):
    """Reads an entry so that each of its texts can be told in the result, and says what entries like it look like.

    Of the last sample, `kinds` tells of each of its slots, in order, what it is: `id`, `target`, or nothing for a text;
    `literals` what stands before each, and after the last; `picked` the places of those whose values are of a picklist.
    """

    def __init__(self, prologue: Prologue, file: str) -> None:
        super().__init__(prologue, file)
        self._pieces = _Unkept()
        self._reset()

    def _reset(self) -> None:
        self.kinds: list[str] = []
        self.literals = ["<"]
        self.picked: list[tuple[int, Picked]] = []

    def _slot(self, value: str, kind: str) -> Slot:
        slot = Slot(value)
        slot.place = len(self.kinds)
        self.kinds.append(kind)
        self.literals.append("")
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
                self.literals[-1] += text[done : attribute.start(place)]
                setattr(tag, name, self._slot(held, name))
                done = attribute.end(place)
        self.literals[-1] += f"{text[done:]}>"
        if kind > TERM or not raw or raw.isspace():
            self.literals[-1] += f"{raw}<"
            return kind, tag, value, feeds
        if "\n" in raw:  # a line feed moves what follows
            raise Irregular
        if tag.listed:
            self.picked.append((len(self.kinds), Picked(tag.category)))
        slot = self._slot(value, "")
        self.literals[-1] += "<"
        return kind, tag, slot, feeds

    def sample(self, text: str) -> ConceptEntry:
        """The entry of this text, on line 1. Raises `Irregular`."""
        self._reset()
        sample = self.entry(text, 1)
        self.literals[-1] = self.literals[-1].removesuffix("<")  # each piece has one behind it, the last one too
        return sample

    @staticmethod
    def _one_id(found: str | None, more: str | None) -> str | None:
        if found is not None and more is not None:  # in another entry they may differ
            raise Irregular
        return found or more
