"""Workbooks: the table of terms and the table of concepts as sheets that can be filtered, with lists to choose from.

Sheet `Terms` is `terms-csv`, sheet `Concepts` is `csv` (a view: it is not read where `Terms` stands), sheet `Lists`
holds the picklists. Every cell is a text; what would run as a formula has an apostrophe before it, as in the text
tables, so that it stays harmless when a spreadsheet saves it as CSV. Reproducible: no clock in the file.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from cctbx.errors import InputError
from cctbx.formats.cells import harmless
from cctbx.formats.contract import Format, ReadOptions, WriteOptions, ignore
from cctbx.formats.losses import Losses
from cctbx.formats.reporting import say
from cctbx.formats.spool import Spool
from cctbx.formats.table.columns import ID, Column, column_order
from cctbx.formats.table.concepts import concept_row, language_ranks, reduce_concepts
from cctbx.formats.table.delimited import NumberedRow, entries
from cctbx.formats.table.terms import HEADS, TERM_KEEPS, column_of, reduce_terms, term_column, term_rows
from cctbx.formats.xml import legal_text
from cctbx.model import CATEGORIES, ConceptEntry, Header, TermBase, TermBaseStream

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["XLSX", "numbered_sheet", "read_xlsx", "write_xlsx"]

MAX_CELL = 32_767
MAX_UNPACKED, MAX_RATIO = 256 << 20, 200
_STAMP = (1980, 1, 1, 0, 0, 0)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>cctbx</dc:creator></cp:coreProperties>'
)


class _Sheet:
    """Rows of one sheet, waiting for their heads."""

    def __init__(self) -> None:
        self.spool = Spool()
        self.used: dict[Any, None] = {}
        self.count = 0

    def add(self, fixed: Sequence[str], cells: dict[Any, str]) -> None:
        """Keep one row: its first cells, and those by key."""
        self.used.update(dict.fromkeys(cells))
        self.spool.append((list(map(harmless, fixed)), {key: harmless(cell) for key, cell in cells.items()}))
        self.count += 1

    def rows(self, keys: Sequence[Any]) -> Iterator[list[str]]:
        """All rows, their cells in the order of the keys."""
        for fixed, cells in self.spool:
            yield [*fixed, *(cells.get(key, "") for key in keys)]


TermRow = tuple[str, str, str, dict[Any, str]]


def _checked(entry: ConceptEntry, rows: Iterable[TermRow], losses: Losses) -> Iterator[TermRow]:
    """The rows with texts a cell can hold. Findings: LOS068 for characters, LOS070 for what is too long."""

    def fit(text: str) -> str:
        bare = legal_text(text)
        if bare != text:
            losses.lost("LOS068", "characters XML cannot represent are left out")
        if len(bare) >= MAX_CELL:
            losses.lost("LOS070", f"a cell of {len(bare)} characters is cut to {MAX_CELL - 1}")
        return bare[: MAX_CELL - 1]

    losses.concept = entry.id
    for concept, language, term, cells in rows:
        yield fit(concept), language, fit(term), {key: fit(cell) for key, cell in cells.items()}


def _gathered(stream: TermBaseStream, options: WriteOptions) -> tuple[_Sheet, _Sheet]:
    """The rows of the two sheets."""
    terms, concepts, losses = _Sheet(), _Sheet(), Losses(options.report)
    silent = replace(options, report=ignore)
    for entry in reduce_terms(stream, options):
        for concept, language, term, cells in _checked(entry, term_rows(entry), losses):
            terms.add((concept, language, term), cells)
        for view in reduce_concepts(TermBase(concepts=(entry,)).stream(), silent):
            row = {key: legal_text(cell)[: MAX_CELL - 1] for key, cell in concept_row(view).items()}
            concepts.add((row.pop((ID, None)),), row)
    return terms, concepts


_PICKLISTS = {each.name: each.values for each in CATEGORIES if each.values}


def _lists(book: Workbook) -> None:
    """The sheet with the picklists, one a column."""
    sheet = book.create_sheet("Lists")
    sheet.append(list(_PICKLISTS))
    for values in zip_longest(*_PICKLISTS.values()):
        sheet.append(list(values))


def _list_areas() -> dict[str, str]:
    """Where on that sheet the values of each category stand."""
    from openpyxl.utils import get_column_letter

    letters = {name: get_column_letter(place) for place, name in enumerate(_PICKLISTS, start=1)}
    return {name: f"Lists!${letters[name]}$2:${letters[name]}${len(held) + 1}" for name, held in _PICKLISTS.items()}


def _fill(book: Workbook, title: str, heads: Sequence[str], rows: Iterable[list[str]], count: int, lists: Any) -> None:
    """One sheet: frozen and bold head, filter over everything, a list to choose from under each picklist's head."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ERROR_CODES
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    last = f"{get_column_letter(len(heads))}{count + 1}"
    sheet.auto_filter.ref = f"A1:{last}"
    for place, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = 32 if place > 1 else 14
        column = term_column(head)
        if column and column.category in lists and not column.companion and not column.attribute:
            sheet.data_validations.append(_validation(lists[column.category], get_column_letter(place), count + 1000))
    bold = Font(bold=True)

    def cell(text: str, font: Any = None) -> Any:
        made = WriteOnlyCell(sheet, value=text)
        made.data_type = "s"  # never an error; formulas were made harmless before
        if font:
            made.font = font
        return made

    sheet.append([cell(head, bold) for head in heads])
    for row in rows:
        sheet.append([None if not text else cell(text) if text in ERROR_CODES else text for text in row])


