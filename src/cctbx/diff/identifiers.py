"""Ids inside of concept entries: in a document every id may stand once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Level, TermSection, fields_from, statements

__all__ = ["carriers", "clashes", "without_ids"]


def _stated_ids(stated: Iterable[DataCategory]) -> Iterator[str]:
    for each in stated:
        if each.id:
            yield each.id
        yield from _stated_ids(each.group)


def _ids(concept: ConceptEntry) -> Iterator[str]:
    """The ids of sections, designations and statements of an entry."""
    yield from _stated_ids(statements(concept))
    for section in concept.languages:
        yield from (section.id,) if section.id else ()
        yield from _stated_ids(statements(section))
        for term in section.terms:
            yield from (term.id,) if term.id else ()
            yield from _stated_ids(statements(term))


def carriers(concepts: Iterable[ConceptEntry]) -> dict[str, list[str]]:
    """Which entries have each id, their own ids included; an entry that has an id twice is named twice."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for concept in concepts:
        found[concept.id].append(concept.id)
        for name in _ids(concept):
            found[name].append(concept.id)
    return found


def clashes(merged: Iterable[ConceptEntry], *sides: Iterable[ConceptEntry]) -> dict[str, list[str]]:
    """Ids that stand more than once in the merged entries although no side has them more than once."""
    twice = {name: held for name, held in carriers(merged).items() if len(held) > 1}
    if not twice:
        return {}
    known = [carriers(side) for side in sides]
    return {name: held for name, held in twice.items() if all(len(side.get(name, ())) < 2 for side in known)}


def _bare_statements(stated: Iterable[DataCategory], ids: frozenset[str]) -> list[DataCategory]:
    return [
        replace(each, id=None if each.id in ids else each.id, group=tuple(_bare_statements(each.group, ids)))
        for each in stated
    ]


def _bare(
    level: Level, value: ConceptEntry | LanguageSection | TermSection, ids: frozenset[str]
) -> Mapping[str, object]:
    return fields_from(level, _bare_statements(statements(value), ids))


def _bare_term(term: TermSection, ids: frozenset[str]) -> TermSection:
    own = None if term.id in ids else term.id
    return TermSection(term=term.term, id=own, **_bare(Level.TERM, term, ids))  # type: ignore[arg-type]


def without_ids(concept: ConceptEntry, ids: frozenset[str]) -> ConceptEntry:
    """The entry without these ids of its sections, designations and statements; its own id stays."""
    sections = tuple(
        LanguageSection(
            language=each.language, id=None if each.id in ids else each.id,
            terms=tuple(_bare_term(term, ids) for term in each.terms),
            **_bare(Level.LANGUAGE, each, ids),  # type: ignore[arg-type]
        )
        for each in concept.languages
    )  # fmt: skip
    own = _bare(Level.CONCEPT, concept, ids)
    return ConceptEntry(id=concept.id, languages=sections, origin=concept.origin, **own)  # type: ignore[arg-type]
