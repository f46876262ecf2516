"""Bytes → text: by byte-order mark, by the document's own declaration, by the user's word, by content."""

from __future__ import annotations

import codecs
import re

from cctbx.errors import InputError

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"(?:charset|encoding|coding)\s*[=:]\s*[\"']?\s*([A-Za-z0-9_.:-]+)")
_HEAD = 4096
_SAMPLE = 60_000


def decode(content: bytes, file: str, stated: str | None = None) -> tuple[str, str]:
    """The text and the name of its encoding. Raises `InputError` where the stated encoding does not fit the bytes.

    Order: what the user states; a byte-order mark; UTF-8 if it fits; UTF-16 by its zeros; the document's declaration;
    what the bytes look like. Bytes that fit nothing are read as Windows-1252 with replacement, never refused.
    """
    if stated:
        return _stated(content, file, stated), stated
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(_marked(name, mark), "replace"), name
    sixteen = _sixteen(content)
    if sixteen:
        return content.decode(sixteen, "replace"), sixteen
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _guessed(content)


def _marked(name: str, mark: bytes) -> str:
    endings = {
        codecs.BOM_UTF16_LE: "-le",
        codecs.BOM_UTF16_BE: "-be",
        codecs.BOM_UTF32_LE: "-le",
        codecs.BOM_UTF32_BE: "-be",
    }
    return name + endings.get(mark, "")


def _stated(content: bytes, file: str, stated: str) -> str:
    try:
        return content.decode(stated).removeprefix("\ufeff")
    except LookupError:
        raise InputError(
            f"unknown encoding `{stated}`; try utf-8, utf-16, windows-1250, windows-1252", file=file
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not {stated}: byte 0x{content[error.start]:02x} at offset {error.start}; leave the encoding out",
            file=file,
        ) from None


def _sixteen(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a European text is zero."""
    head = content[:_HEAD]
    if len(head) < 8 or head.count(0) < 0.3 * len(head):
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _guessed(content: bytes) -> tuple[str, str]:
    declared = _DECLARED.search(content[:_HEAD])
    if declared:
        name = declared.group(1).decode("ascii", "replace")
        try:
            if codecs.lookup(name).name != "utf-8":
                return content.decode(name), codecs.lookup(name).name
        except (LookupError, UnicodeDecodeError):
            pass
    if _mostly_utf8(content):
        return content.decode("utf-8", "replace"), "utf-8"
    from charset_normalizer import from_bytes

    found = from_bytes(content[:_SAMPLE], cp_isolation=["cp1250", "cp1252", "iso8859_2", "latin_1"]).best()
    name = found.encoding if found else "cp1252"
    return content.decode(name, "replace"), name


def _mostly_utf8(content: bytes) -> bool:
    """A UTF-8 text with a few broken bytes: far more good sequences of several bytes than bad bytes."""
    sample = content[:_SAMPLE].decode("utf-8", "replace")
    bad = sample.count("\ufffd")
    return sum(ord(each) > 127 for each in sample) - bad > 4 * bad
