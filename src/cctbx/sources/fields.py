"""Labelled fields inside an entry (`Definitie:`, `Formule:`, `Exempel:`): what defines, and what comes with it."""

from __future__ import annotations

import re
from dataclasses import replace

from cctbx.model import SourceEntry
from cctbx.sources.features import label_words

__all__ = ["with_fields_apart"]

_LABELLED = re.compile(r"(?P<label>[^\W\d_][^:\n]{0,30}?)\s*:\s+(?P<text>\S.*)", re.DOTALL)


def _role(paragraph: str) -> tuple[str | None, str]:
    """What the label of a paragraph announces (`texts`, `others`, None without one; any language), and its text."""
    matched = _LABELLED.match(paragraph)
    role = label_words().get(matched["label"].strip().lower()) if matched else None
    return (role, matched["text"]) if matched and role in ("texts", "others") else (None, paragraph)


def with_fields_apart(entry: SourceEntry) -> SourceEntry:
    """The entry with its definition proper; paragraphs under other labels become notes that keep their label.

    A paragraph without a label goes on with the field above it. Where no text would be left to define, the entry stays
    as it is.
    """
    definition: list[str] = []
    notes: list[str] = []
    current = definition
    for paragraph in entry.definition.split("\n\n"):
        role, text = _role(paragraph)
        if role == "others":
            current = notes
            notes.append(paragraph)
        elif role == "texts" or current is definition:
            current = definition
            definition.append(text)
        else:
            notes[-1] += f"\n\n{paragraph}"
    if not definition:
        return entry
    return replace(entry, definition="\n\n".join(definition), notes=(*entry.notes, *notes))
