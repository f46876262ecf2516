"""XML trees of what is small enough to be one: a concept entry, the header, the back matter.

Built by expat, which loads nothing from outside. Elements of the core are named without a namespace, whatever prefix or
namespace of section 2.2 of the reference they came with; other elements keep theirs.
"""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Iterator, Mapping
from pyexpat import ParserCreate, XMLParserType
from xml.parsers.expat import ExpatError

from cctbx.findings import Severity
from cctbx.formats.tbx.names import CORE_NAMESPACES, NAMESPACE, PREFIXES, module_namespace
from cctbx.formats.tbx.reporting import Reporter

__all__ = ["Builder", "MalformedError", "Node", "Prologue", "fragment", "legal", "mended", "salvaged"]

DEPTH_LIMIT = 200
ENTITY_LIMIT = 1 << 16
_XML = "http://www.w3.org/XML/1998/namespace "


class MalformedError(Exception):
    """Text that is not well-formed XML, with its line."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Node:
    """An element: local name, namespace (empty for the core), attributes, content in order, line."""

    __slots__ = ("attributes", "children", "line", "name", "space")

    def __init__(self, name: str, space: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.space = space
        self.attributes = attributes
        self.children: list[str | Node] = []
        self.line = line

    @property
    def elements(self) -> Iterator[Node]:
        """The child elements."""
        return (child for child in self.children if isinstance(child, Node))

    def find(self, name: str) -> Node | None:
        """The first descendant of the core with this name, in document order."""
        for child in self.elements:
            if child.name == name and not child.space:
                return child
            if found := child.find(name):
                return found
        return None

    @property
    def text(self) -> str:
        """All character content."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


def _attribute_name(name: str) -> str:
    if name.startswith(_XML):
        return "xml:" + name[len(_XML) :]
    space, _, local = name.rpartition(" ")
    return f"{{{space}}}{local}" if space else local


