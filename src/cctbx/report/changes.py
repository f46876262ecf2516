"""Changes in words: what every report of a comparison says, before it is coloured, tagged or put into cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from cctbx.diff.changes import Change, Changes, Holds, Kind, Value, text_of
from cctbx.diff.release import forbidden
from cctbx.diff.words import Piece, PieceKind, in_words, pieces
from cctbx.model import CATEGORIES, ConceptEntry, Content, DataCategory, Header, LanguageSection, TermSection, plain

__all__ = [
    "Comparison", "Described", "by_concept", "concept_title", "described", "home", "message", "readable", "titled_home",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a report tells of.

    changes    the changes, those of `languages` only if there are any
    old, new   the names of the two releases
    lines      lines of the new file by concept id
    """

    changes: Changes
    old: str
    new: str
    lines: Mapping[str, int] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two releases for people."""
        return _NAMES.get(self.old, self.old), _NAMES.get(self.new, self.new)


_NAMES = {"-": "standard input"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One change in words: what and where it is about, the text it changes piece by piece, and a remark."""

    change: Change
    head: str
    pieces: tuple[Piece, ...] = ()
    remark: str = ""


def _spaced(name: str) -> str:
    return _CAPITAL.sub(lambda found: f" {found[0].lower()}", name)


_CAPITAL = re.compile("(?<=[a-z])[A-Z]")
_SPOKEN: dict[str, str] = {
    name: _spaced(name)
    for each in CATEGORIES
    for name in (each.name, *((*each.values, *(each.values_v2 or ())) if each.content is Content.PICKLIST else ()))
}
"""Names of data categories and values of picklists as people say them: `term type`, `full form`."""


def readable(value: str) -> str:
    """A picklist value or a category as people say it: `preferredTerm-admn-sts` is `preferred`."""
    if value.endswith("-admn-sts"):
        return value.removesuffix("-admn-sts").removesuffix("Term")
    return _SPOKEN.get(value, value)


def _value_text(value: Value) -> str:
    if isinstance(value, TermSection):
        said = (value.administrative_status, value.term_type, value.part_of_speech)
        about = ", ".join(readable(each) for each in said if each)
        return f"{plain(value.term)} ({about})" if about else plain(value.term)
    if isinstance(value, ConceptEntry):
        return "; ".join(f"{each.language}: {_terms(each)}" for each in value.languages if each.terms)
    if isinstance(value, LanguageSection):
        return _terms(value)
    if isinstance(value, DataCategory):
        beside = ", ".join(f"{readable(each.category)}: {each.text or each.target}" for each in value.group)
        text = readable(text_of(value))
        return f"{text} ({beside})" if beside else text
    return text_of(value)


_RANK = {f"{name}Term-admn-sts": rank for rank, name in ((0, "preferred"), (2, "deprecated"), (3, "superseded"))}


def _terms(section: LanguageSection) -> str:
    """The designations of a section, the preferred one first; what must not be used says so."""
    ranked = sorted(section.terms, key=lambda each: _RANK.get(each.administrative_status or "", 1))
    return ", ".join(
        f"{plain(each.term)} ({readable(each.administrative_status)})"
        if each.administrative_status and _RANK.get(each.administrative_status, 1) > 1
        else plain(each.term)
        for each in ranked
    )


def _texts(change: Change) -> tuple[str, str]:
    """The old and the new value as text; companions only where they are what differs."""
    old, new = change.old, change.new
    if isinstance(old, DataCategory) and isinstance(new, DataCategory) and old.text != new.text:
        return readable(old.text), readable(new.text)
    return _value_text(old), _value_text(new)


def _retitled(change: Change) -> bool:
    """Whether the title is what changed in a header, or among that."""
    titles = [each.title for each in (change.old, change.new) if isinstance(each, Header)]
    return all(titles) and len(set(titles)) > 1


def _value_pieces(change: Change) -> tuple[Piece, ...]:
    old, new = _texts(change)
    if change.kind is Kind.HEADER_CHANGED and not _retitled(change):
        return ()
    if change.kind is Kind.CONCEPT_MERGED:
        return (Piece(PieceKind.SAME, old),)
    if change.kind is Kind.CONCEPT_SPLIT:
        return (Piece(PieceKind.SAME, new),)
    whole = change.row.holds in (Holds.TERM, Holds.NOTHING) or change.kind is Kind.STATUS_CHANGED
    if whole or not (old and new):
        sides = ((PieceKind.REMOVED, old), (PieceKind.ADDED, new))
        return tuple(Piece(kind, text) for kind, text in sides if text)
    if change.row.holds is Holds.NUMBER:
        return ()
    return pieces(old, new)


