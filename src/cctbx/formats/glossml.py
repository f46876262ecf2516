"""GlossML 1.0: glossaries of Maxprograms. One term per `langentry`; several of a language are synonyms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from cctbx.formats.contract import Format, Keeps, ReadOptions, WriteOptions
from cctbx.formats.losses import Keeper, Losses, chosen_languages, keep
from cctbx.formats.reporting import say
from cctbx.formats.streams import utf8_writer
from cctbx.formats.xml import attributes, element, language_of, local, root_pattern, text_of, walk
from cctbx.model import (
    ConceptEntry,
    DataCategory,
    Header,
    LanguageSection,
    Level,
    Metatype,
    Origin,
    TermBaseStream,
    TermSection,
    plain,
)

__all__ = ["GLOSSML"]

NAMESPACE = "http://www.maxprograms.com/gml"
GLOSSML_KEEPS = Keeps(
    statements=frozenset({(Level.CONCEPT, "note"), (Level.LANGUAGE, "definition")}), markup=False, groups=False,
    header=False, references=False, nested=False, single=frozenset({Level.CONCEPT, Level.LANGUAGE}), ids=False,
    sections=False,
)  # fmt: skip


class _GlossKeeper(Keeper):
    """Keeps the source of a definition, for which there is an attribute."""

    def _bare(self, statement: DataCategory) -> DataCategory:
        source = statement.companion("source")
        if statement.category != "definition" or source is None or not source.text:
            return super()._bare(statement)
        bare = super()._bare(replace(statement, group=tuple(each for each in statement.group if each is not source)))
        kept = DataCategory(category="source", metatype=Metatype.ADMINISTRATIVE, value=source.text)
        return replace(bare, group=(kept,))


def reduce(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """What GlossML holds of a stream: terms, one definition a language with its source, one note a concept."""
    language = options.source_language or stream.header.language or "und"
    losses = Losses(options.report)

    def filled(entries: Any) -> Iterator[ConceptEntry]:
        for entry in entries:
            losses.concept = entry.id
            if entry.languages:
                yield entry
            else:
                losses.lost("LOS067", "a concept without terms is left out")

    chosen = chosen_languages(stream, options)
    kept = keep(chosen, GLOSSML_KEEPS, options.report, language=language, keeper_type=_GlossKeeper)
    return kept.map(filled)


def _entry(entry: ConceptEntry) -> Iterator[str]:
    yield f"  <glossentry{attributes((('id', entry.id),))}>\n"
    if entry.notes:
        yield f"    {element('comment', entry.notes[0].text)}\n"
    for section in entry.languages:
        for number, term in enumerate(section.terms):
            yield f"    <langentry{attributes((('xml:lang', section.language),))}>{element('term', plain(term.term))}"
            if section.definitions and number == 0:
                said = section.definitions[0]
                yield element("definition", said.text, source=said.source)
            yield "</langentry>\n"
    yield "  </glossentry>\n"


def write(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write GlossML, UTF-8. Findings: those of `reduce`."""
    reduced = reduce(stream, options)
    text = utf8_writer(out)
    said = attributes((("xmlns", NAMESPACE), ("version", "1.0"), ("srclang", reduced.header.language)))
    text.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<glossary{said}>\n')
    for entry in reduced:
        text.writelines(_entry(entry))
    text.write("</glossary>\n")
    text.detach()


def _child(node: Any, name: str) -> Any:
    return next((child for child in node if local(child) == name), None)


def _definition(node: Any) -> DataCategory | None:
    found = _child(node, "definition")
    if found is None or not text_of(found):
        return None
    source = found.get("source")
    group = (DataCategory(category="source", metatype=Metatype.ADMINISTRATIVE, value=source),) if source else ()
    return DataCategory(
        category="definition", metatype=Metatype.DESCRIPTIVE, value=text_of(found), group=group, line=found.sourceline
    )


def _read_entry(node: Any, number: int, options: ReadOptions) -> ConceptEntry:
    identifier = node.get("id") or f"c{number}"
    held: dict[str, tuple[list[TermSection], list[DataCategory]]] = {}
    for each in node:
        if local(each) != "langentry":
            continue
        tag = language_of(each)
        if tag is None:
            message = "langentry without a language; read as und"
            say(options, "FMT107", message, line=each.sourceline, concept=identifier)
        terms, definitions = held.setdefault(tag or "und", ([], []))
        if (term := _child(each, "term")) is None:
            say(options, "FMT109", "langentry without a term", line=each.sourceline, concept=identifier)
        else:
            terms.append(TermSection(term=text_of(term), line=term.sourceline))
        if (said := _definition(each)) and said not in definitions:
            definitions.append(said)
    comment = text_of(_child(node, "comment"))
    notes = (DataCategory(category="note", metatype=Metatype.NOTE, value=comment),) if comment else ()
    return ConceptEntry(
        id=identifier, notes=notes, origin=Origin(file=options.file, line=node.sourceline),
        languages=tuple(
            LanguageSection(language=tag, terms=tuple(terms), definitions=tuple(definitions))
            for tag, (terms, definitions) in held.items()
        ),
    )  # fmt: skip


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read GlossML. Raises `InputError` for another root. Findings: FMT003 to FMT006, FMT107, FMT109, FMT111."""
    nodes = walk(stream, options, "glossary", "glossentry")
    language = next(nodes).get("srclang")
    entries = (_read_entry(node, number, options) for number, node in enumerate(nodes, start=1))
    return TermBaseStream(header=Header(language=language), concepts=entries)


_ROOT = root_pattern("glossary")

GLOSSML = Format(
    name="glossml", title="GlossML 1.0", extensions=(".gml", ".glossml"),
    sniff=lambda head: NAMESPACE.encode() in head.replace(b"\0", b"") and bool(_ROOT.search(head.replace(b"\0", b""))),
    read=read, write=write, keeps=GLOSSML_KEEPS, reduce=reduce,
)  # fmt: skip
