"""Alignments as text, as JSON lines, and the reasons for one entry as a table."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cctbx.align.verdicts import entry_keys
from cctbx.errors import UsageError
from cctbx.model import AlignedConcept, Alignment, Candidate, SourceEntry

__all__ = ["alignment_jsonl", "alignment_text", "explanation"]


def _by_key(entries: Sequence[SourceEntry]) -> dict[str, SourceEntry]:
    return dict(zip(entry_keys(entries), entries, strict=True))


def alignment_jsonl(
    alignment: Alignment, entries: Sequence[SourceEntry], ids: Sequence[str], files: Mapping[str, str]
) -> Iterator[str]:
    """One concept a line, `ids` in the order of the concepts. A source whose file has another name states `file`
    too."""
    known = _by_key(entries)
    for concept, name in zip(alignment.concepts, ids, strict=True):
        yield json.dumps(_concept_object(concept, name, known, files), ensure_ascii=False)


def _concept_object(
    concept: AlignedConcept, name: str, known: Mapping[str, SourceEntry], files: Mapping[str, str]
) -> dict[str, Any]:
    evidence = [
        {"between": list(each.between), "kind": each.kind, "weight": each.weight, "because": each.because}
        for each in concept.evidence
    ]
    members = [_member(known[key], key, files) for key in concept.members]
    return {"id": name, "members": members, "probability": concept.probability, "evidence": evidence}


def _member(entry: SourceEntry, key: str, files: Mapping[str, str]) -> dict[str, Any]:
    member: dict[str, Any] = {"source": entry.source}
    file = files.get(entry.source, entry.source)
    if file != entry.source:
        member["file"] = file
    return member | {
        "language": entry.language, "line_first": entry.line_first, "headword": entry.headword, "entry": key,
    }  # fmt: skip


def alignment_text(alignment: Alignment, entries: Sequence[SourceEntry]) -> Iterator[str]:
    """Concepts with two or more members, surest first, then how many stand alone."""
    known = _by_key(entries)
    linked = [concept for concept in alignment.concepts if len(concept.members) > 1]
    for concept in sorted(linked, key=lambda each: (-each.probability, each.members)):
        shown = " = ".join(f"{known[key].headword} [{known[key].language}]" for key in concept.members)
        yield f"{concept.probability:.2f}  {shown}"
    alone = len(alignment.concepts) - len(linked)
    yield f"{len(linked)} concepts with two or more entries, {alone} entries without a counterpart"


def explanation(alignment: Alignment, entries: Sequence[SourceEntry], wanted: str) -> Iterator[str]:
    """Every candidate of an entry with its reasons and their running sum, likeliest first.

    `wanted` is an entry's id, or a headword. Raises `UsageError` where there is no such entry.
    """
    known = _by_key(entries)
    keys = [key for key, entry in known.items() if wanted in (key, entry.id, entry.headword)]
    if not keys:
        raise UsageError(f"no entry has the id or headword `{wanted}`; `cctbx align … --format jsonl` shows both")
    for key in keys:
        entry = known[key]
        yield f"{entry.headword} [{entry.language}], {entry.source}:{entry.line_first}"
        found = [each for each in (*alignment.candidates, *alignment.doublettes) if key in each.between]
        if not found:
            yield "  no candidate"
        for candidate in sorted(found, key=lambda each: (-each.probability, each.between)):
            yield from _weighed(candidate, known[next(each for each in candidate.between if each != key)])


def _weighed(candidate: Candidate, other: SourceEntry) -> Iterator[str]:
    state = "linked" if candidate.linked else "not linked"
    place = f"{other.source}:{other.line_first}"
    yield f"  {candidate.probability:.3f} {state}: {other.headword} [{other.language}], {place}"
    total = 0.0
    ordered = sorted(candidate.evidence, key=lambda each: each.kind != "prior")
    for each in ordered:
        total += each.weight
        yield f"    {each.weight:+6.2f} {total:+7.2f}  {each.kind:<13} {each.because}"
    final = math.log(max(candidate.probability, 1e-9) / max(1 - candidate.probability, 1e-9))
    if candidate.evidence and abs(final - total) > 0.01 and abs(final) < 9:
        yield f"    {final - total:+6.2f} {final:+7.2f}  calibration   so that probabilities mean what they say"
