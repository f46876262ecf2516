"""Findings as text (one line each) and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict

from cctbx.findings import Finding, Severity
from cctbx.findings.codes import CODE

__all__ = ["Digest", "Overview", "finding_line", "finding_object", "findings_json", "summary"]


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
    place = _place(finding)
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


class Overview:
    """Findings for people who have many of them: the first ones and a few of each kind in full, then a table of all.

    A kind is a code. Call it with every finding, in order: what it gives is to be shown. Then ask for the `table`.
    """

    def __init__(self, *, whole: int = 100, each: int = 3) -> None:
        """`whole`: so many findings are shown whatever they are, after that `each` of a kind."""
        self._whole, self._each = whole, each
        self._shown = 0
        self._counts: Counter[tuple[int, str]] = Counter()
        self._told: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def __call__(self, finding: Finding) -> str | None:
        """The line to show, or None: it is only counted."""
        code = finding.code
        self._counts[-finding.severity.rank, code] += 1
        if self._shown >= self._whole and self._told[code] >= self._each:
            if code not in self._first:
                self._first[code] = _place(finding)
            return None
        self._shown += 1
        self._told[code] += 1
        return finding_line(finding)

    def table(self, advice: str) -> list[str]:
        """How many of each code there are and what it means, the worst and most frequent first; nothing if all were
        shown. `advice` says how to see them all."""
        total = sum(self._counts.values())
        if total == self._shown:
            return []
        ranked = sorted(self._counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
        width = len(f"{max(self._counts.values()):,}")
        lines = [f"{total:,} findings, {total - self._shown:,} of them not shown; {advice}"]
        for (rank, code), count in ranked:
            severity = next(each for each in Severity if each.rank == -rank)
            title = CODE[code].title if code in CODE else ""
            more = f" (not shown from {self._first[code]} on)" if code in self._first else ""
            lines.append(f"  {count:>{width},} × {severity} {code}: {title}{more}")
        return lines


def _place(finding: Finding) -> str:
    numbers = (finding.line, finding.column)
    return ":".join([finding.file or "", *(str(each) for each in numbers if each is not None)]).strip(":")


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
