"""Tests of the term-base formats."""

import pytest

pytest.register_assert_rewrite("tests.formats.laws")
