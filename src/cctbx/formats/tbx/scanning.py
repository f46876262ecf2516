"""Cutting a document into its concept entries and what stands between them, without parsing it.

The document comes as UTF-8, whatever it was; searching bytes and decoding one entry is quicker than decoding all.
An entry goes from its start tag to its end tag. Comments, CDATA sections, processing instructions and the DOCTYPE are
stepped over, so that an entry inside a comment is none. An entry whose end tag is missing ends where the next begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cctbx.findings import Severity
from cctbx.formats.shapes import Found
from cctbx.formats.tbx.decoding import mended
from cctbx.formats.tbx.names import ENTRY_NAMES
from cctbx.formats.tbx.reporting import Reporter
from cctbx.model.patterns import Repeated

__all__ = ["ENTRY_LIMIT", "Piece", "Scanner"]

ENTRY_LIMIT = 1 << 22
"""Bytes a concept entry may have; the largest ones in real files have some hundred thousand."""



def _stop(names: Sequence[str]) -> re.Pattern[bytes]:
    listed = "|".join(names)
    return re.compile(rf"<(?:!--|!\[CDATA\[|\?|!DOCTYPE|((?:[^\s<>/:!?]+:)?(?i:{listed}))(?=[\s/>]))".encode())


_STOP = _stop(ENTRY_NAMES)
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_START_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_IN_DOCTYPE = re.compile(rb"""<!--.*?-->|<\?.*?\?>|"[^"]*"|'[^']*'|\[|\]|>|<!""", re.DOTALL)
_LONGEST_STOP = 200
_SLASH = ord("/")
_AFTER_NAME = b" \t\r\n>"
_PATIENCE = 1 << 16
_LONGEST_CONSTRUCT = 1 << 16
"""Bytes of a comment or CDATA section inside an entry; what has no end so near hides nothing."""


Finder = Callable[[bytes, int, int], Found | None]
"""Looks for a whole entry at a place of a window, whose line is told: its end, its line feeds, and the entry."""


class Piece(NamedTuple):
    """Part of a document: an entry (`name` is its element's name, `cut` if its end tag is missing), or what is not."""

    text: str
    line: int
    name: str | None = None
    cut: bool = False


def _doctype_end(text: bytes, start: int) -> int:
    """Where the document type declaration that starts here ends, or -1."""
    depth, subset = 0, False
    for found in _IN_DOCTYPE.finditer(text, start + 2):
        token = found[0]
        if token == b"[":
            subset = True
        elif token == b"]":
            subset = False
        elif token == b"<!":
            depth += 1
        elif token == b">":
            if depth == 0 and not subset:
                return found.end()
            depth = max(0, depth - 1)
    return -1


