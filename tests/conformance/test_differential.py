"""Strict verdicts equal the official ones on files nobody has seen: valid samples with one or two accidents each.

Each mutant is reproducible from its number. `CCTBX_DIFFERENTIAL=5000` makes more of them.
"""

from __future__ import annotations

import copy
import csv
import os
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from cctbx.findings import Severity
from cctbx.formats.tbx.validation import ValidationOptions, validate
from tests.conformance import official
from tests.conformance.expected import CONFORMANCE

MUTANTS = int(os.environ.get("CCTBX_DIFFERENTIAL", "320"))
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CORE = "urn:iso:std:iso:30042:ed-2"
CATEGORIES = (
    "subjectField", "definition", "context", "source", "customerSubset", "projectSubset", "partOfSpeech", "termType",
    "administrativeStatus", "grammaticalGender", "geographicalUsage", "termLocation", "crossReference", "xGraphic",
    "externalCrossReference", "transactionType", "responsibility", "example", "reliabilityCode", "register", "unknown",
    "Definition", "", "normativeAuthorization", "usageStatus", "entrySource", "searchTerm", "figure", "hyphenation",
)  # fmt: skip
NAMES = (
    "admin", "adminGrp", "adminNote", "descrip", "descripGrp", "descripNote", "termNote", "termNoteGrp", "transac",
    "transacGrp", "transacNote", "note", "ref", "xref", "date", "hi", "foreign", "term", "p", "tig", "termSec",
    "langSec",
)  # fmt: skip
TEXTS = (
    "noun", "Noun", " noun ", "verb", "properNoun", "preferredTerm-admn-sts", "preferred", "legalTerm-admn-sts",
    "acronym", "fullForm", "variant", "origination", "creation", "modification", "2024-01-31", "2024-02-30",
    "2024-01-31T10:20:30", "2024-01-31Z", "masculine", "otherGender", "menuItem", "", " ", "free text",
    "user-definedType",
)  # fmt: skip
VALUES = (
    "c1", "none", "http://example.org/a", "example.org", "en", "en_US", "sv-SE", "x-own", "", "dca", "dct", "TBX-Basic",
    "TBX-Min", "TBX-Acme", "1a", "a b", "ftp://example.org/", "https://", "italics", "yes", "no",
)  # fmt: skip
ATTRIBUTES = ("id", "type", "target", LANG, "datatype", "style", "isolated", "startRef", "metaType")


def _same_space(element: Any, name: str) -> str:
    space = etree.QName(element).namespace
    return f"{{{space}}}{name}" if space else name


def _typed(element: Any, chance: random.Random) -> None:
    if "type" in element.attrib:
        element.set("type", chance.choice(CATEGORIES))
    else:
        element.tag = _same_space(element, chance.choice(CATEGORIES[:-1]) or "x")


def _renamed(element: Any, chance: random.Random) -> None:
    space = element.getroottree().getroot().tag.rpartition("}")[0]
    element.tag = (space + "}" if space else "") + chance.choice(NAMES)


def _texted(element: Any, chance: random.Random) -> None:
    element.text = chance.choice(TEXTS)


def _attributed(element: Any, chance: random.Random) -> None:
    element.set(chance.choice((*element.keys(), *ATTRIBUTES)), chance.choice(VALUES))


def _bereft(element: Any, chance: random.Random) -> None:
    if element.attrib:
        del element.attrib[chance.choice(element.keys())]


def _removed(element: Any, chance: random.Random) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _doubled(element: Any, chance: random.Random) -> None:
    if element.getparent() is not None:
        made = copy.deepcopy(element)
        if chance.random() < 0.7:
            for each in made.iter():
                each.attrib.pop("id", None)
        element.addnext(made)


def _swapped(element: Any, chance: random.Random) -> None:
    after = element.getnext()
    if after is not None:
        after.addnext(element)


def _moved(element: Any, chance: random.Random) -> None:
    others = [each for each in element.getroottree().iter() if isinstance(each.tag, str)]
    other = chance.choice(others)
    if element.getparent() is not None and element not in (other, *other.iterancestors()):
        other.insert(chance.randrange(len(other) + 1), element)


