"""Byte streams and text lines: looking at the head of a stream that cannot rewind, decoding what files really hold."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from cctbx.formats.contract import ReadOptions
from cctbx.formats.reporting import say

__all__ = ["HEAD", "guess_encoding", "head_text", "peeked", "text_lines", "utf8_writer"]

HEAD = 1 << 16
"""How many bytes a sniffer sees."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_MAGIC = re.compile(rb"-\*-.*?coding:\s*([-\w.]+).*?-\*-")
_ESCAPED = re.compile("[\udc80-\udcff]+")
FALLBACK = "windows-1252"
"""What is assumed of bytes that are neither Unicode nor say their encoding; every byte means something in it."""


class _Prefixed(io.RawIOBase):
    """A stream whose head was already read."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            part, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            part = self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def peeked(stream: BinaryIO, size: int = HEAD) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and a stream that still has them."""
    head = stream.read(size)
    return head, cast(BinaryIO, io.BufferedReader(_Prefixed(head, stream), 1 << 18))


def _looks_utf16(head: bytes) -> str | None:
    """The flavour of UTF-16 without a byte order mark, told by where the zero bytes of ASCII characters stand."""
    even, odd = head[0:400:2].count(0), head[1:400:2].count(0)
    half = max(len(head[:400]) // 2, 1)
    if odd > half * 0.4 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd == 0 else None


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return False
    return True


def _known_codec(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def guess_encoding(head: bytes) -> tuple[str, bool]:
    """The encoding of a text file by its first bytes, and whether it is certain.

    In this order: byte order mark, `-*- coding: … -*-` in the first line, UTF-16 by its zero bytes, valid UTF-8.
    Statistical guessing is not used: it takes short Swedish glossaries for Korean or Thai.
    """
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding, True
    magic = _MAGIC.search(head.split(b"\n", 1)[0])
    if magic and (named := _known_codec(magic[1].decode("ascii"))):
        return named, True
    if wide := _looks_utf16(head):
        return wide, True
    return ("utf-8", True) if _is_utf8(head) else (FALLBACK, False)


def head_text(head: bytes) -> str:
    """The head of a file as text, for sniffers: never raises."""
    return head.decode(guess_encoding(head)[0], errors="replace")


def _repaired(line: str, number: int, options: ReadOptions) -> str:
    """A line with the bytes that were not UTF-8 read as windows-1252, reported."""
    say(options, "FMT101", f"bytes that are not UTF-8 were read as {FALLBACK}", line=number,
        advice="check the line and save the file as UTF-8")
    return _ESCAPED.sub(lambda found: found[0].encode("utf-8", "surrogateescape").decode(FALLBACK, "replace"), line)


def text_lines(stream: BinaryIO, options: ReadOptions) -> Iterator[str]:
    """The lines of a text file with their line ends, lazily. Findings: FMT100 encoding assumed, FMT101 bytes repaired.

    A byte order mark is taken off. A line ends at LF, CR LF or CR.
    """
    head, whole = peeked(stream)
    encoding, certain = guess_encoding(head)
    if not certain:
        say(options, "FMT100", f"the encoding is not stated and not UTF-8; read as {encoding}",
            advice="save the file as UTF-8 with a byte order mark")
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    text = io.TextIOWrapper(whole, encoding=encoding, errors=errors, newline="")
    for number, line in enumerate(text, start=1):
        yield line if line.isascii() or not _ESCAPED.search(line) else _repaired(line, number, options)


def utf8_writer(out: BinaryIO, *, mark: bool = False, newline: str = "\n") -> io.TextIOWrapper:
    """A text writer over a byte stream that stays open. Call `detach()` when done."""
    if mark:
        out.write(codecs.BOM_UTF8)
    return io.TextIOWrapper(out, encoding="utf-8", errors="surrogatepass", newline=newline, write_through=False)
