"""Parts of entries that are like one another: the facts of a skeleton are gathered once, and only its texts change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from cctbx.checks.base import (
    CheckOptions,
    EntryCheck,
    EntryFacts,
    Gate,
    Look,
    Remark,
    Suspicion,
    Texts,
    facts_of,
)
from cctbx.checks.doublettes import prefix_of
from cctbx.checks.terms import suspicion
from cctbx.findings import Severity
from cctbx.model.likeness import Skeleton

__all__ = ["Fixed", "Mould", "Place", "Ranked", "Section", "fill"]

Place = tuple[Severity, str | None, int | None, str | None, str | None]
"""Severity, file, line (of the model), language and data category of a remark."""


_ODD = "'\"\\"


class Ranked(NamedTuple):
    """A check, and where its findings stand among those of others."""

    rank: int
    check: EntryCheck


class Section(NamedTuple):
    """The texts of a part of a likeness; `spoken` and `around` are its definitions and contexts in small letters."""

    terms: Texts
    lowered: Texts
    definitions: Texts
    spoken: Texts
    contexts: Texts
    around: Texts


class Fixed(NamedTuple):
    """What is said of every likeness of a skeleton.

    Where there is an `end`, the term at `at` is quoted between the message and it; else it is only told (None: none).
    """

    rank: int
    code: str
    message: str
    end: str | None
    advice: str | None
    severity: Severity
    file: str | None
    line: int
    language: str | None
    at: int | None
    category: str | None


def fill(facts: EntryFacts, texts: Section, concept: str = "", line: int = 0) -> None:
    """Put a likeness into the facts of its part: its texts, its id, and the line of the part."""
    facts.id, facts.shift = concept, line
    lowered = [each.lower() for each in texts.terms]
    for term, text in zip(facts.terms, texts.terms, strict=True):
        term.text = text
    for each, text, small in zip(facts.definitions, texts.definitions, texts.spoken, strict=True):
        each.text, each.lowered = text, small
    for each, text, small in zip(facts.contexts, texts.contexts, texts.around, strict=True):
        each.text, each.lowered = text, small
    for section in facts.sections:
        section.lowered = [lowered[term.at].strip() for term in section.terms]


def _trial(skeleton: Skeleton, odd: str) -> Section:
    """Texts that stand for those of likenesses, with something in front."""
    terms, definitions, contexts = (
        [odd + each for each in texts] for texts in (skeleton.terms, skeleton.definitions, skeleton.contexts)
    )
    return Section(terms, terms, definitions, definitions, contexts, contexts)


class Mould:
    """The facts of a skeleton, to be filled with texts, and what is left of each check where all but these is known.

    fixed      what is to be said of every likeness
    suspicions what tells whether a check has to look closely; `closely` are these checks (without it: `always`),
               `gated` those that are asked only where a gate is open
    free       what looks at which of the definitions, and tells which of these to say
    odd_terms  tells whether a check of terms may find something
    name       of the mould, unlike that of any other of the same term base
    count      how many likenesses there were
    """

    __slots__ = (
        "_options", "_place", "always", "closely", "contexts", "count", "definitions", "facts", "fixed", "free",
        "gated", "languages", "name", "odd_terms", "prefixes", "skeleton", "suspicions", "tag", "terms",
    )  # fmt: skip

    def __init__(
        self, skeleton: Skeleton, name: str, checks: Iterable[Ranked], options: CheckOptions,
        place: Callable[[str, Remark, EntryFacts], Place], *, terms: bool,
    ) -> None:  # fmt: skip
        """`place`: tells where a remark belongs; `terms`: whether there are checks of terms."""
        self.skeleton, self.name = skeleton, name
        self._options, self._place = options, place
        self.facts = facts = self.gathered()
        self.tag = facts.sections[0].section.language if facts.sections else ""
        self.languages = [term.language for term in facts.terms]
        self.prefixes = [prefix_of(each) for each in self.languages]
        self.terms, self.definitions, self.contexts = len(facts.terms), len(facts.definitions), len(facts.contexts)
        self.count = 0
        self.odd_terms = suspicion(facts) if terms else None
        self.fixed: list[Fixed] = []
        self.closely: list[tuple[Suspicion | None, Ranked]] = []
        self.gated: list[tuple[Gate, Suspicion, Ranked]] = []
        self.free: list[tuple[int, Callable[[str], int], list[Fixed | None]]] = []
        for each in checks:
            needs = each.check.needs
            if needs is None or needs in facts.features or needs == "repeated terms":
                self._prepare(each)
        self.suspicions = list(dict.fromkeys(each for each, _ in self.closely if each is not None))
        self.always = any(each is None for each, _ in self.closely)

    def suspicious(self, terms: Texts, lowered: Texts, definitions: Texts, contexts: Texts) -> bool:
        """Whether a check has to look closely at these texts."""
        for each in self.suspicions:  # noqa: SIM110 - any() is slower
            if each(terms, lowered, definitions, contexts):
                return True
        return False

    def gathered(self, *, anew: bool = False) -> EntryFacts:
        """The facts of the skeleton; `anew`: so that they cannot be taken for those of another section like it."""
        skeleton, concept = self.skeleton, self.skeleton.concept
        if anew:
            concept = replace(concept, languages=tuple([replace(each) for each in concept.languages]))
        facts = facts_of(concept)
        assert tuple([each.text for each in facts.terms]) == skeleton.terms
        assert tuple([each.text for each in facts.definitions]) == skeleton.definitions
        assert tuple([each.text for each in facts.contexts]) == skeleton.contexts
        for at, term in enumerate(facts.terms):
            term.at = at
        for texts in (facts.definitions, facts.contexts):
            for at, each in enumerate(texts):
                each.at = at
        return facts

    def _prepare(self, each: Ranked) -> None:
        """What is left of a check."""
        check = each.check
        if check.look_alike is not None:
            if not self._of_definitions(each, check.look_alike(self.facts)):
                self.closely.append((None, each))
        elif check.suspect is not None:
            suspicion = next((known for known, other in self.closely if other.check.suspect is check.suspect), None)
            suspicion = suspicion or check.suspect(self.facts)
            if suspicion is not None and check.gate is not None:
                self.gated.append((check.gate, suspicion, each))
            elif suspicion is not None:
                self.closely.append((suspicion, each))
        else:
            self._fix(each)

    def _of_definitions(self, each: Ranked, looks: list[Look] | None) -> bool:
        """A check that says one of a few things of each definition; False: it has to look closely."""
        made = []
        for at, (tells, remarks) in enumerate(looks or ()):
            said = [None if remark is None else self._fixed(each, remark) for remark in remarks]
            if any(one is None and remark is not None for one, remark in zip(said, remarks, strict=True)):
                return False
            made.append((at, tells, said))
        self.free += made
        return looks is not None

    def _fix(self, each: Ranked) -> None:
        """A check that hangs on no words: what it says of one it says of all; what it quotes differs."""
        made = [self._fixed(each, remark) for remark in each.check.look(self.facts, self._options)]
        if any(fixed is None or fixed.end is not None for fixed in made) and not self._proven(each, made):
            self.closely.append((None, each))
        else:
            self.fixed += [fixed for fixed in made if fixed is not None]

    def _proven(self, each: Ranked, made: list[Fixed | None]) -> bool:
        """Whether nothing but what is quoted differs if the texts do."""
        fill(self.facts, _trial(self.skeleton, _ODD))
        again = [remark.message for remark in each.check.look(self.facts, self._options)]
        fill(self.facts, _trial(self.skeleton, ""))
        return again == [_told(fixed, self.skeleton, _ODD) for fixed in made]

    def _fixed(self, each: Ranked, remark: Remark) -> Fixed | None:
        """What is said in a remark; None if it quotes anything but its term."""
        check, term, (message, end) = each.check, remark.term, (remark.message, None)
        severity, file, line, language, category = self._place(check.code, remark, self.facts)
        if term is not None and repr(term.text) in message:
            message, _, end = message.partition(repr(term.text))
        said = message + (end or "")
        skeleton = self.skeleton
        if line is None or any(each in said for each in (*skeleton.terms, *skeleton.definitions, *skeleton.contexts)):
            return None
        return Fixed(
            each.rank + (check.later is not None and check.later(remark)), check.code, message, end, remark.advice,
            severity, file, line, language, None if term is None else term.at, category,
        )  # fmt: skip


def _told(fixed: Fixed | None, skeleton: Skeleton, odd: str) -> str | None:
    """What is said of texts that have something in front."""
    if fixed is None or fixed.end is None or fixed.at is None:
        return fixed and fixed.message
    return f"{fixed.message}{odd + skeleton.terms[fixed.at]!r}{fixed.end}"
