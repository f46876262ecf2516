"""Separators between headword and definition on one line."""

from __future__ import annotations

import re

from cctbx.sources.acronyms import expands, is_acronym

__all__ = ["RARE", "SEPARATORS", "custom", "split_at"]

_DASH = r"\s+[-–—‐‑‒―−]{1,3}(?:\s+|$)"
SEPARATORS: dict[str, re.Pattern[str]] = {
    "dash": re.compile(_DASH),
    "colon": re.compile(r"\s*::?(?:\s+|$)"),
    "mixed": re.compile(rf"{_DASH}|\s*::?(?:\s+|$)|\s+[→⇒➔➜]\s*|\s+==?\s+"),
    "tight-dash": re.compile(r"\s+[-–—]+(?=\S)|(?<=[^\s\d])[–—]\s*|(?<=\w{2})-\s+"),
    "tight-colon": re.compile(r"\s*:(?!//|\d)\s*"),
    "equals": re.compile(r"\s*={1,2}>?\s*"),
    "arrow": re.compile(r"\s*(?:→|⇒|➔|➜|->|=>)\s*|\s+[>›]\s+"),
    "tab": re.compile(r"\s*\t\s*|\s{3,}"),
    "slashes": re.compile(r"\s+//+\s+"),
    "dots": re.compile(r"\s*(?:\.{3,}|(?:\s\.){3,}|…{2,})\s*"),
    "semicolon": re.compile(r"\s*;\s+"),
    "stop": re.compile(r"\.\s+(?=[^\W\d_])"),
    "comma": re.compile(r",\s+"),
}
"""Name → pattern. The first match outside brackets separates; `tab` looks at the line as printed."""


_SIGNS: dict[re.Pattern[str], tuple[str, ...]] = {
    SEPARATORS[name]: signs
    for name, signs in {
        "dash": tuple("-–—‐‑‒―−"),
        "colon": (":",),
        "tight-dash": tuple("-–—"),
        "tight-colon": (":",),
        "equals": ("=",),
        "arrow": tuple("→⇒➔➜>›"),
        "tab": ("\t", "   ", "\u00a0", "\u2003"),
        "slashes": ("//",),
        "dots": ("..", " .", "……"),
        "semicolon": (";",),
        "stop": (".",),
        "comma": (",",),
    }.items()
}
"""What a line must hold for a separator to be looked for: most lines do not."""

_SECOND = {SEPARATORS["dash"]: SEPARATORS["mixed"]}


RARE: dict[str, float] = {
    "mixed": 0.98,
    "tight-dash": 0.9,
    "tight-colon": 0.95,
    "dots": 0.85,
    "semicolon": 0.75,
    "stop": 0.65,
    "comma": 0.6,
}
"""How plausible a separator is beside the others (1 where it is not named): prose is full of commas and full stops."""


def custom(separator: str) -> re.Pattern[str]:
    """The separator a user names, taken literally but for white space around it."""
    bare = separator.strip()
    inner = re.escape(bare) if bare else r"\s+"
    space = r"\s+" if separator[:1].isspace() and bare else r"\s*"
    return re.compile(rf"{space}{inner}{space}" if bare else r"\t+|\s{2,}")


def split_at(pattern: re.Pattern[str], text: str, limit: int = 120) -> tuple[str, str] | None:
    """Headword and definition of a line, split at the first separator outside brackets; None where there is none.

    `ACR – Expansion – definition`: the expansion stays with the headword where its letters give the acronym.
    """
    signs = _SIGNS.get(pattern)
    if signs is not None and not any(map(text.__contains__, signs)):
        return None
    found = _first(pattern, text, 0, limit)
    if found is None:
        return None
    head, tail = text[: found.start()].strip(), text[found.end() :].strip()
    if tail and is_acronym(head):
        second = _first(_SECOND.get(pattern, pattern), text, found.end(), found.end() + 80)
        if second is not None:
            between = text[found.end() : second.start()].strip()
            if len(between.split()) >= 2 and between[0] != "(" and ";" not in between and expands(head, between):
                return text[: second.start()].strip(), text[second.end() :].strip()
    return head, tail


def _first(pattern: re.Pattern[str], text: str, start: int, limit: int) -> re.Match[str] | None:
    end, place = min(len(text), limit), start
    while (found := pattern.search(text, place, end)) is not None:
        head = text[start : found.start()]
        if head.count("(") <= head.count(")") and found.start() > start:
            return found
        place = max(found.end(), place + 1)
    return None
