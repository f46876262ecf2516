"""Aligned source entries become concept entries of the term base.

What the pages say is kept with its source: every definition and every designation names the glossary it stands in. A
loan (an English headword in a Swedish glossary) is a designation of Swedish and of English (alignment policy, 6); an
English expansion that stands only in a definition is English, and serves the other language too where that would have
no full form. Editorial decisions come last and win.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from cctbx.align.editorial import REJECTED, DesignationDecision, Editorial, RelationDecision
from cctbx.findings import Finding, Report, Severity
from cctbx.model import (
    AlignedConcept,
    ConceptEntry,
    DataCategory,
    Designation,
    DesignationOrigin,
    LanguageSection,
    Metatype,
    SourceEntry,
    SourceGlossary,
    TermSection,
)

__all__ = ["ComposeOptions", "compose", "label_of"]

ENGLISH = "en"
EDITORIAL = "editorial"
_ABBREVIATED = {"acronym", "abbreviation", "shortForm"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeOptions:
    """What the project says about every concept entry."""

    subject_field: str | None = None
    part_of_speech: str | None = None


@dataclass(slots=True, kw_only=True)
class _Use:
    """One designation of one language while it is gathered: every spelling seen, where, as what."""

    spellings: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    headword: bool = False
    native: bool = False
    status: str = ""
    part_of_speech: str = ""
    note: str = ""
    decided: str = ""

    @property
    def term(self) -> str:
        """The decided spelling, else the most frequent one, capitals last among equals."""
        return self.decided or min(set(self.spellings), key=lambda each: (-self.spellings.count(each), each.swapcase()))

    @property
    def type(self) -> str | None:
        """The first type stated, in the order of the sources."""
        return self.types[0] if self.types else None

    @property
    def rank(self) -> tuple[object, ...]:
        """Preferred first: by decision, full forms, native words before loans, headwords, then by number of sources."""
        order = {"preferred": 0, "": 1, "admitted": 2, "superseded": 3, "deprecated": 4}
        abbreviated = self.type in _ABBREVIATED
        return (
            order[self.status],
            abbreviated,
            not self.native,
            not self.headword,
            -len(set(self.sources)),
            self.term.casefold(),
        )


_D = TypeVar("_D", DesignationDecision, RelationDecision)

_Uses = dict[str, dict[str, _Use]]
"""Language → folded term → use."""


def _key(term: str) -> str:
    return " ".join(term.casefold().split())


def label_of(members: Iterable[SourceEntry]) -> str:
    """A label for readers: an English full form if there is one, else the first headword."""
    entries = sorted(members, key=lambda each: each.id)
    english = [
        each.term
        for entry in entries
        for each in entry.designations
        if each.language == ENGLISH and each.type not in _ABBREVIATED
    ]
    return min(english, key=lambda term: (len(term), term)) if english else entries[0].headword


def _languages_of(designation: Designation, entry: SourceEntry) -> tuple[str, ...]:
    """In which language sections a designation of an entry belongs."""
    if designation.language == entry.language:
        return (entry.language,)
    if designation.origin is DesignationOrigin.DEFINITION and designation.type not in _ABBREVIATED:
        native = any(each.language == entry.language and each.type not in _ABBREVIATED for each in entry.designations)
        loan = any(each.origin is DesignationOrigin.HEADWORD and each.type not in _ABBREVIATED
                   for each in entry.designations)  # fmt: skip
        return (designation.language,) if native or loan else (entry.language, designation.language)
    return (entry.language, designation.language)


def _gather(entries: Sequence[SourceEntry]) -> _Uses:
    uses: _Uses = {}
    for entry in entries:
        for designation in entry.designations:
            for language in _languages_of(designation, entry):
                use = uses.setdefault(language, {}).setdefault(_key(designation.term), _Use())
                use.spellings.append(designation.term)
                use.sources.append(entry.source)
                use.types += [designation.type] if designation.type else []
                use.native |= designation.language == language
                use.headword |= designation.origin is not DesignationOrigin.DEFINITION
    return uses


def _decide(uses: _Uses, decisions: Iterable[DesignationDecision], report: Report) -> None:
    """Apply the editorial decisions to what was gathered."""
    for decision in decisions:
        section = uses.setdefault(decision.language, {})
        key = _key(decision.term)
        if decision.status == REJECTED:
            if section.pop(key, None) is None:
                report(_no_such_designation(decision))
            continue
        use = section.setdefault(key, _Use(sources=[]))
        use.decided = decision.term
        use.status = decision.status or use.status
        use.types = [decision.type] if decision.type else use.types
        use.part_of_speech = decision.part_of_speech
        use.note = decision.note


def _no_such_designation(decision: DesignationDecision) -> Finding:
    return Finding(
        code="PRJ006", message="an editorial decision rejects a designation that no source gives",
        advice="remove its row", concept=decision.concept, language=decision.language, term=decision.term,
    )  # fmt: skip


def _statement(category: str, value: str, metatype: Metatype, *group: DataCategory) -> DataCategory:
    return DataCategory(category=category, value=value, metatype=metatype, group=group)


def _source_statement(text: str) -> DataCategory:
    return _statement("source", text, Metatype.ADMINISTRATIVE)


def _note(text: str) -> DataCategory:
    return _statement("note", text, Metatype.NOTE)


def _citation(glossary: SourceGlossary) -> str:
    """How a source is named beside what it says: title, publisher, date, as far as known."""
    return ", ".join(each for each in (glossary.title or glossary.name, glossary.publisher, glossary.date) if each)


def _term_section(
    use: _Use, status: str, options: ComposeOptions, glossaries: Mapping[str, SourceGlossary]
) -> TermSection:
    sources = [_citation(glossaries[name]) for name in dict.fromkeys(use.sources)] or [EDITORIAL]
    return TermSection(
        term=use.term,
        administrative_status=f"{status}Term-admn-sts",
        part_of_speech=use.part_of_speech or options.part_of_speech,
        term_type=use.type,
        sources=tuple(_source_statement(each) for each in sources),
        notes=(_note(use.note),) if use.note else (),
    )


def _terms(
    uses: Iterable[_Use], options: ComposeOptions, glossaries: Mapping[str, SourceGlossary]
) -> tuple[TermSection, ...]:
    """The term sections of one language: one preferred term unless all are deprecated, the rest as decided."""
    ordered = sorted(uses, key=lambda each: each.rank)
    sections = []
    for place, use in enumerate(ordered):
        status = use.status or ("preferred" if place == 0 else "admitted")
        sections.append(_term_section(use, status, options, glossaries))
    return tuple(sections)


def _definition(entry: SourceEntry, glossary: SourceGlossary) -> DataCategory:
    return _statement("definition", entry.definition, Metatype.DESCRIPTIVE, _source_statement(_citation(glossary)))


def _defines(entry: SourceEntry) -> bool:
    """Whether the text defines the concept: `EEG – Erneuerbare-Energien-Gesetz` only expands the headword."""
    text = entry.definition.strip(" .;").casefold()
    return bool(text) and all(text != each.term.casefold() for each in entry.designations)


def _section(
    language: str, uses: Iterable[_Use], entries: Sequence[SourceEntry], options: ComposeOptions,
    glossaries: Mapping[str, SourceGlossary],
) -> LanguageSection:  # fmt: skip
    own = [entry for entry in entries if entry.language == language]
    return LanguageSection(
        language=language,
        terms=_terms(uses, options, glossaries),
        definitions=tuple(_definition(each, glossaries[each.source]) for each in own if _defines(each)),
        notes=tuple(_note(text) for each in own for text in each.notes),
    )


def _cross_references(
    relations: Iterable[RelationDecision], labels: Mapping[str, str], report: Report
) -> tuple[DataCategory, ...]:
    """Relations as cross-references whose text names the relation; a doubtful one says that the pair is not linked."""
    stated = []
    for relation in relations:
        if relation.target not in labels:
            message = (
                f"relation `{relation.relation}` points to {relation.target}, which is not a concept of the register"
            )
            report(Finding(code="PRJ002", message=message, severity=Severity.WARNING, concept=relation.concept))
            continue
        reference = _statement("crossReference", f"{relation.relation}: {labels[relation.target]}", Metatype.REFERENCE)
        stated.append(replace(reference, target=relation.target))
    return tuple(stated)


def _ordered(entries: Iterable[SourceEntry], glossaries: Mapping[str, SourceGlossary]) -> list[SourceEntry]:
    """Source entries in the order of the project's sources, then of the page."""
    places = {name: place for place, name in enumerate(glossaries)}
    return sorted(entries, key=lambda each: (places[each.source], each.line_first, each.id))


