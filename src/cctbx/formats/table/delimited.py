"""Delimited text: reading any glossary in CSV or TSV, whoever wrote it; the formats `csv` and `terms-csv`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO

from cctbx.errors import InputError
from cctbx.formats.cells import restored, rows
from cctbx.formats.contract import Format, ReadOptions
from cctbx.formats.losses import folded
from cctbx.formats.reporting import say
from cctbx.formats.streams import head_text, text_lines
from cctbx.formats.table.columns import ID, LISTS, TERM, Column, recognise, recognise_all
from cctbx.formats.table.concepts import CONCEPT_KEEPS, concept_from_row, make_part, reduce_concepts, write_concepts
from cctbx.formats.table.terms import (
    HEADS,
    TERM_KEEPS,
    entries_from_rows,
    is_read,
    reduce_terms,
    term_column,
    write_terms,
)
from cctbx.formats.table.unread import RowCheck, repeated
from cctbx.model import ConceptEntry, Header, Level, TermBaseStream

__all__ = ["CSV", "TERMS_CSV", "NumberedRow", "delimiter_of", "entries", "heads_of", "numbered_rows", "read_table"]

NumberedRow = tuple[int, list[str]]
_DELIMITERS = ",;\t|"
_SAMPLE = 50


def delimiter_of(sample: Sequence[str]) -> str:
    """The delimiter of a table by its first lines: the one that cuts the most lines into the head's number of cells."""

    def score(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for _, row in rows(sample, delimiter)]
        return (sum(width == widths[0] for width in widths), widths[0]) if widths and widths[0] > 1 else (0, 0)

    return max(_DELIMITERS, key=lambda each: (*score(each), -_DELIMITERS.index(each)))


def numbered_rows(stream: BinaryIO, options: ReadOptions, delimiter: str | None = None) -> Iterator[NumberedRow]:
    """The rows of a delimited text with their line numbers; encoding and delimiter are found out."""
    csv.field_size_limit(1 << 24)
    lines = text_lines(stream, options)
    sample = list(islice(lines, _SAMPLE))
    try:
        yield from rows(chain(sample, lines), delimiter or delimiter_of(sample))
    except csv.Error as error:
        raise InputError(f"cannot be read as a table: {error}", file=options.file) from error


