"""The patterns by which a definition names designations, made for each language from its row of the table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cctbx.sources.languages import LANGUAGES, Language, alternatives, language_row, quick_look

__all__ = ["QUOTES", "Patterns", "patterns_of"]

QUOTES = "\"'“”„«»‘’ "
_OPEN, _CLOSE = "[\"'“”„«»‘’]?", "[\"'“”„«»‘’]?"
_TERM = rf"{_OPEN}(?P<term>[^.,;:()«»“”„\"–—\n]{{2,60}}?){_CLOSE}"
_END = r"(?=\s*(?:[.,;:()«»\"“”]|\s[-–—]\s|$)|\n)"
_AND = "(?:og|och|en|und|and|i|a|et|ja)"


@dataclass(frozen=True, slots=True)
class Patterns:
    """One pattern per way of naming. `term` (or `until`) is the group that holds the name.

    opening        the definition opens with a name and goes on with a verb; `bracket` may stand between
    apposition     … or with an article behind a comma
    also, too      another name, said strongly or weakly
    short_for      the expansion of an acronym; `shortened` the acronym of a term
    english, english_after, native_after   a name with its language before or behind it
    means          a rendering at the beginning of a sentence
    or_            another name right behind an expansion
    article        an article at the beginning of a name
    sentence       a sentence that is nothing but an article and a name
    hint           any word that one of these needs, see `quick_look`: most definitions have none
    """

    opening: re.Pattern[str]
    apposition: re.Pattern[str]
    also: re.Pattern[str]
    too: re.Pattern[str]
    short_for: re.Pattern[str]
    shortened: re.Pattern[str]
    english: re.Pattern[str]
    english_after: re.Pattern[str]
    native_after: re.Pattern[str]
    means: re.Pattern[str]
    or_: re.Pattern[str]
    article: re.Pattern[str]
    sentence: re.Pattern[str]
    hint: re.Pattern[str]


@cache
def patterns_of(tag: str) -> Patterns:
    """The patterns of a language tag."""
    row = language_row(tag)
    texts = _naming(row) | _languages(row) | _openings(row)
    made = {name: re.compile(text, re.IGNORECASE) for name, text in texts.items()}
    naming = row.also, row.too, row.short_for, row.shortened, row.english, row.native, row.means, "syno~"
    return Patterns(**made, hint=quick_look(*naming))


def _articles(row: Language) -> str:
    return alternatives(row.articles)


def _openings(row: Language) -> dict[str, str]:
    articles, verbs = _articles(row), alternatives(row.verbs)
    return {
        "opening": rf"(?:{articles}\s+)?{_OPEN}(?P<term>[^.,;:()–—]{{2,70}}?){_CLOSE}(?P<bracket>\s*\([^()]*\))?"
        rf"(?:,[^.]{{0,60}},)?\s+(?:[-–—]\s+)?{verbs}(?!\w)",
        "apposition": rf"(?:{articles}\s+)?(?P<term>[^.,;:()–—]{{3,60}}?),\s+(?:{articles}|{alternatives(row.also)})\s",
        "article": rf"{articles}\s+",
        "sentence": rf"{articles}\s+(?P<term>[^.,;:()]{{4,40}})\.\s",
    }


def _naming(row: Language) -> dict[str, str]:
    articles, verbs, english = _articles(row), alternatives(row.verbs), alternatives(row.english)
    called, too = alternatives(row.called), alternatives(row.too)
    formerly = " | ".join(part for part in row.formerly.split(" | ") if " " in part.strip())
    also = alternatives(row.also, formerly)
    short_for = alternatives(row.short_for, LANGUAGES["en"].short_for)
    shortened = alternatives(row.shortened, LANGUAGES["en"].shortened)
    stop = rf"(?=\s*(?:[.,;:()«»\"“”]|\s[-–—]\s|\s(?:{verbs}|{alternatives(row.or_)})\s|$|\s{_AND}\s))"
    until = r"(?P<until>[^.,;:()]{2,60}?)"
    return {
        "also": rf"(?<!\w){also}\s+(?:{called}\s+)?:?\s*(?:{articles}\s+)?{_TERM}(?:\s+{called})?{_END}"
        rf"|(?<!\w){also}\s+(?:{articles}\s+)?{until}\s+(?:{verbs}|{called})(?!\w)",
        "too": rf"(?:,|\()\s*{too}\s+(?:{articles}\s+)?{_TERM}(?:\s+{called})?\s*(?=[,)]|$)"
        rf"|(?<!\w){too}\s+(?:{articles}\s+)?{until}\s+{called}(?!\w)",
        "short_for": rf"(?<!\w){short_for}\s*:?\s*(?:{english}\s+)?{_TERM}{stop}",
        "shortened": rf"(?<!\w){shortened}\s*:?\s*{_TERM}{_END}",
        "or_": rf",?\s+{alternatives(row.or_)}\s+(?:{articles}\s+)?{_TERM}{_END}",
    }


def _languages(row: Language) -> dict[str, str]:
    articles, english = _articles(row), alternatives(row.english)
    phrases = " | ".join(part for part in row.english.split(" | ") if " " in part.strip() or part.endswith("niksi"))
    before = r"(?:^|[.,;(«„“\"]\s*)"
    return {
        "english": rf"(?<!\w){english}(?!\w)\s*:?\s*(?:{articles}\s+)?{_TERM}{_END}",
        "english_after": rf"{before}{_TERM}\s+{alternatives(phrases)}{_END}",
        "native_after": rf"{before}{_TERM}\s+{alternatives(row.native)}{_END}",
        "means": rf"(?:^|(?<=\.\s)){alternatives(row.means)}\s+(?:{articles}\s+)?{_TERM}{_END}",
    }
