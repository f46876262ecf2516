"""The reader by example: shapes of real files, broken files, hostile files."""

from __future__ import annotations

import io
import time

import pytest

from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions
from cctbx.formats.tbx import FORMATS, sniff
from cctbx.formats.tbx.reader import describe, read
from cctbx.model import Inline, InlineKind, Markup, Metatype
from tests.formats.tbx.support import read_all, read_text

NAMESPACE = "urn:iso:std:iso:30042:ed-2"


def tbx(entries: str, *, root: str = f'<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="{NAMESPACE}">',
        header: str = "<tbxHeader><fileDesc><sourceDesc><p>a test</p></sourceDesc></fileDesc></tbxHeader>",
        end: str = "</body></text></tbx>", before: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> str:
    return f"{before}{root}\n{header}\n<text><body>\n{entries}\n{end}"


def entry(identifier: str = "c1", *, inside: str = "", beside: str = "", term: str = "printer") -> str:
    return (
        f'<conceptEntry id="{identifier}">{inside}<langSec xml:lang="en">'
        f"<termSec><term>{term}</term>{beside}</termSec></langSec></conceptEntry>"
    )


def codes(findings: list[Finding]) -> list[str]:
    return [each.code for each in findings]


def only_term(text: str) -> str:
    base = read_text(text)
    return str(base.concepts[0].languages[0].terms[0].term)


# bytes

ENCODED = [
    ("utf-8", "é".encode(), b""),
    ("utf-16", "é".encode("utf-16"), b""),
    ("utf-16-le", b"", b"\xff\xfe"),
    ("utf-16-be", b"", b"\xfe\xff"),
    ("utf-16-le", b"", b""),
    ("utf-8", b"", b"\xef\xbb\xbf"),
    ("utf-32-le", b"", b"\xff\xfe\0\0"),
]


@pytest.mark.parametrize(("codec", "_", "mark"), ENCODED)
def test_any_unicode_encoding_is_recognised_from_the_bytes(codec: str, _: bytes, mark: bytes) -> None:
    text = tbx(entry(term="café 𠀀 kö"), before="")
    content = text.encode(codec) if mark or codec != "utf-16" else text.encode("utf-16")
    base = read_all(mark + content)
    assert base.concepts[0].languages[0].terms[0].term == "café 𠀀 kö"


def test_declared_encodings() -> None:
    for codec in ("iso-8859-1", "windows-1252", "windows-1254", "iso-8859-15"):
        text = tbx(entry(term="crème"), before=f'<?xml version="1.0" encoding="{codec}"?>\n')
        assert read_all(text.encode(codec)).concepts[0].languages[0].terms[0].term == "crème"


def test_a_wrong_declaration_is_reported_and_overruled() -> None:
    findings: list[Finding] = []
    text = tbx(entry(term="crème"))
    base = read_all(text.encode("iso-8859-1"), findings)
    assert base.concepts[0].languages[0].terms[0].term == "crème"
    assert codes(findings) == ["FMT005"]
    assert findings[0].line == 5
    findings.clear()
    read_all(tbx(entry(), before='<?xml version="1.0" encoding="UTF-16"?>\n').encode(), findings)
    assert codes(findings) == ["FMT003"]
    findings.clear()
    read_all(tbx(entry(), before='<?xml version="1.0" encoding="klingon"?>\n').encode(), findings)
    assert codes(findings) == ["FMT004"]


def test_line_ends_are_one_line_feed_even_across_blocks() -> None:
    note = "<note>" + "a\r\n" * 200_000 + "</note>"
    base = read_text(tbx(entry(inside=note)))
    assert base.concepts[0].notes[0].value == "a\n" * 200_000
    assert only_term(tbx(entry(term="a\rb")).replace("\n", "\r\n")) == "a\nb"


# well-formedness


def test_an_error_in_one_entry_leaves_the_others_alone() -> None:
    findings: list[Finding] = []
    broken = '<conceptEntry id="c2"><langSec xml:lang="en"><termSec><term>bad</termSec></langSec></conceptEntry>'
    base = read_text(tbx(f"{entry('c1')}\n{broken}\n{entry('c3')}"), findings)
    assert [concept.id for concept in base.concepts] == ["c1", "c2", "c3"]
    assert base.concepts[1].languages[0].terms[0].term == "bad"
    assert codes(findings) == ["FMT001"]
    assert findings[0].line == 6


def test_a_missing_end_tag_ends_at_the_next_entry() -> None:
    findings: list[Finding] = []
    cut = '<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>one</term></termSec>\n'
    base = read_text(tbx(cut + entry("c2")), findings)
    assert [concept.id for concept in base.concepts] == ["c1", "c2"]
    assert base.concepts[0].languages[0].terms[0].term == "one"
    assert "FMT012" in codes(findings)


def test_a_truncated_file_keeps_what_is_there() -> None:
    findings: list[Finding] = []
    whole = tbx(entry("c1") + "\n" + entry("c2"))
    base = read_text(whole[: whole.index("</term>", whole.index("c2"))], findings)
    assert [concept.id for concept in base.concepts] == ["c1", "c2"]
    assert {"FMT012", "FMT002"} <= set(codes(findings))


def test_illegal_characters_and_references_are_replaced() -> None:
    findings: list[Finding] = []
    base = read_text(tbx(entry(term="a&#3;b\x04c")), findings)
    assert base.concepts[0].languages[0].terms[0].term == "a\ufffdb\ufffdc"
    assert codes(findings) == ["FMT006", "FMT006"]


def test_undefined_entities_and_lone_ampersands_are_kept() -> None:
    findings: list[Finding] = []
    base = read_text(tbx(entry(term="R&D &nbsp;&foo; &amp;")), findings)
    assert base.concepts[0].languages[0].terms[0].term == "R&D \u00a0&foo; &"
    assert set(codes(findings)) == {"FMT007"}


def test_an_undeclared_prefix_is_guessed() -> None:
    findings: list[Finding] = []
    base = read_text(tbx(entry(beside="<min:partOfSpeech>noun</min:partOfSpeech>")), findings)
    assert base.concepts[0].languages[0].terms[0].part_of_speech == "noun"
    assert codes(findings) == ["FMT022"]


def test_strict_stops_at_the_first_error() -> None:
    broken = tbx(entry("c1") + entry("c2", term="a&#3;b"))
    with pytest.raises(InputError, match=r"test\.tbx:5: .*FMT006"):
        read_all(broken.encode(), strict=True)


def test_comments_cdata_and_instructions() -> None:
    commented = f"<!-- {entry('c0')} -->\n"
    inner = entry("c1", term="a<!-- x -->b<![CDATA[<c> </conceptEntry> & d]]><?p q?>e")
    base = read_text(tbx(commented + inner + entry("c2")))
    assert [concept.id for concept in base.concepts] == ["c1", "c2"]
    assert base.concepts[0].languages[0].terms[0].term == "ab<c> </conceptEntry> & de"


# safety


def test_nothing_outside_is_loaded(tmp_path: object) -> None:
    findings: list[Finding] = []
    doctype = '<!DOCTYPE tbx SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
    base = read_text(tbx(entry(term="a&x;b"), before=doctype), findings)
    assert "root" not in str(base.concepts[0].languages[0].terms[0].term)
    assert "FMT008" in codes(findings)


def test_internal_entities_are_expanded_and_bombs_are_not() -> None:
    doctype = '<!DOCTYPE tbx [<!ENTITY cc "contact &quot;centre&quot;"><!ENTITY both "&cc; &amp; more">]>\n'
    assert only_term(tbx(entry(term="&both;"), before=doctype)) == 'contact "centre" & more'
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE tbx [<!ENTITY l0 "lololololol">{levels}]>\n'
    findings: list[Finding] = []
    started = time.process_time()
    base = read_text(tbx(entry(term="&l11;") + entry("c2", term="&l2;"), before=bomb), findings)
    assert time.process_time() - started < 2
    assert "FMT009" in codes(findings)
    assert len(str(base.concepts[0].languages[0].terms[0].term)) < 100
    assert len(str(base.concepts[1].languages[0].terms[0].term)) == 1100


def test_xinclude_is_foreign_content() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
    base = read_text(tbx(entry(inside=include)))
    assert base.concepts[0].others[0].category == "{http://www.w3.org/2001/XInclude}include"
    assert base.concepts[0].others[0].value == ""


def test_depth_and_size_are_bounded() -> None:
    findings: list[Finding] = []
    deep = entry("c1", inside="<x>" * 5000 + "</x>" * 5000)
    huge = entry("c2", inside="<note>" + "x" * 5_000_000 + "</note>")
    started = time.process_time()
    base = read_text(tbx(deep + huge + entry("c3")), findings)
    assert time.process_time() - started < 2
    assert base.concepts[-1].id == "c3"
    assert "FMT010" in codes(findings)
    assert any("FMT011" in each.message or each.code == "FMT011" for each in findings)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"  \n", b"\0\0", b"hello", b"<html><body/></html>",
                                     b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n"])
def test_what_is_not_tbx_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        read_all(content)


# shapes


def test_martif_header_as_root_and_term_notes_outside_of_the_group() -> None:
    findings: list[Finding] = []
    text = (
        '<martifHeader><fileDesc><sourceDesc><p>bank</p></sourceDesc></fileDesc><text><body><termEntry id="a-1">'
        '<langSet xml:lang="sv"><ntig><termGrp><term>absorption</term></termGrp>'
        '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></ntig>'
        '<descripGrp><descrip type="definition">upptagning</descrip></descripGrp></langSet></termEntry></body></text>'
        "</martifHeader>"
    )
    base = read_text(text, findings)
    section = base.concepts[0].languages[0]
    assert section.terms[0].administrative_status == "preferredTerm-admn-sts"
    assert section.definitions[0].value == "upptagning"
    assert base.header.source_descriptions == ("bank",)
    assert codes(findings) == ["FMT021"]


def test_drafts_and_display_names_are_read_as_the_standard() -> None:
    findings: list[Finding] = []
    beside = '<termNote type="usageStatus">preferred</termNote><termNote type="partOfSpeech"> noun </termNote>'
    base = read_text(tbx(entry(beside=beside)), findings)
    term = base.concepts[0].languages[0].terms[0]
    assert (term.administrative_status, term.part_of_speech) == ("preferredTerm-admn-sts", "noun")
    assert codes(findings) == ["FMT037", "FMT037", "FMT040"]


def test_what_has_no_field_is_kept() -> None:
    inside = '<descrip type="house rule" xml:lang="de">x</descrip><strange a="1">y<b/></strange>'
    concept = read_text(tbx(entry(inside=inside, beside='<note from="dev">n</note>'))).concepts[0]
    private, strange = concept.others
    assert (private.category, private.value, private.language) == ("house rule", "x", "de")
    assert strange.value == Markup((
        Inline(kind=InlineKind.OTHER, name="strange", attributes=(("a", "1"),),
               content=("y", Inline(kind=InlineKind.OTHER, name="b"))),
    ))  # fmt: skip
    note = concept.languages[0].terms[0].notes[0]
    assert [(each.category, each.value) for each in note.group] == [("@from", "dev")]


def test_groups_and_markup() -> None:
    inside = (
        "<descripGrp id='d1'><descrip type='definition'>a <hi type='bold'>b</hi></descrip>"
        "<admin type='source'>ISO 1087</admin></descripGrp>"
        "<transacGrp><transac type='transactionType'>origination</transac><date>2024-01-31</date>"
        "<transacNote type='responsibility' target='p1'>Ann</transacNote></transacGrp>"
    )
    concept = read_text(tbx(entry(inside=inside))).concepts[0]
    definition, transaction = concept.definitions[0], concept.transactions[0]
    assert (definition.id, definition.source, definition.text) == ("d1", "ISO 1087", "a b")
    assert (transaction.date, transaction.responsibility) == ("2024-01-31", "Ann")
    responsibility = transaction.companion("responsibility")
    assert responsibility is not None
    assert responsibility.target == "p1"


def test_lines_and_origins() -> None:
    text = tbx(entry("c1") + "\n\n" + entry("c2", inside="\n\n<note>\nx</note>"))
    second = read_text(text).concepts[1]
    assert second.origin is not None
    assert (second.origin.line, second.notes[0].line, second.languages[0].line) == (7, 9, 10)


def test_embedded_terms_of_sts() -> None:
    text = (
        '<standard xmlns:tbx="urn:iso:std:iso:30042:ed-1"><tbx:termEntry id="t1"><tbx:langSet xml:lang="en">'
        '<tbx:definition>x</tbx:definition><tbx:tig><tbx:term>y</tbx:term><tbx:partOfSpeech value="noun"/></tbx:tig>'
        "</tbx:langSet></tbx:termEntry></standard>"
    )
    section = read_text(text).concepts[0].languages[0]
    assert (section.definitions[0].value, section.terms[0].part_of_speech) == ("x", "noun")


def test_private_dialect_keeps_its_namespace() -> None:
    root = f'<tbx type="TBX-Acme" style="dct" xml:lang="en" xmlns="{NAMESPACE}" xmlns:a="https://acme.example/tbx">'
    concept = read_text(tbx(entry(inside='<a:shade metaType="admin">red</a:shade>'), root=root)).concepts[0]
    assert concept.others[0].category == "{https://acme.example/tbx}shade"
    assert concept.others[0].metatype is Metatype.ADMINISTRATIVE


def test_sections_outside_of_an_entry_are_not_lost() -> None:
    stray = '<langSec xml:lang="en"><termSec><term>stray</term></termSec></langSec>'
    findings: list[Finding] = []
    base = read_text(tbx(entry("c1") + stray), findings)
    assert [concept.languages[0].terms[0].term for concept in base.concepts] == ["printer", "stray"]
    assert "FMT033" in codes(findings)


def test_describe() -> None:
    said = describe(io.BytesIO(("\ufeff" + tbx(entry())).encode()))
    assert (said.root, said.edition, said.dialect, said.style) == ("tbx", "2019", "TBX-Basic", "dca")
    assert (said.namespace, said.mark, said.declared, said.language) == (NAMESPACE, "utf-8", "UTF-8", "en")
    assert describe(io.BytesIO(b"<html/>")).edition is None


def test_sniffing() -> None:
    for codec in ("utf-8", "utf-16-le", "utf-16-be", "utf-16"):
        assert sniff(tbx(entry()).encode(codec))
    assert not sniff(b"<tmx version='1.4'>")
    assert not sniff(b"<html><body>tbx</body></html>")
    assert len({each.name for each in FORMATS}) == len(FORMATS) == 5


def test_the_reader_is_lazy() -> None:
    """The second entry is not read before it is asked for, and the back matter comes last."""
    back = '</body><back><refObjectSec type="respPerson"><refObject id="p1"><item type="fn">Ann</item></refObject>'
    text = tbx(entry("c1") + entry("c2"), end=back + "</refObjectSec></back></text></tbx>")
    stream = read(io.BytesIO(text.encode()), ReadOptions())
    concepts = iter(stream)
    assert next(concepts).id == "c1"
    assert stream.references() == ()
    assert [concept.id for concept in concepts] == ["c2"]
    assert stream.references()[0].items[0].value == "Ann"


def test_names_in_the_wrong_case_and_groups_of_the_back_matter_in_an_entry() -> None:
    inside = "<itemGrp><item>x</item></itemGrp><DESCRIPGRP><descrip type='definition'>d</descrip></DESCRIPGRP>"
    concept = read_text(tbx(entry(inside=inside))).concepts[0]
    assert concept.others[0].category == "itemGrp"
    assert concept.definitions[0].value == "d"
