"""Rows kept aside in bounded memory, for formats that must know the whole before they can write the beginning."""

from __future__ import annotations

import heapq
import marshal
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["Spool", "in_order"]

_IN_MEMORY = 16 << 20
_RUN = 20_000


class Spool:
    """Values made of built-in types (tuples, lists, dictionaries, strings, numbers), read back in order, repeatedly.

    Up to 16 MiB stay in memory, the rest goes to an anonymous temporary file.
    """

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (closed by close)

    def append(self, value: Any) -> None:
        """Keep one value."""
        packed = marshal.dumps(value)
        self._file.write(len(packed).to_bytes(4, "little") + packed)

    def __iter__(self) -> Iterator[Any]:
        self._file.seek(0)
        while size := self._file.read(4):
            yield marshal.loads(self._file.read(int.from_bytes(size, "little")))

    def close(self) -> None:
        """Free the memory or the file."""
        self._file.close()


def in_order(items: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The items sorted, in bounded memory: runs are sorted and spooled, then merged. Items must all be comparable."""
    runs: list[Iterable[tuple[Any, ...]]] = []
    held: list[tuple[Any, ...]] = []
    for item in items:
        held.append(item)
        if len(held) == _RUN:
            runs.append(_spooled(sorted(held)))
            held = []
    held.sort()
    yield from heapq.merge(*runs, held) if runs else held


def _spooled(items: list[tuple[Any, ...]]) -> Spool:
    spool = Spool()
    for item in items:
        spool.append(item)
    return spool
