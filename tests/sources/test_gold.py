"""The five source pages against gold data made by independent readers: the bars of the foundation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from cctbx.model import SourceEntry
from cctbx.sources import ParsedPage
from tests.sources.scoring import f1, folded, gold_rows, parsed, unaccounted
from tests.support import ROOT, SEEDS

GOLD = ROOT / "tests" / "gold" / "parsing"
NAMES = ("kundeserviceavisen.nb", "customer-service-wiki.sv", "ping-coping.sv", "customer-service-wiki.nl",
         "slownik-customer-service.pl")  # fmt: skip
Row = dict[str, str]


@cache
def page_of(name: str) -> ParsedPage:
    return parsed((SEEDS / f"{name}.txt").read_bytes(), f"{name}.txt", name.rpartition(".")[2])


def pairs() -> Iterator[tuple[SourceEntry, Row]]:
    for name in NAMES:
        gold = {int(row["line_first"]): row for row in gold_rows(GOLD / f"{name}.tsv")}
        for entry in page_of(name).entries:
            if entry.line_first in gold:
                yield entry, gold[entry.line_first]


def test_there_are_207_entries() -> None:
    assert sum(len(gold_rows(GOLD / f"{name}.tsv")) for name in NAMES) == 207


@pytest.mark.parametrize("name", NAMES)
def test_entries_and_headwords_are_exact(name: str) -> None:
    gold = [(int(row["line_first"]), row["headword"]) for row in gold_rows(GOLD / f"{name}.tsv")]
    assert [(entry.line_first, entry.headword) for entry in page_of(name).entries] == gold


def test_last_lines_and_definitions() -> None:
    last = [entry.line_last == int(row["line_last"]) for entry, row in pairs()]
    text = [folded(entry.definition) == folded(row["definition"]) for entry, row in pairs()]
    assert sum(last) / len(last) >= 0.98
    assert sum(text) / len(text) >= 0.95


def designations(row: Row) -> dict[str, tuple[str, str]]:
    parts = (each.rsplit("@", 2) for each in row["designations"].split(" | "))
    return {term.lower(): (language, kind) for term, language, kind in parts}


def test_designations_and_acronyms() -> None:
    hits = found = wanted = 0
    acronyms = [0, 0, 0]
    for entry, row in pairs():
        gold = designations(row)
        allowed = {term.lower() for term in re.findall(r"optional: ([^;@]+)@", row["note"])}
        own = {
            d.term.lower(): (d.language, d.type or "")
            for d in entry.designations
            if d.term.lower() in gold or d.term.lower() not in allowed
        }
        hits += sum(term in gold and gold[term][0] == value[0] for term, value in own.items())
        found, wanted = found + len(own), wanted + len(gold)
        ours, theirs = ({t for t, (_, kind) in each.items() if kind == "acronym"} for each in (own, gold))
        acronyms = [acronyms[0] + len(ours & theirs), acronyms[1] + len(ours), acronyms[2] + len(theirs)]
    assert f1(hits, found, wanted) >= 0.95
    assert f1(*acronyms) >= 0.98


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_accounted_for(name: str) -> None:
    assert unaccounted((SEEDS / f"{name}.txt").read_text(encoding="utf-8"), page_of(name)) == []


def test_lines_outside_entries_have_the_reasons_readers_gave() -> None:
    agreed = total = 0
    for row in gold_rows(GOLD / "skipped.tsv"):
        page = page_of(row["source"].removesuffix(".txt"))
        first, last = int(row["line_first"]), int(row["line_last"])
        total += 1
        reasons = {each.reason for each in page.skipped if each.line_first <= first and last <= each.line_last}
        agreed += row["reason"] in reasons
    assert agreed / total >= 0.85


@pytest.mark.parametrize(
    ("name", "line", "code"),
    [
        ("customer-service-wiki.nl", 109, "SRC006"),
        ("customer-service-wiki.nl", 87, "SRC009"),
        ("ping-coping.sv", 55, "SRC007"),
        ("ping-coping.sv", 71, "SRC007"),
        ("kundeserviceavisen.nb", 20, "SRC008"),
        ("ping-coping.sv", 83, "SRC005"),
        ("slownik-customer-service.pl", 139, "SRC019"),
    ],
)
def test_traps_are_reported(name: str, line: int, code: str) -> None:
    assert (line, code) in {(finding.line, finding.code) for finding in page_of(name).findings}


def test_misprints_are_no_designations_but_stay_in_a_note() -> None:
    for name in NAMES:
        for row in gold_rows(GOLD / f"{name}.tsv"):
            printed = re.search(r"misprint: ([^(;]+?) \(", row["note"])
            if printed:
                entry = next(each for each in page_of(name).entries if each.line_first == int(row["line_first"]))
                assert printed.group(1) not in {each.term for each in entry.designations}
                assert any(printed.group(1) in note for note in entry.notes)
