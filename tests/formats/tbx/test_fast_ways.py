"""The quick ways of reading and writing give the very same as the long ones."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions
from cctbx.formats.tbx import fastreading, fastwriting, plans, scanning, templates
from cctbx.formats.tbx.editions import Edition
from cctbx.formats.tbx.reader import read
from cctbx.model import TermBase
from cctbx.model.patterns import Repeated
from tests.formats.tbx.sections import TAGS, document, sectional, sectioned
from tests.formats.tbx.support import FULL_EDITIONS, many, read_all, written
from tests.strategies import termbases
from tests.support import shared_path


def exact(value: object) -> Any:
    """A value with everything it holds, lines and origins too, which equality leaves out."""
    if isinstance(value, tuple):
        return [exact(each) for each in value]
    if is_dataclass(value):
        return {field.name: exact(getattr(value, field.name)) for field in fields(value)}
    return value


def first_of(ids: Sequence[str], targets: Sequence[str]) -> str:
    return ids[0]


def long_read(content: bytes) -> TermBase:
    def refuse(self: object, text: str, line: int) -> None:
        raise fastreading.Irregular

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plans.PlannedReader, "item", refuse)
        return read_all(content)


def long_written(base: TermBase, edition: Edition) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fastwriting.FastWriter, "concept", lambda self, entry, identified: None)
        return written(base, edition)


@many
@given(termbases(), st.sampled_from(FULL_EDITIONS))
def test_generated(base: TermBase, edition: Edition) -> None:
    content = written(base, edition)
    assert content == long_written(base, edition)
    assert exact(read_all(content)) == exact(long_read(content))


def test_public_files() -> None:
    """Every public sample, whatever is wrong with it, is read the same both ways."""
    paths = [*shared_path("conformance").rglob("*.tbx"), *shared_path("conformance/tbx/samples").rglob("*.xml")]
    compared = 0
    for path in sorted(paths):
        content = path.read_bytes()
        try:
            expected = long_read(content)
        except Exception as error:
            with pytest.raises(type(error)):
                read_all(content)
            continue
        found = read_all(content)
        assert exact(found) == exact(expected), path
        for edition in FULL_EDITIONS:
            expected_bytes = long_written(found, edition)
            assert written(found, edition) == expected_bytes, (path, edition.name)
            stream = read(io.BytesIO(content), ReadOptions())
            assert written(stream, edition) == expected_bytes, (path, edition.name)
        compared += 1
    assert compared > 300


def test_the_quick_way_is_taken() -> None:
    """A regular entry must not fall back: that would be slow, and nothing else would show it."""
    reader = fastreading.FastReader(fastreading.Prologue(), "x.tbx")
    entry = reader.entry(
        '<conceptEntry id="c1">\n<descrip type="subjectField">a &amp; b</descrip>\n<langSec xml:lang="en"><termSec>'
        '<term>printer</term><termNote type="partOfSpeech">noun</termNote></termSec></langSec></conceptEntry>', 7
    )  # fmt: skip
    assert entry.subject_fields[0].value == "a & b"
    assert entry.subject_fields[0].line == 8
    for edition in FULL_EDITIONS:
        if edition.dialect != "TBX-Core":
            assert fastwriting.FastWriter(edition).concept(entry, first_of), edition.name


ALIKE = (
    '<conceptEntry id="{id}">\n<descrip type="subjectField">{0}</descrip>\n<langSec xml:lang="en"><termSec>\n'
    '<term>{1}</term>\n<termNote type="partOfSpeech">{2}</termNote>\n<termNote type="geographicalUsage">{3}</termNote>'
    "</termSec></langSec></conceptEntry>"
)
TEXTS = st.lists(
    st.sampled_from(
        ("a", "b c", "R&amp;D", "&#233;", "two\nlines", "\u00a0", "1 > 0", "", " ", "x\0", "&odd;", "]]>", "é")
    ),
    min_size=3, max_size=3,
)  # fmt: skip
POS = st.sampled_from(("noun", "verb", "Noun", " noun", ""))


@many
@given(st.lists(st.tuples(TEXTS, POS, st.sampled_from(("c1", "x&amp;", "\u00e9", ""))), min_size=6, max_size=12))
def test_entries_built_alike(entries: list[tuple[list[str], str, str]]) -> None:
    """A plan gives what reading each entry by itself gives, line numbers included, or refuses like it."""
    planned = plans.PlannedReader(fastreading.Prologue(), "x.tbx")
    for number, (texts, pos, identifier) in enumerate(entries):
        text = ALIKE.format(texts[0], texts[1], pos, texts[2], id=identifier)
        for reader in (planned, planned):  # the second time there may be a plan
            alone = fastreading.FastReader(fastreading.Prologue(), "x.tbx")
            try:
                expected = exact(alone.entry(text, number * 10))
            except fastreading.Irregular:
                with pytest.raises(fastreading.Irregular):
                    reader.entry(text, number * 10)
                continue
            assert exact(reader.entry(text, number * 10)) == expected


def test_shapes_are_made_and_given_up() -> None:
    """Entries built alike get a shape; a document without two alike stops looking for shapes."""
    planned = plans.PlannedReader(fastreading.Prologue(), "x.tbx")
    found = [planned.item(ALIKE.format("s", f"t{number}", "noun", "g", id=f"c{number}"), 1) for number in range(5)]
    assert [isinstance(each, Repeated) for each in found] == [False, True, True, True, True]
    for number in range(600):
        more = f"t</term><termNote type='n{number}'>x</termNote><term>"
        planned.entry(ALIKE.format("s", more, "noun", "g", id="c").replace("<term></term>", ""), 1)
    assert planned.shapes.given_up


TAGGED = (
    '<conceptEntry id="{id}">\n<ref type="crossReference" target="{0}">see</ref><langSec id="{1}" xml:lang="en">'
    "<termSec id='{2}'><term>{3}</term>\n<note>{4}</note></termSec></langSec></conceptEntry>\n  "
)
NAMES = st.sampled_from(("a", "b", "a b", "", "&amp;", "'", "c\u00a0d", "\n", "e\u0301"))


@many
@given(st.lists(st.tuples(NAMES, NAMES, NAMES, *(st.sampled_from(("x", "y", "", "&lt;", "\u00a0")),) * 2), min_size=4))
def test_ids_and_targets_vary_too(entries: list[tuple[str, ...]]) -> None:
    body = "".join(TAGGED.format(*texts, id=f"c{number}") for number, texts in enumerate(entries))
    content = f'<tbx type="TBX-Basic" style="dca" xml:lang="en"><text><body>{body}</body></text></tbx>'.encode()
    assert exact(read_all(content)) == exact(long_read(content))


def test_shapes_find_entries_before_they_are_cut_out() -> None:
    body = "".join(ALIKE.format("s", f"t{number}", "noun", "g", id=f"c{number}") + "\n" for number in range(9))
    content = f'<tbx type="TBX-Basic" style="dca" xml:lang="en"><text><body>{body}</body></text></tbx>'.encode()
    with pytest.MonkeyPatch.context() as patch:
        seen: list[int] = []
        end = scanning.Scanner._regular_end
        patch.setattr(scanning.Scanner, "_regular_end", lambda self, *said: (seen.append(1), end(self, *said))[1])
        assert exact(read_all(content)) == exact(long_read(content))
    assert len(seen) == 2 + 9


FILLED = (
    '<conceptEntry id="{id}"><descrip type="subjectField">{0}</descrip><transacGrp><transac type="transactionType">'
    '{4}</transac><date>{1}</date><transacNote type="responsibility">{0}</transacNote></transacGrp>'
    '<langSec xml:lang="en"><descripGrp><descrip type="definition">{2}</descrip><admin type="source">{0}</admin>'
    '</descripGrp><termSec><term>{2}</term><termNote type="administrativeStatus">{3}</termNote>'
    '<descrip type="reliabilityCode">{3}</descrip></termSec></langSec></conceptEntry>\n'
)
STATUS = st.sampled_from(("preferredTerm-admn-sts", "admittedTerm", "3", "¤1¤"))
DATE = st.sampled_from(("2026-11-22", "2026", "2026-11-22T10:00:00", "22.11.2026"))
IDENTIFIER = st.sampled_from(("c1", "c2", "7", "a b", "\u00a0", "c1-2"))


@many
@given(
    st.lists(
        st.tuples(TEXTS, DATE, STATUS, st.sampled_from(("origination", "odd")), IDENTIFIER), min_size=5, max_size=12
    ),
    st.sampled_from(FULL_EDITIONS),
)  # fmt: skip
def test_templates(entries: list[tuple[list[str], str, str, str, str]], edition: Edition) -> None:
    """A template gives what writing each entry by itself gives, and the same losses in the same order."""
    body = "".join(
        FILLED.format(texts[0], date, texts[1], status, kind, id=identifier)
        for texts, date, status, kind, identifier in entries
    )
    content = f'<tbx type="TBX-Basic" style="dca" xml:lang="en"><text><body>{body}</body></text></tbx>'.encode()
    expected: list[Finding] = []
    found: list[Finding] = []
    made = written(read_all(content), edition, expected)
    assert written(read(io.BytesIO(content), ReadOptions(file="test.tbx")), edition, found) == made
    assert found == expected


def test_a_template_is_used() -> None:
    """Where an edition holds all of an entry, its likes go by a template: else it would be slow."""
    entry = FILLED.replace('<descrip type="reliabilityCode">{3}</descrip>', "")
    texts = ("a", "2026-11-22", "b", "preferredTerm-admn-sts", "origination")
    body = "".join(entry.format(*texts, id=f"c{number}") for number in range(9))
    content = f'<tbx type="TBX-Basic" style="dca" xml:lang="en"><text><body>{body}</body></text></tbx>'.encode()
    for edition in FULL_EDITIONS:
        writer = templates.TemplateWriter(edition)
        items = [item for item in read(io.BytesIO(content), ReadOptions()).items() if isinstance(item, Repeated)]
        assert len(items) == 8
        if edition.dialect in ("TBX-Basic", "TBX", "TBX-Linguist"):
            assert all(writer.repeated(each, first_of) == writer.concept(each.entry, first_of) for each in items)
            assert writer.repeated(items[0], first_of), edition.name


# --- sections -------------------------------------------------------------------------------------------------------

@many
@given(sectioned(), st.sampled_from(tuple(TAGS)))
def test_entries_of_known_sections(entries: list[tuple[Any, list[Any]]], style: str) -> None:
    """Entries read by their sections are those read whole, lines included; written by them they are the same bytes."""
    content = document(entries, style)
    expected = long_read(content)
    assert exact(read_all(content)) == exact(expected)
    for edition in FULL_EDITIONS:
        assert written(read(io.BytesIO(content), ReadOptions()), edition) == long_written(expected, edition)


def test_sections_are_known_and_given_up() -> None:
    """Entries of sections that have been seen twice are not parsed; a document without any stops looking for them."""
    planned = plans.PlannedReader(fastreading.Prologue(), "x.tbx")
    sections = [(tag, tag == "en", tag != "de", tag == "sv", "", "a", "noun", "i1") for tag in ("en", "sv", "de")]
    made = (sectional(("c", "f" * (number & 4), False), sections[number & 1 :][: 1 + number % 3], "dca").rstrip()
            for number in range(60))  # fmt: skip
    found = [planned.sections.item(each, 1) for each in made]
    assert found[0] is None
    assert all(isinstance(each, Repeated) and each.sections for each in found[30:])
    for number in range(5000):
        other = [("en", True, False, False, "", f"n{number}\n", "", "")]
        planned.sections.item(sectional(("c", "", False), other, "dca"), 1)
    assert planned.sections.given_up
