"""Layer 2: a ledger that finds equal keys among millions in bounded memory.

Checks over a whole document (ids, references, doublettes) must remember every key they have seen. The ledger keeps
128 bits per key, spread over partitions by hash, and spills to a temporary file beyond a limit; texts go to another
temporary file. At the end it goes through the partitions one by one, so that memory stays the same however many keys
there are.

Two processes may each keep a ledger of their part of a document: one leaves its own in files, the other takes it over.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from pathlib import Path
from types import TracebackType
from typing import IO

__all__ = ["Ledger", "LedgerFiles"]

Select = Callable[[list[int]], bool]
Notes = tuple[tuple[int, str], ...]
Spans = tuple[tuple[tuple[int, int], ...], ...]

_END = "\0"
_PARTITIONS = 64
_BLOCK = 1 << 18
"""As many keys are held in memory before they go to disk."""
_BITS = 16
_MOST = 1 << _BITS


@dataclass(frozen=True, slots=True)
class LedgerFiles:
    """A ledger left in files: those of its notes and of its keys, where each partition's keys lie, its size."""

    notes: str
    blocks: str
    spans: Spans
    size: int


@dataclass(frozen=True, slots=True)
class _Absorbed:
    """The files of another ledger, whose places count from `base` on."""

    notes: IO[bytes]
    blocks: IO[bytes]
    spans: Spans
    base: int


