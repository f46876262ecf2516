"""The canonical order of a concept entry: what is left when order, which means nothing in a comparison, is gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from cctbx.model import (
    ConceptEntry,
    DataCategory,
    Inline,
    LanguageSection,
    Level,
    Markup,
    TermBase,
    TermSection,
    Text,
    fields_from,
    plain,
    statements,
)

__all__ = [
    "canonical", "canonical_termbase", "concept_of", "like", "natural", "ordered_statements", "retargeted",
    "section_of", "spaced", "term_of",
]  # fmt: skip

_DIGITS = re.compile(r"(\d+)")
_T = TypeVar("_T")


def natural(text: str | None) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts `c2` before `c10`; None first."""
    if text is None:
        return ()
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(text) if part)


def _sorted(items: list[_T], key: Callable[[_T], str]) -> list[_T]:
    """By key, and among equal keys by everything there is (which costs, and is seldom needed)."""
    if len(items) < 2:
        return items
    if len({key(each) for each in items}) == len(items):
        return sorted(items, key=key)
    return sorted(items, key=lambda each: (key(each), repr(each)))


def _statement_key(statement: DataCategory) -> str:
    return statement.category


def _ordered_statement(statement: DataCategory) -> DataCategory:
    if not statement.group:
        return statement
    return replace(statement, group=ordered_statements(statement.group))


def ordered_statements(stated: Iterable[DataCategory]) -> tuple[DataCategory, ...]:
    """Statements by category, then by what they say; groups ordered the same way."""
    listed = [_ordered_statement(each) for each in stated]
    return tuple(_sorted(listed, _statement_key))


def _term_key(term: TermSection) -> str:
    return plain(term.term)


def _language_key(section: LanguageSection) -> str:
    return section.language


def term_of(term: TermSection, stated: Iterable[DataCategory]) -> TermSection:
    """A term section with this one's term and id, and exactly these statements."""
    fields = fields_from(Level.TERM, ordered_statements(stated))
    return TermSection(term=term.term, id=term.id, **fields)  # type: ignore[arg-type]


def section_of(
    section: LanguageSection, stated: Iterable[DataCategory], terms: Iterable[TermSection]
) -> LanguageSection:
    """A language section with this one's language and id, and exactly these statements and terms."""
    fields = fields_from(Level.LANGUAGE, ordered_statements(stated))
    ordered = tuple(_sorted(list(terms), _term_key))
    return LanguageSection(language=section.language, id=section.id, terms=ordered, **fields)  # type: ignore[arg-type]


def concept_of(identifier: str, stated: Iterable[DataCategory], languages: Iterable[LanguageSection]) -> ConceptEntry:
    """A concept entry of exactly these statements and sections."""
    fields = fields_from(Level.CONCEPT, ordered_statements(stated))
    ordered = tuple(_sorted(list(languages), _language_key))
    return ConceptEntry(id=identifier, languages=ordered, **fields)  # type: ignore[arg-type]


def _canonical_section(section: LanguageSection) -> LanguageSection:
    terms = (term_of(term, statements(term)) for term in section.terms)
    return section_of(section, statements(section), terms)


def canonical(concept: ConceptEntry) -> ConceptEntry:
    """The entry with languages, designations, statements and companions in canonical order; origin and lines gone."""
    return concept_of(concept.id, statements(concept), (_canonical_section(each) for each in concept.languages))


def canonical_termbase(base: TermBase) -> TermBase:
    """A whole term base in canonical order: concept entries by id, back matter by kind and id."""
    concepts = sorted((canonical(each) for each in base.concepts), key=lambda each: (natural(each.id), repr(each)))
    references = sorted(base.references, key=lambda each: (each.kind, natural(each.id), repr(each)))
    return TermBase(header=base.header, concepts=tuple(concepts), references=tuple(references))


# --- the same content, seen through a change of texts or targets ----------------------------------------------------


def _over_text(text: Text, change: Callable[[str], str], target: Callable[[str], str]) -> Text:
    if isinstance(text, str):
        return change(text)
    return Markup(tuple(_over_part(part, change, target) for part in text.parts))


def _over_part(part: str | Inline, change: Callable[[str], str], target: Callable[[str], str]) -> str | Inline:
    if isinstance(part, str):
        return change(part)
    attributes = tuple((name, target(held) if name == "target" else held) for name, held in part.attributes)
    return replace(
        part, content=tuple(_over_part(each, change, target) for each in part.content), attributes=attributes
    )


def _same(text: str) -> str:
    return text


def retargeted(statement: DataCategory, ids: Callable[[str], str]) -> DataCategory:
    """The statement with every target, its companions' and its markup's included, sent through `ids`."""
    target = statement.target
    value = statement.value
    return replace(
        statement,
        target=ids(target) if target is not None else None,
        value=value if isinstance(value, str) else _over_text(value, _same, ids),
        group=tuple(retargeted(each, ids) for each in statement.group),
    )


def spaced(text: Text) -> Text:
    """A text with white space folded: how it is wrapped and indented in a file is no difference."""
    if isinstance(text, str):
        return " ".join(text.split())
    return _over_text(text, lambda part: re.sub(r"\s+", " ", part), _same)


# --- an order for people ---------------------------------------------------------------------------------------------


def _ranked(items: Iterable[_T], names: Iterable[object], name: Callable[[_T], object]) -> tuple[_T, ...]:
    place = {each: number for number, each in reversed(list(enumerate(names)))}
    return tuple(sorted(items, key=lambda item: place.get(name(item), len(place) + 1)))


def like(concept: ConceptEntry, *models: ConceptEntry) -> ConceptEntry:
    """The entry with languages and designations in the order they have in the models, the first model first."""
    sections = [section for model in models for section in model.languages]
    ordered = []
    for section in _ranked(concept.languages, [each.language for each in sections], lambda each: each.language):
        known = [term.term for each in sections if each.language == section.language for term in each.terms]
        ordered.append(replace(section, terms=_ranked(section.terms, known, lambda term: term.term)))
    return replace(concept, languages=tuple(ordered))
