"""The tuple of profiles, its rules one by one, choice and filters, and the ledger."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cctbx.errors import UsageError
from cctbx.findings import Finding
from cctbx.formats.registry import format_named
from cctbx.model import (
    ConceptEntry,
    DataCategory,
    Header,
    LanguageSection,
    Metatype,
    TermBase,
    TermSection,
    plain,
)
from cctbx.profiles import PROFILES, Choice, Forbidden, Profile, Request, profile_named
from cctbx.profiles.contract import VERIFIED, Job
from cctbx.profiles.ledger import LedgerWriter, losses_in, lost_of
from cctbx.profiles.rules import ascii_ids, no_longer_than, one_source, one_target
from cctbx.profiles.writing import parts, prepared, write_part
from tests.strategies import termbases

NAMES = [
    "omegat", "lokalize", "tbx-v2", "tbx-v2-multi", "tbx-v3", "weblate", "gettext", "tmx", "poedit", "virtaal",
    "translate-toolkit", "glotpress", "crowdin", "phrase", "memoq", "multiterm", "xtm", "smartling", "lokalise",
    "transifex", "matecat", "deepl", "google", "aws", "azure", "utx", "xlsx", "table",
]  # fmt: skip
DEAD = "deprecatedTerm-admn-sts"


def definition(text: str, source: str = "") -> DataCategory:
    group = (DataCategory(category="source", metatype=Metatype.ADMINISTRATIVE, value=source),) if source else ()
    return DataCategory(category="definition", metatype=Metatype.DESCRIPTIVE, value=text, group=group)


def section(tag: str, *terms: str | TermSection, definitions: Iterable[DataCategory] = ()) -> LanguageSection:
    made = tuple(TermSection(term=each) if isinstance(each, str) else each for each in terms)
    return LanguageSection(language=tag, terms=made, definitions=tuple(definitions))


def dead(term: str) -> TermSection:
    return TermSection(term=term, administrative_status=DEAD)


def base(*entries: ConceptEntry) -> TermBase:
    return TermBase(header=Header(language="en", title="Test"), concepts=entries)


ENTRY = ConceptEntry(
    id="c1", definitions=(definition("of the concept"),),
    languages=(
        section("en", "queue", "line", definitions=[definition("English", "Book A")]),
        section("sv", "kö", TermSection(term="rad", administrative_status="preferredTerm-admn-sts"), dead("led"),
                definitions=[definition("svensk", "Book B, licence CC BY"), definition("andra")]),
        section("nb", "kø"),
    ),
)  # fmt: skip


def seen(profile: str, request: Request, *entries: ConceptEntry) -> tuple[list[ConceptEntry], list[Finding]]:
    """The entries of the first file of a profile, and its losses."""
    part = next(parts(profile_named(profile), request, "x"))
    lost: list[Finding] = []
    return list(prepared(base(*(entries or (ENTRY,))).stream(), part, request, lost.append)), lost


def words(entry: ConceptEntry, tag: str) -> list[str]:
    return [plain(term.term) for _, term in entry.terms(tag)]


def test_every_profile_of_the_plan_is_there() -> None:
    assert sorted(each.name for each in PROFILES) == sorted(NAMES)
    assert all(each.title and each.rules_told and each.forbidden for each in PROFILES)
    assert {each.verified for each in PROFILES} == set(VERIFIED)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda each: each.name)
def test_every_output_has_a_writer(profile: Profile) -> None:
    for output in profile.outputs:
        assert output.layout or output.flavoured or format_named(output.format).write
    files = [output.file for output in profile.outputs]
    assert len(set(files)) == len(files)


def test_an_unknown_profile_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean `omegat`"):
        profile_named("omegta")


@settings(max_examples=8, deadline=None)
@given(termbase=termbases(concepts=3))
@pytest.mark.parametrize("profile", PROFILES, ids=lambda each: each.name)
def test_any_term_base_is_written_twice_alike(profile: Profile, termbase: TermBase) -> None:
    request = Request(source="en", targets=("de", "sv"), title="x", date="2026-01-01")
    for part in parts(profile, request, "x"):
        first, second = io.BytesIO(), io.BytesIO()
        lost: list[Finding] = []
        write_part(termbase.stream(), part, request, first, lost.append)
        write_part(termbase.stream(), part, request, second, lambda finding: None)
        assert first.getvalue() == second.getvalue()
        assert all(each.file == part.file for each in lost)


def test_forbidden_terms_are_left_out_marked_or_apart() -> None:
    request = Request(source="en", targets=("sv",))
    (entry,), lost = seen("omegat", request)
    assert words(entry, "sv") == ["rad", "kö"]
    assert [(each.code, each.term) for each in lost if each.code == "LOS200"] == [("LOS200", "led")]
    with pytest.raises(UsageError, match="omegat cannot mark"):
        seen("omegat", Request(source="en", targets=("sv",), forbidden=Forbidden.MARK))
    asked = Request(source="en", targets=("sv",), forbidden=Forbidden.SEPARATE)
    main, apart, *_ = parts(profile_named("omegat"), asked, "x")
    assert (main.file, apart.file) == ("x.en-sv.tbx", "x.en-sv.forbidden.tbx")
    (alone,) = prepared(base(ENTRY).stream(), apart, asked, lambda finding: None)
    assert (words(alone, "en"), words(alone, "sv")) == (["queue", "line"], ["led"])


def test_choice_of_preferred_terms() -> None:
    (entry,), lost = seen("omegat", Request(source="en", targets=("sv",), choice=Choice.PREFERRED))
    assert (words(entry, "en"), words(entry, "sv")) == (["queue"], ["rad"])
    assert {each.term for each in lost if each.code == "LOS201"} == {"line", "kö"}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({}, "svensk"),
        ({"definitions": ("en",)}, "English"),
        ({"definitions": ("nb", "en")}, "English"),
        ({"without_definitions": True}, None),
        ({"definitions_from": ("book a",)}, "English"),
        ({"no_definitions_from": ("CC BY",)}, "andra"),
    ],
)
def test_choice_of_definitions(asked: dict[str, object], text: str | None) -> None:
    request = Request(source="en", targets=("sv",), **asked)  # type: ignore[arg-type]
    (entry,), lost = seen("omegat", request)
    assert [each.text for each in entry.definitions] == ([text] if text else [])
    gone = [each for each in lost if each.code in ("LOS202", "LOS203")]
    assert len(gone) == 4 - len(entry.definitions), "every definition of concept, source and target is accounted for"


def test_subjects_and_statuses_filter() -> None:
    subject = DataCategory(category="subjectField", metatype=Metatype.DESCRIPTIVE, value="Telephony")
    other = ConceptEntry(id="c2", subject_fields=(subject,), languages=ENTRY.languages)
    entries, lost = seen("omegat", Request(source="en", targets=("sv",), subjects=("telephony",)), ENTRY, other)
    assert [each.id for each in entries] == ["c2"]
    assert [each.concept for each in lost if each.code == "LOS204"] == ["c1"]
    (entry,), lost = seen("tbx-v2", Request(source="en", targets=("sv",), statuses=("none", "preferred")))
    assert words(entry, "sv") == ["rad", "kö"]


def test_languages_are_spelt_as_asked() -> None:
    request = Request(source="en", targets=("nb",), language_map={"nb": "no"})
    (entry,), lost = seen("tbx-v2", request)
    assert [each.language for each in entry.languages] == ["en", "no"]
    assert [each.code for each in lost if each.code == "LOS206"] == ["LOS206"]
    assert next(parts(profile_named("tbx-v2"), request, "x")).file == "x.en-no.tbx"


def test_a_narrower_tag_serves_the_wider() -> None:
    entry = ConceptEntry(id="c1", languages=(section("en-GB", "colour"), section("sv-FI", "färg")))
    (held,), _ = seen("tbx-v2", Request(source="en", targets=("sv",)), entry)
    assert [each.language for each in held.languages] == ["en", "sv"]


@given(st.lists(st.text(min_size=1, max_size=5), unique=True, max_size=6))
def test_ascii_ids_stay_different(ids: list[str]) -> None:
    job = Job(Request(source="en", targets=("sv",)), ("sv",))
    made = [each.id for name in ids for each in ascii_ids(ConceptEntry(id=name), job)]
    assert len(set(made)) == len(ids) and all(each.isascii() for each in made)


def test_one_target_a_source_and_each_source_once() -> None:
    job = Job(Request(source="en", targets=("sv",)), ("sv",))
    (entry,) = one_target(ENTRY, job)
    assert (words(entry, "en"), words(entry, "sv")) == (["queue", "line"], ["rad"])
    again = ConceptEntry(id="c2", languages=(section("en", "line", "row"), section("sv", "rad")))
    kept = [held for each in (entry, again) for held in one_source(each, job)]
    assert [words(each, "en") for each in kept] == [["queue", "line"], ["row"]]


def test_terms_the_client_finds_too_long() -> None:
    lost: list[Finding] = []
    job = Job(Request(source="en", targets=("sv",)), ("sv",), report=lost.append)
    (entry,) = no_longer_than(4, "utf-8")(ConceptEntry(id="c", languages=(section("sv", "åå", "ååå"),)), job)
    assert words(entry, "sv") == ["åå"] and [(each.code, each.term) for each in lost] == [("LOS209", "ååå")]


def test_the_ledger_says_every_loss_once() -> None:
    losses = [
        Finding(code="LOS050", message="a", concept="c1", category="source", file="f"),
        Finding(code="LOS050", message="b", concept="c1", category="source", file="f"),
        Finding(code="LOS200", message="c", concept="c1", category="term", language="sv", term="led", file="f"),
        Finding(code="LOS057", message="d", concept="c2", file="f"),
    ]
    out = io.StringIO()
    writer = LedgerWriter(out, {"profile": "x"})
    writer.begin("f")
    for each in losses:
        writer.add(each)
    writer.end(7)
    writer.close()
    made = json.loads(out.getvalue())
    assert made["files"][0]["concepts"] == 7 and made["files"][0]["lost"] == {"concept": 1, "source": 2, "term": 1}
    assert losses_in(out.getvalue()) == {lost_of(each) for each in losses}
    with pytest.raises(ValueError, match="no loss ledger"):
        losses_in("[]")
