"""Comparing large TBX files: both are walked side by side, and only what is not the same text is parsed.

Entries that stand at the same place in both files meet at once; the others wait, in memory up to a limit, then in a
temporary SQLite database. So memory does not grow with the files.
"""

from __future__ import annotations

import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple

from cctbx.diff.sameness import same
from cctbx.findings import Report
from cctbx.formats.contract import ReadOptions
from cctbx.formats.tbx.slices import (
    IrregularError,
    RawEntry,
    RawTermBase,
    same_layout_apart,
    sketch,
    skip_alike,
    without_id,
)
from cctbx.model import ConceptEntry, Header, ReferenceObject
from cctbx.workflows.files import open_input

__all__ = ["Differing", "Renumbered", "differing"]

_IN_MEMORY = 8 << 20
"""Characters of waiting entries kept in memory on each side."""
_BATCH = 200
"""Entries parsed at a time."""


class Renumbered(NamedTuple):
    """An entry whose text is the same but for its id."""

    old: str
    new: str
    label: str


@dataclass(slots=True, kw_only=True)
class Differing:
    """What is left of two files when all that is equal is gone.

    equal       how many entries are the same on both sides
    renumbered  those that are the same but for the id
    lines       where entries of the new file begin
    """

    old: list[ConceptEntry] = field(default_factory=list)
    new: list[ConceptEntry] = field(default_factory=list)
    equal: int = 0
    renumbered: list[Renumbered] = field(default_factory=list)
    headers: tuple[Header, Header] = field(default_factory=lambda: (Header(), Header()))
    references: tuple[tuple[ReferenceObject, ...], tuple[ReferenceObject, ...]] = ((), ())
    lines: dict[str, int] = field(default_factory=dict)


