"""Cross-references: definitions that only refer, and references inside definitions."""

from __future__ import annotations

import re
from functools import cache

from cctbx.sources.languages import LANGUAGES, alternatives, language_row, quick_look

__all__ = ["equated", "only_refers", "references_in", "refers"]

_LIMIT = 6


@cache
def _only(tag: str) -> re.Pattern[str]:
    row = language_row(tag)
    words = alternatives(row.see, LANGUAGES["en"].see)
    return re.compile(rf"[\W_]*(?:{words})(?!\w)\s*:?\s*(?P<term>[^.;]{{2,80}})[.;]*\s*$", re.IGNORECASE)


@cache
def _inside(tag: str) -> re.Pattern[str]:
    row = language_row(tag)
    words = alternatives(row.see, LANGUAGES["en"].see)
    return re.compile(
        rf"[.;»!?)(–—-](?:(?<=[.;»!?)])\s+(?:[-–—]\s+)?|(?<=[-–—(])\s*)(?:{words})(?!\w)"
        r"\s*:?\s+(?P<term>[^.;()]{2,80})(?=[.;)]|$)",
        re.I,
    )


@cache
def _may_refer(tag: str) -> re.Pattern[str]:
    return quick_look(language_row(tag).refers)


@cache
def _refers(tag: str) -> re.Pattern[str]:
    row = language_row(tag)
    articles = alternatives(row.articles) if row.articles else "(?!)"
    return re.compile(
        rf"(?:{alternatives(row.refers)})\s+(?:{articles}\s+)?[\"'“”„«‘]?(?P<term>[^.,;:()]{{2,60}}?)[\"'”“»’]?"
        rf"(?=\s*[.,;:()]|\s(?:{alternatives(row.verbs)}|and|og|och|en|und|et|i|a|ja|som|die|der)\s|$)",
        re.I,
    )


def _names(text: str) -> tuple[str, ...]:
    parts = re.split(r"\s*(?:[,/◦•]|\s(?:og|och|and|en|und|et|i|oraz|a|ja)\s)\s*", text)
    return tuple(part.strip(" \"'“”„«»‘’◦•→.") for part in parts if len(part.strip(" ◦•→.")) > 1)


def refers(text: str, language: str) -> bool:
    """Whether a line is nothing but a reference: `See Deposit`, `Ks. Panttaus`. Headwords may open so too."""
    match = _only(language).match(text)
    return match is not None and match.group("term")[0].isupper() and " " in text[: match.start("term")]


def only_refers(definition: str, language: str) -> tuple[str, ...]:
    """The terms a definition refers to if it does nothing else (`See after-call work.`), else ()."""
    match = _only(language).match(definition) if len(definition) <= 120 else None
    return _names(match.group("term")) if match and len(match.group("term").split()) <= 2 * _LIMIT else ()


def references_in(definition: str, language: str) -> tuple[str, ...]:
    """The terms referred to inside a definition, at the beginning of a sentence, after a dash or in brackets."""
    found = [name for match in _inside(language).finditer(definition) for name in _names(match.group("term"))]
    return tuple(name for name in found if len(name.split()) <= _LIMIT)


def equated(definition: str, language: str) -> str | None:
    """The term of which a definition says that its own headword usually means the same."""
    opening = definition[:160]
    match = _refers(language).search(opening) if _may_refer(language).search(f" {opening.lower()}") else None
    return match.group("term").strip() if match and len(match.group("term").split()) <= _LIMIT else None
