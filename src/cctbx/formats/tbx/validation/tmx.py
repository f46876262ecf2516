"""What TMX 1.4b asks beyond its document type: codes come in pairs, dates have one form."""

from __future__ import annotations

import re
from collections import Counter

from cctbx.formats.tbx.validation.reporter import Reporter
from cctbx.formats.tbx.validation.vocabulary import split_tag
from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["check_unit"]

_DATE = re.compile(r"\d{8}T\d{6}Z")
_DATES = ("creationdate", "changedate", "lastusagedate")


def check_unit(unit: XmlElement, reporter: Reporter) -> None:
    """Check the dates and the paired codes of a translation unit (TMX 1.4b, sections on dates and on bpt and ept)."""
    for element in unit.iter("tu", "tuv"):
        for name in _DATES:
            value = element.get(name)
            if value is not None and not _DATE.fullmatch(value):
                reporter.on("TBX802", f"{name} is {value!r}", element, advice="write YYYYMMDDThhmmssZ")
    for segment in unit.iter("seg"):
        _codes(segment, reporter)


def _codes(segment: XmlElement, reporter: Reporter) -> None:
    count = {
        name: Counter(each.get("i") for each in segment.iter(name) if each.get("i") is not None)
        for name in ("bpt", "ept")
    }
    for element in segment.iter("bpt", "ept"):
        local = split_tag(element.tag)[1]
        other = "ept" if local == "bpt" else "bpt"
        number = element.get("i")
        if number is not None and count[other][number] != count[local][number]:
            reporter.on("TBX801", f"{local} i={number!r} has no {other}", element)
