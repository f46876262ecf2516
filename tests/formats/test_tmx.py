"""TMX: valid against the published DTD, bilingual files as translation tools want them."""

from __future__ import annotations

import io
import os
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions, WriteOptions
from cctbx.formats.shapes import Shapes
from cctbx.formats.tmx import TMX
from cctbx.model import (
    ConceptEntry,
    DataCategory,
    Inline,
    InlineKind,
    LanguageSection,
    Markup,
    Metatype,
    TermBase,
    TermSection,
)
from cctbx.model.patterns import Repeated
from tests.formats.laws import findings_of, read, written
from tests.formats.tbx.test_fast_ways import exact
from tests.formats.test_laws import WAY, english_and_swedish
from tests.strategies import termbases
from tests.support import shared_path


@cache
def dtd() -> etree.DTD:
    return etree.DTD(str(shared_path("conformance/tbx/schemas/tmx/tmx14.dtd")))


def check_valid(content: bytes) -> None:
    tree = etree.fromstring(content)
    if tree.find("body/tu") is not None or tree.find("body") is not None:
        assert dtd().validate(tree), dtd().error_log


@settings(max_examples=40, deadline=None)
@given(base=termbases())
def test_every_export_is_valid(base: TermBase) -> None:
    check_valid(written(TMX, base))


@settings(max_examples=40, deadline=None)
@given(base=english_and_swedish())
def test_every_bilingual_export_is_valid_and_has_one_tuv_a_language(base: TermBase) -> None:
    content = written(TMX, base, WAY)
    check_valid(content)
    tree = etree.fromstring(content)
    assert tree.find("header").get("srclang") == "en"  # type: ignore[union-attr]
    for unit in tree.iter("tu"):
        languages = [each.get("{http://www.w3.org/XML/1998/namespace}lang") for each in unit.iter("tuv")]
        assert languages == ["en", "sv"]


def concept(**more: object) -> ConceptEntry:
    english = LanguageSection(language="en", terms=(TermSection(term="caller"), TermSection(term="customer")))
    swedish = LanguageSection(language="sv", terms=(TermSection(term="kund"),))
    return ConceptEntry(id="c7", languages=(english, swedish), **more)  # type: ignore[arg-type]


def test_pairs_of_a_concept_are_tied_together_and_come_back_as_one() -> None:
    base = TermBase(concepts=(concept(),))
    content = written(TMX, base, WAY)
    assert content.count(b"<tu ") == 2
    assert b'tuid="c7-2"' in content
    assert read(TMX, content).concepts == base.concepts


def test_a_definition_is_a_note_that_tools_show() -> None:
    definition = DataCategory(category="definition", metatype=Metatype.DESCRIPTIVE, value="who calls")
    base = TermBase(concepts=(concept(definitions=(definition,)),))
    content = written(TMX, base)
    assert b"<note>definition: who calls</note>" in content
    assert read(TMX, content).concepts == base.concepts


def test_codes_survive_and_foreign_markup_leaves_its_text() -> None:
    code = Inline(kind=InlineKind.START_CODE, attributes=(("i", "1"), ("type", "bold")), content=("<b>",))
    end = Inline(kind=InlineKind.END_CODE, attributes=(("i", "1"),), content=("</b>",))
    foreign = Inline(kind=InlineKind.FOREIGN, content=("sic",), attributes=(("xml:lang", "la"),))
    term = TermSection(term=Markup((code, "push", end, foreign)))
    base = TermBase(concepts=(ConceptEntry(id="c1", languages=(LanguageSection(language="en", terms=(term,)),)),))
    assert [each.code for each in findings_of(TMX, base)] == ["LOS051"]
    assert read(TMX, written(TMX, base)).concepts[0].languages[0].terms[0].term == Markup((code, "push", end, "sic"))


def test_creation_and_change_are_transactions() -> None:
    content = (
        b'<tmx version="1.4"><header srclang="en"/><body><tu tuid="a" creationdate="20200131T120000Z" creationid="eva">'
        b'<tuv xml:lang="en" changedate="20210101T000000Z"><seg>x</seg></tuv></tu></body></tmx>'
    )
    entry = read(TMX, content).concepts[0]
    assert (entry.transactions[0].text, entry.transactions[0].date) == ("origination", "2020-01-31T12:00:00Z")
    assert entry.transactions[0].responsibility == "eva"
    assert entry.languages[0].terms[0].transactions[0].text == "modification"


