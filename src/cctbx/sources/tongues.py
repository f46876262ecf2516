"""How headers and labels name a language: `French`, `Ruotsiksi`, `på engelska` → its tag."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["named_language"]

_STEMS = {
    "en": "english engelsk engels englisch englanni englant anglais anglický angličt anglicky angiel",
    "fr": "french fransk franska französ frans francus francouz français ransk",
    "de": "german tysk deutsch duits niemiec allemand saksa saksaksi němec němč",
    "sv": "swedish svensk schwedisch zweeds szwedz suédois ruots švéds švédš",
    "nb": "norwegian norsk norwegisch noors norwes norvégien norja norjaksi norsky norš",
    "da": "danish dansk dänisch deens duńsk danois tansk dánsk dánšt",
    "fi": "finnish finsk finnisch fins fińsk finnois suom finšt",
    "nl": "dutch nederland niederländ niderlandz néerland hollan holenders nizozem",
    "pl": "polish polsk polnisch pools polonais puola polšt",
    "cs": "czech tsjekkisk tjeckisk tjekkisk tschechisch tsjechisch czeski tchèque tšek česk češt",
    "es": "spanish spansk spanisch spaans hiszpań espagnol espanja španěl",
    "it": "italian italien italienisch italiaans włosk itališt",
}
"""Language → how its name begins in the languages of the pages. One more language is one more row."""

_BEFORE = "på|in|auf|po|en|i|v|w|na|op het|in het|au|term|begrepp|nom"
_PATTERN = re.compile(
    rf"(?:(?:{_BEFORE})\s+)?(?:"
    + "|".join(f"(?P<{tag}>(?:{'|'.join(stems.split())})" + r"\w{0,5})" for tag, stems in _STEMS.items())
    + r")(?:\s+(?:term|name|equivalent|translation|begrepp|begrep))?",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def named_language(label: str) -> str | None:
    """The tag of the language a header or label names, None where it names none."""
    match = _PATTERN.fullmatch(label.strip(" :*.").lower()) if len(label) <= 40 else None
    return match.lastgroup if match else None
