"""Word-level differences of two texts, and how alike two texts are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

__all__ = ["Piece", "PieceKind", "in_words", "likeness", "pieces", "shortened"]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u9fff]")  # Thai, Lao, kana, Han
_TOO_LONG = 4000
"""Texts of more tokens than this are compared as head, middle and tail only: matching is quadratic."""


class PieceKind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text and what became of it."""

    kind: PieceKind
    text: str


def _tokens(text: str) -> list[str]:
    """Words, runs of white space and single punctuation marks; scripts written without blanks go by character."""
    found = []
    for token in _TOKEN.findall(text):
        unspaced = len(token) > 1 and _UNSPACED.search(token)
        found += list(token) if unspaced else [token]
    return found


def _opcodes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The places that differ: old start, old end, new start, new end."""
    if len(old) + len(new) <= _TOO_LONG:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for tag, *places in matcher.get_opcodes():
            if tag != "equal":
                yield places[0], places[1], places[2], places[3]
        return
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield start, len(old) - end, start, len(new) - end


def _joined(found: list[tuple[PieceKind, str]]) -> Iterator[Piece]:
    """A blank between two edited words joins the edit: `two old words` reads better than three edits."""
    held: list[tuple[PieceKind, str]] = []
    for kind, text in found:
        if text:
            held.append((kind, text))
    removed, added = "", ""
    for place, (kind, text) in enumerate(held):
        if kind is PieceKind.REMOVED:
            removed += text
        elif kind is PieceKind.ADDED:
            added += text
        elif text.isspace() and (removed or added) and place + 1 < len(held):
            removed, added = removed and removed + text, added and added + text
            if not (removed and added):
                yield from _edit(removed.removesuffix(text), added.removesuffix(text))
                yield Piece(PieceKind.SAME, text)
                removed = added = ""
        else:
            yield from _edit(removed, added)
            yield Piece(PieceKind.SAME, text)
            removed = added = ""
    yield from _edit(removed, added)


def _edit(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(PieceKind.REMOVED, removed)
    if added:
        yield Piece(PieceKind.ADDED, added)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts as one sequence of pieces: SAME and REMOVED ones give the old text, SAME and ADDED the new."""
    before, after = _tokens(old), _tokens(new)
    found: list[tuple[PieceKind, str]] = []
    place = 0
    for old_start, old_end, new_start, new_end in _opcodes(before, after):
        found.append((PieceKind.SAME, "".join(before[place:old_start])))
        found.append((PieceKind.REMOVED, "".join(before[old_start:old_end])))
        found.append((PieceKind.ADDED, "".join(after[new_start:new_end])))
        place = old_end
    found.append((PieceKind.SAME, "".join(before[place:])))
    return tuple(_joined(found))


_AROUND = 60
"""About how many characters of unchanged text are shown on each side of an edit."""


def _beginning(text: str) -> str:
    return text if len(text) <= _AROUND else f"{text[:_AROUND].rsplit(' ', 1)[0]} …"


def _end(text: str) -> str:
    return text if len(text) <= _AROUND else f"… {text[-_AROUND:].split(' ', 1)[-1]}"


def shortened(parts: tuple[Piece, ...]) -> Iterator[Piece]:
    """The pieces of an edited text with what stays the same cut down to the neighbourhood of the edits."""
    for place, piece in enumerate(parts):
        text = piece.text
        first, last = place == 0, place == len(parts) - 1
        if piece.kind is PieceKind.SAME and not (first and last):
            if first:
                text = _end(text)
            elif last:
                text = _beginning(text)
            elif len(text) > 2 * _AROUND + 10:
                text = f"{_beginning(text)} {_end(text).removeprefix('… ')}"
        yield Piece(piece.kind, text)


_MARKS = {PieceKind.SAME: "{}", PieceKind.REMOVED: "[-{}-]", PieceKind.ADDED: "{{+{}+}}"}


def in_words(parts: Iterable[Piece]) -> str:
    """The pieces as plain text: what was removed as `[-…-]`, what was added as `{+…+}`."""
    return "".join(_MARKS[each.kind].format(each.text) for each in parts)


def likeness(old: str, new: str) -> float:
    """How much of two texts is common, 0..1, counted in words."""
    if old == new:
        return 1.0
    before, after = _tokens(old)[:_TOO_LONG], _tokens(new)[:_TOO_LONG]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.real_quick_ratio() < 0.3 or matcher.quick_ratio() < 0.3:
        return 0.0
    return matcher.ratio()