def test_a_damaged_file_is_read_as_far_as_it_goes() -> None:
    found: list[Finding] = []
    content = b'<tmx><header srclang="en"/><body><tu><tuv lang="en"><seg>a&#1;b</seg></tuv></tu><tu><tuv>'
    base = read(TMX, content, ReadOptions(report=found.append))
    assert base.concepts[0].languages[0].language == "en"
    assert "FMT111" in {each.code for each in found}
    with pytest.raises(InputError):
        read(TMX, content, ReadOptions(strict=True))


def test_nothing_is_loaded_and_nothing_explodes() -> None:
    bomb = '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)
    ) + '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    content = f'{bomb}<tmx><header srclang="en"/><body><tu><tuv lang="en"><seg>&j;&file;</seg></tuv></tu></body></tmx>'
    found: list[Finding] = []
    base = read(TMX, content.encode(), ReadOptions(report=found.append))
    text = "".join(str(term.term) for entry in base.concepts for _, term in entry.terms())
    assert len(text) < 2_000_000
    assert "root:" not in text
    assert found


def test_another_root_is_refused() -> None:
    with pytest.raises(InputError, match="no <tmx>"):
        assert TMX.read is not None
        TMX.read(io.BytesIO(b"<html/>"), ReadOptions(file="x"))


def test_targets_choose_languages() -> None:
    options = WriteOptions(source_language="en", target_languages=("sv", "de"))
    assert b'xml:lang="sv"' in written(TMX, TermBase(concepts=(concept(),)), options)


def test_bytes_of_another_encoding_are_mended() -> None:
    found: list[Finding] = []
    head = b'<?xml version="1.0" encoding="UTF-8"?><tmx><header srclang="en"/><body>'
    unit = '<tu><tuv lang="sv"><seg>kö</seg></tuv></tu>'
    content = head + unit.encode() + unit.encode("cp1252") + b"</body></tmx>"
    base = read(TMX, content, ReadOptions(report=found.append))
    assert [str(term.term) for entry in base.concepts for _, term in entry.terms()] == ["kö", "kö"]
    assert [each.code for each in found] == ["FMT005"]


UNIT = (
    '<tu{said}>{gap}<note>{0}</note><prop type="x-domain">{1}</prop><tuv xml:lang="en" usagecount="{count}"><seg>{2}'
    '</seg></tuv>{gap}<tuv lang="sv" changedate="{date}" changeid="{who}"><note>{3}</note><seg>{4}</seg></tuv></tu>'
)
SAID = st.sampled_from(
    (' tuid="u{0}"', "", ' creationid="{0}" tuid="u"', ' tuid="&amp;{0}"', ' tuid=""', " tuid='s{0}'")
)
LINES = st.sampled_from((
    "definition: a", "definition [sv]: b", "definition [fr]: c", "note: d", "free", "a: b", " blanks ", "definition: ",
    "R&amp;D", "two  blanks", "\u00a0", "line\nfeed", "", "definition:  x", "<b/>",
))  # fmt: skip
TEXTS = st.sampled_from((
    "a", "a &lt; b", " b ", "", "c\u00a0d", "two\nlines", "<ph x='1'>{{0}}</ph> e", "<!-- c -->f", "&odd;", "g\x01",
    "1 > 0", "<![CDATA[h]]>", "\u4e2d", "definition: x",
))  # fmt: skip
DATES = st.sampled_from(("20200131T120000Z", "2020-01-31", "", "x"))
GAPS = st.sampled_from(("", "\n  "))
WHO = st.sampled_from(("eva", "a&quot;b", ""))
PARTS = st.tuples(LINES, TEXTS, TEXTS, TEXTS, TEXTS)
UNITS = st.lists(st.tuples(PARTS, SAID, DATES, WHO, GAPS), min_size=3, max_size=9)


def exact_units(content: bytes) -> tuple[Any, list[Finding]]:
    found: list[Finding] = []
    return exact(read(TMX, content, ReadOptions(file="x.tmx", report=found.append))), found


