"""Entries looked at as likenesses: the same findings as with models, whatever their texts hold."""

# ruff: noqa: E501  (tables)

from __future__ import annotations

import datetime
import re
from pathlib import Path

import langcodes
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cctbx.checks import CHECKS, languages
from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions
from cctbx.formats.tbx.validation.alike import read_alike
from cctbx.model.likeness import Likeness
from cctbx.workflows import validate
from cctbx.workflows.validate import Validation, validate_file
from tests.checks.irregular import document

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>made</p></sourceDesc></fileDesc></tbxHeader><text><body>
"""
TAIL = "</body></text></tbx>\n"
TODAY = datetime.date(2024, 6, 1)

TERMS = ("call", "call", "queue (long)", "Queue", "NASA", "the call", "a;b", "a&amp;b", "&#32;", " call", "café", "R&#xE9;",
         "two\nlines", "x > y", "no\u00a0break", "ends.", "стол", "<hi>bold</hi>", "", "hold-time", "an «open")  # fmt: skip
TEXTS = ("a way to call", "The call.", "queue. And queue", "call", "a&amp;b", "something else entirely", "line\nbreak", " ", "")
STATUSES = ("preferredTerm-admn-sts", "deprecatedTerm-admn-sts", "admittedTerm-admn-sts", "preferred")
DATES = ("2024-01-01", "2024-02-30", "2025-01-01", "2023-05-05", "soon")
KINDS = ("origination", "modification", " modification")
USUAL = {"term": "call", "second": "queue", "definition": "a way to call", "context": "a call is made", "status": STATUSES[2],
         "date": DATES[0], "later": DATES[0], "kind": KINDS[1], "source": "manual", "field": "calls", "tag": "en",
         "id": "c", "speech": "noun"}  # fmt: skip
VALUES = st.fixed_dictionaries({}, optional={
    "term": st.sampled_from(TERMS), "second": st.sampled_from(TERMS), "definition": st.sampled_from(TEXTS),
    "context": st.sampled_from(TEXTS), "status": st.sampled_from(STATUSES), "date": st.sampled_from(DATES),
    "later": st.sampled_from(DATES), "kind": st.sampled_from(KINDS), "source": st.sampled_from(("manual", "", "&amp;", " ")),
    "field": st.sampled_from(("calls", "Calls", "")), "tag": st.sampled_from(("en", "EN", "xx", "de")),
    "id": st.sampled_from(("c", "d", "é")), "speech": st.sampled_from(("noun", "verb", "Noun", "")),
})  # fmt: skip

ENTRY = """<conceptEntry id="{id}{number}">
  <descrip type="subjectField">{field}</descrip>
  <transacGrp><transac type="transactionType">origination</transac><date>{date}</date></transacGrp>
  <transacGrp><transac type="transactionType">{kind}</transac><date>{later}</date></transacGrp>
  <langSec xml:lang="{tag}">
    <descripGrp><descrip type="definition">{definition}</descrip><admin type="source">{source}</admin></descripGrp>
    <termSec id="t{number}"><term>{term}</term>
      <termNote type="partOfSpeech">{speech}</termNote>
      <termNote type="administrativeStatus">{status}</termNote>
      <descrip type="context">{context}</descrip>
    </termSec>
    <termSec><term>{second}</term><termNote type="partOfSpeech">noun</termNote></termSec>
  </langSec>
