"""Measures the TBX engine against a bare walk of lxml, and against translate-toolkit, side by side in one run.

    flock /tmp/bench.lock python benchmarks/tbx.py [--concepts 10000] [--edition dct|dca|v2] [--toolkit]

Every figure is the best of `--repeat` runs, each in a process of its own, in seconds of processor time (user and
system), with the peak resident memory of that process; with two processes it is the time on the clock, and the memory
of the larger one. A bare walk is `iterparse` over the entries with clearing.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "src")]

from generate import generate  # noqa: E402

BARS = {
    "read": 2.5, "TBX → TBX": 3.2, "TBX → CSV": 3.0, "validate": 3.5, "validate, two processes": 2.0,
}  # fmt: skip


def walk(path: Path) -> int:
    from lxml import etree

    count = 0
    names = ("{*}conceptEntry", "{*}termEntry")
    for _, element in etree.iterparse(str(path), tag=names, huge_tree=True):
        count += 1
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return count


def read_model(path: Path) -> int:
    from cctbx.formats.contract import ReadOptions
    from cctbx.formats.tbx.reader import read

    with path.open("rb") as stream:
        return sum(1 for _ in read(stream, ReadOptions()))


def rewrite(path: Path) -> int:
    from cctbx.formats.contract import ReadOptions, WriteOptions
    from cctbx.formats.tbx import FORMATS
    from cctbx.formats.tbx.reader import read

    name = {"v2": "tbx-v2", "dca": "tbx-dca"}.get(path.name.split(".")[1], "tbx")
    write = next(each.write for each in FORMATS if each.name == name)
    assert write is not None
    with path.open("rb") as stream, tempfile.TemporaryFile() as output:
        write(read(stream, ReadOptions()), output, WriteOptions())
        return output.tell()


def to_csv(path: Path) -> int:
    from cctbx.formats.contract import ReadOptions, WriteOptions
    from cctbx.formats.registry import format_named
    from cctbx.formats.tbx.reader import read

    write = format_named("csv").write
    assert write is not None
    with path.open("rb") as stream, tempfile.TemporaryFile() as output:
        write(read(stream, ReadOptions()), output, WriteOptions())
        return output.tell()


def validated(path: Path, *, checks: bool = True, workers: int = 1) -> int:
    from cctbx.workflows.validate import Validation, validate_file

    return sum(1 for _ in validate_file(path, options=Validation(checks=checks, workers=workers)))


def structure(path: Path) -> int:
    return validated(path, checks=False)


def validated_by_two(path: Path) -> int:
    return validated(path, workers=2)


def toolkit(path: Path) -> int:
    from translate.storage.tbx import tbxfile

    units = tbxfile.parsefile(str(path)).units
    return sum(len(unit.source or "") + len(unit.target or "") + len(unit.getnotes()) for unit in units)


JOBS: dict[str, Callable[[Path], int]] = {
    "bare walk": walk, "read": read_model, "TBX → TBX": rewrite, "TBX → CSV": to_csv, "validate, no checks": structure,
    "validate": validated, "validate, two processes": validated_by_two, "translate-toolkit": toolkit,
}  # fmt: skip


def child(job: str, path: Path) -> None:
    """Runs one job in this process and prints its figures."""
    clock = time.perf_counter if job == "validate, two processes" else time.process_time
    started = clock()
    JOBS[job](path)
    seconds = clock() - started
    peak = max(resource.getrusage(each).ru_maxrss for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak}))


def measured(job: str, path: Path, repeat: int) -> dict[str, float]:
    runs = []
    for _ in range(repeat):
        done = subprocess.run([sys.executable, __file__, "--child", job, str(path)], capture_output=True, text=True,
                              check=True)  # fmt: skip
        runs.append(json.loads(done.stdout))
    return {"seconds": min(run["seconds"] for run in runs), "megabytes": max(run["megabytes"] for run in runs)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--concepts", type=int, default=10_000)
    parser.add_argument("--edition", choices=("dct", "dca", "v2"), default="dct")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--toolkit", action="store_true", help="with translate-toolkit (v2 only, much memory)")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child[0], Path(arguments.child[1]))
        return
    with tempfile.TemporaryDirectory() as directory:
        path = generate(arguments.concepts, Path(directory) / f"bench.{arguments.edition}.tbx", arguments.edition)
        print(f"{arguments.concepts:,} concepts × 5 languages, {path.stat().st_size / 1e6:.0f} MB, {arguments.edition}")
        base = 0.0
        for job in JOBS:
            if job == "translate-toolkit" and not (arguments.toolkit and arguments.edition == "v2"):
                continue
            found = measured(job, path, arguments.repeat)
            base = base or found["seconds"]
            bar = f"(bar {BARS[job]})" if job in BARS else ""
            walks = found["seconds"] / base
            print(f"{job:24} {found['seconds']:8.2f} s {walks:6.2f} walks {found['megabytes']:7.0f} MB {bar}")


if __name__ == "__main__":
    main()
