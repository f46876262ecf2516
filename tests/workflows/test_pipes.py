"""Every command that takes a term base takes it from a pipe, packed or not, as it takes it from a file."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT

OLD, NEW = (ROOT / "docs" / "examples" / f"release-{number}.tbx" for number in (1, 2))
PACKINGS: dict[str, Callable[[bytes], bytes]] = {"plain": lambda content: content, "gzip": gzip.compress}

COMMANDS: dict[str, tuple[str, ...]] = {
    "diff": ("diff", "{old}", "{new}", "--format", "csv", "-o", "out"),
    "release-notes": ("release-notes", "{old}", "{new}", "--title", "Changes", "-o", "out"),
    "apply": ("apply", "{old}", "{changes}", "-o", "out"),
    "merge": ("merge", "{old}", "{old}", "{new}", "-o", "out"),
    "convert": ("convert", "{old}", "out", "--to", "csv"),
    "convert certified": ("convert", "{old}", "out", "--to", "jsonl", "--certificate", "certificate"),
    "convert a table": ("convert", "{table}", "out", "--to", "tbx", "--save-columns", "columns"),
    "export": ("export", "{old}", "--for", "omegat", "--from", "en", "--to", "sv", "--name", "terms"),
    "validate": ("validate", "{old}", "--format", "junit"),
    "git textconv": ("git", "textconv", "{old}"),
}
"""Arguments; what is in braces is a file, or a pipe with its content."""


def run(folder: Path, arguments: tuple[str, ...], inputs: dict[str, bytes], *, piped: bool) -> dict[str, bytes]:
    """What a command says and writes; how it names its inputs is left out."""
    folder.mkdir()
    words, pipes, names = [], [], []
    for number, word in enumerate(arguments):
        if word.startswith("{"):
            content = inputs[word.strip("{}")]
            place = f"/dev/fd/{_pipe(content, pipes)}" if piped else str(folder.parent / f"{folder.name}-{number}")
            if not piped:
                Path(place).write_bytes(content)
            names.append(place)
        words.append(names[-1] if word.startswith("{") else word)
    command = [sys.executable, "-m", "cctbx", *words]
    done = subprocess.run(command, cwd=folder, pass_fds=pipes, capture_output=True, check=False)
    for each in pipes:
        os.close(each)
    assert done.returncode in (0, 1), done.stderr.decode()
    found = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found |= {"exit code": b"%d" % done.returncode, "stdout": done.stdout, "stderr": done.stderr}
    for name in names:
        found = {key: text.replace(name.encode(), b"IN") for key, text in found.items()}
    return found


def _pipe(content: bytes, pipes: list[int]) -> int:
    """The end to read of a pipe that holds all of the content: it is small."""
    reading, writing = os.pipe()
    assert len(content) < 1 << 16
    os.write(writing, content)
    os.close(writing)
    pipes.append(reading)
    return reading


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    made = tmp_path_factory.mktemp("inputs")
    for arguments in (("diff", str(OLD), str(NEW), "--strict", "--json", "-o", "changes"),
                      ("convert", str(OLD), "table", "--to", "csv")):  # fmt: skip
        subprocess.run([sys.executable, "-m", "cctbx", *arguments], cwd=made, capture_output=True, check=False)
    files = {"old": OLD, "new": NEW, "changes": made / "changes", "table": made / "table"}
    return {name: file.read_bytes() for name, file in files.items()}


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no /dev/fd here")
@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_pipe_is_as_good_as_a_file(name: str, packing: str, inputs: dict[str, bytes], tmp_path: Path) -> None:
    packed = {key: PACKINGS[packing](content) for key, content in inputs.items()}
    from_files = run(tmp_path / "files", COMMANDS[name], inputs, piped=False)
    assert run(tmp_path / "pipes", COMMANDS[name], packed, piped=True) == from_files


def test_what_comes_from_a_pipe_has_no_name_to_export_under(inputs: dict[str, bytes], tmp_path: Path) -> None:
    found = run(tmp_path / "out", (*COMMANDS["export"][:-2],), inputs, piped=True)
    assert "termbase.omegat.loss.json" in found


@pytest.mark.parametrize("arguments", [("diff", "-", "-"), ("apply", "-", "-"), ("merge", "-", "-", str(NEW))])
def test_stdin_cannot_be_two_inputs(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "cctbx", *arguments]
    done = subprocess.run(command, input=OLD.read_bytes(), capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("cctbx: stdin is named twice")
