"""Lokalize's glossary window shows every concept with its terms, read over accessibility from the real program."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.clients import account
from tests.clients.conftest import PAIRS, Case
from tests.support import program

READER = Path(__file__).parent / "lokalize_reader.py"
PYTHON = "/usr/bin/python3"
PROJECT = """[General]
LangCode={target}
TargetLangCode={target}
SourceLangCode={source}
ProjectID={source}-{target}
PoBaseDir=./po
PotBaseDir=./pot
GlossaryTbx=./{file}
"""
Row = tuple[frozenset[str], frozenset[str], str]


def accessible() -> None:
    """Skips where a program this needs is not installed."""
    for each in ("lokalize", "xvfb-run", "dbus-run-session"):
        program(each)
    if subprocess.run([PYTHON, "-c", "import pyatspi"], capture_output=True, check=False).returncode:
        pytest.skip("python3-pyatspi is not installed (.ci/run installs it)")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all runs: the first start in a new home is slow and often not seen."""
    return tmp_path_factory.mktemp("home")


def show(project: Path, home: Path, runtime: Path, patience: int) -> list[list[str]] | None:
    """The rows of the glossary window, in a display and a session of its own; None where it did not come."""
    runtime.mkdir(mode=0o700, parents=True)
    out, log = runtime / "shown.json", runtime / "log.txt"
    environment = {
        **os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "QT_ACCESSIBILITY": "1",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8", "LANGUAGE": "C",
    }  # fmt: skip
    command = ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", "dbus-run-session", PYTHON, str(READER), str(out),
               str(project), str(patience)]  # fmt: skip
    with log.open("wb") as written:  # a file: a pipe would stay open as long as any service of the session does
        subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=written, stderr=written, check=False, timeout=120, env=environment
        )
    if not out.exists():
        return None
    rows: list[list[str]] = json.loads(out.read_text(encoding="utf-8"))
    return rows


def wanted(case: Case, source: str, target: str, announced: account.Announced) -> dict[str, Row]:
    """Per concept: source terms, target terms, subject field; the id as the ledger says it is written."""
    written = {each.concept: each.message.rpartition(" ")[2] for each in announced.losses if each.code == "LOS205"}
    return {
        written.get(entry.id, entry.id): (
            frozenset(account.terms(entry, source, announced)), frozenset(account.terms(entry, target, announced)),
            entry.subject_fields[0].text if entry.subject_fields else "",
        )
        for entry in account.entries(case.termbase, announced)
    }  # fmt: skip


EVERY = os.environ.get("CCTBX_LOKALIZE") == "every"
CASES = [("seeds", *pair) for pair in (PAIRS if EVERY else PAIRS[:1])] + [("stress", "en", "sv")]
"""One pair of each base: a run takes ten seconds and more. `CCTBX_LOKALIZE=every` runs every pair of the seeds."""


@pytest.mark.client
@pytest.mark.parametrize(("case", "source", "target"), CASES, indirect=["case"])
def test_window_shows_every_concept(case: Case, source: str, target: str, home: Path, tmp_path: Path) -> None:
    accessible()
    place, _ = case.export("lokalize", source, (target,))
    file = f"{case.name}.{source}-{target}.tbx"
    project = place / f"{source}-{target}.lokalize"
    project.write_text(PROJECT.format(source=source, target=target, file=file), encoding="utf-8")
    tries = (show(project, home, tmp_path / f"run{number}", seconds) for number, seconds in enumerate((6, 10, 15)))
    rows = next((each for each in tries if each is not None), None)
    if rows is None:
        pytest.skip("Lokalize started, but its window never came onto the accessibility bus")
    held = {
        identifier: (frozenset(sources.split(" · ")), frozenset(targets.split(" · ")), subject)
        for identifier, sources, targets, subject in rows
    }
    assert len(held) == len(rows), "an id stands twice"
    assert held == wanted(case, source, target, case.announced(place, file))
