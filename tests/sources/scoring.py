"""What the source tests share: gold readers, parsing by path, precision and recall."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cctbx.model import SourceGlossary, SourceOptions
from cctbx.sources import ParsedPage, parse_page


def parsed(content: bytes | str, file: str = "page.txt", language: str | None = None, **options: object) -> ParsedPage:
    """A page parsed as the command line does it."""
    raw = content.encode() if isinstance(content, str) else content
    glossary = SourceGlossary(name=file, file=file, language=language, options=SourceOptions(**options))  # type: ignore[arg-type]
    return parse_page(raw, glossary)


def gold_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a gold file (tab-separated, no quoting)."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def folded(text: str) -> str:
    return " ".join(text.replace("¶", " ").split())


def f1(hits: int, found: int, wanted: int) -> float:
    precision, recall = hits / found if found else 1.0, hits / wanted if wanted else 1.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def unaccounted(content: str, page: ParsedPage) -> list[int]:
    """Non-blank lines (as an editor numbers them) in no entry and no skipped region."""
    seen: set[int] = set()
    for each in (*page.entries, *page.skipped):
        seen.update(range(each.line_first, each.line_last + 1))
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [
        n
        for n, line in enumerate(lines, start=1)
        if line.strip(" \t\u200b\ufeff\u00ad\u00a0") and line.split() and n not in seen
    ]


@dataclass(frozen=True)
class LayoutPage:
    """A page of our own with its gold: language, (line, headword) of every entry, text."""

    name: str
    language: str
    gold: tuple[tuple[int, str], ...]
    text: str


def layout_pages(directory: Path) -> Iterable[LayoutPage]:
    for path in sorted(directory.glob("*.page")):
        head, _, text = path.read_text(encoding="utf-8").partition("\n---\n")
        first, *rows = head.split("\n")
        gold = tuple((int(row.split(" ", 1)[0]), row.split(" ", 1)[1]) for row in rows if row)
        yield LayoutPage(path.stem, re.sub(r"language:\s*", "", first), gold, text)
