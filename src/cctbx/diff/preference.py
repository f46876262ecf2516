"""Which designation is preferred, when two sides of a merge say different things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cctbx.diff.inside import PREFERRED, preferred_terms
from cctbx.model import LanguageSection, TermSection, plain

__all__ = ["Row", "contest", "preferred_names"]

_ADMITTED = "admittedTerm-admn-sts"


@dataclass(frozen=True, slots=True)
class Row:
    """A designation in the base, in ours, in theirs, and merged; None where it is not."""

    base: TermSection | None
    ours: TermSection | None
    theirs: TermSection | None
    merged: TermSection | None

    def on(self, side: int) -> TermSection | None:
        """The designation in the base (0), in ours (1), in theirs (2)."""
        return (self.base, self.ours, self.theirs)[side]

    @property
    def prefers(self) -> bool:
        """Whether the merged designation is stated to be preferred."""
        return self.merged is not None and self.merged.administrative_status == PREFERRED


def preferred_names(section: LanguageSection) -> str | None:
    """The preferred designations of a section, for people; None if there is none."""
    return ", ".join(sorted(plain(term.term) for term in preferred_terms(section.terms))) or None


def _with_status_of(row: Row, side: int) -> Row:
    """The status one side gave. What that side prefers is there; what it does not have is admitted at most."""
    here = row.on(side)
    if here is not None and here.administrative_status == PREFERRED:
        return replace(row, merged=replace(row.merged or here, administrative_status=PREFERRED))
    if row.merged is None:
        return row
    if here is not None:
        status = here.administrative_status
    else:
        status = _ADMITTED if row.prefers else row.merged.administrative_status
    return replace(row, merged=replace(row.merged, administrative_status=status))


def _by_status(rows: Sequence[Row], side: int) -> list[Row]:
    return [_with_status_of(row, side) for row in rows]


def _by_presence(rows: Sequence[Row], side: int) -> list[Row]:
    """The only designation of one side, and no other."""
    return [replace(row, merged=row.on(side)) for row in rows]


Settle = Callable[[Sequence[Row], int], list[Row]]


def contest(rows: Sequence[Row], sides: Sequence[LanguageSection]) -> Settle | None:
    """How to settle which designation is preferred, given the side that is to have its way; None where all agree.

    Two designations may be stated to be preferred, each by one side. Or, where no status is stated, each side may have
    replaced the only designation by another one.
    """
    if any(sum(term.administrative_status == PREFERRED for term in side.terms) > 1 for side in sides):
        return None
    if sum(row.prefers for row in rows) > 1:
        return _by_status
    alone = all(len(side.terms) == 1 == len(preferred_terms(side.terms)) for side in sides)
    left = [row for row in rows if row.merged is not None]
    unstated = not any(term.administrative_status for side in sides for term in side.terms)
    return _by_presence if alone and unstated and len(left) > 1 else None
