"""`cctbx codes`: the table of finding codes."""

from __future__ import annotations

import json
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the codes of all findings, with their default severity and one line of help.

    Example: cctbx codes | grep TBX
    """
    from cctbx.findings.codes import CODES

    for each in CODES:
        if as_json:
            typer.echo(json.dumps({"code": each.code, "severity": each.severity, "title": each.title}))
        else:
            typer.echo(f"{each.code}  {each.severity:<11}  {each.title}")
