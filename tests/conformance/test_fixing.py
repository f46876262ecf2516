"""Safe repairs: each does what it says, nothing else changes, and a second run finds nothing to do."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cctbx.findings import Finding
from cctbx.formats.tbx.validation import validate
from cctbx.formats.tbx.validation.fixing import fix
from tests.support import shared_path

DCA = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
  <tbxHeader><fileDesc><sourceDesc><p>test</p></sourceDesc></fileDesc></tbxHeader>
  <text><body><conceptEntry id="c1"><descrip type="subjectField">printing</descrip>
    <langSec xml:lang="en-GB"><termSec><term>laser printer</term><termNote type="partOfSpeech">noun</termNote>
      <transacGrp><transac type="transactionType">origination</transac><date>2024-01-31</date></transacGrp>
    </termSec></langSec></conceptEntry></body></text>
</tbx>
"""


def fixed(data: bytes) -> tuple[bytes, list[Finding]]:
    output = io.BytesIO()
    made = list(fix(io.BytesIO(data), output, file="t.tbx"))
    return output.getvalue(), made


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ('style="dca"', 'style="DCA"', 2),
        ('type="TBX-Basic"', 'type="tbx-basic"', 2),
        ("urn:iso:std:iso:30042:ed-2", "urn:iso:std:iso:30042:ed:3.0", 2),
        ("urn:iso:std:iso:30042:ed-2", "urn:iso:std:iso:30042:ED-2", 2),
        ('type="subjectField"', 'type="subjectfield"', 4),
        ('xml:lang="en-GB"', 'xml:lang="en_GB"', 5),
        ('xml:lang="en-GB"', 'xml:lang="EN-gb"', 5),
        ('xml:lang="en-GB"', 'lang="en-GB"', 5),
        ("<term>laser printer</term>", "<term> laser  printer </term>", 5),
        ("<term>laser printer</term>", "<term>laser\n   printer</term>", 5),
        (">noun<", ">Noun<", 5),
        (">noun<", "> noun <", 5),
        (">2024-01-31<", "> 2024-01-31 <", 6),
        (">2024-01-31<", ">2024-1-31<", 6),
    ],
)
def test_a_fault_is_repaired_and_reported(right: str, wrong: str, line: int) -> None:
    assert right in DCA
    result, made = fixed(DCA.replace(right, wrong).encode())
    assert result.decode() == DCA
    assert [(each.code, each.line) for each in made] == [("TBX901", line)]


@pytest.mark.parametrize(
    "kept",
    [
        DCA,
        DCA.replace("laser printer", "<!-- <term> a </term> -->laser printer"),
        DCA.replace("laser printer", "<![CDATA[ a  b ]]>"),
        DCA.replace("laser printer", " a &amp;  b"),
        DCA.replace(">noun<", ">substantive<"),
        DCA.replace(">2024-01-31<", ">31.01.2024<"),
        DCA.replace('xml:lang="en-GB"', 'xml:lang="english language"'),
        DCA.replace("\n", "\r\n"),
    ],
)
def test_what_has_no_single_right_form_stays(kept: str) -> None:
    assert fixed(kept.encode()) == (kept.encode(), [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_the_encoding_stays(encoding: str) -> None:
    declared = {"utf-8-sig": "UTF-8"}.get(encoding, encoding.upper())
    text = DCA.replace("UTF-8", declared).replace("printing", "trükken")
    result, made = fixed(text.replace(">noun<", "> Noun<").encode(encoding))
    assert result == text.encode(encoding)
    assert len(made) == 1


def test_style_dct() -> None:
    text = (
        '<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" '
        'xmlns:min="http://www.tbxinfo.net/ns/%smin"><min:partOfSpeech>%s</min:partOfSpeech></tbx>'
    )
    result, made = fixed((text % ("dct/", "Noun")).encode())
    assert result.decode() == text % ("", "noun")
    assert len(made) == 2


def samples() -> list[Path]:
    folder = shared_path("conformance")
    return [
        path
        for path in sorted(folder.rglob("*.tbx"))
        if path.stat().st_size < 400_000 and "ill-formed" not in str(path)
    ]


def test_public_files_are_never_made_worse() -> None:
    count = 0
    for path in samples():
        data = path.read_bytes()
        try:
            result, made = fixed(data)
        except (UnicodeDecodeError, LookupError):
            continue
        if not made:
            assert result == data, path
            continue
        count += 1
        assert fixed(result) == (result, []), path
        before, after = (
            sum(each.severity == "error" for each in validate(io.BytesIO(each_data), file="t"))
            for each_data in (data, result)
        )
        assert after <= before or "xmlns" in str(made), path
    assert count > 20
