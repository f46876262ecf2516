"""`cctbx merge`: two edited term bases become one again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    base: Annotated[Path, typer.Argument(help="The term base both sides come from.")],
    ours: Annotated[Path, typer.Argument(help="One side; the result is written in its format.")],
    theirs: Annotated[Path, typer.Argument(help="The other side.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Write the result here.")] = Path("-"),
    resolutions: Annotated[
        Path | None, typer.Option("--resolutions", help="File of conflicts; default: OUTPUT.conflicts.toml.")
    ] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="What a side says nothing of was deleted there on purpose.")
    ] = False,
    from_format: Annotated[str | None, typer.Option("--from", help="Format of all three files.")] = None,
) -> None:
    """Merge three ways; contradictions are written to OUTPUT.conflicts.toml and noted in the entries; then exit code 1.

    Choose a side there and run the same command again.

    Example: cctbx merge base.tbx ours.tbx theirs.tbx -o merged.tbx
    """
    from cctbx.report.findings import finding_line
    from cctbx.workflows.merge import MergeOptions, conflicts_file, merge_files

    options = MergeOptions(
        formats=(from_format, from_format, from_format), complete=complete, resolutions=resolutions
    )
    merged, findings = merge_files(base, ours, theirs, output, options)
    for finding in findings:
        typer.echo(finding_line(finding), err=True)
    if (number := len(merged.unresolved)) and str(output) != "-":
        count = f"{number} conflict{'s' * (number > 1)}"
        typer.echo(f"{count}: choose in {conflicts_file(output)}, then run this again", err=True)
    raise typer.Exit(1 if any(each.code in ("DIF020", "DIF021") for each in findings) else 0)
