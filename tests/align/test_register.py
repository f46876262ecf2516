"""Concept ids are assigned once, kept while pages change, and never reused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cctbx.align.register import RegisteredConcept, Status, assign, read_register, write_register
from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.model import AlignedConcept

Register = tuple[RegisteredConcept, ...]


def concepts(*groups: str) -> list[AlignedConcept]:
    return [AlignedConcept(members=tuple(sorted(group.split()))) for group in groups]


def ids_of(groups: list[AlignedConcept], register: Register = ()) -> tuple[tuple[str, ...], Register, list[str]]:
    found: list[Finding] = []
    ids, after = assign(groups, register, label=lambda each: each.members[0], report=found.append)
    return ids, after, [each.code for each in found]


def test_first_assignment_numbers_by_label() -> None:
    ids, register, codes = ids_of(concepts("s#b t#b", "s#a"))
    assert ids == ("c0002", "c0001")
    assert [row.members for row in register] == [("s#a",), ("s#b", "t#b")]
    assert codes == []


def test_a_concept_that_gains_and_loses_members_keeps_its_id() -> None:
    _, register, _ = ids_of(concepts("s#alpha t#beta", "s#other"))
    ids, _, codes = ids_of(concepts("t#beta u#gamma", "s#other"), register)
    assert ids == ("c0001", "c0002")
    assert codes == []


def test_a_merge_keeps_the_first_id_and_retires_the_other() -> None:
    _, register, _ = ids_of(concepts("s#alpha", "t#beta"))
    ids, register, codes = ids_of(concepts("s#alpha t#beta"), register)
    assert ids == ("c0001",)
    assert [(row.id, row.status, row.into) for row in register][1] == ("c0002", Status.MERGED, "c0001")
    assert codes == ["PRJ003"]
    ids, register, codes = ids_of(concepts("s#alpha", "t#beta"), register)
    assert ids == ("c0001", "c0002"), "an undone merge gets its old id back"


def test_a_split_gives_the_smaller_part_a_new_id() -> None:
    _, register, _ = ids_of(concepts("s#alpha t#beta u#gamma"))
    ids, _, codes = ids_of(concepts("u#gamma", "s#alpha t#beta"), register)
    assert ids == ("c0002", "c0001")
    assert codes == ["PRJ005"]


def test_an_id_that_lost_its_entries_is_never_given_again() -> None:
    _, register, _ = ids_of(concepts("s#alpha"))
    ids, register, codes = ids_of(concepts("s#zulu"), register)
    assert ids == ("c0002",)
    assert codes == ["PRJ004"]
    ids, _, _ = ids_of(concepts("s#yankee"), register)
    assert ids == ("c0003",)


def test_a_corrected_headword_is_the_same_concept() -> None:
    _, register, _ = ids_of(concepts("s#customer-jorney"))
    assert ids_of(concepts("s#customer-journey"), register)[0] == ("c0001",)
    assert ids_of(concepts("t#customer-journey"), register)[0] == ("c0002",), "another source is another entry"


MEMBERS = st.lists(
    st.sampled_from([f"{source}#{n}x{n}" for source in "stu" for n in range(6)]), unique=True, min_size=1
)


def partition(members: list[str], cuts: list[int]) -> list[AlignedConcept]:
    groups: dict[int, list[str]] = {}
    for place, member in enumerate(members):
        groups.setdefault(cuts[place % len(cuts)], []).append(member)
    return [AlignedConcept(members=tuple(sorted(group))) for group in groups.values()]


CUTS = st.lists(st.integers(0, 5), min_size=1)


@given(st.lists(st.builds(partition, MEMBERS, CUTS), min_size=1, max_size=4))
def test_laws_over_histories(history: list[list[AlignedConcept]]) -> None:
    register: Register = ()
    ever: dict[str, Status] = {}
    for groups in history:
        ids, after, _ = ids_of(groups, register)
        shuffled = groups[::-1]
        assert ids_of(shuffled, register[::-1])[0] == ids[::-1], "input order does not matter"
        assert len(set(ids)) == len(ids)
        assert set(ever) <= {row.id for row in after}, "no id is forgotten"
        assert ids_of(groups, after)[:2] == (ids, after), "a second run changes nothing"
        assert read_register(write_register(after)) == after
        ever = {row.id: row.status for row in after}
        register = after


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("h\nc1\tactive\t\tx\n", "register.tsv:2: wanted 5 columns"),
        ("h\nc1\tgone\t\tx\ty\n", "register.tsv:2: status `gone` is none of active"),
        ("h\nc1\tactive\t\tx\ty\nc1\tactive\t\tx\tz\n", "c1 stands twice"),
    ],
)
def test_a_bad_register_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_register(text, file="register.tsv")
