"""What every command shares: exit codes, one-line errors, interruption, broken pipes."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

import typer

from cctbx.errors import CctbxError

__all__ = ["FINDINGS", "FINE", "UNREADABLE", "USAGE", "run"]

GARBAGE_AFTER = 100_000
"""Allocations before a search for reference cycles: our values are trees, and a search finds next to nothing."""

DEBUG = "CCTBX_DEBUG"
"""Set in the environment: an error nobody expected comes with its traceback."""

FINE, FINDINGS, USAGE, UNREADABLE = 0, 1, 2, 3


def run(app: typer.Typer) -> None:
    """Run the command line: no traceback for anything expected, and never more than the four exit codes."""
    gc.set_threshold(GARBAGE_AFTER)
    try:
        app(prog_name="cctbx")
    except CctbxError as error:
        typer.echo(f"cctbx: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _interrupted()
    except SystemExit as end:
        if end.code == _TYPERS_INTERRUPTION:
            _interrupted()
        raise
    except BrokenPipeError:
        # The reader of our stdout went away (`| head`); keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FINE)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        typer.echo(f"cctbx: {place}{error.strerror or error}", err=True)
        sys.exit(UNREADABLE)
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        typer.echo(f"cctbx: {_mishap(error)}", err=True)
        sys.exit(UNREADABLE)


_TYPERS_INTERRUPTION = 130
"""What typer makes of Ctrl-C before it gets here."""


def _interrupted() -> NoReturn:
    typer.echo("cctbx: interrupted; outputs are as they were before", err=True)
    sys.exit(UNREADABLE)


def _mishap(error: Exception) -> str:
    """What a user is told of an error nobody expected; the traceback goes to a file for whoever mends it."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="cctbx-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return f"a fault of cctbx itself, not of your input ({what}); outputs are as before; please report {log.name}"
