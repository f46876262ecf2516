"""From elements to model values: texts with markup, header, back matter, and anything that has no field of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cctbx.findings import Severity
from cctbx.formats.tbx.names import CONSTRAINT_FILES, INLINES, UNRESOLVED, XML_LANG
from cctbx.formats.tbx.reporting import Reporter
from cctbx.formats.tbx.trees import Node
from cctbx.model import (
    DataCategory,
    Header,
    Inline,
    InlineKind,
    Markup,
    Metatype,
    ReferenceItem,
    ReferenceObject,
    Revision,
    Text,
    marked,
)

__all__ = ["ITEMS", "header_of", "kept", "references_of", "text_of"]


def _inline(node: Node) -> Inline:
    """One inline element, its attributes sorted by name; an unknown one keeps its name."""
    kind = InlineKind.OTHER if node.space else INLINES.get(node.name, InlineKind.OTHER)
    name = f"{{{node.space}}}{node.name}" if node.space else node.name
    return Inline(
        kind=kind,
        name=name if kind is InlineKind.OTHER else None,
        attributes=tuple(sorted(node.attributes.items())),
        content=_parts(node),
    )


def _parts(node: Node) -> tuple[str | Inline, ...]:
    text = marked(tuple(child if isinstance(child, str) else _inline(child) for child in node.children))
    return text.parts if isinstance(text, Markup) else (text,) if text else ()


def text_of(node: Node) -> Text:
    """The content of an element as a text with markup (ISO 30042, noteText)."""
    children = node.children
    if not children:
        return ""
    if len(children) == 1 and isinstance(children[0], str):
        return children[0]
    return marked(tuple(child if isinstance(child, str) else _inline(child) for child in children))


def kept(node: Node) -> DataCategory:
    """An element that has no field, as a private statement that holds all of it."""
    name = f"{{{node.space}}}{node.name}" if node.space else node.name
    return DataCategory(category=name, metatype=Metatype.UNKNOWN, value=Markup((_as_other(node),)), line=node.line)


def _as_other(node: Node) -> Inline:
    inline = _inline(node)
    name = f"{{{node.space}}}{node.name}" if node.space else node.name
    return Inline(kind=InlineKind.OTHER, name=name, attributes=inline.attributes, content=inline.content)


class _HeaderReader:
    """Collects the parts of a header, whatever the edition calls them and in whatever order they come."""

    def __init__(self, reporter: Reporter) -> None:
        self.reporter = reporter
        self.title: str | None = None
        self.title_notes: list[Text] = []
        self.publication: list[Text] = []
        self.sources: list[Text] = []
        self.encodings: list[Text] = []
        self.revisions: list[Revision] = []
        self.others: list[DataCategory] = []
        self.language: str | None = None
        self.parts: dict[str, Callable[[Node], None]] = {
            "fileDesc": self.children, "titleStmt": self.title_statement, "title": self.title_of,
            "publicationStmt": lambda node: self.paragraphs(node, self.publication),
            "sourceDesc": lambda node: self.paragraphs(node, self.sources),
            "encodingDesc": self.encoding, "revisionDesc": self.revision, "p": self.loose,
            # TBX-Min of 2013
            "id": self.title_of, "languages": self.languages, "description": self.loose,
        }  # fmt: skip

    def drop(self, what: str, line: int) -> None:
        self.reporter.say("FMT041", f"{what} in the header was left out", Severity.INFORMATION, line=line)

    def attributes(self, node: Node, *known: str) -> None:
        """Says which attributes of a part of the header are not read."""
        others = [name for name in node.attributes if name not in known]
        if others:
            self.drop(f"{', '.join(others)} of {node.name}", node.line)

    def markup(self, node: Node) -> None:
        """Says so where markup with attributes stands in what is read as plain text."""
        for each in node.elements:
            self.attributes(each)
            self.markup(each)

    def children(self, node: Node) -> None:
        self.attributes(node)
        for child in node.children:
            if isinstance(child, str):
                if not child.isspace():
                    self.sources.append(child.strip())
            elif child.name in self.parts and not child.space:
                self.parts[child.name](child)
            elif child.name not in ("text", "body", "back"):
                self.private(child)
            elif child.text.strip():
                self.drop(child.name, child.line)

    def private(self, node: Node) -> None:
        """TBX-Min's simple elements become statements of their name; anything else is kept whole."""
        if any(node.elements) or node.attributes or node.space:
            self.others.append(kept(node))
            return
        self.others.append(DataCategory(category=node.name, value=text_of(node), line=node.line))

    def title_statement(self, node: Node) -> None:
        self.attributes(node)
        for child in node.children:
            if isinstance(child, str):
                self.title_notes += [] if child.isspace() else [child.strip()]
            elif child.name == "title":
                self.title_of(child)
            else:
                self.attributes(child)
                self.title_notes.append(text_of(child))

    def title_of(self, node: Node) -> None:
        """The first title; another one is a note on it."""
        self.attributes(node)
        self.markup(node)
        if self.title is None:
            self.title = node.text
        else:
            self.title_notes.append(node.text)

    def paragraphs(self, node: Node, into: list[Text], *known: str) -> None:
        self.attributes(node, *known)
        for child in node.children:
            if isinstance(child, str):
                if not child.isspace():
                    into.append(child)
                continue
            into.extend(self.paragraph(child))

    def paragraph(self, node: Node) -> Iterator[Text]:
        for name in node.attributes:
            self.drop(f"attribute {name} of a paragraph", node.line)
        if text := text_of(node):
            yield text

    def loose(self, node: Node) -> None:
        self.sources.extend(self.paragraph(node))

    def encoding(self, node: Node) -> None:
        self.attributes(node)
        for child in node.children:
            if isinstance(child, str):
                self.encodings += [] if child.isspace() else [child.strip()]
                continue
            kind = child.attributes.get("type")
            if kind == "XCSURI" and child.text in CONSTRAINT_FILES.values():
                self.attributes(child, "type")
                continue
            if kind:
                self.attributes(child, "type")
                self.others.append(DataCategory(category=kind, value=text_of(child), line=child.line))
            else:
                self.encodings.extend(self.paragraph(child))

    def revision(self, node: Node) -> None:
        self.attributes(node)
        for child in node.children:
            if isinstance(child, str):
                self.revisions += [] if child.isspace() else [Revision(paragraphs=(child.strip(),))]
                continue
            found: list[Text] = []
            said = child.attributes
            self.paragraphs(child, found, XML_LANG, "id")
            if found or said.get("id"):
                self.revisions.append(
                    Revision(paragraphs=tuple(found), language=said.get(XML_LANG), id=said.get("id"))
                )

    def languages(self, node: Node) -> None:
        self.attributes(node, "source", "target")
        if node.children and node.text.strip():
            self.drop(f"“{node.text.strip()[:60]}” in {node.name}", node.line)
        self.markup(node)
        if self.language and self.language != node.attributes.get("source", self.language):
            self.drop(f"a second source language {node.attributes['source']}", node.line)
        self.language = self.language or node.attributes.get("source")
        if target := node.attributes.get("target"):
            self.others.append(DataCategory(category="targetLanguage", value=target, line=node.line))


