"""The native form: one line per concept, sorted, reproducible; damaged lines are passed over with a finding."""

from __future__ import annotations

import json

import pytest

from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions
from cctbx.formats.jsonl import JSONL
from cctbx.model import ConceptEntry, Header, LanguageSection, ReferenceItem, ReferenceObject, TermBase, TermSection
from tests.formats.laws import read, written


def entry(identifier: str) -> ConceptEntry:
    section = LanguageSection(language="sv", terms=(TermSection(term="kö", part_of_speech="noun"),))
    return ConceptEntry(id=identifier, languages=(section,))


BASE = TermBase(
    header=Header(language="en", title="T"), concepts=(entry("c2"), entry("c10"), entry("c1")),
    references=(ReferenceObject(kind="respPerson", id="r1", items=(ReferenceItem(type="fn", value="Eva"),)),),
)  # fmt: skip


def test_entries_are_sorted_and_equal_content_gives_equal_bytes() -> None:
    content = written(JSONL, BASE)
    assert [json.loads(line)["id"] for line in content.splitlines()[1:]] == ["c1", "c10", "c2"]
    again = TermBase(header=BASE.header, concepts=BASE.concepts[::-1], references=BASE.references)
    assert content == written(JSONL, again)
    assert content.splitlines()[1].decode() == (
        '{"id": "c1", "languages": [{"language": "sv", "terms": [{"term": "kö", "part_of_speech": "noun"}]}]}'
    )


def test_header_and_back_matter_stand_in_the_first_line() -> None:
    back = read(JSONL, written(JSONL, BASE))
    assert (back.header, back.references) == (BASE.header, BASE.references)
    assert back.concepts[0].origin is not None
    assert back.concepts[0].origin.line == 2


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", '"text"', "{}", '{"id": 7}', '{"id": "c1", "languages": [{"language": ["sv"]}]}',
        '{"id": "c1", "languages": [{"language": "sv", "terms": [{"term": 5}]}]}',
        '{"id": "c1", "languages": [{"language": "sv", "terms": [{}]}]}',
        '{"id": "c1", "notes": [{"value": null}]}', '{"id": "c1", "notes": "ab"}', '{"id": "c1", "languages": {}}',
    ],
)  # fmt: skip
def test_a_damaged_line_is_passed_over_with_a_finding(line: str) -> None:
    content = b'{"cctbx": 1}\n' + line.encode() + b'\n{"id": "c2"}\n'
    found: list[Finding] = []
    base = read(JSONL, content, ReadOptions(file="x.jsonl", report=found.append))
    assert [each.id for each in base.concepts] == ["c2"]
    assert [(each.code, each.line) for each in found] == [("FMT112", 2)]
    with pytest.raises(InputError, match=r"x\.jsonl:2"):
        read(JSONL, content, ReadOptions(file="x.jsonl", strict=True))


def test_keys_nobody_reads_and_keys_said_twice_are_told() -> None:
    found: list[Finding] = []
    content = b'{"cctbx": 1, "odd": "x"}\n{"id": "c1", "unheard": true, "notes": ["a"], "notes": ["b"]}\n'
    base = read(JSONL, content, ReadOptions(file="x.jsonl", report=found.append))
    assert [each.text for each in base.concepts[0].notes] == ["b"]
    assert [(each.code, each.line) for each in found] == [("FMT116", 1), ("FMT116", 2), ("FMT117", 2)]
    assert ["odd" in found[0].message, "unheard" in found[1].message, "notes" in found[2].message] == [True] * 3


@pytest.mark.parametrize("first", [b"", b"{}", b"[1]", b"nonsense", b'{"cctbx": 1, "header": {"language": 3}}'])
def test_another_first_line_is_refused(first: bytes) -> None:
    with pytest.raises(InputError, match="native form"):
        read(JSONL, first + b"\n")


def test_a_newer_version_is_read_with_an_error() -> None:
    found: list[Finding] = []
    base = read(JSONL, b'\xef\xbb\xbf{"cctbx": 99}\n\n{"id": "c1"}\n', ReadOptions(report=found.append))
    assert [each.id for each in base.concepts] == ["c1"]
    assert [each.code for each in found] == ["FMT113"]
