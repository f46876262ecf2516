"""Findings as text (one line each) and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict

from cctbx.findings import Finding, Severity

__all__ = ["Digest", "finding_line", "finding_object", "findings_json", "summary"]


def _subject(finding: Finding) -> str:
    """Concept, language and term the finding is about, as far as known."""
    parts = (
        f"concept {finding.concept}" if finding.concept else "",
        f"[{finding.language}]" if finding.language else "",
        f"“{finding.term}”" if finding.term else "",
    )
    return " ".join(part for part in parts if part)


def finding_line(finding: Finding) -> str:
    """`file:line:column: severity CODE concept c1 [sv] “kund”: message; advice`, absent parts left out."""
    numbers = (finding.line, finding.column)
    place = ":".join([finding.file or "", *(str(each) for each in numbers if each is not None)]).strip(":")
    head = " ".join(part for part in (f"{finding.severity} {finding.code}", _subject(finding)) if part)
    body = finding.message if not finding.advice else f"{finding.message}; {finding.advice}"
    return ": ".join(part for part in (place, head, body) if part)


def finding_object(finding: Finding) -> dict[str, object]:
    """The finding as a JSON object: fields in the order of `Finding`, absent ones left out."""
    return {name: value for name, value in asdict(finding).items() if value is not None}


def findings_json(findings: Iterable[Finding]) -> str:
    """A JSON array, one finding a line."""
    lines = ",\n".join(json.dumps(finding_object(each), ensure_ascii=False) for each in findings)
    return f"[\n{lines}\n]" if lines else "[]"


def summary(findings: Iterable[Finding]) -> str:
    """`2 errors, 1 warning`, the worst first; `no findings` for none."""
    counts = Counter(each.severity for each in findings)
    named = [(counts[severity], severity) for severity in Severity if counts[severity]]
    plural = {Severity.INFORMATION: "information"}
    return ", ".join(f"{n} {plural.get(s, f'{s}s') if n != 1 else s}" for n, s in named) or "no findings"


class Digest:
    """Findings for people: the first few of each kind in full, the rest counted; errors always in full.

    A kind is a code with a data category. Call it with every finding, in order, then `close` once.
    """

    def __init__(self, echo: Callable[[str], None], *, first: int = 2) -> None:
        self._echo, self._first = echo, first
        self._told: Counter[tuple[str, str]] = Counter()

    def __call__(self, finding: Finding) -> None:
        kind = finding.code, finding.category or ""
        self._told[kind] += 1
        if finding.severity is Severity.ERROR:
            self._told[kind] = 0
            self._echo(finding_line(finding))
        elif self._told[kind] <= self._first:
            self._echo(finding_line(finding))

    def close(self, advice: str) -> None:
        """Say how many of each kind were not told, and where they all are."""
        rest = {kind: count - self._first for kind, count in self._told.items() if count > self._first}
        for (code, category), count in sorted(rest.items()):
            self._echo(f"{code} {category}".strip() + f": {count:,} more of this kind")
        if rest:
            self._echo(advice)
