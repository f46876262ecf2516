"""HTML pages: headings, definition lists, tables, lists, `details`, bold openings; navigation and scripts left out."""

from __future__ import annotations

import re
from typing import Any

from cctbx.model import SourceOptions
from cctbx.sources.documents.encoding import decode
from cctbx.sources.documents.remainder import uncovered
from cctbx.sources.lines import Document, Kind, Line, fold

__all__ = ["fits", "lines_of", "read"]

_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|dl|div|section|article|table|h[1-6]|p|ul|details)\b",
    re.I | re.S,
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "select",
        "input",
        "textarea",
        "head",
        "link",
        "meta",
        "canvas",
        "map",
        "audio",
        "video",
    ]
)
_OUTSIDE = frozenset(["nav", "header", "footer", "aside", "form", "menu", "dialog"])
_CHROME = re.compile(
    r"cookie|breadcrumb|navbar|nav-|menu|footer|sidebar|share|social|consent|banner|newsletter|pagination|skip-link|toolbar",
    re.I,
)
_EDITS = re.compile(r"editsection|headerlink|anchor-?link|permalink|visually-hidden|sr-only", re.I)
"""Marks beside a heading that print as text and are none."""
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_BOLD = frozenset(("b", "strong", "dfn"))
_KINDS = {"dt": Kind.TERM, "summary": Kind.TERM, "button": Kind.TERM, "dd": Kind.DETAIL}
_DEPTH, _PANEL = 400, 20


def fits(head: bytes, name: str) -> bool:
    """By name or by the first tag."""
    return name.endswith((".html", ".htm", ".xhtml")) or _START.match(head.lstrip(b"\xef\xbb\xbf")) is not None


def read(content: bytes, file: str, options: SourceOptions, language: str | None = None) -> Document:
    """The printed blocks of a page in order; lines of the file that print nothing are `markup` or `script`."""
    text, name = decode(content, file, options.encoding, language)
    lines, language = lines_of(text)
    return Document(
        lines=lines, kind="html", language=language, encoding=name, remainder=uncovered(text, lines, "markup")
    )


def lines_of(text: str, first: int = 1) -> tuple[list[Line], str | None]:
    """The blocks of a piece of HTML whose first line has number `first`, and the language it states."""
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, no_network=True, huge_tree=True)
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", lambda found: " " * len(found.group()), text.replace("\0", " "))
    try:
        root = html.document_fromstring(bare, parser=parser)
    except (etree.ParserError, ValueError):
        return [], None
    walk = _Walk(first - 1)
    walk.block(root, outside=False, depth=0)
    walk.flush()
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    return walk.lines, language.split("-")[0].lower() if language else None


