"""What is known of a file from its prolog, its root and its first entry: edition, dialect and style, and with them what
checks it."""

from __future__ import annotations

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
    V2_BASIC_EDITION,
    V2_TYPES,
    Edition,
)
from cctbx.formats.tbx.validation.prolog import Prolog
from cctbx.formats.tbx.validation.references import References
from cctbx.formats.tbx.validation.reporter import Reporter
from cctbx.formats.tbx.validation.values import did_you_mean
from cctbx.formats.tbx.validation.vocabulary import Vocabulary, split_tag
from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["Ground"]

_PLAIN = ("UTF-8", "UTF8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII")


class Ground:
    """What one file is. Empty until `look_at_prolog` and `begin` have been called."""

    vocabulary: Vocabulary

    def __init__(self, reporter: Reporter, references: References) -> None:
        self.options = reporter.options
        self.reporter = reporter
        self.references = references
        self.prolog: Prolog | None = None
        self.edition: Edition | None = None
        self.checker: Checker | None = None
        self.categories: Categories | None = None
        self.limits: Constraints | None = None
        self._style = "dca"

    @property
    def plain(self) -> bool:
        """Whether bytes can be read without the parser."""
        prolog = self.prolog
        plain = prolog is not None and prolog.encoding in ("UTF-8", "UTF8") and not prolog.entities
        return plain and prolog is not None and prolog.version == "1.0"

    @property
    def restartable(self) -> bool:
        """Whether another parser can go on in the middle of the file."""
        prolog = self.prolog
        return prolog is not None and not prolog.encoding.startswith(("UTF-16", "UTF-32")) and not prolog.entities

    def look_at_prolog(self, prolog: Prolog) -> None:
        """Report what is wrong with the prolog."""
        self.prolog = prolog
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

    def switch(self, element: XmlElement, entry: str) -> tuple[Edition, Checker]:
        """Go on by the names of another edition than the header's, once its entries show."""
        root = element.getroottree().getroot()
        edition = BY_ENTRY[entry]
        if edition.name == "v2" and self._dialect(root) == "TBX-Basic":
            edition = V2_BASIC_EDITION
        self.edition = self.reporter.edition = edition
        message = f"{entry} in {split_tag(root.tag)[1]}: names of another edition than the root"
        self.reporter.on("TBX020", message, element, advice="convert the file with cctbx convert")
        self.limits = self._constraints(root, edition)
        return edition, self._prepare(edition, split_tag(root.tag)[0])

    def begin(self, root: XmlElement, first: XmlElement | None) -> None:
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
        self.edition = self.reporter.edition = edition
        self._style = "dct" if (root.get("style") or "").lower() == "dct" else "dca"
        self.reporter.style(self._style)
        self._namespace(namespace, edition, root)
        self._document_type(edition)
        self.limits = self._constraints(root, edition)
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
        self.categories = Categories(
            limits=self.limits, edition=edition.name, style=self._style if edition.name == "v3" else "dca",
            reporter=self.reporter, references=self.references,
        )  # fmt: skip
        vocabulary = Vocabulary(edition, namespace, self.limits, others)
        self.vocabulary = vocabulary
        self.checker = Checker(vocabulary, self.reporter, self.references, self.categories)
        return self.checker

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
        doctype = self.prolog.doctype if self.prolog else None
        if edition.name == "v3" and doctype is not None and (self.prolog is None or not self.prolog.entities):
            self.reporter.at("TBX006", "files of 2019 have no document type declaration", advice="remove it")
        elif edition.name == "v2" and doctype is None:
            advice = 'write <!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">'
            self.reporter.at("TBX008", "no document type declaration", advice=advice)
        elif edition.name == "v2" and doctype is not None and "coreStruct" not in doctype[1]:
            self.reporter.at("TBX007", f"document type {doctype[1] or doctype[0]}", advice="write TBXcoreStructV02.dtd")

    def _root(self, root: XmlElement, local: str, edition: Edition) -> None:
        assert self.checker is not None  # _prepare has run
        if local != edition.structure.root:
            return
        shape = self.vocabulary[root.tag].shape
        if shape is not None:
            self.checker.attributes(root, shape)
        kind = root.get("type")
        if edition.name == "v3" and kind is not None and (not kind.startswith("TBX-") or len(kind) < 5):
            near = did_you_mean(kind, DIALECTS_V3)
            advice = f"did you mean {near}?" if near else None
            self.reporter.on("TBX105", f"type is {kind!r}; it names a dialect, such as TBX-Basic", root, advice=advice)
