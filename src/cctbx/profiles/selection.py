"""What the user asks for, as rules: filters, languages, definitions, forbidden terms, preferred terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from cctbx.formats.losses import folded, preferred_first
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, TermSection
from cctbx.profiles.contract import Choice, Definitions, Forbidden, Job, Rule
from cctbx.profiles.rules import DEAD, of_language, with_terms

__all__ = ["SELECTION"]

Found = list[tuple[str | None, DataCategory]]


def subjects(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Only concepts of the subject fields asked for."""
    wanted = {each.casefold() for each in job.request.subjects}
    if wanted and not wanted & {folded(each.text).casefold() for each in entry.subject_fields}:
        job.losses.lost("LOS204", "the concept is of another subject field", category="subjectField")
        return
    yield entry


def _status(term: TermSection) -> str | None:
    """The status of a term, also where it does not stand in its field: one not to be used, else the first."""
    if term.administrative_status is not None or not term.others:
        return term.administrative_status
    stated = [each.text for each in term.others if each.category == "administrativeStatus"]
    return next((each for each in stated if each in DEAD), stated[0] if stated else None)


def _dead(term: TermSection) -> bool:
    return _status(term) in DEAD


def statuses(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Only terms of the statuses asked for."""
    wanted = job.request.statuses
    if not wanted:
        yield entry
        return

    def fits(term: TermSection) -> bool:
        return (_status(term) or "none").removesuffix("Term-admn-sts") in wanted

    yield with_terms(entry, job, fits, "LOS215", "is of another status")


def definitions(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """The definitions asked for, where the client looks for them. Comes before `languages`."""
    if job.definitions is Definitions.AS_THEY_ARE and not _choosy(job):
        yield entry
        return
    found: Found = [(None, each) for each in entry.definitions]
    found += [(section.language, each) for section in entry.languages for each in section.definitions]
    kept = [(tag, each) for tag, each in found if _wanted(tag, each, job)]
    yield _PLACING[job.definitions](entry, kept, job)


def _choosy(job: Job) -> bool:
    asked = job.request
    return bool(asked.without_definitions or asked.definitions or asked.definitions_from or asked.no_definitions_from)


def _wanted(tag: str | None, definition: DataCategory, job: Job) -> bool:
    """Whether a definition is asked for; says so where it is not. Of languages outside the export nothing is said."""
    asked = job.request
    said = " ".join(each.text for each in definition.group).casefold()
    if asked.without_definitions:
        why = "definitions were not asked for"
    elif asked.definitions_from and not any(each.casefold() in said for each in asked.definitions_from):
        why = "its source was not asked for"
    elif any(each.casefold() in said for each in asked.no_definitions_from):
        why = "its source was to be left out"
    elif asked.definitions and tag is not None and not any(of_language(tag, each) for each in asked.definitions):
        why = "its language was not asked for"
    else:
        return bool(asked.definitions) or tag is None or any(of_language(tag, each) for each in job.languages)
    if tag is None or any(of_language(tag, each) for each in job.languages):
        _lost_definition(job, tag, definition, "LOS202", why)
    return False


def _lost_definition(job: Job, tag: str | None, definition: DataCategory, code: str, why: str) -> None:
    text = folded(definition.text)
    short = text if len(text) <= 60 else f"{text[:59]}…"
    job.losses.language = tag
    job.losses.lost(code, f"a definition is left out, {why}: “{short}”", category="definition")
    job.losses.language = None


def _rank(tag: str | None, job: Job) -> int:
    """Where a definition stands in the user's order; by default target, source, the concept's own."""
    wishes: tuple[str | None, ...] = job.request.definitions or (*job.targets, job.source, None)
    for place, wish in enumerate(wishes):
        if tag == wish or (tag and wish and of_language(tag, wish)):
            return place
    return len(wishes)


def _without(entry: ConceptEntry) -> ConceptEntry:
    languages = tuple(replace(each, definitions=()) if each.definitions else each for each in entry.languages)
    return replace(entry, definitions=(), languages=languages)


def _on_concept(entry: ConceptEntry, found: Found, job: Job) -> ConceptEntry:
    """One definition, on the concept: the best the user can have."""
    filled = [(tag, each) for tag, each in found if folded(each.text)]
    ordered = sorted(filled, key=lambda each: _rank(each[0], job))
    for tag, each in ordered[1:]:
        _lost_definition(job, tag, each, "LOS203", "the client shows one")
    return replace(_without(entry), definitions=tuple(each for _, each in ordered[:1]))


def _all_on_concept(entry: ConceptEntry, found: Found, job: Job) -> ConceptEntry:
    """Every definition on the concept, each with its language."""
    ordered = sorted(found, key=lambda each: _rank(each[0], job))
    if any(tag for tag, _ in found):
        job.losses.lost("LOS216", "definitions move from their languages to the concept", category="definition")
    moved = tuple(each if tag is None else replace(each, language=each.language or tag) for tag, each in ordered)
    return replace(_without(entry), definitions=moved)


def _in_sections(entry: ConceptEntry, found: Found, job: Job) -> ConceptEntry:
    """The first definition of each language, in its section; the concept's own stays."""
    first: dict[str | None, DataCategory] = {}
    for tag, each in found:
        if folded(each.text) and first.setdefault(tag, each) is not each:
            _lost_definition(job, tag, each, "LOS203", "the client shows one a language")
    languages = tuple(
        replace(each, definitions=(first.pop(each.language),) if each.language in first else ())
        for each in entry.languages
    )
    own = (first[None],) if None in first else ()
    return replace(entry, definitions=own, languages=languages)


def _in_place(entry: ConceptEntry, found: Found, job: Job) -> ConceptEntry:
    kept = {id(each) for _, each in found}
    languages = tuple(
        replace(each, definitions=tuple(one for one in each.definitions if id(one) in kept)) for each in entry.languages
    )
    return replace(entry, definitions=tuple(each for each in entry.definitions if id(each) in kept),
                   languages=languages)  # fmt: skip


_PLACING: dict[Definitions, Callable[[ConceptEntry, Found, Job], ConceptEntry]] = {
    Definitions.CONCEPT: _on_concept,
    Definitions.MOVED: _all_on_concept,
    Definitions.SECTION: _in_sections,
    Definitions.AS_THEY_ARE: _in_place,
}


def languages(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """The languages asked for, source first. What was not asked for is no loss; a concept without any of them goes."""

    def place(section: LanguageSection) -> int | None:
        fitting = [n for n, tag in enumerate(job.languages) if of_language(section.language, tag)]
        return fitting[0] if fitting else None

    placed = [(number, section) for section in entry.languages if (number := place(section)) is not None]
    chosen = tuple(section for _, section in sorted(placed, key=lambda each: each[0]))
    if chosen:
        yield replace(entry, languages=chosen)
    else:
        job.losses.lost("LOS057", f"no term in {' or '.join(job.languages)}: the concept is left out")


def forbidden(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Terms that are not to be used: left out, kept for marking, or alone in a file of their own."""
    if job.separate:
        yield from _forbidden_only(entry, job)
    elif job.forbidden is Forbidden.MARK:
        yield entry
    else:
        apart = job.forbidden is Forbidden.SEPARATE
        code, why = ("LOS214", "is not to be used and stands in a file of its own") if apart else (
            "LOS200", "is not to be used and is left out")  # fmt: skip
        yield with_terms(entry, job, lambda term: not _dead(term), code, why)


def _forbidden_only(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """The source terms of a concept, and those terms of the targets that are not to be used."""
    sections = tuple(
        section
        if of_language(section.language, job.source)
        else replace(section, terms=tuple(each for each in section.terms if _dead(each)))
        for section in entry.languages
    )
    sections = tuple(section for section in sections if section.terms)
    if any(not of_language(section.language, job.source) for section in sections):
        yield replace(entry, languages=sections)


def choice(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """The preferred designation of each language, where only that was asked for; forbidden ones are left alone."""
    if job.request.choice is not Choice.PREFERRED:
        yield entry
        return
    kept = set()
    for section in entry.languages:
        live = preferred_first(term for term in section.terms if not _dead(term))
        kept |= {id(term) for term in live[:1]}
    yield with_terms(
        entry, job, lambda term: id(term) in kept or _dead(term), "LOS201",
        "is left out: only the preferred term was asked for",
    )  # fmt: skip


SELECTION: tuple[Rule, ...] = (subjects, statuses, definitions, languages, forbidden, choice)
"""What the user chooses, for every profile, in this order."""
