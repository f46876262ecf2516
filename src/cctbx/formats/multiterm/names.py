"""Labels of MultiTerm fields, names of its languages, and their counterparts in the model."""

from __future__ import annotations

import re
from functools import lru_cache

from cctbx.model import CATEGORIES, CATEGORY, DataCategory, Metatype

__all__ = [
    "CONCEPT_ID", "GENERATOR", "canonical_tag", "category_of", "label_of", "language_name", "spelt",
    "statement_of",
]  # fmt: skip

CONCEPT_ID = "Concept ID"
"""The field that keeps an id which is not MultiTerm's entry number."""

GENERATOR = "cctbx, language tags in capitals"
"""A comment in what we write: the reader then gives the tags their usual case back."""

_OTHER_NAMES = {
    "subject": "subjectField", "domain": "subjectField", "status": "administrativeStatus", "termstatus":
    "administrativeStatus", "pos": "partOfSpeech", "wordclass": "partOfSpeech", "gender": "grammaticalGender", "number":
    "grammaticalNumber", "comment": "note", "comments": "note", "remark": "note", "example": "context", "customer":
    "customerSubset", "client": "customerSubset", "project": "projectSubset", "type": "termType", "usage": "usageNote",
}  # fmt: skip
_SQUEEZED = {re.sub(r"\W", "", each.name).casefold(): each.name for each in CATEGORIES}

_VALUES = {
    "administrativeStatus": {
        "preferred": "preferredTerm-admn-sts", "approved": "preferredTerm-admn-sts",
        "admitted": "admittedTerm-admn-sts", "deprecated": "deprecatedTerm-admn-sts",
        "forbidden": "deprecatedTerm-admn-sts",
        "superseded": "supersededTerm-admn-sts", "obsolete": "supersededTerm-admn-sts",
    },
    "termType": {
        "full form": "fullForm", "short form": "shortForm", "acronym": "acronym", "abbreviation": "abbreviation",
        "variant": "variant", "phrase": "phrase",
    },
    "partOfSpeech": {name: name for name in ("noun", "verb", "adjective", "adverb", "other")},
    "grammaticalGender": {name: name for name in ("masculine", "feminine", "neuter", "other")},
}  # fmt: skip


@lru_cache(maxsize=4096)
def label_of(category: str) -> str:
    """The label of a category's field: `Part Of Speech` for `partOfSpeech`; a private name as it is."""
    if category not in CATEGORY:
        return category
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", category)
    return words[0].upper() + words[1:]


@lru_cache(maxsize=4096)
def category_of(label: str) -> str:
    """The category a field's label means: by its name, then by its usual other names; else the label itself."""
    key = re.sub(r"[\W_]", "", label).casefold()
    return _SQUEEZED.get(key) or _OTHER_NAMES.get(key) or label.strip()


def spelt(category: str, value: str) -> str:
    """A picklist value as the standard spells it, any other as it is."""
    values = _VALUES.get(category)
    return values.get(value.strip().casefold(), value) if values else value


def statement_of(label: str, value: str, line: int | None, group: tuple[DataCategory, ...] = ()) -> DataCategory:
    """The statement a field makes; values of picklists in the standard's spelling where they are known."""
    name = category_of(label)
    known = CATEGORY.get(name)
    metatype = known.metatype if known else Metatype.DESCRIPTIVE
    return DataCategory(category=name, metatype=metatype, value=spelt(name, value), group=group, line=line)


@lru_cache(maxsize=512)
def language_name(tag: str) -> str:
    """The English name of a language, as indexes are called: `Swedish`, `Portuguese (Brazil)`; else its tag."""
    from translate.lang.data import get_language

    found = get_language(tag.replace("-", "_")) or get_language(tag.split("-")[0])  # type: ignore[no-untyped-call]
    if not found:
        return tag
    name = str(found[0])
    region = tag.partition("-")[2]
    return name if not region or get_language(tag.replace("-", "_")) else f"{name} ({region})"  # type: ignore[no-untyped-call]


@lru_cache(maxsize=512)
def canonical_tag(tag: str) -> str:
    """A tag in the case BCP 47 recommends: `pt-BR`, `zh-Hant`, `x-house`."""
    first, *others = tag.split("-")
    done = [first.lower()]
    for part in others:
        if "x" in done or done[-1:] == ["x"]:
            done.append(part.lower())
        elif len(part) == 4 and part.isalpha():
            done.append(part.title())
        else:
            done.append(part.upper() if len(part) == 2 else part.lower())
    return "-".join(done)
