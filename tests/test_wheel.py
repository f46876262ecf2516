"""Installed from the wheel into an empty environment, away from the checkout, every command works."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from cctbx.cli import COMMANDS
from tests.support import ROOT, SEEDS

Installed = tuple[Path, Path]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command. Dependencies come from the running environment, our package from the wheel alone."""
    place = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    python = place / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel], check=True)
    here = sysconfig.get_path("purelib")
    (next((place / "lib").glob("python*")) / "site-packages" / "dependencies.pth").write_text(f"{here}\n")
    return place / "bin" / "cctbx"


def run(command: Path, *arguments: str | Path, cwd: Path) -> str:
    done = subprocess.run([command, *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def test_the_wheel_carries_schemas_and_lexicons_and_no_third_party_file(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "cctbx/schemas/tbx-basic-dct.rng" in names
    assert "cctbx/py.typed" in names
    assert any(name.startswith("cctbx/align/lexicon/") and name.endswith(".tsv") for name in names)
    assert all(name.startswith(("cctbx/", "cctbx_termbase-")) for name in names)


def test_every_command_is_there(command: Path, tmp_path: Path) -> None:
    for name in COMMANDS:
        assert "Example:" in run(command, name, "--help", cwd=tmp_path)


def test_the_main_job_runs_away_from_the_checkout(command: Path, tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    run(command, "build", cwd=tmp_path)
    manifest = (tmp_path / "exports" / "MANIFEST.json").read_bytes()
    assert manifest == (ROOT / "exports" / "MANIFEST.json").read_bytes()
    assert "c0001" in run(command, "convert", "exports/contact-centre.tbx", "-", "--to", "jsonl", cwd=tmp_path)
    assert run(command, "validate", "exports/contact-centre.dca.tbx", cwd=tmp_path) is not None
    assert run(command, "diff", "exports/contact-centre.tbx", "exports/contact-centre.jsonl", cwd=tmp_path) is not None
