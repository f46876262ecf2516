"""Likely doublettes within one page: proposed with reasons, never joined."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cctbx.align import align
from cctbx.align.reviewing import review_queue
from cctbx.align.verdicts import anchor
from cctbx.model import Candidate, Judgement, SourceEntry, Verdict
from tests.align.entries import entry

BOAT = "ett mindre fartyg utan däck som drivs med åror, segel eller motor på sjöar och längs kusten"
PUMP = "en maskin som flyttar vatten från en lägre till en högre nivå genom tryck eller sug"


def proposals(*entries: SourceEntry) -> dict[tuple[str, str], Candidate]:
    alignment = align(list(entries))
    assert all(len(concept.members) == 1 for concept in alignment.concepts), "nothing is joined"
    return {each.between: each for each in alignment.doublettes}


def reasons(candidate: Candidate) -> str:
    return "; ".join(each.because for each in candidate.evidence)


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        (entry("a", "sv", "Roddbåt", key="1"), entry("a", "sv", "roddbåt", key="2"), "both have the designation"),
        (entry("a", "en", "help desk"), entry("a", "en", "helpdesk"), "both have the designation"),
        (entry("a", "en", "KPI"), entry("a", "en", "key performance indicator"), "spells out KPI"),
        (entry("a", "en", "order of payment"), entry("a", "en", "payment order"), "the same words"),
        (entry("a", "sv", "Eka", BOAT), entry("a", "sv", "Julle", BOAT + "er"), "definitions"),
        (
            replace(entry("a", "sv", "Jolle"), cross_references=("Eka",)), entry("a", "sv", "Eka", BOAT),
            "has no definition of its own and refers to",
        ),
    ],
)  # fmt: skip
def test_what_is_proposed_and_why(one: SourceEntry, other: SourceEntry, because: str) -> None:
    first, second = sorted((one.id, other.id))
    filler = [entry("a", "sv", "Pump", PUMP), entry("b", "nl", "Fiets", "Een voertuig met twee wielen.")]
    found = proposals(one, other, *filler)
    assert list(found) == [(first, second)]
    assert because in reasons(found[first, second])
    assert found[first, second].probability >= 0.4
    assert not found[first, second].linked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entry("a", "sv", "Eka", BOAT), entry("a", "sv", "Pump", PUMP)),
        (entry("a", "sv", "Bas", BOAT, key="1"), entry("a", "sv", "Bas", PUMP, key="2")),
        (entry("a", "en", "response time"), entry("a", "en", "first response time")),
        (entry("a", "sv", "Eka", BOAT), entry("b", "sv", "Pump", BOAT)),
        (entry("a", "en", "round table", BOAT), entry("a", "en", "square table", BOAT + "er")),
        (entry("a", "en", "CPU (central processing unit)"), entry("a", "en", "cost per unit")),
    ],
)
def test_homonyms_genus_and_species_and_other_sources_are_not_proposed(one: SourceEntry, other: SourceEntry) -> None:
    assert not align([one, other]).doublettes


def test_a_proposal_is_asked_in_the_queue_and_its_answer_is_final() -> None:
    entries = [entry("a", "en", "help desk"), entry("a", "en", "helpdesk"), entry("b", "nl", "fiets")]
    row = next(each for each in review_queue(align(entries), entries, threshold=0.6) if each.state == "doublette?")
    assert {row.entry_a, row.entry_b} == {"a#help desk", "a#helpdesk"}
    assert "both have the designation" in row.reasons_for
    for judgement, together in ((Judgement.SAME, True), (Judgement.DIFFERENT, False)):
        verdict = Verdict(
            between=("a#help desk", "a#helpdesk"), judgement=judgement, anchors=(anchor(entries[0]), anchor(entries[1]))
        )  # fmt: skip
        alignment = align(entries, verdicts=[verdict])
        assert not alignment.doublettes
        assert (("a#help desk", "a#helpdesk") in {each.members for each in alignment.concepts}) is together
