"""Ids: what XML allows, what makes an id valid, and a register of a million of them in a few megabytes."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right

__all__ = ["Identifiers", "is_name", "valid_name"]

_NAME = re.compile(
    r"[A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    r"\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]"
    r"[-.0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]*"
)
_NOT_NAME = re.compile(
    r"[^-.0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]"
)


def is_name(text: str) -> bool:
    """Whether this is an XML name without a colon (NCName): what an id must be."""
    return _NAME.fullmatch(text) is not None


def valid_name(text: str, prefix: str = "c") -> str:
    """The text itself if it is a valid id, else the nearest one: forbidden characters become `_`, and a numeric key
    gets a prefix (`c17`)."""
    if _NAME.fullmatch(text):
        return text
    cleaned = _NOT_NAME.sub("_", text)
    return cleaned if _NAME.fullmatch(cleaned) else prefix + cleaned


class _Runs:
    """Numbers, as runs of consecutive ones in order."""

    __slots__ = ("ends", "starts")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def __contains__(self, number: int) -> bool:
        place = bisect_right(self.starts, number) - 1
        return place >= 0 and number <= self.ends[place]

    def extend(self, number: int) -> bool:
        """Takes in a number that is not there, if it stands next to a run."""
        place = bisect_right(self.starts, number)
        before = place > 0 and self.ends[place - 1] == number - 1
        behind = place < len(self.starts) and self.starts[place] == number + 1
        if before and behind:
            self.ends[place - 1] = self.ends.pop(place)
            del self.starts[place]
        elif before:
            self.ends[place - 1] = number
        elif behind:
            self.starts[place] = number
        return before or behind

    def begin(self, number: int) -> None:
        """Takes in a number as a run of its own."""
        place = bisect_right(self.starts, number)
        self.starts.insert(place, number)
        self.ends.insert(place, number)


_DIGITS = "0123456789"
_RUNS_LIMIT = 4096


class Identifiers:
    """A set of strings. Numbered ones (`c1`, `c2` …) are kept as runs: a million in a row take no memory at all.

    Of the others it holds the 64-bit hashes only: open addressing in an array, 8 to 16 bytes an id. Two different ids
    of a million have the same hash with a probability of three in a hundred million.
    """

    __slots__ = ("_begun", "_count", "_mask", "_runs", "_slots")

    def __init__(self) -> None:
        self._runs: dict[str, _Runs] = {}
        self._begun = 0
        self._slots = array("q", bytes(8 * 1024))
        self._mask = 1023
        self._count = 0

    def add(self, text: str) -> bool:
        """Takes in a string; False if it was there."""
        prefix = text.rstrip(_DIGITS)
        digits = text[len(prefix) :]
        if not digits or digits[0] == "0" or len(digits) > 15:
            return self._hashed(text)
        number = int(digits)
        runs = self._runs.get(prefix)
        if runs is not None and number in runs:
            return False
        if self._count and self._has(text):
            return False
        if runs is not None and runs.extend(number):
            return True
        if self._begun == _RUNS_LIMIT:
            return self._hashed(text)
        self._begun += 1
        self._runs.setdefault(prefix, _Runs()).begin(number)
        return True

    def __contains__(self, text: str) -> bool:
        prefix = text.rstrip(_DIGITS)
        digits = text[len(prefix) :]
        if digits and digits[0] != "0" and len(digits) <= 15:
            runs = self._runs.get(prefix)
            if runs is not None and int(digits) in runs:
                return True
        return self._has(text)

    def _hashed(self, text: str) -> bool:
        key = hash(text) or 1
        slots, mask = self._slots, self._mask
        place = key & mask
        while held := slots[place]:
            if held == key:
                return False
            place = (place + 1) & mask
        slots[place] = key
        self._count += 1
        if self._count * 3 > mask * 2:
            self._grow()
        return True

    def _has(self, text: str) -> bool:
        key = hash(text) or 1
        place = key & self._mask
        while held := self._slots[place]:
            if held == key:
                return True
            place = (place + 1) & self._mask
        return False

    def _grow(self) -> None:
        old, self._mask = self._slots, self._mask * 2 + 1
        slots = self._slots = array("q", bytes(8 * (self._mask + 1)))
        for key in old:
            if key:
                place = key & self._mask
                while slots[place]:
                    place = (place + 1) & self._mask
                slots[place] = key
