"""`cctbx format`: the canonical form of a term-base file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    files: Annotated[list[Path], typer.Argument(help="Term bases of any format that can be written.")],
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a file is not canonical.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here instead of over the file; - is stdout.")
    ] = None,
    from_format: Annotated[str | None, typer.Option("--from", help="Format of the files.")] = None,
) -> None:
    """Sort and indent files the one way, so that line diffs are small; format, edition and style stay.

    Example: cctbx format --check termbase.tbx
    """
    from cctbx.errors import UsageError
    from cctbx.report.findings import finding_line
    from cctbx.workflows.files import read_once
    from cctbx.workflows.format import format_file

    if output is not None and len(files) > 1:
        raise UsageError("--output takes one file")
    changed = False
    for file in files:
        same, findings = format_file(file, check=check, output=output, format_name=from_format)
        changed = changed or not same
        for finding in findings:
            typer.echo(finding_line(finding), err=True)
        if not same and not check and output is None and not read_once(file):
            typer.echo(f"{file}: written in canonical form", err=True)
    raise typer.Exit(1 if check and changed else 0)
