"""Source glossaries: what a glossary page says, before anything is aligned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Designation", "DesignationOrigin", "SkippedRegion", "SourceEntry", "SourceGlossary", "SourceOptions"]


class DesignationOrigin(StrEnum):
    """Where on the page a designation was read."""

    HEADWORD = "headword"
    DEFINITION = "definition"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    """One designation of a source entry.

    `language` is a BCP 47 tag (a loan keeps its own: an English headword in a Swedish glossary has `en`);
    `type` is a term type of TBX-Basic (`fullForm`, `acronym`, `abbreviation`, `shortForm`, `variant`, `phrase`).
    """

    term: str
    language: str
    type: str | None = None
    origin: DesignationOrigin = DesignationOrigin.HEADWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """One entry of a glossary page. Lines are 1-based and inclusive; `\\n\\n` separates paragraphs of the definition.

    `id` is unique within the source and made from the headword (see `sources`), so that it survives reordering.
    `source` is the source's name, `file` its file name as given.
    """

    id: str
    source: str
    language: str
    line_first: int
    line_last: int
    headword: str
    designations: tuple[Designation, ...] = ()
    definition: str = ""
    notes: tuple[str, ...] = ()
    cross_references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRegion:
    """Lines that belong to no entry, and why: title, section letter, navigation, duplicate copy, contact line …"""

    source: str
    line_first: int
    line_last: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOptions:
    """What a user says about a page that defeats recognition; kept in the project file."""

    layout: str | None = None
    separator: str | None = None
    skip_lines: tuple[tuple[int, int], ...] = ()
    columns: tuple[str, ...] = ()
    encoding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGlossary:
    """A source glossary as described by its user: one `[[source]]` table of a project file, or a bare page.

    `file` is the path as given (relative to the project file); `language` a BCP 47 tag, or None: to be recognised.
    """

    name: str
    file: str
    language: str | None = None
    title: str | None = None
    publisher: str | None = None
    address: str | None = None
    date: str | None = None
    original_file: str | None = None
    sha256: str | None = None
    licence: str | None = None
    options: SourceOptions = SourceOptions()