def read_table(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read a delimited glossary: `csv` and `terms-csv` of this program, or any table with a head row.

    `options.columns` says what heads mean where they do not say it themselves (`{"Begriff": "term:de"}`). Without a
    head row, two or three columns are source, target and comment in the languages of the options. Raises `InputError`
    where no column holds terms. Findings: FMT100 to FMT110.
    """
    return TermBaseStream(
        header=Header(language=options.source_language), concepts=entries(numbered_rows(stream, options), options)
    )


def entries(numbered: Iterable[NumberedRow], options: ReadOptions) -> Iterator[ConceptEntry]:
    """Concept entries of a table's rows, the head row first."""
    source = iter(numbered)
    first = next(source, None)
    if first is None:
        return
    heads = [folded(cell).lstrip("\ufeff") for cell in first[1]]
    if set(HEADS) <= set(heads) and not options.columns:
        yield from entries_from_rows(_term_rows(heads, source, options), options)
        return
    columns = _columns(heads, options)
    if columns is None:
        columns = [Column(TERM, options.source_language), Column(TERM, options.target_language), Column("note")]
        source = chain([first], source)
        heads = [str(each) for each in columns]
    yield from _concepts(heads, columns, source, options)


def _columns(heads: list[str], options: ReadOptions) -> list[Column | None] | None:
    """What the columns hold; None where the first row is no head row but source, target (, comment)."""
    columns = recognise_all(heads, options.columns)
    columns = [_with_language(column, options) for column in columns]
    if _has_terms(columns):
        for head, column in zip(heads, columns, strict=True):
            if column is None and head and options.columns.get(head) != "":
                say(options, "FMT103", f"column “{head}” is not recognised and not read", line=1,
                         advice="say what it holds: --column NAME=FIELD")
        return _once(_placed(columns), heads, options)
    if options.source_language and options.target_language and 2 <= len(heads) <= 3:
        return None
    raise InputError(
        f"no column holds terms: {', '.join(heads[:8])}; say which with --column NAME=term:LL", file=options.file,
        line=1,
    )


def _has_terms(columns: list[Column | None]) -> bool:
    """Whether there are terms, or nothing but what is known, as in a table that has ids and no terms any more."""
    known = [column for column in columns if column is not None]
    ours = len(known) == len(columns) and any(column.field == ID for column in known)
    return ours or any(column.field in LISTS and column.language for column in known)


def _with_language(column: Column | None, options: ReadOptions) -> Column | None:
    """A `term` column without a language holds the source language, or an undetermined one."""
    if column is None or column.language or column.field != TERM:
        return column
    if options.source_language is None:
        say(options, "FMT107", "column of terms without a language; read as `und` (undetermined)", line=1,
                 advice="say it: --source-language LL")
    return Column(TERM, options.source_language or "und")


def _placed(columns: list[Column | None]) -> list[Column | None]:
    """A category of terms without a language belongs to the column of terms before it (or the first)."""
    tag = next((each.language for each in columns if each is not None and each.field in LISTS), None)
    placed: list[Column | None] = []
    for column in columns:
        if column is not None and column.field == TERM:
            tag = column.language
        elif column is not None and column.language is None and _of_terms(column, tag):
            column = Column(column.field, tag)
        placed.append(column)
    return placed


def _once(columns: list[Column | None], heads: Sequence[str], options: ReadOptions) -> list[Column | None]:
    """Columns of one meaning are read together where each of their cells may hold several values, else the first."""
    single = [column if column and (column.field == ID or column.level is Level.TERM) else None for column in columns]
    lists = [None if column is None or column.field in LISTS else column for column in single]
    again = repeated(lists, heads, options)
    return [None if place in again else column for place, column in enumerate(columns)]


def _of_terms(column: Column, tag: str | None) -> bool:
    return column.field in LISTS or Column(column.field, tag).level is Level.TERM


def _concepts(
    heads: list[str], columns: Sequence[Column | None], source: Iterable[NumberedRow], options: ReadOptions
) -> Iterator[ConceptEntry]:
    check = RowCheck(heads, options).row
    known = [column for column in columns if column is not None]
    several = len(set(known)) < len(known)
    for line, row in source:
        check(row, line)
        cells = _joined(columns, row) if several else {
            column: restored(cell) for column, cell in zip(columns, row, strict=False) if column is not None and cell
        }  # fmt: skip
        if cells:
            yield concept_from_row(cells, line, options)


def _joined(columns: Sequence[Column | None], row: Sequence[str]) -> dict[Column, str]:
    """The cells of a row by column; those of columns of one meaning as one cell of several values."""
    cells: dict[Column, str] = {}
    for column, cell in zip(columns, row, strict=False):
        if column is not None and cell:
            text = restored(cell)
            cells[column] = f"{cells[column]} | {text}" if column in cells else text
    return cells


def _term_rows(
    heads: list[str], source: Iterable[NumberedRow], options: ReadOptions
) -> Iterator[tuple[int, dict[str, str]]]:
    for head in heads:
        if head and head not in HEADS and not is_read(head):
            say(options, "FMT103", f"column “{head}” is not recognised and not read", line=1)
    again = repeated([head if head in HEADS else term_column(head) for head in heads], heads, options)
    names = ["" if place in again else head for place, head in enumerate(heads)]
    check = RowCheck(heads, options).row
    for line, row in source:
        check(row, line)
        yield line, {head: restored(cell) for head, cell in zip(names, row, strict=False) if cell and head}


def heads_of(head: bytes) -> list[str]:
    """The cells of the first row of a table, from its first bytes."""
    lines = head_text(head).lstrip("\ufeff").splitlines(keepends=True)[:_SAMPLE]
    first = next(iter(rows(lines, delimiter_of(lines))), None)
    return [folded(cell) for cell in first[1]] if first else []


def _sniff_terms(head: bytes) -> bool:
    return set(HEADS) <= set(heads_of(head))


def _sniff_concepts(head: bytes) -> bool:
    heads = heads_of(head)
    found = [recognise(each) for each in heads if each]
    return len(heads) > 1 and ID in heads[:1] and any(each and each.field == TERM for each in found)


CSV = Format(
    name="csv", title="table with one row per concept; reads any delimited glossary", extensions=(".csv", ".tsv"),
    sniff=_sniff_concepts, read=read_table, write=write_concepts, keeps=CONCEPT_KEEPS, reduce=reduce_concepts,
    make_part=make_part,
)  # fmt: skip

TERMS_CSV = Format(
    name="terms-csv", title="table with one row per term and every data category", extensions=(".terms.csv",),
    sniff=_sniff_terms, read=read_table, write=write_terms, keeps=TERM_KEEPS, reduce=reduce_terms,
)  # fmt: skip
