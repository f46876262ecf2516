"""The rows of the expectations table that the validator is measured by, and the disagreements we stand by."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from tests.support import ROOT, SHARED

CONFORMANCE = SHARED / "conformance"
DOCUMENT = ROOT / "docs" / "conformance.md"

_OTHERS = ("XCS", "-")
"""Files that are no term bases; `-`: no XML at all, or none that says what it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """One expected verdict: a file, the mode it is asked in, whether it is valid, and the remark of the table."""

    file: str
    mode: str
    valid: bool
    remark: str

    @property
    def path(self) -> Path:
        return CONFORMANCE / self.file

    def __str__(self) -> str:
        return f"{self.mode}:{self.file}"


def rows() -> list[Row]:
    """The rows OVERALL (strict mode) and intended (default mode) of term bases; none without the data."""
    table = CONFORMANCE / "expectations.tsv"
    if not table.is_file():
        return []
    with table.open(encoding="utf-8") as lines:
        read = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(each["file"], "strict" if each["validator"] == "OVERALL" else "intended", each["valid"] == "yes",
                each["error_summary"])
            for each in read
            if each["validator"] in ("OVERALL", "intended") and (
                each["dialect"] not in _OTHERS or "not well-formed" in each["error_summary"])
        ]  # fmt: skip


def documented() -> set[str]:
    """The disagreements listed in docs/conformance.md, as `mode:file`."""
    section = DOCUMENT.read_text(encoding="utf-8").partition("## Disagreements")[2]
    lines = section.splitlines()
    cells = [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in lines if line.startswith("| `")]
    return {f"{mode}:{file}" for file, mode, *_ in cells}
