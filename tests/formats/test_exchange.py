"""The exchange formats of single tools: what is written follows their rules, what others wrote is read."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from lxml import etree

from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.formats.contract import Format, ReadOptions, WriteOptions
from cctbx.formats.glossml import GLOSSML
from cctbx.formats.glotpress import GLOTPRESS, PARTS_OF_SPEECH
from cctbx.formats.matecat import MATECAT
from cctbx.formats.multiterm import MULTITERM, MULTITERM_XDT
from cctbx.formats.multiterm.names import canonical_tag, category_of, label_of, language_name
from cctbx.formats.ntrf import NTRF
from cctbx.formats.omegat import OMEGAT_CSV, OMEGAT_TEXT
from cctbx.formats.registry import FORMATS, detect, format_named
from cctbx.formats.utx import UTX
from cctbx.formats.weblate import HEADS, WEBLATE_CSV
from cctbx.model import (
    CATEGORIES,
    ConceptEntry,
    DataCategory,
    LanguageSection,
    Metatype,
    TermBase,
    TermSection,
)
from tests.formats.laws import findings_of, read, reduced, written
from tests.formats.test_laws import BACK, WAY, english_and_swedish
from tests.strategies import termbases
from tests.support import shared_path

DEPRECATED = "deprecatedTerm-admn-sts"


def definition(text: str) -> tuple[DataCategory, ...]:
    return (DataCategory(category="definition", metatype=Metatype.DESCRIPTIVE, value=text),)


def term(text: str, **more: str) -> TermSection:
    return TermSection(term=text, **more)  # type: ignore[arg-type]


def base(english: list[TermSection], swedish: list[TermSection], **more: object) -> TermBase:
    held = (("en", english), ("sv", swedish))
    sections = tuple(LanguageSection(language=tag, terms=tuple(terms)) for tag, terms in held)
    return TermBase(concepts=(ConceptEntry(id="k7", languages=sections, **more),))  # type: ignore[arg-type]


CALL = base([term("call"), term("ring")], [term("samtal")], definitions=definition("talk\nby phone"))


def codes(format_: Format, of: TermBase, options: WriteOptions = WAY) -> list[str]:
    return [each.code for each in findings_of(format_, of, options)]


def test_omegat_text_has_three_columns_and_says_its_languages() -> None:
    assert written(OMEGAT_TEXT, CALL, WAY).decode() == (
        "# en - sv -*- coding: utf-8 -*-\ncall\tsamtal\ttalk by phone\nring\tsamtal\ttalk by phone\n"
    )
    assert codes(OMEGAT_TEXT, CALL) == ["LOS064", "LOS058", "LOS062"]


def test_a_term_that_begins_with_a_hash_needs_the_csv_form() -> None:
    tag = base([term("#tag")], [term("märke")])
    assert codes(OMEGAT_TEXT, tag) == ["LOS065"]
    assert codes(OMEGAT_CSV, tag) == []
    assert written(OMEGAT_CSV, tag, WAY) == b'\xef\xbb\xbf"#tag","m\xc3\xa4rke",""\n'


@settings(max_examples=30, deadline=None)
@given(base=english_and_swedish())
def test_omegat_reads_what_it_is_told(base: TermBase) -> None:
    """OmegaT's reader: lines of three columns split at tabs, none empty, `#` lines passed over."""
    lines = written(OMEGAT_TEXT, base, WAY).decode().split("\n")
    theirs = [tuple(line.split("\t")[:2]) for line in lines if line and not line.startswith("#")]
    ours = [tuple(str(t.term) for _, t in entry.terms()) for entry in reduced(OMEGAT_TEXT, base, WAY).concepts]
    assert theirs == ours


@pytest.mark.parametrize(
    ("file", "languages"), [("x.en-sv.utf8", ["en", "sv"]), ("glossary/n.pt-BR-nb.tab", ["pt-BR", "nb"])]
)
def test_a_file_name_may_say_the_languages(file: str, languages: list[str]) -> None:
    found = read(OMEGAT_TEXT, b"a\tb\n", ReadOptions(file=file))
    assert [section.language for section in found.concepts[0].languages] == languages


def test_a_glossary_without_languages_is_refused() -> None:
    with pytest.raises(InputError, match="--source-language"):
        read(OMEGAT_TEXT, b"a\tb\n", ReadOptions(file="x.tab"))


def test_lines_that_are_no_pair_are_reported() -> None:
    found: list[Finding] = []
    read(OMEGAT_TEXT, b"only one\na\tb\n", replace(BACK, report=found.append))
    assert [(each.code, each.line) for each in found] == [("FMT108", 1)]
    with pytest.raises(InputError):
        read(OMEGAT_TEXT, b"only one\n", replace(BACK, strict=True))


