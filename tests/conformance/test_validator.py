"""The validator beyond verdicts: places, advice, options, references, constraint files, the shortcut, hostile input."""

# ruff: noqa: E501  (tables)

from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cctbx.errors import InputError
from cctbx.findings import Finding, Severity
from cctbx.findings.codes import CODE
from cctbx.formats.tbx.validation import Limits, ValidationOptions, validate
from cctbx.formats.tbx.validation.shortcut import Shortcut
from cctbx.formats.tbx.validation.xcs import read_xcs
from tests.support import shared_path

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
  <tbxHeader><fileDesc><sourceDesc><p>test</p></sourceDesc></fileDesc></tbxHeader>
  <text><body>
"""
TAIL = "  </body></text>\n</tbx>\n"
V2 = '<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>t</p></sourceDesc></fileDesc></martifHeader>'


def entry(identifier: str, inside: str = "", term: str = "printer", note: str = "noun") -> str:
    return (
        f'    <conceptEntry id="{identifier}">{inside}\n      <langSec xml:lang="en"><termSec><term>{term}</term>'
        f'<termNote type="partOfSpeech">{note}</termNote></termSec></langSec>\n    </conceptEntry>\n'
    )


def findings(text: str | bytes, **options: object) -> list[Finding]:
    stream = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    return list(validate(stream, file="t.tbx", options=ValidationOptions(**options)))  # type: ignore[arg-type]


def codes(text: str | bytes, **options: object) -> set[str]:
    return {each.code for each in findings(text, **options) if each.severity is not Severity.INFORMATION}


def test_a_faultless_file_has_no_findings() -> None:
    assert codes(HEAD + entry("c1") + TAIL) == set()


def test_a_finding_says_where() -> None:
    bad = entry("c2", note="Noun")
    found = next(each for each in findings(HEAD + entry("c1") + bad + TAIL) if each.code == "TBX205")
    assert (found.file, found.line, found.concept, found.language, found.term) == ("t.tbx", 9, "c2", "en", "printer")
    assert found.path == "/tbx/text/body/conceptEntry[2]/langSec/termSec/termNote"
    assert found.category == "partOfSpeech"
    assert found.advice == "did you mean noun?"


@pytest.mark.parametrize(
    ("inside", "code", "advice"),
    [
        ('<descrip type="subjectfield">x</descrip>', "TBX201", "subjectField"),
        ('<admin type="subjectField">x</admin>', "TBX204", "descrip"),
        ('<descrip type="context">x</descrip>', "TBX203", "term section"),
        ("<descripp/>", "TBX107", "descrip"),
        ('<descrip type="x" target="no such">x</descrip>', "TBX303", None),
        ('<ref type="crossReference" target="c1">me</ref>', "TBX307", None),
        ('<xref type="xGraphic" target="a b.png">x</xref>', "TBX306", "%20"),
        ('<note xml:lang="en_US">x</note>', "TBX501", "en-US"),
        ('<admin type="readingNote">x</admin>', "TBX202", None),
    ],
)
def test_advice_and_codes(inside: str, code: str, advice: str | None) -> None:
    found = [each for each in findings(HEAD + entry("c1", inside) + TAIL) if each.code == code]
    assert found, inside
    assert advice is None or advice in (found[0].advice or "")


def test_all_errors_are_reported_not_the_first() -> None:
    many = "".join(entry(f"c{number}", note="Noun") for number in range(500))
    assert sum(each.code == "TBX205" for each in findings(HEAD + many + TAIL)) == 500


def test_ids_and_references_over_the_whole_file() -> None:
    text = HEAD + entry("c1") + entry("c2", '<ref type="crossReference" target="c9">x</ref>') + entry("c1") + TAIL
    found = {each.code: each for each in findings(text)}
    assert (found["TBX301"].line, found["TBX303"].line) == (11, 8)
    assert "line 5" in found["TBX301"].message
    assert found["TBX303"].concept == "c2"


def test_codes_can_be_selected_ignored_and_weighed() -> None:
    text = HEAD + entry("c1", note="Noun") + TAIL
    assert codes(text, select=frozenset({"TBX3"})) == set()
    assert codes(text, ignore=frozenset({"TBX205"})) == set()
    weighed = findings(text, severity={"TBX205": Severity.WARNING})
    assert [each.severity for each in weighed if each.code == "TBX205"] == [Severity.WARNING]


def test_a_dialect_can_be_asked_for() -> None:
    text = HEAD + entry("c1", '<descrip type="definition">x</descrip>') + TAIL
    assert codes(text) == set()
    assert codes(text, dialect="TBX-Min") == {"TBX202"}


# -- constraint files ------------------------------------------------------------------------------------------------

XCS = b"""<TBXXCS name="house" version="1" lang="en"><header><title>x</title></header>
<languages><langInfo><langCode>en</langCode><langName>English</langName></langInfo></languages>
<datCatSet>
  <termNoteSpec name="partOfSpeech" datcatId=""><contents datatype="picklist">noun verb</contents></termNoteSpec>
  <descripSpec name="definition" datcatId=""><contents/><levels>termEntry</levels></descripSpec>
  <hiSpec name="bold" datcatId=""><contents/></hiSpec>
