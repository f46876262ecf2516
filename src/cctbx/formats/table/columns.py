"""Columns of a table with one row per concept: what a head means, and how the heads other programs write are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cctbx.model import CATEGORIES, CATEGORY, Level

__all__ = ["ID", "LISTS", "OF_TERMS", "TERM", "Column", "recognise", "recognise_all", "sort_key"]

ID, TERM, SYNONYMS, DEPRECATED = "id", "term", "synonyms", "deprecated"
LISTS = (TERM, SYNONYMS, DEPRECATED)
"""The fields that hold terms: the first term of a language, its other terms, those not to be used."""

OF_TERMS = frozenset(each.name for each in CATEGORIES if each.levels == {Level.TERM})
"""Categories that are said of terms only: a column of a language holds one value for each of its terms."""

_PLACES = {name: number for number, name in enumerate((ID, *LISTS, "subjectField", "definition"))}
_ORDER = {each.name: number for number, each in enumerate(CATEGORIES, start=len(_PLACES))} | _PLACES


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `id`, one of `LISTS`, or a data category; `language` for what belongs to one."""

    field: str
    language: str | None = None

    def __str__(self) -> str:
        return f"{self.field}:{self.language}" if self.language else self.field

    @property
    def level(self) -> Level:
        """Where its values belong. A category of terms holds one value per term of its language, in their order."""
        if self.language is None:
            return Level.CONCEPT
        return Level.TERM if self.field in OF_TERMS else Level.LANGUAGE


def sort_key(languages: Iterable[str | None]) -> Mapping[str | None, int]:
    """Ranks of languages that come first in a table, in this order; all others follow by tag."""
    return {tag: number for number, tag in enumerate(dict.fromkeys(languages))}


def column_order(column: Column, ranks: Mapping[str | None, int]) -> tuple[int, str, int, str]:
    """A key that sorts columns: the concept's own, then language by language, terms before what is said of them."""
    place = -1 if column.language is None else ranks.get(column.language, len(ranks))
    return (place, column.language or "", _ORDER.get(column.field, len(_ORDER)), column.field)


_ALIASES = {
    "id": ID, "conceptid": ID, "concept": ID, "entryid": ID, "entry": ID, "key": ID, "termid": ID, "number": ID,
    "term": TERM, "preferred": TERM, "preferredterm": TERM, "word": TERM, "source": TERM, "headword": TERM,
    "synonym": SYNONYMS, "synonyms": SYNONYMS, "admitted": SYNONYMS, "alternative": SYNONYMS, "variants": SYNONYMS,
    "deprecated": DEPRECATED, "forbidden": DEPRECATED, "avoid": DEPRECATED, "notrecommended": DEPRECATED,
    "definition": "definition", "description": "definition", "meaning": "definition", "desc": "definition",
    "note": "note", "notes": "note", "comment": "note", "comments": "note", "remark": "note", "remarks": "note",
    "subject": "subjectField", "domain": "subjectField", "topic": "subjectField", "category": "subjectField",
    "pos": "partOfSpeech", "wordclass": "partOfSpeech", "status": "administrativeStatus", "gender": "grammaticalGender",
    "context": "context", "example": "context", "exampleofuse": "context", "type": "termType",
    "url": "externalCrossReference",
}  # fmt: skip
_NAMES = {each.name.casefold(): each.name for each in CATEGORIES}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*|x-[A-Za-z0-9-]+|und")
_SUFFIXED = re.compile(
    r"(?P<field>.+?)\s*(?:[:_ .]|\[|\()\s*(?P<tag>[A-Za-z]{2,3}(?:[-_@][A-Za-z0-9-]+)*|x-[\w-]+)[\])]?"
)
_PREFIXED = re.compile(r"(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\s*[:_ .]\s*(?P<field>.+)")


def _field(text: str) -> str | None:
    key = re.sub(r"[\W_]+", "", text.casefold())
    return _ALIASES.get(key) or _NAMES.get(key)


def is_tag(text: str) -> bool:
    """Whether a head is a language tag: well-formed (`_` for `-` is forgiven) with a registered language."""
    import langcodes

    return bool(_TAG.fullmatch(text)) and langcodes.tag_is_valid(text.replace("_", "-"))


def _exact(head: str) -> Column | None:
    """A head as this program writes it: `definition:sv`, `acmeColour`."""
    field, colon, tag = head.partition(":")
    known = field == ID or field in LISTS or field in CATEGORY
    return Column(field, tag or None) if known and (tag or not colon) and (colon or field not in LISTS) else None


def recognise(head: str) -> Column | None:
    """What a head means, or None. `id` is the concept's id, not Indonesian: say `term:id` for that.

    Understood are the heads this program writes, language tags alone (`sv`, `pt_BR`), names of data categories and
    their usual other names, and these with a language before or behind (`definition_sv`, `sv comment`, `Term [sv]`).
    """
    head = head.strip().lstrip("\ufeff")
    if found := _exact(head):
        return found
    if field := _field(head):
        return Column(field)
    if is_tag(head):
        return Column(TERM, head.replace("_", "-"))
    for pattern in (_SUFFIXED, _PREFIXED):
        match = pattern.fullmatch(head)
        if match and (field := _field(match["field"])) and is_tag(match["tag"]):
            return Column(field, match["tag"].replace("_", "-"))
    return None


def recognise_all(heads: Iterable[str], mapping: Mapping[str, str]) -> list[Column | None]:
    """Every head's meaning; the user's mapping (head → `term:sv`, `definition`, empty: ignore) before recognition."""
    found: list[Column | None] = []
    for head in heads:
        wanted = mapping.get(head, mapping.get(head.strip()))
        if wanted is None:
            found.append(recognise(head) if head.strip() else None)
        else:
            found.append(_exact(wanted) or recognise(wanted) if wanted else None)
    return found
