"""Which items of the vocabulary may mean the same, and how surely: by lexicon, by spelling, by what was learned.

The result is one sparse symmetric matrix over all items of all languages, so that whole glossaries are compared with a few
matrix products.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import sparse

from cctbx.align.readings import Vocabulary

__all__ = ["Likeness", "likeness_matrix"]

Matrix = Any
"""A scipy sparse matrix (scipy has no stubs)."""

_COGNATE_FROM = 0.55
_SYNONYM = 0.7
_LEXICON = 0.9


class Likeness:
    """The matrix, with quick access to single cells."""

    __slots__ = ("matrix", "rows")

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        indices, data, ends = matrix.indices.tolist(), matrix.data.tolist(), matrix.indptr.tolist()
        self.rows: list[dict[int, float]] = [
            dict(zip(indices[a:b], data[a:b], strict=True)) for a, b in zip(ends, ends[1:], strict=False)
        ]

    def of(self, first: int, second: int) -> float:
        """How surely two items mean the same, 0..1."""
        return self.rows[first].get(second, 0.0)


def likeness_matrix(
    vocabulary: Vocabulary, learned: Mapping[tuple[int, int], float], *, cognates: bool = True
) -> Likeness:
    """The likeness of all items: the surest of identity, lexicon, cognate spelling and learned association."""
    size = len(vocabulary.names)
    matrix = sparse.identity(size, format="csr", dtype=np.float32)
    matrix = matrix.maximum(_by_lexicon(vocabulary))
    matrix = matrix.maximum(_by_spelling(vocabulary, cognates=cognates))
    if learned:
        pairs = np.array(list(learned), dtype=np.int64)
        values = np.fromiter(learned.values(), dtype=np.float32)
        one = sparse.csr_matrix((values, (pairs[:, 0], pairs[:, 1])), shape=(size, size))
        matrix = matrix.maximum(one).maximum(one.T)
    return Likeness(matrix.tocsr())


def _by_lexicon(vocabulary: Vocabulary) -> Matrix:
    """Items that share a row. A word of many meanings says less: the share of the smaller set of rows counts."""
    meanings = vocabulary.meanings
    width = len(vocabulary.lexicon)
    ends = np.cumsum([0, *(len(rows) for rows in meanings)])
    indices = np.fromiter((row for rows in meanings for row in sorted(rows)), dtype=np.int64, count=int(ends[-1]))
    table = sparse.csr_matrix((np.ones(len(indices), np.float32), indices, ends), shape=(len(meanings), max(width, 1)))
    shared = (table @ table.T).tocoo()
    count = np.maximum(np.diff(ends), 1)
    share = shared.data / np.minimum(count[shared.row], count[shared.col])
    tags = _language_numbers(vocabulary)
    top = np.where(tags[shared.row] == tags[shared.col], _SYNONYM, _LEXICON)
    values = (top * (0.75 + 0.25 * share)).astype(np.float32)
    return sparse.csr_matrix((values, (shared.row, shared.col)), shape=shared.shape)


def _language_numbers(vocabulary: Vocabulary) -> Any:
    names = {name: number for number, name in enumerate(sorted(set(vocabulary.languages)))}
    return np.array([names[each] for each in vocabulary.languages], dtype=np.int32)


def _by_spelling(vocabulary: Vocabulary, *, cognates: bool) -> Matrix:
    """Items of different languages spelt alike after normalisation: Dice over letter pairs and triples.

    Letters at the beginning count twice (cognates begin alike); a form of three letters must be equal.
    """
    size = len(vocabulary.names)
    features: dict[str, int] = {}
    indices: list[int] = []
    ends = [0]
    for form in vocabulary.forms:
        grams = _grams(form) if cognates else {form}
        indices.extend(features.setdefault(gram, len(features)) for gram in sorted(grams))
        ends.append(len(indices))
    table = sparse.csr_matrix((np.ones(len(indices), np.float32), indices, ends), shape=(size, max(len(features), 1)))
    tags = _language_numbers(vocabulary)
    count = np.maximum(np.diff(ends), 1).astype(np.float32)
    found = [_alike(table[a : a + 4096], table, count, tags, a) for a in range(0, size, 4096)]
    return sparse.vstack(found, format="csr") if found else sparse.csr_matrix((size, size), dtype=np.float32)


def _grams(form: str) -> set[str]:
    if len(form) < 4:
        return {form}
    marked = f"^{form}$"
    grams = {marked[n : n + 2] for n in range(len(marked) - 1)} | {marked[n : n + 3] for n in range(len(marked) - 2)}
    return grams | {"^^" + form[:2], "^^" + form[:3]}


def _alike(part: Matrix, table: Matrix, count: Any, tags: Any, offset: int) -> Matrix:
    shared = (part @ table.T).tocoo()
    row = shared.row + offset
    dice = 2 * shared.data / (count[row] + count[shared.col])
    # Within one language only the same letters count: words spelt open and closed.
    keep = (dice >= _COGNATE_FROM) & ((tags[row] != tags[shared.col]) | (dice > 0.999))
    values = (2 * dice[keep] - 1).clip(0.1, 1.0) * np.where(dice[keep] > 0.999, 1.0, 0.95)
    return sparse.csr_matrix((values.astype(np.float32), (shared.row[keep], shared.col[keep])), shape=shared.shape)
