"""A concept entry opened for editing: what `apply` changes, change by change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from cctbx.diff.changes import Change, Holds, text_of
from cctbx.diff.order import canonical, concept_of, section_of, term_of
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, TermSection, Text, statements

__all__ = ["ConceptDraft", "MisfitError"]


class MisfitError(Exception):
    """A change does not fit what it is applied to; `str()` says why. `done` if it is in effect already."""

    def __init__(self, message: str, *, done: bool = False) -> None:
        super().__init__(message)
        self.done = done


def _fuller(stated: list[DataCategory], old: DataCategory, new: DataCategory | None) -> DataCategory | None:
    """Edit a statement that says the same as `old` and more beside it; what stands beside it stays."""
    for place, each in enumerate(stated):
        if each.category == old.category and each.text == old.text:
            stated[place : place + 1] = [replace(each, value=new.value, target=new.target)] if new else []
            return each
    return None


def _edit_statement(stated: list[DataCategory], change: Change, loose: bool) -> None:
    old, new = change.old, change.new
    if isinstance(old, DataCategory):
        if loose and old not in stated and _fuller(stated, old, new if isinstance(new, DataCategory) else None):
            return
        if old not in stated:
            done = isinstance(new, DataCategory) and new in stated
            raise MisfitError(f"{change.category} “{text_of(old)}” is not there", done=done)
        stated.remove(old)
    elif isinstance(new, DataCategory) and stated.count(new) > change.alike:
        raise MisfitError(f"{change.category} “{text_of(new)}” is there already", done=True)
    if isinstance(new, DataCategory):
        stated.append(new)


class TermDraft:
    """A term section opened for editing."""

    def __init__(self, term: TermSection) -> None:
        self.term: Text = term.term
        self.id = term.id
        self.stated = list(statements(term))

    def closed(self) -> TermSection:
        """The edited term section."""
        return term_of(TermSection(term=self.term, id=self.id), self.stated)


class SectionDraft:
    """A language section opened for editing. Designations are known by what they were before any edit."""

    def __init__(self, section: LanguageSection) -> None:
        self.language = section.language
        self.id = section.id
        self.stated = list(statements(section))
        self.added: list[TermSection] = []
        self.terms: dict[tuple[Text, int], TermDraft] = {}
        count: defaultdict[Text, int] = defaultdict(int)
        for term in section.terms:
            self.terms[term.term, count[term.term]] = TermDraft(term)
            count[term.term] += 1

    def closed(self) -> LanguageSection:
        """The edited section."""
        terms = [*(each.closed() for each in self.terms.values()), *self.added]
        return section_of(LanguageSection(language=self.language, id=self.id), self.stated, terms)


Place = ConceptEntry | SectionDraft | TermDraft


class ConceptDraft:
    """A concept entry opened for editing; `edit` takes elementary changes in any order, `closed` gives the entry.

    `loose`: the changes come from a view of the entry that did not show all of it; what it did not show stays.
    """

    def __init__(self, concept: ConceptEntry, *, loose: bool = False) -> None:
        concept = canonical(concept)
        self.loose = loose
        self.id = concept.id
        self.stated = list(statements(concept))
        self.added: list[LanguageSection] = []
        self.sections: dict[tuple[str, int], SectionDraft] = {}
        count: defaultdict[str, int] = defaultdict(int)
        for section in concept.languages:
            self.sections[section.language, count[section.language]] = SectionDraft(section)
            count[section.language] += 1

    def closed(self) -> ConceptEntry:
        """The edited entry, in canonical order."""
        sections = [*(each.closed() for each in self.sections.values()), *self.added]
        return concept_of(self.id, self.stated, sections)

    def edit(self, change: Change) -> None:
        """Put one elementary change into effect. Raises `MisfitError`; the draft is then as before."""
        _EDITS[change.row.holds](self, change)

    def _section(self, change: Change) -> SectionDraft:
        found = self.sections.get((change.language or "", change.section))
        if found is None:
            raise MisfitError(f"it has no section for language {change.language}")
        return found

    def _term(self, change: Change) -> TermDraft:
        found = self._section(change).terms.get((change.term or "", change.nth))
        if found is None:
            raise MisfitError(f"it has no designation “{text_of(change.term)}” in {change.language}")
        return found

    def _place(self, change: Change) -> ConceptDraft | SectionDraft | TermDraft:
        if change.language is None:
            return self
        return self._section(change) if change.term is None else self._term(change)

    def _number(self, change: Change) -> None:
        self.id = text_of(change.new)

    def _statement(self, change: Change) -> None:
        _edit_statement(self._place(change).stated, change, self.loose)

    def _identifier(self, change: Change) -> None:
        place = self._place(change)
        if isinstance(place, SectionDraft | TermDraft):
            if place.id != change.old:
                raise MisfitError(f"its id is {place.id}, not {change.old}", done=place.id == change.new)
            place.id = None if change.new is None else text_of(change.new)

    def _reword(self, change: Change) -> None:
        found = self._term(change)
        if isinstance(change.new, str) or change.new is not None:
            found.term = change.new  # type: ignore[assignment]

    def _designation(self, change: Change) -> None:
        if isinstance(change.new, TermSection):
            self._add_designation(change, change.new)
            return
        section = self._section(change)
        if self._term(change).closed() != change.old and not self.loose:
            raise MisfitError(f"“{text_of(change.old)}” in {change.language} was edited")
        del section.terms[change.term or "", change.nth]

    def _add_designation(self, change: Change, term: TermSection) -> None:
        name = (change.language or "", change.section)
        if name not in self.sections:
            self.sections[name] = SectionDraft(LanguageSection(language=name[0]))
        section = self.sections[name]
        there = section.added.count(term) + sum(term == each.closed() for each in section.terms.values())
        if there > change.nth and not change.parts:
            raise MisfitError(f"“{text_of(term)}” in {change.language} is there already", done=True)
        section.added.append(term)

    def _language(self, change: Change) -> None:
        name = (change.language or "", change.section)
        if isinstance(change.new, LanguageSection):
            if name in self.sections:
                raise MisfitError(f"it has a section for language {change.language} already")
            self.added.append(change.new)
            return
        if self._section(change).closed() != change.old and not self.loose:
            raise MisfitError(f"its section for language {change.language} was edited")
        del self.sections[name]


_EDITS: dict[Holds, Callable[[ConceptDraft, Change], None]] = {
    Holds.NUMBER: ConceptDraft._number,
    Holds.STATEMENT: ConceptDraft._statement,
    Holds.IDENTIFIER: ConceptDraft._identifier,
    Holds.TERM: ConceptDraft._reword,
    Holds.DESIGNATION: ConceptDraft._designation,
    Holds.SECTION: ConceptDraft._language,
    Holds.NOTHING: lambda draft, change: None,
    Holds.CONCEPT: lambda draft, change: None,
}

