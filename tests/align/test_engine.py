"""The laws of the aligner, and what it must see and must not be fooled by."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cctbx.align import Lexicon, Settings, align, bundled_lexicon
from cctbx.align.lexicons import LexiconRow
from cctbx.align.settings import STAGES
from cctbx.align.verdicts import anchor
from cctbx.findings import Finding
from cctbx.model import Alignment, Designation, Judgement, SourceEntry, Verdict
from tests.align.entries import entry, library


def links(alignment: Alignment) -> set[tuple[str, str]]:
    return {pair for concept in alignment.concepts for pair in itertools.combinations(concept.members, 2)}


def linked(first: SourceEntry, second: SourceEntry, *rest: SourceEntry) -> bool:
    return any({first.id, second.id} <= set(each.members) for each in align([first, second, *rest]).concepts)


def probability(first: SourceEntry, second: SourceEntry) -> float:
    found = align([first, second]).candidates
    return found[0].probability if found else 0.0


# Laws -----------------------------------------------------------------------------------------------------------------


@given(st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_input_order_does_not_matter(dice: random.Random) -> None:
    shuffled = list(library())
    dice.shuffle(shuffled)
    assert align(shuffled) == align(library())


@given(st.permutations(("a", "b", "c")))
@settings(max_examples=6, deadline=None)
def test_the_names_of_sources_do_not_matter(names: list[str]) -> None:
    new = dict(zip(("sv", "nl", "nb"), names, strict=True))
    renamed = {
        each.id: replace(each, source=new[each.source], id=each.id.replace(each.source + "#", new[each.source] + "#"))
        for each in library()
    }

    def told(pair: tuple[str, str]) -> tuple[str, ...]:
        return tuple(sorted(renamed[key].id for key in pair))

    before, after = align(library()), align(list(renamed.values()))
    assert {told(pair) for pair in links(before)} == links(after)
    assert {(told(c.between), c.probability) for c in before.candidates} == {
        (c.between, c.probability) for c in after.candidates
    }


def test_a_duplicated_source_links_to_itself_perfectly() -> None:
    swedish = [each for each in library() if each.language == "sv"]
    double = [replace(each, source="copy", id=each.id.replace("sv#", "copy#")) for each in swedish]
    concepts = align([*swedish, *double]).concepts
    assert {each.members for each in concepts} == {
        tuple(sorted((one.id, other.id))) for one, other in zip(swedish, double, strict=True)
    }


def test_an_empty_source_changes_nothing_and_no_entry_is_no_concept() -> None:
    assert align([]) == Alignment(concepts=())
    lone = entry("only", "fi", "kirja")
    assert [each.members for each in align([lone]).concepts] == [(lone.id,)]


@given(st.lists(st.sampled_from(library()), unique=True))
@settings(max_examples=15, deadline=None)
def test_every_entry_is_in_exactly_one_concept_and_no_source_twice(entries: list[SourceEntry]) -> None:
    alignment = align(entries)
    keys = [key for concept in alignment.concepts for key in concept.members]
    assert sorted(keys) == sorted(each.id for each in entries)
    source = {each.id: each.source for each in entries}
    for concept in alignment.concepts:
        assert len({source[key] for key in concept.members}) == len(concept.members)


@given(
    st.lists(
        st.builds(
            entry, st.sampled_from("xyz"), st.sampled_from(("sv", "pl", "und", "zh-Hant")), st.text(max_size=20),
            st.text(max_size=60), key=st.uuids().map(str),
        ),
        max_size=6,
    )
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_odd_entries_never_raise(entries: list[SourceEntry]) -> None:
    alignment = align(entries)
    assert sum(len(each.members) for each in alignment.concepts) == len(entries)
    assert all(0.0 <= each.probability <= 1.0 for each in alignment.candidates)


def test_ids_that_occur_in_two_sources_are_told_apart() -> None:
    one, other = entry("a", "sv", "läsesal", key="1"), entry("b", "nb", "lesesal", key="1")
    assert {key for each in align([one, other]).concepts for key in each.members} == {"a:1", "b:1"}


# What it finds --------------------------------------------------------------------------------------------------------


def test_the_library_is_aligned_and_strangers_stand_alone() -> None:
    members = {each.members for each in align(library()).concepts}
    assert ("nb#bibliotekkort", "nl#bibliotheekkaart", "sv#bibliotekskort") in members
    assert ("nb#lesesal", "nl#leeszaal", "sv#läsesal") in members
    assert {("sv#källare",), ("nl#tijdschrift",), ("nb#avis",), ("sv#låntagare",)} <= members


def test_every_link_carries_reasons_that_sum_to_its_log_odds() -> None:
    for candidate in align(library()).candidates:
        assert candidate.evidence
        assert {each.kind for each in candidate.evidence} <= {*STAGES, "prior"}
        assert all(each.because and each.between == candidate.between for each in candidate.evidence)
        total = sum(each.weight for each in candidate.evidence)
        assert (total > 1.0) <= (candidate.probability > 0.5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("sv", "faktura"), ("pl", "faktura")),
        (("sv", "leverantörsfaktura"), ("nl", "leveranciersfactuur")),
        (("nb", "kapasitetsplanlegging"), ("nl", "capaciteitsplanning")),
        (("sv", "databas"), ("pl", "baza danych")),
        (("en", "help desk"), ("nl", "helpdesk")),
    ],
)
def test_cognates_compounds_and_words_of_the_lexicon_are_seen(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert linked(entry("a", *one), entry("b", *other))


@pytest.mark.parametrize(
    ("language", "plain", "other_language", "more"),
    [
        ("sv", "lagernivå", "nl", "gemiddeld voorraadniveau"),
        ("sv", "första betalning", "nl", "gemiddelde betaling"),
        ("nb", "produksjon", "sv", "produktionsplanering"),
        ("en", "service level", "nl", "service level agreement"),
        ("sv", "säkerhet", "nl", "beveiligingsbeheer"),
        ("pl", "umowa", "nb", "avtaleperiode"),
    ],
)
def test_what_one_term_has_beyond_the_other_counts_against(
    language: str, plain: str, other_language: str, more: str
) -> None:
    assert not linked(entry("a", language, plain), entry("b", other_language, more))


def test_a_strange_head_weighs_more_than_a_strange_modifier() -> None:
    base = entry("a", "en", "customer order")
    assert probability(base, entry("b", "en", "urgent customer order")) > probability(
        base, entry("b", "en", "customer order manager")
    )


def named(source: str, language: str, *designations: tuple[str, str, str | None]) -> SourceEntry:
    listed = tuple(Designation(term=term, language=tag, type=kind) for term, tag, kind in designations)
    return replace(entry(source, language, designations[0][0]), designations=listed)


def test_the_same_letters_with_other_words_are_another_concept() -> None:
    one = named("a", "sv", ("ATM", "en", "acronym"), ("Automated Teller Machine", "en", "fullForm"))
    same = named("b", "nl", ("ATM", "en", "acronym"), ("Automated Teller Machine", "en", "fullForm"))
    other = named("b", "nl", ("ATM", "en", "acronym"), ("Asynchronous Transfer Mode", "en", "fullForm"))
    assert linked(one, same)
    assert not linked(one, other)
    reasons = [each.because for each in align([one, other]).candidates[0].evidence]
    assert "both carry the acronym ATM, but expand it differently" in reasons


def test_a_language_without_lexicon_still_has_cognates_and_definitions() -> None:
    finnish = entry("a", "fi", "dokumentti", "Asiakirja, johon informaatio tallennetaan: PDF, XML ja 1997.")
    czech = entry("b", "cs", "dokument", "Informace uložené jako PDF nebo XML, 1997.")
    assert linked(finnish, czech)


def test_a_lexicon_of_the_caller_replaces_the_bundled_one() -> None:
    pair = (entry("a", "sv", "blåvinge"), entry("b", "pl", "modraszek"))
    row = LexiconRow((("sv", "blåvinge"), ("pl", "modraszek")))
    assert links(align(pair, lexicon=Lexicon([row])))
    assert not links(align(pair, lexicon=Lexicon()))


def test_word_associations_are_learned_from_a_memory() -> None:
    pair = [entry("a", "sv", "blåvinge"), entry("b", "pl", "modraszek")]
    pair += [entry("a", "sv", "databas"), entry("b", "pl", "faktura")]
    memory = tuple(("sv", f"en blåvinge {n}", "pl", f"modraszek {n}") for n in ("flyger", "sover", "äter"))
    before = {c.between: c.probability for c in align(pair).candidates}
    after = {c.between: c.probability for c in align(pair, settings=Settings(memory=memory)).candidates}
    wanted = ("a#blåvinge", "b#modraszek")
    assert after[wanted] > before.get(wanted, 0.0) + 0.1


def test_entries_that_their_page_equates_are_one_concept() -> None:
    text = "beskriver ett fel som en kund har hittat i en vara och hur det ska rättas"
    entries = [
        entry("a", "sv", "Felanmälan", f"En felanmälan {text}."),
        entry("a", "sv", "Anmälan", f"En anmälan är oftast en felanmälan och {text}."),
        entry("a", "sv", "Reklamation", "Ett krav på att få pengarna tillbaka."),
    ]
    found: list[Finding] = []
    concepts = align(entries, report=found.append).concepts
    assert ("a#anmälan", "a#felanmälan") in {each.members for each in concepts}
    assert [each.code for each in found] == ["ALN007"]


def test_pages_that_translate_one_original_are_recognised() -> None:
    rows = [row for row in bundled_lexicon().rows if {"sv", "nl"} <= {tag for tag, _ in row.forms}][:400]
    first = {tag: [next(form for t, form in row.forms if t == tag) for row in rows] for tag in ("sv", "nl")}
    pages = {
        tag: [
            entry(tag, tag, forms[10 * n], " ".join(forms[10 * n + 1 : 10 * n + 9]), n, f"{tag}-{n}") for n in range(30)
        ]
        for tag, forms in first.items()
    }
    found: list[Finding] = []
    alignment = align([*pages["sv"], *pages["nl"]], report=found.append)
    assert links(alignment) == {(o.id, s.id) for s, o in zip(pages["sv"], pages["nl"], strict=True)}
    assert [each.code for each in found] == ["ALN006"]
    assert "nl and sv" in found[0].message


def test_definitions_alone_tell_translations_of_one_original() -> None:
    rows = [row for row in bundled_lexicon().rows if {"sv", "nl"} <= {tag for tag, _ in row.forms}][:400]
    first = {tag: [next(form for t, form in row.forms if t == tag) for row in rows] for tag in ("sv", "nl")}
    pages = {
        tag: [entry(tag, tag, "", " ".join(forms[10 * n + 1 : 10 * n + 9]), n, f"{tag}-{n}") for n in range(30)]
        for tag, forms in first.items()
    }
    found = links(align([*pages["sv"], *pages["nl"]]))
    wanted = {(o.id, s.id) for s, o in zip(pages["sv"], pages["nl"], strict=True)}
    assert found <= wanted
    assert len(found) >= 27


@pytest.mark.parametrize("stage", sorted(set(STAGES)))
def test_every_stage_can_be_left_out(stage: str) -> None:
    alignment = align(library(), settings=Settings(without=frozenset({stage})))
    assert stage not in {each.kind for candidate in alignment.candidates for each in candidate.evidence}


def test_a_higher_threshold_gives_fewer_links() -> None:
    loose, strict = (links(align(library(), settings=Settings(threshold=value))) for value in (0.3, 0.95))
    assert strict <= loose


# Verdicts -------------------------------------------------------------------------------------------------------------


def judged(first: str, second: str, judgement: Judgement) -> Verdict:
    by_id = {each.id: each for each in library()}
    one, other = sorted((first, second))
    return Verdict(
        between=(one, other),
        judgement=judgement,
        reason="looked it up",
        anchors=(anchor(by_id[one]), anchor(by_id[other])),
    )


def test_verdicts_outrank_evidence() -> None:
    verdicts = [
        judged("sv#läsesal", "nl#leeszaal", Judgement.DIFFERENT),
        judged("sv#källare", "nl#tijdschrift", Judgement.SAME),
    ]
    alignment = align(library(), verdicts=verdicts)
    found = links(alignment)
    assert ("nl#tijdschrift", "sv#källare") in found
    assert ("nl#leeszaal", "sv#läsesal") not in found
    told = {each.between: each for each in alignment.candidates}[("nl#tijdschrift", "sv#källare")]
    assert told.probability > 0.99
    assert told.evidence[0].kind == "verdict"
    assert "looked it up" in told.evidence[0].because


def test_a_related_pair_is_kept_apart() -> None:
    found = links(align(library(), verdicts=[judged("sv#bibliotekskort", "nl#bibliotheekkaart", Judgement.RELATED)]))
    assert ("nl#bibliotheekkaart", "sv#bibliotekskort") not in found


def test_verdicts_that_contradict_each_other_through_a_third_entry_are_reported() -> None:
    verdicts = [
        judged("sv#källare", "nl#tijdschrift", Judgement.SAME),
        judged("nl#tijdschrift", "nb#avis", Judgement.SAME),
        judged("sv#källare", "nb#avis", Judgement.DIFFERENT),
    ]
    found: list[Finding] = []
    align(library(), verdicts=verdicts, report=found.append)
    assert "ALN004" in {each.code for each in found}
