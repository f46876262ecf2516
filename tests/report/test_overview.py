"""Many findings for people: the first in full, a few of each kind, and a table that adds up."""

from __future__ import annotations

from cctbx.findings import Finding, Severity
from cctbx.report.findings import Overview, finding_line


def finding(code: str, line: int, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(code=code, message="said", severity=severity, file="a.tbx", line=line)


def test_few_findings_are_all_shown_and_need_no_table() -> None:
    overview = Overview(whole=5, each=1)
    found = [finding("CHK301", line) for line in range(5)]
    assert [overview(each) for each in found] == [finding_line(each) for each in found]
    assert overview.table("how") == []


def test_many_are_counted_but_no_kind_is_kept_back() -> None:
    overview = Overview(whole=5, each=2)
    found = [finding("CHK705", line, Severity.INFORMATION) for line in range(1000)]
    found += [finding("TBX205", line, Severity.ERROR) for line in range(7)] + [finding("CHK301", 3)]
    shown = [line for each in found if (line := overview(each)) is not None]
    assert shown == [finding_line(each) for each in (*found[:5], *found[1000:1002], found[-1])]
    table = overview.table("how")
    assert table[0] == "1,008 findings, 1,000 of them not shown; how"
    assert [line.split(":")[0].split() for line in table[1:]] == [
        ["7", "×", "error", "TBX205"], ["1", "×", "warning", "CHK301"], ["1,000", "×", "information", "CHK705"],
    ]  # fmt: skip
    assert table[3].endswith("(not shown from a.tbx:5 on)")
