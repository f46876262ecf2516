"""Reading the releases a comparison, a merge or a set of changes is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from cctbx.errors import InputError
from cctbx.findings import Report
from cctbx.formats.contract import EVERYTHING, Format, Keeps, ReadOptions, ignore
from cctbx.formats.losses import keep
from cctbx.formats.registry import detect, format_named
from cctbx.model import ConceptEntry, TermBase
from cctbx.workflows.files import open_input
from cctbx.workflows.termbases import open_termbase

__all__ = ["Release", "comparable", "lines_of", "read_release", "recognised"]

_HEAD = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A term base with its format and the name of its file, as given."""

    file: str
    format: Format
    termbase: TermBase


def recognised(file: str | Path, format_name: str | None = None) -> Format:
    """The format of a file: by name, else by its first bytes, else by its ending. Raises `InputError`, `UsageError`."""
    if format_name:
        return format_named(format_name)
    with open_input(file) as stream:
        found = detect(stream.read(_HEAD), str(file))
    if found is None:
        raise InputError("not a term base of a known format; name one with --from (see cctbx formats)", file=str(file))
    return found


def read_release(file: str | Path, *, format_name: str | None = None, report: Report = ignore) -> Release:
    """A whole term base in memory with what is known about it; `-` is stdin and needs a format name."""
    if str(file) == "-" and not format_name:
        raise InputError("stdin can be read once only: name its format with --from", file="<stdin>")
    known = recognised(file, format_name)
    options = ReadOptions(report=report)
    with open_termbase(file, format_name=known.name, options=options) as stream:
        return Release(file=str(file), format=known, termbase=stream.materialise())


def _kept(termbase: TermBase, keeps: Keeps) -> TermBase:
    return keep(termbase.stream(), keeps, ignore).materialise()


def _in_languages(termbase: TermBase, languages: frozenset[str]) -> TermBase:
    def small(concept: ConceptEntry) -> ConceptEntry:
        return replace(concept, languages=tuple(each for each in concept.languages if each.language in languages))

    return replace(termbase, concepts=tuple(map(small, termbase.concepts)))


def languages_of(termbase: TermBase) -> frozenset[str]:
    """The languages of all concept entries."""
    return frozenset(section.language for concept in termbase.concepts for section in concept.languages)


def _seen_through(release: Release, other: Release) -> TermBase:
    """What the format of `other` could hold of `release`: the rest is no difference between the two."""
    termbase = release.termbase
    keeps = other.format.keeps
    if keeps != EVERYTHING:
        termbase = _kept(termbase, keeps)
    if keeps.languages is not None:
        termbase = _in_languages(termbase, languages_of(other.termbase))
    return termbase


def comparable(old: Release, new: Release) -> tuple[TermBase, TermBase]:
    """The two term bases as far as both formats can say it; files of one format are left as they are."""
    if old.format.name == new.format.name:
        return old.termbase, new.termbase
    return _seen_through(old, new), _seen_through(new, old)


def lines_of(concepts: Iterable[ConceptEntry]) -> dict[str, int]:
    """Where each concept entry begins in its file, by id, as far as the format knows lines."""
    return {each.id: each.origin.line for each in concepts if each.origin and each.origin.line is not None}


