"""`cctbx parse` and `cctbx doctor` as a user meets them: output forms, overrides, errors and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """Ordlista

Agent: person som svarar på frågor.
Bot: program som svarar på frågor.
Kö: samtal som väntar på svar.
"""


def cctbx(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "cctbx", *arguments], input=stdin, capture_output=True, check=False)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_jsonl_keeps_its_promise(page: Path) -> None:
    result = cctbx("parse", str(page), "--language", "sv", "--format", "jsonl", "--skipped")
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in result.stdout.decode().splitlines()]
    entries = [row for row in rows if "skipped" not in row]
    assert list(entries[0]) == [
        "id",
        "source",
        "language",
        "line_first",
        "line_last",
        "headword",
        "designations",
        "definition",
        "notes",
        "cross_references",
        "findings",
    ]
    assert list(entries[0]["designations"][0]) == ["term", "language", "type", "origin"]
    assert [row["headword"] for row in entries] == ["Agent", "Bot", "Kö"]
    assert {row["source"] for row in rows} == {str(page)}
    assert [row for row in rows if "skipped" in row] == [
        {"source": str(page), "line_first": 1, "line_last": 1, "skipped": "title"}
    ]


def test_text_and_explanation(page: Path) -> None:
    shown = cctbx("parse", str(page)).stdout.decode()
    assert "3 entries [sv]" in shown
    explained = cctbx("parse", "--explain", str(page)).stdout.decode()
    assert "separator:colon" in explained
    assert "# entry" in explained
    assert "- title" in explained


def test_stdin_and_several_files(page: Path) -> None:
    assert b"3 entries" in cctbx("parse", "-", stdin=PAGE.encode()).stdout
    assert cctbx("parse", str(page), str(page)).stdout.count(b"3 entries") == 2


def test_overrides(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("Agent ## person som svarar\nBot ## program som svarar\n\nSlut ## här\n", encoding="utf-8")
    rows = cctbx(
        "parse", str(path), "-f", "jsonl", "--separator", " ## ", "--skip-lines", "4-4", "-l", "sv"
    ).stdout.splitlines()
    assert [json.loads(row)["headword"] for row in rows] == ["Agent", "Bot"]
    forced = cctbx("parse", str(path), "-f", "jsonl", "--layout", "lines", "-l", "sv")
    assert forced.returncode in (0, 1)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("missing.txt",), 3, "missing.txt: cannot be read: No such file"),
        ((".",), 3, "is a directory"),
        (("PAGE", "--language", "klingonish"), 2, "unknown language `klingonish`"),
        (("PAGE", "--layout", "spiral"), 2, "unknown layout `spiral`"),
        (("PAGE", "--skip-lines", "7-3"), 2, "`7-3` is not a span of lines"),
        (("PAGE", "--encoding", "klingon"), 3, "unknown encoding `klingon`"),
        (("PAGE", "--encoding", "ascii"), 3, "is not ascii"),
    ],
)
def test_errors_are_one_clear_line(page: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    result = cctbx("parse", *(str(page) if each == "PAGE" else each for each in arguments))
    assert result.returncode == code
    assert message in result.stderr.decode()
    assert len(result.stderr.decode().strip().splitlines()) == 1
    assert result.stdout == b""


@pytest.mark.parametrize(("content", "code"), [("", "SRC001"), ("  \n\n", "SRC001"), ("Hej! Vi ses.\n", "SRC002")])
def test_pages_without_entries(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(content, encoding="utf-8")
    result = cctbx("parse", str(path), "--format", "jsonl", "--language", "sv")
    assert result.returncode == 1
    assert result.stdout == b""
    assert code in result.stderr.decode()


def test_doctor(page: Path, tmp_path: Path) -> None:
    good = cctbx("doctor", str(page), "--language", "sv")
    assert (good.returncode, good.stdout) == (0, b"")
    bad = tmp_path / "bad.txt"
    bad.write_text(PAGE + "Agent: någon som handlar för en annan.\n", encoding="utf-8")
    result = cctbx("doctor", str(bad), "--language", "sv", "--json")
    assert result.returncode == 1
    assert [(each["code"], each["line"]) for each in json.loads(result.stdout)] == [("SRC014", 6)]
