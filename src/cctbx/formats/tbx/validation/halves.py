"""The validation of one file by two processes: each looks at a half of its entries, and what is known of the second
half is added to what is known of the first.

Where the file can be cut is a guess; whether it was a good one is known when the first half has been read (`sound`). If
not, the file has to be validated in one piece: it begins with the same findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from lxml import etree

from cctbx.findings import Finding
from cctbx.formats.tbx.names import ENTRY_NAMES
from cctbx.formats.tbx.parts import stops
from cctbx.formats.tbx.validation.modes import ValidationOptions
from cctbx.formats.tbx.validation.prolog import read_prolog
from cctbx.formats.tbx.validation.session import Session, TooLargeError
from cctbx.ledger import LedgerFiles

__all__ = ["Cut", "FirstHalf", "Rest", "SecondHalf", "cut"]

_HEAD = 1 << 20
_BLOCK = 1 << 20
_SHARE = 0.53
"""Of the file, for the first half: its process does not have to count what it does not read, nor to keep findings."""
_NAMES = "|".join(ENTRY_NAMES)
_FIRST_ENTRY = re.compile(
    rf"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<((?:[^\s<>/:!?]+:)?(?:{_NAMES}))(?=[\s/>])".encode(), re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Where a file is cut: the offsets of its first entry and of the cut, the name of its entries as written."""

    first: int
    stop: int
    name: bytes

    def counted(self, stream: BinaryIO) -> tuple[int, int, int] | None:
        """Entries from the first to the cut, the line breaks there, and those before; None: it breaks lines oddly."""
        stream.seek(0)
        before = stream.read(self.first)
        entries = breaks = returns = pairs = 0
        tag, tail = b"<" + self.name, b""
        left = self.stop - self.first
        while left and (block := stream.read(min(_BLOCK, left))):
            left -= len(block)
            breaks += block.count(b"\n")
            if b"\r" in block or tail[-1:] == b"\r":
                returns += block.count(b"\r")
                pairs += (tail[-1:] + block).count(b"\r\n")
            seen = tail + block
            entries += seen.count(tag)
            tail = seen[1 - len(tag) :]
        return None if returns != pairs else (entries, breaks, before.count(b"\n"))


def cut(stream: BinaryIO, size: int) -> Cut | None:
    """Where a file of this size can be cut; None: nowhere. The stream must be able to seek; it is left at its start."""
    head = stream.read(_HEAD)
    found = next((each for each in _FIRST_ENTRY.finditer(head) if each[1]), None)
    stream.seek(0)
    if found is None or read_prolog(head).entities:
        return None
    placed = stops(stream, int(size * _SHARE))
    after = [each for each in placed if each > found.end() and each > size // 3]
    return Cut(first=found.start(), stop=after[0], name=found[1]) if after else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What is known of the second half of a file when all of it has been read."""

    references: LedgerFiles
    used: frozenset[str]
    edition: str
    whole: bool


class FirstHalf(Session):
    """The validation of a file up to the cut, where the stream ends.

    Iterate over `run` once. Then `sound` tells whether it was a good cut, and `entries` how many there were; if so,
    `absorb` what is known of the rest, and `finish`.
    """

    sound = False

    def run(self, stream: BinaryIO) -> Iterator[Finding]:
        try:
            yield from self._begun(stream)
            if self._recovery.needed or self._ground.edition is not self._usual:
                return
            self._parser.feed(self._recovery.closing)
            root = self._parser.close()
            yield from self._units(self._parser)
        except (TooLargeError, etree.XMLSyntaxError):
            return
        for body in root.iter("{*}body"):
            self._holders.inside(body)
        yield from self.reporter.take()
        self.sound = True

    def absorb(self, rest: Rest) -> bool:
        """Take over what is known of the second half; False: the two do not belong together."""
        if self._usual is None or self._usual.name != rest.edition:
            return False
        self.references.absorb(rest.references)
        if self._ground.categories is not None:
            self._ground.categories.used |= rest.used
        self._recovery.needed = not rest.whole
        return True


class SecondHalf(Session):
    """The validation of a file from the cut on, where the stream is. Iterate over `run` once, then `leave`.

    head    what stands before the first entry of the file
    before  what stands for the entries of the first half: their name, how many, the line breaks in them
    """

    def __init__(
        self, *, file: str, options: ValidationOptions, head: bytes, before: tuple[bytes, int, int]
    ) -> None:  # fmt: skip
        super().__init__(file=file, options=options)
        self._head, self._before = head, before
        self._entered = False

    def run(self, stream: BinaryIO) -> Iterator[Finding]:
        self._ground.look_at_prolog(read_prolog(self._head))
        try:
            for block in chain((self._head,), self._feeder.stand_in(*self._before)):
                for _ in self._fed(self._feeder.feed(block)):
                    pass  # the first half says so
            yield from (each for each in self._read(stream) if self._entered)
            yield from self._close()
        except TooLargeError as error:
            self.reporter.at("TBX012", str(error))
            yield from self.reporter.take()

    def _enter(self) -> None:
        super()._enter()
        self.reporter.take()
        self.references.restart()
        self._usual = self._ground.edition

    def leave(self, folder: str) -> Rest:
        """What the first half must know, with files in a folder."""
        categories = self._ground.categories
        used = frozenset(categories.used) if categories is not None else frozenset()
        name = self._usual.name if self._usual is not None else ""
        return Rest(references=self.references.leave(folder), used=used, edition=name, whole=not self._recovery.needed)
