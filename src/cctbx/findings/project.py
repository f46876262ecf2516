"""The codes of projects: the project file, the concept register, editorial decisions (prefix PRJ)."""

from __future__ import annotations

from cctbx.findings import Code, Severity

__all__ = ["CODES"]

CODES: tuple[Code, ...] = (
    Code(code="PRJ001", title="the checksum of a source page is not the one the project file states"),
    Code(code="PRJ002", title="an editorial decision names a concept the register does not have"),
    Code(code="PRJ003", title="a concept was merged into another; its id is kept and never reused"),
    Code(code="PRJ004", title="a concept has no source entry any more; its id is withdrawn and never reused"),
    Code(code="PRJ005", title="a concept was split; a new id was assigned to a part", severity=Severity.INFORMATION),
    Code(code="PRJ006", title="an editorial decision names a designation the concept does not have"),
    Code(code="PRJ007", title="a concept has no English designation"),
)
