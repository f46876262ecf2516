"""Layer 5: the command line. One file per command: parse arguments, call one workflow, print, exit.

`COMMANDS` is the list. A command's module imports nothing heavy: workflows and libraries are imported inside its
function, so that `cctbx --help` stays fast.
"""

from __future__ import annotations

import importlib
from typing import Annotated

import typer

from cctbx import __version__

__all__ = ["COMMANDS", "app", "main"]

COMMANDS: tuple[str, ...] = (
    "init", "build", "parse", "doctor", "align", "review", "evaluate", "lexicon",
    "validate", "convert", "export", "diff", "release-notes", "apply", "merge", "format", "git",
    "formats", "profiles", "codes",
)  # fmt: skip
"""Names of the commands, in the order of the help; `release-notes` lives in `cctbx.cli.release_notes` and so on."""

app = typer.Typer(name="cctbx", no_args_is_help=True, add_completion=False, rich_markup_mode=None)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cctbx {__version__}")
        raise typer.Exit


@app.callback()
def cctbx(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """Glossary pages become a term base that CAT tools load; term bases are validated, converted, compared, merged."""


def _assemble() -> None:
    for name in COMMANDS:
        module = importlib.import_module(f"cctbx.cli.{name.replace('-', '_')}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(module.command)


def main() -> None:
    """The entry point: runs a command; an expected error becomes one line on stderr and its exit code."""
    from cctbx.cli.frame import run

    _assemble()
    run(app)
