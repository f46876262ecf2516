"""What XML Schema and BCP 47 say of single values: names, languages, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from difflib import get_close_matches

__all__ = ["did_you_mean", "is_bcp47", "is_date", "is_date_time", "is_name", "is_xml_language"]

_START = "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
_START += "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
_NAME = re.compile(f"[{_START}][{_START}.0-9\u00b7\u0300-\u036f\u203f-\u2040-]*")
_XML_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_DATE = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)" + _ZONE)
_TIME = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)T(?P<time>\d\d:\d\d:\d\d)(?:\.\d+)?" + _ZONE)

_LANGTAG = re.compile(
    r"""
    (?: (?: [a-z]{2,3} (?: -[a-z]{3} ){0,3} | [a-z]{4} | [a-z]{5,8} )        # RFC 5646, section 2.1: language
        (?: -[a-z]{4} )?                                                     # script
        (?: -(?: [a-z]{2} | [0-9]{3} ) )?                                    # region
        (?: -(?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*                       # variants
        (?: -[0-9a-wy-z] (?: -[a-z0-9]{2,8} )+ )*                            # extensions
        (?: -x (?: -[a-z0-9]{1,8} )+ )?                                      # private use
      | x (?: -[a-z0-9]{1,8} )+
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GRANDFATHERED = frozenset({
    "en-gb-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux", "i-mingo", "i-navajo",
    "i-pwn", "i-tao", "i-tay", "i-tsu", "sgn-be-fr", "sgn-be-nl", "sgn-ch-de", "art-lojban", "cel-gaulish", "no-bok",
    "no-nyn", "zh-guoyu", "zh-hakka", "zh-min", "zh-min-nan", "zh-xiang",
})  # fmt: skip


def is_name(text: str) -> bool:
    """Whether this may be an XML ID: a name without colon (surrounding blanks are not part of it)."""
    return _NAME.fullmatch(text.strip(" \t\r\n")) is not None


def is_xml_language(text: str) -> bool:
    """Whether this is of the XML Schema type `language` (surrounding blanks are not part of it)."""
    return _XML_LANGUAGE.fullmatch(text.strip(" \t\r\n")) is not None


def is_bcp47(text: str) -> bool:
    """Whether this is well-formed by RFC 5646: the shape only, not whether its subtags are registered."""
    return _LANGTAG.fullmatch(text) is not None or text.lower() in _GRANDFATHERED


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def is_date(text: str) -> bool:
    """Whether this is a real day of the XML Schema type `date`, blanks stripped."""
    found = _DATE.fullmatch(text.strip(" \t\r\n"))
    return found is not None and _exists(found["day"])


def is_date_time(text: str) -> bool:
    """Whether this is a real moment of the XML Schema type `dateTime`, blanks stripped."""
    found = _TIME.fullmatch(text.strip(" \t\r\n"))
    if found is None or not _exists(found["day"]):
        return False
    if found["time"] == "24:00:00":
        return True
    try:
        datetime.strptime(found["time"], "%H:%M:%S")
    except ValueError:
        return False
    return True


def did_you_mean(text: str, known: Iterable[str]) -> str | None:
    """The known value that this most likely stands for: equal but for case and blanks, or close in spelling."""
    listed = sorted(known)
    folded = "".join(text.split()).casefold()
    same = next((each for each in listed if each.casefold() == folded), None)
    if same:
        return same
    starts = [each for each in listed if folded and each.casefold().startswith(folded)]
    if len(starts) == 1:
        return starts[0]
    close = get_close_matches(text, listed, n=1, cutoff=0.72)
    return close[0] if close else None
