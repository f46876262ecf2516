"""Candidates: for every entry the few entries of every other source that are worth weighing.

Whole glossaries are compared at once with sparse matrix products. Items that a great many entries use are left out of
the
search (they are weighed later), so that the work grows with the number of entries and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from cctbx.align.likeness import Likeness
from cctbx.align.readings import Reading, Vocabulary

__all__ = ["CandidatePair", "Tables", "candidate_pairs", "tables_of"]

_COMMON = 400
"""An item or letter group that more entries use is too common to search by."""
_CHUNK = 4096
_ENOUGH = 0.75
"""Where the lexicon knows this share of the words, their spelling need not be compared as well."""


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """Two readings by number, and how alike they are: terms, spelling and definitions (cosines), and how far the
    definitions stand out among all other definitions of the two sources (in standard deviations, the smaller of both
    directions)."""

    first: int
    second: int
    terms: float
    spelling: float
    definitions: float
    standing: float


@dataclass(frozen=True, slots=True)
class Tables:
    """Per reading (row) the weights of its items in terms and definition, and of the letter groups of both;
    `known` is the share of the definition that the lexicon knows."""

    terms: Any
    definitions: Any
    letters: Any
    wording: Any
    known: Any


def tables_of(readings: Sequence[Reading], vocabulary: Vocabulary) -> Tables:
    """The three tables, rows of unit length."""
    size = len(vocabulary.names)
    terms = [_term_items(reading) for reading in readings]
    definitions = [dict(reading.definition) for reading in readings]
    groups: dict[str, int] = {}
    letters = [_letters(reading, groups) for reading in readings]
    wordings: dict[str, int] = {}
    wording = [_wording(reading, wordings) for reading in readings]
    return Tables(
        terms=_table(terms, size),
        definitions=_table(definitions, size),
        letters=_rare(_table(letters, len(groups))),
        wording=_rare(_table(wording, len(wordings))),
        known=np.array([_known(reading, vocabulary) for reading in readings], dtype=np.float32),
    )


def _term_items(reading: Reading) -> dict[int, float]:
    found: dict[int, float] = {}
    for term in reading.terms:
        for span in term.spans:
            weight = sum(term.weights[span.start : span.end])
            found[span.item] = max(weight, found.get(span.item, 0.0))
    return found


def _letters(reading: Reading, groups: dict[str, int]) -> dict[int, float]:
    found: dict[int, float] = {}
    forms = [term.form for term in reading.terms] + [f"={each}=" for each in reading.acronyms]
    for form in forms:
        marked = f"^{form.replace(' ', '')}$"
        for size in (2, 3, 4):
            for n in range(len(marked) - size + 1):
                found[groups.setdefault(marked[n : n + size], len(groups))] = 1.0
        found[groups.setdefault(f"<{form}>", len(groups))] = 3.0
    return found


def _wording(reading: Reading, groups: dict[str, int]) -> dict[int, float]:
    """Groups of four letters in the words of a definition, spelt alike across languages."""
    found: dict[int, float] = {}
    for word in reading.wording.split():
        marked = f"^{word}$"
        for n in range(max(1, len(marked) - 3)):
            found[groups.setdefault(marked[n : n + 4], len(groups))] = 1.0
    return found


def _known(reading: Reading, vocabulary: Vocabulary) -> float:
    """The share of the items of a definition that the lexicon knows."""
    found = [bool(vocabulary.meanings[item]) for item, _ in reading.definition]
    return sum(found) / len(found) if found else 1.0


def _table(rows: Sequence[dict[int, float]], width: int) -> Any:
    ends = np.cumsum([0, *(len(row) for row in rows)])
    indices = np.fromiter((key for row in rows for key in row), dtype=np.int32, count=int(ends[-1]))
    values = np.fromiter((value for row in rows for value in row.values()), dtype=np.float32, count=int(ends[-1]))
    table = sparse.csr_matrix((values, indices, ends), shape=(len(rows), max(width, 1)))
    return _unit(table)


def _unit(table: Any) -> Any:
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(length, 1e-9)).astype(np.float32) @ table


def _rare(table: Any) -> Any:
    """Letter groups weighted by how rare they are."""
    seen = np.bincount(table.indices, minlength=table.shape[1])
    weight = np.log((table.shape[0] + 1) / (seen + 0.5)).clip(0.05)
    return _unit((table @ sparse.diags(weight.astype(np.float32))).tocsr())


def _uncommon(table: Any) -> Any:
    seen = np.bincount(table.indices, minlength=table.shape[1])
    return table @ sparse.diags((seen <= _COMMON).astype(np.float32))


def candidate_pairs(
    tables: Tables, likeness: Likeness, first: Sequence[int], second: Sequence[int], wanted: int
) -> Iterator[CandidatePair]:
    """The pairs of two sources (lists of row numbers) that are among the `wanted` best of either entry."""
    if not first or not second:
        return
    terms, spelling, definitions, wording = (
        _product(kind, table, likeness, first, second) for kind, table in _kinds(tables)
    )
    known = min(float(tables.known[list(rows)].mean()) for rows in (first, second))
    definitions = (definitions + max(0.0, 1 - known / _ENOUGH) * wording).tocsr()
    blocks = [terms, spelling, definitions]
    total = (terms + 0.7 * spelling + 1.5 * definitions).tocsr()
    chosen = _best(total, wanted) | {(b, a) for a, b in _best(total.T.tocsr(), wanted)}
    # What the sum hides: a certain term beside a different definition, or the reverse.
    few = max(2, wanted // 4)
    for block in (terms, definitions):
        chosen |= _best(block.tocsr(), few)
    if not chosen:
        return
    pairs = np.array(sorted(chosen), dtype=np.int64).reshape(-1, 2)
    values = [np.asarray(block[pairs[:, 0], pairs[:, 1]]).ravel() for block in blocks]
    standing = _standing(definitions, pairs, values[2])
    for (a, b), t, s, d, z in zip(pairs.tolist(), *(each.tolist() for each in values), standing.tolist(), strict=True):
        yield CandidatePair(first[a], second[b], t, s, d, z)


def _kinds(tables: Tables) -> tuple[tuple[str, Any], ...]:
    return (
        ("terms", tables.terms),
        ("letters", tables.letters),
        ("definitions", tables.definitions),
        ("letters", tables.wording),
    )


def _product(kind: str, table: Any, likeness: Likeness, first: Sequence[int], second: Sequence[int]) -> Any:
    one, other = table[list(first)], table[list(second)]
    if len(first) + len(second) > 4 * _COMMON:
        one, other = _uncommon(one), _uncommon(other)
    if kind != "letters":
        one = one @ likeness.matrix
    other = other.T.tocsc()
    return sparse.vstack([one[n : n + _CHUNK] @ other for n in range(0, one.shape[0], _CHUNK)], format="csr")


def _best(block: Any, wanted: int) -> set[tuple[int, int]]:
    """The cells that are among the best of their row; equal values are kept together up to twice the number."""
    chosen: set[tuple[int, int]] = set()
    for row in range(block.shape[0]):
        start, end = block.indptr[row], block.indptr[row + 1]
        columns, values = block.indices[start:end], block.data[start:end]
        if end - start > wanted:
            limit = np.partition(values, -wanted)[-wanted]
            kept = columns[values >= limit - 1e-6]
            columns = kept if len(kept) <= 2 * wanted else columns[np.argsort(-values, kind="stable")[: 2 * wanted]]
        chosen.update((row, column) for column in columns.tolist())
    return chosen


def _standing(block: Any, pairs: Any, values: Any) -> Any:
    """By how many standard deviations a value stands above its row and above its column: the smaller one."""
    result = None
    for axis, side in ((1, 0), (0, 1)):
        width = max(block.shape[axis], 1)
        mean = np.asarray(block.sum(axis=axis)).ravel() / width
        square = np.asarray(block.multiply(block).sum(axis=axis)).ravel() / width
        spread = np.sqrt(np.maximum(square - mean**2, 1e-4))
        z = (values - mean[pairs[:, side]]) / np.maximum(spread[pairs[:, side]], 0.02)
        result = z if result is None else np.minimum(result, z)
    return result
