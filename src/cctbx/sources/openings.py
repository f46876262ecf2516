"""What the opening of a definition names: the expansion of an acronym, the native term of an English headword."""

from __future__ import annotations

import re

from cctbx.sources.acronyms import expands, is_acronym, letters_of
from cctbx.sources.collected import Found, Heads
from cctbx.sources.english import is_english, may_be_english
from cctbx.sources.headwords import Name, bracket_names
from cctbx.sources.languages import language_row
from cctbx.sources.patterns import QUOTES, patterns_of
from cctbx.sources.statements import add_listed, is_short_name, names_thing

__all__ = ["read_expansion", "read_opening", "read_whole_sentence"]

_LETTERS = re.compile(r"[\W_]+")
_FIRST_BRACKET = re.compile(r"\(([^()]{3,90})\)")
_CORE = re.compile(r"(\S+)\s+(?:van|af|av|von|of|du|de)\s+(?:een|et|ett|en|einer|eines|a|un|une|het|de)\s")
_INITIALS_AND_WORD = re.compile(r"([^\W\d_a-z]{2,4})([^\W\d_]{4,})$")
_LISTED = 4
_BEFORE_BRACKET = 100


def read_expansion(found: Found, text: str, heads: Heads) -> tuple[str, str] | None:
    """An acronym whose expansion opens its definition, in brackets or not; returns a pair that does not fit."""
    bracket = _FIRST_BRACKET.match(text)
    if bracket:
        return _bracketed(found, (heads[1] or heads[0] or [""])[0], bracket.group(1))
    if not heads[1]:
        _abbreviation(found, heads[0], text)
        return None
    if heads[0] or patterns_of(found.language).short_for.match(text):
        return None
    acronym = heads[1][0]
    opening = re.split(r"[.,;:()–—«»“”]|\s-\s", text.lstrip(QUOTES), maxsplit=1)[0]
    words = opening.split()
    if words and words[0].lower() in language_row(found.language).articles.split() and not expands(acronym, opening):
        words = words[1:]
    phrase = _shortest(acronym, words, found.language)
    if phrase:
        found.add(Name(phrase, "fullForm"))
        _after_expansion(found, text, phrase)
        return None
    if (
        is_acronym(acronym)
        and 2 <= len(words) <= 6
        and len(text) > len(opening)
        and is_english(opening, found.language)
    ):
        first = letters_of(acronym)
        if found.language != "en" and words[0][0].lower() == first[0]:
            return acronym, opening
    return None


def _shortest(acronym: str, words: list[str], language: str) -> str | None:
    """The shortest opening that gives the letters, with one word more if that is all the opening has and it belongs."""
    row = language_row(language)
    small = [word.lower() in row.function_words for word in words]

    def rank(size: int) -> tuple[bool, bool, int]:
        initials = "".join(word[0].lower() for word, little in zip(words[:size], small, strict=False) if not little)
        same = size == len(letters_of(acronym)) and not any(small[:size])
        return initials != letters_of(acronym), not same, size

    for size in sorted(range(1, min(len(words), 8) + 1), key=rank):
        if 2 * sum(small[:size]) >= size or (size == 1 and len(letters_of(acronym)) < 3):
            continue  # a phrase that gives the letters by chance
        phrase = " ".join(words[:size])
        if words[size - 1].lower() in row.function_words or not expands(acronym, phrase):
            continue
        if any(word.lower() in row.clause_words for word in words[:size]):
            return None
        longer = " ".join(words[: size + 1])
        whole = len(words) == size + 1 and expands(acronym, longer) and words[size].lower() not in row.clause_words
        return longer if whole and (words[size][0].isupper() or may_be_english(longer)) else phrase
    return None


def _abbreviation(found: Found, terms: list[str], text: str) -> None:
    """Initials and a word: `KSIndeks` for a name that opens the definition and ends in the same word."""
    match = _INITIALS_AND_WORD.match(terms[0]) if terms else None
    if match is None:
        return
    capitals, ending = match.group(1), match.group(2).lower()
    words = re.split(r"[.,;:()]", text, maxsplit=1)[0].split()[:6]
    for size, word in enumerate(words, start=1):
        if word.lower().endswith(capitals[-1].lower() + ending) or (word.lower().endswith(ending) and size > 1):
            if any(each[0].lower() == capitals[0].lower() for each in words[:size]):
                key = terms[0].lower().replace("-", " ")
                found.names[key] = (Name(terms[0], "abbreviation"), found.names[key][1])
                found.add(Name(" ".join(words[:size]), "fullForm"))
            return


