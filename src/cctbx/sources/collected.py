"""Names collected for one entry, and how they become designations: languages and term types once all are known."""

from __future__ import annotations

from dataclasses import dataclass, field

from cctbx.model import Designation, DesignationOrigin
from cctbx.sources.acronyms import expands, letters_of
from cctbx.sources.english import ENGLISH_ACRONYMS, is_english, may_be_english
from cctbx.sources.headwords import Name

__all__ = ["Found", "Heads", "settled"]

Heads = tuple[list[str], list[str]]
"""What the headword holds: full terms, acronyms."""


@dataclass(slots=True)
class Found:
    """Names collected for one entry, in order, without repeats."""

    language: str
    names: dict[str, tuple[Name, DesignationOrigin]] = field(default_factory=dict)

    def add(self, name: Name, origin: DesignationOrigin = DesignationOrigin.DEFINITION) -> None:
        key = letters_of(name.term) if name.kind == "acronym" else name.term.lower().replace("-", " ")
        if name.term[:1].isalpha() or any(each.isalpha() for each in name.term):
            self.names.setdefault(key, (name, origin))

    @property
    def acronyms(self) -> list[str]:
        return [name.term for name, _ in self.names.values() if name.kind == "acronym"]

    @property
    def terms(self) -> list[str]:
        return [name.term for name, _ in self.names.values() if name.kind != "acronym"]


def settled(found: Found) -> tuple[Designation, ...]:
    """Languages and term types, once all names are known.

    Beside an acronym, what the headword names is a full form; so is what the definition names where the headword is
    nothing but the acronym, and what gives its letters.
    """
    names = list(found.names.values())
    if len(names) == 1 and names[0][0].kind != "acronym":
        ((name, origin),) = names
        return (Designation(term=name.term, language=_language(name, found, set()), type=name.kind, origin=origin),)
    acronyms = {name.term for name, _ in names if name.kind == "acronym"}
    languages = {name.term: _language(name, found, acronyms) for name, _ in names if name.kind != "acronym"}
    bare = all(name.kind == "acronym" for name, origin in names if origin is DesignationOrigin.HEADWORD)
    shown = []
    for name, origin in names:
        language = languages.get(name.term) or _acronym_language(name, found, languages)
        full = bool(acronyms) and (bare or origin is DesignationOrigin.HEADWORD or _gives(acronyms, name.term))
        kind = name.kind or ("fullForm" if full else None)
        shown.append(Designation(term=name.term, language=language, type=kind, origin=origin))
    return tuple(shown)


def _gives(acronyms: set[str], term: str) -> bool:
    return any(expands(each, term) for each in acronyms)


def _language(name: Name, found: Found, acronyms: set[str]) -> str:
    if name.language:
        return name.language
    if name.english is True:
        return "en"
    if name.english is False:
        return found.language
    if is_english(name.term, found.language):
        return "en"
    known = any(each in ENGLISH_ACRONYMS and expands(each, name.term) for each in acronyms) if acronyms else False
    return "en" if known and may_be_english(name.term) else found.language


def _acronym_language(name: Name, found: Found, languages: dict[str, str]) -> str:
    """English where an English expansion of the entry gives it or the trade knows it so; else the page's language."""
    if name.english:
        return "en"
    fitting = [tag for term, tag in languages.items() if expands(name.term, term)]
    if "en" in fitting:
        return "en"
    bare = letters_of(name.term).upper()
    known = name.term in ENGLISH_ACRONYMS or bare in ENGLISH_ACRONYMS
    return "en" if known else found.language
