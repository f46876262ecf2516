"""README, the manual and the table of codes say what the code says."""

from __future__ import annotations

import re
import subprocess
import sys

from cctbx.cli import COMMANDS
from tests.support import ROOT


def test_documents_are_what_the_code_makes() -> None:
    done = subprocess.run(
        [sys.executable, "docs/update.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"run docs/update.py; not up to date: {done.stdout}{done.stderr}"


def test_every_command_has_an_example_in_its_help() -> None:
    manual = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", manual, re.MULTILINE | re.DOTALL))
    assert set(sections) >= set(COMMANDS)
    for name, text in sections.items():
        assert f"Example: cctbx {name}" in " ".join(text.split()), name


def test_readme_opens_with_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m venv .*$", readme, re.MULTILINE)
    assert len(commands) == 2
    assert "cctbx build" in commands[0]
    assert "pytest" in commands[1]
