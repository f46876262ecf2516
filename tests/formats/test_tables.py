"""Tables: reading what other programs write, formulas made harmless, workbooks that can be filtered."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.formats.cells import harmless, join_values, restored, split_values
from cctbx.formats.contract import ReadOptions, WriteOptions
from cctbx.formats.spool import Spool, in_order
from cctbx.formats.streams import guess_encoding
from cctbx.formats.table import quickrows
from cctbx.formats.table.columns import Column, recognise
from cctbx.formats.table.concepts import RowWriter, write_concepts
from cctbx.formats.table.delimited import CSV, TERMS_CSV, delimiter_of
from cctbx.formats.table.sheet import Sheet
from cctbx.formats.table.xlsx import XLSX
from cctbx.formats.tbx.reader import read as read_tbx
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Metatype, TermBase, TermSection
from cctbx.model.patterns import Repeated
from tests.formats.laws import findings_of, read, written
from tests.formats.tbx.sections import document, sectioned
from tests.strategies import termbases


def load(content: str | bytes, **options: object) -> tuple[TermBase, list[Finding]]:
    found: list[Finding] = []
    raw = content.encode() if isinstance(content, str) else content
    return read(CSV, raw, ReadOptions(file="x.csv", report=found.append, **options)), found  # type: ignore[arg-type]


def shown(base: TermBase) -> list[list[tuple[str, str]]]:
    return [[(section.language, str(term.term)) for section, term in entry.terms()] for entry in base.concepts]


@given(st.text())
def test_harmless_cells_run_nowhere_and_come_back(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert restored(harmless(text)) == text


@given(st.lists(st.text(st.characters(exclude_characters="")), min_size=1, max_size=4))
def test_values_of_a_cell_come_back(values: list[str]) -> None:
    assert split_values(join_values(values)) == values


@given(st.lists(st.tuples(st.text(), st.integers())))
def test_order_in_bounded_memory_is_the_usual_order(items: list[tuple[str, int]]) -> None:
    assert list(in_order(items)) == sorted(items)


def test_order_of_more_than_one_run() -> None:
    numbers = [((number * 7919) % 50_021, "x") for number in range(50_000)]
    assert list(in_order(numbers)) == sorted(numbers)


def test_a_spool_gives_back_what_it_got_twice() -> None:
    spool = Spool()
    spool.append({("a", None): "1"})
    assert list(spool) == list(spool) == [{("a", None): "1"}]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("id", Column("id")), ("Entry_ID", Column("id")), ("sv", Column("term", "sv")),
        ("pt_BR", Column("term", "pt-BR")),
        ("definition", Column("definition")), ("Definition [sv]", Column("definition", "sv")),
        ("definition_sv", Column("definition", "sv")), ("sv comment", Column("note", "sv")),
        ("term:id", Column("term", "id")), ("synonyms:nb", Column("synonyms", "nb")), ("POS", Column("partOfSpeech")),
        ("subject field", Column("subjectField")), ("valid", None), ("", None), ("term", Column("term")),
        ("Colour", None), ("en-GB", Column("term", "en-GB")),
    ],
)  # fmt: skip
def test_heads_are_recognised(head: str, column: Column | None) -> None:
    assert recognise(head) == column


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["a,b,c\n", "1,2,3\n"], ","), (["a;b\n", "1,5;2\n", "x;y\n"], ";"), (["a\tb\n", "x, y\tz\n"], "\t"),
        (["a|b\n"], "|"),
    ],
)
def test_the_delimiter_is_found(lines: Sequence[str], delimiter: str) -> None:
    assert delimiter_of(lines) == delimiter


def test_language_columns_of_any_table() -> None:
    base, found = load("term,fr,de,note\nCart,Panier,Warenkorb,shop\n", source_language="en")
    assert shown(base) == [[("en", "Cart"), ("fr", "Panier"), ("de", "Warenkorb")]]
    assert base.concepts[0].notes[0].text == "shop"
    assert [each.code for each in found] == ["FMT104"]


def test_a_head_without_language_is_asked_about() -> None:
    base, found = load("term,fr\nCart,Panier\n")
    assert shown(base) == [[("und", "Cart"), ("fr", "Panier")]]
    assert "FMT107" in {each.code for each in found}


def test_a_table_without_heads_needs_its_languages() -> None:
    base, _ = load("button,knapp\nmenu,meny\n", source_language="en", target_language="sv")
    assert shown(base) == [[("en", "button"), ("sv", "knapp")], [("en", "menu"), ("sv", "meny")]]
    with pytest.raises(InputError, match="--column"):
        load("button,knapp\n")


def test_unknown_columns_and_long_rows_are_reported() -> None:
    _, found = load("id,en,colour\nc1,red,x,y,z\n")
    assert [each.code for each in found] == ["FMT103", "FMT102"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
def test_encodings(encoding: str) -> None:
    content = "id;sv;en\nc1;kö i telefonväxeln på kontoret;queue\n" * 3
    base, found = load(content.encode(encoding))
    assert shown(base)[0][0] == ("sv", "kö i telefonväxeln på kontoret")
    assert ("FMT100" in {each.code for each in found}) is (encoding == "windows-1252")


def test_a_magic_comment_names_the_encoding() -> None:
    assert guess_encoding("# -*- coding: iso-8859-2 -*-\nž".encode("iso-8859-2")) == ("iso8859-2", True)


def test_stray_bytes_are_repaired_and_reported() -> None:
    rows = b"id,sv\n" + b"c1,ord\n" * 20_000 + b"c2,k\xf6\n"
    base, found = load(rows)
    assert shown(base)[-1] == [("sv", "kö")]
    assert [(each.code, each.line) for each in found] == [("FMT101", 20_002)]


def test_deprecated_terms_have_a_column_of_their_own() -> None:
    swedish = LanguageSection(language="sv", terms=(
        TermSection(term="klient", administrative_status="deprecatedTerm-admn-sts"), TermSection(term="kund"),
    ))  # fmt: skip
    content = written(CSV, TermBase(concepts=(ConceptEntry(id="c1", languages=(swedish,)),))).decode("utf-8-sig")
    assert content == '"id","term:sv","deprecated:sv"\n"c1","kund","klient"\n'


def test_asked_languages_come_first_and_alone() -> None:
    sections = tuple(LanguageSection(language=tag, terms=(TermSection(term=tag * 2),)) for tag in ("de", "sv", "en"))
    base = TermBase(concepts=(ConceptEntry(id="c1", languages=sections),))
    options = WriteOptions(source_language="sv", target_languages=("de",))
    assert written(CSV, base, options).decode("utf-8-sig").splitlines()[0] == '"id","term:sv","term:de"'
    assert findings_of(CSV, base, options) == []


def test_a_sorted_table_of_terms_still_gives_whole_concepts() -> None:
    rows = "concept,language,term,term.partOfSpeech\nc1,en,zebra,noun\nc2,en,yak,\nc1,en,ass,noun\n"
    base = read(TERMS_CSV, rows.encode())
    assert shown(base) == [[("en", "zebra"), ("en", "ass")], [("en", "yak")]]


def test_rows_that_contradict_each_other_are_reported() -> None:
    rows = "concept,language,term,concept.definition\nc1,en,a,one\nc1,en,b,two\nc1,sv,c,\n"
    base, found = load(rows)
    assert [each.text for each in base.concepts[0].definitions] == ["one"]
    assert [(each.code, each.line) for each in found] == [("FMT106", 3)]


def test_the_source_beside_a_definition_has_a_column() -> None:
    source = DataCategory(category="source", metatype=Metatype.ADMINISTRATIVE, value="page 3")
    definition = DataCategory(category="definition", metatype=Metatype.DESCRIPTIVE, value="d", group=(source,))
    english = LanguageSection(language="en", terms=(TermSection(term="t"),), definitions=(definition,))
    base = TermBase(concepts=(ConceptEntry(id="c1", languages=(english,)),))
    content = written(TERMS_CSV, base)
    assert b'"language.definition","language.definition/source"\n"c1","en","t","d","page 3"' in content
    assert read(TERMS_CSV, content).concepts == base.concepts


def workbook(base: TermBase) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(written(XLSX, base)))


def test_a_workbook_can_be_filtered_and_offers_lists() -> None:
    english = LanguageSection(language="en", terms=(TermSection(term="=SUM(A1)", part_of_speech="noun"),))
    book = workbook(TermBase(concepts=(ConceptEntry(id="c1", languages=(english,)),)))
    assert book.sheetnames == ["Terms", "Concepts", "Lists"]
    for name in ("Terms", "Concepts"):
        assert book[name].freeze_panes == "A2"
    terms = book["Terms"]
    assert terms.auto_filter.ref == "A1:D2"
    assert (terms["C2"].value, terms["C2"].data_type) == ("'=SUM(A1)", "s")
    (validation,) = terms.data_validations.dataValidation
    area = validation.formula1.replace("$", "").removeprefix("Lists!")
    values = [cell.value for row in book["Lists"][area] for cell in row]
    assert values == ["noun", "verb", "adjective", "adverb", "other"]
    assert "D2" in validation.sqref


def test_a_workbook_has_no_clock_in_it() -> None:
    base = TermBase(concepts=(ConceptEntry(id="c1"),))
    assert written(XLSX, base) == written(XLSX, base)
    assert b"2026" not in written(XLSX, base)


def test_any_workbook_with_heads_is_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "sv", "en", "note"], [12, "kund", "customer", None], [None] * 4, [13, "kö", "=1+1", 5.0]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    base = read(XLSX, out.getvalue())
    assert shown(base)[0] == [("sv", "kund"), ("en", "customer")]
    assert [each.id for each in base.concepts] == ["12", "13"]


def test_what_is_no_workbook_is_refused_in_one_line() -> None:
    with pytest.raises(InputError, match="workbook"):
        read(XLSX, b"PK\x03\x04 nothing of the kind")


def test_a_text_too_long_for_a_cell_is_cut_and_reported() -> None:
    english = LanguageSection(language="en", terms=(TermSection(term="x" * 40_000),))
    base = TermBase(concepts=(ConceptEntry(id="c1", languages=(english,)),))
    assert [each.code for each in findings_of(XLSX, base)] == ["LOS070"]


REGULAR = ConceptEntry(
    id="c1",
    definitions=(DataCategory(category="definition", metatype=Metatype.DESCRIPTIVE, value='a "thing"', group=(
        DataCategory(category="source", metatype=Metatype.ADMINISTRATIVE, value="book"),)),),
    transactions=(DataCategory(category="transactionType", metatype=Metatype.TRANSACTION, value="origination"),),
    languages=(
        LanguageSection(language="sv", terms=(
            TermSection(term="k\u00f6|tid", administrative_status="deprecatedTerm-admn-sts", part_of_speech="noun"),
            TermSection(term="=v\u00e4ntetid", administrative_status="preferredTerm-admn-sts"),
            TermSection(term="tid", notes=(DataCategory(category="note", metatype=Metatype.NOTE, value="n"),)),
        )),
        LanguageSection(language="de", terms=(
            TermSection(term="Wartezeit", administrative_status="supersededTerm-admn-sts"),)),
    ),
)  # fmt: skip


def long_way(base: TermBase) -> tuple[bytes, list[Finding]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quickrows.QuickRows, "row", lambda self, entry: None)
        return written(CSV, base), findings_of(CSV, base)


@given(termbases())
def test_quick_rows_are_the_long_ones(base: TermBase) -> None:
    """The same bytes and the same findings in the same order, generated entries beside a regular one."""
    base = TermBase(header=base.header, concepts=(REGULAR, *base.concepts), references=base.references)
    assert (written(CSV, base), findings_of(CSV, base)) == long_way(base)


def test_the_quick_way_is_taken() -> None:
    rows = quickrows.QuickRows(CSV.keeps, lambda finding: None, lambda terms: terms)
    assert rows.row(REGULAR)


CELLS = st.text("a|\\\"'=\n\u00e9,", max_size=4)


@given(st.lists(st.dictionaries(st.sampled_from("abcdefgh"), CELLS.filter(bool), min_size=1), max_size=90))
def test_lines_of_a_sheet_are_those_of_its_last_columns(rows: list[dict[str, str]]) -> None:
    """Whenever a column turns up, the table is as if it had been known from the start; parts of a table add up."""
    known = sorted({key for row in rows for key in row})
    expected, sheet, whole = Sheet[str](str, str, known), Sheet[str](str, str), Sheet[str](str, str)
    for number, row in enumerate(rows):
        expected.add(row)
        sheet.add(row)
        if number % 7 == 0:
            part = Sheet[str](str, str)
        part.add(row)
        if number % 7 == 6 or number == len(rows) - 1:
            whole.adopt(list(part.batches()))
    found = [io.BytesIO(), io.BytesIO(), io.BytesIO()]
    for each, out in zip((expected, sheet, whole), found, strict=True):
        each.write(out)
    assert found[0].getvalue() == found[1].getvalue() == found[2].getvalue()


FILLED = (
    '<conceptEntry id="{id}"><descrip type="subjectField">{0}</descrip><transacGrp><transac type="transactionType">'
    "origination</transac><date>2026-11-22</date></transacGrp>"
    '<langSec xml:lang="en"><descripGrp><descrip type="definition">{1}</descrip><admin type="source">{0}</admin>'
    '</descripGrp><termSec><term>{2}</term><termNote type="administrativeStatus">{3}</termNote>'
    '<termNote type="transferComment">{1}</termNote><descrip type="context">{2}</descrip></termSec><termSec>'
    '<term>{1}</term><termNote type="administrativeStatus">{4}</termNote></termSec></langSec></conceptEntry>\n'
)
TEXTS = st.sampled_from((
    "a", "b c", "x | y", "back\\slash", '"quoted"', "=1+1", "'=1", "-", "R&amp;D", "\u00a0", "&#9;", "a  b", "\u00a1",
    "a long text that has more than sixty characters, so that messages have to cut it",
))  # fmt: skip
STATUS = st.sampled_from(("preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts", "odd"))


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, STATUS, STATUS), min_size=4, max_size=14))
def test_entries_built_alike_give_the_same_rows(entries: list[tuple[str, ...]]) -> None:
    """The same bytes and findings as entry by entry."""
    body = "".join(FILLED.format(*texts, id=f"c{number}") for number, texts in enumerate(entries))
    content = f'<tbx type="TBX-Basic" style="dca" xml:lang="en"><text><body>{body}</body></text></tbx>'.encode()
    base = read_tbx(io.BytesIO(content), ReadOptions()).materialise()
    for heard in (True, False):
        found: list[Finding] = []
        options = WriteOptions(report=found.append) if heard else WriteOptions()
        out = io.BytesIO()
        write_concepts(read_tbx(io.BytesIO(content), ReadOptions()), out, options)
        assert out.getvalue() == written(CSV, base)
        assert not heard or found == findings_of(CSV, base)


def test_the_template_is_taken() -> None:
    body = "".join(FILLED.format("a", "b", "c", "odd", "odd", id=f"c{number}") for number in range(9))
    content = f'<tbx type="TBX-Basic" style="dca" xml:lang="en"><text><body>{body}</body></text></tbx>'.encode()
    rows = RowWriter(WriteOptions())
    items = [each for each in read_tbx(io.BytesIO(content), ReadOptions()).items() if isinstance(each, Repeated)]
    assert len(items) == 8
    assert all(map(rows._alike.add, items))


@given(sectioned(), st.sampled_from(("dca", "v2")), st.booleans())
def test_entries_of_known_sections_give_the_same_rows(
    entries: list[tuple[Any, list[Any]]], style: str, heard: bool
) -> None:
    """Rows put together from those of sections are those of whole entries, and so are the losses."""
    content = document(entries, style)
    base = read_tbx(io.BytesIO(content), ReadOptions()).materialise()
    made: list[tuple[bytes, list[Finding]]] = []
    for stream in (read_tbx(io.BytesIO(content), ReadOptions()), base.stream()):
        out, found = io.BytesIO(), list[Finding]()
        write_concepts(stream, out, WriteOptions(report=found.append) if heard else WriteOptions())
        made.append((out.getvalue(), found))
    assert made[0] == made[1]
