"""Comparing two files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from cctbx.diff.changes import Change, Changes, Kind
from cctbx.diff.compare import (
    compare,
    compare_header,
    compare_references,
    compare_termbases,
    in_order,
    without_common_ids,
)
from cctbx.diff.filters import wanted
from cctbx.diff.settings import CompareSettings
from cctbx.errors import UsageError
from cctbx.findings import Finding, unwatched
from cctbx.report.changes import Comparison
from cctbx.workflows.bulk import Differing, differing, differing_streams
from cctbx.workflows.files import atomic_output, rereadable, size_of
from cctbx.workflows.releases import comparable, lines_of, read_release, recognised, side_by_side

__all__ = ["RENDERERS", "DiffOptions", "diff", "rendered", "write_report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffOptions:
    """What a comparison of files may be told: its settings, and the formats where the files do not say theirs.

    `bulk` is the size of both files together, in bytes, from which they are walked side by side (TBX files as text) and
    not read into memory; `progress` is then called with the number of entries walked past.
    """

    settings: CompareSettings = field(default_factory=CompareSettings)
    old_format: str | None = None
    new_format: str | None = None
    bulk: int = 16 << 20
    progress: Callable[[int], None] = unwatched


def diff(
    old: str | Path, new: str | Path, options: DiffOptions | None = None
) -> tuple[Comparison, tuple[Finding, ...]]:
    """Compare two files of any readable formats; also the findings of reading them.

    What only one of the two formats can hold is no difference. Raises `InputError` where a file cannot be read.
    """
    options = options or DiffOptions()
    findings: list[Finding] = []
    with rereadable(old, new):
        if size_of(old) + size_of(new) < options.bulk:
            return _whole(old, new, options, findings), tuple(findings)
        left = _as_text(old, new, options, findings)
        if left is None:
            findings.clear()
            left = _as_streams(old, new, options, findings)
    found = _together(left, options.settings)
    findings += found.findings
    languages = options.settings.languages
    together = Comparison(changes=found, old=str(old), new=str(new), lines=left.lines, languages=languages)
    return together, tuple(findings)


def _whole(old: str | Path, new: str | Path, options: DiffOptions, findings: list[Finding]) -> Comparison:
    """Both files read into memory."""
    before = read_release(old, format_name=options.old_format, report=findings.append)
    after = read_release(new, format_name=options.new_format, report=findings.append)
    changes: Changes = compare_termbases(*comparable(before, after), options.settings)
    findings += changes.findings
    lines = lines_of(after.termbase.concepts)
    languages = options.settings.languages
    return Comparison(changes=changes, old=before.file, new=after.file, lines=lines, languages=languages)


def _as_text(old: str | Path, new: str | Path, options: DiffOptions, findings: list[Finding]) -> Differing | None:
    """What differs between TBX files, found without reading what is the same; None for others, or irregular ones."""
    formats = (recognised(old, options.old_format), recognised(new, options.new_format))
    tbx = all(each.name.startswith("tbx") and each.read is formats[0].read for each in formats)
    if not tbx or options.settings.subjects:  # subject fields of a renumbered entry are not seen in its text
        return None
    return differing(old, new, findings.append, strict=options.settings.strict, progress=options.progress)


def _as_streams(old: str | Path, new: str | Path, options: DiffOptions, findings: list[Finding]) -> Differing:
    """What differs between any two files, each read entry by entry."""
    files = ((old, options.old_format), (new, options.new_format))
    with side_by_side(*files, findings.append) as (before, after):
        return differing_streams(before, after, findings.append, options.progress)


def _together(left: Differing, settings: CompareSettings) -> Changes:
    """The changes in what differs, with what is known of the rest."""
    renumbered = {each.old: each.new for each in left.renumbered}
    inside = compare(left.old, left.new, settings, known=renumbered)
    more: list[Change] = [
        Change(kind=Kind.CONCEPT_RENUMBERED, concept=each.old, becomes=each.new, old=each.old, new=each.new,
               because="same content", label=each.label, subjects=each.subjects)
        for each in left.renumbered
    ]  # fmt: skip
    more += [*compare_header(*left.headers), *compare_references(*left.references)]
    count = left.equal + len(left.renumbered)
    changes = replace(
        inside, changes=in_order([*inside.changes, *wanted(more, settings)]), old=inside.old + count,
        new=inside.new + count, matched_by_id=inside.matched_by_id + left.equal,
        matched_by_content=inside.matched_by_content + len(left.renumbered),
    )  # fmt: skip
    return replace(changes, findings=(*changes.findings, *without_common_ids(changes)))


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


def write_report(text: str, file: str | Path, *, table: bool = False) -> None:
    """Write a report, atomically; `-` is stdout. A `table` in a file begins with the mark spreadsheets look for."""
    with atomic_output(file) as out:
        if table and str(file) != "-":
            out.write(b"\xef\xbb\xbf")
        for start in range(0, len(text), 1 << 20):
            out.write(text[start : start + (1 << 20)].encode("utf-8", "backslashreplace"))
