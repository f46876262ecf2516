"""The designations of an entry: from its headword, and from its definition by one row of patterns per language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from cctbx.model import Designation, DesignationOrigin
from cctbx.sources.acronyms import expands, is_acronym
from cctbx.sources.collected import Found, settled
from cctbx.sources.english import ENGLISH_ACRONYMS, is_english
from cctbx.sources.features import ends_sentence, label_words
from cctbx.sources.headwords import Name, read_headword, split_alternatives
from cctbx.sources.languages import LANGUAGES
from cctbx.sources.openings import read_expansion, read_opening, read_whole_sentence
from cctbx.sources.patterns import patterns_of
from cctbx.sources.references import only_refers
from cctbx.sources.statements import OPENING, read_brackets, read_initials, read_statements
from cctbx.sources.tongues import named_language

__all__ = ["Named", "calmed", "designate"]


@dataclass(slots=True)
class Named:
    """What `designate` found: designations in order, and the acronym whose stated expansion does not fit it."""

    designations: tuple[Designation, ...]
    misfit: tuple[str, str] | None = None


def designate(headword: str, definition: str, language: str, columns: tuple[tuple[str, str], ...] = ()) -> Named:
    """Designations of one entry, the headword's first, each with language, term type and where it was read.

    Takes the headword as printed, the definition (paragraphs joined by blank lines), the language tag of the page and
    further cells of a table row as (header, text). Names a definition gives are taken only where its words say so.
    """
    found = Found(language)
    for name in read_headword(headword, language):
        found.add(name, DesignationOrigin.HEADWORD)
    heads = list(found.terms), list(found.acronyms)
    _from_columns(found, columns)
    _from_fields(found, definition)
    text = _unlabelled(definition[:_READ])
    only = only_refers(definition, language)
    if only:
        for reference in only:
            if any(expands(acronym, reference) for acronym in heads[1]):
                found.add(Name(reference, "fullForm"))
        return Named(settled(found))
    misfit = read_expansion(found, text, heads)
    read_opening(found, text[:OPENING], heads)
    native = language.split("-")[0] != "en"
    if native and (not heads[0] or all(is_english(head, language) for head in heads[0])):
        read_whole_sentence(found, text, heads)
    if patterns_of(language).hint.search(f" {text.lower()}"):
        read_statements(found, text, heads)
    if "(" in text:
        read_brackets(found, text[:600], heads)
    read_initials(found, text)
    return Named(settled(found), misfit)


def calmed(named: Named) -> Named:
    """Where headwords are printed in capitals, capitals make no acronym: only a known one, or an expansion, does."""
    terms = [each.term for each in named.designations]

    def is_one(each: Designation) -> bool:
        return each.term in ENGLISH_ACRONYMS or any(expands(each.term, term) for term in terms)

    calm = (each if each.type != "acronym" or is_one(each) else replace(each, type=None) for each in named.designations)
    return Named(tuple(calm), named.misfit)


_NAMING = (
    "engel",
    "engl",
    "angl",
    "angiel",
    "på engelsk",
    "synon",
    "akronym",
    "acron",
    "afk",
    "skr",
    "abk",
    "fork",
    "förk",
)
"""How headers of columns begin that hold further names."""

_LONGEST, _FIELD = 6, 90
_LABEL = re.compile(r"([^\W\d_][\w ]{2,30}?)\s*:\s+(?=\S)")
_LABELLED = 40
_READ = 800
"""How much of a definition is looked at for names, in characters."""


def _unlabelled(text: str) -> str:
    """A definition without the label that opens it (`Definition: …`)."""
    label = _LABEL.match(text) if ":" in text[:_LABELLED] else None
    return text[label.end() :] if label and label_words().get(label.group(1).lower()) == "texts" else text


def naming_field(paragraph: str) -> tuple[str, str] | None:
    """Label and text of a field that holds a designation: named after a language, `Abbreviation`, `Also known as`."""
    label, colon, text = paragraph.partition(":")
    if not colon or len(label) > _LABELLED or not text.strip() or ends_sentence(text):
        return None
    bare = label.strip().lower()
    names = named_language(bare) or label_words().get(bare) == "terms" or bare in _also_words() or _is_naming(bare)
    return (label.strip(), text.strip()) if names else None


def _is_naming(label: str) -> bool:
    return (label in label_words() and label.startswith(_NAMING)) or label in _also_words()


@cache
def _also_words() -> frozenset[str]:
    """`Also known as`, `också kallad` in all languages."""
    parts = (part.strip() for row in LANGUAGES.values() for part in row.also.split(" | "))
    return frozenset(part for part in parts if " " in part)


def _from_columns(found: Found, columns: tuple[tuple[str, str], ...]) -> None:
    """Cells beside the term: its expansion, acronym or English equivalent, told by header and content."""
    roles = label_words()
    for header, cell in columns:
        label = header.strip(" :").lower()
        inner, colon, rest = cell.partition(":")
        if colon and not label and named_language(inner):
            label, cell = inner, rest.strip()
        if named_language(label):
            _equivalents(found, named_language(label), cell)
            continue
        named = _is_naming(label)
        fits = any(expands(acronym, cell) for acronym in found.acronyms) or any(
            expands(cell, term) for term in found.terms
        )
        if fits or named or roles.get(label) == "terms" or (is_acronym(cell) and not label):
            english = True if label.startswith(("engel", "engl", "angl", "angiel")) else None
            for part in split_alternatives(cell, found.language):
                found.add(Name(part, "acronym" if is_acronym(part) else None, english))


def _equivalents(found: Found, language: str | None, text: str) -> None:
    """What a cell or field named after a language holds: the term in that language, if it is none of its sentences."""
    if ends_sentence(text) and len(text.split()) > 2:
        return
    for part in split_alternatives(text, language or found.language):
        if len(part.split()) <= _LONGEST:
            found.add(Name(part, "acronym" if is_acronym(part) else None, language == "en" or None, language))


def _from_fields(found: Found, definition: str) -> None:
    """Fields of an entry that are named after a language: `Engelska: lead time`."""
    for paragraph in definition.split("\n\n") if ":" in definition else ():
        label, colon, text = paragraph.partition(":")
        if colon and len(paragraph) <= _FIELD and named_language(label):
            _equivalents(found, named_language(label), text.strip())
