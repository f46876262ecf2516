"""`cctbx profiles`: the table of clients an export can be made for."""

from __future__ import annotations

import json
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the export profiles: for which client, how far verified, by which rules, with which files.

    Example: cctbx profiles --json
    """
    from cctbx.profiles import PROFILES

    width = max(len(each.name) for each in PROFILES)
    for each in PROFILES:
        if as_json:
            files = [output.file for output in each.outputs]
            typer.echo(json.dumps({
                "name": each.name, "title": each.title, "verified": each.verified, "rules": each.rules_told,
                "files": files, "forbidden": list(each.forbidden),
            }, ensure_ascii=False))  # fmt: skip
        else:
            typer.echo(f"{each.name:<{width}}  {each.title} ({each.verified}): {each.rules_told}")