def _validation(area: str, letter: str, last: int) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    made = DataValidation(type="list", formula1=area, allow_blank=True, errorStyle="warning", showErrorMessage=True)
    made.add(f"{letter}2:{letter}{last}")
    return made


def write_xlsx(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write a workbook. Findings: those of `reduce_terms`, LOS068, LOS070. Memory is bounded."""
    from openpyxl import Workbook

    terms, concepts = _gathered(stream, options)
    book = Workbook(write_only=True)
    ranks = language_ranks(options)
    keys = sorted(terms.used, key=lambda key: column_of(key).order)
    columns = sorted((Column(*key) for key in concepts.used), key=lambda each: column_order(each, ranks))
    _fill(book, "Terms", [*HEADS, *(str(column_of(key)) for key in keys)], terms.rows(keys), terms.count, _list_areas())
    _fill(
        book, "Concepts", [ID, *map(str, columns)], concepts.rows([(c.field, c.language) for c in columns]),
        concepts.count, {},
    )  # fmt: skip
    _lists(book)
    with tempfile.SpooledTemporaryFile(max_size=16 << 20) as made:
        book.save(made)
        _stamped(cast(BinaryIO, made), out)
    terms.spool.close()
    concepts.spool.close()


def _stamped(made: BinaryIO, out: BinaryIO) -> None:
    """The archive again, without the clock: all members with one time stamp, document properties without dates."""
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            member = zipfile.ZipInfo(name, _STAMP)
            member.compress_type = zipfile.ZIP_DEFLATED
            with target.open(member, "w") as written:
                if name == "docProps/core.xml":
                    written.write(_CORE.encode())
                else:
                    with source.open(name) as content:
                        shutil.copyfileobj(content, written, 1 << 20)


def _seekable(stream: BinaryIO) -> BinaryIO:
    if stream.seekable():
        return stream
    held = tempfile.SpooledTemporaryFile(max_size=16 << 20)  # noqa: SIM115 (the workbook reads from it to the end)
    shutil.copyfileobj(stream, held)
    held.seek(0)
    return cast(BinaryIO, held)


def _opened(stream: BinaryIO, options: ReadOptions) -> Any:
    """The workbook, once its archive was found to unpack to a bearable size."""
    from openpyxl import load_workbook

    held = _seekable(stream)
    try:
        with zipfile.ZipFile(held) as archive:
            packed = sum(each.compress_size for each in archive.infolist())
            unpacked = sum(each.file_size for each in archive.infolist())
        if unpacked > max(MAX_UNPACKED, packed * MAX_RATIO):
            raise InputError(f"unpacks to {unpacked} bytes: refused", file=options.file)
        held.seek(0)
        return load_workbook(held, read_only=True, data_only=True)
    except InputError:
        raise
    except Exception as error:  # whatever a damaged archive makes the library raise
        raise InputError(f"cannot be read as a workbook: {error}", file=options.file) from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _numbered(sheet: Any) -> Iterator[NumberedRow]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_text(value) for value in row]
        if any(cells):
            yield number, cells


def numbered_sheet(stream: BinaryIO, options: ReadOptions) -> Iterator[NumberedRow]:
    """The rows of the sheet that is read, with their numbers: `Terms`, else the first one."""
    book = _opened(stream, options)
    read = book["Terms"] if "Terms" in book.sheetnames else book.worksheets[0]
    ours = ("Concepts", "Lists") if read.title == "Terms" and _is_of_terms(read) else ()
    for sheet in book.worksheets:
        if sheet.title != read.title and sheet.title not in ours and next(_numbered(sheet), None):
            say(options, "FMT116", f"sheet “{sheet.title}” is not read: “{read.title}” is",
                advice="save it as a workbook of its own")  # fmt: skip
    return _numbered(read)


def _is_of_terms(sheet: Any) -> bool:
    """Whether a sheet is what we write beside `Concepts` (the same in another form) and `Lists` (of values)."""
    first = next(_numbered(sheet), None)
    return first is not None and set(HEADS) <= set(first[1])


def read_xlsx(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read the sheet `Terms` of a workbook of ours, else the first sheet as `delimited.read_table` reads any table.

    Raises `InputError` for what is no workbook or unpacks too far. Lines in findings are rows of the sheet.
    Findings: those of any table, FMT116 other sheets with something in them.
    """
    rows = numbered_sheet(stream, options)
    return TermBaseStream(header=Header(language=options.source_language), concepts=entries(rows, options))


def _sniff(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and b"xl/" in head


XLSX = Format(
    name="xlsx", title="workbook: terms and concepts as sheets", extensions=(".xlsx",), sniff=_sniff, read=read_xlsx,
    write=write_xlsx, keeps=TERM_KEEPS, reduce=reduce_terms,
)  # fmt: skip
