"""Kinds of change by example; the laws say the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from cctbx.diff import Bump, Changes, CompareSettings, Kind, compare
from cctbx.diff.words import PieceKind, pieces
from cctbx.model import ConceptEntry, DataCategory, Metatype
from cctbx.report.changes import message
from tests.diff.examples import (
    ADMITTED,
    AGENT,
    BASE,
    CUSTOMER,
    DEPRECATED,
    PREFERRED,
    QUEUE,
    concept,
    definition,
    section,
    term,
    with_section,
)


def told(changes: Iterable[object]) -> list[str]:
    return [message(each) for each in changes]  # type: ignore[arg-type]


def compared(*new: ConceptEntry, **settings: object) -> Changes:
    return compare(BASE, new, CompareSettings(**settings))  # type: ignore[arg-type]


def english(entry: ConceptEntry, *terms: object, defined: str | None = None) -> ConceptEntry:
    return with_section(entry, section("en", *terms, defined=defined))  # type: ignore[arg-type]


TEXT = "A person who buys something."
CASES: tuple[tuple[str, ConceptEntry, Bump, str], ...] = (
    ("added", english(CUSTOMER, term("customer", PREFERRED), term("client", ADMITTED), term("buyer"), defined=TEXT),
     Bump.MINOR, "concept c1 “customer”: en designation added: {+buyer+}"),
    ("removed", english(CUSTOMER, term("customer", PREFERRED), defined=TEXT),
     Bump.MINOR, "concept c1 “customer”: en designation removed: [-client (admitted)-]"),
    ("case", english(CUSTOMER, term("customer", PREFERRED), term("Client", ADMITTED), defined=TEXT),
     Bump.MINOR, "concept c1 “customer”: en designation reworded: [-client-]{+Client+} (case)"),
    ("inflection", english(CUSTOMER, term("customers", PREFERRED), term("client", ADMITTED), defined=TEXT),
     Bump.BREAKING, "concept c1 “customer”: en designation reworded: [-customer-]{+customers+} (inflection)"),
    ("spelling", english(CUSTOMER, term("custommer", PREFERRED), term("client", ADMITTED), defined=TEXT),
     Bump.BREAKING, "concept c1 “customer”: en designation reworded: [-customer-]{+custommer+} (spelling)"),
    ("status", english(CUSTOMER, term("customer", PREFERRED), term("client", DEPRECATED), defined=TEXT),
     Bump.MINOR, "concept c1 “customer”: en “client” status: [-admitted-]{+deprecated+} (use “customer” instead)"),
    ("preferred", english(CUSTOMER, term("customer", ADMITTED), term("client", PREFERRED), defined=TEXT),
     Bump.BREAKING, "concept c1 “customer”: en preferred term: [-customer-]{+client+}"),
    ("another preferred", english(CUSTOMER, term("buyer", PREFERRED), term("client", ADMITTED), defined=TEXT),
     Bump.BREAKING, "concept c1 “customer”: en preferred term: [-customer-]{+buyer+}"),
    ("definition", english(CUSTOMER, term("customer", PREFERRED), term("client", ADMITTED),
                           defined="A person or company that buys something."),
     Bump.PATCH, "concept c1 “customer”: en definition: A person [-who-]{+or company that+} buys something."),
    ("no definition", english(CUSTOMER, term("customer", PREFERRED), term("client", ADMITTED)),
     Bump.PATCH, "concept c1 “customer”: en definition: [-A person who buys something.-]"),
    ("language", with_section(CUSTOMER, section("pl", "klient")),
     Bump.MINOR, "concept c1 “customer”: pl added: {+klient+}"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "new", "bump", "line"), CASES, ids=[each[0] for each in CASES])
def test_a_change_inside_a_concept(name: str, new: ConceptEntry, bump: Bump, line: str) -> None:
    changes = compared(new, QUEUE, AGENT)
    assert told(changes) == [line]
    assert changes.bump is bump


def test_a_single_designation_counts_as_preferred() -> None:
    changed = with_section(QUEUE, section("sv", "väntkö"))
    assert [each.kind for each in compared(CUSTOMER, changed, AGENT)] == [Kind.PREFERRED_CHANGED]


def test_a_designation_that_moves() -> None:
    agent = english(AGENT, "agent")
    queue = english(QUEUE, "queue", "representative")
    assert told(compared(CUSTOMER, queue, agent)) == ["concept c3 “agent”: en “representative” moved to c2 “queue”"]


def test_merged_and_references_follow() -> None:
    pointing = replace(CUSTOMER, cross_references=(
        DataCategory(category="crossReference", metatype=Metatype.REFERENCE, target="c3"),))  # fmt: skip
    merged = with_section(QUEUE, section("en", "queue", "agent", "representative"), section("sv", "kö", "agent"))
    new = replace(pointing, cross_references=(replace(pointing.cross_references[0], target="c2"),))
    changes = compare((pointing, QUEUE, AGENT), (new, merged))
    assert [each.kind for each in changes] == [Kind.CONCEPT_MERGED]
    only = changes.changes[0]
    assert (only.concept, only.becomes, only.confidence) == ("c3", "c2", 0.75)
    assert Kind.REFERENCE_FOLLOWED in {part.kind for part in only.parts}
    assert changes.bump is Bump.BREAKING


def test_split() -> None:
    stay, go = english(AGENT, "agent"), concept("c9", section("en", "representative"))
    changes = compared(CUSTOMER, QUEUE, stay, go)
    assert told(changes) == [
        "concept c9 “representative” split off c3 “agent”: en: representative (all its designations)"
    ]


def test_renumbered_with_an_edit_shows_its_confidence() -> None:
    changes = compared(replace(english(CUSTOMER, term("customer", PREFERRED), defined=TEXT), id="k1"), QUEUE, AGENT)
    assert [each.kind for each in changes] == [Kind.DESIGNATION_REMOVED, Kind.CONCEPT_RENUMBERED] or [
        each.kind for each in changes
    ] == [Kind.CONCEPT_RENUMBERED, Kind.DESIGNATION_REMOVED]
    renumbered = next(each for each in changes if each.kind is Kind.CONCEPT_RENUMBERED)
    assert 0.4 < renumbered.confidence < 1
    assert "confidence" in message(renumbered)


def test_an_id_given_to_another_concept_is_reported() -> None:
    changes = compared(replace(QUEUE, id="c1"), replace(CUSTOMER, id="c2"), AGENT)
    assert {each.kind for each in changes} == {Kind.CONCEPT_RENUMBERED}
    assert [each.code for each in changes.findings] == ["DIF002", "DIF002"]


def test_white_space_and_transactions_count_with_strict_only() -> None:
    done = DataCategory(category="transactionType", value="modification", metatype=Metatype.TRANSACTION)
    spaced = english(CUSTOMER, term("customer", PREFERRED), term("client", ADMITTED),
                     defined="A person  who\nbuys something.")  # fmt: skip
    new = replace(spaced, transactions=(done,))
    assert compared(new, QUEUE, AGENT).changes == ()
    kinds = {each.kind for each in compared(new, QUEUE, AGENT, strict=True)}
    assert kinds == {Kind.METADATA_ADDED, Kind.METADATA_CHANGED}


FILTERS: tuple[tuple[dict[str, object], set[str]], ...] = (
    ({}, {"c1", "c2", "c3"}),
    ({"languages": frozenset({"sv"})}, {"c2"}),
    ({"languages": frozenset({"de", "fr"})}, {"c3"}),
    ({"kinds": frozenset({Kind.STATUS_CHANGED})}, {"c1"}),
    ({"statuses": frozenset({"deprecated"})}, {"c1"}),
    ({"subjects": frozenset({"staff"})}, {"c3"}),
    ({"subjects": frozenset({"law"})}, set()),
)


@pytest.mark.parametrize(("settings", "concepts"), FILTERS)
def test_filters(settings: dict[str, object], concepts: set[str]) -> None:
    staff = DataCategory(category="subjectField", value="staff", metatype=Metatype.DESCRIPTIVE)
    old = (CUSTOMER, QUEUE, replace(AGENT, subject_fields=(staff,)))
    new = (
        english(CUSTOMER, term("customer", PREFERRED), term("client", DEPRECATED), defined=TEXT),
        with_section(QUEUE, section("sv", "kö", "väntkö")),
        replace(with_section(AGENT, section("de", "Agentin", "Beraterin")), subject_fields=(staff,)),
    )
    found = compare(old, new, CompareSettings(**settings))  # type: ignore[arg-type]
    assert {each.concept for each in found} == concepts


WORDS = (
    ("a b c", "a x c", "a [-b-]{+x+} c"),
    ("one two three four", "one 2 3 four", "one [-two three-]{+2 3+} four"),
    ("", "new", "{+new+}"),
    ("gone", "", "[-gone-]"),
    ("the end.", "the end!", "the end[-.-]{+!+}"),
    ("顧客情報", "顧客の情報", "顧客{+の+}情報"),
)


@pytest.mark.parametrize(("old", "new", "shown"), WORDS)
def test_texts_are_compared_by_word(old: str, new: str, shown: str) -> None:
    marks = {PieceKind.SAME: "{}", PieceKind.REMOVED: "[-{}-]", PieceKind.ADDED: "{{+{}+}}"}
    found = pieces(old, new)
    assert "".join(marks[each.kind].format(each.text) for each in found) == shown
    assert "".join(each.text for each in found if each.kind is not PieceKind.ADDED) == old
    assert "".join(each.text for each in found if each.kind is not PieceKind.REMOVED) == new


def test_definitions_are_paired_by_likeness() -> None:
    one, other = definition("A person who waits in line for help."), definition("Time spent on hold.")
    old = replace(QUEUE, definitions=(one, other))
    new = replace(QUEUE, definitions=(definition("Time spent on hold by a caller."), one))
    changes = compare([old], [new])
    assert told(changes) == ["concept c2 “queue”: definition: Time spent on hold{+ by a caller+}."]
