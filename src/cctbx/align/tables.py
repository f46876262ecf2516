"""The entries as tables: per entry (row) the weights of its items, and of the letter groups of terms and definitions.

Tables are sparse matrices built row by row in flat arrays, so that hundreds of thousands of entries fit in memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from cctbx.align.readings import Reading, Vocabulary

__all__ = ["ENOUGH", "Table", "Tables", "tables_of"]

ENOUGH = 0.75
"""Where the lexicon knows this share of the words, their spelling need not be compared as well."""

Table = Any
"""A scipy sparse matrix by rows (scipy has no stubs)."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows of unit length: items of terms and definition, letter groups of both; `known` is the share of the
    definition that the lexicon knows."""

    terms: Table
    definitions: Table
    letters: Table
    wording: Table
    known: Any


def tables_of(readings: Sequence[Reading], vocabulary: Vocabulary) -> Tables:
    """The four tables of readings, in their order."""
    size = len(vocabulary.names)
    forms: dict[str, int] = {}
    groups: dict[str, int] = {}
    known = np.array([_known(reading, vocabulary) for reading in readings], dtype=np.float32)
    unknown = _least_known(readings, known) < ENOUGH
    return Tables(
        terms=_unit(_table((_term_items(reading) for reading in readings), size)),
        definitions=_unit(_table((_content(reading) for reading in readings), size)),
        letters=_rare(_table((_letters(reading, forms) for reading in readings), len(forms))),
        wording=_rare(_table((_wording(reading, groups) if unknown else {} for reading in readings), len(groups))),
        known=known,
    )


def _least_known(readings: Sequence[Reading], known: Any) -> float:
    """The share of words the lexicon knows in the source of which it knows least."""
    sources: dict[str, list[int]] = {}
    for number, reading in enumerate(readings):
        sources.setdefault(reading.source, []).append(number)
    return min((float(known[rows].mean()) for rows in sources.values()), default=1.0)


def _term_items(reading: Reading) -> dict[int, float]:
    found: dict[int, float] = {}
    for term in reading.terms:
        for span in term.spans:
            weight = sum(term.weights[span.start : span.end])
            found[span.item] = max(weight, found.get(span.item, 0.0))
    return dict(sorted(found.items()))


def _content(reading: Reading) -> dict[int, float]:
    return dict(zip(reading.definition.items, reading.definition.weights, strict=True))


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
    found = [bool(vocabulary.meanings[item]) for item in reading.definition.items]
    return sum(found) / len(found) if found else 1.0


def _table(rows: Iterable[Mapping[int, float]], width: int) -> Table:
    """At least `width` columns; rows may have made more."""
    indices, values, ends = array("i"), array("f"), array("q", [0])
    for row in rows:
        indices.extend(row)
        values.extend(row.values())
        ends.append(len(indices))
    parts = (np.array(values, np.float32), np.array(indices, np.int32), np.array(ends, np.int64))
    width = max(width, int(parts[1].max(initial=0)) + 1)
    table = sparse.csr_matrix(parts, shape=(len(ends) - 1, width))
    table.sort_indices()
    return table


def _unit(table: Table) -> Table:
    """The rows scaled to unit length, in place."""
    squares = sparse.csr_matrix((table.data**2, table.indices, table.indptr), shape=table.shape)
    length = np.sqrt(np.asarray(squares.sum(axis=1)).ravel())
    table.data *= np.repeat((1 / np.maximum(length, 1e-9)).astype(np.float32), np.diff(table.indptr))
    return table


def _rare(table: Table) -> Table:
    """Letter groups weighted by how rare they are."""
    seen = np.bincount(table.indices, minlength=table.shape[1])
    weight = np.log((table.shape[0] + 1) / (seen + 0.5)).clip(0.05).astype(np.float32)
    table.data *= weight[table.indices]
    return _unit(table)
