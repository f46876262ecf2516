"""What holds for every two term bases."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from cctbx.diff import CompareSettings, compare, compare_termbases
from cctbx.diff.apply import apply, apply_termbase
from cctbx.diff.instead import FORBIDDEN
from cctbx.diff.order import canonical, canonical_termbase
from cctbx.diff.release import forbidden
from cctbx.diff.sameness import same
from cctbx.findings import Finding
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Metatype, TermBase, TermSection, plain, statements
from tests.diff.pairs import related, shuffled, slow
from tests.strategies import concept_entries, termbases

STRICT = CompareSettings(strict=True)


@slow
@given(termbases())
def test_nothing_differs_from_itself(base: TermBase) -> None:
    assert compare_termbases(base, base, STRICT).changes == ()


@slow
@given(termbases(), st.randoms(use_true_random=False))
def test_order_is_no_difference(base: TermBase, random: object) -> None:
    assert compare(base.concepts, shuffled(base.concepts, random), STRICT).changes == ()


@slow
@given(termbases(4), termbases(4))
def test_changes_lead_to_the_new_release(old: TermBase, new: TermBase) -> None:
    found: list[Finding] = []
    reached = apply_termbase(old, compare_termbases(old, new, STRICT), found.append)
    assert canonical_termbase(reached) == canonical_termbase(new)
    assert found == []


@slow
@given(related())
def test_changes_lead_to_an_edited_release(pair: tuple[tuple[ConceptEntry, ...], tuple[ConceptEntry, ...]]) -> None:
    old, new = pair
    found: list[Finding] = []
    reached = list(apply(old, compare(old, new, STRICT), found.append))
    assert sorted(map(canonical, reached), key=lambda each: each.id) == sorted(map(canonical, new), key=lambda e: e.id)
    assert found == []


@slow
@given(related())
def test_equal_entries_may_be_left_out(pair: tuple[tuple[ConceptEntry, ...], tuple[ConceptEntry, ...]]) -> None:
    old, new = pair
    same = {each.id for each in old} & {each.id for each in new if each in old}
    bare = [[each for each in side if each.id not in same] for side in pair]
    assume(same)
    assert compare(*bare, STRICT).changes == compare(old, new, STRICT).changes


@slow
@given(related(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    pair: tuple[tuple[ConceptEntry, ...], tuple[ConceptEntry, ...]], random: object
) -> None:
    old, new = pair
    assert compare(shuffled(old, random), shuffled(new, random), STRICT).changes == compare(old, new, STRICT).changes


@slow
@given(related())
def test_what_is_told_to_be_used_instead_may_be_used(
    pair: tuple[tuple[ConceptEntry, ...], tuple[ConceptEntry, ...]]
) -> None:
    """Wherever a designation is forbidden now, something beside it that is not is named, if there is anything.

    One that was reworded, too, is told as it was, and not found here.
    """
    for each in forbidden(compare(*pair, STRICT)):
        beside = [
            [term.term for term in section.terms if term.administrative_status not in FORBIDDEN]
            for concept in pair[1]
            for section in concept.languages
            if section.language == each.language
            if any(plain(term.term) == plain(each.term) and term.administrative_status == each.status
                   for term in section.terms)
        ]  # fmt: skip
        others = [[term for term in terms if plain(term) != plain(each.term)] for terms in beside]
        assert not beside or any((each.instead in terms) if terms else each.instead is None for terms in others)


@slow
@given(concept_entries("c1"))
def test_canonical_is_a_fixed_point_and_keeps_everything(concept: ConceptEntry) -> None:
    once = canonical(concept)
    assert canonical(once) == once
    assert len(list(statements(once))) == len(list(statements(concept)))


@slow
@given(related(), st.randoms(use_true_random=False))
def test_sameness_is_equality_in_canonical_order(
    pair: tuple[tuple[ConceptEntry, ...], tuple[ConceptEntry, ...]], random: object
) -> None:
    old, new = pair
    for one in (*old, *shuffled(old, random)):
        for other in (*old, *new):
            assert same(one, other) == (canonical(one) == canonical(other))


def test_a_designation_that_stands_twice_is_added_once_more() -> None:
    term = TermSection(term="printer")
    old, new = (
        (ConceptEntry(id="c1", languages=(LanguageSection(language="en", terms=(term,) * times),)),) for times in (1, 2)
    )
    changes, found = compare(old, new, STRICT), list[Finding]()
    reached = tuple(apply(old, changes, found.append))
    assert (reached, found) == (new, [])
    assert tuple(apply(reached, changes, found.append)) == new
    assert [each.code for each in found] == ["DIF011"]


def test_a_statement_that_stands_twice_is_added_once_more() -> None:
    note = DataCategory(category="note", metatype=Metatype.NOTE, value="printer")
    old, new = ((ConceptEntry(id="c1", notes=(note,) * times),) for times in (1, 2))
    changes, found = compare(old, new, STRICT), list[Finding]()
    reached = tuple(apply(old, changes, found.append))
    assert (reached, found) == (new, [])
    assert tuple(apply(reached, changes, found.append)) == new
    assert [each.code for each in found] == ["DIF011"]
