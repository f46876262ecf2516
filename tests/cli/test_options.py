"""Options that several commands have are called alike and mean the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.support import cctbx
from tests.support import ROOT

RELEASE = ROOT / "docs" / "examples" / "release-1.tbx"


def told(command: str, option: str) -> str:
    """What the help of a command says of an option, on one line."""
    lines = cctbx(command, "--help").stdout.decode().split("\n")
    first = next(number for number, line in enumerate(lines) if option in line)
    more = next(number for number, line in enumerate(lines[first + 1 :], first + 1) if not line.startswith(" " * 10))
    return re.sub(r"\s+", " ", " ".join(lines[first:more])).strip()


def test_the_number_of_processes_is_called_alike() -> None:
    said = told("convert", "--jobs")
    assert said.startswith("-j, --jobs")
    assert told("validate", "--jobs") == said


@pytest.mark.parametrize("arguments", [("validate", RELEASE), ("convert", RELEASE, "out.csv")])
def test_any_number_of_processes_can_be_asked_for(arguments: tuple[str, ...], tmp_path: Path) -> None:
    alone, together = (cctbx(*arguments, "--jobs", jobs, cwd=tmp_path) for jobs in ("1", "4"))
    assert alone.returncode == 0, alone.stderr
    assert (together.returncode, together.stdout, together.stderr) == (0, alone.stdout, alone.stderr)
