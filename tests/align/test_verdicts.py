from __future__ import annotations

from dataclasses import replace

import pytest

from cctbx.align.verdicts import anchor, check_verdicts, entry_keys, read_verdicts, write_verdicts
from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.model import Judgement, SourceEntry, Verdict


def entry(key: str, headword: str = "", definition: str = "", source: str = "s") -> SourceEntry:
    return SourceEntry(
        id=key, source=source, language="sv", line_first=1, line_last=1, headword=headword or key, definition=definition
    )


def verdict(first: SourceEntry, second: SourceEntry, judgement: Judgement = Judgement.SAME) -> Verdict:
    return Verdict(
        between=(first.id, second.id), judgement=judgement, reason="same thing", anchors=(anchor(first), anchor(second))
    )


A, B = entry("a", "Ärende", "Något."), entry("b", "Saak", "Iets.", source="t")


def test_written_verdicts_are_read_back_and_sorted() -> None:
    given = (verdict(B, A), Verdict(between=("x", "y"), judgement=Judgement.RELATED, by="ts", date="2026-01-02"))
    text = write_verdicts(given)
    again = read_verdicts("# a comment\n" + text)
    assert [each.between for each in again] == [("a", "b"), ("x", "y")]
    assert again[0].anchors == (anchor(A), anchor(B))
    assert again[1].by == "ts"
    assert write_verdicts(again) == text


def test_the_last_of_two_verdicts_on_a_pair_is_written() -> None:
    text = write_verdicts([verdict(A, B), verdict(B, A, Judgement.DIFFERENT)])
    assert [each.judgement for each in read_verdicts(text)] == [Judgement.DIFFERENT]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("entry_a\tjudgement\nx\tsame\n", 1, "entry_b"),
        ("entry_a\tentry_b\tjudgement\na\tb\tmaybe\n", 2, "maybe"),
        ("entry_a\tentry_b\tjudgement\n\na\ta\tsame\n", 3, "two different"),
        ("entry_a\tentry_b\tjudgement\na\tb\tsame\tx\n", 2, "4 columns"),
    ],
)
def test_a_bad_line_is_named(text: str, line: int, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        read_verdicts(text, file="verdicts.tsv")
    assert caught.value.line == line


def test_no_lines_no_verdicts() -> None:
    assert read_verdicts("# nothing yet\n") == ()


def test_an_anchor_sees_content_and_not_place() -> None:
    moved = replace(A, id="z", source="elsewhere", line_first=7, line_last=9, definition=" Något. ")
    assert anchor(moved) == anchor(A)
    assert anchor(replace(A, definition="Något annat.")) != anchor(A)


def test_a_verdict_follows_its_entry_by_anchor_and_is_stale_after_an_edit() -> None:
    findings: list[Finding] = []
    renamed = replace(A, id="renamed")
    checked = check_verdicts([renamed, B], [verdict(A, B)], report=findings.append)
    assert [each.between for each in checked.standing] == [("b", "renamed")]
    assert checked.standing[0].anchors == (anchor(B), anchor(A))
    assert not findings

    edited = replace(A, definition="Något helt annat.")
    checked = check_verdicts([edited, B], [verdict(A, B)], report=findings.append)
    assert [each.between for each in checked.stale] == [("a", "b")]
    assert [each.code for each in findings] == ["ALN001"]


def test_a_verdict_on_a_vanished_entry_is_lost_and_said() -> None:
    findings: list[Finding] = []
    checked = check_verdicts([B], [verdict(A, B)], report=findings.append)
    assert not checked.standing
    assert len(checked.lost) == 1
    assert findings[0].code == "ALN002"
    assert "no entry a " in findings[0].message


def test_contradicting_verdicts_are_reported_and_the_later_counts() -> None:
    findings: list[Finding] = []
    checked = check_verdicts([A, B], [verdict(A, B), verdict(B, A, Judgement.DIFFERENT)], report=findings.append)
    assert [each.judgement for each in checked.standing] == [Judgement.DIFFERENT]
    assert [each.code for each in findings] == ["ALN003"]


def test_ids_that_clash_over_sources_are_told_apart_by_source() -> None:
    assert entry_keys([entry("a"), entry("a", source="t"), entry("b")]) == ("s:a", "t:a", "b")
