"""Reading TMX of any version, tolerantly.

The document is cut into its `tu` as TBX is into its entries. Those of a known shape are read at once, other good ones
one by one; everything else goes through one parser, in order, so that it sees a document without them.
(Once that parser has met an error it loses references: a good `tu` must not suffer for a bad one.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO

from cctbx.findings import Severity
from cctbx.formats.contract import ReadOptions
from cctbx.formats.reporting import say
from cctbx.formats.shapes import Shapes
from cctbx.formats.tbx.decoding import BLOCK, as_utf8, recognised
from cctbx.formats.tbx.reporting import Reporter
from cctbx.formats.tbx.scanning import Piece, Scanner
from cctbx.formats.tmx.shapes import skeleton_of, unit_shape
from cctbx.formats.tmx.units import UnitReader
from cctbx.formats.xml import Walker, local, tree_of
from cctbx.model import ConceptEntry, Header, TermBaseStream, plain
from cctbx.model.patterns import Repeated
from cctbx.model.termbase import Item

__all__ = ["read"]

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
        self.says_language = False
        self._units, self._walker = UnitReader(options), Walker(options, "tmx", "header", "tu")
        self._shapes = Shapes(skeleton_of, lambda text: unit_shape(text, options, lambda: self._count + 1))
        reporter = _Once(options)
        head = stream.read(BLOCK)
        scanner = Scanner(as_utf8(stream, head, recognised(head), reporter), reporter, names=("tu",))
        scanner.find = self._shapes.find
        self._pieces = scanner.pieces()

    def found(self) -> Iterator[Header | Unit]:
        """The header, if there is one, and the units. Raises `InputError` where this is no TMX."""
        for piece in self._pieces:
            regular = piece if isinstance(piece, Repeated) else None
            if isinstance(piece, Piece) and piece.name and self._walker.found:
                regular = self._shapes.item(piece.text, piece.line)
            if regular is not None:
                self._count += 1
                yield None, regular
            elif isinstance(piece, Piece) and not piece.text.isspace():
                node = self._alone(piece) if piece.name and self._walker.found else None
                yield from self._parsed(piece) if node is None else [self._unit(node, piece.line - 1)]
        self._walker.close()

    @staticmethod
    def _alone(piece: Piece) -> Any:
        """The tree of a unit that needs nothing round it, else None."""
        return None if piece.cut or "<!" in piece.text or "<?" in piece.text else tree_of(piece.text)

    def _unit(self, node: Any, shift: int) -> Unit:
        self._count += 1
        self._units.shift = shift
        return self._units.unit(node, self._count)

    def _parsed(self, piece: Piece) -> Iterator[Header | Unit]:
        """What comes out of the parser when it gets this."""
        walker = self._walker
        walker.shift = piece.line - 1 - self._fed
        self._fed += piece.text.count("\n")
        for node in walker.feed(piece.text.encode("utf-8", "replace")):
            if local(node) == "tu":
                yield self._unit(node, walker.shift)
            elif local(node) == "header":
                self.says_language = bool(node.get("srclang"))
                yield _header(node)


def _merged(first: ConceptEntry, second: ConceptEntry) -> ConceptEntry:
    """The entry with the terms of a further pair of the same concept."""
    languages = []
    for section in first.languages:
        other = second.language(section.language)
        known = {plain(each.term) for each in section.terms}
        more = tuple(each for each in other.terms if plain(each.term) not in known) if other else ()
        languages.append(replace(section, terms=section.terms + more))
    return replace(first, languages=tuple(languages))


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


def _header(node: Any) -> Header:
    language = node.get("srclang")
    return Header(language=None if language in (None, "*all*") else language)


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read TMX 1.1 to 1.4b, all levels; `lang` counts as `xml:lang`; inline codes are kept as markup.

    Language tags are as found. Raises `InputError` where the root is no `tmx`. Findings: FMT003 to FMT006 (encoding),
    FMT010 a `tu` that is too large, FMT107 no language, FMT109 no segment, FMT111 not well-formed, FMT114 no header or
    no source language.
    """
    memory = _Memory(stream, options)
    found = memory.found()
    first = next(found, None)
    header = first if isinstance(first, Header) else Header()
    if not memory.says_language:
        say(options, "FMT114", "no header with srclang; the source language is not known", line=1)
    units = found if first is None or isinstance(first, Header) else chain([first], found)
    return TermBaseStream(header=header, concepts=_joined(units))
