"""Alignment: which source entries denote the same concept, how sure that is, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["AlignedConcept", "Alignment", "Candidate", "Evidence", "Judgement", "Verdict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One named, weighted reason for (weight > 0) or against (< 0) two entries denoting one concept.

    `between` holds the ids of the two source entries in sorted order; `weight` is in log-odds (natural logarithm);
    `because` is a sentence fragment a terminologist can read.
    """

    between: tuple[str, str]
    kind: str
    weight: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A pair of source entries that was weighed: ids in sorted order, probability, reasons, whether it was linked."""

    between: tuple[str, str]
    probability: float
    evidence: tuple[Evidence, ...] = ()
    linked: bool = False


class Judgement(StrEnum):
    """What a human said of a pair."""

    SAME = "same"
    DIFFERENT = "different"
    RELATED = "related"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A human judgement on two source entries. `anchors` are their content hashes at that time, or empty strings."""

    between: tuple[str, str]
    judgement: Judgement
    reason: str = ""
    anchors: tuple[str, str] = ("", "")
    by: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedConcept:
    """Source entries (ids, sorted) that denote one concept; `probability` is that of the weakest link it needs."""

    members: tuple[str, ...]
    probability: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The joint decision over all sources: every source entry is in exactly one concept; candidates sorted by ids.

    `doublettes` are pairs of entries of one source that may denote one concept: proposals, not linked.
    """

    concepts: tuple[AlignedConcept, ...]
    candidates: tuple[Candidate, ...] = ()
    doublettes: tuple[Candidate, ...] = ()