@settings(max_examples=30, deadline=None)
@given(base=english_and_swedish())
def test_weblate_csv_has_its_columns_and_unique_contexts(base: TermBase) -> None:
    content = written(WEBLATE_CSV, base, WAY)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert content.decode("utf-8-sig").splitlines()[0] == ",".join(f'"{head}"' for head in HEADS)
    contexts = [row["context"] for row in rows]
    assert len(set(contexts)) == len(contexts)
    assert not any(row["location"] for row in rows)


@settings(max_examples=20, deadline=None)
@given(base=english_and_swedish())
def test_translate_toolkit_reads_every_pair_of_the_csv(base: TermBase) -> None:
    from translate.storage.csvl10n import csvfile

    store = csvfile(encoding="utf-8")
    store.parse(written(WEBLATE_CSV, base, WAY))
    theirs = {(unit.source, unit.target) for unit in store.units}
    ours = {
        (str(one.term), str(other.term))
        for entry in reduced(WEBLATE_CSV, base, WAY).concepts
        for one in entry.languages[0].terms
        for other in entry.languages[1].terms
    }
    assert theirs == ours


def test_translate_toolkit_finds_the_encoding_by_the_mark() -> None:
    from translate.storage.csvl10n import csvfile

    swedish = base([term("queue"), term("Ångström")], [term("kö"), term("återuppringning")])
    store = csvfile.parsestring(written(WEBLATE_CSV, swedish, WAY))
    assert {unit.target for unit in store.units} == {"kö", "återuppringning"}


def test_a_csv_of_another_program_with_the_same_columns() -> None:
    content = b"source,target,context,notes\nbutton,knapp,ui,shown | often\nmenu,meny,,\n"
    found = read(WEBLATE_CSV, content, BACK)
    assert [each.id for each in found.concepts] == ["ui", "row-3"]
    assert [each.text for each in found.concepts[0].notes] == ["shown", "often"]
    with pytest.raises(InputError, match="source"):
        read(WEBLATE_CSV, b"a,b\n", BACK)


@settings(max_examples=30, deadline=None)
@given(base=english_and_swedish())
def test_glotpress_imports_every_row(base: TermBase) -> None:
    """Its importer skips, without a word, rows whose term or part of speech break its rules."""
    rows = list(csv.reader(io.StringIO(written(GLOTPRESS, base, WAY).decode(), newline="")))
    assert rows[0] == ["en", "sv", "pos", "description"]
    for source, _, part, _ in rows[1:]:
        assert re.fullmatch(r"[A-Za-z0-9]([\x20-\x7e]*[A-Za-z0-9])?", source)
        assert part in PARTS_OF_SPEECH


def test_glotpress_leaves_out_what_it_would_skip_and_says_so() -> None:
    mixed = base([term("café"), term("tea", part_of_speech="noun")], [term("te")])
    assert codes(GLOTPRESS, mixed) == ["LOS062", "LOS065"]
    assert written(GLOTPRESS, mixed, WAY).decode() == '"en","sv","pos","description"\n"tea","te","noun",""\n'
    assert codes(GLOTPRESS, base([term("tea")], [term("te")])) == ["LOS066"]


def test_glotpress_slugs_become_tags() -> None:
    found = read(GLOTPRESS, b"en,pt-br,pos,description\npost,artigo,noun,an article\n")
    assert [section.language for section in found.concepts[0].languages] == ["en", "pt-BR"]
    assert found.concepts[0].languages[0].terms[0].part_of_speech == "noun"


def test_utx_has_its_head_and_columns() -> None:
    status = base([term("call", part_of_speech="noun")], [term("samtal", administrative_status=DEPRECATED)])
    options = replace(WAY, project="Contact; centre", date="2024-05-01")
    lines = written(UTX, status, options).decode().split("\r\n")
    assert lines[0] == (
        "#UTX 1.11; en/sv; 2024-05-01T00:00:00Z; copyright: ; license: ; Dictionary ID: Contact, centre;"
    )
    assert lines[1].startswith("#src\ttgt\tsrc:pos\ttgt:pos\tterm status")
    assert lines[2].split("\t")[:5] == ["call", "samtal", "noun", "", "non-standard"]
    assert lines[2].endswith("\tk7")


def test_utx_moves_a_definition_of_the_concept_to_a_language() -> None:
    assert "LOS064" in codes(UTX, CALL)
    back = read(UTX, written(UTX, CALL, WAY))
    assert back.concepts[0].languages[0].definitions[0].text == "talk by phone"
    assert codes(UTX, base([term("#x")], [term("y")])) == ["LOS065"]


