from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cctbx.align import align
from cctbx.align.reviewing import COLUMNS, answers_of, review_queue
from cctbx.align.verdicts import anchor, read_verdicts
from cctbx.errors import InputError, UsageError
from cctbx.findings import Finding
from cctbx.model import Alignment, Judgement, Verdict
from cctbx.workflows.align import Aligned, Gathered, aligned, gather
from cctbx.workflows.review import queue_of, read_answers, record, write_queue
from tests.align.entries import entry, library

BY_ID = {each.id: each for each in library()}


@pytest.fixture(scope="module")
def alignment() -> Alignment:
    return align(library())


def row(first: str, second: str, **answers: str) -> dict[str, str]:
    return {
        "entry_a": first, "entry_b": second, "anchor_a": anchor(BY_ID[first]) if first in BY_ID else "",
        "anchor_b": anchor(BY_ID[second]) if second in BY_ID else "", **answers,
    }  # fmt: skip


def test_the_queue_shows_both_entries_reasons_and_the_most_gainful_first(alignment: Alignment) -> None:
    rows = review_queue(alignment, library(), threshold=0.6)
    gains = [float(each.gain) for each in rows]
    assert gains == sorted(gains, reverse=True)
    first = rows[0]
    assert first.headword_a and first.headword_b and first.entry_a < first.entry_b
    assert first.reasons_for or first.reasons_against
    assert first.anchor_a == anchor(BY_ID[first.entry_a])


def test_every_entry_meets_its_best_three_of_every_other_source(alignment: Alignment) -> None:
    asked = {(each.entry_a, each.entry_b) for each in review_queue(alignment, library(), threshold=0.6)}
    unlinked = [each for each in alignment.candidates if not each.linked and "sv#låntagare" in each.between]
    dutch = sorted((c for c in unlinked if any(k.startswith("nl") for k in c.between)), key=lambda c: -c.probability)
    assert {each.between for each in dutch[:3]} <= asked


def test_what_a_verdict_settles_is_not_asked_and_what_is_stale_comes_first(alignment: Alignment) -> None:
    rows = review_queue(alignment, library(), threshold=0.6)
    settled, stale = [(each.entry_a, each.entry_b) for each in (rows[0], rows[-1])]
    again = review_queue(alignment, library(), threshold=0.6, settled=[settled, stale], stale=[stale])
    pairs = [(each.entry_a, each.entry_b) for each in again]
    assert settled not in pairs
    assert pairs[0] == stale
    assert again[0].state == "asked again"


@pytest.mark.parametrize(
    ("pair", "judgement"),
    [
        (("nl#leeszaal", "sv#läsesal"), Judgement.SAME), (("nb#lesesal", "sv#läsesal"), Judgement.DIFFERENT),
        (("nl#tijdschrift", "sv#källare"), Judgement.DIFFERENT),
    ],
)  # fmt: skip
def test_a_verdict_outlives_an_edited_definition_and_is_asked_again_first(
    pair: tuple[str, str], judgement: Judgement
) -> None:
    first, second = (anchor(BY_ID[key]) for key in pair)
    verdict = Verdict(between=pair, judgement=judgement, anchors=(first, second))
    edited = [
        replace(each, definition=each.definition + " Tillagt.") if each.id == pair[1] else each for each in library()
    ]
    findings: list[Finding] = []
    after = align(edited, verdicts=[verdict], report=findings.append)
    assert [each.code for each in findings] == ["ALN001"]
    assert any(set(pair) <= set(each.members) for each in after.concepts) is (judgement is Judgement.SAME)
    row = review_queue(after, edited, threshold=0.6, settled=[pair], stale=[pair])[0]
    assert (row.entry_a, row.entry_b, row.state) == (*pair, "asked again")


def test_reasons_never_begin_like_a_formula(alignment: Alignment) -> None:
    for row in review_queue(alignment, library(), threshold=0.6):
        assert not {*row.reasons_for[:1], *row.reasons_against[:1]} & set("+-=@")


def test_reasons_name_the_rival_by_its_term() -> None:
    entries = [entry("a", "en", "payment"), entry("b", "nl", "betaling"), entry("b", "nl", "payment")]
    told = [each.because for c in align(entries).candidates for each in c.evidence if each.kind == "rivals"]
    assert "'payment' of the same source fits as well or better" in told


def test_answers_become_verdicts(alignment: Alignment) -> None:
    rows = [
        (2, row("nl#tijdschrift", "sv#källare", accept="x", comment=" same  house ")),
        (3, row("nl#leeszaal", "sv#läsesal", reject="x")),
        (4, row("nb#avis", "sv#låntagare")),
        (5, row("sv#läsesal", "nb#lesesal", rename="sv: läsrum")),
    ]
    answers = answers_of(rows, library(), alignment, file="r.tsv", by="me", date="2026-01-01")
    assert not answers.findings
    assert [(each.between, each.judgement) for each in answers.verdicts] == [
        (("nl#tijdschrift", "sv#källare"), Judgement.SAME), (("nl#leeszaal", "sv#läsesal"), Judgement.DIFFERENT),
    ]  # fmt: skip
    assert answers.verdicts[0].by == "me"
    assert answers.renamed == [("sv#läsesal", "sv", "läsrum")]


