"""What large glossaries need: the same candidates in chunks, links in flat arrays, a line of progress."""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cctbx.align import Settings, align, bundled_lexicon, candidates, engine
from cctbx.align.decision import Links
from cctbx.align.likeness import likeness_matrix
from cctbx.align.readings import Texts, Vocabulary, read_entries
from cctbx.align.tables import tables_of
from cctbx.cli import progress
from cctbx.model import SourceEntry
from tests.align.entries import entry, library


def many() -> list[SourceEntry]:
    """Eighty entries per language: the heads and modifiers of some lexicon rows put together in all ways."""
    rows = [row for row in bundled_lexicon().rows if {tag for tag, _ in row.forms} >= {"sv", "nl"}][200:290:2]
    words = [dict(reversed(row.forms)) for row in rows]
    pairs = list(itertools.product(words[:8], words[8:18]))
    return [
        entry(
            tag, tag, f"{one[tag]} {other[tag]}", f"{words[n % 40][tag]} {words[(n + 7) % 40][tag]}", key=f"{tag}-{n}"
        )
        for n, (one, other) in enumerate(pairs) for tag in ("sv", "nl")
    ]  # fmt: skip


@pytest.mark.parametrize("pending", [1, 1 << 21])
def test_candidates_do_not_depend_on_how_the_work_is_cut(monkeypatch: pytest.MonkeyPatch, pending: int) -> None:
    entries = many()
    vocabulary = Vocabulary(lexicon=bundled_lexicon())
    readings = read_entries(entries, [each.id for each in entries], Texts(entries, bundled_lexicon()), vocabulary)
    tables, likeness = tables_of(readings, vocabulary), likeness_matrix(vocabulary)
    sides = [[n for n, each in enumerate(entries) if each.source == tag] for tag in ("sv", "nl")]
    whole = candidates.candidate_pairs(tables, likeness, *sides, 4)
    monkeypatch.setattr(candidates, "_CHUNK", 7)
    monkeypatch.setattr(candidates, "_PENDING", pending)
    monkeypatch.setattr(candidates, "_MOST", 11)
    cut = candidates.candidate_pairs(tables, likeness, *sides, 4)
    for name in ("first", "second"):
        assert getattr(whole, name).tolist() == getattr(cut, name).tolist()
    for name in ("terms", "spelling", "definitions", "standing"):
        np.testing.assert_allclose(getattr(whole, name), getattr(cut, name), atol=1e-4)
    assert len(whole.first) < 20 * len(entries), "a few per entry, not all pairs"


def test_learning_from_a_sample_finds_the_same_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def links() -> set[tuple[str, ...]]:
        return {each.members for each in align(many()).concepts if len(each.members) > 1}

    before = links()
    monkeypatch.setattr(engine, "_SAMPLE_FROM", 10)
    monkeypatch.setattr(engine, "_SAMPLE", 20)
    after = links()
    assert before
    assert len(before & after) >= 0.95 * max(len(before), len(after))


@given(st.dictionaries(st.tuples(st.integers(0, 9), st.integers(10, 19)), st.floats(-5, 5), max_size=40))
def test_links_in_arrays_answer_like_a_table(pairs: dict[tuple[int, int], float]) -> None:
    links = Links.of(20, pairs)
    for n in range(20):
        assert links.row(n) == {b if a == n else a: value for (a, b), value in pairs.items() if n in (a, b)}
    ranked = sorted((-value, pair) for pair, value in pairs.items() if value > 0)
    assert list(links.wanted()) == [pair for _, pair in ranked]


def test_unlikely_candidates_are_told_only_of_small_glossaries(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = align(library()).candidates
    monkeypatch.setattr(engine, "_BY_SIZE", ((1, {"best_kept": 0}),))
    fewer = align(library()).candidates
    assert {each.between for each in fewer} < {each.between for each in shown}
    assert all(each.linked or each.probability >= Settings().kept for each in fewer)
    assert all(each.evidence for each in fewer)


def test_progress_is_told_stage_by_stage() -> None:
    told: dict[str, list[int]] = {}
    align(many(), progress=lambda what, count: told.setdefault(what, []).append(count))
    assert told["pairs weighed"] == sorted(told["pairs weighed"])
    assert told["concepts made"][-1] > 0


def test_progress_shows_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = itertools.count(step=2)
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(clock)))
    count, done = progress.stages()
    count("entries read", 1000)
    done()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    count, done = progress.stages()
    count("entries read", 1000)
    done()
    shown = capsys.readouterr()
    assert "1,000 entries read" in shown.err
    assert shown.err.endswith("\r\x1b[K")
    assert shown.out == ""


def test_two_entries_blanked_of_everything_are_no_candidates() -> None:
    blank = [replace(each, headword="", definition="") for each in library()]
    assert all(len(each.members) == 1 for each in align(blank).concepts)


def test_definitions_that_most_entries_lack_do_not_stand_out() -> None:
    """Where nearly all definitions are missing, two that share a common word are not far from what is usual."""
    pairs = [entry("a", "sv", "", "en kund som köper en vara", key="a1"), entry("b", "nl", "", "een klant", key="b1")]
    pairs += [entry("a", "sv", "", "en vara i ett lager", key="a2"), entry("b", "nl", "", "een prijs", key="b2")]
    empty = [entry(tag, tag, "", "", key=f"{tag}{n}") for tag in ("a", "b") for n in range(3, 40)]
    assert all(len(each.members) == 1 for each in align([*pairs, *empty]).concepts)
