"""Every row of the conversion table (reference, section 7) by example: what becomes of it, and what is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cctbx.findings import Finding
from cctbx.formats.tbx import identifiers
from cctbx.formats.tbx.editions import Edition, edition_of
from cctbx.formats.tbx.identifiers import Identifiers, is_name, valid_name
from cctbx.formats.tbx.restriction import restrict
from cctbx.formats.tbx.spelling import clean, is_reference, is_web_address, iso_date, valid_language
from cctbx.model import (
    CATEGORY,
    ConceptEntry,
    DataCategory,
    Inline,
    InlineKind,
    LanguageSection,
    Level,
    Markup,
    Metatype,
    TermSection,
    fields_from,
    plain,
    statements,
)
from tests.formats.tbx.support import many, read_all, read_text, written

DCT, DCA = edition_of("tbx", "TBX-Basic", "dct"), edition_of("tbx", "TBX-Basic", "dca")
CORE = edition_of("tbx", "TBX-Core", "dca")
BASIC, DEFAULT = edition_of("martif", "TBX-Basic", None), edition_of("martif", "TBX", None)


def say(category: str, value: str | Markup = "", **more: object) -> DataCategory:
    known = CATEGORY.get(category)
    metatype = known.metatype if known else Metatype.UNKNOWN
    return DataCategory(category=category, value=value, metatype=metatype, **more)  # type: ignore[arg-type]


def concept(*, at_concept: tuple[DataCategory, ...] = (), at_language: tuple[DataCategory, ...] = (),
            at_term: tuple[DataCategory, ...] = (), term: str | Markup = "printer") -> ConceptEntry:
    section = TermSection(term=term, **fields_from(Level.TERM, at_term))  # type: ignore[arg-type]
    language = LanguageSection(
        language="en", terms=(section,), **fields_from(Level.LANGUAGE, at_language)  # type: ignore[arg-type]
    )
    return ConceptEntry(id="c1", languages=(language,), **fields_from(Level.CONCEPT, at_concept))  # type: ignore[arg-type]


def shown(level: ConceptEntry | LanguageSection | TermSection) -> list[str]:
    return sorted(f"{each.category}={plain(each.value)}" for each in statements(level))


def outcome(entry: ConceptEntry, edition: Edition) -> tuple[list[str], list[str], list[str], list[str]]:
    """What stands at the three levels afterwards, and the codes of the losses."""
    losses: list[Finding] = []
    made = restrict(entry, edition, losses.append)
    section = made.languages[0]
    return shown(made), shown(section), shown(section.terms[0]), [each.code for each in losses]


TERM_ROWS = [
    # statement at the term, edition → at the concept, at the language, at the term, losses
    (say("partOfSpeech", "properNoun"), DCT, [], [],
     ["note=partOfSpeech: properNoun", "partOfSpeech=noun"], ["LOS003"]),
    (say("partOfSpeech", "properNoun"), BASIC, [], [], ["partOfSpeech=properNoun"], []),
    (say("partOfSpeech", "Noun "), DCT, [], [], ["partOfSpeech=noun"], ["LOS003"]),
    (say("partOfSpeech", "noun phrase"), DCT, [], [], ["note=partOfSpeech: noun phrase"], ["LOS004"]),
    (say("partOfSpeech", "noun phrase"), DEFAULT, [], [], ["partOfSpeech=noun phrase"], []),
    (say("administrativeStatus", "standardizedTerm-admn-sts"), DCT, [], [],
     ["administrativeStatus=preferredTerm-admn-sts", "note=administrativeStatus: standardizedTerm-admn-sts"],
     ["LOS003"]),
    (say("termType", "initialism"), DCA, [], [], ["note=termType: initialism", "termType=abbreviation"], ["LOS003"]),
    (say("termType", "phraseologicalUnit"), DCA, [], [], ["termType=phrase"], ["LOS003"]),
    (say("termType", "phrase"), DEFAULT, [], [], ["termType=phraseologicalUnit"], ["LOS003"]),
    (say("termType", "synonym"), DCA, [], [], ["note=termType: synonym"], ["LOS004"]),
    (say("definition", "a machine"), DCT, [], ["definition=a machine"], [], ["LOS002"]),
    (say("definition", "a machine"), DEFAULT, [], [], ["definition=a machine"], []),
    (say("subjectField", "print"), DCT, ["subjectField=print"], [], [], ["LOS002", "LOS002"]),
    (say("sampleSentence", "It prints."), DCT, [], [], ["context=It prints."], ["LOS005"]),
    (say("sampleSentence", "It prints."), DEFAULT, [], [], ["sampleSentence=It prints."], []),
    (say("frequency", "commonlyUsed"), DCT, [], [], ["note=frequency: commonlyUsed"], ["LOS001"]),
    (say("register", "slangRegister"), DCT, [], [], ["note=register: slangRegister"], ["LOS001"]),
    (say("partOfSpeech", "noun"), CORE, [], [], ["note=partOfSpeech: noun"], ["LOS001"]),
    (say("crossReference", "x", target="https://a.example/"), DCT, [], [], ["externalCrossReference=x"], ["LOS005"]),
    (say("crossReference", "see"), DCT, [], [], ["note=crossReference: see"], ["LOS013"]),
    (say("externalCrossReference", "x", target="a b"), DCT, [], [],
     ["note=externalCrossReference: x [a b]"], ["LOS013"]),
    (say("acmeColour", "red", group=(say("source", "us"),)), DCT, [], [],
     ["note=acmeColour: red (source: us)"], ["LOS001"]),
    (say("note", "n", group=(say("@from", "dev"),)), DCT, [], [], ["note=from (note): dev", "note=n"], ["LOS006"]),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "edition", "at_concept", "at_language", "at_term", "codes"), TERM_ROWS)
def test_statements_of_a_term(
    statement: DataCategory, edition: Edition, at_concept: list[str], at_language: list[str], at_term: list[str],
    codes: list[str],
) -> None:
    assert outcome(concept(at_term=(statement,)), edition) == (at_concept, at_language, at_term, codes)


def transaction(kind: str, *companions: DataCategory) -> DataCategory:
    return say("transactionType", kind, group=companions)


def test_transactions() -> None:
    day, person = say("date", "2010-4-17"), say("responsibility", "Ann", target="p1")
    made = restrict(concept(at_concept=(transaction("input", day, person),)), DCT)
    assert (made.transactions[0].value, made.transactions[0].date) == ("origination", "2010-04-17")
    assert made.transactions[0].responsibility == "Ann"
    approved = outcome(concept(at_concept=(transaction("approval", day, person),)), DCT)
    assert approved[0] == ["note=transactionType: approval (date: 2010-4-17; responsibility: Ann [p1])"]
    odd = outcome(concept(at_concept=(transaction("origination", say("date", "soon")),)), DCT)
    assert odd[0] == ["note=date (transactionType): soon", "transactionType=origination"]
    assert odd[3] == ["LOS016"]


def test_groups_of_basic_2008_hold_sources_only() -> None:
    definition = say("definition", "x", group=(say("source", "ISO"), say("note", "n")))
    made = restrict(concept(at_concept=(definition,)), BASIC)
    assert made.definitions[0].source == "ISO"
    assert shown(made) == ["definition=x", "note=note (definition): n"]


def test_markup() -> None:
    bold = Inline(kind=InlineKind.HIGHLIGHT, content=("b",), attributes=(("type", "bold"), ("xml:lang", "de")))
    start = Inline(kind=InlineKind.START_CODE, content=("<i>",), attributes=(("i", "1"), ("type", "fmt")))
    end = Inline(kind=InlineKind.END_CODE, content=("</i>",), attributes=(("i", "1"),))
    entry = concept(at_concept=(say("definition", Markup(("a ", bold, start, "c", end))),), term=Markup((bold, start)))
    losses: list[Finding] = []
    made = restrict(entry, DCA, losses.append)
    assert made.definitions[0].value == Markup((
        "a ", Inline(kind=InlineKind.HIGHLIGHT, content=("b",), attributes=(("type", "bold"),)),
        Inline(kind=InlineKind.START_CODE, attributes=(("id", "c1-code1"),)), "c",
        Inline(kind=InlineKind.END_CODE, attributes=(("startRef", "c1-code1"),)),
    ))  # fmt: skip
    assert {"LOS007", "LOS008"} == {each.code for each in losses}
    assert restrict(entry, DCT).definitions[0].value == "a bc"
    back = restrict(made, DEFAULT).definitions[0].value
    assert isinstance(back, Markup)
    assert back.parts[2] == Inline(kind=InlineKind.START_CODE, attributes=(("i", "1"),))


def test_ids_are_made_valid_and_unique_and_references_follow() -> None:
    base = read_text(
        '<martif type="TBX" xml:lang="en"><text><body>'
        '<termEntry id="17"><ref type="crossReference" target="4711">x</ref><langSet xml:lang="en_US"><tig>'
        "<term>a</term></tig></langSet></termEntry>"
        '<termEntry id="4711"><langSet xml:lang="en"><tig><term>b</term></tig></langSet></termEntry>'
        '<termEntry id="4711"><langSet xml:lang="en"><tig><term>c</term></tig></langSet></termEntry>'
        "</body></text></martif>"
    )
    losses: list[Finding] = []
    back = read_all(written(base, DCT, losses))
    assert [each.id for each in back.concepts] == ["c17", "c4711", "c4711-2"]
    assert back.concepts[0].cross_references[0].target == "c4711"
    assert back.concepts[0].languages[0].language == "en-US"
    assert [each.code for each in losses] == ["LOS010", "LOS014", "LOS010", "LOS010"]


def test_a_target_nobody_answers_to_gets_a_placeholder() -> None:
    entry = concept(at_concept=(say("crossReference", "x", target="elsewhere"),))
    base = read_text('<tbx type="TBX-Basic" style="dca" xml:lang="en"/>')
    content = written(type(base)(header=base.header, concepts=(entry,)), DCA)
    assert b'<refObject id="elsewhere">' in content
    assert read_all(content).references == ()


@pytest.mark.parametrize("limit", [0, 2, 4096])
@many
@given(names=st.lists(st.tuples(st.sampled_from(("c", "", "d-", "c0")), st.integers(0, 40)), max_size=80))
def test_a_register_is_a_set(limit: int, names: list[tuple[str, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(identifiers, "_RUNS_LIMIT", limit)
        register, known = Identifiers(), set[str]()
        for prefix, number in names:
            name = f"{prefix}{number}"
            assert (name in register) is (name in known)
            assert register.add(name) is (name not in known)
            known.add(name)
        assert all(name in register for name in known)


def test_a_million_ids_in_a_row_take_no_memory() -> None:
    register = Identifiers()
    for number in range(100_000):
        assert register.add(f"c{number + 1}")
    assert register._begun == 1
    assert register._count == 0


def test_register_of_ids() -> None:
    known = Identifiers()
    names = [f"c{number}" for number in range(50_000)]
    assert all(known.add(name) for name in names)
    assert not any(known.add(name) for name in names)
    assert "c49999" in known
    assert "c50000" not in known


@pytest.mark.parametrize(("given", "made"), [("c1", "c1"), ("17", "c17"), ("a b", "a_b"), ("Ä-1", "Ä-1"), ("", "c"),
                                             ("a:b", "a_b"), ("-x", "c-x"), ("概念", "概念")])
def test_valid_names(given: str, made: str) -> None:
    assert valid_name(given) == made
    assert is_name(made)


@pytest.mark.parametrize(("given", "made"), [
    ("2024-02-29", "2024-02-29"), ("2023-02-29", None), ("20010507T10:57:25Z", "2001-05-07T10:57:25Z"),
    ("2010-4-17", "2010-04-17"), (" 2024-01-31 ", "2024-01-31"), ("2024-01-31T10:20:30.123+02:00",) * 2,
    ("2024-01", None), ("", None), ("31.01.2024", None), ("2024-01-31T25:00:00", None), ("0001-01-01", "0001-01-01"),
])  # fmt: skip
def test_dates(given: str, made: str | None) -> None:
    assert iso_date(given) == made


@pytest.mark.parametrize(("given", "made"), [("en_US", "en-US"), ("nan-TW@latin", "nan-TW-Latn"), ("", "und"),
                                             ("zh-Hant-TW", "zh-Hant-TW"), ("C", "C"), ("überlang", "berlang")])
def test_language_tags(given: str, made: str) -> None:
    assert valid_language(given) == made


def test_addresses_and_characters() -> None:
    assert is_web_address("https://example.org/a?b=1&c=2#d")
    assert not any(map(is_web_address, ("ftp://example.org", "https://a b", "http://", "https://x/<y>", "example.org")))
    assert is_reference("pictures/1.png")
    assert not any(map(is_reference, ("", "a b", "a%zz", ":x", '"')))
    assert clean("a\0b\x1fc\ufffe\td") == "abc\td"


COMPONENTS = (
    '<martif type="TBX" xml:lang="en"><text><body><termEntry id="c1"><langSet xml:lang="en"><ntig><termGrp>'
    "<term>contact centre</term>{0}</termGrp></ntig></langSet></termEntry></body></text></martif>"
)
LIST = (
    '<termCompList type="lemma"><termComp>contact</termComp><termCompGrp><termComp>centre</termComp>'
    '<termNote type="partOfSpeech">noun</termNote></termCompGrp></termCompList>'
)


@pytest.mark.parametrize(
    ("written_list", "note"),
    [
        (LIST, "termCompList (lemma): contact | centre (partOfSpeech: noun)"),
        ("<termCompList><termComp>a &lt;</termComp></termCompList>", "termCompList: a <"),
    ],
)
def test_components_are_named_one_by_one_where_they_become_a_note(written_list: str, note: str) -> None:
    found: list[Finding] = []
    losses: list[Finding] = []
    base = read_text(COMPONENTS.format(written_list), found)
    assert [each.code for each in found] == ["FMT023"]
    term = read_all(written(base, edition_of("tbx", "TBX-Basic", "dct"), losses)).concepts[0].languages[0].terms[0]
    assert [each.text for each in term.notes] == [note]
    assert [each.code for each in losses if each.concept] == ["LOS001"]
