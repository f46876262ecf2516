"""Comparing large term bases: both are walked side by side, and what is the same on both sides is forgotten at once.

Entries that stand at the same place in both files meet at once; the others wait, in memory up to a limit, then in a
temporary SQLite database. So memory does not grow with the files, only with what differs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path
from typing import Generic, NamedTuple

from cctbx.diff.inside import subjects_of
from cctbx.diff.sameness import same
from cctbx.findings import Report, unwatched
from cctbx.formats.contract import ReadOptions
from cctbx.formats.tbx.slices import IrregularError, RawEntry, RawTermBase, same_layout_apart, skip_alike
from cctbx.model import ConceptEntry, Header, ReferenceObject, TermBaseStream
from cctbx.workflows.documents import Document, E, HeldEntry, ModelDocument, TextDocument
from cctbx.workflows.files import open_input
from cctbx.workflows.waiting import Waiting, temporary_database

__all__ = ["Differing", "Renumbered", "differing", "differing_streams"]

_BATCH = 200
"""Entries parsed at a time."""

Progress = Callable[[int], None]


class Renumbered(NamedTuple):
    """An entry whose content is the same but for its id; of entries known as text only, without subject fields."""

    old: str
    new: str
    label: str
    subjects: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Differing:
    """What is left of two files when all that is equal is gone.

    equal       how many entries are the same on both sides
    renumbered  those that are the same but for the id
    lines       where entries of the new file begin
    """

    old: list[ConceptEntry] = field(default_factory=list)
    new: list[ConceptEntry] = field(default_factory=list)
    equal: int = 0
    renumbered: list[Renumbered] = field(default_factory=list)
    headers: tuple[Header, Header] = field(default_factory=lambda: (Header(), Header()))
    references: tuple[tuple[ReferenceObject, ...], tuple[ReferenceObject, ...]] = ((), ())
    lines: dict[str, int] = field(default_factory=dict)


class _Join(Generic[E]):
    """Walks two documents side by side.

    `alike` says of two entries with one id whether they are the same; `skip` goes on to where they differ again, and
    says past how many entries.
    """

    def __init__(
        self, documents: tuple[Document[E], Document[E]], database: sqlite3.Connection, progress: Progress, *,
        alike: Callable[[E, E], bool], skip: Callable[[E, E], int] = lambda *_: 0,
    ) -> None:  # fmt: skip
        self.documents, self.database = documents, database
        self.waiting = tuple(Waiting(database, name, each) for name, each in zip(_SIDES, documents, strict=True))
        self.alike, self.skip = alike, skip
        self.progress = progress
        self.walked = 0
        self.result = Differing()

    def pairs(self) -> Iterator[tuple[E, E]]:
        """Entries with the same id and another content. Afterwards, what has no partner waits."""
        for one, other in zip_longest(*self.documents):
            self.walked += 1
            self.progress(self.walked)
            if one is not None and other is not None and one.id == other.id:
                yield from self._met(one, other)
                skipped = self.skip(one, other)
                self.walked += skipped
                self.result.equal += skipped
                continue
            for side, entry in enumerate((one, other)):
                if entry is None:
                    continue
                partner = self.waiting[1 - side].take(entry.id)
                if partner is None:
                    self.waiting[side].put(entry)
                else:
                    yield from self._met(*((entry, partner) if side == 0 else (partner, entry)))

    def _met(self, one: E, other: E) -> Iterator[tuple[E, E]]:
        if self.alike(one, other):
            self.result.equal += 1
        else:
            yield one, other

    def run(self) -> Differing:
        """The whole comparison."""
        pairs = self.pairs()
        while batch := list(islice(pairs, _BATCH)):
            self._compare(batch)
        for each in self.waiting:
            each.flush()
        self._match_renumbered()
        self._keep_rest()
        around = [document.surroundings() for document in self.documents]
        self.result.headers = (around[0][0], around[1][0])
        self.result.references = (around[0][1], around[1][1])
        return self.result

    def _compare(self, batch: list[tuple[E, E]]) -> None:
        """Look into pairs; what says the same in another way is equal after all."""
        sides = [
            document.concepts(entries)
            for document, entries in zip(self.documents, zip(*batch, strict=True), strict=True)
        ]
        for (_, entry), one, other in zip(batch, *sides, strict=True):
            if same(one, other):
                self.result.equal += 1
            else:
                self.result.old.append(one)
                self._new(other, entry)

    def _new(self, concept: ConceptEntry, entry: E) -> None:
        self.result.new.append(concept)
        if entry.line is not None:
            self.result.lines[concept.id] = entry.line

    def _match_renumbered(self) -> None:
        """Entries that are the same but for the id, found in the database; among doublettes, none."""
        unique = "SELECT digest FROM {0} GROUP BY digest HAVING count(*) = 1"
        found = self.database.execute(
            "SELECT old.id, old.line, old.text, new.id, new.line, new.text FROM old JOIN new USING (digest) "
            f"WHERE digest IN ({unique.format('old')}) AND digest IN ({unique.format('new')})"
        )
        for row in found:
            one, other = self.documents[0].unpacked(*row[:3]), self.documents[1].unpacked(*row[3:])
            if self.documents[0].but_for_id(one) == self.documents[1].but_for_id(other):
                self.result.renumbered.append(self._renumbered(one, other))
        for side, place in (("old", 0), ("new", 1)):
            gone = ((pair[place],) for pair in self.result.renumbered)
            self.database.executemany(f"DELETE FROM {side} WHERE id = ?", gone)

    def _renumbered(self, one: E, other: E) -> Renumbered:
        subjects = subjects_of(one.concept) if isinstance(one, HeldEntry) else ()
        return Renumbered(one.id, other.id, self.documents[0].label(one), subjects)

    def _keep_rest(self) -> None:
        for side, document in enumerate(self.documents):
            rest = self.waiting[side].rest()
            while batch := list(islice(rest, _BATCH)):
                for concept, entry in zip(document.concepts(batch), batch, strict=True):
                    if side == 0:
                        self.result.old.append(concept)
                    else:
                        self._new(concept, entry)


_SIDES = ("old", "new")


def _text_join(
    old: TextDocument, new: TextDocument, database: sqlite3.Connection, progress: Progress, *, strict: bool
) -> _Join[RawEntry]:
    """How TBX documents are compared in which the same text means the same."""

    def alike(one: RawEntry, other: RawEntry) -> bool:
        return one.text == other.text or (not strict and same_layout_apart(one.text, other.text))

    def skip(one: RawEntry, other: RawEntry) -> int:
        if one.text != other.text:
            return 0
        names = skip_alike(old.raw, new.raw)
        for document in (old, new):
            document.numbers.extend(map(hash, names))
        return len(names)

    return _Join((old, new), database, progress, alike=alike, skip=skip)


def differing(
    old: str | Path, new: str | Path, report: Report, *, strict: bool = False, progress: Progress = unwatched
) -> Differing | None:
    """What differs between two TBX files, compared as text; None where that will not do.

    It will not where one is irregular, where an id is said twice, and where the same text means different things:
    other editions, styles or entities.

    White space inside of texts counts with `strict` only. `progress` is called with the number of entries walked past.

    Findings of reading are those of what stands round the entries: to check entries, validate.
    """
    with temporary_database() as database, open_input(old) as first, open_input(new) as second:
        try:
            one, other = (
                TextDocument(RawTermBase(stream, ReadOptions(file=str(file), report=report)))
                for stream, file in ((first, old), (second, new))
            )
            if one.raw.context != other.raw.context:
                return None
            found = _text_join(one, other, database, progress, strict=strict).run()
        except IrregularError:
            return None
        return None if one.repeats() or other.repeats() else found


def differing_streams(
    old: TermBaseStream, new: TermBaseStream, report: Report, progress: Progress = unwatched
) -> Differing:
    """What differs between two term bases of any formats, as their readers give them. Findings: DIF003."""
    with temporary_database() as database:
        one, other = (
            ModelDocument(stream, database, name, report) for stream, name in zip((old, new), _SIDES, strict=True)
        )
        join: _Join[HeldEntry] = _Join(
            (one, other), database, progress, alike=lambda first, second: same(first.concept, second.concept)
        )
        return join.run()