def header_of(root: Node, reporter: Reporter) -> Header:
    """The header of a document, in any edition and order of its parts; paragraphs without content are no paragraphs."""
    reader = _HeaderReader(reporter)
    node = root if root.name in ("martifHeader", "tbxHeader") else None
    if node is None:
        node = next((child for child in root.elements if child.name in ("tbxHeader", "martifHeader", "header")), None)
    if node is None:
        reporter.say("FMT023", "the document has no header", Severity.WARNING, line=root.line,
                     advice="add one that says where the terms come from")  # fmt: skip
    else:
        reader.children(node)
    return Header(
        language=root.attributes.get(XML_LANG, root.attributes.get("lang", reader.language)),
        title=reader.title, title_notes=tuple(reader.title_notes), publication=tuple(reader.publication),
        source_descriptions=tuple(reader.sources), encoding_descriptions=tuple(reader.encodings),
        revisions=tuple(reader.revisions), others=tuple(reader.others),
    )  # fmt: skip


def references_of(root: Node, statements: Callable[[Node], list[DataCategory]]) -> tuple[ReferenceObject, ...]:
    """The back matter: its reference objects in order; `statements` reads what stands beside an item in its group."""
    back = root.find("back")
    if back is None:
        return ()
    return tuple(
        ReferenceObject(
            kind=section.attributes.get("type", "") if node is not section else "",
            id=node.attributes.get("id") if node.name not in ITEMS else None,
            items=tuple(_item(each, statements) for each in ([node] if node.name in ITEMS else node.elements)),
        )
        for section in back.elements
        if section.attributes.get("type") != UNRESOLVED
        for node in ([section] if section.name in ("refObject", *ITEMS) else section.elements)
    )


ITEMS = ("item", "itemSet", "itemGrp")


def _item(node: Node, statements: Callable[[Node], list[DataCategory]]) -> ReferenceItem:
    kind, identifier = node.attributes.get("type"), node.attributes.get("id")
    if node.name == "itemSet":
        group = tuple(_item(each, statements) for each in node.elements)
        return ReferenceItem(type=kind, id=identifier, group=group)
    if node.name == "itemGrp":
        head = next((each for each in node.elements if each.name == "item"), None)
        rest = Node(node.name, node.space, {}, node.line)
        rest.children = [each for each in node.elements if each is not head]
        said = head.attributes if head else {}
        return ReferenceItem(
            type=said.get("type"), value=text_of(head) if head else "", id=said.get("id", identifier),
            others=tuple(statements(rest)),
        )  # fmt: skip
    return ReferenceItem(type=kind, value=text_of(node), id=identifier)
