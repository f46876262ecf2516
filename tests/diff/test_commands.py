"""The commands: exit codes, what goes where, canonical form."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cctbx.diff.order import canonical_termbase
from cctbx.model import TermBase
from cctbx.workflows.format import format_file
from cctbx.workflows.termbases import read_termbase, write_termbase
from tests.diff.examples import AGENT, BASE, CUSTOMER, PREFERRED, QUEUE, section, term, with_section


def cctbx(*arguments: object, stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cctbx", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Path, Path]:
    edited = with_section(CUSTOMER, section("en", term("client", PREFERRED), defined="Who buys."))
    old, new = tmp_path / "old.tbx", tmp_path / "new.jsonl"
    write_termbase(TermBase(concepts=BASE), old)
    write_termbase(TermBase(concepts=(edited, AGENT)), new)
    return old, new


def test_exit_codes(releases: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = releases
    assert cctbx("diff", old, new).returncode == 1
    same = cctbx("diff", old, old)
    assert (same.returncode, same.stdout) == (0, "")
    assert cctbx("diff", old, tmp_path / "nothing.tbx").returncode == 3
    assert cctbx("diff", old, new, "--kind", "nonsense").returncode == 2
    assert cctbx("diff", old, new, "--format", "nonsense").returncode == 2
    quiet = cctbx("diff", old, new, "--quiet")
    assert (quiet.returncode, quiet.stdout) == (1, "")


def test_filters_that_let_nothing_through_say_so(releases: tuple[Path, Path]) -> None:
    """They may be misspelt: silence would look as if nothing had changed."""
    for option, value in (("--language", "en-ZA"), ("--subject", "billing"), ("--status", "superseded")):
        done = cctbx("diff", *releases, option, value)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == f"no changes of what was asked for: {option} {value}\n"
    assert cctbx("diff", *releases, "--language", "en-ZA", "--quiet").stderr == ""
    assert cctbx("diff", releases[0], releases[0]).stderr == ""
    notes = cctbx("release-notes", *releases, "--language", "en-ZA")
    assert notes.stderr == "no changes of what was asked for: --language en-ZA\n"
    assert "No differences." in notes.stdout
    unknown = cctbx("diff", *releases, "--status", "forbidden")
    assert unknown.returncode == 2
    assert "preferred" in unknown.stderr


def test_the_numbers_are_those_of_the_languages_asked_for(releases: tuple[Path, Path]) -> None:
    for report in ("--stat", "--format=markdown", "--format=html"):
        lines = cctbx("diff", *releases, "--language", "sv", report).stdout.splitlines()
        heads = ("en ", "| en ", '<tr><th scope="row">en<')
        assert not [line for line in lines if line.startswith(heads)]
        assert [line for line in lines if line.startswith(tuple(head.replace("en", "sv") for head in heads))]


def test_a_file_from_stdin(releases: tuple[Path, Path]) -> None:
    old, new = releases
    done = cctbx("diff", "-", new, "--from-old", "tbx", "--stat", stdin=old.read_bytes())
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].startswith("en")
    titled = cctbx("diff", "-", new, "--format", "markdown", stdin=old.read_bytes())
    assert titled.stdout.startswith("# Changes from standard input to ")


def test_changes_are_applied(releases: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = releases
    done = cctbx("diff", old, new, "--json")
    changes, out = tmp_path / "changes.json", tmp_path / "out.tbx"
    changes.write_text(done.stdout, encoding="utf-8")
    assert json.loads(done.stdout)["format"] == "cctbx-changes"
    assert cctbx("apply", old, changes, "-o", out).returncode == 0
    assert cctbx("diff", out, new).returncode == 0
    again = cctbx("apply", out, changes, "-o", tmp_path / "again.tbx")
    assert "DIF01" in again.stderr
    other = tmp_path / "other.tbx"
    write_termbase(TermBase(concepts=(with_section(CUSTOMER, section("en", "shopper")), QUEUE, AGENT)), other)
    misfit = cctbx("apply", other, changes, "-o", tmp_path / "misfit.tbx")
    assert misfit.returncode == 1
    assert "concept c1" in misfit.stderr


def test_release_notes_fail_on_the_bump_asked_for(releases: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = releases
    assert cctbx("release-notes", old, new).returncode == 0
    failed = cctbx("release-notes", old, new, "--fail-on", "breaking")
    assert (failed.returncode, failed.stderr) == (1, "the changes ask for a breaking release (--fail-on breaking)\n")
    added = tmp_path / "added.tbx"
    write_termbase(TermBase(concepts=(*BASE, replace(QUEUE, id="c7", languages=(section("en", "hold"),)))), added)
    assert cctbx("release-notes", old, added, "--fail-on", "breaking").returncode == 0
    assert cctbx("release-notes", old, added, "--fail-on", "minor").returncode == 1
    assert cctbx("release-notes", old, added, "--fail-on", "huge").returncode == 2


@pytest.mark.parametrize("name", ["a.tbx", "a.dca.tbx", "a.v2.tbx", "a.jsonl", "a.csv", "a.terms.csv"])
def test_canonical_form_is_a_fixed_point_and_the_same_term_base(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    shuffled = (AGENT, replace(CUSTOMER, languages=CUSTOMER.languages[::-1]), QUEUE)
    write_termbase(TermBase(concepts=shuffled), file)
    before = read_termbase(file)
    root = file.read_bytes()[:300]
    format_file(file)
    after = read_termbase(file)
    assert canonical_termbase(after) == canonical_termbase(before)
    assert [each.id for each in after.concepts] == ["c1", "c2", "c3"]
    assert format_file(file)[0]
    assert format_file(file, check=True) == (True, ())
    assert file.read_bytes()[:60] == root[:60]  # edition and style stay


def test_check_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.tbx"
    write_termbase(TermBase(concepts=BASE[::-1]), file)
    content = file.read_bytes()
    done = cctbx("format", "--check", file)
    assert done.returncode == 1
    assert "DIF030" in done.stderr
    assert file.read_bytes() == content
    assert cctbx("format", file).returncode == 0
    assert cctbx("format", "--check", file).returncode == 0


def test_merge_tells_where_to_decide(tmp_path: Path) -> None:
    files = []
    for name, text in (("base", "One."), ("ours", "Two."), ("theirs", "Three.")):
        files.append(tmp_path / f"{name}.tbx")
        write_termbase(TermBase(concepts=(with_section(CUSTOMER, section("en", "customer", defined=text)),)), files[-1])
    done = cctbx("merge", *files, "-o", tmp_path / "out.tbx")
    assert done.returncode == 1
    assert "“Two.”" in done.stderr
    assert "“Three.”" in done.stderr
    assert "out.tbx.conflicts.toml" in done.stderr
    assert cctbx("merge", files[0], files[0], files[2], "-o", tmp_path / "fine.tbx").returncode == 0
    listed_nowhere = cctbx("merge", *files)
    assert listed_nowhere.returncode == 1
    assert "merge with -o" in listed_nowhere.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_an_interruption_is_told_and_leaves_the_output(releases: tuple[Path, Path], tmp_path: Path) -> None:
    pipe, output = tmp_path / "pipe", tmp_path / "output"
    os.mkfifo(pipe)
    output.write_text("before")
    command = [sys.executable, "-m", "cctbx", "diff", str(pipe), str(releases[1]), "-o", str(output)]
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler)
    )
    with pipe.open("wb"):  # waits for the command to read
        running.send_signal(signal.SIGINT)
        _, told = running.communicate()
    assert (running.returncode, told.decode()) == (3, "cctbx: interrupted; outputs are as they were before\n")
    assert output.read_text() == "before"
