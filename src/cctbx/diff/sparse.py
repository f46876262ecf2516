"""Sides of a merge that cannot hold everything, or were given only part: absent is not empty.

A bilingual extract, a spreadsheet without definitions, a client's export without synonyms: what such a side lacks it
never had, and so it deletes nothing. Its edits are what changed between the base as that side saw it and the side; put
into effect on the whole base, they give the side as it would be, could it hold everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cctbx.diff.apply import apply
from cctbx.diff.changes import Kind
from cctbx.diff.compare import compare
from cctbx.diff.settings import CompareSettings
from cctbx.model import (
    ConceptEntry,
    DataCategory,
    LanguageSection,
    Level,
    TermSection,
    fields_from,
    statements,
)

__all__ = ["Scope", "missing", "scope_of", "seen", "widened"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a side speaks of at all: languages, and data categories by level."""

    languages: frozenset[str]
    categories: frozenset[tuple[Level, str]]


def _levels(concept: ConceptEntry) -> Iterator[tuple[Level, ConceptEntry | LanguageSection | TermSection]]:
    yield Level.CONCEPT, concept
    for section in concept.languages:
        yield Level.LANGUAGE, section
        for term in section.terms:
            yield Level.TERM, term


def scope_of(concepts: Iterable[ConceptEntry]) -> Scope:
    """The languages and data categories that occur anywhere in a side."""
    languages: set[str] = set()
    categories: set[tuple[Level, str]] = set()
    for concept in concepts:
        languages.update(section.language for section in concept.languages)
        for level, value in _levels(concept):
            categories.update((level, each.category) for each in statements(value))
    return Scope(languages=frozenset(languages), categories=frozenset(categories))


def missing(base: Scope, side: Scope) -> tuple[str, ...]:
    """What the base speaks of and the side does not, in words: `language de`, `definition (language section)`."""
    languages = sorted(base.languages - side.languages)
    categories = sorted((name, level.value) for level, name in base.categories - side.categories)
    return (*(f"language {tag}" for tag in languages), *(f"{name} ({level})" for name, level in categories))


def seen(concept: ConceptEntry, scope: Scope) -> ConceptEntry:
    """An entry as a side of this scope sees it."""

    def kept(level: Level, stated: Iterable[DataCategory]) -> dict[str, object]:
        return fields_from(level, [each for each in stated if (level, each.category) in scope.categories])

    sections = []
    for section in concept.languages:
        if section.language in scope.languages:
            terms = tuple(
                TermSection(term=term.term, id=term.id, **kept(Level.TERM, statements(term)))  # type: ignore[arg-type]
                for term in section.terms
            )
            stated = kept(Level.LANGUAGE, statements(section))
            sections.append(LanguageSection(language=section.language, id=section.id, terms=terms, **stated))  # type: ignore[arg-type]
    own = kept(Level.CONCEPT, statements(concept))
    return ConceptEntry(id=concept.id, languages=tuple(sections), origin=concept.origin, **own)  # type: ignore[arg-type]


def widened(
    base: Iterable[ConceptEntry], as_seen: Iterable[ConceptEntry], side: Iterable[ConceptEntry], *, ids: bool = True
) -> tuple[ConceptEntry, ...]:
    """The side with everything it could not hold taken from the base.

    `as_seen` is the base as the side saw it; `ids` is False for formats that number the entries themselves: then what
    looks renumbered keeps the id of the base.
    """
    changes = compare(as_seen, side, CompareSettings(strict=True))
    effective = [each for each in changes if ids or each.kind is not Kind.CONCEPT_RENUMBERED]
    return tuple(apply(base, effective, loose=True))


