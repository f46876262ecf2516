"""The ledger finds equal keys as a dictionary would, however much it has to spill."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cctbx.ledger
from cctbx.ledger import Ledger


@pytest.fixture
def spilling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cctbx.ledger, "_BLOCK", 4)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=3), st.integers(0, 7)), max_size=60), st.sampled_from([2, 1 << 18]))
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
        fill(ledger, range(5000))
        found = list(ledger.shared())
    common = [tuple((f"note {number}", 1) for number in range(first, 5000, 50)) for first in range(50)]
    assert found == [common[0], tuple((f"note {number}", 2) for number in range(5000)), *common[1:]]


def fill(ledger: Ledger, numbers: range) -> None:
    for number in numbers:
        ledger.add_all([f"own {number}", f"common {number % 50}", "all"], f"note {number}")


def test_equal_keys_of_one_note_are_none() -> None:
    with Ledger() as ledger:
        ledger.add_all(["a", "b", "a"], "one")
        ledger.add_all(["c", "b", "b"], "two")
        assert list(ledger.shared()) == [(("one", 1), ("two", 1))]


@pytest.mark.parametrize("block", [4, 1 << 18])
def test_a_ledger_left_in_files_goes_on_elsewhere(
    tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setattr(cctbx.ledger, "_BLOCK", block)
    with Ledger() as whole, Ledger() as one:
        other = Ledger()
        for number, key in enumerate("abcbdaeffa" * 500):
            whole.add(key, str(number), number % 8)
            (one if number < 2345 else other).add(key, str(number), number % 8)
        one.absorb(other.leave(str(tmp_path)))
        assert list(one.groups(lambda tags: True)) == list(whole.groups(lambda tags: True))
    with Ledger() as whole, Ledger() as one:
        other = Ledger()
        fill(whole, range(1, 5000))
        fill(one, range(1, 2500))
        fill(other, range(2500, 5000))
        one.absorb(other.leave(str(tmp_path)))
        assert list(one.shared()) == list(whole.shared())
