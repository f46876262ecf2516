"""The whole table of codes, area by area (`cctbx codes` prints it)."""

from __future__ import annotations

from cctbx.findings import Code, Severity, align, checks, diff, formats, losses, project, sources, tbx

__all__ = ["CODE", "CODES", "severity_of"]

CODES: tuple[Code, ...] = (
    *sources.CODES,
    *align.CODES,
    *formats.CODES,
    *tbx.CODES,
    *checks.CODES,
    *losses.CODES,
    *diff.CODES,
    *project.CODES,
)

CODE: dict[str, Code] = {each.code: each for each in CODES}


def severity_of(code: str) -> Severity:
    """The default severity of a code."""
    return CODE[code].severity
