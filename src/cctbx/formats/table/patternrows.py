"""Entries built alike become rows by templates: their cells are made once, then only the texts are put in.

The sample of a pattern, of an entry or a section, is made a row in the quick way; between its marks stands the
template. The status of terms decides their order, so there is one for each combination of them. Laws in the tests state
that the result is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cctbx.findings import Finding, Report
from cctbx.formats.cells import escaped_value, harmless
from cctbx.formats.contract import ignore
from cctbx.formats.losses import folded, short_text
from cctbx.formats.table.columns import ID
from cctbx.formats.table.quickrows import QuickRows, Row
from cctbx.formats.table.sheet import Sheet
from cctbx.model import ConceptEntry, LanguageSection
from cctbx.model.patterns import Pattern, Repeated
from cctbx.model.quick import quick

__all__ = ["PatternRows"]

AnyPattern = Pattern[ConceptEntry] | Pattern[LanguageSection]

_finding = quick(Finding)
_MARK = re.compile("(¤[0-9]+¤)")
_LIMIT = 8192
_RISKY = frozenset("'=+-@\t\r\n＝＋－＠")


class _Loss:
    """A finding of a pattern: its message in parts like a row, and which text is its term."""

    __slots__ = ("found", "order", "parts", "term")

    def __init__(self, found: Finding) -> None:
        self.found = found
        self.parts = _MARK.split(found.message)
        self.order = [_place(mark) for mark in self.parts[1::2]]
        self.term = _place(found.term) if found.term and _MARK.fullmatch(found.term) else None


class _Template:
    """The cells of a pattern, each with texts in it: what a row has of an entry, or of a section.

    `leading` are the texts that begin a cell. `whole` cells are one text each; of the others every second part is one
    of the texts, in this order. Their columns are those of one version of the sheet.
    """

    __slots__ = ("composed", "leading", "losses", "row", "version", "whole")

    def __init__(self, row: Row, losses: list[Finding]) -> None:
        self.row, self.losses = row, [_Loss(each) for each in losses]
        self.version = -1
        self.whole: list[tuple[int, int]] = []
        self.composed: list[tuple[int, list[str], list[int]]] = []
        self.leading = [_place(found[0]) for cell in row.values() if (found := _MARK.match(cell))]

    def fit(self, sheet: Sheet[tuple[str, str | None]]) -> None:
        """Finds the columns of the cells, which the sheet must have."""
        self.version = sheet.version
        self.whole, self.composed = [], []
        columns = {key: at for at, key in enumerate(sheet.columns)}
        for key, cell in self.row.items():
            if _MARK.fullmatch(cell):
                self.whole.append((columns[key], _place(cell)))
            else:
                parts = _MARK.split(harmless(cell).replace('"', '""'))
                self.composed.append((columns[key], parts, [_place(mark) for mark in parts[1::2]]))

    def fill(self, cells: list[str], texts: Sequence[str]) -> None:
        """Puts the texts into a row, as they stand in cells."""
        for column, place in self.whole:
            cells[column] = texts[place]
        for column, parts, order in self.composed:
            parts = parts.copy()
            parts[1::2] = [texts[place] for place in order]
            cells[column] = "".join(parts)


def _place(mark: str) -> int:
    return int(mark[1:-1])


Part = tuple[AnyPattern, list[str]]
Filled = tuple[_Template, list[str]]
"""A pattern, or the template of one, with the texts of an entry."""


class _Kind:
    """What is known of a pattern: the places of the statuses of its terms, its language, its templates by statuses."""

    __slots__ = ("languages", "statuses", "templates")

    def __init__(self, pattern: AnyPattern) -> None:
        places = {mark: place for place, mark in enumerate(pattern.marks)}
        sections = _sections(pattern.sample)
        terms = (term for section in sections for term in section.terms)
        self.statuses = [places[term.administrative_status] for term in terms if term.administrative_status in places]
        self.languages = [section.language for section in sections]
        self.templates: dict[tuple[str, ...], _Template | None] = {}


def _sections(sample: ConceptEntry | LanguageSection) -> tuple[LanguageSection, ...]:
    return (sample,) if isinstance(sample, LanguageSection) else sample.languages


class PatternRows:
    """Makes lines of entries built alike. `rows` makes the quick row of an entry and reports what is lost."""

    def __init__(
        self, sheet: Sheet[tuple[str, str | None]], report: Report, rows: Callable[[Report], QuickRows]
    ) -> None:
        self.sheet, self._report = sheet, report
        self._lost: list[Finding] = []
        self._rows = rows(ignore if report is ignore else self._lost.append)
        self._kinds: dict[AnyPattern, _Kind] = {}
        self._count = 0

    def add(self, entry: Repeated) -> bool:
        """Takes in an entry, its losses reported; False if it has to go another way."""
        parts: list[Part] = [(entry.pattern, entry.texts)]
        parts += [(pattern, texts) for pattern, _, texts in entry.sections]
        found: list[Filled] = []
        languages: list[str] = []
        fitting, version = True, self.sheet.version
        for pattern, texts in parts:
            kind = self._kinds.get(pattern) or self._kind(pattern)
            template = self._template(kind, pattern, texts)
            if template is None:
                return False
            if template.version != version:
                fitting = False
            found.append((template, texts))
            languages += kind.languages
        if len(set(languages)) < len(languages):
            return False
        if not entry.plain and any(each.isspace() for _, texts in parts for each in texts):
            return False
        if not fitting:
            self._fit(found)
        self._line(found)
        for template, texts in found:
            if template.losses:
                self._report_losses(template.losses, texts, entry.texts[0])
        return True

    def _kind(self, pattern: AnyPattern) -> _Kind:
        kind = self._kinds[pattern] = _Kind(pattern)
        return kind

    def _template(self, kind: _Kind, pattern: AnyPattern, texts: list[str]) -> _Template | None:
        statuses = tuple([texts[place] for place in kind.statuses])
        template = kind.templates.get(statuses)
        if template is None and statuses not in kind.templates and self._count < _LIMIT:
            template = kind.templates[statuses] = self._made(pattern, kind.statuses, statuses)
            self._count += 1
        return template

    def _fit(self, found: list[Filled]) -> None:
        """Makes room for the cells of templates, and finds their columns."""
        for template, _ in found:
            self.sheet.widen(template.row)
        for template, _ in found:
            template.fit(self.sheet)

    def _line(self, found: list[Filled]) -> None:
        cells = [""] * len(self.sheet.columns)
        for template, texts in found:
            template.fill(cells, self._cells(texts, template.leading))
        line = '","'.join(cells)
        self.sheet.line(f'"{line}"\n')

    @staticmethod
    def _cells(texts: list[str], leading: list[int]) -> list[str]:
        """The texts as they stand in cells."""
        joined = "".join(texts)
        if "|" in joined or "\\" in joined:
            texts = [escaped_value(each) for each in texts]
        if not _RISKY.isdisjoint([texts[place][0] for place in leading]):
            texts = texts.copy()
            for place in leading:
                texts[place] = harmless(texts[place])
        if '"' in joined:
            texts = [each.replace('"', '""') for each in texts]
        return texts

    def _made(self, pattern: AnyPattern, places: list[int], statuses: tuple[str, ...]) -> _Template | None:
        marks = list(pattern.marks)
        for place, status in zip(places, statuses, strict=True):
            marks[place] = status
        self._lost.clear()
        sample = pattern.make(0, marks)
        alone = isinstance(sample, LanguageSection)
        row = self._rows.row(ConceptEntry(id="", languages=(sample,)) if alone else sample)  # type: ignore[arg-type]
        if row is None or any(key and "¤" in key for keys in row for key in keys):
            return None
        if alone:
            del row[ID, None]
        return _Template(row, self._lost.copy())

    def _report_losses(self, losses: list[_Loss], texts: list[str], concept: str) -> None:
        for loss in losses:
            message = loss.parts[0]
            if loss.order:
                parts = loss.parts.copy()
                parts[1::2] = [short_text(texts[place]) for place in loss.order]
                message = "".join(parts)
            term = loss.found.term if loss.term is None else folded(texts[loss.term])
            found = loss.found
            self._report(
                _finding(  # in the order of the fields, which is quicker than by name
                    found.code, message, found.severity, None, None, None, None, concept, found.language, term,
                    found.category,
                )
            )  # fmt: skip
