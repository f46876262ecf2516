"""What a profile writes is read back as what it keeps, for every file of every profile that a reader can have."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions, WriteOptions, ignore
from cctbx.formats.registry import format_named
from cctbx.formats.tbx.editions import edition_of
from cctbx.formats.tbx.restriction import Restriction
from cctbx.model import ConceptEntry, LanguageSection, TermBase, TermBaseStream, TermSection, plain, statements
from cctbx.model.canonical import to_plain
from cctbx.profiles import PROFILES, Forbidden, Profile, Request, profile_named
from cctbx.profiles.contract import Job
from cctbx.profiles.layouts import Layout, Rows
from cctbx.profiles.reading import client_format
from cctbx.profiles.rules import DEAD, ascii_ids
from cctbx.profiles.writing import Part, options_of, parts, prepared, write_part
from cctbx.workflows.termbases import read_termbase
from tests.clients.stress import stress_base
from tests.strategies import language_sections, termbases

ASKED = ("en", "sv", "de")
CARRIERS = [
    (profile, number) for profile in PROFILES for number, output in enumerate(profile.outputs)
    if output.format != "multiterm-xdt"  # a definition of fields, no terms
]  # fmt: skip
EDITIONS = {("tbx", "dct"): ("tbx", "TBX-Basic", "dct"), ("tbx", "dca"): ("tbx", "TBX-Basic", "dca"),
            ("tbx-v2-default", None): ("martif", "TBX", None)}  # fmt: skip


@st.composite
def spoken(draw: st.DrawFn) -> TermBase:
    """A term base most of whose concept entries have the languages asked for."""
    base = draw(termbases(concepts=3))
    entries = []
    for entry in base.concepts:
        tags = ASKED if draw(st.integers(0, 5)) else ("sv", "fr")
        sections = [draw(language_sections(tag)) for tag in tags]
        entries.append(replace(entry, languages=tuple(draw(st.permutations(sections)))))
    return replace(base, concepts=tuple(entries))


def request(profile: Profile, number: int, forbidden: Forbidden | None = None) -> tuple[Request, list[Part]]:
    asked = Request(source="en", targets=("sv", "de"), title="x", date="2026-01-01", forbidden=forbidden)
    return asked, list(parts(profile, asked, "x", (profile.outputs[number],)))


def written(base: TermBase, part: Part, asked: Request, lost: list[Finding]) -> bytes | None:
    """The file; none where an optional one would be empty."""
    out = io.BytesIO()
    held = write_part(base.stream(), part, asked, out, lost.append)
    return out.getvalue() if held or not part.output.optional else None


def read(profile: Profile, part: Part, content: bytes, found: list[Finding]) -> list[ConceptEntry]:
    format_ = client_format(profile.name, content[:4096], part.file)
    assert format_ and format_.read
    options = ReadOptions(file=part.file, source_language="en", target_language=part.targets[0], report=found.append)
    return list(format_.read(io.BytesIO(content), options))


def rows(entries: Iterable[ConceptEntry], layout: Layout, targets: tuple[str, ...]) -> Iterator[ConceptEntry]:
    """What a table of independent rows says: a concept a row, one term a language."""
    numbered = 0
    for entry in entries:
        if layout.rows is Rows.CONCEPT:
            yield entry
            continue
        sections = {each.language: each for each in entry.languages}
        for term in sections["en"].terms:
            numbered += 1
            others = [replace(sections[tag], terms=sections[tag].terms[:1]) for tag in targets if tag in sections]
            languages = (replace(sections["en"], terms=(term,)), *others)
            yield replace(entry, id=f"c{numbered}", languages=languages)


def weblate(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
    """What Weblate holds of a concept: no forbidden sources, statuses only where a target is forbidden."""
    for entry in entries:
        source, target = entry.languages
        live, usable = _alive(source), _alive(target)
        dead = tuple(
            replace(each, administrative_status=DEAD[0])
            for each in target.terms if each.administrative_status in DEAD
        )  # fmt: skip
        targets = (*(_bare(usable) if live else ()), *dead)
        if targets:
            said = (*source.definitions, *entry.definitions)[:1]
            first = replace(source, terms=_bare(live or source.terms), definitions=())
            kept = replace(entry, definitions=said, languages=(first, replace(target, terms=targets)))
            yield ascii_id(kept)


def _alive(section: LanguageSection) -> tuple[TermSection, ...]:
    return tuple(each for each in section.terms if each.administrative_status not in DEAD)


def _bare(terms: Iterable[TermSection]) -> tuple[TermSection, ...]:
    return tuple(replace(each, administrative_status=None) for each in terms)


def ascii_id(entry: ConceptEntry) -> ConceptEntry:
    (made,) = ascii_ids(entry, Job(Request(source="en", targets=()), ()))
    return made


def phrase(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
    """What Phrase TMS holds of a concept: preferred, forbidden or neither; five parts of speech."""
    spoken = ("noun", "verb", "adjective", "adverb", "properNoun")

    def term(each: TermSection) -> TermSection:
        status = each.administrative_status
        held = DEAD[0] if status in DEAD else status if status == "preferredTerm-admn-sts" else None
        speech = each.part_of_speech if each.part_of_speech in spoken else None
        return replace(each, administrative_status=held, part_of_speech=speech)

    for entry in entries:
        languages = tuple(replace(each, terms=tuple(map(term, each.terms))) for each in entry.languages)
        yield ascii_id(replace(entry, languages=languages))


def kept(base: TermBase, part: Part, asked: Request) -> list[ConceptEntry]:
    """What the file holds of the term base."""
    output = part.output
    if output.flavoured:
        ready = prepared(base.stream(), replace(part, output=replace(output, last=())), asked, ignore)
        return list(weblate(ready)) if "{target}" in output.file else list(phrase(ready))
    ready = prepared(base.stream(), part, asked, ignore)
    if output.layout:
        return list(rows(ready, output.layout, part.targets))
    options = options_of(part, asked, ignore, part.file)
    if output.format.startswith("tbx"):
        family, dialect, style = EDITIONS[output.format, output.style]
        restriction = Restriction(edition_of(family, dialect, style))
        return [restriction.concept(each) for each in ready]
    reduce = format_named(output.format).reduce
    assert reduce
    return list(reduce(TermBaseStream(header=ready.header, concepts=ready), options))


def check(base: TermBase, profile: Profile, number: int, forbidden: Forbidden | None) -> None:
    """The law, and that nothing went silently."""
    asked, files = request(profile, number, forbidden)
    for part in files:
        lost: list[Finding] = []
        found: list[Finding] = []
        content = written(base, part, asked, lost)
        if content is None:
            continue
        back = read(profile, part, content, found)
        for one, other in zip(back, kept(base, part, asked), strict=True):
            assert to_plain(one) == to_plain(other)
        empty = {entry.id for entry in back if not any(entry.terms())}  # that these have no terms may be said
        assert not [each for each in found if each.severity.rank > 0 and each.concept not in empty], found
        if not part.output.optional:  # those hold a part only, the main file says which
            told(base, part, asked, lost, back)


def told(
    base: TermBase, part: Part, asked: Request, lost: list[Finding], back: list[ConceptEntry]
) -> None:  # fmt: skip
    """Whatever is said in a concept without a finding stands in what was read."""
    held = {text for entry in back for text in texts(entry)}
    touched = {each.concept for each in lost}
    for entry in base.concepts:
        if entry.id not in touched:
            sections = tuple(each for each in entry.languages if each.language in (asked.source, *part.targets))
            gone = set(texts(replace(entry, languages=sections))) - held
            assert not gone, f"{entry.id}: {gone} went without a finding"


def texts(entry: ConceptEntry) -> Iterator[str]:
    """Every term, and every statement with its category."""
    levels = [entry, *entry.languages, *(term for section in entry.languages for term in section.terms)]
    yield from (plain(term.term) for _, term in entry.terms())
    yield from (f"{each.category}: {each.text}" for level in levels for each in statements(level))


@settings(max_examples=10, deadline=None)
@given(base=spoken(), chance=st.data())
def test_what_is_read_is_what_every_profile_keeps(base: TermBase, chance: st.DataObject) -> None:
    """One term base for all profiles: making one takes longer than a profile does."""
    marked = chance.draw(st.sampled_from(tuple(Forbidden)))
    for profile, number in CARRIERS:
        note(f"profile {profile.name}, file {profile.outputs[number].file}")
        check(base, profile, number, marked if marked in profile.forbidden else None)


@pytest.mark.parametrize(("profile", "number"), CARRIERS, ids=lambda each: getattr(each, "name", each))
def test_the_stress_base_comes_back(profile: Profile, number: int) -> None:
    check(stress_base(60), profile, number, None)


@pytest.mark.parametrize("name", ["matecat.xlsx", "matecat.csv", "theirs.txt", "-"])
def test_a_name_of_a_client_and_a_format_is_told_by_the_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--from matecat`: a sheet is the client's, everything else is CSV, the format of that name."""
    sections = (LanguageSection(language=tag, terms=(TermSection(term=f"agent {tag}"),)) for tag in ("en", "sv"))
    base = TermBase(concepts=(ConceptEntry(id="c1", languages=tuple(sections)),))
    content = io.BytesIO()
    if name.endswith(".xlsx"):
        asked, (part, *_) = request(profile_named("matecat"), 0)
        content.write(written(base, part, asked, []) or b"")
    else:
        writer = format_named("matecat").write
        assert writer
        writer(base.stream(), content, WriteOptions())
    (tmp_path / name).write_bytes(content.getvalue())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.getvalue())))
    (concept,) = read_termbase(name, format_name="matecat").concepts
    assert [plain(term.term) for _, term in concept.terms()] == ["agent en", "agent sv"]
