"""Every verdict of the expectations table, official (strict) and intended (default)."""

from __future__ import annotations

import pytest

from cctbx.errors import InputError
from cctbx.findings import Severity
from cctbx.workflows.validate import Validation, validate_file
from tests.conformance.expected import Row, documented, rows
from tests.support import shared_path

ROWS = rows()


def verdict(row: Row) -> bool:
    """Whether the validator calls the file valid in the mode of the row; the house checks have no say in it."""
    options = Validation(strict=row.mode == "strict", checks=False)
    try:
        return not any(each.severity is Severity.ERROR for each in validate_file(row.path, options=options))
    except InputError:
        return False


def test_the_table_is_there() -> None:
    shared_path("conformance/expectations.tsv")
    assert len(ROWS) > 600


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_verdict(row: Row) -> None:
    agrees = verdict(row) == row.valid
    assert agrees == (str(row) not in documented()), row.remark
