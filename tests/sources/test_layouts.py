"""Pages of our own, one per layout and trap: every entry, nothing invented, every line accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from cctbx.sources.layouts import LAYOUTS
from tests.sources.scoring import LayoutPage, f1, folded, gold_rows, layout_pages, parsed, unaccounted
from tests.support import shared_path

PAGES = tuple(layout_pages(Path(__file__).parent / "layouts"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_entry_and_no_other(page: LayoutPage) -> None:
    result = parsed(page.text)
    assert [(entry.line_first, entry.headword) for entry in result.entries] == list(page.gold)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_line_is_accounted_for(page: LayoutPage) -> None:
    assert unaccounted(page.text, parsed(page.text)) == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.gold], ids=lambda page: page.name)
def test_language_is_recognised(page: LayoutPage) -> None:
    assert parsed(page.text).glossary.language == page.language


def test_development_pages_reach_the_bars() -> None:
    directory = shared_path("layout-dev")
    scores, headwords = [], []
    hits = found = wanted = 0
    for path in sorted((directory / "pages").glob("*.txt")):
        gold = {int(row["line_first"]): row for row in gold_rows(directory / "gold" / f"{path.stem}.entries.tsv")}
        entries = {entry.line_first: entry for entry in parsed(path.read_bytes()).entries}
        both = gold.keys() & entries.keys()
        scores.append(f1(len(both), len(entries), len(gold)))
        headwords += [entries[line].headword == gold[line]["headword_raw"] for line in both]
        for line in both:
            names = f"{gold[line]['terms']}|{gold[line]['acronym']}".lower().split("|")
            terms = {name.strip() for name in names if name.strip()}
            own = {each.term.lower() for each in entries[line].designations}
            hits, found, wanted = hits + len(terms & own), found + len(own), wanted + len(terms)
            assert folded(entries[line].definition) == folded(gold[line]["definition"])
    assert sum(scores) / len(scores) >= 0.95
    assert sum(headwords) / len(headwords) >= 0.97
    assert f1(hits, found, wanted) >= 0.9


def test_every_layout_explains_some_page() -> None:
    won = {(parsed(page.text).layout or "").partition(":")[0] for page in PAGES}
    assert {layout.name for layout in LAYOUTS} - won <= {
        "block",
        "lines",
        "period",
        "heading",
        "definitions",
    }  # the last needs HTML
