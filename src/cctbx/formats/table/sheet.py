"""Lines of a table whose columns are known only when all of it has been seen, in bounded memory.

Lines are finished with the columns there have been so far, and wait in a spool. At the end those that were made with
all the columns pass as they are (nearly always nearly all of them), the others are made anew.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, BinaryIO, Generic, TypeVar

from cctbx.formats.cells import harmless, quoted_row
from cctbx.formats.spool import Spool

__all__ = ["Batch", "Sheet"]

Key = TypeVar("Key", bound=Hashable)
Batch = tuple[tuple[Any, ...], str]
"""The columns of some lines, and the lines."""
_BATCH = 64
_versions = count(1)


class Sheet(Generic[Key]):
    """The lines of a table. `rank` sorts columns, `named` gives their heads; `first` are columns it always has.

    `version` is another number whenever the columns have changed, and in every sheet: a line is finished for the
    columns of one version.
    """

    def __init__(self, rank: Callable[[Key], Any], named: Callable[[Key], str], first: Iterable[Key] = ()) -> None:
        self._rank, self._named = rank, named
        self._used: dict[Key, None] = {}
        self.columns: tuple[Key, ...] = ()
        self.version = 0
        self._lines: list[str] = []
        self._spool = Spool()
        self._kept: dict[tuple[Key, ...], int] = {}
        self.widen(first)

    def widen(self, keys: Iterable[Key]) -> None:
        """Makes room for these columns."""
        before = len(self._used)
        self._used.update(dict.fromkeys(keys))
        if len(self._used) > before:
            self._flush()
            self.columns = tuple(sorted(self._used, key=self._rank))
            self.version = next(_versions)

    def add(self, row: Mapping[Key, str]) -> None:
        """Takes in a row: its filled cells by column."""
        self.widen(row)
        self.line(quoted_row([harmless(cell) if (cell := row.get(key)) else "" for key in self.columns]))

    def line(self, line: str) -> None:
        """Takes in a line that is finished for the columns there are."""
        self._lines.append(line)
        if len(self._lines) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._lines:
            self._keep(self.columns, "".join(self._lines))
            self._lines.clear()

    def _keep(self, columns: tuple[Key, ...], lines: str) -> None:
        self._spool.append((self._kept.setdefault(columns, len(self._kept)), lines))

    def adopt(self, batches: Iterable[Batch]) -> None:
        """Takes in lines another sheet has made."""
        self._flush()
        for columns, lines in batches:
            self.widen(columns)
            self._keep(columns, lines)

    def batches(self) -> Iterator[Batch]:
        """All lines, with the columns they were made for."""
        self._flush()
        columns = list(self._kept)
        for number, lines in self._spool:
            yield columns[number], lines

    def write(self, out: BinaryIO) -> None:
        """Writes the table, its heads first: UTF-8 with a byte order mark. The sheet is used up."""
        out.write(codecs.BOM_UTF8 + _bytes(quoted_row([self._named(key) for key in self.columns])))
        for columns, lines in self.batches():
            out.write(_bytes(lines if columns == self.columns else "".join(self._again(columns, lines))))
        self.close()

    def _again(self, columns: tuple[Key, ...], lines: str) -> Iterator[str]:
        places = {key: place for place, key in enumerate(columns)}
        order = [places.get(key, len(places)) for key in self.columns]
        csv.field_size_limit(1 << 24)
        for row in csv.reader(io.StringIO(lines, newline="")):
            yield quoted_row(_moved(row, order))

    def close(self) -> None:
        """Frees the memory or the file."""
        self._spool.close()


def _moved(row: list[str], order: Sequence[int]) -> list[str]:
    row.append("")
    return [row[place] for place in order]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
