"""Safe repairs (`cctbx validate --fix`): what has one right form and loses nothing.

Everything else stays byte for byte.

Repaired are: namespaces of drafts and other variants; names of styles, dialects and data categories in wrong case;
`lang` for `xml:lang`; language tags with underscores or in unusual case; picklist values in wrong case or with blanks
around them; dates with blanks around them or without leading noughts; superfluous blanks and line breaks in terms, and
terms that are not in normal form C. Each repair is reported (TBX901), with what stood there.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from cctbx.findings import Finding, Severity
from cctbx.formats.tbx.validation.constraints import (
    CATEGORY_ELEMENTS,
    DIALECTS_V3,
    MODULE_NAMESPACES,
    V2_BASIC_CONSTRAINTS,
    V2_DEFAULT_CONSTRAINTS,
    Constraints,
)
from cctbx.formats.tbx.validation.editions import EDITIONS, KNOWN_NAMESPACES, V2_TYPES
from cctbx.formats.tbx.validation.prolog import read_prolog
from cctbx.formats.tbx.validation.structures import V3_NAMESPACE
from cctbx.formats.tbx.validation.values import is_bcp47, is_date, is_date_time

__all__ = ["fix"]

_BLOCK = 1 << 16
_LONGEST = 1 << 24
_BLANK = " \t\r\n"
_MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE(?:[^<>\[]|\[[^\]]*\])*>|<(?P<tag>[^<>!?](?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""(?P<before>\s)(?P<name>[^\s=<>"'/]+)(?P<equals>\s*=\s*)(?P<quote>["'])(?P<value>.*?)(?P=quote)""", re.DOTALL
)
_LOOSE_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CATEGORIES = frozenset(CATEGORY_ELEMENTS)
_MODULES = {
    f"http://www.tbxinfo.net/ns/dct/{uri.rpartition('/')[2]}": uri for _, uri in MODULE_NAMESPACES.values()
}  # fmt: skip


