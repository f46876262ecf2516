"""Cells of tables: several values in one, formulas made harmless and restored, rows as every client reads them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

__all__ = ["escaped_value", "harmless", "join_values", "quoted_row", "restored", "row_writer", "split_values"]

_RISKY = "=+\\-@\t\r\n＝＋－＠"
_FIRST = frozenset("'=+-@\t\r\n＝＋－＠")
_FORMULA = re.compile(f"'*[{_RISKY}]")
_NEUTRALISED = re.compile(f"'+[{_RISKY}]")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula: an apostrophe goes before what begins like one.

    `restored` is its inverse for every text.
    """
    return f"'{cell}" if cell[:1] in _FIRST and _FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    """The cell as it was before `harmless`."""
    return cell[1:] if _NEUTRALISED.match(cell) else cell


_SPLIT = re.compile(r"((?:[^\\|]|\\.)*)(\||$)", re.DOTALL)
_ESCAPE = re.compile(r"[\\|]")
_UNESCAPE = re.compile(r"\\(.)", re.DOTALL)
_EMPTY = "\\-"


def escaped_value(value: str) -> str:
    """One value as it stands in a cell of several, or alone; an empty one alone is another matter."""
    return _ESCAPE.sub(r"\\\g<0>", value) if "|" in value or "\\" in value else value


def join_values(values: Sequence[str]) -> str:
    """Several values in one cell: ` | ` between them, `\\|` and `\\\\` inside them, `\\-` for a single empty one."""
    if len(values) == 1:
        only = values[0]
        return _EMPTY if not only else only if "|" not in only and "\\" not in only else _ESCAPE.sub(r"\\\g<0>", only)
    joined = " | ".join(values)
    if "\\" not in joined and joined.count("|") == len(values) - 1:
        return joined
    return " | ".join(_ESCAPE.sub(r"\\\g<0>", value) for value in values)


def split_values(cell: str) -> list[str]:
    """The values of a cell, the inverse of `join_values`. At most one blank beside each `|` belongs to the separator.

    A lone backslash at the end stands for itself.
    """
    if not cell:
        return []
    if cell == _EMPTY:
        return [""]
    if "|" not in cell and "\\" not in cell:
        return [cell]
    if "\\" not in cell and cell.count("|") == cell.count(" | "):
        return cell.split(" | ")
    parts = _parts(cell)
    last = len(parts) - 1
    trimmed = (
        part.removesuffix(" ") if i < last else part for i, part in enumerate(parts)
    )
    cut = (part.removeprefix(" ") if i > 0 else part for i, part in enumerate(trimmed))
    return [_UNESCAPE.sub(r"\1", part) for part in cut]


def _parts(cell: str) -> list[str]:
    parts: list[str] = []
    position = 0
    while True:
        found = _SPLIT.match(cell, position)
        if found is None:  # a lone backslash at the end
            parts.append(cell[position:] + "\\")
            return parts
        parts.append(found[1])
        if not found[2]:
            return parts
        position = found.end()


def row_writer(out: TextIO, *, delimiter: str = ",") -> Any:
    """A CSV writer with every field quoted and LF at the line's end.

    Full quoting, because sniffing readers cut minimally quoted glossaries at the wrong delimiter.
    """
    return csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")


def quoted_row(cells: Sequence[str]) -> str:
    """The line `row_writer` writes for a row, several times faster."""
    line = '","'.join(cells)
    if line.count('"') > 2 * (len(cells) - 1):
        line = '","'.join([cell.replace('"', '""') for cell in cells])
    return f'"{line}"\n'


def rows(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a delimited text with the line each begins at. Blank lines are skipped."""
    reader = csv.reader(lines, delimiter=delimiter)
    first = 1
    for row in reader:
        if row and any(row):
            yield first, row
        first = reader.line_num + 1
