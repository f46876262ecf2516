"""Which terms are English loans: by the words of the trade and by what English and no neighbour has."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

__all__ = ["ENGLISH_ACRONYMS", "english_words", "is_english", "may_be_english"]


def _read(name: str) -> frozenset[str]:
    """The words of a list: white space between them, lines with `#` are comments."""
    lines = (Path(__file__).parent / "words" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


_WORDS = _read("english")
_SHARED = _read("shared")
ENGLISH_ACRONYMS = _read("acronyms")
"""Acronyms of the trade that stand for English words wherever they are used."""

_STRONG = re.compile(r"(?:ing|ings|ship|ware|ness|able|wise|ight|ough|tch|less|ful)$")
_MAYBE = re.compile(r"(?:ation|ition|sion|ment|ity|ance|ence|ized|ised|ization|isation|ive|ical|ers?|ors?)$")
_PREFIXES = frozenset(
    [
        "co",
        "re",
        "pre",
        "post",
        "non",
        "multi",
        "cross",
        "self",
        "e",
        "un",
        "up",
        "on",
        "off",
        "omni",
        "tele",
        "cyber",
        "pro",
    ]
)
_PARTS = re.compile(r"[a-z]+")


def english_words() -> frozenset[str]:
    """The English words of the trade, in lower case."""
    return _WORDS


@lru_cache(maxsize=65536)
def _word(word: str) -> float:
    """How much a word speaks for English: 1 it does, 0.4 it may, 0 it does not."""
    if word in _WORDS:
        return 0.4 if word in _SHARED else 1.0
    if word.endswith("s") and word[:-1] in _WORDS and len(word) > 4:
        return 0.4 if word[:-1] in _SHARED else 1.0
    if _MAYBE.search(word) and len(word) > 6:
        return 0.4
    return 0.8 if len(word) > 5 and _STRONG.search(word) and word[:3] not in ("ver", "for", "bes") else 0.0


def may_be_english(term: str) -> bool:
    """Whether every word of a term is English or shared with English."""
    words = _PARTS.findall(term.lower()) if term.isascii() else []
    return bool(words) and all(_word(word) > 0 for word in words)


@lru_cache(maxsize=16384)
def is_english(term: str, language: str) -> bool:
    """Whether a term in a text of another language is English: all its words may be, and one of them surely is.

    Words most European languages share (`agent`, `system`) prove nothing alone, so a single one stays in the language
    of the page. German and Scandinavian `-ing` words are not taken for English.
    """
    if language.split("-")[0] == "en":
        return True
    if not term.isascii():
        return False
    words = _PARTS.findall(term.lower())
    values = [_word(word) for word in words]
    if not values or (len(values) == 1 and values[0] <= 0) or values.count(0.0) > 2:
        return False
    if "-" in term or words[0] == "self":
        values = [max(value, 0.4) if word in _PREFIXES else value for word, value in zip(words, values, strict=True)]
    if sum(value >= 0.8 for value in values) >= 2 and sum(value <= 0 for value in values) == 1 and term[0].isupper():
        values = [max(value, 0.4) for value in values] if values[0] <= 0 else values  # a name opens an English term
    if min(values) <= 0:
        return False
    if len(values) == 1 and values[0] == 0.8 and language.split("-")[0] in ("nb", "nn", "sv", "da", "nl", "de"):
        return False
    return max(values) >= 0.8
