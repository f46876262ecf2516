"""The laws of writing and reading: what comes back is what `restrict` made, and a second pass changes nothing."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from cctbx.findings import Finding, Severity
from cctbx.formats.contract import WriteOptions
from cctbx.formats.tbx.editions import Edition, edition_of
from cctbx.formats.tbx.minimal import MinimalRestriction, write_minimal
from cctbx.formats.tbx.restriction import Restriction
from cctbx.formats.tbx.surroundings import restrict_header, restrict_references
from cctbx.model import TermBase
from tests.formats.tbx.support import FULL_EDITIONS, many, read_all, written
from tests.strategies import termbases

editions = st.sampled_from(FULL_EDITIONS)
DCT, DCA = edition_of("tbx", "TBX-Basic", "dct"), edition_of("tbx", "TBX-Basic", "dca")
DEFAULT_2008 = edition_of("martif", "TBX", None)


def restricted(base: TermBase, edition: Edition) -> TermBase:
    restriction = Restriction(edition)
    return TermBase(
        header=restrict_header(base.header, restriction),
        concepts=tuple(restriction.concept(concept) for concept in base.concepts),
        references=restrict_references(base.references, restriction),
    )


@many
@given(termbases(), editions)
def test_what_is_read_is_what_the_edition_keeps(base: TermBase, edition: Edition) -> None:
    findings: list[Finding] = []
    assert read_all(written(base, edition), findings) == restricted(base, edition)
    assert [each for each in findings if each.severity is not Severity.INFORMATION] == []


@many
@given(termbases(), editions)
def test_restricting_is_idempotent_and_then_lossless(base: TermBase, edition: Edition) -> None:
    once = restricted(base, edition)
    assert restricted(once, edition) == once
    losses: list[Finding] = []
    written(once, edition, losses)
    assert {each.code for each in losses} <= {"LOS012"}  # dangling targets stay what they are


@many
@given(termbases(), editions)
def test_writing_is_a_fixed_point_after_one_pass(base: TermBase, edition: Edition) -> None:
    once = written(base, edition)
    assert written(read_all(once), edition) == once


@many
@given(termbases())
def test_element_style_to_attribute_style_loses_nothing(base: TermBase) -> None:
    once = read_all(written(base, DCT))
    losses: list[Finding] = []
    there = read_all(written(once, DCA, losses))
    assert there == once
    assert {each.code for each in losses} <= {"LOS012"}
    assert read_all(written(there, DCT)) == once


@many
@given(termbases())
def test_2019_to_2008_and_back_equals_what_was_announced(base: TermBase) -> None:
    once = restricted(base, DCA)
    losses: list[Finding] = []
    there = read_all(written(once, DEFAULT_2008, losses))
    back = read_all(written(there, DCA, losses))
    if {each.code for each in losses} <= {"LOS012"}:
        assert back == once


@many
@given(termbases())
def test_every_loss_is_announced(base: TermBase) -> None:
    """A term base that differs from what is written has at least one finding that says so."""
    losses: list[Finding] = []
    written(base, DCT, losses)
    kept = restricted(base, DCT)
    changed = {before.id for before, after in zip(base.concepts, kept.concepts, strict=True) if before != after}
    assert changed <= {each.concept for each in losses}


@many
@given(termbases())
def test_minimal_round_trip(base: TermBase) -> None:
    output = io.BytesIO()
    write_minimal(base.stream(), output, WriteOptions())
    restriction = MinimalRestriction()
    header = restriction.header(base.header)
    concepts = tuple(restriction.concept(concept) for concept in base.concepts)
    back = read_all(output.getvalue())
    assert (back.header, back.concepts) == (header, concepts)
    again = MinimalRestriction()
    assert again.header(header) == header
    assert tuple(again.concept(concept) for concept in concepts) == concepts
