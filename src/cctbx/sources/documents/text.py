"""Plain text: a line is a line."""

from __future__ import annotations

from cctbx.model import SourceOptions
from cctbx.sources.documents.encoding import decode
from cctbx.sources.lines import Document, Line, read_line

__all__ = ["lines_of", "read"]


def read(content: bytes, file: str, options: SourceOptions, language: str | None = None) -> Document:
    """Lines of plain text; light markup (bullets, numbers, `#`, `**`, pipes) is recognised, blank lines counted."""
    text, name = decode(content, file, options.encoding, language)
    return Document(lines=lines_of(text), kind="text", encoding=name)


def lines_of(text: str, first: int = 1) -> list[Line]:
    """The non-blank lines of a text, numbered as an editor numbers them (LF, CRLF and CR end a line)."""
    lines: list[Line] = []
    gap = 0
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=first):
        line = read_line(number, raw, gap)
        if line is None:
            gap += 1
        else:
            lines.append(line)
            gap = 0
    return lines
