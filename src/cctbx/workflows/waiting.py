"""Entries that wait for their partner in another file: in memory up to a limit, then in a database on disk."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic

from cctbx.errors import OutputError
from cctbx.formats.tbx.slices import IrregularError
from cctbx.workflows.documents import Document, E

__all__ = ["Waiting", "temporary_database"]

_IN_MEMORY = 2 << 20
"""Characters of waiting entries kept in memory on each side."""


@contextmanager
def temporary_database() -> Iterator[sqlite3.Connection]:
    """A database on disk for as long as the block runs; it need not survive anything, so it is fast.

    Raises `OutputError` where the disk is full.
    """
    with tempfile.TemporaryDirectory(prefix="cctbx-") as directory:
        database = sqlite3.connect(Path(directory) / "waiting.sqlite", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -8000"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN")
        try:
            yield database
        except sqlite3.OperationalError as error:
            place = tempfile.gettempdir()
            raise OutputError(f"{place}: {error}; set TMPDIR to a directory with more room") from error
        finally:
            database.close()


class Waiting(Generic[E]):
    """Entries of one side that have not met their partner."""

    def __init__(self, database: sqlite3.Connection, table: str, document: Document[E]) -> None:
        self._held: dict[str, E] = {}
        self._size = 0
        self._database, self._table, self._document = database, table, document
        self._spilled = False
        database.execute(f"CREATE TABLE {table} (id TEXT PRIMARY KEY, digest BLOB, line INTEGER, text BLOB)")

    def put(self, entry: E) -> None:
        """Keep an entry. Raises `IrregularError` for an id that is waiting already."""
        if entry.id in self._held:
            raise IrregularError(f"line {entry.line}: the id {entry.id} is there twice")
        self._held[entry.id] = entry
        self._size += self._document.weight(entry)
        if self._size > _IN_MEMORY:
            self.flush()

    def flush(self) -> None:
        """Everything into the database, also for the questions that are asked there."""
        document = self._document
        rows = ((each.id, document.digest(each), each.line, document.packed(each)) for each in self._held.values())
        try:
            self._database.executemany(f"INSERT INTO {self._table} VALUES (?, ?, ?, ?)", rows)
        except sqlite3.IntegrityError as error:
            raise IrregularError("an id is there twice") from error
        self._held.clear()
        self._size, self._spilled = 0, True

    def take(self, name: str) -> E | None:
        """The waiting entry of this id, taken out."""
        found = self._held.pop(name, None)
        if found is not None:
            self._size -= self._document.weight(found)
            return found
        if not self._spilled:
            return None
        row = self._database.execute(f"SELECT line, text FROM {self._table} WHERE id = ?", (name,)).fetchone()
        if row is None:
            return None
        self._database.execute(f"DELETE FROM {self._table} WHERE id = ?", (name,))
        return self._document.unpacked(name, row[0], row[1])

    def rest(self) -> Iterator[E]:
        """What still waits, in the order in which it came."""
        for row in self._database.execute(f"SELECT id, line, text FROM {self._table} ORDER BY rowid"):
            yield self._document.unpacked(*row)