def _bracketed(found: Found, acronym: str, content: str) -> tuple[str, str] | None:
    names = bracket_names(content, acronym, found.language)
    if expands(acronym, content) or (acronym and content.lower().startswith(acronym.lower()[:4])):
        short = "acronym" if len(acronym) <= 6 and "-" not in acronym else "shortForm"
        key = acronym.lower().replace("-", " ")
        if key in found.names:
            found.names[key] = (Name(acronym, short), found.names[key][1])
        found.add(Name(content.strip(), "fullForm"))
        return None
    for name in names:
        found.add(name)
    return None if names or not is_acronym(acronym) else (acronym, content)


def _after_expansion(found: Found, text: str, phrase: str) -> None:
    """`Expansion, or native term`: another full form right behind the expansion."""
    start = text.find(phrase) + len(phrase)
    match = patterns_of(found.language).or_.match(text, start)
    if match and len(match.group("term").split()) <= _LISTED:
        add_listed(found, match.group("term"))
        return
    slash = re.match(r"\s*/\s*([^.,;:()–—]{3,60})", text[start:])
    if slash and any(expands(acronym, slash.group(1).strip()) for acronym in found.acronyms):
        found.add(Name(slash.group(1).strip(), "fullForm"))


def read_opening(found: Found, text: str, heads: Heads) -> None:
    """The definition opens with a name: the headword again with an acronym, or the native term of a foreign one."""
    foreign = found.language.split("-")[0] != "en" and all(is_english(head, found.language) for head in heads[0])
    if not foreign and "(" not in text[:_BEFORE_BRACKET]:
        return
    match = patterns_of(found.language).opening.match(text)
    apposition = match is None or len(match.group("term").split()) > 7
    if apposition:
        match = patterns_of(found.language).apposition.match(text)
    if match is None:
        return
    term = match.group("term").strip(QUOTES)
    bracket = None if apposition else match.group("bracket")
    echo = any(_same(term, head) for head in (*heads[0], *heads[1]))
    if bracket:
        _opening_bracket(found, bracket.strip(" ()"), term, echo=echo)
    if not foreign or not names_thing(found, term, apposition=apposition) or (
        apposition and heads[0] and not match.group().endswith("również ")
    ):
        return
    if echo and is_english(term, found.language):
        return
    if foreign and not any(term.lower() in h.lower() for h in heads[0]):
        expanded = [
            name
            for name, _ in found.names.values()
            if name.kind == "fullForm" and name.english is None and not heads[0]
        ]
        if not expanded:
            found.add(Name(_core(term, found.language), None, None))


def _core(term: str, tag: str) -> str:
    """A noun phrase without what follows its preposition: `ticketvolume van een bedrijf` → `ticketvolume`."""
    match = _CORE.match(term + " ")
    return match.group(1) if match else term


def _opening_bracket(found: Found, content: str, term: str, *, echo: bool) -> None:
    if echo:
        for name in bracket_names(content, term, found.language, strict=False):
            found.add(name)
        return
    for name in bracket_names(content, term, found.language, strict=True):
        if name.kind == "acronym" or name.english:
            found.add(name)
            if name.english and not is_english(term, found.language) and len(term.split()) <= 5:
                found.add(Name(term, "fullForm"))


def _same(one: str, other: str) -> bool:
    """The same words but for inflection and hyphens: `Agentkonsolen`, `Agentkonsol`."""
    a, b = _LETTERS.sub("", one.lower()), _LETTERS.sub("", other.lower())
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    size = max(3, int(len(short) * 0.75))
    return (long.startswith(short) and len(long) - len(short) <= 3) or (
        short[:size] == long[:size] and abs(len(a) - len(b)) <= 3
    )


def read_whole_sentence(found: Found, text: str, heads: Heads) -> None:
    """The first sentence is nothing but an article and a name: `En kundesuksess-sjef.`"""
    match = patterns_of(found.language).sentence.match(text)
    if match and heads[0] and len(match.group("term").split()) <= 2 and is_short_name(found, match.group("term")):
        found.add(Name(match.group("term").strip()))
