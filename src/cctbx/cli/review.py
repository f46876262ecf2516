"""`cctbx review`: what needs a human, as a table; the answers, as verdicts."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["command"]


def command(
    arguments: Annotated[list[str], typer.Argument(metavar="PROJECT|LL=FILE...", help="A project file, or pages.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Written as FILE.xlsx and FILE.tsv.")
    ] = "review",
    read: Annotated[
        str | None, typer.Option("--read", metavar="FILE", help="A filled-in table (XLSX, TSV) to read.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who judged; kept with the verdicts.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="When; kept with the verdicts.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Only so many rows.")] = None,
    bundled: Annotated[bool, typer.Option("--bundled-only", help="Without lexicons added by `cctbx lexicon`.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No findings on stderr.")] = False,
) -> None:
    """Write the pairs that need a human, those first whose answer gains most; read the answers back as verdicts.

    Example: cctbx review seeds/sources.toml -o review && cctbx review seeds/sources.toml --read review.xlsx --by me

    Mark accept, reject, split or merge with any letter; in rename write `sv: ärende`. Exit code 1: a row is not valid,
    and nothing was written.
    """
    from cctbx.align.settings import Settings
    from cctbx.cli.frame import FINDINGS
    from cctbx.cli.progress import stages
    from cctbx.report.findings import finding_line
    from cctbx.workflows.align import aligned, gather
    from cctbx.workflows.review import queue_of, read_answers, record, write_queue

    settings = Settings()
    progress, done = stages()
    result = aligned(gather(arguments), settings=settings, local=not bundled, progress=progress)
    done()
    if read is None:
        rows = queue_of(result, threshold=settings.threshold)
        for file in write_queue(rows[:limit], output):
            typer.echo(file)
        for finding in () if quiet else result.findings:
            typer.echo(finding_line(finding), err=True)
        return
    answers = read_answers(result, read, by=by, date=date)
    for finding in answers.findings:
        typer.echo(finding_line(finding), err=True)
    if answers.findings:
        raise typer.Exit(FINDINGS)
    for path in record(result, answers):
        typer.echo(f"{path}: {len(answers.verdicts)} verdicts, {len(answers.renamed)} renamed")
