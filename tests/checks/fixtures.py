"""A good and a bad term base for every check: small enough to read, one fault each."""

# ruff: noqa: E501  (a table)

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cctbx.checks import CheckOptions
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Metatype, TermSection

__all__ = ["FIXTURES", "Fixture"]

TODAY = datetime.date(2024, 6, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixture:
    """Term bases that a check says nothing of, and one that it must report."""

    good: tuple[ConceptEntry, ...]
    bad: tuple[ConceptEntry, ...]
    options: Mapping[str, Any] = field(default_factory=dict)

    def settings(self, code: str) -> CheckOptions:
        return CheckOptions(select=frozenset({code}), today=TODAY, **self.options)


def category(name: str, value: str, *group: DataCategory, target: str | None = None) -> DataCategory:
    return DataCategory(category=name, value=value, metatype=Metatype.DESCRIPTIVE, group=group, target=target)


def source(text: str = "ISO 704") -> DataCategory:
    return DataCategory(category="source", value=text, metatype=Metatype.ADMINISTRATIVE)


def definition(text: str, *group: DataCategory) -> DataCategory:
    return category("definition", text, *group)


def transaction(kind: str, date: str | None = "2024-01-31", person: str | None = "editor") -> DataCategory:
    group = []
    if date is not None:
        group.append(DataCategory(category="date", value=date, metatype=Metatype.DATE))
    if person is not None:
        group.append(DataCategory(category="responsibility", value=person, metatype=Metatype.TRANSACTION_NOTE))
    return DataCategory(
        category="transactionType", value=kind, metatype=Metatype.TRANSACTION, group=tuple(group)
    )


def term(text: str, **fields: Any) -> TermSection:
    return TermSection(term=text, **{"part_of_speech": "noun", **fields})


def section(language: str, *terms: str | TermSection, **fields: Any) -> LanguageSection:
    listed = tuple(term(each) if isinstance(each, str) else each for each in terms)
    return LanguageSection(language=language, terms=listed, **fields)


def entry(*sections: LanguageSection, name: str = "c1", **fields: Any) -> tuple[ConceptEntry, ...]:
    return (ConceptEntry(id=name, languages=sections, **fields),)


def one(text: str, language: str = "en", **fields: Any) -> tuple[ConceptEntry, ...]:
    """One entry with one term."""
    return entry(section(language, term(text, **fields)))


def defined(text: str, *group: DataCategory, word: str = "printer") -> tuple[ConceptEntry, ...]:
    """One entry with one English term and its definition."""
    return entry(section("en", word, definitions=(definition(text, *group),)))


def dated(*transactions: DataCategory) -> tuple[ConceptEntry, ...]:
    return entry(section("en", "printer"), transactions=transactions)


PREFERRED, DEPRECATED = "preferredTerm-admn-sts", "deprecatedTerm-admn-sts"
SHORT = term("KPI", term_type="acronym")
FULL = term("key performance indicator", term_type="fullForm")

FIXTURES: dict[str, Fixture] = {
    "CHK101": Fixture(good=one("x", "en-GB"), bad=one("x", "en_GB")),
    "CHK102": Fixture(good=one("x", "he"), bad=one("x", "iw")),
    "CHK103": Fixture(good=one("x", "en-GB"), bad=one("x", "en-gb")),
    "CHK104": Fixture(good=entry(section("en", "a"), section("de", "b")),
                      bad=entry(section("en", "a"), section("EN", "b"))),
    "CHK105": Fixture(good=entry(section("en-GB", "a"), section("en-US", "b")),
                      bad=entry(section("en", "a"), section("en-US", "b"))),
    "CHK106": Fixture(good=one("принтер", "ru"), bad=one("принтер", "sv")),
    "CHK107": Fixture(good=one("x", "la"), bad=one("x", "mul")),
    "CHK108": Fixture(good=one("x", "nb"), bad=one("x", "no")),
    "CHK109": Fixture(
        good=(*entry(section("en", "a"), section("de", "b")), *entry(section("en", "c"), section("de", "d"), name="c2")),
        bad=(*entry(section("en", "a"), section("de", "b")), *entry(section("en", "c"), section("de", "d"), name="c2"),
             *entry(section("fr", "e"), section("de", "f"), name="c3")),
    ),
    "CHK110": Fixture(good=entry(section("en", "a"), section("de", "b")),
                      bad=(*entry(section("en", "a"), section("de", "b")), *entry(section("en", "c"), name="c2"))),
    "CHK151": Fixture(good=(*one("a"), *entry(section("en", "b"), name="c2")), bad=(*one("a"), *one("b"))),
    "CHK152": Fixture(
        good=entry(section("en", "a"), cross_references=(category("crossReference", "see", target="c1"),)),
        bad=entry(section("en", "a"), cross_references=(category("crossReference", "see", target="c9"),)),
    ),
    "CHK201": Fixture(good=one("printer"), bad=one("  ")),
    "CHK202": Fixture(good=one("printer"), bad=entry(section("en"))),
    "CHK203": Fixture(good=entry(section("en", "a"), notes=(category("note", "seen"),)),
                      bad=entry(section("en", "a"), notes=(category("note", " "),))),
    "CHK204": Fixture(good=entry(section("en", "a", definitions=(definition("thing"),))),
                      bad=one("a", others=(definition("thing"),))),
    "CHK205": Fixture(good=one("a", part_of_speech="noun"), bad=one("a", part_of_speech="Noun")),
    "CHK206": Fixture(
        good=one("a", part_of_speech="noun"),
        bad=one("a", others=(DataCategory(category="partOfSpeech", value="verb", metatype=Metatype.TERM_NOTE),)),
    ),
    "CHK207": Fixture(
        good=entry(section("en", "a"), cross_references=(category("crossReference", "see", target="c2"),)),
        bad=entry(section("en", "a"), cross_references=(category("crossReference", "see", target="c1"),)),
    ),
    "CHK301": Fixture(good=one("laser printer"), bad=one("laser  printer")),
    "CHK302": Fixture(good=one("laser printer"), bad=one("laser\u00a0printer")),
    "CHK303": Fixture(good=one("laser printer"), bad=one("laser\nprinter")),
    "CHK304": Fixture(good=one("caf\u00e9", "fr"), bad=one("cafe\u0301", "fr")),
    "CHK305": Fixture(good=one("printer"), bad=one("printer\ue001")),
    "CHK306": Fixture(good=one("printer (laser)"), bad=one("printer (laser")),
    "CHK307": Fixture(good=one("input/output unit"), bad=one("printer; plotter")),
    "CHK308": Fixture(good=one("f(x)"), bad=one("printer (office)")),
    "CHK309": Fixture(good=one("e.g."), bad=one("laser printer.")),
    "CHK310": Fixture(good=one("Drucker", "de"), bad=one("Printer")),
    "CHK311": Fixture(good=one("the", "en"), bad=one("the printer")),
    "CHK312": Fixture(good=one("scissors", grammatical_number="singular"),
                      bad=one("printers", grammatical_number="plural")),
    "CHK313": Fixture(good=one("R&D"), bad=one("H<sub>2</sub>O")),
    "CHK314": Fixture(good=one("printer"), bad=one("x" * 101)),
    "CHK401": Fixture(good=(*one("printer"), *entry(section("en", "plotter"), name="c2")),
                      bad=(*one("printer"), *entry(section("en", "printer"), name="c2"))),
    "CHK402": Fixture(
        good=(*one("bank"), *entry(section("en", "bank"), name="c2")),
        bad=(*one("bank", part_of_speech="noun"), *entry(section("en", term("bank", part_of_speech="verb")), name="c2")),
    ),
    "CHK403": Fixture(good=(*one("e-mail"), *entry(section("en", "e-mail"), name="c2")),
                      bad=(*one("e-mail"), *entry(section("en", "E mail"), name="c2"))),
    "CHK404": Fixture(good=entry(section("en", "bank", term("bank", part_of_speech="verb"))),
                      bad=entry(section("en", "bank", "bank"))),
    "CHK501": Fixture(
        good=entry(section("en", term("a", administrative_status=PREFERRED), "b")),
        bad=entry(section("en", *(term(each, administrative_status=PREFERRED) for each in "ab"))),
    ),
    "CHK502": Fixture(good=entry(section("en", term("a", administrative_status=PREFERRED), "b")),
                      bad=entry(section("en", "a", "b"))),
    "CHK503": Fixture(good=entry(section("en", term("a", administrative_status=DEPRECATED), "b")),
                      bad=one("a", administrative_status=DEPRECATED)),
    "CHK504": Fixture(
        good=entry(section("en", term("a", administrative_status=PREFERRED), "b")),
        bad=entry(section("en", term("a", administrative_status=PREFERRED),
                          term("a", administrative_status=DEPRECATED))),
    ),
    "CHK505": Fixture(
        good=entry(section("en", "printer", term("typewriter", administrative_status=DEPRECATED),
                           definitions=(definition("device that prints"),))),
        bad=entry(section("en", "printer", term("typewriter", administrative_status=DEPRECATED),
                          definitions=(definition("typewriter without keys"),))),
    ),
    "CHK601": Fixture(good=entry(section("en", SHORT, FULL)), bad=entry(section("en", SHORT))),
    "CHK602": Fixture(good=entry(section("en", SHORT, FULL)), bad=entry(section("en", FULL))),
    "CHK603": Fixture(good=entry(section("en", SHORT)), bad=one("kpi", term_type="acronym")),
    "CHK701": Fixture(good=defined("device that prints"), bad=one("printer")),
    "CHK702": Fixture(good=one("printer"), bad=one("printer", part_of_speech=None)),
    "CHK703": Fixture(good=defined("device that prints"), bad=defined("machine known as printer in offices")),
    "CHK704": Fixture(
        good=(*defined("device driven by a spooler"),
              *entry(section("en", "spooler", definitions=(definition("program that queues"),)), name="c2")),
        bad=(*defined("device driven by a spooler"),
             *entry(section("en", "spooler", definitions=(definition("program that feeds a printer"),)), name="c2")),
    ),
    "CHK705": Fixture(good=defined("device that prints"), bad=defined("A device that prints.")),
    "CHK706": Fixture(good=defined("device that prints"), bad=defined("Printer.")),
    "CHK707": Fixture(good=one("printer", contexts=(category("context", "two printers hum"),)),
                      bad=one("printer", contexts=(category("context", "the plotter hums"),))),
    "CHK708": Fixture(good=defined("device that prints", source()), bad=defined("device that prints")),
    "CHK709": Fixture(
        good=defined("device that prints"),
        bad=entry(section("en", "printer", definitions=(definition("device that prints"), definition("output unit")))),
    ),
    "CHK710": Fixture(
        good=(*defined("device that prints"),
              *entry(section("en", "plotter", definitions=(definition("device that draws"),)), name="c2")),
        bad=(*defined("device that prints"),
             *entry(section("en", "plotter", definitions=(definition("Device that  prints."),)), name="c2")),
    ),
    "CHK801": Fixture(good=dated(transaction("origination")), bad=dated(transaction("origination", "2024-02-30"))),
    "CHK802": Fixture(good=dated(transaction("origination")), bad=dated(transaction("origination", "2024-06-02"))),
    "CHK803": Fixture(
        good=dated(transaction("origination"), transaction("modification", "2024-02-01")),
        bad=dated(transaction("origination"), transaction("modification", "2023-02-01")),
    ),
    "CHK804": Fixture(good=dated(transaction("origination")), bad=dated(transaction("origination", None))),
    "CHK805": Fixture(good=dated(transaction("origination", person=None)), bad=dated(transaction("origination")),
                      options={"public": True}),
    "CHK806": Fixture(
        good=entry(section("en", "a"), subject_fields=(category("subjectField", "printing"),)),
        bad=entry(section("en", "a"), subject_fields=(category("subjectField", "Printing"),)),
        options={"subject_fields": frozenset({"printing"})},
    ),
    "CHK807": Fixture(
        good=(*entry(section("en", "a"), subject_fields=(category("subjectField", "printing"),)),
              *entry(section("en", "b"), subject_fields=(category("subjectField", "printing"),), name="c2")),
        bad=(*entry(section("en", "a"), subject_fields=(category("subjectField", "printing"),)),
             *entry(section("en", "b"), subject_fields=(category("subjectField", "Printing "),), name="c2")),
    ),
    "CHK901": Fixture(good=(), bad=one("printer")),
    "CHK902": Fixture(good=one("printer"), bad=(*one("printer"), *entry(section("en", "plotter"), name="c2")),
                      options={"ring_entries": 1}),
}  # fmt: skip
