"""One pass over a file: the stream is fed to the parser piece by piece, and every entry is checked and forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from lxml import etree

from cctbx.findings import Finding
from cctbx.formats.tbx.validation.checker import Checker
from cctbx.formats.tbx.validation.editions import BY_ENTRY, UNIT_NAMES, Edition
from cctbx.formats.tbx.validation.explaining import explained
from cctbx.formats.tbx.validation.feeding import Feeder
from cctbx.formats.tbx.validation.ground import Ground
from cctbx.formats.tbx.validation.holders import Holders, is_body
from cctbx.formats.tbx.validation.modes import ValidationOptions
from cctbx.formats.tbx.validation.prolog import read_prolog
from cctbx.formats.tbx.validation.recovery import Recovery
from cctbx.formats.tbx.validation.references import References
from cctbx.formats.tbx.validation.reporter import Reporter
from cctbx.formats.tbx.validation.shortcut import Shortcut
from cctbx.formats.tbx.validation.tmx import check_unit
from cctbx.formats.tbx.validation.vocabulary import split_tag
from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["Session", "TooLargeError"]

_CHUNK = 1 << 16
_HEAD = 1 << 14


class Session:
    """The validation of one file. Iterate over `run` once."""

    def __init__(self, *, file: str, options: ValidationOptions) -> None:
        self.options = options
        self.reporter = Reporter(file, options)
        self.references = References(self.reporter)
        self._ground = Ground(self.reporter, self.references)
        self._holders = Holders(self._ground, self.reporter)
        self._feeder = Feeder()
        self._parser = _parser()
        self._recovery = Recovery()
        self._refused = False
        self._shortcut: Shortcut | None = None
        self._first: tuple[str | None, bool] | None = None
        """Of the first entry: its prefix, and whether it stands in a body."""
        self._since = 0
        self._entered = True
        self._usual: Edition | None = None
        self.entries = 0

    # -- the stream ----------------------------------------------------------------------------------------------

    def run(self, stream: BinaryIO) -> Iterator[Finding]:
        """All findings: those of the prolog, of each piece in document order, then those over the whole file."""
        try:
            yield from self._begun(stream)
            yield from self._close()
        except TooLargeError as error:
            self.reporter.at("TBX012", str(error))
        yield from self.finish()

    def _begun(self, stream: BinaryIO) -> Iterator[Finding]:
        """Prolog and entries."""
        head = stream.read(_HEAD)
        self._ground.look_at_prolog(read_prolog(head))
        yield from self._read(stream, head)

    def _read(self, stream: BinaryIO, head: bytes = b"") -> Iterator[Finding]:
        chunk = head or stream.read(_CHUNK)
        while chunk:
            yield from self._fed(self._feeder.feed(chunk))
            self._try_shortcut(chunk)
            chunk = stream.read(_CHUNK)
        yield from self._fed(self._feeder.finish())

    def finish(self) -> Iterator[Finding]:
        """What is to be said of the whole file."""
        self.references.finish(whole=not self._recovery.needed)
        self._holders.dialect_size()
        yield from self.reporter.take()

    def _enter(self) -> None:
        """What is in front of the part that is to be judged is over."""
        self._entered = True

    def _fed(self, blocks: Iterable[bytes]) -> Iterator[Finding]:
        for fresh in blocks:
            block = self._recovery.after(fresh)
            while block:
                try:
                    self._parser.feed(block)
                    self._recovery.fed(block)
                    self._bound(len(block))
                    yield from self._units(self._parser)
                    break
                except etree.XMLSyntaxError as error:
                    yield from self._units(self._parser)
                    yield from self._broken(error)
                    block = self._again(error, block)

    def _close(self) -> Iterator[Finding]:
        while not self._recovery.seeking:
            try:
                root = self._parser.close()
                yield from self._units(self._parser)
                if not self._recovery.needed:
                    self._holders.check(root, self.entries)
                return
            except etree.XMLSyntaxError as error:
                yield from self._units(self._parser)
                yield from self._broken(error)
                rest = self._again(error, self._recovery.untaken())
            if not rest:
                return
            yield from self._fed([rest])

    def _again(self, error: etree.XMLSyntaxError, block: bytes) -> bytes:
        """Go on after an error that ends the parser: with a new one, at the next entry. What is to be fed next."""
        ground = self._ground
        if not ground.restartable or ground.edition is None or self._first is None or self._refused:
            self._recovery.give_up()
            return b""
        self._feeder.pending.clear()
        self._parser = _parser()
        encoding = ground.prolog.encoding if ground.prolog else "UTF-8"
        return self._recovery.restart(block, error.position[0], encoding)

    def _try_shortcut(self, block: bytes) -> None:
        """Switch the shortcut on as soon as the root is known, where bytes can be read without the parser."""
        edition = self._ground.edition
        if self._first is None or self._feeder.started or edition is None:
            return
        prefix, placed = self._first
        if placed and self._ground.plain and edition.name != "TMX":
            self._shortcut = Shortcut(self._ground, prefix)
            self._feeder.start(self._shortcut, f"{prefix}:{edition.entry}" if prefix else edition.entry, block)

    def _units(self, parser: Any) -> Iterator[Finding]:
        for _, element in parser.read_events():
            self._since = 0
            if self._ground.checker is None:
                self._ground.begin(element.getroottree().getroot(), element)
            yield from self._unit(element)

    def _unit(self, element: XmlElement) -> Iterator[Finding]:
        edition, checker = self._ground.edition, self._ground.checker
        assert edition is not None and checker is not None  # begin has run
        local = split_tag(element.tag)[1]
        if local != edition.entry and local in BY_ENTRY and edition.name in ("v2", "v3"):
            self.reporter.entry_number = self.entries + 1
            edition, checker = self._ground.switch(element, local)
        if local == edition.entry:
            yield from self._entry(element, checker, edition)
        elif local in (edition.header, edition.back):
            checker.check(element)
            yield from self.reporter.take()
        else:
            return
        self._forget(element)
        if not self._entered and element.tag.startswith("{" + self._feeder.namespace):
            self._enter()

    def _entry(self, element: XmlElement, checker: Checker, edition: Edition) -> Iterator[Finding]:
        if element.tag.startswith("{" + self._feeder.namespace):  # stands for entries that took the shortcut
            self.entries += int(element.get("n"))
            return
        self.entries += 1
        self.reporter.entry_number = self.entries
        if self._first is None:
            self._usual = self._ground.edition
            self._first = element.prefix, is_body(element.getparent())
            self._recovery.learn(element)
        checker.check(element)
        if edition.name == "TMX":
            check_unit(element, self.reporter)
        found = self.reporter.take()
        yield from found
        if self._feeder.pending:
            entry = self._feeder.pending.popleft()
            if entry is not None and not found and self._shortcut is not None:
                self._shortcut.learn(entry, element)

    def _forget(self, element: Any) -> None:
        """Free a checked piece; look at what stood before it in its parent."""
        element.clear(keep_tail=True)
        parent = element.getparent()
        if parent is None or not is_body(parent):
            return
        while (before := element.getprevious()) is not None:
            self._holders.stray(before, parent)
            parent.remove(before)

    def _bound(self, size: int) -> None:
        self._since += size
        if self._since > self.options.limits.entry_bytes:
            limit = self.options.limits.entry_bytes
            raise TooLargeError(f"more than {limit} bytes without the end of an entry; stopped there")

    def _broken(self, error: etree.XMLSyntaxError) -> Iterator[Finding]:
        text = (error.msg or "no XML").strip()
        refused = any(word in text for word in ("amplification", "entity loop", "Excessive depth", "huge", "too long"))
        code = "TBX012" if refused else "TBX001"
        prolog = self._ground.prolog
        external = prolog is not None and any(outside for _, outside in prolog.entities)
        if "Entity" in text and external:
            code = "TBX011"
        self._refused = refused
        line, column = error.position if error.position != (0, 0) else (None, None)
        yield from self.reporter.take()
        if self.entries:
            self.entries += 1  # the one that is broken will never come to its end
        where = {"concept": f"entry {self.entries}"} if self.entries else {}
        said, advice = explained(text)
        self.reporter.at(code, said, line=line, column=column, place=where, advice=advice)
        yield from self.reporter.take()

def _parser() -> Any:
    pull: Any = etree.XMLPullParser  # its stubs lack what it takes
    return pull(
        events=("end",), tag=tuple("{*}" + name for name in UNIT_NAMES), resolve_entities="internal",
        load_dtd=False, no_network=True, huge_tree=False, remove_comments=False,
    )  # fmt: skip


class TooLargeError(Exception):
    """A piece of the file is larger than the limit."""