def test_utx_own_columns_and_unknown_statuses_are_kept() -> None:
    content = (
        "#UTX 1.20; en/ja; 2020; copyright: A; bidirectional;\n#src\ttgt\tsrc:pos\tterm status\ttgt:reading\n"
        "a\tb\tnoun\t\tbe\nc\td\tnoun\trejected\t\n"
    )
    first, second = read(UTX, content.encode()).concepts
    assert first.languages[1].terms[0].administrative_status == "preferredTerm-admn-sts"
    assert first.languages[1].terms[0].others[0].text == "be"
    assert second.languages[1].terms[0].administrative_status == "rejected"


def test_utx_rows_without_concept_id_go_together_by_term() -> None:
    rows = "call\tsamtal\tnoun\ncall\tringa\tverb\ncall\ttelefonsamtal\tnoun\nbad\n"
    content = f"#UTX 1.11; en/sv;\n#src\ttgt\tsrc:pos\n{rows}"
    found: list[Finding] = []
    base_ = read(UTX, content.encode(), ReadOptions(report=found.append))
    assert [[str(t.term) for _, t in each.terms()] for each in base_.concepts] == [
        ["call", "samtal", "telefonsamtal"], ["call", "ringa"], ["bad"],
    ]  # fmt: skip
    assert [(each.code, each.line) for each in found] == [("FMT104", 5), ("FMT102", 6)]


@pytest.mark.parametrize(
    ("content", "terms", "codes"),
    [
        ("\ufeff#UTX 1.11; en/de;\n#src\ttgt\tsrc:pos\ncall\tAnruf\tnoun\n", ["call", "Anruf"], ["FMT114"]),
        ("#UTX 1.11; en/de;\ncall\tAnruf\tnoun\n", ["call", "Anruf"], ["FMT117"]),
        ("#UTX 1.11; en/de;\n#src    tgt    src:pos\nhot line    Anruf    noun\n", ["hot line", "Anruf"], ["FMT117"]),
        ("#UTX 1.11; en/de;\n#src\ttgt\ncall\tAnruf\n", ["call", "Anruf"], ["FMT117"]),
        ("#UTX 1.11; en/de;\n#src\ttgt\tsrc:pos\ncall\tAnruf\tnoun\tmore\n", ["call", "Anruf"], ["FMT102"]),
    ],
)
def test_utx_that_is_not_as_demanded_is_read_and_said(content: str, terms: list[str], codes: list[str]) -> None:
    found: list[Finding] = []
    base_ = read(UTX, content.encode(), ReadOptions(report=found.append))
    assert [str(term.term) for entry in base_.concepts for _, term in entry.terms()] == terms
    assert [each.code for each in found] == codes


@cache
def glossml_schema() -> etree.XMLSchema:
    text = shared_path("conformance/tbx/schemas/glossml/GlossML.xsd").read_text(encoding="utf-8")
    xml = shared_path("conformance/tbx/schemas/support/xml-namespace.xsd").as_uri()
    return etree.XMLSchema(etree.fromstring(text.replace("http://www.w3.org/2001/xml.xsd", xml).encode()))


@settings(max_examples=30, deadline=None)
@given(base=termbases())
def test_glossml_is_valid(base: TermBase) -> None:
    tree = etree.fromstring(written(GLOSSML, base))
    if len(tree):
        assert glossml_schema().validate(tree), glossml_schema().error_log


def test_glossml_keeps_the_source_of_a_definition() -> None:
    source = DataCategory(category="source", metatype=Metatype.ADMINISTRATIVE, value="ISO 18295")
    said = replace(definition("d")[0], group=(source,))
    section = LanguageSection(language="en", terms=(term("a"), term("b")), definitions=(said,))
    one = TermBase(concepts=(ConceptEntry(id="c1", languages=(section,)),))
    assert b'<definition source="ISO 18295">d</definition>' in written(GLOSSML, one)
    assert read(GLOSSML, written(GLOSSML, one)).concepts == one.concepts
    assert findings_of(GLOSSML, one) == []


GML = """<glossary xmlns="http://www.maxprograms.com/gml" version="1.0" srclang="en"><comment>of ours</comment>
<glossentry id="q"><comment>one</comment>
<langentry xml:lang="en"><term>printer</term><term>press</term><definition>d</definition>
<definition>e</definition></langentry>
<langentry xml:lang="de"><definition>f</definition><term from="x">Drucker</term><usage>often</usage></langentry>
<comment>two</comment></glossentry></glossary>"""


