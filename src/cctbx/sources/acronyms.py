"""Acronyms and what they stand for: decided by the letters, in any language."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["expands", "is_acronym", "letters_of"]

_ACRONYM = re.compile(r"[^\W\d_a-z][\w&/+.-]{0,8}[\w+]$")
_PARTS = re.compile(r"[^\W_]+")
_DIGITS = {"2": ("2", "to", "two", "til", "till", "do", "naar"), "4": ("4", "for", "four"), "1": ("1", "one"),
           "3": ("3", "three")}  # fmt: skip
_SMALL = 4
_MAX_WORDS = 12
_LONGEST, _SPELT = 13, 17


def is_acronym(text: str) -> bool:
    """Whether a text has the form of an acronym: `AHT`, `B2B`, `CCaaS`, `IoT`, `KPI's`, `eSIM`; not `Agent`."""
    if len(text) > _LONGEST or " " in text or (text[1:].islower() and text.isalpha()):
        return False
    return _has_form(text)


@lru_cache(maxsize=16384)
def _has_form(text: str) -> bool:
    bare = re.sub(r"[’'`:]\w{1,3}$", "", text)
    if bare[:1].islower() and 3 <= len(bare) <= 6 and bare[1:].isalpha() and bare[1:].isupper():
        return True
    if not 2 <= len(bare) <= 9 or not _ACRONYM.match(bare):
        return False
    if ("-" in bare and not bare.isupper()) or (len(bare) > 6 and bare.isalpha() and bare.isupper()):
        return False
    capitals = sum(each.isupper() for each in bare)
    digits = sum(each.isdigit() for each in bare)
    run = max(map(len, re.findall(r"[^\W\d_A-Z]+", bare)), default=0)
    return (capitals >= 2 or (capitals == 1 and digits >= 1 and len(bare) <= 4)) and run <= 2


@lru_cache(maxsize=16384)
def letters_of(acronym: str) -> str:
    """The letters of an acronym in lower case, plural endings and punctuation aside."""
    bare = re.sub(r"[’'`:]\w{1,3}$", "", acronym)
    if len(bare) > 2 and bare.endswith("s") and bare[:-1].isupper():
        bare = bare[:-1]
    return "".join(each for each in bare.lower() if each.isalnum())


@lru_cache(maxsize=4096)
def expands(acronym: str, phrase: str) -> bool:
    """Whether the words of a phrase, in order, give the letters of an acronym.

    A word gives its first letter, or more of its letters in order (CSAT: Customer SATisfaction, WFM: WorkForce
    Management); small words may give none; one word may be left over or left out (NOC: Number of Calls Offered).
    """
    if len(acronym) > _SPELT:
        return False
    letters = letters_of(acronym)
    words = [word.lower() for word in _PARTS.findall(phrase)]
    if not 2 <= len(letters) <= 8 or not words or len(words) > _MAX_WORDS or phrase == acronym:
        return False
    if len(words) == 1 and len(words[0]) < 2 * len(letters):
        return False
    return _match(letters, tuple(words), 1)


def _match(letters: str, words: tuple[str, ...], slack: int) -> bool:
    if not letters:
        content = [word for word in words if len(word) > _SMALL]
        return len(words) <= 1 or (len(content) <= slack and len(words) <= 3)
    if not words:
        return False
    word, rest = words[0], words[1:]
    for taken in range(min(len(letters), len(word), 4), 0, -1):
        if _gives(word, letters[:taken]) and _match(letters[taken:], rest, slack):
            return True
    if letters[0] in _DIGITS and word in _DIGITS[letters[0]]:
        return _match(letters[1:], rest, slack)
    if len(word) <= _SMALL:
        return _match(letters, rest, slack)
    return slack > 0 and len(letters) > 2 and len(rest) >= len(letters) - 1 and _match(letters, rest, slack - 1)


def _gives(word: str, letters: str) -> bool:
    """The first letter, and the others in order inside the word (not in short words)."""
    if word[0] != letters[0]:
        return letters == "x" and word.startswith("ex")  # CX: Customer eXperience
    if len(letters) == 1 or word.startswith(letters):
        return True
    if len(word) < 3 * len(letters):
        return False
    place = 0
    for letter in letters[1:]:
        place = word.find(letter, place + 1)
        if place < 0:
            return False
    return True
