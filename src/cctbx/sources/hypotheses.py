"""Competing hypotheses: every layout and variant is tried on the page, the best reading wins, and all are kept."""

from __future__ import annotations

from dataclasses import dataclass

from cctbx.errors import UsageError
from cctbx.model import SourceOptions
from cctbx.sources.assemble import assemble
from cctbx.sources.drafts import Reading
from cctbx.sources.layouts import LAYOUTS, Layout, layout_names
from cctbx.sources.page import Page
from cctbx.sources.score import ACCEPTED, score

__all__ = ["Hypothesis", "best_reading", "read_with"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """A layout that was tried: its name, its total and the parts of it, how many entries and what share it explains."""

    name: str
    total: float
    entries: int
    parts: tuple[tuple[str, float], ...]


def read_with(page: Page, layout: Layout, variant: str) -> Reading | None:
    """Apply one layout to a page; None where it finds no entry."""
    heads = layout.find(page, variant)
    if not heads:
        return None
    reading = assemble(page, heads, layout=layout.name, variant=variant, paragraphs=layout.paragraphs)
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
        (layout, each) for layout in LAYOUTS if name in ("", layout.name)
        for each in layout.variants if variant in ("", each)
    ]  # fmt: skip


def best_reading(page: Page, options: SourceOptions) -> tuple[Reading | None, tuple[Hypothesis, ...]]:
    """The winning reading (None where no hypothesis is good enough) and all hypotheses, best first.

    A layout or separator the user names needs no minimum score. Raises `UsageError` for an unknown layout.
    """
    forced = bool(options.separator or options.layout)
    readings = [each for layout, variant in _wanted(options) if (each := read_with(page, layout, variant)) is not None]
    readings.sort(key=lambda reading: -reading.scores["total"])
    hypotheses = tuple(
        Hypothesis(name=each.name, total=each.scores["total"], entries=len(each.drafts),
                   parts=tuple((name, value) for name, value in each.scores.items() if name != "total"))
        for each in readings
    )  # fmt: skip
    best = readings[0] if readings and (forced or readings[0].scores["total"] >= ACCEPTED) else None
    return best, hypotheses
