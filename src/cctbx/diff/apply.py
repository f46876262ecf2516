"""Changes put into effect: `apply(old, compare(old, new))` is the new release, up to canonical order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cctbx.diff.changes import Change, Holds, Kind
from cctbx.diff.draft import ConceptDraft, MisfitError
from cctbx.diff.order import canonical, like
from cctbx.findings import Finding, Report, ignore
from cctbx.findings.codes import severity_of
from cctbx.model import ConceptEntry, Header, ReferenceObject, TermBase

__all__ = ["apply", "apply_header", "apply_references", "apply_termbase"]

_GONE = frozenset({Kind.CONCEPT_REMOVED, Kind.CONCEPT_MERGED})
_NEW = frozenset({Kind.CONCEPT_ADDED, Kind.CONCEPT_SPLIT})
_OUTSIDE = frozenset({Holds.HEADER, Holds.RESOURCE})


def _misfit(change: Change, error: MisfitError) -> Finding:
    code = "DIF011" if error.done else "DIF010"
    return Finding(
        code=code, severity=severity_of(code), message=f"{change.kind}: {error}; left as it is", concept=change.concept,
        language=change.language, term=change.label or None, category=change.category,
        advice=None if error.done else "make the change by hand, or compare with the release this term base comes from",
    )  # fmt: skip


class _Plan:
    """The elementary changes by what they touch."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.inside: defaultdict[str, list[Change]] = defaultdict(list)
        self.gone: dict[str, Change] = {}
        self.new: dict[str, Change] = {}
        for compound in changes:
            for change in compound.elementary():
                if isinstance(change.old, ConceptEntry) and change.kind in _GONE:
                    self.gone[change.old.id] = change
                elif isinstance(change.new, ConceptEntry) and change.kind in _NEW:
                    self.new[change.new.id] = change
                elif change.concept is not None and change.row.holds not in _OUTSIDE:
                    self.inside[change.concept].append(change)


def _edited(concept: ConceptEntry, changes: list[Change], report: Report, loose: bool) -> ConceptEntry:
    draft = ConceptDraft(concept, loose=loose)
    for change in changes:
        try:
            draft.edit(change)
        except MisfitError as error:
            report(_misfit(change, error))
    return like(draft.closed(), concept)


def _removed(concept: ConceptEntry, change: Change, report: Report, loose: bool) -> bool:
    """Whether the entry goes; it stays if it was edited since the change was made."""
    if loose or (isinstance(change.old, ConceptEntry) and canonical(change.old) == canonical(concept)):
        return True
    report(_misfit(change, MisfitError("the concept entry was edited")))
    return False


def _kept(
    base: Iterable[ConceptEntry], plan: _Plan, seen: set[str], report: Report, loose: bool
) -> Iterator[ConceptEntry]:
    for concept in base:
        seen.add(concept.id)
        if concept.id in plan.gone and _removed(concept, plan.gone[concept.id], report, loose):
            continue
        edits = plan.inside.get(concept.id)
        yield _edited(concept, edits, report, loose) if edits else concept


def _missing(plan: _Plan, seen: set[str], report: Report) -> None:
    for name in sorted({*plan.inside, *plan.gone} - seen):
        change = plan.gone.get(name) or plan.inside[name][0]
        done = change.kind in _GONE
        report(_misfit(change, MisfitError("the term base has no such concept entry", done=done)))


def apply(
    base: Iterable[ConceptEntry], changes: Iterable[Change], report: Report = ignore, *, loose: bool = False
) -> Iterator[ConceptEntry]:
    """The concept entries of `base`, in their order, with the changes in effect, then the added ones.

    Lazy in `base`. Untouched entries come through as they are, in edited ones languages and designations keep their
    places. A change that does not fit is left out and reported: DIF010, or DIF011 where it is in effect already.
    `loose` is for changes made between views that did not show all of the base: what they did not show stays.
    """
    plan = _Plan(changes)
    seen: set[str] = set()
    taken: dict[str, ConceptEntry] = {}
    for concept in _kept(base, plan, seen, report, loose):
        if concept.id in plan.new:
            taken[concept.id] = concept
        yield concept
    _missing(plan, seen, report)
    for name, change in plan.new.items():
        assert isinstance(change.new, ConceptEntry)
        if name not in taken:
            yield change.new
            continue
        done = canonical(taken[name]) == canonical(change.new)
        report(_misfit(change, MisfitError("the id is taken", done=done)))


def apply_header(header: Header, changes: Iterable[Change], report: Report = ignore) -> Header:
    """The header with a change of it in effect."""
    for change in changes:
        if change.kind is Kind.HEADER_CHANGED and isinstance(change.new, Header):
            if header != change.old:
                report(_misfit(change, MisfitError("the header was edited", done=header == change.new)))
                continue
            header = change.new
    return header


def apply_references(
    references: Iterable[ReferenceObject], changes: Iterable[Change], report: Report = ignore
) -> tuple[ReferenceObject, ...]:
    """The back matter with its changes in effect."""
    held = list(references)
    for change in changes:
        if change.row.holds is not Holds.RESOURCE:
            continue
        if isinstance(change.old, ReferenceObject):
            if change.old not in held:
                report(_misfit(change, MisfitError("it is not there", done=change.new is None)))
                continue
            held.remove(change.old)
        if isinstance(change.new, ReferenceObject):
            held.append(change.new)
    return tuple(held)


def apply_termbase(base: TermBase, changes: Iterable[Change], report: Report = ignore) -> TermBase:
    """A whole term base with the changes in effect."""
    listed = tuple(changes)
    return replace(
        base,
        header=apply_header(base.header, listed, report),
        concepts=tuple(apply(base.concepts, listed, report)),
        references=apply_references(base.references, listed, report),
    )
