"""Reading TMX of any version, tolerantly.

The document is cut into its `tu` as TBX is into its entries. Those of a known shape are read at once, other good ones
one by one; everything else goes through one parser, in order, so that it sees a document without them.
(Once that parser has met an error it loses references: a good `tu` must not suffer for a bad one.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO

from cctbx.findings import Finding, Severity
from cctbx.formats.contract import ReadOptions
from cctbx.formats.leftover import Grammar, Reads, left_over
from cctbx.formats.pairs import united
from cctbx.formats.reporting import say
from cctbx.formats.shapes import Shapes
from cctbx.formats.tbx.decoding import BLOCK, as_utf8, recognised
from cctbx.formats.tbx.reporting import Reporter
from cctbx.formats.tbx.scanning import Piece, Scanner
from cctbx.formats.tbx.trees import Prologue, mended
from cctbx.formats.tmx.names import in_lower_case
from cctbx.formats.tmx.shapes import skeleton_of, unit_shape
from cctbx.formats.tmx.units import TOOLS, UnitReader
from cctbx.formats.xml import XML_LANG, Walker, local, text_of, tree_of
from cctbx.model import (
    ConceptEntry,
    Header,
    LanguageSection,
    Level,
    Metatype,
    TermBaseStream,
    fields_from,
    statements,
)
from cctbx.model.patterns import Repeated
from cctbx.model.quick import data_category
from cctbx.model.termbase import Item

__all__ = ["read"]

_HEADER: Grammar = {
    "header": Reads(
        attributes=TOOLS | {"srclang", "creationdate"}, many=frozenset({"note", "prop"}), unread=frozenset({"ude"})
    ),
    "note": Reads(attributes=TOOLS | {XML_LANG, "lang"}, text=True),
    "prop": Reads(attributes=TOOLS | {XML_LANG, "lang", "type"}, text=True),
}
_ROUND: Grammar = {"tmx": Reads(attributes=frozenset({"version"})), "body": Reads()}
_PREFIX = re.compile(r"</?[^\s<>/:]+:")
Unit = tuple[str | None, ConceptEntry | Repeated]
"""The concept a `tu` names as its own, and its entry."""


class _Once(Reporter):
    """Says once of a document that there are bytes of another encoding in it."""

    def say(self, code: str, message: str, severity: Severity, **said: Any) -> None:
        """As `Reporter.say`."""
        if code == "FMT005":
            if self.quiet:
                return
            self.quiet = True
        super().say(code, message, severity, **said)


class _Memory:
    """One TMX file being read."""

    def __init__(self, stream: BinaryIO, options: ReadOptions) -> None:
        self._count = self._fed = 0
        self.says_language = self._headed = self._capitals = self._own_entities = False
        self._options = options
        self._units, self._walker = UnitReader(options), Walker(
            options, "tmx", "header", "tu", holders=_ROUND
        )
        self._shapes = Shapes(
            skeleton_of, lambda text: unit_shape(text, options, lambda: self._count + 1, self._units.source)
        )
        reporter = _Once(options)
        head = stream.read(BLOCK)
        scanner = Scanner(as_utf8(stream, head, recognised(head), reporter), reporter, names=("tu",))
        scanner.find = self._shapes.find
        self._pieces = scanner.pieces()

    def found(self) -> Iterator[Header | Unit]:
        """The header, if there is one, and the units. Raises `InputError` where this is no TMX."""
        for piece in self._pieces:
            if isinstance(piece, Repeated):
                self._count += 1
                yield None, piece
            elif not piece.text.isspace():
                yield from self._irregular(self._cased(piece))
        for unit in self._taken(self._walker.close()):  # what the file breaks off in
            if isinstance(unit, Header) or isinstance(unit[1], Repeated) or unit[1].languages:
                yield unit

    def _cased(self, piece: Piece) -> Piece:
        """The piece with the names in the case of the format."""
        text = in_lower_case(piece.text)
        if text is piece.text or text == piece.text:
            return piece
        if not self._capitals:
            self._capitals = True
            say(self._options, "FMT021", "names of elements are written in capitals", line=piece.line,
                advice="write them in lower case: XML makes a difference")  # fmt: skip
        return piece._replace(text=text)

    def _irregular(self, piece: Piece) -> Iterator[Header | Unit]:
        """A unit of a shape that is not known, or something else."""
        if piece.name and self._walker.found:
            regular = self._shapes.item(piece.text, piece.line)
            if regular is not None:
                self._count += 1
                yield None, regular
                return
            node = self._alone(piece)
            if node is not None:
                yield self._unit(node, lambda line: line + piece.line - 1)
                return
        elif "<!ENTITY" in piece.text:
            self._own_entities = True
        yield from self._parsed(piece)

    def _alone(self, piece: Piece) -> Any:
        """The tree of a unit that needs nothing round it, else None; references nobody knows are put right."""
        text = piece.text
        if piece.cut or "<!" in text or "<?" in text:
            return None
        node = tree_of(text)
        if node is None and not self._own_entities and not _PREFIX.search(text):
            said: list[Finding] = []
            quiet = Reporter(replace(self._options, report=said.append, strict=False))
            node = tree_of(mended(text, piece.line, Prologue(), quiet)[0])
            for finding in said if node is not None else ():
                say(self._options, finding.code, finding.message, line=finding.line)
        return node

    def _unit(self, node: Any, place: Callable[[int], int]) -> Unit:
        self._count += 1
        self._units.place = place
        return self._units.unit(node, self._count)

    def _parsed(self, piece: Piece) -> Iterator[Header | Unit]:
        """What comes out of the parser when it gets this."""
        self._walker.skipped(piece.line - 1 - self._fed, self._fed)
        self._fed += piece.text.count("\n")
        yield from self._taken(self._walker.feed(piece.text.encode("utf-8", "replace")))

    def _taken(self, nodes: Iterable[Any]) -> Iterator[Header | Unit]:
        for node in nodes:
            if local(node) == "tu":
                yield self._unit(node, self._walker.line)
            elif local(node) == "header":
                yield from self._header(node)

    def _header(self, node: Any) -> Iterator[Header]:
        if self._headed:
            say(self._options, "FMT117", "a second header: not read", line=self._walker.line(node.sourceline))
            return
        self._headed = True
        self.says_language = bool(node.get("srclang"))
        self._units.source = node.get("srclang")
        yield _header(node, self._options, self._walker.line)


def _merged(first: ConceptEntry, second: ConceptEntry) -> ConceptEntry:
    """The entry with the terms of a further pair of the same concept, and what is said there for the first time."""
    languages = []
    for section in first.languages:
        other = second.language(section.language)
        if other is not None:
            section = replace(section, terms=united((*section.terms, *other.terms)), **_more(section, other))
        languages.append(section)
    new = (each for each in second.languages if first.language(each.language) is None)
    return replace(first, languages=(*languages, *new), **_more(first, second))


_Level = ConceptEntry | LanguageSection


def _more(first: _Level, second: _Level) -> dict[str, Any]:
    """The fields of statements of the first, with what only the second says; none if that is nothing."""
    known = list(statements(first))
    said = [each for each in statements(second) if each not in known]
    level = Level.CONCEPT if isinstance(first, ConceptEntry) else Level.LANGUAGE
    return dict(fields_from(level, (*known, *said))) if said else {}


def _joined(units: Iterable[Header | Unit]) -> Iterator[Item]:
    held: ConceptEntry | None = None
    open_id: str | None = None
    for unit in units:
        if isinstance(unit, Header):
            continue
        tied, entry = unit
        if held is not None and tied is not None and tied == open_id and isinstance(entry, ConceptEntry):
            held = _merged(held, entry)
            continue
        if held is not None:
            yield held
        held, open_id = (entry, tied) if tied is not None and isinstance(entry, ConceptEntry) else (None, None)
        if held is None:
            yield entry
    if held is not None:
        yield held


def _header(node: Any, options: ReadOptions, place: Callable[[int], int]) -> Header:
    """The source language, notes and properties of a memory."""
    for code, message, at in left_over(node, _HEADER):
        say(options, code, message, line=place(at.sourceline))
    language = node.get("srclang")
    texts = (text_of(each) for each in node if local(each) == "note")
    others = [
        data_category(each.get("type") or "prop", text_of(each), Metatype.ADMINISTRATIVE, line=place(each.sourceline))
        for each in node
        if local(each) == "prop"
    ]
    return Header(
        language=None if language in (None, "*all*") else language,
        source_descriptions=tuple(each for each in texts if each.strip()), others=tuple(others),
    )  # fmt: skip


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read TMX 1.1 to 1.4b, all levels; `lang` counts as `xml:lang`; inline codes are kept as markup.

    Language tags are as found. Raises `InputError` where the root is no `tmx`. Findings: FMT003 to FMT006 (encoding),
    FMT010 a `tu` that is too large, FMT107 no language, FMT109 no segment, FMT111 not well-formed, FMT114 no header or
    no source language, FMT116 what is not read, FMT117 what stands where it may not.
    """
    memory = _Memory(stream, options)
    found = memory.found()
    first = next(found, None)
    header = first if isinstance(first, Header) else Header()
    if not memory.says_language:
        say(options, "FMT114", "no header with srclang; the source language is not known", line=1)
    units = found if first is None or isinstance(first, Header) else chain([first], found)
    return TermBaseStream(header=header, concepts=_joined(units))
