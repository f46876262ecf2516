"""The evidence stages that look at one pair: pure functions from a comparison to measures.

A measure is neutral at 0. The weights that turn measures into log-odds stand in `weights`; a stage also says, in
words a
terminologist can check, what it saw.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cctbx.align.candidates import CandidatePair
from cctbx.align.likeness import Likeness
from cctbx.align.readings import Reading
from cctbx.align.terms import TermMatch, best_match

__all__ = ["PAIR_STAGES", "Comparison", "Stage", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two readings side by side, with everything the stages look at."""

    first: Reading
    second: Reading
    pair: CandidatePair
    match: TermMatch | None
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Stage:
    """One kind of evidence: its name, its measures by name, and its reason in words (given the same comparison)."""

    name: str
    measures: tuple[str, ...]
    measure: Callable[[Comparison], tuple[float, ...]]
    because: Callable[[Comparison], str]


def compare(first: Reading, second: Reading, pair: CandidatePair, likeness: Likeness) -> Comparison:
    """Two readings side by side."""
    return Comparison(first, second, pair, best_match(first, second, likeness), likeness)


# Acronyms -------------------------------------------------------------------------------------------------------------


def _expansion_gap(at: Comparison) -> float:
    """Same letters, other words: how little the expansions have in common, where both print one in one language."""
    shared = {term.language for term in at.first.terms} & {term.language for term in at.second.terms}
    if not shared or at.match is None:
        return 0.0
    return max(0.0, 0.75 - at.match.explained)


def _acronyms(at: Comparison) -> tuple[float, ...]:
    one, other = at.first.acronyms, at.second.acronyms
    if one & other:
        return (1.0, 0.0, _expansion_gap(at), 0.0)
    return (0.0, 1.0 if one and other else 0.0, 0.0, 1.0 if bool(one) != bool(other) else 0.0)


def _acronyms_because(at: Comparison) -> str:
    one, other = at.first.acronyms, at.second.acronyms
    if shared := one & other:
        text = f"both carry the acronym {_listed(shared).upper()}"
        return text if _expansion_gap(at) == 0 else f"{text}, but expand it differently"
    if bool(one) != bool(other):
        return f"only one of them carries an acronym: {_listed(one | other).upper()}"
    return f"different acronyms: {_listed(one).upper()} and {_listed(other).upper()}"


# Designations ---------------------------------------------------------------------------------------------------------


def _designations(at: Comparison) -> tuple[float, ...]:
    if at.match is None or not at.match.equal:
        return (0.0, 0.0)
    return (1.0, min(8.0, at.match.said))


def _designations_because(at: Comparison) -> str:
    return f"both have the designation {at.match.first.text!r}" if at.match else ""


# Spelling -------------------------------------------------------------------------------------------------------------


def _cognates(at: Comparison) -> tuple[float, ...]:
    return (at.pair.spelling,)


def _cognates_because(at: Comparison) -> str:
    return f"spelt {at.pair.spelling:.0%} alike: {_named(at.first)} and {_named(at.second)}"


# Parts ----------------------------------------------------------------------------------------------------------------


def _parts(at: Comparison) -> tuple[float, ...]:
    match = at.match
    if match is None or match.equal:
        return (0.0,) * 8
    nothing = 0.0 if match.pairs else 1.0
    whole = match.explained if match.pairs and not any(match.missing) else 0.0
    measured = (*match.surplus, match.rest)
    return (match.explained, min(8.0, match.said), match.heads, whole, *(min(4.0, each) for each in measured), nothing)


def _parts_because(at: Comparison) -> str:
    match = at.match
    if match is None:
        return "no terms to compare"
    parts = ", ".join(f"{one} = {other} ({value:.0%})" for one, other, value in match.pairs) or "no parts in common"
    left = [f"{' '.join(missing)!r}" for missing in match.missing if missing]
    return parts + (f"; unexplained: {' and '.join(left)}" if left else "")


# Definitions ----------------------------------------------------------------------------------------------------------


def _definitions(at: Comparison) -> tuple[float, ...]:
    if not at.first.definition.items or not at.second.definition.items:
        return (0.0, 0.0)
    shared = at.first.marks & at.second.marks
    return (max(-1.0, min(8.0, at.pair.standing)), min(3.0, len(shared)))


def _definitions_because(at: Comparison) -> str:
    shared = at.first.marks & at.second.marks
    text = f"definitions {at.pair.definitions:.0%} alike, {at.pair.standing:+.1f} deviations from what is usual here"
    return text + (f"; both have {_listed(shared).upper()}" if shared else "")


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))


def _named(reading: Reading) -> str:
    return repr(reading.terms[0].text if reading.terms else _listed(reading.acronyms).upper())


PAIR_STAGES: tuple[Stage, ...] = (
    Stage("acronyms", ("acronym shared", "acronyms differ", "expansions differ", "acronym on one side"),
          _acronyms, _acronyms_because),
    Stage("designations", ("designation equal", "designation said"), _designations, _designations_because),
    Stage("cognates", ("spelling",), _cognates, _cognates_because),
    Stage("parts", ("explained", "said", "heads meet", "whole", "surplus head", "surplus modifier", "rest known",
                    "nothing answered"), _parts, _parts_because),
    Stage("definitions", ("standing", "marks"), _definitions, _definitions_because),
)  # fmt: skip
"""The stages that look at one pair, in the order they are weighed."""