def compose(
    concepts: Sequence[AlignedConcept],
    ids: Sequence[str],
    entries: Mapping[str, SourceEntry],
    glossaries: Mapping[str, SourceGlossary],
    *,
    editorial: Editorial = Editorial(),
    options: ComposeOptions = ComposeOptions(),
    report: Report = lambda finding: None,
) -> tuple[ConceptEntry, ...]:
    """Concept entries sorted by id, language sections by tag, the preferred designation of each first.

    `ids` are the assigned ids of `concepts`, in the same order; `entries` maps source entry ids; `glossaries` maps
    source names in the project's order. Findings: PRJ002 (a decision on an unknown concept), PRJ006 (it rejects a
    designation nobody gives), PRJ007 (no English designation).
    """
    decisions = _by_concept(editorial.designations)
    relations = _by_concept(editorial.relations)
    _report_unknown({*decisions, *relations}, ids, report)
    members: dict[str, list[SourceEntry]] = {}
    uses: dict[str, _Uses] = {}
    for identifier, concept in zip(ids, concepts, strict=True):
        members[identifier] = _ordered((entries[each] for each in concept.members), glossaries)
        uses[identifier] = _gather(members[identifier])
        _decide(uses[identifier], decisions.get(identifier, ()), report)
    labels = {identifier: _label(uses[identifier], members[identifier]) for identifier in members}
    _report_missing_english(uses, labels, report)
    return tuple(
        ConceptEntry(
            id=identifier,
            languages=tuple(
                _section(language, found.values(), members[identifier], options, glossaries)
                for language, found in sorted(uses[identifier].items())
                if found
            ),
            subject_fields=_subject(options),
            cross_references=_cross_references(relations.get(identifier, ()), labels, report),
        )
        for identifier in sorted(members)
    )


