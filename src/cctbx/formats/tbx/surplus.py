"""What of a TBX document outside of its concept entries has no place in the model: it is told."""

from __future__ import annotations

from cctbx.findings import Severity
from cctbx.formats.tbx.contents import ITEMS
from cctbx.formats.tbx.names import ROLES, UNRESOLVED, XML_LANG, Role
from cctbx.formats.tbx.reporting import Reporter
from cctbx.formats.tbx.trees import Node

__all__ = ["Surplus"]

_HEADERS = ("tbxHeader", "martifHeader", "header")
_OF_ROOT = ("type", "style", "dialect", XML_LANG, "lang")


class Surplus:
    """What of a document outside of its concept entries nobody reads: attributes, texts, elements out of their place.

    `entry` stands in the tree for concept entries; sections that stand between them are read as entries.
    """

    def __init__(self, reporter: Reporter, entry: Node) -> None:
        self._reporter, self._entry = reporter, entry

    def _drop(self, what: str, line: int) -> None:
        self._reporter.say("FMT041", f"{what} was left out", Severity.INFORMATION, line=line)

    def _own(self, node: Node, *known: str, text: bool = False) -> None:
        """Attributes and texts of an element."""
        others = [name for name in node.attributes if name not in known]
        if others:
            self._drop(f"{', '.join(others)} of {node.name}", node.line)
        for child in () if text else node.children:
            if isinstance(child, str) and not child.isspace():
                self._drop(f"text in {node.name}, “{child.strip()[:60]}”,", node.line)

    def _only(self, node: Node, wanted: tuple[str, ...], *known: str) -> dict[str, Node]:
        """The first child of each name; all others are told."""
        self._own(node, *known)
        found: dict[str, Node] = {}
        for child in node.elements:
            if child is self._entry:
                continue
            if child.name not in wanted or child.space:
                self._drop(f"{child.name} in {node.name}", child.line)
            elif found.setdefault(child.name, child) is not child:
                self._second(child, node)
        return found

    def _second(self, child: Node, node: Node) -> None:
        if child.name == "body":  # entries in it have been read
            for inner in child.elements:
                if inner is not self._entry:
                    self._drop(f"{inner.name} in a second body", inner.line)
            self._own(child)
        else:
            self._drop(f"a second {child.name} in {node.name}", child.line)

    def root(self, root: Node) -> None:
        """Looks at a whole document."""
        wanted = ("text", "body", "back", *_HEADERS)
        found = self._only(root, wanted, *_OF_ROOT) if root.name not in _HEADERS else {}
        inner = found.get("text")
        parts = found if inner is None else {**found, **self._only(inner, ("body", "back"))}
        headers = [name for name in _HEADERS if name in found]
        for name in headers[1:]:
            self._drop(f"a second header, {name},", found[name].line)
        passed = False
        for child in root.elements:
            if child.name in _HEADERS:
                self._late(child, passed)
            passed = passed or self._holds_entry(child)
        if body := parts.get("body"):
            self._body(body)
        if back := parts.get("back"):
            self._back(back, root)

    def _holds_entry(self, node: Node) -> bool:
        return node is self._entry or any(self._holds_entry(each) for each in node.elements)

    def _late(self, node: Node, passed: bool) -> bool:
        """What of the header stands behind an entry: the header has been read by then. Whether there was an entry."""
        for child in node.children:
            if child is self._entry:
                passed = True
            elif isinstance(child, Node):
                if passed:
                    self._drop(f"{child.name} of the header, behind a concept entry,", child.line)
                else:
                    passed = self._late(child, passed)
            elif passed and not child.isspace():
                self._drop(f"“{child.strip()[:60]}” of the header, behind a concept entry,", node.line)
        return passed

    def _body(self, body: Node) -> None:
        self._own(body)
        gap: list[Node] = []
        for child in (*body.elements, self._entry):
            if child is not self._entry:
                gap.append(child)
                continue
            if not any(ROLES.get(each.name) in (Role.LANGUAGE, Role.TERM_SECTION, Role.TERM) for each in gap):
                for each in gap:
                    self._drop(f"{each.name} in {body.name}", each.line)
            gap = []

    def _back(self, back: Node, root: Node) -> None:
        if back is not root.find("back"):
            self._drop(f"a second {back.name}", back.line)
            return
        self._own(back)
        for section in back.elements:
            if section.attributes.get("type") == UNRESOLVED:
                continue
            if section.name not in ("refObject", *ITEMS):
                self._own(section, "type")
            for node in [section] if section.name in ("refObject", *ITEMS) else section.elements:
                self._object(node)

    def _object(self, node: Node) -> None:
        if node.name in ITEMS:
            self._item(node)
            return
        self._own(node, "id")
        for each in node.elements:
            self._item(each)

    def _item(self, node: Node) -> None:
        if node.name == "itemSet":
            self._own(node, "type", "id")
            for each in node.elements:
                self._item(each)
        elif node.name == "itemGrp":
            head = next((each for each in node.elements if each.name == "item"), None)
            self._own(node, *(() if head and "id" in head.attributes else ("id",)))
            if head:
                self._own(head, "type", "id", text=True)
        else:
            self._own(node, "type", "id", text=True)
