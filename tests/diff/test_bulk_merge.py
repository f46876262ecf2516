"""A merge that holds only what was edited gives what the merge of everything gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.generate import generate
from cctbx.model import TermBase
from cctbx.workflows import bulk_merge
from cctbx.workflows.merge import MergeOptions, merge_files
from cctbx.workflows.termbases import read_termbase, write_termbase
from tests.diff.pairs import slow
from tests.diff.test_merge_laws import Three, forked

NEVER = 1 << 40
Told = tuple[bytes, set[str], list[str], bytes | None]


def merged(directory: Path, name: str, options: MergeOptions) -> Told:
    """The result, what was reported, the conflicts, and the file of conflicts."""
    output = directory / f"merged-{name}"
    result, findings = merge_files(*(directory / f"{side}-{name}" for side in SIDES), output, options)
    listed = Path(f"{output}.conflicts.toml")
    told = {f"{each.code} {each.concept} {each.message}" for each in findings}
    content = output.read_bytes(), told, [each.key for each in result.conflicts], None
    if not listed.exists():
        return content
    written = listed.read_bytes()
    listed.unlink()
    return *content[:3], written


SIDES = ("base", "ours", "theirs")


def both(
    directory: Path, name: str, sides: tuple[TermBase, TermBase, TermBase], *, complete: bool
) -> tuple[Told, Told]:
    for side, termbase in zip(SIDES, sides, strict=True):
        write_termbase(termbase, directory / f"{side}-{name}")
    few, all_of_it = (merged(directory, name, MergeOptions(complete=complete, bulk=size)) for size in (0, NEVER))
    return few, all_of_it


@slow
@given(forked(), st.sampled_from(("t.tbx", "t.jsonl")), st.booleans())
def test_the_same_comes_out(tmp_path_factory: pytest.TempPathFactory, three: Three, name: str, complete: bool) -> None:
    base, ours, theirs = (TermBase(concepts=each) for each in three)
    few, all_of_it = both(tmp_path_factory.mktemp("merge"), name, (base, ours, theirs), complete=complete)
    assert few == all_of_it


@pytest.mark.parametrize("name", ["t.tbx", "t.jsonl", "t.csv"])
def test_what_nobody_touched_is_not_held(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []
    merge = bulk_merge.merge_termbases

    def watched(base: TermBase, *rest: object) -> object:
        held.append(len(base.concepts))
        return merge(base, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(bulk_merge, "merge_termbases", watched)
    base = read_termbase(generate(40, tmp_path / "made.tbx"))
    sides = [base]
    for place, change in ((3, {"id": "c4-2"}), (7, {"subject_fields": ()})):
        concepts = list(base.concepts)
        concepts[place] = replace(concepts[place], **change)
        sides.append(replace(base, concepts=tuple(concepts[::-1] if place == 7 else concepts)))
    few, all_of_it = both(tmp_path, name, (sides[0], sides[1], sides[2]), complete=True)
    assert few == all_of_it
    assert held == [2]
