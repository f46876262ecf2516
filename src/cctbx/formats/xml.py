"""Reading and writing the XML formats beside TBX: safe, streaming, tolerant.

Nothing from outside is loaded: no DTD, no external entity, no XInclude, no network; internal entities expand within
libxml2's limits on depth and amplification. Bytes are decoded as in `tbx.decoding` (a byte order mark outranks the
declaration; UTF-16 is recognised without one; bytes that do not fit are read as windows-1252).
"""

from __future__ import annotations

import codecs
import contextlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from cctbx.errors import InputError
from cctbx.formats.contract import ReadOptions
from cctbx.formats.leftover import Grammar, Outside, local
from cctbx.formats.reporting import say
from cctbx.formats.streams import HEAD
from cctbx.formats.tbx.decoding import Encoding, recognised

__all__ = [
    "XML_LANG", "Walker", "attributes", "element", "language_of", "legal_text", "local", "root_pattern", "text_of",
    "tree_of", "walk", "xml_text",
]  # fmt: skip

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BLOCK = 1 << 18
MAX_ENTRY = 1 << 24
"""How many characters may pass without one of the wanted elements ending: what is larger is no entry but an attack."""

MAX_SHIFTS = 4096
"""How many places where lines were left out are remembered: those of the elements that are open, and many more."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_ATTRIBUTE = _TEXT | {ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}


def legal_text(text: str) -> str:
    """The text without the characters XML cannot represent."""
    return _ILLEGAL.sub("", text)


def xml_text(text: str) -> str:
    """Character data, escaped; characters XML cannot represent are left out."""
    if text.isprintable() and "&" not in text and "<" not in text and ">" not in text:
        return text
    return _ILLEGAL.sub("", text).translate(_TEXT)


def attributes(values: Iterable[tuple[str, str | None]]) -> str:
    """Attributes, escaped, in the given order; those that are None are left out."""
    return "".join(f' {name}="{_quoted(value)}"' for name, value in values if value is not None)


def _quoted(value: str) -> str:
    return value if value.isidentifier() else _ILLEGAL.sub("", value).translate(_ATTRIBUTE)


def element(name: str, content: str, **said: str | None) -> str:
    """An element with character data; `xml_lang` stands for `xml:lang`."""
    held = attributes((key.replace("xml_lang", "xml:lang"), value) for key, value in said.items())
    return f"<{name}{held}>{xml_text(content)}</{name}>"


def root_pattern(name: str) -> re.Pattern[bytes]:
    """What a sniffer looks for: the root element, in any encoding once zero bytes are gone."""
    return re.compile(rb"<(?:[\w.-]+:)?" + name.encode() + rb"[\s>/]")


def language_of(node: Any) -> str | None:
    """`xml:lang`, or the plain `lang` of old formats."""
    found = node.get(XML_LANG) or node.get("lang")
    return found.strip() if found else None


def text_of(node: Any) -> str:
    """All character data of an element, in document order."""
    return "".join(node.itertext()) if node is not None else ""


def _parser(names: Iterable[str]) -> Any:
    from lxml import etree

    return etree.XMLPullParser(
        events=("start", "end"), tag=[f"{{*}}{name}" for name in names], encoding="utf-8", recover=True,
        resolve_entities="internal",  # type: ignore[arg-type]
        load_dtd=False, no_network=True, huge_tree=False, remove_comments=True,
        remove_pis=True, remove_blank_text=False,
    )  # fmt: skip


def tree_of(text: str) -> Any:
    """The element of a text that is well-formed and complete without anything round it, else None."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """An error handler: the bytes that do not fit are read as windows-1252, which is what they mostly are."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cctbx.windows-1252", _as_windows)


def _decoded(stream: BinaryIO, head: bytes, encoding: Encoding, options: ReadOptions) -> Iterator[str]:
    """The text in blocks; bytes that are not of the encoding are mended, which is reported once."""
    decoder: Any = codecs.getincrementaldecoder(encoding.codec)()
    block, told = head[encoding.mark_length :], False
    while True:
        following = stream.read(BLOCK)
        state = decoder.getstate()
        try:
            text = decoder.decode(block, not following)
        except UnicodeDecodeError:
            decoder.setstate(state)
            decoder.errors = "cctbx.windows-1252"
            text = decoder.decode(block, not following)
            decoder.errors = "strict"
            if not told:
                told = True
                say(options, "FMT005", f"bytes that are not {encoding.codec} were read as windows-1252",
                    advice="check the accented letters")
        yield text
        if not following:
            return
        block = following


def _blocks(stream: BinaryIO, options: ReadOptions) -> Iterator[str]:
    head = stream.read(HEAD)
    encoding = recognised(head)
    if encoding.contradicted:
        say(options, "FMT003", f"the file declares {encoding.declared}, its bytes are {encoding.codec}", line=1)
    if encoding.unknown:
        say(options, "FMT004", f"the declared encoding {encoding.declared} is unknown: read as UTF-8", line=1)
    return _decoded(stream, head, encoding, options)


