"""How many changes there are: by kind, and by language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cctbx.diff.changes import KINDS, Change, Changes, Kind, KindRow
from cctbx.diff.filters import asked_for, languages_of
from cctbx.model import ConceptEntry
from cctbx.report.changes import Comparison

__all__ = ["MARKS", "counts", "stat", "stat_lines", "summary", "titled"]


def counts(changes: Iterable[Change]) -> dict[Kind, int]:
    """How many changes of each kind there are, in the order of the table of kinds."""
    found = dict.fromkeys((row.kind for row in KINDS), 0)
    for each in changes:
        found[each.kind] += 1
    return {kind: number for kind, number in found.items() if number}


_SINGULAR = (
    ("statuses", "status"), ("categories", "category"), ("white space of designations", "white space of a designation"),
    ("ids of sections", "id of a section"),
)  # fmt: skip


def titled(row: KindRow, number: int = 1) -> str:
    """The title of a kind of change, in the singular for one."""
    if number != 1:
        return row.title
    for plural, singular in _SINGULAR:
        if plural in row.title:
            return row.title.replace(plural, singular)
    return _PLURAL_NOUN.sub(" ", row.title, count=1)


_PLURAL_NOUN = re.compile("s ")


def summary(changes: Changes) -> str:
    """`12 changes: 3 concepts added, 9 definitions edited`, or `No differences`."""
    if not changes.changes:
        return "No differences"
    found = counts(changes)
    named = ", ".join(f"{found[row.kind]} {titled(row, found[row.kind])}" for row in KINDS if row.kind in found)
    return f"{len(changes)} change{'s' if len(changes) != 1 else ''}: {named}"


MARKS: dict[str, str] = {"+": "added", "-": "removed", "~": "changed", ">": "moved"}
"""The marks of changes in the order of tables, each with the heading of its column."""


def stat(comparison: Comparison) -> dict[str, tuple[int, ...]]:
    """How many additions, removals, edits and moves (`MARKS`) there are by language; `(none)`: of no language."""
    table: dict[str, dict[str, int]] = {}
    for change in comparison.changes:
        for language in _stat_languages(change, comparison.languages):
            row = table.setdefault(language, dict.fromkeys(MARKS, 0))
            row[change.row.mark] += 1
    return {language: tuple(table[language].values()) for language in sorted(table)}


def stat_lines(comparison: Comparison) -> tuple[str, ...]:
    """One line per language, the numbers below each other: `sv  +12  -1  ~3  >0`."""
    table = {
        language: [f"{mark}{number}" for mark, number in zip(MARKS, numbers, strict=True)]
        for language, numbers in stat(comparison).items()
    }
    width = max(map(len, table), default=0)
    widths = [max(map(len, column)) for column in zip(*table.values(), strict=True)]
    return tuple(
        "  ".join((language.ljust(width), *map(str.ljust, cells, widths))).rstrip() for language, cells in table.items()
    )


def _stat_languages(change: Change, asked: frozenset[str]) -> frozenset[str]:
    if change.language is not None:
        return frozenset({change.language})
    whole = any(isinstance(held, ConceptEntry) for held in (change.old, change.new))
    found = languages_of(change) if whole else frozenset()
    return frozenset(each for each in found if not asked or asked_for(each, asked)) or frozenset({"(none)"})
