"""GlotPress, Poedit and the machine translation services: their import rules as small parsers of our own."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.clients import account
from tests.clients.conftest import PAIRS, Case

SPEECH = {"noun", "verb", "adjective", "adverb", "interjection", "conjunction", "preposition", "pronoun", "expression",
          "abbreviation"}  # fmt: skip
TERM = re.compile(r"[A-Za-z0-9](?:[\x20-\x7e]*[A-Za-z0-9])?")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def glotpress(file: Path, locale: str) -> set[tuple[str, str]]:
    """What GlotPress takes in: a wrong head stops the import, wrong rows are passed over."""
    head, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))
    assert head[1] == locale and head[2:] == ["pos", "description"]
    taken = [row for row in rows if len(row) == 4 and TERM.fullmatch(row[0]) and row[2] in SPEECH]
    assert len(taken) == len(rows), "rows that are passed over in silence"
    return {(row[0], row[1]) for row in taken}


@pytest.mark.client
@pytest.mark.parametrize("target", ["nb", "nl", "pl", "sv"])
def test_glotpress_takes_every_row(case: Case, target: str) -> None:
    place, _ = case.export("glotpress", "en", (target,))
    announced = case.announced(place, f"{target}.csv")
    assert glotpress(place / f"{target}.csv", target) == account.pairs(case.termbase, "en", target, announced)


def poedit(file: Path, source: str) -> set[tuple[str, str, str]]:
    """What Poedit's memory takes in: language, source text, text. Text inside inline elements is dropped."""
    root = ET.parse(file).getroot()
    header = root.find("header")
    assert header is not None and header.get("srclang") == source
    held = set()
    for unit in root.iter("tu"):
        texts = {}
        for variant in unit.iter("tuv"):
            segment = variant.find("seg")
            assert segment is not None and variant.get(LANGUAGE)
            texts[variant.get(LANGUAGE)] = (segment.text or "") + "".join(each.tail or "" for each in segment)
        held |= {(str(tag), texts[source], text) for tag, text in texts.items() if tag != source}
    return held


@pytest.mark.client
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_poedit_takes_every_pair(case: Case, source: str, target: str) -> None:
    place, _ = case.export("poedit", source, (target,))
    name = f"{case.name}.{source}-{target}.tmx"
    held = poedit(place / name, source)
    assert {tag for tag, _, _ in held} == {target}
    wanted = account.pairs(case.termbase, source, target, case.announced(place, name))
    assert {(one, other) for _, one, other in held} == wanted


@pytest.mark.client
@pytest.mark.parametrize(("profile", "limit"), [("deepl", 1024), ("azure", None), ("google", None)])
@pytest.mark.parametrize(("source", "target"), [("en", "sv"), ("pl", "nl")])
def test_services_take_every_line(case: Case, profile: str, limit: int | None, source: str, target: str) -> None:
    place, _ = case.export(profile, source, (target,))
    name = f"{source}-{target}.tsv"
    text = (place / name).read_bytes().decode("utf-8")
    lines = [line.split("\t") for line in text.split("\n")[:-1]]
    assert all(len(cells) == 2 and all(cell and cell == cell.strip() for cell in cells) for cells in lines)
    sources = [cells[0] for cells in lines]
    assert len(set(sources)) == len(sources), "a source twice is refused"
    assert limit is None or all(len(cell.encode()) <= limit for cells in lines for cell in cells)
    held = {(one, other) for one, other in lines}
    assert held == account.pairs(case.termbase, source, target, case.announced(place, name))
