"""Documents: bytes of any known container → lines (`DOCUMENTS` is the list)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cctbx.model import SourceOptions
from cctbx.sources.documents import html, markdown, restructured, sheets, text, word
from cctbx.sources.lines import Document, without_letters, without_marks, without_numbers

__all__ = ["DOCUMENTS", "DocumentKind", "read_document"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """A kind of document: `fits` looks at the first bytes and the file name, `read` makes lines of the content.

    `marked_up`: numbers and bullets stand in the text of its blocks still.
    """

    name: str
    fits: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, SourceOptions, str | None], Document]
    marked_up: bool = False


DOCUMENTS: tuple[DocumentKind, ...] = (
    DocumentKind(name="sheet", fits=sheets.fits_sheet, read=sheets.read_sheet),
    DocumentKind(name="docx", fits=word.fits, read=word.read, marked_up=True),
    DocumentKind(name="delimited", fits=sheets.fits_delimited, read=sheets.read_delimited),
    DocumentKind(name="markdown", fits=markdown.fits, read=markdown.read, marked_up=True),
    DocumentKind(name="rst", fits=restructured.fits, read=restructured.read),
    DocumentKind(name="html", fits=html.fits, read=html.read, marked_up=True),
    DocumentKind(name="text", fits=lambda head, name: True, read=text.read),
)


def read_document(content: bytes, file: str, options: SourceOptions, language: str | None = None) -> Document:
    """Read a page with the first kind that fits; raises `InputError` for damaged content or a wrong encoding.

    `language` is the tag the user states: its alphabet tells encodings apart.
    """
    head = content[:4096]
    kind = next(each for each in DOCUMENTS if each.fits(head, file.lower()))
    document = kind.read(content, file, options, language)
    for line in document.lines if kind.marked_up else ():
        without_marks(line)
    without_letters(document.lines)
    without_numbers(document.lines)
    return document