class Walker:
    """Parses a document that comes in pieces; the elements of some names come out when they are complete.

    The first to come is the root (attributes only). Namespaces are ignored. An element is emptied once the next is
    asked for. `skipped` tells how many lines of the document the parser was not given: `line` takes them into account.
    `holders` says what is read of the root and of what else may hold these elements, `leading` what may stand in front
    of the first; all else that stands outside of them is told.
    """

    def __init__(
        self, options: ReadOptions, root: str, *names: str, holders: Grammar, leading: frozenset[str] = frozenset()
    ) -> None:
        self.found = False
        self._starts, self._shifts = [0], [0]
        self._options, self._root, self._names = options, root, names
        self._holders = holders
        self._outside = Outside(self._tell, holders, names, leading)
        self._document: Any = None
        self._parser = _parser((root, *names))
        self._pending = 0
        self._seen = 0
        self._lines: set[int] = set()

    def _tell(self, code: str, message: str, node: Any) -> None:
        say(self._options, code, message, line=self.line(node.sourceline))

    def skipped(self, lines: int, fed: int) -> None:
        """So many lines were left out before the next piece; the parser has been given so many."""
        if lines != self._shifts[-1]:
            if len(self._starts) >= MAX_SHIFTS:
                del self._starts[: MAX_SHIFTS // 2], self._shifts[: MAX_SHIFTS // 2]
            self._starts.append(fed + 1)
            self._shifts.append(lines)

    def line(self, line: int) -> int:
        """The line of the document that is this line of the parser."""
        return line + self._shifts[max(bisect_right(self._starts, line) - 1, 0)]

    def feed(self, text: bytes) -> Iterator[Any]:
        """Parses on (UTF-8). Findings: FMT111. Raises `InputError` where too much passes without an element."""
        self._parser.feed(text)
        self._pending += len(text)
        yield from self._elements()
        self._look()
        if self._pending > MAX_ENTRY:
            raise InputError("an entry is larger than 16 million characters: refused", file=self._options.file)

    def _elements(self) -> Iterator[Any]:
        self._report(self._parser.feed_error_log)
        for event, node in self._parser.read_events():
            self._pending = 0
            if event == "start" and not self.found and local(node) == self._root:
                self.found, self._document = True, node
                yield node
            elif event == "end" and local(node) in self._names:
                yield node
                self._forget(node)

    def _look(self) -> None:
        """Looks at what stands outside."""
        if self._document is not None:
            self._outside.holder(self._document)

    def _forget(self, node: Any) -> None:
        """Frees an element and, in what holds it, those before it."""
        parent = node.getparent()
        holder = local(parent) if parent is not None else ""
        node.clear(keep_tail=True)  # the parser may not be done with the text behind it
        known = holder in self._holders  # else it stands in an entry, or in what nobody reads
        while (before := node.getprevious()) is not None and (known or local(before) in self._names):
            if known:
                self._outside.child(before, holder)
            elif before.tail and not before.tail.isspace():
                break
            parent.remove(before)
        self._outside.begun = True

    def close(self) -> Iterator[Any]:
        """The document is at its end: what it left open is complete now.

        Raises `InputError` if its root is another, or there is none.
        """
        from lxml import etree

        with contextlib.suppress(etree.XMLSyntaxError):  # it stands in the log
            self._parser.close()
        yield from self._elements()
        self._look()
        if not self.found:
            raise InputError(f"no <{self._root}> element: not a file of this format", file=self._options.file)

    def _report(self, log: Any) -> None:
        """Reports what the parser complains of, each line once and not more than a hundred."""
        if len(log) == self._seen:
            return
        for entry in list(log)[self._seen :]:
            self._seen += 1
            line = self.line(entry.line)
            if line not in self._lines and len(self._lines) < 100:
                self._lines.add(line)
                say(self._options, "FMT111", f"not well-formed: {entry.message.strip()}", line=line,
                    advice="mend the line and read again")


def walk(
    stream: BinaryIO, options: ReadOptions, root: str, *names: str, holders: Grammar,
    leading: frozenset[str] = frozenset(),
) -> Iterator[Any]:  # fmt: skip
    """The root element (attributes only), then every element of these names when it is complete, in document order.

    Namespaces are ignored. An element is emptied after it was yielded; memory stays constant. Raises `InputError` where
    the root is another or there is none. Findings: FMT003 to FMT006 (encoding), FMT111, FMT116 and FMT117 what stands
    outside of these elements (see `Walker`).
    """
    walker = Walker(options, root, *names, holders=holders, leading=leading)
    for block in _blocks(stream, options):
        yield from walker.feed(block.encode("utf-8", "replace"))
    yield from walker.close()
