"""The concept register: ids are assigned once, kept while pages change, and never reused.

A register row holds the id, its status, the source entries that made the concept when it was last seen, and a label for
readers. `assign` gives every aligned concept an id: by shared members first, then, for a concept whose only entry was
renamed, by a similar headword in the same source; what is left gets the next free number.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cctbx.errors import InputError
from cctbx.findings import Finding, Severity
from cctbx.model import AlignedConcept

__all__ = ["RegisteredConcept", "Status", "assign", "read_register", "write_register"]

_COLUMNS = ("id", "status", "into", "label", "members")
_SIMILAR = 0.8
"""From this likeness of two entry ids (their headwords) on, a lone entry counts as renamed rather than replaced."""


class Status(StrEnum):
    """What became of an assigned id."""

    ACTIVE = "active"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredConcept:
    """One assigned id. `members` are source entry ids, sorted; `into` is the id it was merged into."""

    id: str
    status: Status = Status.ACTIVE
    into: str | None = None
    label: str = ""
    members: tuple[str, ...] = ()


def read_register(text: str, *, file: str = "concept-ids.tsv") -> tuple[RegisteredConcept, ...]:
    """The rows of a register (TSV with a header line); raises `InputError` with file and line."""
    rows = []
    for number, line in enumerate(text.splitlines()[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(_COLUMNS):
            raise InputError(f"wanted {len(_COLUMNS)} columns ({', '.join(_COLUMNS)})", file=file, line=number)
        identifier, status, into, label, members = cells
        if status not in set(Status):
            raise InputError(f"status `{status}` is none of {', '.join(Status)}", file=file, line=number)
        rows.append(
            RegisteredConcept(
                id=identifier, status=Status(status), into=into or None, label=label,
                members=tuple(each for each in members.split("|") if each),
            )
        )  # fmt: skip
    twice = sorted({each.id for each in rows if sum(other.id == each.id for other in rows) > 1})
    if twice:
        raise InputError(f"id {twice[0]} stands twice; an id is assigned once", file=file)
    return tuple(rows)


def write_register(register: Iterable[RegisteredConcept]) -> str:
    """The register as TSV, sorted by number; `read_register` reads it back."""
    ordered = sorted(register, key=lambda each: (_number(each.id), each.id))
    lines = ["\t".join((row.id, row.status, row.into or "", row.label, "|".join(row.members))) for row in ordered]
    return "\n".join(("\t".join(_COLUMNS), *lines)) + "\n"


def _number(identifier: str) -> int:
    digits = "".join(each for each in identifier if each.isdigit())
    return int(digits or 0)


def _overlaps(
    concepts: Sequence[AlignedConcept], register: Sequence[RegisteredConcept]
) -> Iterator[tuple[tuple[object, ...], int, int]]:
    """Every pair of a concept and a row that share members: best first when sorted by the key."""
    holders: dict[str, list[int]] = {}
    for place, row in enumerate(register):
        for member in row.members:
            holders.setdefault(member, []).append(place)
    for index, concept in enumerate(concepts):
        shared: dict[int, int] = {}
        for member in concept.members:
            for place in holders.get(member, ()):
                shared[place] = shared.get(place, 0) + 1
        for place, count in shared.items():
            row = register[place]
            active = row.status is Status.ACTIVE
            yield (not active, -count, _number(row.id), concept.members), index, place


def _renamed(
    concepts: Sequence[AlignedConcept], register: Sequence[RegisteredConcept], taken: dict[int, int]
) -> Iterator[tuple[tuple[object, ...], int, int]]:
    """Pairs, both unmatched so far, of a concept and a row that have one like-named entry in the same source."""
    matched = set(taken.values())
    lost = [(n, row) for n, row in enumerate(register) if n not in matched and row.status is Status.ACTIVE]
    for index, concept in enumerate(concepts):
        for place, row in lost if index not in taken else ():
            best = max((_likeness(a, b) for a in concept.members for b in row.members), default=0.0)
            if best >= _SIMILAR:
                yield (-best, _number(row.id), concept.members), index, place


def _likeness(one: str, other: str) -> float:
    source, _, headword = one.partition("#")
    other_source, _, other_headword = other.partition("#")
    return difflib.SequenceMatcher(None, headword, other_headword).ratio() if source == other_source else 0.0


def _match(pairs: Iterable[tuple[tuple[object, ...], int, int]], taken: dict[int, int]) -> None:
    """Extend the one-to-one matching concept → row, best pairs first."""
    rows = set(taken.values())
    for _, index, place in sorted(pairs, key=lambda each: each[0]):
        if index not in taken and place not in rows:
            taken[index] = place
            rows.add(place)


def _finding(code: str, severity: Severity, concept: str, message: str) -> Finding:
    return Finding(code=code, severity=severity, concept=concept, message=message)


def _retired(row: RegisteredConcept, owner: dict[str, str], report: Callable[[Finding], None]) -> RegisteredConcept:
    """What becomes of an active row no concept matched: merged where its members went, or withdrawn."""
    into = sorted({owner[member] for member in row.members if member in owner}, key=_number)
    if into:
        message = f"{row.label or row.id} is now part of {into[0]}; {row.id} is not used again"
        report(_finding("PRJ003", Severity.WARNING, row.id, message))
        return replace(row, status=Status.MERGED, into=into[0])
    message = f"{row.label or row.id} has no source entry any more; {row.id} is not used again"
    report(_finding("PRJ004", Severity.WARNING, row.id, message))
    return replace(row, status=Status.WITHDRAWN, into=None)


def assign(
    concepts: Sequence[AlignedConcept],
    register: Sequence[RegisteredConcept],
    *,
    label: Callable[[AlignedConcept], str],
    prefix: str = "c",
    report: Callable[[Finding], None] = lambda finding: None,
) -> tuple[tuple[str, ...], tuple[RegisteredConcept, ...]]:
    """Ids for the concepts, in their order, and the new register. Independent of the order of both inputs.

    Findings: PRJ003 merged, PRJ004 withdrawn, PRJ005 split. A row that is no longer active keeps its members, so that
    an undone merge gets its old id back.
    """
    register = sorted(register, key=lambda each: (_number(each.id), each.id))
    taken: dict[int, int] = {}
    _match(_overlaps(concepts, register), taken)
    _match(list(_renamed(concepts, register, taken)), taken)
    ids = {index: register[place].id for index, place in taken.items()}
    free = max((_number(each.id) for each in register), default=0) + 1
    new = sorted(
        set(range(len(concepts))) - set(taken), key=lambda index: (label(concepts[index]), concepts[index].members)
    )
    known = {member: row.id for row in register for member in row.members}
    for offset, index in enumerate(new):
        ids[index] = f"{prefix}{free + offset:04d}"
        origins = sorted({known[member] for member in concepts[index].members if member in known})
        if origins:
            message = f"{label(concepts[index])} was split off {', '.join(origins)}"
            report(_finding("PRJ005", Severity.INFORMATION, ids[index], message))
    owner = {member: ids[index] for index, concept in enumerate(concepts) for member in concept.members}
    matched = set(taken.values())
    rows = [
        _retired(row, owner, report) if row.status is Status.ACTIVE else row
        for place, row in enumerate(register)
        if place not in matched
    ]
    rows += [
        RegisteredConcept(id=ids[index], label=label(concept), members=tuple(sorted(concept.members)))
        for index, concept in enumerate(concepts)
    ]
    order = sorted(rows, key=lambda each: (_number(each.id), each.id))
    return tuple(ids[index] for index in range(len(concepts))), tuple(order)
