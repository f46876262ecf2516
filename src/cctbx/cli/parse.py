"""`cctbx parse`: glossary pages → source entries."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

__all__ = ["command"]


class Format(StrEnum):
    """How entries are printed."""

    TEXT = "text"
    JSONL = "jsonl"


def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Glossary pages; - for stdin.")],
    language: Annotated[str | None, typer.Option("--language", "-l", help="BCP 47 tag; default: recognised.")] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TEXT,
    skipped: Annotated[bool, typer.Option("--skipped", help="Print skipped lines too, with the reason.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the layouts that competed and mark every line.")
    ] = False,
    layout: Annotated[str | None, typer.Option("--layout", help="Read with this layout (see --explain).")] = None,
    separator: Annotated[
        str | None, typer.Option("--separator", help="What stands between term and definition.")
    ] = None,
    skip_lines: Annotated[
        list[str] | None, typer.Option("--skip-lines", metavar="A-B", help="Lines to leave out.")
    ] = None,
    columns: Annotated[str | None, typer.Option("--columns", help="Of a table: term,definition,skip,…")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Default: found out.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No findings on stderr.")] = False,
) -> None:
    """Recognise the entries of glossary pages: plain text, Markdown, HTML, CSV, sheets, documents.

    Example: cctbx parse page.txt --language sv --format jsonl --skipped

    Exit code 1: a page holds no entry.
    """
    from cctbx.findings import Severity
    from cctbx.model import SourceOptions
    from cctbx.report.findings import finding_line
    from cctbx.report.pages import explanation, json_lines, page_text
    from cctbx.workflows.parse import parse_files, skip_spans

    options = SourceOptions(
        layout=layout, separator=separator, skip_lines=skip_spans(skip_lines or ()), encoding=encoding,
        columns=tuple(part.strip() for part in columns.split(",")) if columns else (),
    )  # fmt: skip
    failed = False
    for page in parse_files(files, language=language, options=options):
        if explain:
            lines = explanation(page)
        else:
            lines = (json_lines if form is Format.JSONL else page_text)(page, skipped=skipped)
        for line in lines:
            typer.echo(line)
        for finding in () if quiet else page.findings:
            typer.echo(finding_line(finding), err=True)
        failed = failed or any(finding.severity is Severity.ERROR for finding in page.findings)
    raise typer.Exit(1 if failed else 0)
