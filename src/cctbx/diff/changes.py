"""The change: one typed statement of what differs between two releases, and the table of its kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from cctbx.findings import Finding
from cctbx.model import ConceptEntry, DataCategory, Header, LanguageSection, ReferenceObject, TermSection, Text, plain

__all__ = ["KIND", "KINDS", "Bump", "Change", "Changes", "Holds", "Kind", "KindRow", "Value", "text_of"]


class Bump(StrEnum):
    """What a change asks of the version number of the next release."""

    BREAKING = "breaking"
    MINOR = "minor"
    PATCH = "patch"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 for none … 3 for breaking."""
        return ("none", "patch", "minor", "breaking").index(self.value)


class Kind(StrEnum):
    """The kinds of change; the values are the names in JSON and in filters, and are never reused."""

    CONCEPT_ADDED = "concept-added"
    CONCEPT_REMOVED = "concept-removed"
    CONCEPT_MERGED = "concept-merged"
    CONCEPT_SPLIT = "concept-split"
    CONCEPT_RENUMBERED = "concept-renumbered"
    PREFERRED_CHANGED = "preferred-changed"
    LANGUAGE_ADDED = "language-added"
    LANGUAGE_REMOVED = "language-removed"
    DESIGNATION_ADDED = "designation-added"
    DESIGNATION_REMOVED = "designation-removed"
    DESIGNATION_REWORDED = "designation-reworded"
    DESIGNATION_MOVED = "designation-moved"
    STATUS_CHANGED = "status-changed"
    DEFINITION_ADDED = "definition-added"
    DEFINITION_REMOVED = "definition-removed"
    DEFINITION_EDITED = "definition-edited"
    CATEGORY_ADDED = "category-added"
    CATEGORY_REMOVED = "category-removed"
    CATEGORY_CHANGED = "category-changed"
    REFERENCE_FOLLOWED = "reference-followed"
    METADATA_ADDED = "metadata-added"
    METADATA_REMOVED = "metadata-removed"
    METADATA_CHANGED = "metadata-changed"
    DESIGNATION_RESPACED = "designation-respaced"
    IDENTIFIER_CHANGED = "identifier-changed"
    HEADER_CHANGED = "header-changed"
    RESOURCE_ADDED = "resource-added"
    RESOURCE_REMOVED = "resource-removed"
    RESOURCE_CHANGED = "resource-changed"


class Holds(Enum):
    """What stands in `old` and `new` of a change."""

    NOTHING = "nothing"
    CONCEPT = "concept entry"
    SECTION = "language section"
    DESIGNATION = "term section"
    TERM = "term"
    STATEMENT = "statement"
    NUMBER = "concept id"
    IDENTIFIER = "id"
    HEADER = "header"
    RESOURCE = "resource"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """One kind of change.

    title      how a heading names it
    mark       `+`, `-`, `~` (changed), `>` (moved): the first column of the text report
    bump       what it asks of the version; `preferred` where a preferred term is concerned
    metadata   counted with `--strict` only: says nothing about concepts and designations
    """

    kind: Kind
    title: str
    mark: str
    holds: Holds
    bump: Bump
    preferred: Bump | None = None
    metadata: bool = False


def _row(
    kind: Kind, title: str, mark: str, holds: Holds, bump: Bump, preferred: Bump | None = None, metadata: bool = False
) -> KindRow:
    return KindRow(kind=kind, title=title, mark=mark, holds=holds, bump=bump, preferred=preferred, metadata=metadata)


_B, _M, _P = Bump.BREAKING, Bump.MINOR, Bump.PATCH

