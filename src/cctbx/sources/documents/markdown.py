"""Markdown: headings, bold openings, lists, pipe tables, definition lists, front matter, embedded HTML."""

from __future__ import annotations

import re
from typing import Any

from cctbx.model import SourceOptions
from cctbx.sources.documents import html
from cctbx.sources.documents.encoding import decode
from cctbx.sources.documents.remainder import uncovered
from cctbx.sources.lines import Document, Kind, Line, fold

__all__ = ["fits", "read"]

_FRONT = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LANGUAGE = re.compile(r"^(?:lang|language|locale)\s*:\s*[\"']?([a-zA-Z]{2,3})", re.MULTILINE)


def fits(head: bytes, name: str) -> bool:
    """By name: light markup in plain text is recognised anyway."""
    return name.endswith((".md", ".markdown", ".mdown", ".qmd"))


def read(content: bytes, file: str, options: SourceOptions, language: str | None = None) -> Document:
    """The lines of a Markdown document as its reader sees them; front matter and rules are skipped with a reason."""
    from markdown_it import MarkdownIt

    text, name = decode(content, file, options.encoding, language)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    named = _LANGUAGE.search(front.group()) if front else None
    blank = "\n" * front.group().count("\n") if front else ""
    source = blank + text[front.end() :] if front else text
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(source)
    lines = _Reader(source.split("\n")).read(tokens)
    remainder = uncovered(source, lines, "markup")
    if front:
        remainder.insert(0, (1, max(1, front.group().rstrip("\n").count("\n") + 1), "front matter"))
    stated = named.group(1).lower() if named else None
    return Document(lines=lines, kind="markdown", language=stated, encoding=name, remainder=remainder)


class _Reader:
    """Tokens → lines; a paragraph gives one line per printed line."""

    def __init__(self, source: list[str]) -> None:
        self.source = source
        self.lines: list[Line] = []
        self.list_marks: list[tuple[str, int]] = []
        self.row: list[str] = []

    def read(self, tokens: list[Any]) -> list[Line]:
        kind, level = Kind.TEXT, 0
        for token in tokens:
            if token.type == "heading_open":
                kind, level = Kind.HEADING, int(token.tag[1])
            elif token.type == "heading_close":
                kind, level = Kind.TEXT, 0
            elif token.type == "list_item_open":
                self.list_marks.append(("1", int(token.info)) if token.info.isdigit() else ("•", 0))
            elif token.type == "list_item_close":
                self.list_marks.pop()
            elif token.type == "tr_open":
                self.row = []
            elif token.type == "tr_close":
                self._close_row(token)
            elif token.type == "inline":
                self._inline(token, kind, level)
            elif token.type == "html_block" and token.map:
                self.lines += html.lines_of(token.content, token.map[0] + 1)[0]
            elif token.type in ("fence", "code_block") and token.map:
                self._code(token)
            if token.type == "tr_open" and token.map:
                self.row_line = token.map[0] + 1
        return self.lines

    def _gap(self, number: int) -> int:
        gap = 0
        while number - 2 - gap >= 0 and not self.source[number - 2 - gap].strip():
            gap += 1
        return gap if number > 1 else 0

    def _close_row(self, token: Any) -> None:
        if any(self.row):
            number = self.row_line
            self.lines.append(
                Line(number=number, text=fold(" | ".join(self.row)), kind=Kind.ROW, cells=tuple(self.row))
            )

    def _code(self, token: Any) -> None:
        for offset, raw in enumerate(token.content.rstrip("\n").split("\n")):
            if raw.strip():
                number = token.map[0] + 1 + offset + (token.type == "fence")
                gap = self._gap(number) if offset else 1
                self.lines.append(Line(number=number, text=fold(raw), raw=raw, gap=gap))

    def _inline(self, token: Any, kind: Kind, level: int) -> None:
        if token.map is None or (token.level and token.content == "") or self._in_row(token):
            return
        marker, item = self.list_marks[-1] if self.list_marks else ("", 0)
        texts, leads = _printed(token.children or [])
        for offset, (text, lead) in enumerate(zip(texts, leads, strict=True)):
            text = fold(text)
            if not text:
                continue
            number = token.map[0] + 1 + offset
            line = Line(
                number=number,
                text=text,
                raw=text,
                kind=kind,
                level=level,
                gap=self._gap(number),
                lead=fold(lead),
                marker=marker if offset == 0 else "",
                item=item if offset == 0 else 0,
            )
            self._definition(line)
            self.lines.append(line)

    def _in_row(self, token: Any) -> bool:
        if not hasattr(self, "row_line") or token.map is None or token.map[0] + 1 != self.row_line:
            return False
        self.row.append(fold("".join(_printed(token.children or [])[0])))
        return True

    def _definition(self, line: Line) -> None:
        """`Term` and `: definition` on lines of their own."""
        if line.text.startswith(": ") and self.lines:
            line.kind, line.text = Kind.DETAIL, line.text[2:].strip()
            if self.lines[-1].kind is Kind.TEXT:
                self.lines[-1].kind = Kind.TERM


def _printed(children: list[Any]) -> tuple[list[str], list[str]]:
    """The printed text of inline tokens, a piece per line, and what opens each line in bold; images print nothing."""
    texts, leads, bold = [""], [""], False
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            texts.append("")
            leads.append("")
        elif child.type in ("strong_open", "strong_close"):
            bold = child.type == "strong_open"
        elif child.type in ("text", "code_inline"):
            if bold and texts[-1].strip() == leads[-1].strip():
                leads[-1] += child.content
            texts[-1] += child.content
    return texts, leads
