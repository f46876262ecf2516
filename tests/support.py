"""What tests share: where things lie, and skips with a reason."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SHARED = Path(os.environ.get("CCTBX_SHARED", ROOT.parent / "shared"))


def shared_path(relative: str) -> Path:
    """A file or directory of the third-party test data; skips the test where that data is absent."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"third-party test data not here: {relative} (set CCTBX_SHARED)")
    return path


def program(name: str) -> str:
    """The path of a system program; skips the test where it is not installed."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"system program not installed: {name} (.ci/run installs it)")
    return found
