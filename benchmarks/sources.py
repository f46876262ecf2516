"""Speed and memory of parsing: `python benchmarks/sources.py [--large]` prints one line per page.

The bar is 2 MB of text a second; a page with a 10 MB line and a page of 100 MB (`--large`) finish in bounded memory.
"""

from __future__ import annotations

import itertools
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from cctbx.model import SourceGlossary
from cctbx.sources import parse_page

SEEDS = Path(__file__).parent.parent / "seeds"
MEGABYTE = 1_000_000


def letters(number: int) -> str:
    """A number as a word: headwords that differ in figures only are chapters, not entries."""
    digits = []
    while True:
        number, digit = divmod(number, 20)
        digits.append("bcdfghjklmnpqrstvwxz"[digit])
        if not number:
            return "a".join(digits) + "o"


def entries() -> Iterator[tuple[str, str]]:
    """Headwords that never repeat, with the definitions of a real page again and again."""
    page = parse_page(
        (SEEDS / "customer-service-wiki.nl.txt").read_bytes(), SourceGlossary(name="x", file="x.txt", language="nl")
    )
    for number in itertools.count():
        for entry in page.entries:
            yield f"{entry.headword} {letters(number)}", entry.definition


def page(size: int, form: str) -> bytes:
    """A page of about `size` bytes; `form` is filled with headword and definition."""
    parts: list[str] = []
    written = 0
    for headword, definition in entries():
        parts.append(form.format(headword, definition))
        written += len(parts[-1]) + 1
        if written > size:
            return "\n".join(parts).encode()
    raise AssertionError


def pages(large: bool) -> Iterator[tuple[str, bytes]]:
    yield "colon, 5 MB", page(5 * MEGABYTE, "{}: {}")
    yield "heading, 5 MB", page(5 * MEGABYTE, "{}\n\n{}\n")
    yield "pipes, 5 MB", page(5 * MEGABYTE, "| {} | {} |")
    yield "one line of 10 MB", b"Agent: " + b"een medewerker die klanten helpt, " * 300_000
    yield "10 MB of commas", b"," * (10 * MEGABYTE)
    if large:
        yield "colon, 100 MB", page(100 * MEGABYTE, "{}: {}")


def main() -> None:
    """Print one line per page."""
    for name, content in pages("--large" in sys.argv):
        start = time.process_time()
        result = parse_page(content, SourceGlossary(name="x", file="x.txt", language="nl"))
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rate = len(content) / MEGABYTE / seconds
        print(
            f"{name:<20} {len(result.entries):>7} entries  {seconds:6.2f} s  {rate:6.2f} MB/s  peak {peak:.0f} MiB",
            flush=True,
        )


if __name__ == "__main__":
    main()
