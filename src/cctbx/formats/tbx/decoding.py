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
from typing import BinaryIO

from cctbx.findings import Severity
from cctbx.formats.tbx.reporting import Reporter

__all__ = ["Encoding", "decoded", "recognised"]

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
    if known is None or not _is_text(known):
        return Encoding(codec="utf-8", declared=declared, unknown=True)
    if known.startswith(("utf-16", "utf-32")):  # the declaration could be read as ASCII: these bytes are not wide
        return Encoding(codec="utf-8", declared=declared, contradicted=True)
    return Encoding(codec=known, declared=declared)


def _is_text(codec: str) -> bool:
    try:
        return isinstance(b"<".decode(codec), str) and b"<".decode(codec) == "<"
    except (LookupError, UnicodeError, AssertionError):
        return False


class _Decoder:
    """Decodes block after block; what cannot be decoded is read as windows-1252 and counted."""

    def __init__(self, codec: str) -> None:
        self._codec = codec
        self._strict = codecs.getincrementaldecoder(codec)()
        self.wrong = 0

    def decode(self, block: bytes, final: bool) -> str:
        state = self._strict.getstate()
        try:
            return self._strict.decode(block, final)
        except UnicodeDecodeError:
            self._strict.setstate(state)
            return self._mended(state[0] + block, final)

    def _mended(self, block: bytes, final: bool) -> str:
        self._strict.reset()
        pieces: list[str] = []
        while block:
            try:
                pieces.append(self._strict.decode(block, final))
                break
            except UnicodeDecodeError as error:
                self._strict.reset()
                pieces.append(block[: error.start].decode(self._codec, "replace"))
                pieces.append(block[error.start : error.end].decode("cp1252", "replace"))
                self.wrong += 1
                block = block[error.end :]
        return "".join(pieces)


def decoded(stream: BinaryIO, head: bytes, encoding: Encoding, reporter: Reporter) -> Iterator[str]:
    """The text of a file in blocks, line ends as `\\n` (XML 1.0, 2.11), byte order mark gone. `head` was read."""
    if encoding.contradicted:
        reporter.say("FMT003", f"the file declares {encoding.declared}, its bytes are {encoding.codec}",
                     Severity.WARNING, advice=f"declare {encoding.codec}", line=1)  # fmt: skip
    if encoding.unknown:
        reporter.say("FMT004", f"the declared encoding {encoding.declared!r} is unknown: read as UTF-8",
                     Severity.WARNING, advice="declare UTF-8", line=1)  # fmt: skip
    decoder = _Decoder(encoding.codec)
    block, line, held, reported = head[encoding.mark_length :], 1, "", 0
    while True:
        following = stream.read(BLOCK)
        text = held + decoder.decode(block, not following)
        held = ""
        if "\r" in text:
            if text.endswith("\r") and following:
                text, held = text[:-1], "\r"
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if decoder.wrong > reported:
            reporter.say("FMT005", f"bytes that are not {encoding.codec} were read as windows-1252 "
                         f"({decoder.wrong - reported} places after line {line})", Severity.ERROR, line=line,
                         advice="save the file in the encoding it declares")  # fmt: skip
            reported = decoder.wrong
        line += text.count("\n")
        yield text
        if not following:
            return
        block = following
