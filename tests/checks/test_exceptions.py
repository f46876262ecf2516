"""What looks like a fault and is none, and faults in other clothes than those of the fixtures."""

from __future__ import annotations

import pytest

from cctbx.checks import CheckOptions, check
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Metatype
from tests.checks.fixtures import (
    DEPRECATED,
    PREFERRED,
    category,
    dated,
    definition,
    entry,
    one,
    section,
    term,
    transaction,
)


def codes(entries: tuple[ConceptEntry, ...], *wanted: str, **options: object) -> set[str]:
    settings = CheckOptions(select=frozenset(wanted), **options)  # type: ignore[arg-type]
    return {each.code for each in check(entries, settings)}


@pytest.mark.parametrize(
    ("code", "entries"),
    [
        ("CHK302", one("می\u200cخواهم", "fa")),
        ("CHK302", one("プリンター\u3000装置", "ja")),
        ("CHK306", one('17" monitor')),
        ("CHK306", one("»Zitat«", "de")),
        ("CHK307", one("10,5 kV cable")),
        ("CHK307", one("stop, look and listen", term_type="phrase")),
        ("CHK309", one("approx.", term_type="abbreviation")),
        ("CHK309", one("etc.")),
        ("CHK310", one("New York")),
        ("CHK310", one("Printer", part_of_speech=None)),
        ("CHK311", one("to", "en")),
        ("CHK311", one("to date", part_of_speech="adverb")),
        ("CHK102", one("x", "sr-Latn-RS")),
        ("CHK106", one("USB", "ru")),
        ("CHK106", one("漢字", "ja")),
        ("CHK106", one("kö", "sv")),
        ("CHK501", entry(section("en", *(
            term(each, administrative_status=PREFERRED, customer_subsets=(category("customerSubset", each),))
            for each in "ab")))),
        ("CHK703", entry(section("en", "print", definitions=(definition("result of a printer"),)))),
        ("CHK705", entry(section("en", "a", definitions=(definition("device that prints text"),)))),
        ("CHK707", one("analyses", contexts=(category("context", "an analysis of it"),))),
        ("CHK708", entry(section("en", "a", definitions=(definition("x"),), sources=(category("source", "ISO"),)))),
        ("CHK803", dated(transaction("modification", "2024-01-01"))),
        ("CHK203", entry(section("en", "a"), others=(
            DataCategory(category="group", metatype=Metatype.UNKNOWN, group=(category("note", "x"),)),))),
    ],
)  # fmt: skip
def test_no_false_alarm(code: str, entries: tuple[ConceptEntry, ...]) -> None:
    assert codes(entries, code) == set()


@pytest.mark.parametrize(
    ("code", "entries"),
    [
        ("CHK102", one("x", "en-UK")),
        ("CHK102", one("x", "xx")),
        ("CHK107", one("x", "x-private")),
        ("CHK203", entry(section("en", "a", notes=(category("note", ""),)))),
        ("CHK203", one("a", sources=(category("source", "\t"),))),
        ("CHK204", entry(section("en", "a", others=(category("subjectField", "x"),)))),
        ("CHK207", one("a", cross_references=(category("crossReference", "x", target="c1"),))),
        ("CHK306", one("printer)")),
        ("CHK306", one('a "quoted term')),
        ("CHK307", one("printer / plotter")),
        ("CHK307", one("printer, plotter")),
        ("CHK311", one("to print", part_of_speech="verb")),
        ("CHK313", one("a &lt;b&gt; c")),
        ("CHK504", one("a", administrative_status=PREFERRED, others=(
            DataCategory(category="administrativeStatus", value=DEPRECATED, metatype=Metatype.TERM_NOTE),))),
        ("CHK505", one("a", administrative_status=DEPRECATED) and entry(
            section("en", "b", term("old", administrative_status=DEPRECATED)), definitions=(definition("an old b"),))),
        ("CHK603", one("KPI", term_type="fullForm")),
        ("CHK801", entry(section("en", "a", transactions=(transaction("origination", "31.1.2024"),)))),
        ("CHK801", one("a", transactions=(transaction("origination", "2024-01"),))),
        ("CHK804", dated(transaction("origination", person=None))),
        ("CHK152", one("a", cross_references=(category("crossReference", "x", target="c9"),))),
    ],
)  # fmt: skip
def test_other_clothes(code: str, entries: tuple[ConceptEntry, ...]) -> None:
    assert codes(entries, code) == {code}


def test_a_reference_to_a_section_or_a_term_is_none_to_nothing() -> None:
    refers = category("crossReference", "x", target="t1")
    entries = (
        *entry(section("en", term("a", id="t1", cross_references=(refers,)), id="s1")),
        *entry(section("en", term("b", cross_references=(category("crossReference", "x", target="s1"),))), name="c2"),
    )
    assert codes(entries, "CHK152") == set()


def test_rings_are_not_looked_for_in_large_term_bases() -> None:
    ring = (
        *entry(section("en", "a", definitions=(definition("what b needs"),))),
        *entry(section("en", "b", definitions=(definition("what a needs"),)), name="c2"),
    )
    assert codes(ring, "CHK704") == {"CHK704"}
    assert codes(ring, "CHK704", ring_entries=1) == set()


def test_a_ring_of_three() -> None:
    ring = tuple(
        each for number, (name, other) in enumerate((("aa", "bb"), ("bb", "cc"), ("cc", "aa")))
        for each in entry(section("en", name, definitions=(definition(f"what {other} needs"),)), name=f"c{number}")
    )  # fmt: skip
    found = list(check(ring, CheckOptions(select=frozenset({"CHK704"}))))
    assert [each.message.partition(": ")[2] for each in found] == ["c0 → c1 → c2 → c0"]


def test_a_subject_field_in_another_case_is_suggested() -> None:
    found = list(
        check(
            entry(section("en", "a"), subject_fields=(category("subjectField", "PRINTING"),)),
            CheckOptions(select=frozenset({"CHK806"}), subject_fields=frozenset({"printing"})),
        )
    )
    assert [each.advice for each in found] == ["did you mean printing?"]


def test_sections_without_a_language_do_not_raise() -> None:
    assert list(check((ConceptEntry(id="c", languages=(LanguageSection(language=""),)),)))
