"""The document round its concept entries: root, header, back matter, DOCTYPE, namespaces, entities."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cctbx.findings import Severity
from cctbx.formats.tbx.names import CORE_NAMESPACES, MODULE_NAMESPACES, NAMESPACE, ROOTS, Structure
from cctbx.formats.tbx.reporting import Reporter
from cctbx.formats.tbx.surplus import Surplus
from cctbx.formats.tbx.trees import Builder, MalformedError, Node, Prologue, mended, salvaged

__all__ = ["ENTRY", "STANDARD", "Description", "Outline"]

OUTSIDE_LIMIT = 1 << 24
ENTRY = Node("conceptEntry", "", {}, 0)
"""Stands in the outline's tree for one or several concept entries."""
_DECLARATION = re.compile(r"^(\s*)(<\?xml\s[^>]*\?>)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a TBX document says of itself, as found: `dialect` is its root's type, `style` its style.

    `edition` is `2019` (tbx), `2008` (martif) or `2013` (TBX-Min of 2013), by the names used, or None; `namespace` is
    the root's; `encoding` the codec the bytes were read with, `mark` the byte order mark, `declared` the declaration.
    """

    root: str | None
    edition: str | None
    dialect: str | None = None
    style: str | None = None
    language: str | None = None
    namespace: str = ""
    doctype: tuple[str, str | None, str | None] | None = None
    encoding: str = "utf-8"
    mark: str | None = None
    declared: str | None = None
    structure: Structure | None = None


_EDITIONS = {"tbx": "2019", "martif": "2008", "TBX": "2013"}


class Outline:
    """Takes in everything that is not a concept entry, and has the tree of it."""

    def __init__(self, reporter: Reporter) -> None:
        self.prologue = Prologue()
        self.doctype: tuple[str, str | None, str | None] | None = None
        self.space = ""
        self._reporter = reporter
        self._raw: list[tuple[str, int]] = []
        self._size = 0
        self._broken = False
        self._mending = False
        self._builder = self._new_builder()

    def _new_builder(self) -> Builder:
        builder = _RootBuilder(self)
        parser = builder.parser
        parser.StartNamespaceDeclHandler = self._namespace
        parser.EntityDeclHandler = self._entity
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped
        return builder

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if len(self._builder.open) < 4:
            self.prologue.declare(prefix, uri or "")

    def _doctype(self, name: str, system: str | None, public: str | None, subset: bool) -> None:
        self.doctype = (name, public, system)

    def _entity(
        self, name: str, parameter: bool, value: str | None, base: str | None, system: str | None,
        public: str | None, notation: str | None,
    ) -> None:  # fmt: skip
        if parameter or self._mending:
            return
        if value is None:
            self._reporter.say("FMT008", f"external entity {name} ({system}) was not loaded", Severity.INFORMATION,
                               line=self._builder.line, advice="put its text into the file")  # fmt: skip
        else:
            self.prologue.entity(name, value, self._reporter, self._builder.line)

    def _external(self, context: str, base: str | None, system: str | None, public: str | None) -> int:
        return 1

    def _skipped(self, name: str, parameter: bool) -> None:
        if not parameter and self._builder.open:
            self._builder.open[-1].children.append(f"&{name};")

    def feed(self, text: str, line: int) -> None:
        """Takes in text that stands at this line."""
        if not self._raw:
            text = self._without_declaration(text)
        elif text.isspace():
            return
        self._size += len(text)
        if self._size > OUTSIDE_LIMIT:
            if self._size - len(text) <= OUTSIDE_LIMIT:
                self._reporter.say("FMT013", "more than 16 million characters outside of concept entries",
                                   Severity.ERROR, line=line)  # fmt: skip
            return
        self._raw.append((text, line))
        if not self._broken:
            self._parse(text, line)

    def _without_declaration(self, text: str) -> str:
        found = _DECLARATION.match(text)
        if not found:
            return text
        if found[1]:
            self._reporter.say("FMT002", "the XML declaration is not at the very beginning", Severity.ERROR, line=1,
                               advice="remove what stands before it")  # fmt: skip
        return re.sub(r"[^\n]", " ", found[0]) + text[found.end() :]

    def _parse(self, text: str, line: int) -> None:
        try:
            if self._mending:
                text, _ = mended(text, line, self.prologue, self._reporter)
            self._advance(text, line)
        except MalformedError as error:
            if self._mending or self._declares_entities() or not self._mend():
                self._give_up(error)

    def _advance(self, text: str, line: int) -> None:
        self._builder.offset = line - self._builder.parser.CurrentLineNumber
        self._builder.feed(text)

    def _declares_entities(self) -> bool:
        return bool(self.prologue.entities or self.prologue.refused)

    def _mend(self) -> bool:
        """Starts again with illegal characters and undefined entities put right."""
        self._mending = True
        self._builder = self._new_builder()
        try:
            for text, line in self._raw:
                repaired, _ = mended(text, line, self.prologue, self._reporter)
                self._advance(repaired, line)
        except MalformedError:
            return False
        return True

    def _give_up(self, error: MalformedError) -> None:
        self._broken = True
        self._reporter.say("FMT002", f"not well-formed: {error}", Severity.ERROR, line=error.line,
                           advice="correct the XML; what could be read was read")  # fmt: skip

    def entry(self) -> None:
        """A concept entry stands here."""
        if not self._broken and self._builder.open:
            children = self._builder.open[-1].children
            if not children or children[-1] is not ENTRY:
                children.append(ENTRY)

    def close(self) -> None:
        """The file is at its end."""
        if not self._broken:
            try:
                self._builder.feed("", True)
            except MalformedError as error:
                self._give_up(error)
        if self._builder.root is not None:  # up to where the document breaks off
            Surplus(self._reporter, ENTRY).root(self._builder.root)

    @property
    def root(self) -> Node | None:
        """The tree as far as it was read."""
        if not self._broken:
            return self._builder.root
        text = "".join(text for text, _ in self._raw)
        body = re.search(r"<(?![?!])", text)
        if not body:
            return self._builder.root
        return salvaged(text[body.start() :], 1, self.prologue, {}) or self._builder.root

    def describe(self) -> Description:
        """What the document says of itself so far."""
        root = self.root
        if root is None:
            return Description(root=None, edition=None)
        structure = ROOTS.get(root.name)
        said = root.attributes
        return Description(
            root=root.name, edition=_EDITIONS.get(structure.root) if structure else None, structure=structure,
            dialect=said.get("type", said.get("dialect")), style=said.get("style"), namespace=self.space,
            language=said.get("xml:lang", said.get("lang")), doctype=self.doctype,
        )  # fmt: skip


class _RootBuilder(Builder):
    """A builder that takes the root's namespace for the core's, whatever it is."""

    def __init__(self, outline: Outline) -> None:
        super().__init__()
        self._outline = outline

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.root is None:
            space = name.rpartition(" ")[0]
            self._outline.space = space
            self.core = CORE_NAMESPACES | {space} - (MODULE_NAMESPACES.keys())
            self._outline.prologue.core = self.core
        super()._start(name, attributes)


STANDARD = {"tbx": NAMESPACE, "martif": "", "TBX": ""}
"""Root element → the namespace the standard gives it."""
