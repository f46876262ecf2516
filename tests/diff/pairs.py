"""Two releases that have most in common: what a term base and its next release look like."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from cctbx.diff.order import concept_of, section_of, term_of
from cctbx.model import ConceptEntry, LanguageSection, TermSection, statements
from tests.strategies import concept_entries, term_sections

slow = settings(
    max_examples=int(os.environ.get("CCTBX_EXAMPLES", "10")), deadline=None, suppress_health_check=list(HealthCheck)
)
"""For laws over releases; `CCTBX_EXAMPLES=500` before a release."""

Pair = tuple[tuple[ConceptEntry, ...], tuple[ConceptEntry, ...]]


def shuffled(concepts: tuple[ConceptEntry, ...], random: Any) -> list[ConceptEntry]:
    """The same entries, languages and designations in another order."""
    def mixed(items: Any) -> Any:
        held = list(items)
        random.shuffle(held)
        return tuple(held)

    return list(mixed(
        replace(each, languages=mixed(replace(section, terms=mixed(section.terms)) for section in each.languages))
        for each in concepts
    ))  # fmt: skip


@st.composite
def _term(draw: st.DrawFn, term: TermSection) -> TermSection:
    what = draw(st.integers(0, 4))
    if what == 0:
        return replace(term, term=draw(term_sections()).term)
    if what == 1:
        return term_of(term, [])
    if what == 2:
        return replace(term, administrative_status=draw(st.sampled_from(
            ("preferredTerm-admn-sts", "deprecatedTerm-admn-sts", None))))  # fmt: skip
    if what == 3:
        return term_of(term, statements(draw(term_sections())))
    return term


@st.composite
def _section(draw: st.DrawFn, section: LanguageSection) -> LanguageSection:
    terms = [draw(_term(each)) for each in section.terms if draw(st.integers(0, 3))]
    if draw(st.integers(0, 3)) == 0:
        terms.append(draw(term_sections()))
    stated = [each for each in statements(section) if draw(st.integers(0, 3))]
    return section_of(section, stated, terms or section.terms)


@st.composite
def edited(draw: st.DrawFn, concept: ConceptEntry) -> ConceptEntry:
    """The entry with a few edits, perhaps another language, perhaps one less."""
    sections = [draw(_section(each)) for each in concept.languages if draw(st.integers(0, 4))]
    stated = [each for each in statements(concept) if draw(st.integers(0, 3))]
    other = draw(concept_entries(concept.id))
    if draw(st.integers(0, 3)) == 0:
        sections += [each for each in other.languages if each.language not in {one.language for one in sections}]
        stated += statements(other)
    return concept_of(concept.id, stated, sections)


@st.composite
def related(draw: st.DrawFn) -> Pair:
    """A release and the next: entries kept, edited, added, removed, renumbered, merged."""
    count = draw(st.integers(1, 5))
    old = [draw(concept_entries(f"c{number}")) for number in range(1, count + 1)]
    new: list[ConceptEntry] = []
    for each in old:
        what = draw(st.integers(0, 6))
        if what == 0:
            continue
        if what == 1:
            new.append(replace(each, id=f"n{each.id}"))
        elif what == 2 and new:
            new[-1] = concept_of(new[-1].id, statements(new[-1]), _union(new[-1], each))
        else:
            new.append(each if what == 3 else draw(edited(each)))
    if draw(st.booleans()):
        new.append(draw(concept_entries("c90")))
    if len(new) > 1 and draw(st.integers(0, 4)) == 0:
        first, second = new[0], new[1]
        new[:2] = [replace(first, id=second.id), replace(second, id=first.id)]
    return tuple(old), tuple(new)


def _union(one: ConceptEntry, other: ConceptEntry) -> list[LanguageSection]:
    languages = {each.language: each for each in one.languages}
    for section in other.languages:
        held = languages.get(section.language)
        languages[section.language] = (
            section if held is None else section_of(held, statements(held), (*held.terms, *section.terms))
        )
    return list(languages.values())
