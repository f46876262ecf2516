"""Runs Lokalize on projects, one after the other, and writes what its glossary window shows. For the system's Python.

    lokalize_reader.py OUT.json PROJECT...   inside a display and a session bus, accessibility on in the home's settings
    lokalize_reader.py --look PROCESS        one look: rows as JSON, exit code 1: no table, 2: the program is not seen

Qt 5.15 reads whether accessibility is on just once: when the accessibility bus appears on the session bus. So Lokalize
comes first, then the bus, and the settings of the home must say from the start that it is on. Where the bus comes
first, Qt joins it but never enrols, and nobody sees the program. Every look is a process of its own: the accessibility
library remembers what it saw.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

QUIET: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
"""Nothing started here may hold on to the caller's pipes."""
PATIENCE = 60
UNSEEN = 2
MAIN = ("/ThisIsWhatYouWant", "org.kde.Lokalize.MainWindow")
WINDOW = ("/lokalize/MainWindow_1", "org.kde.KMainWindow")


def within(node: Any, role: str) -> Iterator[Any]:
    for place in range(node.childCount):
        child = node.getChildAtIndex(place)
        if child is not None:
            if child.getRoleName() == role:
                yield child
            if child.getRoleName() not in ("tree", "table"):
                yield from within(child, role)


def look(process: int) -> int:
    """Print the rows of the glossary's table (four columns)."""
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
        return 1
    return UNSEEN


def asked(name: str, place: tuple[str, str], method: str, *arguments: str) -> str:
    """A call over the session bus; what it answers, empty where it fails."""
    command = ["gdbus", "call", "--session", "--dest", name, "--object-path", place[0], "--method",
               f"{place[1]}.{method}", *arguments]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE).stdout.strip()


def until(told: Callable[[], str], what: str) -> str:
    """Ask again until there is an answer."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := told():
            return answer
        time.sleep(0.3)
    raise SystemExit(f"Lokalize: {what} did not come")


def bus_is_there() -> str:
    """Starts the accessibility bus, where it does not run; the caller's settings say that it is on."""
    return asked("org.a11y.Bus", ("/org/a11y/bus", "org.a11y.Bus"), "GetAddress")


def looked(process: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, __file__, "--look", str(process)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)


def rows_of(process: int) -> str:
    """Rows of the table, once two looks see the same: it may still be filled."""
    before = ""

    def settled() -> str:
        nonlocal before
        now = looked(process).stdout
        before, same = now, now == before
        return now if same else ""

    return until(settled, "the table of the glossary")


def shown(name: str, process: int, project: str) -> list[list[str]]:
    """Id, source terms, target terms, subject field of every row of a project's glossary."""
    asked(name, MAIN, "openProject", project)
    until(lambda: project in asked(name, MAIN, "currentProject") and "opened", project)
    asked(name, WINDOW, "activateAction", "tools_glossary")
    rows: list[list[str]] = json.loads(rows_of(process))
    return rows


def main(out: str, projects: list[str]) -> None:
    running = subprocess.Popen(["lokalize", "--project", projects[0]], **QUIET)
    name = f"org.kde.lokalize-{running.pid}"
    try:
        until(lambda: asked(name, MAIN, "currentProject"), "its main window")
        until(bus_is_there, "the accessibility bus")
        until(lambda: "" if looked(running.pid).returncode == UNSEEN else "seen", "its window on the accessibility bus")
        told = {project: shown(name, running.pid, project) for project in projects}
        Path(out).write_text(json.dumps(told), encoding="utf-8")
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()


if sys.argv[1] == "--look":
    sys.exit(look(int(sys.argv[2])))
main(sys.argv[1], sys.argv[2:])
