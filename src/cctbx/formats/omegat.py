"""OmegaT's own glossaries: `omegat-text` (tab-separated, `.utf8`) and `omegat-csv` (quoted, with byte order mark).

Three columns: source term, target term, comment. No escapes, no line breaks; a line that begins with `#` is a comment
in the text form, so terms that begin so need the CSV form. The first line of the text form names languages
and encoding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from cctbx.formats.cells import row_writer
from cctbx.formats.contract import Format, Keeps, ReadOptions, WriteOptions
from cctbx.formats.losses import Losses, folded
from cctbx.formats.pairs import Direction, Fit, Pair, bilingual, header_of, languages_read, paired, split_pairs
from cctbx.formats.reporting import say
from cctbx.formats.streams import head_text, peeked, text_lines, utf8_writer
from cctbx.formats.table.delimited import numbered_rows
from cctbx.formats.table.unread import RowCheck
from cctbx.model import (
    ConceptEntry,
    DataCategory,
    Level,
    Metatype,
    Origin,
    TermBaseStream,
    TermSection,
    plain,
)

__all__ = ["OMEGAT_CSV", "OMEGAT_TEXT", "comment_as_note"]

OMEGAT_KEEPS = Keeps(
    statements=frozenset({(Level.CONCEPT, "note")}), markup=False, groups=False, synonyms=False, header=False,
    references=False, languages=2, nested=False, single=frozenset({Level.CONCEPT}), ids=False, white_space=False,
    sections=False, concept_ids=False,
)  # fmt: skip

_PAIRS_KEPT = replace(OMEGAT_KEEPS, synonyms=True)
_MAGIC = re.compile(r"#\s*(?P<source>[\w-]+) - (?P<target>[\w-]+)\s.*-\*-")


def _definitions(entry: ConceptEntry) -> Iterator[DataCategory]:
    """Definitions in the order a translator wants them: of the target language, of the source, of the concept."""
    for section in reversed(entry.languages):
        yield from section.definitions
    yield from entry.definitions


def comment_as_note(entry: ConceptEntry, losses: Losses) -> ConceptEntry:
    """The entry with the one text a comment column can show as its note: its first definition, else its first note.

    Finding: LOS064 for the definition that becomes a note.
    """
    first = next((each for each in _definitions(entry) if folded(each.text)), None)
    if first is None:
        return entry
    losses.lost("LOS064", "the definition is kept as the comment of the pair", category="definition")
    note = DataCategory(category="note", metatype=Metatype.NOTE, value=first.value, line=first.line)
    languages = tuple(
        replace(each, definitions=tuple(one for one in each.definitions if one is not first))
        for each in entry.languages
    )
    others = tuple(each for each in entry.definitions if each is not first)
    return replace(entry, languages=languages, definitions=others, notes=(note, *entry.notes))


def _reduce(stream: TermBaseStream, options: WriteOptions, fit: Fit | None = None) -> tuple[Direction, TermBaseStream]:
    way, chosen = bilingual(stream, _PAIRS_KEPT, options, comment_as_note)
    return way, split_pairs(chosen, options.report, fit)


def reduce_csv(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """What OmegaT's CSV holds of a stream: pairs with a comment."""
    return _reduce(stream, options)[1]


def _without_hash(entry: ConceptEntry, losses: Losses) -> ConceptEntry | None:
    """None for a pair OmegaT would take for a comment."""
    if not plain(entry.languages[0].terms[0].term).startswith("#"):
        return entry
    losses.lost("LOS065", "a line that begins with # is a comment: the pair is left out", category="term",
                advice="write omegat-csv for it")
    return None


def reduce_text(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """What OmegaT's text glossary holds of a stream: pairs with a comment, none that begins with `#`."""
    return _reduce(stream, options, _without_hash)[1]


def _cells(entry: ConceptEntry) -> list[str]:
    source, target = entry.languages
    comment = entry.notes[0].text if entry.notes else ""
    return [plain(source.terms[0].term), plain(target.terms[0].term), comment]


def write_text(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write `omegat-text`: UTF-8, LF, first line `# en - sv -*- coding: utf-8 -*-`. Findings: see `reduce_text`."""
    way, reduced = _reduce(stream, options, _without_hash)
    text = utf8_writer(out)
    text.write(f"# {way.source} - {way.target} -*- coding: utf-8 -*-\n")
    for entry in reduced:
        text.write("\t".join(_cells(entry)).rstrip("\t") + "\n")
    text.detach()


def write_csv(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write `omegat-csv`: UTF-8 with byte order mark, no head row, every field quoted. Findings: see `reduce_csv`."""
    text = utf8_writer(out, mark=True)
    row_writer(text).writerows(_cells(entry) for entry in reduce_csv(stream, options))
    text.detach()


def _entry(number: int, line: int, cells: list[str], way: Direction, options: ReadOptions) -> ConceptEntry:
    source, target, comment = (*(folded(cell) for cell in cells[:3]), "", "")[:3]
    pair = Pair(TermSection(term=source, line=line), TermSection(term=target, line=line))
    notes = (DataCategory(category="note", metatype=Metatype.NOTE, value=comment, line=line),) if comment else ()
    return ConceptEntry(
        id=f"c{number}", languages=paired([pair], way), notes=notes, origin=Origin(file=options.file, line=line)
    )


def _entries(rows: Iterable[tuple[int, list[str]]], way: Direction, options: ReadOptions) -> Iterator[ConceptEntry]:
    number = 0
    check = RowCheck(("source", "target", "comment"), options)
    for line, cells in rows:
        check.row(cells, line)
        if len(cells) < 2 or not cells[0].strip():
            say(options, "FMT108", "not a source and a target term", line=line, advice="put a tab or comma between")
            continue
        number += 1
        yield _entry(number, line, cells, way, options)


def _text_rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.rstrip("\r\n").split("\t")


def read_text(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read a tab-separated glossary. Languages: options, first line, file name. Comments become notes.

    Findings: FMT100, FMT101 (encoding), FMT102 cells too many, FMT108 lines that are no pair.
    Raises `InputError` where no language is known.
    """
    head, stream = peeked(stream)
    named = _MAGIC.match(head_text(head).lstrip("\ufeff"))
    way = languages_read(options, *((named["source"], named["target"]) if named else ()))
    rows = _text_rows(text_lines(stream, options))
    return TermBaseStream(header=header_of(way), concepts=_entries(rows, way, options))


def read_csv(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read OmegaT's CSV: comma, no head row. Languages: options or file name. Findings as for `read_text`."""
    way = languages_read(options)
    return TermBaseStream(
        header=header_of(way), concepts=_entries(numbered_rows(stream, options, ","), way, options)
    )


def _sniff_text(head: bytes) -> bool:
    first = head_text(head[:2000]).lstrip("\ufeff").split("\n", 1)[0]
    return first.startswith("#") and "-*-" in first and "coding" in first


OMEGAT_TEXT = Format(
    name="omegat-text", title="OmegaT glossary, tab-separated text, bilingual", extensions=(".utf8", ".tab", ".txt"),
    sniff=_sniff_text, read=read_text, write=write_text, keeps=OMEGAT_KEEPS, reduce=reduce_text,
)  # fmt: skip

OMEGAT_CSV = Format(
    name="omegat-csv", title="OmegaT glossary, quoted CSV without head row, bilingual", extensions=(".omegat.csv",),
    sniff=lambda head: False, read=read_csv, write=write_csv, keeps=OMEGAT_KEEPS, reduce=reduce_csv,
)  # fmt: skip

