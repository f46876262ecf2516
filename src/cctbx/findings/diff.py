"""The codes of area `diff` (prefix DIF)."""

from __future__ import annotations

from cctbx.findings import Code, Severity

__all__ = ["CODES"]

CODES: tuple[Code, ...] = (
    Code(code="DIF001", title="the releases share no concept ids: concepts are matched by content alone"),
    Code(code="DIF002", title="a concept id stands for another concept than before"),
    Code(code="DIF003", title="two concept entries of one file have the same id"),
    Code(code="DIF010", title="a change does not fit the term base it is applied to", severity=Severity.ERROR),
    Code(code="DIF011", title="a change is already in the term base", severity=Severity.INFORMATION),
    Code(code="DIF020", title="two edits of a merge contradict each other", severity=Severity.ERROR),
    Code(code="DIF021", title="a conflict of an earlier merge is still unresolved", severity=Severity.ERROR),
    Code(code="DIF022", title="a conflict was resolved by hand", severity=Severity.INFORMATION),
    Code(code="DIF023", title="a side of a merge cannot hold something the base has: nothing was removed for that",
         severity=Severity.INFORMATION),
    Code(code="DIF030", title="a file is not in canonical form"),
)  # fmt: skip
