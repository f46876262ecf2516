"""The TBX reader: any edition, style, dialect, namespace and encoding, in constant memory, tolerant.

The document is cut into concept entries (`scanning`); each is parsed and interpreted on its own: an error in one
leaves the others alone. What stands round them (header, back matter, DOCTYPE) goes to the `outline`. Nothing outside of
the file is ever loaded: no DTD, no entity, no schema, no XInclude.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from cctbx.errors import InputError
from cctbx.findings import Severity
from cctbx.formats.contract import ReadOptions
from cctbx.formats.tbx.contents import header_of, references_of
from cctbx.formats.tbx.decoding import BLOCK, Encoding, as_utf8, recognised
from cctbx.formats.tbx.entries import EntryReader
from cctbx.formats.tbx.fastreading import Irregular
from cctbx.formats.tbx.names import ENTRY_NAMES, MARTIF, NAMESPACE, ROLES, ROOTS, TBX3, Role
from cctbx.formats.tbx.outline import ENTRY, STANDARD, Description, Outline
from cctbx.formats.tbx.plans import PlannedReader
from cctbx.formats.tbx.reporting import Reporter
from cctbx.formats.tbx.scanning import Piece, pieces
from cctbx.formats.tbx.trees import MalformedError, Node, Prologue, fragment, mended, salvaged
from cctbx.model import ConceptEntry, DataCategory, ReferenceObject, TermBaseStream

__all__ = ["describe", "read"]

_W, _E = Severity.WARNING, Severity.ERROR
_LFS = b"version https://git-lfs"


class _Document:
    """One TBX file being read: up to its first concept entry at once, the rest as it is asked for."""

    def __init__(self, stream: BinaryIO, options: ReadOptions) -> None:
        self.reporter = Reporter(options)
        head = stream.read(BLOCK)
        self._refuse(head)
        self.encoding: Encoding = recognised(head)
        self._pieces = pieces(as_utf8(stream, head, self.encoding, self.reporter), self.reporter)
        self.outline = Outline(self.reporter)
        self.first = self._until_entry()
        self.description = replace(
            self.outline.describe(), encoding=self.encoding.codec, mark=self.encoding.mark,
            declared=self.encoding.declared,
        )  # fmt: skip
        self._references: tuple[ReferenceObject, ...] = ()

    def _refuse(self, head: bytes) -> None:
        file = self.reporter.file
        if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
            raise InputError("the file is empty", file=file)
        if head.startswith(_LFS):
            raise InputError("this is a Git LFS pointer, not the file: fetch it with `git lfs pull`", file=file)

    def _until_entry(self) -> Piece | None:
        for piece in self._pieces:
            if piece.name:
                self.outline.entry()
                return piece
            self.outline.feed(piece.text, piece.line)
        return None

    def check_kind(self) -> None:
        """Raises `InputError` if this is not TBX; says what is unusual about it."""
        found, name = self.description, self.first.name if self.first else None
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
                              line=self.first.line if self.first else 1)  # fmt: skip

    def quick_reader(self) -> Callable[[str, int], ConceptEntry]:
        """What reads regular entries, from their text and their first line."""
        return PlannedReader(self.outline.prologue, self.reporter.file).entry

    def concepts(self) -> Iterator[ConceptEntry]:
        """The concept entries in order; afterwards the back matter is known."""
        reader = EntryReader(self.reporter)
        quick = self.quick_reader()
        piece = self.first
        while piece is not None:
            try:
                concept = quick(piece.text, piece.line)
                reader.count += 1
                yield concept
            except Irregular:
                node = self._tree(piece)
                if node is not None:
                    yield reader.concept(node)
                self.reporter.concept = self.reporter.language = None
            piece = self._until_entry()
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

    def _tree(self, piece: Piece) -> Node | None:
        """The tree of an entry, mended where it is not well-formed, or None if nothing can be made of it."""
        prologue = self.outline.prologue
        if piece.cut:
            self.reporter.say("FMT012", "a concept entry has no end: what could be read of it is kept", _E,
                              line=piece.line, advice="the file seems to be cut off here")  # fmt: skip
        try:
            return fragment(piece.text, piece.line, prologue)
        except MalformedError:
            return self._mended_tree(piece, prologue)

    def _mended_tree(self, piece: Piece, prologue: Prologue) -> Node | None:
        text, undeclared = mended(piece.text, piece.line, prologue, self.reporter)
        try:
            return fragment(text, piece.line, prologue, undeclared)
        except MalformedError as error:
            if not piece.cut:
                self.reporter.say("FMT001", f"a concept entry is not well-formed: {error}; what could be read is kept",
                                  _E, line=error.line, advice="correct the XML here")  # fmt: skip
            node = salvaged(text, piece.line, prologue, undeclared)
            return None if node is None else _hoisted(node)

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
    root = document.outline.root or Node(next(iter(ROOTS)), "", {}, 1)
    header = header_of(root, document.reporter)
    return TermBaseStream(header=header, concepts=document.concepts(), references=document.references)


def describe(stream: BinaryIO, options: ReadOptions | None = None) -> Description:
    """What a TBX document says of itself: edition, dialect, style, namespace, encoding. Reads up to its first concept
    entry. Raises `InputError` for an empty file; a document that is not TBX has `edition` None."""
    return _Document(stream, options or ReadOptions()).description