def _grouped(element: Any, chance: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        space = element.getroottree().getroot().tag.rpartition("}")[0]
        name = chance.choice(("adminGrp", "descripGrp", "termNoteGrp", "transacGrp"))
        group = etree.Element((space + "}" if space else "") + name)
        parent.replace(element, group)
        group.append(element)


def _inlined(element: Any, chance: random.Random) -> None:
    space = element.getroottree().getroot().tag.rpartition("}")[0]
    name = chance.choice(("hi", "foreign", "sc", "ec", "ph"))
    child = etree.SubElement(element, (space + "}" if space else "") + name)
    for _ in range(chance.randrange(3)):
        child.set(chance.choice(("id", "type", "target", "isolated", "startRef", LANG)), chance.choice(VALUES))
    child.text = chance.choice((None, None, "x"))


ACCIDENTS: tuple[Callable[[Any, random.Random], None], ...] = (
    _typed, _typed, _renamed, _texted, _texted, _attributed, _bereft, _removed, _doubled, _swapped, _moved, _grouped,
    _inlined,
)  # fmt: skip


def originals() -> list[tuple[str, Path]]:
    """What kind of file it is, and a file that is officially valid."""
    table = CONFORMANCE / "expectations.tsv"
    if not table.is_file():
        return []
    with table.open(encoding="utf-8") as lines:
        read = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = []
    for row in read:
        path, dialect, style = CONFORMANCE / row["file"], row["dialect"], row["style"].lower()
        if row["validator"] != "OVERALL" or row["valid"] != "yes" or path.stat().st_size > 8000:
            continue
        if dialect in ("TBX-Core", "TBX-Min", "TBX-Basic", "TBX-Linguist"):
            found.append((f"v3 {dialect} {style if style == 'dct' else 'dca'}", path))
        elif dialect in ("v2 TBX-Basic", "v2 TBX-Default", "v2 TBX"):
            found.append((dialect.replace("v2 TBX-Default", "v2 TBX"), path))
    return found


def mutant(content: bytes, chance: random.Random) -> bytes:
    """The content after one or two accidents to its tree, without document type."""
    root = etree.fromstring(content, etree.XMLParser(load_dtd=False, no_network=True, remove_comments=True))
    for _ in range(chance.choice((1, 1, 2))):
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        inner = [each for each in elements if etree.QName(each).localname not in ("tbx", "martif")]
        chance.choice(ACCIDENTS)(chance.choice(inner or elements), chance)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="utf-8")


def judged(path: Path) -> list[str]:
    """The errors in strict mode."""
    with path.open("rb") as stream:
        found = validate(stream, file=path.name, options=ValidationOptions(mode="strict"))
        return [str(each.code) for each in found if each.severity is Severity.ERROR]


def disagreements(folder: Path, first: int, count: int) -> Iterator[tuple[Path, str, bool, list[str]]]:
    """The mutants judged otherwise than officially: file, kind, whether that says it is valid, our errors."""
    valid: defaultdict[str, list[Path]] = defaultdict(list)
    for kind, original in originals():
        valid[kind].append(original)
    kinds: defaultdict[str, list[Path]] = defaultdict(list)
    for number in range(first, first + count):
        chance = random.Random(number)
        kind = chance.choice(sorted(valid))
        original = chance.choice(valid[kind])
        path = folder / f"m{number}.tbx"
        path.write_bytes(mutant(original.read_bytes(), chance))
        kinds[kind].append(path)
    for kind, files in kinds.items():
        wrong = official.invalid("v2 TBX-Default" if kind == "v2 TBX" else kind, files, folder)
        for path in files:
            errors = judged(path)
            if bool(errors) != (path in wrong):
                yield path, kind, path not in wrong, errors


@pytest.mark.skipif(not official.available(), reason="needs the public schemas, jing and Saxon")
def test_strict_verdicts_on_mutants(tmp_path: Path) -> None:
    found = [f"{path.name} {kind}: valid {valid}, {errors}" for path, kind, valid, errors in
             disagreements(tmp_path, 0, MUTANTS)]  # fmt: skip
    assert not found
