"""Entries that are like one another: the facts of a skeleton are gathered once, and only its texts change."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cctbx.checks.base import CheckOptions, EntryCheck, EntryFacts, Remark, facts_of
from cctbx.model.likeness import Likeness, Skeleton

__all__ = ["Look", "Mould", "Said"]

Look = tuple[str | None, str, Callable[[EntryFacts, CheckOptions], Iterable[Remark]]]
"""A check of an entry: the feature it needs, its code, what it looks with."""

Said = list[tuple[str, int, str, str | None]]
"""What is to be said of language tags: the code, which of the tags, the message, the advice."""


class Mould:
    """The facts of a skeleton, to be filled with texts, and the checks that may find something in what is like it."""

    def __init__(self, skeleton: Skeleton, checks: Iterable[EntryCheck], options: CheckOptions, tags: Said) -> None:
        self.tags = tags
        self.facts = facts = facts_of(skeleton.concept)
        facts.alike = True
        self._line = skeleton.line
        places = {mark: at for at, mark in enumerate(skeleton.marks)}
        self._terms = [(each, places[each.text]) for each in facts.terms]
        self._texts = [(each, places[each.text]) for each in (*facts.definitions, *facts.contexts)]
        self._sections = [each for each in facts.sections if len(each.terms) > 1]
        self._single = [each for each in facts.sections if len(each.terms) == 1]
        self.looks = [
            look for each in checks
            if (each.needs is None or each.needs in facts.features or each.needs == "repeated terms")
            and (look := self._look(each, skeleton.marks, options)) is not None
        ]  # fmt: skip

    def _look(self, check: EntryCheck, marks: tuple[str, ...], options: CheckOptions) -> Look | None:
        """What is left of a check where all but the words of an entry is known."""
        if check.by_text:
            return check.needs, check.code, check.look
        found = list(check.look(self.facts, options))
        if not found:
            return None
        if any(mark in each.message for each in found for mark in marks):
            return check.needs, check.code, check.look
        return check.needs, check.code, lambda facts, options: found

    def fill(self, likeness: Likeness) -> EntryFacts:
        """The facts of an entry that is like the skeleton, until the next one is filled in."""
        facts, texts = self.facts, likeness.texts
        facts.id, facts.shift = likeness.id, likeness.line - self._line
        for term, at in self._terms:
            term.text = texts[at]
        for each, at in self._texts:
            each.text = text = texts[at]
            each.lowered = text.lower()
        for section in self._single:
            section.lowered[0] = section.terms[0].text.strip().lower()
        facts.features.discard("repeated terms")
        for section in self._sections:
            section.lowered = lowered = [term.text.strip().lower() for term in section.terms]
            if len(set(lowered)) < len(lowered):
                facts.features.add("repeated terms")
        return facts
