"""Aligned source entries become concept entries that keep what every page says, with its source."""

from __future__ import annotations

import pytest

from cctbx.align.compose import ComposeOptions, compose, label_of
from cctbx.align.editorial import (
    DesignationDecision,
    Editorial,
    RelationDecision,
    read_designations,
    read_relations,
    write_designations,
    write_relations,
)
from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.model import AlignedConcept, ConceptEntry, Designation, DesignationOrigin, SourceEntry, SourceGlossary, plain

GLOSSARIES = {
    "a": SourceGlossary(name="a", file="a.txt", language="sv", title="Ordlista", publisher="Firma"),
    "b": SourceGlossary(name="b", file="b.txt", language="sv"),
    "c": SourceGlossary(name="c", file="c.txt", language="pl", title="Słownik", date="2020-01-01"),
}
IN_TEXT = DesignationOrigin.DEFINITION


def entry(source: str, headword: str, *designations: Designation, line: int = 1, definition: str = "") -> SourceEntry:
    glossary = GLOSSARIES[source]
    assert glossary.language
    return SourceEntry(
        id=f"{source}#{headword}", source=source, language=glossary.language, line_first=line, line_last=line,
        headword=headword, definition=definition,
        designations=designations or (Designation(term=headword, language=glossary.language),),
    )  # fmt: skip


def composed(
    *entries: SourceEntry, editorial: Editorial | None = None, options: ComposeOptions | None = None
) -> tuple[ConceptEntry, list[str]]:
    found: list[Finding] = []
    concept = AlignedConcept(members=tuple(sorted(each.id for each in entries)))
    built = compose(
        [concept], ["c1"], {each.id: each for each in entries}, GLOSSARIES, report=found.append,
        editorial=editorial or Editorial(), options=options or ComposeOptions(),
    )  # fmt: skip
    return built[0], [each.code for each in found]


def terms(concept: ConceptEntry, language: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (plain(term.term), (term.administrative_status or "").removesuffix("Term-admn-sts"), term.term_type)
        for _, term in concept.terms(language)
    ]


def decided(term: str, language: str = "sv", **fields: str) -> Editorial:
    return Editorial(designations=(DesignationDecision(concept="c1", language=language, term=term, **fields),))


def test_two_glossaries_of_one_language_share_a_section() -> None:
    concept, codes = composed(
        entry("a", "kundservice", definition="Hjälp."), entry("b", "Kundtjänst"), entry("c", "obsługa klienta")
    )
    assert terms(concept, "sv") == [("kundservice", "preferred", None), ("Kundtjänst", "admitted", None)]
    assert terms(concept, "pl") == [("obsługa klienta", "preferred", None)]
    section = concept.language("sv")
    assert section and [(each.text, each.source) for each in section.definitions] == [("Hjälp.", "Ordlista, Firma")]
    assert codes == ["PRJ007"]


def test_the_same_term_of_two_sources_stands_once_with_both() -> None:
    concept, _ = composed(entry("a", "Agent"), entry("b", "agent"))
    ((_, term),) = concept.terms("sv")
    assert plain(term.term) == "agent"
    assert [each.text for each in term.sources] == ["Ordlista, Firma", "b"]


def test_a_loan_is_a_designation_of_both_languages() -> None:
    concept, codes = composed(entry("a", "Callback", Designation(term="Callback", language="en")))
    assert terms(concept, "sv") == terms(concept, "en") == [("Callback", "preferred", None)]
    assert codes == []


def test_an_english_expansion_serves_a_language_without_full_form() -> None:
    acronym = Designation(term="AHT", language="en", type="acronym")
    expansion = Designation(term="average handling time", language="en", type="fullForm", origin=IN_TEXT)
    concept, _ = composed(entry("a", "AHT", acronym, expansion))
    assert [term for term, _, _ in terms(concept, "sv")] == ["average handling time", "AHT"]
    native = Designation(term="hanteringstid", language="sv", type="fullForm", origin=IN_TEXT)
    concept, _ = composed(entry("a", "AHT", acronym, expansion, native))
    assert [term for term, _, _ in terms(concept, "sv")] == ["hanteringstid", "AHT"]
    assert [term for term, _, _ in terms(concept, "en")] == ["average handling time", "AHT"]


