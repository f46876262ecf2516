"""The GitHub Action's script, in a repository, and the hooks for pre-commit."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cctbx.cli import COMMANDS
from cctbx.model import TermBase
from tests.diff.examples import AGENT, BASE, CUSTOMER, PREFERRED, QUEUE, section, term, with_section
from tests.diff.test_git import Repository
from tests.support import ROOT, program

SCRIPT = ROOT / ".ci" / "compare-termbases"
BREAKING = (with_section(CUSTOMER, section("en", term("buyer", PREFERRED))), QUEUE, AGENT)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "work", "terms.tbx")
    made.commit(TermBase(concepts=BASE), "first")
    return made


def run(repository: Repository, tmp_path: Path, **inputs: str) -> tuple[int, str, str, str]:
    """Exit code, what the runner sees, the summary, the outputs."""
    program("bash")
    bin_directory = tmp_path / "bin"
    bin_directory.mkdir(exist_ok=True)
    command = bin_directory / "cctbx"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cctbx "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IEXEC)
    summary, outputs = tmp_path / "summary.md", tmp_path / "outputs"
    environment = repository.environment | inputs | {
        "PATH": f"{bin_directory}{os.pathsep}{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_OUTPUT": str(outputs),
    }  # fmt: skip
    done = subprocess.run(["bash", str(SCRIPT)], cwd=repository.directory, env=environment, capture_output=True,
                          text=True, encoding="utf-8", check=False)  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    read = [each.read_text(encoding="utf-8") if each.exists() else "" for each in (summary, outputs)]
    return done.returncode, done.stdout, read[0], read[1]


@pytest.mark.parametrize(("fail_on", "code"), [("", 0), ("breaking", 1)])
def test_annotations_summary_and_bump(repository: Repository, tmp_path: Path, fail_on: str, code: int) -> None:
    repository.commit(TermBase(concepts=BREAKING), "second")
    found, told, summary, outputs = run(
        repository, tmp_path, FILES="*.tbx", FAIL_ON=fail_on, VALIDATE="false"
    )
    assert found == code
    assert re.search(r"^::warning file=terms\.tbx,line=\d+,title=preferred term changed", told, re.MULTILINE)
    assert "~~customer~~ **buyer**" in summary
    assert summary.startswith("# terms.tbx: changes since HEAD^\n")
    assert outputs == "bump=breaking\n"


def test_nothing_changed(repository: Repository, tmp_path: Path) -> None:
    (repository.directory / "other.txt").write_text("x")
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "other")
    code, told, _, outputs = run(repository, tmp_path, FILES="terms.tbx", FAIL_ON="patch", VALIDATE="false")
    assert code == 0
    assert "No differences" in told
    assert outputs == "bump=none\n"


def test_no_file_is_an_error(repository: Repository, tmp_path: Path) -> None:
    code, told, _, _ = run(repository, tmp_path, FILES="nothing.tbx")
    assert code == 1
    assert "::error::" in told


def test_validation_fails_the_job(repository: Repository, tmp_path: Path) -> None:
    broken = repository.file.read_text(encoding="utf-8").replace(f">{PREFERRED}<", ">beloved<")
    repository.file.write_text(broken, encoding="utf-8")
    repository.git("commit", "-q", "-a", "-m", "broken")
    code, told, summary, _ = run(repository, tmp_path, FILES="terms.tbx", VALIDATE="true")
    assert code == 1
    assert re.search(r"^::error file=terms\.tbx,line=\d+,(col=\d+,)?title=TBX\d+", told, re.MULTILINE)
    assert re.search(r"^\*\*terms\.tbx\*\*: .*\d+ errors?", summary, re.MULTILINE)


def test_action_and_hooks_call_what_there_is() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"^  entry: cctbx (\S+)", hooks, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^- id: ", hooks, re.MULTILINE)) == 3
    assert set(entries) <= set(COMMANDS)
    action = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert ".ci/compare-termbases" in action
    assert os.access(SCRIPT, os.X_OK)
    given = set(re.findall(r"^        ([A-Z_]+): \$\{\{", action, re.MULTILINE))
    used = set(re.findall(r"\$\{([A-Z_]+):?", SCRIPT.read_text(encoding="utf-8")))
    assert given <= used


