"""Writing TMX 1.4b."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cctbx import __version__
from cctbx.formats.contract import WriteOptions
from cctbx.formats.dates import compact_date
from cctbx.formats.labels import LABELLED, labelled_lines
from cctbx.formats.losses import folded
from cctbx.formats.pairs import pairs_of
from cctbx.formats.streams import utf8_writer
from cctbx.formats.tmx.names import CONCEPT_PROP, TRANSACTIONS, element_of
from cctbx.formats.tmx.reduction import chosen
from cctbx.formats.xml import attributes, element, xml_text
from cctbx.model import (
    CATEGORY,
    ConceptEntry,
    DataCategory,
    Inline,
    Level,
    TermBaseStream,
    TermSection,
    Text,
    fields_from,
    statements,
)

__all__ = ["write"]


def _markup(part: str | Inline) -> str:
    if isinstance(part, str):
        return xml_text(part)
    found = element_of(part.kind, part.name)
    assert found is not None, "the reduction leaves only elements of TMX"
    content = "".join(map(_markup, part.content))
    return f"<{found.name}{attributes(part.attributes)}>{content}</{found.name}>"


def _segment(text: Text) -> str:
    return xml_text(text) if isinstance(text, str) else "".join(map(_markup, text.parts))


def _dates(value: ConceptEntry | TermSection) -> Iterator[tuple[str, str | None]]:
    for kind, date, person in TRANSACTIONS:
        for each in value.transactions:
            if each.text == kind:
                yield date, compact_date(each.date or "")
                yield person, each.responsibility


def _is_note(each: DataCategory) -> bool:
    return (Level.CONCEPT, each.category) in LABELLED


def _properties(stated: list[DataCategory]) -> str:
    return "".join(
        "      " + element("prop", each.text, type=f"x-{each.category}" if each.category in CATEGORY else each.category)
        + "\n"
        for each in stated
    )  # fmt: skip


def _described(entry: ConceptEntry) -> str:
    """Notes (labelled lines, which translation tools show) and properties of a `tu`."""
    private = [each for each in statements(entry) if not _is_note(each) and each.category != "transactionType"]
    known = [each for each in statements(entry) if _is_note(each)]
    bare = ConceptEntry(id=entry.id, languages=entry.languages, **fields_from(Level.CONCEPT, known))  # type: ignore[arg-type]
    notes = "".join(f"      {element('note', line)}\n" for line in labelled_lines(bare))
    return notes + _properties(private)


def _variant(language: str, term: TermSection) -> str:
    stated = [each for each in statements(term) if each.category != "transactionType"]
    notes = "".join(f"        {element('note', each.text)}\n" for each in stated if each.category == "note")
    other = _properties([each for each in stated if each.category != "note"]).replace("      <prop", "        <prop")
    said = attributes((("xml:lang", language), *_dates(term)))
    inside = f"\n{notes}{other}        " if notes or other else ""
    closing = "\n      " if inside else ""
    return f"      <tuv{said}>{inside}<seg>{_segment(term.term)}</seg>{closing}</tuv>\n"


def _unit(entry: ConceptEntry, identifier: str, tied: str, variants: str) -> str:
    said = attributes((("tuid", identifier), *_dates(entry)))
    return f"    <tu{said}>\n{_described(entry)}{tied}{variants}    </tu>\n"


def _units(entry: ConceptEntry, *, by_pair: bool) -> Iterator[str]:
    if not by_pair:
        variants = (_variant(section.language, term) for section in entry.languages for term in section.terms)
        yield _unit(entry, entry.id, "", "".join(variants))
        return
    found = list(pairs_of(entry))
    tied = f"      {element('prop', entry.id, type=CONCEPT_PROP)}\n" if len(found) > 1 else ""
    source, target = (section.language for section in entry.languages)
    for number, pair in enumerate(found, start=1):
        identifier = entry.id if number == 1 else f"{entry.id}-{number}"
        yield _unit(entry, identifier, tied, _variant(source, pair.source) + _variant(target, pair.target))


def _head(language: str | None, options: WriteOptions) -> str:
    said = attributes((
        ("creationtool", "cctbx"), ("creationtoolversion", __version__), ("segtype", "phrase"), ("o-tmf", "TBX"),
        ("adminlang", "en"), ("srclang", language or "*all*"), ("datatype", "plaintext"),
        ("creationdate", compact_date(options.date or "")),
    ))  # fmt: skip
    title = folded(options.project or "")
    held = f">\n    {element('prop', title, type='x-project')}\n  </header>" if title else "/>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n  <header{said}{held}\n  <body>\n'


def write(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write TMX 1.4b, UTF-8 without DOCTYPE, `segtype="phrase"`. With one target language: one `tu` per pair of terms,
    `srclang` literally that of the source; else one `tu` a concept. Findings: those of `reduction.reduce`.
    """
    way, reduced = chosen(stream, options)
    text = utf8_writer(out)
    text.write(_head(way.source if way else reduced.header.language, options))
    for entry in reduced:
        text.writelines(_units(entry, by_pair=way is not None))
    text.write("  </body>\n</tmx>\n")
    text.detach()
