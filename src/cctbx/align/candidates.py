"""Candidates: for every entry the few entries of every other source that are worth weighing.

Whole glossaries are compared with sparse matrix products, some thousand rows at a time. Items that a great many entries
use are left out of the search (they are weighed later), so that the work grows with the number of entries and not with
its square; what is kept of a block is the best of its rows and columns, so that memory grows with the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from cctbx.align.likeness import Likeness
from cctbx.align.tables import ENOUGH, Table, Tables

__all__ = ["CandidatePair", "CandidatePairs", "candidate_pairs", "paired"]

_COMMON = 400
"""An item or letter group that more entries use is too common to search by."""
_CHUNK = 1024
_SPELLING, _DEFINITIONS = 0.7, 1.5
"""What spelling and definitions count in the search, where terms count 1."""
_ALIKE = 1e-6
"""Values that differ by less are equal: their order would be that of rounding."""
_MOST = 1 << 15


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """Two readings by number, and how alike they are: spelling and definitions (cosines), and how far the definitions
    stand out among all other definitions of the two sources (in standard deviations, the smaller of both
    directions)."""

    first: int
    second: int
    spelling: float
    definitions: float
    standing: float


@dataclass(frozen=True, slots=True)
class CandidatePairs:
    """Many candidate pairs: an array per field. `terms` is above 0 where designations have an item in common."""

    first: Any
    second: Any
    terms: Any
    spelling: Any
    definitions: Any
    standing: Any


def candidate_pairs(
    tables: Tables, likeness: Likeness, first: Sequence[int], second: Sequence[int], wanted: int, *,
    both: bool = True,
) -> CandidatePairs:  # fmt: skip
    """The pairs of two sources (lists of row numbers) that are among the `wanted` best of either entry, sorted.

    Without `both`, only those of the first source's entries are searched for.
    """
    search = _Search(tables, likeness, list(first), list(second))
    best = _BestOfColumns(wanted, len(first), len(second))
    chosen: list[Any] = []
    # What the sum hides: a certain term beside a different definition, or the reverse.
    few = max(2, wanted // 4)
    for start in range(0, len(first), _CHUNK):
        total, terms, definitions = search.blocks(start, start + _CHUNK)
        for block, number in ((total, wanted), (terms, few), (definitions, few)):
            chosen.append(_best_of_rows(block, number, start, len(second)))
        search.note(definitions)
        if both:
            best.note(total, start)
    cells = np.unique(np.concatenate([*chosen, best.cells()]))
    return search.pairs(cells // max(1, len(second)), cells % max(1, len(second)))


class _Search:
    """Two sources laid against each other: products of chunks of rows, and what is known of all definitions."""

    def __init__(self, tables: Tables, likeness: Likeness, first: list[int], second: list[int]) -> None:
        self.rows = (np.array(first, np.int32), np.array(second, np.int32))
        known = min((float(tables.known[rows].mean()) for rows in (first, second) if rows), default=1.0)
        unknown = max(0.0, 1 - known / ENOUGH)
        self.sides = [_side(tables, rows, unknown) for rows in (first, second)]
        many = len(first) + len(second) > 4 * _COMMON
        searched = [{name: _uncommon(table) if many else table for name, table in side.items()} for side in self.sides]
        for side in (self.sides[0], searched[0]):
            for name in ("terms", "definitions"):
                side[name] = (side[name] @ likeness.matrix).tocsr()
                side[name].sort_indices()
        self.blocked = [_blocks(side) for side in searched]
        self.across = {name: table.T.tocsr() for name, table in self.blocked[1].items()}
        # Entries without a definition do not show what is usual.
        self.defined = [max(1, np.count_nonzero(np.diff(side["definitions"].indptr))) for side in self.sides]
        self.mean: list[Any] = []
        self.spread: list[Any] = []
        self.sums = np.zeros((2, len(second)))

    def blocks(self, start: int, end: int) -> tuple[Table, Table, Table]:
        """The products of some rows of the first source with all of the second: total, terms, definitions."""
        total, terms, definitions = (
            self.blocked[0][name][start:end] @ self.across[name] for name in ("total", "terms", "definitions")
        )
        return total, terms, definitions

    def note(self, definitions: Table) -> None:
        """Mean and spread of the definitions' likeness, by row; by column they are summed up."""
        squares = sparse.csr_matrix((definitions.data**2, definitions.indices, definitions.indptr), definitions.shape)
        mean, square = (each @ np.ones(each.shape[1]) / self.defined[1] for each in (definitions, squares))
        self.mean.append(mean)
        self.spread.append(square - mean**2)
        for total, each in zip(self.sums, (definitions, squares), strict=True):
            total += np.ones(each.shape[0]) @ each

    def pairs(self, one: Any, other: Any) -> CandidatePairs:
        """The candidates at some cells, with their values."""
        terms, letters = (
            paired(self.sides[0][name], self.sides[1][name], one, other) for name in ("terms", "letters")
        )
        definitions = paired(self.blocked[0]["definitions"], self.blocked[1]["definitions"], one, other)
        return CandidatePairs(
            first=self.rows[0][one], second=self.rows[1][other], terms=terms, spelling=letters,
            definitions=definitions, standing=self._standing(one, other, definitions),
        )  # fmt: skip

    def _standing(self, one: Any, other: Any, values: Any) -> Any:
        """By how many standard deviations a value stands above its row and above its column: the smaller one."""
        if not len(values):
            return values
        height = self.defined[0]
        mean = self.sums[0] / height
        sides = (
            (np.concatenate(self.mean), np.concatenate(self.spread), one),
            (mean, self.sums[1] / height - mean**2, other),
        )
        found = [
            (values - mean[at]) / np.maximum(np.sqrt(np.maximum(spread[at], 1e-4)), 0.02) for mean, spread, at in sides
        ]
        return np.minimum(*found).astype(np.float32)


