"""Lines of a file that print nothing: what a reader of marked-up documents leaves over."""

from __future__ import annotations

import re

from cctbx.sources.lines import Line

__all__ = ["uncovered"]

_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


def uncovered(text: str, lines: list[Line], reason: str, first: int = 1) -> list[tuple[int, int, str]]:
    """Spans of non-blank lines of a text that no line covers, as (first, last, reason); scripts are told apart."""
    seen: set[int] = set()
    for line in lines:
        seen.update(range(line.number, line.last + 1))
    scripts: set[int] = set()
    for found in _SCRIPT.finditer(text):
        start = text.count("\n", 0, found.start()) + first
        scripts.update(range(start, start + found.group().count("\n") + 1))
    spans: list[tuple[int, int, str]] = []
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=first):
        if number in seen or not raw.strip():
            continue
        why = "script" if number in scripts else reason
        if spans and spans[-1][1] == number - 1 and spans[-1][2] == why:
            spans[-1] = (spans[-1][0], number, why)
        else:
            spans.append((number, number, why))
    return spans
