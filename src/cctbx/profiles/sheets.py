"""A table as an XLSX sheet: frozen head, filter, every cell a text. Reproducible byte for byte."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

__all__ = ["write_sheet"]

_EPOCH = (1980, 1, 1, 0, 0, 0)
_WIDTHS = (12, 60)


def write_sheet(rows: Iterable[list[str]], out: BinaryIO, *, title: str = "terms") -> None:
    """Write rows (the first is the head) as a workbook of one sheet. Cells are texts: none runs as a formula.

    Memory is bounded: openpyxl keeps rows in a temporary file. Characters XML cannot represent must be gone.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = datetime(1980, 1, 1)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    bold, count, width = Font(bold=True), 0, 0
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet)
            cell._value, cell.data_type = text, "s"  # type: ignore[attr-defined]  # the setter would make a formula
            if not count:
                cell.font = bold
            cells.append(cell)
        sheet.append(cells)
        count, width = count + 1, max(width, len(row))
    if width:
        from openpyxl.utils import get_column_letter

        sheet.auto_filter.ref = f"A1:{get_column_letter(width)}{max(count, 1)}"
    with tempfile.TemporaryFile() as made:
        book.save(made)
        made.seek(0)
        _without_clock(made, out)


def _without_clock(made: BinaryIO, out: BinaryIO) -> None:
    """Copy a workbook with all its members dated alike."""
    with zipfile.ZipFile(made) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in sorted(packed.namelist()):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            if name == "docProps/core.xml":  # openpyxl writes the time of saving
                text = packed.read(name).decode("utf-8")
                copy.writestr(member, re.sub(r"(<dcterms:modified[^>]*>)[^<]*", r"\g<1>1980-01-01T00:00:00Z", text))
                continue
            with packed.open(name) as source, copy.open(member, "w") as target:
                shutil.copyfileobj(source, target)
