"""Reading back what a client's table holds: `cctbx convert glossary.csv terms.tbx --from smartling`.

The columns are those of the profile's layout, told by their heads (in any order), or by their places where a layout has
no heads. A row is a concept entry; entries without an id are numbered `c1`, `c2` …
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePath
from typing import BinaryIO

from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.formats.contract import Format, Reader, ReadOptions
from cctbx.formats.losses import folded
from cctbx.formats.pairs import languages_read
from cctbx.formats.registry import FORMATS, format_named
from cctbx.formats.reporting import say
from cctbx.formats.streams import text_lines
from cctbx.formats.table.columns import is_tag
from cctbx.formats.table.delimited import NumberedRow, numbered_rows
from cctbx.formats.table.unread import RowCheck
from cctbx.model import (
    CATEGORY,
    ConceptEntry,
    DataCategory,
    Header,
    LanguageSection,
    Level,
    Metatype,
    Origin,
    TermBaseStream,
    TermSection,
    fields_from,
)
from cctbx.profiles import PROFILES
from cctbx.profiles.contract import Output, Profile
from cctbx.profiles.layouts import Column, Each, Layout, Role

__all__ = ["client_format", "read_layout"]

_TAGS = {
    r"\{tag\}": r"(?P<tag>[A-Za-z]{1,3}(?:-[A-Za-z0-9]{1,8})*)",
    r"\{locale\}": r"(?P<tag>[A-Za-z]{1,3}(?:_[A-Za-z0-9]{1,8})*)",
    r"\{suffix\}": r"(?:_[0-9]+)?",
}
_NOTHING = frozenset({"true", "false", "yes", "no", "0", "1"})
"""Cells by which a client says that there is nothing special about a row."""
UNKNOWN_ATTRIBUTE = "FMT036"
Entries = Iterable[ConceptEntry]
Placed = tuple[Column, str] | None
"""A column with its language; None for one that is not read."""


def _pattern(column: Column) -> re.Pattern[str]:
    escaped = re.escape(column.head)
    for name, pattern in _TAGS.items():
        escaped = escaped.replace(name, pattern)
    return re.compile(escaped, re.IGNORECASE)


def _of_head(head: str, layout: Layout, tag: str) -> Placed:
    """What stands under a head; a head without a language that goes with one follows its term."""
    for column in layout.columns:
        if column.head.casefold() == head.casefold():
            return column, tag if column.each is not Each.ONCE else ""
    for column in layout.columns:
        found = _pattern(column).fullmatch(head) if "{" in column.head else None
        if found and is_tag(said := found["tag"].replace("_", "-")):
            return column, said
    return None


def _by_heads(heads: list[str], layout: Layout, options: ReadOptions) -> list[Placed]:
    placed: list[Placed] = []
    tag = ""
    for head in (folded(each).lstrip("\ufeff") for each in heads):
        found = _of_head(head, layout, tag) if head else None
        if found and found[0].role is Role.TERM:
            tag = found[1]
        elif head and not found:
            say(options, "FMT103", f"column “{head}” is not one of the client's and not read", line=1)
        placed.append(found)
    return placed


def _by_places(layout: Layout, options: ReadOptions) -> list[Placed]:
    way = languages_read(options)
    tags = {Each.ONCE: ("",), Each.TARGET: (way.target,), Each.LANGUAGE: (way.source, way.target)}
    return [(column, tag) for column in layout.columns for tag in tags[column.each]]


def _source(placed: list[Placed], options: ReadOptions) -> str:
    """The source language: as asked for, or that of the first column of terms where every language has one."""
    terms = [(column, tag) for column, tag in filter(None, placed) if column.role is Role.TERM]
    if options.source_language:
        return options.source_language
    if not terms:
        raise InputError("no column of terms: is it the file of this client?", file=options.file, line=1)
    if terms[0][0].each is not Each.LANGUAGE:
        raise InputError("the file does not say its source language; add --source-language LL", file=options.file)
    return terms[0][1]


@dataclass(slots=True)
class _Gathered:
    """What the cells of a row say, by language; "" for the concept."""

    terms: dict[str, list[str]] = field(default_factory=dict)
    said: dict[tuple[Level, str], list[DataCategory]] = field(default_factory=dict)
    identifier: str = ""
    offered: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def state(self, level: Level, tag: str, category: str, text: str, line: int) -> None:
        known = CATEGORY.get(category)
        metatype = known.metatype if known else Metatype.DESCRIPTIVE
        stated = DataCategory(category=category, metatype=metatype, value=text, line=line)
        self.said.setdefault((level, tag), []).append(stated)


def _gathered(placed: list[Placed], cells: list[str], source: str, line: int) -> _Gathered:
    row = _Gathered(terms={source: []})
    every = any(each and each[0].role is Role.TERM and each[0].each is Each.LANGUAGE for each in placed)
    late: list[tuple[Column, str, str]] = []
    for place, cell in zip(placed, cells, strict=False):
        text = folded(cell)
        if place is None or not text:
            continue
        column, tag = place
        if column.role is Role.ID and row.identifier in ("", text):
            row.identifier = text
        elif column.role is Role.TERM or (column.role is Role.SOURCE and not every):
            row.terms.setdefault(tag or source, []).append(text)
        elif column.role is Role.SOURCE:
            row.offered.append(text)
        elif column.role is Role.SAID and (column.back(text) or text.casefold() in _NOTHING):
            late.append((column, tag, column.back(text)))
        elif text.casefold() not in _NOTHING:
            row.unread.append(f"“{text}” under {column.head}" if column.head else f"“{text}”")
    for text in row.offered:
        if not any(text in terms for terms in row.terms.values()):
            row.terms[source].append(text)
    for column, tag, text in late:
        _state(row, column, tag, text, source, line)
    return row


def _state(row: _Gathered, column: Column, tag: str, text: str, source: str, line: int) -> None:
    level, category = column.keeps[0]
    if not text:
        return
    if level is Level.TERM and not tag:  # of the source term; or of what the row offers for it
        others = [each for each, terms in row.terms.items() if terms and each != source]
        for each in [source] if column.of_source or not others else others:
            row.state(level, each, category, text, line)
    else:
        row.state(level, tag, category, text, line)


def _section(row: _Gathered, tag: str, line: int) -> LanguageSection | None:
    stated = row.said.get((Level.TERM, tag), ())
    texts = row.terms.get(tag) or ([""] if stated else [])
    terms = tuple(
        TermSection(term=text, line=line, **(fields_from(Level.TERM, stated) if number == 0 else {}))  # type: ignore[arg-type]
        for number, text in enumerate(texts)
    )
    said = row.said.get((Level.LANGUAGE, tag), ())
    if not terms and not said:
        return None
    return LanguageSection(language=tag, terms=terms, line=line, **fields_from(Level.LANGUAGE, said))  # type: ignore[arg-type]


def _entry(row: _Gathered, number: int, line: int, layout: Layout, options: ReadOptions) -> ConceptEntry:
    identifier = row.identifier or f"c{number}"
    if not row.identifier and any(column.role is Role.ID for column in layout.columns):
        say(options, "FMT104", f"row without id; called {identifier}", line=line, concept=identifier)
    for what in row.unread:
        say(options, "FMT116", f"{what} has no meaning here and is not read", line=line, concept=identifier)
    tags = dict.fromkeys([*row.terms, *(tag for level, tag in row.said if level is not Level.CONCEPT)])
    languages = tuple(section for tag in tags if (section := _section(row, tag, line)))
    if not any(term.term for section in languages for term in section.terms):
        say(options, "FMT109", "row without terms", line=line, concept=identifier)
    said = row.said.get((Level.CONCEPT, ""), ())
    return ConceptEntry(
        id=identifier, languages=languages, origin=Origin(file=options.file, line=line),
        **fields_from(Level.CONCEPT, said),  # type: ignore[arg-type]
    )  # fmt: skip


def _entries(rows: Iterable[NumberedRow], layout: Layout, options: ReadOptions) -> Iterator[ConceptEntry]:
    source_rows = iter(rows)
    first = next(source_rows, None) if layout.heads else None
    if layout.heads and first is None:
        return
    placed = _by_heads(first[1], layout, options) if first else _by_places(layout, options)
    source = _source(placed, options)
    check = RowCheck(first[1] if first else ["-"] * len(placed), options)
    for number, (line, cells) in enumerate(source_rows, start=1):
        check.row(cells, line)
        yield _entry(_gathered(placed, cells, source, line), number, line, layout, options)


def _rows(stream: BinaryIO, layout: Layout, options: ReadOptions) -> Iterator[NumberedRow]:
    if layout.sheet:
        from cctbx.formats.table.xlsx import numbered_sheet

        yield from numbered_sheet(stream, options)
    elif layout.quoted:
        yield from numbered_rows(stream, options, layout.delimiter)
    else:
        for number, line in enumerate(text_lines(stream, options), start=1):
            if line.strip():
                yield number, line.rstrip("\r\n").split(layout.delimiter)


def read_layout(stream: BinaryIO, options: ReadOptions, *, layout: Layout) -> TermBaseStream:
    """Read a table with these columns; constant memory, a sheet apart.

    Raises `InputError` where the source language is neither said nor asked for, and for what is no table.
    Findings: FMT100 to FMT104, FMT109, FMT116.
    """
    entries = _entries(_rows(stream, layout, options), layout, options)
    return TermBaseStream(header=Header(language=options.source_language), concepts=entries)


def _read_flavoured(stream: BinaryIO, options: ReadOptions, *, back: Callable[[Entries], Entries]) -> TermBaseStream:
    reader = format_named("tbx-v2").read
    assert reader is not None

    def report(finding: Finding) -> None:
        if finding.code != UNKNOWN_ATTRIBUTE:  # `from` of a note, which is understood here
            options.report(finding)

    return reader(stream, replace(options, report=report)).map(back)


def _output(profile: Profile, head: bytes, file: str) -> Output | None:
    """The kind of file of a profile a file is: by its ending, else by its first bytes; None where neither tells."""
    ending = PurePath(file.removesuffix(".gz")).suffix.lower()
    for output in profile.outputs:
        if ending == PurePath(output.file).suffix:
            return output
    kind = ".xlsx" if head.startswith(b"PK") else ".tbx" if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else ""
    return next((each for each in profile.outputs if PurePath(each.file).suffix == kind), None)


def client_format(name: str, head: bytes, file: str) -> Format | None:
    """The format of a file of this client, its own layouts and flavours included; None for what is no client.

    Where a format has the client's name, it is meant for files of kinds that the client is not given: `matecat` is a
    sheet, but also CSV.
    """
    profile = next((each for each in PROFILES if each.name == name), None)
    if profile is None:
        return None
    output = _output(profile, head, file)
    if output is None:
        own = next((each for each in FORMATS if each.name == name), None)
        if own is not None:
            return own
        output = profile.outputs[0]
    if output.layout is not None:
        read: Reader = partial(read_layout, layout=output.layout)
    elif output.back is not None:
        read = partial(_read_flavoured, back=output.back)
    else:
        return format_named(output.format)
    return Format(name=name, title=profile.title, extensions=(), sniff=lambda head: False, read=read)
