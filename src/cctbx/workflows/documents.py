"""Large term bases as entries that can be compared, put aside and taken up again: as text, or as read by their format.

A `TextDocument` is TBX whose entries are parsed only where the texts differ; a `ModelDocument` is anything with a
reader.
"""

from __future__ import annotations

import io
import pickle
import sqlite3
import zlib
from abc import ABC, abstractmethod
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from hashlib import blake2b
from operator import attrgetter
from typing import Generic, NamedTuple, Protocol, TypeVar

from cctbx.diff.compare import with_own_ids
from cctbx.diff.inside import label_of
from cctbx.findings import Report
from cctbx.formats.tbx.slices import IrregularError, RawEntry, RawTermBase, sketch, without_id
from cctbx.model import (
    ConceptEntry,
    DataCategory,
    Header,
    LanguageSection,
    Origin,
    ReferenceObject,
    TermBaseStream,
    TermSection,
)

__all__ = ["Document", "E", "HeldEntry", "ModelDocument", "Surroundings", "TextDocument", "register"]

Surroundings = tuple[Header, tuple[ReferenceObject, ...]]


class _Entry(Protocol):
    """What every entry of a document says of itself."""

    @property
    def id(self) -> str: ...

    @property
    def line(self) -> int | None: ...


E = TypeVar("E", bound=_Entry)


class HeldEntry(NamedTuple):
    """A concept entry with the line it begins in, as far as the format knows lines."""

    id: str
    concept: ConceptEntry
    line: int | None


class Document(ABC, Generic[E]):
    """A term base as a row of entries. Iterate once; its surroundings are known afterwards."""

    @abstractmethod
    def __iter__(self) -> Iterator[E]:
        """The entries, in the order of the file. Raises `IrregularError`."""

    @abstractmethod
    def concepts(self, entries: Sequence[E]) -> list[ConceptEntry]:
        """Entries of this document as values of the model. Raises `IrregularError` where one cannot be read."""

    @abstractmethod
    def weight(self, entry: E) -> int:
        """About how many characters an entry takes in memory."""

    @abstractmethod
    def digest(self, entry: E) -> bytes:
        """The same for entries that are the same but for the id."""

    @abstractmethod
    def but_for_id(self, entry: E) -> object:
        """All but the id: what `digest` is made of, to be sure."""

    @abstractmethod
    def packed(self, entry: E) -> bytes:
        """An entry as it is put on disk."""

    @abstractmethod
    def unpacked(self, name: str, line: int | None, packed: bytes) -> E:
        """An entry taken up from disk, where this process put it."""

    @abstractmethod
    def label(self, entry: E) -> str:
        """What people call it."""

    @abstractmethod
    def surroundings(self) -> Surroundings:
        """Header and back matter, once all entries have been seen."""


class TextDocument(Document[RawEntry]):
    """A TBX document as text. `numbers` takes a fingerprint of every id that was seen."""

    def __init__(self, raw: RawTermBase) -> None:
        self.raw = raw
        self.numbers = array("q")

    def __iter__(self) -> Iterator[RawEntry]:
        for entry in self.raw:
            self.numbers.append(hash(entry.id.encode()))
            yield entry

    def repeats(self) -> bool:
        """Whether an id stands twice in what was seen; in portions, for the sake of memory."""
        portions = len(self.numbers) // 100_000 + 1
        for portion in range(portions):
            mine = [each for each in self.numbers if each % portions == portion]
            if len(set(mine)) < len(mine):
                return True
        return False

    def concepts(self, entries: Sequence[RawEntry]) -> list[ConceptEntry]:
        found = list(self.raw.parse(entries))
        if len(found) != len(entries):
            raise IrregularError("an entry could not be read")
        return found

    def weight(self, entry: RawEntry) -> int:
        return len(entry.text)

    def digest(self, entry: RawEntry) -> bytes:
        return blake2b(without_id(entry).encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def but_for_id(self, entry: RawEntry) -> object:
        return without_id(entry)

    def packed(self, entry: RawEntry) -> bytes:
        return zlib.compress(entry.text.encode("utf-8", "surrogatepass"), 1)

    def unpacked(self, name: str, line: int | None, packed: bytes) -> RawEntry:
        return RawEntry(name, zlib.decompress(packed).decode("utf-8", "surrogatepass"), line or 0)

    def label(self, entry: RawEntry) -> str:
        return sketch(entry)

    def surroundings(self) -> Surroundings:
        around = self.raw.surroundings()
        list(around)
        return around.header, around.references()


class ModelDocument(Document[HeldEntry]):
    """A term base as its reader gives it, entries with an id that is taken numbered `id#2` and reported (DIF003)."""

    def __init__(self, stream: TermBaseStream, database: sqlite3.Connection, release: str, report: Report) -> None:
        self._stream, self._report = stream, report
        self._release = release
        self._free = register(database, release)

    def __iter__(self) -> Iterator[HeldEntry]:
        for concept in with_own_ids(self._stream, self._release, self._free, self._report):
            yield HeldEntry(concept.id, concept, concept.origin.line if concept.origin else None)

    def concepts(self, entries: Sequence[HeldEntry]) -> list[ConceptEntry]:
        return [each.concept for each in entries]

    def weight(self, entry: HeldEntry) -> int:
        return 2000 * (1 + sum(len(section.terms) for section in entry.concept.languages))

    def digest(self, entry: HeldEntry) -> bytes:
        return hash(self.but_for_id(entry)).to_bytes(8, "little", signed=True)

    def but_for_id(self, entry: HeldEntry) -> ConceptEntry:
        return replace(entry.concept, id="")

    def packed(self, entry: HeldEntry) -> bytes:
        return zlib.compress(_pickled(entry.concept), 1)

    def unpacked(self, name: str, line: int | None, packed: bytes) -> HeldEntry:
        return HeldEntry(name, pickle.loads(zlib.decompress(packed)), line)

    def label(self, entry: HeldEntry) -> str:
        return label_of(entry.concept)

    def surroundings(self) -> Surroundings:
        return self._stream.header, self._stream.references()


_MODELS: tuple[type, ...] = (ConceptEntry, LanguageSection, TermSection, DataCategory, Origin)
_SLOTS: dict[type, tuple[str, ...]] = {each: tuple(field.name for field in fields(each)) for each in _MODELS}


def _restored(model: type, values: tuple[object, ...]) -> object:
    made: object = object.__new__(model)
    for name, value in zip(_SLOTS[model], values, strict=True):
        object.__setattr__(made, name, value)
    return made


def _reduced(model: type) -> Callable[[object], tuple[Callable[..., object], tuple[object, ...]]]:
    values = attrgetter(*_SLOTS[model])
    return lambda value: (_restored, (model, values(value)))


_TABLE = {each: _reduced(each) for each in _MODELS}
"""How values of the model are pickled: the general way for slotted dataclasses takes four times as long."""


def _pickled(concept: ConceptEntry) -> bytes:
    out = io.BytesIO()
    pickler = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _TABLE
    pickler.dump(concept)
    return out.getvalue()


def register(database: sqlite3.Connection, release: str) -> Callable[[str], bool]:
    """A function that takes an id and says whether it was free; the ids stand in the database, at first none."""
    database.execute(f"DROP TABLE IF EXISTS {release}_ids")
    database.execute(f"CREATE TABLE {release}_ids (id TEXT PRIMARY KEY) WITHOUT ROWID")
    statement = f"INSERT OR IGNORE INTO {release}_ids VALUES (?)"
    return lambda name: database.execute(statement, (name,)).rowcount == 1
