"""How the TBX reader says what it found: findings that know their file, line and concept; strictness."""

from __future__ import annotations

from cctbx.errors import InputError
from cctbx.findings import Finding, Severity
from cctbx.formats.contract import ReadOptions

__all__ = ["Reporter"]


class Reporter:
    """Sends findings on, with the concept being read; with `strict`, the first error ends the reading."""

    __slots__ = ("_options", "concept", "language", "quiet")

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self.concept: str | None = None
        self.language: str | None = None
        self.quiet = False

    def say(
        self, code: str, message: str, severity: Severity, *, advice: str | None = None, line: int | None = None,
        category: str | None = None, term: str | None = None,
    ) -> None:  # fmt: skip
        """Reports one finding. Raises `InputError` for an error where the caller asked to be strict."""
        if self._options.strict and severity is Severity.ERROR:
            raise InputError(f"{message} [{code}]", file=self._options.file, line=line)
        self._options.report(
            Finding(
                code=code, message=message, severity=severity, advice=advice, file=self._options.file, line=line,
                concept=self.concept, language=self.language, category=category, term=term,
            )
        )

    @property
    def file(self) -> str:
        """The name of the file being read."""
        return self._options.file
