"""Mutated files whose entries repeat: the quick ways of reading, writing and judging give what the long ones give.

`CCTBX_MUTANTS=10000` runs more of them (from `CCTBX_FIRST_MUTANT` on); a mutant is reproducible from its number.
"""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions, WriteOptions
from cctbx.formats.registry import format_named
from cctbx.formats.tbx import fastreading, plans
from cctbx.formats.tbx.reader import read
from cctbx.formats.tbx.validation import session
from cctbx.formats.tbx.validation.shortcut import Shortcut
from cctbx.model import TermBase, TermBaseStream
from cctbx.workflows import validate
from cctbx.workflows.validate import Validation, validate_file
from tests.checks.irregular import document
from tests.conformance.test_fuzz import of_bytes, of_tree
from tests.formats.tbx.test_fast_ways import exact

MUTANTS = int(os.environ.get("CCTBX_MUTANTS", "400")) // 10
FIRST = int(os.environ.get("CCTBX_FIRST_MUTANT", "0"))
CAUGHT = (1603, 5479)
"""What once went wrong: a line separator between name and attribute; empty dates and picklist values."""
TARGETS = ("csv", "tbx", "tbx-v2", "tbx-dca")


def mutant(number: int) -> bytes:
    """A term base whose heads and sections come again, after a few accidents (every fourth has had none)."""
    chance = random.Random(number)
    content = document(number, edition=chance.choice(("v3", "v2")), count=40, odd=chance.choice((0, 0.1, 0.4))).encode()
    if number % 4 == 1:
        return of_tree(content, chance) or content
    return of_bytes(content, chance) if number % 4 else content


Outcome = tuple[object, list[Finding]] | str


def outcome(content: bytes) -> tuple[Outcome, TermBase | None]:
    """What reading gives, down to the lines, and what it reports; or that it is refused."""
    found: list[Finding] = []
    try:
        base = read(io.BytesIO(content), ReadOptions(file="m.tbx", report=found.append)).materialise()
    except InputError as error:
        return str(error), None
    return (exact(base.concepts), found), base


def long_outcome(content: bytes) -> tuple[Outcome, TermBase | None]:
    def refuse(self: object, text: str, line: int) -> None:
        raise fastreading.Irregular

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plans.PlannedReader, "item", refuse)
        return outcome(content)


def made(stream: TermBaseStream, target: str) -> tuple[bytes, list[Finding]]:
    """What a format makes of a stream, and what it says is lost."""
    out, found = io.BytesIO(), list[Finding]()
    write: Callable[..., None] | None = format_named(target).write
    assert write is not None
    write(stream, out, WriteOptions(report=found.append))
    return out.getvalue(), found


def judged(file: Path, *, quickly: bool) -> list[Finding] | str:
    """The findings of structure and house checks, or why the file is refused."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "_HEAD", 2000)
        patch.setattr(session, "_CHUNK", 1500)
        if not quickly:
            patch.setattr(Shortcut, "accepts", lambda *_: False)
            patch.setattr(Shortcut, "knows", lambda *_: None)
            patch.setattr(validate, "_ALIKE", frozenset())
        try:
            return list(validate_file(file, options=Validation()))
        except InputError as error:
            return str(error)


def test_mutants(tmp_path: Path) -> None:
    file, wrong = tmp_path / "mutant.tbx", dict[int, str]()
    for number in (*CAUGHT, *range(FIRST, FIRST + MUTANTS)):
        content = mutant(number)
        file.write_bytes(content)
        expected, base = long_outcome(content)
        if outcome(content)[0] != expected:
            wrong[number] = "reading"
        elif judged(file, quickly=True) != judged(file, quickly=False):
            wrong[number] = "judging"
        if base is None:
            continue
        for target in TARGETS:
            if made(read(io.BytesIO(content), ReadOptions(file="m.tbx")), target) != made(base.stream(), target):
                wrong[number] = f"writing {target}"
    assert not wrong
