"""What a stretch of an entry (its head, or a language section) with a certain markup means.

The markup tells which of the texts stand free, which are dates, and which decide something, such as the values of
picklists. With the latter known, the stretch is read once, in a small entry made for it, and becomes a skeleton.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from cctbx.formats.tbx.fastreading import LEAF, TERM, FastReader, Irregular
from cctbx.formats.tbx.sections import TAKEN, Markup
from cctbx.model import ConceptEntry, DataCategory, statements
from cctbx.model.likeness import Skeleton

__all__ = ["DATE", "DECIDING", "FREE", "POINTER", "Dates", "Known", "Shape", "Shaper", "several"]

FREE, DATE, DECIDING = "free", "date", "deciding"
POINTER = re.compile(f' (id|target)="{TAKEN}"')
"""What is left of a pointer that was taken out."""
_LOOKED_AT = frozenset({"subject_fields", "customer_subsets", "project_subsets", "transactions"})
"""Where statements stand whose texts checks look at, though no picklist has them."""
_ORIGINS = frozenset({"origination", "creation"})
_A_DAY = "0001-01-01"

Texts = Callable[[Sequence[str]], Sequence[str]]
"""Takes some of the texts of a stretch."""


def several(places: Sequence[int]) -> Texts | None:
    """What takes the texts of these places; None if there are none."""
    if len(places) > 1:
        return itemgetter(*places)
    return itemgetter(slice(places[0], places[0] + 1)) if places else None


def _nothing(texts: Sequence[str]) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of transactions: their places, and per level which are of originations, which of modifications."""

    places: tuple[int, ...] = ()
    orders: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ()


class Known:
    """A skeleton, and where its texts stand in a stretch: those of terms, of definitions, and of contexts."""

    __slots__ = ("contexts", "dates", "definitions", "places", "skeleton", "terms")

    def __init__(self, skeleton: Skeleton, places: dict[str, int], dates: Dates) -> None:
        self.skeleton, self.dates = skeleton, dates
        held = (skeleton.terms, skeleton.definitions, skeleton.contexts)
        self.places = tuple([[places[each] for each in texts] for texts in held])
        self.terms, self.definitions, self.contexts = map(several, self.places)


class Shape:
    """What one markup means. `roles` are those of the texts, behind so many `pointers` (ids, then targets).

    `deciding` takes what decides which of the `known` skeletons a stretch has; `last`: the entry ends with it.
    """

    __slots__ = ("_end", "_start", "deciding", "key", "known", "last", "markup", "pointers", "roles")

    def __init__(self, markup: Markup, roles: list[str], start: str, closing: str, *, last: bool) -> None:
        """`start` and the `closing` tag, if it is not the `last` one of its own, make an entry of the stretch."""
        self.markup, self.roles, self.last = markup, roles, last
        self._start, self._end = start, "" if last else closing
        self.pointers = sum(len(POINTER.findall(piece)) for piece in markup)
        places = [at for at, role in enumerate(roles, self.pointers) if role == DECIDING]
        self.deciding: Callable[[Sequence[str]], Any] = itemgetter(*places) if places else _nothing
        self.known: dict[Any, Known | None] = {}
        ending = markup[-1].removesuffix(closing).rstrip(" \t\r\n") if last else markup[-1].rstrip(" \t\r\n")
        self.key = (start, *markup[:-1], ending, last and not markup[-1].endswith(closing))
        """The same for a section whether another one follows it or not."""

    @property
    def feeds(self) -> int:
        return sum(piece.count("\n") for piece in self.markup)

    def text(self, values: Sequence[str]) -> str:
        """An entry of a stretch with these texts."""
        ids = sum(piece.count(f' id="{TAKEN}"') for piece in self.markup)
        pointers = {"id": iter(values[:ids]), "target": iter(values[ids:])}
        pieces = [POINTER.sub(lambda found: f' {found[1]}="{next(pointers[found[1]])}"', each) for each in self.markup]
        made = [pieces[0]]
        for text, piece in zip(values[self.pointers :], pieces[1:], strict=True):
            made += (">", text, "<", piece)
        return "".join((self._start, *made, self._end))


