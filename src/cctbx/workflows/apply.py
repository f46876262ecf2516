"""Putting a file of changes into effect."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from cctbx.diff.apply import apply_termbase
from cctbx.diff.changes import Changes
from cctbx.diff.exchange import changes_from_plain
from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.formats.contract import WriteOptions
from cctbx.workflows.files import read_bytes, rereadable
from cctbx.workflows.releases import read_release, whole_only, write_release
from cctbx.workflows.termbases import write_termbase

__all__ = ["apply_file", "read_changes"]


def read_changes(file: str | Path) -> Changes:
    """The changes in a file made by `cctbx diff --json`. Raises `InputError` where it is none."""
    try:
        plain = json.loads(read_bytes(file))
    except ValueError as error:
        raise InputError(f"is not JSON: {error}", file=str(file)) from error
    return changes_from_plain(plain, file=str(file))


def apply_file(
    base: str | Path, changes: str | Path, output: str | Path, *, format_name: str | None = None,
    output_format: str | None = None,
) -> tuple[Finding, ...]:  # fmt: skip
    """Write `base` with the changes in effect to `output`; in the format of the base unless the output says another.

    Findings: of reading, DIF010 and DIF011 for changes that do not fit, and what the output format cannot hold.
    """
    findings: list[Finding] = []
    with rereadable(base, changes):
        release = read_release(base, format_name=format_name, report=whole_only(findings.append, base))
        edits = read_changes(changes)
    termbase = apply_termbase(release.termbase, edits, findings.append)
    if output_format:
        write_termbase(termbase, output, format_name=output_format, options=WriteOptions(report=findings.append))
    else:
        write_release(replace(release, termbase=termbase), output, findings.append)
    return tuple(findings)
