"""`cctbx diff`: what changed between two releases of a term base."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["command"]

Many = list[str] | None


def command(
    old: Annotated[Path, typer.Argument(help="The old release; any readable format, - for stdin.")],
    new: Annotated[Path, typer.Argument(help="The new release; its format may be another one.")],
    report: Annotated[
        str, typer.Option("--format", "-f", help="text, markdown, json, html, csv, junit, github or stat.")
    ] = "text",
    as_json: Annotated[bool, typer.Option("--json", help="Typed changes as JSON, for `cctbx apply`.")] = False,
    stat: Annotated[bool, typer.Option("--stat", help="One line per language.")] = False,
    output: Annotated[Path, typer.Option("--output", "-o", help="Write the report here.")] = Path("-"),
    strict: Annotated[bool, typer.Option("--strict", help="Count metadata, header and back matter, too.")] = False,
    language: Annotated[Many, typer.Option("--language", "-l", help="Only this language; repeatable.")] = None,
    subject: Annotated[Many, typer.Option("--subject", help="Only this subject field; repeatable.")] = None,
    status: Annotated[Many, typer.Option("--status", help="Only this status, e.g. preferred; repeatable.")] = None,
    kind: Annotated[Many, typer.Option("--kind", "-k", help="Only this kind of change; repeatable.")] = None,
    old_format: Annotated[str | None, typer.Option("--from-old", help="Format of the old release.")] = None,
    new_format: Annotated[str | None, typer.Option("--from-new", help="Format of the new release.")] = None,
    colour: Annotated[bool | None, typer.Option("--colour/--no-colour", help="Default: on a terminal.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing, exit code only.")] = False,
) -> None:
    """Compare two releases concept by concept; exit code 1 when they differ, as diff does.

    Example: cctbx diff release-1.tbx release-2.tbx --language sv --format markdown
    """
    from cctbx.cli.options import kinds_named, nothing_left, statuses_named
    from cctbx.cli.progress import counter
    from cctbx.diff.settings import CompareSettings
    from cctbx.report.findings import finding_line
    from cctbx.workflows.diff import DiffOptions, diff, rendered, write_report

    settings = CompareSettings(
        strict=strict, languages=frozenset(language or ()), subjects=frozenset(subject or ()),
        statuses=statuses_named(status or ()), kinds=kinds_named(kind or ()),
    )  # fmt: skip
    name = "json" if as_json else "stat" if stat else report
    progress, done = counter("concept entries")
    options = DiffOptions(settings=settings, old_format=old_format, new_format=new_format, progress=progress)
    comparison, findings = diff(old, new, options)
    done()
    if not quiet:
        for finding in findings:
            typer.echo(finding_line(finding), err=True)
        on_terminal = str(output) == "-" and sys.stdout.isatty()
        text = rendered(comparison, name, colour=on_terminal if colour is None else colour)
        write_report(text, output, table=name == "csv")
        if not comparison.changes.changes and (said := nothing_left(settings)):
            typer.echo(said, err=True)
    raise typer.Exit(1 if comparison.changes.changes else 0)
