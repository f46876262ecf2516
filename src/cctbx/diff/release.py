"""What a release means to those who use the term base: what to know first, and which version number it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cctbx.diff.changes import Bump, Change, Changes, Holds, Kind, Value
from cctbx.diff.instead import FORBIDDEN, instead_of
from cctbx.errors import UsageError
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Markup, TermSection, Text, plain

__all__ = ["RULE", "Forbidden", "Notes", "forbidden", "next_version", "release_notes"]

RULE: tuple[tuple[Bump, str], ...] = (
    (Bump.BREAKING, "a preferred term changed, or a concept was removed, merged, split or renumbered"),
    (Bump.MINOR, "concepts, languages or designations were added, or designations that are not preferred changed"),
    (Bump.PATCH, "definitions, notes and other data categories only"),
)
"""Which changes ask for which bump, in words; the table of kinds decides."""

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


def _sections(value: Value, language: str | None) -> Iterator[tuple[str, tuple[TermSection, ...]]]:
    """The designations in a value of a change, by language."""
    if isinstance(value, TermSection):
        yield language or "", (value,)
    elif isinstance(value, LanguageSection):
        yield value.language, value.terms
    elif isinstance(value, ConceptEntry):
        yield from ((each.language, each.terms) for each in value.languages)


def _out_before(compound: Change) -> frozenset[tuple[str, str]]:
    """What a change takes from where it was forbidden already: it may come back elsewhere."""
    return frozenset(
        (language, plain(term.term))
        for change in compound.elementary()
        for language, terms in _sections(change.old, change.language)
        for term in terms
        if term.administrative_status in FORBIDDEN
    )


def _forbidden_by(change: Change) -> Iterator[Forbidden]:
    """The designations that an elementary change puts out of use, or that come in as such."""
    old, new = change.old, change.new
    found = Forbidden(
        concept=change.concept or "", label=change.label, language=change.language or "", term=change.term or "",
        status="", instead=change.instead,
    )  # fmt: skip
    if change.kind is Kind.STATUS_CHANGED and isinstance(new, DataCategory):
        was_out = isinstance(old, DataCategory) and old.text in FORBIDDEN
        if new.text in FORBIDDEN and not was_out:
            yield replace(found, status=new.text)
    elif change.kind in (Kind.DESIGNATION_ADDED, Kind.LANGUAGE_ADDED):
        for _, terms in _sections(new, change.language):
            for each in terms:
                if (status := each.administrative_status) in FORBIDDEN:
                    instead = change.instead or instead_of(each, terms)
                    yield replace(found, term=each.term, status=status or "", instead=instead)


def forbidden(changes: Iterable[Change]) -> Iterator[Forbidden]:
    """The designations that must not be used any more, in the order of the changes."""
    for compound in changes:
        before = _out_before(compound)
        now = compound.new if compound.kind is Kind.PREFERRED_CHANGED else None
        for change in compound.elementary():
            for each in _forbidden_by(change):
                if (each.language, plain(each.term)) not in before:
                    yield replace(each, instead=now) if isinstance(now, (str, Markup)) else each


def release_notes(changes: Changes) -> Notes:
    """The changes sorted for release notes: each stands in one list; what is forbidden now is told apart.

    A designation that was not preferred, and whose status forbids it now, is told there only.
    """
    lists: dict[str, list[Change]] = {name: [] for name in ("preferred", "concepts", "additions", "removals", "texts")}
    for change in changes:
        if change.preferred or change.kind is not Kind.STATUS_CHANGED or not any(_forbidden_by(change)):
            lists[_list_of(change)].append(change)
    return Notes(
        forbidden=tuple(forbidden(changes)), bump=changes.bump,
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