</datCatSet></TBXXCS>"""


def v2(level: str = "", note: str = "noun", lang: str = "en") -> str:
    return (
        f'{V2}<text><body><termEntry id="c1"><langSet xml:lang="{lang}">{level}<tig><term>a</term>'
        f'<termNote type="partOfSpeech">{note}</termNote></tig></langSet></termEntry></body></text></martif>'
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (v2(), None),
        (v2(note="adverb"), "TBX205"),
        (v2(level='<descrip type="definition">x</descrip>'), "TBX203"),
        (v2(level='<admin type="source">x</admin>'), "TBX201"),
        (v2(level='<note><hi type="italics">x</hi></note>'), "TBX105"),
    ],
)
def test_a_constraint_file_decides(text: str, code: str | None) -> None:
    limits = read_xcs(io.BytesIO(XCS), file="house.xcs")
    errors = {each.code for each in findings(text, constraints=limits) if each.severity is Severity.ERROR}
    assert errors == ({code} if code else set())


def test_a_language_outside_the_constraint_file_is_mentioned() -> None:
    limits = read_xcs(io.BytesIO(XCS), file="house.xcs")
    assert "TBX601" in {each.code for each in findings(v2(lang="sv"), constraints=limits)}
    assert "TBX601" not in {each.code for each in findings(v2(lang="sv"))}


@pytest.mark.parametrize("wrong", [b"<TBXXCS", b"<html/>", b""])
def test_no_constraint_file(wrong: bytes) -> None:
    with pytest.raises(InputError, match=r"house\.xcs"):
        read_xcs(io.BytesIO(wrong), file="house.xcs")


def test_public_constraint_files_equal_our_tables() -> None:
    from cctbx.formats.tbx.validation.constraints import V2_BASIC_CONSTRAINTS, V2_DEFAULT_CONSTRAINTS

    folder = shared_path("conformance/tbx/schemas/v2")
    for name, ours in (("TBXXCSV02.xcs", V2_DEFAULT_CONSTRAINTS), ("TBXBasicXCSV02.xcs", V2_BASIC_CONSTRAINTS)):
        with (folder / name).open("rb") as stream:
            theirs = read_xcs(stream, file=name)
        assert theirs.languages == ours.languages
        assert theirs.highlights == ours.highlights
        assert set(theirs.rules) == set(ours.rules)
        for key, rule in theirs.rules.items():
            assert (rule.levels, rule.component) == (ours.rules[key].levels, ours.rules[key].component), key
            # two slips of the default file: a value split in two, and a list without values
            slip = key[1] in ("administrativeStatus", "descriptionType") and name.startswith("TBXXCS")
            assert set(rule.values) == set(ours.rules[key].values) or slip, key


# -- the shortcut ----------------------------------------------------------------------------------------------------


def without_shortcut(text: str, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    with monkeypatch.context() as patched:
        patched.setattr(Shortcut, "accepts", lambda self, entry, line: False)
        return findings(text)


FAULTS = (
    entry("c7", note="Noun"), entry("c7", note=" noun"), entry("c1"), entry("7"), entry("c 7"), entry("c7", "loose"),
    entry("c7", term="a &amp; b"), entry("c7", term="a > b"), entry("c7", term="&nbsp;"), entry("c7", term="\x01"),
    entry("c7", term="]]>"), entry("c7", term="<!-- x -->a"), entry("c7", term="<![CDATA[<]]>"),
    entry("c7", term="a</term><term>b"), entry("c7", term="a<hi>b"), entry("c7").replace("</termSec>", "", 1),
    entry("c7", '<ref type="crossReference" target="c7">x</ref>'), entry("c7", term="\ufffe"),
    entry("c7", '<ref type="crossReference" target="gone">x</ref>'), "<!-- " + entry("c7") + "-->\n",
    "    <conceptEntry/>\n", "stray text\n", "<stray/>\n", "<!-- fine -->\n", entry("c7", term="x" * 2_000_000),
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=range(len(FAULTS)))
def test_the_shortcut_changes_nothing(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = [entry(f"e{number}", term="long " * 40) for number in range(1200)]
    text = HEAD + "".join(usual[:900]) + fault + "".join(usual[900:]) + TAIL
    assert findings(text) == without_shortcut(text, monkeypatch)


def test_the_shortcut_is_taken() -> None:
    taken: list[tuple[str, bool]] = []

    def spied(name: str) -> Callable[..., object]:
        original = getattr(Shortcut, name)

        def spy(self: Shortcut, *given: object) -> object:
            said = original(self, *given)
            taken.append((name, bool(said)))
            return said

        return spy

    with pytest.MonkeyPatch.context() as patched:
        for name in ("accepts", "knows"):
            patched.setattr(Shortcut, name, spied(name))
        findings(HEAD + "".join(entry(f"e{number}", term="long " * 40) for number in range(1200)) + TAIL)
    assert taken.count(("accepts", True)) >= 10
    assert taken.count(("knows", True)) > 500


pieces = st.sampled_from(
    ["<", ">", "</term>", "<term>", "&", "&amp;", "&#3;", "]]>", "<!--", "-->", "<?x?>", '"', "id=\"e1\"", "noun", " ", "\n",
     "<conceptEntry>", "</conceptEntry>", "</body>", "<hi>", "</hi>", "é", "\x00"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 260), st.integers(0, 40), st.lists(pieces, max_size=4), st.data())
def test_mutated_files_never_raise_and_never_differ(
    at: int, cut: int, inserted: list[str], data: st.DataObject
) -> None:
    usual = [entry(f"e{number}", term="long " * 40) for number in range(600)]
    base = usual[560]
    usual[560] = base[:at] + "".join(inserted) + base[at + cut :]
    text = HEAD + "".join(usual) + TAIL
    with pytest.MonkeyPatch.context() as patched:
        found = findings(text)
        assert found == without_shortcut(text, patched)
    assert all(each.code in CODE for each in found)


# -- hostile input ---------------------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE tbx [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip


def hostile() -> dict[str, tuple[str | bytes, str]]:
    head, tail = HEAD.split("\n", 1)[1], TAIL
    return {
        "billion laughs": (BOMB + head + entry("c1", term="&j;") + tail, "TBX012"),
        "external entity": ('<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + head + entry("c1", term="&x;") + tail,
                            "TBX011"),
        "deep nesting": (HEAD + entry("c1", "<note>" + "<foreign>" * 5000), "TBX012"),
        "long attribute": (HEAD + entry("c1", f'<descrip type="definition" datatype="{"x" * 70_000}">x</descrip>') + tail,
                           "TBX012"),
        "endless entry": (HEAD + '<conceptEntry id="c1">' + "<note>x</note>" * 90_000, "TBX012"),
        "null bytes": (b"\0" * 1000, "TBX001"),
        "nothing": (b"", "TBX001"),
        "no XML": (b"version https://git-lfs.github.com/spec/v1\n", "TBX001"),
        "cut in a character": ((HEAD + entry("c1", term="ö")).encode()[:-60], "TBX001"),
        "XInclude": (HEAD + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>' + tail, "TBX101"),
        "another vocabulary": (b"<html><body/></html>", "TBX013"),
    }  # fmt: skip


@pytest.mark.parametrize("name", hostile())
def test_hostile_input_is_a_finding(name: str) -> None:
    text, code = hostile()[name]
    limits = Limits(entry_bytes=1_000_000)
    started = time.process_time()
    found = findings(text, limits=limits)
    assert code in {each.code for each in found}, [(each.code, each.message) for each in found]
    assert not any("root:" in each.message for each in found)
    assert time.process_time() - started < 2


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(count: int) -> int:
        class Stream(io.RawIOBase):
            """Entries made as they are read."""

            def __init__(self) -> None:
                self.rest = (HEAD + "".join(entry(f"a{number}") for number in range(3))).encode()
                self.made = 0

            def read(self, size: int = -1) -> bytes:
                while len(self.rest) < size and self.made < count:
                    self.rest += "".join(entry(f"c{self.made + each}") for each in range(100)).encode()
                    self.made += 100
                    if self.made >= count:
                        self.rest += TAIL.encode()
                given, self.rest = self.rest[:size], self.rest[size:]
                return given

        tracemalloc.start()
        assert not [each for each in validate(Stream(), file="t") if each.severity is Severity.ERROR]  # type: ignore[arg-type]
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    # a reference to an id costs 16 bytes until it is spilled, nothing else may stay
    assert peak(20_000) < peak(2_000) + 3_000_000


@pytest.mark.parametrize("size", [20, 1500])
def test_checking_goes_on_after_an_error_of_well_formedness(size: int) -> None:
    usual = [entry(f"e{number}", term="long " * 40) for number in range(size)]
    usual[5] = entry("broken", term="a < b")
    usual[9] = entry("e9", note="Noun")
    usual[-4] = entry("lost", term="a").replace("</termSec>", "", 1)
    usual[-2] = entry("e2", note="Verb")
    found = findings(HEAD + "".join(usual) + TAIL)
    lines = HEAD.count("\n")
    places = [(each.code, each.line) for each in found if each.severity is Severity.ERROR]
    assert places == [
        ("TBX001", lines + 3 * 5 + 2), ("TBX205", lines + 3 * 9 + 2), ("TBX001", lines + 3 * (size - 4) + 2),
        ("TBX205", lines + 3 * (size - 2) + 2), ("TBX301", lines + 3 * (size - 2) + 1),
    ]  # fmt: skip
    assert all(each.column for each in found if each.code == "TBX001")


@pytest.mark.parametrize(
    ("term", "advice"),
    [
        ("R&D", "&amp;"), ("R& D", "&amp;"), ("a < b", "&lt;"), ("&nbsp;", "the character itself"), ("&#3;", "control"),
        ("a</note>", "close every element"), ("<!-- a -- b -->", "two hyphens"), ("<hi type=a>b</hi>", "quotation marks"),
    ],
)  # fmt: skip
def test_what_is_not_well_formed_is_explained_and_the_rest_of_a_small_file_checked(term: str, advice: str) -> None:
    found = findings(HEAD + entry("c1") + entry("c2", term=term) + entry("c3", note="Noun") + TAIL)
    errors = [each for each in found if each.severity is Severity.ERROR]
    assert [(each.code, each.line) for each in errors] == [("TBX001", 9), ("TBX205", 12)]
    assert advice in (errors[0].advice or "")
    assert "column" not in errors[0].message


@pytest.mark.parametrize(("dialect", "code"), [("tbx-basic", "TBX105"), ("TBX-basic", "TBX016")])
def test_a_dialect_in_other_letters_is_the_one_meant(dialect: str, code: str) -> None:
    text = HEAD.replace("TBX-Basic", dialect) + entry("c1", note="Noun") + TAIL
    assert codes(text) == {code, "TBX205"}
    assert any("TBX-Basic?" in (each.advice or "") for each in findings(text) if each.code == code)


def test_missing_ids_are_not_reported_where_entries_were_lost() -> None:
    refers = entry("c1", '<ref type="crossReference" target="c2">x</ref>')
    assert codes(HEAD + refers + entry("c2", term="a < b") + TAIL) == {"TBX001"}


def test_names_of_another_edition_are_said_once() -> None:
    old = '<termEntry id="c%d"><langSet xml:lang="en"><tig><term>a</term></tig></langSet></termEntry>'
    found = findings(HEAD + old % 1 + old % 2 + TAIL)
    assert [(each.code, each.concept) for each in found if each.severity is Severity.ERROR] == [("TBX020", "c1")]


def test_what_is_missing_is_said_without_what_is_optional() -> None:
    found = findings(HEAD + '<conceptEntry id="c1"><note>x</note></conceptEntry>' + TAIL)
    assert [each.message for each in found if each.code == "TBX102"] == ["conceptEntry lacks langSec"]
