"""Contradictions of a merge: what they are, how they are chosen between, how they stand in a file until resolved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cctbx.diff.words import in_words, pieces, shortened
from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.findings.codes import severity_of
from cctbx.model import ConceptEntry, DataCategory, Metatype, Text, plain

__all__ = ["SIDES", "Conflict", "choices_from", "conflict_finding", "is_conflict_note", "noted", "unresolved"]

SIDES = ("base", "ours", "theirs")
_MARK = "[cctbx merge conflict]"
_LONG = 80
"""Values of more characters are told by what differs from the base."""
_LEGEND = "[-…-] stood there before, {+…+} is new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two edits that contradict each other.

    concept, label   the concept entry and its name for people
    language, term   where in it, None: the whole entry
    field            what was edited: `preferred term`, `designation`, `concept entry`, or a data category
    base, ours, theirs   the values as text; None: absent
    taken            which side was chosen by a person; None: unresolved
    """

    concept: str
    label: str
    language: str | None = None
    term: Text | None = None
    field: str
    base: str | None
    ours: str | None
    theirs: str | None
    taken: str | None = None

    @property
    def key(self) -> str:
        """What a choice is filed under; it changes when any of the values does, so that a stale choice chooses nothing.

        Which side is called ours makes no difference to it.
        """
        place = (self.concept, self.language, plain(self.term or ""), self.field, self.base)
        values = sorted((str(self.ours), str(self.theirs)))
        return hashlib.sha256(repr((place, values)).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def place(self) -> str:
        """`concept c12 “agent” sv preferred term`."""
        term = f"“{plain(self.term)}”" if self.term is not None else ""
        parts = (f"concept {self.concept} “{self.label}”", self.language or "", term, self.field)
        return " ".join(part for part in parts if part)

    @property
    def values(self) -> str:
        """`ours “A”, theirs “B”, before “C”`."""
        return _told(ours=self.ours, theirs=self.theirs, before=self.base)

    @property
    def contrast(self) -> str:
        """The values for people. Where they are long, what each side changed: `ours “… [-old-]{+new+} …”`."""
        base, sides = self.base, {"ours": self.ours, "theirs": self.theirs}
        if base is None or max(len(value or "") for value in (base, *sides.values())) <= _LONG:
            return self.values
        edits = {name: None if value is None else _edit(base, value) for name, value in sides.items()}
        if edits == sides:
            return self.values
        return f"{_told(**edits)} ({_LEGEND})"


def _told(**sides: str | None) -> str:
    return ", ".join(f"{name} {'absent' if value is None else f'“{value}”'}" for name, value in sides.items())


def _edit(base: str, value: str) -> str:
    """What a side changed, with a little of what stands around it; all of its text where that is not much longer."""
    edit = in_words(shortened(pieces(base, value)))
    return edit if 2 * len(edit) <= 3 * len(value) else value


def conflict_finding(conflict: Conflict) -> Finding:
    """The conflict as a finding: DIF020, or DIF022 where a person has chosen."""
    code = "DIF022" if conflict.taken else "DIF020"
    said = f"{conflict.field}: {conflict.contrast}"
    return Finding(
        code=code, severity=severity_of(code), concept=conflict.concept, language=conflict.language,
        term=plain(conflict.term) if conflict.term is not None else conflict.label or None, category=conflict.field,
        message=f"{said}; taken: {conflict.taken}" if conflict.taken else said,
        advice=None if conflict.taken else "choose a side in the file of conflicts, or edit the concept entry",
    )  # fmt: skip


def noted(concept: ConceptEntry, conflicts: Iterable[Conflict]) -> ConceptEntry:
    """The entry with a note for each unresolved conflict, unless the note is there already."""
    notes = tuple(_note(each) for each in conflicts if not each.taken)
    new = tuple(each for each in dict.fromkeys(notes) if each not in concept.notes)
    return replace(concept, notes=(*concept.notes, *new)) if new else concept


def _note(conflict: Conflict) -> DataCategory:
    term = None if conflict.term is None else f"“{plain(conflict.term)}”"
    place = " ".join(part for part in (conflict.language, term, conflict.field) if part)
    text = f"{_MARK} {place}: {conflict.contrast}. Decide, correct the concept entry, delete this note."
    return DataCategory(category="note", metatype=Metatype.NOTE, value=text)


def is_conflict_note(statement: DataCategory) -> bool:
    """Whether a note stands for a conflict nobody has resolved."""
    return statement.category == "note" and statement.text.startswith(_MARK)


def unresolved(concepts: Iterable[ConceptEntry], file: str) -> Iterator[Finding]:
    """DIF021 for every conflict note that is still there."""
    for concept in concepts:
        for each in concept.notes:
            if is_conflict_note(each):
                yield Finding(
                    code="DIF021", severity=severity_of("DIF021"), concept=concept.id, file=file,
                    line=concept.origin.line if concept.origin else None,
                    message=each.text.removeprefix(_MARK).strip(), advice="resolve it, then merge again",
                )  # fmt: skip


def choices_from(document: Mapping[str, object], *, file: str) -> dict[str, str]:
    """The choices in a parsed file of conflicts: key of the conflict → `base`, `ours` or `theirs`.

    An empty `take` is no choice. Raises `InputError` for any other word, naming the place.
    """
    found: dict[str, str] = {}
    listed = document.get("conflict", [])
    for each in listed if isinstance(listed, list) else []:
        take = each.get("take", "") if isinstance(each, dict) else ""
        if take and take not in SIDES:
            raise InputError(f"{each.get('place')}: take = “{take}”; choose one of {', '.join(SIDES)}", file=file)
        if take:
            found[str(each.get("key"))] = str(take)
    return found
