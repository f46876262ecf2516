"""What holds for every three term bases."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cctbx.diff.conflicts import Conflict
from cctbx.diff.merge import Merged, merge, merge_termbases
from cctbx.diff.order import canonical
from cctbx.model import ConceptEntry, TermBase
from tests.diff.pairs import Pair, edited, related, slow
from tests.strategies import concept_entries, termbases

Three = tuple[tuple[ConceptEntry, ...], tuple[ConceptEntry, ...], tuple[ConceptEntry, ...]]


def content(concepts: tuple[ConceptEntry, ...]) -> dict[str, ConceptEntry]:
    return {each.id: canonical(each) for each in concepts}


@st.composite
def forked(draw: st.DrawFn) -> Three:
    """A base and two branches."""
    base = [draw(concept_entries(f"c{number}")) for number in range(1, draw(st.integers(1, 3)) + 1)]

    def branch() -> tuple[ConceptEntry, ...]:
        kept = [draw(edited(each)) if draw(st.booleans()) else each for each in base if draw(st.integers(0, 5))]
        return (*kept, draw(concept_entries("c9"))) if draw(st.integers(0, 2)) == 0 else tuple(kept)

    return tuple(base), branch(), branch()


@slow
@given(related())
def test_one_side_that_did_nothing(pair: Pair) -> None:
    base, other = pair
    for merged in (merge(base, base, other), merge(base, other, base), merge(base, other, other)):
        assert content(merged.concepts) == content(other)
        assert merged.conflicts == ()


@slow
@given(termbases(2), termbases(2))
def test_whole_term_bases(base: TermBase, other: TermBase) -> None:
    for merged in (merge_termbases(base, base, other), merge_termbases(base, other, base)):
        assert content(merged.concepts) == content(other.concepts)
        assert merged.header == other.header
        assert sorted(map(repr, merged.references)) == sorted(map(repr, set(other.references)))


def swapped(conflict: Conflict) -> Conflict:
    return replace(conflict, ours=conflict.theirs, theirs=conflict.ours, label="")


def told(merged: Merged) -> list[str]:
    return sorted(repr(replace(each, label="")) for each in merged.conflicts)


@slow
@given(forked())
def test_sides_are_equal(three: Three) -> None:
    base, ours, theirs = three
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert content(one.concepts) == content(other.concepts)
    assert told(one) == sorted(repr(swapped(each)) for each in other.conflicts)


@slow
@given(forked())
def test_the_result_is_valid(three: Three) -> None:
    merged = merge(*three)
    ids = [each.id for each in merged.concepts]
    assert len(ids) == len(set(ids))
    for concept in merged.concepts:
        for section in concept.languages:
            stated = [each.administrative_status for each in section.terms]
            worst = max(
                sum(each.administrative_status == "preferredTerm-admn-sts" for each in one.terms)
                for side in three for entry in side for one in entry.languages if one.language == section.language
            )  # fmt: skip
            assert stated.count("preferredTerm-admn-sts") <= max(1, worst)


@slow
@given(forked(), st.sampled_from(("base", "ours", "theirs")))
def test_choices_resolve_every_conflict(three: Three, side: str) -> None:
    choices: dict[str, str] = {}
    for _ in range(4):  # a choice may bring a contradiction to light that the first one hid
        merged = merge(*three, choices)
        if not merged.unresolved:
            break
        choices |= {each.key: side for each in merged.unresolved}
    assert merged.unresolved == ()
