"""Tables whose columns a client prescribes: the columns are data, the writer is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import BinaryIO

from cctbx.formats.cells import harmless, row_writer
from cctbx.formats.contract import Keeps, WriteOptions
from cctbx.formats.spool import Spool
from cctbx.formats.streams import utf8_writer
from cctbx.model import ConceptEntry, LanguageSection, Level, TermBaseStream, TermSection, plain, statements

__all__ = ["Column", "Each", "Layout", "Role", "Row", "Rows", "keeps_of", "layout_rows", "write_layout"]


class Rows(StrEnum):
    """What a row is about."""

    PAIR = "a source term with a target term"
    SOURCE = "a source term with the first term of each target language"
    CONCEPT = "a concept with all its languages"


class Role(StrEnum):
    """What the cells of a column are, for reading them back."""

    SAID = "what is stated, told by `keeps`"
    TERM = "the row's term in the column's language"
    SOURCE = "the row's term in the source language"
    ID = "the id of the concept"
    FIXED = "the same in every row"


class Each(StrEnum):
    """How often a column stands: once, or once for each target language, or for each language, source first."""

    ONCE = "once"
    TARGET = "target"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Row:
    """What the columns of one row draw on: the entry, and per language its section and the term the row is about."""

    entry: ConceptEntry
    source: str
    terms: dict[str, TermSection | None]

    def section(self, tag: str) -> LanguageSection | None:
        """The section of a language, or of a narrower one."""
        return _section(self.entry, tag)

    def stated(self, category: str, tag: str = "") -> str:
        """The first statement of a category on the concept, or in a language."""
        level = self.section(tag) if tag else self.entry
        return next((each.text for each in statements(level) if each.category == category), "") if level else ""

    def said_of(self, category: str, tag: str) -> str:
        """The first statement of a category on the row's term in a language."""
        term = self.terms.get(tag)
        return next((each.text for each in statements(term) if each.category == category), "") if term else ""

    def term(self, tag: str) -> str:
        """The row's term in a language, empty where it has none."""
        term = self.terms.get(tag)
        return plain(term.term) if term else ""

    def all_terms(self, tag: str) -> tuple[TermSection, ...]:
        """Every term of a language."""
        section = self.section(tag)
        return section.terms if section else ()


Value = Callable[[Row, str], str]


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its head (`{tag}`: language, `{locale}`: the same with `_`, `{suffix}`: `_2` and up) and its cells.

    keeps    what of the model its cells hold
    repeated one more column for each further term of a concept in a language
    role     what its cells are, for the reader; `back`: from a cell to what it states, empty for nothing
    of_source    what it says of a term, it says of the source term
    """

    head: str
    value: Value
    each: Each = Each.ONCE
    keeps: tuple[tuple[Level, str], ...] = ()
    repeated: bool = False
    role: Role = Role.SAID
    back: Callable[[str], str] = _same
    of_source: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A delimited table. `mark`: byte order mark; `heads`: whether there is a head row.

    neutral      cells that would run as formulas in a spreadsheet get an apostrophe; only where the client is one
    sheet        an XLSX sheet instead of delimited text
    """

    rows: Rows
    columns: tuple[Column, ...]
    delimiter: str = ","
    heads: bool = True
    mark: bool = True
    quoted: bool = True
    neutral: bool = False
    sheet: bool = False


def _section(entry: ConceptEntry, tag: str) -> LanguageSection | None:
    """The sections of a language as one: the exact tag, or else all narrower ones."""
    exact = [each for each in entry.languages if each.language == tag]
    wanted = tag.lower() + "-"
    found = exact or [each for each in entry.languages if each.language.lower().startswith(wanted)]
    if len(found) > 1:
        return replace(found[0], terms=tuple(term for each in found for term in each.terms))
    return found[0] if found else None


def keeps_of(layout: Layout, **others: bool) -> Keeps:
    """What a table with these columns holds."""
    return Keeps(
        statements=frozenset(kept for column in layout.columns for kept in column.keeps), markup=False, groups=False,
        header=False, references=False, nested=False, single=frozenset(Level), ids=False, white_space=False,
        sections=False, **others,
    )  # fmt: skip