def home(change: Change) -> tuple[str, str]:
    """Id and name of the concept a merge or a designation went to, or a split came from; the parts know the name."""
    concept = str(change.concept if change.kind is Kind.CONCEPT_SPLIT else change.becomes)
    return concept, next((each.label for each in change.parts if concept in (each.becomes, each.concept)), "")


def titled_home(change: Change) -> str:
    """The same in words: `c5 “queue”`."""
    concept, label = home(change)
    return f"{concept} “{label}”" if label else concept


def _where(change: Change) -> str:
    """The language and the designation a change is about."""
    term = f"“{plain(change.term)}”" if change.term is not None else ""
    return " ".join(part for part in (change.language or "", term) if part)


_HEADS: dict[Kind, str] = {
    Kind.CONCEPT_ADDED: "concept {concept} “{label}” added",
    Kind.CONCEPT_REMOVED: "concept {concept} “{label}” removed",
    Kind.CONCEPT_MERGED: "concept {concept} “{label}” merged into {home}",
    Kind.CONCEPT_SPLIT: "concept {becomes} “{label}” split off {home}",
    Kind.CONCEPT_RENUMBERED: "concept {concept} “{label}” is now {becomes}",
    Kind.PREFERRED_CHANGED: "{language} preferred term",
    Kind.LANGUAGE_ADDED: "{language} added",
    Kind.LANGUAGE_REMOVED: "{language} removed",
    Kind.DESIGNATION_ADDED: "{language} designation added",
    Kind.DESIGNATION_REMOVED: "{language} designation removed",
    Kind.DESIGNATION_REWORDED: "{language} designation reworded",
    Kind.DESIGNATION_RESPACED: "{language} white space of the designation",
    Kind.DESIGNATION_MOVED: "{where} moved to {home}",
    Kind.STATUS_CHANGED: "{where} status",
    Kind.HEADER_CHANGED: "header changed",
    Kind.RESOURCE_ADDED: "back matter: {label} added",
    Kind.RESOURCE_REMOVED: "back matter: {label} removed",
    Kind.RESOURCE_CHANGED: "back matter: {label} changed",
    Kind.IDENTIFIER_CHANGED: "{where} id",
}
_STATED = "{where} {category}"
_BARE = frozenset({Kind.DESIGNATION_MOVED, Kind.CONCEPT_RENUMBERED, Kind.RESOURCE_CHANGED})


def _remark(change: Change) -> str:
    if change.confidence < 1.0:
        return f"{change.because}, confidence {change.confidence:.2f}"
    if change.kind is Kind.PREFERRED_CHANGED:
        return "; ".join(f"“{plain(each.term)}” is {readable(each.status)} now" for each in forbidden([change]))
    if change.instead is not None:
        return f"use “{plain(change.instead)}” instead"
    return change.because or ""


def described(change: Change) -> Described:
    """A change in words."""
    head = _HEADS.get(change.kind, _STATED).format(
        concept=change.concept, becomes=change.becomes, label=change.label, language=change.language,
        where=_where(change), home=titled_home(change), category=readable(change.category or ""),
    )  # fmt: skip
    parts = () if change.kind in _BARE else _value_pieces(change)
    return Described(change=change, head=head.strip(), pieces=parts, remark=_remark(change))


def message(change: Change) -> str:
    """One line for people that names id and terms; removed text as `[-…-]`, added text as `{+…+}`."""
    said = described(change)
    text = in_words(said.pieces)
    whole = f"{said.head}: {text}" if text else said.head
    whole = f"{whole} ({said.remark})" if said.remark else whole
    if change.row.holds in (Holds.CONCEPT, Holds.NUMBER) or change.concept is None:
        return whole
    return f"concept {concept_title(change)}: {whole}"


def concept_title(change: Change) -> str:
    """`c12 “customer loyalty”`."""
    return f"{change.concept} “{change.label}”" if change.concept else "term base"


def by_concept(changes: Iterable[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Changes grouped by concept, each group with its title, in the order given."""
    for _, group in groupby(changes, key=lambda each: each.concept):
        listed = list(group)
        own = next((each for each in listed if each.kind is not Kind.CONCEPT_SPLIT), None)
        yield concept_title(own) if own else titled_home(listed[0]), listed
