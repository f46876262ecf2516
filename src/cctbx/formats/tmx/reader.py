"""Reading TMX of any version, tolerantly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from cctbx.formats.contract import ReadOptions
from cctbx.formats.dates import iso_date
from cctbx.formats.labels import with_lines
from cctbx.formats.losses import folded
from cctbx.formats.reporting import say
from cctbx.formats.tmx.names import CONCEPT_PROP, INLINES, TRANSACTIONS
from cctbx.formats.xml import language_of, local, text_of, walk
from cctbx.model import (
    CATEGORY,
    ConceptEntry,
    DataCategory,
    Header,
    Inline,
    InlineKind,
    LanguageSection,
    Level,
    Metatype,
    Origin,
    TermBaseStream,
    TermSection,
    Text,
    fields_from,
    marked,
    plain,
    statements,
)

__all__ = ["read"]


def _inline(node: Any) -> Inline:
    name = local(node)
    known = INLINES.get(name)
    kind = known.kind if known else InlineKind.OTHER
    said = tuple(sorted((_bare(key), value) for key, value in node.attrib.items()))
    return Inline(
        kind=kind, content=_parts(node), attributes=said, name=name if kind is InlineKind.OTHER else None
    )


def _bare(name: str) -> str:
    return name.rpartition("}")[2] if name.startswith("{") else name


def _parts(node: Any) -> tuple[str | Inline, ...]:
    parts: list[str | Inline] = [node.text or ""]
    for child in node:
        parts.append(_inline(child) if local(child) else "")
        parts.append(child.tail or "")
    joined = marked(tuple(parts))
    return ((joined,) if joined else ()) if isinstance(joined, str) else joined.parts


def _segment(node: Any) -> Text:
    return marked(_parts(node))


def _transactions(node: Any) -> Iterator[DataCategory]:
    """Creation and change of a `tu` or `tuv`."""
    for kind, date, person in TRANSACTIONS:
        group = []
        if when := node.get(date):
            group.append(DataCategory(category="date", metatype=Metatype.DATE, value=iso_date(when)))
        if who := node.get(person):
            group.append(DataCategory(category="responsibility", metatype=Metatype.TRANSACTION_NOTE, value=who))
        if group:
            yield DataCategory(
                category="transactionType", metatype=Metatype.TRANSACTION, value=kind, group=tuple(group)
            )


def _property(node: Any) -> DataCategory:
    """A property: `x-partOfSpeech` is the category of that name, any other type a private one."""
    kind = (node.get("type") or "").strip() or "prop"
    known = CATEGORY.get(kind.removeprefix("x-")) if kind.startswith("x-") else None
    return DataCategory(
        category=known.name if known else kind, metatype=known.metatype if known else Metatype.ADMINISTRATIVE,
        value=text_of(node), line=node.sourceline,
    )


def _note(node: Any) -> DataCategory:
    return DataCategory(category="note", metatype=Metatype.NOTE, value=text_of(node), line=node.sourceline)


def _children(node: Any, name: str) -> Iterator[Any]:
    return (child for child in node if local(child) == name)


def _term(node: Any) -> tuple[str | None, TermSection | None]:
    """The language of a `tuv` and its term section; None for what is missing."""
    segment = next(_children(node, "seg"), None)
    if segment is None:
        return language_of(node), None
    stated = [*_transactions(node), *map(_property, _children(node, "prop"))]
    stated += map(_note, _children(node, "note"))
    fields = fields_from(Level.TERM, stated)
    return language_of(node), TermSection(term=_segment(segment), line=node.sourceline, **fields)  # type: ignore[arg-type]


def _sections(node: Any, identifier: str, options: ReadOptions) -> tuple[LanguageSection, ...]:
    terms: dict[str, list[TermSection]] = {}
    for each in _children(node, "tuv"):
        language, term = _term(each)
        if language is None:
            language = "und"
            say(options, "FMT107", "tuv without a language; read as und", line=each.sourceline, concept=identifier)
        if term is None:
            say(options, "FMT109", "tuv without seg", line=each.sourceline, concept=identifier, language=language)
            continue
        terms.setdefault(language, []).append(term)
    return tuple(LanguageSection(language=tag, terms=tuple(held)) for tag, held in terms.items())


def _entry(node: Any, number: int, options: ReadOptions) -> tuple[str | None, ConceptEntry]:
    """The concept a `tu` names as its own (in a bilingual file of ours), and its concept entry."""
    properties = list(map(_property, _children(node, "prop")))
    tied = next((each.text for each in properties if each.category == CONCEPT_PROP), None)
    stated = [*_transactions(node), *(each for each in properties if each.category != CONCEPT_PROP)]
    identifier = tied or node.get("tuid") or f"c{number}"
    entry = ConceptEntry(
        id=identifier, languages=_sections(node, identifier, options),
        origin=Origin(file=options.file, line=node.sourceline),
    )  # fmt: skip
    lines = [line for each in _children(node, "note") if (line := folded(text_of(each)))]
    entry = with_lines(entry, lines)
    fields = fields_from(Level.CONCEPT, (*statements(entry), *stated))
    return tied, ConceptEntry(id=identifier, languages=entry.languages, origin=entry.origin, **fields)  # type: ignore[arg-type]


def _merged(first: ConceptEntry, second: ConceptEntry) -> ConceptEntry:
    """The entry with the terms of a further pair of the same concept."""
    languages = []
    for section in first.languages:
        other = second.language(section.language)
        known = {plain(each.term) for each in section.terms}
        more = tuple(each for each in other.terms if plain(each.term) not in known) if other else ()
        languages.append(replace(section, terms=section.terms + more))
    return replace(first, languages=tuple(languages))


def _joined(entries: Iterable[tuple[str | None, ConceptEntry]]) -> Iterator[ConceptEntry]:
    held: ConceptEntry | None = None
    open_id: str | None = None
    for tied, entry in entries:
        if held is not None and tied is not None and tied == open_id:
            held = _merged(held, entry)
            continue
        if held is not None:
            yield held
        held, open_id = entry, tied
    if held is not None:
        yield held


def _entries(nodes: Iterator[Any], options: ReadOptions) -> Iterator[tuple[str | None, ConceptEntry]]:
    number = 0
    for node in nodes:
        if local(node) == "tu":
            number += 1
            yield _entry(node, number, options)


def _header(node: Any) -> Header:
    language = node.get("srclang")
    return Header(language=None if language in (None, "*all*") else language)


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read TMX 1.1 to 1.4b, all levels; `lang` counts as `xml:lang`; inline codes are kept as markup.

    Language tags are as found. Raises `InputError` where the root is no `tmx`. Findings: FMT003 to FMT006 (encoding),
    FMT107 no language, FMT109 no segment, FMT111 not well-formed, FMT114 no header or no source language.
    """
    nodes = walk(stream, options, "tmx", "header", "tu")
    next(nodes)
    first = next(nodes, None)
    header = _header(first) if first is not None and local(first) == "header" else Header()
    if first is None or local(first) != "header" or not first.get("srclang"):
        say(options, "FMT114", "no header with srclang; the source language is not known", line=1)
    rest = nodes if first is None or local(first) == "header" else _again(first, nodes)
    return TermBaseStream(header=header, concepts=_joined(_entries(rest, options)))


def _again(first: Any, nodes: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from nodes
