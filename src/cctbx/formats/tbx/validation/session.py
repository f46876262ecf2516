"""One pass over a file: the stream is fed to the parser piece by piece, and every entry is checked and forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from lxml import etree

from cctbx.findings import Finding
from cctbx.formats.tbx.validation.categories import Categories
from cctbx.formats.tbx.validation.checker import Checker
from cctbx.formats.tbx.validation.constraints import (
    DIALECTS_V3,
    V2_BASIC_CONSTRAINTS,
    V2_DEFAULT_CONSTRAINTS,
    Constraints,
)
from cctbx.formats.tbx.validation.editions import (
    BY_ENTRY,
    EDITIONS,
    KNOWN_NAMESPACES,
    TMX_OLD_EDITION,
    UNIT_NAMES,
    V2_BASIC_EDITION,
    V2_TYPES,
    Edition,
)
from cctbx.formats.tbx.validation.explaining import explained
from cctbx.formats.tbx.validation.feeding import Feeder
from cctbx.formats.tbx.validation.modes import ValidationOptions
from cctbx.formats.tbx.validation.prolog import Prolog, read_prolog
from cctbx.formats.tbx.validation.recovery import Recovery
from cctbx.formats.tbx.validation.references import References
from cctbx.formats.tbx.validation.reporter import Reporter
from cctbx.formats.tbx.validation.shortcut import Shortcut
from cctbx.formats.tbx.validation.tmx import check_unit
from cctbx.formats.tbx.validation.values import did_you_mean
from cctbx.formats.tbx.validation.vocabulary import Vocabulary, split_tag
from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["Session", "TooLargeError"]

_CHUNK = 1 << 16
_HEAD = 1 << 14
_BLANK = " \t\r\n"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PLAIN = ("UTF-8", "UTF8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII")


class Session:
    """The validation of one file. Iterate over `run` once."""

    def __init__(self, *, file: str, options: ValidationOptions) -> None:
        self.options = options
        self.reporter = Reporter(file, options)
        self.references = References(self.reporter)
        self._feeder = Feeder()
        self._parser = _parser()
        self._recovery = Recovery()
        self._refused = False
        self._shortcut: Shortcut | None = None
        self._first: tuple[str | None] | None = None
        self._edition: Edition | None = None
        self._checker: Checker | None = None
        self._categories: Categories | None = None
        self._prolog: Prolog | None = None
        self._limits: Constraints | None = None
        self._style = "dca"
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
        self._prolog = prolog = read_prolog(head)
        self._look_at_prolog(prolog)
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
        self._dialect_size()
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
                    self._skeleton(root)
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
        prolog, edition = self._prolog, self._edition
        simple = prolog is not None and not prolog.encoding.startswith(("UTF-16", "UTF-32")) and not prolog.entities
        if not simple or edition is None or self._first is None or self._refused:
            self._recovery.give_up()
            return b""
        self._feeder.pending.clear()
        self._parser = _parser()
        return self._recovery.restart(block, error.position[0], prolog.encoding if prolog else "UTF-8")

    def _try_shortcut(self, block: bytes) -> None:
        """Switch the shortcut on as soon as the root is known, where bytes can be read without the parser."""
        prolog, first = self._prolog, self._first
        if first is None or self._feeder.started or prolog is None or self._edition is None:
            return
        simple = prolog.encoding in ("UTF-8", "UTF8", "US-ASCII", "ASCII") and not prolog.entities
        if simple and prolog.version == "1.0" and self._edition.name != "TMX":
            prefix = first[0]
            self._shortcut = Shortcut(self._vocabulary, self._limits, self.references, self.reporter, prefix)
            name = f"{prefix}:{self._edition.entry}" if prefix else self._edition.entry
            self._feeder.start(self._shortcut, name, block)

    def _units(self, parser: Any) -> Iterator[Finding]:
        for _, element in parser.read_events():
            self._since = 0
            if self._checker is None:
                self._begin(element.getroottree().getroot(), element)
            yield from self._unit(element)

    def _unit(self, element: XmlElement) -> Iterator[Finding]:
        edition, checker = self._edition, self._checker
        assert edition is not None and checker is not None  # _begin has run
        local = split_tag(element.tag)[1]
        if local != edition.entry and local in BY_ENTRY and edition.name in ("v2", "v3"):
            edition, checker = self._switch(element, local)
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

    def _switch(self, element: XmlElement, entry: str) -> tuple[Edition, Checker]:
        """Go on by the names of another edition than the header's, once its entries show."""
        root = element.getroottree().getroot()
        edition = BY_ENTRY[entry]
        if edition.name == "v2" and self._dialect(root) == "TBX-Basic":
            edition = V2_BASIC_EDITION
        self._edition = self.reporter.edition = edition
        self.reporter.entry_number = self.entries + 1
        message = f"{entry} in {split_tag(root.tag)[1]}: names of another edition than the root"
        self.reporter.on("TBX020", message, element, advice="convert the file with cctbx convert")
        self._limits = self._constraints(root, edition)
        return edition, self._prepare(edition, split_tag(root.tag)[0])

    def _entry(self, element: XmlElement, checker: Checker, edition: Edition) -> Iterator[Finding]:
        if element.tag.startswith("{" + self._feeder.namespace):  # stands for entries that took the shortcut
            self.entries += int(element.get("n"))
            return
        self.entries += 1
        self.reporter.entry_number = self.entries
        if self._first is None:
            self._usual = self._edition
            self._first = (element.prefix,)
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
        if parent is None or not self._is_body(parent):
            return
        while (before := element.getprevious()) is not None:
            self._stray(before, parent)
            parent.remove(before)

    def _stray(self, element: XmlElement, parent: XmlElement) -> None:
        """Report what stands between the entries and is none."""
        if element.tail and element.tail.strip(_BLANK) and self._is_body(parent):
            after = element.getnext()  # the parser knows the lines of elements only
            line = after.sourceline if after is not None else None
            text = " ".join(element.tail.split())[:40]
            self.reporter.at("TBX106", f"text is not allowed between entries: {text!r}", line=line)
        if self._edition is not None and isinstance(element.tag, str) and self._is_body(parent):
            local = split_tag(element.tag)[1]
            if local != self._edition.entry:
                self.reporter.on("TBX101", f"{local} is not allowed between entries", element)

    @staticmethod
    def _is_body(element: XmlElement) -> bool:
        return isinstance(element.tag, str) and split_tag(element.tag)[1] == "body"

    def _bound(self, size: int) -> None:
        self._since += size
        if self._since > self.options.limits.entry_bytes:
            limit = self.options.limits.entry_bytes
            raise TooLargeError(f"more than {limit} bytes without the end of an entry; stopped there")

    def _broken(self, error: etree.XMLSyntaxError) -> Iterator[Finding]:
        text = (error.msg or "no XML").strip()
        refused = any(word in text for word in ("amplification", "entity loop", "Excessive depth", "huge", "too long"))
        code = "TBX012" if refused else "TBX001"
        external = self._prolog is not None and any(outside for _, outside in self._prolog.entities)
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

    # -- what the prolog and the root say --------------------------------------------------------------------------

    def _look_at_prolog(self, prolog: Prolog) -> None:
        at = self.reporter.at
        if not prolog.declaration:
            at("TBX002", "no XML declaration", line=1, advice='begin with <?xml version="1.0" encoding="UTF-8"?>')
        if prolog.bom == "UTF-8":
            at("TBX003", "byte order mark in front of UTF-8", line=1)
        if prolog.encoding not in _PLAIN:
            at("TBX004", f"encoded in {prolog.encoding}", line=1, advice="write UTF-8")
        if prolog.contradiction:
            at("TBX005", f"declared {prolog.contradiction}, but the bytes are {prolog.bom}", line=1)
        if prolog.version != "1.0":
            at("TBX009", f"XML {prolog.version}", line=1, advice="write XML 1.0")
        for name, external in prolog.entities:
            code, what = ("TBX011", "external entity") if external else ("TBX010", "entity")
            at(code, f"{what} {name} is declared in the file", advice="write its text")

    def _begin(self, root: XmlElement, first: XmlElement | None) -> None:
        """Decide on edition, dialect and style, and report what is wrong with the root itself."""
        namespace, local = split_tag(root.tag)
        edition = EDITIONS.get(local)
        if edition is None:
            near = did_you_mean(local, EDITIONS)
            advice = f"did you mean {near}?" if near else "the root of a TBX file is tbx (2019) or martif (2008)"
            self.reporter.on("TBX013", f"{local} is no root of TBX", root, advice=advice)
            edition = EDITIONS.get(near or "") or EDITIONS["tbx"]
        edition = self._hybrid(edition, first, root)
        if edition.name == "v2" and self._dialect(root) == "TBX-Basic":
            edition = V2_BASIC_EDITION
        if edition.name == "TMX" and root.get("version") not in (None, "1.4"):
            edition = TMX_OLD_EDITION
            if root.get("version") not in ("1.1", "1.2", "1.3"):
                version = root.get("version")
                self.reporter.on("TBX017", f"TMX {version} has not been published; nothing else is checked", root)
                self.reporter.mute()
        self._edition = self.reporter.edition = edition
        self._style = "dct" if (root.get("style") or "").lower() == "dct" else "dca"
        self.reporter.style(self._style)
        self._namespace(namespace, edition, root)
        self._document_type(edition)
        self._limits = self._constraints(root, edition)
        self._prepare(edition, namespace)
        self._root(root, local, edition)

    def _hybrid(self, edition: Edition, first: XmlElement | None, root: XmlElement) -> Edition:
        """Go by the entries where their names are of another edition than the root."""
        if first is None or edition.name not in ("v2", "v3"):
            return edition
        entry = split_tag(first.tag)[1]
        found = BY_ENTRY.get(entry) or next((each for each in EDITIONS.values() if each.header == entry), edition)
        if found.name not in ("v2", "v3") or found is edition:
            return edition
        message = f"{entry} in {split_tag(root.tag)[1]}: names of another edition than the root"
        self.reporter.on("TBX020", message, first, advice="convert the file with cctbx convert")
        return found

    def _prepare(self, edition: Edition, namespace: str) -> Checker:
        others = frozenset(
            name for each in BY_ENTRY.values() for name in each.structure.elements
            if name not in edition.structure.elements
        )
        self._categories = Categories(
            limits=self._limits, edition=edition.name, style=self._style if edition.name == "v3" else "dca",
            reporter=self.reporter, references=self.references,
        )  # fmt: skip
        vocabulary = Vocabulary(edition, namespace, self._limits, others)
        self._vocabulary = vocabulary
        self._checker = Checker(vocabulary, self.reporter, self.references, self._categories)
        return self._checker

    def _dialect(self, root: XmlElement) -> str:
        return self.options.dialect or root.get("type") or ""

    def _constraints(self, root: XmlElement, edition: Edition) -> Constraints | None:
        dialect = self._dialect(root)
        if edition.name == "v2":
            basic = V2_BASIC_CONSTRAINTS if dialect == "TBX-Basic" else V2_DEFAULT_CONSTRAINTS
            if dialect not in V2_TYPES and dialect:
                self.reporter.on("TBX017", f"type {dialect!r} is no name of 2008", root, advice='write type="TBX"')
            return self.options.constraints or basic
        if edition.name != "v3":
            return None
        limits = DIALECTS_V3.get(dialect)
        if limits is None and dialect.startswith("TBX-") and len(dialect) > 4:
            near = did_you_mean(dialect, DIALECTS_V3)
            advice = f"did you mean {near}?" if near else None
            self.reporter.on("TBX016", f"{dialect} is no public dialect", root, advice=advice)
        if limits is None and self.options.mode != "strict":
            meant = next((name for name in DIALECTS_V3 if name.casefold() == dialect.strip().casefold()), "")
            limits = DIALECTS_V3.get(meant)
        return limits

    def _namespace(self, namespace: str, edition: Edition, root: XmlElement) -> None:
        right = edition.structure.namespace
        if namespace != right:
            known = KNOWN_NAMESPACES.get(namespace)
            where = f" ({known})" if known and namespace else ""
            found = f"the namespace is {namespace!r}{where}" if namespace else "the root has no namespace"
            advice = f"write xmlns={right!r}" if right else "files of 2008 have no namespace"
            self.reporter.on("TBX014", found, root, advice=advice)

    def _document_type(self, edition: Edition) -> None:
        doctype = self._prolog.doctype if self._prolog else None
        if edition.name == "v3" and doctype is not None and (self._prolog is None or not self._prolog.entities):
            self.reporter.at("TBX006", "files of 2019 have no document type declaration", advice="remove it")
        elif edition.name == "v2" and doctype is None:
            advice = 'write <!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">'
            self.reporter.at("TBX008", "no document type declaration", advice=advice)
        elif edition.name == "v2" and doctype is not None and "coreStruct" not in doctype[1]:
            self.reporter.at("TBX007", f"document type {doctype[1] or doctype[0]}", advice="write TBXcoreStructV02.dtd")

    def _root(self, root: XmlElement, local: str, edition: Edition) -> None:
        assert self._checker is not None  # _prepare has run
        if local != edition.structure.root:
            return
        shape = self._vocabulary[root.tag].shape
        if shape is not None:
            self._checker.attributes(root, shape)
        kind = root.get("type")
        if edition.name == "v3" and kind is not None and (not kind.startswith("TBX-") or len(kind) < 5):
            near = did_you_mean(kind, DIALECTS_V3)
            advice = f"did you mean {near}?" if near else None
            self.reporter.on("TBX105", f"type is {kind!r}; it names a dialect, such as TBX-Basic", root, advice=advice)

    # -- what remains at the end -------------------------------------------------------------------------------------

    def _skeleton(self, root: XmlElement) -> None:
        """Check what holds the pieces together, now that they are gone."""
        if self._checker is None:
            self._begin(root, None)
        edition = self._edition
        assert edition is not None  # _begin has run
        local = split_tag(root.tag)[1]
        if local != edition.structure.root and local in edition.structure.elements:
            self.reporter.on("TBX101", f"{local} may not be the root; expected {edition.structure.root}", root)
        for element in self._holders(root, edition):
            self._holder(element)
        bodies = [each for each in self._holders(root, edition) if self._is_body(each)]
        for body in bodies:
            for each in body:
                self._stray(each, body)
            if body.text and body.text.strip(_BLANK):
                self.reporter.on("TBX106", "text is not allowed between entries", body)
        if not bodies and edition.name == "v3":
            self.reporter.on("TBX108", "the file has no body", root)
            if self._categories is not None:
                self._categories.no_body(root)

    @staticmethod
    def _holders(root: XmlElement, edition: Edition) -> list[XmlElement]:
        """The root, and below it `text`, `body` and `back`."""
        return [root, *root.iter("{*}text", "{*}body", "{*}back")]

    def _holder(self, element: XmlElement) -> None:
        """Order and completeness of the children of a holder; their contents have been checked."""
        assert self._checker is not None and self._edition is not None  # _begin has run
        meaning = self._vocabulary[element.tag]
        if meaning.shape is None or meaning.shape.matcher is None:
            return
        if element.getparent() is not None:
            self._checker.attributes(element, meaning.shape)
        entry = self._edition.entry
        if not self._is_body(element):
            self._checker.holder(element, meaning.shape)
        elif not self.entries and "+" in str(self._edition.structure.elements["body"].content):
            self.reporter.on("TBX102", f"body lacks {entry}", element)

    def _dialect_size(self) -> None:
        """Report a declared dialect that is larger than its categories need."""
        if self._categories is None or self._limits is None or self._edition is None or self._edition.name != "v3":
            return
        used = self._categories.used
        fitting = [name for name, each in DIALECTS_V3.items() if used <= set(each.by_category)]
        if used and fitting and self._limits.name in fitting and fitting[0] != self._limits.name:
            self.reporter.at("TBX019", f"{fitting[0]} would do; the file says {self._limits.name}")


def _parser() -> Any:
    pull: Any = etree.XMLPullParser  # its stubs lack what it takes
    return pull(
        events=("end",), tag=tuple("{*}" + name for name in UNIT_NAMES), resolve_entities="internal",
        load_dtd=False, no_network=True, huge_tree=False, remove_comments=False,
    )  # fmt: skip


class TooLargeError(Exception):
    """A piece of the file is larger than the limit."""

