"""What a client must hold: what the term base says, minus exactly what the ledger announced.

Computed from the model and the findings alone; nothing of `cctbx.profiles` takes part.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from cctbx.findings import Finding
from cctbx.model import ConceptEntry, TermBase, TermSection, plain

GONE = {"LOS053", "LOS065", "LOS067", "LOS200", "LOS201", "LOS207", "LOS208", "LOS209", "LOS211", "LOS213", "LOS214",
        "LOS215", "LOS217"}  # fmt: skip
"""Codes that announce a term left out."""

DROPPED = {"LOS057", "LOS204"}
"""Codes that announce a concept left out."""

WHITE, COMPOSED = "LOS058", "LOS210"
Pair = tuple[str, str]


def fold(text: str) -> str:
    """Runs of white space as one blank, none outside (the no-break space stays inside)."""
    return re.sub("[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+", " ", text).strip()


class Announced:
    """What the ledger says about one file."""

    def __init__(self, losses: Iterable[Finding], file: str) -> None:
        self.losses = [each for each in losses if each.file == file]
        self.dropped = {each.concept for each in self.losses if each.code in DROPPED}
        self.gone = Counter(
            (each.concept, each.language, each.term) for each in self.losses
            if each.code in GONE and each.category == "term"
        )  # fmt: skip
        self.changed = {
            (each.code, each.concept, each.language, each.term) for each in self.losses if each.category == "term"
        }
        self.definitions = Counter(
            each.concept for each in self.losses if each.code in ("LOS202", "LOS203") and each.category == "definition"
        )

    def term(self, concept: str, language: str, term: TermSection) -> str:
        """The term as the client must hold it: changed as announced, and not otherwise."""
        text = plain(term.term)
        if (COMPOSED, concept, language, fold(text)) in self.changed:
            text = unicodedata.normalize("NFC", text)
        if (WHITE, concept, language, fold(text)) in self.changed:
            text = fold(text)
        return text


def terms(entry: ConceptEntry, language: str, announced: Announced) -> list[str]:
    """The terms of a language a client must hold of one concept. A term that stands twice may be gone once only."""
    gone = Counter(announced.gone)
    held = []
    for section in entry.languages:
        for term in section.terms if section.language == language else ():
            place = (entry.id, language, fold(plain(term.term)))
            if gone[place]:
                gone[place] -= 1
            else:
                held.append(announced.term(entry.id, language, term))
    return held


def entries(termbase: TermBase, announced: Announced) -> Iterator[ConceptEntry]:
    """The concepts that were not announced as left out."""
    yield from (entry for entry in termbase.concepts if entry.id not in announced.dropped)


def pairs(termbase: TermBase, source: str, target: str, announced: Announced) -> set[Pair]:
    """Every source term with every target term a client must hold."""
    return {
        (one, other)
        for entry in entries(termbase, announced)
        for one in terms(entry, source, announced)
        for other in terms(entry, target, announced)
    }


def definitions(entry: ConceptEntry, *languages: str) -> set[str]:
    """Every definition of a concept a client may show, folded and composed: of these languages and of the concept."""
    said = [each.text for each in entry.definitions]
    said += [each.text for section in entry.languages if section.language in languages for each in section.definitions]
    return {unicodedata.normalize("NFC", fold(each)) for each in said if fold(each)}
