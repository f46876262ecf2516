"""The ledger finds equal keys as a dictionary would, however much it has to spill."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cctbx.ledger
from cctbx.ledger import Ledger


@pytest.fixture
def spilling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cctbx.ledger, "_BLOCK", 4)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=3), st.integers(0, 7)), max_size=60), st.sampled_from([2, 1 << 13]))
def test_groups_are_those_of_a_dictionary(added: list[tuple[str, int]], block: int) -> None:
    expected: dict[str, list[tuple[int, str]]] = {}
    with pytest.MonkeyPatch.context() as patched, Ledger(memory=64) as ledger:
        patched.setattr(cctbx.ledger, "_BLOCK", block)
        for number, (key, tag) in enumerate(added):
            ledger.add(key, f"n{number}", tag)
            expected.setdefault(key.replace("\0", ""), []).append((tag, f"n{number}"))
        found = dict(ledger.groups(lambda tags: len(tags) > 1))
    if not any("\0" in key for key, _ in added):
        assert found == {key: tuple(notes) for key, notes in expected.items() if len(notes) > 1}


def test_groups_come_in_order_of_first_addition() -> None:
    with Ledger() as ledger:
        for key in ("b", "a", "a", "b", "c"):
            ledger.add(key, key)
        assert [key for key, _ in ledger.groups(lambda tags: True)] == ["b", "a", "c"]


@pytest.mark.usefixtures("spilling")
def test_shared_notes_come_back_for_every_common_key() -> None:
    with Ledger(memory=32) as ledger:
        for number in range(200):
            ledger.add_all([f"own {number}", f"common {number % 50}", "all"], f"note {number}")
        found = dict(ledger.shared())
        by_key = {
            key: notes for number, notes in found.items()
            for key in ("all", *(f"common {each}" for each in range(50))) if ledger.same_key(number, key)
        }  # fmt: skip
    assert len(found) == len(by_key) == 51
    assert by_key["all"] == tuple(f"note {number}" for number in range(200))
    assert by_key["common 7"] == ("note 7", "note 57", "note 107", "note 157")
