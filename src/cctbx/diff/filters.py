"""Which changes a reader asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cctbx.diff.changes import Change
from cctbx.diff.settings import CompareSettings
from cctbx.model import ConceptEntry

__all__ = ["asked_for", "languages_of", "statuses_of", "wanted"]


def languages_of(change: Change) -> frozenset[str]:
    """The languages a change concerns; of a whole concept entry, all it has; empty where none is concerned."""
    found = {each.language for each in change.elementary() if each.language is not None}
    for held in (change.old, change.new):
        if isinstance(held, ConceptEntry):
            found.update(section.language for section in held.languages)
    return frozenset(found)


def statuses_of(change: Change) -> frozenset[str]:
    """The administrative statuses of the designations a change concerns, before and after."""
    found = {status for each in change.elementary() for status in each.statuses}
    for held in (change.old, change.new):
        if isinstance(held, ConceptEntry):
            found.update(term.administrative_status for _, term in held.terms() if term.administrative_status)
    return frozenset(found)


def _status_names(asked: frozenset[str]) -> frozenset[str]:
    """`preferred` stands for `preferredTerm-admn-sts`, and so on."""
    return asked | {f"{name}Term-admn-sts" for name in asked if not name.endswith("-admn-sts")}


def _asked(change: Change, settings: CompareSettings) -> bool:
    if change.row.metadata and not settings.strict:
        return False
    if settings.kinds and change.kind not in settings.kinds:
        return False
    if settings.subjects and settings.subjects.isdisjoint(change.subjects):
        return False
    asked = settings.languages
    if asked and not any(asked_for(each, asked) for each in languages_of(change)):
        return False
    return not settings.statuses or not _status_names(settings.statuses).isdisjoint(statuses_of(change))


def asked_for(language: str, asked: frozenset[str]) -> bool:
    """Whether a language is one of those asked for; `en` asks for `en-GB`, too."""
    return any(language == each or language.startswith(f"{each}-") for each in asked)


def wanted(changes: Iterable[Change], settings: CompareSettings) -> Iterator[Change]:
    """The changes that pass the filters of the settings, in order."""
    return (each for each in changes if _asked(each, settings))
