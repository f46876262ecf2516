"""translate-toolkit's own readers hold every pair: TBX, CSV, PO and TMX."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clients import account
from tests.clients.conftest import PAIRS, Case

Pairs = set[tuple[str, str]]


def tbx(file: Path, source: str, target: str) -> Pairs:
    """Every source term with every target term of each unit."""
    from translate.storage.tbx import tbxfile

    with file.open("rb") as stream:
        store = tbxfile(stream, sourcelanguage=source, targetlanguage=target)
    return {
        (one.text, other.text)
        for unit in store.units
        for one in unit.get_source_terms()
        for other in unit.get_target_terms()
    }


def po(file: Path, source: str, target: str) -> Pairs:
    from translate.storage.pypo import pofile

    with file.open("rb") as stream:
        return {(str(each.source), str(each.target)) for each in pofile(stream).units if each.source}


def csv(file: Path, source: str, target: str) -> Pairs:
    from translate.storage.csvl10n import csvfile

    with file.open("rb") as stream:
        store = csvfile(stream, encoding="utf-8-sig")
    return {(str(each.source), str(each.target)) for each in store.units if not each.isheader()}


def tmx(file: Path, source: str, target: str) -> Pairs:
    from translate.storage.tmx import tmxfile

    with file.open("rb") as stream:
        store = tmxfile(stream, sourcelanguage=source, targetlanguage=target)
    return {(str(each.source), str(each.target)) for each in store.units}


READERS: dict[tuple[str, str], Callable[[Path, str, str], Pairs]] = {
    ("tbx-v2", "{name}.{source}-{target}.tbx"): tbx,
    ("gettext", "{target}.po"): po,
    ("translate-toolkit", "{source}-{target}.csv"): csv,
    ("tmx", "{name}.{source}-{target}.tmx"): tmx,
}


@pytest.mark.client
@pytest.mark.parametrize(("profile", "pattern"), READERS)
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_toolkit_holds_every_pair(case: Case, profile: str, pattern: str, source: str, target: str) -> None:
    name = pattern.format(name=case.name, source=source, target=target)
    place, _ = case.export(profile, source, (target,))
    announced = case.announced(place, name)
    held = READERS[profile, pattern](place / name, source, target)
    assert held == account.pairs(case.termbase, source, target, announced)
