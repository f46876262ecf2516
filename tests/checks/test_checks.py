"""Every house check: reports its bad fixture, says nothing of its good one; the registry is sound."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cctbx.checks import CHECKS, COVERED_BY_TBX, CheckOptions, CheckRun, check
from cctbx.checks.base import BaseCheck, TermCheck, facts_of
from cctbx.checks.terms import unsuspicious
from cctbx.findings import Severity, checks
from cctbx.model import ConceptEntry, LanguageSection, TermSection
from tests.checks.fixtures import FIXTURES

CODES = {each.code: each for each in checks.CODES}


@pytest.mark.parametrize("code", FIXTURES)
def test_bad_fixture_is_reported(code: str) -> None:
    fixture = FIXTURES[code]
    found = list(check(fixture.bad, fixture.settings(code)))
    assert found and {each.code for each in found} == {code}
    assert all(each.severity is CODES[code].severity and each.message for each in found)
    assert all(each.concept for each in found) or code in ("CHK901", "CHK902")


@pytest.mark.parametrize("code", FIXTURES)
def test_good_fixture_passes(code: str) -> None:
    fixture = FIXTURES[code]
    assert list(check(fixture.good, fixture.settings(code))) == []


def test_every_code_has_a_check_and_fixtures() -> None:
    codes = [code for each in CHECKS for code in (each.code, *(each.codes if isinstance(each, BaseCheck) else ()))]
    assert sorted(codes) == sorted(CODES) == sorted(FIXTURES)
    assert set(CODES) >= COVERED_BY_TBX


@pytest.mark.parametrize("each", CHECKS, ids=lambda each: each.code)
def test_docstring_is_the_help_text(each: object) -> None:
    first = (each.look.__doc__ or "").strip().splitlines()[0]  # type: ignore[attr-defined]
    assert first == CODES[each.code].title  # type: ignore[attr-defined]


def test_a_code_can_be_ignored_and_its_severity_changed() -> None:
    bad = FIXTURES["CHK301"].bad
    assert not list(check(bad, CheckOptions(select=frozenset({"CHK3"}), ignore=frozenset({"CHK301"}))))
    changed = CheckOptions(select=frozenset({"CHK301"}), severity={"CHK301": Severity.ERROR})
    assert [each.severity for each in check(bad, changed)] == [Severity.ERROR]


def test_doublettes_that_agree_in_two_languages_say_so() -> None:
    def entry(identifier: str) -> ConceptEntry:
        sections = tuple(
            LanguageSection(language=tag, terms=(TermSection(term=text),)) for tag, text in (("en", "a"), ("de", "b"))
        )
        return ConceptEntry(id=identifier, languages=sections)

    found = list(check((entry("c1"), entry("c2")), CheckOptions(select=frozenset({"CHK401"}))))
    assert len(found) == 2
    assert all("another language" in each.message for each in found)


def test_findings_of_entries_stand_where_they_belong() -> None:
    entry = ConceptEntry(
        id="c7", languages=(LanguageSection(language="en", terms=(TermSection(term=" a", line=12),), line=11),)
    )
    found = list(check((entry,), CheckOptions(file="base.tbx", select=frozenset({"CHK301"}))))
    assert [(each.file, each.line, each.concept, each.language, each.term) for each in found] == [
        ("base.tbx", 12, "c7", "en", " a")
    ]


texts = st.text(st.characters(codec="utf-8"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, texts, texts), max_size=4))
def test_odd_data_never_raises(odd: list[tuple[str, str, str]]) -> None:
    entries = [
        ConceptEntry(
            id=identifier or "c",
            languages=(LanguageSection(language=tag, terms=(TermSection(term=text, term_type=tag),)),),
        )
        for identifier, tag, text in odd
    ]
    run = CheckRun(CheckOptions(file="odd"))
    found = [finding for each in entries for finding in run.entry(each)] + list(run.finish())
    assert all(dataclasses.is_dataclass(each) and each.code in CODES for each in found)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=("L", "P", "Z", "Cc", "S", "Nd")), max_size=10))
def test_a_gate_never_hides_what_its_check_would_find(text: str) -> None:
    section = LanguageSection(language="en", terms=(TermSection(term=text, part_of_speech="noun"),))
    facts = facts_of(ConceptEntry(id="c", languages=(section,))).terms[0]
    for each in CHECKS:
        if isinstance(each, TermCheck) and each.gate is not None and each.look(facts, CheckOptions()) is not None:
            assert re.search(each.gate, text), each.code
            assert not unsuspicious(text), each.code
