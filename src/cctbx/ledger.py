"""Layer 2: a ledger that finds equal keys among millions in bounded memory.

Checks over a whole document (ids, references, doublettes) must remember every key they have seen. The ledger keeps
128 bits per key, spread over partitions by hash, and spills to a temporary file beyond a limit; texts go to another
temporary file. At the end it goes through the partitions one by one, so that memory stays the same however many keys
there are.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import IO

__all__ = ["Ledger"]

Select = Callable[[list[int]], bool]
Notes = tuple[tuple[int, str], ...]

_END = "\0"
_PARTITIONS = 64
_BLOCK = 1 << 13


class Ledger:
    """Keys with notes. `add` in document order; `groups` then yields the notes of equal keys together.

    `memory` bounds the bytes of notes kept in memory before they go to disk.
    """

    def __init__(self, *, memory: int = 1 << 20) -> None:
        self._tables = [array("Q") for _ in range(_PARTITIONS)]
        self._spilled: list[list[tuple[int, int]]] = [[] for _ in range(_PARTITIONS)]
        self._blocks: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=memory)  # noqa: SIM115
        self._notes: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=memory)  # noqa: SIM115
        self._pending: list[bytes] = []
        self._offset = 0

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:  # fmt: skip
        self.close()

    def add(self, key: str, note: str, tag: int = 0) -> None:
        """Remember a key with a small number (0 to 7) to select by, and a note to get back for it (any text)."""
        number = hash(key) & 0xFFFFFFFFFFFFFFFF
        table = self._tables[number & (_PARTITIONS - 1)]
        table.append(number)
        table.append(self._offset << 3 | tag)
        if len(table) >= _BLOCK:
            self._spill(number & (_PARTITIONS - 1))
        line = f"{key.replace(_END, '')}{_END}{note}".encode("utf-8", "surrogatepass")
        self._pending.append(len(line).to_bytes(4, "little") + line)
        self._offset += len(line) + 4
        if len(self._pending) >= 2048:
            self._flush()

    def add_all(self, keys: Iterable[str], note: str) -> None:
        """Remember several keys that share one note. They come back from `shared`, which does not know the keys."""
        entry = self._offset << 3
        tables = self._tables
        for key in keys:
            number = hash(key) & 0xFFFFFFFFFFFFFFFF
            table = tables[number & (_PARTITIONS - 1)]
            table.append(number)
            table.append(entry)
            if len(table) >= _BLOCK:
                self._spill(number & (_PARTITIONS - 1))
        line = b"\0" + note.encode("utf-8", "surrogatepass")
        self._pending.append(len(line).to_bytes(4, "little") + line)
        self._offset += len(line) + 4
        if len(self._pending) >= 2048:
            self._flush()

    def shared(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """(hash of the key, its notes in order of addition) for keys that were added more than once by `add_all`.

        The caller tells by `same_key` which of the things in a note is meant.
        """
        self._flush()
        found: list[tuple[int, int, tuple[int, ...]]] = []
        for partition in range(_PARTITIONS):
            whole = self._partition(partition)
            first: dict[int, int] = {}
            several: dict[int, list[int]] = {}
            for at in range(0, len(whole), 2):
                number, entry = whole[at], whole[at + 1] >> 3
                if number not in first:
                    first[number] = entry
                elif entry != first[number]:
                    several.setdefault(number, [first[number]]).append(entry)
            found.extend((entries[0], number, tuple(dict.fromkeys(entries))) for number, entries in several.items())
        for _, number, entries in sorted(found):
            yield number, tuple(self._read(each)[1] for each in entries)

    @staticmethod
    def same_key(number: int, key: str) -> bool:
        """Whether a key has this hash."""
        return hash(key) & 0xFFFFFFFFFFFFFFFF == number

    def _flush(self) -> None:
        self._notes.write(b"".join(self._pending))
        self._pending.clear()

    def _spill(self, partition: int) -> None:
        table = self._tables[partition]
        self._spilled[partition].append((self._blocks.tell(), len(table) * table.itemsize))
        self._blocks.write(table.tobytes())
        del table[:]

    def _partition(self, partition: int) -> array[int]:
        whole = array("Q")
        for offset, size in self._spilled[partition]:
            self._blocks.seek(offset)
            whole.frombytes(self._blocks.read(size))
        whole.extend(self._tables[partition])
        return whole

    def _read(self, offset: int) -> tuple[str, str]:
        self._notes.seek(offset)
        size = int.from_bytes(self._notes.read(4), "little")
        key, _, note = self._notes.read(size).decode("utf-8", "surrogatepass").partition(_END)
        return key, note

    def _candidates(self, partition: int, select: Select) -> Iterator[list[int]]:
        """The entries (offset and tag) whose hashes are equal, where their tags are of interest."""
        whole = self._partition(partition)
        first: dict[int, int] = {}
        several: dict[int, list[int]] = {}
        for at in range(0, len(whole), 2):
            number, entry = whole[at], whole[at + 1]
            if number in first:
                several.setdefault(number, [first[number]]).append(entry)
            else:
                first[number] = entry
        yield from (entries for entries in several.values() if select([each & 7 for each in entries]))
        yield from ([entry] for number, entry in first.items() if number not in several and select([entry & 7]))

    def _groups(self, select: Select) -> Iterator[tuple[int, str, Notes]]:
        for partition in range(_PARTITIONS):
            for entries in self._candidates(partition, select):
                by_key: dict[str, list[tuple[int, str]]] = {}
                for entry in sorted(entries):
                    key, note = self._read(entry >> 3)
                    by_key.setdefault(key, []).append((entry & 7, note))
                for key, notes in by_key.items():
                    if select([tag for tag, _ in notes]):
                        yield entries[0] >> 3, key, tuple(notes)

    def groups(self, select: Select) -> Iterator[tuple[str, Notes]]:
        """(key, its (tag, note) pairs in order of addition) for the keys that `select` picks by their tags.

        In order of first addition. No further `add` after this. Memory grows with what is picked only.
        """
        self._flush()
        for _, key, notes in sorted(self._groups(select)):
            yield key, notes

    def close(self) -> None:
        """Give the temporary files back."""
        self._blocks.close()
        self._notes.close()
