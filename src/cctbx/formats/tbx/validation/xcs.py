"""Reads constraint files (XCS) of ISO 30042:2008: categories, levels, value lists, languages.

What a constraint file leaves out has a default: content `noteText`, every level. Value lists are separated by blanks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from cctbx.errors import InputError
from cctbx.formats.tbx.validation.constraints import CATEGORY_ELEMENTS, Constraints, Rule, constraints
from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["read_xcs"]

_SPECIFICATIONS = {f"{element}Spec": element for element in CATEGORY_ELEMENTS}
_LEVELS = {"termEntry": "C", "langSet": "L", "term": "T"}
_CONTENTS = frozenset({"plainText", "basicText", "noteText", "picklist"})


def read_xcs(stream: BinaryIO, *, file: str) -> Constraints:
    """The constraints of an XCS file (decompressed bytes), for `ValidationOptions.constraints`.

    Raises `InputError` if it is not well-formed or no constraint file. Nothing outside of it is loaded.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root: XmlElement = etree.parse(stream, parser).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise InputError(f"the constraint file is not well-formed: {error}", file=file) from None
    if root.tag != "TBXXCS":
        raise InputError(f"this is no constraint file: its root is <{root.tag}>, not <TBXXCS>", file=file)
    return constraints(
        root.get("name") or file, _rules(root), closed=CATEGORY_ELEMENTS,
        highlights=frozenset(each.get("name", "") for each in root.iter("hiSpec")),
        languages=frozenset(_text(each) for each in root.iter("langCode")),
        component_lists=frozenset(each.get("name", "") for each in root.iter("termCompListSpec")),
    )  # fmt: skip


def _text(element: XmlElement | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _rules(root: XmlElement) -> Iterator[Rule]:
    for each in root.iter(*_SPECIFICATIONS):
        contents = each.find("contents")
        kind = (contents.get("datatype") if contents is not None else None) or "noteText"
        component = contents is not None and contents.get("forTermComp") == "yes"
        levels = "".join(letter for name, letter in _LEVELS.items() if name in _text(each.find("levels")).split())
        element = _SPECIFICATIONS[each.tag]
        yield Rule(
            element=element, category=each.get("name", ""), levels=(levels if element == "descrip" else "") or "CLT",
            content=kind if kind in _CONTENTS else "noteText", component=component,
            values=tuple(_text(contents).split()) if kind == "picklist" else (),
        )  # fmt: skip
