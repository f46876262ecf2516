"""`cctbx build`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    project: Annotated[
        Path | None, typer.Argument(help="Project file; default: sources.toml or seeds/sources.toml.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here instead of the project's output.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if the exports are not up to date.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Errors only.")] = False,
) -> None:
    """Make the term base and all exports from the glossary pages of a project.

    Example: cctbx build seeds/sources.toml --output exports
    """
    from cctbx.report.findings import Digest, summary
    from cctbx.workflows.build import build, differences, write_build
    from cctbx.workflows.project import find_project, load_project

    loaded = load_project(project or find_project())
    built = build(loaded)
    directory = output or loaded.output
    digest = Digest(lambda line: typer.echo(line, err=True))
    for finding in () if quiet else built.findings:
        digest(finding)
    digest.close(f"all of them stand in {directory / 'report.md'}")
    if check:
        changed = differences(built, directory)
        for line in changed:
            typer.echo(line)
        raise typer.Exit(1 if changed else 0)
    write_build(built, directory)
    if not quiet:
        concepts = len(built.termbase.concepts)
        typer.echo(f"{directory}: {len(built.contents)} files, {concepts} concept entries; {summary(built.findings)}")
