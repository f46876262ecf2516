"""`cctbx convert` and `cctbx formats`: bytes, exit codes, what stays untouched."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cctbx.formats.registry import FORMATS
from cctbx.formats.table.delimited import CSV
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Metatype, TermBase, TermSection
from cctbx.workflows.termbases import read_termbase, write_termbase
from tests.formats.laws import written

BASE = TermBase(concepts=(
    ConceptEntry(
        id="c1",
        definitions=(DataCategory(category="definition", metatype=Metatype.DESCRIPTIVE, value="who buys"),),
        languages=(
            LanguageSection(language="en", terms=(TermSection(term="customer"), TermSection(term="=client"))),
            LanguageSection(language="sv", terms=(TermSection(term="kund", id="t1"),)),
        ),
    ),
))  # fmt: skip


def cctbx(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "cctbx", *map(str, arguments)], input=stdin, capture_output=True)


@pytest.fixture
def native(tmp_path: Path) -> Path:
    path = tmp_path / "base.jsonl"
    write_termbase(BASE, path)
    return path


def test_formats_prints_the_tuple() -> None:
    ran = cctbx("formats", "--json")
    assert [json.loads(line)["name"] for line in ran.stdout.splitlines()] == [each.name for each in FORMATS]


def test_every_format_has_a_name_and_endings_of_its_own() -> None:
    names = [each.name for each in FORMATS]
    assert len(set(names)) == len(names)
    firsts = [each.extensions[0] for each in FORMATS if each.write]
    assert len(set(firsts)) == len(firsts)


def test_convert_to_a_table_reports_the_loss_and_exits_0(native: Path, tmp_path: Path) -> None:
    ran = cctbx("convert", native, tmp_path / "out.csv")
    assert ran.returncode == 0
    assert ran.stdout == b""
    assert b"LOS059" in ran.stderr
    assert b"1 concept entries, 1 losses" in ran.stderr
    assert b"\"'=client\"" in (tmp_path / "out.csv").read_bytes()
    assert read_termbase(tmp_path / "out.csv").concepts[0].languages[0].terms[1].term == "=client"


def test_stdin_and_stdout(native: Path) -> None:
    ran = cctbx("convert", "-", "-", "--to", "csv", stdin=native.read_bytes())
    assert ran.returncode == 0
    assert ran.stdout == written(CSV, BASE)


@pytest.mark.parametrize("target", ["out.csv", "-"])
def test_fail_on_loss_writes_nothing(native: Path, tmp_path: Path, target: str) -> None:
    place = tmp_path / "out.csv"
    place.write_text("before")
    ran = cctbx("convert", native, place if target == "out.csv" else "-", "--to", "csv", "--fail-on-loss")
    assert ran.returncode == 1
    assert ran.stdout == b""
    assert place.read_text() == "before"


def test_a_certificate_proves_a_lossless_conversion(native: Path, tmp_path: Path) -> None:
    proof = tmp_path / "proof.json"
    assert cctbx("convert", native, tmp_path / "out.tbx", "--certificate", proof).returncode == 0
    document = json.loads(proof.read_text())
    assert document["lossless"] is True
    assert document["before"]["concepts"] == document["after"]["concepts"]
    assert document["losses"] == []


def test_a_certificate_names_what_was_lost(native: Path, tmp_path: Path) -> None:
    proof = tmp_path / "proof.json"
    cctbx("convert", native, tmp_path / "out.csv", "--certificate", proof)
    document = json.loads(proof.read_text())
    assert document["lossless"] is False
    assert document["before"]["concepts"] != document["after"]["concepts"]
    assert [each["code"] for each in document["losses"]] == ["LOS059"]


def test_a_certificate_of_stdout_is_wrong_usage(native: Path, tmp_path: Path) -> None:
    ran = cctbx("convert", native, "-", "--to", "csv", "--certificate", tmp_path / "x")
    assert (ran.returncode, ran.stderr.count(b"\n")) == (2, 1)


def test_the_meaning_of_recognised_columns_is_saved(native: Path, tmp_path: Path) -> None:
    cctbx("convert", native, tmp_path / "a.xlsx")
    assert cctbx("convert", tmp_path / "a.xlsx", "-", "--to", "csv", "--save-columns", tmp_path / "x").returncode == 0
    table = tmp_path / "in.csv"
    table.write_text("sv,Definition sv,colour\nkund,den som köper,red\n", encoding="utf-8")
    cctbx("convert", table, tmp_path / "b.jsonl", "--save-columns", tmp_path / "y")
    assert (tmp_path / "y").read_text() == (
        '[columns]\n"sv" = "term:sv"\n"Definition sv" = "definition:sv"\n"colour" = ""\n'
    )


def test_column_mapping_from_options_and_file(tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text("Begriff;Term;Bedeutung\nKunde;customer;wer kauft\n", encoding="utf-8")
    kept = tmp_path / "columns.toml"
    mapping = ("--column", "Begriff=term:de", "--column", "Term=term:en", "--column", "Bedeutung=definition:de")
    ran = cctbx("convert", table, tmp_path / "a.jsonl", *mapping, "--save-columns", kept)
    assert ran.returncode == 0
    assert cctbx("convert", table, tmp_path / "b.jsonl", "--columns", kept).returncode == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    entry = read_termbase(tmp_path / "a.jsonl").concepts[0]
    assert [(s.language, t.term) for s, t in entry.terms()] == [("de", "Kunde"), ("en", "customer")]
    assert kept.read_text(encoding="utf-8") == (
        '[columns]\n"Begriff" = "term:de"\n"Term" = "term:en"\n"Bedeutung" = "definition:de"\n'
    )
    assert entry.languages[0].definitions[0].text == "wer kauft"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("convert", "missing.tbx", "out.csv"), 3),
        (("convert", "{native}", "out.nothing"), 2),
        (("convert", "{native}", "out.csv", "--to", "cvs"), 2),
        (("convert", "{native}", "{directory}/no/such/place.csv"), 3),
        (("convert", "{native}", "out.csv", "--column", "x"), 2),
        (("convert", "{native}", "out.po", "-s", "en", "-t", "sv", "-t", "de"), 2),
    ],
)
def test_wrong_calls_say_so_in_one_line(native: Path, tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    filled = [each.format(native=native, directory=tmp_path) for each in arguments]
    filled = [str(tmp_path / each) if each.startswith("out.") else each for each in filled]
    ran = cctbx(*filled)
    assert (ran.returncode, ran.stderr.count(b"\n"), ran.stdout) == (code, 1, b"")
    assert not list(tmp_path.glob("out.*"))


def test_many_losses_of_one_kind_are_counted_unless_all_are_asked_for(tmp_path: Path) -> None:
    section = LanguageSection(language="en", terms=(TermSection(term="t", id="x"),))
    many = TermBase(concepts=tuple(ConceptEntry(id=f"c{n}", languages=(section,)) for n in range(30)))
    path = tmp_path / "many.jsonl"
    write_termbase(many, path)
    assert cctbx("convert", path, tmp_path / "out.csv").stderr.count(b"LOS059") < 10
    assert cctbx("convert", path, tmp_path / "out.csv", "--every").stderr.count(b"LOS059") == 30
    assert cctbx("convert", path, tmp_path / "out.csv", "--quiet").stderr.count(b"LOS059") == 0
