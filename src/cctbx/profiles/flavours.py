"""Rules that make the TBX of single programs: Weblate's explanations and forbidden words, Phrase's term notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cctbx.formats.losses import folded
from cctbx.formats.tbx.spelling import clean
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Metatype, TermSection, plain
from cctbx.profiles.contract import Job
from cctbx.profiles.rules import DEAD

__all__ = ["FORBIDDEN", "SPEECH", "phrase_terms", "weblate_explained", "weblate_forbidden", "xml_characters"]


FORBIDDEN = "-forbidden-"
"""What stands between the id of a concept and the number of a forbidden term of it."""


def _term_note(category: str, value: str) -> DataCategory:
    return DataCategory(category=category, metatype=Metatype.TERM_NOTE, value=value)


def weblate_forbidden(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Forbidden target terms as entries of their own, `ID-forbidden-1` …, marked with the word Weblate reads.

    Weblate takes an entry as forbidden only where all its terms of the language are.
    """
    source, target = entry.languages
    dead = [each for each in target.terms if each.administrative_status in DEAD]
    usable, speakable = _plain(_live(target)), _plain(_live(source))
    _report_statuses(entry, job, bool(speakable.terms))
    live = speakable if speakable.terms else _plain(source)
    alone = not (usable.terms and speakable.terms)
    if not alone:
        yield replace(entry, languages=(live, usable))
    elif usable.terms:
        _report(usable, usable.terms, job, "LOS217", f"is left out: {source.language} has only forbidden terms for it")
    for number, term in enumerate(dead, start=1):
        marked = TermSection(term=term.term, others=(_term_note("administrativeStatus", "forbidden"),), line=term.line)
        said = target.definitions if alone and number == 1 else ()
        languages = (live, replace(target, terms=(marked,), definitions=said))
        yield replace(entry, id=f"{entry.id}{FORBIDDEN}{number}", languages=languages)


def _report_statuses(entry: ConceptEntry, job: Job, speakable: bool) -> None:
    """What becomes of statuses: Weblate has one for targets, and none for sources."""
    source, target = entry.languages
    dead_sources = [each for each in source.terms if each.administrative_status in DEAD]
    if speakable:
        _report(source, dead_sources, job, "LOS200", "is not to be used and is left out: Weblate flags targets only")
    for section, terms in ((source, () if speakable else dead_sources), (source, _live(source).terms),
                           (target, _live(target).terms)):  # fmt: skip
        told = [each for each in terms if each.administrative_status]
        _report(section, told, job, "LOS069", "is written without its status", "administrativeStatus")
    replaced = [each for each in target.terms if each.administrative_status == DEAD[1]]
    _report(target, replaced, job, "LOS066", "is superseded, and written as forbidden", "administrativeStatus")


def _report(
    section: LanguageSection, terms: Iterable[TermSection], job: Job, code: str, why: str, category: str = "term"
) -> None:
    losses = job.losses
    for term in terms:
        losses.language, losses.term = section.language, folded(plain(term.term))
        losses.lost(code, f"“{losses.term}” {why}", category=category)
    losses.language = losses.term = None


def _live(section: LanguageSection) -> LanguageSection:
    return replace(section, terms=tuple(each for each in section.terms if each.administrative_status not in DEAD))


def _plain(section: LanguageSection) -> LanguageSection:
    return replace(section, terms=tuple(replace(each, administrative_status=None) for each in section.terms))


def weblate_explained(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """The source's definition on the concept, the target's as the translator's note: Weblate's two explanations."""
    source, target = entry.languages
    translator = DataCategory(category="@from", metatype=Metatype.UNKNOWN, value="translator")
    notes = tuple(
        DataCategory(category="note", metatype=Metatype.NOTE, value=each.value, group=(translator,))
        for each in target.definitions
    )
    own = (*source.definitions, *entry.definitions)
    for _ in own[1:]:
        job.losses.lost("LOS203", "a definition is left out: the client shows one", category="definition")
    if source.definitions:
        job.losses.lost("LOS216", f"the definition in {source.language} moves to the concept", category="definition")
    languages = (replace(source, definitions=()), replace(target, definitions=(), notes=notes))
    yield replace(entry, definitions=own[:1], languages=languages)


SPEECH = {"noun": "NOUN", "verb": "VERB", "adjective": "ADJECTIVE", "adverb": "ADVERB", "properNoun": "PROPER_NOUN"}


def phrase_terms(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """The notes of Phrase TMS in place of the standard's: `preferred`, `forbidden`, `status`, `usageNote` …"""
    languages = tuple(
        replace(section, terms=tuple(_phrase_term(section, term, job) for term in section.terms))
        for section in entry.languages
    )
    yield replace(entry, languages=languages)


def _phrase_term(section: LanguageSection, term: TermSection, job: Job) -> TermSection:
    status, speech = term.administrative_status, term.part_of_speech
    said = [_term_note("status", "Approved")]
    if status == "preferredTerm-admn-sts":
        said.append(_term_note("preferred", "true"))
    elif status in DEAD:
        said.append(_term_note("forbidden", "true"))
        if status == DEAD[1]:
            _replaced(section, term, job, "administrativeStatus", f"{status} is written as forbidden")
    elif status is not None:
        _replaced(section, term, job, "administrativeStatus", f"{status} is left out: Phrase has no word for it")
    if speech in SPEECH:
        said.append(_term_note("partOfSpeech", SPEECH[speech or ""]))
    elif speech is not None:
        _replaced(section, term, job, "partOfSpeech", f"{speech} is left out: Phrase has no word for it")
    said += [_term_note("usageNote", each.text) for each in term.notes]
    return TermSection(term=term.term, others=tuple(said), line=term.line)


def _replaced(section: LanguageSection, term: TermSection, job: Job, category: str, message: str) -> None:
    losses = job.losses
    losses.language, losses.term = section.language, folded(plain(term.term))
    losses.lost("LOS212", message, category=category)
    losses.language = losses.term = None


def xml_characters(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Without characters XML cannot represent, for writers that write what they get."""
    yield replace(
        entry, languages=tuple(_clean_section(each, job) for each in entry.languages),
        definitions=_clean(entry.definitions, job), notes=_clean(entry.notes, job),
        subject_fields=_clean(entry.subject_fields, job), others=_clean(entry.others, job),
    )  # fmt: skip


def _clean(statements: tuple[DataCategory, ...], job: Job) -> tuple[DataCategory, ...]:
    return tuple(replace(each, value=_cleaned(each.text, each.category, job)) for each in statements)


def _cleaned(text: str, category: str, job: Job) -> str:
    tidy = clean(text)
    if tidy != text:
        job.losses.lost("LOS017", f"{category} “{folded(text)}” has characters XML cannot represent", category=category)
    return tidy


def _clean_section(section: LanguageSection, job: Job) -> LanguageSection:
    job.losses.language = section.language
    terms = tuple(
        replace(each, term=_cleaned(plain(each.term), "term", job), others=_clean(each.others, job))
        for each in section.terms
    )
    made = replace(section, terms=terms, notes=_clean(section.notes, job))
    job.losses.language = None
    return made
