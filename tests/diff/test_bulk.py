"""Comparing as text first finds what reading everything finds."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.generate import generate
from cctbx.diff import Change, CompareSettings, Kind
from cctbx.diff.release import forbidden
from cctbx.errors import OutputError
from cctbx.formats.contract import WriteOptions
from cctbx.model import TermBase
from cctbx.workflows import waiting
from cctbx.workflows.diff import DiffOptions, diff
from cctbx.workflows.termbases import read_termbase, write_termbase
from tests.diff.pairs import Pair, related, slow

STRICT = CompareSettings(strict=True)
NEVER = 1 << 40


def both(old: Path, new: Path, checked: CompareSettings = STRICT) -> tuple[list[Change], list[Change]]:
    """The changes found as text first, and by reading everything."""
    fast, _ = diff(old, new, DiffOptions(settings=checked, bulk=0))
    slow, _ = diff(old, new, DiffOptions(settings=checked, bulk=NEVER))
    assert (fast.changes.old, fast.changes.new) == (slow.changes.old, slow.changes.new)
    assert list(forbidden(fast.changes)) == list(forbidden(slow.changes))
    return [_told(each) for each in fast.changes], [_told(each) for each in slow.changes]


def _told(change: Change) -> Change:
    """A change without what is left out for entries that are the same but for the id."""
    if change.kind is not Kind.CONCEPT_RENUMBERED:
        return change
    return replace(change, label="", subjects=(), because=None)


def entries(text: str) -> tuple[str, list[str], str]:
    parts = re.split(r"(\s*<conceptEntry.*?</conceptEntry>)", text, flags=re.DOTALL)
    return parts[0], [part for part in parts[1:-1] if part.strip()], parts[-1]


def edited(text: str) -> str:
    """An edit, a removal, an addition."""
    head, listed, tail = entries(text)
    listed[3] = listed[3].replace("a way to spread", "the way to spread")
    added = listed[6].replace('id="c7"', 'id="n7"').replace("call", "ring").replace(" 7", " 700")
    return head + "".join((*listed[:5], added, *listed[6:])) + tail


def reordered(text: str) -> str:
    head, listed, tail = entries(edited(text))
    return head + "".join(listed[::-1]) + tail


def reformatted(text: str) -> str:
    return edited(text).replace("\n      ", "\n\t")


def commented(text: str) -> str:
    head, listed, tail = entries(edited(text))
    return head + "<!-- <conceptEntry id='c900'></conceptEntry> -->".join(listed) + tail


def wrapped(text: str) -> str:
    """White space inside of texts, which only a strict comparison counts."""
    return text.replace("a way to spread", "a way\n        to spread")


def disordered(text: str) -> str:
    """More than white space between entries: the file has to be read whole."""
    head, listed, tail = entries(edited(text))
    return head + listed[0] + "<note>between</note>" + "".join(listed[1:]) + tail


CHANGES: tuple[Callable[[str], str], ...] = (
    str, edited, reordered, reformatted, commented, wrapped, disordered,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("spill", [False, True])
def test_the_same_is_found(
    change: Callable[[str], str], strict: bool, spill: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if spill:
        monkeypatch.setattr(waiting, "_IN_MEMORY", 5000)
    old, new = generate(40, tmp_path / "old.tbx"), tmp_path / "new.tbx"
    new.write_text(change(old.read_text(encoding="utf-8")), encoding="utf-8")
    fast, slow = both(old, new, CompareSettings(strict=strict))
    assert fast == slow
    assert bool(fast) == (change not in (str, wrapped) or (change is wrapped and strict))


def test_editions_are_no_difference(tmp_path: Path) -> None:
    files = [generate(30, tmp_path / f"{edition}.tbx", edition) for edition in ("dct", "dca", "v2")]
    for one in files:
        for other in files:
            fast, slow = both(one, other)
            assert fast == slow == []


def test_renumbered_entries_are_matched_and_named(tmp_path: Path) -> None:
    old, new = generate(40, tmp_path / "old.tbx"), tmp_path / "new.tbx"
    new.write_text(edited(old.read_text(encoding="utf-8")).replace('id="c', 'id="k'), encoding="utf-8")
    fast, findings = diff(old, new, DiffOptions(bulk=0))
    slow, _ = diff(old, new, DiffOptions(bulk=NEVER))
    assert {(each.kind, each.concept, each.becomes) for each in fast.changes} == {
        (each.kind, each.concept, each.becomes) for each in slow.changes
    }
    assert all(each.label for each in fast.changes)
    assert "DIF001" in {each.code for each in findings}


@slow
@given(related(), st.sampled_from(("tbx", "tbx-dca", "tbx-v2-default")))
def test_the_same_is_found_in_any_term_base(tmp_path_factory: pytest.TempPathFactory, pair: Pair, name: str) -> None:
    directory = tmp_path_factory.mktemp("releases")
    files = [directory / "old.tbx", directory / "new.tbx"]
    for file, concepts in zip(files, pair, strict=True):
        write_termbase(TermBase(concepts=concepts), file, format_name=name)
    fast, slow = both(*files)
    assert fast == slow


TABLES = ("csv", "jsonl", "tmx", "xlsx", "po", "terms.csv")


@pytest.mark.parametrize("ending", TABLES)
@pytest.mark.parametrize("other", [*TABLES, "tbx"])
@pytest.mark.parametrize("spill", [False, True])
def test_other_formats_and_mixed_ones(
    ending: str, other: str, spill: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if spill:
        monkeypatch.setattr(waiting, "_IN_MEMORY", 5000)
    tbx = generate(40, tmp_path / "old.tbx"), tmp_path / "new.tbx"
    tbx[1].write_text(reordered(tbx[0].read_text(encoding="utf-8")), encoding="utf-8")
    files = [tmp_path / f"old.made.{ending}", tmp_path / f"new.made.{other}"]
    for source, file in zip(tbx, files, strict=True):
        options = WriteOptions(source_language="en", target_languages=("de",))
        write_termbase(read_termbase(source), file, options=options)
    fast, slow = both(*files)
    assert fast == slow
    assert fast


@pytest.mark.parametrize("name", ["terms.tbx", "terms.jsonl"])
def test_an_id_used_twice_is_told(name: str, tmp_path: Path) -> None:
    old, new = tmp_path / f"old.{name}", tmp_path / f"new.{name}"
    for file in (old, new):
        write_termbase(read_termbase(generate(40, tmp_path / "one.tbx")), file)
        text = file.read_text(encoding="utf-8")
        pattern = r'<conceptEntry id="c7".*?</conceptEntry>|^{[^\n]*"c7"[^\n]*\n'
        twice = re.search(pattern, text, re.DOTALL | re.MULTILINE)
        assert twice
        file.write_text(text.replace(twice[0], twice[0] * 2), encoding="utf-8")
    fast, findings = diff(old, new, DiffOptions(bulk=0))
    slow, others = diff(old, new, DiffOptions(bulk=NEVER))
    assert fast.changes.changes == slow.changes.changes == ()
    told = [[each.message for each in listed if each.code == "DIF003"] for listed in (findings, others)]
    assert len(told[0]) == 2
    assert set(told[0]) == set(told[1])


def test_subject_fields_of_renumbered_entries_are_known(tmp_path: Path) -> None:
    old, new = generate(40, tmp_path / "old.tbx"), tmp_path / "new.tbx"
    head, listed, tail = entries(old.read_text(encoding="utf-8"))
    listed[3] = listed[3].replace("contact centre", "billing", 1)
    old.write_text(head + "".join(listed) + tail, encoding="utf-8")
    new.write_text(old.read_text(encoding="utf-8").replace('id="c', 'id="k'), encoding="utf-8")
    checked = CompareSettings(subjects=frozenset({"billing"}))
    fast, _ = diff(old, new, DiffOptions(bulk=0, settings=checked))
    slow, _ = diff(old, new, DiffOptions(bulk=NEVER, settings=checked))
    assert [each.concept for each in fast.changes] == ["c4"]
    assert fast.changes.changes == slow.changes.changes


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_are_read_once(tmp_path: Path) -> None:
    file = generate(40, tmp_path / "old.tbx")
    pipes = [tmp_path / "one", tmp_path / "other"]
    for pipe in pipes:
        os.mkfifo(pipe)
        threading.Thread(target=lambda to=pipe: to.write_bytes(file.read_bytes()), daemon=True).start()
    found, _ = diff(*pipes)
    assert (found.changes.old, found.changes.changes) == (40, ())


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_IN_MEMORY", 5000)
    old, new = generate(400, tmp_path / "old.tbx"), tmp_path / "new.tbx"
    new.write_text(old.read_text(encoding="utf-8").replace('id="c', 'id="k'), encoding="utf-8")
    opened = waiting.sqlite3.connect

    def small(*arguments: Any, **named: Any) -> Any:
        database = opened(*arguments, **named)
        database.execute("PRAGMA max_page_count = 20")
        return database

    monkeypatch.setattr(waiting.sqlite3, "connect", small)
    with pytest.raises(OutputError, match="TMPDIR"):
        diff(old, new, DiffOptions(bulk=0))
