"""What a release means to those who use the term base: what to know first, and which version number it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cctbx.diff.changes import Bump, Change, Changes, Holds, Kind
from cctbx.errors import UsageError
from cctbx.model import DataCategory, LanguageSection, TermSection, Text

__all__ = ["RULE", "Forbidden", "Notes", "next_version", "release_notes"]

RULE: tuple[tuple[Bump, str], ...] = (
    (Bump.BREAKING, "a preferred term changed, or a concept was removed, merged, split or renumbered"),
    (Bump.MINOR, "concepts, languages or designations were added, or designations that are not preferred changed"),
    (Bump.PATCH, "definitions, notes and other data categories only"),
)
"""Which changes ask for which bump, in words; the table of kinds decides."""

_OUT = frozenset({"deprecatedTerm-admn-sts", "supersededTerm-admn-sts"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """A designation that must not be used any more: where, its status now, and what to use instead, if known."""

    concept: str
    label: str
    language: str
    term: Text
    status: str
    instead: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The changes of a release by what they mean to a translator."""

    preferred: tuple[Change, ...]
    forbidden: tuple[Forbidden, ...]
    concepts: tuple[Change, ...]
    additions: tuple[Change, ...]
    removals: tuple[Change, ...]
    texts: tuple[Change, ...]
    bump: Bump


_PREFERRED = frozenset({Kind.PREFERRED_CHANGED, Kind.DESIGNATION_REWORDED, Kind.DESIGNATION_MOVED, Kind.STATUS_CHANGED})
_CONCEPTS = frozenset({Kind.CONCEPT_MERGED, Kind.CONCEPT_SPLIT, Kind.CONCEPT_RENUMBERED})


def _outcast(change: Change) -> tuple[TermSection | Text, str] | None:
    """The designation a change puts out of use, and its status now."""
    if change.kind is Kind.STATUS_CHANGED and isinstance(change.new, DataCategory) and change.new.text in _OUT:
        return (change.term, change.new.text) if change.term is not None else None
    return None


def _added_outcasts(change: Change) -> list[tuple[Text, str]]:
    """Designations that came in with a status that forbids them."""
    held = change.new
    terms: tuple[TermSection, ...] = ()
    if change.kind is Kind.DESIGNATION_ADDED and isinstance(held, TermSection):
        terms = (held,)
    elif change.kind is Kind.LANGUAGE_ADDED and isinstance(held, LanguageSection):
        terms = held.terms
    return [(each.term, each.administrative_status) for each in terms if each.administrative_status in _OUT]


def _forbidden(changes: Iterable[Change]) -> list[Forbidden]:
    found = []
    for compound in changes:
        instead = compound.new if compound.kind is Kind.PREFERRED_CHANGED else None
        for change in compound.elementary():
            outcast = _outcast(change)
            pairs = [outcast] if outcast else _added_outcasts(change)
            for term, status in pairs:
                if isinstance(term, TermSection) or change.language is None:
                    continue
                found.append(Forbidden(
                    concept=change.concept or "", label=change.label, language=change.language, term=term,
                    status=status, instead=instead if isinstance(instead, str) else None,
                ))  # fmt: skip
    return found


def release_notes(changes: Changes) -> Notes:
    """The changes sorted for release notes: each stands in one list, except that the forbidden ones are told apart."""
    lists: dict[str, list[Change]] = {name: [] for name in ("preferred", "concepts", "additions", "removals", "texts")}
    for change in changes:
        lists[_list_of(change)].append(change)
    return Notes(
        forbidden=tuple(_forbidden(changes)), bump=changes.bump,
        **{name: tuple(listed) for name, listed in lists.items()},
    )  # fmt: skip


def _list_of(change: Change) -> str:
    if change.preferred and change.kind in _PREFERRED:
        return "preferred"
    if change.kind in _CONCEPTS:
        return "concepts"
    whole = change.row.holds in (Holds.CONCEPT, Holds.SECTION, Holds.DESIGNATION)
    if whole:
        return "removals" if change.new is None else "additions"
    return "texts"


_VERSION = re.compile(r"(v?)(\d+)(?:\.(\d+))?(?:\.(\d+))?$")


def next_version(version: str, bump: Bump) -> str:
    """`1.4.2` with its major, minor or patch number raised. Raises `UsageError` for what is no version."""
    found = _VERSION.match(version.strip())
    if not found:
        raise UsageError(f"version `{version}` is not of the form 1.2.3")
    major, minor, patch = (int(part or 0) for part in found.groups()[1:])
    raised = {
        Bump.BREAKING: (major + 1, 0, 0), Bump.MINOR: (major, minor + 1, 0), Bump.PATCH: (major, minor, patch + 1),
        Bump.NONE: (major, minor, patch),
    }[bump]  # fmt: skip
    return found[1] + ".".join(map(str, raised))
