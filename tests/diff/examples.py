"""Small concept entries to compare and merge in examples."""

from __future__ import annotations

from dataclasses import replace

from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Metatype, TermSection

PREFERRED, ADMITTED, DEPRECATED = (f"{name}Term-admn-sts" for name in ("preferred", "admitted", "deprecated"))


def term(text: str, status: str | None = None, **fields: str) -> TermSection:
    return TermSection(term=text, administrative_status=status, **fields)  # type: ignore[arg-type]


def definition(text: str) -> DataCategory:
    return DataCategory(category="definition", value=text, metatype=Metatype.DESCRIPTIVE)


def note(text: str) -> DataCategory:
    return DataCategory(category="note", value=text, metatype=Metatype.NOTE)


def section(language: str, *terms: TermSection | str, defined: str | None = None) -> LanguageSection:
    listed = tuple(term(each) if isinstance(each, str) else each for each in terms)
    return LanguageSection(language=language, terms=listed, definitions=(definition(defined),) if defined else ())


def concept(identifier: str, *sections: LanguageSection, notes: tuple[str, ...] = ()) -> ConceptEntry:
    return ConceptEntry(id=identifier, languages=sections, notes=tuple(map(note, notes)))


CUSTOMER = concept(
    "c1",
    section("en", term("customer", PREFERRED), term("client", ADMITTED), defined="A person who buys something."),
    section("sv", "kund"),
)
QUEUE = concept("c2", section("en", "queue"), section("sv", "kö"))
AGENT = concept("c3", section("en", "agent", "representative"), section("sv", "agent"), section("de", "Agentin"))
BASE = (CUSTOMER, QUEUE, AGENT)


def with_section(entry: ConceptEntry, *changed: LanguageSection) -> ConceptEntry:
    """The entry with sections put in the place of those of the same language."""
    new = {each.language: each for each in changed}
    kept = [new.pop(each.language, each) for each in entry.languages]
    return replace(entry, languages=(*kept, *new.values()))
