"""Mutated files: no crash, no hang, and what is read can be written.

`CCTBX_MUTANTS=100000` runs the full number; each mutant is reproducible from its number.
"""

from __future__ import annotations

import os
import random
import time

import pytest

from cctbx.errors import InputError
from cctbx.formats.tbx.editions import edition_of
from tests.formats.tbx.support import read_all, written
from tests.support import SHARED

MUTANTS = int(os.environ.get("CCTBX_MUTANTS", "300"))
PIECES = (
    b"<", b">", b"&", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"\0", b"\xff\xfe", b"&#0;", b"&x;",
    b'"', b"'",
    b"<conceptEntry", b"</conceptEntry>", b"<termEntry id=''>", b"<langSec>", b"</term>", b"xmlns=''", b"<a:b>", b"\r",
    b"<!DOCTYPE x [", b"]>", b"xml:lang=", b"<hi>", b"<note>" * 30, b"\xed\xa0\x80", b"&#xD800;", b"<term/>",
)  # fmt: skip


def seeds() -> list[bytes]:
    paths = [path for path in (SHARED / "conformance").rglob("*.tbx") if path.stat().st_size < 20_000]
    if not paths:
        pytest.skip("third-party test data not here: conformance (set CCTBX_SHARED)")
    return [path.read_bytes() for path in sorted(paths)]


def mutant(content: bytes, chance: random.Random) -> bytes:
    """The content after one to five small accidents."""
    held = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(held) + 1)
        end = min(len(held), at + chance.choice((0, 1, 2, 10, 300)))
        kind = chance.randrange(5)
        if kind == 0:
            del held[at:end]
        elif kind == 1:
            held[at:at] = chance.choice(PIECES)
        elif kind == 2:
            held[at:end] = chance.choice(PIECES)
        elif kind == 3:
            held[at:at] = held[at:end] * 2
        elif at < len(held):
            held[at] = chance.randrange(256)
    return bytes(held)


def test_mutants() -> None:
    originals = seeds()
    edition = edition_of("tbx", "TBX-Basic", "dct")
    slowest = 0.0
    for number in range(MUTANTS):
        chance = random.Random(number)
        content = mutant(chance.choice(originals), chance)
        started = time.process_time()
        try:
            base = read_all(content)
        except InputError:
            continue
        except Exception as error:
            raise AssertionError(f"mutant {number}: {error!r}") from error
        finally:
            slowest = max(slowest, time.process_time() - started)
        once = written(base, edition)
        assert written(read_all(once), edition) == once, f"mutant {number}"
    assert slowest < 2
