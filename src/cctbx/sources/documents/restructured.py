"""reStructuredText: underlined titles, definition lists, `glossary` directives, grid and simple tables, field lists."""

from __future__ import annotations

import re
from itertools import pairwise

from cctbx.model import SourceOptions
from cctbx.sources.documents.encoding import decode
from cctbx.sources.documents.remainder import uncovered
from cctbx.sources.documents.text import lines_of
from cctbx.sources.lines import Document, Kind, Line, fold

__all__ = ["fits", "read"]

_ADORNMENT = re.compile(r"([=\-`:'\"~^_*+#<>.])\1{2,}\s*$")
_DIRECTIVE = re.compile(r"\.\.(?:\s|$)")
_FIELD = re.compile(r":[\w -]+:(?:\s|$)")
_ROLE = re.compile(
    r":[\w:+-]+:`([^`<]+?)(?:\s*<[^`]*>)?`|`([^`<]+?)\s*<[^`]*>`__?|``([^`]+)``|(?<!\w)\|?`([^`]+)`_?_?\|?"
)
_SIMPLE = re.compile(r"=+(?:\s+=+)+\s*$")


def fits(head: bytes, name: str) -> bool:
    """By name."""
    return name.endswith((".rst", ".rest"))


def read(content: bytes, file: str, options: SourceOptions, language: str | None = None) -> Document:
    """The lines of a document; titles become headings, indented texts under a line the definition of a term."""
    text, name = decode(content, file, options.encoding, language)
    raws = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = [line for line in lines_of("\n".join(raws)) if not _silent(raws, line)]
    levels: dict[str, int] = {}
    for line in lines:
        line.text = _ROLE.sub(lambda found: next(group for group in found.groups() if group), line.text)
        below = raws[line.number] if line.number < len(raws) else ""
        if _ADORNMENT.match(below) and len(below.strip()) >= min(3, len(line.text)) and line.indent == 0:
            line.kind, line.level = Kind.HEADING, levels.setdefault(below[0], len(levels) + 1)
    _definitions(lines)
    _simple_rows(raws, lines)
    return Document(lines=lines, kind="rst", encoding=name, remainder=uncovered(text, lines, "markup"))


def _silent(raws: list[str], line: Line) -> bool:
    raw = raws[line.number - 1]
    bare = raw.strip()
    options = _FIELD.match(bare) is not None
    return bool(
        _ADORNMENT.match(bare)
        or _DIRECTIVE.match(bare)
        or options
        or _SIMPLE.match(bare)
        or re.match(r"\+[-=+]+\+$", bare)
    )


def _definitions(lines: list[Line]) -> None:
    """A line and, directly below it and further in, its definition."""
    for line, below in pairwise(lines):
        if (
            below.number == line.number + 1
            and below.indent > line.indent
            and line.kind is Kind.TEXT
            and not line.marker
        ):
            line.kind = Kind.TERM
            line.text = fold(line.text.split(" : ")[0])


def _simple_rows(raws: list[str], lines: list[Line]) -> None:
    """Rows between rules of `=`: cells are cut where the rule has its columns."""
    rule: list[tuple[int, int]] = []
    by_number = {line.number: line for line in lines}
    seen = 0
    for number, raw in enumerate(raws, start=1):
        if _SIMPLE.match(raw):
            seen += 1
            rule = [found.span() for found in re.finditer(r"=+", raw)] if seen % 3 else []
        elif rule and number in by_number and raw.strip():
            starts = [start for start, _ in rule]
            ends = [*starts[1:], None]
            line = by_number[number]
            line.cells = tuple(fold(raw[start:end]) for start, end in zip(starts, ends, strict=True))
            line.kind, line.marker = Kind.ROW, ""