def _digest(entry: RawEntry) -> bytes:
    return blake2b(without_id(entry).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class _Waiting:
    """Entries of one side that have not met their partner: in memory, beyond a limit in a database on disk."""

    def __init__(self, database: sqlite3.Connection, table: str) -> None:
        self._held: dict[str, RawEntry] = {}
        self._size = 0
        self._database, self._table = database, table
        self._spilled = False
        self._rows: list[tuple[str, bytes, int, bytes]] = []
        database.execute(f"CREATE TABLE {table} (id TEXT PRIMARY KEY, digest BLOB, line INTEGER, text BLOB)")

    def put(self, entry: RawEntry) -> None:
        """Keep an entry. Raises `IrregularError` for an id that is waiting already."""
        if entry.id in self._held:
            raise IrregularError(f"line {entry.line}: the id {entry.id} is there twice")
        self._held[entry.id] = entry
        self._size += len(entry.text)
        if self._size > _IN_MEMORY:
            self._spill()

    def _spill(self) -> None:
        rows = (
            (each.id, _digest(each), each.line, zlib.compress(each.text.encode("utf-8", "surrogatepass"), 1))
            for each in self._held.values()
        )
        try:
            self._database.executemany(f"INSERT INTO {self._table} VALUES (?, ?, ?, ?)", rows)
        except sqlite3.IntegrityError as error:
            raise IrregularError("an id is there twice") from error
        self._held.clear()
        self._size, self._spilled = 0, True

    def take(self, name: str) -> RawEntry | None:
        """The waiting entry of this id, taken out."""
        found = self._held.pop(name, None)
        if found is not None:
            self._size -= len(found.text)
            return found
        if not self._spilled:
            return None
        row = self._database.execute(f"SELECT id, line, text FROM {self._table} WHERE id = ?", (name,)).fetchone()
        if row is None:
            return None
        self._database.execute(f"DELETE FROM {self._table} WHERE id = ?", (name,))
        return _unpacked(row)

    def flush(self) -> None:
        """Everything into the database, for the questions that are asked there."""
        self._spill()

    def rest(self) -> Iterator[RawEntry]:
        """What still waits, by id."""
        for row in self._database.execute(f"SELECT id, line, text FROM {self._table} ORDER BY rowid"):
            yield _unpacked(row)


def _unpacked(row: tuple[str, int, bytes]) -> RawEntry:
    return RawEntry(row[0], zlib.decompress(row[2]).decode("utf-8", "surrogatepass"), row[1])


class _Join:
    """Walks two documents side by side."""

    def __init__(
        self, old: RawTermBase, new: RawTermBase, database: sqlite3.Connection, *, strict: bool,
        progress: Callable[[int], None],
    ) -> None:  # fmt: skip
        self.documents = (old, new)
        self.database = database
        self.waiting = (_Waiting(database, "old"), _Waiting(database, "new"))
        self.same_context = old.context == new.context
        self.strict = strict
        self.progress = progress
        self.walked = 0
        self.result = Differing()

    def pairs(self) -> Iterator[tuple[RawEntry, RawEntry]]:
        """Entries with the same id and another text. Afterwards, what has no partner waits."""
        for one, other in zip_longest(*self.documents):
            self.walked += 1
            self.progress(self.walked)
            if one is not None and other is not None and one.id == other.id:
                if one.text == other.text and self.same_context:
                    skipped = skip_alike(*self.documents)
                    self.walked += skipped
                    self.result.equal += 1 + skipped
                else:
                    yield from self._met(one, other)
                continue
            for side, entry in enumerate((one, other)):
                if entry is None:
                    continue
                partner = self.waiting[1 - side].take(entry.id)
                if partner is None:
                    self.waiting[side].put(entry)
                else:
                    yield from self._met(*((entry, partner) if side == 0 else (partner, entry)))

    def _met(self, one: RawEntry, other: RawEntry) -> Iterator[tuple[RawEntry, RawEntry]]:
        if self.same_context and (
            one.text == other.text or (not self.strict and same_layout_apart(one.text, other.text))
        ):
            self.result.equal += 1
        else:
            yield one, other

    def run(self) -> Differing:
        """The whole comparison of texts, then of what is not the same text."""
        pairs = self.pairs()
        while batch := list(islice(pairs, _BATCH)):
            self._compare(batch)
        for each in self.waiting:
            each.flush()
        if self.same_context:
            self._match_renumbered()
        self._parse_rest()
        self._surroundings()
        return self.result

    def _compare(self, batch: list[tuple[RawEntry, RawEntry]]) -> None:
        """Parse pairs; what says the same in another way is equal after all."""
        sides = [
            list(document.parse(entries))
            for document, entries in zip(self.documents, zip(*batch, strict=True), strict=True)
        ]
        if len(sides[0]) != len(batch) or len(sides[1]) != len(batch):
            raise IrregularError("an entry could not be read")
        for (_, raw), one, other in zip(batch, *sides, strict=True):
            if same(one, other):
                self.result.equal += 1
            else:
                self.result.old.append(one)
                self._new(other, raw)

    def _new(self, concept: ConceptEntry, raw: RawEntry) -> None:
        self.result.new.append(concept)
        self.result.lines[concept.id] = raw.line

    def _match_renumbered(self) -> None:
        """Entries that are the same but for the id, found in the database; among doublettes, none."""
        unique = "SELECT digest FROM {0} GROUP BY digest HAVING count(*) = 1"
        found = self.database.execute(
            "SELECT old.id, new.id, old.line, old.text FROM old JOIN new ON old.digest = new.digest "
            f"WHERE old.digest IN ({unique.format('old')}) AND new.digest IN ({unique.format('new')})"
        )
        for old, new, line, text in found:
            self.result.renumbered.append(Renumbered(old, new, sketch(_unpacked((old, line, text)))))
        for side, place in (("old", 0), ("new", 1)):
            gone = ((pair[place],) for pair in self.result.renumbered)
            self.database.executemany(f"DELETE FROM {side} WHERE id = ?", gone)

    def _parse_rest(self) -> None:
        for side, document in enumerate(self.documents):
            rest = self.waiting[side].rest()
            while batch := list(islice(rest, _BATCH)):
                concepts = list(document.parse(batch))
                if len(concepts) != len(batch):
                    raise IrregularError("an entry could not be read")
                for concept, raw in zip(concepts, batch, strict=True):
                    if side == 0:
                        self.result.old.append(concept)
                    else:
                        self._new(concept, raw)

    def _surroundings(self) -> None:
        headers, references = [], []
        for document in self.documents:
            stream = document.surroundings()
            for _ in stream:
                raise IrregularError("sections stand outside of concept entries")
            headers.append(stream.header)
            references.append(stream.references())
        self.result.headers = (headers[0], headers[1])
        self.result.references = (references[0], references[1])


def _unseen(count: int) -> None:
    """Progress nobody watches."""


def differing(
    old: str | Path, new: str | Path, report: Report, *, strict: bool = False,
    progress: Callable[[int], None] = _unseen,
) -> Differing | None:  # fmt: skip
    """What differs between two TBX files; None where one of them is irregular and has to be read whole.

    White space inside of texts counts with `strict` only. `progress` is called with the number of entries walked past.

    Findings of reading are those of what stands round the entries: to check entries, validate.
    """
    with tempfile.TemporaryDirectory(prefix="cctbx-") as directory, open_input(old) as first, open_input(new) as second:
        database = sqlite3.connect(Path(directory) / "waiting.sqlite", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -8000"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN")
        try:
            documents = [
                RawTermBase(stream, ReadOptions(file=str(file), report=report))
                for stream, file in ((first, old), (second, new))
            ]
            return _Join(documents[0], documents[1], database, strict=strict, progress=progress).run()
        except IrregularError:
            return None
        finally:
            database.close()


def sizes(files: Iterable[str | Path]) -> int:
    """How many bytes the files have together; 0 for stdin."""
    return sum(Path(file).stat().st_size for file in files if str(file) != "-" and Path(file).is_file())
