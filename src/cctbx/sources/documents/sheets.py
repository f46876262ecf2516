"""Tables as files: CSV and TSV, XLSX, XLS and ODS sheets. A line is a row."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

from cctbx.errors import InputError
from cctbx.model import SourceOptions
from cctbx.sources.documents.encoding import decode
from cctbx.sources.documents.remainder import uncovered
from cctbx.sources.lines import Document, Kind, Line, fold

__all__ = ["fits_delimited", "fits_sheet", "read_delimited", "read_sheet"]

_DELIMITERS = ",;\t|"
_SHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_UNPACKED = 1 << 30
_CELL = 1 << 20


def fits_delimited(head: bytes, name: str) -> bool:
    """By name."""
    return name.endswith((".csv", ".tsv", ".tab"))


def fits_sheet(head: bytes, name: str) -> bool:
    """By name, or by what the zip file says it is."""
    return name.endswith(_SHEETS) or (
        head.startswith(b"PK\x03\x04") and (b"opendocument.spreadsheet" in head or b"xl/" in head)
    )


def row_line(number: int, last: int, cells: Sequence[str]) -> Line:
    """A row as a line."""
    return Line(number=number, last=last, text=" | ".join(cells), kind=Kind.ROW, cells=tuple(cells))


def read_delimited(content: bytes, file: str, options: SourceOptions, language: str | None = None) -> Document:
    """Rows of a delimited file; the delimiter is the one most lines agree on, quoting as RFC 4180 has it."""
    text, name = decode(content, file, options.encoding, language)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = "\t" if file.lower().endswith((".tsv", ".tab")) else _delimiter(text)
    csv.field_size_limit(max(_CELL, len(text)))
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline="\n"), delimiter=delimiter, strict=False)
    lines: list[Line] = []
    before = 0
    for row in reader:
        cells = [fold(cell) for cell in row]
        if any(cells):
            lines.append(row_line(before + 1, max(reader.line_num, before + 1), cells))
        before = reader.line_num
    remainder = uncovered(text, lines, "markup")
    return Document(lines=lines, kind="delimited", encoding=name, columns=options.columns, remainder=remainder)


def _delimiter(text: str) -> str:
    """The delimiter that stands equally often in most of the first lines."""
    rows = [line for line in text.splitlines()[:60] if line.strip()]

    def agreement(delimiter: str) -> tuple[float, int]:
        counts = [next(csv.reader([row], delimiter=delimiter), []) for row in rows]
        widths = [len(cells) for cells in counts]
        usual = max(set(widths), key=widths.count) if widths else 1
        return (widths.count(usual) / len(widths) if usual > 1 else 0.0, usual)

    return max(_DELIMITERS, key=agreement)


def read_sheet(content: bytes, file: str, options: SourceOptions, language: str | None = None) -> Document:
    """All rows of all sheets, numbered through; raises `InputError` for a damaged or monstrous workbook."""
    import python_calamine

    _checked_size(content, file)
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(content))
        sheets: list[Iterable[Sequence[object]]] = [
            workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names
        ]
    except Exception as error:  # the library raises many kinds for damaged files
        raise InputError(f"cannot be read as a workbook: {error}", file=file) from error
    lines: list[Line] = []
    number = 0
    for rows in sheets:
        for row in rows:
            number += 1
            cells = [_cell(value) for value in row]
            if any(cells):
                lines.append(row_line(number, number, cells))
    return Document(lines=lines, kind="sheet", columns=options.columns)


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return fold(str(value)) if value is not None else ""


def _checked_size(content: bytes, file: str) -> None:
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            total = sum(each.file_size for each in archive.infolist())
    except zipfile.BadZipFile as error:
        raise InputError(f"is damaged or truncated ({error})", file=file) from error
    if total > max(_UNPACKED, 0):
        raise InputError("unpacks to more than 1 GiB: refused; save the glossary sheet on its own", file=file)
