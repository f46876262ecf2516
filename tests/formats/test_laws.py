"""The laws of the formats, for generated term bases."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from cctbx.formats.contract import Format
from cctbx.formats.registry import FORMATS
from cctbx.model import TermBase
from tests.formats.laws import check_nothing_lost_silently, check_round_trip
from tests.strategies import termbases

MULTILINGUAL = [each for each in FORMATS if each.name in ("jsonl", "csv", "terms-csv")]


@pytest.mark.parametrize("format_", MULTILINGUAL, ids=lambda each: each.name)
@settings(max_examples=60, deadline=None)
@given(base=termbases())
def test_read_after_write_is_what_the_format_keeps(format_: Format, base: TermBase) -> None:
    check_round_trip(format_, base)


@pytest.mark.parametrize("format_", MULTILINGUAL, ids=lambda each: each.name)
@settings(max_examples=60, deadline=None)
@given(base=termbases())
def test_nothing_is_lost_silently(format_: Format, base: TermBase) -> None:
    check_nothing_lost_silently(format_, base)
