"""The quick constructors make the very values the model's own make."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest
from hypothesis import given

from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Metatype, TermSection
from cctbx.model.quick import concept_entry, data_category, language_section, term_section
from tests.strategies import concept_entries

PAIRS = (
    (ConceptEntry, concept_entry, {"id": "c1"}),
    (LanguageSection, language_section, {"language": "en"}),
    (TermSection, term_section, {"term": "printer", "part_of_speech": "noun"}),
    (DataCategory, data_category, {"category": "definition", "metatype": Metatype.DESCRIPTIVE, "line": 3}),
)


@pytest.mark.parametrize(("model", "make", "arguments"), PAIRS)
def test_same_value(model: type, make: type, arguments: dict[str, object]) -> None:
    made, usual = make(**arguments), model(**arguments)
    assert made == usual
    assert hash(made) == hash(usual)
    assert type(made) is model
    with pytest.raises(FrozenInstanceError):
        setattr(made, fields(model)[0].name, "other")


@given(concept_entries())
def test_same_concept(concept: ConceptEntry) -> None:
    assert concept_entry(**{field.name: getattr(concept, field.name) for field in fields(ConceptEntry)}) == concept
