"""`cctbx evaluate`: precision, recall, F1 and calibration of an alignment against gold data."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cctbx.align.evaluation import Evaluation
    from cctbx.workflows.evaluate import GoldLinks

__all__ = ["command"]


class Format(StrEnum):
    """How figures are printed."""

    TEXT = "text"
    JSON = "json"


def command(
    gold: Annotated[
        str, typer.Argument(metavar="GOLD", help="Table of links: a column per language, members, or pairs.")
    ],
    arguments: Annotated[list[str], typer.Argument(metavar="LL=FILE...|PROJECT", help="What is aligned.")],
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="FILE", help="Pairs that do not count.")
    ] = None,
    precision: Annotated[float, typer.Option("--precision", min=0, max=1, help="Find the threshold for this.")] = 0.97,
    by_source: Annotated[bool, typer.Option("--by-source", help="Score per two sources, not languages.")] = False,
    verdicts: Annotated[bool, typer.Option("--verdicts", help="Let the project's verdicts count.")] = False,
    threshold: Annotated[
        float | None, typer.Option("--threshold", min=0.05, max=0.99, help="Probability a link needs.")
    ] = None,
    bundled: Annotated[bool, typer.Option("--bundled-only", help="Without lexicons added by `cctbx lexicon`.")] = False,
    plot: Annotated[
        str | None, typer.Option("--plot", metavar="FILE", help="Precision against recall: .svg or .png.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TEXT,
) -> None:
    """Measure an alignment against links that are known to be right.

    Example: cctbx evaluate key.tsv nb=nb.tsv sv=sv.tsv --precision 0.97 --plot curve.svg
    """
    from cctbx.align.settings import Settings
    from cctbx.cli.progress import stages
    from cctbx.report.findings import finding_line
    from cctbx.workflows.align import aligned, gather
    from cctbx.workflows.evaluate import evaluated

    if plot is not None:
        _refuse_unknown(plot)
    gathered = gather(arguments, verdicts=verdicts)
    known = _known(gold, ignore or (), {entry.language for entry in gathered.entries})
    settings = Settings() if threshold is None else Settings(threshold=threshold)
    progress, done = stages()
    result = aligned(gathered, settings=settings, local=not bundled, progress=progress)
    done()
    evaluation, findings = evaluated(result, known, by_source=by_source)
    if plot is not None:
        _draw(evaluation, plot)
    _print(evaluation, precision, form)
    for finding in findings:
        typer.echo(finding_line(finding), err=True)


def _refuse_unknown(plot: str) -> None:
    from cctbx.errors import UsageError

    if not plot.lower().endswith((".svg", ".png")):
        raise UsageError(f"{plot}: a plot is written as .svg or .png")


def _known(gold: str, ignored: Iterable[str], languages: set[str]) -> list[GoldLinks]:
    """The links that are right, and those that do not count."""
    from cctbx.workflows.evaluate import GoldLinks, read_gold

    others = [read_gold(file, languages) for file in ignored]
    unjudged = [GoldLinks(links=frozenset(), ignored=each.links | each.ignored) for each in others]
    return [read_gold(gold, languages), *unjudged]


def _draw(evaluation: Evaluation, plot: str) -> None:
    from cctbx.report.evaluation import png_plot, svg_plot
    from cctbx.workflows.files import atomic_output

    with atomic_output(plot) as stream:
        stream.write(svg_plot(evaluation).encode() if plot.lower().endswith(".svg") else png_plot(evaluation))


def _print(evaluation: Evaluation, precision: float, form: Format) -> None:
    from cctbx.report.evaluation import evaluation_json, evaluation_text

    if form is Format.JSON:
        typer.echo(evaluation_json(evaluation, precision))
        return
    for line in evaluation_text(evaluation, precision):
        typer.echo(line)
