"""Rules for tables of clients: what a column cannot say as the entry says it is changed, or left out, with a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cctbx.formats.labels import TRANSLATION_NEEDED
from cctbx.formats.losses import folded
from cctbx.model import (
    ConceptEntry,
    DataCategory,
    LanguageSection,
    Level,
    TermSection,
    fields_from,
    plain,
    statements,
)
from cctbx.profiles.contract import Job
from cctbx.profiles.rules import DEAD, of_language

__all__ = [
    "as_asked", "filled", "forbidden_targets", "need_of_translation", "rows_apart", "source_definition",
    "speech_of_source", "within_cells",
]  # fmt: skip

MAX_CELL = 32_767
"""Characters a cell of a sheet holds."""


def as_asked(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """One section for each language asked for, which takes in narrower ones (`sv-FI` in `sv`), the exact one first."""
    sections = []
    for tag in job.languages:
        found = [each for each in entry.languages if of_language(each.language, tag)]
        found.sort(key=lambda each, tag=tag: each.language.lower() != tag.lower())  # type: ignore[misc]
        for each in found:
            if each.language != tag and job.first("narrower", each.language):
                job.losses.language = each.language
                job.losses.lost("LOS206", f"{each.language} is written as {tag}")
                job.losses.language = None
        if found:
            sections.append(_one(found, tag))
    yield replace(entry, languages=tuple(sections))


def _one(found: list[LanguageSection], tag: str) -> LanguageSection:
    first, *others = found
    if not others:
        return first if first.language == tag else replace(first, language=tag)
    said = [each for section in found for each in statements(section)]
    terms = tuple(term for section in found for term in section.terms)
    fields = fields_from(Level.LANGUAGE, said)
    return LanguageSection(language=tag, terms=terms, line=first.line, **fields)  # type: ignore[arg-type]


def filled(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Only concepts that have a term left."""
    if any(section.terms for section in entry.languages):
        yield entry
    else:
        job.losses.lost("LOS057", "no term is left: the concept is left out")


def source_definition(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """The source's definition on the concept, where it has none: only targets have a column of their own."""
    sections, own = [], entry.definitions
    for section in entry.languages:
        if section.definitions and not _of_target(section, job):
            code, why = ("LOS203", "is left out: the client shows one") if own else ("LOS216", "moves to the concept")
            job.losses.lost(code, f"the definition in {section.language} {why}", category="definition")
            own = own or section.definitions[:1]
            section = replace(section, definitions=())
        sections.append(section)
    yield replace(entry, definitions=own, languages=tuple(sections))


def rows_apart(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """The entry as it is; says that its source terms stand in rows that know nothing of each other."""
    source = next((each for each in entry.languages if of_language(each.language, job.source)), None)
    if source and len(source.terms) > 1:
        job.losses.lost("LOS062", f"the client knows no synonyms: {len(source.terms)} rows are written")
    yield entry


def _of_target(section: LanguageSection, job: Job) -> bool:
    return not of_language(section.language, job.source)


def _lost(job: Job, section: LanguageSection, term: TermSection, code: str, message: str, category: str) -> None:
    job.losses.language, job.losses.term = section.language, folded(plain(term.term))
    job.losses.lost(code, message, category=category)
    job.losses.language = job.losses.term = None


def speech_of_source(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """The part of speech of the source terms; the client asks for one, and it is theirs."""
    yield replace(entry, languages=tuple(
        replace(section, terms=tuple(_speechless(section, term, job) for term in section.terms))
        if _of_target(section, job) else section
        for section in entry.languages
    ))  # fmt: skip


def _speechless(section: LanguageSection, term: TermSection, job: Job) -> TermSection:
    if term.part_of_speech is None:
        return term
    _lost(job, section, term, "LOS050", "the part of speech of a target term has no column", "partOfSpeech")
    return replace(term, part_of_speech=None)


def forbidden_targets(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Statuses as a column that says `forbidden` or nothing tells them, of what is offered for the source term."""
    yield replace(entry, languages=tuple(
        replace(section, terms=tuple(_marked(section, term, job) for term in section.terms))
        for section in entry.languages
    ))  # fmt: skip


def _marked(section: LanguageSection, term: TermSection, job: Job) -> TermSection:
    status = term.administrative_status
    told = DEAD[0] if status in DEAD and _of_target(section, job) else None
    if status == told:
        return term
    code = "LOS066" if told else "LOS069"
    message = f"{status} is written as {'forbidden' if told else 'an ordinary term'}"
    _lost(job, section, term, code, message, "administrativeStatus")
    return replace(term, administrative_status=told)


def need_of_translation(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """What must not be translated, as `No`; whatever else is said of it has no place."""
    if not any(each.category == TRANSLATION_NEEDED for each in entry.others):
        yield entry
        return
    others = tuple(held for each in entry.others if (held := _need(each, job)))
    yield replace(entry, others=others)


def _need(stated: DataCategory, job: Job) -> DataCategory | None:
    if stated.category != TRANSLATION_NEEDED or stated.text == "No":
        return stated
    said = stated.text.casefold()
    told = "No" if said == "no" else None
    if said != "yes":
        now = told or "nothing"
        job.losses.lost("LOS212", f"“{folded(stated.text)}” is written as {now}", category=TRANSLATION_NEEDED)
    return replace(stated, value=told) if told else None


def within_cells(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Texts a cell of a sheet can hold: a spreadsheet takes a longer one for damage."""
    yield replace(
        entry, definitions=_cut(entry.definitions, job), notes=_cut(entry.notes, job),
        languages=tuple(_cut_section(section, job) for section in entry.languages),
    )  # fmt: skip


def _cut(said: tuple[DataCategory, ...], job: Job) -> tuple[DataCategory, ...]:
    return tuple(replace(each, value=_fitting(each.text, each.category, job)) for each in said)


def _fitting(text: str, category: str, job: Job) -> str:
    if len(text) <= MAX_CELL:
        return text
    job.losses.lost("LOS070", f"a {category} of {len(text)} characters is cut to {MAX_CELL}", category=category)
    return text[:MAX_CELL].rstrip()


def _cut_section(section: LanguageSection, job: Job) -> LanguageSection:
    job.losses.language = section.language
    terms = tuple(
        replace(each, term=_fitting(plain(each.term), "term", job), notes=_cut(each.notes, job),
                contexts=_cut(each.contexts, job))
        for each in section.terms
    )  # fmt: skip
    made = replace(section, terms=terms, definitions=_cut(section.definitions, job))
    job.losses.language = None
    return made
