"""Which items of the vocabulary may mean the same, and how surely: by lexicon, by spelling, by what was learned.

The result is one sparse symmetric matrix over all items of all languages, so that whole glossaries are compared with
a few
matrix products.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
_RARE = 300
"""A group of letters that more items have is no use in searching."""
_CHUNK = 1024


class Likeness:
    """The matrix, with quick access to the rows of single items."""

    __slots__ = ("_rows", "matrix")

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self._rows: dict[int, dict[int, float]] = {}

    def row(self, item: int) -> dict[int, float]:
        """The items that may mean the same as this one, with how surely (0..1)."""
        found = self._rows.get(item)
        if found is None:
            start, end = self.matrix.indptr[item], self.matrix.indptr[item + 1]
            found = dict(
                zip(self.matrix.indices[start:end].tolist(), self.matrix.data[start:end].tolist(), strict=True)
            )
            self._rows[item] = found
        return found

    def of(self, first: int, second: int) -> float:
        """How surely two items mean the same."""
        return self.row(first).get(second, 0.0)

    def learned(self, associations: Mapping[tuple[int, int], float]) -> Likeness:
        """The same likeness with associations added where they are surer."""
        if not associations:
            return self
        pairs = np.array(sorted(associations), dtype=np.int64)
        values = np.array([associations[a, b] for a, b in pairs.tolist()], dtype=np.float32)
        one = sparse.csr_matrix((values, (pairs[:, 0], pairs[:, 1])), shape=self.matrix.shape)
        return Likeness(self.matrix.maximum(one).maximum(one.T).tocsr())


def likeness_matrix(vocabulary: Vocabulary, *, cognates: bool = True) -> Likeness:
    """The likeness of all items: the surest of identity, lexicon and cognate spelling."""
    if not vocabulary.names:
        return Likeness(sparse.csr_matrix((1, 1), dtype=np.float32))
    matrix = sparse.identity(len(vocabulary.names), format="csr", dtype=np.float32)
    matrix = matrix.maximum(_by_lexicon(vocabulary))
    return Likeness(matrix.maximum(_by_spelling(vocabulary, cognates=cognates)).tocsr())


def _by_lexicon(vocabulary: Vocabulary) -> Matrix:
    """Items that share a row. A word of many meanings says less: the share of the smaller set of rows counts."""
    meanings = vocabulary.meanings
    ends = np.cumsum([0, *(len(rows) for rows in meanings)])
    indices = np.fromiter((row for rows in meanings for row in sorted(rows)), dtype=np.int64, count=int(ends[-1]))
    shape = (len(meanings), max(len(vocabulary.lexicon), 1))
    table = sparse.csr_matrix((np.ones(len(indices), np.float32), indices, ends), shape=shape)
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

    Letters at the beginning count twice (cognates begin alike); a form of three letters must be equal. Pairs are
    searched
    by groups of letters that few items have, then compared by all.
    """
    size = len(vocabulary.names)
    table = _letter_table(vocabulary.forms, cognates=cognates)
    seen = np.bincount(table.indices, minlength=table.shape[1])
    rare = (table @ sparse.diags((seen <= _RARE).astype(np.float32))).tocsr()
    rare.eliminate_zeros()
    tags = _language_numbers(vocabulary)
    parts = [_alike(table, rare, tags, n, min(n + _CHUNK, size)) for n in range(0, size, _CHUNK)]
    return sparse.vstack(parts, format="csr") if parts else sparse.csr_matrix((size, size), dtype=np.float32)


def _letter_table(forms: Sequence[str], *, cognates: bool) -> Matrix:
    features: dict[str, int] = {}
    indices: list[int] = []
    ends = [0]
    for form in forms:
        grams = _grams(form) if cognates else {form}
        indices.extend(features.setdefault(gram, len(features)) for gram in sorted(grams))
        ends.append(len(indices))
    return sparse.csr_matrix(
        (np.ones(len(indices), np.float32), indices, ends), shape=(len(forms), max(len(features), 1))
    )


def _grams(form: str) -> set[str]:
    whole = f"={form}="
    if len(form) < 4:
        return {whole}
    marked = f"^{form}$"
    grams = {marked[n : n + 2] for n in range(len(marked) - 1)} | {marked[n : n + 3] for n in range(len(marked) - 2)}
    return grams | {"^^" + form[:2], "^^" + form[:3], whole}


def _alike(table: Matrix, rare: Matrix, tags: Any, start: int, end: int) -> Matrix:
    found = (rare[start:end] @ rare.T).tocoo()
    row, column = found.row + start, found.col
    other = tags[row] != tags[column]
    # Within one language only the same letters count: words spelt open and closed.
    size = np.diff(table.indptr).astype(np.float32)
    likely = (found.data >= 2) & other | (np.abs(size[row] - size[column]) < 1) & (found.data >= 1)
    # No need to count what cannot be enough, were all common groups of letters shared as well.
    common = size - np.diff(rare.indptr)
    most = 2 * (found.data + np.minimum(common[row], common[column])) / np.maximum(size[row] + size[column], 1)
    likely &= most >= _COGNATE_FROM - 1e-3
    row, column = row[likely], column[likely]
    shared = np.asarray(table[row].multiply(table[column]).sum(axis=1)).ravel()
    dice = 2 * shared / (size[row] + size[column])
    keep = (dice >= _COGNATE_FROM) & ((tags[row] != tags[column]) | (dice > 0.999))
    values = (2 * dice[keep] - 1).clip(0.1, 1.0) * np.where(dice[keep] > 0.999, 1.0, 0.95)
    shape = (end - start, table.shape[0])
    return sparse.csr_matrix((values.astype(np.float32), (row[keep] - start, column[keep])), shape=shape)
