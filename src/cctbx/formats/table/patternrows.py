"""Entries built alike become rows by a template: the row is made once, then only the texts are put in.

The sample of a pattern is made a row in the quick way; between its marks stands the template. The status of terms
decides their order, so there is one for each combination of them. Laws in the tests state that the result is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cctbx.findings import Finding, Report
from cctbx.formats.cells import escaped_value, harmless, quoted_row
from cctbx.formats.contract import ignore
from cctbx.formats.losses import folded, short_text
from cctbx.formats.table.quickrows import QuickRows, Row
from cctbx.formats.table.sheet import Sheet
from cctbx.model.patterns import Pattern, Repeated
from cctbx.model.quick import quick

__all__ = ["PatternRows"]

_finding = quick(Finding)
_MARK = re.compile("(¤[0-9]+¤)")
_LIMIT = 4096
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
    """A row of a pattern: at every second place of `parts` one of the texts, in this order.

    `leading` are the texts that begin a cell. The parts are made for one version of the sheet's columns.
    """

    __slots__ = ("leading", "losses", "order", "parts", "row", "version")

    def __init__(self, row: Row, losses: list[Finding]) -> None:
        self.row, self.losses = row, [_Loss(each) for each in losses]
        self.version = -1
        self.parts: list[str] = []
        self.order: list[int] = []
        self.leading: list[int] = []

    def fit(self, sheet: Sheet[tuple[str, str | None]]) -> None:
        """Makes the parts for the columns of the sheet."""
        sheet.widen(self.row)
        cells = [self.row.get(key, "") for key in sheet.columns]
        self.version = sheet.version
        self.parts = _MARK.split(quoted_row([harmless(cell) for cell in cells]))
        self.order = [_place(mark) for mark in self.parts[1::2]]
        self.leading = [_place(found[0]) for cell in cells if (found := _MARK.match(cell))]


def _place(mark: str) -> int:
    return int(mark[1:-1])


class _Kind:
    """What is known of a pattern: the places of the statuses of its terms, and its templates by these."""

    __slots__ = ("statuses", "templates")

    def __init__(self, pattern: Pattern) -> None:
        places = {mark: place for place, mark in enumerate(pattern.marks)}
        terms = (term for section in pattern.sample.languages for term in section.terms)
        self.statuses = [places[term.administrative_status] for term in terms if term.administrative_status in places]
        self.templates: dict[tuple[str, ...], _Template | None] = {}


class PatternRows:
    """Makes lines of entries built alike. `rows` makes the quick row of an entry and reports what is lost."""

    def __init__(
        self, sheet: Sheet[tuple[str, str | None]], report: Report, rows: Callable[[Report], QuickRows]
    ) -> None:
        self._sheet, self._report = sheet, report
        self._lost: list[Finding] = []
        self._rows = rows(ignore if report is ignore else self._lost.append)
        self._kinds: dict[Pattern, _Kind] = {}
        self._count = 0

    def add(self, entry: Repeated) -> bool:
        """Takes in an entry, its losses reported; False if it has to go another way."""
        kind = self._kinds.get(entry.pattern)
        if kind is None:
            kind = self._kinds[entry.pattern] = _Kind(entry.pattern)
        texts = entry.texts
        statuses = tuple([texts[place] for place in kind.statuses])
        template = kind.templates.get(statuses)
        if template is None:
            if statuses in kind.templates or self._count >= _LIMIT:
                return False
            template = kind.templates[statuses] = self._template(entry.pattern, kind.statuses, statuses)
            self._count += 1
            if template is None:
                return False
        if not entry.plain and any(map(str.isspace, texts)):
            return False
        if template.version != self._sheet.version:
            template.fit(self._sheet)
        parts = template.parts.copy()
        cells = self._cells(texts, template)
        parts[1::2] = [cells[place] for place in template.order]
        if template.losses:
            self._report_losses(template.losses, texts)
        self._sheet.line("".join(parts))
        return True

    @staticmethod
    def _cells(texts: list[str], template: _Template) -> list[str]:
        """The texts as they stand in cells."""
        joined = "".join(texts)
        if "|" in joined or "\\" in joined:
            texts = [escaped_value(each) for each in texts]
        if not _RISKY.isdisjoint([texts[place][0] for place in template.leading]):
            texts = texts.copy()
            for place in template.leading:
                texts[place] = harmless(texts[place])
        if '"' in joined:
            texts = [each.replace('"', '""') for each in texts]
        return texts

    def _template(self, pattern: Pattern, places: list[int], statuses: tuple[str, ...]) -> _Template | None:
        marks = list(pattern.marks)
        for place, status in zip(places, statuses, strict=True):
            marks[place] = status
        self._lost.clear()
        row = self._rows.row(pattern.make(0, marks))
        if row is None or any(key and "¤" in key for keys in row for key in keys):
            return None
        return _Template(row, self._lost.copy())

    def _report_losses(self, losses: list[_Loss], texts: list[str]) -> None:
        report, concept = self._report, texts[0]
        for loss in losses:
            message = loss.parts[0]
            if loss.order:
                parts = loss.parts.copy()
                parts[1::2] = [short_text(texts[place]) for place in loss.order]
                message = "".join(parts)
            term = loss.found.term if loss.term is None else folded(texts[loss.term])
            found = loss.found
            report(
                _finding(found.code, message, found.severity, concept=concept, language=found.language, term=term,
                         category=found.category)
            )  # fmt: skip
