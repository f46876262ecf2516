"""Runs Lokalize on projects, one after the other, and writes what its glossary window shows. For the system's Python.

    lokalize_reader.py OUT.json PROJECT...   inside a display and a session bus, accessibility on in the home's settings
    lokalize_reader.py --look PROCESS        one look: rows as JSON, exit code 1: no table, 2: the program is not seen
    lokalize_reader.py --read PROCESS        the definitions of the project that is open, the last one

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
            if child.getRoleName() not in ("tree", "table", "combo box"):
                yield from within(child, role)


def table_of(process: int) -> tuple[Any, Any] | int:
    """The glossary's window and its table (four columns); where there is none, an exit code."""
    import pyatspi  # type: ignore[import-not-found]

    for application in pyatspi.Registry.getDesktop(0):
        if application.get_process_id() != process:
            continue
        for window in application:
            for each in within(window, "tree"):
                found = each.queryTable()
                if found.nColumns == 4 and found.nRows:
                    return window, found
        return 1
    return UNSEEN


def look(process: int) -> int:
    """Print the rows of the glossary's table."""
    found = table_of(process)
    if isinstance(found, int):
        return found
    table = found[1]
    print(json.dumps([[table.getAccessibleAt(row, column).name for column in range(4)] for row in range(table.nRows)]))
    return 0


def press(*keys: str) -> None:
    subprocess.run(["xdotool", *keys], check=True, timeout=PATIENCE)


def read(process: int) -> int:
    """Print per id the definition the window shows beside the table: a click on the first row, then row by row."""
    found = table_of(process)
    if isinstance(found, int):
        return found
    window, table = found
    panel = next(iter(within(window, "text"))).queryText()
    place = table.getAccessibleAt(0, 1).queryComponent().getExtents(0)
    press("mousemove", str(place.x + 8), str(place.y + place.height // 2), "click", "1")
    shown = {}
    for row in range(table.nRows):
        if row:
            press("key", "Down")
        until(lambda row=row: "selected" if table.isRowSelected(row) else "", f"row {row}", 0.01)
        shown[table.getAccessibleAt(row, 0).name] = panel.getText(0, -1)
    print(json.dumps(shown))
    return 0


def asked(name: str, place: tuple[str, str], method: str, *arguments: str) -> str:
    """A call over the session bus; what it answers, empty where it fails."""
    command = ["gdbus", "call", "--session", "--dest", name, "--object-path", place[0], "--method",
               f"{place[1]}.{method}", *arguments]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE).stdout.strip()


def until(told: Callable[[], str], what: str, step: float = 0.3) -> str:
    """Ask again until there is an answer."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := told():
            return answer
        time.sleep(step)
    raise SystemExit(f"Lokalize: {what} did not come")


def bus_is_there() -> str:
    """Starts the accessibility bus, where it does not run; the caller's settings say that it is on."""
    return asked("org.a11y.Bus", ("/org/a11y/bus", "org.a11y.Bus"), "GetAddress")


def looked(process: int, what: str = "--look") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, __file__, what, str(process)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=5 * PATIENCE)


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
        rows = {project: shown(name, running.pid, project) for project in projects}
        definitions = json.loads(looked(running.pid, "--read").stdout)
        Path(out).write_text(json.dumps({"rows": rows, "definitions": definitions}), encoding="utf-8")
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()


LOOKS = {"--look": look, "--read": read}
if sys.argv[1] in LOOKS:
    sys.exit(LOOKS[sys.argv[1]](int(sys.argv[2])))
main(sys.argv[1], sys.argv[2:])
