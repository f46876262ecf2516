"""Runs Lokalize on one project after another and writes what its glossary window shows, as JSON. For system Python.

    lokalize_reader.py OUT.json PROJECT...     inside a display and a session bus of its own
    lokalize_reader.py --look PROCESS          one look at a running Lokalize: rows as JSON, or exit code 1

Every look is a process of its own, because the accessibility library remembers what it once saw.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
LOOKS = 25
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
        try:
            if application.get_process_id() != process:
                continue
        except Exception:  # a program that ended but is still on the list
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
    return 1


def shown(project: str) -> list[list[str]]:
    """Id, source terms, target terms, subject field of every row."""
    home = tempfile.mkdtemp(prefix="lokalize-")  # what an earlier run left behind must not matter
    running = subprocess.Popen(["lokalize", "--project", project], env={**os.environ, "HOME": home}, **QUIET)
    try:
        for _ in range(LOOKS):
            time.sleep(1.5)
            command = [sys.executable, __file__, "--look", str(running.pid)]
            try:
                seen = subprocess.run(command, capture_output=True, text=True, check=False, timeout=40)
            except subprocess.TimeoutExpired:
                continue
            if seen.stderr:
                print(project, seen.stderr[-500:], file=sys.stderr)
            if seen.returncode == 0:
                rows: list[list[str]] = json.loads(seen.stdout)
                return rows
        raise SystemExit(f"Lokalize did not show the glossary of {project} in time")
    finally:
        running.terminate()
        try:
            running.wait(5)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        shutil.rmtree(home, ignore_errors=True)


def main() -> None:
    launcher = next(each for each in LAUNCHERS if Path(each).exists())
    bus = subprocess.Popen([launcher, "--launch-immediately"], start_new_session=True, **QUIET)
    try:
        held = {project: shown(project) for project in sys.argv[2:]}
    finally:
        os.killpg(bus.pid, signal.SIGKILL)  # the launcher has a bus of its own below it
    Path(sys.argv[1]).write_text(json.dumps(held), encoding="utf-8")


if sys.argv[1] == "--look":
    sys.exit(look(int(sys.argv[2])))
main()
