"""Two releases compared: concept entries matched, then every pair looked into, then seen together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from cctbx.diff.changes import Change, Changes, Kind
from cctbx.diff.filters import wanted
from cctbx.diff.inside import concept_changes, label_of, subjects_of
from cctbx.diff.matching import Match, Matching, match
from cctbx.diff.order import canonical, natural, retargeted
from cctbx.diff.regroup import follow, moved, regroup
from cctbx.diff.settings import CompareSettings
from cctbx.findings import Finding, Report
from cctbx.findings.codes import severity_of
from cctbx.model import ConceptEntry, DataCategory, Header, ReferenceObject, TermBase

__all__ = [
    "compare", "compare_header", "compare_references", "compare_termbases", "in_order",
    "with_own_ids", "without_common_ids",
]  # fmt: skip

Concepts = dict[str, ConceptEntry]


def with_own_ids(
    concepts: Iterable[ConceptEntry], release: str, free: Callable[[str], bool], report: Report
) -> Iterator[ConceptEntry]:
    """The entries; a second one with an id already taken is numbered `id#2` and reported (DIF003).

    `release` is what to call the term base; `free` takes an id, and says whether it was free.
    """
    for concept in concepts:
        name, number = concept.id, 1
        while not free(name):
            number += 1
            name = f"{concept.id}#{number}"
        if number > 1:
            said = f"concept {concept.id} “{label_of(concept)}”"
            message = f"{said} is there {number} times in the {release} release; compared as {name}"
            report(_finding("DIF003", message, concept.id, "give each concept entry its own id"))
            concept = replace(concept, id=name)
        yield concept


def _named(concepts: Iterable[ConceptEntry], release: str, report: Report) -> Concepts:
    found: Concepts = {}
    for each in with_own_ids(concepts, release, lambda name: name not in found, report):
        found[each.id] = each
    return found


def _finding(code: str, message: str, concept: str | None = None, advice: str | None = None) -> Finding:
    return Finding(code=code, severity=severity_of(code), message=message, concept=concept, advice=advice)


def _alone(kind: Kind, concept: ConceptEntry) -> Change:
    added = kind is Kind.CONCEPT_ADDED
    concept = canonical(concept)
    return Change(
        kind=kind, concept=concept.id, old=None if added else concept, new=concept if added else None,
        label=label_of(concept), subjects=subjects_of(concept),
    )  # fmt: skip


def _renumbered(pair: Match, old: ConceptEntry, new: ConceptEntry) -> Change:
    return Change(
        kind=Kind.CONCEPT_RENUMBERED, concept=pair.old, becomes=pair.new, old=pair.old, new=pair.new,
        confidence=pair.confidence, because=pair.because, label=label_of(old) or label_of(new),
        subjects=subjects_of(old),
    )  # fmt: skip


def _merged_ids(compound: Iterable[Change]) -> dict[str, str]:
    return {str(each.concept): str(each.becomes) for each in compound if each.kind is Kind.CONCEPT_MERGED}


def _equal(old: ConceptEntry, new: ConceptEntry) -> bool:
    return old == (new if old.id == new.id else replace(new, id=old.id))


def _pair_changes(
    pairs: Iterable[Match], old: Concepts, new: Concepts, ids: Mapping[str, str]
) -> dict[str, list[Change]]:
    return {
        pair.old: list(concept_changes(old[pair.old], new[pair.new], ids))
        for pair in pairs
        if not _equal(old[pair.old], new[pair.new])
    }


def _inside(matching: Matching, old: Concepts, new: Concepts, known: Mapping[str, str]) -> Iterator[Change]:
    """All changes of matched concepts, and of those that merged into them or were split off."""
    ids = dict(known) | {each.old: each.new for each in matching.matches if each.old != each.new}
    changes = _pair_changes(matching.matches, old, new, ids)
    removed = [old[name] for name in matching.removed]
    added = [new[name] for name in matching.added]
    partners = {each.old: new[each.new] for each in matching.matches}
    compound = [_renumbered(each, old[each.old], new[each.new]) for each in matching.matches if each.old != each.new]
    compound += regroup(removed, changes, partners, ids, merged=True)
    compound += regroup(added, changes, old, ids, merged=False)
    if followers := _merged_ids(compound):
        _follow_merges(changes, followers)
    yield from moved(changes)
    yield from follow(compound, changes)
    merged = {each.concept for each in compound if each.kind is Kind.CONCEPT_MERGED}
    split = {each.becomes for each in compound if each.kind is Kind.CONCEPT_SPLIT}
    yield from (_alone(Kind.CONCEPT_REMOVED, each) for each in removed if each.id not in merged)
    yield from (_alone(Kind.CONCEPT_ADDED, each) for each in added if each.id not in split)
    for listed in changes.values():
        yield from listed


def _follow_merges(changes: dict[str, list[Change]], ids: Mapping[str, str]) -> None:
    """Cross-references to a merged concept that now point to the one it merged into are no edit of their own."""
    for name, listed in changes.items():
        for place, each in enumerate(listed):
            before, after = each.old, each.new
            if not (isinstance(before, DataCategory) and isinstance(after, DataCategory)):
                continue
            if retargeted(before, lambda target: ids.get(target, target)) == after:
                changes[name][place] = replace(each, kind=Kind.REFERENCE_FOLLOWED)


_ORDER = {kind: place for place, kind in enumerate(Kind)}


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes in natural order of concept ids; inside a concept by language, designation and kind."""
    groups: defaultdict[str | None, list[Change]] = defaultdict(list)
    for each in changes:
        groups[each.concept].append(each)
    found: list[Change] = []
    for name in sorted(groups, key=natural):
        listed = groups.pop(name)
        found += sorted(listed, key=_place) if len(listed) > 1 else listed
    return tuple(found)


