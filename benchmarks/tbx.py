"""Measures the TBX engine against a bare walk of lxml, and against translate-toolkit, side by side in one run.

    flock /tmp/bench.lock python benchmarks/tbx.py [--concepts 10000] [--edition dct|dca|v2] [--toolkit] [--only JOB]

Every figure is the best of `--repeat` runs, each in a process of its own, in seconds of processor time (user and
system), with the peak resident memory of that process. With two processes it is the time on the clock, against that of
the walk, and the memory of the larger process; beside it stands the time of the busiest process, which is what the
clock would say on an idle machine. A bare walk is `iterparse` over the entries with clearing; TMX has its own.
`translate-toolkit` reads the file and touches source, target and notes of each unit; both read the same file.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "src")]

from generate import generate  # noqa: E402

BARS = {
    "read": 2.5, "TBX → TBX": 3.2, "TBX → CSV": 3.0, "validate": 3.5, "validate, two processes": 2.0,
    "read, two processes": 1.4, "TBX → TBX, two processes": 1.8, "TBX → CSV, two processes": 1.7, "TMX read": 2.0,
}  # fmt: skip


def walk(path: Path) -> int:
    from lxml import etree

    count = 0
    names = ("{*}conceptEntry", "{*}termEntry", "{*}tu")
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


def count_entries(entries: Iterable[object]) -> int:
    return sum(1 for _ in entries)


def read_by_two(path: Path) -> int:
    from cctbx.workflows.sharing import map_entries

    return sum(map_entries(path, count_entries, jobs=2))


def converted(path: Path, target: str, jobs: int = 1) -> int:
    """As `cctbx convert` does it, its losses told to somebody who counts them."""
    from cctbx.workflows.convert import Conversion, convert

    with tempfile.TemporaryDirectory() as folder:
        output = str(Path(folder) / f"out{target}")
        return convert(Conversion(source=str(path), target=output, jobs=jobs)).entries


def own_ending(path: Path) -> str:
    return {"v2": ".v2.tbx", "dca": ".dca.tbx"}.get(path.name.split(".")[1], ".tbx")


def rewrite(path: Path) -> int:
    return converted(path, own_ending(path))


def rewrite_by_two(path: Path) -> int:
    return converted(path, own_ending(path), 2)


def to_csv(path: Path) -> int:
    return converted(path, ".csv")


def to_csv_by_two(path: Path) -> int:
    return converted(path, ".csv", 2)


def read_memory(path: Path) -> int:
    from cctbx.formats.contract import ReadOptions
    from cctbx.formats.tmx.reader import read

    with path.open("rb") as stream:
        return sum(1 for _ in read(stream, ReadOptions()))


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


TWO = ", two processes"
JOBS: dict[str, Callable[[Path], int]] = {
    "bare walk": walk, "read": read_model, "read" + TWO: read_by_two, "TBX → TBX": rewrite,
    "TBX → TBX" + TWO: rewrite_by_two, "TBX → CSV": to_csv, "TBX → CSV" + TWO: to_csv_by_two,
    "validate, no checks": structure, "validate": validated, "validate" + TWO: validated_by_two,
    "translate-toolkit": toolkit, "TMX walk": walk, "TMX read": read_memory,
}  # fmt: skip


def child(job: str, path: Path) -> None:
    """Runs one job in this process and prints its figures."""
    clock, started = time.perf_counter(), time.process_time()
    JOBS[job](path)
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({
        "seconds": time.process_time() - started, "clock": time.perf_counter() - clock,
        "busiest": max(time.process_time() - started, (others.ru_utime + others.ru_stime) / 2),
        "megabytes": max(own.ru_maxrss, others.ru_maxrss) / 1024,
    }))  # fmt: skip


def measured(job: str, path: Path, repeat: int) -> dict[str, float]:
    runs = []
    for _ in range(repeat):
        done = subprocess.run([sys.executable, __file__, "--child", job, str(path)], capture_output=True, text=True,
                              check=True)  # fmt: skip
        runs.append(json.loads(done.stdout))
    found: dict[str, float] = {each: min(run[each] for run in runs) for each in ("seconds", "clock", "busiest")}
    found["megabytes"] = max(run["megabytes"] for run in runs)
    return found


def told(job: str, found: dict[str, float], base: dict[str, float]) -> str:
    """A line of the report."""
    bar = f"(bar {BARS[job]})" if job in BARS else ""
    time, of = ("clock", "clock") if TWO in job else ("seconds", "seconds")
    line = f"{job:24} {found[time]:8.2f} s {found[time] / base[of]:6.2f} walks {found['megabytes']:7.0f} MB {bar}"
    return line + (f" busiest {found['busiest'] / base['seconds']:.2f} walks" if TWO in job else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--concepts", type=int, default=10_000)
    parser.add_argument("--edition", choices=("dct", "dca", "v2"), default="dct")
    parser.add_argument("--irregular", action="store_true", help="entries of many outlines (see generate.py)")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--toolkit", action="store_true", help="with translate-toolkit (v2 only, much memory)")
    parser.add_argument("--only", action="append", choices=tuple(JOBS), help="this job (and the walks); repeatable")
    parser.add_argument("--directory", type=Path, help="where the files go; default: the system's temporary folder")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child[0], Path(arguments.child[1]))
        return
    wanted = [job for job in JOBS if not arguments.only or job in arguments.only or "walk" in job]
    if not (arguments.toolkit and arguments.edition == "v2") and "translate-toolkit" in wanted:
        wanted.remove("translate-toolkit")
    with tempfile.TemporaryDirectory(dir=arguments.directory) as directory:
        folder = Path(directory)
        file = folder / f"bench.{arguments.edition}.tbx"
        path = generate(arguments.concepts, file, arguments.edition, arguments.irregular)
        print(f"{arguments.concepts:,} concepts × 5 languages, {path.stat().st_size / 1e6:.0f} MB, {arguments.edition}")
        base: dict[str, float] = {}
        for job in wanted:
            if job == "TMX walk":
                path.unlink()
                path = generate(arguments.concepts, folder / "bench.tmx", "tmx")
                print(f"TMX, {path.stat().st_size / 1e6:.0f} MB")
            found = measured(job, path, arguments.repeat)
            base = found if job in ("bare walk", "TMX walk") else base
            print(told(job, found, base), flush=True)


if __name__ == "__main__":
    main()