@pytest.mark.parametrize(
    ("editorial", "language", "wanted"),
    [
        (decided("b", status="preferred"), "sv", [("b", "preferred", None), ("A", "admitted", None)]),
        (decided("a", status="deprecated"), "sv", [("B", "preferred", None), ("a", "deprecated", None)]),
        (decided("a", status="rejected"), "sv", [("B", "preferred", None)]),
        (decided("x", "en", type="fullForm"), "en", [("x", "preferred", "fullForm")]),
    ],
)
def test_editorial_decisions_win(
    editorial: Editorial, language: str, wanted: list[tuple[str, str, str | None]]
) -> None:
    concept, _ = composed(entry("a", "A"), entry("b", "B"), editorial=editorial)
    assert terms(concept, language) == wanted


def test_an_editorial_designation_names_its_source() -> None:
    concept, _ = composed(entry("a", "A"), editorial=decided("x", "en", note="made for the export"))
    ((_, term),) = concept.terms("en")
    assert [each.text for each in term.sources] == ["editorial"]
    assert [each.text for each in term.notes] == ["made for the export"]


def test_rejecting_what_nobody_gives_is_reported() -> None:
    _, codes = composed(entry("a", "A"), editorial=decided("zzz", status="rejected"))
    assert codes == ["PRJ006", "PRJ007"]


def test_project_options_are_stated_on_every_concept() -> None:
    concept, _ = composed(entry("a", "A"), options=ComposeOptions(subject_field="service", part_of_speech="noun"))
    assert [each.text for each in concept.subject_fields] == ["service"]
    assert [term.part_of_speech for _, term in concept.terms()] == ["noun"]


def test_relations_become_cross_references_and_unknown_concepts_are_reported() -> None:
    entries = {each.id: each for each in (entry("a", "A"), entry("a", "B", line=2))}
    relations = (
        RelationDecision(concept="c1", relation="broader", target="c2"),
        RelationDecision(concept="c1", relation="related", target="c9"),
        RelationDecision(concept="c8", relation="related", target="c1"),
    )
    found: list[Finding] = []
    one, _ = compose(
        [AlignedConcept(members=(each,)) for each in entries], ["c1", "c2"], entries, GLOSSARIES,
        editorial=Editorial(relations=relations), report=found.append,
    )  # fmt: skip
    assert [(each.text, each.target) for each in one.cross_references] == [("broader: B", "c2")]
    assert sorted(each.code for each in found) == ["PRJ002", "PRJ002", "PRJ007", "PRJ007"]


def test_labels_prefer_an_english_full_form() -> None:
    english = Designation(term="agent collision", language="en")
    assert label_of([entry("a", "x"), entry("b", "y", english)]) == "agent collision"
    assert label_of([entry("b", "y"), entry("a", "x")]) == "x"


def test_decision_tables_are_read_back() -> None:
    designations = (DesignationDecision(concept="c1", language="en", term="x", status="admitted", type="acronym"),)
    relations = (RelationDecision(concept="c1", relation="doubtful", target="c2", note="why"),)
    assert read_designations(write_designations(designations)) == designations
    assert read_relations(write_relations(relations)) == relations
    assert read_designations("") == ()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("c1\ten\tx\tgood\t\t\t", "editorial.tsv:2: status `good` is none of"),
        ("c1\ten\tx\t\tword\t\t", "type `word` is none of"),
        ("c1\ten\tx\t\t\tparticle\t", "part_of_speech `particle` is none of"),
        ("c1\ten\tx", "wanted 7 columns, found 3"),
    ],
)
def test_a_bad_decision_is_refused_with_its_line(row: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_designations(write_designations(()) + row + "\n")


def test_a_table_without_its_header_is_refused() -> None:
    with pytest.raises(InputError, match="the header must name the columns concept, relation"):
        read_relations("a\tb\n")
