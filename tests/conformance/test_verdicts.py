"""Every verdict of the expectations table, official (strict) and intended (default)."""

from __future__ import annotations

import pytest

from cctbx.findings import Severity
from cctbx.formats.tbx.validation import ValidationOptions, validate
from tests.conformance.expected import Row, documented, rows
from tests.support import shared_path

ROWS = rows()


def verdict(row: Row) -> bool:
    """Whether the validator calls the file valid in the mode of the row."""
    options = ValidationOptions(mode="strict" if row.mode == "strict" else "intended")
    with row.path.open("rb") as stream:
        findings = list(validate(stream, file=row.file, options=options))
    return not any(each.severity is Severity.ERROR for each in findings)


def test_the_table_is_there() -> None:
    shared_path("conformance/expectations.tsv")
    assert len(ROWS) > 600


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_verdict(row: Row) -> None:
    agrees = verdict(row) == row.valid
    assert agrees == (str(row) not in documented()), row.remark
