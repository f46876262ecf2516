"""What finds the entries that are made of the same parts as one that has come often, before anybody cuts them out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cctbx.formats.tbx.validation.alike_shapes import DECIDING, POINTER, Dates, Known, Shape, several
from cctbx.model.likeness import Skeleton

__all__ = ["Often"]

_TEXT = r"([^<>\s][^<>\n]*+)"
_POINTED = "[^\"'<>&\\s]++"

Stretch = tuple[Shape, Known, Sequence[str]]
"""A stretch of an entry: what its markup means, which skeleton it has, and its texts."""


class Often:
    """The parts of an entry that has come often, and what finds entries like it.

    `match` gives the id, then the texts that vary. `terms`, `definitions` and `contexts` take some of these, `dates`
    tells where dates are among them. All of them have so many line feeds (`feeds`).
    """

    __slots__ = ("contexts", "dates", "definitions", "feeds", "match", "parts", "terms")

    def __init__(self, stretches: Sequence[Stretch], opening: str) -> None:
        """`opening`: how sections begin."""
        self.parts: tuple[Skeleton, ...] = tuple([known.skeleton for _, known, _ in stretches])
        self.feeds = sum(shape.feeds for shape, _, _ in stretches)
        patterns = [_pattern(shape, texts, first=not at) for at, (shape, _, texts) in enumerate(stretches)]
        self.match: Callable[[bytes, int], re.Match[bytes] | None]
        self.match = re.compile(re.escape(opening).join(patterns).encode()).match
        held: tuple[list[int], list[int], list[int]] = ([], [], [])
        days: list[int] = []
        orders: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        groups = 1
        for shape, known, _ in stretches:
            varying = [at for at, role in enumerate(shape.roles, shape.pointers) if role != DECIDING]
            places = {place: at for at, place in enumerate(varying, groups)}
            groups += len(varying)
            for into, taken in zip(held, known.places, strict=True):
                into += [places[at] for at in taken]
            days += [places[at] for at in known.dates.places]
            for first, later in known.dates.orders:
                orders.append((tuple([places[at] for at in first]), tuple([places[at] for at in later])))
        self.terms, self.definitions, self.contexts = map(several, held)
        self.dates = Dates(tuple(days), tuple(orders))


def _pattern(shape: Shape, texts: Sequence[str], *, first: bool) -> str:
    """Finds stretches like this one; the group of the `first` one's first id comes before those of its texts."""
    pieces = []
    for piece in shape.markup:
        literal, *pointed = POINTER.split(piece)
        made = re.escape(literal)
        for kind, following in zip(pointed[::2], pointed[1::2], strict=True):
            made += f' {kind}="{f"({_POINTED})" if first else _POINTED}"{re.escape(following)}'
            first = False
        pieces.append(made)
    pattern = pieces[0]
    for role, text, piece in zip(shape.roles, texts[shape.pointers :], pieces[1:], strict=True):
        pattern += f">{re.escape(text) if role == DECIDING else _TEXT}<{piece}"
    return pattern
