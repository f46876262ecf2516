"""Weblate's and translate-toolkit's bilingual CSV.

Head `location,source,target,context,translator_comments,developer_comments`; `location` first and empty, so that the
byte order mark harms nobody; every field quoted; `context` unique: the concept id, with `-2`, `-3` for further pairs of
a concept. What is known of the concept stands in `developer_comments` as labelled values with ` | ` between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from cctbx.errors import InputError
from cctbx.formats.cells import join_values, row_writer, split_values
from cctbx.formats.contract import Format, Keeps, ReadOptions, WriteOptions
from cctbx.formats.labels import LABELLED, labelled_lines, line_quoted, line_unquoted, with_lines
from cctbx.formats.losses import folded
from cctbx.formats.pairs import Direction, Pair, bilingual, header_of, languages_read, paired, pairs_of
from cctbx.formats.reporting import say
from cctbx.formats.streams import utf8_writer
from cctbx.formats.table.delimited import heads_of, numbered_rows
from cctbx.formats.table.unread import RowCheck, repeated
from cctbx.model import ConceptEntry, Origin, TermBaseStream, TermSection, plain

__all__ = ["WEBLATE_CSV"]

HEADS = ("location", "source", "target", "context", "translator_comments", "developer_comments")
_NAMES = {
    "original": "source", "untranslated": "source", "translation": "target", "translated": "target", "key": "context",
    "label": "context", "id": "context", "notes": "translator_comments", "comments": "translator_comments",
}  # fmt: skip
WEBLATE_KEEPS = Keeps(
    statements=LABELLED, markup=False, groups=False, header=False, references=False, languages=2, nested=False,
    ids=False, white_space=False, sections=False,
)  # fmt: skip
_CONCEPT = "concept: "


def reduce(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """What the CSV holds of a stream."""
    return bilingual(stream, WEBLATE_KEEPS, options)[1]


def _rows(stream: TermBaseStream) -> Iterator[list[str]]:
    used: set[str] = set()
    for entry in stream:
        lines = list(labelled_lines(entry))
        number = 1
        for pair in pairs_of(entry):
            context = entry.id
            while context in used:
                number += 1
                context = f"{entry.id}-{number}"
            used.add(context)
            tied = [] if context == entry.id else [_CONCEPT + line_quoted(entry.id)]
            comments = join_values([*lines, *tied]) if lines or tied else ""
            yield ["", plain(pair.source.term), plain(pair.target.term), context, "", comments]


def write(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write the CSV, UTF-8 with byte order mark. Findings: those of `pairs.bilingual`."""
    text = utf8_writer(out, mark=True)
    writer = row_writer(text)
    writer.writerow(HEADS)
    writer.writerows(_rows(reduce(stream, options)))
    text.detach()


def _named(heads: Iterable[str]) -> list[str]:
    names = [folded(head).lstrip("\ufeff").casefold() for head in heads]
    return [_NAMES.get(name, name) for name in names]


def _comments(cells: Mapping[str, str]) -> list[str]:
    return [
        line
        for name in ("developer_comments", "translator_comments")
        for value in split_values(cells.get(name, ""))
        if (line := folded(value))
    ]


Rows = list[tuple[int, dict[str, str]]]


def _entry(identifier: str, rows: Rows, way: Direction, options: ReadOptions) -> ConceptEntry:
    pairs = [
        Pair(
            TermSection(term=cells.get("source", ""), line=line), TermSection(term=cells.get("target", ""), line=line)
        )
        for line, cells in rows
    ]
    entry = ConceptEntry(
        id=identifier, languages=paired(pairs, way), origin=Origin(file=options.file, line=rows[0][0])
    )
    own = f"{_CONCEPT}{line_quoted(identifier)}"
    lines = _comments(rows[0][1])
    for _, cells in rows[1:]:
        lines += [each for each in _comments(cells) if each not in lines]
    return with_lines(entry, (each for each in lines if each != own))


def _read_columns(names: list[str], heads: list[str], options: ReadOptions) -> list[str]:
    """The names of the columns, empty for those that are not read."""
    for name, head in zip(names, heads, strict=True):
        if name and name not in HEADS:
            say(options, "FMT103", f"column “{head}” is not recognised and not read", line=1)
    again = repeated(names, heads, options)
    return [name if place not in again and name in HEADS[1:] else "" for place, name in enumerate(names)]


def _check_context(context: str, identifier: str, line: int, options: ReadOptions) -> None:
    if context and context != identifier and not re.fullmatch(re.escape(identifier) + "-[0-9]+", context):
        say(options, "FMT116", f"context “{context}” is not read: the row names its concept, {identifier}", line=line,
            concept=identifier)  # fmt: skip


def _entries(rows: Iterable[tuple[int, list[str]]], way: Direction, options: ReadOptions) -> Iterator[ConceptEntry]:
    """Concept entries; the pairs of a concept stand together."""
    source = iter(rows)
    first = next(source, None)
    heads = _named(first[1]) if first else []
    if not {"source", "target"} <= set(heads):
        raise InputError("no columns `source` and `target`", file=options.file, line=1)
    read = _read_columns(heads, first[1] if first else [], options)
    check = RowCheck(heads, options, [place for place, name in enumerate(heads) if name == "location"])
    held: list[tuple[int, dict[str, str]]] = []
    open_id = ""
    for line, row in source:
        check.row(row, line)
        cells = {name: cell for name, cell in zip(read, row, strict=False) if cell and name}
        if not cells.get("source"):
            say(options, "FMT109", "row without source term", line=line)
            continue
        tied = next((each for each in _comments(cells) if each.startswith(_CONCEPT)), None)
        identifier = line_unquoted(tied.removeprefix(_CONCEPT)) if tied else cells.get("context") or f"row-{line}"
        _check_context(cells.get("context", ""), identifier, line, options)
        if held and not (tied and identifier == open_id):
            yield _entry(open_id, held, way, options)
            held = []
        open_id = identifier
        held.append((line, cells))
    if held:
        yield _entry(open_id, held, way, options)


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read a CSV with columns `source` and `target` (or their aliases). Languages: options or file name.

    Raises `InputError` without these columns or languages. Findings: FMT100 to FMT103, FMT109, FMT116.
    """
    way = languages_read(options)
    return TermBaseStream(
        header=header_of(way), concepts=_entries(numbered_rows(stream, options, ","), way, options)
    )


def _sniff(head: bytes) -> bool:
    names = set(_named(heads_of(head)))
    return {"source", "target"} <= names and bool(names & {"location", "context", "developer_comments"})


WEBLATE_CSV = Format(
    name="weblate-csv", title="Weblate and translate-toolkit CSV, bilingual", extensions=(".weblate.csv",),
    sniff=_sniff, read=read, write=write, keeps=WEBLATE_KEEPS, reduce=reduce,
)  # fmt: skip

