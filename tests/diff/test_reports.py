"""Every report of a comparison: well-formed, complete, harmless; changes come back from JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given

from cctbx.diff import Bump, Change, CompareSettings, Kind, compare, compare_termbases
from cctbx.diff.changes import KIND, KINDS
from cctbx.diff.exchange import change_from_plain, change_to_plain, changes_from_plain, changes_to_plain
from cctbx.diff.release import next_version, release_notes
from cctbx.errors import CctbxError, InputError, UsageError
from cctbx.model import ConceptEntry, Header, LanguageSection, TermBase, TermSection
from cctbx.report.changes import Comparison
from cctbx.report.changes_html import changes_html
from cctbx.report.changes_notes import PLACEHOLDERS, notes_markdown
from cctbx.report.changes_text import changes_text
from cctbx.workflows.diff import RENDERERS, rendered
from tests.diff.examples import (
    ADMITTED,
    AGENT,
    BASE,
    CUSTOMER,
    DEPRECATED,
    PREFERRED,
    QUEUE,
    concept,
    section,
    term,
    with_section,
)
from tests.diff.pairs import Pair, related, slow
from tests.support import ROOT

EVIL = '=cmd|"/c calc"!A1 <script>alert(1)</script> \x1b[31m `x` [y](z) | %0A ::error::'
NEW = (
    concept("c1", section("en", term("customer", DEPRECATED), term("client", PREFERRED), defined="Who buys & pays."),
            section("sv", "kund", EVIL)),
    QUEUE, concept("c4", section("en", "brand new")),
)  # fmt: skip


def comparison(*new: object, strict: bool = False) -> Comparison:
    changes = compare(BASE, new or NEW, CompareSettings(strict=strict))  # type: ignore[arg-type]
    return Comparison(changes=changes, old="old.tbx", new="new.tbx", lines={"c1": 7})


@pytest.mark.parametrize("name", [name for name in RENDERERS if name not in ("stat", "junit")])
def test_every_report_names_ids_and_terms(name: str) -> None:
    text = rendered(comparison(), name)
    for word in ("c1", "c3", "c4", "customer", "client", "agent", "brand new"):
        assert word in text, word


@pytest.mark.parametrize("name", RENDERERS)
def test_no_differences_is_well_formed_too(name: str) -> None:
    text = rendered(comparison(*BASE), name)
    assert "c1" not in text
    if name == "json":
        assert json.loads(text)["changes"] == []


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        assert not [name for name, _ in attrs if name in ("src", "onclick")]
        if tag not in ("meta", "br", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_balanced_escaped_and_loads_nothing() -> None:
    page = rendered(comparison(), "html")
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []
    assert "script" not in tags.seen
    assert "link" not in tags.seen
    assert "http" not in page
    assert "<del>" in page
    assert "<ins>" in page


def test_junit_is_xml_and_counts() -> None:
    from lxml import etree

    found = comparison()
    suite = etree.fromstring(rendered(found, "junit").encode())
    assert suite.get("failures") == str(len(found.changes)) == str(len(suite.findall(".//failure")))


def test_csv_is_harmless_and_complete() -> None:
    found = comparison()
    rows = list(csv.reader(io.StringIO(rendered(found, "csv"))))
    assert len(rows) == len(found.changes) + 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_annotations_stay_on_their_line() -> None:
    lines = rendered(comparison(), "github").splitlines()
    assert all(re.match(r"::(notice|warning)( file=[^,:]+(,line=\d+)?,title=[^:]*)?::", line) for line in lines)
    assert any("line=7" in line for line in lines)


def test_text_cannot_steer_a_terminal() -> None:
    assert "\x1b" not in rendered(comparison(), "text")
    coloured = rendered(comparison(), "text", colour=True)
    assert re.sub(r"\x1b\[(?:0|1|3[1236])m", "", coloured) == rendered(comparison(), "text")


def test_markdown_marks_nothing_but_our_own() -> None:
    text = rendered(comparison(), "markdown")
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "[y](z)" not in text


def test_what_changed_in_the_header_is_its_title() -> None:
    strict = CompareSettings(strict=True)
    first = Header(title="Terms, release 1")
    headers = first, Header(title="Terms, release 2"), replace(first, publication=("a fair copy",))
    said = [
        changes_text(Comparison(changes=compare_termbases(TermBase(header=headers[0]), TermBase(header=new), strict),
                                old="a", new="b")).splitlines()[1]
        for new in headers[1:]
    ]  # fmt: skip
    assert said == ["  ~ header changed: Terms, release [-1-]{+2+}", "  ~ header changed"]


def test_stat_has_one_line_per_language() -> None:
    lines = rendered(comparison(), "stat").splitlines()
    assert [line.split()[0] for line in lines[:-1]] == ["de", "en", "sv"]




@slow
@given(related())
def test_changes_come_back_from_json(pair: Pair) -> None:
    changes = compare(*pair, CompareSettings(strict=True))
    document = json.loads(json.dumps(changes_to_plain(changes, old="a", new="b")))
    assert changes_from_plain(document).changes == changes.changes
    text = rendered(Comparison(changes=changes, old="a", new="b"), "json")
    assert json.loads(text) == document


def test_the_schema_says_what_the_code_does() -> None:
    schema = json.loads((ROOT / "schemas" / "cctbx" / "changes-1.schema.json").read_text(encoding="utf-8"))
    change = schema["$defs"]["change"]["properties"]
    assert change["kind"]["enum"] == [kind.value for kind in Kind]
    said = {each.name for each in fields(Change)} - {"instead"}  # see `forbidden` of the document
    assert set(change) == said | {"bump"}
    assert set(schema["$defs"]["bump"]["enum"]) == {bump.value for bump in Bump}
    assert {row.kind for row in KINDS} == set(Kind) == set(KIND)


NO_CHANGES: tuple[object, ...] = (
    [], {}, {"format": "cctbx-changes", "version": 2}, {"format": "cctbx-changes", "version": 1},
    {"format": "cctbx-changes", "version": 1, "changes": [{"kind": "x"}]},
)  # fmt: skip


@pytest.mark.parametrize("document", NO_CHANGES)
def test_other_documents_are_refused(document: object) -> None:
    with pytest.raises(InputError, match=r"changes\.json"):
        changes_from_plain(document, file="changes.json")


def test_a_change_without_defaults_is_short() -> None:
    change = next(each for each in comparison().changes if each.kind is Kind.CONCEPT_ADDED)
    assert set(change_to_plain(change)) == {"kind", "bump", "concept", "new", "label"}
    assert change_from_plain(change_to_plain(change)) == change


# --- release notes ----------------------------------------------------------------------------------------------------


def test_what_translators_must_know_comes_first() -> None:
    notes = release_notes(comparison().changes)
    assert [str(each.term) for each in notes.preferred] == ["customer"]
    assert [(str(each.term), str(each.instead)) for each in notes.forbidden] == [("customer", "client")]
    assert {each.concept for each in notes.removals} == {"c3"}
    assert {each.concept for each in notes.additions} == {"c1", "c4"}
    text = notes_markdown(comparison(), version="1.4.2")
    assert text.index("Preferred terms that changed") < text.index("Additions") < text.index("Removals")
    assert "1.4.2 → 2.0.0" in text


SUPERSEDED = "supersededTerm-admn-sts"
INSTEAD: tuple[tuple[str, tuple[TermSection, ...], str | None], ...] = (
    ("the preferred one", (term("boss", ADMITTED), term("chief", PREFERRED), term("head")), "chief"),
    ("else the first admitted one", (term("head"), term("boss", ADMITTED), term("chief", ADMITTED)), "boss"),
    ("else one that nothing is said of", (term("boss", SUPERSEDED), term("head")), "head"),
    ("none that is forbidden itself", (term("boss", SUPERSEDED), term("chief", DEPRECATED)), None),
    ("none of the same name", (term("gaffer", ADMITTED, part_of_speech="verb"),), None),
    ("none at all", (), None),
)


@pytest.mark.parametrize(("name", "others", "instead"), INSTEAD, ids=[each[0] for each in INSTEAD])
def test_what_to_use_instead_is_told(name: str, others: tuple[TermSection, ...], instead: str | None) -> None:
    """In whatever way a designation becomes forbidden, and in every report."""
    sv = section("sv", term("bas", PREFERRED))
    before = concept("c1", section("en", term("gaffer", ADMITTED, part_of_speech="noun"), *others), sv)
    after = concept("c1", section("en", term("gaffer", DEPRECATED, part_of_speech="noun"), *others), sv)
    unheard, silent = concept("c1", section("en", *others), sv), concept("c1", sv)
    for was in (before, unheard, silent):
        changes = compare([was], [after])
        told = [each for each in release_notes(changes).forbidden if each.term == "gaffer"]
        assert [(each.language, each.instead) for each in told] == [("en", instead)]
    found = Comparison(changes=compare([before], [after]), old="a", new="b")
    for report in ("text", "markdown", "html", "junit", "github"):
        assert (f"use “{instead}” instead" in rendered(found, report)) == (instead is not None)
        assert ("instead" in rendered(found, report)) == (instead is not None)
    assert next(csv.DictReader(io.StringIO(rendered(found, "csv"))))["instead"] == (instead or "")
    (listed,) = json.loads(rendered(found, "json"))["forbidden"]
    assert (listed["concept"], listed["term"], listed.get("instead")) == ("c1", "gaffer", instead)
    text = notes_markdown(found)
    assert (f"~~gaffer~~ (deprecated); use **{instead}**" in text) == (instead is not None)
    assert "Definitions, notes and other edits" not in text


def test_what_was_forbidden_before_is_not_forbidden_now() -> None:
    was, still = term("client", DEPRECATED), term("client", SUPERSEDED)
    customer, queue = section("en", term("customer", PREFERRED)), section("en", "queue")
    old = concept("c1", replace(customer, terms=(*customer.terms, was))), concept("c2", queue)
    superseded = concept("c1", replace(customer, terms=(*customer.terms, still))), old[1]
    moved = concept("c1", customer), concept("c2", replace(queue, terms=(*queue.terms, was)))
    merged = (concept("c2", replace(queue, terms=(*customer.terms, was, *queue.terms))),)
    for new in (superseded, moved, merged):
        changes = compare(old, new)
        assert changes.changes
        assert release_notes(changes).forbidden == ()
        assert changes_to_plain(changes)["forbidden"] == []
        assert "client" in notes_markdown(Comparison(changes=changes, old="a", new="b"))


def test_an_old_preferred_term_that_is_forbidden_now_is_told_so() -> None:
    assert "(“customer” is deprecated now)" in changes_text(comparison())


def test_sections_with_nothing_in_them_are_left_out() -> None:
    text = notes_markdown(comparison(concept("c1", section("en", term("customer", PREFERRED), defined="Who buys.")),
                                     *BASE[1:]))  # fmt: skip
    assert "None." not in text
    assert "## Additions" not in text
    assert "No preferred term changed" in text
    assert "# " in notes_markdown(comparison(*BASE))


def test_notes_go_by_language_and_show_where_a_text_was_edited() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    long = [
        concept("c1", section("sv", "kund", defined=f"{words} {middle} {words}"), section("en", "customer"))
        for middle in ("before", "after")
    ]
    found = Comparison(changes=compare([long[0]], [long[1]]), old="a", new="b")
    text = notes_markdown(found)
    line = next(each for each in text.splitlines() if each.startswith("- **customer**"))
    assert "*sv*" in text
    assert "word59 ~~before~~ **after** word0" in line
    assert line.count("…") == 2
    assert len(line) < 250
    assert "word0 word1" in rendered(found, "html")


def test_the_same_edit_of_many_designations_is_one_line() -> None:
    def release(part: str | None) -> list[ConceptEntry]:
        return [
            ConceptEntry(id=f"c{number}", languages=(LanguageSection(language="nl", terms=(
                TermSection(term=f"woord {number}", part_of_speech=part),)),))
            for number in range(5)
        ]  # fmt: skip

    text = notes_markdown(Comparison(changes=compare(release(None), release("noun")), old="a", new="b"))
    lines = [line for line in text.splitlines() if "part of speech" in line]
    assert len(lines) == 1
    assert all(f"“woord {number}” (c{number})" in lines[0] for number in range(5))


def test_what_a_new_concept_means_is_told() -> None:
    new = (*BASE, concept("c9", section("sv", "återuppringning", defined="Att ringa upp."), section("en", "callback")))
    text = notes_markdown(comparison(*new))
    assert "- **callback** (c9): en: callback; sv: återuppringning\n  - definition (sv): Att ringa upp." in text


def test_the_preferred_designation_of_a_concept_is_told_first_and_forbidden_ones_as_such() -> None:
    terms = term("acab", DEPRECATED), term("cab", ADMITTED), term("taxi", PREFERRED)
    added = comparison(*BASE, concept("c9", section("en", *terms)))
    for text in (notes_markdown(added), changes_text(added)):
        assert "en: taxi, cab, acab (deprecated)" in text


def test_merges_and_splits_name_the_other_concept() -> None:
    agent, representative = with_section(AGENT, section("en", "agent")), concept("c9", section("en", "representative"))
    split = comparison(CUSTOMER, QUEUE, agent, representative)
    assert "**representative** (c9) was split off **agent** (c3)" in notes_markdown(split)
    assert changes_text(split).startswith("c3 “agent”\n")
    assert '<td dir="auto">in c3 “agent”</td><td dir="auto">en: representative</td>' in changes_html(split)
    taken = with_section(QUEUE, section("en", "queue", "agent", "representative"), section("sv", "kö", "agent"))
    merged = comparison(CUSTOMER, taken)
    assert "**agent** (c3) is now part of **queue** (c2)" in notes_markdown(merged)
    assert '<td dir="auto">in c2 “queue”</td></tr>' in changes_html(merged)


def test_what_changed_can_be_told_without_colours() -> None:
    """On paper, in grey: removed and added texts have their lines, the bump its word, pages their number."""
    page = changes_html(comparison())
    assert re.search(r"del \{[^}]*line-through", page) and re.search(r"ins \{[^}]*underline", page)
    assert set(re.findall(r'<td class="(\w+)">', page)) == set(re.findall(r'<span class="bump">(\w+)</span>', page))
    assert "counter(page)" in page


def test_a_template_is_filled() -> None:
    assert notes_markdown(comparison(), template="$bump: $old to $new, $$5") == "breaking: old.tbx to new.tbx, $5"
    everything = notes_markdown(comparison(), template="".join(f"[${name}]" for name in PLACEHOLDERS))
    assert "$" not in everything
    with pytest.raises(UsageError, match="summary"):
        notes_markdown(comparison(), template="$nonsense")


VERSIONS = (("1.4.2", Bump.BREAKING, "2.0.0"), ("1.4.2", Bump.MINOR, "1.5.0"), ("v1.4.2", Bump.PATCH, "v1.4.3"),
            ("1.4", Bump.NONE, "1.4.0"), ("3", Bump.MINOR, "3.1.0"))  # fmt: skip


@pytest.mark.parametrize(("version", "bump", "following"), VERSIONS)
def test_versions_are_raised(version: str, bump: Bump, following: str) -> None:
    assert next_version(version, bump) == following


def test_what_is_no_version_is_refused() -> None:
    with pytest.raises(CctbxError, match="draft"):
        next_version("draft", Bump.MINOR)


def test_additions_alone_are_minor(tmp_path: Path) -> None:
    more = (*BASE, concept("c8", section("en", term("hold", ADMITTED))))
    assert compare(BASE, more).bump is Bump.MINOR
    assert compare(BASE, BASE).bump is Bump.NONE
    assert compare(more, BASE).bump is Bump.BREAKING

