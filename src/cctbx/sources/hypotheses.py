"""Competing hypotheses: every layout and variant is tried on the page, the best reading wins, and all are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cctbx.errors import UsageError
from cctbx.model import SourceOptions
from cctbx.sources.assemble import assemble
from cctbx.sources.drafts import Head, Reading
from cctbx.sources.layouts import LAYOUTS, Layout, layout_names
from cctbx.sources.page import Page, order_share, part_of, sort_key
from cctbx.sources.score import ACCEPTED, score
from cctbx.sources.tables import column_roles

__all__ = ["LARGE", "Hypothesis", "best_reading", "read_with"]


LARGE = 2000
"""A page of more lines than this is told by its sample alone, unless that does not hold for the rest."""

_SAMPLED, _FIRST, _INNER = 360, 160, 120
"""A page of more lines than the first has its layouts tried on its first lines and on some in its middle."""
_HOLDS = 0.8
_TABLE = "table"
_SHEETS = ("delimited", "sheet")
_ALL = 20_000


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

    A layout, a separator or columns that the user or the head of the table names need no minimum score. Raises
    `UsageError` for an unknown layout.
    """
    if not (options.separator or options.layout) and _is_stated(page):
        options = replace(options, layout=_TABLE)
    forced = bool(options.separator or options.layout)
    if len(page) <= _SAMPLED:
        readings = _tried(page, options)
        best = _accepted(readings, forced)
        return best, _compared(readings)
    readings = _tried(part_of(page, _FIRST, _INNER), options)
    best = _accepted(readings, forced)
    whole = _whole(page, best) if best is not None else None
    if len(page) <= _ALL and not (whole is not None and best is not None and _holds(page, whole, best)):
        readings = _tried(page, options)  # the sample was not like the rest
        whole = _accepted(readings, forced)
    return whole, _compared(readings)


def _is_stated(page: Page) -> bool:
    """A sheet whose columns are named, by its user or in its first row: terms and their definitions."""
    if page.document.columns:
        return True
    roles = column_roles(page.lines[0].cells) if page.document.kind in _SHEETS and len(page) > 1 else None
    return roles is not None and "texts" in roles


def _tried(page: Page, options: SourceOptions) -> list[Reading]:
    readings = [each for layout, variant in _wanted(options) if (each := read_with(page, layout, variant)) is not None]
    return sorted((_recovered(page, reading) for reading in readings), key=lambda reading: -reading.scores["total"])


def _accepted(readings: list[Reading], forced: bool) -> Reading | None:
    return readings[0] if readings and (forced or readings[0].scores["total"] >= ACCEPTED) else None


def _compared(readings: list[Reading]) -> tuple[Hypothesis, ...]:
    return tuple(_hypothesis(each, readings[0]) for each in readings)


def _whole(page: Page, best: Reading) -> Reading | None:
    """The best reading of a sample on the whole page: weighed again, or with its scores where the page is large."""
    layout = next(each for each in LAYOUTS if each.name == best.layout)
    small = len(page) <= LARGE
    whole = read_with(page, layout, best.variant, weigh=small)
    if whole is None:
        return None
    if small:
        return _recovered(page, whole)
    whole.scores = best.scores
    return whole


def _holds(page: Page, whole: Reading, best: Reading) -> bool:
    """Whether entries take up as much of the page as of its sample."""
    sample = _FIRST + _INNER
    lines = sum(1 + len(draft.lines) + len(draft.asides) for draft in whole.drafts)
    expected = sum(1 + len(draft.lines) + len(draft.asides) for draft in best.drafts)
    return lines / len(page) >= _HOLDS * expected / sample
