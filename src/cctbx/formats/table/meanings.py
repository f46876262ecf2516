"""What the columns of a table were taken to mean, so that a mapping can be saved, corrected and used again."""

from __future__ import annotations

from typing import BinaryIO

from cctbx.formats.contract import ReadOptions
from cctbx.formats.losses import folded
from cctbx.formats.streams import peeked
from cctbx.formats.table.columns import recognise_all
from cctbx.formats.table.delimited import numbered_rows
from cctbx.formats.table.terms import HEADS
from cctbx.formats.table.xlsx import numbered_sheet

__all__ = ["column_meanings"]


def column_meanings(stream: BinaryIO, options: ReadOptions) -> dict[str, str]:
    """The meaning of each head of a delimited text or a workbook (`term:sv`, `definition`), empty where there is none;
    nothing at all for `terms-csv`, whose heads need no mapping.

    `options.columns` goes before recognition. Raises `InputError` for what is no table.
    """
    head, stream = peeked(stream)
    workbook = head.startswith(b"PK\x03\x04")
    rows = numbered_sheet(stream, options) if workbook else numbered_rows(stream, options)
    first = next(iter(rows), None)
    heads = [folded(cell) for cell in first[1]] if first else []
    if set(HEADS) <= set(heads) and not options.columns:
        return {}  # a table of terms says all itself
    columns = recognise_all(heads, options.columns)
    return {name: str(column) if column else "" for name, column in zip(heads, columns, strict=True) if name}