</conceptEntry>
"""


def written(path: Path, entries: list[dict[str, str]]) -> Path:
    made = (ENTRY.format(number=number, **{**USUAL, **each}) for number, each in enumerate(entries))
    path.write_text(HEAD + "".join(made) + TAIL, encoding="utf-8")
    return path


def findings(path: Path, ways: frozenset[str], *only: str) -> list[Finding]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(validate, "_ALIKE", ways)
        options = Validation(today=TODAY, select=frozenset(only), subject_fields=frozenset({"calls"}))
        return list(validate_file(path, options=options))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, min_size=1, max_size=12))
def test_findings_are_those_of_models(tmp_path: Path, changes: list[dict[str, str]]) -> None:
    usual: list[dict[str, str]] = [{"term": f"call {number}"} for number in range(24)]
    path = written(tmp_path / "some.tbx", [*usual, *changes, *usual[:3], *changes])
    assert findings(path, frozenset({"tbx"})) == findings(path, frozenset())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 1 << 32), st.sampled_from(("v3", "v2")), st.sampled_from((0.0, 0.2, 0.6)),
    st.booleans(), st.sampled_from(((), (), *((each.code,) for each in CHECKS))),
)  # fmt: skip
def test_findings_of_irregular_term_bases_are_those_of_models(
    tmp_path: Path, seed: int, edition: str, odd: float, broken: bool, only: tuple[str, ...]
) -> None:  # fmt: skip
    path = tmp_path / "some.tbx"
    path.write_text(document(seed, edition=edition, odd=odd, broken=broken), encoding="utf-8")
    every = frozenset({"tbx", "tbx-dca", "tbx-v2", "tbx-v2-default"})
    assert findings(path, every, *only) == findings(path, frozenset(), *only)


@pytest.mark.parametrize("seed", range(4))
def test_two_processes_say_the_same_of_irregular_term_bases(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    path = tmp_path / "some.tbx"
    path.write_text(document(seed, edition="v2" if seed % 2 else "v3", count=400, odd=seed % 3 / 10), encoding="utf-8")
    one = list(validate_file(path, options=Validation(today=TODAY, workers=1)))
    monkeypatch.setattr(validate, "_PAYS", 0)
    monkeypatch.setattr(validate, "_in_one", lambda *_: pytest.fail("two processes did not go on"))
    assert list(validate_file(path, options=Validation(today=TODAY, workers=2))) == one
    assert len(one) > 1000


def test_entries_that_all_differ_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "some.tbx"
    path.write_text(document(1, count=400, odd=0.0), encoding="utf-8")
    with path.open("rb") as stream:
        read = list(read_alike(stream, ReadOptions(file=str(path)), TODAY))
    told = [each for each in read if isinstance(each, Likeness)]
    assert len(told) > 150 and len({tuple(each.parts) for each in told}) > 100


def test_likenesses_are_taken(tmp_path: Path) -> None:
    path = written(tmp_path / "some.tbx", [{"term": f"call {number}"} for number in range(50)])
    with path.open("rb") as stream:
        read = list(read_alike(stream, ReadOptions(file=str(path)), TODAY))
    assert sum(isinstance(each, Likeness) for each in read) >= 45
    told = [each for each in read if isinstance(each, Likeness)]
    assert told[-1].id == "c49" and told[-1].terms[0] == "call 49"
    assert len(findings(path, frozenset({"tbx"}))) > 50


def test_later_dates_come_whole(tmp_path: Path) -> None:
    dates: list[dict[str, str]] = [{}] * 30 + [{"date": "2025-01-01", "later": "2025-01-01"}]
    path = written(tmp_path / "some.tbx", dates)
    with path.open("rb") as stream:
        read = list(read_alike(stream, ReadOptions(file=str(path)), TODAY))
    assert isinstance(read[-2], Likeness) and not isinstance(read[-1], Likeness)


def test_usual_language_tags_are_those_of_the_registry() -> None:
    tongues = re.findall("[a-z]{2}", languages._USUAL.pattern)
    regions = re.findall("[A-Z]{2}", languages._USUAL.pattern)
    for number, tongue in enumerate(tongues):
        for tag in (tongue, f"{tongue}-{regions[number % len(regions)]}"):
            assert langcodes.tag_is_valid(tag) and langcodes.standardize_tag(tag) == tag
    for region in regions:
        assert langcodes.tag_is_valid(f"en-{region}") and langcodes.standardize_tag(f"en-{region}") == f"en-{region}"
