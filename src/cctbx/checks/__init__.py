"""Layer 3: the house checks, what terminologists expect beyond the schema. One function, one code.

A check is a value in the tuple `CHECKS`; the first line of its docstring is its help text (`cctbx codes`). Checks see
model values, so they work for every format. They never raise on odd data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache

from cctbx.checks import administration, collection, definitions, doublettes, entries, languages, rings, terms
from cctbx.checks.alike import Likenesses
from cctbx.checks.base import (
    BaseCheck,
    Check,
    CheckOptions,
    EntryCheck,
    EntryFacts,
    Left,
    Remark,
    TagCheck,
    TermCheck,
    TermFacts,
    facts_of,
)
from cctbx.checks.moulds import Place, Ranked
from cctbx.checks.terms import unsuspicious
from cctbx.findings import Finding, Severity
from cctbx.findings.codes import severity_of
from cctbx.model import ConceptEntry
from cctbx.model.likeness import Likeness
from cctbx.model.quick import quick

__all__ = ["CHECKS", "COVERED_BY_TBX", "Check", "CheckOptions", "CheckRun", "check"]

CHECKS: tuple[Check, ...] = tuple(
    sorted(
        (*languages.CHECKS, *entries.CHECKS, *terms.CHECKS, *definitions.CHECKS, *administration.CHECKS,
         *collection.CHECKS, *doublettes.CHECKS, *rings.CHECKS),
        key=lambda each: each.code,
    )
)  # fmt: skip
"""Every check, by code."""

COVERED_BY_TBX = frozenset(
    {"CHK101", "CHK151", "CHK152", "CHK202", "CHK204", "CHK205", "CHK207", "CHK801"}
)
"""What the TBX validator reports on its own, with more precision: leave these out where both run."""


EntryLook = tuple[str | None, str, Callable[[EntryFacts, CheckOptions], Iterable[Remark]]]
"""A check of an entry: the feature it needs, its code, what it looks with."""

Said = list[tuple[str, int, str, str | None]]
"""What is to be said of language tags: the code, which of the tags, the message, the advice."""


class CheckRun:
    """The checks that are asked for, over the concept entries of one term base in order."""

    def __init__(
        self, options: CheckOptions | None = None, *, of_entries: bool = True, of_base: bool = True, part: int = 0
    ) -> None:  # fmt: skip
        """`of_entries`, `of_base`: whether to run the checks of single entries, and those of all together.

        `part`: which part of the term base is going to be seen, if another run sees another.
        """
        self.options = options = options or CheckOptions()
        asked = [each for each in CHECKS if self._wanted(each)]
        wanted = [each for each in asked if (of_base if isinstance(each, BaseCheck) else of_entries)]
        self._terms = [each for each in wanted if isinstance(each, TermCheck) and each.gate is None]
        gated = [each for each in wanted if isinstance(each, TermCheck) and each.gate is not None]
        self._gated = [(each, _compiled(each.gate or "")) for each in gated]
        self._capital = [pair for pair in self._gated if pair[0].code == "CHK310"]  # all that hangs on capitals
        self._tags = [each for each in wanted if isinstance(each, TagCheck)]
        self._said: dict[tuple[str, ...], Said] = {}
        checks = [each for each in wanted if isinstance(each, EntryCheck)]
        self._entries: list[EntryLook] = [(each.needs, each.code, each.look) for each in checks]
        self._severities: dict[str, Severity] = {}
        self._bases = [each.look(options, part) for each in wanted if isinstance(each, BaseCheck)]
        self._likenesses = Likenesses(
            [Ranked(2 * rank, each) for rank, each in enumerate(checks, 1)], self._bases, options, part, self._place,
            self._finding, self._of_terms if self._terms or self._gated else None,
        )  # fmt: skip

    def _wanted(self, check: Check) -> bool:
        codes = (check.code, *check.codes) if isinstance(check, BaseCheck) else (check.code,)
        return any(self.options.wants(code) for code in codes)

    def entry(self, concept: ConceptEntry | Likeness) -> list[Finding]:
        """What is to be said of one entry."""
        if isinstance(concept, Likeness):
            return self._of_likeness(concept)
        tags = tuple([section.language for section in concept.languages])
        return self._of_facts(facts_of(concept), self._entries, self._of_tags(tags))

    def _of_likeness(self, likeness: Likeness) -> list[Finding]:
        """The same for what is like others: most checks need no more than a glance at its texts."""
        found = self._likenesses.look(likeness)
        said = self._of_tags(self._likenesses.seen.tags)
        if said:
            facts = self._likenesses.facts
            return [self._of_tag(each, facts(1 + each[1]), 0) for each in said] + found
        return found

    def _of_tag(self, said: tuple[str, int, str, str | None], facts: EntryFacts, at: int) -> Finding:
        code, _, message, advice = said
        return self._finding(code, Remark(message=message, advice=advice, section=facts.concept.languages[at]), facts)

    def _of_facts(self, facts: EntryFacts, looks: list[EntryLook], tags: Said) -> list[Finding]:
        options, found = self.options, [self._of_tag(each, facts, each[1]) for each in tags]
        self._of_terms(facts, found)
        features = facts.features
        for needs, code, look in looks:
            if needs is None or needs in features:
                found.extend([self._finding(code, remark, facts) for remark in look(facts, options)])
        for accumulator in self._bases:
            accumulator.see(facts)
        return found

    def _of_terms(self, facts: EntryFacts, found: list[Finding]) -> None:
        """What is to be said of each term."""
        options = self.options
        for term in facts.terms:
            text = term.text
            for check in self._terms:
                message = check.look(term, options)
                if message is not None:
                    found.append(self._term_finding(check, message, facts, term))
            if not unsuspicious(text):
                for check, opens in self._capital if unsuspicious(text.lower()) else self._gated:
                    message = check.look(term, options) if opens(text) else None
                    if message is not None:
                        found.append(self._term_finding(check, message, facts, term))

    def _of_tags(self, tags: tuple[str, ...]) -> Said:
        """What is to be said of the language tags of an entry; the same for every entry that has the same."""
        known = self._said.get(tags)
        if known is None:
            known = [(each.code, *said) for each in self._tags for said in each.look(tags)]
            if len(self._said) < 10_000:
                self._said[tags] = known
        return known

    def leave(self, folder: str) -> list[Left]:
        """What is known of all entries together, for `absorb` in another process; with files in a folder."""
        return [each.leave(folder) for each in self._bases]

    def absorb(self, left: list[Left]) -> None:
        """Go on from what a run with the same options has seen of the entries that follow."""
        for accumulator, each in zip(self._bases, left, strict=True):
            accumulator.absorb(each)

    def finish(self) -> Iterator[Finding]:
        """What is to be said of all entries together."""
        for accumulator in self._bases:
            for finding in accumulator.finish():
                if self.options.wants(finding.code):
                    yield replace(finding, severity=self._severity(finding.code))

    def _severity(self, code: str) -> Severity:
        known = self._severities.get(code)
        if known is None:
            known = self._severities[code] = self.options.severity.get(code) or severity_of(code)
        return known

    def _term_finding(self, check: TermCheck, message: str, facts: EntryFacts, term: TermFacts) -> Finding:
        remark = Remark(message=message, advice=check.advice, section=term.section, term=term)
        return self._finding(check.code, remark, facts)

    def _finding(self, code: str, remark: Remark, facts: EntryFacts) -> Finding:
        place = remark.place
        if place is None:
            place = remark.place = self._place(code, remark, facts)
        severity, file, line, language, category = place
        if line is not None:
            line += facts.shift
        term = remark.term
        return _made(  # in the order of the fields; code and message come first
            code, remark.message, severity, remark.advice, file, line, None, facts.id, language,
            term.text if term is not None else None, category,
        )  # fmt: skip

    def _place(self, code: str, remark: Remark, facts: EntryFacts) -> Place:
        """Severity, file, line (of the model), language and data category of a remark."""
        section, term, statement, origin = remark.section, remark.term, remark.statement, facts.concept.origin
        line = statement.line if statement is not None else None
        if line is None and term is not None:
            line = term.term.line
        if line is None and section is not None:
            line = section.line
        if line is None and origin is not None:
            line = origin.line
        return (
            self._severities.get(code) or self._severity(code), self.options.file or (origin.file if origin else None),
            line, section.language if section is not None else None,
            statement.category if statement is not None else None,
        )  # fmt: skip


_made = quick(Finding)


@cache
def _compiled(gate: str) -> Callable[[str], object]:
    return re.compile(gate).search


def check(concepts: Iterable[ConceptEntry], options: CheckOptions | None = None) -> Iterator[Finding]:
    """Run every check that is asked for over a stream of concept entries, in bounded memory.

    Findings of entries come in the order of the entries, those over the whole term base last.
    """
    run = CheckRun(options)
    for concept in concepts:
        yield from run.entry(concept)
    yield from run.finish()


