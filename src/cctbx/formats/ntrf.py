"""NTRF, the Nordic term record format: read only.

Plain text; a record `metapost` about the collection first, a blank line between entries. A field is a language, a tag
and a text: `svTE kund`; an indented line goes on with the field before it. `{i}…{/i}` is italics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from cctbx.formats.contract import Format, Keeps, ReadOptions
from cctbx.formats.reporting import say
from cctbx.formats.streams import head_text, text_lines
from cctbx.model import (
    CATEGORY,
    ConceptEntry,
    DataCategory,
    Header,
    Inline,
    InlineKind,
    LanguageSection,
    Level,
    Metatype,
    Origin,
    TermBaseStream,
    TermSection,
    Text,
    fields_from,
    marked,
)

__all__ = ["NTRF"]

_FIELD = re.compile(r"(?P<language>[a-z]{2,3})(?P<tag>[A-ZÅÄÖ]{2,6})(?:\s+(?P<text>.*))?", re.DOTALL)
_ITALICS = re.compile(r"\{i\}(.*?)\{/i\}", re.DOTALL)
_TERMS = ("TE", "SYTE")
_AT_LANGUAGE = {"DF": "definition", "AN": "note", "EX": "example", "EKVI": "note", "UPTE": "searchTerm"}
_AT_CONCEPT = {"RETE": "crossReference"}
_META = "metapost"


@dataclass(slots=True)
class _Field:
    line: int
    text: str


@dataclass(slots=True)
class _Record:
    """One record: its fields in order, each with its line."""

    fields: list[_Field] = field(default_factory=list)


def _records(lines: Iterable[str]) -> Iterator[_Record]:
    record = _Record()
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip()
        if not line:
            if record.fields:
                yield record
            record = _Record()
        elif line[0] in " \t" and record.fields:
            record.fields[-1].text += "\n" + line.strip()
        else:
            record.fields.append(_Field(number, line))
    if record.fields:
        yield record


def _text(text: str) -> Text:
    """The text with its italics as highlights."""
    pieces = _ITALICS.split(text)
    italics = (("type", "italics"),)
    return marked(tuple(
        Inline(kind=InlineKind.HIGHLIGHT, content=(piece,), attributes=italics) if place % 2 and piece else piece
        for place, piece in enumerate(pieces)
    ))  # fmt: skip


def _statement(name: str, text: Text, line: int) -> DataCategory:
    known = CATEGORY.get(name)
    metatype = known.metatype if known else Metatype.DESCRIPTIVE
    return DataCategory(category=name, metatype=metatype, value=text, line=line)


def _entry(record: _Record, number: int, options: ReadOptions) -> ConceptEntry:
    identifier = f"c{number}"
    terms: dict[str, list[TermSection]] = {}
    said: dict[str, list[DataCategory]] = {}
    of_concept: list[DataCategory] = []
    for each in record.fields:
        found = _FIELD.fullmatch(each.text)
        if found is None:
            for line, stray in enumerate(each.text.split("\n"), start=each.line):
                message = f"neither a field nor its continuation: “{stray[:40]}”"
                say(options, "FMT108", message, line=line, concept=identifier)
            continue
        language, tag, text = found["language"], found["tag"], _text((found["text"] or "").strip())
        if not text:
            continue
        if tag in _TERMS:
            terms.setdefault(language, []).append(TermSection(term=text, line=each.line))
        elif tag in _AT_CONCEPT:
            of_concept.append(_statement(_AT_CONCEPT[tag], text, each.line))
        else:
            said.setdefault(language, []).append(_statement(_AT_LANGUAGE.get(tag, f"ntrf:{tag}"), text, each.line))
    if not terms:
        say(options, "FMT109", "entry without terms", line=record.fields[0].line, concept=identifier)
    languages = tuple(
        LanguageSection(
            language=tag, terms=tuple(terms.get(tag, ())), **fields_from(Level.LANGUAGE, said.get(tag, ()))  # type: ignore[arg-type]
        )
        for tag in dict.fromkeys((*terms, *said))
    )
    return ConceptEntry(
        id=identifier, languages=languages, origin=Origin(file=options.file, line=record.fields[0].line),
        **fields_from(Level.CONCEPT, of_concept),  # type: ignore[arg-type]
    )  # fmt: skip


def _header(record: _Record) -> Header:
    """Title and other properties of the collection, as they stand."""
    title = None
    described = []
    for each in record.fields[1:]:
        key, _, value = each.text.partition(" ")
        if key == "Titel" and value.strip() and title is None:
            title = value.strip()
        else:
            described.append(f"{key}: {value.strip()}" if value.strip() else key)
    return Header(title=title, source_descriptions=tuple(described))


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read NTRF. TE and SYTE are terms, UPTE search terms, DF definitions, AN and EKVI notes, EX examples, RETE
    cross-references; any other tag becomes a private category `ntrf:TAG` of its language.

    Language codes are as found. Findings: FMT100, FMT101, FMT108 lines that are no field, FMT109 entries without terms.
    """
    records = _records(text_lines(stream, options))
    first = next(records, None)
    meta = first is not None and first.fields[0].text.strip() == _META
    header = _header(first) if first is not None and meta else Header()

    rest = records if first is None or meta else chain([first], records)
    entries = (_entry(record, number, options) for number, record in enumerate(rest, start=1))
    return TermBaseStream(header=header, concepts=entries)


def _sniff(head: bytes) -> bool:
    lines = [line for line in head_text(head).lstrip("\ufeff").splitlines() if line.strip()][:20]
    if not lines:
        return False
    fields = sum(bool(_FIELD.fullmatch(line)) for line in lines)
    return lines[0].strip() == _META or (fields > len(lines) / 2 and any(line[2:4] == "TE" for line in lines))


NTRF = Format(
    name="ntrf", title="Nordic term record format (NTRF)", extensions=(".ntrf",), sniff=_sniff, read=read,
    keeps=Keeps(),
)  # fmt: skip
