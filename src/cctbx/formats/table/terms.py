"""One row per term with every data category: `terms-csv`.

The columns `concept`, `language` and `term` say which term a row is about. Every other column is a data category at its
level: `concept.definition`, `language.definition`, `term.partOfSpeech`; `concept.definition/source` is what stands
beside it in its group, `term.crossReference@target` a property of it; a category whose metatype is not the standard's
names it: `term.colour(administrative)`. What is said of a concept or a language section is repeated in each of its
rows, so that the table can be sorted and filtered. Several statements stand in one cell with ` | ` between them,
and their companions and properties in the same order in theirs. UTF-8 with a byte order mark, every field quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO
from urllib.parse import quote, unquote

from cctbx.formats.cells import join_values, split_values
from cctbx.formats.contract import Keeps, ReadOptions, WriteOptions
from cctbx.formats.losses import chosen_languages, keep
from cctbx.formats.reporting import say
from cctbx.formats.spool import Spool, in_order
from cctbx.formats.table.sheet import Sheet
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
from cctbx.model.quick import concept_entry, data_category, language_section, origin_of, term_section

__all__ = [
    "HEADS", "TERM_KEEPS", "TermColumn", "column_of", "entries_from_rows", "is_read", "reduce_terms", "term_column",
    "term_rows", "write_terms",
]  # fmt: skip

HEADS = ("concept", "language", "term")
TERM_KEEPS = Keeps(markup=False, nested=False, header=False, references=False, sections=False)

_LEVELS = {Level.CONCEPT: "concept", Level.LANGUAGE: "language", Level.TERM: "term"}
_LEVEL = {name: level for level, name in _LEVELS.items()}
_HEAD = re.compile(
    r"(?P<level>concept|language|term)\.(?P<category>[^/@(]*)(?:\((?P<metatype>[^)]*)\))?"
    r"(?:/(?P<companion>[^@]+))?(?:@(?P<attribute>target|language|datatype|id))?"
)
_RANKS = {each.name: number for number, each in enumerate(CATEGORIES)}


@dataclass(frozen=True, slots=True)
class TermColumn:
    """What a column holds: a category at a level, one of its companions, or a property of either.

    An empty category with attribute `id` is the id of the section itself.
    """

    level: Level
    category: str
    metatype: Metatype
    companion: str | None = None
    attribute: str | None = None

    def __str__(self) -> str:
        known = CATEGORY.get(self.category)
        at_home = not self.category or (known is not None and known.metatype is self.metatype)
        head = f"{_LEVELS[self.level]}.{_quoted(self.category)}"
        head += "" if at_home else f"({self.metatype.value})"
        head += f"/{_quoted(self.companion)}" if self.companion else ""
        return head + (f"@{self.attribute}" if self.attribute else "")

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts columns: term, language, concept; known categories in table order; a value before what is beside it."""
        return (
            -list(Level).index(self.level), _RANKS.get(self.category, len(_RANKS)), self.category, self.metatype.value,
            self.companion or "", self.attribute or "",
        )  # fmt: skip


def _quoted(name: str) -> str:
    return quote(name, safe=" :-_.{}[]+,;=&#?!*'~^$")


@lru_cache(maxsize=4096)
def term_column(head: str) -> TermColumn | None:
    """The column a head names, or None."""
    found = _HEAD.fullmatch(head.strip())
    if found is None:
        return None
    category = unquote(found["category"])
    known = CATEGORY.get(category)
    metatype = known.metatype if known else Metatype.UNKNOWN
    if found["metatype"]:
        if found["metatype"] not in set(Metatype):
            return None
        metatype = Metatype(found["metatype"])
    companion = unquote(found["companion"]) if found["companion"] else None
    return TermColumn(_LEVEL[found["level"]], category, metatype, companion, found["attribute"])


@lru_cache(maxsize=4096)
def is_read(head: str) -> bool:
    """Whether the reader has a place for what stands under a head."""
    column = term_column(head)
    if column is None:
        return False
    if not column.category:
        return column.level is not Level.CONCEPT and (column.companion, column.attribute) == (None, "id")
    return not column.companion or column.attribute in (None, "target")


