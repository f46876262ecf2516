"""Running the command line as a user does: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

__all__ = ["cctbx"]


def cctbx(*arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run `cctbx` with these arguments; output as bytes."""
    return subprocess.run(
        [sys.executable, "-m", "cctbx", *map(str, arguments)], cwd=cwd, input=stdin, capture_output=True, check=False,
        env={**os.environ, "COLUMNS": "100", "CCTBX_DEBUG": "1"},
    )  # fmt: skip
