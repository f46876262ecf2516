"""A term base as plain lines, one statement a line: what `git diff` shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cctbx.diff.inside import label_of
from cctbx.model import DataCategory, Header, TermBaseStream, TermSection, plain, statements
from cctbx.report.changes import readable

__all__ = ["termbase_lines"]


def _folded(text: str) -> str:
    return " ".join(text.split())


def _statement(statement: DataCategory, indent: str) -> Iterator[str]:
    text = _folded(readable(statement.text))
    target = f"→ {statement.target}" if statement.target else ""
    language = f"({statement.language})" if statement.language else ""
    yield indent + " ".join(part for part in (f"{readable(statement.category)}:", language, text, target) if part)
    for each in statement.group:
        yield from _statement(each, indent + "  ")


def _statements(stated: Iterable[DataCategory], indent: str) -> Iterator[str]:
    for each in stated:
        yield from _statement(each, indent)


def _term(term: TermSection) -> Iterator[str]:
    yield f"    “{_folded(plain(term.term))}”"
    yield from _statements(statements(term), "      ")


def _header(header: Header) -> Iterator[str]:
    named = (("title", header.title), ("language", header.language))
    yield from (f"{name}: {value}" for name, value in named if value)
    for text in (*header.publication, *header.source_descriptions):
        yield f"source: {_folded(plain(text))}"


def termbase_lines(stream: TermBaseStream) -> Iterator[str]:
    """The header, then each concept entry with its languages and designations, indented; lazily, in order.

    Languages say the concept they are of: git shows such a line as the heading of what changed further down.
    """
    yield from _header(stream.header)
    for concept in stream:
        yield ""
        yield f"concept {concept.id} “{_folded(label_of(concept))}”"
        yield from _statements(statements(concept), "  ")
        for section in concept.languages:
            yield f"  {section.language} ({concept.id})"
            yield from _statements(statements(section), "    ")
            for term in section.terms:
                yield from _term(term)
