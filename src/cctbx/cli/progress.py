"""Progress of long runs: on a terminal only, on stderr, and only after a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

__all__ = ["counter", "stages"]


def counter(what: str) -> tuple[Callable[[int], None], Callable[[], None]]:
    """A function to call with a growing number, and one that wipes the line when all is done."""
    show, done = _line()
    started = time.monotonic()

    def count(number: int) -> None:
        show(lambda now: f"{number:,} {what} ({number / (now - started):,.0f} a second)")

    return count, done


def stages() -> tuple[Callable[[str, int], None], Callable[[], None]]:
    """The same for work of several stages: called with what is being done (a plural) and how many of it are done."""
    show, done = _line()

    def count(what: str, number: int) -> None:
        show(lambda now: f"{number:,} {what}")

    return count, done


def _line() -> tuple[Callable[[Callable[[float], str]], None], Callable[[], None]]:
    """One line that is written over and over: a function that shows a text, and one that wipes it."""
    if not sys.stderr.isatty():
        return (lambda text: None), (lambda: None)
    started = shown = time.monotonic()
    first = started + 1.0

    def show(text: Callable[[float], str]) -> None:
        nonlocal shown
        now = time.monotonic()
        if now > first and now - shown > 0.2:
            shown = now
            sys.stderr.write(f"\r{text(now)} \x1b[K")
            sys.stderr.flush()

    def done() -> None:
        if shown != started:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    return show, done
