"""OmegaT's own glossary readers hold what the term base says, minus what the ledger announced."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from pathlib import Path

import pytest

from tests.clients import account
from tests.clients.conftest import LANGUAGES, PAIRS, Case
from tests.support import program

JAR = Path("/usr/share/omegat/OmegaT.jar")
DRIVER = Path(__file__).parent / "OmegatReader.java"
Entry = tuple[str, str, str]


def load(files: list[tuple[str, str, Path]], home: Path) -> dict[str, list[Entry]]:
    """Source term, target term and comment of every entry OmegaT holds of each file."""
    program("omegat")
    arguments = [part for source, target, file in files for part in (source, target, str(file))]
    command = [program("java"), "-Djava.awt.headless=true", f"-Duser.home={home}", "-Dfile.encoding=UTF-8",
               "-cp", str(JAR), str(DRIVER), *arguments]  # fmt: skip
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    held: dict[str, list[Entry]] = {str(file): [] for _, _, file in files}
    for line in done.stdout.decode("utf-8").splitlines():
        file, source, target, comment = json.loads(line)
        held[file].append((source, target, comment))
    return held


@pytest.fixture(scope="module")
def loaded(case: Case, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Entry]]:
    """Every file of every ordered pair, as OmegaT holds it."""
    files: list[tuple[str, str, Path]] = []
    for source in LANGUAGES:
        targets = tuple(each for each in LANGUAGES if each != source)
        place, made = case.export("omegat", source, targets)
        files += [(source, name.split(".")[1].split("-")[1], place / name)
                  for name in made.files]  # fmt: skip
    return load(files, tmp_path_factory.mktemp("home"))


def _files(case: Case, source: str, target: str, *endings: str) -> list[Path]:
    place = case.place / "omegat" / source
    found = [place / f"{case.name}.{source}-{target}.{ending}" for ending in endings]
    return [each for each in found if each.exists()]


@pytest.mark.client
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_tbx_holds_every_pair(case: Case, loaded: dict[str, list[Entry]], source: str, target: str) -> None:
    (file,) = _files(case, source, target, "tbx")
    announced = case.announced(file.parent, file.name)
    held = {(one, other) for one, other, _ in loaded[str(file)]}
    assert held == account.pairs(case.termbase, source, target, announced)


@pytest.mark.client
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_text_and_csv_together_hold_every_pair(
    case: Case, loaded: dict[str, list[Entry]], source: str, target: str
) -> None:
    text, *table = _files(case, source, target, "utf8", "csv")
    announced = case.announced(text.parent, text.name)
    moved = [each for each in announced.losses if each.code == "LOS211"]
    assert bool(moved) == bool(table)
    held = {(one, other) for one, other, _ in loaded[str(text)]}
    assert held == account.pairs(case.termbase, source, target, announced)
    for file in table:
        hashed = {(one, other) for one, other, _ in loaded[str(file)]}
        assert hashed and all(one.startswith("#") for one, _ in hashed)
        both = account.Announced(case.losses[file.parent], file.name)
        wanted = account.pairs(case.termbase, source, target, both)
        assert hashed == {each for each in wanted if each[0].startswith("#")}
    tbx = {(one, other) for one, other, _ in loaded[str(text.with_suffix(".tbx"))]}
    assert held | {(one, other) for file in table for one, other, _ in loaded[str(file)]} == tbx


@pytest.mark.client
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_comments_are_the_definitions(case: Case, loaded: dict[str, list[Entry]], source: str, target: str) -> None:
    for file in _files(case, source, target, "tbx", "utf8"):
        announced = case.announced(file.parent, file.name)
        shown: dict[tuple[str, str], set[str]] = {}
        for one, other, comment in loaded[str(file)]:
            lines = comment.split("\n")
            said = {each.removeprefix("definition: ") for each in lines if not each.startswith("subjectField: ")}
            shown.setdefault((one, other), set()).update(said - {""})
        wanted: dict[tuple[str, str], set[str]] = {}
        for entry in account.entries(case.termbase, announced):
            known = account.definitions(entry, source, target)
            for one in account.terms(entry, source, announced):
                for other in account.terms(entry, target, announced):
                    wanted.setdefault((one, other), set()).update(known)
                    found = {unicodedata.normalize("NFC", each) for each in shown[one, other]}
                    assert found & known or not known, f"{file.name} {entry.id}: no definition is shown"
        assert all({unicodedata.normalize("NFC", each) for each in shown[key]} <= wanted[key] | _notes(case)
                   for key in shown)  # fmt: skip


def _notes(case: Case) -> set[str]:
    """A concept without a definition shows its note in the text glossary."""
    notes = (note.text for entry in case.termbase.concepts for note in entry.notes)
    return {unicodedata.normalize("NFC", account.fold(text)) for text in notes}
