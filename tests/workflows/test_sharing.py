"""What several processes convert is what one converts: the same bytes, the same findings in the same order."""

from __future__ import annotations

import gzip
import os
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions, WriteOptions
from cctbx.formats.tbx import parts
from cctbx.formats.tbx.trees import Prologue
from cctbx.model import ConceptEntry
from cctbx.model.portions import Portion
from cctbx.workflows import portions, sharing
from cctbx.workflows.convert import Conversion, Converted, convert
from cctbx.workflows.sharing import map_entries
from tests.formats.tbx.support import many

HEAD = '<?xml version="1.0"?>\n<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">\n'
ENTRY = (
    '<conceptEntry id="{id}">\n<descrip type="subjectField">a|b</descrip>{more}<langSec xml:lang="en"><termSec>\n'
    '<term>t{0}</term><termNote type="administrativeStatus">{status}</termNote></termSec></langSec></conceptEntry>{gap}'
)
MORE = (
    "", "", "", "<note>a\nnote</note>", '<ref type="crossReference" target="c1">x</ref>',
    '<ref type="crossReference" target="nowhere"/>', "<descrip type='definition' id='d1'>d</descrip>", "&odd;", "<x/>",
    "<!-- </conceptEntry><conceptEntry> -->", "stray", '<admin type="customerSubset">acme</admin>',
)  # fmt: skip
IDS = ("c{0}", "c{0}", "c{0}", "c1", "7", "a b", "")
GAPS = ("\n", "\n", "\n", "<!-- between -->\n", "text")
TARGETS = ("out.tbx", "out.v2.tbx", "out.dca.tbx", "out.csv", "out.min.tbx", "out.terms.csv", "out.tmx")


def document(entries: list[tuple[str, str, str, str]]) -> str:
    body = "".join(
        ENTRY.format(number, id=name.format(number), more=more, status=status, gap=gap)
        for number, (name, more, status, gap) in enumerate(entries)
    )
    person = '<refObject id="p1"><item type="fn">A</item></refObject>'
    back = f'<back><refObjectSec type="respPerson">{person}</refObjectSec></back>'
    return f"{HEAD}<tbxHeader><fileDesc/></tbxHeader><text><body>\n{body}</body>{back}</text></tbx>\n"


def converted(source: Path, target: str, jobs: int, **options: object) -> tuple[bytes, list[Finding], Converted]:
    found: list[Finding] = []
    output = source.with_name(target)
    result = convert(Conversion(
        source=str(source), target=str(output), jobs=jobs,
        read=ReadOptions(report=found.append), write=WriteOptions(report=found.append, **options),  # type: ignore[arg-type]
    ))  # fmt: skip
    return output.read_bytes(), found, result


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 700)


STATUS = st.sampled_from(("preferredTerm-admn-sts", "deprecatedTerm", "odd"))
ENTRIES = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(MORE), STATUS, st.sampled_from(GAPS)), min_size=4, max_size=30
)


def here(path: str, stops: tuple[int, ...], work: portions.Work[object], jobs: int) -> Iterator[Portion[object]]:
    """The work on portions in this process: what is made is the same, and a test is quick."""
    with Path(path).open("rb") as stream:
        for start, end in pairwise(stops):
            yield work(stream, start, end)


@many
@given(ENTRIES, st.sampled_from(TARGETS))
def test_portions_add_up(entries: list[tuple[str, str, str, str]], target: str) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(parts, "PART", 700)
        patch.setattr(sharing, "shared", here)
        source = Path(folder) / "in.tbx"
        source.write_text(document(entries), encoding="utf-8")
        assert converted(source, target, 2) == converted(source, target, 1)


def regular(count: int, more: str = "") -> str:
    return document([("c{0}", more, "preferredTerm-admn-sts", "\n")] * count)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("jobs", [2, 3])
def test_processes_add_up(small_parts: None, tmp_path: Path, target: str, jobs: int) -> None:
    source = tmp_path / "in.tbx"
    source.write_text(regular(60), encoding="utf-8")
    assert converted(source, target, jobs) == converted(source, target, 1)


