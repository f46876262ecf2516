"""Cuts a byte stream into what the parser must see and the entries that may take the shortcut.

The parser gets every byte, except those of entries that the shortcut accepts: in their place stands one empty element
with as many line breaks, so that the parser's lines stay those of the file.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Generator, Iterator

from cctbx.formats.tbx.validation.shortcut import Shortcut, harmless

__all__ = ["Feeder"]

_LONGEST = 1 << 20
_MOST_BREAKS = 1 << 20
"""The parser refuses tags that are very much longer."""
_MOST_COLUMNS = 1 << 16
_BETWEEN = re.compile(rb"(?:\s|<!--(?:(?!--).)*-->)*", re.DOTALL)


class Feeder:
    """From blocks of a file to what is to be fed. `start` switches the shortcut on, once the root is known."""

    def __init__(self) -> None:
        self.namespace = f"urn:cctbx:accepted:{os.urandom(8).hex()}"
        self.pending: deque[bytes | None] = deque()
        """The entries that the parser has been given, as far as the shortcut may learn from them."""
        self._shortcut: Shortcut | None = None
        self._open = self._close = b""
        self._rest = b""
        self._line = 1
        self._accepted = 0
        self._breaks = self._gap = 0
        self._first = True
        self._column = 0
        """Of what comes next; the parser says columns where something is not well-formed."""

    @property
    def started(self) -> bool:
        """Whether the shortcut has been switched on, ever."""
        return bool(self._open)

    def start(self, shortcut: Shortcut, entry: str, block: bytes) -> None:
        """From the next block on, try the shortcut. `entry`: the name of entries as written, with its prefix;
        `block`: the one before. Does nothing if that ends inside a comment or a CDATA section."""
        if block.rfind(b"<!--") > block.rfind(b"-->") or block.rfind(b"<![CDATA[") > block.rfind(b"]]>"):
            return
        self._shortcut = shortcut
        self._open, self._close = f"<{entry}".encode(), f"</{entry}>".encode()

    def feed(self, block: bytes) -> Iterator[bytes]:
        """What the parser is to get for a block of the file."""
        if self._shortcut is None:
            yield from self._pass(block)
            return
        data, at = self._rest + block, 0
        if self._first:
            at = yield from self._half(data)
            if self._first:
                return
        at = yield from self._entries(data, at, self._shortcut, harmless(data))
        if self._breaks > _MOST_BREAKS:
            yield from self._placeholder(data, at)
        self._column = self._column_at(data, at)
        self._rest = data[at:]
        if self._strange(self._rest):
            yield from self.finish()
            self._shortcut = None

    def _half(self, data: bytes) -> Generator[bytes, None, int]:
        """Pass what stands before the first entry that begins in this data. Where it begins, if there is one."""
        at = data.find(self._open)
        begun = data if at < 0 else data[:at]
        # an entry that the parser has half of comes to its end here
        self.pending.extend([None] * begun.count(self._close))
        yield from self._pass(begun)
        self._first = at < 0
        return at

    def _entries(self, data: bytes, at: int, shortcut: Shortcut, clean: bool) -> Generator[bytes, None, int]:
        """Pass the entries from this place on, but for those that the shortcut accepts. Where they end."""
        knows, accepts = shortcut.knows, shortcut.accepts
        while (begin := data.find(self._open, at)) >= 0:
            between = data[at:begin]
            gap = between.count(b"\n")
            line = self._line + self._breaks + gap
            blank = not between or between.isspace()
            free = clean and blank and not self.pending  # else the parser has not seen the end of the last one
            if free and (known := knows(data, begin, line)) is not None:
                at = known[0]
                self._accept(gap, known[1])
                continue
            end = data.find(self._close, begin)
            if end < 0 or not (blank or _BETWEEN.fullmatch(between)):
                break
            piece = data[begin : end + len(self._close)]
            if free and accepts(piece, line):
                self._accept(gap, piece.count(b"\n"))
            else:
                yield from self._long_way(data, at, begin, piece if clean else None)
                yield from self._pass(piece)
            at = end + len(self._close)
        return at

    def _long_way(self, data: bytes, at: int, begin: int, piece: bytes | None) -> Iterator[bytes]:
        """Pass what comes before an entry that goes the long way, and what may be learnt from it."""
        yield from self._placeholder(data, at)
        yield from self._pass(data[at:begin])
        self.pending.append(piece)

    def _strange(self, rest: bytes) -> bool:
        """Whether what waits for its end is something other than an entry, or is longer than an entry should be."""
        begin = rest.lstrip()[: len(self._open)]
        known = self._open.startswith(begin) or begin[:4] == b"<!--"[: len(begin)]
        return len(rest) > _LONGEST or not known

    def _accept(self, gap: int, breaks: int) -> None:
        """Count an entry that the parser need not see, with the line breaks before it and those in it."""
        if not self._accepted:
            self._gap = gap
        self._accepted += 1
        self._breaks += gap + breaks

    def _column_at(self, data: bytes, place: int) -> int:
        """How many characters stand before this place in its line."""
        begin = data.rfind(b"\n", 0, place) + 1
        return len(data[begin:place].decode(errors="ignore")) + (0 if begin else self._column)

    def _placeholder(self, data: bytes, place: int) -> Iterator[bytes]:
        """What stands for the accepted entries, the last of which ends at this place of the data."""
        if self._accepted:
            if self._gap:
                yield b"\n" * self._gap
            column = self._column_at(data, place)
            yield from self.stand_in(self._open[1:], self._accepted, self._breaks - self._gap, column)
            self._line += self._breaks
            self._accepted = self._breaks = 0

    def stand_in(self, entry: bytes, count: int, breaks: int, column: int = 0) -> Iterator[bytes]:
        """What stands for so many entries of this name, with so many line breaks, that the parser need not see.

        Empty elements, none of them with more breaks than the parser can stand; they end in this column, if they can.
        """
        prefix = entry.rpartition(b":")[0]
        spaces = b"xmlns" + (b":" + prefix if prefix else b"")
        indent = b" " * min(column - 2, _MOST_COLUMNS) if breaks else b""
        while True:
            some = min(breaks, _MOST_BREAKS)
            head = b'<%b %b="%b" n="%d"' % (entry, spaces, self.namespace.encode(), count)
            count, breaks = 0, breaks - some
            yield head + b"\n" * some + (b"" if breaks else indent) + b"/>"
            if not breaks:
                return

    def _pass(self, data: bytes) -> Iterator[bytes]:
        self._line += data.count(b"\n")
        if data:
            yield data

    def finish(self) -> Iterator[bytes]:
        """What is left at the end of the file."""
        yield from self._placeholder(b"", 0)
        yield from self._pass(self._rest)
        self._rest = b""
