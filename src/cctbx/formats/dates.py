"""Dates of transactions: ISO 8601 in the model, `YYYYMMDDThhmmssZ` in TMX."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["compact_date", "iso_date"]

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z?)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?")


def compact_date(text: str) -> str | None:
    """`20200131T120000Z` for an ISO date or date and time (taken for UTC), None for anything else."""
    found = _ISO.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (part or "00" for part in found.groups())
    return f"{year}{month}{day}T{hour}{minute}{second}Z"


@lru_cache(maxsize=4096)
def iso_date(text: str) -> str:
    """`2020-01-31T12:00:00Z` for a compact date; any other text as it is."""
    found = _COMPACT.fullmatch(text.strip())
    return "{}-{}-{}T{}:{}:{}Z".format(*found.groups()) if found else text
