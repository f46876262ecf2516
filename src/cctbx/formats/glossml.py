"""GlossML 1.0: glossaries of Maxprograms. One term per `langentry`; several of a language are synonyms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO

from cctbx.formats.contract import Format, Keeps, ReadOptions, WriteOptions
from cctbx.formats.leftover import Reads, left_over
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


_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_HOLDS = {"glossentry": ("comment", "langentry"), "langentry": ("term", "definition")}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_READS = {
    "glossentry": Reads(attributes=frozenset({"id", _LANG}), many=frozenset({"comment", "langentry"})),
    "langentry": Reads(attributes=frozenset({_LANG, "lang"}), many=frozenset({"term", "definition"})),
    "comment": Reads(attributes=frozenset({_LANG}), text=True),
    "term": Reads(attributes=frozenset({_LANG}), text=True),
    "definition": Reads(attributes=frozenset({_LANG, "source"}), text=True),
}
_ROUND = {"glossary": Reads(attributes=frozenset({"version", "srclang", _LANG, _SCHEMA}))}


class _Reader:
    """Reads the elements of one document; what is not as the schema has it is said."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._concept: str | None = None
        self._said: list[tuple[int, str, str, str | None]] = []

    def _say(self, code: str, message: str, line: int, advice: str | None = None) -> None:
        self._said.append((line, code, message, advice))

    def _report(self) -> None:
        """Reports what was found of an entry, in document order."""
        found, self._said = sorted(self._said, key=lambda each: each[0]), []
        for line, code, message, advice in found:
            say(self._options, code, message, line=line, concept=self._concept, advice=advice)

    def head(self, root: Any, first: Any) -> Header:
        """The header: source language, and the comment in front of the first entry."""
        line = root.sourceline
        if root.get("version") != "1.0":
            self._say("FMT117", f"version is {root.get('version')!r}, not 1.0", line)
        if not root.get("srclang"):
            self._say("FMT117", "glossary does not say its source language (srclang)", line)
        before = root if first is None else [*first.itersiblings(preceding=True)][::-1]
        comments = [each for each in before if local(each) == "comment"]
        for each in comments:
            self._left(each)
        self._report()
        texts = map(text_of, comments)
        return Header(language=root.get("srclang"), source_descriptions=tuple(filter(None, texts)))

    def _left(self, node: Any) -> None:
        """Says what of an element is not read."""
        for code, message, at in left_over(node, _READS):
            self._say(code, message, at.sourceline)

    def children(self, node: Any) -> dict[str, list[Any]]:
        """The children of an element by name, their order and number checked."""
        holder = local(node)
        order = _HOLDS[holder]
        found: dict[str, list[Any]] = {name: [] for name in order}
        reached = 0
        for each in node:
            name = local(each)
            if name not in found:
                continue
            if found[name] and name != "langentry":
                self._say("FMT117", f"a second {name} in {holder}", each.sourceline, "one entry for each of them")
            if order.index(name) < reached:
                self._say("FMT117", f"{name} stands behind {order[reached]} in {holder}", each.sourceline)
            reached = max(reached, order.index(name))
            found[name].append(each)
        return found

    def entry(self, node: Any, number: int) -> ConceptEntry:
        """A glossentry as a concept entry."""
        identifier = self._concept = node.get("id") or f"c{number}"
        self._left(node)
        parts = self.children(node)
        if not parts["langentry"]:
            self._say("FMT117", "glossentry without a langentry", node.sourceline)
        held: dict[str, tuple[list[TermSection], list[DataCategory]]] = {}
        for each in parts["langentry"]:
            self._language(each, held)
        self._report()
        comments = filter(None, map(text_of, parts["comment"]))
        return ConceptEntry(
            id=identifier, origin=Origin(file=self._options.file, line=node.sourceline),
            notes=tuple(DataCategory(category="note", metatype=Metatype.NOTE, value=each) for each in comments),
            languages=tuple(
                LanguageSection(language=tag, terms=tuple(terms), definitions=tuple(definitions))
                for tag, (terms, definitions) in held.items()
            ),
        )  # fmt: skip

    def _language(self, node: Any, held: dict[str, tuple[list[TermSection], list[DataCategory]]]) -> None:
        tag = language_of(node)
        if tag is None:
            self._say("FMT117", "langentry does not say its language: read as und", node.sourceline, "add xml:lang")
        terms, definitions = held.setdefault(tag or "und", ([], []))
        parts = self.children(node)
        if not parts["term"]:
            self._say("FMT109", "langentry without a term", node.sourceline)
        terms += [TermSection(term=text_of(each), line=each.sourceline) for each in parts["term"]]
        for each in parts["definition"]:
            said = _definition(each)
            if said is not None and said not in definitions:
                definitions.append(said)


def _definition(node: Any) -> DataCategory | None:
    source = node.get("source")
    if not text_of(node) and not source:
        return None
    group = (DataCategory(category="source", metatype=Metatype.ADMINISTRATIVE, value=source),) if source else ()
    return DataCategory(
        category="definition", metatype=Metatype.DESCRIPTIVE, value=text_of(node), group=group, line=node.sourceline
    )


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read GlossML: several terms of a langentry are synonyms, though the schema allows one. Raises `InputError` for
    another root. Findings: FMT003 to FMT006, FMT109, FMT111, FMT116 what is not read, FMT117 what the schema forbids.
    """
    nodes = walk(stream, options, "glossary", "glossentry", holders=_ROUND, leading=frozenset({"comment"}))
    reader = _Reader(options)
    root = next(nodes)
    first = next(nodes, None)  # the comment in front of it has been parsed then
    header = reader.head(root, first)
    following = nodes if first is None else chain([first], nodes)
    entries = (reader.entry(node, number) for number, node in enumerate(following, start=1))
    return TermBaseStream(header=header, concepts=entries)


_ROOT = root_pattern("glossary")

GLOSSML = Format(
    name="glossml", title="GlossML 1.0", extensions=(".gml", ".glossml"),
    sniff=lambda head: NAMESPACE.encode() in head.replace(b"\0", b"") and bool(_ROOT.search(head.replace(b"\0", b""))),
    read=read, write=write, keeps=GLOSSML_KEEPS, reduce=reduce,
)  # fmt: skip
