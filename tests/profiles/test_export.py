"""`cctbx export` as a user calls it: files, the ledger, refused losses, nothing half-written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cctbx.workflows.termbases import read_termbase, write_termbase
from tests.profiles.test_profiles import ENTRY, base, words


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    file = tmp_path / "glossary.jsonl"
    write_termbase(base(ENTRY), file)
    return file


def run(*arguments: str | Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cctbx", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, input=stdin)


def test_files_and_ledger(glossary: Path, tmp_path: Path) -> None:
    done = run("export", glossary, "--for", "omegat", "--to", "sv,nb", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    names = sorted(each.name for each in (tmp_path / "out").iterdir())
    wanted = [f"glossary.en-{tag}.{ending}" for tag in ("nb", "sv") for ending in ("tbx", "utf8")]
    assert names == sorted([*wanted, "glossary.omegat.loss.json"])
    ledger = json.loads((tmp_path / "out" / "glossary.omegat.loss.json").read_text(encoding="utf-8"))
    assert ledger["profile"] == "omegat" and ledger["targets"] == ["sv", "nb"]
    assert ledger["files"][0]["losses"][0]["terms"] == {"LOS200": ["sv led"]}


def test_stdin_serves_several_files(glossary: Path, tmp_path: Path) -> None:
    done = run("export", "-", "--for", "omegat", "-o", tmp_path / "out", stdin=glossary.read_bytes())
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "termbase.en-nb.tbx").exists()


def test_check_writes_nothing(glossary: Path, tmp_path: Path) -> None:
    done = run("export", glossary, "--for", "tbx-v2", "--to", "sv", "-o", tmp_path / "out", "--check")
    assert done.returncode == 0 and not (tmp_path / "out").exists()
    assert "LOS200" in done.stdout.decode() and "led" in done.stdout.decode()


@pytest.mark.parametrize(("refused", "code"), [("term", 1), ("definition", 1), ("all", 1), ("figure", 0)])
def test_refused_losses(glossary: Path, tmp_path: Path, refused: str, code: int) -> None:
    out = tmp_path / "out"
    done = run("export", glossary, "--for", "tbx-v2", "--to", "sv", "-o", out, "--fail-on-loss", refused)
    assert done.returncode == code, done.stderr
    assert out.exists() == (code == 0)


def test_a_baseline_refuses_only_new_losses(glossary: Path, tmp_path: Path) -> None:
    arguments = ("export", glossary, "--for", "tbx-v2", "--to", "sv", "-o", tmp_path / "out")
    assert run(*arguments).returncode == 0
    ledger = tmp_path / "out" / "glossary.tbx-v2.loss.json"
    assert run(*arguments, "--baseline", ledger).returncode == 0
    done = run(*arguments, "--baseline", ledger, "--choice", "preferred")
    assert done.returncode == 1 and b"nothing was written" in done.stderr
    ledger.write_text("{}", encoding="utf-8")
    assert run(*arguments, "--baseline", ledger).returncode == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--for", "omegta"), "did you mean `omegat`"),
        (("--for", "omegat", "--from", "fi"), "no terms in fi"),
        (("--for", "omegat", "--to", "de"), "no terms in de; the term base has en, nb, sv"),
        (("--for", "omegat", "--forbidden", "mark"), "omegat cannot mark"),
        (("--for", "omegat", "--choice", "best"), "--choice is one of all, preferred"),
        (("--for", "omegat", "--language-map", "nb"), "--language-map wants pairs"),
        (("--for", "omegat", "--language-map", "nb=../../x"), "is no language tag"),
        (("--for", "gettext", "--language-map", "nb=no,sv=no"), "no.po would be written twice, for nb and sv"),
        (("--for", "omegat", "--to", "sv,EN"), "en is the source language"),
        (("--for", "omegat", "--name", "../x"), "not a path"),
    ],
)
def test_wrong_usage_is_one_line(glossary: Path, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run("export", glossary, *arguments, "-o", tmp_path / "out")
    assert done.returncode == 2 and message in done.stderr.decode() and done.stderr.count(b"\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("profile", "file"),
    [("tbx-v2", "glossary.en-sv.tbx"), ("omegat", "glossary.en-sv.utf8"), ("tmx", "glossary.en-sv.tmx"),
     ("gettext", "sv.po"), ("weblate", "sv.csv"), ("utx", "glossary.en-sv.utx"), ("table", "terms.csv"),
     ("xlsx", "glossary.xlsx"), ("multiterm", "glossary.xml"), ("glotpress", "sv.csv"), ("tbx-v3", "glossary.tbx")],
)  # fmt: skip
def test_exports_are_read_back(glossary: Path, tmp_path: Path, profile: str, file: str) -> None:
    done = run("export", glossary, "--for", profile, "--to", "sv", "-o", tmp_path, "--forbidden", "exclude")
    assert done.returncode == 0, done.stderr
    from cctbx.formats.contract import ReadOptions

    options = ReadOptions(source_language="en", target_language="sv")
    name = {"glotpress": "glotpress", "weblate": "weblate-csv"}.get(profile)
    back = read_termbase(tmp_path / file, options=options, format_name=name)
    held = {(one, other) for entry in back.concepts for one in words(entry, "en") for other in words(entry, "sv")}
    assert held == {(one, other) for one in ("queue", "line") for other in ("kö", "rad")}


def test_profiles_are_listed() -> None:
    done = run("profiles", "--json")
    listed = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(listed) == 28 and all(each["files"] and each["forbidden"] for each in listed)


def test_tags_are_no_paths(glossary: Path, tmp_path: Path) -> None:
    evil = tmp_path / "in" / "evil.jsonl"
    evil.parent.mkdir()
    evil.write_text(glossary.read_text(encoding="utf-8").replace('"nb"', '"../../nb"'), encoding="utf-8")
    done = run("export", evil, "--for", "gettext", "-o", tmp_path / "in" / "out")
    assert done.returncode == 0, done.stderr
    assert sorted(each.name for each in (tmp_path / "in" / "out").iterdir()) == [
        "______nb.po", "evil.gettext.loss.json", "sv.po",
    ]  # fmt: skip
    assert sorted(each.name for each in (tmp_path / "in").iterdir()) == ["evil.jsonl", "out"]


def test_languages_are_asked_for_in_any_case_and_once(glossary: Path, tmp_path: Path) -> None:
    done = run("export", glossary, "--for", "tbx-v2", "--from", "EN", "--to", "SV,sv", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    names = sorted(each.name for each in (tmp_path / "out").iterdir())
    assert names == ["glossary.en-sv.tbx", "glossary.tbx-v2.loss.json"]


@pytest.mark.parametrize(
    ("profile", "file"),
    [("smartling", "glossary.csv"), ("matecat", "glossary.xlsx"), ("phrase", "glossary.tbx"), ("deepl", "en-sv.tsv"),
     ("weblate", "sv.tbx"), ("lokalise", "glossary.csv")],
)  # fmt: skip
def test_a_client_s_file_is_converted_back(glossary: Path, tmp_path: Path, profile: str, file: str) -> None:
    assert run("export", glossary, "--for", profile, "--to", "sv", "-o", tmp_path).returncode == 0
    back = tmp_path / "back.jsonl"
    done = run("convert", tmp_path / file, back, "--from", profile, "-s", "en", "-t", "sv")
    assert done.returncode == 0, done.stderr
    held = {(one, other) for entry in read_termbase(back).concepts for one in words(entry, "en")
            for other in words(entry, "sv")}  # fmt: skip
    assert ("queue", "rad") in held and {one for one, _ in held} == {"queue", "line"}
