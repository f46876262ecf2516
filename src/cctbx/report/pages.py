"""Parsed pages as text, as JSON lines (a contract), and explained line by line."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from cctbx.findings import Finding
from cctbx.model import SkippedRegion, SourceEntry
from cctbx.report.findings import finding_object
from cctbx.sources import ParsedPage

__all__ = ["entry_object", "explanation", "json_lines", "page_text", "skipped_object"]

_SHOWN = 12
_WIDTH = 96


def entry_object(entry: SourceEntry, findings: list[Finding]) -> dict[str, object]:
    """One entry in the form `parse --format jsonl` promises."""
    return {
        "id": entry.id,
        "source": entry.source,
        "language": entry.language,
        "line_first": entry.line_first,
        "line_last": entry.line_last,
        "headword": entry.headword,
        "designations": [
            {"term": each.term, "language": each.language, "type": each.type, "origin": each.origin.value}
            for each in entry.designations
        ],
        "definition": entry.definition,
        "notes": list(entry.notes),
        "cross_references": list(entry.cross_references),
        "findings": [finding_object(each) for each in findings],
    }


def skipped_object(region: SkippedRegion) -> dict[str, object]:
    """One skipped region in the same form."""
    return {
        "source": region.source,
        "line_first": region.line_first,
        "line_last": region.line_last,
        "skipped": region.reason,
    }


def json_lines(page: ParsedPage, *, skipped: bool) -> Iterator[str]:
    """One entry a line, and one skipped region a line where wanted, in the order of the page."""
    own: dict[str, list[Finding]] = defaultdict(list)
    for finding in page.findings:
        if finding.path:
            own[finding.path].append(finding)
    rows = [(entry.line_first, 0, entry_object(entry, own[entry.id])) for entry in page.entries]
    if skipped:
        rows += [(region.line_first, 1, skipped_object(region)) for region in page.skipped]
    for _, _, row in sorted(rows, key=lambda row: row[:2]):
        yield json.dumps(row, ensure_ascii=False)


def page_text(page: ParsedPage, *, skipped: bool) -> Iterator[str]:
    """For people: the page in one line, then every entry with its place, designations and definition."""
    language = page.glossary.language
    yield f"{page.glossary.file}: {len(page.entries)} entries [{language}], layout {page.layout or 'none recognised'}"
    blocks = [(entry.line_first, list(_entry_text(entry))) for entry in page.entries]
    if skipped:
        blocks += [(r.line_first, [f"  {_span(r.line_first, r.line_last)}  -- {r.reason}"]) for r in page.skipped]
    for _, lines in sorted(blocks, key=lambda block: block[0]):
        yield from lines


def _span(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}-{last}"


def _entry_text(entry: SourceEntry) -> Iterator[str]:
    yield f"  {_span(entry.line_first, entry.line_last)}  {entry.headword}"
    names = ", ".join(f"{d.term} [{d.language}{' ' + d.type if d.type else ''}]" for d in entry.designations)
    if names:
        yield f"      = {names}"
    for paragraph in entry.definition.split("\n\n") if entry.definition else ():
        yield f"      {paragraph}"
    yield from (f"      note: {note}" for note in entry.notes)
    yield from (f"      see: {reference}" for reference in entry.cross_references)


def explanation(page: ParsedPage) -> Iterator[str]:
    """How the page was read: hypotheses with their scores, the share explained, and the page with every line marked."""
    yield f"{page.glossary.file}: language {page.glossary.language} (confidence {page.confidence:.2f})"
    yield "hypotheses:"
    for number, each in enumerate(page.hypotheses[:_SHOWN]):
        mark = "*" if number == 0 and page.layout else " "
        parts = " ".join(f"{name}={value:.2f}" for name, value in each.parts)
        yield f" {mark} {each.total:.3f}  {each.name:<22} {each.entries:>4} entries  {parts}"
    yield f"explained: {page.explained:.0%} of the lines that could be in entries"
    marks = _marks(page)
    for number, text in page.lines:
        shown = text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
        yield f"{number:>6} {marks.get(number, '?'):<18} {shown}"


def _marks(page: ParsedPage) -> dict[int, str]:
    marks: dict[int, str] = {}
    for region in page.skipped:
        marks |= dict.fromkeys(range(region.line_first, region.line_last + 1), f"- {region.reason}")
    for entry in page.entries:
        marks |= dict.fromkeys(range(entry.line_first, entry.line_last + 1), "| definition")
    for entry in page.entries:
        marks[entry.line_first] = "# entry"
    return marks
