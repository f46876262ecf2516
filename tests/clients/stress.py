"""A term base of 500 concepts with every nasty feature clients stumble over, the same on every machine."""

from __future__ import annotations

import random

from cctbx.model import (
    ConceptEntry,
    DataCategory,
    Header,
    Inline,
    InlineKind,
    LanguageSection,
    Metatype,
    TermBase,
    TermSection,
    Text,
    marked,
)

LANGUAGES = ("en", "nb", "nl", "pl", "sv")
_STEMS = {
    "en": ("call routing", "service level", "queue", "agent", "speech analytics"),
    "nb": ("kø", "tjenestenivå", "anropsruting", "kundebehandler", "talegjenkjenning"),
    "nl": ("wachtrij", "één klant", "coördinatie", "medewerker", "spraakanalyse"),
    "pl": ("kolejka", "źródło zgłoszeń", "łączność", "życzliwość", "ćwiczenie"),
    "sv": ("kö", "ärende", "åtgärd", "självservice", "samtalsdirigering"),
}
_NASTY = (
    '{} "quoted" and ”curly”', "it's {}", "'{}'", "{}, {}", "{}; {}", "{} | {}", "a & b < c > {}", "{}\twith tab",
    "{}\nnext line", "{}\r\nof a page", "  {}  ", "\u00a0{}\u00a0", "{}\u00a0NBSP inside", "#{}", "# {}", "#",
    "={}+1", "+{}", "-{}", "@{}", "={}\u0021A1", "{} 🙂", "👩‍👩‍👧 {}", "{} e\u0301 o\u0308 a\u030a",
    "A\u030angstro\u0308m {}",
    "עברית {}", "\u202bالعربية\u202c {}", "{} \u200bzero width", "{} 100 % %s %d", "{}\\n literally", "\\{}\\",
    "{}: colon", "<b>{}</b>", "&amp; {}", "]]> {}", "{}/{}", "C++ {}", "{} (en)", "ﬁ {}", "İstanbul {}", "\ufeff{}",
    "{} {{braces}}", "{}..", "—{}", "1234 {}", "?!", "{} \u2028 separator", "x" * 300 + "{}", "//{}",
    "msgid {}", "\"\"{}",
)  # fmt: skip
_IDS = ("c{}", "c{}", "c{}", "ö{}", "č.{}", "{}", "概念{}", "c {}", "-{}", "c/{}", "C{}", "x_{}", "_xF6_{}")
_STATUSES = ("preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts", "supersededTerm-admn-sts",
             None, None, None)  # fmt: skip


def _bold(text: str) -> Text:
    inline = Inline(kind=InlineKind.HIGHLIGHT, content=(text[: len(text) // 2],), attributes=(("type", "bold"),))
    return marked((inline, text[len(text) // 2 :]))


def _text(chance: random.Random, language: str, number: int) -> Text:
    stem = f"{chance.choice(_STEMS[language])} {number}"
    made = chance.choice(_NASTY).replace("{}", stem) if chance.random() < 0.6 else stem
    return _bold(made) if chance.random() < 0.05 else made


def _term(chance: random.Random, language: str, number: int) -> TermSection:
    return TermSection(
        term=_text(chance, language, number), administrative_status=chance.choice(_STATUSES),
        part_of_speech=chance.choice(("noun", "verb", "other", None)),
    )  # fmt: skip


def _definition(chance: random.Random, language: str, number: int) -> DataCategory:
    source = DataCategory(category="source", metatype=Metatype.ADMINISTRATIVE, value=f"manual {number}")
    return DataCategory(
        category="definition", metatype=Metatype.DESCRIPTIVE, value=_text(chance, language, number), group=(source,)
    )


def _section(chance: random.Random, language: str, number: int) -> LanguageSection:
    count = 40 if chance.random() < 0.02 else chance.choice((1, 1, 1, 2, 3))
    terms = [_term(chance, language, number * 100 + place) for place in range(count)]
    if chance.random() < 0.03:
        terms.append(terms[0])
    if chance.random() < 0.1:
        terms.append(TermSection(term=chance.choice(_STEMS[language])))  # a homonym of other concepts
    definitions = [_definition(chance, language, number) for _ in range(chance.choice((0, 0, 1, 2)))]
    return LanguageSection(language=language, terms=tuple(terms), definitions=tuple(definitions))


def _entry(chance: random.Random, number: int) -> ConceptEntry:
    spoken = [tag for tag in LANGUAGES if chance.random() < 0.8] or ["en"]
    subject = DataCategory(category="subjectField", metatype=Metatype.DESCRIPTIVE, value=f"field {number % 7}")
    note = DataCategory(category="note", metatype=Metatype.NOTE, value=_text(chance, "en", number))
    return ConceptEntry(
        id=chance.choice(_IDS).format(number), languages=tuple(_section(chance, tag, number) for tag in spoken),
        subject_fields=(subject,), notes=(note,) if chance.random() < 0.2 else (),
        definitions=(_definition(chance, "en", number),) if chance.random() < 0.2 else (),
    )  # fmt: skip


def stress_base(concepts: int = 500) -> TermBase:
    """The base; ids are unique."""
    chance = random.Random(2026)
    return TermBase(
        header=Header(language="en", title="Stress “base” & <co>"),
        concepts=tuple(_entry(chance, number) for number in range(1, concepts + 1)),
    )
