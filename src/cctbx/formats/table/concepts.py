"""One row per concept: `csv`.

Columns: `id`, then what is said of the concept (`subjectField`, `definition` …), then language by language `term:sv`
(the preferred term, or the first), `synonyms:sv`, `deprecated:sv`, what is said of the terms (`partOfSpeech:sv`, one
value per term in their order) and of the concept in that language (`definition:sv`). Several values stand in one cell
with ` | ` between them. Columns nobody needs are not written. UTF-8 with a byte order mark and every field quoted,
because spreadsheets and term tools guess wrongly otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import BinaryIO

from cctbx.formats.cells import join_values, split_values
from cctbx.formats.contract import Keeps, ReadOptions, WriteOptions
from cctbx.formats.losses import (
    Keeper,
    Losses,
    chosen_languages,
    header_lost,
    keep,
    preferred_first,
    references_lost,
)
from cctbx.formats.reporting import say
from cctbx.formats.table.columns import ID, LISTS, OF_TERMS, Column, column_order, sort_key
from cctbx.formats.table.patternrows import PatternRows
from cctbx.formats.table.quickrows import DEAD, QuickRows, Row, implied
from cctbx.formats.table.sheet import Batch, Sheet
from cctbx.model import (
    CATEGORIES,
    CATEGORY,
    ConceptEntry,
    DataCategory,
    LanguageSection,
    Level,
    Metatype,
    TermBaseStream,
    TermSection,
    fields_from,
    plain,
    statements,
)
from cctbx.model.patterns import Repeated
from cctbx.model.portions import Portion
from cctbx.model.quick import concept_entry, data_category, language_section, origin_of, term_section
from cctbx.model.termbase import Item

__all__ = [
    "CONCEPT_KEEPS", "Row", "RowWriter", "concept_from_row", "concept_row", "make_part", "reduce_concepts",
    "write_concepts",
]  # fmt: skip

_Key = tuple[str, str | None]
_TRANSACTIONS = (Metatype.TRANSACTION, Metatype.TRANSACTION_NOTE, Metatype.DATE)

CONCEPT_KEEPS = Keeps(
    statements=frozenset(
        (level, each.name)
        for each in CATEGORIES
        for level in each.levels
        if each.metatype not in _TRANSACTIONS and (each.simple if level is Level.TERM else each.levels != {Level.TERM})
    ),
    markup=False, groups=False, header=False, references=False, nested=False, ids=False, sections=False,
    single=frozenset({Level.TERM}),
)  # fmt: skip


def language_ranks(options: WriteOptions) -> Mapping[str | None, int]:
    """Which languages come first in a table: the one asked for as source, then those asked for as targets."""
    first = (options.source_language,) if options.source_language else ()
    return sort_key((*first, *options.target_languages))


def _ordered(terms: tuple[TermSection, ...]) -> tuple[TermSection, ...]:
    """Preferred terms first, those not to be used last."""
    if len(terms) < 2:
        return terms
    dead = [each for each in terms if each.administrative_status in DEAD]
    live = preferred_first(each for each in terms if each.administrative_status not in DEAD) if dead else ()
    return (*live, *dead) if dead else preferred_first(terms)


def reduce_concepts(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """What a table with one row per concept holds; languages and terms in the order of its columns."""
    ranks = language_ranks(options)
    last = len(ranks)

    def arranged(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
        for entry in entries:
            sections = [_arranged(each) for each in entry.languages]
            sections.sort(key=lambda each: (ranks.get(each.language, last), each.language))
            languages = tuple(sections)
            yield entry if languages == entry.languages else replace(entry, languages=languages)

    return keep(chosen_languages(stream, options), CONCEPT_KEEPS, options.report).map(arranged)


def _arranged(section: LanguageSection) -> LanguageSection:
    terms = _ordered(section.terms)
    return section if terms == section.terms else replace(section, terms=terms)


def _stated(value: ConceptEntry | LanguageSection, language: str | None, row: Row) -> None:
    found: dict[str, list[str]] = {}
    for each in statements(value):
        found.setdefault(each.category, []).append(each.text)
    for name, values in found.items():
        row[name, language] = join_values(values)


_SIMPLE = tuple((each.name, each.field) for each in CATEGORIES if each.simple and each.field)
_held = attrgetter(*(name for _, name in _SIMPLE))


def concept_row(entry: ConceptEntry) -> Row:
    """The cells of a reduced concept entry."""
    row: Row = {(ID, None): entry.id}
    _stated(entry, None, row)
    for section in entry.languages:
        _stated(section, section.language, row)
        _terms(section, row)
    return row


def _terms(section: LanguageSection, row: Row) -> None:
    live = [plain(each.term) for each in section.terms if each.administrative_status not in DEAD]
    dead = [plain(each.term) for each in section.terms if each.administrative_status in DEAD]
    for field, held in zip(LISTS, (live[:1], live[1:], dead), strict=True):
        if held:
            row[field, section.language] = join_values(held)
    columns = zip(*map(_held, section.terms), strict=True)
    for (category, _), values_held in zip(_SIMPLE, columns, strict=False):
        if any(values_held):
            values = [value or "" for value in values_held]
            if category != "administrativeStatus" or not implied(values, len(live)):
                row[category, section.language] = join_values(values)


def _in_order(entry: ConceptEntry) -> ConceptEntry:
    return replace(entry, languages=tuple(map(_arranged, entry.languages)))


class RowWriter:
    """Makes the lines of a table of concept entries, the quick way where an entry allows it.

    Findings are those of `reduce_concepts`, but for those of header and back matter.
    """

    def __init__(self, options: WriteOptions) -> None:
        self._ranks = language_ranks(options)
        self._quick = QuickRows(CONCEPT_KEEPS, options.report, _ordered)
        self._keeper = Keeper(CONCEPT_KEEPS, Losses(options.report))
        self.sheet = self._empty()
        self._alike = PatternRows(
            self.sheet, options.report, lambda report: QuickRows(CONCEPT_KEEPS, report, _ordered)
        )

    def _empty(self) -> Sheet[_Key]:
        ranks = self._ranks
        return Sheet(lambda key: column_order(Column(*key), ranks), lambda key: str(Column(*key)), [(ID, None)])

    def restart(self) -> None:
        """Begins an empty table; what has been learned of entries built alike serves for it, too."""
        self.sheet = self._alike.sheet = self._empty()

    def add(self, item: Item) -> None:
        """Takes in an entry, or the lines of a portion."""
        if isinstance(item, Repeated):
            if self._alike.add(item):
                return
            item = item.entry
        elif isinstance(item, Portion):
            self.sheet.adopt(item.made or ())
            return
        row = self._quick.row(item)
        self.sheet.add(concept_row(_in_order(self._keeper.entry(item))) if row is None else row)


def make_part(options: WriteOptions) -> Callable[[TermBaseStream], list[Batch]]:
    """What makes the lines of portions of a file, each with the columns it has needed."""

    rows = RowWriter(options)

    def part(stream: TermBaseStream) -> list[Batch]:
        rows.restart()
        for item in chosen_languages(stream, options).items():
            rows.add(item)
        batches = list(rows.sheet.batches())
        rows.sheet.close()
        return batches

    return part


def write_concepts(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write `csv`. Findings: what `reduce_concepts` reports. Memory is bounded: lines wait in a spool for the heads."""
    header_lost(stream.header, options.report)
    rows = RowWriter(options)
    for item in chosen_languages(stream, options).items():
        rows.add(item)
    references_lost(stream, options.report)
    rows.sheet.write(out)


