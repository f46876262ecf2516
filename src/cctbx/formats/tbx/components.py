"""Term components of 2008 (termCompList): kept whole on reading; written back where the edition and the list allow it.

The public dialects of 2019 have no term components; there they become a note that names them one by one.
"""

from __future__ import annotations

from cctbx.formats.tbx.editions import Edition
from cctbx.formats.tbx.spelling import clean, valid_language
from cctbx.model import DataCategory, Inline, InlineKind, Markup

__all__ = ["COMPONENT_LIST", "components_in_words", "holds_components"]

COMPONENT_LIST = "termCompList"
_TYPES = ("hyphenation", "lemma", "morphologicalElement", "syllabification", "termElement")
_NUMBERS = ("singular", "plural", "dual", "mass", "otherNumber")
_GENDERS = ("masculine", "feminine", "neuter", "otherGender")
_NOTES: dict[str, tuple[str, ...] | None] = {
    "partOfSpeech": None, "grammaticalNumber": _NUMBERS, "grammaticalGender": _GENDERS,
}  # fmt: skip
"""Term notes a component may have → their values; None: any text."""


def _elements(inline: Inline) -> list[Inline] | None:
    """The elements in it; None if there is text between them."""
    if any(isinstance(part, str) and part.strip() for part in inline.content):
        return None
    return [part for part in inline.content if isinstance(part, Inline)]


def _is_text(inline: Inline) -> bool:
    return all(isinstance(part, str) and clean(part) == part for part in inline.content)


def _is_component(inline: Inline) -> bool:
    said = dict(inline.attributes)
    language = said.pop("xml:lang", "en")
    return inline.name == "termComp" and not said and valid_language(language) == language and _is_text(inline)


def _is_note(inline: Inline) -> bool:
    said = dict(inline.attributes)
    kind = said.pop("type", "")
    if inline.name != "termNote" or said or kind not in _NOTES or not _is_text(inline):
        return False
    values = _NOTES[kind]
    return values is None or str(inline) in values


def _is_member(inline: Inline) -> bool:
    if inline.name == "termCompGrp" and not inline.attributes:
        inside = _elements(inline)
        return bool(inside) and inside is not None and _is_component(inside[0]) and all(map(_is_note, inside[1:]))
    return _is_component(inline)


def _in_words(inline: Inline) -> str:
    """A component as text; a group with its notes behind it: `centre (partOfSpeech: noun)`."""
    inside = _elements(inline) if inline.name == "termCompGrp" else None
    if not inside:
        return str(inline)
    notes = "; ".join(f"{dict(each.attributes).get('type', each.name)}: {each}" for each in inside[1:])
    return f"{inside[0]} ({notes})" if notes else str(inside[0])


def components_in_words(statement: DataCategory) -> str | None:
    """A list of term components as the text of a note, `termCompList (lemma): contact | centre`; None for others."""
    value = statement.value
    if statement.category != COMPONENT_LIST or not isinstance(value, Markup) or len(value.parts) != 1:
        return None
    whole = value.parts[0]
    members = _elements(whole) if isinstance(whole, Inline) and whole.name == COMPONENT_LIST else None
    if not members or isinstance(whole, str):
        return None
    kind = dict(whole.attributes).get("type")
    return f"{COMPONENT_LIST}{f' ({kind})' if kind else ''}: {' | '.join(map(_in_words, members))}"


def holds_components(edition: Edition, statement: DataCategory) -> bool:
    """Whether an edition can hold this list of term components exactly as it is."""
    value = statement.value
    if not edition.nested or statement.category != COMPONENT_LIST or statement.group or not isinstance(value, Markup):
        return False
    if len(value.parts) != 1 or not isinstance(value.parts[0], Inline) or value.parts[0].kind is not InlineKind.OTHER:
        return False
    whole = value.parts[0]
    if whole.name != COMPONENT_LIST or [name for name, _ in whole.attributes] != ["type"]:
        return False
    members = _elements(whole)
    return whole.attributes[0][1] in _TYPES and bool(members) and members is not None and all(map(_is_member, members))
