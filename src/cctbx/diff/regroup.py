"""Elementary changes seen together: designations moved between concepts, concepts merged and split."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cctbx.diff.changes import Change, Kind
from cctbx.diff.inside import label_of, subjects_of
from cctbx.diff.matching import Key, term_keys
from cctbx.diff.order import canonical, natural
from cctbx.diff.pairing import substance
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, TermSection, plain, statements
from cctbx.text.normal import fold

__all__ = ["follow", "moved", "regroup"]

_SHARE = 0.5
"""How much of a concept's designations another one must have taken over to speak of a merge or a split."""


def _keys_of(change: Change) -> frozenset[Key]:
    """The designations a change brings in or takes out as a whole."""
    held = change.new or change.old
    if isinstance(held, LanguageSection):
        return frozenset((held.language, fold(plain(each.term))) for each in held.terms)
    if isinstance(held, TermSection) and change.language is not None:
        return frozenset({(change.language, fold(plain(held.term)))})
    return frozenset()


_COMING = frozenset({Kind.DESIGNATION_ADDED, Kind.LANGUAGE_ADDED})
_GOING = frozenset({Kind.DESIGNATION_REMOVED, Kind.LANGUAGE_REMOVED})
_STATED = {
    True: frozenset({Kind.DEFINITION_ADDED, Kind.CATEGORY_ADDED, Kind.METADATA_ADDED, Kind.STATUS_CHANGED}),
    False: frozenset({Kind.DEFINITION_REMOVED, Kind.CATEGORY_REMOVED, Kind.METADATA_REMOVED, Kind.STATUS_CHANGED}),
}


class _Contents:
    """What one entry says, to recognise it in another: designations, and statements by place."""

    def __init__(self, concept: ConceptEntry) -> None:
        self.keys = term_keys(concept)
        self._stated: set[tuple[str | None, str | None, DataCategory]] = set()
        for each in statements(concept):
            self._stated.add((None, None, substance(each)))
        for section in concept.languages:
            self._stated.update((section.language, None, substance(each)) for each in statements(section))
            for term in section.terms:
                name = fold(plain(term.term))
                self._stated.update((section.language, name, substance(each)) for each in statements(term))

    def explains(self, change: Change, coming: bool) -> bool:
        """Whether what the change brings in (or takes out) stands in this entry."""
        if change.kind in (_COMING if coming else _GOING):
            return bool(keys := _keys_of(change)) and keys <= self.keys
        held = change.new if coming else change.old
        other = change.old if coming else change.new
        if change.kind in _STATED[coming] and isinstance(held, DataCategory) and other is None:
            term = fold(plain(change.term)) if change.term is not None else None
            return (change.language, term, substance(held)) in self._stated
        return False


def _by_key(changes: Iterable[Change], kinds: frozenset[Kind]) -> dict[Key, set[str]]:
    """Which concepts gained (or lost) a designation: ids of the old release."""
    found: defaultdict[Key, set[str]] = defaultdict(set)
    for change in changes:
        if change.kind in kinds and change.concept is not None:
            for key in _keys_of(change):
                found[key].add(change.concept)
    return found


