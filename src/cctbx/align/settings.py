"""What a caller may set of an alignment. The defaults are principled, few, and the same for every domain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["STAGES", "Progress", "Settings"]

Progress = Callable[[str, int], None]
"""Told what is being done (a plural: `entries read`) and how many of it are done."""

STAGES: tuple[str, ...] = (
    "acronyms", "designations", "cognates", "parts", "definitions", "rivals", "translations", "associations",
    "leftovers", "others",
)  # fmt: skip
"""The names of the evidence stages, in the order they are weighed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """threshold  a link needs at least this probability
    candidates    how many candidates an entry keeps per other source
    rounds        how often word associations are learned anew from the links found certain
    kept          candidates below this probability are not returned (the best `best_kept` of an entry in each other
    source always are)
    memory        pairs of texts in two languages that mean the same: (language, text, language, text)
    without       stages left out, for the ablation table
    """

    threshold: float = 0.6
    candidates: int = 12
    rounds: int = 2
    kept: float = 0.02
    best_kept: int = 3
    memory: tuple[tuple[str, str, str, str], ...] = ()
    without: frozenset[str] = field(default_factory=frozenset)
