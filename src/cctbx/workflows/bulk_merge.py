"""Merging large files of one format: entries nobody touched are never held, only passed through.

Every file is read twice: first to see which entries are not the same in all three, then to merge those and to write the
others as ours has them. Memory grows with what was edited, not with the files.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cctbx.diff.compare import with_own_ids
from cctbx.diff.conflicts import unresolved
from cctbx.diff.merge import Merged, merge_termbases
from cctbx.diff.sparse import Scope, scope_of
from cctbx.findings import Finding, Report, ignore
from cctbx.formats.contract import Format, ReadOptions
from cctbx.model import ConceptEntry, Header, ReferenceObject, TermBase, TermBaseStream
from cctbx.workflows.documents import register
from cctbx.workflows.releases import whole_only
from cctbx.workflows.termbases import open_termbase
from cctbx.workflows.waiting import temporary_database

__all__ = ["Side", "merged_in_bulk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the three files: its format, and its name (`base`, `ours`, `theirs`); no file is an empty term base."""

    name: str
    file: str | Path | None
    format: Format

    @contextmanager
    def opened(self, database: sqlite3.Connection, report: Report = ignore) -> Iterator[TermBaseStream]:
        """The entries one by one, each with its own id."""
        if self.file is None:
            yield TermBase().stream()
            return
        free = register(database, self.name)
        options = ReadOptions(report=whole_only(report, self.file))
        with open_termbase(self.file, format_name=self.format.name, options=options) as stream:
            yield stream.map(lambda concepts: with_own_ids(concepts, self.name, free, ignore))


@dataclass(slots=True, kw_only=True)
class _Survey:
    """What is known of a side after the first reading."""

    header: Header
    references: tuple[ReferenceObject, ...]
    scope: Scope
    unresolved: list[Finding]


def _survey(side: Side, database: sqlite3.Connection, report: Report) -> _Survey:
    notes: list[Finding] = []

    def seen(concepts: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
        for concept in concepts:
            database.execute("INSERT INTO said VALUES (?, ?, ?)", (concept.id, side.name, hash(concept)))
            if side.name != "base":
                notes.extend(unresolved((concept,), str(side.file)))
            yield concept

    with side.opened(database, report) as stream:
        scope = scope_of(seen(stream))
        return _Survey(header=stream.header, references=stream.references(), scope=scope, unresolved=notes)


def _touched(database: sqlite3.Connection) -> frozenset[str]:
    """Ids of the entries that are not the same on all sides, and of those named after one (`c7-2`)."""
    differing = "SELECT id FROM said GROUP BY id HAVING count(*) < 3 OR min(digest) <> max(digest)"
    found = {name for (name,) in database.execute(differing)}
    related = (name for (name,) in database.execute("SELECT DISTINCT id FROM said WHERE id GLOB '*-[0-9]*'"))
    return frozenset({*found, *(name for name in related if _NUMBER.sub("", name) in found)})


_NUMBER = re.compile(r"-\d+$")


def _picked(side: Side, survey: _Survey, ids: frozenset[str], database: sqlite3.Connection) -> TermBase:
    with side.opened(database) as stream:
        concepts = tuple(each for each in stream if each.id in ids)
    return TermBase(header=survey.header, concepts=concepts, references=survey.references)


def _through(
    concepts: Iterable[ConceptEntry], ids: frozenset[str], merged: Iterable[ConceptEntry]
) -> Iterator[ConceptEntry]:
    """The entries of ours, merged ones in their places, those it does not have at the end."""
    waiting = {each.id: each for each in merged}
    for concept in concepts:
        if concept.id not in ids:
            yield concept
        elif concept.id in waiting:
            yield waiting.pop(concept.id)
    yield from waiting.values()


def merged_in_bulk(
    sides: tuple[Side, Side, Side], choices: dict[str, str], report: Report, *,
    fits: Callable[[Scope, Scope], bool], noted: Callable[[Merged], tuple[ConceptEntry, ...]],
    write: Callable[[TermBaseStream], None],
) -> Merged | None:  # fmt: skip
    """The merge, its result written by `write`; None where a side does not fit the base, which takes both whole.

    `fits` says of the scopes of the base and a side whether the side speaks of all the base does; `noted` gives the
    merged entries as they are to be written. Only entries that somebody touched stand in the result.
    """
    with temporary_database() as database:
        database.execute("CREATE TABLE said (id TEXT, side TEXT, digest INTEGER, PRIMARY KEY (id, side)) WITHOUT ROWID")
        findings: list[Finding] = []
        surveys = [_survey(side, database, findings.append) for side in sides]
        if not all(fits(surveys[0].scope, each.scope) for each in surveys[1:]):
            return None
        for each in (*findings, *surveys[1].unresolved, *surveys[2].unresolved):
            report(each)
        ids = _touched(database)
        base, ours, theirs = (_picked(*pair, ids, database) for pair in zip(sides, surveys, strict=True))
        merged = merge_termbases(base, ours, theirs, choices)
        with sides[1].opened(database) as stream:
            write(TermBaseStream(
                header=merged.header, concepts=_through(stream, ids, noted(merged)),
                references=lambda: merged.references,
            ))  # fmt: skip
        return replace(merged, concepts=())
