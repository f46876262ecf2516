"""The canonical form says all of the content, and the hash depends on nothing else."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from cctbx.model import ConceptEntry, DataCategory, Metatype, TermBase
from cctbx.model.canonical import (
    content_hash,
    from_plain,
    header_from_plain,
    header_to_plain,
    reference_from_plain,
    reference_to_plain,
    to_plain,
)
from tests.strategies import concept_entries, termbases

slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@slow
@given(concept_entries())
def test_a_concept_comes_back_through_json(concept: ConceptEntry) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(concept)))) == concept


@slow
@given(termbases())
def test_header_and_references_come_back_through_json(base: TermBase) -> None:
    assert header_from_plain(json.loads(json.dumps(header_to_plain(base.header)))) == base.header
    for reference in base.references:
        assert reference_from_plain(json.loads(json.dumps(reference_to_plain(reference)))) == reference


@slow
@given(termbases())
def test_the_hash_is_that_of_the_content(base: TermBase) -> None:
    assert content_hash(base.stream()) == content_hash(base.stream())
    changed = replace(base, concepts=(*base.concepts, ConceptEntry(id="another")))
    assert content_hash(changed.stream()) != content_hash(base.stream())


def statement(category: str, value: str) -> DataCategory:
    return DataCategory(category=category, value=value, metatype=Metatype.ADMINISTRATIVE)


def hashed(*others: DataCategory) -> str:
    return content_hash(TermBase(concepts=(ConceptEntry(id="c1", others=others),)).stream())


def test_only_order_within_a_category_means_something() -> None:
    a1, a2, b = statement("a", "1"), statement("a", "2"), statement("b", "1")
    assert hashed(a1, a2, b) == hashed(b, a1, a2)
    assert hashed(a1, a2) != hashed(a2, a1)
