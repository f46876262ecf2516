"""What a definition states of names: also called, short for, in English, in brackets; acronyms by their initials."""

from __future__ import annotations

import re

from cctbx.sources.acronyms import expands, is_acronym, letters_of
from cctbx.sources.collected import Found, Heads
from cctbx.sources.english import is_english
from cctbx.sources.headwords import Name, bracket_names, is_labelled_english, split_alternatives
from cctbx.sources.languages import LANGUAGES, alternatives, language_row
from cctbx.sources.patterns import QUOTES, patterns_of

__all__ = ["OPENING", "add_listed", "is_short_name", "names_thing", "read_brackets", "read_initials", "read_statements"]

OPENING = 260
"""How much of a definition its opening is, in characters."""

_ACRONYM_TOKEN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž](?<![\w-].)[\w&]{1,7}(?![\w-])")
_BRACKETS = re.compile(r"\(([^()]{2,90})\)")
_LISTED = 4
_NEAR = 400
_SYNONYM = re.compile(
    r"(?<!\w)(?:synonym(?:er|e|y|um|a)?|synoniem(?:en)?|synonymes?|synonyymi(?:t)?|syn\.)\s*:\s*([^.;:()\n]{2,80})",
    re.IGNORECASE,
)


def read_statements(found: Found, text: str, heads: Heads) -> None:
    """Names the definition states: also called, short for, in English, means."""
    patterns = patterns_of(found.language)
    opening = text[:OPENING]
    for pattern in (patterns.also, patterns.too):
        for match in pattern.finditer(text):
            add_listed(found, match.group("term") or match.groupdict().get("until") or "", rest=text[match.end() :])
    for match in _SYNONYM.finditer(text):
        add_listed(found, match.group(1))
    for match in patterns.short_for.finditer(opening):
        _add_expansion(found, match, heads, text)
    for match in patterns.shortened.finditer(opening):
        for part in split_alternatives(match.group("term"), found.language):
            if is_acronym(part):
                found.add(Name(part, "acronym"))
    for match in (*patterns.english.finditer(text[:400]), *patterns.english_after.finditer(opening)):
        glossed = "«" in match.group() and not is_english(match.group("term"), found.language)
        if not glossed:
            _add_english(found, match.group("term"), text[match.end() :])
    foreign = not heads[0] or all(is_english(head, found.language) for head in heads[0])
    if foreign:
        for pattern in (patterns.native_after, patterns.means):
            for match in pattern.finditer(opening):
                if is_short_name(found, match.group("term")):
                    add_listed(found, match.group("term"))


def read_brackets(found: Found, text: str, heads: Heads) -> None:
    """Brackets anywhere in the opening that hold an expansion of the headword or say that they hold an English term."""
    foreign = not heads[0] or all(is_english(head, found.language) for head in heads[0])
    for match in _BRACKETS.finditer(text):
        content = match.group(1).strip()
        if is_labelled_english(content, found.language):
            _before_bracket(found, text[: match.start()], foreign=foreign)
            continue
        several = " " in content or "-" in content
        if several and any(expands(acronym, content) for acronym in (*heads[1], *heads[0][:1])):
            found.add(Name(content, "fullForm"))


def _before_bracket(found: Found, before: str, *, foreign: bool) -> None:
    """`Native term (English: X)`: the sentence so far is the native term."""
    sentence = re.split(r"[.;:]\s+", before)[-1].strip()
    article = patterns_of(found.language).article.match(sentence)
    term = sentence[article.end() :] if article else sentence
    if foreign and names_thing(found, term, apposition=False):
        found.add(Name(term))


def names_thing(found: Found, term: str, *, apposition: bool) -> bool:
    """Whether an opening is the name of a thing and not the beginning of a sentence."""
    words = term.split()
    row = language_row(found.language)
    if not 1 <= len(words) <= (3 if apposition else 6) or len(term) < 4:
        return False
    small = row.function_words | row.clause_words
    if words[0].lower() in small or words[-1].lower() in small - {"-"}:
        return False
    hits = sum(word.lower() in row.clause_words for word in words)
    return hits == 0 and not (apposition and any(word.lower() in small for word in words))


def is_short_name(found: Found, term: str) -> bool:
    words = term.lower().split()
    row = language_row(found.language)
    return 1 <= len(words) <= _LISTED and not any(word in row.clause_words for word in words) and len(term) > 2


