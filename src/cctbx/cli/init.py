"""`cctbx init`: glossary pages → a project file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    pages: Annotated[list[str], typer.Argument(metavar="[LL=]FILE...", help="Pages; LL is the language of one.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The project file to write.")] = Path("sources.toml"),
    name: Annotated[str | None, typer.Option("--name", help="Of the exports; default: the directory's.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Of the term base.")] = None,
) -> None:
    """Describe glossary pages in a new project file, for `cctbx build`.

    Example: cctbx init nb=ordbok.txt sv=ordlista.html termen.csv --name shop

    Languages are recognised where they are not stated; you are asked for one that is not sure.
    """
    import datetime

    from cctbx.report.findings import finding_line
    from cctbx.workflows.init import plan_sources, project_name, project_text, write_project

    planned = plan_sources(pages, output)
    text = project_text(name or project_name(output), title, planned, date=datetime.date.today())
    write_project(text, output)
    for page in planned:
        for finding in page.findings:
            typer.echo(finding_line(finding), err=True)
        glossary = page.glossary
        typer.echo(f"{glossary.name}: {glossary.language}, {len(page.entries)} entries")
    typer.echo(f"{output}: written; next: cctbx build {output}")
