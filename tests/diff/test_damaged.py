"""What cannot be read whole is neither written again nor merged: the rest would be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.generate import generate
from cctbx.errors import InputError
from cctbx.workflows.apply import apply_file
from cctbx.workflows.diff import diff, rendered
from cctbx.workflows.format import format_file
from cctbx.workflows.git import merge_driver
from cctbx.workflows.merge import MergeOptions, merge_files
from cctbx.workflows.termbases import read_termbase, write_termbase

NEVER = 1 << 40
Files = tuple[Path, Path]


@pytest.fixture(params=["t.tbx", "t.jsonl"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    """A term base, and the same one cut off in the middle."""
    whole, cut = tmp_path / request.param, tmp_path / f"cut-{request.param}"
    write_termbase(read_termbase(generate(20, tmp_path / "made.tbx")), whole)
    content = whole.read_bytes()
    cut.write_bytes(content[: len(content) * 3 // 5])
    return whole, cut


@pytest.mark.parametrize("bulk", [0, NEVER])
@pytest.mark.parametrize("place", range(3))
def test_a_damaged_side_is_not_merged(files: Files, bulk: int, place: int, tmp_path: Path) -> None:
    whole, cut = files
    sides = [cut if number == place else whole for number in range(3)]
    output = tmp_path / "merged"
    with pytest.raises(InputError, match=cut.name):
        merge_files(*sides, output, MergeOptions(bulk=bulk))
    assert not output.exists()


def test_git_merges_it_by_lines(files: Files, tmp_path: Path) -> None:
    whole, cut = files
    ours = tmp_path / "ours"
    ours.write_bytes(whole.read_bytes())
    fine, _ = merge_driver(whole, ours, cut, whole.name)
    assert fine
    assert ours.read_bytes() == cut.read_bytes()


def test_a_damaged_file_is_not_formatted(files: Files) -> None:
    _, cut = files
    content = cut.read_bytes()
    with pytest.raises(InputError, match="nothing was written"):
        format_file(cut)
    assert cut.read_bytes() == content


def test_changes_are_not_applied_to_a_damaged_file(files: Files, tmp_path: Path) -> None:
    whole, cut = files
    changes = tmp_path / "changes.json"
    changes.write_text(rendered(diff(whole, whole)[0], "json"), encoding="utf-8")
    with pytest.raises(InputError, match=cut.name):
        apply_file(cut, changes, cut)


@pytest.mark.parametrize("content", [b"", b"\n"])
@pytest.mark.parametrize("name", ["empty.tbx", "empty.csv", "empty.jsonl"])
def test_an_empty_file_is_no_term_base(name: str, content: bytes, files: Files, tmp_path: Path) -> None:
    empty = tmp_path / name
    empty.write_bytes(content)
    with pytest.raises(InputError, match=rf"{name}: the file is empty"):
        diff(files[0], empty)
    with pytest.raises(InputError, match=rf"{name}: the file is empty"):
        merge_files(files[0], files[0], empty, tmp_path / "merged")
