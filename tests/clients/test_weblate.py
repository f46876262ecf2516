"""What Weblate's parsers make of our TBX, CSV and PO: its rules over translate-toolkit's stores, which it stands on."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polib
import pytest

from tests.clients import account
from tests.clients.conftest import PAIRS, Case
from tests.clients.test_toolkit import tbx as toolkit_pairs

FORBIDDEN = {"forbidden", "obsolete"}
"""The statuses Weblate takes as its flag, any case; and only where all terms of the language have one of them."""
DEAD = ("deprecatedTerm-admn-sts", "supersededTerm-admn-sts")
Said = set[tuple[str, str]]


def marked(file: Path, source: str, target: str) -> tuple[Said, Said, dict[tuple[str, str], str]]:
    """Pairs to be used, pairs with the flag `forbidden`, and the explanation of each target term."""
    from translate.storage.tbx import tbxfile

    with file.open("rb") as stream:
        store = tbxfile(stream, sourcelanguage=source, targetlanguage=target)
    used: Said = set()
    flagged: Said = set()
    explained: dict[tuple[str, str], str] = {}
    for unit in store.units:
        assert not unit.isobsolete()
        terms = unit.get_target_terms()
        bad = all((each.administrative_status or "").casefold() in FORBIDDEN for each in terms)
        notes = [note.text for note in unit.get_common_notes() if note.origin == "translator"]
        for one in unit.get_source_terms():
            for other in terms:
                (flagged if bad else used).add((one.text, other.text))
                explained[one.text, other.text] = "\n".join(notes)
    return used, flagged, explained


def _by_status(case: Case, source: str, target: str, announced: account.Announced) -> tuple[Said, Said]:
    """Pairs of live terms, and pairs of a live source term (any, where none lives) with a dead target term."""
    live: Said = set()
    dead: Said = set()
    for entry in account.entries(case.termbase, announced):
        found = {}
        for tag in (source, target):
            sections = [each for each in entry.languages if each.language == tag]
            terms = [term for section in sections for term in section.terms if account.fold(str(term.term))]
            found[tag] = {
                alive: [announced.term(entry.id, tag, t) for t in terms if (t.administrative_status in DEAD) != alive]
                for alive in (True, False)
            }
        live |= {(one, other) for one in found[source][True] for other in found[target][True]}
        sources = found[source][True] or found[source][False]
        # a term that stands as both is written once, as one to be used (LOS061)
        dead |= {(one, other) for one in sources for other in found[target][False] if other not in found[target][True]}
    return live, dead


@pytest.mark.client
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_tbx(case: Case, source: str, target: str) -> None:
    place, _ = case.export("weblate", source, (target,))
    announced = case.announced(place, f"{target}.tbx")
    used, flagged, explained = marked(place / f"{target}.tbx", source, target)
    live, dead = _by_status(case, source, target, announced)
    assert flagged == dead
    assert used == live
    known = {
        account.fold(each.text)
        for entry in case.termbase.concepts for section in entry.languages if section.language == target
        for each in section.definitions
    }  # fmt: skip
    assert {account.fold(each) for each in explained.values() if each} <= known


@pytest.mark.client
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_csv_and_po(case: Case, source: str, target: str) -> None:
    place, _ = case.export("weblate", source, (target,))
    rows = list(csv.DictReader(io.StringIO((place / f"{target}.csv").read_text(encoding="utf-8-sig"), newline="")))
    announced = case.announced(place, f"{target}.csv")
    assert {(row["source"], row["target"]) for row in rows} == account.pairs(case.termbase, source, target, announced)
    assert len({(row["source"], row["context"]) for row in rows}) == len(rows), "Weblate tells terms by these two"
    assert (place / f"{target}.csv").read_bytes().startswith(b'\xef\xbb\xbf"location",')
    messages = polib.pofile(str(place / f"{target}.po"))
    announced = case.announced(place, f"{target}.po")
    held = {(each.msgid, each.msgstr) for each in messages}
    assert held == account.pairs(case.termbase, source, target, announced)
    flagged = {each.msgstr for each in messages if "forbidden" in each.flags}
    dead = {
        announced.term(entry.id, target, term)
        for entry in account.entries(case.termbase, announced)
        for section in entry.languages if section.language == target
        for term in section.terms if term.administrative_status in DEAD
    }  # fmt: skip
    assert flagged <= dead and (case.name == "seeds" or flagged)


@pytest.mark.client
def test_toolkit_sees_the_same_terms(case: Case) -> None:
    place, _ = case.export("weblate", "en", ("sv",))
    used, flagged, _ = marked(place / "sv.tbx", "en", "sv")
    assert toolkit_pairs(place / "sv.tbx", "en", "sv") == used | flagged
