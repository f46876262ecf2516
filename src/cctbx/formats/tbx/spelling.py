"""What XML Schema allows as a language tag, a date, a URI, a character; and the nearest allowed thing."""

from __future__ import annotations

import re
from datetime import date, datetime

__all__ = ["clean", "is_address", "is_reference", "is_web_address", "iso_date", "valid_language"]

_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_SCRIPTS = {"@latin": "-Latn", "@cyrillic": "-Cyrl", "@devanagari": "-Deva", "@arabic": "-Arab"}

_DAY = re.compile(r"(\d{4})-?(\d{1,2})-?(\d{1,2})")
_MOMENT = re.compile(
    r"(\d{4})-?(\d{1,2})-?(\d{1,2})[T ](\d{2}):?(\d{2}):?(\d{2})(\.\d+)?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
)
_ZONED_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)")

_IN_ADDRESS = r"(?:[!$&-;=?-Z_a-z~\u00a0-\ud7ff]|%[0-9A-Fa-f]{2})"
_ADDRESS = re.compile(rf"[A-Za-z][A-Za-z0-9+.\-]*:{_IN_ADDRESS}+(?:#{_IN_ADDRESS}*)?")
_RELATIVE = re.compile(rf"(?![^/?#]*:)(?=.){_IN_ADDRESS}*(?:#{_IN_ADDRESS}*)?")
_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without the characters XML 1.0 cannot represent at all."""
    return text if text.isprintable() else _ILLEGAL.sub("", text)


def valid_language(tag: str) -> str:
    """The tag if it is of the XSD type `language`, else the nearest that is: `en_US` → `en-US`, nothing → `und`."""
    if _LANGUAGE.fullmatch(tag):
        return tag
    for suffix, script in _SCRIPTS.items():
        tag = tag.replace(suffix, script)
    parts = [part for part in re.split(r"[^a-zA-Z0-9]+", tag) if part]
    while parts and not _LANGUAGE.fullmatch("-".join(parts)):
        parts.pop()
    return "-".join(parts) or "und"


def _is_real(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def iso_date(text: str) -> str | None:
    """The date as XSD `date` or `dateTime`; None if it is no real date. Surrounding blanks are no part of it."""
    text = text.strip()
    if (found := _DAY.fullmatch(text)) and _is_real(*found.groups()):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if (found := _ZONED_DAY.fullmatch(text)) and _is_real(found[1], found[2], found[3]):
        return text
    if found := _MOMENT.fullmatch(text):
        year, month, day, hour, minute, second, fraction, zone = found.groups()
        try:
            moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second))
        except ValueError:
            return None
        return f"{moment:%Y-%m-%dT%H:%M:%S}".rjust(19, "0") + (fraction or "") + (zone or "")
    return None


def is_address(text: str) -> bool:
    """Whether this is a URI (or IRI) with a scheme and nothing a URI must not hold."""
    return _ADDRESS.fullmatch(text) is not None


def is_reference(text: str) -> bool:
    """Whether this is a URI, or a relative reference to one (`pictures/1.png`)."""
    return is_address(text) or _RELATIVE.fullmatch(text) is not None


def is_web_address(text: str) -> bool:
    """Whether this is an `http` or `https` URI."""
    return text.startswith(("http://", "https://")) and len(text) > 8 and is_address(text)
