"""`cctbx validate`: what is wrong with term bases, and what terminologists would look at."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from cctbx.cli.options import Jobs

if TYPE_CHECKING:
    from cctbx.errors import InputError
    from cctbx.findings import Finding, Severity
    from cctbx.workflows.validate import Validation

__all__ = ["command"]

_LEVELS = ("error", "warning", "information", "never")


def _options(
    strict: bool, dialect: str | None, constraints: str | None, select: list[str], ignore: list[str], checks: bool,
    public: bool, jobs: int | None,
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
        public=public or settings.public, today=datetime.date.today(), workers=jobs,
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
    jobs: Jobs = None,
    every: Annotated[bool, typer.Option("--every", help="Show every finding, not a few of each kind.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No findings, only the summary.")] = False,
) -> None:
    """Validate term bases: structure, categories, references, languages, and the house checks.

    Findings go to stdout; where there are very many, a few of each kind and a table of all. Severities, codes and lists
    can be set in cctbx.toml ([validate]) or pyproject.toml ([tool.cctbx.validate]). Exit code 1 when there is a finding
    of --fail-on or worse, 3 when a file cannot be read.

    Example: cctbx validate terms.tbx --ignore CHK705 --fail-on warning
    """
    _refuse_unknown(form, fail_on)
    options = _options(strict, dialect, constraints, select or [], ignore or [], checks, public, jobs)
    if fix:
        _fix(files)
    run = _Run(files, options)
    for line in _lines(run.found(), form, every):
        if not quiet:
            typer.echo(line)
    raise typer.Exit(run.told(fail_on))


def _refuse_unknown(form: str, fail_on: str) -> None:
    from cctbx.errors import UsageError
    from cctbx.report.machine import FORMATS

    if form not in FORMATS:
        raise UsageError(f"--format {form}: there are {', '.join(FORMATS)}")
    if fail_on not in _LEVELS:
        raise UsageError(f"--fail-on {fail_on}: there are {', '.join(_LEVELS)}")


def _fix(files: list[str]) -> None:
    """Make safe repairs, and list them."""
    from cctbx.report.findings import finding_line
    from cctbx.workflows.validate import fix_file

    for file in files:
        for repair in fix_file(file):
            typer.echo(finding_line(repair), err=True)


def _lines(findings: Iterator[Finding], form: str, every: bool) -> Iterator[str]:
    """The findings in the form asked for; as text, a few of each kind and a table of all."""
    from cctbx.report.findings import Overview
    from cctbx.report.machine import FORMATS

    if form != "text":
        yield from FORMATS[form](findings)
        return
    overview = Overview(whole=sys.maxsize if every else 100)
    yield from (line for each in findings if (line := overview(each)) is not None)
    yield from overview.table("all of them: --every; those of one code: --every --select CODE")


class _Run:
    """The findings of all files, counted as they pass by, and the files that could not be read."""

    def __init__(self, files: list[str], options: Validation) -> None:
        self.files, self.options = files, options
        self.counts: Counter[Severity] = Counter()
        self.unreadable: list[InputError] = []

    def found(self) -> Iterator[Finding]:
        from cctbx.errors import InputError
        from cctbx.workflows.validate import validate_file

        for file in self.files:
            try:
                for each in validate_file(file, options=self.options):
                    self.counts[each.severity] += 1
                    yield each
            except InputError as error:
                self.unreadable.append(error)

    def told(self, fail_on: str) -> int:
        """Say what could not be read, and a summary; the exit code."""
        for error in self.unreadable:
            typer.echo(f"cctbx: {error}", err=True)
        if len(self.unreadable) < len(self.files):
            number = len(self.files)
            typer.echo(f"{number} file{'s' if number != 1 else ''}: {self._summary()}", err=True)
        return 3 if self.unreadable else 1 if self._fails(fail_on) else 0

    def _summary(self) -> str:
        from cctbx.findings import Severity

        plural = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFORMATION: "information"}
        counted = [(each, number) for each in Severity if (number := self.counts[each])]
        named = [f"{number:,} {plural[each] if number > 1 else each}" for each, number in counted]
        return ", ".join(named) or "no findings"

    def _fails(self, fail_on: str) -> bool:
        from cctbx.findings import Severity

        worst = max((each.rank for each in Severity if self.counts[each]), default=-1)
        return fail_on != "never" and worst >= Severity(fail_on).rank
