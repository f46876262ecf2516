"""The quick way from a regular concept entry to its row: what the table cannot hold is reported, nothing is rebuilt.

The first thing that is not plain (markup, an attribute, a statement in `others`, an empty value, two sections of
a language) sends the entry the long way (`losses.keep`). A law in the tests states that both give the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import compress
from operator import attrgetter
from typing import Any, Final

from cctbx.findings import Finding, Report
from cctbx.findings.codes import severity_of
from cctbx.formats.cells import join_values
from cctbx.formats.contract import Keeps, ignore
from cctbx.formats.losses import folded, short, short_text
from cctbx.formats.table.columns import DEPRECATED, ID, SYNONYMS, TERM
from cctbx.model import CATEGORIES, Category, ConceptEntry, LanguageSection, Level, Metatype, TermSection
from cctbx.model.quick import quick

__all__ = ["DEAD", "QuickRows", "Row", "implied"]

Row = dict[tuple[str, str | None], str]
"""The filled cells of a row, by field and language."""

DEAD: Final = ("deprecatedTerm-admn-sts", "supersededTerm-admn-sts")
_STATUS: Final = "administrativeStatus"

_KNOWN_LIMIT: Final = 4096
_Said = tuple[tuple[str | None, ...], ...]
_Arrangement = tuple[tuple[int, ...], int, tuple[tuple[str, str], ...]]
"""Places of the terms in the order of the columns, how many of them are live, the cells of the simple categories."""

_finding = quick(Finding)
_home = attrgetter("category", "metatype", "language", "id", "datatype")
_NO_PLACE, _BESIDE, _NO_ID = severity_of("LOS050"), severity_of("LOS052"), severity_of("LOS059")


class _Long(Exception):  # noqa: N818 - not an error: the long way can do it
    """This entry has to go the long way."""


class _Place:
    """A category at a level: whether the table holds it, and what its statements look like there."""

    __slots__ = ("home", "kept", "name", "points")

    def __init__(self, category: Category, level: Level, keeps: Keeps) -> None:
        self.name = category.name
        self.home = (category.name, category.metatype, None, None, None)
        self.points = category.metatype in (Metatype.REFERENCE, Metatype.EXTERNAL_REFERENCE)
        self.kept = keeps.statements is None or (level, category.name) in keeps.statements


class _Level:
    """The fields of a level: `others` and id first, then those of statements in the order of the standard's table."""

    __slots__ = ("fields", "places")

    def __init__(self, level: Level, keeps: Keeps) -> None:
        fields = (each for each in CATEGORIES if each.field and level in each.levels)
        held = [each for each in fields if not (each.simple and level is Level.TERM)]
        self.places = tuple(_Place(each, level, keeps) for each in held)
        self.fields: Callable[[object], tuple[Any, ...]] = attrgetter("others", "id", *(str(e.field) for e in held))


def implied(values: list[str], live: int) -> bool:
    """Whether the columns the terms stand in already say their status: none, or deprecated."""
    return values == [""] * live + [DEAD[0]] * (len(values) - live)


