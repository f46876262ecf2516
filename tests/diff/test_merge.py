"""Merging by example: what merges, what contradicts, how a person decides."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from cctbx.diff.conflicts import Conflict, conflict_finding, noted
from cctbx.diff.merge import merge
from cctbx.model import ConceptEntry, DataCategory, Metatype, TermBase
from cctbx.workflows.merge import MergeOptions, conflicts_file, merge_files
from cctbx.workflows.termbases import read_termbase, write_termbase
from tests.diff.examples import ADMITTED, AGENT, BASE, CUSTOMER, PREFERRED, QUEUE, concept, section, term, with_section

TEXT = "A person who buys something."


def customer(*terms: object, defined: str | None = TEXT, sv: tuple[str, ...] = ("kund",)) -> ConceptEntry:
    return with_section(CUSTOMER, section("en", *terms, defined=defined), section("sv", *sv))  # type: ignore[arg-type]


TWO = (term("customer", PREFERRED), term("client", ADMITTED))


def merged(ours: ConceptEntry, theirs: ConceptEntry) -> tuple[ConceptEntry, list[str]]:
    found = merge([CUSTOMER], [ours], [theirs])
    return found.concepts[0], [f"{each.place}: {each.values}" for each in found.conflicts]


def test_edits_of_different_things_merge() -> None:
    found, conflicts = merged(customer(*TWO, "buyer", sv=("kund", "klient")), customer(*TWO, defined="Who buys."))
    assert conflicts == []
    assert found == customer(*TWO, "buyer", defined="Who buys.", sv=("kund", "klient"))


def test_a_text_and_its_source_are_different_things() -> None:
    source = DataCategory(category="source", value="manual", metatype=Metatype.ADMINISTRATIVE)
    sourced = with_section(CUSTOMER, replace(
        CUSTOMER.languages[0], definitions=(replace(CUSTOMER.languages[0].definitions[0], group=(source,)),)
    ))  # fmt: skip
    found, conflicts = merged(sourced, customer(*TWO, defined="Who buys."))
    assert conflicts == []
    assert found.languages[0].definitions[0].text == "Who buys."
    assert found.languages[0].definitions[0].source == "manual"


CONTRADICTIONS: tuple[tuple[str, ConceptEntry, ConceptEntry, str], ...] = (
    ("definitions", customer(*TWO, defined="One."), customer(*TWO, defined="Two."),
     "concept c1 “customer” en definition: ours “One.”, theirs “Two.”, before “A person who buys something.”"),
    ("preferred terms", customer(term("customer", ADMITTED), term("client", PREFERRED)),
     customer(term("customer", ADMITTED), term("client", ADMITTED), term("buyer", PREFERRED)),
     "concept c1 “customer” en preferred term: ours “client”, theirs “buyer”, before “customer”"),
    ("removed and edited", customer(term("customer", PREFERRED)),
     customer(term("customer", PREFERRED), term("client", ADMITTED, register="technicalRegister")),
     "concept c1 “customer” en “client” designation: ours absent, theirs “client”, before “client”"),
    ("reworded twice", customer(term("Customer", PREFERRED), term("client", ADMITTED)),
     customer(term("customers", PREFERRED), term("client", ADMITTED)),
     "concept c1 “customer” en “customer” designation: ours “Customer”, theirs “customers”, before “customer”"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "ours", "theirs", "line"), CONTRADICTIONS, ids=[each[0] for each in CONTRADICTIONS])
def test_contradictions_name_both_values(name: str, ours: ConceptEntry, theirs: ConceptEntry, line: str) -> None:
    assert merged(ours, theirs)[1] == [line]


LONG = ("department, or company, that is in touch with the customers of an organisation by telephone, by e-mail or in "
        "any other way, and that answers what they ask, or finds somebody who does")  # fmt: skip
REWRITTEN = ("Every place to which people who have bought something turn with what they want to know, whoever runs it "
             "and however they get there.")  # fmt: skip
CONTRASTS: tuple[tuple[str, str | None, str | None, str], ...] = (
    ("words", LONG.replace("any other", "another"), LONG.replace("answers", "settles"),
     "ours “… customers of an organisation by telephone, by e-mail or in [-any other-]{+another+} way, and that "
     "answers what they ask, or finds somebody who …”, theirs “… by telephone, by e-mail or in any other way, and that "
     "[-answers-]{+settles+} what they ask, or finds somebody who does” (LEGEND)"),
    ("all words", LONG + ", soon", REWRITTEN,
     f"ours “… and that answers what they ask, or finds somebody who does{{+, soon+}}”, "
     f"theirs “{REWRITTEN}” (LEGEND)"),
    ("a beginning", LONG[:22], LONG + ", soon",
     "ours “department, or company”, theirs “… and that answers what they ask, or finds somebody who "
     "does{+, soon+}” (LEGEND)"),
    ("deleted", None, LONG + ".",
     "ours absent, theirs “… and that answers what they ask, or finds somebody who does{+.+}” (LEGEND)"),
    ("both all words", REWRITTEN, REWRITTEN[::-1], f"ours “{REWRITTEN}”, theirs “{REWRITTEN[::-1]}”, before “{LONG}”"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "ours", "theirs", "told"), CONTRASTS, ids=[each[0] for each in CONTRASTS])
def test_of_long_texts_what_changed_is_told(name: str, ours: str | None, theirs: str | None, told: str) -> None:
    conflict = Conflict(concept="c1", label="contact centre", field="definition", base=LONG, ours=ours, theirs=theirs)
    told = told.replace("LEGEND", "[-…-] stood there before, {+…+} is new")
    assert conflict.contrast == told
    assert conflict_finding(conflict).message == f"definition: {told}"
    assert f": {told}. Decide" in noted(CUSTOMER, [conflict]).notes[-1].text
    assert LONG in conflict.values
    assert replace(conflict, base=None).contrast == replace(conflict, base=None).values


def test_deleted_here_and_edited_there() -> None:
    found = merge(BASE, [QUEUE, AGENT], [customer(*TWO, "buyer"), QUEUE, AGENT])
    assert [each.field for each in found.unresolved] == ["concept entry"]
    assert {each.id for each in found.concepts} == {"c1", "c2", "c3"}


def test_a_deleted_concept_that_is_newly_referred_to_stays() -> None:
    reference = DataCategory(category="crossReference", metatype=Metatype.REFERENCE, target="c3")
    found = merge(BASE, [CUSTOMER, QUEUE], [CUSTOMER, replace(QUEUE, cross_references=(reference,)), AGENT])
    assert [(each.concept, each.field) for each in found.conflicts] == [("c3", "concept entry")]
    assert "c2" in str(found.conflicts[0].theirs)
    assert {each.id for each in found.concepts} == {"c1", "c2", "c3"}


def test_one_new_id_for_two_concepts() -> None:
    one, other = concept("c9", section("en", "churn")), concept("c9", section("en", "upsell"))
    found = merge(BASE, [*BASE, one], [*BASE, other])
    assert [each.field for each in found.conflicts] == ["concept id"]
    assert len({each.id for each in found.concepts}) == 5
    same = merge(BASE, [*BASE, one], [*BASE, with_section(one, section("sv", "kundbortfall"))])
    assert same.conflicts == ()
    assert same.concepts[-1] == with_section(one, section("sv", "kundbortfall"))


def test_one_id_for_two_designations() -> None:
    ours = with_section(QUEUE, section("sv", "kö", term("väntkö", id="t9")))
    theirs = with_section(AGENT, section("sv", "agent", term("rådgivare", id="t9")))
    found = merge(BASE, [CUSTOMER, ours, AGENT], [CUSTOMER, QUEUE, theirs])
    assert [(each.field, each.ours, each.theirs) for each in found.conflicts] == [
        ("id t9", "in concept c2", "in concept c3")
    ]
    assert [each.id for entry in found.concepts for _, each in entry.terms("sv") if each.id] == []
    chosen = merge(BASE, [CUSTOMER, ours, AGENT], [CUSTOMER, QUEUE, theirs], {found.conflicts[0].key: "ours"})
    kept = [(entry.id, each.id) for entry in chosen.concepts for _, each in entry.terms("sv") if each.id]
    assert kept == [("c2", "t9")]


def test_the_order_of_ours_stays() -> None:
    ours = customer(term("client", ADMITTED), term("customer", PREFERRED), "buyer")
    found = merge(BASE, [AGENT, ours, QUEUE], [customer(*TWO, sv=("kund", "klient")), QUEUE, AGENT])
    assert [each.id for each in found.concepts] == ["c3", "c1", "c2"]
    assert [str(each.term) for each in found.concepts[1].languages[0].terms] == ["client", "customer", "buyer"]


# --- files ------------------------------------------------------------------------------------------------------------


def written(directory: Path, **sides: tuple[ConceptEntry, ...]) -> list[Path]:
    files = []
    for name, concepts in sides.items():
        files.append(directory / f"{name}.tbx")
        write_termbase(TermBase(concepts=concepts), files[-1])
    return files


def test_conflicts_are_decided_in_a_file(tmp_path: Path) -> None:
    files = written(
        tmp_path, base=BASE, ours=(customer(*TWO, defined="One."), QUEUE, AGENT),
        theirs=(customer(*TWO, defined="Two."), QUEUE, AGENT),
    )  # fmt: skip
    out = tmp_path / "out.tbx"
    found, findings = merge_files(*files, out)
    assert [each.code for each in findings] == ["DIF020"]
    assert "“One.”" in findings[0].message
    assert "“Two.”" in findings[0].message
    entry = read_termbase(out).concepts[0]
    assert entry.languages[0].definitions[0].text == TEXT
    assert "One." in entry.notes[0].text
    record = conflicts_file(out)
    record.write_text(record.read_text(encoding="utf-8").replace('take = ""', 'take = "theirs"'), encoding="utf-8")
    for _ in range(2):  # the decision stands, however often the command is run
        found, findings = merge_files(*files, out)
        assert found.unresolved == ()
        assert [each.code for each in findings] == ["DIF022"]
        entry = read_termbase(out).concepts[0]
        assert entry.languages[0].definitions[0].text == "Two."
        assert entry.notes == ()


def test_long_conflicts_are_short_in_the_file_and_whole_in_the_list(tmp_path: Path) -> None:
    one, other = LONG.replace("any other", "another"), LONG.replace("answers", "settles")
    sides = {name: (customer(*TWO, defined=text),) for name, text in (("base", LONG), ("ours", one), ("theirs", other))}
    out = tmp_path / "out.tbx"
    merge_files(*written(tmp_path, **sides), out)
    (entry,) = read_termbase(out).concepts
    assert entry.languages[0].definitions[0].text == LONG
    note = entry.notes[0].text
    assert not any(text in note for text in (LONG, one, other))
    (listed,) = tomllib.loads(conflicts_file(out).read_text(encoding="utf-8"))["conflict"]
    assert (listed["base"], listed["ours"], listed["theirs"]) == (LONG, one, other)


def test_a_decision_about_other_values_decides_nothing(tmp_path: Path) -> None:
    sides = {"base": BASE, "ours": (customer(*TWO, defined="One."),), "theirs": (customer(*TWO, defined="Two."),)}
    out = tmp_path / "out.tbx"
    merge_files(*written(tmp_path, **sides), out, MergeOptions(complete=True))
    record = conflicts_file(out)
    record.write_text(record.read_text(encoding="utf-8").replace('take = ""', 'take = "theirs"'), encoding="utf-8")
    sides["theirs"] = (customer(*TWO, defined="Three."),)
    found, _ = merge_files(*written(tmp_path, **sides), out, MergeOptions(complete=True))
    assert len(found.unresolved) == 1


def test_a_note_of_an_earlier_conflict_is_reported_till_it_is_gone(tmp_path: Path) -> None:
    sides = {"base": BASE, "ours": (customer(*TWO, defined="One."), QUEUE, AGENT),
             "theirs": (customer(*TWO, defined="Two."), QUEUE, AGENT)}  # fmt: skip
    base, ours, theirs = written(tmp_path, **sides)
    first = tmp_path / "first.tbx"
    merge_files(base, ours, theirs, first)
    _, findings = merge_files(base, first, base, tmp_path / "second.tbx")
    assert [each.code for each in findings] == ["DIF021"]
    solved = read_termbase(first)
    by_hand = tuple(replace(each, notes=()) for each in solved.concepts)
    write_termbase(replace(solved, concepts=by_hand), first)
    _, findings = merge_files(base, first, base, tmp_path / "second.tbx")
    assert findings == ()


def test_absent_is_not_empty(tmp_path: Path) -> None:
    """A bilingual extract without definitions and without the third language adds a term, and deletes nothing."""
    base = tmp_path / "base.tbx"
    write_termbase(TermBase(concepts=BASE), base)
    bare = with_section(CUSTOMER, section("en", *TWO), section("sv", "kund", "klient"))
    agent = replace(AGENT, languages=AGENT.languages[:2])
    for name in ("extract.tbx", "extract.csv", "extract.jsonl"):
        extract = tmp_path / name
        write_termbase(TermBase(concepts=(bare, QUEUE, agent)), extract)
        _, findings = merge_files(base, base, extract, tmp_path / "out.tbx")
        told = next(each for each in findings if each.code == "DIF023")
        assert "language de" in told.message
        assert "definition" in told.message
        found = {each.id: each for each in read_termbase(tmp_path / "out.tbx").concepts}
        assert found["c3"].language("de") is not None
        assert found["c1"].languages[0].definitions[0].text == TEXT
        swedish = found["c1"].language("sv")
        assert swedish is not None
        assert [str(each.term) for each in swedish.terms] == ["kund", "klient"]
    _, findings = merge_files(base, base, tmp_path / "extract.tbx", tmp_path / "out.tbx", MergeOptions(complete=True))
    found = {each.id: each for each in read_termbase(tmp_path / "out.tbx").concepts}
    assert found["c3"].language("de") is None