def _by_concept(rows: Iterable[_D]) -> dict[str, list[_D]]:
    found: dict[str, list[_D]] = {}
    for row in rows:
        found.setdefault(row.concept, []).append(row)
    return found


def _report_missing_english(uses: Mapping[str, _Uses], labels: Mapping[str, str], report: Report) -> None:
    for identifier in sorted(uses):
        if not uses[identifier].get(ENGLISH):
            message = f"“{labels[identifier]}” has no English designation"
            report(Finding(code="PRJ007", message=message, concept=identifier, advice="add one to the editorial table"))


def _label(uses: _Uses, entries: Sequence[SourceEntry]) -> str:
    english = sorted(uses.get(ENGLISH, {}).values(), key=lambda each: each.rank)
    return english[0].term if english else entries[0].headword


def _subject(options: ComposeOptions) -> tuple[DataCategory, ...]:
    if options.subject_field is None:
        return ()
    return (_statement("subjectField", options.subject_field, Metatype.DESCRIPTIVE),)


def _report_unknown(named: Iterable[str], ids: Sequence[str], report: Report) -> None:
    for concept in sorted(set(named) - set(ids)):
        message = "an editorial decision names this concept, which the alignment does not have"
        report(Finding(code="PRJ002", message=message, concept=concept, advice="correct or remove its rows"))
