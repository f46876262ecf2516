"""The quick ways of reading and writing give the very same as the long ones."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cctbx.formats.tbx import fastreading, fastwriting
from cctbx.formats.tbx.editions import Edition
from cctbx.model import TermBase
from tests.formats.tbx.support import FULL_EDITIONS, many, read_all, written
from tests.strategies import termbases
from tests.support import shared_path


def exact(value: object) -> Any:
    """A value with everything it holds, lines and origins too, which equality leaves out."""
    if isinstance(value, tuple):
        return [exact(each) for each in value]
    if is_dataclass(value):
        return {field.name: exact(getattr(value, field.name)) for field in fields(value)}
    return value


def long_read(content: bytes) -> TermBase:
    def refuse(self: object, text: str, line: int) -> None:
        raise fastreading.Irregular

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fastreading.FastReader, "entry", refuse)
        return read_all(content)


def long_written(base: TermBase, edition: Edition) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fastwriting.FastWriter, "concept", lambda self, entry, identified: None)
        return written(base, edition)


@many
@given(termbases(), st.sampled_from(FULL_EDITIONS))
def test_generated(base: TermBase, edition: Edition) -> None:
    content = written(base, edition)
    assert content == long_written(base, edition)
    assert exact(read_all(content)) == exact(long_read(content))


def test_public_files() -> None:
    """Every public sample, whatever is wrong with it, is read the same both ways."""
    paths = [*shared_path("conformance").rglob("*.tbx"), *shared_path("conformance/tbx/samples").rglob("*.xml")]
    compared = 0
    for path in sorted(paths):
        content = path.read_bytes()
        try:
            expected = long_read(content)
        except Exception as error:
            with pytest.raises(type(error)):
                read_all(content)
            continue
        found = read_all(content)
        assert exact(found) == exact(expected), path
        for edition in FULL_EDITIONS:
            assert written(found, edition) == long_written(found, edition), (path, edition.name)
        compared += 1
    assert compared > 300


def test_the_quick_way_is_taken() -> None:
    """A regular entry must not fall back: that would be slow, and nothing else would show it."""
    reader = fastreading.FastReader(fastreading.Prologue(), "x.tbx")
    entry = reader.entry(
        '<conceptEntry id="c1">\n<descrip type="subjectField">a &amp; b</descrip>\n<langSec xml:lang="en"><termSec>'
        '<term>printer</term><termNote type="partOfSpeech">noun</termNote></termSec></langSec></conceptEntry>', 7
    )  # fmt: skip
    assert entry.subject_fields[0].value == "a & b"
    assert entry.subject_fields[0].line == 8
    for edition in FULL_EDITIONS:
        if edition.dialect != "TBX-Core":
            assert fastwriting.FastWriter(edition).concept(entry, lambda identifier: identifier), edition.name
