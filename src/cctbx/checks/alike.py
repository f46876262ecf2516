"""Entries that are like one another: the facts of a skeleton are gathered once, and only its texts change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cctbx.checks.base import Accumulator, CheckOptions, EntryCheck, EntryFacts, Look, Remark, Suspicion, facts_of
from cctbx.checks.terms import suspicion
from cctbx.model.likeness import Likeness, Skeleton

__all__ = ["EntryLook", "Mould", "Said"]

EntryLook = tuple[str | None, str, Callable[[EntryFacts, CheckOptions], Iterable[Remark]]]
"""A check of an entry: the feature it needs, its code, what it looks with."""

Said = list[tuple[str, int, str, str | None]]
"""What is to be said of language tags: the code, which of the tags, the message, the advice."""

Suspect = Callable[[EntryFacts], Suspicion | None]


class Mould:
    """The facts of a skeleton, to be filled with texts, and what looks at its likenesses.

    `take` a likeness, then ask: whether its terms are to be looked at (`odd_terms`), what each of `looks` says, what
    `sees` it for the checks of all entries. Facts are filled in only for those who need them (`fill`).
    """

    def __init__(
        self, skeleton: Skeleton, checks: Iterable[EntryCheck], bases: Iterable[Accumulator], options: CheckOptions,
        tags: Said, *, terms: bool,
    ) -> None:  # fmt: skip
        """`terms`: whether there are checks of terms."""
        self.tags = tags
        self.facts = facts = facts_of(skeleton.concept)
        facts.alike = True
        self._options = options
        self._line = skeleton.line
        self._marks = skeleton.marks
        places = {mark: at for at, mark in enumerate(skeleton.marks)}
        for term in facts.terms:
            term.at = places[term.text]
        for each in (*facts.definitions, *facts.contexts):
            each.at = places[each.text]
        self._several = [each for each in facts.sections if len(each.terms) > 1]
        self._texts: tuple[str, ...] = ()
        self.lowered: list[str] = []
        self._filled = False
        self._odd = suspicion(facts, options) if terms else None
        self._suspicions: dict[Suspect, Suspicion | None] = {}
        self._flags: dict[Suspicion, bool] = {}
        made = [(each.code, self._look(each)) for each in checks if each.needs is None or self._has(each.needs)]
        self.looks = [(code, look) for code, look in made if look is not None]
        self.sees = [see for each in bases if (see := each.alike(facts)) is not None]

    def _has(self, feature: str) -> bool:
        return feature in self.facts.features or feature == "repeated terms"

    def _look(self, check: EntryCheck) -> Look | None:
        """What is left of a check where all but the words of an entry is known."""
        if check.look_alike is not None:
            return check.look_alike(self.facts) or self._closely(check, lambda texts, lowered: True)
        if check.suspect is not None:
            if check.suspect not in self._suspicions:
                self._suspicions[check.suspect] = check.suspect(self.facts)
            suspicion = self._suspicions[check.suspect]
            return self._closely(check, suspicion) if suspicion is not None else None
        found = list(check.look(self.facts, self._options))
        if not found:
            return None
        if any(mark in each.message for each in found for mark in self._marks):
            return self._closely(check, lambda texts, lowered: True)
        return self._same(found)

    def _closely(self, check: EntryCheck, suspicion: Suspicion) -> Look:
        """A check that looks at the facts of what is suspicious."""
        look, options = check.look, self._options

        def looking(texts: Sequence[str], lowered: Sequence[str]) -> Iterable[Remark]:
            return look(self.fill(), options) if suspicion(texts, lowered) else ()

        return looking

    def _same(self, found: list[Remark]) -> Look:
        """A check that says the same of every likeness; findings may tell a term, which must be in the facts then."""
        if all(each.term is None for each in found):
            return lambda texts, lowered: found

        def looking(texts: Sequence[str], lowered: Sequence[str]) -> Iterable[Remark]:
            self.fill()
            return found

        return looking

    def take(self, likeness: Likeness) -> None:
        """Look at this one from now on."""
        facts, self._texts = self.facts, likeness.texts
        facts.id, facts.shift = likeness.id, likeness.line - self._line
        self.lowered = "\0".join(likeness.texts).lower().split("\0")
        self._filled = False

    def odd_terms(self) -> bool:
        """Whether a check of terms may find something."""
        return self._odd is not None and self._odd(self._texts, self.lowered)

    def fill(self) -> EntryFacts:
        """The facts of the entry, until the next one is taken."""
        facts, texts, lowered = self.facts, self._texts, self.lowered
        if self._filled:
            return facts
        self._filled = True
        for term in facts.terms:
            term.text = texts[term.at]
        for each in facts.definitions:
            each.text, each.lowered = texts[each.at], lowered[each.at]
        for each in facts.contexts:
            each.text, each.lowered = texts[each.at], lowered[each.at]
        for section in facts.sections:
            section.lowered = [lowered[term.at].strip() for term in section.terms]
        return facts
