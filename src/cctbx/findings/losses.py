"""The codes of area `losses` (prefix LOS)."""

from __future__ import annotations

from cctbx.findings import Code, Severity

__all__ = ["CODES"]

CODES: tuple[Code, ...] = (
    Code(code="LOS050", title="the format has no place for a data category; the statement is left out"),
    Code(code="LOS051", title="the format holds no inline markup; the plain text is kept"),
    Code(code="LOS052", title="what stands beside a statement (source, date, note, target) is left out"),
    Code(code="LOS053", title="the format holds fewer terms a language; a synonym is left out"),
    Code(code="LOS054", title="the format has no place for the header"),
    Code(code="LOS055", title="the format has no place for the back matter"),
    Code(code="LOS056", title="a language was not asked for and is left out", severity=Severity.INFORMATION),
    Code(code="LOS057", title="a concept has no term in one of the two languages and is left out"),
    Code(code="LOS058", title="line breaks, tabs or outer blanks of a text become blanks or go",
         severity=Severity.INFORMATION),
    Code(code="LOS059", title="the id of a section or a statement is left out", severity=Severity.INFORMATION),
    Code(code="LOS060", title="the format holds one statement of a category; a further one is left out"),
    Code(code="LOS061", title="a term that stands twice in a language section is written once",
         severity=Severity.INFORMATION),
    Code(code="LOS062", title="the terms of a concept become independent pairs", severity=Severity.INFORMATION),
    Code(code="LOS063", title="the format has no place for concept ids, or not for this one",
         severity=Severity.INFORMATION),
    Code(code="LOS064", title="a statement is kept as another data category", severity=Severity.INFORMATION),
    Code(code="LOS065", title="a term the format cannot hold is left out"),
    Code(code="LOS066", title="a value is replaced by the nearest the format knows"),
    Code(code="LOS067", title="an empty term or a language section without terms is left out"),
    Code(code="LOS068", title="characters the format cannot hold are left out"),
)  # fmt: skip
