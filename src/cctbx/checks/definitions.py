"""Checks of definitions and contexts within one concept entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import compress, product

from cctbx.checks.base import (
    CheckOptions,
    DefinitionFacts,
    EntryCheck,
    EntryFacts,
    Look,
    Remark,
    SectionFacts,
    Suspicion,
    Texts,
)
from cctbx.checks.entries import _holds
from cctbx.model import ConceptEntry

__all__ = ["CHECKS", "any_words"]

_SENTENCE = re.compile(r"[.!?]\s+[A-ZÀ-ÖØ-ÞĀ-Ž]")
_OPENINGS: dict[str, re.Pattern[str]] = {
    "en": re.compile(r"(?:the|a|an|is|are|it is|this is)\s", re.IGNORECASE),
    "de": re.compile(r"(?:der|die|das|ein|eine|ist|sind)\s", re.IGNORECASE),
    "fr": re.compile(r"(?:le|la|les|un|une|est|c'est)\s|l['’]", re.IGNORECASE),
    "es": re.compile(r"(?:el|la|los|las|un|una|es|son)\s", re.IGNORECASE),
    "nl": re.compile(r"(?:de|het|een|is|zijn)\s", re.IGNORECASE),
    "sv": re.compile(r"(?:en|ett|är|det är)\s", re.IGNORECASE),
    "nb": re.compile(r"(?:en|ei|et|er|det er)\s", re.IGNORECASE),
    "da": re.compile(r"(?:en|et|er|det er)\s", re.IGNORECASE),
}


def missing(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """neither definition nor context"""
    if not facts.definitions and not facts.contexts and facts.terms:
        yield Remark(message="the entry has neither a definition nor a context", advice="add a definition")


def no_part_of_speech(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """term without part of speech"""
    for term in facts.terms:
        if not term.text.strip():
            continue  # what it lacks is a term
        if term.term.part_of_speech is None and not any(each.category == "partOfSpeech" for each in term.term.others):
            yield Remark(
                message=f"{term.text!r} has no part of speech",
                term=term,
                section=term.section,
                advice="state it: machines need it",
            )


def _sections(each: DefinitionFacts, facts: EntryFacts) -> Iterator[SectionFacts]:
    """The sections whose terms a definition may be compared with: its own, or all where it stands at the entry."""
    language = each.statement.language
    for section in facts.sections:
        if each.section is section.section or (
            each.section is None and (language is None or section.section.language == language)
        ):
            yield section


def circular(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """definition contains a term of its own entry"""
    for each in facts.definitions:
        text = each.lowered
        bare = text.strip(" .")
        for section in _sections(each, facts):
            for needle, term in zip(section.lowered, section.terms, strict=True):
                if needle in text and len(needle) > 1 and bare != needle and _holds(text, needle):
                    yield Remark(
                        message=f"the definition of {term.text!r} contains it",
                        term=term,
                        section=section.section,
                        statement=each.statement,
                        advice="define it by other words",
                    )
                    break


def _own_words(facts: EntryFacts) -> Suspicion | None:
    """Whether a term stands in a definition it may be compared with."""
    pairs = [
        (each.at, term.at) for each in facts.definitions for section in _sections(each, facts) for term in section.terms
    ]

    def suspicion(terms: Texts, lowered: Texts, definitions: Texts, contexts: Texts) -> bool:
        for definition, term in pairs:  # noqa: SIM110 - any() is slower
            if lowered[term] in definitions[definition]:
                return True
        return False

    return suspicion if pairs else None


def any_words(terms: str, lowered: Texts, definitions: str) -> bool:
    """Whether a term of an entry stands in one of its definitions."""
    for term in lowered:  # noqa: SIM110 - any() is slower
        if term in definitions:
            return True
    return False


def nothing_but_term(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """definition that is nothing but the term"""
    for each in facts.definitions:
        bare = each.lowered.strip(" .")
        for section in _sections(each, facts):
            if bare and bare in section.lowered:
                yield Remark(
                    message=f"the definition is the term itself: {each.text!r}",
                    section=section.section,
                    statement=each.statement,
                    advice="say what the concept is",
                )
                break


@lru_cache(maxsize=1024)
def _opening(tag: str) -> Callable[[str], object] | None:
    found = _OPENINGS.get(tag.partition("-")[0].lower())
    return found.match if found is not None else None


def style(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """style of a definition: opening article or verb, final full stop, several sentences"""
    for each in facts.definitions:
        faults = _faults(each.text, _opening_of(each))
        if faults:
            yield _styled(each, faults)


def _opening_of(each: DefinitionFacts) -> Callable[[str], object] | None:
    return _opening(each.section.language if each.section is not None else each.statement.language or "")


_FAULTS = ("begins with an article or a verb", "ends with a full stop", "has several sentences")
_STYLES = tuple(
    f"the definition {' and '.join(compress(_FAULTS, held))}" if any(held) else ""
    for held in product((False, True), repeat=3)
)


def _faults(text: str, opening: Callable[[str], object] | None) -> int:
    """What is to be said of the style of a definition, by its place among these; nothing (0), mostly."""
    text = text.strip()
    faults = 4 if opening is not None and opening(text) else 0
    stop = text.find(".") + 1
    if stop:
        if text[-1] == ".":
            faults += 2
        if (stop < len(text) or "!" in text or "?" in text) and _SENTENCE.search(text):
            faults += 1
    elif ("!" in text or "?" in text) and _SENTENCE.search(text):
        faults += 1
    return faults


def _styled(each: DefinitionFacts, faults: int) -> Remark:
    """A remark on style."""
    return Remark(
        message=_STYLES[faults],
        section=each.section,
        term=each.term,
        statement=each.statement,
        advice="ISO 704: one phrase that can stand for the term",
    )


def _style_alike(facts: EntryFacts) -> list[Look] | None:
    """The same for likenesses; not where a definition stands at a term, whose text a remark tells."""
    if any(each.term is not None for each in facts.definitions):
        return None
    return [_styling(each) for each in facts.definitions]


def _styling(each: DefinitionFacts) -> Look:
    """What looks at a definition; its remarks are made once."""
    remarks = [None, *[_styled(each, faults) for faults in range(1, len(_STYLES))]]
    opening = _opening_of(each)
    return (lambda text: _faults(text, opening)) if opening is not None else _plain_faults, remarks


def _plain_faults(text: str) -> int:
    return _faults(text, None)


def foreign_context(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """context does not contain its term"""
    for each in facts.contexts:
        term = each.term
        if term is None or not term.text.strip():
            continue
        # inflection changes ends, so the beginning of every long word is asked for
        text = each.lowered
        if term.text.lower() in text:
            continue
        stems = [word[: max(3, len(word) - 3)] for word in re.findall(r"\w+", term.text.lower()) if len(word) > 2]
        if stems and not all(stem in text for stem in stems):
            yield Remark(
                message=f"the context does not contain {term.text!r}",
                term=term,
                section=term.section,
                statement=each.statement,
                advice="quote a text that uses the term",
            )


def _term_elsewhere(facts: EntryFacts) -> Suspicion | None:
    """Whether a context does not hold its term word for word."""
    pairs = [(each.at, each.term.at) for each in facts.contexts if each.term is not None]

    def suspicion(terms: Texts, lowered: Texts, definitions: Texts, contexts: Texts) -> bool:
        for context, term in pairs:  # noqa: SIM110 - any() is slower
            if lowered[term] not in contexts[context]:
                return True
        return False

    return suspicion if pairs else None


def no_source(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """definition or context without a source"""
    for each in (*facts.definitions, *facts.contexts):
        if not (each.statement.group and each.statement.source is not None) and not _stands_beside(each, facts.concept):
            yield Remark(
                message=f"the {each.statement.category} has no source",
                section=each.section,
                term=each.term,
                statement=each.statement,
                advice="say where it comes from",
            )


def _stands_beside(each: DefinitionFacts, concept: ConceptEntry) -> bool:
    """Whether a source stands at the same level."""
    if each.term is not None:
        return bool(each.term.term.sources)
    return bool(each.section.sources if each.section is not None else concept.sources)


def _of_context(remark: Remark) -> bool:
    """Definitions come first."""
    return remark.statement is not None and remark.statement.category == "context"


def several(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """several definitions at one level"""
    seen: set[tuple[int, int, str | None]] = set()
    for each in facts.definitions:
        key = (id(each.section), id(each.term), each.statement.language)
        if key in seen:
            yield Remark(
                message="another definition stands at this level",
                section=each.section,
                term=each.term,
                statement=each.statement,
                advice="keep one; turn the other into a note",
            )
        seen.add(key)


CHECKS = (
    EntryCheck(code="CHK701", look=missing, needs="undefined", joint=True),
    EntryCheck(code="CHK702", look=no_part_of_speech, needs="no part of speech"),
    EntryCheck(code="CHK703", look=circular, needs="definitions", suspect=_own_words, gate=any_words, joint=True),
    EntryCheck(code="CHK705", look=style, needs="definitions", look_alike=_style_alike),
    EntryCheck(
        code="CHK706", look=nothing_but_term, needs="definitions", suspect=_own_words, gate=any_words, joint=True
    ),
    EntryCheck(code="CHK707", look=foreign_context, needs="contexts", suspect=_term_elsewhere),
    EntryCheck(code="CHK708", look=no_source, later=_of_context),
    EntryCheck(code="CHK709", look=several, needs="several definitions"),
)
