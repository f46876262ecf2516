"""`cctbx apply`: put a file of changes into effect."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    base: Annotated[Path, typer.Argument(help="The term base to change; it is not written to.")],
    changes: Annotated[Path, typer.Argument(help="Changes made by `cctbx diff --json`.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Write the result here.")] = Path("-"),
    from_format: Annotated[str | None, typer.Option("--from", help="Format of the term base.")] = None,
    to_format: Annotated[str | None, typer.Option("--to", help="Format of the result; default: the base's.")] = None,
) -> None:
    """Write a term base with changes in effect; exit code 1 when a change does not fit.

    Make the changes with `cctbx diff --strict --json`; without --strict, they leave metadata out.

    Example: cctbx apply release-1.tbx changes.json -o release-2.tbx
    """
    from cctbx.report.findings import finding_line
    from cctbx.workflows.apply import apply_file

    findings = apply_file(base, changes, output, format_name=from_format, output_format=to_format)
    for finding in findings:
        typer.echo(finding_line(finding), err=True)
    raise typer.Exit(1 if any(each.code == "DIF010" for each in findings) else 0)
