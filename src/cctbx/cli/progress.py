"""Progress of long runs: on a terminal only, on stderr, and only after a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

__all__ = ["counter"]


def counter(what: str) -> tuple[Callable[[int], None], Callable[[], None]]:
    """A function to call with a growing number, and one that wipes the line when all is done."""
    if not sys.stderr.isatty():
        return (lambda count: None), (lambda: None)
    started = shown = time.monotonic()
    first = started + 1.0

    def count(number: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now > first and now - shown > 0.2:
            shown = now
            sys.stderr.write(f"\r{number:,} {what} ({number / (now - started):,.0f} a second) ")
            sys.stderr.flush()

    def done() -> None:
        if shown != started:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    return count, done
