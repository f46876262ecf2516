"""Comparing two files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cctbx.diff.changes import Changes
from cctbx.diff.compare import compare_termbases
from cctbx.diff.settings import CompareSettings
from cctbx.errors import UsageError
from cctbx.findings import Finding
from cctbx.report.changes import Comparison
from cctbx.workflows.files import atomic_output
from cctbx.workflows.releases import comparable, lines_of, read_release

__all__ = ["RENDERERS", "DiffOptions", "diff", "rendered", "write_report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffOptions:
    """What a comparison of files may be told: its settings, and the formats where the files do not say theirs."""

    settings: CompareSettings = field(default_factory=CompareSettings)
    old_format: str | None = None
    new_format: str | None = None


def diff(
    old: str | Path, new: str | Path, options: DiffOptions | None = None
) -> tuple[Comparison, tuple[Finding, ...]]:
    """Compare two files of any readable formats; also the findings of reading them.

    What only one of the two formats can hold is no difference. Raises `InputError` where a file cannot be read.
    """
    options = options or DiffOptions()
    findings: list[Finding] = []
    before = read_release(old, format_name=options.old_format, report=findings.append)
    after = read_release(new, format_name=options.new_format, report=findings.append)
    changes: Changes = compare_termbases(*comparable(before, after), options.settings)
    findings += changes.findings
    lines = lines_of(after.termbase.concepts)
    return Comparison(changes=changes, old=before.file, new=after.file, lines=lines), tuple(findings)


RENDERERS: dict[str, tuple[str, str]] = {
    "text": ("changes_text", "changes_text"),
    "markdown": ("changes_markdown", "changes_markdown"),
    "json": ("changes_tables", "changes_json"),
    "html": ("changes_html", "changes_html"),
    "csv": ("changes_tables", "changes_csv"),
    "junit": ("changes_tables", "changes_junit"),
    "github": ("changes_tables", "changes_github"),
    "stat": ("changes_text", "changes_stat"),
}
"""Names of the reports, each with its module below `cctbx.report` and its function."""


def rendered(comparison: Comparison, name: str, *, colour: bool = False) -> str:
    """The comparison as one of the reports of `RENDERERS`. Raises `UsageError` for another name."""
    import importlib

    if name not in RENDERERS:
        raise UsageError(f"unknown report `{name}`; there are {', '.join(RENDERERS)}")
    module, function = RENDERERS[name]
    render = getattr(importlib.import_module(f"cctbx.report.{module}"), function)
    text: str = render(comparison, colour=colour) if name == "text" else render(comparison)
    return text


def write_report(text: str, file: str | Path) -> None:
    """Write a report, atomically; `-` is stdout."""
    with atomic_output(file) as out:
        out.write(text.encode("utf-8", "backslashreplace"))