def _rows(entry: ConceptEntry, layout: Layout, source: str, targets: tuple[str, ...]) -> Iterator[Row]:
    held = {tag: (section.terms if (section := _section(entry, tag)) else ()) for tag in (source, *targets)}
    firsts: dict[str, TermSection | None] = {tag: terms[0] if terms else None for tag, terms in held.items()}
    if layout.rows is Rows.CONCEPT:
        yield Row(entry, source, firsts)
    elif layout.rows is Rows.SOURCE:
        for term in held[source]:
            yield Row(entry, source, firsts | {source: term})
    else:
        for term in held[source]:
            for other in held[targets[0]]:
                yield Row(entry, source, {source: term, targets[0]: other})


def _tags(column: Column, source: str, targets: tuple[str, ...]) -> tuple[str, ...]:
    return {Each.ONCE: ("",), Each.TARGET: targets, Each.LANGUAGE: (source, *targets)}[column.each]


Cells = list[list[str]]
"""A row's cells, column group by column group: a repeated column has as many as there are terms."""


def _cells(row: Row, layout: Layout, source: str, targets: tuple[str, ...]) -> Cells:
    return [
        [column.value(replace(row, terms=row.terms | {tag: each}), tag) for each in row.all_terms(tag)]
        if column.repeated
        else [column.value(row, tag)]
        for tag, column in _grid(layout, source, targets)
    ]


def _grid(layout: Layout, source: str, targets: tuple[str, ...]) -> Iterator[tuple[str, Column]]:
    """Columns in their order: neighbours that stand once per language are dealt out language by language."""
    columns = list(layout.columns)
    while columns:
        group = [columns.pop(0)]
        while group[0].each is not Each.ONCE and columns and columns[0].each is group[0].each:
            group.append(columns.pop(0))
        for tag in _tags(group[0], source, targets):
            for column in group:
                yield tag, column


def layout_rows(stream: TermBaseStream, layout: Layout, options: WriteOptions) -> Iterator[list[str]]:
    """Head row and rows as cells. Constant memory; with repeated columns rows wait in a spool for the heads."""
    source, targets = options.source_language or "und", options.target_languages
    rows: Iterable[Cells] = (
        _cells(row, layout, source, targets) for entry in stream for row in _rows(entry, layout, source, targets)
    )
    grid = list(_grid(layout, source, targets))
    widths = [1] * len(grid)
    if any(column.repeated for _, column in grid):
        spool = Spool()
        for cells in rows:
            widths = [max(width, len(cell)) for width, cell in zip(widths, cells, strict=True)]
            spool.append(cells)
        rows = spool
    if layout.heads:
        yield list(_heads(grid, widths))
    for cells in rows:
        yield [each for cell, width in zip(cells, widths, strict=True) for each in cell + [""] * (width - len(cell))]


def _heads(grid: list[tuple[str, Column]], widths: list[int]) -> Iterator[str]:
    for (tag, column), width in zip(grid, widths, strict=True):
        for number in range(1, width + 1):
            suffix = "" if number == 1 else f"_{number}"
            yield column.head.format(tag=tag, suffix=suffix, locale=tag.replace("-", "_"))


def write_layout(stream: TermBaseStream, out: BinaryIO, options: WriteOptions, *, layout: Layout) -> None:
    """Write a table: UTF-8, LF, or a sheet. The stream was reduced to `keeps_of(layout)` before."""
    rows: Iterable[list[str]] = layout_rows(stream, layout, options)
    if layout.sheet:
        from cctbx.profiles.sheets import write_sheet

        write_sheet(rows, out)
        return
    if layout.neutral:
        rows = ([harmless(cell) for cell in row] for row in rows)
    text = utf8_writer(out, mark=layout.mark)
    if layout.quoted:
        row_writer(text, delimiter=layout.delimiter).writerows(rows)
    else:
        for row in rows:  # cells have no tabs or line breaks: white space was folded
            text.write(layout.delimiter.join(row) + "\n")
    text.detach()
