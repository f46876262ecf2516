"""From bytes to text: which encoding, what to do with bytes that are not of it, line ends made one.

XML 1.0, 4.3.3 and appendix F: a byte order mark outranks the declaration; without either, UTF-8. Beyond the standard:
UTF-16 without a mark is recognised by its zero bytes, a declaration the bytes contradict is reported and overruled, and
bytes that are not of the encoding are read as windows-1252, which is what they mostly are.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from cctbx.findings import Severity
from cctbx.formats.tbx.reporting import Reporter

__all__ = ["BLOCK", "Encoding", "Source", "as_utf8", "decoded", "mended", "recognised"]

BLOCK = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16be"),
)
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARATION = re.compile(r"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]*)["']""")


class Source(Protocol):
    """What bytes are read from: a stream, or part of one."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many; none at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """The encoding of a file: the codec to use, the byte order mark found, what the declaration says."""

    codec: str
    mark: str | None = None
    mark_length: int = 0
    declared: str | None = None
    contradicted: bool = False
    unknown: bool = False


def _declared(head: bytes, codec: str) -> str | None:
    found = _DECLARATION.match(head[:1024].decode(codec, "replace"))
    return found[1] if found else None


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return None


def recognised(head: bytes) -> Encoding:
    """The encoding of a file that begins with these bytes."""
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            declared = _declared(head[len(mark) :], codec)
            known = _codec(declared) if declared else None
            agrees = declared is None or known is None or known.startswith(codec[:6]) or codec.startswith(known[:6])
            return Encoding(
                codec=codec, mark=name, mark_length=len(mark), declared=declared, contradicted=not agrees
            )
    for start, codec in _WIDE:
        if head.startswith(start):
            declared = _declared(head, codec)
            known = _codec(declared) if declared else None
            return Encoding(codec=codec, declared=declared, contradicted=not (known or "").startswith("utf-16"))
    declared = _declared(head, "latin-1")
    if declared is None:
        return Encoding(codec="utf-8")
    known = _codec(declared)
    if known and known.startswith(("utf-16", "utf-32")):  # the declaration was read as ASCII: the bytes are not wide
        return Encoding(codec="utf-8", declared=declared, contradicted=True)
    if known is None or not _is_text(known):
        return Encoding(codec="utf-8", declared=declared, unknown=True)
    return Encoding(codec=known, declared=declared)


def _is_text(codec: str) -> bool:
    try:
        return isinstance(b"<".decode(codec), str) and b"<".decode(codec) == "<"
    except (LookupError, UnicodeError, AssertionError):
        return False


def mended(text: bytes, line: int, reporter: Reporter, codec: str = "utf-8") -> str:
    """Text of an encoding with bytes that are not: those are read as windows-1252, and reported."""
    pieces: list[str] = []
    wrong = 0
    while text:
        try:
            pieces.append(text.decode(codec))
            break
        except UnicodeDecodeError as error:
            pieces.append(text[: error.start].decode(codec, "replace"))
            pieces.append(text[error.start : error.end].decode("cp1252", "replace"))
            wrong += 1
            text = text[error.end :]
    reporter.say("FMT005", f"bytes that are not {codec} were read as windows-1252 ({wrong} places)", Severity.ERROR,
                 line=line, advice="save the file in the encoding it declares")  # fmt: skip
    return "".join(pieces)


def _said(encoding: Encoding, reporter: Reporter) -> None:
    if encoding.contradicted:
        reporter.say("FMT003", f"the file declares {encoding.declared}, its bytes are {encoding.codec}",
                     Severity.WARNING, advice=f"declare {encoding.codec}", line=1)  # fmt: skip
    if encoding.unknown:
        reporter.say("FMT004", f"the declared encoding {encoding.declared!r} is unknown: read as UTF-8",
                     Severity.WARNING, advice="declare UTF-8", line=1)  # fmt: skip


def as_utf8(stream: Source, head: bytes, encoding: Encoding, reporter: Reporter) -> Iterator[bytes]:
    """A file as UTF-8 in blocks, line ends as `\\n` (XML 1.0, 2.11), byte order mark gone. `head` was read before.

    UTF-8 passes as it is: what is not UTF-8 in it shows when a piece of it is decoded (`mended`).
    """
    _said(encoding, reporter)
    held = b""
    for block in _blocks(stream, head[encoding.mark_length :], encoding, reporter):
        block = held + block
        held = b""
        if b"\r" in block:
            if block.endswith(b"\r"):
                block, held = block[:-1], b"\r"
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        yield block
    if held:
        yield b"\n"


def _blocks(stream: Source, head: bytes, encoding: Encoding, reporter: Reporter) -> Iterator[bytes]:
    if encoding.codec == "utf-8":
        yield head
        while block := stream.read(BLOCK):
            yield block
        return
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    block, line = head, 1
    while True:
        following = stream.read(BLOCK)
        pending = decoder.getstate()[0] + block
        try:
            text = decoder.decode(block, not following)
        except UnicodeDecodeError:
            decoder.reset()
            text = mended(pending, line, reporter, encoding.codec)
        line += text.count("\n")
        yield text.encode("utf-8", "replace")
        if not following:
            return
        block = following


def decoded(stream: BinaryIO, head: bytes, encoding: Encoding, reporter: Reporter) -> Iterator[str]:
    """The text of a file in blocks, line ends as `\\n`, no byte order mark; what is not of the encoding is reported."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    for block in _ended(as_utf8(stream, head, encoding, reporter)):
        pending = decoder.getstate()[0] + block[0]
        try:
            text = decoder.decode(*block)
        except UnicodeDecodeError:
            decoder.reset()
            text = mended(pending, line, reporter)
        line += text.count("\n")
        yield text


def _ended(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each block with whether it is the last."""
    held = next(blocks, b"")
    for block in blocks:
        yield held, False
        held = block
    yield held, True
