"""The TBX reader: any edition, style, dialect, namespace and encoding, in constant memory, tolerant.

The document is cut into concept entries (`scanning`); each is parsed and interpreted on its own: an error in one
leaves the others alone. What stands round them (header, back matter, DOCTYPE) goes to the `outline`. Nothing outside of
the file is ever loaded: no DTD, no entity, no schema, no XInclude.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from cctbx.errors import InputError
from cctbx.findings import Severity
from cctbx.formats.contract import ReadOptions
from cctbx.formats.tbx.contents import header_of, references_of
from cctbx.formats.tbx.decoding import BLOCK, Encoding, as_utf8, recognised
from cctbx.formats.tbx.entries import EntryReader
from cctbx.formats.tbx.fastreading import Irregular
from cctbx.formats.tbx.names import ENTRY_NAMES, MARTIF, NAMESPACE, ROLES, ROOTS, TBX3, Role
from cctbx.formats.tbx.outline import ENTRY, STANDARD, Description, Outline
from cctbx.formats.tbx.parts import Stretch
from cctbx.formats.tbx.plans import PlannedReader
from cctbx.formats.tbx.reporting import Reporter
from cctbx.formats.tbx.scanning import Finder, Piece, Scanner
from cctbx.formats.tbx.trees import MalformedError, Node, Prologue, fragment, mended, salvaged
from cctbx.model import ConceptEntry, DataCategory, Header, ReferenceObject, TermBaseStream
from cctbx.model.patterns import Repeated
from cctbx.model.portions import Made, Portion

__all__ = ["PartReader", "describe", "read", "read_parts"]

_W, _E = Severity.WARNING, Severity.ERROR
_LFS = b"version https://git-lfs"


Item = ConceptEntry | Repeated | Portion[Made]
"""What a document consists of where others read portions of it."""
Quick = Callable[[str, int], ConceptEntry | Repeated]
"""Reads a regular entry from its text and its first line; raises `Irregular`."""


class _Interpreter:
    """Makes concept entries of the pieces of one document: the quick way, or over a tree that is mended if need be."""

    def __init__(self, prologue: Prologue, reporter: Reporter, quick: Quick) -> None:
        self.reader = EntryReader(reporter)
        self._prologue, self._reporter = prologue, reporter
        self._quick = quick

    def concept(self, piece: Piece | Repeated) -> ConceptEntry | Repeated | None:
        """The concept entry, or None if nothing can be made of the piece."""
        if isinstance(piece, Repeated):
            self.reader.count += 1
            return piece
        try:
            concept = self._quick(piece.text, piece.line)
        except Irregular:
            node = self._tree(piece)
            found = None if node is None else self.reader.concept(node)
            self._reporter.concept = self._reporter.language = None
            return found
        self.reader.count += 1
        return concept

    def _tree(self, piece: Piece) -> Node | None:
        """The tree of an entry, mended where it is not well-formed, or None if nothing can be made of it."""
        if piece.cut:
            self._reporter.say("FMT012", "a concept entry has no end: what could be read of it is kept", _E,
                               line=piece.line, advice="the file seems to be cut off here")  # fmt: skip
        try:
            return fragment(piece.text, piece.line, self._prologue)
        except MalformedError:
            return self._mended_tree(piece)

    def _mended_tree(self, piece: Piece) -> Node | None:
        prologue = self._prologue
        text, undeclared = mended(piece.text, piece.line, prologue, self._reporter)
        try:
            return fragment(text, piece.line, prologue, undeclared)
        except MalformedError as error:
            if not piece.cut:
                self._reporter.say("FMT001", f"a concept entry is not well-formed: {error}; what could be read is kept",
                                   _E, line=error.line, advice="correct the XML here")  # fmt: skip
            node = salvaged(text, piece.line, prologue, undeclared)
            return None if node is None else _hoisted(node)


_UTF8 = Encoding(codec="utf-8")


class _Document:
    """One TBX file being read: up to its first concept entry at once, the rest as it is asked for.

    With `stops` it is read up to a stop, then waits to be told where to go on.
    """

    def __init__(self, stream: BinaryIO, options: ReadOptions, stops: Sequence[int] = ()) -> None:
        self.reporter = Reporter(options)
        self._stream, self._stops = stream, stops
        self.source = Stretch(stream, stops)
        head = self.source.read(BLOCK)
        self._refuse(head)
        self.encoding: Encoding = recognised(head)
        self._scan(head, self.encoding)
        self.outline = Outline(self.reporter)
        self.first = self._until_entry()
        self.description = replace(
            self.outline.describe(), encoding=self.encoding.codec, mark=self.encoding.mark,
            declared=self.encoding.declared,
        )  # fmt: skip
        self._find: Finder | None = None
        self._references: tuple[ReferenceObject, ...] = ()

    def _scan(self, head: bytes, encoding: Encoding, line: int = 1) -> None:
        self._scanner = scanner = Scanner(as_utf8(self.source, head, encoding, self.reporter), self.reporter, line)
        self.source.whole = lambda: scanner.whole
        self._pieces = scanner.pieces()

    def _go_on(self, stop: int, line: int) -> None:
        """Continues at a stop, which is on this line."""
        self.source = Stretch(self._stream, self._stops, stop + 1)
        self._scan(b"", _UTF8, line)
        self._scanner.find = self._find
        self.first = self._until_entry()

    def _refuse(self, head: bytes) -> None:
        file = self.reporter.file
        if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
            raise InputError("the file is empty", file=file)
        if head.startswith(_LFS):
            raise InputError("this is a Git LFS pointer, not the file: fetch it with `git lfs pull`", file=file)

    def _until_entry(self) -> Piece | Repeated | None:
        for piece in self._pieces:
            if isinstance(piece, Repeated) or piece.name:
                self.outline.entry()
                return piece
            self.outline.feed(piece.text, piece.line)
        return None

    def check_kind(self) -> None:
        """Raises `InputError` if this is not TBX; says what is unusual about it."""
        first = self.first if isinstance(self.first, Piece) else None
        found, name = self.description, first.name if first else None
        local = name.rpartition(":")[2] if name else None
        if found.root is None and local is None:
            raise InputError("no XML element could be read", file=self.reporter.file)
        if found.structure is None and local not in ENTRY_NAMES[:2]:
            raise InputError(f"this is not TBX: its root element is <{found.root}>", file=self.reporter.file)
        standard = STANDARD.get(found.root or "", NAMESPACE if found.structure is TBX3 else "")
        if found.structure is None or found.root not in STANDARD:
            self.reporter.say("FMT021", f"the root element is <{found.root}>, not <tbx> or <martif>", _W, line=1)
        elif found.namespace != standard:
            self.reporter.say("FMT020", f"the namespace is “{found.namespace}”, not “{standard}”", _W, line=1,
                              advice="convert the file: the right one is written")  # fmt: skip
        hybrid = (found.structure is TBX3 and local == MARTIF.entry) or (
            found.structure is MARTIF and local == TBX3.entry
        )
        if hybrid:
            self.reporter.say("FMT021", f"<{local}> stands in a <{found.root}> document", _W,
                              line=first.line if first else 1)  # fmt: skip

    def header(self) -> Header:
        """The header."""
        return header_of(self.outline.root or Node(next(iter(ROOTS)), "", {}, 1), self.reporter)

    def quick_reader(self) -> Quick:
        """What reads regular entries, from their text and their first line."""
        planned = PlannedReader(self.outline.prologue, self.reporter.file)
        self._scanner.find = self._find = planned.find
        return planned.item

    def concepts(self) -> Iterator[Any]:
        """The concept entries in order, as the quick reader gives them; afterwards the back matter is known."""
        interpreter = _Interpreter(self.outline.prologue, self.reporter, self.quick_reader())
        yield from self._stretch(interpreter)
        yield from self._end(interpreter.reader)

    def in_parts(
        self, portions: Callable[[Prologue], Iterable[Portion[Made]]]
    ) -> Iterator[Item[Made]]:
        """The same with portions in the place of entries; `portions` gives one for each stop, which begins there."""
        interpreter = _Interpreter(self.outline.prologue, self.reporter, self.quick_reader())
        yield from self._stretch(interpreter)
        at, line = self.source.reached - 1, self._scanner.line
        for stop, portion in enumerate(portions(self.outline.prologue) if not self.source.ended else ()):
            if stop < at:
                continue  # what seemed to be a stop was none, and has been read here
            if portion.sound:
                portion.line = line
                self.outline.entry()
                yield portion
            if portion.sound and not portion.refused:
                interpreter.reader.count += portion.entries
                line += portion.lines
                at = stop + 1
                continue
            self._go_on(stop, line)
            yield from self._stretch(interpreter)
            at, line = self.source.reached - 1, self._scanner.line
            if self.source.ended:
                break
        while not self.source.ended:
            self._go_on(at, line)
            yield from self._stretch(interpreter)
            at, line = self.source.reached - 1, self._scanner.line
        yield from self._end(interpreter.reader)

    def _stretch(self, interpreter: _Interpreter) -> Iterator[ConceptEntry | Repeated]:
        """The entries up to the next stop, or the end."""
        piece = self.first
        while piece is not None:
            concept = interpreter.concept(piece)
            if concept is not None:
                yield concept
            piece = self._until_entry()

    def _end(self, reader: EntryReader) -> Iterator[ConceptEntry]:
        """What stands outside of any entry, as entries."""
        self.outline.close()
        root = self.outline.root
        if root is not None:
            for node in _strays(root):
                self.reporter.say("FMT033", "language sections stand outside of any concept entry", _W, line=node.line,
                                  advice="put them into an entry; they are read as one at the end")  # fmt: skip
                yield reader.concept(node)
            self._references = references_of(root, self._beside)

    def _beside(self, node: Node) -> list[DataCategory]:
        reader = EntryReader(self.reporter)
        return [statement for child in node.elements for statement in reader.statements(child)]

    def references(self) -> tuple[ReferenceObject, ...]:
        """The back matter, once the concept entries are exhausted."""
        return self._references


_LEVELS = {Role.ENTRY: 0, Role.LANGUAGE: 1, Role.TERM_SECTION: 2, Role.TERM_GROUP: 3, Role.TERM: 4}


def _hoisted(node: Node) -> Node:
    """A salvaged tree with its levels in their places: a missing end tag makes what follows look like its content.

    A level stands in the nearest element round it that is of a higher level.
    """
    holders: list[tuple[int, Node]] = []

    def visit(element: Node, into: Node) -> None:
        level = _LEVELS.get(ROLES.get(element.name, Role.META), 9) if not element.space else 9
        if level < 9 and holders:
            while len(holders) > 1 and holders[-1][0] >= level:
                holders.pop()
            into = holders[-1][1]
        children, element.children = element.children, []
        if element is not node:
            into.children.append(element)
        if level < 9:
            holders.append((level, element))
        for child in children:
            if isinstance(child, str):
                element.children.append(child)
            else:
                visit(child, element)

    visit(node, node)
    return node


def _strays(root: Node) -> Iterator[Node]:
    """Entries without an entry's tags: the sections that stand between the entries, as one entry a gap."""
    body = root.find("body")
    gap: list[Node] = []
    for child in (*(body.elements if body else ()), ENTRY):
        if child is not ENTRY:
            gap.append(child)
            continue
        if any(ROLES.get(each.name) in (Role.LANGUAGE, Role.TERM_SECTION, Role.TERM) for each in gap):
            node = Node(ENTRY.name, "", {}, gap[0].line)
            node.children = [*gap]
            yield node
        gap = []


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Reads TBX of any edition from bytes (any encoding XML knows, decompressed) into a stream of concept entries.

    Tolerant: goes on after every error and reports it (codes FMT001 to FMT041) with line and concept, in document
    order. Raises `InputError` for what is not TBX at all, and with `options.strict` at the first error.
    """
    document = _Document(stream, options)
    document.check_kind()
    return TermBaseStream(header=document.header(), concepts=document.concepts(), references=document.references)


def read_parts(
    stream: BinaryIO, options: ReadOptions, stops: Sequence[int],
    portions: Callable[[Prologue], Iterable[Portion[Made]]],
) -> tuple[Header, Iterator[Item[Made]], Callable[[], tuple[ReferenceObject, ...]]]:  # fmt: skip
    """Header, entries and back matter like `read`, of a document others read in portions.

    `stops` are those of `parts.stops`; the stream must be able to seek. `portions` is called once, with what a reader
    of a part has to know of the document, and gives for each stop but the last what was made of the entries from it to
    the next one. What comes is concept entries, those before the first stop and behind the last and those of portions
    that were not sound, or refused; and portions, in their places. Set `refused` of one before asking for the next to
    have its entries instead.
    """
    document = _Document(stream, options, stops)
    document.check_kind()
    return document.header(), document.in_parts(portions), document.references


class PartReader:
    """Reads parts of one document, each by itself. What it has learned of the document serves for the next part.

    `prologue` is what `read_parts` told. Findings go to `options.report`, with lines that count from 0 at the part's
    first. Iterate over `entries` to its end; then `portion` says how many entries and lines there were, and whether
    the part was sound. With `options.strict`, `entries` raises `InputError`: then the part is not sound either.
    """

    def __init__(self, prologue: Prologue, options: ReadOptions) -> None:
        self._reporter = Reporter(options)
        self._planned = PlannedReader(prologue, options.file)
        self._interpreter = _Interpreter(prologue, self._reporter, self._planned.item)
        self.portion: Portion[object] = Portion()

    def entries(self, stream: BinaryIO, start: int, end: int) -> Iterator[ConceptEntry | Repeated]:
        """The concept entries between two stops."""
        self.portion = Portion()
        source = Stretch(stream, (start, end), 1)
        source.whole = lambda: True
        scanner = Scanner(as_utf8(source, b"", _UTF8, self._reporter), self._reporter, 0)
        scanner.find = self._planned.find
        reader = self._interpreter.reader
        reader.count = reader.assigned = 0
        for piece in scanner.pieces():
            if isinstance(piece, Repeated) or piece.name:
                concept = self._interpreter.concept(piece)
                if concept is not None:
                    yield concept
            elif not piece.text.isspace():
                return  # it belongs to what stands round the entries
        self.portion = Portion(
            entries=reader.count, lines=scanner.line, sound=scanner.whole and not reader.assigned
        )


def describe(stream: BinaryIO, options: ReadOptions | None = None) -> Description:
    """What a TBX document says of itself: edition, dialect, style, namespace, encoding. Reads up to its first concept
    entry. Raises `InputError` for an empty file; a document that is not TBX has `edition` None."""
    return _Document(stream, options or ReadOptions()).description