class Builder:
    """Builds one tree from expat's events; core namespaces and those in `core` are taken away from names."""

    def __init__(self, core: frozenset[str] = CORE_NAMESPACES, line: int = 1) -> None:
        self.core = core
        self.root: Node | None = None
        self.open: list[Node] = []
        self.offset = line - 1
        self._names: dict[str, tuple[str, str]] = {}
        self.parser = self._parser()

    def _parser(self) -> XMLParserType:
        parser = ParserCreate(None, " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        return parser

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= DEPTH_LIMIT:
            raise MalformedError(f"elements are nested deeper than {DEPTH_LIMIT} levels [FMT011]", self.line)
        known = self._names.get(name)
        if known is None:
            space, _, local = name.rpartition(" ")
            known = self._names[name] = (local, "" if self.is_core(space) else space)
        if attributes:
            attributes = {_attribute_name(key): value for key, value in attributes.items()}
        node = Node(known[0], known[1], attributes, self.line)
        if self.open:
            self.open[-1].children.append(node)
        elif self.root is None:
            self.root = node
        self.open.append(node)

    def is_core(self, space: str) -> bool:
        """Whether elements of this namespace are read as the core's."""
        return space in self.core

    def _end(self, name: str) -> None:
        self.open.pop()

    def _characters(self, text: str) -> None:
        if self.open:
            self.open[-1].children.append(text)

    @property
    def line(self) -> int:
        """The line of the document the parser is at."""
        return self.parser.CurrentLineNumber + self.offset

    def feed(self, text: str, final: bool = False) -> None:
        """Parses on. Raises `MalformedError`."""
        try:
            self.parser.Parse(text, final)
        except ExpatError as error:
            message = str(error).partition(":")[0]
            raise MalformedError(message, error.lineno + self.offset) from None


_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&(?:#([0-9]+|[xX][0-9a-fA-F]+);|([^\s&;<>#\"']+);|)")
_PREFIXED = re.compile(r"</?([^\s<>/:!?\"'=]+):|\s([^\s<>/:!?\"'=]+):[^\s<>/:=]+\s*=")
_PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}


def legal(code: int) -> bool:
    """Whether XML 1.0 (production 2) allows this character."""
    return (
        code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    )  # fmt: skip


class Prologue:
    """What an entry needs from the document round it: its namespaces and its internal entities."""

    def __init__(self) -> None:
        self.namespaces: dict[str, str] = {}
        self.entities: dict[str, str] = {}
        self.refused: set[str] = set()
        self.expanded = 0
        self.core = CORE_NAMESPACES
        self._head: str | None = None

    def declare(self, prefix: str | None, uri: str) -> None:
        """Takes in a namespace declaration."""
        self.namespaces[prefix or ""] = uri
        self._head = None

    def entity(self, name: str, value: str, reporter: Reporter, line: int) -> None:
        """Takes in an internal general entity, unless it expands to too much."""
        used = [found[2] for found in _REFERENCE.finditer(value) if found[2]]
        size = len(value) + sum(len(self.entities.get(each, "")) for each in used)
        if size > ENTITY_LIMIT or not self.refused.isdisjoint(used):
            self.refused.add(name)
            reporter.say("FMT009", f"entity {name} expands to more than {ENTITY_LIMIT:,} characters: not expanded",
                         Severity.ERROR, line=line)  # fmt: skip
            return
        self.entities.setdefault(name, _REFERENCE.sub(self._expansion, value))
        self._head = None

    def _expansion(self, found: re.Match[str]) -> str:
        return self.entities.get(found[2] or "", found[0])

    def head(self, more: Mapping[str, str] | None = None) -> str:
        """A document's beginning up to where an entry may stand, on one line."""
        if self._head is None or more:
            spaces = "".join(
                f' xmlns{":" if prefix else ""}{prefix}="{html.escape(uri)}"'
                for prefix, uri in {**self.namespaces, **(more or {})}.items()
                if prefix not in ("xml", "xmlns") and (uri or not prefix)
            )
            declared = "".join(
                f'<!ENTITY {name} "{_quoted(value)}">' for name, value in self.entities.items()
            )
            head = f"<!DOCTYPE r [{declared}]><r{spaces}>" if declared else f"<r{spaces}>"
            if more:
                return head
            self._head = head
        return self._head


def _quoted(value: str) -> str:
    for character, reference in (("&", "&#38;"), ("%", "&#37;"), ('"', "&#34;"), ("\n", "&#10;"), ("\r", "&#13;")):
        value = value.replace(character, reference)
    return value


def fragment(text: str, line: int, prologue: Prologue, more: Mapping[str, str] | None = None) -> Node:
    """The tree of one entry. Raises `MalformedError`."""
    builder = Builder(prologue.core, line)
    builder.feed(prologue.head(more))
    builder.feed(text)
    builder.feed("</r>", True)
    root = builder.root
    node = next(root.elements, None) if root else None
    if node is None:
        raise MalformedError("no element found", line)
    return node


def mended(text: str, line: int, prologue: Prologue, reporter: Reporter) -> tuple[str, dict[str, str]]:
    """The text with illegal characters, lone ampersands and undefined entities put right, each reported once a text;
    and declarations for prefixes nobody declared."""
    said: set[str] = set()

    def say(code: str, message: str, position: int, source: str) -> None:
        if message not in said:
            said.add(message)
            reporter.say(code, message, Severity.ERROR, line=line + source.count("\n", 0, position))

    def character(found: re.Match[str]) -> str:
        say("FMT006", f"character U+{ord(found[0]):04X} is not allowed in XML: replaced by U+FFFD", found.start(), text)
        return "\ufffd"

    def reference(found: re.Match[str]) -> str:
        number, name = found[1], found[2]
        if number:
            code = int(number[1:], 16) if number[0] in "xX" else int(number)
            if legal(code):
                return f"&#{code};"
            say("FMT006", f"reference {found[0]} is not allowed in XML: replaced by U+FFFD", found.start(), cleaned)
            return "\ufffd"
        if name in _PREDEFINED or name in prologue.entities:
            return found[0]
        if name in prologue.refused:
            return f"&amp;{name};"
        if name and (known := html.entities.html5.get(name + ";")):
            say("FMT007", f"entity {found[0]} is not defined in XML: read as {known!r}", found.start(), cleaned)
            return "".join(f"&#{ord(each)};" for each in known)
        say("FMT007", f"{found[0]!r} is not a reference: kept as text", found.start(), cleaned)
        return "&amp;" + found[0][1:]

    cleaned = _ILLEGAL.sub(character, text)
    repaired = _REFERENCE.sub(reference, cleaned)
    undeclared = {
        prefix: _guessed(prefix)
        for found in _PREFIXED.finditer(repaired)
        if (prefix := found[1] or found[2]) not in prologue.namespaces and prefix not in ("xml", "xmlns")
    }
    for prefix in undeclared:
        reporter.say("FMT022", f"prefix {prefix} is not declared: read as {undeclared[prefix]}", Severity.ERROR,
                     line=line, advice="declare it at the root element")  # fmt: skip
    return repaired, undeclared


def _guessed(prefix: str) -> str:
    """The namespace an undeclared prefix most likely stands for."""
    of_module = {name: module_namespace(module) for module, name in PREFIXES.items()}
    return of_module.get(prefix, NAMESPACE if prefix == "tbx" else f"urn:undeclared:{prefix}")


def salvaged(text: str, line: int, prologue: Prologue, more: Mapping[str, str]) -> Node | None:
    """What libxml2 can still make of an entry that is not well-formed, or None."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    spaces = Prologue()
    spaces.namespaces = {**prologue.namespaces, **more}
    try:
        root = etree.fromstring((spaces.head() + text + "</r>").encode("utf-8", "replace"), parser)
        element = next((child for child in root if isinstance(child.tag, str)), None) if root is not None else None
        return None if element is None else _from_lxml(element, line, prologue.core, 0)
    except (etree.XMLSyntaxError, ValueError):  # ValueError: text libxml2 lets pass and Python cannot decode
        return None


def _from_lxml(element: object, line: int, core: frozenset[str], depth: int) -> Node:
    from lxml import etree

    assert isinstance(element, etree._Element)
    name = etree.QName(element)
    space = name.namespace or ""
    attributes = {
        _attribute_name(str(key)[1:].replace("}", " ") if str(key).startswith("{") else str(key)): str(value)
        for key, value in element.attrib.items()
    }
    place = line + int(str(element.sourceline or 1)) - 1
    node = Node(name.localname, "" if space in core else space, attributes, place)
    if element.text:
        node.children.append(str(element.text))
    for child in element:
        if isinstance(child.tag, str) and depth < DEPTH_LIMIT:
            node.children.append(_from_lxml(child, line, core, depth + 1))
        if child.tail:
            node.children.append(str(child.tail))
    return node

