"""LibreOffice opens our workbooks: every cell as written, none a formula, filters and lists to choose from in place.

Collected only where `soffice` is installed.
"""

from __future__ import annotations

import csv
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from cctbx.formats.contract import ReadOptions
from cctbx.formats.table.xlsx import numbered_sheet
from cctbx.model import CATEGORIES
from tests.clients.conftest import Case

EVERY_SHEET_AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def opened(file: Path, kind: str, place: Path) -> None:
    """Has LibreOffice load a workbook and save it as something else."""
    command = ["soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", kind,
               "--outdir", str(place), str(file)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr


def cells(rows: list[list[str]], width: int) -> list[list[str]]:
    return [[*(re.sub("\r\n?", "\n", cell) for cell in row), *[""] * width][:width] for row in rows]


@pytest.mark.client
@pytest.mark.parametrize(("profile", "sheet"), [("xlsx", "Terms"), ("matecat", "terms"), ("xtm", "terms")])
def test_every_cell_is_as_written(case: Case, profile: str, sheet: str, tmp_path: Path) -> None:
    place, _ = case.export(profile, "en", ("sv", "nb"))
    file = place / f"{case.name}.xlsx"
    opened(file, EVERY_SHEET_AS_SHOWN, tmp_path)
    with file.open("rb") as stream:
        written = [row for _, row in numbered_sheet(stream, ReadOptions())]
    with (tmp_path / f"{case.name}-{sheet}.csv").open(encoding="utf-8", newline="") as stream:
        shown = list(csv.reader(stream))
    assert cells(shown, len(written[0])) == cells(written, len(written[0]))


@pytest.mark.client
def test_filters_and_lists_are_there_and_no_formula(case: Case, tmp_path: Path) -> None:
    place, _ = case.export("xlsx", "en", ("sv", "nb"))
    opened(place / f"{case.name}.xlsx", "ods", tmp_path)
    with zipfile.ZipFile(tmp_path / f"{case.name}.ods") as packed:
        content = packed.read("content.xml").decode("utf-8")
    assert "table:formula" not in content
    assert content.count('table:display-filter-buttons="true"') == 2
    lists = re.findall(r"cell-content-is-in-list\(\[\$Lists\.", content)
    heads = {"administrativeStatus", "partOfSpeech"} & {each.name for each in CATEGORIES if each.values}
    assert len(lists) >= len(heads) == 2
