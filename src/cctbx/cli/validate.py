"""`cctbx validate`: what is wrong with term bases, and what terminologists would look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cctbx.workflows.validate import Validation

__all__ = ["command"]

_LEVELS = ("error", "warning", "information", "never")


def _options(
    strict: bool, dialect: str | None, constraints: str | None, select: list[str], ignore: list[str], checks: bool,
    public: bool, workers: int | None,
) -> Validation:  # fmt: skip
    """Settings of the folder, with what the command line says over them."""
    import datetime
    from dataclasses import replace
    from pathlib import Path

    from cctbx.errors import UsageError
    from cctbx.findings.codes import CODE
    from cctbx.workflows.validate import settings_from

    for code in (*select, *ignore):
        if not any(each.startswith(code) for each in CODE):
            raise UsageError(f"unknown code {code}; see cctbx codes")
    settings = settings_from(Path())
    return replace(
        settings, strict=strict, dialect=dialect or settings.dialect, constraints=constraints or settings.constraints,
        select=frozenset(select) or settings.select, ignore=settings.ignore | frozenset(ignore), checks=checks,
        public=public or settings.public, today=datetime.date.today(), workers=workers,
    )  # fmt: skip


def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Term bases of any format; - for stdin.")],
    strict: Annotated[
        bool, typer.Option("--strict/--intended", help="Judge as the official schemas do, or as the standard means.")
    ] = False,
    dialect: Annotated[str | None, typer.Option("--dialect", help="Check TBX against this dialect.")] = None,
    constraints: Annotated[str | None, typer.Option("--xcs", help="Constraint file for TBX of 2008.")] = None,
    form: Annotated[str, typer.Option("--format", help="text, json, sarif, junit or github.")] = "text",
    select: Annotated[list[str] | None, typer.Option("--select", help="Only codes that begin so; repeatable.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="Not codes that begin so; repeatable.")] = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="Exit with 1 from this level on: error, warning, information, never.")
    ] = "error",
    checks: Annotated[bool, typer.Option("--checks/--no-checks", help="Run the house checks too.")] = True,
    public: Annotated[bool, typer.Option("--public", help="Report names of persons.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Make safe repairs in the files, and list them.")] = False,
    workers: Annotated[
        int | None,
        typer.Option("--jobs", "-j", "--workers", min=1, max=2, help="Processes for a large file; default: what pays."),
    ] = None,
    every: Annotated[bool, typer.Option("--every", help="Show every finding, not a few of each kind.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No findings, only the summary.")] = False,
) -> None:
    """Validate term bases: structure, categories, references, languages, and the house checks.

    Findings go to stdout; where there are very many, a few of each kind and a table of all. Severities, codes and lists
    can be set in cctbx.toml ([validate]) or pyproject.toml ([tool.cctbx.validate]). Exit code 1 when there is a finding
    of --fail-on or worse, 3 when a file cannot be read.

    Example: cctbx validate terms.tbx --ignore CHK705 --fail-on warning
    """
    import sys
    from collections import Counter
    from collections.abc import Iterator

    from cctbx.errors import InputError, UsageError
    from cctbx.findings import Finding, Severity
    from cctbx.report.findings import Overview, finding_line
    from cctbx.report.machine import FORMATS
    from cctbx.workflows.validate import fix_file, validate_file

    if form not in FORMATS:
        raise UsageError(f"--format {form}: there are {', '.join(FORMATS)}")
    if fail_on not in _LEVELS:
        raise UsageError(f"--fail-on {fail_on}: there are {', '.join(_LEVELS)}")
    options = _options(strict, dialect, constraints, select or [], ignore or [], checks, public, workers)
    counts: Counter[Severity] = Counter()
    unreadable: list[InputError] = []

    def found() -> Iterator[Finding]:
        for file in files:
            try:
                for each in validate_file(file, options=options):
                    counts[each.severity] += 1
                    yield each
            except InputError as error:
                unreadable.append(error)

    if fix:
        for file in files:
            for repair in fix_file(file):
                typer.echo(finding_line(repair), err=True)
    overview = Overview(whole=sys.maxsize if every else 100)
    if form == "text":
        for each in found():
            line = overview(each)
            if line is not None and not quiet:
                typer.echo(line)
        for line in [] if quiet else overview.table("all of them: --every; those of one code: --every --select CODE"):
            typer.echo(line)
    else:
        for line in FORMATS[form](found()):
            if not quiet:
                typer.echo(line)
    for error in unreadable:
        typer.echo(f"cctbx: {error}", err=True)
    if len(unreadable) == len(files):
        raise typer.Exit(3)
    plural = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFORMATION: "information"}
    named = (f"{counts[each]:,} {plural[each] if counts[each] > 1 else each}" for each in Severity if counts[each])
    summed = ", ".join(named) or "no findings"
    typer.echo(f"{len(files)} file{'s' if len(files) != 1 else ''}: {summed}", err=True)
    if unreadable:
        raise typer.Exit(3)
    worst = max((each.rank for each in Severity if counts[each]), default=-1)
    raise typer.Exit(1 if fail_on != "never" and worst >= Severity(fail_on).rank else 0)
