"""Work on the portions of a large file in several processes, in order and in bounded memory; where it pays.

The work on a portion is a value that can be pickled; each process gets it once and calls it for one portion after the
other, so it may remember what it has learned. What it makes comes back in the order of the file.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

from cctbx.model.portions import Made, Portion

__all__ = ["Work", "cores", "processes", "shared"]

Work = Callable[[BinaryIO, int, int], Portion[Made]]
"""From the file and the byte offsets of a portion to what is made of it."""

_PAYS = 24 << 20
"""From this many bytes on a second process saves more than it costs."""
_AHEAD = 2
"""Portions in the works for each process: more would only wait, and need memory."""


def cores() -> int:
    """How many cores this process may use."""
    with contextlib.suppress(AttributeError):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _idle_cores() -> float:
    """How many cores have had nothing to do in the last minute."""
    with contextlib.suppress(AttributeError, OSError):
        return cores() - os.getloadavg()[0]
    return cores()


def processes(size: int, wanted: int | None = None) -> int:
    """How many processes should work on a file of so many bytes; the user's wish counts, if there is one.

    Without one: two for a large file, if two cores are idle; on a busy machine two were slower than one.
    """
    if wanted is not None:
        return max(1, wanted)
    return 2 if size >= _PAYS and cores() > 1 and _idle_cores() > 1 else 1


_work: Work[Any] | None = None
_file: BinaryIO | None = None


def _begin(work: Work[Any], path: str) -> None:
    global _work, _file
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that waits for us will say so
    _work, _file = work, Path(path).open("rb")  # noqa: SIM115 (as long as the process lives)


def _one(start: int, end: int) -> Portion[Any]:
    assert _work is not None and _file is not None
    return _work(_file, start, end)


def shared(path: str, stops: Sequence[int], work: Work[Made], jobs: int) -> Iterator[Portion[Made]]:
    """What `work` makes of each portion, the bytes from one stop to the next, in order.

    Where a process dies, the portions from there on are missing.
    """
    # a fork starts at once and hashes as we do, so that even findings of equal rank come in the same order
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    waiting: deque[concurrent.futures.Future[Portion[Any]]] = deque()
    pool = concurrent.futures.ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(work, path))
    try:
        for start, end in pairwise(stops):
            waiting.append(pool.submit(_one, start, end))
            if len(waiting) == jobs * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except concurrent.futures.BrokenExecutor:
        return  # `read_parts` reads the rest itself
    finally:
        pool.shutdown(cancel_futures=True)
