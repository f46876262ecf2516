"""Acronyms and what they stand for."""

from __future__ import annotations

from cctbx.text.normal import fold
from cctbx.text.tokens import words

__all__ = ["spells_out"]

_LONGEST = 6


def spells_out(short: str, phrase: str) -> bool:
    """Whether a phrase of several words spells out a short word: `CSAT` → `Customer Satisfaction`, `TTR` → `Time to
    Resolution`.

    Every letter must come from the phrase in order, and every letter but those taken from within a word must begin one;
    the phrase's last word must take part.
    """
    letters = "".join(char for char in fold(short) if char.isalnum())
    parts = words(phrase)
    if not 2 <= len(letters) <= _LONGEST or len(parts) < 2 or " " in short.strip():
        return False
    return _spelt(letters, parts)


def _spelt(letters: str, parts: tuple[str, ...]) -> bool:
    """Each word in turn gives none (little words only), one or the first few of its letters."""
    if not parts:
        return not letters
    first, rest = parts[0], parts[1:]
    if rest and len(first) <= 3 and _spelt(letters, rest):
        return True
    most = min(len(letters), 4)
    return any(
        letters[:size] == first[:size] and _spelt(letters[size:], rest) for size in range(1, most + 1)
    )  # fmt: skip
