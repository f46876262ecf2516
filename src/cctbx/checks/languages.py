"""Checks of language tags."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from cctbx.checks.base import CheckOptions, EntryCheck, EntryFacts, Remark, Suspicion, TagCheck, Texts

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

Said = Iterator[tuple[int, str, str | None]]
"""Which tag, the message, the advice."""


_USUAL = re.compile(
    "(?:ar|bg|bs|ca|cs|cy|da|de|el|en|es|et|eu|fa|fi|fr|ga|gl|he|hi|hr|hu|hy|id|is|it|ja|ka|ko|lb|lt|lv|mk|ms|mt|nb|nl|"
    "nn|pl|pt|ro|ru|sk|sl|sq|sr|sv|th|tr|uk|ur|vi|zh)(?:-(?:AR|AT|AU|BE|BG|BR|CA|CH|CL|CN|CO|CY|CZ|DE|DK|EE|ES|FI|FR|"
    "GB|GR|HK|HR|HU|IE|IL|IN|IS|IT|JP|KR|LI|LT|LU|LV|MT|MX|NL|NO|NZ|PL|PT|RO|RS|RU|SE|SG|SI|SK|TR|TW|UA|US|ZA))?"
)
"""Registered tags in canonical form, for which the registry need not be loaded."""


@lru_cache(maxsize=4096)
def _standard(tag: str) -> tuple[bool, str]:
    """(whether its subtags are registered, its canonical form); a tag that cannot be parsed counts as neither."""
    if _USUAL.fullmatch(tag):
        return True, tag
    import langcodes

    try:
        return langcodes.tag_is_valid(tag), langcodes.standardize_tag(tag)
    except (ValueError, LookupError):
        return False, tag


def malformed(tags: tuple[str, ...]) -> Said:
    """language tag not well-formed by BCP 47"""
    for at, tag in enumerate(tags):
        if not _WELL_FORMED.fullmatch(tag):
            near = tag.replace("_", "-").partition("@")[0]
            known = near != tag and _WELL_FORMED.fullmatch(near)
            yield at, f"{tag!r} is no language tag", f"did you mean {near}?" if known else "write a tag such as en-GB"


def unregistered(tags: tuple[str, ...]) -> Said:
    """language subtag not registered, or deprecated"""
    for at, tag in enumerate(tags):
        if not _WELL_FORMED.fullmatch(tag):
            continue
        valid, canonical = _standard(tag)
        if canonical.lower() != tag.lower():
            yield at, f"{tag} is deprecated or not registered", f"write {canonical}"
        elif not valid:
            yield at, f"{tag} holds a subtag that is not registered", "look it up in the IANA registry"


def unusual_case(tags: tuple[str, ...]) -> Said:
    """language tag not in canonical case"""
    for at, tag in enumerate(tags):
        canonical = _standard(tag)[1] if _WELL_FORMED.fullmatch(tag) else tag
        if canonical != tag and canonical.lower() == tag.lower():
            yield at, f"{tag} is usually written {canonical}", None


def special(tags: tuple[str, ...]) -> Said:
    """special or private language code"""
    for at, tag in enumerate(tags):
        first = tag.lower().partition("-")[0]
        if first == "x":
            yield at, f"{tag} is private: others cannot know what it means", None
        elif first in _SPECIAL:
            yield at, f"{tag} means: {_SPECIAL[first]}", None


def macro(tags: tuple[str, ...]) -> Said:
    """macro-language where a language is meant"""
    for at, tag in enumerate(tags):
        found = _MACRO.get(tag.lower().partition("-")[0])
        if found:
            yield at, f"{tag} is a macro-language", f"say which language is meant: {found}"


def repeated(tags: tuple[str, ...]) -> Said:
    """two language sections of one language in an entry"""
    seen: set[str] = set()
    for at, tag in enumerate(tags):
        if tag.lower() in seen:
            yield at, f"the entry has more than one section of {tag}", "put their terms into one section"
        seen.add(tag.lower())


def regional(tags: tuple[str, ...]) -> Said:
    """sections of a language with and without its region in an entry"""
    for at, tag in enumerate(tags):
        bare = tag.partition("-")[0]
        if bare != tag and bare in tags:
            yield at, f"the entry has sections of {bare} and of {tag}", "say for both which region they are for"


@lru_cache(maxsize=1024)
def _script(text: str) -> str | None:
    """The script most letters of a text are in (four letters), or None: no letters, or a script not in the table."""
    found: Counter[str] = Counter()
    for character in text:
        if character.isalpha():
            found[_SCRIPTS.get(unicodedata.name(character, "").partition(" ")[0], "")] += 1
    return found.most_common(1)[0][0] or None if found else None


@lru_cache(maxsize=1024)
def _expected(tag: str) -> str | None:
    parts = tag.split("-")
    stated = next((part.title() for part in parts[1:] if len(part) == 4 and part.isalpha()), None)
    return stated or _WRITTEN_IN.get(parts[0].lower())


_NOT_LATIN = re.compile("[\u0370-\u1cff\u1f00-\u1fff\u2c80-\ua71f\ua800-\uab2f\uab70-\ufaff\ufb10-\ufeff]").search
_ALIKE = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Kana", "Kore": "Hang"}


def other_script(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """terms of a section in another script than its language tag says"""
    for each in facts.sections:
        wanted = _expected(each.section.language)
        if wanted is None:
            continue
        wanted = _ALIKE.get(wanted, wanted)
        texts = "".join([term.text for term in each.terms])
        if wanted == "Latn" and (texts.isascii() or not _NOT_LATIN(texts)):
            continue
        texts = "".join(term.text for term in each.terms if term.term.term_type not in ("acronym", "abbreviation"))
        found = _script(texts)
        if found is None or found == wanted or (found == "Latn" and wanted != "Latn"):
            continue  # names, formulas and loans in Latin letters occur everywhere
        if {found, wanted} <= {"Hani", "Kana", "Hang"}:
            continue
        yield Remark(message=f"the terms of {each.section.language} are in the script {found}", section=each.section,
                     advice="correct the tag or the terms")  # fmt: skip


def _in_other_letters(facts: EntryFacts) -> Suspicion | None:
    """Whether there may be letters that do not belong to a section: always where those are not Latin."""
    wanted = {_expected(section.section.language) for section in facts.sections if section.terms} - {None}
    if not wanted:
        return None
    if wanted != {"Latn"}:
        return lambda terms, lowered, definitions, contexts: True
    return lambda terms, lowered, definitions, contexts: _NOT_LATIN("".join(terms)) is not None


def _holds_others(terms: str, lowered: Texts, definitions: str) -> bool:
    """Whether terms hold letters that are not Latin: if not, no section has terms in a wrong script."""
    return not terms.isascii() and _NOT_LATIN(terms) is not None


CHECKS = (
    TagCheck(code="CHK101", look=malformed),
    TagCheck(code="CHK102", look=unregistered),
    TagCheck(code="CHK103", look=unusual_case),
    TagCheck(code="CHK104", look=repeated),
    TagCheck(code="CHK105", look=regional),
    EntryCheck(code="CHK106", look=other_script, suspect=_in_other_letters, gate=_holds_others),
    TagCheck(code="CHK107", look=special),
    TagCheck(code="CHK108", look=macro),
)
