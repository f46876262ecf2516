"""The table of languages: a language is a file of words, and nothing in the code knows any of them.

`words/languages/<tag>.txt` holds `column: words` (`Language` tells what the columns are). Alternatives are separated by
` | `; `~` ends a stem (any ending may follow) or opens one (any beginning may). Words are matched in lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

__all__ = ["LANGUAGES", "Language", "alternatives", "language_row", "quick_look", "words_pattern"]


@dataclass(frozen=True, kw_only=True)
class Language:
    """What recognition and designations need to know of one language.

    function     frequent function words, evidence for the language and against a headword
    letters      letters that few neighbours have; `alphabet` all it is written with beyond a to z, loan words too
    clause       words that make a line a clause: finite verbs, personal pronouns
    we           how authors speak of themselves: glossaries hardly do, offers do all the time
    glossary     what a glossary calls itself or its entries, in titles and introductions
    labels       fields inside an entry; `terms`, `texts`, `others` also head the columns of tables
    chrome       navigation, sharing, cookies, contact, copyright: text of the page, not of the glossary
    chapters     headings that only articles have
    asks         opens a question for a meaning: "what is X?"
    see          opens a cross-reference
    refers       a definition that says nothing but "usually refers to" another term
    articles     articles that may open a definition before the term
    verbs        verbs by which a definition goes on after the term it opens with
    also, or_    connect another designation of the same concept; `called` may follow it ("ook wel X genoemd")
    too          says "also" of anything: counts only between commas or with `called` behind
    adjectives   endings of adjectives; `narrowing` words that open a qualifier: what stands in brackets narrows a term
    means        opens a rendering of a foreign headword: "means X", "stands for X"
    short_for    stands between an acronym and its expansion; `shortened` between a term and its acronym
    english      names English as the language of the term that follows (or precedes: "X in English")
    native       says that the term beside it is of this language: "X på norsk"
    formerly     opens a superseded designation
    etymology    opens what dictionaries print between headword and gloss
    """

    tag: str
    name: str
    function: str
    letters: str = ""
    alphabet: str = ""
    clause: str
    we: str
    glossary: str
    terms: str
    texts: str
    others: str
    chrome: str
    asks: str
    chapters: str
    refers: str
    see: str
    articles: str = ""
    verbs: str
    also: str
    too: str = ""
    called: str = ""
    adjectives: str = ""
    narrowing: str = ""
    or_: str
    means: str
    short_for: str
    shortened: str
    english: str
    native: str = ""
    formerly: str = ""
    etymology: str = ""

    @cached_property
    def function_words(self) -> frozenset[str]:
        return frozenset(self.function.split())

    @cached_property
    def clause_words(self) -> frozenset[str]:
        return frozenset(self.clause.split())


def _written(texts: tuple[str, ...]) -> list[str]:
    """Every alternative as a regular expression, the longest first."""
    parts = {part.strip() for text in texts for part in text.split(" | ") if part.strip()}
    return [
        (r"\w*" if part[0] == "~" else "")
        + re.escape(part.strip("~")).replace(r"\ ", r"\s+")
        + (r"\w*" if part.endswith("~") else "")
        for part in sorted(parts, key=lambda part: (-len(part), part))
    ]


@cache
def alternatives(*texts: str) -> str:
    """One regular-expression alternation of all alternatives, the longest first; `` matches never."""
    made = _written(texts)
    return "(?:" + "|".join(made) + ")" if made else "(?!)"


def quick_look(*texts: str) -> re.Pattern[str]:
    """A pattern that finds alternatives at the beginning of words, in text in lower case behind a space.

    Far faster than one with a look-behind: a search begins at a character of a set and goes on by the first letter.
    """
    rest: dict[str, list[str]] = {}
    for alternative in _written(texts):
        first = re.match(r"\\?.", alternative.lower())
        if first:
            rest.setdefault(first.group(), []).append(alternative.lower()[first.end() :])
    tree = "|".join(f"{first}(?:{'|'.join(ends)})" for first, ends in rest.items())
    return re.compile(rf"[^a-z0-9_ß-öø-ÿā-ž](?:{tree})" if rest else "(?!)")


@cache
def words_pattern(column: str, tag: str | None = None) -> re.Pattern[str]:
    """Whole-word pattern of one column of the table, of one language or of all."""
    rows = LANGUAGES.values() if tag is None else [language_row(tag)]
    return re.compile(rf"(?<!\w){alternatives(*(getattr(row, column) for row in rows))}(?!\w)", re.IGNORECASE)


_FOLDER = Path(__file__).parent / "words" / "languages"
_ORDER = ("nb", "nn", "sv", "da", "nl", "de", "en", "fr", "pl", "cs", "fi")
"""Close neighbours first: of two languages for which as much speaks, the earlier is taken."""


def _row(tag: str) -> Language:
    """A row from its file: `column: words`, going on in the indented lines that follow."""
    columns: dict[str, str] = {}
    column = ""
    for line in (_FOLDER / f"{tag}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            columns[column] += " " + line.strip()
        elif line and not line.startswith("#"):
            column, _, words = line.partition(":")
            columns[column] = words.strip()
    return Language(tag=tag, **columns)


LANGUAGES: dict[str, Language] = {tag: _row(tag) for tag in _ORDER}


def language_row(tag: str | None) -> Language:
    """The row of a language tag; regional tags and `no` find their language, unknown ones the English row."""
    primary = (tag or "en").split("-")[0].lower()
    return LANGUAGES.get({"no": "nb"}.get(primary, primary), LANGUAGES["en"])
