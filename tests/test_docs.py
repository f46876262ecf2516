"""README, the manual and the table of codes say what the code says."""

from __future__ import annotations

import re
import subprocess
import sys

from cctbx.cli import COMMANDS
from cctbx.diff.changes import Kind
from cctbx.findings import Severity
from cctbx.workflows.diff import diff
from cctbx.workflows.validate import Validation, validate_file
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


def test_the_example_of_release_notes_is_telling() -> None:
    """Two sound releases between which everything happened that users must hear of."""
    folder = ROOT / "docs" / "examples"
    old, new = (folder / name for name in ("release-1.tbx", "release-2.tbx"))
    for file in (old, new):
        found = list(validate_file(str(file), options=Validation()))
        assert [each for each in found if each.severity is not Severity.INFORMATION] == []
    comparison, _ = diff(old, new)
    assert {each.kind for each in comparison.changes} >= {
        Kind.PREFERRED_CHANGED, Kind.CONCEPT_ADDED, Kind.CONCEPT_REMOVED, Kind.CONCEPT_MERGED, Kind.CONCEPT_SPLIT,
        Kind.STATUS_CHANGED, Kind.DEFINITION_EDITED, Kind.DESIGNATION_ADDED, Kind.DESIGNATION_REMOVED,
    }  # fmt: skip
    assert "; use **contact centre**" in (folder / "release-notes.md").read_text(encoding="utf-8")


def test_readme_opens_with_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m venv .*$", readme, re.MULTILINE)
    assert len(commands) == 2
    assert "cctbx build" in commands[0]
    assert "pytest" in commands[1]