class Shaper(FastReader):
    """Reads stretches of the entries of one document."""

    def shape(self, markup: Markup, opening: str, name: str, *, last: bool) -> Shape | None:
        """What this markup means; None: it is not one for skeletons.

        `opening`: how the stretch begins, if it is a section; `name` of the entry; `last`: whether it ends with it.
        """
        start = f'<{name} id="x">{opening}' if opening else ""
        try:
            roles = [self._role((start + piece).rpartition("<")[2].replace(TAKEN, "x")) for piece in markup[:-1]]
        except Irregular:
            return None
        made = Shape(markup, roles, start, f"</{name}>", last=last)
        return made if opening or made.pointers else None

    def _role(self, tag_text: str) -> str:
        """What a text behind this tag is."""
        tag = self._tags.get(tag_text) or self._tag(tag_text)
        if tag.kind == TERM:
            return FREE
        if tag.kind != LEAF:
            raise Irregular
        if tag.category == "date":
            return DATE
        return DECIDING if tag.listed or any(field in _LOOKED_AT for field, _ in tag.places) else FREE

    def known(self, shape: Shape, texts: Sequence[str]) -> Known | None:
        """The skeleton of stretches that have what decides in common with this one; None: there is none."""
        roles = [*[FREE] * shape.pointers, *shape.roles]
        marks = [f"¤{at}¤" for at in range(len(roles))]
        free = [
            text if role == DECIDING else _A_DAY if role == DATE else mark
            for text, role, mark in zip(texts, roles, marks, strict=True)
        ]
        concept = self.entry(shape.text(free), 0)
        section = shape.key[0]
        if section and (len(concept.languages) != 1 or any(statements(concept))):
            return None
        if not section and (concept.languages or concept.id != marks[0]):
            return None
        skeleton = _skeleton(concept, shape)
        places = {mark: at for at, mark in enumerate(marks)}
        if not places.keys() >= {*skeleton.terms, *skeleton.definitions, *skeleton.contexts}:
            return None  # a text that is part of the markup
        dated = [mark if role == DATE else text for mark, role, text in zip(marks, roles, free, strict=True)]
        dates = _dates(self.entry(shape.text(dated), 0), places) if DATE in roles else Dates()
        return Known(skeleton, places, dates) if dates is not None else None


def _skeleton(concept: ConceptEntry, shape: Shape) -> Skeleton:
    terms = [term for section in concept.languages for term in section.terms]
    definitions = [
        *concept.definitions,
        *[each for section in concept.languages for each in section.definitions],
        *[each for term in terms for each in term.others if each.category == "definition"],
    ]
    return Skeleton(
        concept, tuple([str(term.term) for term in terms]), tuple([each.text for each in definitions]),
        tuple([each.text for term in terms for each in term.contexts]), 0 if shape.last else shape.feeds, shape.last,
    )  # fmt: skip


def _levels(concept: ConceptEntry) -> Iterator[tuple[DataCategory, ...]]:
    """The transactions of each level."""
    yield concept.transactions
    for section in concept.languages:
        yield section.transactions
        for term in section.terms:
            yield term.transactions


def _dates(concept: ConceptEntry, places: dict[str, int]) -> Dates | None:
    """The places of dates that stand in an entry as marks; None if one is part of the markup."""
    found, orders = [], []
    for transactions in _levels(concept):
        first, changes = [], []
        for each in transactions:
            if each.date is None:
                continue
            if each.date not in places:
                return None
            found.append(places[each.date])
            kind = each.text.strip()
            if kind in _ORIGINS:
                first.append(places[each.date])
            elif kind == "modification":
                changes.append(places[each.date])
        if first and changes:
            orders.append((tuple(first), tuple(changes)))
    return Dates(tuple(found), tuple(orders))
