"""Editorial decisions: what a terminologist adds to, or corrects in, what the pages say.

Two tables beside the project file, both TSV with a header line:

designations   concept, language, term, status, type, part_of_speech, note: one row per designation. A row for a term
               the concept has (compared without case) sets spelling, status, type and part of speech; one for a term it
               has not adds it, with the source “editorial”; status `rejected` takes the designation away.
relations      concept, relation, target, note: `broader`, `related` or `doubtful`, from one concept id to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cctbx.errors import InputError
from cctbx.model import CATEGORY

__all__ = [
    "DesignationDecision",
    "Editorial",
    "RelationDecision",
    "read_designations",
    "read_relations",
    "write_designations",
    "write_relations",
]

REJECTED = "rejected"
_STATUSES = {"preferred", "admitted", "deprecated", "superseded", REJECTED, ""}
_RELATIONS = {"broader", "related", "doubtful"}
_DESIGNATION_COLUMNS = ("concept", "language", "term", "status", "type", "part_of_speech", "note")
_RELATION_COLUMNS = ("concept", "relation", "target", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignationDecision:
    """What was decided about one designation of a concept; an empty field decides nothing."""

    concept: str
    language: str
    term: str
    status: str = ""
    type: str = ""
    part_of_speech: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationDecision:
    """A relation between two concepts that is worth recording, or a pair that stays unlinked in doubt."""

    concept: str
    relation: str
    target: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Editorial:
    """All editorial decisions of a project, in the order of the files."""

    designations: tuple[DesignationDecision, ...] = ()
    relations: tuple[RelationDecision, ...] = ()


def _rows(text: str, columns: Sequence[str], file: str) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        cells = line.split("\t")
        if number == 1 and tuple(cells) != tuple(columns):
            raise InputError(f"the header must name the columns {', '.join(columns)}", file=file, line=1)
        if number > 1 and line.strip():
            if len(cells) != len(columns):
                raise InputError(f"wanted {len(columns)} columns, found {len(cells)}", file=file, line=number)
            yield number, dict(zip(columns, (cell.strip() for cell in cells), strict=True))


def _one_of(value: str, allowed: Iterable[str], name: str, file: str, line: int) -> None:
    if value not in allowed:
        wanted = ", ".join(sorted(each for each in allowed if each))
        raise InputError(f"{name} `{value}` is none of {wanted}", file=file, line=line)


def read_designations(text: str, *, file: str = "editorial.tsv") -> tuple[DesignationDecision, ...]:
    """The designation decisions of a table; raises `InputError` with file and line for a bad row."""
    rows = []
    for line, cells in _rows(text, _DESIGNATION_COLUMNS, file):
        _one_of(cells["status"], _STATUSES, "status", file, line)
        _one_of(cells["type"], {*CATEGORY["termType"].values, ""}, "type", file, line)
        _one_of(cells["part_of_speech"], {*CATEGORY["partOfSpeech"].values, ""}, "part_of_speech", file, line)
        rows.append(DesignationDecision(**cells))
    return tuple(rows)


def read_relations(text: str, *, file: str = "relations.tsv") -> tuple[RelationDecision, ...]:
    """The relation decisions of a table; raises `InputError` with file and line for a bad row."""
    rows = []
    for line, cells in _rows(text, _RELATION_COLUMNS, file):
        _one_of(cells["relation"], _RELATIONS, "relation", file, line)
        rows.append(RelationDecision(**cells))
    return tuple(rows)


def _write(columns: Sequence[str], rows: Iterable[object]) -> str:
    lines = ["\t".join(columns)]
    lines += ["\t".join(getattr(row, column) for column in columns) for row in rows]
    return "\n".join(lines) + "\n"


def write_designations(rows: Iterable[DesignationDecision]) -> str:
    """The table of designation decisions; `read_designations` reads it back."""
    return _write(_DESIGNATION_COLUMNS, rows)


def write_relations(rows: Iterable[RelationDecision]) -> str:
    """The table of relation decisions; `read_relations` reads it back."""
    return _write(_RELATION_COLUMNS, rows)