def test_split_takes_an_entry_out_of_its_concept_and_merge_joins_two(alignment: Alignment) -> None:
    rows = [(2, row("sv#läsesal", "nl#leeszaal", split="x")), (3, row("sv#låntagare", "nl#leeszaal", merge="x"))]
    answers = answers_of(rows, library(), alignment, file="r.tsv")
    parted = {each.between for each in answers.verdicts if each.judgement is Judgement.DIFFERENT}
    assert parted == {("nb#lesesal", "sv#läsesal"), ("nl#leeszaal", "sv#läsesal")}
    joined = {each.between for each in answers.verdicts if each.judgement is Judgement.SAME}
    assert ("nb#lesesal", "sv#låntagare") in joined
    assert len(joined) == 6


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (row("nl#leeszaal", "sv#gone", accept="x"), "no entry sv#gone"),
        (row("nl#leeszaal", "sv#läsesal", accept="x", reject="x"), "accept and reject"),
        (row("nl#leeszaal", "sv#läsesal", rename="läsrum"), "a language and a term"),
        ({**row("nl#leeszaal", "sv#läsesal", accept="x"), "anchor_b": "0" * 16}, "was edited"),
    ],
)
def test_a_bad_row_is_a_finding_with_its_line(alignment: Alignment, bad: dict[str, str], says: str) -> None:
    answers = answers_of([(7, bad)], library(), alignment, file="r.tsv")
    assert not answers.verdicts and not answers.renamed
    assert [(each.code, each.file, each.line) for each in answers.findings] == [("ALN005", "r.tsv", 7)]
    assert says in answers.findings[0].message


PROJECT = """
[project]
name = "library"
date = "2026-01-01"

[[source]]
name = "sv"
file = "sv.tsv"
language = "sv"

[[source]]
name = "nl"
file = "nl.tsv"
language = "nl"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for language in ("sv", "nl"):
        lines = [f"{each.headword}\t{each.definition}" for each in library() if each.language == language]
        (tmp_path / f"{language}.tsv").write_text("\n".join(["term\tdefinition", *lines]) + "\n", encoding="utf-8")
    (tmp_path / "sources.toml").write_text(PROJECT, encoding="utf-8")
    return tmp_path / "sources.toml"


def run(project: Path) -> Aligned:
    from cctbx.align.settings import Settings

    return aligned(gather([str(project)]), settings=Settings(), local=False)


@pytest.mark.parametrize("ending", ["xlsx", "tsv"])
def test_a_queue_goes_out_and_its_answers_come_back_as_verdicts(project: Path, ending: str) -> None:
    result = run(project)
    base = project.with_name("queue")
    sheet, table = write_queue(queue_of(result, threshold=0.6), str(base))
    file = sheet if ending == "xlsx" else table
    if ending == "xlsx":
        book = openpyxl.load_workbook(file)
        page = book.active
        assert page is not None
        page.cell(row=2, column=COLUMNS.index("reject") + 1).value = "x"
        wanted = tuple(str(page.cell(row=2, column=COLUMNS.index(name) + 1).value) for name in ("entry_a", "entry_b"))
        book.save(file)
    else:
        lines = Path(file).read_text(encoding="utf-8").split("\n")
        cells = lines[1].split("\t")
        cells[COLUMNS.index("reject")] = "x"
        wanted = (cells[COLUMNS.index("entry_a")], cells[COLUMNS.index("entry_b")])
        Path(file).write_text("\n".join([lines[0], "\t".join(cells), *lines[2:]]), encoding="utf-8")
    answers = read_answers(result, file, by=None, date=None)
    assert not answers.findings
    assert record(result, answers) == (project.with_name("verdicts.tsv"),)
    verdicts = read_verdicts(project.with_name("verdicts.tsv").read_text(encoding="utf-8"))
    assert [(each.between, each.judgement) for each in verdicts] == [(wanted, Judgement.DIFFERENT)]
    assert wanted not in {(each.entry_a, each.entry_b) for each in queue_of(run(project), threshold=0.6)}


def test_cells_that_look_like_formulas_are_neutralised(tmp_path: Path) -> None:
    entries = (entry("a", "sv", "=SUM(A1)", "-1"), entry("b", "nl", "=SUM(A1)", "@x"))
    result = Aligned(gathered=Gathered(entries=entries, files={}), alignment=align(entries, lexicon=None), findings=())
    rows = review_queue(result.alignment, entries, threshold=0.6)
    _, table = write_queue(rows, str(tmp_path / "q.xlsx"))
    assert all(
        not cell.startswith(("=", "@")) for line in Path(table).read_text().splitlines() for cell in line.split("\t")
    )


def test_bare_pages_have_no_place_for_verdicts_and_other_tables_are_refused(project: Path) -> None:
    sv, nl = (project.with_name(name) for name in ("sv.tsv", "nl.tsv"))
    from cctbx.align.settings import Settings

    result = aligned(gather([f"sv={sv}", f"nl={nl}"]), settings=Settings(), local=False)
    answers = read_answers(run(project), write_queue(queue_of(run(project), threshold=0.6), str(sv.with_name("q")))[1],
                           by=None, date=None)  # fmt: skip
    with pytest.raises(UsageError, match="project"):
        record(result, answers)
    with pytest.raises(InputError, match="is no review table"):
        read_answers(result, str(sv), by=None, date=None)
    broken = sv.with_name("broken.xlsx")
    broken.write_bytes(b"PK\x03\x04nonsense")
    with pytest.raises(InputError):
        read_answers(result, str(broken), by=None, date=None)
