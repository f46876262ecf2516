"""`cctbx align`: source entries → concepts, with probabilities and reasons."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

__all__ = ["command"]


class Format(StrEnum):
    """How concepts are printed."""

    TEXT = "text"
    JSONL = "jsonl"


def command(
    arguments: Annotated[list[str], typer.Argument(metavar="LL=FILE...|PROJECT", help="Pages, or one project file.")],
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TEXT,
    no_verdicts: Annotated[bool, typer.Option("--no-verdicts", help="Leave human verdicts out.")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="ID", help="Reasons of one entry: id or headword.")
    ] = None,
    threshold: Annotated[
        float | None, typer.Option("--threshold", min=0.05, max=0.99, help="Probability a link needs.")
    ] = None,
    memory: Annotated[
        list[str] | None, typer.Option("--memory", metavar="FILE", help="A translation memory to learn from.")
    ] = None,
    bundled: Annotated[bool, typer.Option("--bundled-only", help="Without lexicons added by `cctbx lexicon`.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No findings on stderr.")] = False,
) -> None:
    """Find out which entries of several glossaries denote the same concept.

    Example: cctbx align nb=ordbok.txt sv=ordlista.txt nl=termen.tsv --format jsonl

    FILE is a glossary page, or a table with the columns id, term and definition.
    """
    from cctbx.align.settings import Settings
    from cctbx.cli.progress import stages
    from cctbx.report.alignment import alignment_jsonl, alignment_text, explanation
    from cctbx.report.findings import finding_line
    from cctbx.workflows.align import aligned, concept_ids, gather

    settings = Settings() if threshold is None else Settings(threshold=threshold)
    gathered = gather(arguments, verdicts=not no_verdicts)
    progress, done = stages()
    result = aligned(gathered, settings=settings, memory=memory or (), local=not bundled, progress=progress)
    done()
    entries = gathered.entries
    if explain is not None:
        lines = explanation(result.alignment, entries, explain)
    elif form is Format.JSONL:
        lines = alignment_jsonl(result.alignment, entries, concept_ids(result), gathered.files)
    else:
        lines = alignment_text(result.alignment, entries)
    for line in lines:
        typer.echo(line)
    for finding in () if quiet else result.findings:
        typer.echo(finding_line(finding), err=True)
