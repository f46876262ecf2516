"""Three-way merge: two term bases that come from one are made one again.

By concept entry, language section, designation and data category: independent edits merge, the same edit merges,
contradictions become conflicts. Where there is a conflict the result keeps what the base had (what one side deleted and
the other edited stays, edited): so the result is valid, and the same whichever side is called ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from cctbx.diff.changes import text_of
from cctbx.diff.conflicts import Conflict
from cctbx.diff.identifiers import carriers, clashes, without_ids
from cctbx.diff.inside import label_of
from cctbx.diff.matching import term_keys
from cctbx.diff.merge_inside import ConceptMerger, Picker
from cctbx.diff.order import canonical, like, natural
from cctbx.model import ConceptEntry, DataCategory, Header, ReferenceObject, TermBase, statements

__all__ = ["Merged", "merge", "merge_termbases"]

Concepts = dict[str, ConceptEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The merged entries, those of ours first, in its order, and all conflicts, resolved ones included."""

    concepts: tuple[ConceptEntry, ...]
    conflicts: tuple[Conflict, ...] = ()
    header: Header = field(default_factory=Header)
    references: tuple[ReferenceObject, ...] = ()

    @property
    def unresolved(self) -> tuple[Conflict, ...]:
        """The conflicts nobody has chosen in."""
        return tuple(each for each in self.conflicts if each.taken is None)


def _by_id(concepts: Iterable[ConceptEntry]) -> Concepts:
    found: Concepts = {}
    for each in concepts:
        name, number = each.id, 1
        while name in found:
            number += 1
            name = f"{each.id}#{number}"
        found[name] = each
    return found


class _Merge:
    def __init__(self, base: Concepts, ours: Concepts, theirs: Concepts, choices: Mapping[str, str]) -> None:
        self.sides = (base, ours, theirs)
        self.choices = choices
        self.conflicts: list[Conflict] = []
        self.result: Concepts = {}

    def run(self) -> None:
        for name in sorted({each for side in self.sides for each in side}, key=natural):
            self._one(name, *(side.get(name) for side in self.sides))
        self._keep_referenced()
        self._unique_ids()

    def _one(
        self, name: str, base: ConceptEntry | None, ours: ConceptEntry | None, theirs: ConceptEntry | None
    ) -> None:
        """The commonest cases, without looking inside: an entry that at most one side touched."""
        if ours is base or ours == base:
            self._put(theirs)
        elif theirs is base or theirs == base or ours == theirs:
            self._put(ours)
        else:
            self._merge(name, *(each and canonical(each) for each in (base, ours, theirs)))

    def _put(self, concept: ConceptEntry | None) -> None:
        if concept is not None:
            self.result[concept.id] = concept

    def _merge(
        self, name: str, base: ConceptEntry | None, ours: ConceptEntry | None, theirs: ConceptEntry | None
    ) -> None:
        known = base or ours or theirs
        assert known is not None
        picker = Picker(concept=name, label=label_of(known), choices=self.choices, conflicts=self.conflicts)
        if ours is None or theirs is None:
            self._put(picker.pick("concept entry", base, ours, theirs, default=ours or theirs))
        elif base is None and ours != theirs and not _may_be_one(ours, theirs):
            self._twice(picker, ours, theirs)
        else:
            merged = ConceptMerger(picker).concept(base or ConceptEntry(id=name), ours, theirs)
            models = [side[name] for side in (self.sides[1], self.sides[2]) if name in side]
            self._put(like(merged, *models))

    def _twice(self, picker: Picker, ours: ConceptEntry, theirs: ConceptEntry) -> None:
        """Both sides gave one new id to different concepts. One gets another id till a person chooses."""
        first, second = sorted((ours, theirs), key=repr)
        taken = picker.contradiction("concept id", None, text_of(ours), text_of(theirs))
        if taken in ("ours", "theirs"):
            first, second = (ours, theirs) if taken == "ours" else (theirs, ours)
        self._put(first)
        number = 2
        while any(f"{first.id}-{number}" in side for side in (*self.sides, self.result)):
            number += 1
        self._put(replace(second, id=f"{first.id}-{number}"))

    def _unique_ids(self) -> None:
        """An id that both sides gave to different things stays where the base had it, or where a person says."""
        for name, held in sorted(clashes(self.result.values(), *(side.values() for side in self.sides)).items()):
            places = [next(iter(carriers(side.values()).get(name, ())), None) for side in self.sides]
            known = self.result[held[0]]
            picker = Picker(concept=known.id, label=label_of(known), choices=self.choices, conflicts=self.conflicts)
            taken = picker.contradiction(f"id {name}", *(each and f"in concept {each}" for each in places))
            keeper = {"base": places[0], "ours": places[1], "theirs": places[2]}[taken or "base"]
            for each in set(held) - {keeper}:
                self.result[each] = without_ids(self.result[each], frozenset({name}))

    def _keep_referenced(self) -> None:
        """An entry that one side deleted and the other one newly refers to stays, with a conflict."""
        while missing := self._newly_dangling():
            for name, by in sorted(missing.items()):
                base, ours, theirs = (side.get(name) for side in self.sides)
                kept = ours or theirs or base
                assert kept is not None
                picker = Picker(concept=name, label=label_of(kept), choices=self.choices, conflicts=self.conflicts)
                said = f"{text_of(kept)} (referred to by {by})"
                picker.contradiction("concept entry", text_of(base), said if ours else None, said if theirs else None)
                self._put(kept)

    def _newly_dangling(self) -> dict[str, str]:
        """Ids of deleted entries that merged ones refer to, although the deleting side did not: id → by whom."""
        base, ours, theirs = self.sides
        deleted = {name for name in base if name not in self.result and (name in ours) != (name in theirs)}
        if not deleted:
            return {}
        found: dict[str, str] = {}
        for concept in self.result.values():
            for name in _targets(concept) & deleted:
                deleting = theirs if name in ours else ours
                if concept.id not in deleting or name not in _targets(deleting[concept.id]):
                    found.setdefault(name, concept.id)
        return found


