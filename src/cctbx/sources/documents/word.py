"""DOCX: headings, bold openings, lists, tables. A line is a paragraph or a row."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from cctbx.errors import InputError
from cctbx.model import SourceOptions
from cctbx.sources.lines import Document, Kind, Line, fold

__all__ = ["fits", "read"]

_HEADING = re.compile(
    r"(?:heading|overskrift|rubrik|kop|überschrift|titre|nagłówek|nadpis|otsikko)\s*(\d)", re.IGNORECASE
)
_UNPACKED = 1 << 30


def fits(head: bytes, name: str) -> bool:
    """By name, or by the parts of the package."""
    return name.endswith((".docx", ".docm")) or (head.startswith(b"PK\x03\x04") and b"word/" in head)


def read(content: bytes, file: str, options: SourceOptions, language: str | None = None) -> Document:
    """Paragraphs and table rows in document order, numbered through; raises `InputError` for damaged files."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > _UNPACKED:
                raise InputError("unpacks to more than 1 GiB: refused; save the glossary on its own", file=file)
        document = docx.Document(io.BytesIO(content))
    except InputError:
        raise
    except Exception as error:  # the library raises many kinds for damaged packages
        raise InputError(f"cannot be read as a document: {error}", file=file) from error
    lines: list[Line] = []
    number = gap = 0
    for block in document.iter_inner_content():
        made = _rows(block, number + 1) if hasattr(block, "rows") else _paragraph(block, number + 1)
        number += len(block.rows) if hasattr(block, "rows") else 1
        if made:
            made[0].gap = gap + (1 if lines else 0)
        gap = 0 if made else gap + 1
        lines += made
    return Document(lines=lines, kind="docx", columns=options.columns)


def _paragraph(paragraph: Any, number: int) -> list[Line]:
    """One line per printed line of a paragraph."""
    style = paragraph.style.name if paragraph.style is not None else ""
    heading = _HEADING.match(style or "")
    listed = "list" in (style or "").lower() or (paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None)
    lead = ""
    for run in paragraph.runs:
        if not run.bold or (not run.text.strip() and not lead):
            break
        lead += run.text
    made = []
    for place, raw in enumerate(paragraph.text.split("\n")):
        text = fold(raw)
        if text:
            made.append(
                Line(
                    number=number,
                    text=text,
                    raw=raw,
                    kind=Kind.HEADING if heading else Kind.TEXT,
                    level=int(heading.group(1)) if heading else 0,
                    marker="•" if listed and not heading else "",
                    lead=fold(lead) if place == 0 and not heading and fold(lead) != text else "",
                )
            )
    return made


def _rows(table: Any, number: int) -> list[Line]:
    made = []
    for offset, row in enumerate(table.rows):
        cells = tuple(fold(cell.text) for cell in row.cells)
        if any(cells):
            made.append(Line(number=number + offset, text=" | ".join(cells), kind=Kind.ROW, cells=cells))
    return made
