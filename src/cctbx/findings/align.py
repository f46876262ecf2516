"""The codes of area `align` (prefix ALN)."""

from __future__ import annotations

from cctbx.findings import Code, Severity

__all__ = ["CODES"]

CODES: tuple[Code, ...] = (
    Code(code="ALN001", title="a verdict rests on an entry that was edited since"),
    Code(code="ALN002", title="a verdict names an entry that is not there any more"),
    Code(code="ALN003", title="two verdicts contradict each other", severity=Severity.ERROR),
    Code(code="ALN004", title="verdicts contradict each other through a third entry", severity=Severity.ERROR),
    Code(code="ALN005", title="a row of a review file is not valid", severity=Severity.ERROR),
    Code(code="ALN006", title="two sources look like translations of one original", severity=Severity.INFORMATION),
    Code(code="ALN007", title="two entries of one source look like a doublette", severity=Severity.INFORMATION),
    Code(code="ALN008", title="gold data names an entry that is not there"),
)
