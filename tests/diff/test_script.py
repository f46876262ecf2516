"""Every edit of a known script is reported with its right kind, and nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.releases import Expected, edited_release, release
from cctbx.diff import Changes, Kind, compare


def reported(changes: Changes) -> Counter[Expected]:
    return Counter(Expected(each.kind, each.concept or "", each.becomes, each.language) for each in changes)


@pytest.mark.parametrize("seed", [2, 3])
def test_with_ids_kept_everything_and_nothing_else(seed: int) -> None:
    old = release(1000, seed)
    script = edited_release(old, seed)
    assert reported(compare(old, script.concepts)) == Counter(script.changes)


@pytest.mark.parametrize("seed", [2, 3])
def test_with_all_ids_renumbered(seed: int) -> None:
    old = release(1000, seed)
    script = edited_release(old, seed, renumber=True)
    found = compare(old, script.concepts)
    matched = {each.concept: each.becomes for each in found if each.kind is Kind.CONCEPT_RENUMBERED}
    right = sum(matched.get(name) == now for name, now in script.same.items())
    assert right / len(script.same) >= 0.99
    wrong = reported(found) - Counter(script.changes)
    assert wrong.total() / len(found) <= 0.005
    assert [each.code for each in found.findings] == ["DIF001"]


def test_ids_given_to_other_concepts_are_seen_through() -> None:
    old = release(50)
    ids = [each.id for each in old]
    new = [replace(each, id=name) for each, name in zip(old, ids[7:] + ids[:7], strict=True)]
    found = compare(old, new)
    assert {each.kind for each in found} == {Kind.CONCEPT_RENUMBERED}
    assert len(found) == 50
    assert {each.code for each in found.findings} == {"DIF001", "DIF002"}