def _place(change: Change) -> tuple[object, ...]:
    return (
        change.language or "", change.section, str(change.term or ""), change.nth,
        _ORDER[change.kind], change.category or "", natural(change.becomes), repr(change.old), repr(change.new),
    )  # fmt: skip


def without_common_ids(changes: Changes) -> Iterator[Finding]:
    """DIF001 where everything that matched did so by content."""
    if changes.matched_by_content and not changes.matched_by_id:
        count = f"{changes.matched_by_content} of {changes.old} concept entries"
        message = f"the releases share no concept ids: {count} matched by content"
        yield _finding("DIF001", message, advice="keep the ids of concept entries from release to release")


def _id_findings(matching: Matching, old: Concepts, new: Concepts) -> Iterator[Finding]:
    for name in matching.reused:
        was, now = label_of(old[name]), label_of(new[name])
        message = f"concept {name} was “{was}” and is “{now}”: matched by content instead"
        yield _finding("DIF002", message, name, "never give a concept id to another concept")


def compare(
    old: Iterable[ConceptEntry], new: Iterable[ConceptEntry], settings: CompareSettings | None = None,
    *, known: Mapping[str, str] | None = None,
) -> Changes:  # fmt: skip
    """All changes between two releases, given as their concept entries in any order.

    Entries that are equal on both sides may be left out on both: they change nothing, except that the counts `old`,
    `new` and `matched_by_id` then leave them out, too. `known` maps old ids to new ones of entries that were renumbered
    and left out. Findings: DIF001 no common ids (for the caller to give, where `known` is), DIF002 an id given to
    another concept, DIF003 an id used twice. Without `settings.strict`, metadata is left out, and the changes say all
    but that.
    """
    settings = settings or CompareSettings()
    findings: list[Finding] = []
    before, after = _named(old, "old", findings.append), _named(new, "new", findings.append)
    matching = match(before, after, settings.alike)
    findings += _id_findings(matching, before, after)
    by_id = sum(each.because == "id" for each in matching.matches)
    changes = Changes(
        changes=in_order(wanted(_inside(matching, before, after, known or {}), settings)),
        old=len(before), new=len(after), matched_by_id=by_id,
        matched_by_content=len(matching.matches) - by_id, findings=tuple(findings),
    )  # fmt: skip
    if known is not None:
        return changes
    return replace(changes, findings=(*changes.findings, *without_common_ids(changes)))


def compare_header(old: Header, new: Header) -> Iterator[Change]:
    """One change if the headers differ."""
    if old != new:
        yield Change(kind=Kind.HEADER_CHANGED, old=old, new=new, label=new.title or old.title or "")


def compare_references(old: Iterable[ReferenceObject], new: Iterable[ReferenceObject]) -> Iterator[Change]:
    """Changes of the back matter: objects paired by kind and id."""
    before, after = list(old), list(new)
    gone = sorted((Counter(before) - Counter(after)).elements(), key=repr)
    come = sorted((Counter(after) - Counter(before)).elements(), key=repr)
    for each in gone:
        partner = next((other for other in come if each.id and (other.kind, other.id) == (each.kind, each.id)), None)
        if partner is not None:
            come.remove(partner)
        kind = Kind.RESOURCE_REMOVED if partner is None else Kind.RESOURCE_CHANGED
        yield Change(kind=kind, old=each, new=partner, label=each.id or each.kind)
    for each in come:
        yield Change(kind=Kind.RESOURCE_ADDED, new=each, label=each.id or each.kind)


def compare_termbases(old: TermBase, new: TermBase, settings: CompareSettings | None = None) -> Changes:
    """All changes between two materialised term bases, header and back matter included where `strict`."""
    settings = settings or CompareSettings()
    inside = compare(old.concepts, new.concepts, settings)
    outside = [*compare_header(old.header, new.header), *compare_references(old.references, new.references)]
    return replace(inside, changes=in_order([*inside.changes, *wanted(outside, settings)]))