class Scanner:
    """Cuts a document (UTF-8, in blocks) into its concept entries and what is not one, in constant memory.

    A window over the text moves forward and only grows as far as one entry needs. `line` is that of the first byte.
    `find` may take entries out before anybody looks for their ends. `names` are those of entries, if not TBX's.
    """

    def __init__(
        self, blocks: Iterator[bytes], reporter: Reporter, line: int = 1, names: Sequence[str] | None = None
    ) -> None:
        self._stop = _stop(names) if names else _STOP
        self._blocks = blocks
        self._reporter = reporter
        self._text = b""
        self._at = 0
        self._line = line
        self._ended = False
        self._whole = False
        self._doubtful = False
        self._patience = _PATIENCE
        self._patterns: dict[bytes, re.Pattern[bytes]] = {}
        self._gap = b"\n"
        self._name = b""
        self.find: Finder | None = None

    @property
    def line(self) -> int:
        """The line of the document it has come to."""
        return self._line

    @property
    def whole(self) -> bool:
        """Whether what has been read so far ends with an entry, to the last byte."""
        return self._whole and self._at == len(self._text) and not self._doubtful

    def _more(self) -> bool:
        """Reads on; False at the end of the file. Positions stay valid until the next `_take`."""
        block = next(self._blocks, None)
        if block is None:
            self._ended = True
            return False
        self._text += block
        return True

    def _take(self, end: int, name: bytes | None = None, cut: bool = False) -> Piece:
        text = self._text[self._at : end]
        line = self._line
        self._line += text.count(b"\n")
        self._at = end
        self._whole = name is not None and not cut
        try:
            decoded = text.decode()
        except UnicodeDecodeError:
            decoded = mended(text, line, self._reporter)
        return Piece(decoded, line, None if name is None else name.decode("utf-8", "replace"), cut)

    def _forget(self) -> None:
        if self._at * 2 > len(self._text) or self._at == len(self._text):
            self._text = self._text[self._at :]
            self._at = 0

    def _known(self, gap: bytes = b"") -> Repeated | None:
        """An entry that can be taken at once, here or behind what stood between the last entries."""
        assert self.find is not None
        if gap and not self._text.startswith(gap, self._at):
            return None
        start, line = self._at + len(gap), self._line + gap.count(b"\n")
        found = self.find(self._text, start, line)
        if found is None or found[0] - start > ENTRY_LIMIT:
            return None
        self._at, self._line, self._whole = found[0], line + found[1], True
        return found[2]

    def _following(self) -> Piece | None:
        """The next entry, if it stands behind what stood between the last ones and all of it is in the window."""
        name, start = self._name, self._at + len(self._gap)
        behind = start + len(name) + 1
        if not name or not self._text.startswith(self._gap + b"<" + name, self._at):
            return None
        end = self._regular_end(name, start, behind)
        if not 0 < end <= start + ENTRY_LIMIT or self._text[behind] not in _AFTER_NAME:
            return None
        self._at = start
        self._line += self._gap.count(b"\n")
        return self._take(end, name)

    def pieces(self) -> Iterator[Piece | Repeated]:
        """The document in order: its concept entries, and in between what is not one."""
        looked = 0
        while True:
            if self._whole and self.find is not None:
                if known := self._known(self._gap):
                    yield known
                    continue
                if following := self._following():
                    yield following
                    continue
            found = self._stop.search(self._text, self._at + looked)
            if found is None:
                safe = max(self._safe_end(), self._at + looked)
                if safe > self._at and not self._ended:
                    yield self._take(safe)
                looked = 0
                self._forget()
                if not self._more():
                    break
                continue
            name = found[1]
            if name is None:
                end = self._construct_end(found)
                if end < 0:
                    break
                looked = end - self._at
                continue
            if found.start() > self._at:
                piece = self._take(found.start())
                if piece.text.isspace():
                    self._gap = piece.text.encode()
                yield piece
            looked = 0
            if self.find is not None and (known := self._known()):
                yield known
                continue
            self._name = name
            yield from self._entry(name)
            self._forget()
        if self._at < len(self._text):
            yield self._take(len(self._text))

    def _safe_end(self) -> int:
        """As far as no stop can begin before the end of the window."""
        opened = self._text.rfind(b"<", max(self._at, len(self._text) - _LONGEST_STOP))
        return len(self._text) if opened < 0 else opened

    def _construct_end(self, found: re.Match[bytes]) -> int:
        """Where a comment, CDATA section, instruction or DOCTYPE ends; -1 if the file ends first."""
        start = found.start()
        while True:
            if found[0] == b"<!DOCTYPE":
                end = _doctype_end(self._text, start)
            else:
                closing = _ENDS[found[0]]
                end = self._text.find(closing, found.end())
                end = end + len(closing) if end >= 0 else -1
            if end >= 0:
                return end
            if len(self._text) - start > ENTRY_LIMIT or not self._more():
                return -1

    def _entry(self, name: bytes) -> Iterator[Piece]:
        """The entry whose start tag is at the front of the window."""
        reached = self._at + 1
        self._patience = _PATIENCE
        while True:
            end, cut = self._entry_end(name, reached)
            if 0 <= end <= self._at + ENTRY_LIMIT:
                yield self._take(end, name, cut)
                return
            if max(end, len(self._text)) - self._at > ENTRY_LIMIT:
                yield from self._skip(name)
                return
            reached = max(self._at + 1, len(self._text) - len(name) - 3)
            if self._ended or not self._more():
                yield self._take(len(self._text), name, True)
                return

    def _entry_end(self, name: bytes, reached: int) -> tuple[int, bool]:
        """End of the entry in the window (or -1), and whether it is cut short by the next entry.

        The regular case is three searches at the speed of C; anything odd is looked at token by token.
        """
        text, start = self._text, self._at
        end = self._regular_end(name, start, reached)
        if end > 0:
            return end, False
        if end < 0 and len(text) - start < self._patience and not self._ended:
            return -1, False
        self._patience = 4 * (len(text) - start)  # looking closely at ever larger windows, not at each one
        return self._careful_end(name)

    def _regular_end(self, name: bytes, start: int, reached: int) -> int:
        """End of an entry; -1 if its end tag is not in the window, 0 if there is anything odd before it."""
        text = self._text
        closing = b"</" + name + b">"
        end = text.find(closing, reached)
        if end < 0:
            return -1
        odd = text.find(b"!", start, end) >= 0 and text.find(b"<!", start, end) >= 0
        if odd or text.find(b"<" + name, start + 1, end) >= 0 or text[text.find(b">", start) - 1] == _SLASH:
            return 0
        return end + len(closing)

    def _careful_end(self, name: bytes) -> tuple[int, bool]:
        tag = _START_TAG.match(self._text, self._at)
        if tag and tag[0].endswith(b"/>"):
            return tag.end(), False
        pattern = self._patterns.get(name)
        if pattern is None:
            any_text = b".{0,%d}?" % _LONGEST_CONSTRUCT
            odd = any_text.join((b"<!--", rb"-->|<!\[CDATA\[", rb"\]\]>|<\?", rb"\?>"))
            odd += rb"|(?P<open><!--|<!\[CDATA\[|<\?)"
            tags = rb"(?P<end></%b\s*>)|(?P<start><%b(?=[\s/>]))" % (re.escape(name), re.escape(name))
            pattern = re.compile(odd + b"|" + tags, re.DOTALL)
            self._patterns[name] = pattern
        for found in pattern.finditer(self._text, tag.end() if tag else self._at + 1):
            if found["end"]:
                return found.end(), False
            if found["start"]:
                return found.start(), True
            if found["open"] and len(self._text) - found.start() < _LONGEST_CONSTRUCT:
                if not self._ended:
                    return -1, False
                self._doubtful = True
        return -1, False

    def _skip(self, name: bytes) -> Iterator[Piece]:
        """Leaves out an entry that is too large: up to the next start or end tag of an entry."""
        self._reporter.say(
            "FMT010", f"a concept entry has more than {ENTRY_LIMIT:,} bytes and was left out", Severity.ERROR,
            line=self._line, advice="split the entry; no terminological entry is that long",
        )  # fmt: skip
        boundary = re.compile(rb"</%b\s*>|<%b(?=[\s/>])" % (re.escape(name), re.escape(name)))
        self._take(self._at + 1)
        while True:
            found = boundary.search(self._text, self._at)
            if found:
                self._take(found.end() if found[0].startswith(b"</") else found.start())
                return
            self._take(max(self._at, len(self._text) - _LONGEST_STOP))
            self._forget()
            if not self._more():
                self._take(len(self._text))
                return
        yield  # pragma: no cover - makes this a generator
