"""The held-out gold data against its own pages: every name stands where the tables say it does."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

GOLD = Path(__file__).parent
SETS = sorted(path.parent.name for path in GOLD.glob("*/entries.tsv"))
# Page type → what a line that begins an entry starts with, and how many lines of the page's head do so too.
BEGINNINGS = {".txt": ("", 2), ".md": ("## ", 0), ".csv": ("", 1)}


@cache
def table(name: str, kind: str) -> tuple[dict[str, str], ...]:
    """The rows of a gold table as column → text; a set without debatable pairs has no such table."""
    if not (GOLD / name / f"{kind}.tsv").exists():
        return ()
    header, *rows = (GOLD / name / f"{kind}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(dict(zip(header.split("\t"), row.split("\t"), strict=True)) for row in rows)


@cache
def lines(name: str, page: str) -> tuple[str, ...]:
    return tuple((GOLD / name / page).read_text(encoding="utf-8").splitlines())


def printed(name: str, entry: str) -> str:
    """The line an entry is named by."""
    page, _, number = entry.rpartition(":")
    return lines(name, page)[int(number) - 1]


def pages(name: str) -> list[str]:
    return sorted(path.name for path in (GOLD / name).iterdir() if path.suffix in BEGINNINGS)


def starts_entry(line: str, headword: str) -> bool:
    """Whether a line of one of the four layouts begins the entry with this headword."""
    text = line.removeprefix("## ")
    spelt_out = text == headword or text.startswith((f"{headword}:", f"{headword} – "))
    return spelt_out or next(csv.reader([line]))[0] == headword


def test_there_are_sets() -> None:
    assert len(SETS) >= 6


@pytest.mark.parametrize("name", SETS)
def test_every_headword_stands_at_its_line(name: str) -> None:
    wrong = [row for row in table(name, "entries") if not starts_entry(printed(name, row["entry"]), row["headword"])]
    assert not wrong


@pytest.mark.parametrize("name", SETS)
def test_every_entry_line_of_a_page_has_a_row(name: str) -> None:
    owned = Counter(row["entry"].rpartition(":")[0] for row in table(name, "entries"))
    assert sorted(owned) == pages(name)
    for page, count in owned.items():
        beginning, head = BEGINNINGS[Path(page).suffix]
        begun = sum(bool(line) and line.startswith(beginning) for line in lines(name, page))
        assert begun == count + head, page
        assert 25 <= count <= 60, page


@pytest.mark.parametrize("name", SETS)
def test_alignment_is_what_the_entries_say(name: str) -> None:
    groups: dict[str, set[str]] = {}
    for row in table(name, "entries"):
        groups.setdefault(row["concept"], set()).add(row["entry"])
    aligned = {row["key"]: set(row["members"].split(" | ")) for row in table(name, "alignment")}
    assert aligned == {key: members for key, members in groups.items() if len(members) > 1}


@pytest.mark.parametrize("name", SETS)
def test_no_debatable_pair_is_a_link(name: str) -> None:
    entries = {row["entry"] for row in table(name, "entries")}
    links = {
        frozenset(pair) for row in table(name, "alignment") for pair in combinations(row["members"].split(" | "), 2)
    }
    debatable = [frozenset((row["entry_a"], row["entry_b"])) for row in table(name, "debatable")]
    assert not links & set(debatable)
    assert len(set(debatable)) == len(debatable)
    assert all(pair <= entries and len(pair) == 2 for pair in debatable)
    assert {row["lean"] for row in table(name, "debatable")} <= {"same", "apart"}
