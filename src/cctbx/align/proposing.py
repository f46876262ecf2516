"""Likely doublettes: two entries of one source that may denote one concept. They are proposed, never joined."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cctbx.align.candidates import paired
from cctbx.align.readings import Reading, Term
from cctbx.align.tables import Table, Tables
from cctbx.model import Candidate, Evidence, SourceEntry
from cctbx.text.normal import fold
from cctbx.text.tokens import words

__all__ = ["likely_doublettes"]

_PRIOR = -3.5
"""Log-odds of two entries of one page before any evidence: a page lists most concepts once."""
_LEAST = 0.4
_SAME, _SPELT_OUT, _SAME_WORDS, _ACRONYM, _REFERS = 4.0, 3.5, 3.3, 1.5, 3.5
_SIBLINGS = -2.5
"""Terms that share one part and differ in another name things of one kind (purchase order, sales order)."""
_USUAL, _SLOPE = 0.35, 8.0
"""Definitions so much alike say nothing; what each step of likeness above or below it weighs."""
_OTHERWISE, _AGAINST = 0.15, -2.5
"""Definitions less alike than this speak against: the entries are homonyms, or things of one kind."""
_TELLING_WORDS = 4
_ALIKE = 0.6
_MANY = 20_000
"""In larger sources definitions are not searched for doublettes, only compared."""
_CHUNK = 1024
_CROWD = 12
"""So many entries with one word in common are no doublettes."""

Pair = tuple[int, int]


def likely_doublettes(
    entries: Sequence[SourceEntry], keys: Sequence[str], readings: Sequence[Reading], tables: Tables,
    sources: Sequence[Sequence[int]], nodes: Sequence[int],
) -> tuple[Candidate, ...]:  # fmt: skip
    """Pairs of entries of one source that may be one concept, with reasons; what the source itself equates (`nodes`)
    is left out. Sorted by ids."""
    found: list[Candidate] = []
    for rows in sources:
        pairs = {pair for pair in _worth_a_look(entries, readings, tables, rows) if nodes[pair[0]] != nodes[pair[1]]}
        ordered = np.array(sorted(pairs), np.int64).reshape(-1, 2)
        definitions = paired(tables.definitions, tables.definitions, ordered[:, 0], ordered[:, 1])
        for pair, alike in zip(sorted(pairs), definitions.tolist(), strict=True):
            reasons = tuple(_reasons(entries, readings, pair, alike))
            total = _PRIOR + sum(reason.weight for reason in reasons)
            if (probability := 1 / (1 + math.exp(-total))) >= _LEAST:
                first, second = sorted((keys[pair[0]], keys[pair[1]]))
                evidence = tuple(_evidence((first, second), reason) for reason in (*reasons, _FIRST))
                found.append(
                    Candidate(between=(first, second), probability=round(probability, 4), evidence=evidence)
                )  # fmt: skip
    return tuple(sorted(found, key=lambda each: each.between))


@dataclass(frozen=True, slots=True)
class _Reason:
    weight: float
    because: str


_FIRST = _Reason(_PRIOR, "a page lists most concepts once")


def _evidence(between: tuple[str, str], reason: _Reason) -> Evidence:
    kind = "prior" if reason is _FIRST else "doublette"
    return Evidence(between=between, kind=kind, weight=round(reason.weight, 2), because=reason.because)


# Which pairs are worth a look -----------------------------------------------------------------------------------------


def _worth_a_look(
    entries: Sequence[SourceEntry], readings: Sequence[Reading], tables: Tables, rows: Sequence[int]
) -> Iterator[Pair]:
    by_key: dict[Hashable, list[int]] = defaultdict(list)
    for row in rows:
        for key in {key for term in readings[row].terms for key in _keys(term)} | set(readings[row].acronyms):
            by_key[key].append(row)
    for group in by_key.values():
        if len(group) <= _CROWD:
            yield from itertools.combinations(sorted(group), 2)
    for row in rows:
        for name in entries[row].cross_references:
            yield from ((min(row, each), max(row, each)) for each in by_key.get(_letters(name), ()) if each != row)
    if len(rows) <= _MANY:
        yield from _by_definition(tables.definitions, np.array(sorted(rows), np.int64))


def _keys(term: Term) -> Iterator[Hashable]:
    """By what a term may meet another: its letters, its words in any order, its initial letters (for an acronym)."""
    yield term.letters
    yield _items(term)
    if len(initials := _initials(term)) > 1:
        yield initials


def _initials(term: Term) -> str:
    return "".join(word[0] for word in words(term.text))


def _items(term: Term) -> tuple[int, ...]:
    return tuple(sorted({span.item for span in term.spans if span.end - span.start == 1}))


def _letters(text: str) -> str:
    return "".join(words(text))


def _by_definition(definitions: Table, rows: Any) -> Iterator[Pair]:
    table = definitions[rows]
    across = table.T.tocsr()
    for start in range(0, len(rows), _CHUNK):
        block = (table[start : start + _CHUNK] @ across).tocoo()
        close = (block.data >= _ALIKE) & (block.row + start < block.col)
        yield from zip(rows[block.row[close] + start].tolist(), rows[block.col[close]].tolist(), strict=True)


# What speaks for and against ------------------------------------------------------------------------------------------


def _reasons(
    entries: Sequence[SourceEntry], readings: Sequence[Reading], pair: Pair, alike: float
) -> Iterator[_Reason]:  # fmt: skip
    one, other = (readings[row] for row in pair)
    yield from itertools.islice(_of_terms(one, other), 1)
    if shared := one.acronyms & other.acronyms:
        yield _Reason(_ACRONYM, f"both carry the acronym {', '.join(sorted(shared)).upper()}")
    yield from _of_references(entries, readings, pair)
    if min(len(one.definition.items), len(other.definition.items)) >= _TELLING_WORDS:
        if alike < _OTHERWISE:
            yield _Reason(_AGAINST, f"definitions only {alike:.0%} alike")
        elif alike > _USUAL:
            yield _Reason(_SLOPE * (alike - _USUAL), f"definitions {alike:.0%} alike")


def _of_terms(one: Reading, other: Reading) -> Iterator[_Reason]:
    """The best reason that the designations give comes first."""
    pairs = list(itertools.product(one.terms, other.terms))
    for a, b in pairs:
        if a.letters == b.letters:
            yield _Reason(_SAME, f"both have the designation {a.text!r}")
    for here, there in ((one, other), (other, one)):
        for acronym, term in itertools.product(sorted(here.acronyms), there.terms):
            # An acronym that its own entry spells out with other words is another one (average handling, hold time).
            if acronym == _initials(term) and all(acronym != _initials(own) for own in here.terms):
                yield _Reason(_SPELT_OUT, f"{term.text!r} spells out {acronym.upper()}")
    for a, b in pairs:
        if _items(a) == _items(b):
            yield _Reason(_SAME_WORDS, f"the same words: {a.text!r} and {b.text!r}")
    for a, b in pairs:
        first, second = set(_items(a)), set(_items(b))
        if first & second and first - second and second - first:
            yield _Reason(_SIBLINGS, f"{a.text!r} and {b.text!r} each have a part of their own")


def _of_references(
    entries: Sequence[SourceEntry], readings: Sequence[Reading], pair: Pair
) -> Iterator[_Reason]:  # fmt: skip
    """An entry without a definition of its own that refers to the other."""
    for row, target in (pair, pair[::-1]):
        named = {_letters(name) for name in entries[row].cross_references}
        if len(readings[row].definition.items) < _TELLING_WORDS and any(
            term.letters in named for term in readings[target].terms
        ):
            heads = (fold(entries[each].headword) for each in (row, target))
            yield _Reason(_REFERS, "{!r} has no definition of its own and refers to {!r}".format(*heads))
