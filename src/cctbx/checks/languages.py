"""Checks of language tags."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

from cctbx.checks.base import CheckOptions, EntryCheck, EntryFacts, Remark

__all__ = ["CHECKS"]

_SPECIAL = {"mul": "several languages", "und": "undetermined", "zxx": "no linguistic content", "mis": "uncoded"}
_MACRO = {"no": "nb or nn", "sh": "sr, hr or bs", "zh-min": "nan or cdo"}
_WELL_FORMED = re.compile(
    r"(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8}|[xX])(?:-[A-Za-z0-9]{1,8})*|i-[A-Za-z]+"
)
_SCRIPTS = {
    "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr", "HAN": "Hani", "CJK": "Hani",
    "HANGUL": "Hang", "HIRAGANA": "Kana", "KATAKANA": "Kana", "DEVANAGARI": "Deva", "THAI": "Thai", "ARMENIAN": "Armn",
    "GEORGIAN": "Geor", "LATIN": "Latn",
}  # fmt: skip
_LATIN = (
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "nb", "nn", "no", "da", "fi", "et", "lv", "lt", "pl", "cs", "sk",
    "sl", "hr", "hu", "ro", "tr", "is", "ga", "cy", "eu", "ca", "gl", "mt", "vi", "id",
)  # fmt: skip
_WRITTEN_IN = {
    "ru": "Cyrl", "uk": "Cyrl", "be": "Cyrl", "bg": "Cyrl", "mk": "Cyrl", "el": "Grek", "ar": "Arab", "fa": "Arab",
    "ur": "Arab", "he": "Hebr", "yi": "Hebr", "hi": "Deva", "mr": "Deva", "ne": "Deva", "th": "Thai", "hy": "Armn",
    "ka": "Geor", "ko": "Hang", "zh": "Hani", "ja": "Kana",
    **dict.fromkeys(_LATIN, "Latn"),
}  # fmt: skip

Look = Callable[[str], tuple[str, str | None] | None]


@lru_cache(maxsize=4096)
def _standard(tag: str) -> tuple[bool, str]:
    """(whether its subtags are registered, its canonical form); a tag that cannot be parsed counts as neither."""
    import langcodes

    try:
        return langcodes.tag_is_valid(tag), langcodes.standardize_tag(tag)
    except (ValueError, LookupError):
        return False, tag


@lru_cache(maxsize=4096)
def _malformed(tag: str) -> tuple[str, str | None] | None:
    """language tag not well-formed by BCP 47"""
    if _WELL_FORMED.fullmatch(tag):
        return None
    near = tag.replace("_", "-").partition("@")[0]
    advice = f"did you mean {near}?" if near != tag and _WELL_FORMED.fullmatch(near) else "write a tag such as en-GB"
    return f"{tag!r} is no language tag", advice


@lru_cache(maxsize=4096)
def _unregistered(tag: str) -> tuple[str, str | None] | None:
    """language subtag not registered, or deprecated"""
    if not _WELL_FORMED.fullmatch(tag):
        return None
    valid, canonical = _standard(tag)
    if canonical.lower() != tag.lower():
        return f"{tag} is deprecated or not registered", f"write {canonical}"
    return None if valid else (f"{tag} holds a subtag that is not registered", "look it up in the IANA registry")


@lru_cache(maxsize=4096)
def _unusual_case(tag: str) -> tuple[str, str | None] | None:
    """language tag not in canonical case"""
    if not _WELL_FORMED.fullmatch(tag):
        return None
    canonical = _standard(tag)[1]
    usual = canonical == tag or canonical.lower() != tag.lower()
    return None if usual else (f"{tag} is usually written {canonical}", None)


@lru_cache(maxsize=4096)
def _special(tag: str) -> tuple[str, str | None] | None:
    """special or private language code"""
    first = tag.lower().partition("-")[0]
    if first == "x":
        return f"{tag} is private: others cannot know what it means", None
    return (f"{tag} means: {_SPECIAL[first]}", None) if first in _SPECIAL else None


@lru_cache(maxsize=4096)
def _macro(tag: str) -> tuple[str, str | None] | None:
    """macro-language where a language is meant"""
    found = _MACRO.get(tag.lower().partition("-")[0])
    return (f"{tag} is a macro-language", f"say which language is meant: {found}") if found else None


def _tags(look: Look) -> Callable[[EntryFacts, CheckOptions], Iterator[Remark]]:
    def check(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
        for each in facts.concept.languages:
            found = look(each.language)
            if found is not None:
                yield Remark(message=found[0], advice=found[1], section=each)

    check.__doc__ = look.__doc__
    return check


malformed, unregistered, unusual_case = _tags(_malformed), _tags(_unregistered), _tags(_unusual_case)
special, macro = _tags(_special), _tags(_macro)


def repeated(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """two language sections of one language in an entry"""
    if len(facts.concept.languages) < 2:
        return
    seen: set[str] = set()
    for each in facts.concept.languages:
        folded = each.language.lower()
        if folded in seen:
            yield Remark(message=f"the entry has more than one section of {each.language}", section=each,
                         advice="put their terms into one section")  # fmt: skip
        seen.add(folded)


def regional(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """sections of a language with and without its region in an entry"""
    tags = {each.language for each in facts.concept.languages}
    if len(tags) < 2 or not any("-" in tag for tag in tags):
        return
    for each in facts.concept.languages:
        bare = each.language.partition("-")[0]
        if bare != each.language and bare in tags:
            yield Remark(message=f"the entry has sections of {bare} and of {each.language}", section=each,
                         advice="say for both which region they are for, or put them together")  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _script(text: str) -> str | None:
    """The script most letters of a text are in (four letters), or None: no letters, or a script not in the table."""
    found: Counter[str] = Counter()
    for character in text:
        if character.isalpha():
            found[_SCRIPTS.get(unicodedata.name(character, "").partition(" ")[0], "")] += 1
    return found.most_common(1)[0][0] or None if found else None


def _expected(tag: str) -> str | None:
    parts = tag.split("-")
    stated = next((part.title() for part in parts[1:] if len(part) == 4 and part.isalpha()), None)
    return stated or _WRITTEN_IN.get(parts[0].lower())


_ALIKE = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Kana", "Kore": "Hang"}


def other_script(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """terms of a section in another script than its language tag says"""
    for each in facts.sections:
        wanted = _expected(each.section.language)
        if wanted is None:
            continue
        wanted = _ALIKE.get(wanted, wanted)
        if wanted == "Latn" and all(term.text.isascii() for term in each.terms):
            continue
        texts = "".join(term.text for term in each.terms if term.term.term_type not in ("acronym", "abbreviation"))
        found = _script(texts)
        if found is None or found == wanted or (found == "Latn" and wanted != "Latn"):
            continue  # names, formulas and loans in Latin letters occur everywhere
        if {found, wanted} <= {"Hani", "Kana", "Hang"}:
            continue
        yield Remark(message=f"the terms of {each.section.language} are in the script {found}", section=each.section,
                     advice="correct the tag or the terms")  # fmt: skip


CHECKS = (
    EntryCheck(code="CHK101", look=malformed),
    EntryCheck(code="CHK102", look=unregistered),
    EntryCheck(code="CHK103", look=unusual_case),
    EntryCheck(code="CHK104", look=repeated),
    EntryCheck(code="CHK105", look=regional),
    EntryCheck(code="CHK106", look=other_script),
    EntryCheck(code="CHK107", look=special),
    EntryCheck(code="CHK108", look=macro),
)