def _may_be_one(ours: ConceptEntry, theirs: ConceptEntry) -> bool:
    """Whether two new entries with one id can be one concept: they share a designation, or one has none."""
    one, other = term_keys(ours), term_keys(theirs)
    return not one or not other or not one.isdisjoint(other)


def _stated_targets(stated: Iterable[DataCategory]) -> set[str]:
    found = set()
    for each in stated:
        if each.target:
            found.add(each.target)
        if each.group:
            found |= _stated_targets(each.group)
    return found


def _targets(concept: ConceptEntry) -> set[str]:
    """Everything an entry refers to."""
    found = _stated_targets(statements(concept))
    for section in concept.languages:
        found |= _stated_targets(statements(section))
        for term in section.terms:
            found |= _stated_targets(statements(term))
    return found


def _in_order(result: Concepts, ours: Concepts, theirs: Concepts) -> tuple[ConceptEntry, ...]:
    place = {name: number for number, name in enumerate(dict.fromkeys((*ours, *theirs)))}
    return tuple(sorted(result.values(), key=lambda each: (place.get(each.id, len(place)), natural(each.id))))


def merge(
    base: Iterable[ConceptEntry], ours: Iterable[ConceptEntry], theirs: Iterable[ConceptEntry],
    choices: Mapping[str, str] | None = None,
) -> Merged:  # fmt: skip
    """Merge the concept entries of two releases that come from `base`.

    `choices` maps keys of conflicts to `base`, `ours` or `theirs`: decisions of a person. What is absent on a side was
    deleted there; for sides that cannot hold everything see `diff.sparse`. Entries nobody or one side touched come
    through as they are, merged ones with languages and designations in the order of ours.
    """
    sides = [_by_id(each) for each in (base, ours, theirs)]
    work = _Merge(sides[0], sides[1], sides[2], choices or {})
    work.run()
    conflicts = tuple(sorted(work.conflicts, key=lambda each: (natural(each.concept), each.place)))
    return Merged(concepts=_in_order(work.result, sides[1], sides[2]), conflicts=conflicts)


def _merged_references(
    base: Iterable[ReferenceObject], ours: Iterable[ReferenceObject], theirs: Iterable[ReferenceObject]
) -> tuple[ReferenceObject, ...]:
    """Back matter: what both kept and what either added; of an object edited on both sides, both edits."""
    before, one, other = list(base), list(ours), list(theirs)
    kept = [each for each in before if each in one and each in other]
    added = [each for each in (*one, *other) if each not in before]
    return tuple(dict.fromkeys((*kept, *added)))


def merge_termbases(
    base: TermBase, ours: TermBase, theirs: TermBase, choices: Mapping[str, str] | None = None
) -> Merged:
    """Merge whole term bases, header and back matter included. A header edited on both sides is a conflict."""
    merged = merge(base.concepts, ours.concepts, theirs.concepts, choices)
    conflicts = list(merged.conflicts)
    picker = Picker(concept="header", label=base.header.title or "", choices=choices or {}, conflicts=conflicts)
    header = picker.pick_fields("header", base.header, ours.header, theirs.header)
    references = _merged_references(base.references, ours.references, theirs.references)
    return replace(merged, conflicts=tuple(conflicts), header=header, references=references)
