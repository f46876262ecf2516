"""gettext's own programs take our PO without a warning, hold every pair, and use it as a compendium."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import polib
import pytest

from tests.clients import account
from tests.clients.conftest import PAIRS, Case
from tests.support import ROOT, program

POT = """msgid ""
msgstr ""
"Project-Id-Version: test\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=environment)


def exported(case: Case, source: str, target: str) -> tuple[Path, account.Announced]:
    place, _ = case.export("gettext", source, (target,))
    return place / f"{target}.po", case.announced(place, f"{target}.po")


@pytest.mark.client
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_msgfmt_says_nothing(case: Case, source: str, target: str, tmp_path: Path) -> None:
    file, announced = exported(case, source, target)
    done = run(program("msgfmt"), "-c", "-v", "-o", str(tmp_path / "out.mo"), str(file))
    assert done.returncode == 0, done.stderr
    units = len(polib.pofile(str(file)))
    assert done.stderr.strip() == f"{units} translated messages."
    # and the compiled catalogue holds the pairs
    held = {(each.msgid, each.msgstr) for each in polib.mofile(str(tmp_path / "out.mo"))}
    assert held == account.pairs(case.termbase, source, target, announced)


def template(file: Path, entries: list[tuple[str | None, str]]) -> None:
    lines = [POT]
    for context, msgid in entries:
        entry = polib.POEntry(msgid=msgid, msgctxt=context)
        lines.append(entry.__unicode__(wrapwidth=0))
    file.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.client
@pytest.mark.parametrize(("source", "target"), [("en", "sv"), ("pl", "nb")])
def test_msgmerge_takes_it_as_compendium(case: Case, source: str, target: str, tmp_path: Path) -> None:
    file, announced = exported(case, source, target)
    wanted: dict[str, set[str]] = {}
    for one, other in account.pairs(case.termbase, source, target, announced):
        wanted.setdefault(one, set()).add(other)
    template(tmp_path / "in.pot", [(None, each) for each in sorted(wanted)])
    template(tmp_path / "empty.po", [])
    done = run(program("msgmerge"), "-q", "-N", "-C", str(file), "-o", str(tmp_path / "out.po"),
               str(tmp_path / "empty.po"), str(tmp_path / "in.pot"))  # fmt: skip
    assert done.returncode == 0, done.stderr
    merged = polib.pofile(str(tmp_path / "out.po"))
    assert {each.msgid for each in merged} == set(wanted)
    assert all(each.msgstr in wanted[each.msgid] and not each.fuzzy for each in merged)


@pytest.mark.client
@pytest.mark.parametrize(("source", "target"), [("en", "sv")])
def test_pot2po_takes_it_as_template(case: Case, source: str, target: str, tmp_path: Path) -> None:
    file, _ = exported(case, source, target)
    ours = polib.pofile(str(file))
    template(tmp_path / "in.pot", [(each.msgctxt, each.msgid) for each in ours])
    command = ROOT / ".venv" / "bin" / "pot2po"
    pot2po = str(command) if command.exists() else program("pot2po")
    done = run(pot2po, "--progress=none", "-t", str(file), str(tmp_path / "in.pot"), str(tmp_path / "out.po"))
    assert done.returncode == 0, done.stderr
    made = polib.pofile(str(tmp_path / "out.po"))
    assert {(e.msgctxt, e.msgid, e.msgstr) for e in made} == {(e.msgctxt, e.msgid, e.msgstr) for e in ours}
