"""A page as a sequence of typed lines: what every document becomes, and all that recognition looks at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Document", "Kind", "Line", "fold", "read_line", "without_letters", "without_marks", "without_numbers"]


class Kind(StrEnum):
    """What the document itself says a line is; plain text says little, a `dt` says a lot."""

    TEXT = "text"
    HEADING = "heading"
    ROW = "table row"
    TERM = "term"
    DETAIL = "definition"
    OUTSIDE = "outside"


@dataclass(slots=True, kw_only=True)
class Line:
    """One non-blank line or block.

    number, last   1-based lines of the file it came from (a row or a paragraph number where a document has no lines)
    text           white space folded, without marker and markup
    raw            as printed, tabs and runs of spaces kept (plain text only needs it for columns)
    marker         class of its marker: `•` any bullet, `1` a number, `1.1` one of several levels, `` none; `item` is
                   the number itself, `item_text` one of several levels as printed
    level          of a heading
    indent, gap    white space before the text; blank lines before the line
    cells          of a table row
    lead           text that opens the line in bold or as a term, `` if none
    """

    number: int
    text: str
    last: int = 0
    raw: str = ""
    kind: Kind = Kind.TEXT
    marker: str = ""
    item: int = 0
    item_text: str = ""
    level: int = 0
    indent: int = 0
    gap: int = 0
    cells: tuple[str, ...] = ()
    lead: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.last:
            self.last = self.number


@dataclass(slots=True, kw_only=True)
class Document:
    """What a container reader hands over: the lines, the language the document states, and skipped markup lines.

    `remainder` are the numbers of non-blank lines of the file that hold nothing but markup, scripts or styles.
    """

    lines: list[Line]
    kind: str = "text"
    language: str | None = None
    encoding: str = "utf-8"
    remainder: list[tuple[int, int, str]] = field(default_factory=list)
    columns: tuple[str, ...] = ()


_MARKER = re.compile(
    r"(?:([•●▪■◆►▸‣◦○·*✓✔➤➢❯›»□\-–—])"
    r"|[(\[]?(\d{1,3})(?:[.)](?=\s|[^\W\d])|\](?=\s)|\s?[-–]\s(?=[^\W\d]))|§\s?(\d{1,3})[.:]?(?=\s)"
    r"|(#{1,6})(?=\s))\s*(?=\S)"
)
_CLAUSE = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?=[^\W\d_])")
_BOLD = re.compile(r"(?:\*\*|__)(?=\S)(.+?)(?<=\S)(?:\*\*|__)\s*")
_LETTERED = re.compile(r"\(?([a-z])[.)]\s+(?=[^\W\d_])")
_COUNTED = re.compile(r"(\d{1,3})\s+(?=[^\W\d_])")
_RUN = 3
_ATTRIBUTE = re.compile(r":[a-z][\w-]*:(?=\s)")
_EDIT = re.compile(
    r"\s?\[(?:edit|rediger|redigér|redigera|endre|bearbeiten|modifier|edytuj|editovat|muokkaa|bewerken)[^\[\]]{0,40}\]$",
    re.IGNORECASE,
)
"""What wikis print behind a heading."""
_ANCHOR = re.compile(r"\s*[#¶🔗]+$")
_RULE = re.compile(r"[\s|:+=_*#~-]{3,}$")


def fold(text: str) -> str:
    """Every run of white space (no-break and narrow ones too) becomes one space; zero-width characters go."""
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").replace("\u00ad", "").split())


def _cells(text: str) -> tuple[str, ...]:
    parts = [fold(part) for part in text.strip().strip("|").split("|")]
    return tuple(parts)


def read_line(number: int, raw: str, gap: int) -> Line | None:
    """A line of plain text or light markup; None where nothing is printed (blank, or a rule of dashes)."""
    text = fold(raw)
    if not text:
        return None
    raw = text if raw == text else raw  # one string, not two
    if not text[0].isalnum() and len(text) >= _RUN and not any(map(str.isalnum, text)):
        return Line(number=number, text=text, raw=raw, gap=gap, kind=Kind.OUTSIDE, reason="markup")
    if text[-1] == "]":
        text = _EDIT.sub("", text) or text
    line = Line(number=number, text=text, raw=raw, gap=gap, indent=len(raw) - len(raw.lstrip()))
    first = text[0]
    if "|" in text and text.count("|") >= 1 and (first == "|" or " | " in text or text[-1] == "|"):
        if _RULE.match(text):
            line.kind, line.reason = Kind.OUTSIDE, "markup"
            return line
        line.kind, line.cells = Kind.ROW, _cells(text)
    if not first.isalpha():
        if first == ":" and _ATTRIBUTE.match(text):
            line.kind, line.reason = Kind.OUTSIDE, "front matter"
            return line
        _strip_marker(line)
        if first in ";:" and text[1:2] == " " and len(text) > 2:
            line.kind, line.text = (Kind.TERM if first == ";" else Kind.DETAIL), text[2:]
    if "**" in line.text or "__" in line.text:
        _strip_bold(line)
    return line


def _strip_marker(line: Line) -> None:
    clause = _CLAUSE.match(line.text) if line.text[0].isdigit() else None
    if clause and line.text[clause.end()].isupper():
        line.marker, line.item_text, line.text = "1.1", clause.group(1), line.text[clause.end() :]
        return
    match = _MARKER.match(line.text)
    if match is None or not line.text[match.end() :]:
        return
    bullet, number, paragraph, hashes = match.groups()
    if bullet and bullet in "-–—*»" and not match.group().endswith(" ") and bullet != "»":
        return
    if hashes:
        line.kind, line.level = Kind.HEADING, len(hashes)
    elif number or paragraph:
        line.marker, line.item = "1", int(number or paragraph)
    else:
        line.marker = "•"
    line.text = line.text[match.end() :]
    if line.kind is Kind.HEADING:
        line.text = line.text.rstrip("# ") or line.text


def without_letters(lines: list[Line]) -> None:
    """`a. one`, `b. two`, `c. three`: items counted by letters lose them, where at least three stand in their order."""
    found = [(line, match) for line in lines if not line.cells and (match := _LETTERED.match(line.text))]
    run: list[tuple[Line, re.Match[str]]] = []
    for line, match in [*found, (None, None)]:
        if line is not None and match is not None and ord(match.group(1)) == ord("a") + len(run):
            run.append((line, match))
            continue
        for each, its in run if len(run) >= _RUN else ():
            each.marker, each.item = "1", ord(its.group(1)) - ord("a") + 1
            each.text = each.text[its.end() :]
            each.lead = each.lead[its.end() :] if each.lead.startswith(its.group()) else each.lead
        run = [(line, match)] if line is not None and match is not None and match.group(1) == "a" else []


def without_numbers(lines: list[Line]) -> None:
    """`1 Agent`, `2 Backlog` …: bare numbers that count lines on, from one to at least four, are markers."""
    run: list[tuple[Line, re.Match[str]]] = []
    for line in lines:
        match = None if line.cells or line.marker else _COUNTED.match(line.text)
        if match and int(match.group(1)) == len(run) + 1:
            run.append((line, match))
    for line, match in run if len(run) > _RUN else ():
        line.marker, line.item = "1", int(match.group(1))
        line.text = line.text[match.end() :]


def without_marks(line: Line) -> None:
    """A block of a marked-up document without the number or bullet its text opens with, and without an anchor sign."""
    if line.kind is Kind.HEADING:
        line.text = _ANCHOR.sub("", line.text) or line.text
    if line.marker or line.cells or not line.text or line.text[0].isalpha():
        return
    whole, level, kind = line.text, line.level, line.kind
    _strip_marker(line)
    line.kind, line.level = kind, level
    cut = len(whole) - len(line.text)
    if cut and line.lead:
        line.lead = line.lead[cut:].strip() if whole.startswith(line.lead) else line.lead


def _strip_bold(line: Line) -> None:
    match = _BOLD.match(line.text)
    if match:
        rest = line.text[match.end() :]
        line.lead = match.group(1)
        line.text = (
            f"{match.group(1)} {rest}".strip()
            if rest[:1].strip() and rest[0] not in ":;,."
            else (match.group(1) + rest)
        )
    line.text = _BOLD.sub(lambda found: found.group(1) + " ", line.text).strip()
    if line.cells:
        line.cells = tuple(fold(_BOLD.sub(lambda found: found.group(1) + " ", cell)) for cell in line.cells)
