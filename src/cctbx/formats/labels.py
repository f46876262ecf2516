"""Statements as labelled lines, for formats whose only place for them is a comment: `definition [sv]: text`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

from cctbx.model import (
    CATEGORIES,
    CATEGORY,
    ConceptEntry,
    DataCategory,
    LanguageSection,
    Level,
    Metatype,
    fields_from,
    statements,
)

__all__ = [
    "LABELLED", "TRANSLATION_NEEDED", "labelled_lines", "line_quoted", "line_unquoted", "understood", "with_lines",
]  # fmt: skip

TRANSLATION_NEEDED = "Translation needed"
"""The private category by which Weblate marks terms that stay as they are; its value is then `No`."""

_TRANSACTIONS = (Metatype.TRANSACTION, Metatype.TRANSACTION_NOTE, Metatype.DATE)
LABELLED = frozenset(
    (level, each.name)
    for each in CATEGORIES
    for level in each.levels - {Level.TERM}
    if each.metatype not in _TRANSACTIONS
) | {(Level.CONCEPT, TRANSLATION_NEEDED)}
"""What labelled lines can say: everything bare at the levels of concept and language."""

_NAMES = {name for _, name in LABELLED}
_LINE = re.compile(r"(?P<name>[\w -]+?)(?: \[(?P<tag>[\w-]+)\])?: (?P<text>.+)", re.DOTALL)


def line_quoted(identifier: str) -> str:
    """An id without white space, for the label line `concept: c12`."""
    return re.sub(r"[\s%]", lambda found: quote(found[0]), identifier)


def line_unquoted(text: str) -> str:
    """The id as it was before `line_quoted`."""
    return unquote(text)


def labelled_lines(entry: ConceptEntry) -> Iterator[str]:
    """What is said of a concept and of its languages, definitions first, a line each (texts are already folded)."""
    said: list[tuple[str, str | None, str]] = [(each.category, None, each.text) for each in statements(entry)]
    for section in entry.languages:
        said += [(each.category, section.language, each.text) for each in statements(section)]
    for name, tag, text in sorted(said, key=lambda each: each[0] != "definition"):
        yield f"{name} [{tag}]: {text}" if tag else f"{name}: {text}"


def understood(line: str) -> tuple[str, str | None, str]:
    """Category, language and text of a line; a line without a known label is a note."""
    found = _LINE.fullmatch(line)
    if found and found["name"] in _NAMES:
        return found["name"], found["tag"], found["text"].strip()
    return "note", None, line


def _statement(name: str, text: str) -> DataCategory:
    known = CATEGORY.get(name)
    return DataCategory(category=name, metatype=known.metatype if known else Metatype.DESCRIPTIVE, value=text)


def with_lines(entry: ConceptEntry, lines: Iterable[str]) -> ConceptEntry:
    """The entry with what its lines say. What is said of a language it has no section for goes to the concept."""
    sections = {section.language: section for section in entry.languages}
    said: dict[str | None, list[DataCategory]] = {}
    for line in lines:
        name, tag, text = understood(line)
        said.setdefault(tag if tag in sections else None, []).append(_statement(name, text))
    languages = tuple(
        LanguageSection(
            language=tag, terms=section.terms, line=section.line,
            **fields_from(Level.LANGUAGE, said.get(tag, ())),  # type: ignore[arg-type]
        )
        for tag, section in sections.items()
    )
    return ConceptEntry(
        id=entry.id, languages=languages, origin=entry.origin,
        **fields_from(Level.CONCEPT, said.get(None, ())),  # type: ignore[arg-type]
    )  # fmt: skip


