"""`cctbx convert`: a term base from one format to another."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from cctbx.cli.options import Jobs

if TYPE_CHECKING:
    from cctbx.findings import Report
    from cctbx.workflows.convert import Converted

__all__ = ["command"]


def command(
    source: Annotated[str, typer.Argument(metavar="IN", help="The term base; - for stdin.")],
    target: Annotated[str, typer.Argument(metavar="OUT", help="The file to write; - for stdout.")],
    from_format: Annotated[str | None, typer.Option("--from", help="Format of IN, or the client it is of.")] = None,
    to_format: Annotated[str | None, typer.Option("--to", help="Format of OUT; default: by its ending.")] = None,
    dialect: Annotated[str | None, typer.Option("--dialect", help="TBX dialect, such as TBX-Min.")] = None,
    style: Annotated[str | None, typer.Option("--style", help="TBX style: dct or dca.")] = None,
    source_language: Annotated[str | None, typer.Option("--source-language", "-s", help="BCP 47 tag.")] = None,
    target_language: Annotated[
        list[str] | None, typer.Option("--target-language", "-t", help="BCP 47 tag; repeatable where OUT holds more.")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option("--column", help="NAME=FIELD: what a column holds, such as Begriff=term:de.")
    ] = None,
    columns: Annotated[str | None, typer.Option("--columns", help="TOML file with such a mapping.")] = None,
    save_columns: Annotated[str | None, typer.Option("--save-columns", help="Write their meanings there.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first error of IN.")] = False,
    fail_on_loss: Annotated[bool, typer.Option("--fail-on-loss", help="Write nothing if anything is lost.")] = False,
    certificate: Annotated[
        str | None, typer.Option("--certificate", help="Write hashes of the content before and after, and all losses.")
    ] = None,
    project: Annotated[str | None, typer.Option("--project", help="A name for headers.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="ISO date for headers; never the clock.")] = None,
    jobs: Jobs = None,
    every: Annotated[bool, typer.Option("--every", help="Tell every finding, not the first of each kind.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No findings, only the summary.")] = False,
) -> None:
    """Convert a term base; losses are warnings on stderr. Exit code 1 when IN has errors.

    Example: cctbx convert terms.tbx terms.csv
    """
    from cctbx.cli.progress import counter
    from cctbx.formats.contract import ReadOptions, WriteOptions
    from cctbx.workflows import convert as workflow
    from cctbx.workflows.files import rereadable

    report, close = _findings(every, quiet)
    targets = tuple(target_language or ())
    reading = ReadOptions(
        report=report, strict=strict, columns=_columns(columns, column or ()), source_language=source_language,
        target_language=targets[0] if targets else None,
    )  # fmt: skip
    writing = WriteOptions(
        report=report, source_language=source_language, target_languages=targets, dialect=dialect, style=style,
        project=project, date=date,
    )  # fmt: skip
    progress, done = counter("concept entries")
    job = workflow.Conversion(
        source=source, target=target, from_format=from_format, to_format=to_format, read=reading, write=writing,
        fail_on_loss=fail_on_loss, certificate=certificate, progress=progress, jobs=jobs,
    )  # fmt: skip
    with rereadable(source):
        if save_columns:
            workflow.save_columns(save_columns, source, reading)
        result = workflow.convert(job)
    done()
    close()
    typer.echo(_summary(result), err=True)
    raise typer.Exit(1 if result.errors else 0)


def _findings(every: bool, quiet: bool) -> tuple[Report, Callable[[], None]]:
    """Where findings go (the first of each kind, or every one, or none), and what to call after the last."""
    from cctbx.findings import ignore
    from cctbx.report.findings import Digest

    digest = Digest(lambda line: typer.echo(line, err=True), first=sys.maxsize if every else 2)
    return (ignore if quiet else digest), lambda: digest.close("all of them: --every; as a file: --certificate FILE")


def _columns(file: str | None, stated: Iterable[str]) -> dict[str, str]:
    """What columns hold: by the file, and by NAME=FIELD over it."""
    from cctbx.errors import UsageError
    from cctbx.workflows.convert import load_columns

    mapping = load_columns(file) if file else {}
    for each in stated:
        name, equals, meaning = each.partition("=")
        if not equals:
            raise UsageError(f"--column {each}: wanted NAME=FIELD, such as Begriff=term:de")
        mapping[name] = meaning
    return mapping


def _summary(result: Converted) -> str:
    proof = {None: "", True: ", provably lossless", False: ", content differs"}[result.lossless]
    return f"{result.entries} concept entries, {result.losses} losses{proof}"
