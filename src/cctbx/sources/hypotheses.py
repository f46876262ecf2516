"""Competing hypotheses: every layout and variant is tried on the page, the best reading wins, and all are kept."""

from __future__ import annotations

from dataclasses import dataclass

from cctbx.errors import UsageError
from cctbx.model import SourceOptions
from cctbx.sources.assemble import assemble
from cctbx.sources.drafts import Head, Reading
from cctbx.sources.layouts import LAYOUTS, Layout, layout_names
from cctbx.sources.page import Page, order_share, part_of, sort_key
from cctbx.sources.score import ACCEPTED, score

__all__ = ["LARGE", "Hypothesis", "best_reading", "read_with"]


LARGE, _SAMPLE = 2000, 900
"""A page of more lines than the first number has its layout told from the second number of lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """A layout that was tried: its name, its total and the parts of it, how many entries it gives.

    `agrees` says whether these are the entries of the best hypothesis, headword by headword.
    """

    name: str
    total: float
    entries: int
    parts: tuple[tuple[str, float], ...]
    agrees: bool = True


def read_with(page: Page, layout: Layout, variant: str, *, weigh: bool = True) -> Reading | None:
    """Apply one layout to a page, and score it if it is to be weighed; None where it finds no entry."""
    heads = layout.find(page, variant)
    if not heads:
        return None
    reading = assemble(page, heads, layout=layout.name, variant=variant, paragraphs=layout.paragraphs)
    if weigh:
        score(page, layout, reading)
    return reading


def _wanted(options: SourceOptions) -> list[tuple[Layout, str]]:
    """The hypotheses to try: all, or what the user says."""
    if options.separator:
        return [(LAYOUTS[0], options.separator)]
    name, _, variant = (options.layout or "").partition(":")
    if options.layout and options.layout not in layout_names():
        raise UsageError(f"unknown layout `{options.layout}`; known: {', '.join(layout_names())}")
    return [
        (layout, each)
        for layout in LAYOUTS
        if name in ("", layout.name)
        for each in layout.variants
        if variant in ("", each)
    ]


def _hypothesis(reading: Reading, best: Reading) -> Hypothesis:
    own, its = ([(draft.head.index, draft.head.headword) for draft in each.drafts] for each in (reading, best))
    parts = tuple((name, value) for name, value in reading.scores.items() if name != "total")
    return Hypothesis(
        name=reading.name, total=reading.scores["total"], entries=len(reading.drafts), parts=parts, agrees=own == its
    )


def _recovered(page: Page, reading: Reading) -> Reading:
    """Words of navigation may be headwords too (`Home`, `Menu`): where one stands like an entry, it is one."""
    heads = [draft.head for draft in reading.drafts]
    if len(heads) < 3 or order_share([head.headword for head in heads[1:]]) < 0.8:
        return reading
    found = [i for i in range(heads[0].index - 4, heads[-1].index) if i >= 0 and _among(page, heads, i)]
    if not found:
        return reading
    for index in found:
        page.fixed[index] = ""
    layout = next(each for each in LAYOUTS if each.name == reading.layout)
    again = read_with(page, layout, reading.variant)
    better = again is not None and again.scores["total"] >= reading.scores["total"]
    for index in () if better else found:
        page.fixed[index] = "navigation"
    return again if better and again is not None else reading


def _among(page: Page, heads: list[Head], index: int) -> bool:
    """A line of navigation with a text of its own below it, in its place in the alphabet, before the next head."""
    if page.fixed[index] != "navigation" or page.is_repeated(page.text(index)) or len(page.text(index).split()) > 2:
        return False
    if index + 1 >= len(page) or page.fixed[index + 1] or page.lines[index + 1].cells:
        return False
    wrapped = index + 2 < len(page) and page.lines[index + 1].gap == page.lines[index + 2].gap == 0
    if not wrapped and (page.body[index + 1] < 0.5 or page.head[index + 1] > 0.6):
        return False
    after = next((head for head in heads if head.index > index + 1), None)
    before = next((head for head in reversed(heads) if head.index < index), None)
    key = sort_key(page.text(index))
    return (
        after is not None and key <= sort_key(after.headword) and (before is None or sort_key(before.headword) <= key)
    )


def best_reading(page: Page, options: SourceOptions) -> tuple[Reading | None, tuple[Hypothesis, ...]]:
    """The winning reading (None where no hypothesis is good enough) and all hypotheses, best first.

    A layout or separator the user names needs no minimum score. Raises `UsageError` for an unknown layout.
    """
    forced = bool(options.separator or options.layout)
    large = len(page) > LARGE
    trial = part_of(page, _SAMPLE) if large else page
    readings = [each for layout, variant in _wanted(options) if (each := read_with(trial, layout, variant)) is not None]
    readings = [_recovered(trial, reading) for reading in readings]
    readings.sort(key=lambda reading: -reading.scores["total"])
    hypotheses = tuple(_hypothesis(each, readings[0]) for each in readings)
    best = readings[0] if readings and (forced or readings[0].scores["total"] >= ACCEPTED) else None
    if large and best is not None:
        layout = next(each for each in LAYOUTS if each.name == best.layout)
        scores, best = best.scores, read_with(page, layout, best.variant, weigh=False)
        if best is not None:
            best.scores = scores
    return best, hypotheses
