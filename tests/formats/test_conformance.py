"""Every real-world file of the formats beside TBX: counts, languages and encodings as the table of facts has them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions
from cctbx.model import TermBase
from cctbx.workflows.termbases import read_termbase
from tests.support import SHARED, shared_path

KINDS = ("realworld/tmx/", "realworld/multiterm-xml/", "tbx/samples/other/")


def facts() -> Iterator[dict[str, str]]:
    table = SHARED / "conformance" / "facts.tsv"
    if table.exists():
        with table.open(encoding="utf-8", newline="") as stream:
            yield from (row for row in csv.DictReader(stream, delimiter="\t") if row["file"].startswith(KINDS))


def load(path: Path, **options: str) -> tuple[TermBase, list[Finding]]:
    found: list[Finding] = []
    return read_termbase(path, options=ReadOptions(report=found.append, **options)), found  # type: ignore[arg-type]


def terms(base: TermBase) -> int:
    return sum(len(section.terms) for entry in base.concepts for section in entry.languages)


@pytest.mark.parametrize("row", list(facts()), ids=lambda row: row["file"].rpartition("/")[2])
def test_counts_and_languages_are_those_of_the_table(row: dict[str, str]) -> None:
    base, found = load(shared_path("conformance") / row["file"])
    assert len(base.concepts) == int(row["entries"])
    assert terms(base) == int(row["terms"])
    languages = {section.language for entry in base.concepts for section in entry.languages}
    assert sorted(languages) == row["languages"].split()
    assert not [each for each in found if each.severity == "error"]


def test_the_table_of_facts_is_there() -> None:
    shared_path("conformance/facts.tsv")
    assert sum(1 for _ in facts()) == 31
