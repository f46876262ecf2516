"""What the table wants a warning for gets one, from the validator or from the house checks, and stays valid."""

from __future__ import annotations

import datetime
import random
from io import BytesIO

import pytest

from cctbx.checks import COVERED_BY_TBX, CheckOptions, check
from cctbx.findings import Finding, Severity
from cctbx.findings.codes import CODE
from cctbx.formats.contract import ReadOptions
from cctbx.formats.tbx.reader import read
from cctbx.formats.tbx.validation import ValidationOptions, validate
from tests.conformance.expected import Row, rows

WANTED = [row for row in rows() if row.remark.startswith("warning wanted") and row.file.endswith(".tbx")]
ADVICE = {"CHK701": "no definition", "CHK702": "part of speech", "TBX008": "DOCTYPE"}
"""Warnings that most probes get on top; they count where they are wanted only."""


def everything(row: Row) -> list[Finding]:
    options = CheckOptions(ignore=COVERED_BY_TBX, today=datetime.date(2026, 1, 1))
    with row.path.open("rb") as stream:
        found = list(validate(stream, file=row.file))
    with row.path.open("rb") as stream:
        return found + list(check(read(stream, ReadOptions(file=row.file)), options))


@pytest.mark.parametrize("row", WANTED, ids=str)
def test_wanted_warning(row: Row) -> None:
    found = everything(row)
    assert not [each for each in found if each.severity is Severity.ERROR]
    telling = [
        each for each in found
        if each.severity is Severity.WARNING and (each.code not in ADVICE or ADVICE[each.code] in row.remark)
    ]  # fmt: skip
    assert telling, [each.code for each in found]


def test_valid_probes_get_no_error_from_house_checks() -> None:
    valid = [row for row in rows() if row.valid and row.mode == "intended" and row.file.endswith(".tbx")]
    wrong = {str(row): [each.code for each in everything(row) if each.severity is Severity.ERROR] for row in valid}
    assert not {name: codes for name, codes in wrong.items() if codes}


TOKENS = (b"<", b">", b"&", b'"', b"</", b"<!--", b"-->", b"<![CDATA[", b"\0", b"\xff\xfe", b"&x;", b"\xc3", b'type=""',
          b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b'<conceptEntry id="x">', b"</termEntry>")  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(made) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            made[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del made[at : at + chance.randrange(50)]
        elif kind == 2:
            made[at:at] = chance.choice(TOKENS)
        else:
            start = chance.randrange(len(made) + 1)
            made[at:at] = made[start : start + chance.randrange(300)]
    return bytes(made)


@pytest.mark.parametrize("mode", ["intended", "strict"])
def test_mutated_files_are_findings(mode: str) -> None:
    files = sorted({row.path for row in rows() if row.path.stat().st_size < 6000})
    if not files:
        pytest.skip("third-party test data not here (set CCTBX_SHARED)")
    chance = random.Random(20261122)
    for _ in range(600):
        data = mutated(chance.choice(files).read_bytes(), chance)
        options = ValidationOptions(mode="strict" if mode == "strict" else "intended")
        assert all(each.code in CODE for each in validate(BytesIO(data), file="mutated", options=options))
