"""The names of TMX 1.4b as tables: inline elements and what they may carry, attributes with a meaning in the model."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cctbx.model import InlineKind

__all__ = ["CONCEPT_PROP", "INLINES", "TRANSACTIONS", "Element", "element_of", "in_lower_case"]


@dataclass(frozen=True, slots=True)
class Element:
    """An inline element of TMX: its name, the kind it has in the model, its attributes (required ones first)."""

    name: str
    kind: InlineKind
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    holds: str = "code"


INLINES: dict[str, Element] = {
    each.name: each
    for each in (
        Element("bpt", InlineKind.START_CODE, ("i",), ("type", "x")),
        Element("ept", InlineKind.END_CODE, ("i",)),
        Element("ph", InlineKind.PLACEHOLDER, (), ("assoc", "type", "x")),
        Element("it", InlineKind.OTHER, ("pos",), ("type", "x")),
        Element("hi", InlineKind.HIGHLIGHT, (), ("type", "x"), "text"),
        Element("ut", InlineKind.OTHER, (), ("x",)),
        Element("sub", InlineKind.OTHER, (), ("datatype", "type"), "text"),
    )
}
"""Inside an element that holds code only `sub` may stand; `sub` itself stands nowhere else (TMX 1.4b, 3.3)."""

_BY_KIND = {each.kind: each for each in INLINES.values() if each.kind is not InlineKind.OTHER}


def element_of(kind: InlineKind, name: str | None) -> Element | None:
    """The element an inline of the model is written as, or None."""
    return INLINES.get(name or "") if kind is InlineKind.OTHER else _BY_KIND.get(kind)


TRANSACTIONS = (("origination", "creationdate", "creationid"), ("modification", "changedate", "changeid"))
"""Transactions that are attributes of `tu` and `tuv`: type, attribute of the date, attribute of who did it."""

_ELEMENTS = ("tmx", "header", "body", "tu", "tuv", "seg", "prop", "note", "ude", "map", *INLINES)
_ATTRIBUTES = (
    "version", "srclang", "xml:lang", "lang", "tuid", "type", "i", "x", "pos", "assoc",
    *(name for _, date, person in TRANSACTIONS for name in (date, person)),
)  # fmt: skip
_OTHER_CASE = re.compile(rf"<(?=/?[^\s<>/]*[A-Z])/?(?i:{'|'.join(_ELEMENTS)})(?=[\s/>])[^<>]*")
_TAG_NAME = re.compile(r"</?[^\s<>/]+")
_ATTRIBUTE_NAME = re.compile(rf"(?<=\s)(?i:{'|'.join(_ATTRIBUTES)})(?=\s*=\s*[\"'])")


def in_lower_case(text: str) -> str:
    """The text with names of TMX that were written in capitals (`<TUV LANG="EN">`) as the format has them."""

    def tag(found: re.Match[str]) -> str:
        name = _TAG_NAME.match(found[0])
        assert name is not None
        attributes = _ATTRIBUTE_NAME.sub(lambda each: each[0].lower(), found[0][name.end() :])
        return name[0].lower() + attributes

    return _OTHER_CASE.sub(tag, text)


CONCEPT_PROP = "x-concept-id"
"""The property that ties the pairs of one concept together in a bilingual file."""
