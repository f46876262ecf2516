"""Cutting a large document where one concept entry ends and the next begins, so that several processes can read it.

A place is found by looking at a few kilobytes of the file, so it is a guess: the end tag may stand in a comment or a
CDATA section. Whoever reads up to it finds out: only if an entry ends there, and nothing is open, was it good. The
reading before it is never wrong, and what was read from it on is thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import BinaryIO

from cctbx.formats.tbx.decoding import BLOCK, recognised
from cctbx.formats.tbx.names import ENTRY_NAMES

__all__ = ["PART", "Stretch", "stops"]

PART = 1 << 21
"""Bytes of a part, about: what is made of it goes from one process to the other in one piece."""
_WINDOW = 1 << 16
_FARTHEST = 1 << 22
_NAMES = "|".join(ENTRY_NAMES)
_BOUNDARY = re.compile(rf"</((?:[^\s<>/:!?]+:)?(?i:{_NAMES}))\s*>(?=\s*<\1[\s/>])".encode())


def stops(stream: BinaryIO, size: int | None = None) -> tuple[int, ...]:
    """Byte offsets at which the document can be cut, about `size` (`PART`) apart, in order: behind the end of an entry,
    before the start of the next. What is before the first and behind the last is to be read by whoever reads the whole.

    None where the file is small, or in an encoding in which bytes cannot be looked at (all but UTF-8). The stream is
    left where it was at the beginning: at its start.
    """
    size = size or PART
    head = stream.read(BLOCK)
    found: list[int] = []
    if recognised(head).codec == "utf-8":
        end = stream.seek(0, 2)
        target = min(size, BLOCK)
        while target < end:
            stop = _boundary(stream, target)
            if stop is None:
                break
            found.append(stop)
            target = stop + size
    stream.seek(0)
    return tuple(found)


def _boundary(stream: BinaryIO, start: int) -> int | None:
    """The first place behind `start` where an entry ends and another begins, if it is not far away."""
    stream.seek(start)
    text = b""
    while len(text) < _FARTHEST:
        block = stream.read(_WINDOW)
        if not block:
            return None
        looked = max(0, len(text) - 1024)
        text += block
        found = _BOUNDARY.search(text, looked)
        if found:
            return start + found.end()
    return None


class Stretch:
    """A stream that ends at a stop, if the reading has come to a boundary there; else it goes on to the next stop.

    `whole` says whether the reading has; it is asked when all up to a stop has been read. `reached` is the number of
    stops that were passed or ended at; beyond the last stop the stream ends where the file does: `ended`.
    With `reached` the reading begins at that stop.
    """

    def __init__(self, stream: BinaryIO, stops: Sequence[int], reached: int = 0) -> None:
        self._stream = stream
        self._stops = stops
        self.reached = reached
        self.ended = False
        self.whole: Callable[[], bool] = bool
        self._at = 0
        if reached:
            self._at = stream.seek(stops[reached - 1])

    def read(self, size: int) -> bytes:
        """The next bytes, at most so many; none at the end."""
        if self.reached < len(self._stops):
            left = self._stops[self.reached] - self._at
            if left == 0:
                self.reached += 1
                return b"" if self.whole() else self.read(size)
            size = min(size, left)
        block = self._stream.read(size)
        self._at += len(block)
        self.ended = not block
        return block
