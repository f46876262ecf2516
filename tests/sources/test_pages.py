"""Three sets of pages by authors who had not read the parser: what was learnt from them stays learnt."""

from __future__ import annotations

import pytest

from benchmarks.pages import FOLDERS, Result, own_pages, score


@pytest.fixture(scope="module", params=FOLDERS)
def results(request: pytest.FixtureRequest) -> list[Result]:
    return [score(page) for page in own_pages(request.param)]


def mean(results: list[Result], figure: str) -> float:
    glossaries = [result for result in results if result.page.gold]
    return sum(result.figures[figure] for result in glossaries) / len(glossaries)


@pytest.mark.parametrize(
    ("figure", "bar"), [("F1", 0.99), ("precision", 0.99), ("headword", 0.99), ("terms", 0.96), ("definition", 0.92)]
)
def test_what_was_learnt_stays(results: list[Result], figure: str, bar: float) -> None:
    assert mean(results, figure) >= bar


def test_nothing_is_invented(results: list[Result]) -> None:
    assert {result.page.name: result.found for result in results if not result.page.gold and result.found} == {}


def test_no_page_crashes_the_parser(results: list[Result]) -> None:
    assert [remark for result in results for remark in result.remarks if remark.startswith("crash")] == []