def _statement(field: str, value: str, line: int | None) -> DataCategory:
    known = CATEGORY.get(field)
    return data_category(field, value, known.metatype if known else Metatype.UNKNOWN, line=line)


def concept_from_row(cells: Mapping[Column, str], line: int, options: ReadOptions) -> ConceptEntry:
    """The concept entry of a row: cells by column, restored and not empty. Findings: FMT104, FMT106, FMT109."""
    identifier = cells.get(Column(ID), "")
    by_language: dict[str | None, dict[str, str]] = {None: {}}
    for column, cell in cells.items():
        by_language.setdefault(column.language, {})[column.field] = cell
    own = by_language.pop(None)
    stated = [
        _statement(field, value, line) for field, cell in own.items() if field != ID for value in split_values(cell)
    ]
    if not identifier:
        identifier = f"row-{line}"
        say(options, "FMT104", f"row without id; called {identifier}", line=line, concept=identifier)
    sections = [_section(tag or "", held, line, options, identifier) for tag, held in by_language.items()]
    languages = tuple([each for each in sections if each])
    if not languages:
        say(options, "FMT109", "row without terms", line=line, concept=identifier)
    return concept_entry(
        identifier, languages, origin=origin_of(options.file, line), **fields_from(Level.CONCEPT, stated)
    )


def _section(
    tag: str, cells: Mapping[str, str], line: int, options: ReadOptions, identifier: str
) -> LanguageSection | None:
    """The section of a language: its cells by field."""
    term, synonyms, deprecated = [split_values(cells.get(field, "")) for field in LISTS]
    texts = [*term, *synonyms, *deprecated]
    said: list[list[DataCategory]] = [[] for _ in texts]
    stated: list[DataCategory] = []
    for field, cell in cells.items():
        if field in LISTS:
            continue
        values = split_values(cell)
        if field not in OF_TERMS:
            stated += [_statement(field, each, line) for each in values]
            continue
        if len(values) > len(texts):
            message = f"column {Column(field, tag)} has {len(values)} values for {len(texts)} terms"
            message += "; the last are passed over"
            say(options, "FMT106", message, line=line, concept=identifier)
        for place, value in zip(said, values, strict=False):
            if value:
                place.append(_statement(field, value, line))
    held = [bool(text or place) for text, place in zip(texts, said, strict=True)]
    if deprecated and "administrativeStatus" not in cells:
        for place in said[len(texts) - len(deprecated) :]:
            place.append(_statement("administrativeStatus", DEAD[0], line))
    terms = tuple([
        term_section(text, line=line, **fields_from(Level.TERM, place))
        for text, place, there in zip(texts, said, held, strict=True)
        if there
    ])  # fmt: skip
    if not terms and not stated:
        return None
    return language_section(tag, terms, line=line, **fields_from(Level.LANGUAGE, stated))
