"""Measures comparisons: correctness on a known edit script, speed and memory on large TBX files.

    python benchmarks/diff.py script                    10,000 concepts × 5 languages, ids kept and renumbered
    python benchmarks/diff.py speed [CONCEPTS] [DIR]    two TBX files, against a bare lxml walk over both, in one run
    python benchmarks/diff.py formats [CONCEPTS] [DIR]  editions, other formats, three-way merges, against the same walk

Each figure of `speed` and `formats` is of a fresh process: seconds of processor time, times the walk, peak resident
memory.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

ENTRY = re.compile(r'<(?:conceptEntry|termEntry) id="c(\d+)"')


def script(count: int = 10_000) -> None:
    """How many edits of the script are reported with their kind, and how many reports are wrong."""
    from benchmarks.releases import Expected, edited_release, release
    from cctbx.diff import Kind, compare

    for renumber in (False, True):
        old = release(count)
        made = edited_release(old, renumber=renumber)
        start = time.perf_counter()
        changes = compare(old, made.concepts)
        seconds = time.perf_counter() - start
        found = Counter(Expected(each.kind, each.concept or "", each.becomes, each.language) for each in changes)
        expected = Counter(made.changes)
        now = {each.concept: each.becomes for each in changes if each.kind is Kind.CONCEPT_RENUMBERED}
        right = sum(now.get(name, name) == then for name, then in made.same.items())
        print(
            f"ids {'renumbered' if renumber else 'kept'}: {len(changes)} changes, missing "
            f"{(expected - found).total()}, wrong {(found - expected).total()}, matched {right / len(made.same):.4f}, "
            f"{seconds:.2f} s"
        )


def next_release(source: Path, target: Path, *, renumber: bool = False, reformat: bool = False) -> None:
    """The same file with 1 % of its concepts edited; with all ids new, or indented another way."""
    number = 0
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8", newline="\n") as out:
        for line in lines:
            if found := ENTRY.search(line):
                number = int(found[1])
                line = line.replace(f'"c{number}"', f'"k{number}"') if renumber else line
            if number % 100 == 50 and "The en definition" in line:
                line = line.replace("a way to spread", "the best way to spread")
            out.write("\t\t" + line.lstrip() if reformat and number else line)


def walk(*files: str) -> None:
    """The yardstick: every concept entry of both files parsed by lxml and forgotten."""
    from lxml import etree

    for file in files:
        for _, element in etree.iterparse(file, events=("end",), tag="{*}conceptEntry"):
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def compared(old: str, new: str) -> None:
    """One comparison, as the command makes it."""
    from cctbx.workflows.diff import diff, rendered

    comparison, _ = diff(old, new)
    rendered(comparison, "json")
    print(len(comparison.changes.changes), end=" changes  ")


def merged(base: str, ours: str, theirs: str, output: str) -> None:
    """One merge, as the command makes it."""
    from cctbx.workflows.merge import merge_files

    result, _ = merge_files(base, ours, theirs, output)
    print(len(result.conflicts), end=" conflicts  ")


def measured(*arguments: str) -> tuple[float, float]:
    """Seconds and peak MB of this script run with other arguments."""
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, capture_output=True, text=True)
    seconds, peak = done.stdout.split("measured ")[1].split()
    return float(seconds), float(peak)


def speed(count: int, directory: Path) -> None:
    """Writes the files, then measures."""
    from benchmarks.generate import generate

    old = directory / "old.tbx"
    if not old.exists():
        generate(count, old)
    kinds: dict[str, dict[str, bool]] = {"ids kept": {}, "reformatted": {"reformat": True},
                                         "renumbered": {"renumber": True}}  # fmt: skip
    for name, options in kinds.items():
        new = directory / f"{name.replace(' ', '-')}.tbx"
        if not new.exists():
            next_release(old, new, **options)
        yardstick, _ = measured("walk", str(old), str(new))
        seconds, peak = measured("compared", str(old), str(new))
        size = (old.stat().st_size + new.stat().st_size) / 1e6
        print(
            f"{name}: {count} concepts, {size:.0f} MB, walk {yardstick:.1f} s, comparison {seconds:.1f} s = "
            f"{seconds / yardstick:.2f} × walk, peak {peak:.0f} MB", flush=True,
        )  # fmt: skip


FORMATS = (("another edition", "old.tbx", "new.v2.tbx"), ("JSON Lines", "old.jsonl", "new.jsonl"),
           ("CSV", "old.csv", "new.csv"), ("TMX", "old.tmx", "new.tmx"),
           ("TBX and CSV", "old.tbx", "new.csv"))  # fmt: skip


def prepare(count: str, directory: str) -> None:
    """Both releases in all formats, in a process of its own: what it takes is not to count."""
    from benchmarks.generate import generate
    from cctbx.workflows.convert import Conversion, convert

    old, new = generate(int(count), Path(directory, "old.tbx")), Path(directory, "new.tbx")
    next_release(old, new)
    for source, stem in ((old, "old"), (new, "new")):
        for ending, name in ((".v2.tbx", "tbx-v2"), (".jsonl", "jsonl"), (".csv", "csv"), (".tmx", "tmx")):
            convert(Conversion(source=str(source), target=str(Path(directory, f"{stem}{ending}")), to_format=name))


def formats(count: int, directory: Path) -> None:
    """The same two releases in other formats; and merges of a side with edits."""
    if not (directory / "new.tmx").exists():
        measured("prepare", str(count), str(directory))
    yardstick, _ = measured("walk", str(directory / "old.tbx"), str(directory / "new.tbx"))
    print(f"{count} concepts, walk {yardstick:.1f} s", flush=True)
    for name, one, other in FORMATS:
        seconds, peak = measured("compared", str(directory / one), str(directory / other))
        print(f"{name}: {seconds:.1f} s = {seconds / yardstick:.2f} × walk, peak {peak:.0f} MB", flush=True)
    for ending in (".tbx", ".jsonl"):
        one, other = (str(directory / f"{stem}{ending}") for stem in ("old", "new"))
        seconds, peak = measured("merged", one, other, one, str(directory / f"merged{ending}"))
        print(f"merge {ending}: {seconds:.1f} s = {seconds / yardstick:.2f} × walk, peak {peak:.0f} MB", flush=True)


CHILDREN: dict[str, Callable[..., None]] = {
    "walk": walk, "compared": compared, "merged": merged, "prepare": prepare,
}  # fmt: skip
"""What a process of its own measures."""


def main() -> None:
    name, *rest = sys.argv[1:] or ["script"]
    if name == "script":
        script(*map(int, rest))
    elif name in ("speed", "formats"):
        count = int(rest[0]) if rest else 100_000 if name == "speed" else 20_000
        with tempfile.TemporaryDirectory(prefix="cctbx-") as temporary:
            directory = Path(rest[1]) if len(rest) > 1 else Path(temporary)
            directory.mkdir(parents=True, exist_ok=True)
            {"speed": speed, "formats": formats}[name](count, directory)
    elif name not in CHILDREN:
        raise SystemExit(__doc__)
    else:
        CHILDREN[name](*rest)
        used = resource.getrusage(resource.RUSAGE_SELF)
        print("measured", used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
