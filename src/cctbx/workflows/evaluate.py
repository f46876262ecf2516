"""Evaluation as a use case: gold data in one of three layouts against an alignment."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cctbx.align.evaluation import Evaluation, evaluate
from cctbx.align.verdicts import entry_keys
from cctbx.errors import InputError
from cctbx.findings import Finding, Severity
from cctbx.text.normal import primary
from cctbx.workflows.align import Aligned, Gathered
from cctbx.workflows.files import read_bytes

__all__ = ["GoldLinks", "evaluated", "read_gold"]

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldLinks:
    """Links that are right, and pairs that do not count; names as in the file."""

    links: frozenset[Pair]
    ignored: frozenset[Pair] = frozenset()


def read_gold(file: str, languages: Iterable[str]) -> GoldLinks:
    """Gold data from a tab-separated table with a header line, in one of three layouts:

    a column per language (or source) that holds entry ids, one concept a row (empty: not in that glossary);
    a column `members` with the entries of one concept, ` | ` between them;
    columns `entry_a`, `entry_b` and `judgement` (`same` is a link, `different` none, anything else does not count).

    Entries are named by id, or as `file:line`. Raises `InputError` for any other layout.
    """
    try:
        text = read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", file=file) from error
    table = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    names, rows = list(table.fieldnames or ()), list(table)
    columns = [name for name in names if name and primary(name) in {primary(tag) for tag in languages}]
    if "members" in names:
        return GoldLinks(links=_pairs(row["members"].split("|") for row in rows))
    if {"entry_a", "entry_b"} <= set(names):
        return _judged(rows)
    if len(columns) > 1:
        return GoldLinks(links=_pairs([row[name] or "" for name in columns] for row in rows))
    wanted = "columns `members`, or `entry_a` and `entry_b`, or one per language"
    raise InputError(f"is no gold data: wanted {wanted}", file=file, line=1)


def _pairs(groups: Iterable[Iterable[str]]) -> frozenset[Pair]:
    found: set[Pair] = set()
    for group in groups:
        named = sorted(name.strip() for name in group if name and name.strip())
        found.update(itertools.combinations(named, 2))
    return frozenset(found)


def _judged(rows: Iterable[Mapping[str, str]]) -> GoldLinks:
    links: set[Pair] = set()
    ignored: set[Pair] = set()
    for row in rows:
        first, second = sorted((row["entry_a"].strip(), row["entry_b"].strip()))
        judgement = row.get("judgement") or "debatable"
        if judgement == "same":
            links.add((first, second))
        elif judgement != "different":
            ignored.add((first, second))
    return GoldLinks(links=frozenset(links), ignored=frozenset(ignored))


def evaluated(
    result: Aligned, gold: Iterable[GoldLinks], *, by_source: bool = False
) -> tuple[Evaluation, tuple[Finding, ...]]:
    """Score an alignment; names that no entry has are findings ALN008 and count as missed."""
    gathered = result.gathered
    names = dict(_names(gathered))
    findings: list[Finding] = []
    links, ignored = set[Pair](), set[Pair]()
    for each in gold:
        links |= _resolved(each.links, names, findings)
        ignored |= _resolved(each.ignored, names, [])
    keys = entry_keys(gathered.entries)
    group = {
        key: entry.source if by_source else primary(entry.language)
        for key, entry in zip(keys, gathered.entries, strict=True)
    }
    for missing in {name for pair in links for name in pair} - group.keys():
        group[missing] = "?"
    return evaluate(result.alignment, links, group, ignored=ignored), tuple(findings)


def _names(gathered: Gathered) -> Iterator[tuple[str, str]]:
    """Every way to name an entry → its key."""
    for key, entry in zip(entry_keys(gathered.entries), gathered.entries, strict=True):
        file = gathered.files.get(entry.source, entry.source)
        for name in (entry.id.rpartition("#")[2], f"{entry.source}:{entry.line_first}", f"{file}:{entry.line_first}",
                     f"{file.rpartition('/')[2]}:{entry.line_first}", entry.id, key):  # fmt: skip
            yield name, key


def _resolved(pairs: Iterable[Pair], names: Mapping[str, str], findings: list[Finding]) -> set[Pair]:
    found: set[Pair] = set()
    unknown: set[str] = set()
    for pair in pairs:
        unknown.update(name for name in pair if name not in names)
        first, second = sorted(names.get(name, name) for name in pair)
        found.add((first, second))
    findings.extend(
        Finding(code="ALN008", severity=Severity.WARNING, message=f"gold data names {name}, which is no entry here",
                advice="its links count as missed")
        for name in sorted(unknown)
    )  # fmt: skip
    return found
