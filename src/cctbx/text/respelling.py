"""A word of one language as its nearest relative would write it: Bokmål words in Danish and in Nynorsk spelling.

The stock of words is largely one, the spelling follows rules: `trafikk` / `trafik`, `funksjon` / `funktion`, `bok` /
`bog`, `avgift` / `afgift`; `strøm` / `straum`, `virksomhet` / `verksemd`. Rules that always hold are applied; those
that hold in some words give variants, of which most do not exist and harm nobody.
"""

from __future__ import annotations

import re
from functools import cache

__all__ = ["RESPELT", "respelt"]

RESPELT = {"da": "nb", "nn": "nb"}
"""Languages whose words can be spelt from those of another."""

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple((re.compile(old), new) for old, new in pairs)


_VOWEL = "aeiouyæøå"
_ALWAYS: dict[str, _Rules] = {
    "da": _rules(
        ("asjon", "ation"), ("sjon", "tion"), ("(?<=.)het(?=s|$|en)", "hed"), ("^av", "af"), ("skj", "sk"),
        ("kj(?=[eæøåi])", "k"), ("gj(?=[eæøåi])", "g"), ("øy", "øj"), ("ei", "ej"), ("skap", "skab"),
        (r"([bdfgklmnprst])\1(?=$|[bdfghklmnprstv])", r"\1"),
    ),
    "nn": _rules(("(?<=.)som(?=het|$)", "sam"), ("samhet$", "semd"), ("^selv", "sjølv"), ("^uke", "veke")),
}  # fmt: skip
_PERHAPS: dict[str, _Rules] = {
    "da": _rules(
        (f"(?<=[{_VOWEL}])k(?!k)", "g"), (f"(?<=[{_VOWEL}])p(?!p)", "b"), (f"(?<=[{_VOWEL}])t(?![t]|ion)", "d"),
        ("e(?=[gklmnrv])", "æ"), ("nn", "nd"), ("^in(?=[bdfghklmprstv])|^inn", "ind"), ("s(?=[eiy])", "c"), ("å", "o"),
        ("^s(?=o)", "z"), ("sj(?=[åø])", "ch"), ("av", "af"),
    ),
    "nn": _rules(
        ("ø(?=[mpstvk])", "au"), ("ø(?=[rdy])", "øy"), ("e(?=[lr][kmn])", "ei"), ("het$", "heit"), ("o(?=m)", "u"),
        ("en(?=t)", "ein"), ("^virk", "verk"),
    ),
}  # fmt: skip
_MOST = 32


@cache
def respelt(word: str, language: str) -> tuple[str, ...]:
    """The ways a folded Bokmål word may be written in Danish (`da`) or Nynorsk (`nn`), itself left out.

    At most 32, sorted; nothing for other languages.
    """
    if language not in _ALWAYS:
        return ()
    base = word
    for pattern, new in _ALWAYS[language]:
        base = pattern.sub(new, base)
    found = {base}
    for pattern, new in _PERHAPS[language]:
        if len(found) < _MOST:
            found |= {pattern.sub(new, each) for each in sorted(found)}
    return tuple(sorted(found - {word})[:_MOST])