def _side(tables: Tables, rows: list[int], unknown: float) -> dict[str, Table]:
    """The tables of one source; the wording of definitions counts by how little the lexicon knows of them."""
    wording = tables.wording[rows]
    wording.data *= np.float32(np.sqrt(unknown))
    if not unknown:
        wording = sparse.csr_matrix((len(rows), 1), dtype=np.float32)
    return {
        "terms": tables.terms[rows], "letters": tables.letters[rows], "definitions": tables.definitions[rows],
        "wording": wording,
    }  # fmt: skip


def _blocks(side: Mapping[str, Table]) -> dict[str, Table]:
    """What is searched by: terms, definitions with their wording, and all together as one product."""
    definitions = sparse.hstack([side["definitions"], side["wording"]], format="csr")
    parts = (side["terms"], np.sqrt(_SPELLING) * side["letters"], np.sqrt(_DEFINITIONS) * definitions)
    total = sparse.hstack(parts, format="csr", dtype=np.float32)
    return {"terms": side["terms"], "definitions": definitions, "total": total}


def _uncommon(table: Table) -> Table:
    seen = np.bincount(table.indices, minlength=table.shape[1])
    found = table.copy()
    found.data[seen[found.indices] > _COMMON] = 0.0
    found.eliminate_zeros()
    return found


def paired(one: Table, other: Table, rows: Any, columns: Any) -> Any:
    """The product of rows of one table with rows of the other, pair by pair."""
    found = [np.zeros(0, np.float32)]
    for start in range(0, len(rows), _MOST):
        part = slice(start, start + _MOST)
        found.append(np.asarray(one[rows[part]].multiply(other[columns[part]]).sum(axis=1), np.float32).ravel())
    return np.concatenate(found)


def _best_of_rows(block: Table, wanted: int, start: int, width: int) -> Any:
    """The cells (numbered row * width + column) that are among the best of their row."""
    kept, _ = _best(block, wanted)
    rows = np.repeat(np.arange(start, start + block.shape[0]), np.diff(block.indptr))
    return rows[kept] * width + block.indices[kept]


def _best(block: Table, wanted: int) -> tuple[Any, Any]:
    """The places of the `wanted` best values of every row, and the value a row asks for (0 where it has fewer).

    Values equal to the last are kept as well, up to twice the number.
    """
    kept = np.ones(len(block.data), bool)
    limits = np.zeros(block.shape[0], np.float32)
    bounds = block.indptr
    for row in np.flatnonzero(np.diff(bounds) > wanted).tolist():
        low, high = bounds[row], bounds[row + 1]
        values = block.data[low:high]
        limits[row] = limit = np.partition(values, -wanted)[-wanted] - _ALIKE
        good = values >= limit
        if np.count_nonzero(good) > 2 * wanted:
            good = np.zeros(high - low, bool)
            good[np.lexsort((block.indices[low:high], -values))[: 2 * wanted]] = True
        kept[low:high] = good
    return np.flatnonzero(kept), limits


_PENDING = 1 << 21


class _BestOfColumns:
    """The best cells of every column while chunks of rows pass by: a few per column are held, the rest is let go."""

    def __init__(self, wanted: int, height: int, width: int) -> None:
        self.wanted, self.shape = wanted, (height, width)
        self.held = (np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
        self.limits = np.zeros(width, np.float32)
        self.pending: list[tuple[Any, Any, Any]] = []
        self.waiting = 0

    def note(self, block: Table, start: int) -> None:
        """The cells of some more rows, the first of which is number `start`."""
        passing = np.flatnonzero(block.data >= self.limits[block.indices])
        rows = np.repeat(np.arange(start, start + block.shape[0], dtype=np.int32), np.diff(block.indptr))
        self.pending.append((rows[passing], block.indices[passing], block.data[passing]))
        self.waiting += len(passing)
        if self.waiting > _PENDING:
            self._condense()

    def _condense(self) -> None:
        rows, columns, values = (np.concatenate(each) for each in zip(self.held, *self.pending, strict=True))
        turned = sparse.csc_matrix((values, (rows, columns)), shape=self.shape)
        by_column = sparse.csr_matrix((turned.data, turned.indices, turned.indptr), shape=self.shape[::-1])
        kept, self.limits = _best(by_column, self.wanted)
        columns = np.repeat(np.arange(self.shape[1], dtype=np.int32), np.diff(by_column.indptr))
        self.held = (by_column.indices[kept], columns[kept], by_column.data[kept])
        self.pending, self.waiting = [], 0

    def cells(self) -> Any:
        """The cells, numbered row * width + column."""
        self._condense()
        return self.held[0].astype(np.int64) * self.shape[1] + self.held[1]
