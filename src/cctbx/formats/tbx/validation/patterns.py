"""Patterns for whole entries, where most entries of a file look like one of a few: they are found in one go."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from cctbx.formats.tbx.validation.cutting import POINTER, TEXT, Cut
from cctbx.formats.tbx.validation.plans import Plan, Pointer, joined, offsets

__all__ = ["Pattern", "Patterns"]

_WINDOW = 64
_MOST_AT_ONCE = 4
_MOST = 64
_LONGEST = 1 << 16
_slots = re.compile(b"([%b%b])" % (TEXT, POINTER)).split

Outline = tuple[Plan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What finds the entries of one outline, unless a text of theirs is in more than one line.

    breaks    the line breaks of such an entry
    pointers  what its pointers are; `values` their groups, `offsets` the line breaks before them
    dates     the groups that are dates
    """

    match: Callable[[bytes, int], re.Match[bytes] | None]
    breaks: int
    pointers: tuple[Pointer, ...]
    values: tuple[int, ...]
    offsets: tuple[int, ...]
    dates: tuple[int, ...]


def _pattern(plans: Outline, cut: Cut) -> Pattern:
    """The pattern for entries like this one."""
    whole = joined(each.parts for each in plans)
    listed, days = dict(whole.listed), set(whole.dates)
    made: list[bytes] = []
    values: list[int] = []
    dates: list[int] = []
    texts = 0
    for stretch in _slots(cut.markup):
        group = len(values) + len(dates) + 1
        if stretch == POINTER:
            made.append(b'="([^"<>&\\s]++)')
            values.append(group)
        elif stretch != TEXT:
            made.append(re.escape(stretch))
        elif texts in listed:
            made.append(b"(?:%b)" % b"|".join(map(re.escape, sorted(listed[texts]))))
        elif texts in days:
            made.append(b"([^<>\\n]*+)")
            dates.append(group)
        else:
            made.append(b"[^<>\\n]*+")
        texts += stretch == TEXT
    return Pattern(
        match=re.compile(b"".join(made)).match, breaks=cut.markup.count(b"\n"), pointers=whole.pointers,
        values=tuple(values), offsets=tuple(offsets(plans, cut, texts=False)), dates=tuple(dates),
    )  # fmt: skip


class Patterns:
    """The patterns of one file. There are some where a few outlines make up more than half of the entries."""

    def __init__(self) -> None:
        self._made: dict[Outline, Pattern] = {}
        self._usual: list[Pattern] = []
        self._wanted: list[Outline] = []
        self._came: dict[Outline, int] = {}
        self._counted = self._hits = 0

    def find(self, data: bytes, start: int) -> tuple[Pattern, re.Match[bytes]] | None:
        """The pattern for the entry at this place, and where it is found."""
        for each in self._usual:
            found = each.match(data, start)
            if found is not None:
                self._hits += 1
                return each, found
        return None

    def came(self, plans: Sequence[Plan], cut: Cut) -> None:
        """Count an entry that no pattern has found."""
        outline = tuple(plans)
        if outline in self._wanted:
            self._use(outline, cut)
        self._came[outline] = self._came.get(outline, 0) + 1
        self._counted += 1
        if self._counted == _WINDOW:
            self._reckon()

    def _reckon(self) -> None:
        """See which outlines have come often of late, and whether the patterns have been of use."""
        usual = sorted(self._came.items(), key=itemgetter(1), reverse=True)[:_MOST_AT_ONCE]
        often = sum(count for _, count in usual) > _WINDOW / 2
        if self._hits < _WINDOW:
            self._usual.clear()
        self._wanted = [outline for outline, _ in usual[len(self._usual) :]] if often else []
        self._came.clear()
        self._counted = self._hits = 0

    def _use(self, outline: Outline, cut: Cut) -> None:
        """Look for this outline from now on."""
        self._wanted.remove(outline)
        if outline not in self._made and len(self._made) < _MOST and len(cut.markup) < _LONGEST:
            self._made[outline] = _pattern(outline, cut)
        if outline in self._made:
            self._usual.append(self._made[outline])
