"""What stands before the root element: byte order mark, XML declaration, encoding, document type."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

__all__ = ["Prolog", "read_prolog"]

_BOMS = (
    (codecs.BOM_UTF8, "UTF-8"), (codecs.BOM_UTF32_LE, "UTF-32LE"), (codecs.BOM_UTF32_BE, "UTF-32BE"),
    (codecs.BOM_UTF16_LE, "UTF-16LE"), (codecs.BOM_UTF16_BE, "UTF-16BE"),
)  # fmt: skip
_DECLARATION = re.compile(
    r"<\?xml\s+version\s*=\s*[\"']([^\"']*)[\"'](?:\s+encoding\s*=\s*[\"']([^\"']*)[\"'])?"
)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+([^\s>\[]+)([^>\[]*)(\[)?")
_ENTITY = re.compile(r"<!ENTITY\s+(%\s+)?([^\s%]+)\s+(SYSTEM|PUBLIC)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prolog:
    """The prolog of a file.

    bom         the encoding its byte order mark says, or None
    declared    the encoding its declaration says, or None; `declaration`: whether there is one; `version` of XML
    doctype     name and external identifier of the document type, or None
    entities    (name, whether it is external) of the entities declared inside the file
    """

    bom: str | None
    declaration: bool
    version: str
    declared: str | None
    doctype: tuple[str, str] | None
    entities: tuple[tuple[str, bool], ...]

    @property
    def encoding(self) -> str:
        """The encoding the bytes are to be read in."""
        return (self.bom or self.declared or "UTF-8").upper()

    @property
    def contradiction(self) -> str | None:
        """The declared encoding, where the byte order mark says another."""
        if not self.bom or not self.declared:
            return None
        family = self.declared.upper().replace("_", "-")
        return None if self.bom.startswith(family) or family.startswith(self.bom) else self.declared


def _guess(head: bytes) -> tuple[str | None, str]:
    """(what the byte order mark says, an encoding to look at the prolog in)."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, name
    if head[:4] == b"<\0?\0":
        return None, "UTF-16LE"
    return None, "UTF-16BE" if head[:4] == b"\0<\0?" else "latin-1"


def read_prolog(head: bytes) -> Prolog:
    """The prolog, from the first bytes of a file (a few KiB; what lies beyond them is not seen)."""
    bom, encoding = _guess(head)
    text = head.decode(encoding, "replace").lstrip("\ufeff")
    declaration = _DECLARATION.match(text)
    bare = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    doctype = _DOCTYPE.search(bare)
    entities = _ENTITY.findall(bare[doctype.start() :]) if doctype else ()
    return Prolog(
        bom=bom, declaration=declaration is not None, version=declaration[1] if declaration else "1.0",
        declared=declaration[2] if declaration else None,
        doctype=(doctype[1], " ".join(doctype[2].split())) if doctype else None,
        entities=tuple((name, bool(external)) for _, name, external in entities),
    )  # fmt: skip
