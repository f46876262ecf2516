"""`cctbx export`: the files a client loads, and an account of what each of them loses."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from cctbx.findings import Report
    from cctbx.workflows.export import Exported

__all__ = ["command"]

Many = list[str] | None
Kind = TypeVar("Kind", bound=StrEnum)


def command(
    termbase: Annotated[str, typer.Argument(help="Term base in any readable format; - for stdin.")],
    profile: Annotated[str, typer.Option("--for", help="The client; see `cctbx profiles`.")],
    source: Annotated[str, typer.Option("--from", help="Source language (BCP 47).")] = "en",
    targets: Annotated[Many, typer.Option("--to", help="Target languages, LL,LL…; default: all others.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Directory for the files.")] = Path(),
    name: Annotated[str | None, typer.Option("--name", help="Begin file names so; default: as the input's.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Print the losses, write nothing.")] = False,
    fail_on_loss: Annotated[
        Many,
        typer.Option("--fail-on-loss", help="Exit 1 for losses of these categories: definition, term, concept, all."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Exit 1 for losses that this older ledger does not have.")
    ] = None,
    choice: Annotated[str, typer.Option("--choice", help="all designations, or preferred ones only.")] = "all",
    forbidden: Annotated[
        str | None, typer.Option("--forbidden", help="exclude, mark or separate; default: the profile's.")
    ] = None,
    definitions: Annotated[Many, typer.Option("--definitions", help="Languages of definitions, best first.")] = None,
    without_definitions: Annotated[bool, typer.Option("--without-definitions", help="No definitions.")] = False,
    definitions_from: Annotated[Many, typer.Option("--definitions-from", help="Only from this source.")] = None,
    no_definitions_from: Annotated[Many, typer.Option("--no-definitions-from", help="None of this source.")] = None,
    subject: Annotated[Many, typer.Option("--subject", help="Only this subject field; repeatable.")] = None,
    status: Annotated[Many, typer.Option("--status", help="Only terms of this status, e.g. preferred.")] = None,
    language_map: Annotated[Many, typer.Option("--language-map", help="Spell languages so: nb=no,sv=sv-SE.")] = None,
    dialect: Annotated[str | None, typer.Option("--dialect", help="For tbx-v3: TBX-Core, TBX-Min, TBX-Basic …")] = None,
    style: Annotated[str | None, typer.Option("--style", help="For tbx-v3: dct or dca; default: both.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="ISO date for headers that have one.")] = None,
    format_name: Annotated[str | None, typer.Option("--input-format", help="Format of the term base.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Losses as JSON, one a line, on stdout.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not list the files and losses.")] = False,
) -> None:
    """Write the files a client loads, and a ledger of what each of them leaves out (NAME.PROFILE.loss.json).

    Exit code 1 where a loss is refused; then nothing is written.

    Example: cctbx export glossary.tbx --for omegat --from en --to sv,nb --output omegat/glossary
    """
    from cctbx.profiles import Choice, Forbidden, Request, profile_named
    from cctbx.report.findings import finding_line
    from cctbx.workflows.export import ExportOptions, export

    request = Request(
        source=source, targets=_listed(targets), choice=_of(Choice, choice, "--choice"),
        forbidden=_of(Forbidden, forbidden, "--forbidden") if forbidden else None, definitions=_listed(definitions),
        without_definitions=without_definitions, definitions_from=tuple(definitions_from or ()),
        no_definitions_from=tuple(no_definitions_from or ()), subjects=tuple(subject or ()), statuses=_listed(status),
        language_map=_mapped(_listed(language_map)), dialect=dialect, style=style, date=date,
    )  # fmt: skip
    options = ExportOptions(
        directory=output, name=name, check=check, fail_on_loss=frozenset(_listed(fail_on_loss)), baseline=baseline,
        format_name=format_name,
    )  # fmt: skip

    made = export(
        termbase, profile_named(profile), request, options, report=_losses(as_json, listed=check and not quiet),
        findings=lambda found: typer.echo(finding_line(found), err=True),
    )  # fmt: skip
    if not quiet:
        _tell(made, None if check else output / made.ledger)


def _losses(as_json: bool, *, listed: bool) -> Report:
    """What is done with each loss: printed as JSON, or as a line where they are to be listed."""
    from cctbx.findings import Finding, ignore
    from cctbx.report.findings import finding_line, finding_object

    def as_object(loss: Finding) -> None:
        typer.echo(json.dumps(finding_object(loss), ensure_ascii=False))

    def as_line(loss: Finding) -> None:
        typer.echo(finding_line(loss))

    return as_object if as_json else as_line if listed else ignore


def _tell(made: Exported, ledger: Path | None) -> None:
    """The files and how much was lost, on stderr."""
    for file, concepts in made.files.items():
        typer.echo(f"{file}: {concepts} concepts", err=True)
    lost = ", ".join(f"{number} of {category}" for category, number in sorted(made.losses.items()))
    typer.echo(f"losses: {lost or 'none'}{f' (see {ledger})' if ledger else ''}", err=True)


def _listed(values: Many) -> tuple[str, ...]:
    """Values given apart or with commas."""
    return tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())


def _mapped(pairs: tuple[str, ...]) -> dict[str, str]:
    from cctbx.errors import UsageError

    found = dict(pair.partition("=")[::2] for pair in pairs)
    if not all(key and value for key, value in found.items()):
        raise UsageError(f"--language-map wants pairs such as nb=no, not `{','.join(pairs)}`")
    return found


def _of(kind: type[Kind], value: str, option: str) -> Kind:
    from cctbx.errors import UsageError

    try:
        return kind(value)
    except ValueError as error:
        known = ", ".join(str(each) for each in kind)
        raise UsageError(f"{option} is one of {known}, not `{value}`") from error
