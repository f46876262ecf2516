"""The release notes in `docs/` are those of the exports of two commits of this repository.

    python -m tests.diff.test_exports OLD NEW       writes them anew
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from cctbx.report.changes_notes import notes_markdown
from cctbx.workflows.diff import diff
from tests.support import ROOT

NOTES = ROOT / "docs" / "release-notes-exports.md"
EXPORT = "exports/contact-centre.tbx"


def exported(commit: str, directory: Path) -> Path:
    """The export of a commit as a file."""
    done = subprocess.run(["git", "show", f"{commit}:{EXPORT}"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"commit {commit} is not here: this is no clone with full history")
    file = directory / f"contact-centre-{commit}.tbx"
    file.write_bytes(done.stdout)
    return file


def notes(old: str, new: str, directory: Path) -> str:
    files = [exported(commit, directory) for commit in (old, new)]
    comparison, _ = diff(files[0], files[1])
    head = f"<!-- cctbx release-notes: {EXPORT} of commits {old} and {new} -->\n\n"
    return head + notes_markdown(replace(comparison, old=f"commit {old}", new=f"commit {new}"))


def test_the_example_is_what_the_command_writes(tmp_path: Path) -> None:
    text = NOTES.read_text(encoding="utf-8")
    found = re.match(r"<!-- .* of commits (\w+) and (\w+) -->", text)
    assert found
    assert notes(found[1], found[2], tmp_path) == text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        NOTES.write_text(notes(sys.argv[1], sys.argv[2], Path(temporary)), encoding="utf-8", newline="\n")
