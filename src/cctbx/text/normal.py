"""Normal forms of words: folded for comparison, and spelt alike across languages for the recognition of cognates."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["cognate_form", "fold", "primary", "similarity"]

_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "\u00ad": None, "\u200b": None})


def primary(language: str) -> str:
    """The language a tag speaks of: its primary subtag, with Norwegian (`no`, `nn`) read as Bokmål's stock of words."""
    first = language.replace("_", "-").split("-")[0].casefold()
    return "nb" if first in ("no", "nn") else first


_SHORT = 64
"""Longer texts hardly ever come twice: they are not remembered."""


def fold(text: str) -> str:
    """NFKC, case folded, white space folded, typographic apostrophes and hyphens made plain."""
    return _fold_short(text) if len(text) <= _SHORT else _folded(text)


_QUOTED = re.compile("[" + "".join(map(chr, _QUOTES)) + "]").search


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    if _QUOTED(plain):
        plain = plain.translate(_QUOTES)
    return " ".join(plain.casefold().split())


_fold_short = lru_cache(maxsize=1 << 16)(_folded)


# Correspondences of spelling, applied in order: first those of one language, then those that hold for all.
# Each maps towards one common spelling of the Latin, Greek and Germanic stock that European languages share.
# A suffix class that many languages share is one capital letter: it says little about the word before it.
_OWN: dict[str, tuple[tuple[str, str], ...]] = {
    "pl": (
        ("acja$|acj[ięąeao]+$", "A"), ("cj[aięąeo]+$", "T"), ("ość$|ości[ąa]?$", "E"), ("owani[eau]$|owaniem$", "R"),
        ("(y|i)czn(y|a|e|ego|ej|ych|ym)$", "I"), ("aln(y|a|e|ego|ej|ych)$", "L"), ("yjn(y|a|e|ego|ej|ych)$", "L"),
        ("ow(y|a|e|ego|ej|ych)$", ""), ("sz", "s"), ("cz", "k"), ("rz", "r"), ("dż|dź", "d"), ("ch", "k"), ("w", "v"),
        ("ł", "l"), ("ą", "an"), ("ę", "en"), ("ó", "o"), ("[śż]", "s"), ("ź", "s"), ("ń", "n"), ("ć", "k"), ("j", "i"),
    ),
    "cs": (
        ("ace$|ací$", "A"), ("ce$", "T"), ("ost$|osti$", "E"), ("ick(ý|á|é|ého)$", "I"), ("ální$", "L"),
        ("ování$", "R"), ("ch", "k"), ("š", "s"), ("č", "k"), ("ř", "r"), ("ž", "s"), ("ě", "e"), ("ů", "u"),
        ("ň", "n"), ("ď", "d"), ("ť", "t"), ("j", "i"),
    ),
    "nb": (("asjon(en|er|ene|s)?$", "A"), ("sjon(en|er|ene|s)?$", "T"), ("ering(en|er|ene|s)?$", "R"),
           ("itet(en|er|s)?$", "E"), ("isk(e)?$", "I"), ("[ae]ll?e?$", "L"), ("kj", "k"), ("æ", "e"), ("ø", "o")),
    "da": (("ation(en|er|erne|s)?$", "A"), ("tion(en|er|erne|s)?$", "T"), ("ering(en|er|erne|s)?$", "R"),
           ("itet(en|er|s)?$", "E"), ("isk(e)?$", "I"), ("[ae]ll?e?$", "L"), ("æ", "e"), ("ø", "o")),
    "sv": (("ation(en|er|erna|s)?$", "A"), ("tion(en|er|erna|s)?$", "T"), ("ering(en|ar|arna|s)?$", "R"),
           ("itet(en|er|s)?$", "E"), ("isk(a|t)?$", "I"), ("[ae]ll?[at]?$", "L"), ("ä", "e"), ("ö", "o")),
    "nl": (
        ("aties?$", "A"), ("ties?$", "T"), ("ering(en)?$", "R"), ("iteit(en)?$", "E"), ("isch(e)?$", "I"),
        ("eel$|ele$|aal$|ale$", "L"), ("sch", "sk"), ("ij", "i"), ("oe", "u"), ("z", "s"),
    ),
    "de": (("ation(en)?$", "A"), ("tion(en)?$", "T"), ("ierung(en)?$", "R"), ("ität(en)?$", "E"),
           ("isch(e|er|es|en|em)?$", "I"), ("[ae]ll(e|er|es|en|em)?$", "L"), ("sch", "sk"), ("z", "s"), ("ß", "s"),
           ("ä", "e"), ("ö", "o"), ("ü", "y")),
    "fr": (("ations?$", "A"), ("tions?$", "T"), ("ités?$", "E"), ("iques?$", "I"), ("elle?s?$|aux$|ale?s?$", "L")),
    "fi": (("aatio(n|ta|t|iden)?$", "A"), ("tio(n|ta|t)?$", "T"), ("iteetti$", "E"), ("inen$", "I"), ("i$", ""),
           ("ä", "e"), ("ö", "o")),
    "en": (("ations?$", "A"), ("tions?$", "T"), ("ity$|ities$", "E"), ("ical$|ic$|ics$", "I"), ("al$", "L")),
}  # fmt: skip
_ALL: tuple[tuple[str, str], ...] = (
    ("c(?=[eiy])", "s"), ("ck|ch|cq|qu?|c", "k"), ("ph", "f"), ("th", "t"), ("x", "ks"), ("z", "s"), ("w", "v"),
    ("y", "i"), ("å", "o"), ("j", "i"), (r"(.)\1+", r"\1"), ("eu|ou|oe", "o"), ("ie|ei|ai|ae", "e"),
)  # fmt: skip
_OWN_RULES = {tag: tuple((re.compile(old), new) for old, new in rules) for tag, rules in _OWN.items()}
_ALL_RULES = tuple((re.compile(old), new) for old, new in _ALL)


@lru_cache(maxsize=1 << 17)
def cognate_form(word: str, language: str) -> str:
    """A folded word in the common spelling: `lojalitet` (sv), `loyaliteit` (nl), `lojalność` (pl) come close or equal.
    A shared suffix is one capital letter, the rest is in a-z and digits.

    `language` is a primary subtag; languages without rules of their own get the common ones.
    """
    for pattern, new in _OWN_RULES.get(language, ()):
        word = pattern.sub(new, word)
    bare = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    for pattern, new in _ALL_RULES:
        bare = pattern.sub(new, bare)
    return "".join(char for char in bare if char.isalnum())


def similarity(first: str, second: str) -> float:
    """How alike two forms are, 0..1: twice the longest common subsequence over both lengths, nothing below a start.

    Cognates begin alike: a different first letter costs a quarter.
    """
    if first == second:
        return 1.0
    if not first or not second:
        return 0.0
    value = 2 * _common(first, second) / (len(first) + len(second))
    return value if first[0] == second[0] else 0.75 * value


def _common(first: str, second: str) -> int:
    row = [0] * (len(second) + 1)
    for char in first:
        diagonal = 0
        for place, other in enumerate(second, 1):
            above = row[place]
            row[place] = diagonal + 1 if char == other else max(above, row[place - 1])
            diagonal = above
    return row[-1]
