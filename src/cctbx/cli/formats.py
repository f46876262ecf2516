"""`cctbx formats`: the table of term-base formats."""

from __future__ import annotations

import json
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the formats of term bases: name, whether it is read and written, endings, title.

    Example: cctbx formats
    """
    from cctbx.formats.registry import FORMATS

    for each in FORMATS:
        directions = ["read"] * (each.read is not None) + ["write"] * (each.write is not None)
        if as_json:
            typer.echo(json.dumps({
                "name": each.name, "title": each.title, "extensions": each.extensions, "directions": directions,
                "languages": each.keeps.languages, "streaming": each.streaming,
            }))  # fmt: skip
        else:
            typer.echo(f"{each.name:<15} {'/'.join(directions):<10}  {' '.join(each.extensions):<24}  {each.title}")
