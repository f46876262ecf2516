"""Bytes → text: by byte-order mark, by the document's own declaration, by the user's word, by content."""

from __future__ import annotations

import codecs
import re

from cctbx.errors import InputError
from cctbx.sources.languages import language_row
from cctbx.sources.recognise import recognise_language

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
_PAGES = ("cp1252", "iso8859-15", "cp1250", "iso8859-2", "cp850", "cp852", "mac-roman", "mac-latin2")
"""Tried in this order: the first of those that fit equally well is taken."""
_SIGNS = frozenset("“”„‘’‚«»‹›–—…•·§°©®™€£²³½×±´\u00a0\u00ad")


def decode(content: bytes, file: str, stated: str | None = None, language: str | None = None) -> tuple[str, str]:
    """The text and the name of its encoding. Raises `InputError` where the stated encoding does not fit the bytes.

    Order: what the user states; a byte-order mark; UTF-8 if it fits; UTF-16 by its zeros; the document's declaration;
    what alphabet the bytes give, that of the language stated or recognised. Bytes that fit nothing are read as
    Windows-1252 with replacement, never refused.
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
        return _guessed(content, language)


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


def _guessed(content: bytes, language: str | None) -> tuple[str, str]:
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
    name = max(_PAGES, key=lambda each: _fits(content[:_SAMPLE], each, language))
    return content.decode(name, "replace"), name


def _fits(content: bytes, name: str, language: str | None) -> float:
    """The share of the letters and signs beyond ASCII that the language of the text is written with."""
    text = content.decode(name, "replace")
    beyond = [each for each in text if ord(each) > 127]
    known = frozenset(language_row(language or recognise_language(text)[0] or "und").alphabet) | _SIGNS
    return sum(each.lower() in known for each in beyond) / max(1, len(beyond))


def _mostly_utf8(content: bytes) -> bool:
    """A UTF-8 text with a few broken bytes: far more good sequences of several bytes than bad bytes."""
    sample = content[:_SAMPLE].decode("utf-8", "replace")
    bad = sample.count("\ufffd")
    return sum(ord(each) > 127 for each in sample) - bad > 4 * bad