def _home(
    concept: ConceptEntry, gained: Mapping[Key, set[str]], others: Mapping[str, ConceptEntry]
) -> tuple[str, float] | None:
    """The concept that took over (or gave away) most of this one's designations: its old id and the share, or None."""
    keys = term_keys(concept)
    if not keys:
        return None
    suggested = {name for key in keys for name in gained.get(key, ())}
    ranked = sorted((-len(keys & term_keys(others[name])) / len(keys), natural(name), name) for name in suggested)
    if not ranked or -ranked[0][0] < _SHARE:
        return None
    return ranked[0][2], -ranked[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Direction:
    """Merge and split are one thing seen from two sides."""

    kind: Kind
    alone: Kind
    coming: bool


_MERGE = _Direction(kind=Kind.CONCEPT_MERGED, alone=Kind.CONCEPT_REMOVED, coming=True)
_SPLIT = _Direction(kind=Kind.CONCEPT_SPLIT, alone=Kind.CONCEPT_ADDED, coming=False)


def _compound(
    way: _Direction, concept: ConceptEntry, home: tuple[str, float], ids: Mapping[str, str], parts: tuple[Change, ...]
) -> Change:
    partner, share = home
    merged = way.coming
    concept = canonical(concept)
    return Change(
        kind=way.kind,
        concept=concept.id if merged else partner,
        becomes=ids.get(partner, partner) if merged else concept.id,
        old=concept if merged else None,
        new=None if merged else concept,
        confidence=round(share, 2),
        because="all its designations" if share == 1.0 else f"{round(share * 100)} % of its designations",
        label=label_of(concept),
        subjects=subjects_of(concept),
        parts=parts,
    )


def regroup(
    alone: Iterable[ConceptEntry], changes: dict[str, list[Change]], others: Mapping[str, ConceptEntry],
    ids: Mapping[str, str], *, merged: bool,
) -> list[Change]:  # fmt: skip
    """Merges (of entries that are gone) or splits (of entries that are new); parts are taken out of `changes`.

    alone    the entries without a partner
    changes  the changes of the pairs by old id; what a merge or split explains is taken out
    others   per old id the entry in which the designations must stand: the new one for merges, the old for splits
    ids      old ids to new ones
    """
    way = _MERGE if merged else _SPLIT
    gained = _by_key((each for listed in changes.values() for each in listed), _COMING if merged else _GOING)
    found = []
    for concept in alone:
        home = _home(concept, gained, others)
        if home is None:
            continue
        contents = _Contents(concept)
        listed = changes[home[0]]
        parts = tuple(each for each in listed if contents.explains(each, way.coming))
        changes[home[0]] = [each for each in listed if each not in parts]
        found.append(_compound(way, concept, home, ids, parts))
    return found


def moved(changes: Mapping[str, list[Change]]) -> list[Change]:
    """Designations removed from one concept and added to another; taken out of `changes`."""
    leaving: defaultdict[Key, list[Change]] = defaultdict(list)
    for name in sorted(changes, key=natural):
        for each in changes[name]:
            if each.kind is Kind.DESIGNATION_REMOVED:
                for key in _keys_of(each):
                    leaving[key].append(each)
    found = []
    for name in sorted(changes, key=natural):
        for each in list(changes[name]):
            if each.kind is not Kind.DESIGNATION_ADDED:
                continue
            waiting = next((leaving[key] for key in _keys_of(each) if leaving[key]), None)
            if waiting and waiting[0].concept != each.concept:
                gone = waiting.pop(0)
                changes[str(gone.concept)].remove(gone)
                changes[name].remove(each)
                found.append(_move(gone, each))
    return found


def _move(gone: Change, come: Change) -> Change:
    return replace(
        gone, kind=Kind.DESIGNATION_MOVED, becomes=come.becomes or come.concept, old=gone.term, new=come.term,
        preferred=gone.preferred or come.preferred, parts=(gone, come),
        statuses=tuple(dict.fromkeys((*gone.statuses, *come.statuses))),
    )  # fmt: skip


def follow(compound: list[Change], changes: Mapping[str, list[Change]]) -> list[Change]:
    """Cross-references that follow a renumbered or merged concept become parts of that change; the rest stay."""
    targets: defaultdict[str, list[Change]] = defaultdict(list)
    for listed in changes.values():
        for each in list(listed):
            if each.kind is Kind.REFERENCE_FOLLOWED and (name := _followed(each)) is not None:
                targets[name].append(each)
    result = []
    for each in compound:
        mine = targets.pop(str(each.concept), []) if each.kind in _RENAMING else []
        for part in mine:
            changes[str(part.concept)].remove(part)
        result.append(replace(each, parts=(*each.parts, *mine)) if mine else each)
    return result


_RENAMING = frozenset({Kind.CONCEPT_RENUMBERED, Kind.CONCEPT_MERGED})


def _followed(change: Change) -> str | None:
    """The old id that a followed cross-reference pointed to."""
    return change.old.target if isinstance(change.old, DataCategory) else None