def add_listed(found: Found, text: str, rest: str = "") -> None:
    """Names in a list: commas, slashes and the word for `or` separate them; an acronym may follow in brackets."""
    if not text:
        return
    row = language_row(found.language)
    for part in split_alternatives(text.strip(), found.language):
        part = (
            patterns_of(found.language).article.sub("", part, count=1)
            if patterns_of(found.language).article.match(part)
            else part
        )
        words = part.split()
        if (
            not words
            or len(words) > 5
            or words[0].lower() in row.clause_words
            or words[-1].lower() in row.function_words
        ):
            continue
        found.add(Name(part, "acronym" if is_acronym(part) else None))
        base = part
        bracket = re.match(r"[\"”“»’]?\s*\(([^()]{2,40})\)", rest)
        if bracket:
            for name in bracket_names(bracket.group(1), base, found.language, strict=True):
                found.add(name)
    more = re.match(
        rf"[\"”“»’]?(?:\s*\([^()]*\))?\s*,?\s+{alternatives(row.or_)}\s+[\"“”„«]?([^.,;:()«»“”\"]{{2,50}})([\"”“»](\s*)|\s*\(([^()]+)\)|[.,;)])",
        rest,
        re.I,
    )
    if more and len(more.group(1).split()) <= _LISTED and is_short_name(found, more.group(1)):
        _more(found, more.group(1).strip())
        bracket = re.match(r"[\"”“»’]?\s*\(([^()]{2,40})\)", rest[more.end(1) :])
        for name in (
            bracket_names(bracket.group(1), more.group(1).strip(), found.language, strict=True) if bracket else ()
        ):
            found.add(name)


def _more(found: Found, content: str) -> None:
    found.add(Name(content, "acronym" if is_acronym(content) else None))


def _add_expansion(found: Found, match: re.Match[str], heads: Heads, text: str) -> None:
    parts = [part.strip(QUOTES) for part in re.split(r"\s*[,/]\s*", match.group("term")) if part.strip()]
    rest = re.match(r"\s*,\s*([^.;:()«»“”]{3,60})", text[match.end() :])
    if rest:
        parts += [part.strip(QUOTES) for part in rest.group(1).split(",")]
    tokens = [token for term in heads[0] for token in term.split() if is_acronym(token)]
    for number, part in enumerate(parts):
        fitting = [each for each in (*heads[1], *tokens) if expands(each, part)]
        if fitting:
            found.add(Name(part, "fullForm"))
            found.add(Name(fitting[0], "acronym"))
        elif number == 0 and heads[1] and 2 <= len(part.split()) <= 7:
            found.add(Name(part, "fullForm"))


def _add_english(found: Found, text: str, rest: str) -> None:
    if found.language.split("-")[0] == "en":
        return
    words = [part.strip() for part in language_row(found.language).or_.split(" | ") if part.strip().isalpha()]
    split = [text] if is_english(text, found.language) else re.split(rf"\s+(?:{'|'.join(words)})\s+", text)
    for part in (each for piece in split for each in re.split(r"\s*/\s*", piece)):
        bare = part.strip(QUOTES)
        if _english_name(found, bare, text):
            fits = any(expands(acronym, bare) for acronym in found.acronyms)
            found.add(Name(bare, "acronym" if is_acronym(bare) else ("fullForm" if fits else None), True))
            bracket = re.match(r"[\"”“»’]?\s*[,(]?\s*\(?([A-Z][\w&]{1,7})\)?(?=[\s.,;:)])", rest)
            if bracket and (expands(bracket.group(1), bare)):
                found.add(Name(bracket.group(1), "acronym", True))


def _english_name(found: Found, bare: str, stated: str) -> bool:
    """A name after `in English`: short, not of words of the page's language, and no gloss of a dictionary."""
    words = bare.lower().split()
    native = language_row(found.language).function_words - LANGUAGES["en"].function_words
    return 0 < len(words) <= 6 and not bare.isdigit() and not any(word in native for word in words)


def read_initials(found: Found, text: str) -> None:
    """An acronym that stands only in the definition, and whose letters are the initials of a name of the entry."""
    if found.acronyms:
        return
    tokens = {each for each in _ACRONYM_TOKEN.findall(text, 0, _NEAR) if len(each) >= 3 and is_acronym(each)}
    if not tokens:
        return
    for token in sorted(tokens, key=text.find):
        for term in found.terms:
            words = re.findall(r"[^\W_]+", term)
            if len(words) == len(letters_of(token)) and "".join(word[0] for word in words).lower() == letters_of(token):
                found.add(Name(token, "acronym"))
                return
