"""`cctbx validate` from end to end: outputs, exit codes, settings, repairs, two processes."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import cctbx
from cctbx.errors import InputError, ProjectError, UsageError
from cctbx.findings import Finding, Severity
from cctbx.report.machine import FORMATS
from cctbx.workflows import validate as workflow
from cctbx.workflows.validate import Validation, fix_file, settings_from, validate_file
from tests.conformance.test_validator import HEAD, TAIL, entry

GOOD = HEAD + entry("c1", '<descrip type="definition">thing</descrip>') + TAIL
BAD = HEAD + entry("c1", note="Noun") + TAIL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.tbx").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.tbx").write_text(BAD, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cctbx", "validate", *arguments]
    return subprocess.run(command, cwd=folder, input=given, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("good.tbx",), 0), (("bad.tbx",), 1), (("good.tbx", "bad.tbx"), 1), (("bad.tbx", "--fail-on", "never"), 0),
        (("bad.tbx", "--ignore", "TBX205"), 0), (("bad.tbx", "--select", "CHK3"), 0),
        (("good.tbx", "--dialect", "TBX-Min"), 1), (("none.tbx",), 3), (("good.tbx", "none.tbx"), 3),
        (("good.tbx", "--format", "xyz"), 2), (("good.tbx", "--select", "NIX"), 2),
        (("good.tbx", "--fail-on", "bad"), 2), (("-", "--fix"), 2),
    ],
)  # fmt: skip
def test_exit_codes(folder: Path, arguments: tuple[str, ...], code: int) -> None:
    done = run(folder, *arguments)
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr


def test_findings_on_stdout_and_a_summary_on_stderr(folder: Path) -> None:
    done = run(folder, "-", given=BAD.encode())
    assert b"<stdin>:6: error TBX205" in done.stdout
    assert b"1 error" in done.stderr


def test_a_file_with_very_many_findings_can_be_read(folder: Path) -> None:
    many = "".join(entry(f"c{number}", note="Noun") for number in range(300))
    (folder / "many.tbx").write_text(HEAD + many + TAIL, encoding="utf-8")
    said, whole, machine = (
        run(folder, "many.tbx", *more).stdout.decode() for more in ((), ("--every",), ("--format", "json"))
    )
    assert said.count("TBX205") == 101
    assert "300 × error TBX205" in said
    assert whole.count("error TBX205") == 300
    assert sum(each["code"] == "TBX205" for each in json.loads(machine)) == 300
    assert len(whole.splitlines()) == len(json.loads(machine))
    assert not run(folder, "many.tbx", "--quiet").stdout


def found() -> list[Finding]:
    return [
        Finding(code="TBX205", message="a % b\nc", severity=Severity.ERROR, file="a,b:c.tbx", line=3, column=2,
                concept="c1", path="/tbx"),
        Finding(code="CHK705", message="\x01<x>", severity=Severity.INFORMATION, file="d.tbx"),
    ]  # fmt: skip


def test_formats_for_machines() -> None:
    made = {name: "\n".join(form(found())) for name, form in FORMATS.items()}
    assert [each["code"] for each in json.loads(made["json"])] == ["TBX205", "CHK705"]
    results = json.loads(made["sarif"])["runs"][0]["results"]
    assert results[0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 2}
    assert [each["level"] for each in results] == ["error", "note"]
    suites = ElementTree.fromstring(made["junit"])
    assert [suite.get("failures") for suite in suites] == ["1", "0"]
    first = made["github"].splitlines()[0]
    assert first == "::error file=a%2Cb%3Ac.tbx,line=3,col=2,title=TBX205::c1: a %25 b%0Ac"
    assert all("\n".join(form([])) is not None for form in FORMATS.values())
    assert json.loads("\n".join(FORMATS["json"]([]))) == []


def test_settings_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.cctbx.validate]\nignore = ["CHK"]\nsubject-fields = ["printing"]\n'
        '[tool.cctbx.validate.severity]\nTBX205 = "warning"\n',
        encoding="utf-8",
    )
    settings = settings_from(tmp_path)
    assert settings.ignore == {"CHK"}
    assert settings.severity == {"TBX205": Severity.WARNING}
    assert settings.subject_fields == {"printing"}
    (tmp_path / "bad.tbx").write_text(BAD, encoding="utf-8")
    assert run(tmp_path, "bad.tbx").returncode == 0


@pytest.mark.parametrize(
    "text",
    ["[validate]\nx = 1\n", '[validate.severity]\nTBX999 = "error"\n', '[validate.severity]\nTBX205 = "bad"\n', "["],
)
def test_wrong_settings_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "cctbx.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError, match=r"cctbx\.toml"):
        settings_from(tmp_path)


def test_repairs_are_made_in_place_and_listed(folder: Path) -> None:
    done = run(folder, "bad.tbx", "good.tbx", "--fix")
    assert b"TBX901" in done.stderr
    assert done.returncode == 0
    assert (folder / "bad.tbx").read_text(encoding="utf-8") == BAD.replace("Noun", "noun")
    assert (folder / "good.tbx").read_text(encoding="utf-8") == GOOD


def test_what_cannot_be_repaired_in_place_is_left_alone(folder: Path) -> None:
    (folder / "broken.tbx").write_text(BAD.replace("</body>", ""), encoding="utf-8")
    assert fix_file(folder / "broken.tbx") == []
    (folder / "terms.csv").write_text("a,b\n", encoding="utf-8")
    assert fix_file(folder / "terms.csv") == []
    (folder / "bad.tbx.gz").write_bytes(gzip.compress(BAD.encode()))
    with pytest.raises(UsageError, match="packed"):
        fix_file(folder / "bad.tbx.gz")


def test_packed_files_are_validated(folder: Path) -> None:
    (folder / "bad.tbx.gz").write_bytes(gzip.compress(BAD.encode()))
    assert "TBX205" in {each.code for each in validate_file(folder / "bad.tbx.gz")}


def test_two_processes_find_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workflow, "_PAYS", 0)
    for name in ("good.tbx", "bad.tbx"):
        one = list(validate_file(folder / name))
        assert list(validate_file(folder / name, options=Validation(workers=2))) == one


def test_the_library_call(folder: Path) -> None:
    assert any(each.code == "TBX205" for each in cctbx.validate(folder / "bad.tbx"))
    with pytest.raises(InputError, match="known format"):
        (folder / "x.bin").write_bytes(b"\x00\x01")
        list(cctbx.validate(folder / "x.bin"))


def test_other_formats_go_through_the_house_checks(folder: Path) -> None:
    (folder / "terms.csv").write_text("id,term:en,term:de\nc1,printer ;plotter,Drucker\n", encoding="utf-8")
    assert "CHK307" in {each.code for each in validate_file(folder / "terms.csv")}


@pytest.mark.parametrize("form", ["text", "json"])
def test_findings_do_not_depend_on_how_texts_are_hashed(tmp_path: Path, form: str) -> None:
    more = '</langSec><langSec xml:lang="de"><termSec><term>Wort %d</term></termSec></langSec>'
    twice = "".join(
        entry(f"c{number}", term=f"term {number % 7}").replace("</langSec>", more % (number % 5))
        for number in range(30)
    )
    (tmp_path / "twice.tbx").write_text(HEAD + twice + TAIL, encoding="utf-8")
    command = [sys.executable, "-m", "cctbx", "validate", "twice.tbx", "--select", "CHK4", "--format", form]
    said = {
        subprocess.run(
            command, cwd=tmp_path, capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(said) == 1
    assert said.pop().count(b"CHK401") > 20


def test_a_format_that_is_called_like_a_client(folder: Path) -> None:
    text = "domain,subdomain,definition,en-US,Notes,it-IT,Notes\nit,,,printer,,stampante,\n"
    (folder / "glossary.csv").write_text(text, encoding="utf-8")
    assert "CHK901" in {each.code for each in validate_file(folder / "glossary.csv")}
