"""Labelled fields come apart from the definition, and no word is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cctbx.model import SourceEntry
from cctbx.sources import with_fields_apart
from cctbx.sources.features import label_words


def entry(definition: str, *notes: str) -> SourceEntry:
    return SourceEntry(
        id="p#a", source="p", language="nl", line_first=1, line_last=2, headword="A", definition=definition, notes=notes
    )


@pytest.mark.parametrize(
    ("text", "definition", "notes"),
    [
        ("Definitie: Wat telt.\n\nFormule: a / b", "Wat telt.", ("Formule: a / b",)),
        ("Det som räknas.\n\nExempel: en bil", "Det som räknas.", ("Exempel: en bil",)),
        ("Example: a car\n\nand a boat\n\nDefinition: what drives", "what drives", ("Example: a car\n\nand a boat",)),
        ("Tip: alleen een tip", "Tip: alleen een tip", ()),
        ("Two ways: this and that.", "Two ways: this and that.", ()),
        ("First.\n\nSecond.", "First.\n\nSecond.", ()),
        ("", "", ()),
    ],
)
def test_what_defines_and_what_comes_with_it(text: str, definition: str, notes: tuple[str, ...]) -> None:
    found = with_fields_apart(entry(text))
    assert (found.definition, found.notes) == (definition, notes)


LABELS = st.sampled_from(sorted(label for label, role in label_words().items() if role != "terms"))
PARAGRAPHS = st.lists(
    st.tuples(st.none() | LABELS, st.text("abc .", min_size=1).filter(str.strip).map(str.strip)), min_size=1, max_size=5
)


@given(PARAGRAPHS)
def test_every_text_is_kept_once(paragraphs: list[tuple[str | None, str]]) -> None:
    text = "\n\n".join(f"{label}: {said}" if label else said for label, said in paragraphs)
    found = with_fields_apart(entry(text, "before"))
    kept = "\n\n".join([found.definition, *found.notes[1:]])
    assert found.notes[0] == "before"
    assert sorted(_said(kept)) == sorted(said for _, said in paragraphs)


def _said(text: str) -> list[str]:
    """The paragraphs without their labels."""
    return [part.split(": ", 1)[-1] for part in text.split("\n\n")]