class _Repairer:
    """Repairs one file, tag by tag."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._limits: Constraints | None = None
        self._edition = ""
        self.line = 1
        self.made: list[Finding] = []

    def _say(self, what: str, before: str, after: str, line: int) -> None:
        message = f"{what}: {before!r} became {after!r}"
        self.made.append(
            Finding(code="TBX901", message=message, severity=Severity.INFORMATION, file=self._file, line=line)
        )

    def text(self, text: str) -> str:
        """The text with its repairs; `line` moves on."""
        parts: list[str] = []
        at = 0
        for found in _MARKUP.finditer(text):
            if found["tag"] is None or found.start() < at:
                continue
            self._pass(text[at : found.start()], parts)
            tag = self._tag(found["tag"])
            parts.append(f"<{tag}>")
            self.line += found[0].count("\n")
            at = found.end()
            if not tag.endswith("/") and tag[:1] != "/":
                at = self._content(tag, text, at, parts)
        self._pass(text[at:], parts)
        return "".join(parts)

    def _pass(self, text: str, parts: list[str]) -> None:
        parts.append(text)
        self.line += text.count("\n")

    # -- tags ----------------------------------------------------------------------------------------------------

    def _tag(self, tag: str) -> str:
        if tag[:1] == "/" or "=" not in tag:
            return tag
        name = _local(tag)
        if not self._edition and name in EDITIONS:
            tag = _ATTRIBUTE.sub(self._root_attribute, tag)
            self._begin(name, tag)
        return _ATTRIBUTE.sub(lambda found: self._attribute(name, found), tag)

    def _begin(self, name: str, tag: str) -> None:
        self._edition = EDITIONS[name].name
        kind = _value(tag, "type")
        if self._edition == "v3":
            self._limits = DIALECTS_V3.get(kind)
        elif self._edition == "v2":
            self._limits = V2_BASIC_CONSTRAINTS if kind == "TBX-Basic" else V2_DEFAULT_CONSTRAINTS

    def _root_attribute(self, found: re.Match[str]) -> str:
        name, value = found["name"], found["value"]
        known = KNOWN_NAMESPACES.keys() - {""}
        if name.partition(":")[0] == "xmlns":
            right = _MODULES.get(value) or (V3_NAMESPACE if value in known or value.lower() == V3_NAMESPACE else value)
            return self._replaced(found, right, "namespace")
        if name == "style" and value.lower() in ("dca", "dct"):
            return self._replaced(found, value.lower(), "style")
        if name == "type":
            return self._replaced(found, _in_case(value, (*DIALECTS_V3, *V2_TYPES)), "dialect")
        return found[0]

    def _attribute(self, element: str, found: re.Match[str]) -> str:
        name, value = found["name"], found["value"]
        if name in ("xml:lang", "lang"):
            made = self._replaced(found, _language(value), "language tag")
            if name == "lang" and self._edition in ("v2", "v3") and element not in ("languages",):
                self._say("attribute", "lang", "xml:lang", self.line)
                made = made.replace("lang", "xml:lang", 1)
            return made
        if name == "type" and element in _CATEGORIES and self._limits is not None:
            names = [category for holder, category in self._limits.rules if holder == element]
            return self._replaced(found, _in_case(value, names), "data category")
        return found[0]

    def _replaced(self, found: re.Match[str], value: str, what: str) -> str:
        if value == found["value"]:
            return found[0]
        self._say(what, found["value"], value, self.line)
        return f"{found['before']}{found['name']}{found['equals']}{found['quote']}{value}{found['quote']}"

    # -- contents ------------------------------------------------------------------------------------------------

    def _content(self, tag: str, text: str, at: int, parts: list[str]) -> int:
        """Repair the text right after a start tag, if it is all the element holds. Where it ends."""
        end = text.find("<", at)
        repair = self._repair(tag) if end > at and text.startswith("</", end) else None
        if repair is None:
            return at
        held = text[at:end]
        right = held if "&" in held else repair(held)
        if right != held:
            self._say(_local(tag), held, right, self.line)
        parts.append(right)
        self.line += held.count("\n")
        return end

    def _repair(self, tag: str) -> Callable[[str], str] | None:
        name = _local(tag)
        if name == "term":
            return _term
        if name == "date":
            return _date
        if self._limits is None:
            return None
        if name in _CATEGORIES:
            rule = self._limits.rules.get((name, _value(tag, "type")))
        else:
            rule = self._limits.by_category.get(name) if self._edition == "v3" else None
        values = rule.values if rule is not None else ()
        return (lambda held: _in_case(held.strip(_BLANK), values) if held.strip(_BLANK) else held) if values else None


def _local(tag: str) -> str:
    return tag.split(None, 1)[0].rstrip("/").rpartition(":")[2]


def _value(tag: str, name: str) -> str:
    return next((found["value"] for found in _ATTRIBUTE.finditer(tag) if found["name"] == name), "")


def _in_case(value: str, known: Iterable[str]) -> str:
    """The known value that differs in case only, or the value itself."""
    listed = set(known)
    folded = value.strip(_BLANK).casefold()
    same = [each for each in listed if each.casefold() == folded]
    return same[0] if value not in listed and len(same) == 1 else value


def _language(tag: str) -> str:
    import langcodes

    right = tag.strip(_BLANK).replace("_", "-")
    if not is_bcp47(right):
        return tag
    try:
        standard = langcodes.standardize_tag(right)
    except (ValueError, LookupError):
        return right
    return standard if standard.lower() == right.lower() else right


def _date(held: str) -> str:
    bare = held.strip(_BLANK)
    found = _LOOSE_DATE.fullmatch(bare)
    padded = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else bare
    return padded if is_date(padded) or is_date_time(padded) else held


def _term(held: str) -> str:
    folded = re.sub("[ \t\r\n]+", " ", held).strip(" ")
    return unicodedata.normalize("NFC", folded) if folded else held


def _pieces(stream: BinaryIO, head: bytes, decoder: codecs.IncrementalDecoder) -> Iterator[str]:
    """The text of a file in pieces that end after an end tag, and never inside a comment or a section."""
    held, block = "", head
    while block:
        held += decoder.decode(block)
        last = held.rfind("</", 0, held.rfind(">"))
        cut = held.find(">", last) + 1 if last >= 0 else 0
        opened = max(held.rfind("<!--", 0, cut), held.rfind("<![CDATA[", 0, cut), held.rfind("<?", 0, cut))
        closed = max(held.rfind("-->", 0, cut), held.rfind("]]>", 0, cut), held.rfind("?>", 0, cut))
        if cut and opened <= closed:
            yield held[:cut]
            held = held[cut:]
        elif len(held) > _LONGEST:
            yield held
            held = ""
        block = stream.read(_BLOCK)
    yield held + decoder.decode(b"", True)


def fix(stream: BinaryIO, output: BinaryIO, *, file: str) -> Iterator[Finding]:
    """Copy a file with its safe repairs; yields one finding (TBX901) for each, as it is made.

    `stream` holds the file as it is (decompressed), `output` gets it in the same encoding, byte for byte the same where
    nothing was repaired. The copy is complete once the iterator is exhausted. Meant for files that `validate` finds
    well-formed. Raises `UnicodeDecodeError` for bytes that are not in the file's encoding and `LookupError` for an
    encoding nobody knows; part of the copy may then have been written.
    """
    head = stream.read(_BLOCK)
    prolog = read_prolog(head)
    encoding = codecs.lookup(prolog.encoding).name
    repairer = _Repairer(file)
    encode = codecs.getincrementalencoder(encoding)("xmlcharrefreplace").encode
    for piece in _pieces(stream, head, codecs.getincrementaldecoder(encoding)()):
        output.write(encode(repairer.text(piece)))
        yield from repairer.made
        repairer.made.clear()
