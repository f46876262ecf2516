"""What of a table is not read: cells without a column, columns without a head, columns that stand twice. It is told."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

from cctbx.formats.contract import ReadOptions
from cctbx.formats.reporting import say

__all__ = ["RowCheck", "repeated"]


def repeated(keys: Sequence[Hashable | None], heads: Sequence[str], options: ReadOptions, line: int = 1) -> set[int]:
    """The places of columns that stood before: the first is read, which is told (FMT103). None is no column."""
    first: set[Hashable] = set()
    again: set[int] = set()
    for place, key in enumerate(keys):
        if key is None or key == "":
            continue
        if key in first:
            again.add(place)
            say(options, "FMT103", f"column “{heads[place]}” stands twice: only the first is read", line=line)
        first.add(key)
    return again


class RowCheck:
    """Looks for cells nobody reads: those beyond the head (FMT102), and in columns that have none or that nobody reads
    though they are known (`unread`); each of these columns is told once, where its first text stands (FMT103).
    """

    def __init__(self, heads: Sequence[str], options: ReadOptions, unread: Collection[int] = ()) -> None:
        self._width, self._options = len(heads), options
        nameless = {place: f"column {place + 1} has no head" for place, head in enumerate(heads) if not head}
        self._watched = nameless | {place: f"column “{heads[place]}” has no meaning here" for place in unread}

    def row(self, row: Sequence[str], line: int) -> None:
        """Checks one row, which begins at this line."""
        if len(row) > self._width and any(row[self._width :]):
            message = f"{len(row)} cells under {self._width} heads; the last are not read"
            say(self._options, "FMT102", message, line=line)
        if self._watched:
            self._watch(row, line)

    def _watch(self, row: Sequence[str], line: int) -> None:
        for place in [place for place in self._watched if place < len(row) and row[place].strip()]:
            say(self._options, "FMT103", f"{self._watched.pop(place)}: its cells are not read", line=line,
                advice="give it a head that says what it holds")  # fmt: skip
