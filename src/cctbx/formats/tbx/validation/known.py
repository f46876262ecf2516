"""The plans of one file: for heads of entries, for whole sections, and for what sections are made of."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from cctbx.formats.tbx.validation.cutting import Cut, Scissors
from cctbx.formats.tbx.validation.plans import Plan, PlanParts, joined, made

__all__ = ["Known", "Shelf"]

_MOST = 6000
_LONGEST = 1 << 16
_MOST_BYTES = 1 << 22


class Shelf:
    """Plans by the markup they are for, within bounds."""

    def __init__(self) -> None:
        self.plans: dict[bytes, Plan] = {}
        self._bytes = 0

    @property
    def full(self) -> bool:
        """Whether there is no room for another."""
        return len(self.plans) >= _MOST or self._bytes >= _MOST_BYTES

    def add(self, markup: bytes, plan: Plan) -> None:
        """Remember a plan, if there is room for it."""
        if len(markup) < _LONGEST and not self.full:
            self.plans[markup] = plan
            self._bytes += len(markup)

    def clear(self) -> None:
        """Forget them all."""
        self.plans.clear()
        self._bytes = 0


class Known:
    """What has been learnt of a file. `sections` only saves time: it is made from `parts`."""

    def __init__(self, scissors: Scissors) -> None:
        self._scissors = scissors
        self.heads, self.sections, self.parts = Shelf(), Shelf(), Shelf()

    def plans_of(self, cut: Cut) -> list[Plan]:
        """The plans of an entry; empty: it is not all known."""
        plans = list(map(self.sections.plans.get, cut.pieces))
        plans[0] = self.heads.plans.get(cut.pieces[0])
        if None in plans[1:] and plans[0] is not None:
            plans[1:] = map(self._section, cut.pieces[1:])
        return [] if None in plans or len(plans) < 2 else cast("list[Plan]", plans)

    def _section(self, section: bytes) -> Plan | None:
        """The plan for a section, which may be made from those for its start tag, its statements and its terms."""
        known = self.sections.plans.get(section)
        if known is not None:
            return known
        parts: list[PlanParts] = []
        for at, stretch in enumerate(self._scissors.section_cut(section)):
            part = self.parts.plans.get(stretch.rstrip() if at != 1 else stretch)
            if part is None:
                return None
            parts.append(replace(part.parts, breaks=stretch.count(b"\n")))
        if not parts:
            return None
        if self.sections.full:
            self.sections.clear()
        plan = made(joined(parts))
        self.sections.add(section, plan)
        return plan
