"""Writing MultiTerm XML: UTF-16 with byte order mark and declaration, as MultiTerm and memoQ write it."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from cctbx.formats.contract import WriteOptions
from cctbx.formats.multiterm.names import CONCEPT_ID, GENERATOR, label_of, language_name
from cctbx.formats.multiterm.reduction import reduce
from cctbx.formats.xml import attributes, element
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, TermBaseStream, TermSection, plain, statements

__all__ = ["write"]


def _group(statement: DataCategory) -> str:
    if statement.category == "transactionType":
        date = element("date", statement.date) if statement.date else ""
        head = element("transac", statement.responsibility or "", type=statement.text)
        return f"<transacGrp>{head}{date}</transacGrp>"
    inside = "".join(map(_group, statement.group))
    return f"<descripGrp>{element('descrip', statement.text, type=label_of(statement.category))}{inside}</descripGrp>"


def _lines(value: ConceptEntry | LanguageSection | TermSection, indent: str) -> Iterator[str]:
    for each in statements(value):
        yield f"{indent}{_group(each)}\n"


def _entry(entry: ConceptEntry, number: int) -> Iterator[str]:
    yield f"<conceptGrp>\n  <concept>{number}</concept>\n"
    if entry.id != str(number):
        yield f"  <descripGrp>{element('descrip', entry.id, type=CONCEPT_ID)}</descripGrp>\n"
    yield from _lines(entry, "  ")
    for section in entry.languages:
        said = attributes((("type", language_name(section.language)), ("lang", section.language.upper())))
        yield f"  <languageGrp>\n    <language{said}/>\n"
        yield from _lines(section, "    ")
        for term in section.terms:
            yield f"    <termGrp>\n      {element('term', plain(term.term))}\n"
            yield from _lines(term, "      ")
            yield "    </termGrp>\n"
        yield "  </languageGrp>\n"
    yield "</conceptGrp>\n"


def write(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write MultiTerm XML: entries numbered from 1, ids that are no such number in a field `Concept ID`.

    Findings: those of `reduction.reduce`. MultiTerm needs the definition too: format `multiterm-xdt`.
    """
    out.write(codecs.BOM_UTF16_LE)
    text = io.TextIOWrapper(out, encoding="utf-16-le", newline="\n")
    text.write(f'<?xml version="1.0" encoding="UTF-16"?>\n<!-- {GENERATOR} -->\n<mtf>\n')
    for number, entry in enumerate(reduce(stream, options), start=1):
        text.writelines(_entry(entry, number))
    text.write("</mtf>\n")
    text.detach()
