"""Taking out of a stream what a format cannot hold, and saying so: one loss finding per concept and thing lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from cctbx.findings import Finding, Report
from cctbx.findings.codes import severity_of
from cctbx.formats.contract import Keeps, WriteOptions
from cctbx.model import (
    CATEGORIES,
    CATEGORY,
    ConceptEntry,
    DataCategory,
    Header,
    LanguageSection,
    Level,
    Metatype,
    TermBaseStream,
    TermSection,
    Text,
    fields_from,
    level_of,
    plain,
    statements,
)
from cctbx.model.patterns import Repeated
from cctbx.model.portions import Portion
from cctbx.model.termbase import Item

__all__ = [
    "Keeper", "Losses", "chosen_languages", "folded", "header_lost", "in_home_place", "keep", "preferred_first",
    "references_lost", "short", "short_text",
]  # fmt: skip

_WHITE = re.compile("[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")

_POINTERS = (Metatype.REFERENCE, Metatype.EXTERNAL_REFERENCE)

LevelValue = TypeVar("LevelValue", ConceptEntry, LanguageSection, TermSection)


def folded(text: str) -> str:
    """The text with each run of blanks, tabs and line breaks as one blank, and none outside. NBSP inside stays."""
    if text.isprintable() and "  " not in text and text.strip() == text:
        return text
    return _WHITE.sub(" ", text).strip()


def in_home_place(statement: DataCategory) -> bool:
    """Whether a statement's metatype is the one its name implies: the standard's; descriptive for private ones."""
    known = CATEGORY.get(statement.category)
    return (known.metatype if known else Metatype.DESCRIPTIVE) is statement.metatype


_RANKS = {"preferredTerm-admn-sts": 0, None: 1, "admittedTerm-admn-sts": 2}


def preferred_first(terms: Iterable[TermSection]) -> tuple[TermSection, ...]:
    """Preferred terms, then those without status, then admitted ones, then all others; else in their order."""
    return tuple(sorted(terms, key=_preference))


def _preference(term: TermSection) -> int:
    return _RANKS.get(term.administrative_status, 3)


class Losses:
    """Reports losses of one concept entry after another; the same thing is said once per place."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.concept: str | None = None
        self.language: str | None = None
        self.term: Text | None = None

    def lost(self, code: str, message: str, *, category: str | None = None, advice: str | None = None) -> None:
        """Report one loss at the present place, with the code's default severity."""
        self.report(Finding(
            code=code, severity=severity_of(code), message=message, advice=advice, category=category,
            concept=self.concept, language=self.language,
            term=None if self.term is None else folded(plain(self.term)),
        ))  # fmt: skip


