"""Goes on after an error of well-formedness: a parser stops for good, so a new one begins at the next entry.

It is told what was open before the entry (root, text, body), with as many line breaks as have passed.
"""

from __future__ import annotations

import html

from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["Recovery"]

_MOST = 1000


class Recovery:
    """Where the parser is, and how another one can take its place."""

    def __init__(self) -> None:
        self.needed = False
        self.seeking = False
        self._line = 1
        self._open = ("", "")
        self._entry = b""
        self.closing = b""
        """What ends the elements that entries stand in."""
        self._times = 0
        self._taken = b""
        self._line_before = 1
        self._encoding = "UTF-8"

    def learn(self, entry: XmlElement) -> None:
        """Take over from the first entry how it is written and what it stands in."""
        holders = list(entry.iterancestors())[::-1]
        if not holders:
            return  # the entry is the root: nothing can follow it
        self._entry = f"<{_name(entry)}".encode()
        root = holders[0]
        spaces = "".join(
            f' xmlns{":" if prefix else ""}{prefix or ""}="{html.escape(uri)}"' for prefix, uri in root.nsmap.items()
        )
        inner = "".join(f"<{_name(each)}>" for each in holders[1:])
        self.closing = "".join(f"</{_name(each)}>" for each in reversed(holders)).encode()
        self._open = f"<{_name(root)}{spaces}", f">{inner}"

    def fed(self, block: bytes) -> None:
        """Count the lines the parser has taken."""
        self._taken, self._line_before = block, self._line
        self._line += block.count(b"\n")

    def untaken(self) -> bytes:
        """The last block again: the parser has found out only at the end that something is wrong in it."""
        self._line, block, self._taken = self._line_before, self._taken, b""
        return block

    def give_up(self) -> None:
        """Nothing more can be read."""
        self.needed = self.seeking = True
        self._entry = b""

    def restart(self, block: bytes, line: int, encoding: str) -> bytes:
        """What a new parser gets after an error at this line: the rest of the block from its next entry on."""
        self.needed = self.seeking = True
        self._encoding = encoding
        self._times += 1
        if self._times > _MOST:
            self.give_up()
        at = 0
        for _ in range(max(0, line - self._line)):
            at = block.find(b"\n", at) + 1
        if at == 0 and line >= self._line and block.startswith(self._entry):
            at = len(self._entry)  # not the broken entry again
        self._line += block.count(b"\n", 0, at)
        return self.after(block[at:])

    def after(self, block: bytes) -> bytes:
        """The block as the parser may have it: all of it, or while an entry is sought what begins with the next."""
        if not self.seeking:
            return block
        at = self._next(block)
        if at < 0:
            self._line += block.count(b"\n")
            return b""
        self._line += block.count(b"\n", 0, at)
        self.seeking = False
        breaks = "\n" * (self._line - 1)
        self._line = 1
        declaration = f'<?xml version="1.0" encoding="{self._encoding}"?>'
        return (declaration + breaks.join(self._open)).encode() + block[at:]

    def _next(self, block: bytes) -> int:
        if not self._entry:
            return -1
        at = block.find(self._entry)
        while at >= 0 and block[at + len(self._entry) : at + len(self._entry) + 1].isalnum():
            at = block.find(self._entry, at + 1)
        return at


def _name(element: XmlElement) -> str:
    local: str = element.tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local
