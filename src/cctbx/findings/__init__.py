"""Layer 1: findings, what is wrong, assumed or lost, and where.

A `Code` names a kind of finding for ever; it carries a default severity that configuration may override. The tables of
codes stand one per area in this package and are joined in `findings.codes`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Code", "Finding", "Report", "Severity", "ignore", "unwatched"]


class Severity(StrEnum):
    """An error breaks the standard or loses data, a warning wants a look, information is good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"

    @property
    def rank(self) -> int:
        """0 for information, 1 for warning, 2 for error."""
        return ("information", "warning", "error").index(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One kind of finding: a stable code (never reused), a line of help, and its default severity."""

    code: str
    title: str
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding: its code, a message that names ids and terms, what to do (`advice`), and where it stands.

    `path` is a place inside the document (an XPath-like trail, a column name), `category` the data category concerned.
    """

    code: str
    message: str
    severity: Severity = Severity.WARNING
    advice: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    concept: str | None = None
    language: str | None = None
    term: str | None = None
    category: str | None = None
    path: str | None = None


Report = Callable[[Finding], None]
"""Where readers, writers and checks send their findings, in document order."""


def ignore(finding: Finding) -> None:
    """A report for callers who do not want findings."""


def unwatched(*told: object) -> None:
    """Progress (a number, or what is being done and a number) for callers who do not watch."""
