"""Mutated files through the reader, the validator and the house checks: no crash, no hang, no hunger for memory.

Half of the accidents happen to bytes, half to the tree. `CCTBX_MUTANTS=100000` runs the full number (from
`CCTBX_FIRST_MUTANT` on); a mutant is reproducible from its number.
"""

from __future__ import annotations

import copy
import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from cctbx.errors import InputError
from cctbx.findings.codes import CODE
from cctbx.workflows.validate import Validation, validate_file
from tests.conformance.test_warnings import TOKENS
from tests.support import SHARED

MUTANTS = int(os.environ.get("CCTBX_MUTANTS", "400"))
FIRST = int(os.environ.get("CCTBX_FIRST_MUTANT", "0"))
MOST_SECONDS, MOST_MEGABYTES = 2.0, 300
NAMES = (
    "conceptEntry", "langSec", "termSec", "term", "descrip", "descripGrp", "termNote", "admin", "ref", "xref", "hi",
    "transacGrp", "date", "note", "tig", "ntig", "termEntry", "langSet", "tbx", "body", "back", "sc", "p", "x",
)  # fmt: skip
VALUES = (
    "", " ", "TBX-Min", "dct", "en_US", "sv", "noun", "definition", "c1", "2024-02-30", "a b", "ä" * 300, "%", "]]>",
)  # fmt: skip


@cache
def originals() -> tuple[bytes, ...]:
    paths = (path for path in sorted((SHARED / "conformance").rglob("*")) if path.suffix in (".tbx", ".tmx", ".xml"))
    return tuple(path.read_bytes() for path in paths if path.stat().st_size < 20_000 and "schemas" not in path.parts)


def of_bytes(content: bytes, chance: random.Random) -> bytes:
    """The content after a few accidents to its bytes."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        at, length = chance.randrange(len(made) + 1), chance.choice((1, 2, 10, 300))
        start = chance.randrange(len(made) + 1)
        accidents: tuple[tuple[int, bytes], ...] = (
            (at, chance.choice(TOKENS)), (at + length, b""), (at + 1, bytes([chance.randrange(256)])),
            (at, bytes(made[start : start + length]) * chance.choice((1, 1, 50))),
        )  # fmt: skip
        end, fresh = chance.choice(accidents)
        made[at:end] = fresh
    return bytes(made)


def _renamed(element: Any, chance: random.Random) -> None:
    space = etree.QName(element).namespace if chance.random() < 0.9 else None
    element.tag = etree.QName(space, chance.choice(NAMES))


def _moved(element: Any, chance: random.Random) -> None:
    other = chance.choice([each for each in element.getroottree().iter() if isinstance(each.tag, str)])
    if element not in (other, *other.iterancestors()):
        other.insert(chance.randrange(len(other) + 1), element)


def _removed(element: Any, chance: random.Random) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _doubled(element: Any, chance: random.Random) -> None:
    if element.getparent() is not None:
        for _ in range(chance.choice((1, 1, 1, 40))):
            element.addnext(copy.deepcopy(element))


def _attribute(element: Any, chance: random.Random) -> None:
    names = [*element.keys(), "type", "id", "target", "{http://www.w3.org/XML/1998/namespace}lang"]
    name = chance.choice(names)
    if chance.random() < 0.3:
        element.attrib.pop(name, None)
    else:
        element.set(name, chance.choice(VALUES))


def _text(element: Any, chance: random.Random) -> None:
    places = ("text", "tail") if element.getparent() is not None else ("text",)
    setattr(element, chance.choice(places), chance.choice(VALUES))


def _wrapped(element: Any, chance: random.Random) -> None:
    child = etree.SubElement(element, chance.choice(NAMES))
    for _ in range(chance.choice((0, 1, 200))):
        child = etree.SubElement(child, chance.choice(NAMES))
    child.text = "x"


ACCIDENTS: tuple[Callable[[Any, random.Random], None], ...] = (
    _renamed, _moved, _removed, _doubled, _attribute, _attribute, _text, _wrapped,
)  # fmt: skip


def of_tree(content: bytes, chance: random.Random) -> bytes | None:
    """The content after a few accidents to its tree; None where it has none."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    for _ in range(chance.randint(1, 4)):
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        if not elements:
            break
        chance.choice(ACCIDENTS)(chance.choice(elements), chance)
    encoding = chance.choice(("UTF-8", "UTF-8", "UTF-8", "UTF-16", "ISO-8859-1"))
    return bytes(etree.tostring(root.getroottree(), encoding=encoding, xml_declaration=True))


def mutants() -> Iterator[tuple[int, bytes]]:
    for number in range(FIRST, FIRST + MUTANTS):
        chance = random.Random(number)
        content = chance.choice(originals())
        yield number, (of_tree(content, chance) if number % 2 else None) or of_bytes(content, chance)


def _judged(file: Path, number: int) -> str | None:
    """What went wrong with a mutant, if anything."""
    started = time.process_time()
    try:
        for each in validate_file(file, options=Validation(strict=number % 4 > 1)):
            if each.code not in CODE:
                return f"unknown code {each.code}"
    except InputError:
        pass  # it says so, with the file: that is an answer
    except Exception as error:
        return repr(error)
    seconds = time.process_time() - started
    return None if seconds < MOST_SECONDS else f"{seconds:.1f} s"


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_mutants(tmp_path: Path) -> None:
    if not originals():
        pytest.skip("third-party test data not here: conformance (set CCTBX_SHARED)")
    file, before, wrong = tmp_path / "mutant.tbx", _megabytes(), {}
    for number, content in mutants():
        file.write_bytes(content)
        found = _judged(file, number)
        if found is not None:
            wrong[number] = found
    assert not wrong
    assert _megabytes() < max(MOST_MEGABYTES, before + 1)


ALIKE = '<conceptEntry id="c{}"><langSec xml:lang="en"><termSec><term>{}</term></termSec></langSec></conceptEntry>\n'


@pytest.mark.parametrize("odd", ["&odd;", "&#xFFFFFFFF;", "&#0;", "&#;", "&", "a &amp b"])
def test_an_odd_reference_among_entries_that_are_alike(tmp_path: Path, odd: str) -> None:
    """Mutant 584862: what is like a hundred entries before it, but for a reference nobody can resolve."""
    body = "".join(ALIKE.format(number, f"t{number}" if number != 150 else odd) for number in range(200))
    head = '<tbx type="TBX-Core" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc>'
    head += "<sourceDesc><p>t</p></sourceDesc></fileDesc></tbxHeader><text><body>\n"
    file = tmp_path / "alike.tbx"
    file.write_text(f"{head}{body}</body></text></tbx>", encoding="utf-8")
    found = list(validate_file(file, options=Validation()))
    assert any(each.code.startswith("TBX0") and each.line == 152 for each in found)
    assert all(each.code in CODE for each in found)
