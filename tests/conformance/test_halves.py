"""Two processes say what one does, in its order, whatever the file holds; where they cannot, one goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cctbx.findings import Finding
from cctbx.workflows import halves, validate
from cctbx.workflows.validate import Validation, validate_file
from tests.conformance.test_validator import HEAD, TAIL, V2, entry

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the other process has to be a fork")

COUNT = 900
OLD = (
    '<termEntry id="%s"><langSet xml:lang="en"><tig><term>a</term><termNote type="partOfSpeech">noun</termNote></tig>'
    "</langSet></termEntry>\n"
)
STRAY = '<langSec xml:lang="en"><termSec><term>lost</term></termSec></langSec>'


def several(**changed: str) -> str:
    """Entries of which some, by their number, are replaced."""
    made = (
        entry(f"e{number}", f'<descrip type="definition">thing no {number % 50}</descrip>', f"term {number % 400}")
        for number in range(COUNT)
    )
    return "".join(changed.get(f"e{number}", each) for number, each in enumerate(made))


FILES: dict[str, tuple[str, bool]] = {
    "nothing special": (several(), True),
    "faults in both": (several(e9=entry("e9", note="Noun"), e800=entry("e800", note="Verb")), True),
    "an id twice": (several(e9=entry("e800")), True),
    "references across": (
        several(e9=entry("e9", '<ref type="crossReference" target="e800">x</ref>'),
                e800=entry("e800", '<ref type="crossReference" target="e9">x</ref>'),
                e801=entry("e801", '<ref type="crossReference" target="none">x</ref>')), True),
    "not well-formed at first": (several(e9=entry("e9", term="a < b")), False),
    "not well-formed at last": (several(e800=entry("e800", term="a < b")), True),
    "text between entries": (several(e9=entry("e9") + "stray", e800=entry("e800") + "stray"), True),
    "text at the cut": (several(**{f"e{at}": entry(f"e{at}") + "stray" for at in range(400, 600)}), True),
    "comments": (several(**{f"e{at}": entry(f"e{at}") + "<!-- <conceptEntry -->" for at in range(10)}), False),
    "the cut in a comment": (
        several(e300="<!--" + entry("e300"), e700=entry("e700") + "-->"), False),
    "no ids": (several(e9=entry("e9").replace(' id="e9"', ""), e800=entry("e800").replace(' id="e800"', "")), True),
    "lost sections at first": (several(e9=STRAY), False),
    "lost sections at last": (several(e800=STRAY), True),
    "other names at first": (several(e9=OLD % "e9"), False),
    "other names at last": (several(e800=OLD % "e800"), True),
    "no end": (several(e800=entry("e800").replace("</conceptEntry>", "")), True),
    "larger dialect": (several(e800=entry("e800", '<admin type="entrySource">x</admin>')), True),
}  # fmt: skip


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often two processes could do it."""
    told: list[str] = []
    original = halves.in_halves

    def spy(path: str, name: str, options: Validation) -> Iterator[Finding]:
        try:
            yield from original(path, name, options)
            told.append("two")
        except halves.NotInHalvesError:
            told.append("one")
            raise

    monkeypatch.setattr(halves, "in_halves", spy)
    monkeypatch.setattr(validate, "_PAYS", 0)
    return told


def both(path: Path) -> tuple[list[Finding], list[Finding]]:
    return list(validate_file(path)), list(validate_file(path, options=Validation(workers=2)))


@pytest.mark.parametrize("name", FILES)
def test_two_processes_say_what_one_does(name: str, tmp_path: Path, outcomes: list[str]) -> None:
    text, shared = FILES[name]
    path = tmp_path / "some.tbx"
    path.write_text(HEAD + text + TAIL, encoding="utf-8")
    one, two = both(path)
    assert two == one
    assert len(one) > 500
    assert outcomes == ["two" if shared else "one"]


@pytest.mark.parametrize("breaks", ["\r\n", "\r"])
def test_other_line_ends(breaks: str, tmp_path: Path, outcomes: list[str]) -> None:
    path = tmp_path / "some.tbx"
    path.write_bytes((HEAD + several(e800=entry("e800", note="Verb")) + TAIL).replace("\n", breaks).encode())
    one, two = both(path)
    assert two == one
    assert outcomes == ["two" if breaks == "\r\n" else "one"]


def test_files_of_2008_with_an_object_that_only_the_other_half_refers_to(tmp_path: Path, outcomes: list[str]) -> None:
    person = (
        '<transacGrp><transac type="transactionType">origination</transac>'
        '<transacNote type="responsibility" target="p1">P</transacNote></transacGrp>'
    )
    entries = "".join(OLD % f"e{number}" for number in range(COUNT)).replace("<langSet", person + "<langSet", 1)
    back = '<back><refObjectList type="respPerson"><refObject id="p1"><item type="fn">P</item></refObject>'
    path = tmp_path / "some.tbx"
    text = f"{V2}<text><body>\n{entries}</body>{back}</refObjectList></back></text></martif>\n"
    path.write_text(text, encoding="utf-8")
    one, two = both(path)
    assert two == one
    assert not [each for each in two if each.code in ("TBX303", "TBX309")]
    assert outcomes == ["two"]


def test_another_hash_and_two_processes_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "some.tbx"
    path.write_text(HEAD + several() + TAIL, encoding="utf-8")
    program = (
        "import sys; from cctbx.workflows import validate as v; v._PAYS = 0\n"
        "print(*v.validate_file(sys.argv[1], options=v.Validation(workers=int(sys.argv[2]))), sep=chr(10))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program, str(path), workers], capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed, workers in (("1", "1"), ("2", "1"), ("3", "2"), ("4", "2"))
    }  # fmt: skip
    assert len(said) == 1


def test_as_many_line_breaks_as_the_parser_could_not_stand(tmp_path: Path, outcomes: list[str]) -> None:
    """A tag of more than ten million characters is too much for it; the lines stay right."""
    loose = entry("%s").replace("\n", "\n" * 25_000)
    made = "".join(loose % f"e{number}" for number in range(160))
    path = tmp_path / "some.tbx"
    path.write_text(HEAD + made + entry("e160", note="Noun") + entry("e5") + TAIL, encoding="utf-8")
    one, two = both(path)
    assert two == one
    assert outcomes == ["two"]
    wrong = [each for each in one if each.code in ("TBX001", "TBX205", "TBX301")]
    assert [(each.code, each.line) for each in wrong] == [("TBX205", 12_000_006), ("TBX301", 12_000_008)]
