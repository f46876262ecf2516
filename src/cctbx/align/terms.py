"""Two designations laid beside each other: which parts answer which, what stays unexplained, whether the heads meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import mul

from cctbx.align.likeness import Likeness
from cctbx.align.readings import Reading, Term

__all__ = ["TermMatch", "best_match", "match_terms"]

_LEAST = 0.2
"""Parts that are less alike than this do not answer each other."""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """The best way to lay one designation on another.

    pairs      (parts of the first, parts of the second, likeness) that answer each other
    explained  share of the information of both designations that is answered, weighted by likeness: 0..1
    left       information (nats) without an answer: in the first, in the second
    heads      likeness of the heads where both are answered by each other; 0 where not
    equal      both designations are the same letters
    said       information (nats) that both say, weighted by likeness: half the sum over both
    surplus    where one designation is wholly answered: what the other has beyond it, as (its head, its modifiers)
    rest       where both have unanswered parts: those a lexicon knows, on the side that has less of them
    """

    first: Term
    second: Term
    pairs: tuple[tuple[str, str, float], ...]
    explained: float
    left: tuple[float, float]
    missing: tuple[tuple[str, ...], tuple[str, ...]]
    heads: float
    equal: bool
    said: float
    surplus: tuple[float, float]
    rest: float


def match_terms(first: Term, second: Term, likeness: Likeness) -> TermMatch:
    """Spans answer spans, the surest and longest first; no part answers twice."""
    found: list[tuple[float, float, int, int, int, int]] = []
    for one in first.spans:
        row = likeness.row(one.item)
        for other in second.spans:
            value = row.get(other.item, 0.0)
            if value >= _LEAST:
                size = one.end - one.start + other.end - other.start
                gain = value * (sum(first.weights[one.start : one.end]) + sum(second.weights[other.start : other.end]))
                found.append((-gain, -size, one.start, one.end, other.start, other.end))
    if not found:
        return _nothing(first, second)
    values = {(a, b, c, d): -gain for gain, _, a, b, c, d in found}
    used_first, used_second = [0.0] * len(first.parts), [0.0] * len(second.parts)
    pairs: list[tuple[str, str, float]] = []
    heads = 0.0
    for _, _, a, b, c, d in sorted(found):
        if any(used_first[a:b]) or any(used_second[c:d]):
            continue
        total = sum(first.weights[a:b]) + sum(second.weights[c:d])
        value = min(1.0, values[a, b, c, d] / total)
        used_first[a:b] = [value] * (b - a)
        used_second[c:d] = [value] * (d - c)
        pairs.append((" ".join(first.parts[a:b]), " ".join(second.parts[c:d]), value))
        if a <= first.head < b and c <= second.head < d:
            heads = value
    return _summary(first, second, used_first, used_second, tuple(pairs), heads)


def _nothing(first: Term, second: Term) -> TermMatch:
    """Two designations of which no part answers another."""
    return TermMatch(
        first=first, second=second, pairs=(), explained=0.0, left=(first.total, second.total),
        missing=(first.parts, second.parts), heads=0.0, equal=first.letters == second.letters, said=0.0,
        surplus=(0.0, 0.0), rest=0.0,
    )  # fmt: skip


def _summary(
    first: Term, second: Term, used_first: list[float], used_second: list[float],
    pairs: tuple[tuple[str, str, float], ...], heads: float,
) -> TermMatch:  # fmt: skip
    whole = first.total + second.total
    answered = _dot(first.weights, used_first) + _dot(second.weights, used_second)
    left_first, left_second = _unanswered(first, used_first), _unanswered(second, used_second)
    surplus, rest = (0.0, 0.0), 0.0
    if pairs and left_first and left_second:
        rest = _rest(first, left_first, second, left_second)
    elif pairs and (left_first or left_second):
        surplus = _surplus(first, left_first) if left_first else _surplus(second, left_second)
    return TermMatch(
        first=first, second=second, pairs=pairs, explained=answered / whole if whole else 0.0,
        left=(_weight(first, left_first), _weight(second, left_second)),
        missing=(tuple(first.parts[n] for n in left_first), tuple(second.parts[n] for n in left_second)),
        heads=heads, equal=first.letters == second.letters, said=answered / 2, surplus=surplus, rest=rest,
    )  # fmt: skip


def _weight(term: Term, parts: Sequence[int]) -> float:
    return sum(map(term.weights.__getitem__, parts))


def _unanswered(term: Term, used: list[float]) -> list[int]:
    return [n for n, value in enumerate(used) if value == 0.0]


def _surplus(term: Term, left: list[int]) -> tuple[float, float]:
    head = term.weights[term.head] if term.head in left else 0.0
    return head, sum(term.weights[n] for n in left) - head


def _rest(first: Term, left_first: list[int], second: Term, left_second: list[int]) -> float:
    """A part that no lexicon knows may yet answer; a known one would have."""
    one = sum(first.weights[n] for n in left_first if first.known[n])
    return min(one, sum(second.weights[n] for n in left_second if second.known[n]))


def _dot(one: Iterable[float], other: Iterable[float]) -> float:
    return float(sum(map(mul, one, other)))


def best_match(first: Reading, second: Reading, likeness: Likeness) -> TermMatch | None:
    """The best match over all designations of two readings, or None where either has none."""
    best: TermMatch | None = None
    for one in first.terms:
        for other in second.terms:
            match = match_terms(one, other, likeness)
            if best is None or _rank(match) > _rank(best):
                best = match
    return best


def _rank(match: TermMatch) -> tuple[float, float, str, str]:
    return (match.explained + 0.5 * match.heads, -sum(match.left), match.first.text, match.second.text)
