"""The bars of the aligner, on the gold data of the five pages and on the development set where it is at hand."""

from __future__ import annotations

import pytest

from benchmarks.gold import Gold, d365, seeds
from cctbx.align import Lexicon, align, bundled_lexicon
from cctbx.align.evaluation import Evaluation, Score, calibration_error, evaluate, links_of
from tests.support import shared_path

TRANSLATED = ("customer-service-wiki.nl.txt", "customer-service-wiki.sv.txt")


def measured(gold: Gold, lexicon: Lexicon | None = None) -> Evaluation:
    source = {each.id: each.source for each in gold.entries}
    return evaluate(align(gold.entries, lexicon=lexicon), gold.links, source, ignored=gold.ignored)


def test_the_five_pages() -> None:
    found = measured(seeds())
    assert found.pairs[TRANSLATED].f1 >= 0.98
    others = [score for pair, score in found.pairs.items() if pair != TRANSLATED]
    rest = Score(
        found=sum(each.found for each in others), wanted=sum(each.wanted for each in others),
        right=sum(each.right for each in others),
    )  # fmt: skip
    assert rest.precision >= 0.97
    assert rest.recall >= 0.75
    assert calibration_error(found.weighed) <= 0.05


def test_missed_links_stand_high_in_the_review_queue() -> None:
    gold = seeds()
    alignment = align(gold.entries)
    source = {each.id: each.source for each in gold.entries}
    best: dict[tuple[str, str], list[tuple[float, tuple[str, str]]]] = {}
    for each in alignment.candidates:
        for key, other in (each.between, each.between[::-1]):
            if not each.linked:
                best.setdefault((key, source[other]), []).append((-each.probability, each.between))
    top = {between for ranked in best.values() for _, between in sorted(ranked)[:3]}
    missed = gold.links - links_of(alignment).keys()
    assert len(missed & top) >= 0.92 * len(missed)


def test_business_terms_of_another_publisher() -> None:
    shared_path("alignment-dev/d365_glossary/partial")
    found = measured(d365())
    assert found.total.precision >= 0.93
    assert found.total.f1 >= 0.80
    assert found.pairs["nb.tsv", "pl.tsv"].f1 >= 0.70
    assert calibration_error(found.weighed) <= 0.05


@pytest.mark.parametrize("share", [2, 3])
def test_a_smaller_lexicon_costs_recall_and_not_precision(share: int) -> None:
    rows = [row for number, row in enumerate(bundled_lexicon().rows) if number % share]
    assert measured(seeds(), Lexicon(rows)).total.precision >= 0.9
