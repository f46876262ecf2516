"""What is left to check of a piece of an entry whose markup is known to be faultless."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from cctbx.formats.tbx.validation.cutting import Cut
from cctbx.formats.tbx.validation.values import is_date, is_date_time

__all__ = [
    "ADDRESS", "ANYTHING", "Plan", "PlanParts", "Pointer", "day", "day_or_moment", "joined", "made",
    "offsets",
]  # fmt: skip

_BLANK = " \t\r\n"
_MOST_CHOICES = 32

ADDRESS, ANYTHING = -1, -2
"""Pointers that are neither ids nor references within the file."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """What the value of an `id` or `target` is, the line breaks in the markup before it, the texts before it."""

    kind: int
    breaks: int
    texts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanParts:
    """The same as a plan, as it is made: texts by their places."""

    texts: int
    breaks: int
    listed: tuple[tuple[int, frozenset[bytes]], ...]
    dates: tuple[int, ...]
    pointers: tuple[Pointer, ...]


@dataclass(slots=True, eq=False)
class Plan:
    """What is left to check.

    texts    how many texts there are
    chosen   takes those out that must be in a value list; None: there are none
    good     choices that have been found to be right; one text is not in a tuple
    dates    the places of dates
    offsets  the line breaks in the markup before each pointer
    """

    parts: PlanParts
    texts: int
    chosen: Callable[[Sequence[bytes]], Any] | None
    good: set[Any]
    dates: tuple[int, ...]
    pointers: tuple[Pointer, ...]
    offsets: tuple[int, ...]

    def allows(self, choice: Any) -> bool:
        """Whether the texts that must be in a value list are in theirs."""
        listed = self.parts.listed
        texts = choice if len(listed) > 1 else (choice,)
        if not all(text in values for text, (_, values) in zip(texts, listed, strict=True)):
            return False
        if len(self.good) < _MOST_CHOICES:
            self.good.add(choice)
        return True


def made(parts: PlanParts) -> Plan:
    """A plan, ready for use."""
    chosen = itemgetter(*[place for place, _ in parts.listed]) if parts.listed else None
    breaks = tuple(each.breaks for each in parts.pointers)
    return Plan(parts, parts.texts, chosen, set(), parts.dates, parts.pointers, breaks)


def joined(plans: Iterable[PlanParts]) -> PlanParts:
    """The plan for pieces that follow one another; all their line breaks must be in them."""
    texts = breaks = 0
    listed: list[tuple[int, frozenset[bytes]]] = []
    dates: list[int] = []
    pointers: list[Pointer] = []
    for each in plans:
        listed += [(texts + place, values) for place, values in each.listed]
        dates += [texts + place for place in each.dates]
        pointers += [Pointer(one.kind, breaks + one.breaks, texts + one.texts) for one in each.pointers]
        texts += each.texts
        breaks += each.breaks
    return PlanParts(texts=texts, breaks=breaks, listed=tuple(listed), dates=tuple(dates), pointers=tuple(pointers))


def offsets(plans: Sequence[Plan], cut: Cut, *, texts: bool = True) -> Iterator[int]:
    """The line breaks before each pointer of an entry; without `texts`: those in its markup only."""
    broken = texts and b"\n" in b"".join(cut.texts)
    passed = before = 0
    for plan, stretch in zip(plans, cut.loose, strict=True):
        for pointer in plan.pointers:
            inner = b"".join(cut.texts[: passed + pointer.texts]).count(b"\n") if broken else 0
            yield before + pointer.breaks + inner
        before += stretch.count(b"\n")
        passed += plan.texts


@lru_cache(maxsize=20_000)
def day(date: bytes) -> bool:
    """Whether these bytes are a day, without blanks around it."""
    text = date.decode()
    return text == text.strip(_BLANK) and is_date(text)


@lru_cache(maxsize=20_000)
def day_or_moment(date: bytes) -> bool:
    """The same, with or without a time."""
    text = date.decode()
    return text == text.strip(_BLANK) and (is_date(text) or is_date_time(text))
