"""The names of TBX, in every edition: elements, namespaces, attributes. They live here and nowhere else.

Versions and styles are rows of these tables. Sources: ISO 30042:2008 and 2019 with their public grammars, TBX-Min of
2013, and what is found in real files (reference, sections 2.2 and 11).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from cctbx.model import CATEGORY, InlineKind, Metatype, Module

__all__ = [
    "ALIASES", "CONSTRAINT_FILES", "CORE_NAMESPACES", "EMBEDDED", "ENTRY_NAMES", "GROUP_HEADS", "INLINES", "MARTIF",
    "METATYPES", "META_ELEMENTS", "MIN_2013", "MODULE_NAMESPACES", "NAMESPACE", "PREFIXES", "PREFIX_OF", "ROLES",
    "ROOTS", "TBX3", "UNRESOLVED", "XML_LANG", "Role", "Structure", "module_namespace",
]  # fmt: skip

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
"""The namespace of ISO 30042:2019: the only one written."""

EMBEDDED = "urn:iso:std:iso:30042:ed-1"
"""TBX inside standards tagged in ISO STS or NISO STS: categories are elements of the core."""

CORE_NAMESPACES = frozenset({
    "", NAMESPACE, EMBEDDED, "urn:iso:std:iso:30042:ed:3.0", "urn:iso:std:iso:30042:ed-3", "x-schema:XLTcsV04.xml",
    "urn:iso:std:iso:30042:ed-2.0", "http://www.lisa.org/TBX-Specification.33.0.html",
})  # fmt: skip
"""Namespaces whose elements are read as those of the core; the root's own namespace joins them."""

_MODULES = {Module.MIN: "min", Module.BASIC: "basic", Module.LINGUIST: "linguist"}
PREFIXES: dict[Module, str] = {Module.MIN: "min", Module.BASIC: "basic", Module.LINGUIST: "ling"}
PREFIX_OF: dict[str, str] = {  # category of a public module → its name in style DCT
    each.name: f"{PREFIXES[each.module]}:{each.name}" for each in CATEGORY.values() if each.module in PREFIXES
}


def module_namespace(module: Module) -> str:
    """The namespace of a public module, for style DCT."""
    return f"http://www.tbxinfo.net/ns/{_MODULES[module]}"


MODULE_NAMESPACES: dict[str, Module] = {
    prefix + name: module
    for module, name in _MODULES.items()
    for prefix in ("http://www.tbxinfo.net/ns/", "http://www.tbxinfo.net/ns/dct/", "https://www.tbxinfo.net/ns/")
}
"""Namespaces of the public modules, drafts included."""

XML_LANG = "xml:lang"

UNRESOLVED = "unresolvedTarget"
"""Type of the back-matter section that holds a placeholder for each target no element of the file answers to: an IDREF
must have its ID. The writer adds the section at the end, the reader leaves it out."""

CONSTRAINT_FILES = {"TBX": "TBXXCSV02.xcs", "TBX-Basic": "TBXBasicXCSV02.xcs"}
"""Dialect of 2008 → its public constraint file. Writers name it in the header; it is no content, so readers skip it."""


class Role(Enum):
    """What an element of an entry is."""

    ENTRY = auto()
    LANGUAGE = auto()
    TERM_SECTION = auto()
    TERM_GROUP = auto()
    TERM = auto()
    META = auto()
    GROUP = auto()
    NOTE_GROUP = auto()


META_ELEMENTS: dict[str, Metatype] = {
    "admin": Metatype.ADMINISTRATIVE,
    "adminNote": Metatype.ADMINISTRATIVE_NOTE,
    "descrip": Metatype.DESCRIPTIVE,
    "descripNote": Metatype.DESCRIPTIVE_NOTE,
    "termNote": Metatype.TERM_NOTE,
    "ref": Metatype.REFERENCE,
    "xref": Metatype.EXTERNAL_REFERENCE,
    "transac": Metatype.TRANSACTION,
    "transacNote": Metatype.TRANSACTION_NOTE,
    "note": Metatype.NOTE,
    "date": Metatype.DATE,
}
METATYPES: dict[Metatype, str] = {metatype: name for name, metatype in META_ELEMENTS.items()}

GROUP_HEADS: dict[str, Metatype] = {
    "adminGrp": Metatype.ADMINISTRATIVE,
    "descripGrp": Metatype.DESCRIPTIVE,
    "termNoteGrp": Metatype.TERM_NOTE,
    "transacGrp": Metatype.TRANSACTION,
}

ENTRY_NAMES = ("conceptEntry", "termEntry", "entry")

ROLES: dict[str, Role] = {
    **dict.fromkeys(ENTRY_NAMES, Role.ENTRY),
    **dict.fromkeys(("langSec", "langSet", "langGroup"), Role.LANGUAGE),
    **dict.fromkeys(("termSec", "tig", "ntig", "termGroup"), Role.TERM_SECTION),
    "termGrp": Role.TERM_GROUP,
    "term": Role.TERM,
    **dict.fromkeys(META_ELEMENTS, Role.META),
    **dict.fromkeys(GROUP_HEADS, Role.GROUP),
    "noteGrp": Role.NOTE_GROUP,
}

ALIASES: dict[str, str] = {
    "customer": "customerSubset", "termStatus": "administrativeStatus",  # TBX-Min of 2013
    "usageRegister": "register", "usageStatus": "administrativeStatus",  # drafts, test files of 2025
}  # fmt: skip
"""Names of data categories found in files → the standard's."""

INLINES: dict[str, InlineKind] = {
    "hi": InlineKind.HIGHLIGHT,
    "foreign": InlineKind.FOREIGN,
    "sc": InlineKind.START_CODE,
    "bpt": InlineKind.START_CODE,
    "ec": InlineKind.END_CODE,
    "ept": InlineKind.END_CODE,
    "ph": InlineKind.PLACEHOLDER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """How one edition names the levels, the header's parts in their order, and the inline elements."""

    root: str
    header: str
    entry: str
    language: str
    term: str
    reference_section: str
    file_description: tuple[str, ...]
    start_code: str
    end_code: str
    namespace: str = ""


TBX3 = Structure(
    root="tbx", header="tbxHeader", entry="conceptEntry", language="langSec", term="termSec",
    reference_section="refObjectSec", file_description=("publicationStmt", "titleStmt", "sourceDesc"),
    start_code="sc", end_code="ec", namespace=NAMESPACE,
)  # fmt: skip
"""ISO 30042:2019."""

MARTIF = Structure(
    root="martif", header="martifHeader", entry="termEntry", language="langSet", term="tig",
    reference_section="refObjectList", file_description=("titleStmt", "publicationStmt", "sourceDesc"),
    start_code="bpt", end_code="ept",
)  # fmt: skip
"""ISO 30042:2008. The order of titleStmt and publicationStmt differs from that of 2019."""

MIN_2013 = Structure(
    root="TBX", header="header", entry="termEntry", language="langSet", term="tig", reference_section="",
    file_description=(), start_code="", end_code="",
)  # fmt: skip
"""TBX-Min of 2013, a vocabulary of its own."""

ROOTS: dict[str, Structure] = {each.root: each for each in (TBX3, MARTIF, MIN_2013)} | {
    "martifHeader": MARTIF, "tbxHeader": TBX3,
}  # fmt: skip
"""Root elements a TBX file may have; a header as root is found in national term banks."""
