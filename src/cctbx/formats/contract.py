"""The contract of every term-base format: what a reader takes and yields, what a writer takes and writes.

A format is a value (`Format`) in the tuple of `formats.registry`. A reader yields a `TermBaseStream` lazily and goes on
after an error, sending findings to `options.report` in document order; it raises `InputError` only when nothing can be
read at all (or, with `strict`, at the first error). A writer consumes any stream once, in constant memory where the
format says `streaming`, and reports every thing it leaves out or changes as a loss finding before or while writing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from cctbx.findings import Report, ignore
from cctbx.model import Level, TermBaseStream

__all__ = [
    "EVERYTHING", "Format", "Keeps", "MakePart", "ReadOptions", "Reader", "Reduce", "WriteOptions", "Writer", "ignore",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a reader may be told.

    file      the name to show in findings (the path as given, or `<stdin>`)
    strict    raise `InputError` at the first error instead of going on
    columns   column name in the file → field of the model (`term:sv`, `definition:en`, `id` …), for delimited formats
    source_language, target_language   for formats that do not say their languages
    """

    file: str = "<stream>"
    report: Report = ignore
    strict: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    source_language: str | None = None
    target_language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOptions:
    """What a writer may be told.

    source_language, target_languages   for bilingual formats; empty targets mean: every other language of the stream
    dialect, style   for TBX: `TBX-Basic`, `dct` …; None: the format's default
    project          a name for headers (PO `Project-Id-Version`, TMX, UTX)
    date             ISO date for formats that demand one; never the clock: writing is reproducible
    """

    report: Report = ignore
    source_language: str | None = None
    target_languages: tuple[str, ...] = ()
    dialect: str | None = None
    style: str | None = None
    project: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeps:
    """What a format can hold; the oracle of its round-trip tests.

    statements   (level, category) pairs it holds; None: every category, known or private
    markup       inline markup in texts
    groups       companions beside a statement (sources, dates, notes); False: the bare value only
    synonyms     more than one term section in a language section
    header       the global information beyond the languages
    references   back matter
    languages    how many languages an output holds; None: any number
    nested       companions of companions, two companions of one category, statements without a value
    single       levels that hold one statement of a category
    ids          ids of language and term sections and of statements
    white_space  line breaks, tabs, runs of blanks and outer blanks in texts
    sections     language sections without terms or said twice, empty terms
    concept_ids  the ids of concept entries; False: a reader numbers the entries `c1`, `c2` …
    """

    statements: frozenset[tuple[Level, str]] | None = None
    markup: bool = True
    groups: bool = True
    synonyms: bool = True
    header: bool = True
    references: bool = True
    languages: int | None = None
    nested: bool = True
    single: frozenset[Level] = frozenset()
    ids: bool = True
    white_space: bool = True
    sections: bool = True
    concept_ids: bool = True


EVERYTHING = Keeps()

Reader = Callable[[BinaryIO, ReadOptions], TermBaseStream]
Writer = Callable[[TermBaseStream, BinaryIO, WriteOptions], None]
Reduce = Callable[[TermBaseStream, WriteOptions], TermBaseStream]
"""What a writer does first: takes out, lazily, what the format cannot hold, and reports it.

`read(write(x)) == reduce(x)` is the law of every format that has both directions.
"""


MakePart = Callable[[WriteOptions], Callable[[TermBaseStream], object]]
"""From options to what writes a portion of a file in a process of its own, one after the other: from the concept
entries of the portion (without header and back matter) to something that can be pickled. The writer takes it in where
it finds it among the items of a stream, as `Portion.made`; it may refuse the portion. Losses go to the options' report.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One term-base format.

    extensions   file-name endings it is known by, most usual first (`.tbx`, `.en-sv.tbx` is not one)
    sniff        whether the first 64 KiB of a file look like it (bytes, already decompressed)
    read, write  None where the direction is not supported
    streaming    whether both directions run in constant memory
    reduce       what of a stream the format holds (see `Reduce`); None: everything, or told by `keeps` alone
    make_part    how portions are written in several processes (see `MakePart`); None: not at all
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Reader | None = None
    write: Writer | None = None
    keeps: Keeps = EVERYTHING
    streaming: bool = True
    reduce: Reduce | None = None
    make_part: MakePart | None = None
