"""How much each measure of the evidence stages weighs, in log-odds (natural logarithm) per unit of the measure.

Fitted by logistic regression (`benchmarks/align_fit.py`) on glossaries of several domains and publishers, then rounded;
one set for all languages and domains.
"""

from __future__ import annotations

__all__ = ["PRIOR", "WEIGHTS"]

PRIOR = -5.6
"""Log-odds of a candidate pair before any evidence."""

WEIGHTS: dict[str, float] = {
    "acronym shared": 4.0,
    "acronyms differ": -0.7,
    "expansions differ": -5.0,
    "designation equal": 0.8,
    "spelling": 2.0,
    "explained": 1.7,
    "heads meet": 1.5,
    "heads apart": 0.3,
    "remainder": -0.4,
    "both left": -0.3,
    "standing": 1.25,
    "marks": 0.4,
}
