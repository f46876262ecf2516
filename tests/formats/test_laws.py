"""The laws of the formats, for generated term bases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cctbx.formats.contract import ReadOptions, WriteOptions
from cctbx.formats.registry import FORMATS, format_named
from cctbx.model import TermBase, plain
from tests.formats.laws import check_nothing_lost_silently, check_round_trip, findings_of, reduced
from tests.strategies import language_sections, termbases

MULTILINGUAL = ["jsonl", "csv", "terms-csv", "xlsx", "tmx", "multiterm", "matecat", "glossml"]


@pytest.mark.parametrize("name", MULTILINGUAL)
@settings(max_examples=40, deadline=None)
@given(base=termbases())
def test_read_after_write_is_what_the_format_keeps(name: str, base: TermBase) -> None:
    check_round_trip(format_named(name), base)


@pytest.mark.parametrize("name", MULTILINGUAL)
@settings(max_examples=40, deadline=None)
@given(base=termbases())
def test_nothing_is_lost_silently(name: str, base: TermBase) -> None:
    check_nothing_lost_silently(format_named(name), base)


BOTH = [each for each in FORMATS if each.read and each.write]
BILINGUAL = [each.name for each in BOTH if each.keeps.languages == 2 or each.name == "tmx"]
WAY = WriteOptions(source_language="en", target_languages=("sv",))
BACK = ReadOptions(source_language="en", target_language="sv")


@st.composite
def english_and_swedish(draw: st.DrawFn) -> TermBase:
    """A term base most of whose concept entries have both languages."""
    base = draw(termbases())
    entries = []
    for entry in base.concepts:
        tags = ("en", "sv", "de") if draw(st.integers(0, 5)) else ("sv", "de")
        sections = [draw(language_sections(tag)) for tag in tags]
        entries.append(replace(entry, languages=tuple(draw(st.permutations(sections)))))
    return replace(base, concepts=tuple(entries))


@pytest.mark.parametrize("name", BILINGUAL)
@settings(max_examples=40, deadline=None)
@given(base=english_and_swedish())
def test_bilingual_read_after_write_is_what_the_format_keeps(name: str, base: TermBase) -> None:
    check_round_trip(format_named(name), base, WAY, BACK)


@pytest.mark.parametrize("name", BILINGUAL)
@settings(max_examples=40, deadline=None)
@given(base=english_and_swedish())
def test_no_term_leaves_a_bilingual_export_silently(name: str, base: TermBase) -> None:
    found = findings_of(format_named(name), base, WAY)
    touched = {each.concept for each in found}
    text = {plain(t.term) for entry in reduced(format_named(name), base, WAY).concepts for _, t in entry.terms()}
    for entry in base.concepts:
        for section, term in entry.terms():
            if section.language != "de" and entry.id not in touched:
                assert plain(term.term) in text
