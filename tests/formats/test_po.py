"""Glossary PO: accepted by gettext without a warning, read the same by polib and translate-toolkit."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, given, settings

from cctbx.errors import InputError, UsageError
from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions, WriteOptions
from cctbx.formats.po import PO, gettext_language, language_of_gettext, read_po
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Metatype, TermBase, TermSection
from tests.formats.laws import findings_of, read, written
from tests.formats.test_laws import WAY, english_and_swedish
from tests.support import program


def entry(identifier: str, english: list[str], swedish: list[str], **more: object) -> ConceptEntry:
    sections = (("en", english), ("sv", swedish))
    languages = tuple(
        LanguageSection(language=tag, terms=tuple(TermSection(term=each) for each in terms))
        for tag, terms in sections
        if terms
    )
    return ConceptEntry(id=identifier, languages=languages, **more)  # type: ignore[arg-type]


def messages(content: bytes) -> list[tuple[str | None, str, str]]:
    return [(each.msgctxt, each.msgid, each.msgstr) for each in polib.pofile(content.decode())]


def test_the_first_use_of_a_term_stands_without_context_and_further_ones_with_the_concept_id() -> None:
    base = TermBase(concepts=(
        entry("c1", ["call"], ["samtal", "påringning"]), entry("c2", ["call", "option"], ["köpoption"]),
    ))  # fmt: skip
    assert messages(written(PO, base, WAY)) == [
        (None, "call", "samtal"), ("c1", "call", "påringning"), ("c2", "call", "köpoption"),
        (None, "option", "köpoption"),
    ]  # fmt: skip


def test_the_concept_that_prefers_a_term_has_it_without_context() -> None:
    admitted = TermSection(term="queue", administrative_status="admittedTerm-admn-sts")
    first = LanguageSection(language="en", terms=(TermSection(term="line"), admitted))
    swedish = LanguageSection(language="sv", terms=(TermSection(term="rad"),))
    base = TermBase(concepts=(ConceptEntry(id="c1", languages=(first, swedish)), entry("c2", ["queue"], ["kö"])))
    assert messages(written(PO, base, WAY)) == [
        (None, "line", "rad"), ("c1", "queue", "rad"), (None, "queue", "kö"),
    ]  # fmt: skip


def test_definitions_are_comments_and_come_back() -> None:
    definition = DataCategory(category="definition", metatype=Metatype.DESCRIPTIVE, value="en person som köper")
    base = TermBase(concepts=(entry("c1", ["customer"], ["kund"], definitions=(definition,)),))
    content = written(PO, base, WAY)
    assert b"#. definition: en person som k" in content
    assert read(PO, content).concepts[0].definitions[0].text == "en person som köper"


def test_a_deprecated_equivalent_is_flagged_forbidden() -> None:
    bad = TermSection(term="klient", administrative_status="deprecatedTerm-admn-sts")
    swedish = LanguageSection(language="sv", terms=(bad, TermSection(term="kund")))
    english = LanguageSection(language="en", terms=(TermSection(term="customer"),))
    base = TermBase(concepts=(ConceptEntry(id="c1", languages=(english, swedish)),))
    parsed = polib.pofile(written(PO, base, WAY).decode())
    assert [(each.msgstr, each.flags) for each in parsed] == [("kund", []), ("klient", ["forbidden"])]


def test_a_concept_without_one_of_the_languages_is_left_out_with_a_finding() -> None:
    base = TermBase(concepts=(entry("c1", ["customer"], ["kund"]), entry("c2", ["agent"], [])))
    assert [(each.code, each.concept) for each in findings_of(PO, base, WAY)] == [("LOS057", "c2")]


def test_two_targets_in_one_file_are_refused() -> None:
    with pytest.raises(UsageError, match="one pair"):
        written(PO, TermBase(), WriteOptions(source_language="en", target_languages=("sv", "nb")))


@pytest.mark.parametrize(
    ("tag", "name"),
    [("pt-BR", "pt_BR"), ("sr-Latn-RS", "sr_RS@latin"), ("nb", "nb"), ("zh-Hant", "zh_Hant"), ("x-house", "x_house")],
)
def test_language_names_of_gettext(tag: str, name: str) -> None:
    assert gettext_language(tag) == name
    assert language_of_gettext(name) == tag


def test_a_foreign_file_gives_one_entry_a_message() -> None:
    content = (
        b'# translators\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: pt_BR\\n"\n\n'
        b'#. shown on the button\n#: src/a.c:12\nmsgctxt "menu"\nmsgid "File"\nmsgstr "Arquivo"\n\n'
        b'#, fuzzy\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "um"\nmsgstr[1] "uns"\n\nmsgid "none"\nmsgstr ""\n'
    )
    found: list[Finding] = []
    base = read(PO, content, ReadOptions(file="x.po", report=found.append))
    assert [each.id for each in base.concepts] == ["menu", "c2", "c3"]
    assert base.concepts[0].notes[0].text == "shown on the button"
    assert [section.language for section in base.concepts[0].languages] == ["en", "pt-BR"]
    assert [each.language for each in base.concepts[2].languages] == ["en"]
    assert [each.code for each in found] == ["FMT107", "FMT116", "FMT116", "FMT109"]
    assert found[1].line == 13


def test_a_syntax_error_says_its_line() -> None:
    with pytest.raises(InputError, match=r"x\.po:4"):
        read_po(io.BytesIO(b'msgid ""\nmsgstr ""\n\nmsgid "a" b"\nmsgstr "c"\n'), ReadOptions(file="x.po"))


@pytest.mark.client
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(base=english_and_swedish())
def test_msgfmt_accepts_every_export_without_a_warning(base: TermBase, tmp_path: Path) -> None:
    path = tmp_path / "sv.po"
    path.write_bytes(written(PO, base, WAY))
    ran = subprocess.run(
        [program("msgfmt"), "-c", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@settings(max_examples=25, deadline=None)
@given(base=english_and_swedish())
def test_translate_toolkit_reads_the_messages_polib_reads(base: TermBase) -> None:
    from translate.storage.po import pofile

    content = written(PO, base, WAY)
    theirs = [
        (each.source, each.target) for each in pofile.parsestring(content).units if each.source and not each.isheader()
    ]
    assert theirs == [(msgid, msgstr) for _, msgid, msgstr in messages(content)]
