"""Lokalize's glossary window shows every concept with its terms, read over accessibility from the real program."""

from __future__ import annotations

import json
import os
import subprocess
import unicodedata
from dataclasses import dataclass
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
    for each in ("lokalize", "xvfb-run", "xdotool", "dbus-run-session"):
        program(each)
    if subprocess.run([PYTHON, "-c", "import pyatspi"], capture_output=True, check=False).returncode:
        pytest.skip("python3-pyatspi is not installed (.ci/run installs it)")


SETTINGS = "[org/gnome/desktop/interface]\ntoolkit-accessibility=true\n"
"""Accessibility is on, for a bus that reads its settings from a file."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Per project its rows (id, source terms, target terms, subject field); of the last one also definitions by id."""

    rows: dict[str, list[list[str]]]
    definitions: dict[str, str]


def show(projects: list[Path], place: Path) -> Shown:
    """What the glossary window shows of every project, in a display and a session of its own."""
    home, runtime, out, log = (place / each for each in ("home", "run", "shown.json", "log.txt"))
    settings = home / ".config" / "glib-2.0" / "settings"
    settings.mkdir(parents=True)
    (settings / "keyfile").write_text(SETTINGS, encoding="utf-8")
    runtime.mkdir(mode=0o700)
    environment = {
        **os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "QT_QPA_PLATFORM": "xcb",
        "LC_ALL": "C.UTF-8", "LANGUAGE": "C", "GSETTINGS_BACKEND": "keyfile",
    }  # fmt: skip
    for each in ("QT_ACCESSIBILITY", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        environment.pop(each, None)
    command = ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", "dbus-run-session", PYTHON, str(READER), str(out),
               *map(str, projects)]  # fmt: skip
    with log.open("wb") as written:  # a file: a pipe would stay open as long as any service of the session does
        subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=written, stderr=written, check=False, timeout=600, env=environment
        )
    assert out.exists(), log.read_text(encoding="utf-8", errors="replace")
    return Shown(**json.loads(out.read_text(encoding="utf-8")))


def project(case: Case, source: str, target: str) -> Path:
    """A project of Lokalize with our glossary."""
    place, _ = case.export("lokalize", source, (target,))
    file = place / f"{source}-{target}.lokalize"
    glossary = f"{case.name}.{source}-{target}.tbx"
    file.write_text(PROJECT.format(source=source, target=target, file=glossary), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def shown(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """What Lokalize shows of every pair of a base; one run of the program opens all projects."""
    accessible()
    return show([project(case, *pair) for pair in PAIRS], tmp_path_factory.mktemp("lokalize"))


def names(announced: account.Announced) -> dict[str, str]:
    """Ids that are written otherwise, as the ledger says."""
    return {each.concept or "": each.message.rpartition(" ")[2] for each in announced.losses if each.code == "LOS205"}


def wanted(case: Case, source: str, target: str, announced: account.Announced) -> dict[str, Row]:
    """Per concept: source terms, target terms, subject field; the id as the ledger says it is written."""
    written = names(announced)
    return {
        written.get(entry.id, entry.id): (
            frozenset(account.terms(entry, source, announced)), frozenset(account.terms(entry, target, announced)),
            entry.subject_fields[0].text if entry.subject_fields else "",
        )
        for entry in account.entries(case.termbase, announced)
    }  # fmt: skip


@pytest.mark.client
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_window_shows_every_concept(case: Case, shown: Shown, source: str, target: str) -> None:
    file = project(case, source, target)
    rows = shown.rows[str(file)]
    held = {
        identifier: (frozenset(sources.split(" · ")), frozenset(targets.split(" · ")), subject)
        for identifier, sources, targets, subject in rows
    }
    assert len(held) == len(rows), "an id stands twice"
    announced = case.announced(file.parent, f"{case.name}.{source}-{target}.tbx")
    assert held == wanted(case, source, target, announced)


@pytest.mark.client
def test_panel_shows_the_definition(case: Case, shown: Shown) -> None:
    source, target = PAIRS[-1]
    file = project(case, source, target)
    announced = case.announced(file.parent, f"{case.name}.{source}-{target}.tbx")
    written = names(announced)
    held = {identifier: account.fold(text) for identifier, text in shown.definitions.items()}
    assert set(held) == {row[0] for row in shown.rows[str(file)]}
    for entry in account.entries(case.termbase, announced):
        known = account.definitions(entry, source, target)
        text = unicodedata.normalize("NFC", held[written.get(entry.id, entry.id)])
        assert text in known if known else not text, f"{entry.id}: “{text}” is shown"
