"""TBX of single programs read back: what Phrase and Weblate say in words of their own, in the standard's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cctbx.model import (
    ConceptEntry,
    DataCategory,
    LanguageSection,
    Level,
    Metatype,
    TermSection,
    fields_from,
    statements,
)
from cctbx.profiles.flavours import FORBIDDEN, SPEECH
from cctbx.profiles.rules import DEAD

__all__ = ["from_phrase", "from_weblate"]

_PREFERRED = "preferredTerm-admn-sts"
_SPOKEN = {word: name for name, word in SPEECH.items()}
_STATUSES = {("preferred", "true"): _PREFERRED, ("forbidden", "true"): DEAD[0]}
_PHRASE_ONLY = ("status", "preferred", "forbidden", "usageNote")


def from_phrase(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
    """`preferred` and `forbidden` as statuses, `NOUN` as noun, `usageNote` as note; `status` says nothing here."""
    for entry in entries:
        yield replace(entry, languages=tuple(
            replace(section, terms=tuple(map(_of_phrase, section.terms))) for section in entry.languages
        ))  # fmt: skip


def _of_phrase(term: TermSection) -> TermSection:
    said = list(statements(term))
    told = {each.category: each for each in said}
    kept = [each for each in said if each.category not in _PHRASE_ONLY]
    for name, each in told.items():
        if status := _STATUSES.get((name, each.text.casefold())):
            kept.append(_stated("administrativeStatus", status, Metatype.TERM_NOTE, each))
        elif name == "usageNote":
            kept.append(_stated("note", each.text, Metatype.NOTE, each))
    fields = fields_from(Level.TERM, kept)
    speech = fields.get("part_of_speech")
    fields |= {"part_of_speech": _SPOKEN.get(str(speech), speech)}
    return TermSection(term=term.term, id=term.id, line=term.line, **fields)  # type: ignore[arg-type]


def _stated(category: str, value: str, metatype: Metatype, where: DataCategory) -> DataCategory:
    return DataCategory(category=category, metatype=metatype, value=value, line=where.line)


_APART = re.compile(f"(.+){FORBIDDEN}[0-9]+")


def from_weblate(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
    """Forbidden terms back in their concept as deprecated ones, the translator's note as definition of its language.

    Entries of one concept stand beside each other: nothing is kept but the concept being gathered.
    """
    open_entry: ConceptEntry | None = None
    for entry in map(_explained, entries):
        apart = _APART.fullmatch(entry.id)
        concept = apart[1] if apart else entry.id
        if open_entry is not None and apart and open_entry.id == concept:
            open_entry = _joined(open_entry, entry)
            continue
        if open_entry is not None:
            yield open_entry
        open_entry = replace(entry, id=concept)
    if open_entry is not None:
        yield open_entry


def _explained(entry: ConceptEntry) -> ConceptEntry:
    return replace(entry, languages=tuple(map(_section, entry.languages)))


def _section(section: LanguageSection) -> LanguageSection:
    said = [each for each in section.notes if any(one.category == "@from" for one in each.group)]
    notes = tuple(each for each in section.notes if each not in said)
    definitions = tuple(_stated("definition", each.text, Metatype.DESCRIPTIVE, each) for each in said)
    terms = tuple(
        replace(each, administrative_status=DEAD[0])
        if (each.administrative_status or "").casefold() in ("forbidden", "obsolete") else each
        for each in section.terms
    )  # fmt: skip
    return replace(section, terms=terms, notes=notes, definitions=section.definitions + definitions)


def _joined(entry: ConceptEntry, apart: ConceptEntry) -> ConceptEntry:
    """The entry with the dead terms of another one in their languages."""
    dead = {
        section.language: tuple(each for each in section.terms if each.administrative_status in DEAD)
        for section in apart.languages
    }
    return replace(entry, languages=tuple(
        replace(each, terms=each.terms + dead.get(each.language, ())) for each in entry.languages
    ))  # fmt: skip
