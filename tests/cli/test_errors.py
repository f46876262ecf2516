"""Bad input gets one clear line, the right exit code, no traceback, and nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from cctbx.cli import COMMANDS
from tests.cli.support import cctbx
from tests.support import SEEDS

PROJECT = """[project]
name = "x"
date = 2026-01-01
[[source]]
name = "one"
file = "page.txt"
language = "sv"
"""

PAGES = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": b"\n \n\t\n",
    "prose.txt": "Vi har öppet varje dag. Välkommen in till oss i butiken.\n".encode(),
    "broken.txt": "\ufeffKund: någon som köper.\n".encode()[:-9] + b"\xff\xfe\xfa\n",
    "directory": None,
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "directory").mkdir()
    for name, content in PAGES.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text("Kund: Någon som köper.\n\nVara: Något som köps.\n\nPris: Vad det kostar.\n")
    (tmp_path / "bad.toml").write_text(PROJECT.replace('"x"', '3'))
    (tmp_path / "sources.toml").write_text(PROJECT)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "exit_code", "message"),
    [
        ("parse missing.txt", 3, "missing.txt"),
        ("parse directory", 3, "directory"),
        ("parse empty.txt --language sv", 1, "empty.txt"),
        ("parse blank.txt --language sv", 1, "blank.txt"),
        ("parse prose.txt --language sv", 1, "prose.txt"),
        ("parse good.txt --language xx-Quark", 2, "xx-Quark"),
        ("parse good.txt --layout nonsense", 2, "nonsense"),
        ("parse", 2, "FILE"),
        ("build missing.toml", 3, "missing.toml"),
        ("build bad.toml", 3, "`name`: wanted a text"),
        ("build sources.toml", 3, "page.txt"),
        ("align sv=missing.txt nb=good.txt", 3, "missing.txt"),
        ("validate missing.tbx", 3, "missing.tbx"),
        ("validate directory", 3, "directory"),
        ("convert good.txt out.nonsense", 2, "out.nonsense"),
        ("convert missing.tbx out.csv", 3, "missing.tbx"),
        ("diff missing.tbx good.txt", 3, "missing.tbx"),
        ("export missing.tbx --for omegat --from en --to sv", 3, "missing.tbx"),
        ("nonsense", 2, "nonsense"),
    ],
)
def test_bad_input_is_one_clear_line(place: Path, arguments: str, exit_code: int, message: str) -> None:
    before = sorted(path.name for path in place.rglob("*"))
    done = cctbx(*arguments.split(), cwd=place)
    told = done.stderr.decode()
    assert done.returncode == exit_code, told
    assert message in told
    assert "Traceback" not in told
    if exit_code in (1, 3):
        assert len(told.strip().splitlines()) == 1, told
    assert sorted(path.name for path in place.rglob("*")) == before


def test_no_project_file_is_told(tmp_path: Path) -> None:
    done = cctbx("build", cwd=tmp_path)
    assert done.returncode == 3
    assert "no project file here" in done.stderr.decode()


def test_an_output_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "exports").write_bytes(b"a file where a directory is wanted")
    done = cctbx("build", SEEDS / "sources.toml", "--output", tmp_path / "exports")
    assert done.returncode == 3
    assert "exports" in done.stderr.decode().strip().splitlines()[-1]
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]


def test_a_reader_that_goes_away_is_met_in_silence() -> None:
    import subprocess
    import sys

    script = f"{sys.executable} -m cctbx parse {SEEDS / 'kundeserviceavisen.nb.txt'} --language nb | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", script], capture_output=True, check=False)
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
    assert b"Broken pipe" not in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    done = cctbx(command, "--help")
    assert done.returncode == 0
    assert f"Example: cctbx {command}" in " ".join(done.stdout.decode().split())


def test_a_fault_of_ours_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from cctbx.cli import frame

    def broken(prog_name: str) -> None:
        raise LookupError("nobody\nexpected this")

    monkeypatch.delenv(frame.DEBUG, raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(SystemExit) as left:
        frame.run(broken)  # type: ignore[arg-type]
    told = capsys.readouterr().err
    assert (left.value.code, told.count("\n")) == (3, 1)
    assert "LookupError: nobody" in told
    assert "Traceback" in next(tmp_path.glob("cctbx-*.log")).read_text()
