"""What an element says: which data category, in which metatype, with which attributes; and which values are spelt how.

One reading for DCA (`<descrip type="definition">`), DCT (`<basic:definition>`), TBX-Min of 2013 (`<partOfSpeech>`) and
TBX embedded in ISO STS (`<tbx:partOfSpeech value="noun"/>`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cctbx.formats.tbx.names import ALIASES, META_ELEMENTS, MODULE_NAMESPACES, XML_LANG
from cctbx.model import CATEGORY, Content, Metatype

__all__ = ["Head", "head_of", "known_values", "read_value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the start tag of a statement says.

    `value` is a value given as an attribute; `extra` holds attributes the standard does not know; `found` is the
    spelling in the file where it is not the standard's; `untyped` marks a missing type.
    """

    category: str
    metatype: Metatype
    language: str | None = None
    target: str | None = None
    id: str | None = None
    datatype: str | None = None
    value: str | None = None
    extra: tuple[tuple[str, str], ...] = ()
    found: str | None = None
    untyped: bool = False


_FIXED = {"note": Metatype.NOTE, "date": Metatype.DATE}
_OWN = {"type", "id", XML_LANG, "lang", "target", "datatype", "metaType", "metatype", "value"}
_MIN_2013 = {"customer", "termStatus"}


def _category_of(name: str, space: str, said: Mapping[str, str]) -> tuple[str, Metatype, str | None, bool] | None:
    """Category, metatype, spelling found, whether a type is missing; None: not a statement."""
    if not space:
        if name in _FIXED:
            return name, _FIXED[name], None, False
        metatype = META_ELEMENTS.get(name)
        if metatype is not None:
            found = said.get("type", "")
            category = ALIASES.get(found, found)
            return category or name, metatype, found if category != found else None, not found
        category = ALIASES.get(name, name)
        known = CATEGORY.get(category)
        if known is None:
            return None
        return category, known.metatype, name if category != name and name not in _MIN_2013 else None, False
    stated = META_ELEMENTS.get(said.get("metaType", said.get("metatype", "")), Metatype.UNKNOWN)
    if space in MODULE_NAMESPACES:
        category = ALIASES.get(name, name)
        known = CATEGORY.get(category)
        return category, known.metatype if known else stated, name if category != name else None, False
    return f"{{{space}}}{name}", stated, None, False


def head_of(name: str, space: str, said: Mapping[str, str]) -> Head | None:
    """What an element of this name, namespace and these attributes states, or None: it states nothing."""
    category = _category_of(name, space, said)
    if category is None:
        return None
    extra = tuple((key, value) for key, value in said.items() if key not in _OWN)
    if name in _FIXED and "type" in said:
        extra += (("type", said["type"]),)
    return Head(
        category=category[0], metatype=category[1], found=category[2], untyped=category[3],
        language=said.get(XML_LANG, said.get("lang")), target=said.get("target"), id=said.get("id"),
        datatype=said.get("datatype"), value=said.get("value"), extra=extra,
    )  # fmt: skip


_STATUSES = {
    "preferred": "preferredTerm-admn-sts", "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts", "notRecommended": "deprecatedTerm-admn-sts",
    "superseded": "supersededTerm-admn-sts", "obsolete": "supersededTerm-admn-sts",
}  # fmt: skip
SPELLINGS: dict[str, dict[str, str]] = {
    "administrativeStatus": _STATUSES,
    "transactionType": {"creation": "origination"},
    "grammaticalGender": {"otherGender": "other"},
}
"""Category → value of another edition or a draft → the value of 2019 that means the same."""

REGULAR = {("grammaticalGender", "otherGender")}
"""Spellings that are regular in their edition, so that nothing needs to be said."""

known_values: dict[str, frozenset[str]] = {
    each.name: frozenset((*each.values, *(each.values_v2 or ())))
    for each in CATEGORY.values()
    if each.content is Content.PICKLIST
}
"""Picklist category → every value some edition gives it."""


def read_value(category: str, value: str) -> tuple[str, str | None]:
    """The value as the model has it, and the code of a finding to make of the difference, or None."""
    listed = known_values.get(category)
    if listed is None or value in listed:
        spelt = SPELLINGS.get(category, {}).get(value)
        return (value, None) if spelt is None else (spelt, None)
    trimmed = value.strip()
    spelt = SPELLINGS.get(category, {}).get(trimmed)
    if spelt is not None:
        return spelt, None if (category, trimmed) in REGULAR else "FMT037"
    if trimmed != value and trimmed in listed:
        return trimmed, "FMT040"
    return value, None