class QuickRows:
    """Makes the rows of regular entries; `arranged` puts the terms of a section in their order."""

    def __init__(
        self, keeps: Keeps, report: Report, arranged: Callable[[tuple[TermSection, ...]], tuple[TermSection, ...]]
    ) -> None:
        self._report, self._arranged = report, arranged
        self._heard = report is not ignore  # findings nobody listens to need not be made
        self._ids_kept = keeps.ids
        self._levels = {each: _Level(each, keeps) for each in Level}
        simple = [each for each in CATEGORIES if each.field and each.simple and Level.TERM in each.levels]
        self._simple = tuple(each.name for each in simple)
        self._simple_fields: Callable[[object], tuple[str | None, ...]] = attrgetter(*(str(e.field) for e in simple))
        self._known: dict[_Said, _Arrangement] = {}
        self._lost: list[Finding] = []
        self._at: tuple[str | None, str | None, str | None] = (None, None, None)

    def row(self, entry: ConceptEntry) -> Row | None:
        """The cells of an entry, its losses reported; None if it has to go the long way (nothing is reported then)."""
        row: Row = {(ID, None): entry.id}
        self._lost = []
        try:
            self._at = (entry.id, None, None)
            held = self._levels[Level.CONCEPT].fields(entry)
            if held[0]:
                return None
            self._stated(self._levels[Level.CONCEPT], held[2:], None, row)
            if len({section.language for section in entry.languages}) < len(entry.languages):
                return None
            for section in entry.languages:
                self._section(entry.id, section, row)
        except _Long:
            return None
        for each in self._lost:
            self._report(each)
        return row

    def _section(self, concept: str, section: LanguageSection, row: Row) -> None:
        language, terms = section.language, section.terms
        self._at = (concept, language, None)
        level = self._levels[Level.LANGUAGE]
        held = level.fields(section)
        if held[0] or not terms:
            raise _Long
        self._stated(level, held[2:], language, row)
        level = self._levels[Level.TERM]
        for term in terms:
            text = term.term
            held = level.fields(term)
            if held[0] or type(text) is not str or not text or text.isspace():
                raise _Long
            if any(held):
                self._at = (concept, language, folded(text) if self._heard else None)
                self._stated(level, held[2:], language, row)
                self._identified(held[1], "a term section")
        self._at = (concept, language, None)
        self._identified(section.id, "a language section")
        self._terms(terms, language, row)

    def _identified(self, identifier: str | None, what: str) -> None:
        if identifier and self._ids_kept:
            raise _Long
        if identifier and self._heard:
            self._lose("LOS059", f"the id {short_text(identifier)} of {what} is lost", _NO_ID, None)

    def _stated(self, level: _Level, held: tuple[Any, ...], language: str | None, row: Row) -> None:
        heard = self._heard
        for place, statements in zip(compress(level.places, held), filter(None, held), strict=True):
            name, home, kept = place.name, place.home, place.kept
            texts = []
            for statement in statements:
                value = statement.value
                if type(value) is not str or not value or _home(statement) != home:
                    raise _Long
                target = statement.target
                if target and (not place.points or statement.group):
                    raise _Long
                if not kept:
                    if heard:
                        message = f"{name} has no place in this format: “{short(statement)}” is lost"
                        self._lose("LOS050", message, _NO_PLACE, name)
                    continue
                if heard and statement.group:
                    beside = ", ".join([each.category for each in statement.group])
                    self._lose("LOS052", f"what stands beside {name} is lost: {beside}", _BESIDE, name)
                if heard and target:
                    self._lose("LOS052", f"what stands beside {name} is lost: its text", _BESIDE, name)
                texts.append(target or value)
            if texts:
                row[name, language] = join_values(texts)

    def _lose(self, code: str, message: str, severity: object, category: str | None) -> None:
        concept, language, term = self._at
        self._lost.append(
            _finding(code, message, severity, concept=concept, language=language, term=term, category=category)
        )

    def _terms(self, terms: tuple[TermSection, ...], language: str, row: Row) -> None:
        said = tuple(map(self._simple_fields, terms))
        order, live, cells = self._known.get(said) or self._arrangement(said, terms)
        if live == 1:
            row[TERM, language] = join_values((terms[order[0]].term,))  # type: ignore[arg-type]
        elif live:
            texts: list[Any] = [terms[place].term for place in order[:live]]
            row[TERM, language] = join_values(texts[:1])
            row[SYNONYMS, language] = join_values(texts[1:])
        if live < len(terms):
            texts = [terms[place].term for place in order[live:]]
            row[DEPRECATED, language] = join_values(texts)
        for category, cell in cells:
            row[category, language] = cell

    def _arrangement(self, said: _Said, terms: tuple[TermSection, ...]) -> _Arrangement:
        """What follows from the simple fields of a section's terms: few combinations come again and again."""
        terms = tuple(map(replace, terms))  # an object that stands twice would have one place
        places = {id(term): place for place, term in enumerate(terms)}
        order = tuple(places[id(term)] for term in self._arranged(terms))
        live = sum(term.administrative_status not in DEAD for term in terms)
        cells = []
        for category, held in zip(self._simple, zip(*(said[place] for place in order), strict=True), strict=True):
            values = [value or "" for value in held]
            if any(values) and (category != _STATUS or not implied(values, live)):
                cells.append((category, join_values(values)))
        found = (order, live, tuple(cells))
        if len(self._known) < _KNOWN_LIMIT:
            self._known[said] = found
        return found