def test_glossml_that_the_schema_forbids_is_read_and_said() -> None:
    found: list[Finding] = []
    base_ = read(GLOSSML, GML.encode(), ReadOptions(report=found.append))
    assert base_.header.source_descriptions == ("of ours",)
    (entry,) = base_.concepts
    assert [str(each.term) for _, each in entry.terms()] == ["printer", "press", "Drucker"]
    assert [[each.text for each in section.definitions] for section in entry.languages] == [["d", "e"], ["f"]]
    assert [each.text for each in entry.notes] == ["one", "two"]
    said = [(each.code, each.line) for each in found]
    assert said == [
        ("FMT117", 3), ("FMT117", 4), ("FMT116", 5), ("FMT117", 5), ("FMT117", 5), ("FMT117", 6), ("FMT117", 6),
    ]  # fmt: skip
    with pytest.raises(InputError, match="second"):
        read(GLOSSML, GML.encode(), ReadOptions(strict=True))


def test_matecat_writes_forbidden_terms_in_rows_of_their_own() -> None:
    mixed = base([term("client")], [term("kund"), term("klient", administrative_status=DEPRECATED)])
    text = written(MATECAT, mixed).decode("utf-8-sig")
    rows = [[row[0], row[4], row[7]] for row in csv.reader(io.StringIO(text, newline=""))]
    assert rows == [["Forbidden", "en", "sv"], ["", "client", "kund"], ["TRUE", "", "klient"]]


@settings(max_examples=30, deadline=None)
@given(base=termbases())
def test_the_definition_of_a_multiterm_base_names_every_field_and_index(base: TermBase) -> None:
    content = etree.fromstring(written(MULTITERM, base))
    definition_ = etree.fromstring(written(MULTITERM_XDT, base))
    fields = {each.findtext("TextChild") for each in definition_.iterfind("Object/TerminologyFields/Node")}
    used = {each.get("type") for each in content.iter("descrip")}
    assert used <= fields
    indexes = {each.text for each in definition_.iter("ItemText")}
    assert indexes == {each.get("type") for each in content.iter("language")}
    assert all(each.text and each.text.isdecimal() for each in content.iter("concept"))


def test_multiterm_is_utf16_with_numbers_for_entries() -> None:
    content = written(MULTITERM, CALL)
    assert content.startswith(b"\xff\xfe")
    text = content.decode("utf-16")
    assert '<?xml version="1.0" encoding="UTF-16"?>' in text
    assert '<concept>1</concept>' in text
    assert '<language type="Swedish" lang="SV"/>' in text
    assert read(MULTITERM, content).concepts[0].id == "k7"


@pytest.mark.parametrize("category", [each.name for each in CATEGORIES])
def test_every_category_has_a_label_that_means_it(category: str) -> None:
    assert category_of(label_of(category)) == category


@pytest.mark.parametrize(("label", "category"), [("Part of Speech", "partOfSpeech"), ("Status", "administrativeStatus"),
                                                 ("Subject", "subjectField"), ("Colour", "Colour")])  # fmt: skip
def test_labels_of_multiterm_bases(label: str, category: str) -> None:
    assert category_of(label) == category


@pytest.mark.parametrize(
    ("tag", "canonical"), [("EN", "en"), ("PT-BR", "pt-BR"), ("ZH-HANT-TW", "zh-Hant-TW"), ("X-HOUSE", "x-house")]
)
def test_canonical_case_of_tags(tag: str, canonical: str) -> None:
    assert canonical_tag(tag) == canonical


def test_names_of_languages() -> None:
    assert [language_name(tag) for tag in ("sv", "pt-BR", "x-house")] == ["Swedish", "Portuguese (Brazil)", "x-house"]


def test_ntrf_without_a_record_about_itself() -> None:
    found: list[Finding] = []
    content = "svTE kund\nsvSYTE klient\nsvXX okänt\n   fortsättning\nenTE customer\n\nsvDF ensam\n\n?? nothing\n"
    records = read(NTRF, content.encode(), ReadOptions(report=found.append)).concepts
    assert [str(t.term) for _, t in records[0].terms()] == ["kund", "klient", "customer"]
    assert records[0].languages[0].others[0].category == "ntrf:XX"
    assert records[0].languages[0].others[0].text == "okänt\nfortsättning"
    assert [(each.code, each.line) for each in found] == [("FMT109", 7), ("FMT108", 9), ("FMT109", 9)]


@pytest.mark.parametrize("name", [each.name for each in FORMATS if each.write and each.read])
def test_what_a_format_writes_is_recognised(name: str) -> None:
    """By content, or by the ending its files get; the two never disagree about how to read."""
    format_ = format_named(name)
    options = WAY if format_.keeps.languages == 2 else WriteOptions()
    content = written(format_, CALL, options)
    found = detect(content[: 1 << 16], f"x.en-sv{format_.extensions[0]}")
    assert found is not None
    assert found.read is format_.read or found is format_
