"""How much each measure of the evidence stages weighs, in log-odds (natural logarithm) per unit of the measure.

Fitted by logistic regression (`benchmarks/align_fit.py`) on glossaries of several domains and publishers, then rounded;
one set for all languages and domains. `expansions differ` is set, not fitted: it takes back what the shared letters
gave,
and the data have too few such pairs.
"""

from __future__ import annotations

__all__ = ["PRIOR", "WEIGHTS"]

PRIOR = -5.2
"""Log-odds of a candidate pair before any evidence."""

WEIGHTS: dict[str, float] = {
    "acronym shared": 2.2,
    "acronyms differ": -0.8,
    "expansions differ": -5.0,
    "acronym on one side": -1.6,
    "designation equal": 3.3,
    "designation said": 0.65,
    "spelling": 3.0,
    "explained": 0.2,
    "said": 0.65,
    "heads meet": 1.0,
    "whole": 1.9,
    "surplus head": -0.9,
    "surplus modifier": -0.4,
    "rest known": -0.5,
    "nothing answered": -1.0,
    "standing": 0.9,
    "marks": 0.1,
}
