"""Release notes for two files."""

from __future__ import annotations

from pathlib import Path

from cctbx.diff.changes import Bump
from cctbx.errors import UsageError
from cctbx.findings import Finding
from cctbx.report.changes_notes import notes_markdown
from cctbx.workflows.diff import DiffOptions, diff
from cctbx.workflows.files import read_bytes

__all__ = ["asks_for", "release_notes_of"]


def release_notes_of(
    old: str | Path, new: str | Path, options: DiffOptions, *, version: str | None = None,
    template: str | Path | None = None, title: str | None = None,
) -> tuple[str, Bump, tuple[Finding, ...]]:  # fmt: skip
    """The release notes as Markdown, the bump they suggest, and the findings of reading both files."""
    comparison, findings = diff(old, new, options)
    text = read_bytes(template).decode("utf-8-sig") if template else None
    return notes_markdown(comparison, version=version, template=text, title=title), comparison.changes.bump, findings


def asks_for(bump: Bump, least: str) -> bool:
    """Whether a bump is at least `least`. Raises `UsageError` for a name that is no bump."""
    names = [each.value for each in Bump if each is not Bump.NONE]
    if least not in names:
        raise UsageError(f"--fail-on {least}: choose one of {', '.join(names)}")
    return bump.rank >= Bump(least).rank