@settings(max_examples=int(os.environ.get("CCTBX_EXAMPLES", "150")), deadline=None)
@given(UNITS, st.sampled_from(("\n", "\r\n")), st.integers(2, 3))
def test_units_of_a_shape_are_read_as_by_the_parser(
    units: list[tuple[tuple[str, ...], str, str, str, str]], newline: str, times: int
) -> None:  # fmt: skip
    """The same entries to the last line, the same findings."""
    body = "".join(
        "\n" + UNIT.format(*texts, said=said.format(number), date=date, who=who, gap=gap, count=number)
        for number, (texts, said, date, who, gap) in enumerate(units * times)
    )
    text = f'<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="en"/><body>{body}\n</body></tmx>'
    content = text.replace("\n", newline).encode()
    quick = exact_units(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Shapes, "item", lambda self, text, line: None)
        assert quick == exact_units(content)


def test_units_built_alike_have_a_shape() -> None:
    texts = ("definition [en]: d", "p", "s", "n", "t")
    body = "".join(
        UNIT.format(*texts, said=f' tuid="{number}"', date="20200131T120000Z", who="eva", gap="\n", count=number) + "\n"
        for number in range(9)
    )
    assert TMX.read is not None
    stream = TMX.read(io.BytesIO(f'<tmx><header srclang="en"/><body>{body}</body></tmx>'.encode()), ReadOptions())
    assert [isinstance(item, Repeated) for item in stream.items()] == [False] + [True] * 8


def test_public_memories_are_read_as_by_the_parser() -> None:
    paths = sorted(shared_path("conformance").rglob("*.tmx"))
    assert len(paths) >= 40
    for path in paths:
        content = path.read_bytes()
        try:
            quick = exact_units(content)
        except InputError:
            continue
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Shapes, "item", lambda self, text, line: None)
            assert quick == exact_units(content), path


def test_names_in_capitals_are_read() -> None:
    found: list[Finding] = []
    unit = '<TU TUID="{0}"><TUV LANG="EN"><SEG>A <b>LANG="x"</b></SEG></TUV><Tuv XML:LANG="sv"><Seg>B</Seg></Tuv></TU>'
    units = "".join(unit.format(number) for number in range(4))
    content = f'<TMX VERSION="1.1"><HEADER SRCLANG="EN"/><BODY>{units}</BODY></TMX>'.encode()
    base = read(TMX, content, ReadOptions(report=found.append))
    assert base.header.language == "EN"
    assert [each.id for each in base.concepts] == ["0", "1", "2", "3"]
    assert {tuple(each.language for each in entry.languages) for entry in base.concepts} == {("EN", "sv")}
    assert [each.code for each in found] == ["FMT021"]
    assert TMX.sniff(content)


@pytest.mark.parametrize(
    ("segment", "text", "code"),
    [("a&nbsp;b", "a\u00a0b", "FMT007"), ("R&D", "R&D", "FMT007"), ("a\x02b", "a\ufffdb", "FMT006")],
)
def test_bad_references_and_characters_lose_nothing(segment: str, text: str, code: str) -> None:
    found: list[Finding] = []
    unit = f'<tu><tuv xml:lang="en"><seg>{segment}</seg></tuv></tu>\n'
    content = f'<tmx><header srclang="en"/><body>\n{unit * 4}</body></tmx>'.encode()
    base = read(TMX, content, ReadOptions(report=found.append))
    assert [str(term.term) for entry in base.concepts for _, term in entry.terms()] == [text] * 4
    assert [(each.code, each.line) for each in found] == [(code, line) for line in (2, 3, 4, 5)]


def test_a_file_that_breaks_off_keeps_the_last_unit() -> None:
    unit = '<tu><tuv xml:lang="en"><seg>first</seg></tuv><tuv xml:lang="sv"><seg>second</seg></tuv></tu>'
    content = f'<tmx><header srclang="en"/><body>{unit * 5}'.encode()
    for cut, languages in ((len(content) - 12, ("en", "sv")), (len(content) - 40, ("en",))):
        found: list[Finding] = []
        base = read(TMX, content[:cut], ReadOptions(report=found.append))
        assert len(base.concepts) == 5
        assert tuple(each.language for each in base.concepts[-1].languages) == languages
        assert "FMT111" in {each.code for each in found}
