"""What to use in the place of a designation that must not be used any more."""

from __future__ import annotations

from collections.abc import Iterable

from cctbx.diff.pairing import TermPair
from cctbx.model import TermSection, Text, plain

__all__ = ["FORBIDDEN", "instead_of", "newly_forbidden"]

FORBIDDEN = frozenset({"deprecatedTerm-admn-sts", "supersededTerm-admn-sts"})
"""The administrative statuses of designations that must not be used."""

_RANK = {"preferredTerm-admn-sts": 0, "admittedTerm-admn-sts": 1}


def newly_forbidden(pair: TermPair) -> bool:
    """Whether a designation of the new release must not be used, and might be before."""
    before = pair.old is not None and pair.old.administrative_status in FORBIDDEN
    return pair.new is not None and pair.new.administrative_status in FORBIDDEN and not before


def instead_of(forbidden: TermSection, terms: Iterable[TermSection]) -> Text | None:
    """The first preferred designation of a language section, else the first admitted one, else one not forbidden."""
    others = [each for each in terms if each.administrative_status not in FORBIDDEN]
    others = [each for each in others if plain(each.term) != plain(forbidden.term)]
    best = min(others, key=lambda each: _RANK.get(each.administrative_status or "", 2), default=None)
    return best.term if best is not None else None