class Keeper:
    """Reduces concept entries to what `keeps` allows."""

    def __init__(self, keeps: Keeps, losses: Losses) -> None:
        self.keeps, self.losses = keeps, losses

    def text(self, text: Text, category: str) -> Text:
        """The text without the markup and white space the format cannot hold."""
        if isinstance(text, str) and self.keeps.white_space:
            return text
        if not self.keeps.markup and not isinstance(text, str):
            self.losses.lost("LOS051", f"inline markup of {category} is lost; its text is kept", category=category)
            text = plain(text)
        if self.keeps.white_space:
            return text
        bare = plain(text)
        tidy = folded(bare)
        if tidy != bare:
            self.losses.lost("LOS058", f"line breaks, tabs or outer blanks of {category} become blanks or go",
                             category=category)
        return tidy

    def _bare(self, statement: DataCategory) -> DataCategory:
        """The statement's value alone; what only has a target keeps the target as its value."""
        if not (statement.group or statement.language or statement.target or statement.datatype):
            return statement
        gone = [each.category for each in statement.group]
        gone += [name for name in ("language", "target", "datatype") if getattr(statement, name)]
        value = statement.value
        if statement.target and (not plain(value) or statement.metatype in _POINTERS):
            gone = [name for name in gone if name != "target"]
            gone.append("its text" if plain(value) else "its target, which becomes its text")
            value = statement.target
        if gone:
            self.losses.lost("LOS052", f"what stands beside {statement.category} is lost: {', '.join(gone)}",
                             category=statement.category)
        return DataCategory(
            category=statement.category, metatype=statement.metatype, value=value, id=statement.id, line=statement.line
        )

    def _flat(self, statement: DataCategory) -> DataCategory:
        """The statement with at most one companion of a category, and none below those."""
        if not statement.group:
            return statement
        seen: dict[str, DataCategory] = {}
        for each in statement.group:
            if each.category in seen or not in_home_place(each):
                self.losses.lost("LOS052", f"a companion of {statement.category} is lost: {each.category}",
                                 category=statement.category)
                continue
            small = self._small(each)
            if each.group or each.language or each.datatype:
                self.losses.lost("LOS052", f"what stands beside {each.category} of {statement.category} is lost",
                                 category=each.category)
            if small.value or small.target:
                seen[each.category] = small
        group = tuple(sorted(seen.values(), key=lambda each: each.category) if len(seen) > 1 else seen.values())
        return statement if group == statement.group else replace(statement, group=group)

    def _small(self, companion: DataCategory) -> DataCategory:
        value = self.text(companion.value, companion.category)
        if value is companion.value and not (
            companion.group or companion.language or companion.datatype or companion.id
        ):
            return companion
        return DataCategory(
            category=companion.category, metatype=companion.metatype, value=value, target=companion.target,
            line=companion.line,
        )

    def statement(self, statement: DataCategory, level: Level) -> DataCategory | None:
        """What is kept of one statement, or None."""
        keeps, name = self.keeps, statement.category
        if keeps.statements is not None and (
            (level, name) not in keeps.statements or not in_home_place(statement)
        ):
            self.losses.lost("LOS050", f"{name} has no place in this format: “{short(statement)}” is lost",
                             category=name)
            return None
        if not keeps.groups:
            statement = self._bare(statement)
        elif not keeps.nested:
            statement = self._flat(statement)
        if not keeps.ids and statement.id:
            self.losses.lost("LOS059", f"the id {statement.id} of {name} is lost", category=name)
            statement = replace(statement, id=None)
        if not (keeps.markup and keeps.white_space):
            value = self.text(statement.value, name)
            if value is not statement.value:
                statement = replace(statement, value=value)
        if not keeps.nested and not statement.value and not statement.target:
            self.losses.lost("LOS050", f"an empty {name} is left out", category=name)
            return None
        return statement

    def fields(self, value: LevelValue) -> dict[str, object] | None:
        """The typed fields and others of a level, reduced; None where they stay as they are."""
        level = level_of(value)
        changed = bool(value.others)
        kept: list[DataCategory] = []
        for each in statements(value):
            found = self.statement(each, level)
            changed |= found is not each
            if found is not None:
                kept.append(found)
        if level in self.keeps.single and len(kept) > 1:
            single = self._single(kept)
            changed |= single != kept
            kept = single
        if not changed:
            return None
        if not self.keeps.nested:
            kept.sort(key=_rank)
        return fields_from(level, kept)

    def _single(self, kept: list[DataCategory]) -> list[DataCategory]:
        first: dict[str, DataCategory] = {}
        for each in kept:
            if first.setdefault(each.category, each) is not each:
                self.losses.lost("LOS060", f"a further {each.category} is lost: “{short(each)}”",
                                 category=each.category)
        return list(first.values())

    def term(self, term: TermSection) -> TermSection | None:
        """What is kept of a term section; None for an empty term where sections must be filled."""
        self.losses.term = term.term
        text = self.text(term.term, "term")
        if not self.keeps.sections and not plain(text).strip():
            self.losses.lost("LOS067", "an empty term is left out", category="term")
            self.losses.term = None
            return None
        fields = self.fields(term)
        identifier = self._identifier(term.id, "a term section")
        self.losses.term = None
        if fields is None:
            same = text is term.term and identifier == term.id
            return term if same else replace(term, term=text, id=identifier)
        return TermSection(term=text, id=identifier, line=term.line, **fields)  # type: ignore[arg-type]

    def _identifier(self, identifier: str | None, what: str) -> str | None:
        if identifier and not self.keeps.ids:
            self.losses.lost("LOS059", f"the id {short_text(identifier)} of {what} is lost")
            return None
        return identifier

    def section(self, section: LanguageSection) -> LanguageSection | None:
        """What is kept of a language section; None where it has no terms and sections must be filled."""
        self.losses.language = section.language
        fields = self.fields(section)
        found = (self.term(each) for each in section.terms)
        terms = tuple(each for each in found if each is not None)
        if not self.keeps.synonyms and len(terms) > 1:
            terms = self._first(terms)
        if not terms and not self.keeps.sections:
            self.losses.lost("LOS067", "a language section without terms is left out")
            return None
        identifier = self._identifier(section.id, "a language section")
        if fields is None:
            same = identifier == section.id and _identical(terms, section.terms)
            return section if same else replace(section, terms=terms, id=identifier)
        return LanguageSection(
            language=section.language, terms=terms, id=identifier, line=section.line, **fields  # type: ignore[arg-type]
        )

    def _first(self, terms: tuple[TermSection, ...]) -> tuple[TermSection, ...]:
        first, *others = preferred_first(terms)
        for term in others:
            self.losses.lost("LOS053", f"the format holds one term a language: “{plain(term.term)}” is lost",
                             category="term")
        return (first,)

    def _merged(self, sections: Iterable[LanguageSection]) -> tuple[LanguageSection, ...]:
        """One section per language: a second one of a language gives its terms and statements to the first."""
        sections = tuple(sections)
        if len({section.language for section in sections}) == len(sections):
            return sections
        merged: dict[str, LanguageSection] = {}
        for section in sections:
            first = merged.get(section.language)
            if first is None:
                merged[section.language] = section
                continue
            stated = (*statements(first), *statements(section))
            merged[section.language] = LanguageSection(
                language=first.language, terms=first.terms + section.terms, id=first.id, line=first.line,
                **fields_from(Level.LANGUAGE, stated),  # type: ignore[arg-type]
            )
        return tuple(merged.values())

    def entry(self, entry: ConceptEntry) -> ConceptEntry:
        """What is kept of a concept entry."""
        self.losses.concept, self.losses.language, self.losses.term = entry.id, None, None
        fields = self.fields(entry)
        sections = entry.languages if self.keeps.sections else self._merged(entry.languages)
        found = [self.section(each) for each in sections]
        self.losses.language = None
        languages = tuple(each for each in found if each is not None)
        if fields is None:
            return entry if _identical(languages, entry.languages) else replace(entry, languages=languages)
        return ConceptEntry(id=entry.id, languages=languages, origin=entry.origin, **fields)  # type: ignore[arg-type]


