"""What changed inside one concept: statements, language sections, designations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

from cctbx.diff.changes import Change, Kind
from cctbx.diff.instead import FORBIDDEN, instead_of, newly_forbidden
from cctbx.diff.order import canonical, retargeted
from cctbx.diff.pairing import TermPair, is_metadata, pair_statements, pair_terms, substance
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, TermSection, plain, statements

__all__ = ["PREFERRED", "concept_changes", "label_of", "preferred_terms", "subjects_of"]

PREFERRED = "preferredTerm-admn-sts"

_KINDS: dict[str, tuple[Kind, Kind, Kind]] = {
    "definition": (Kind.DEFINITION_ADDED, Kind.DEFINITION_REMOVED, Kind.DEFINITION_EDITED),
    "administrativeStatus": (Kind.STATUS_CHANGED, Kind.STATUS_CHANGED, Kind.STATUS_CHANGED),
}
_GENERAL = (Kind.CATEGORY_ADDED, Kind.CATEGORY_REMOVED, Kind.CATEGORY_CHANGED)
_METADATA = (Kind.METADATA_ADDED, Kind.METADATA_REMOVED, Kind.METADATA_CHANGED)


def label_of(concept: ConceptEntry) -> str:
    """A name for people: a preferred English designation, else the first one there is; empty if there is none."""
    ranked = [
        (section.language.split("-")[0] != "en", term.administrative_status != PREFERRED, section.language,
         plain(term.term))
        for section in concept.languages
        for term in section.terms
    ]  # fmt: skip
    return min(ranked)[3] if ranked else ""


def subjects_of(concept: ConceptEntry) -> tuple[str, ...]:
    """Its subject fields, sorted."""
    return tuple(sorted({each.text for each in concept.subject_fields}))


def preferred_terms(terms: Iterable[TermSection]) -> frozenset[TermSection]:
    """The designations stated as preferred; where no status is stated, the only designation there is."""
    listed = list(terms)
    stated = frozenset(each for each in listed if each.administrative_status == PREFERRED)
    if stated or len(listed) != 1 or listed[0].administrative_status in FORBIDDEN:
        return stated
    return frozenset(listed)


def _kind(old: DataCategory | None, new: DataCategory | None) -> Kind:
    """What kind of change a pair of statements is, by the table; metadata apart."""
    place = 0 if old is None else 1 if new is None else 2
    either = new or old
    assert either is not None
    if is_metadata(either) or (old is not None and new is not None and substance(old) == substance(new)):
        return _METADATA[place]
    if old is not None and new is not None and either.category == "definition" and old.text == new.text:
        return Kind.CATEGORY_CHANGED  # the text stands; its source, its language or another companion changed
    return _KINDS.get(either.category, _GENERAL)[place]


Ids = Mapping[str, str]


def _statement_changes(
    place: Change, old: Iterable[DataCategory], new: Iterable[DataCategory], ids: Ids
) -> Iterator[Change]:
    stated = list(old)
    paired = list(pair_statements(stated, new))
    there = [*stated, *(after for before, after in paired if before)]
    for before, after in paired:
        either = before or after
        assert either is not None
        kind = _kind(before, after)
        if ids and before and after and retargeted(before, lambda name: ids.get(name, name)) == after:
            kind = Kind.REFERENCE_FOLLOWED
        alike = 0 if before else there.count(after)
        if not before:
            there.append(after)
        yield replace(place, kind=kind, category=either.category, alike=alike, old=before, new=after)


def _identifier(place: Change, old: str | None, new: str | None) -> Iterator[Change]:
    if old != new:
        yield replace(place, kind=Kind.IDENTIFIER_CHANGED, old=old, new=new)


# --- designations ----------------------------------------------------------------------------------------------------


def _statuses(*terms: TermSection | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.administrative_status for each in terms if each and each.administrative_status))


def _numbered(pairs: Iterable[TermPair], terms: tuple[TermSection, ...]) -> list[tuple[int, TermPair]]:
    """Each pair with which of several its designation is: of the old ones, or of new ones like it."""
    seen: defaultdict[object, int] = defaultdict(int)
    number: dict[int, int] = {}
    for term in terms:
        number[id(term)] = seen[term.term]
        seen[term.term] += 1
    paired = list(pairs)
    alike = [pair.new for pair in paired if pair.old]
    numbered: list[tuple[int, TermPair]] = []
    for pair in paired:
        if pair.old is None:
            numbered.append((alike.count(pair.new), pair))
            alike.append(pair.new)
        else:
            numbered.append((number[id(pair.old)], pair))
    return numbered


def _term_changes(place: Change, pair: TermPair, ids: Ids) -> Iterator[Change]:
    if pair.old is None or pair.new is None:
        kind = Kind.DESIGNATION_ADDED if pair.old is None else Kind.DESIGNATION_REMOVED
        yield replace(place, kind=kind, old=pair.old, new=pair.new)
        return
    if pair.old.term != pair.new.term:
        kind = Kind.DESIGNATION_RESPACED if pair.because == "white space" else Kind.DESIGNATION_REWORDED
        yield replace(place, kind=kind, old=pair.old.term, new=pair.new.term, because=pair.because)
    yield from _identifier(place, pair.old.id, pair.new.id)
    yield from _statement_changes(place, statements(pair.old), statements(pair.new), ids)


def _preferred(lost: list[Change], gained: list[Change], place: Change) -> Iterator[Change]:
    """Who loses the preferred status to whom, as one change; a loss or a gain alone stays what it is."""
    for before, after in zip_longest(lost, gained):
        if before is None or after is None:
            yield before or after
            continue
        yield replace(
            place, kind=Kind.PREFERRED_CHANGED, term=before.term, old=before.term, new=after.term, preferred=True,
            statuses=tuple(dict.fromkeys((*before.statuses, *after.statuses))), parts=(before, after),
        )  # fmt: skip


def _term_list(place: Change, old: LanguageSection, new: LanguageSection, ids: Ids) -> Iterator[Change]:
    """Changes of all designations of a section; swaps of the preferred term become one change each."""
    was, now = preferred_terms(old.terms), preferred_terms(new.terms)
    lost: list[Change] = []
    gained: list[Change] = []
    for nth, pair in _numbered(pair_terms(old.terms, new.terms, old.language), old.terms):
        if pair.old is not None and pair.old == pair.new:
            continue
        before, after = pair.old in was, pair.new in now
        either = pair.old or pair.new
        assert either is not None
        here = replace(
            place, term=either.term, nth=nth, preferred=before or after, statuses=_statuses(pair.old, pair.new)
        )
        instead = instead_of(either, new.terms) if newly_forbidden(pair) else None
        for change in _term_changes(here, pair, ids):
            if change.kind in _DECISIVE and instead is not None:
                change = replace(change, instead=instead)
            if change.kind in _DECISIVE and before != after:
                (lost if before else gained).append(change)
            else:
                yield change
    yield from _preferred(lost, gained, place)


_DECISIVE = frozenset({Kind.STATUS_CHANGED, Kind.DESIGNATION_ADDED, Kind.DESIGNATION_REMOVED})


# --- sections and the whole concept ----------------------------------------------------------------------------------


def _by_language(concept: ConceptEntry) -> dict[tuple[str, int], LanguageSection]:
    """The sections by tag and by number among those of one tag, in canonical order."""
    count: defaultdict[str, int] = defaultdict(int)
    found = {}
    for section in concept.languages:
        found[section.language, count[section.language]] = section
        count[section.language] += 1
    return found


def _section_changes(
    place: Change, old: LanguageSection | None, new: LanguageSection | None, ids: Ids
) -> Iterator[Change]:
    if old is None or new is None:
        present = new or old
        assert present is not None
        kind = Kind.LANGUAGE_ADDED if old is None else Kind.LANGUAGE_REMOVED
        named = bool(preferred_terms(present.terms))
        yield replace(place, kind=kind, old=old, new=new, preferred=named, statuses=_statuses(*present.terms))
        return
    yield from _identifier(place, old.id, new.id)
    yield from _statement_changes(place, statements(old), statements(new), ids)
    yield from _term_list(place, old, new, ids)


def concept_changes(old: ConceptEntry, new: ConceptEntry, ids: Ids) -> Iterator[Change]:
    """Every difference between two releases of one concept, elementary or compound, metadata included.

    `ids` maps old concept ids to new ones where they differ: a cross-reference that follows is REFERENCE_FOLLOWED.
    """
    before, after = canonical(old), canonical(new)
    place = Change(
        kind=Kind.CATEGORY_CHANGED, concept=old.id, becomes=new.id if new.id != old.id else None,
        label=label_of(before) or label_of(after), subjects=subjects_of(before) or subjects_of(after),
    )  # fmt: skip
    yield from _statement_changes(place, statements(before), statements(after), ids)
    old_sections, new_sections = _by_language(before), _by_language(after)
    for name in sorted({*old_sections, *new_sections}):
        here = replace(place, language=name[0], section=name[1])
        yield from _section_changes(here, old_sections.get(name), new_sections.get(name), ids)