class Ledger:
    """Keys with notes. `add` in document order; `groups` then yields the notes of equal keys together.

    `memory` bounds the bytes of notes kept in memory before they go to disk.
    """

    def __init__(self, *, memory: int = 1 << 20) -> None:
        self._numbers, self._entries = array("q"), array("Q")
        self._spilled: list[list[tuple[int, int]]] = [[] for _ in range(_PARTITIONS)]
        self._blocks: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=memory)  # noqa: SIM115
        self._notes: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=memory)  # noqa: SIM115
        self._absorbed: list[_Absorbed] = []
        self._pending: list[bytes] = []
        self._offset = 0

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:  # fmt: skip
        self.close()

    def add(self, key: str, note: str, tag: int = 0) -> None:
        """Remember a key with a small number to select by, and a note to get back for it (any text)."""
        self._numbers.append(hash(key))
        self._entries.append(self._offset << _BITS | tag)
        self._note(f"{key.replace(_END, '')}{_END}{note}")

    def add_all(self, keys: Sequence[str], note: str) -> None:
        """Remember several keys that share one note. They come back from `shared`, by their places."""
        entry = self._offset << _BITS
        self._numbers.extend(map(hash, keys[:_MOST]))
        self._entries.extend(range(entry, entry + min(len(keys), _MOST)))
        self._note(_END + note)

    def _note(self, text: str) -> None:
        line = text.encode("utf-8", "surrogatepass")
        self._pending.append(len(line).to_bytes(4, "little") + line)
        self._offset += len(line) + 4
        if len(self._pending) >= 2048:
            self._flush()
            if len(self._numbers) >= _BLOCK:
                self._spill()

    def shared(self) -> Iterator[tuple[tuple[str, int], ...]]:
        """For each key that was added more than once by `add_all`: its notes in order of addition, each with the place
        the key had among those of its note. The key that was seen first comes first.

        Keys of one note do not count as equal.
        """
        self._flush()
        found: list[tuple[int, ...]] = []
        for partition in range(_PARTITIONS):
            for entries in self._equal(partition):
                single = {each >> _BITS: each for each in reversed(entries)}
                if len(single) > 1:
                    found.append(tuple(sorted(single.values())))
        for places in sorted(found):
            yield tuple((self._read(each >> _BITS)[1], each & (_MOST - 1)) for each in places)

    def _flush(self) -> None:
        self._notes.write(b"".join(self._pending))
        self._pending.clear()

    def _spill(self) -> None:
        """Bring the keys that are held to disk, by partitions."""
        tables = [array("q") for _ in range(_PARTITIONS)]
        adding = [table.append for table in tables]
        for number, entry in zip(self._numbers, self._entries, strict=True):
            add = adding[number & (_PARTITIONS - 1)]
            add(number)
            add(entry)
        for spans, table in zip(self._spilled, tables, strict=True):
            spans.append((self._blocks.tell(), len(table) * table.itemsize))
            self._blocks.write(table.tobytes())
        self._numbers, self._entries = array("q"), array("Q")

    def _partition(self, partition: int) -> tuple[array[int], Iterator[int]]:
        """The hashes and the entries of a partition, in order of addition."""
        if self._numbers:
            self._spill()
        numbers = array("q")
        entries: list[tuple[int, array[int]]] = []
        for blocks, spans, base in (
            (self._blocks, self._spilled[partition], 0),
            *((each.blocks, each.spans[partition], each.base << _BITS) for each in self._absorbed),
        ):  # fmt: skip
            for offset, size in spans:
                blocks.seek(offset)
                read = array("q")
                read.frombytes(blocks.read(size))
                numbers += read[0::2]
                entries.append((base, read[1::2]))
        return numbers, (each + base for base, read in entries for each in read)

    def _equal(self, partition: int) -> Iterator[list[int]]:
        """The entries whose hashes are equal, in order of addition; not those whose hash no other has."""
        numbers, entries = self._partition(partition)
        several = _repeated(numbers)
        if several:
            by_number: dict[int, list[int]] = {number: [] for number in several}
            there = [number in several for number in numbers]
            for number, entry in zip(compress(numbers, there), compress(entries, there), strict=True):
                by_number[number].append(entry)
            yield from by_number.values()

    def _read(self, offset: int) -> tuple[str, str]:
        notes = self._notes
        for each in reversed(self._absorbed):
            if offset >= each.base:
                notes, offset = each.notes, offset - each.base
                break
        notes.seek(offset)
        size = int.from_bytes(notes.read(4), "little")
        key, _, note = notes.read(size).decode("utf-8", "surrogatepass").partition(_END)
        return key, note

    def _candidates(self, partition: int, select: Select) -> Iterator[list[int]]:
        """The entries (offset and tag) whose hashes are equal, where their tags are of interest."""
        numbers, entries = self._partition(partition)
        several = _repeated(numbers)
        by_number: dict[int, list[int]] = {number: [] for number in several}
        alone = {tag: select([tag]) for tag in range(8)}
        for number, entry in zip(numbers, entries, strict=True):
            if number in several:
                by_number[number].append(entry)
            elif alone[entry & 7]:
                yield [entry]
        yield from (each for each in by_number.values() if select([entry & 7 for entry in each]))

    def _groups(self, select: Select) -> Iterator[tuple[int, str, Notes]]:
        for partition in range(_PARTITIONS):
            for entries in self._candidates(partition, select):
                by_key: dict[str, list[tuple[int, str]]] = {}
                for entry in sorted(entries):
                    key, note = self._read(entry >> _BITS)
                    by_key.setdefault(key, []).append((entry & 7, note))
                for key, notes in by_key.items():
                    if select([tag for tag, _ in notes]):
                        yield entries[0] >> _BITS, key, tuple(notes)

    def groups(self, select: Select) -> Iterator[tuple[str, Notes]]:
        """(key, its (tag, note) pairs in order of addition) for the keys that `select` picks by their tags (0 to 7).

        In order of first addition. No further `add` after this. Memory grows with what is picked only.
        """
        self._flush()
        for _, key, notes in sorted(self._groups(select)):
            yield key, notes

    def leave(self, folder: str) -> LedgerFiles:
        """Leave everything in files of this folder, for `absorb` in a process that hashes alike. Nothing follows."""
        self._flush()
        self._spill()
        made = []
        for held in (self._notes, self._blocks):
            held.seek(0)
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                while block := held.read(1 << 20):
                    file.write(block)
            made.append(file.name)
        self.close()
        return LedgerFiles(made[0], made[1], tuple(map(tuple, self._spilled)), self._offset)

    def absorb(self, files: LedgerFiles) -> None:
        """Take over another ledger, as if its keys had been added here after all that was. No further `add`."""
        base = self._offset
        self._offset += files.size
        notes, blocks = Path(files.notes).open("rb"), Path(files.blocks).open("rb")  # noqa: SIM115 - until `close`
        self._absorbed.append(_Absorbed(notes, blocks, files.spans, base))

    def close(self) -> None:
        """Give the temporary files back."""
        for file in (self._blocks, self._notes, *(each.blocks for each in self._absorbed)):
            file.close()
        for each in self._absorbed:
            each.notes.close()


def _repeated(numbers: Sequence[int]) -> set[int]:
    """The numbers that occur more than once."""
    if len(set(numbers)) == len(numbers):
        return set()
    ordered = sorted(numbers)
    return {one for one, other in pairwise(ordered) if one == other}