def _identical(kept: Sequence[object], given: Sequence[object]) -> bool:
    return len(kept) == len(given) and all(one is other for one, other in zip(kept, given, strict=True))


_PLACE = {each.name: number for number, each in enumerate(CATEGORIES)}


def _rank(statement: DataCategory) -> tuple[int, str, str]:
    """Order among different categories carries no meaning; tables put them in the order of the standard's table."""
    return (_PLACE.get(statement.category, len(_PLACE)), statement.category, statement.metatype.value)


def chosen_languages(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """The stream with the languages asked for; all where no targets are named. What was not asked for is no loss."""
    if not options.target_languages:
        return stream
    wanted = {options.source_language, *options.target_languages}

    def chosen() -> Iterator[Item]:
        for item in stream.items():
            if isinstance(item, Portion):
                yield item
                continue
            entry = item.entry if isinstance(item, Repeated) else item
            yield replace(entry, languages=tuple(each for each in entry.languages if each.language in wanted))

    return TermBaseStream(header=stream.header, concepts=chosen(), references=stream.references)


def short(statement: DataCategory, size: int = 60) -> str:
    """The beginning of a statement's text, for messages."""
    return short_text(statement.text or statement.target or "", size)


def short_text(text: str, size: int = 60) -> str:
    """The beginning of a text, for messages."""
    text = folded(text)
    return text if len(text) <= size else f"{text[: size - 1]}…"


def header_lost(header: Header, report: Report) -> None:
    """Reports a header that says more than its language."""
    if replace(header, language=None) != Header():
        Losses(report).lost("LOS054", "the header (title, sources, revisions) has no place in this format and is lost")


def references_lost(stream: TermBaseStream, report: Report) -> None:
    """Reports the back matter, once the concept entries are exhausted."""
    if stream.references():
        Losses(report).lost("LOS055", "the back matter (responsible persons, sources) is lost")


def keep(
    stream: TermBaseStream, keeps: Keeps, report: Report, *, language: str | None = None,
    keeper_type: type[Keeper] = Keeper,
) -> TermBaseStream:  # fmt: skip
    """The stream reduced to what `keeps` allows, lazily; every loss is reported once, by concept and category.

    `keeper_type` may treat some statements in its own way; `language` becomes the working language of a header that
    is not kept. Findings: LOS050 to LOS067.
    Languages and concept ids are left alone: bilingual formats choose them (see `pairs`).
    """
    keeper = keeper_type(keeps, Losses(report))
    if not keeps.header:
        header_lost(stream.header, report)

    def concepts() -> Iterator[ConceptEntry]:
        yield from map(keeper.entry, stream)
        if not keeps.references:
            references_lost(stream, report)

    return TermBaseStream(
        header=stream.header if keeps.header else Header(language=language),
        concepts=concepts(),
        **({"references": stream.references} if keeps.references else {}),
    )


