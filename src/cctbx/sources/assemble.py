"""From where entries open to entries: which lines go on with an entry, and why the others belong to none."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from cctbx.sources.drafts import Draft, Head, Reading
from cctbx.sources.features import is_contact, is_credit, words_at_start
from cctbx.sources.lines import Line
from cctbx.sources.page import Page

__all__ = ["assemble"]

_DOTS = re.compile(r"\s[·|»/]\s")
_MAX_LIST = 40


def assemble(page: Page, heads: list[Head], *, layout: str, variant: str, paragraphs: bool) -> Reading:
    """Give every line that follows a head to its entry, or a reason why not.

    `paragraphs`: text after a blank line goes on with the entry; else it does so only between two entries.
    """
    reading = Reading(layout=layout, variant=variant, drafts=[], reasons={})
    closing = _closing_lines(page, heads)
    tops = _Tops(page, heads)
    bounds = [head.index for head in heads[1:]] + [len(page)]
    for number, (head, bound) in enumerate(zip(heads, bounds, strict=True)):
        draft = Draft(head=head, first=head.index, last=head.index)
        if head.inline:
            draft.paragraphs.append(head.inline)
        reading.drafts.append(draft)
        end = _table_body(page, draft) if head.body is not None else head.index
        _follow(page, draft, end + 1, bound, reading, closing, tops, paragraphs, last=number == len(heads) - 1)
    return reading


class _Tops:
    """What is typical of the page: lines of an entry, blank lines inside it, whether its parts stand apart."""

    def __init__(self, page: Page, heads: list[Head]) -> None:
        sizes = sorted(after.index - before.index - 1 for before, after in pairwise(heads)) or [0]
        self.usual = sizes[int(len(sizes) * 0.9)] if len(sizes) > 1 else 3
        self.median = sizes[len(sizes) // 2]
        gaps = Counter(page.lines[head.index].gap for head in heads[1:])
        self.gap = gaps.most_common(1)[0][0] if gaps else 0
        inner = [page.lines[i].gap for before, after in pairwise(heads) for i in range(before.index + 1, after.index)]
        self.inner_gap = max(Counter(inner).most_common(1)[0][0], 1) if inner else 1
        self.marker = Counter(page.lines[head.index].marker for head in heads).most_common(1)[0][0] if heads else ""
        self.apart = sum(bool(head.inline) for head in heads) < 0.5 * len(heads)


def _closing_lines(page: Page, heads: list[Head]) -> frozenset[str]:
    """Texts that close entries (`Back to top`): furniture that stands before most heads."""
    before = Counter(
        page.text(head.index - 1) for head in heads if head.index and page.fixed[head.index - 1] == "navigation"
    )
    return frozenset(text for text, count in before.items() if count >= 2)


def _table_body(page: Page, draft: Draft) -> int:
    head = draft.head
    draft.asides += head.cells
    for index in head.body or ():
        draft.paragraphs.append(page.text(index))
        draft.lines.append(index)
    draft.last = max((draft.last, *draft.lines, *(i for i in head.cells if i < max(draft.lines, default=0))))
    return max((draft.last, *head.cells))


def _follow(
    page: Page,
    draft: Draft,
    start: int,
    bound: int,
    reading: Reading,
    closing: frozenset[str],
    tops: _Tops,
    paragraphs: bool,
    *,
    last: bool,
) -> None:
    """Walk the lines up to the next head: part of the entry, aside, or outside with a reason."""
    closed = draft.head.body is not None or draft.head.empty
    strict = draft.head.body is not None
    for index in range(start, bound):
        reason = page.fixed[index]
        if reason:
            closed = closed or reason != "navigation" or page.text(index) in closing or last
            reading.reasons[index] = reason
        elif closed:
            reading.reasons[index] = "see-also column" if strict and not last else ""
        elif page.tagged[index] or (page.lines[index].kind == "term" and not draft.paragraphs):
            draft.asides += (index,)
            draft.last = index
        elif _reference(page, index):
            _take(page, draft, index)
        elif _is_section_title(page, index, bound, draft, tops) or (
            last and _is_footer(page, index, draft, tops, paragraphs)
        ):
            reading.reasons[index] = ""
            closed = closed or last
        elif _is_link_line(page, index, bound) and draft.paragraphs:
            draft.asides += (index,)
            draft.last = index
        else:
            _take(page, draft, index)


def _take(page: Page, draft: Draft, index: int) -> None:
    """A line of the entry: a cross-reference line stands beside the definition, everything else goes on with it."""
    line = page.lines[index]
    text = line.text
    draft.last = index
    reference = _reference(page, index)
    if reference and draft.paragraphs:
        draft.see += (reference,)
        draft.asides += (index,)
        return
    draft.lines.append(index)
    if draft.paragraphs and _goes_on(page, draft, index):
        joint = draft.paragraphs[-1]
        draft.paragraphs[-1] = f"{joint} {text}"
    else:
        draft.paragraphs.append(_printed_marker(line) + text)


def _printed_marker(line: Line) -> str:
    """The bullet or clause number of a line inside an entry, as the page prints it."""
    raw = line.raw.strip()
    if line.item_text:
        return f"{line.item_text} "
    return "" if line.marker != "•" or not raw else "- " if raw == line.text else f"{raw[:1]} "


def _reference(page: Page, index: int) -> str:
    """What a line of the form `See also: other` refers to, `` if it is none."""
    label, colon, rest = page.text(index).partition(":")
    rest = rest.strip().rstrip(".")
    named = bool(colon and rest) and len(rest.split()) <= 8 and len(label.split()) <= 4
    return rest if named and words_at_start("see", page.language, label + ":") else ""


def _goes_on(page: Page, draft: Draft, index: int) -> bool:
    """A wrapped line: no blank line before it, no marker, no label, and it was not a new sentence on a short line."""
    line = page.lines[index]
    if line.gap or line.marker or line.kind != "text":
        return False
    if page.is_label(line.text.partition(":")[0]) and ":" in line.text[:40]:
        return False
    return index - 1 in draft.lines or (index - 1 == draft.head.index and bool(draft.head.inline))


def _is_section_title(page: Page, index: int, bound: int, draft: Draft, tops: _Tops) -> bool:
    """A short line set off from the entry above and standing directly before the next head or another such title."""
    line = page.lines[index]
    if page.head[index] < 0.5 or page.sentence[index] or page.text(index)[-1] in ",;":
        return False
    if line.marker and line.marker != tops.marker and line.kind == "text":
        return False
    ahead = index + 1
    while ahead < bound and (page.fixed[ahead] or (page.head[ahead] >= 0.5 and not page.sentence[ahead])):
        ahead += 1
    introduces = ahead < bound and ahead == bound - 1 and bound < len(page)
    if ahead < bound and not (introduces and not tops.apart and page.lines[index].gap and tops.median == 0):
        return False
    if ahead >= len(page):
        return False
    return (
        line.gap > 0
        or line.kind == "heading"
        or (
            bool(draft.paragraphs)
            and page.sentence[index - 1]
            and tops.median <= 1
            and not page.text(index - 1).endswith(":")
            and bound - index == 1
        )
    )


def _is_footer(page: Page, index: int, draft: Draft, tops: _Tops, paragraphs: bool) -> bool:
    """Behind the last entry: text that its layout does not claim."""
    line = page.lines[index]
    taken = index - draft.head.index
    above = line.kind == "heading" and (page.lines[draft.head.index].level or 9) > line.level
    credit = line.gap > 0 and is_credit(line.text)
    if is_contact(line.text) or ((above or credit) and bool(draft.paragraphs)):
        return True
    if not paragraphs:
        return line.gap > 0 and (line.gap != tops.inner_gap or tops.median == 0)
    if taken > max(tops.usual, 1):
        return line.gap > 0 or taken > 2 * max(tops.usual, 1) + 2
    wide = line.gap > max(tops.inner_gap, 1) and taken > 1
    short = line.gap > 0 and taken > 1 and page.head[index] >= 0.6 and not page.sentence[index]
    return wide or short


def _is_link_line(page: Page, index: int, bound: int) -> bool:
    """The last line of an entry with texts of links: `Forecast · Training`; in pages where entries end with fields."""
    text = page.text(index)
    if page.sentence[index] or len(text) > 90 or page.lines[index].marker:
        return False
    ends = index + 1 == bound or page.lines[index + 1].gap > 0 or bool(page.fixed[index + 1])
    labelled = ":" in page.text(index - 1)[:40] and page.lines[index].gap == 0
    return ends and (
        (_DOTS.search(text) is not None and page.body[index] < 0.6 and not page.is_label(text.partition(":")[0]))
        or (labelled and page.head[index] >= 0.6 and ":" not in text)
    )
