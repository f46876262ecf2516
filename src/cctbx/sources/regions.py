"""Why lines belong to no entry: the reasons, told from what the lines say and where they stand."""

from __future__ import annotations

import re

from cctbx.model import SkippedRegion
from cctbx.sources.drafts import Reading
from cctbx.sources.features import is_contact
from cctbx.sources.page import Page, sort_key
from cctbx.sources.tables import column_roles

__all__ = ["REASONS", "reasons_of", "skipped_regions"]

REASONS = (
    "title",
    "introduction",
    "section letter",
    "section title",
    "navigation",
    "table of contents",
    "column header",
    "duplicate copy",
    "contact line",
    "publication note",
    "credit",
    "see-also column",
    "markup",
    "script",
    "front matter",
    "outside the list",
    "skipped by the user",
    "no glossary",
)
"""Every reason a skipped region can have."""

_LISTED = 200
_PUBLISHED = re.compile(r"(?:19|20)\d\d")
_CREDIT = re.compile(
    r"(?:foto?|photo|fot|bild|bilde|image|kuva|av|by|von|door|autor|author|auteur)\b\s*[:.]?", re.IGNORECASE
)


def reasons_of(page: Page, reading: Reading | None) -> dict[int, str]:
    """Index of a line outside all entries → reason."""
    inside = (
        {i for d in reading.drafts for i in (*range(d.head.index, d.head.index + 1), *d.lines, *d.asides)}
        if reading
        else set()
    )
    names = {sort_key(draft.head.headword) for draft in reading.drafts} if reading else set()
    first = reading.drafts[0].head.index if reading else len(page)
    last = max(draft.last for draft in reading.drafts) if reading else -1
    reasons = {}
    for index in range(len(page)):
        if index in inside:
            continue
        stated = page.fixed[index] or (reading.reasons.get(index, "") if reading else "")
        reasons[index] = _refined(page, index, stated) if stated else _told(page, index, names, first, last)
    return reasons


def _refined(page: Page, index: int, stated: str) -> str:
    """Navigation is told from contact lines, publication notes and credits."""
    text = page.text(index)
    if stated != "navigation":
        return stated
    if is_contact(text):
        return "contact line"
    if _CREDIT.match(text):
        return "credit"
    return "publication note" if _PUBLISHED.search(text) else "navigation"


def _told(page: Page, index: int, names: set[str], first: int, last: int) -> str:
    text = page.text(index)
    if column_roles(page.lines[index].cells or (text,)) or (page.lines[index].cells and index < last):
        return "column header"
    if (len(text) < _LISTED and (sort_key(text) in names)) or (
        index < first
        and text.count(",") + text.count("|") + text.count("·") > 4
        and sum(sort_key(part) in names for part in re.split(r"[,|·]", text)) > 2
    ):
        return "table of contents"
    short = page.head[index] >= 0.45 and not page.sentence[index]
    if last < 0:
        return "title" if index == 0 and short else "no glossary"
    if index < first:
        return "title" if short else "introduction"
    if index < last:
        return "section title" if short else "outside the list"
    return "contact line" if is_contact(text) else "outside the list"


def skipped_regions(page: Page, reasons: dict[int, str], source: str) -> tuple[SkippedRegion, ...]:
    """Neighbouring lines with the same reason become one region; markup lines of the document are added."""
    regions: list[SkippedRegion] = []
    spans = [(page.lines[i].number, page.lines[i].last, reason) for i, reason in sorted(reasons.items())]
    indexes = sorted(reasons)
    for place, (first, last, reason) in enumerate(spans):
        joins = regions and place and indexes[place] == indexes[place - 1] + 1 and regions[-1].reason == reason
        if joins:
            first = regions.pop().line_first
        regions.append(SkippedRegion(source=source, line_first=first, line_last=last, reason=reason))
    regions += [
        SkippedRegion(source=source, line_first=first, line_last=last, reason=reason)
        for first, last, reason in page.document.remainder
    ]
    return tuple(sorted(regions, key=lambda region: (region.line_first, region.line_last)))
