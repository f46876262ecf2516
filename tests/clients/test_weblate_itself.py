"""Weblate's own format classes over our TBX, CSV and PO. Collected only where `CCTBX_WEBLATE` names a Python that has
the package `weblate` (half a gigabyte with its dependencies); `test_weblate` states the same by its rules.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.clients import account
from tests.clients.conftest import PAIRS, Case
from tests.clients.test_weblate import marked

READER = Path(__file__).parent / "weblate_reader.py"
Units = list[dict[str, str]]


@pytest.fixture(scope="module")
def told(case: Case) -> dict[str, Units]:
    """What Weblate holds of every file of every pair; one run of Weblate reads them all."""
    asked: list[str] = []
    for source, target in PAIRS:
        place, _ = case.export("weblate", source, (target,))
        for ending in ("tbx", "csv", "po"):
            asked += [source, target, str(place / f"{target}.{ending}")]
    done = subprocess.run(
        [os.environ["CCTBX_WEBLATE"], str(READER), *asked], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    held: dict[str, Units] = json.loads(done.stdout)
    return held


def pairs(held: Units) -> set[tuple[str, str]]:
    return {(each["source"], each["target"]) for each in held}


def translators_notes(file: Path) -> dict[str, str]:
    """What the file says to explain the target, by the id of the entry."""
    return {
        str(entry.get("id")): "\n".join(note.text or "" for note in entry.findall("langSet/note[@from='translator']"))
        for entry in ElementTree.parse(file).iter("termEntry")
    }


@pytest.mark.client
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_weblate_holds_what_the_ledger_leaves(case: Case, told: dict[str, Units], source: str, target: str) -> None:
    place, _ = case.export("weblate", source, (target,))
    held = {ending: told[str(place / f"{target}.{ending}")] for ending in ("tbx", "csv", "po")}
    for ending in ("csv", "po"):
        announced = case.announced(place, f"{target}.{ending}")
        assert pairs(held[ending]) == account.pairs(case.termbase, source, target, announced)
        keys = {(each["source"], each["context"]) for each in held[ending]}
        assert len(keys) == len(held[ending]), "Weblate tells terms by these two"
    used, flagged, _ = marked(place / f"{target}.tbx", source, target)
    forbidden = [each for each in held["tbx"] if "forbidden" in each["flags"]]
    assert {each["target"] for each in forbidden} == {other for _, other in flagged}
    assert pairs(forbidden) <= flagged
    others = [each for each in held["tbx"] if each not in forbidden]
    assert pairs(others) <= used and {each["target"] for each in others} <= {other for _, other in used}
    assert len({each["context"] for each in held["tbx"]}) == len(held["tbx"])
    notes = translators_notes(place / f"{target}.tbx")
    assert {each["context"]: each["explanation"] for each in held["tbx"]} == notes
