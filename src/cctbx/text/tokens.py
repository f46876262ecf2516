"""Words, numbers and acronyms of a text, and the parts of a headword as printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from cctbx.text.normal import fold

__all__ = ["HeadwordParts", "acronyms", "headword_parts", "is_acronym", "numbers", "numbers_among", "words"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*", re.UNICODE)
_ACRONYM = re.compile(
    r"(?<![\w-])(?:[A-ZÆØÅÄÖŁŚŻ][A-Za-zæøåäö]{0,2}(?:&?\d?[A-ZÆØÅÄÖŁŚŻ]+){1,5}\d?|[A-Z]\d[A-Z])(?![\w])"
)
_BRACKETS = re.compile(r"\s*[(\[]\s*([^()\[\]]*?)\s*[)\]]")


def words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, folded, in order; hyphens and slashes separate, apostrophes do not."""
    return tuple(_WORD.findall(fold(text)))


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of a text in order, decimal commas written as points."""
    return numbers_among(words(text))


def numbers_among(tokens: Iterable[str]) -> tuple[str, ...]:
    """The numbers among words, in order, decimal commas written as points."""
    return tuple(word.replace(",", ".") for word in tokens if word[0].isdigit())


def is_acronym(text: str) -> bool:
    """Whether a word looks like an acronym: short, without spaces, with two capitals (`KPI`, `CCaaS`, `B2B`, `IoT`).

    A word in capitals throughout is one only up to six letters; `Csat` is not, for want of a second capital.
    """
    text = text.strip()
    capitals = sum(char.isupper() for char in text)
    return 2 <= len(text) <= 8 and capitals >= 2 and text.replace("&", "").isalnum() and capitals * 2 >= len(text) - 1


def acronyms(text: str) -> tuple[str, ...]:
    """The acronyms that stand in a text, in order of first appearance, each once, as printed."""
    plain = unicodedata.normalize("NFKC", text)
    return tuple(dict.fromkeys(found for found in _ACRONYM.findall(plain) if is_acronym(found)))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadwordParts:
    """A headword taken apart: the terms (outside, then inside brackets) and which of them look like acronyms."""

    terms: tuple[str, ...]
    acronyms: tuple[str, ...]


def headword_parts(headword: str) -> HeadwordParts:
    """`ACH (Automated Clearing House)` → both; `kod (valfri)` → both: whether brackets qualify is for the caller."""
    inside = [found for found in _BRACKETS.findall(headword) if found]
    outside = " ".join(_BRACKETS.sub(" ", headword).split())
    terms = tuple(dict.fromkeys(term for term in (outside, *inside) if term)) or (headword.strip(),)
    return HeadwordParts(terms=terms, acronyms=tuple(term for term in terms if is_acronym(term)))