def test_portions_are_taken_in(small_parts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Regular portions are not read again: that would be slow, and nothing else would show it."""
    source = tmp_path / "in.tbx"
    source.write_text(regular(60), encoding="utf-8")
    taken: list[Portion[object]] = []

    def watched(*arguments: object) -> Iterator[Portion[object]]:
        for portion in here(*arguments):  # type: ignore[arg-type]
            taken.append(portion)
            yield portion

    monkeypatch.setattr(sharing, "shared", watched)
    for target in ("out.v2.tbx", "out.csv"):
        taken.clear()
        converted(source, target, 2)
        assert len(taken) > 10
        assert all(each.sound and not each.refused for each in taken)


@pytest.mark.parametrize("more", ["&odd;", "<x></y>"])
def test_strict_ends_at_the_same_place(small_parts: None, tmp_path: Path, more: str) -> None:
    source = tmp_path / "in.tbx"
    regularly = [("c{0}", "", "x", "\n")] * 20
    source.write_text(document([*regularly, ("c{0}", more, "x", "\n"), *regularly]), encoding="utf-8")
    said = []
    for jobs in (1, 2):
        with pytest.raises(InputError) as caught:
            convert(Conversion(
                source=str(source), target=str(tmp_path / "out.csv"), jobs=jobs, read=ReadOptions(strict=True)
            ))  # fmt: skip
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert not (tmp_path / "out.csv").exists()


def test_a_process_that_dies_is_done_without(
    small_parts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    source = tmp_path / "in.tbx"
    source.write_text(regular(60), encoding="utf-8")
    expected = converted(source, "out.csv", 1)
    calls = []

    def dying(self: object, stream: object, start: int, end: int) -> Portion[object]:
        calls.append(start)
        if len(calls) > 2:
            os._exit(9)
        return Portion()

    monkeypatch.setattr(sharing._Work, "__call__", dying)
    assert converted(source, "out.csv", 2) == expected


@pytest.mark.parametrize(("size", "load", "found"), [(1 << 20, 0.0, 1), (1 << 28, 0.1, 2), (1 << 28, 1.5, 1)])
def test_a_second_process_only_where_it_pays(
    monkeypatch: pytest.MonkeyPatch, size: int, load: float, found: int
) -> None:  # fmt: skip
    monkeypatch.setattr(portions, "cores", lambda: 2)
    monkeypatch.setattr(os, "getloadavg", lambda: (load, load, load))
    assert portions.processes(size) == found
    assert portions.processes(size, 1) == 1


def test_packed_files_and_streams_are_read_by_one(small_parts: None, tmp_path: Path) -> None:
    source, packed = tmp_path / "in.tbx", tmp_path / "in.tbx.gz"
    source.write_text(regular(60), encoding="utf-8")
    packed.write_bytes(gzip.compress(source.read_bytes()))
    assert converted(packed, "out.csv", 2)[0] == converted(source, "out.csv", 2)[0]


def terms_of(entries: Iterable[ConceptEntry]) -> list[str]:
    return [str(term.term) for entry in entries for _, term in entry.terms()]


@pytest.mark.parametrize("more", ["", "&odd;"])
def test_a_function_sees_every_entry_once(small_parts: None, tmp_path: Path, more: str) -> None:
    source = tmp_path / "in.tbx"
    source.write_text(regular(60, more), encoding="utf-8")
    seen = []
    for jobs in (1, 2):
        found: list[Finding] = []
        made = list(map_entries(source, terms_of, options=ReadOptions(report=found.append), jobs=jobs))
        assert (len(made) == 1) is (jobs == 1)
        seen.append(([text for each in made for text in each], found))
    assert seen[0] == seen[1]
    assert len(seen[0][0]) == 60


def test_the_work_can_be_sent_to_a_process_that_was_not_forked(tmp_path: Path) -> None:
    """Not every system forks: what goes to a process must be such as can be pickled, after entities and all."""
    prologue = Prologue()
    prologue.declare(None, "urn:iso:std:iso:30042:ed-2")
    source = tmp_path / "in.tbx"
    source.write_text(regular(20), encoding="utf-8")
    content = source.read_bytes()
    start, end = content.index(b"<conceptEntry"), content.rindex(b"</conceptEntry>") + len(b"</conceptEntry>")
    for begin in (
        partial(sharing._writer, "csv", WriteOptions(), True), partial(sharing._applied, terms_of),
    ):  # fmt: skip
        work = pickle.loads(pickle.dumps(sharing._Work(prologue, ReadOptions(report=print), begin)))
        with source.open("rb") as stream:
            portion = work(stream, start, end)
        assert portion.sound
        assert portion.entries == 20
