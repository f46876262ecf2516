"""Lokalize's glossary window shows every concept with its terms, read over accessibility from the real program."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.clients import account
from tests.clients.conftest import LANGUAGES, PAIRS, Case
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


def show(projects: list[Path], home: Path) -> dict[str, list[list[str]]]:
    accessible()
    out = home / "shown.json"
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    environment = {
        **os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "QT_ACCESSIBILITY": "1",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8", "LANGUAGE": "C",
    }  # fmt: skip
    command = ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", "dbus-run-session", PYTHON, str(READER), str(out),
               *map(str, projects)]  # fmt: skip
    log = home / "log.txt"
    with log.open("wb") as written:  # a file: a pipe would stay open as long as any service of the session does
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=written, stderr=written, check=False, timeout=480, env=environment
        )
    assert done.returncode == 0, log.read_text(encoding="utf-8", errors="replace")[-3000:]
    held: dict[str, list[list[str]]] = json.loads(out.read_text(encoding="utf-8"))
    return held


def chosen(case: Case) -> list[tuple[str, str]]:
    """Every pair of the seeds; of the stress base two, because each takes some seconds."""
    return PAIRS if case.name == "seeds" else [("en", "sv"), ("pl", "nb")]


@pytest.fixture(scope="module")
def shown(case: Case, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """What the glossary window shows for each project file."""
    accessible()
    projects = []
    for source in LANGUAGES:
        place, _ = case.export("lokalize", source, tuple(each for each in LANGUAGES if each != source))
        for one, target in chosen(case):
            if one == source:
                file = f"{case.name}.{source}-{target}.tbx"
                project = place / f"{source}-{target}.lokalize"
                project.write_text(PROJECT.format(source=source, target=target, file=file), encoding="utf-8")
                projects.append(project)
    return show(projects, tmp_path_factory.mktemp("lokalize"))


def wanted(case: Case, source: str, target: str, announced: account.Announced) -> dict[str, Row]:
    """Per concept: source terms, target terms, subject field; the id as the ledger says it is written."""
    written = {
        each.concept: each.message.rpartition(" ")[2] for each in announced.losses if each.code == "LOS205"
    }
    return {
        written.get(entry.id, entry.id): (
            frozenset(account.terms(entry, source, announced)), frozenset(account.terms(entry, target, announced)),
            entry.subject_fields[0].text if entry.subject_fields else "",
        )
        for entry in account.entries(case.termbase, announced)
    }  # fmt: skip


@pytest.mark.client
def test_window_shows_every_concept(case: Case, shown: dict[str, list[list[str]]]) -> None:
    for source, target in chosen(case):
        place = case.place / "lokalize" / source
        announced = case.announced(place, f"{case.name}.{source}-{target}.tbx")
        rows = shown[str(place / f"{source}-{target}.lokalize")]
        held = {
            identifier: (frozenset(sources.split(" · ")), frozenset(targets.split(" · ")), subject)
            for identifier, sources, targets, subject in rows
        }
        assert len(held) == len(rows), f"{source}-{target}: an id stands twice"
        assert held == wanted(case, source, target, announced), f"{source}-{target}"