def reduce_terms(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """What a table with one row per term holds: everything but markup, header, back matter and nested companions."""
    return keep(chosen_languages(stream, options), TERM_KEEPS, options.report)


_ATTRIBUTES = ("target", "language", "datatype", "id")
Key = tuple[str, str, str, str | None, str | None]
"""A column as plain strings, for the spool."""


def _key(column: TermColumn) -> Key:
    return (column.level.value, column.category, column.metatype.value, column.companion, column.attribute)


def column_of(key: Key) -> TermColumn:
    """The column a key of a row stands for."""
    return TermColumn(Level(key[0]), key[1], Metatype(key[2]), key[3], key[4])


@lru_cache(maxsize=4096)
def _place(level: Level, category: str, metatype: Metatype) -> tuple[str, str, str]:
    return (level.value, category, metatype.value)


def _cells(value: ConceptEntry | LanguageSection | TermSection, level: Level) -> dict[Key, str]:
    """The cells of one level: its statements by category, companions and properties beside them."""
    cells: dict[Key, str] = {}
    if level is not Level.CONCEPT and value.id:
        cells[*_place(level, "", Metatype.UNKNOWN), None, "id"] = value.id
    by_category: dict[tuple[str, str, str], list[DataCategory]] = {}
    for each in statements(value):
        by_category.setdefault(_place(level, each.category, each.metatype), []).append(each)
    for start, held in by_category.items():
        cells[*start, None, None] = join_values([each.text for each in held])
        if len(held) > 1 or not _alone(held[0]):
            _beside(cells, start, held)
    return cells


def _alone(statement: DataCategory) -> bool:
    return not (
        statement.group or statement.target or statement.language or statement.datatype or statement.id
    )


def _beside(cells: dict[Key, str], start: tuple[str, str, str], held: list[DataCategory]) -> None:
    """The cells of companions and properties, in the order of the statements."""
    for name in _ATTRIBUTES:
        _parallel(cells, (*start, None, name), [getattr(each, name) for each in held])
    for companion in dict.fromkeys(each.category for said in held for each in said.group):
        beside = [said.companion(companion) for said in held]
        _parallel(cells, (*start, companion, None), [each.text if each else None for each in beside])
        _parallel(cells, (*start, companion, "target"), [each.target if each else None for each in beside])


def _parallel(cells: dict[Key, str], key: Key, values: list[str | None]) -> None:
    if any(values):
        cells[key] = join_values([value or "" for value in values])


def term_rows(entry: ConceptEntry) -> Iterator[tuple[str, str, str, dict[Key, str]]]:
    """The rows of a reduced entry: concept id, language, term, the other cells. An entry without terms has one row."""
    concept = _cells(entry, Level.CONCEPT)
    if not entry.languages:
        yield entry.id, "", "", concept
    for section in entry.languages:
        language = concept | _cells(section, Level.LANGUAGE)
        for term in section.terms:
            yield entry.id, section.language, plain(term.term), language | _cells(term, Level.TERM)


def _rank(key: Key | str) -> tuple[object, ...]:
    return (0, HEADS.index(key)) if isinstance(key, str) else (1, *column_of(key).order)


def write_terms(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write `terms-csv`, in bounded memory: lines wait in a spool for the heads. Findings: those of `reduce_terms`."""
    sheet: Sheet[Key | str] = Sheet(_rank, lambda key: key if isinstance(key, str) else str(column_of(key)), HEADS)
    for entry in reduce_terms(stream, options):
        for concept, language, term, cells in term_rows(entry):
            row: dict[Key | str, str] = {"concept": concept, "language": language, "term": term}
            row.update(cells.items())
            sheet.add(row)
    sheet.write(out)


Cells = dict[TermColumn, str]
TermRow = tuple[int, dict[str, str]]
"""The line a row begins at, and its filled cells by head, restored."""


def entries_from_rows(rows: Iterable[TermRow], options: ReadOptions) -> Iterator[ConceptEntry]:
    """Concept entries from the rows of a `terms-csv`, in the order in which their ids first stand.

    Rows of one concept need not stand together: a table that was sorted by term is put in order first (in bounded
    memory). Findings: FMT104 rows without a concept id, FMT106 rows of one concept that contradict each other.
    """
    spool, places, together = Spool(), {"": 0}, True
    last = -1
    for line, cells in rows:
        identifier = cells.get("concept", "")
        if not identifier:
            identifier = cells["concept"] = f"row-{line}"
            say(options, "FMT104", f"row without concept id; called {identifier}", line=line, concept=identifier)
        place = places.setdefault(identifier, len(places))
        together &= place >= last
        last = max(place, last)
        spool.append((place, line, cells))
    ordered = iter(spool) if together else in_order((p, n, list(c.items())) for p, n, c in spool)
    yield from _grouped(ordered, options)
    spool.close()


def _grouped(ordered: Iterable[tuple[int, int, object]], options: ReadOptions) -> Iterator[ConceptEntry]:
    held: list[TermRow] = []
    place = -1
    for number, line, cells in ordered:
        if number != place and held:
            yield _entry(held, options)
            held = []
        place = number
        held.append((line, dict(cells)))  # type: ignore[call-overload]
    if held:
        yield _entry(held, options)


def _entry(rows: list[TermRow], options: ReadOptions) -> ConceptEntry:
    line, first = rows[0]
    identifier = first["concept"]
    by_language: dict[str, list[TermRow]] = {}
    for row in rows:
        tag = row[1].get("language")
        if not tag and (row[1].get("term") or _at(row[1], Level.LANGUAGE) or _at(row[1], Level.TERM)):
            tag = "und"
            say(options, "FMT107", "row without a language; read as und", line=row[0], concept=identifier)
        if tag:
            by_language.setdefault(tag, []).append(row)
    concept = _agreed(rows, Level.CONCEPT, options, identifier)
    languages = tuple([_section(tag, held, options, identifier) for tag, held in by_language.items()])
    return concept_entry(
        identifier, languages, origin=origin_of(options.file, line), **fields_from(Level.CONCEPT, _said(concept, line))
    )


def _section(tag: str, rows: list[TermRow], options: ReadOptions, concept: str) -> LanguageSection:
    cells = _agreed(rows, Level.LANGUAGE, options, concept)
    terms = tuple([_term(line, row) for line, row in rows if row.get("term") or _at(row, Level.TERM)])
    return language_section(
        tag, terms, _own_id(cells), line=rows[0][0], **fields_from(Level.LANGUAGE, _said(cells, rows[0][0]))
    )


def _term(line: int, row: Mapping[str, str]) -> TermSection:
    cells = _at(row, Level.TERM)
    return term_section(row.get("term", ""), _own_id(cells), line=line, **fields_from(Level.TERM, _said(cells, line)))


@lru_cache(maxsize=1024)
def _columns_at(heads: tuple[str, ...], level: Level) -> tuple[tuple[str, TermColumn], ...]:
    """Which of these heads are columns of a level."""
    prefix = _LEVELS[level] + "."
    found = ((head, term_column(head)) for head in heads if head.startswith(prefix))
    return tuple((head, column) for head, column in found if column is not None)


def _at(row: Mapping[str, str], level: Level) -> Cells:
    return {column: cell for head, column in _columns_at(tuple(row), level) if (cell := row[head])}


def _own_id(cells: Cells) -> str | None:
    return next((cell for column, cell in cells.items() if not column.category and column.attribute == "id"), None)


def _agreed(rows: list[TermRow], level: Level, options: ReadOptions, concept: str) -> Cells:
    """The cells of a level that its rows repeat: a row may leave one out, the first that says something counts."""
    agreed: Cells = {}
    for line, row in rows:
        for column, cell in _at(row, level).items():
            if agreed.setdefault(column, cell) != cell:
                message = f"{column} differs from an earlier row of this concept"
                say(options, "FMT106", message, line=line, concept=concept)
    return agreed


def _said(cells: Cells, line: int) -> Iterator[DataCategory]:
    """The statements of one level's cells."""
    groups: dict[tuple[str, Metatype], dict[tuple[str | None, str | None], list[str]]] = {}
    for column, cell in cells.items():
        if column.category:
            beside = groups.setdefault((column.category, column.metatype), {})
            beside[column.companion, column.attribute] = split_values(cell)
    for (category, metatype), lists in groups.items():
        if len(lists) == 1 and _VALUE in lists:
            for value in lists[_VALUE]:
                yield data_category(category, value, metatype, line=line)
            continue
        for number in range(max(map(len, lists.values()))):
            yield _one(category, metatype, {key: _nth(values, number) for key, values in lists.items()}, line)


_VALUE = (None, None)


def _nth(values: list[str], number: int) -> str:
    return values[number] if number < len(values) else ""


def _one(
    category: str, metatype: Metatype, held: Mapping[tuple[str | None, str | None], str], line: int
) -> DataCategory:
    names = dict.fromkeys(companion for companion, _ in held if companion)
    group = tuple([
        data_category(
            name, held.get((name, None), ""), CATEGORY[name].metatype if name in CATEGORY else Metatype.DESCRIPTIVE,
            target=held.get((name, "target")) or None,
        )
        for name in names
        if held.get((name, None)) or held.get((name, "target"))
    ])  # fmt: skip
    attributes = {name: held.get((None, name)) or None for name in _ATTRIBUTES}
    return data_category(category, held.get(_VALUE, ""), metatype, group=group, line=line, **attributes)
