"""A TBX document as raw concept entries, for comparisons: what is the same as text need not be parsed.

Entries are cut out by `scanning`, so comments and CDATA sections deceive nobody, and any encoding XML knows will do. A
document that has more between its entries than white space and comments, or entries without ids, is irregular: read it
whole instead.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import BinaryIO, NamedTuple, cast

from cctbx.formats.contract import ReadOptions
from cctbx.formats.tbx.decoding import BLOCK, as_utf8, recognised
from cctbx.formats.tbx.reader import read
from cctbx.formats.tbx.reporting import Reporter
from cctbx.formats.tbx.scanning import Piece, Scanner
from cctbx.model import TermBaseStream

__all__ = ["IrregularError", "RawEntry", "RawTermBase", "same_layout_apart", "sketch", "skip_alike", "without_id"]

_VALUE = r"""(?:"[^"]*"|'[^']*')"""
_ID = re.compile(
    rf"""<[^\s<>]+(?:\s+(?!id\s*=)[^\s=<>]+\s*=\s*{_VALUE})*(\s+id\s*=\s*(?:"([^"]*)"|'([^']*)'))"""
)
_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ROOT = re.compile(r"<[A-Za-z][^\s<>/]*(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")
_NAME = re.compile(r"<[^\s<>/]+")
_ATTRIBUTE = re.compile(r"""([^\s=<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BETWEEN_TAGS = re.compile(r">\s+<")
_WHITE = re.compile(r"\s+")
_INLINE = re.compile(r"<(?:[^\s<>/]+:)?(?:hi|foreign|ph|sc|ec|bpt|ept|it|CDATA|!)[\s>/\[]")


class IrregularError(Exception):
    """The document cannot be taken apart safely; read it whole."""


class RawEntry(NamedTuple):
    """The text of a concept entry from tag to tag, with its id and its line."""

    id: str
    text: str
    line: int


class _Walker(Scanner):
    """A scanner that may be sent forward, past entries nobody needs to see."""

    def ahead(self) -> int:
        """How many bytes of the document are in the window, which is filled first."""
        self._forget()
        while len(self._text) - self._at < BLOCK and self._more():
            pass
        return len(self._text) - self._at

    def look(self, start: int, end: int) -> bytes:
        """What stands so many bytes ahead, as UTF-8."""
        return self._text[self._at + start : self._at + end]

    def go(self, distance: int) -> None:
        """Moves forward, to a place behind an entry."""
        self._take(self._at + distance)


def _alike_for(one: _Walker, other: _Walker) -> int:
    """For how many bytes two windows are the same, in steps that grow."""
    reach, start, step = min(one.ahead(), other.ahead()), 0, 1 << 12
    while start < reach:
        end = min(start + step, reach)
        if one.look(start, end) != other.look(start, end):
            if step == _FINEST:
                return start
            step = _FINEST
            continue
        start, step = end, step if step == _FINEST else step * 2
    return start


_FINEST = 1 << 9


def skip_alike(one: RawTermBase, other: RawTermBase) -> list[bytes]:
    """Step over the whole entries that are the same text in both documents from here on; their ids, as UTF-8.

    Both must just have given an entry, and mean the same with the same text. Where there are comments or CDATA sections
    nothing is skipped: they might look like entries.
    """
    first, second = one._walker, other._walker
    alike = first.look(0, _alike_for(first, second))
    closing = one.closing.encode()
    end = alike.rfind(closing)
    if end < 0 or alike.find(b"<!", 0, end) >= 0 or alike.find(b"<?", 0, end) >= 0:
        return []
    end += len(closing)
    names = _opening(one.closing).findall(alike, 0, end)
    if len(names) != alike.count(closing, 0, end):
        return []
    first.go(end)
    second.go(end)
    return names


@cache
def _opening(closing: str) -> re.Pattern[bytes]:
    """The start tag of an entry, with its id."""
    name = re.escape(closing[2:-1])
    return re.compile(rf"""<{name}(?=\s)[^<>]*?\sid\s*=\s*["']([^"'<>]*)["']""".encode())


class RawTermBase:
    """The raw entries of a document in order, and afterwards what stands round them. Iterate once; constant memory.

    Iterating raises `IrregularError`.
    """

    def __init__(self, stream: BinaryIO, options: ReadOptions) -> None:
        self._options = options
        reporter = Reporter(ReadOptions(file=options.file))
        head = stream.read(BLOCK)
        self._walker = _Walker(as_utf8(stream, head, recognised(head), reporter), reporter)
        self._pieces = cast(Iterator[Piece], self._walker.pieces())  # nobody finds entries for it
        self._before: list[str] = []
        self._after = ""
        self.closing = "</conceptEntry>"
        self._first = self._next()

    def _next(self) -> RawEntry | None:
        for piece in self._pieces:
            if piece.name:
                self.closing = f"</{piece.name}>"
                return self._entry(piece.text, piece.line, piece.cut)
            self._before.append(piece.text)
        return None

    def _entry(self, text: str, line: int, cut: bool) -> RawEntry:
        found = _ID.match(text)
        name = (found[2] if found[2] is not None else found[3]) if found else ""
        if cut or not name or "&" in name:
            raise IrregularError(f"line {line}: an entry without an end or an id")
        return RawEntry(name, text, line)

    def __iter__(self) -> Iterator[RawEntry]:
        if self._first is None:
            return
        yield self._first
        for piece in self._pieces:
            if not piece.name:
                self._after += piece.text
                continue
            self._between(piece.line)
            yield self._entry(piece.text, piece.line, piece.cut)

    def _between(self, line: int) -> None:
        text, self._after = self._after, ""
        if not text.isspace() and _COMMENT.sub("", text).strip():
            raise IrregularError(f"line {line}: more than white space between two entries")

    @property
    def context(self) -> str:
        """Everything that decides what the text of an entry means: entities, the root element and its attributes.

        Two documents with the same context say the same with the same text.
        """
        text = _COMMENT.sub("", _DECLARATION.sub("", "".join(self._before)))
        root = _ROOT.search(text)
        if root is None or "<!ENTITY" in text:
            return text
        name = _NAME.match(root[0])
        attributes = sorted(f"{each[1]}={(each[2] or each[3] or '')}" for each in _ATTRIBUTE.finditer(root[0]))
        return " ".join((name[0] if name else "", *attributes))

    def parse(self, entries: Iterable[RawEntry]) -> TermBaseStream:
        """Some of the entries as a term base: a small document of them is read, in silence."""
        return self._read("".join(each.text for each in entries), ReadOptions(file=self._options.file))

    def surroundings(self) -> TermBaseStream:
        """What stands round the entries, as a term base without any, once the document has been iterated to its end.

        Findings go to the options' report.
        """
        return self._read("", self._options)

    def _read(self, entries: str, options: ReadOptions) -> TermBaseStream:
        head = _DECLARATION.sub("", "".join(self._before))
        text = f"{head}{entries}{self._after}"
        return read(io.BytesIO(text.encode("utf-8", "surrogatepass")), options)


def without_id(entry: RawEntry) -> str:
    """The text of an entry without its id: what stays when ids are renumbered."""
    found = _ID.match(entry.text)
    return entry.text if found is None else entry.text[: found.start(1)] + entry.text[found.end(1) :]


def _laid_out(text: str) -> str:
    return _WHITE.sub(" ", _BETWEEN_TAGS.sub("><", text))


def same_layout_apart(one: str, other: str) -> bool:
    """Whether two entries are the same but for white space; False where inline markup makes it hard to say."""
    return not (_INLINE.search(one) or _INLINE.search(other)) and _laid_out(one) == _laid_out(other)


_TERM = re.compile(r"<(?:[^\s<>/]+:)?term(?:\s[^<>]*)?>(.*?)</(?:[^\s<>/]+:)?term\s*>", re.DOTALL)
_ENGLISH = re.compile(r"<[^<>]*\bxml:lang\s*=\s*[\"']en\b")
_TAG = re.compile(r"<[^<>]*>")


def sketch(entry: RawEntry) -> str:
    """A designation to call the entry by, without parsing it: the first English one, else the first."""
    english = _ENGLISH.search(entry.text)
    found = (_TERM.search(entry.text, english.end()) if english else None) or _TERM.search(entry.text)
    return " ".join(html.unescape(_TAG.sub("", found[1])).split()) if found else ""
