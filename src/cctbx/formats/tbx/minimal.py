"""TBX-Min of 2013: a small bilingual-minded vocabulary of its own, still read by a few tools.

It holds terms with status, customer and part of speech, one subject field an entry, and keyed notes beside a term.
What else an entry says becomes keyed notes (`noteKey` is the category) beside the first term of the section or entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from cctbx.findings import Report
from cctbx.formats.contract import WriteOptions, ignore
from cctbx.formats.tbx.editions import edition_of
from cctbx.formats.tbx.losing import Losses
from cctbx.formats.tbx.mapping import NEAREST_VALUE
from cctbx.formats.tbx.names import MIN_2013, XML_LANG
from cctbx.formats.tbx.serialising import attribute, escaped
from cctbx.formats.tbx.spelling import clean, iso_date, valid_language
from cctbx.model import (
    CATEGORY,
    ConceptEntry,
    DataCategory,
    Header,
    LanguageSection,
    Level,
    Metatype,
    TermBaseStream,
    TermSection,
    fields_from,
    plain,
    statements,
)

__all__ = ["MinimalRestriction", "write_minimal"]

EDITION = edition_of(MIN_2013.root, "TBX-Min", None)
_OWN = {
    "customerSubset": ("customer", Metatype.ADMINISTRATIVE),
    "administrativeStatus": ("termStatus", Metatype.TERM_NOTE),
    "partOfSpeech": ("partOfSpeech", Metatype.TERM_NOTE),
}
"""Category → its element beside a term; each may stand there once."""

_HEADER = ("dateCreated", "creator", "license", "directionality")


class MinimalRestriction:
    """What TBX-Min of 2013 keeps of the concept entries of one document."""

    def __init__(self, report: Report = ignore) -> None:
        self.losses = Losses(report)

    def concept(self, entry: ConceptEntry) -> ConceptEntry:
        """The entry with its statements where the edition can hold them; idempotent."""
        losses = self.losses
        losses.concept, losses.language, losses.term = entry.id, None, None
        identifier = losses.identifier(entry.id)
        field, rest = self._subject_field(entry)
        sections = entry.languages
        if not sections:
            losses.say("LOS018", "a concept entry without language sections is written with an empty one")
            sections = (LanguageSection(language="und"),)
        languages = []
        for section in sections:
            languages.append(self._language(section, rest))
            rest = []
        return ConceptEntry(
            id=identifier, languages=tuple(languages), origin=entry.origin,
            **fields_from(Level.CONCEPT, field),  # type: ignore[arg-type]
        )  # fmt: skip

    def _subject_field(self, entry: ConceptEntry) -> tuple[list[DataCategory], list[DataCategory]]:
        """The one subject field, and everything else an entry says, as keyed notes."""
        field: list[DataCategory] = []
        rest: list[DataCategory] = []
        for statement in statements(entry):
            if statement.category == "subjectField" and not field and statement.metatype is Metatype.DESCRIPTIVE:
                field.append(self._bare(statement, rest))
            else:
                rest.extend(self._keyed(statement))
        return field, rest

    def _language(self, section: LanguageSection, above: list[DataCategory]) -> LanguageSection:
        losses = self.losses
        losses.language, losses.term = section.language, None
        tag = valid_language(section.language)
        if tag != section.language:
            losses.say("LOS014", f"language “{section.language}” is written as “{tag}”")
        if section.id:
            losses.say("LOS011", f"a language section has no id here: “{section.id}” is left out")
        if not section.terms:
            losses.say("LOS018", f"the {section.language} section has no term: it is written with an empty one")
        rest = [*above, *(note for each in statements(section) for note in self._keyed(each))]
        terms = []
        for term in section.terms or (TermSection(term=""),):
            terms.append(self._term(term, rest))
            rest = []
        return LanguageSection(language=tag, terms=tuple(terms), line=section.line)

    def _term(self, section: TermSection, above: list[DataCategory]) -> TermSection:
        self.losses.term = text = plain(section.term)
        if section.id:
            self.losses.say("LOS011", f"a term section has no id here: “{section.id}” is left out")
        if not isinstance(section.term, str):
            self.losses.say("LOS007", "a term may carry no markup: its text is kept", "term")
        own: dict[str, DataCategory] = {}
        rest: list[DataCategory] = []
        for statement in statements(section):
            self._of_term(statement, own, rest)
        stated = (*(own[each] for each in _OWN if each in own), *rest, *above)
        return TermSection(
            term=clean(text), line=section.line, **fields_from(Level.TERM, stated)  # type: ignore[arg-type]
        )

    def _of_term(self, statement: DataCategory, own: dict[str, DataCategory], rest: list[DataCategory]) -> None:
        """A status, customer or part of speech has an element of its own, once; anything else is a keyed note."""
        category = statement.category
        at_home = category in _OWN and statement.metatype is _OWN[category][1] and category not in own
        listed = EDITION.values.get(category)
        value = clean(statement.text)
        if not at_home or not value:
            rest.extend(self._keyed(statement))
        elif listed is None or value in listed:
            own[category] = self._bare(replace(statement, value=value), rest)
        elif (nearest := NEAREST_VALUE.get(category, {}).get(value, "")) in listed:
            self.losses.say("LOS003", f"{category} “{value}” is written as {nearest}, and as a note", category)
            own[category] = self._bare(replace(statement, value=nearest), rest)
            exact = DataCategory(category="note", metatype=Metatype.NOTE, value=f"{category}: {value}")
            rest.extend(self._keyed(exact))
        else:
            self.losses.say("LOS004", f"{category} “{value}” is not in the picklist: kept as a note", category)
            note = f"{category}: {value}"
            rest.extend(self._keyed(replace(statement, category="note", metatype=Metatype.NOTE, value=note)))

    def _bare(self, statement: DataCategory, rest: list[DataCategory]) -> DataCategory:
        """The value alone; what stood beside it becomes keyed notes."""
        category = statement.category
        if not isinstance(statement.value, str):
            self.losses.say("LOS007", f"{category} may carry no markup: its text is kept", category)
        for name in ("language", "target", "datatype", "id"):
            if getattr(statement, name) is not None:
                self.losses.say("LOS009", f"{name} “{getattr(statement, name)}” of {category} is left out", category)
        for companion in statement.group:
            self.losses.say("LOS006", f"{companion.category} of {category} leaves its group", companion.category)
            rest.extend(self._keyed(companion))
        return DataCategory(
            category=category, metatype=statement.metatype, value=clean(statement.text), line=statement.line
        )

    def _keyed(self, statement: DataCategory) -> list[DataCategory]:
        """A statement as a keyed note: its category is the key, and what comes back is that category."""
        rest: list[DataCategory] = []
        key = clean(statement.category).strip() or "note"
        known = CATEGORY.get(key)
        bare = self._bare(statement, rest)
        if key != "note":
            self.losses.say("LOS001", f"{key} is kept as a keyed note beside a term", key)
        if statement.target:
            bare = replace(bare, value=f"{bare.text} [{clean(statement.target)}]".lstrip())
        if key in _OWN:  # a key of this name would be taken for the element
            bare, key, known = replace(bare, value=f"{key}: {bare.text}"), "note", CATEGORY["note"]
        metatype = known.metatype if known else Metatype.UNKNOWN
        return [replace(bare, category=key, metatype=metatype), *rest]

    def header(self, header: Header) -> Header:
        """An id (from the title), the languages, a description, creator, date, licence, directionality."""
        description = "\n".join(text for each in header.source_descriptions if (text := clean(plain(each))))
        lost = (*header.title_notes, *header.publication, *header.encoding_descriptions, *header.revisions)
        if lost:
            self.losses.say("LOS019", "publication, encoding and revisions have no place in TBX-Min of 2013")
        others: dict[str, DataCategory] = {}
        for other in header.others:
            made = self._header_part(other)
            if made is None or other.category in others:
                self.losses.say("LOS019", f"{other.category} of the header has no place in TBX-Min of 2013")
            else:
                others[other.category] = made
        ordered = (*_HEADER, "targetLanguage")
        return Header(
            language=valid_language(header.language or "und"), title=clean(header.title or "") or "termbase",
            source_descriptions=(description,) if description else (),
            others=tuple(others[each] for each in ordered if each in others),
        )  # fmt: skip

    def _header_part(self, other: DataCategory) -> DataCategory | None:
        name, value = other.category, clean(other.text)
        if name == "dateCreated":
            day = iso_date(value)
            value = f"{day}T00:00:00" if day and "T" not in day and len(day) == 10 else day or ""
            value = value if "T" in value else ""
        elif name == "directionality":
            value = value if value in ("bidirectional", "monodirectional") else ""
        elif name not in (*_HEADER, "targetLanguage"):
            value = ""
        return DataCategory(category=name, value=value) if value else None


def _header_lines(header: Header) -> Iterator[str]:
    said = {each.category: each.text for each in header.others}
    target = said.pop("targetLanguage", "")
    yield f"  <header>\n    <id>{escaped(header.title or '')}</id>\n"
    yield f"    <languages{attribute('source', header.language)}{attribute('target', target)}/>\n"
    for name, value in said.items():
        yield f"    <{name}>{escaped(value)}</{name}>\n"
    for text in header.source_descriptions:
        yield f"    <description>{escaped(plain(text))}</description>\n"
    yield "  </header>\n"


def _concept_lines(entry: ConceptEntry) -> Iterator[str]:
    yield f"    <termEntry{attribute('id', entry.id)}>\n"
    for field in entry.subject_fields:
        yield f"      <subjectField>{escaped(field.text)}</subjectField>\n"
    for section in entry.languages:
        yield f"      <langSet{attribute(XML_LANG, section.language)}>\n"
        for term in section.terms:
            yield from _term_lines(term)
        yield "      </langSet>\n"
    yield "    </termEntry>\n"


def _term_lines(section: TermSection) -> Iterator[str]:
    yield f"        <tig>\n          <term>{escaped(plain(section.term))}</term>\n"
    keyed = []
    written: set[str] = set()
    for statement in statements(section):
        own = _OWN.get(statement.category)
        value = EDITION.spelt.get((statement.category, statement.text), statement.text)
        listed = EDITION.values.get(statement.category)
        if own and statement.category not in written and value and (listed is None or statement.text in listed):
            written.add(statement.category)
            yield f"          <{own[0]}>{escaped(value)}</{own[0]}>\n"
        else:
            keyed.append(statement)
    if keyed:
        yield "          <noteGrp>\n"
        yield from (_note_line(statement) for statement in keyed)
        yield "          </noteGrp>\n"
    yield "        </tig>\n"


def _note_line(statement: DataCategory) -> str:
    key = "" if statement.category == "note" else f"<noteKey>{escaped(statement.category)}</noteKey>"
    return f"            <note>{key}<noteValue>{escaped(statement.text)}</noteValue></note>\n"


def _lines(stream: TermBaseStream, options: WriteOptions) -> Iterable[str]:
    restriction = MinimalRestriction(options.report)
    header = stream.header
    if options.target_languages and not any(each.category == "targetLanguage" for each in header.others):
        target = DataCategory(category="targetLanguage", value=options.target_languages[0])
        header = replace(header, others=(*header.others, target))
    if options.source_language:
        header = replace(header, language=options.source_language)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<TBX dialect="TBX-Min">\n'
    yield from _header_lines(restriction.header(header))
    yield "  <body>\n"
    empty = True
    for concept in stream:
        empty = False
        yield from _concept_lines(restriction.concept(concept))
    restriction.losses.concept = None
    if empty:
        restriction.losses.say("LOS021", "TBX-Min of 2013 demands at least one concept entry: the body is empty")
    if stream.references():
        restriction.losses.say("LOS020", "TBX-Min of 2013 has no back matter")
    yield "  </body>\n</TBX>\n"


def write_minimal(stream: TermBaseStream, output: BinaryIO, options: WriteOptions) -> None:
    """Writes TBX-Min of 2013 as UTF-8, streaming. `options.source_language` and the first of `target_languages` name
    the languages of its header. Reports losses (LOS001 to LOS021)."""
    for line in _lines(stream, options):
        output.write(line.encode("utf-8"))
