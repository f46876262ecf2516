"""Reading the releases a comparison, a merge or a set of changes is about, and writing one back as it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from cctbx.errors import InputError
from cctbx.findings import Finding, Report
from cctbx.formats.contract import EVERYTHING, Format, Keeps, ReadOptions, WriteOptions, ignore
from cctbx.formats.losses import keep
from cctbx.formats.registry import detect, format_named
from cctbx.model import ConceptEntry, TermBase, TermBaseStream
from cctbx.model.categories import DIALECT_MODULES
from cctbx.workflows.files import open_input
from cctbx.workflows.termbases import open_termbase, write_termbase

__all__ = [
    "INCOMPLETE", "Release", "as_it_came", "comparable", "lines_of", "read_release", "recognised", "seen_through",
    "side_by_side", "whole_only", "write_release",
]  # fmt: skip

_HEAD = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A term base with its format, the name of its file as given, and how to write it as it came."""

    file: str
    format: Format
    termbase: TermBase
    output: str
    options: WriteOptions = field(default_factory=WriteOptions)


def recognised(file: str | Path, format_name: str | None = None, known_as: str | None = None) -> Format:
    """The format of a file: by name, else by its first bytes, else by its ending. Raises `InputError`, `UsageError`.

    `known_as` is a better name than the file's own, for temporary files.
    """
    with open_input(file) as stream:
        head = stream.read(_HEAD)
    if not head.strip():
        raise InputError("the file is empty", file=str(file))
    if format_name:
        return format_named(format_name)
    found = detect(head, known_as or str(file))
    if found is None:
        raise InputError("not a term base of a known format; name one with --from (see cctbx formats)", file=str(file))
    return found


_EDITIONS = {"2019": "tbx", "2008": "tbx-v2", "2013": "tbx"}


def as_it_came(file: str | Path, known: Format) -> tuple[str, WriteOptions]:
    """The format and the options that write a file of the same kind: for TBX its edition, dialect and style."""
    if not known.name.startswith("tbx"):
        return known.name, WriteOptions()
    from cctbx.formats.tbx.reader import describe

    with open_input(file) as stream:
        found = describe(stream, ReadOptions(file=str(file)))
    name = _EDITIONS.get(found.edition or "", known.name)
    if name == "tbx-v2":
        return ("tbx-v2" if found.dialect == "TBX-Basic" else "tbx-v2-default"), WriteOptions()
    dialect = found.dialect if found.dialect in DIALECT_MODULES else max(DIALECT_MODULES, key=_size)
    return name, WriteOptions(dialect=dialect, style=found.style if found.style in ("dca", "dct") else None)


INCOMPLETE = frozenset(
    {"FMT001", "FMT002", "FMT005", "FMT010", "FMT011", "FMT012", "FMT013", "FMT108", "FMT111", "FMT112", "FMT113"}
)
"""Findings after which a file may hold more than could be read."""


def whole_only(report: Report, file: str | Path) -> Report:
    """A report for reading what will be written again: it raises `InputError` where part of a file is not understood.

    Else that part would be lost in what is written, or, in a merge, look as if somebody had deleted it.
    """

    def told(finding: Finding) -> None:
        if finding.code in INCOMPLETE:
            where = f"line {finding.line}: " if finding.line else ""
            said = f"{where}{finding.message} ({finding.code}); so that nothing gets lost, nothing was written"
            raise InputError(said, file=str(file))
        report(finding)

    return told


def _size(dialect: str) -> int:
    return len(DIALECT_MODULES[dialect])


def read_release(
    file: str | Path, *, format_name: str | None = None, report: Report = ignore, known_as: str | None = None
) -> Release:
    """A whole term base in memory with what is known about it; stdin and pipes only within `rereadable`."""
    known = recognised(file, format_name, known_as)
    output, options = as_it_came(file, known)
    with open_termbase(file, format_name=known.name, options=ReadOptions(report=report)) as stream:
        termbase = stream.materialise()
    return Release(file=str(file), format=known, termbase=termbase, output=output, options=options)


def write_release(release: Release, output: str | Path, report: Report) -> None:
    """Write the release's term base in the format, edition and style its file had."""
    options = replace(release.options, report=report)
    write_termbase(release.termbase, output, format_name=release.output, options=options)


def _kept(termbase: TermBase, keeps: Keeps) -> TermBase:
    return keep(termbase.stream(), keeps, ignore).materialise()


def _in_these(concept: ConceptEntry, languages: frozenset[str]) -> ConceptEntry:
    return replace(concept, languages=tuple(each for each in concept.languages if each.language in languages))


def _in_languages(termbase: TermBase, languages: frozenset[str]) -> TermBase:
    return replace(termbase, concepts=tuple(_in_these(each, languages) for each in termbase.concepts))


def languages_of(concepts: Iterable[ConceptEntry]) -> frozenset[str]:
    """The languages of all concept entries."""
    return frozenset(section.language for concept in concepts for section in concept.languages)


def seen_through(release: Release, other: Release) -> TermBase:
    """What the format of `other` could hold of `release`: the rest is no difference between the two."""
    termbase = release.termbase
    keeps = other.format.keeps
    if release.format.read is other.format.read:
        return termbase
    if keeps != EVERYTHING:
        termbase = _kept(termbase, keeps)
    if keeps.languages is not None:
        termbase = _in_languages(termbase, languages_of(other.termbase.concepts))
    return termbase


def comparable(old: Release, new: Release) -> tuple[TermBase, TermBase]:
    """The two term bases as far as both formats can say it; files of one format are left as they are."""
    return seen_through(old, new), seen_through(new, old)


def _small(stream: TermBaseStream, own: Format, other: Format, languages: frozenset[str] | None) -> TermBaseStream:
    """A stream as far as the other format can hold it."""
    if own.read is other.read:
        return stream
    if other.keeps != EVERYTHING:
        stream = keep(stream, other.keeps, ignore)
    if languages is None:
        return stream
    return stream.map(lambda concepts: (_in_these(each, languages) for each in concepts))


@contextmanager
def side_by_side(
    old: tuple[str | Path, str | None], new: tuple[str | Path, str | None], report: Report
) -> Iterator[tuple[TermBaseStream, TermBaseStream]]:
    """Two files, each with the name of its format or None, as streams as far as both formats can say it."""
    formats = [recognised(file, name) for file, name in (old, new)]
    languages = [
        _languages_in(file, one.name) if one.keeps.languages is not None and one.read is not other.read else None
        for (file, _), one, other in zip((old, new), formats, formats[::-1], strict=True)
    ]
    options = ReadOptions(report=report)
    with (
        open_termbase(old[0], format_name=formats[0].name, options=options) as before,
        open_termbase(new[0], format_name=formats[1].name, options=options) as after,
    ):
        yield _small(before, formats[0], formats[1], languages[1]), _small(after, formats[1], formats[0], languages[0])


def _languages_in(file: str | Path, format_name: str) -> frozenset[str]:
    with open_termbase(file, format_name=format_name) as stream:
        return languages_of(stream)


def lines_of(concepts: Iterable[ConceptEntry]) -> dict[str, int]:
    """Where each concept entry begins in its file, by id, as far as the format knows lines."""
    return {each.id: each.origin.line for each in concepts if each.origin and each.origin.line is not None}