class _Walk:
    """One pass over the tree that gathers inline text and closes a line at every block boundary."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.lead = ""
        self.number = 0
        self.kind, self.level, self.marker, self.item, self.reason, self.gap = Kind.TEXT, 0, "", 0, "", 1

    def flush(self, gap: int = 1) -> None:
        """Close the line that is being gathered."""
        joined = "".join(self.parts)
        text = fold(joined)
        if text:
            last = self.number + joined.rstrip().count("\n") - joined[: len(joined) - len(joined.lstrip())].count("\n")
            lead = fold(self.lead) if text.startswith(fold(self.lead)) else ""
            self.lines.append(
                Line(
                    number=self.number + self.offset,
                    last=max(last, self.number) + self.offset,
                    text=text,
                    kind=self.kind,
                    level=self.level,
                    marker=self.marker,
                    item=self.item,
                    gap=self.gap,
                    lead=lead,
                    reason=self.reason,
                )
            )
        self.parts, self.lead, self.gap = [], "", gap

    def add(self, text: str | None, element: Any, *, bold: bool = False) -> None:
        """Take a piece of text; the first that prints something gives the line its number."""
        if not text:
            return
        if text.strip() and not "".join(self.parts).strip():
            self.number = (element.sourceline or 1) + text[: len(text) - len(text.lstrip())].count("\n")
            self.parts = []
            self.lead = text if bold else ""
        elif bold and fold("".join(self.parts)) == fold(self.lead):
            self.lead += text
        self.parts.append(text)

    def block(self, element: Any, *, outside: bool, depth: int) -> None:
        """An element with its children, as blocks."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if (
            tag in _SILENT
            or depth > _DEPTH
            or _EDITS.search(element.get("class") or "")
            or (tag == "button" and not self._unfolds(element))
        ):
            return
        outside = outside or _is_outside(element, tag)
        if tag == "tr" and not _frames(element):
            self._row(element, outside=outside)
            return
        before = self.kind, self.level, self.marker, self.item, self.reason
        block = tag in _BLOCKS or (tag == "button" and self.kind not in (Kind.HEADING, Kind.TERM))
        if block:
            self.flush(0 if tag in ("li", "dd") else 1)
            self._enter(element, tag, outside=outside)
        self._children(element, tag, outside=outside, depth=depth)
        if block:
            self.flush()
            self.kind, self.level, self.marker, self.item, self.reason = before

    def _unfolds(self, element: Any) -> bool:
        """A button that opens a text below it, or that is all of a heading: the headword of an accordion."""
        inside = self.kind in (Kind.HEADING, Kind.TERM)
        said = element.get("aria-expanded") is not None or element.get("aria-controls") is not None
        return inside or said or _opens_text(element)

    def _enter(self, element: Any, tag: str, *, outside: bool) -> None:
        if outside:
            self.kind, self.reason = Kind.OUTSIDE, "navigation"
        elif tag in _KINDS:
            self.kind = _KINDS[tag]
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.kind, self.level = Kind.HEADING, int(tag[1])
        elif tag == "li":
            ordered = element.getparent() is not None and element.getparent().tag == "ol"
            self.marker, self.item = ("1", element.getparent().index(element) + 1) if ordered else ("•", 0)

    def _children(self, element: Any, tag: str, *, outside: bool, depth: int) -> None:
        self.add(element.text, element, bold=tag in _BOLD)
        for child in element:
            if child.tag == "br":
                self.flush(0)
                self.add(child.tail, child)
                continue
            self.block(child, outside=outside, depth=depth + 1)
            self.add(child.tail, _end_of(child))

    def _row(self, element: Any, *, outside: bool) -> None:
        cells = [cell for cell in element if cell.tag in ("td", "th")]
        texts = tuple(fold(" ".join(cell.itertext())) for cell in cells)
        self.flush()
        if not any(texts):
            return
        first = next(cell for cell, text in zip(cells, texts, strict=True) if text)
        start = (first.sourceline or 1) + self.offset
        breaks = "".join(element.itertext()).rstrip().count("\n")
        spans = len(cells) == 1 and cells[0].get("colspan") is not None
        self.lines.append(
            Line(
                number=start,
                last=start + max(0, breaks - 1),
                text=fold(" | ".join(texts)),
                cells=() if spans else texts,
                kind=Kind.OUTSIDE if outside else Kind.TEXT if spans else Kind.ROW,
                reason="navigation" if outside else "",
            )
        )


def _frames(row: Any) -> bool:
    """A row that only arranges a page: a cell holds a table, or a heading with texts of its own."""
    headed = "*/descendant::*[self::h1 or self::h2 or self::h3][following-sibling::*[self::p or self::ul]]"
    return bool(row.xpath(f"boolean(*//table | {headed})"))


def _opens_text(button: Any) -> bool:
    """A button directly followed by a block of text: an accordion without a word about it."""
    panel = button.getnext()
    if panel is None or panel.tag not in ("div", "section", "p") or (button.tail or "").strip():
        return False
    return len(fold("".join(button.itertext()))) > 1 and len(fold("".join(panel.itertext()))) >= _PANEL


class _Place:
    """A place in the file behind an element's end: the tail of an element begins there."""

    def __init__(self, sourceline: int) -> None:
        self.sourceline = sourceline


def _end_of(element: Any) -> Any:
    breaks = "".join(element.itertext()).count("\n") if isinstance(element.tag, str) else 0
    return _Place((element.sourceline or 1) + breaks)


def _is_outside(element: Any, tag: str) -> bool:
    if tag in _OUTSIDE or element.get("role") in ("navigation", "banner", "contentinfo", "search"):
        return tag != "header" or not element.xpath(".//h1")
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(names.strip()) and tag not in ("html", "body", "main", "article") and _CHROME.search(names) is not None