KINDS: tuple[KindRow, ...] = (
    _row(Kind.PREFERRED_CHANGED, "preferred terms changed", "~", Holds.NOTHING, _B, _B),
    _row(Kind.CONCEPT_REMOVED, "concepts removed", "-", Holds.CONCEPT, _B),
    _row(Kind.CONCEPT_MERGED, "concepts merged", ">", Holds.CONCEPT, _B),
    _row(Kind.CONCEPT_SPLIT, "concepts split", ">", Holds.CONCEPT, _B),
    _row(Kind.CONCEPT_RENUMBERED, "concepts renumbered", ">", Holds.NUMBER, _B),
    _row(Kind.CONCEPT_ADDED, "concepts added", "+", Holds.CONCEPT, _M),
    _row(Kind.LANGUAGE_ADDED, "languages added", "+", Holds.SECTION, _M),
    _row(Kind.LANGUAGE_REMOVED, "languages removed", "-", Holds.SECTION, _M, _B),
    _row(Kind.STATUS_CHANGED, "administrative statuses changed", "~", Holds.STATEMENT, _M, _B),
    _row(Kind.DESIGNATION_ADDED, "designations added", "+", Holds.DESIGNATION, _M),
    _row(Kind.DESIGNATION_REMOVED, "designations removed", "-", Holds.DESIGNATION, _M, _B),
    _row(Kind.DESIGNATION_REWORDED, "designations reworded", "~", Holds.TERM, _M, _B),
    _row(Kind.DESIGNATION_MOVED, "designations moved", ">", Holds.NOTHING, _M, _B),
    _row(Kind.DEFINITION_EDITED, "definitions edited", "~", Holds.STATEMENT, _P),
    _row(Kind.DEFINITION_ADDED, "definitions added", "+", Holds.STATEMENT, _P),
    _row(Kind.DEFINITION_REMOVED, "definitions removed", "-", Holds.STATEMENT, _P),
    _row(Kind.CATEGORY_CHANGED, "data categories changed", "~", Holds.STATEMENT, _P),
    _row(Kind.CATEGORY_ADDED, "data categories added", "+", Holds.STATEMENT, _P),
    _row(Kind.CATEGORY_REMOVED, "data categories removed", "-", Holds.STATEMENT, _P),
    _row(Kind.REFERENCE_FOLLOWED, "cross-references followed", "~", Holds.STATEMENT, _P, metadata=True),
    _row(Kind.METADATA_CHANGED, "metadata changed", "~", Holds.STATEMENT, _P, metadata=True),
    _row(Kind.METADATA_ADDED, "metadata added", "+", Holds.STATEMENT, _P, metadata=True),
    _row(Kind.METADATA_REMOVED, "metadata removed", "-", Holds.STATEMENT, _P, metadata=True),
    _row(Kind.DESIGNATION_RESPACED, "white space of designations", "~", Holds.TERM, _P, metadata=True),
    _row(Kind.IDENTIFIER_CHANGED, "ids of sections changed", "~", Holds.IDENTIFIER, _P, metadata=True),
    _row(Kind.HEADER_CHANGED, "header changed", "~", Holds.HEADER, _P, metadata=True),
    _row(Kind.RESOURCE_CHANGED, "back matter changed", "~", Holds.RESOURCE, _P, metadata=True),
    _row(Kind.RESOURCE_ADDED, "back matter added", "+", Holds.RESOURCE, _P, metadata=True),
    _row(Kind.RESOURCE_REMOVED, "back matter removed", "-", Holds.RESOURCE, _P, metadata=True),
)
"""Every kind, in the order in which a reader of release notes wants to know."""

KIND: dict[Kind, KindRow] = {each.kind: each for each in KINDS}

Value = Text | DataCategory | TermSection | LanguageSection | ConceptEntry | Header | ReferenceObject | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change. `old` is None for an addition, `new` for a removal; what they hold says the table of kinds.

    concept    id in the old release, in the new one for an added concept, None for header and back matter
    becomes    id in the new release where it is another one: renumbered, merged into, split off, moved to
    language, section   the language, and which of several sections of that language (0: the first)
    term, nth           the designation as it was (as it is, if added), and which of several equal ones
    alike      of an added statement: how many like it, to the letter, stand beside it
    confidence, because how sure a match by content is, and what it rests on
    label, subjects     the concept's name for people and its subject fields
    statuses, preferred administrative statuses concerned, and whether a preferred term is
    parts      the elementary changes a compound one consists of (a merge, a move, another preferred term)
    instead    of a designation that must not be used any more: what to use, for people; no part of the change itself
    """

    kind: Kind
    concept: str | None = None
    becomes: str | None = None
    language: str | None = None
    section: int = 0
    term: Text | None = None
    nth: int = 0
    category: str | None = None
    alike: int = 0
    old: Value = None
    new: Value = None
    confidence: float = 1.0
    because: str | None = None
    label: str = ""
    subjects: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    preferred: bool = False
    parts: tuple[Change, ...] = ()
    instead: Text | None = field(default=None, compare=False)

    @property
    def row(self) -> KindRow:
        """Its kind's row in the table."""
        return KIND[self.kind]

    @property
    def bump(self) -> Bump:
        """What this change asks of the version."""
        row = self.row
        return row.preferred if self.preferred and row.preferred else row.bump

    def elementary(self) -> Iterator[Change]:
        """Itself, and the elementary changes inside it, depth first."""
        yield self
        for part in self.parts:
            yield from part.elementary()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All changes between two releases, in natural order of concept ids, and how the concepts were matched.

    matched_by_id, matched_by_content   numbers of concept pairs; old and new: numbers of concept entries
    findings   what was odd about the ids (DIF001–DIF003)
    """

    changes: tuple[Change, ...] = ()
    old: int = 0
    new: int = 0
    matched_by_id: int = 0
    matched_by_content: int = 0
    findings: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    @property
    def bump(self) -> Bump:
        """The strongest bump any change asks for."""
        return max((each.bump for each in self.changes), key=lambda bump: bump.rank, default=Bump.NONE)


def text_of(value: Value) -> str:
    """A value as plain text for people: a term, the text of a statement, the terms of a section or an entry."""
    if isinstance(value, DataCategory):
        return value.text or value.target or ""
    if isinstance(value, TermSection):
        return plain(value.term)
    if isinstance(value, LanguageSection):
        return ", ".join(plain(each.term) for each in value.terms)
    if isinstance(value, ConceptEntry):
        return "; ".join(f"{section.language}: {text_of(section)}" for section in value.languages if section.terms)
    if isinstance(value, Header):
        return value.title or "header"
    if isinstance(value, ReferenceObject):
        return " ".join(part for part in (value.kind, value.id or "") if part)
    return "" if value is None else plain(value)
