"""GlotPress glossaries (translate.wordpress.org): CSV with the head `en,sv,pos,description`.

The rules of its importer: a term is ASCII and begins and ends with a letter or a digit; the part of speech is one of
its list; the second head is the locale's slug. Rows that break a rule are skipped there without a word, so they are
left out here with one. UTF-8 without a byte order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from cctbx.formats.cells import row_writer
from cctbx.formats.contract import Format, Keeps, ReadOptions, WriteOptions
from cctbx.formats.losses import Losses, folded
from cctbx.formats.multiterm.names import canonical_tag
from cctbx.formats.omegat import comment_as_note
from cctbx.formats.pairs import Direction, Pair, bilingual, header_of, languages_read, paired, split_pairs
from cctbx.formats.reporting import say
from cctbx.formats.streams import peeked, utf8_writer
from cctbx.formats.table.columns import is_tag
from cctbx.formats.table.delimited import heads_of, numbered_rows
from cctbx.formats.table.unread import RowCheck
from cctbx.model import ConceptEntry, DataCategory, Level, Metatype, Origin, TermBaseStream, TermSection, plain

__all__ = ["GLOTPRESS", "PARTS_OF_SPEECH"]

PARTS_OF_SPEECH = (
    "noun", "verb", "adjective", "adverb", "interjection", "conjunction", "preposition", "pronoun", "expression",
    "abbreviation",
)  # fmt: skip
_OTHER = "expression"
_TERM = re.compile(r"[A-Za-z0-9](?:[\x20-\x7e]*[A-Za-z0-9])?")
GLOTPRESS_KEEPS = Keeps(
    statements=frozenset({(Level.CONCEPT, "note"), (Level.TERM, "partOfSpeech")}), markup=False, groups=False,
    synonyms=False, header=False, references=False, languages=2, nested=False,
    single=frozenset({Level.CONCEPT, Level.TERM}), ids=False, white_space=False, sections=False, concept_ids=False,
)  # fmt: skip


def _part(term: TermSection, losses: Losses) -> str:
    """The part of speech of the row; `expression` for none and for those GlotPress does not know."""
    said = term.part_of_speech
    if said in PARTS_OF_SPEECH:
        return said or _OTHER
    losses.lost("LOS066", f"part of speech {said or 'not stated'} is written as {_OTHER}", category="partOfSpeech")
    return _OTHER


def _reduced(stream: TermBaseStream, options: WriteOptions) -> tuple[Direction, TermBaseStream]:
    kept = replace(GLOTPRESS_KEEPS, synonyms=True)
    way, chosen = bilingual(stream, kept, options, comment_as_note)
    return way, split_pairs(chosen, options.report, _fit)


def _fit(entry: ConceptEntry, losses: Losses) -> ConceptEntry | None:
    """The pair with the part of speech GlotPress has for it; none where its importer would pass over the row."""
    source, target = entry.languages
    term, other = source.terms[0], target.terms[0]
    if not _TERM.fullmatch(plain(term.term)):
        losses.lost("LOS065", "GlotPress takes ASCII terms that begin and end with a letter or digit only")
        return None
    part = _part(term, losses)
    if other.part_of_speech:
        losses.lost("LOS050", "the part of speech of the target term has no column", category="partOfSpeech")
    sections = (
        replace(source, terms=(replace(term, part_of_speech="other" if part == _OTHER else part),)),
        replace(target, terms=(replace(other, part_of_speech=None),)),
    )
    return replace(entry, languages=sections)


def reduce(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """What a GlotPress glossary holds of a stream; `other` is written `expression` and read back as `other`."""
    return _reduced(stream, options)[1]


def write(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write the CSV. Findings: those of `pairs.bilingual`, LOS050, LOS062, LOS064 to LOS066."""
    way, reduced = _reduced(stream, options)
    text = utf8_writer(out)
    writer = row_writer(text)
    writer.writerow([way.source, way.target.lower(), "pos", "description"])
    for entry in reduced:
        source, target = (section.terms[0] for section in entry.languages)
        part = _OTHER if source.part_of_speech == "other" else source.part_of_speech
        note = entry.notes[0].text if entry.notes else ""
        writer.writerow([plain(source.term), plain(target.term), part, note])
    text.detach()


def _entries(rows: Iterable[tuple[int, list[str]]], way: Direction, options: ReadOptions) -> Iterator[ConceptEntry]:
    number = 0
    check = RowCheck(_COLUMNS, options)
    for line, row in rows:
        check.row(row, line)
        source, target, part, note = (*(folded(cell) for cell in row[:4]), "", "", "", "")[:4]
        if not source:
            say(options, "FMT109", "row without a term", line=line)
            continue
        number += 1
        said = "other" if part == _OTHER else part or None
        pair = Pair(TermSection(term=source, part_of_speech=said, line=line), TermSection(term=target, line=line))
        notes = (DataCategory(category="note", metatype=Metatype.NOTE, value=note, line=line),) if note else ()
        yield ConceptEntry(
            id=f"c{number}", languages=paired([pair], way), notes=notes, origin=Origin(file=options.file, line=line)
        )


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read a GlotPress glossary; its head names the languages. Findings: FMT100 to FMT103, FMT109."""
    head, stream = peeked(stream)
    heads = heads_of(head)
    tags = [canonical_tag(each) for each in heads[:2]] if _is_head(heads) else [None, None]
    way = languages_read(options, *tags)
    rows = numbered_rows(stream, options, ",")
    if _is_head(heads):
        next(rows, None)
        for name in filter(None, heads[len(_COLUMNS) :]):
            say(options, "FMT103", f"column “{name}” is not one of GlotPress and not read", line=1)
    return TermBaseStream(header=header_of(way), concepts=_entries(rows, way, options))


_COLUMNS = ("source", "target", "pos", "description")


def _is_head(heads: list[str]) -> bool:
    return len(heads) >= 3 and heads[2].casefold() == "pos" and all(map(is_tag, heads[:2]))


GLOTPRESS = Format(
    name="glotpress", title="GlotPress glossary CSV, bilingual", extensions=(".glotpress.csv",),
    sniff=lambda head: _is_head(heads_of(head)), read=read, write=write, keeps=GLOTPRESS_KEEPS, reduce=reduce,
)  # fmt: skip
