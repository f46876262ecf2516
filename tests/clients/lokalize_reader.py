"""Runs Lokalize on a project and writes what its glossary window shows, as JSON. For the system's Python.

    lokalize_reader.py OUT.json PROJECT SECONDS    inside a display and a session bus of its own
    lokalize_reader.py --look PROCESS              one look: rows as JSON, exit code 1: none yet, 2: not seen

A program is seen only if it is the first to ask for the accessibility registry: nobody looks before the seconds are
over, and every project has a session of its own. Every look is a process of its own, because the accessibility
library remembers what it once saw.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
LOOKS = 6
QUIET: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
"""Nothing started here may hold on to the caller's pipes."""


def within(node: Any, role: str) -> Iterator[Any]:
    for place in range(node.childCount):
        child = node.getChildAtIndex(place)
        if child is not None:
            if child.getRoleName() == role:
                yield child
            if child.getRoleName() not in ("tree", "table"):
                yield from within(child, role)


def look(process: int) -> int:
    """Print the rows of the glossary's table (four columns); where there is none, ask for the window."""
    import pyatspi  # type: ignore[import-not-found]

    for application in pyatspi.Registry.getDesktop(0):
        if application.get_process_id() != process:
            continue
        for each in within(application, "tree"):
            found = each.queryTable()
            if found.nColumns == 4 and found.nRows:
                rows = [[found.getAccessibleAt(row, column).name for column in range(4)] for row in range(found.nRows)]
                print(json.dumps(rows))
                return 0
        for each in within(application, "menu item"):
            if each.name == "Glossary":
                each.queryAction().doAction(0)
        return 1
    return 2


def shown(project: str, patience: float) -> str:
    """Id, source terms, target terms, subject field of every row, as JSON."""
    running = subprocess.Popen(["lokalize", "--project", project], **QUIET)
    try:
        time.sleep(patience)
        for _ in range(LOOKS):
            command = [sys.executable, __file__, "--look", str(running.pid)]
            seen = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
            if seen.returncode == 0:
                return seen.stdout
            if seen.returncode == 2:
                break  # what was not seen by now never will be
            time.sleep(2)
        raise SystemExit(f"Lokalize did not show the glossary of {project}")
    finally:
        running.kill()
        running.wait()


def main(out: str, project: str, seconds: str) -> None:
    launcher = next(each for each in LAUNCHERS if Path(each).exists())
    bus = subprocess.Popen([launcher, "--launch-immediately"], start_new_session=True, **QUIET)
    try:
        time.sleep(1)
        Path(out).write_text(shown(project, float(seconds)), encoding="utf-8")
    finally:
        os.killpg(bus.pid, signal.SIGKILL)  # the launcher has a bus of its own below it


if sys.argv[1] == "--look":
    sys.exit(look(int(sys.argv[2])))
main(*sys.argv[1:4])
