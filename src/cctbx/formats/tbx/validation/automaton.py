"""Content models as automata: what may come next, and whether an element is complete.

Glushkov's construction, made deterministic lazily: every set of positions that occurs becomes one state, and each
transition is computed once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from cctbx.formats.tbx.validation.notation import Choice, Name, Particle, Repeat, Sequence, Unordered

__all__ = ["FOREIGN", "Automaton", "Matcher", "matcher", "missing"]

FOREIGN = "*"
"""The name under which an element of another namespace is fed: it may stand for any open name."""


class Matcher(Protocol):
    """States are small integers; 0 is the start, -1 means: not allowed here."""

    def step(self, state: int, name: str) -> int: ...
    def complete(self, state: int) -> bool: ...
    def expected(self, state: int) -> tuple[str, ...]: ...


class _Positions:
    """First, last and follow sets of a content model."""

    def __init__(self, particle: Particle) -> None:
        self.labels: list[str] = []
        self.follow: list[set[int]] = []
        self.first, self.last, self.nullable = self._build(particle)

    def _build(self, particle: Particle) -> tuple[set[int], set[int], bool]:
        if isinstance(particle, Name):
            self.labels.append(particle.name)
            self.follow.append(set())
            position = len(self.labels) - 1
            return {position}, {position}, False
        if isinstance(particle, Repeat):
            first, last, nullable = self._build(particle.part)
            if particle.mark != "?":
                self._link(last, first)
            return first, last, nullable or particle.mark != "+"
        built = [self._build(part) for part in particle.parts]
        return self._sequence(built) if isinstance(particle, Sequence) else self._choice(built)

    def _link(self, left: Iterable[int], right: set[int]) -> None:
        for position in left:
            self.follow[position] |= right

    @staticmethod
    def _choice(built: list[tuple[set[int], set[int], bool]]) -> tuple[set[int], set[int], bool]:
        firsts, lasts, nullables = zip(*built, strict=True)
        return set().union(*firsts), set().union(*lasts), any(nullables)

    def _sequence(self, built: list[tuple[set[int], set[int], bool]]) -> tuple[set[int], set[int], bool]:
        first, last, nullable = built[0]
        for next_first, next_last, next_nullable in built[1:]:
            self._link(last, next_first)
            first = first | next_first if nullable else first
            last = last | next_last if next_nullable else next_last
            nullable = nullable and next_nullable
        return first, last, nullable


class Automaton:
    """A content model of ordered particles. `open_names`: the names a foreign element may stand for."""

    def __init__(self, particle: Particle, open_names: frozenset[str] = frozenset()) -> None:
        self._positions = _Positions(particle)
        self._open = open_names
        self._sets: list[frozenset[int]] = [frozenset()]
        self._number: dict[frozenset[int], int] = {frozenset(): 0}
        self._steps: list[dict[str, int]] = [{}]

    def _next(self, state: int) -> set[int]:
        if state == 0:
            return self._positions.first
        return set().union(*(self._positions.follow[each] for each in self._sets[state]))

    def _fits(self, label: str, name: str) -> bool:
        return label == name or (name == FOREIGN and label in self._open)

    def step(self, state: int, name: str) -> int:
        """The state after this child, or -1."""
        known = self._steps[state].get(name)
        if known is None:
            labels = self._positions.labels
            reached = frozenset(each for each in self._next(state) if self._fits(labels[each], name))
            known = self._steps[state][name] = self._state(reached) if reached else -1
        return known

    def _state(self, positions: frozenset[int]) -> int:
        if positions not in self._number:
            self._number[positions] = len(self._sets)
            self._sets.append(positions)
            self._steps.append({})
        return self._number[positions]

    def complete(self, state: int) -> bool:
        """Whether the element may end here."""
        if state == 0:
            return self._positions.nullable
        return bool(self._sets[state] & self._positions.last)

    def expected(self, state: int) -> tuple[str, ...]:
        """The names that may come next, sorted."""
        return tuple(sorted({self._positions.labels[each] for each in self._next(state)}))


class _AnyOrder:
    """A content model of particles in any order."""

    def __init__(self, particle: Unordered) -> None:
        self._least: dict[str, int] = {}
        self._many: set[str] = set()
        for part in particle.parts:
            mark, inner = (part.mark, part.part) if isinstance(part, Repeat) else ("", part)
            assert isinstance(inner, Name)  # the tables have only names here
            self._least[inner.name] = 0 if mark in ("?", "*") else 1
            if mark in ("*", "+"):
                self._many.add(inner.name)
        self._names = tuple(self._least)

    def step(self, state: int, name: str) -> int:
        """The state after this child, or -1; a state is a bit per name seen."""
        if name not in self._least:
            return -1
        bit = 1 << self._names.index(name)
        return -1 if state & bit and name not in self._many else state | bit

    def complete(self, state: int) -> bool:
        """Whether every required name has been seen."""
        return all(state & 1 << at for at, name in enumerate(self._names) if self._least[name])

    def expected(self, state: int) -> tuple[str, ...]:
        """The names that may come next, sorted."""
        seen = (at for at in range(len(self._names)) if state & 1 << at)
        gone = {self._names[at] for at in seen} - self._many
        return tuple(sorted(set(self._names) - gone))


def missing(content: Matcher, state: int) -> tuple[str, ...]:
    """What an incomplete element lacks: the names that would complete it at once, if there are any."""
    expected = content.expected(state)
    completing = tuple(name for name in expected if content.complete(content.step(state, name)))
    return completing or expected


def matcher(particle: Particle, open_names: frozenset[str] = frozenset()) -> Matcher:
    """The automaton of a content model."""
    if isinstance(particle, Unordered):
        return _AnyOrder(particle)
    if isinstance(particle, Choice | Name | Repeat | Sequence):
        return Automaton(particle, open_names)
    raise TypeError(f"no content model: {particle!r}")
