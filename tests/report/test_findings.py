"""Findings look the same everywhere: place, severity, code, subject, message, what to do."""

from __future__ import annotations

import json

from cctbx.findings import Finding, Severity
from cctbx.findings.codes import CODES
from cctbx.report.findings import Digest, finding_line, findings_json, summary

FULL = Finding(
    code="TBX001", message="no such value", severity=Severity.ERROR, advice="write “noun”", file="a.tbx", line=3,
    column=7, concept="c1", language="sv", term="kund",
)  # fmt: skip


def test_a_line_names_the_place_and_what_to_do() -> None:
    assert finding_line(FULL) == ("a.tbx:3:7: error TBX001 concept c1 [sv] “kund”: no such value; write “noun”")
    assert finding_line(Finding(code="X1", message="m")) == "warning X1: m"


def test_json_leaves_out_what_is_absent() -> None:
    (one,) = json.loads(findings_json([Finding(code="X1", message="m")]))
    assert one == {"code": "X1", "message": "m", "severity": "warning"}
    assert findings_json([]) == "[]"


def test_a_summary_counts_the_worst_first() -> None:
    info = Finding(code="X", message="m", severity=Severity.INFORMATION)
    assert summary([info, info, FULL]) == "1 error, 2 information"
    assert summary([]) == "no findings"


def test_codes_are_unique_and_have_a_line_of_help() -> None:
    assert len({each.code for each in CODES}) == len(CODES)
    assert all(each.title and "\n" not in each.title for each in CODES)


def test_a_digest_tells_the_first_of_each_kind_and_every_error() -> None:
    lines: list[str] = []
    digest = Digest(lines.append, first=1)
    for _ in range(3):
        digest(Finding(code="X1", message="m", category="source"))
        digest(FULL)
    digest.close("see all")
    assert [line.split(":")[0] for line in lines].count("a.tbx") == 3
    assert lines[-2:] == ["X1 source: 2 more of this kind", "see all"]
