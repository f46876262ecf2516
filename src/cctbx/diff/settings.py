"""What a comparison may be told."""

from __future__ import annotations

from dataclasses import dataclass

from cctbx.diff.changes import Kind

__all__ = ["CompareSettings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareSettings:
    """Filters and thresholds; empty filters let everything through.

    strict     metadata counts too: transactions, ids of sections, white space, header, back matter
    languages, subjects, statuses, kinds   only changes that concern one of these
    alike      how alike two concepts with different ids must be to be one concept renumbered, 0..1
    """

    strict: bool = False
    languages: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    alike: float = 0.4
