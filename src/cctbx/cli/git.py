"""Let git show and merge term bases concept by concept.

Example: cctbx git install
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help=__doc__)

Everywhere = Annotated[bool, typer.Option("--global", help="For all repositories of this user.")]


@app.command("install")
def install_command(
    everywhere: Everywhere = False,
    pattern: Annotated[
        list[str] | None, typer.Option("--pattern", "-p", help="More files, as in .gitattributes; repeatable.")
    ] = None,
) -> None:
    """Register a diff driver and a merge driver, and write .gitattributes.

    TBX files are registered by ending; tables, JSON Lines and PO files by name, if they are tracked term bases.

    Example: cctbx git install --pattern 'glossary/*.csv'
    """
    from cctbx.workflows.git import install

    done = install(Path.cwd(), everywhere=everywhere, patterns=pattern or ())
    typer.echo(f"{done.attributes}: {', '.join(done.patterns)}")
    for name, value in done.configuration:
        typer.echo(f"{name} = {value}")


@app.command("uninstall")
def uninstall_command(everywhere: Everywhere = False) -> None:
    """Undo `cctbx git install`, exactly.

    Example: cctbx git uninstall
    """
    from cctbx.workflows.git import uninstall

    typer.echo(f"{uninstall(Path.cwd(), everywhere=everywhere)}: as it was before")


@app.command("textconv", hidden=True)
def textconv_command(file: Path) -> None:
    """Print a term base as plain lines (called by git).

    Example: cctbx git textconv termbase.tbx
    """
    from cctbx.workflows.git import textconv

    for block in textconv(file):
        sys.stdout.buffer.write(block)


@app.command("merge-driver", hidden=True)
def merge_driver_command(base: Path, ours: Path, theirs: Path, name: str) -> None:
    """Merge three versions of a file into the second (called by git).

    Example: cctbx git merge-driver %O %A %B %P
    """
    from dataclasses import replace

    from cctbx.report.findings import finding_line
    from cctbx.workflows.git import merge_driver

    fine, findings = merge_driver(base, ours, theirs, name)
    for finding in findings:
        if finding.code.startswith("DIF"):
            typer.echo(finding_line(replace(finding, file=name)), err=True)
    raise typer.Exit(0 if fine else 1)
