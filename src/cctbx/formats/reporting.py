"""How readers report: one finding with its place; in strict mode the first error stops the reading."""

from __future__ import annotations

from cctbx.errors import InputError
from cctbx.findings import Finding, Severity
from cctbx.findings.codes import severity_of
from cctbx.formats.contract import ReadOptions

__all__ = ["say"]


def say(
    options: ReadOptions, code: str, message: str, *, line: int | None = None, concept: str | None = None,
    language: str | None = None, term: str | None = None, advice: str | None = None,
) -> None:  # fmt: skip
    """Report a finding of a reader with its code's severity. Raises `InputError` for an error in strict mode."""
    severity = severity_of(code)
    if options.strict and severity is Severity.ERROR:
        raise InputError(message, file=options.file, line=line)
    options.report(Finding(
        code=code, severity=severity, message=message, file=options.file, line=line, concept=concept,
        language=language, term=term, advice=advice,
    ))  # fmt: skip
