"""`cctbx release-notes`: what users of a term base must know about its new release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    old: Annotated[Path, typer.Argument(help="The old release.")],
    new: Annotated[Path, typer.Argument(help="The new release.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Write the notes here.")] = Path("-"),
    template: Annotated[
        Path | None, typer.Option("--template", help="Markdown with $summary, $bump, $preferred, $forbidden …")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Default: the names of both files.")] = None,
    version: Annotated[str | None, typer.Option("--version", help="Number of the old release, to raise.")] = None,
    fail_on: Annotated[
        str | None, typer.Option("--fail-on", help="Exit code 1 from this bump on: breaking, minor, patch.")
    ] = None,
    language: Annotated[list[str] | None, typer.Option("--language", "-l", help="Only this language.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Count metadata, too.")] = False,
    old_format: Annotated[str | None, typer.Option("--from-old", help="Format of the old release.")] = None,
    new_format: Annotated[str | None, typer.Option("--from-new", help="Format of the new release.")] = None,
) -> None:
    """Write release notes: preferred terms that changed and terms now forbidden first; suggest the version bump.

    Example: cctbx release-notes 1.4.tbx main.tbx --version 1.4.0 --fail-on breaking
    """
    from cctbx.cli.options import nothing_left
    from cctbx.diff.changes import Bump
    from cctbx.diff.settings import CompareSettings
    from cctbx.report.findings import finding_line
    from cctbx.workflows.diff import DiffOptions, write_report
    from cctbx.workflows.release_notes import asks_for, release_notes_of

    settings = CompareSettings(strict=strict, languages=frozenset(language or ()))
    options = DiffOptions(settings=settings, old_format=old_format, new_format=new_format)
    text, bump, findings = release_notes_of(old, new, options, version=version, template=template, title=title)
    for finding in findings:
        typer.echo(finding_line(finding), err=True)
    failed = asks_for(bump, fail_on) if fail_on else False
    write_report(text, output)
    if failed:
        typer.echo(f"the changes ask for a {bump} release (--fail-on {fail_on})", err=True)
    if bump is Bump.NONE and (said := nothing_left(settings)):
        typer.echo(said, err=True)
    raise typer.Exit(1 if failed else 0)
