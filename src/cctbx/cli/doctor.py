"""`cctbx doctor`: what looks wrong on a glossary page."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["command"]


def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Glossary pages; - for stdin.")],
    language: Annotated[str | None, typer.Option("--language", "-l", help="BCP 47 tag; default: recognised.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as a JSON array.")] = False,
) -> None:
    """Say what looks wrong on glossary pages, with line numbers and a suggested repair.

    Duplicates, pasted tails, truncated or empty definitions, misspelt expansions, mixed languages, entries out of
    order, definitions that are cross-references. Exit code 1 where there is something to repair.

    Example: cctbx doctor page.txt --language nl
    """
    from cctbx.findings import Severity
    from cctbx.model import SourceOptions
    from cctbx.report.findings import finding_line, findings_json, summary
    from cctbx.workflows.parse import parse_files

    found = [
        finding for page in parse_files(files, language=language, options=SourceOptions()) for finding in page.findings
    ]
    if as_json:
        typer.echo(findings_json(found))
    else:
        for finding in found:
            typer.echo(finding_line(finding))
        typer.echo(summary(found), err=True)
    raise typer.Exit(1 if any(each.severity is not Severity.INFORMATION for each in found) else 0)
