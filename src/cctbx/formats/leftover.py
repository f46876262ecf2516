"""What a reader of an XML format has no place for: it is told, never passed over in silence.

A format says what it reads of each element (`Reads`); `left_over` finds everything else in the tree of an entry, and
`Outside` in what stands round the entries, which are read one by one and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cctbx.formats.losses import short_text

__all__ = ["Grammar", "Outside", "Reads", "left_over", "local"]

NOT_READ, MISPLACED = "FMT116", "FMT117"
LIMIT = 100
"""How often it is told of one document what stands outside of its entries."""
EXCERPT = 80


def local(node: Any) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


@dataclass(frozen=True, slots=True)
class Reads:
    """What is read of an element: these attributes, one child of each name in `once`, any number of those in `many`.

    `unread` are children that may stand there, but nobody reads them.
    `text`: its character data, whatever elements it is in; `whole`: those elements too, with their attributes.
    """

    attributes: frozenset[str] = frozenset()
    once: frozenset[str] = frozenset()
    many: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    text: bool = False
    whole: bool = False


Grammar = Mapping[str, Reads]
LeftOver = tuple[str, str, Any]
"""The code of a finding, its message, the element at whose line it stands."""


def left_over(node: Any, grammar: Grammar) -> Iterator[LeftOver]:
    """What of an element is not read, in document order. What is inside of an element nobody reads is not told too."""
    name = local(node)
    known = grammar[name]
    yield from _attributes(node, name, known.attributes)
    if known.whole:
        return
    if known.text:
        for inner in node.iterdescendants("{*}*"):
            yield from _attributes(inner, f"{local(inner)} in {name}", frozenset())
        return
    yield from _texts(node, name)
    found: set[str] = set()
    for child in node:
        inner_name = local(child)
        if inner_name in known.many or (inner_name in known.once and inner_name not in found):
            found.add(inner_name)
            yield from left_over(child, grammar)
        elif inner_name in known.once:
            yield MISPLACED, f"a second {inner_name} in {name}: not read", child
        elif inner_name in known.unread:
            yield NOT_READ, f"{inner_name} in {name} is not read", child
        elif inner_name and not _emptied(child, grammar):
            yield MISPLACED, f"{inner_name} may not stand in {name}: not read", child


def _emptied(node: Any, grammar: Grammar) -> bool:
    """Whether there is nothing in it: an entry inside of an entry has been read already."""
    return local(node) in grammar and not len(node) and not node.attrib and not (node.text or "").strip()


def _attributes(node: Any, name: str, known: frozenset[str]) -> Iterator[LeftOver]:
    if not node.attrib:
        return
    others = [key for key in node.keys() if key not in known]  # noqa: SIM118
    if others:
        yield NOT_READ, f"not read: {', '.join(others)} of {name}", node


def _texts(node: Any, name: str) -> Iterator[LeftOver]:
    if node.text and not node.text.isspace():
        yield NOT_READ, _text(node.text, name), node
    for child in node:
        if child.tail and not child.tail.isspace():
            yield NOT_READ, _text(child.tail, name), child


def _text(text: str, name: str) -> str:
    return f"text between the elements of {name} is not read: “{short_text(text, EXCERPT)}”"


class Outside:
    """Looks at what stands round the entries of one document, before it is forgotten.

    `holders` says what is read of the root and of what holds entries in it; `leading` names what may stand in front of
    the first entry, where somebody reads it.
    """

    def __init__(
        self, tell: Callable[[str, str, Any], None], holders: Grammar, names: tuple[str, ...],
        leading: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self._tell, self._holders, self._names, self._leading = tell, holders, names, leading
        self._told: set[Any] = set()
        self._texts: set[Any] = set()
        self._count = 0
        self.begun = False

    def _say(self, code: str, message: str, node: Any) -> None:
        self._count += 1
        if self._count == LIMIT:
            message += "; more of the kind is not told"
        if self._count <= LIMIT:
            self._tell(code, message, node)

    def holder(self, node: Any) -> None:
        """The root, or what holds entries in it, as far as it is there."""
        name = local(node)
        if node not in self._told:
            self._told.add(node)
            for each in _attributes(node, name, self._holders[name].attributes):
                self._say(*each)
        self._text(node, node.text, ("text", node), name)
        for child in node:
            self.child(child, name)

    def child(self, child: Any, holder: str) -> None:
        """One child of a holder; an entry is only looked at for the text behind it."""
        name = local(child)
        self._text(child, child.tail, ("tail", child), holder)
        if name in self._holders:
            self.holder(child)
        elif name in self._names or not name or child in self._told:
            return
        elif name not in self._leading or self.begun:
            self._told.add(child)
            self._say(MISPLACED, f"{name} may not stand here in {holder}: not read", child)

    def _text(self, node: Any, text: str | None, key: object, name: str) -> None:
        if text and not text.isspace() and key not in self._texts:
            self._texts.add(key)
            self._say(NOT_READ, _text(text, name), node)
