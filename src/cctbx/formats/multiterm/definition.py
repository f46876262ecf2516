"""The term-base definition (XDT): which indexes and fields a MultiTerm XML has, and where they stand.

A tree of nodes (entry level, index level, term level; fields as leaves), the languages, the fields with their types.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import BinaryIO

from cctbx.formats.contract import WriteOptions, ignore
from cctbx.formats.multiterm.names import CONCEPT_ID, label_of, language_name
from cctbx.formats.multiterm.reduction import reduce
from cctbx.formats.streams import utf8_writer
from cctbx.formats.xml import element
from cctbx.model import CATEGORY, DataCategory, Level, TermBaseStream, statements

__all__ = ["write_definition"]

_TYPES = 'xmlns:dt="urn:schemas-microsoft-com:datatypes"'
_LEVELS = ((Level.CONCEPT, "Entry level", 0), (Level.LANGUAGE, "Index level", 2), (Level.TERM, "Term level", 3))
_FIELD = 1

Tree = dict[str, "Tree"]
"""Fields by label, with the fields that stand inside their groups."""


def _node(label: str, kind: int, inside: str, *, mandatory: bool, multiple: bool) -> str:
    """One node of the tree: what may stand there, whether it must, whether more than once."""
    flags = "".join(
        f'<{name} dt:dt="boolean">{int(value)}</{name}>'
        for name, value in (("Mandatory", mandatory), ("Multiply", multiple), ("Readonly", False))
    )
    text = element("TextChild", label).replace("<TextChild>", '<TextChild dt:dt="string">')
    return f'<Node ID="0">{text}<NodeType dt:dt="i4">{kind}</NodeType>{flags}<labels/><description/>{inside}</Node>'


def _fields(tree: Tree) -> str:
    return "".join(
        _node(label, _FIELD, _fields(inside), mandatory=False, multiple=True) for label, inside in sorted(tree.items())
    )


def _gather(stated: Iterable[DataCategory], tree: Tree, categories: set[str]) -> None:
    for each in stated:
        if each.category == "transactionType":
            continue
        categories.add(each.category)
        _gather(each.group, tree.setdefault(label_of(each.category), {}), categories)


def _structure(category: str) -> str:
    known = CATEGORY.get(category)
    values = "".join(element("PicklistValue", value) for value in known.values) if known else ""
    kind = "Picklist" if values else "Text"
    label = element("TextChild", label_of(category)).replace("<TextChild>", '<TextChild dt:dt="string">')
    return f'<Node ID="0">{label}<Structure><Type>{kind}</Type>{values}<History>F</History></Structure></Node>'


def write_definition(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write the definition that fits what `multiterm` writes of the same stream. UTF-8; reports nothing."""
    trees: dict[Level, Tree] = {level: {} for level, _, _ in _LEVELS}
    trees[Level.CONCEPT][CONCEPT_ID] = {}
    categories, languages = {CONCEPT_ID}, set()
    for entry in reduce(stream, replace(options, report=ignore)):
        _gather(statements(entry), trees[Level.CONCEPT], categories)
        for section in entry.languages:
            languages.add(section.language)
            _gather(statements(section), trees[Level.LANGUAGE], categories)
            for term in section.terms:
                _gather(statements(term), trees[Level.TERM], categories)
    inside = ""
    for level, label, kind in reversed(_LEVELS):
        inside = _node(label, kind, _fields(trees[level]) + inside, mandatory=True, multiple=True)
    indexes = "".join(
        element("ItemLocale", tag.upper()) + element("ItemText", language_name(tag))
        + "<IsTargetOnly>false</IsTargetOnly>"
        for tag in sorted(languages)
    )  # fmt: skip
    fields = "".join(map(_structure, sorted(categories)))
    text = utf8_writer(out)
    text.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Output {_TYPES}><Object>\n<Tree>{inside}</Tree>\n'
        f"<Languages>{indexes}</Languages>\n<TerminologyFields>{fields}</TerminologyFields>\n"
        "</Object><Schema/></Output>\n"
    )
    text.detach()
