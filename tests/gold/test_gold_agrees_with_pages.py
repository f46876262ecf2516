"""The gold data against the pages it was read from: the record must stand in the text, whoever edits it."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from tests.support import SEEDS

GOLD = Path(__file__).parent
PAGES = {
    "kundeserviceavisen.nb.txt": 40,
    "customer-service-wiki.sv.txt": 52,
    "ping-coping.sv.txt": 32,
    "customer-service-wiki.nl.txt": 54,
    "slownik-customer-service.pl.txt": 29,
}
DESIGNATION = re.compile(r"[^@]+@(nb|sv|nl|pl|en)@(fullForm|acronym|abbreviation|shortForm|variant)?")


def table(relative: str) -> list[dict[str, str]]:
    """The rows of a gold file as column → text."""
    header, *rows = (GOLD / relative).read_text(encoding="utf-8").splitlines()
    return [dict(zip(header.split("\t"), row.split("\t"), strict=True)) for row in rows]


def entries(page: str) -> list[dict[str, str]]:
    return table(f"parsing/{page.removesuffix('.txt')}.tsv")


def page_lines(page: str) -> list[str]:
    return [fold(line) for line in (SEEDS / page).read_text(encoding="utf-8").split("\n")]


def fold(text: str) -> str:
    return " ".join(text.split())


def span(row: dict[str, str]) -> range:
    return range(int(row["line_first"]), int(row["line_last"]) + 1)


def entry_names() -> set[str]:
    return {f"{page}:{row['line_first']}" for page in PAGES for row in entries(page)}


@pytest.mark.parametrize(("page", "count"), PAGES.items())
def test_every_non_blank_line_has_one_owner(page: str, count: int) -> None:
    rows = entries(page)
    assert len(rows) == count
    owned = [line for row in rows for line in span(row)]
    skipped = [line for row in table("parsing/skipped.tsv") if row["source"] == page for line in span(row)]
    lines = page_lines(page)
    assert len(set(owned + skipped)) == len(owned + skipped)
    assert {number for number, line in enumerate(lines, 1) if line} <= set(owned + skipped)
    assert all(lines[int(row["line_first"]) - 1] and lines[int(row["line_last"]) - 1] for row in rows)


@pytest.mark.parametrize("page", PAGES)
def test_headwords_and_definitions_stand_in_their_span(page: str) -> None:
    lines = page_lines(page)
    for row in entries(page):
        text = fold(" ".join(lines[number - 1] for number in span(row)))
        assert text.startswith(row["headword"]), row["line_first"]
        assert row["definition"].replace(" ¶ ", " ") in text, row["line_first"]


@pytest.mark.parametrize("page", PAGES)
def test_designations_are_well_formed_and_printed_unless_the_note_says_inflected(page: str) -> None:
    lines = page_lines(page)
    for row in entries(page):
        text = fold(" ".join(lines[number - 1] for number in span(row))).casefold()
        for designation in row["designations"].split(" | "):
            assert DESIGNATION.fullmatch(designation), designation
            assert designation.split("@")[0].casefold() in text or "inflected:" in row["note"], designation


def test_every_entry_has_one_concept_and_alignment_repeats_the_concepts() -> None:
    concepts = {row["key"]: row["members"].split(" | ") for row in table("concepts.tsv")}
    members = [member for group in concepts.values() for member in group]
    assert len(set(members)) == len(members)
    assert set(members) == entry_names()
    aligned = {row["key"]: row["members"].split(" | ") for row in table("alignment.tsv")}
    assert aligned == {key: group for key, group in concepts.items() if len(group) > 1}


def test_relations_name_concepts() -> None:
    rows = table("concepts.tsv")
    keys = {row["key"] for row in rows}
    for row in rows:
        named = [key for column in ("broader", "related") for key in row[column].split(" | ") if key]
        assert set(named) <= keys - {row["key"]}, row["key"]


def test_no_debatable_pair_is_a_link() -> None:
    links = {frozenset(pair) for row in table("alignment.tsv") for pair in combinations(row["members"].split(" | "), 2)}
    debatable = {frozenset((row["entry_a"], row["entry_b"])) for row in table("debatable.tsv")}
    assert not links & debatable
    assert set().union(*debatable) <= entry_names()
