"""Checks over the whole term base, in bounded memory: references, coverage, consistency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cctbx.checks.base import BaseCheck, CheckOptions, EntryFacts, Left
from cctbx.findings import Finding
from cctbx.ledger import Ledger

if TYPE_CHECKING:
    from cctbx.checks.alike import Seen
    from cctbx.checks.moulds import Mould

__all__ = ["CHECKS"]

_SEPARATOR = "\x1f"
_MOST_PATTERNS = 5000


def _note(*parts: object) -> str:
    """One text of several; the separator cannot occur in XML, and is taken out of what other formats bring."""
    return _SEPARATOR.join("" if part is None else str(part).replace(_SEPARATOR, " ") for part in parts)


class References:
    """duplicated concept id"""

    def __init__(self, options: CheckOptions, part: int) -> None:
        self._options = options
        self._ledger = Ledger()

    def see(self, facts: EntryFacts) -> None:
        concept = facts.concept
        line = concept.origin.line if concept.origin else None
        self._ledger.add(concept.id, _note(concept.id, line), 0)
        for each in concept.cross_references:
            if each.target:
                self._ledger.add(each.target, _note(concept.id, each.line), 2)
        for section in facts.sections:
            if section.section.id:
                self._ledger.add(section.section.id, "", 1)
        for term in facts.terms:
            if term.term.id:
                self._ledger.add(term.term.id, "", 1)
            for each in term.term.cross_references:
                if each.target:
                    self._ledger.add(each.target, _note(concept.id, each.line), 2)

    def meet(self, mould: Mould, concept: str) -> None:
        """There are going to be likenesses with this part."""

    def alike(self, seen: Seen) -> None:
        """Likenesses tell neither references nor ids but their own: who runs this check must not be given any."""
        self._ledger.add(seen.likeness.id, _note(seen.likeness.id, seen.likeness.line), 0)

    def leave(self, folder: str) -> Left:
        """What is known so far, for `absorb` in another process."""
        return (self._ledger.leave(folder),)

    def absorb(self, left: Left) -> None:
        """Go on from what another process has seen of the entries that follow."""
        self._ledger.absorb(left[0])

    def finish(self) -> Iterator[Finding]:
        for key, notes in self._ledger.groups(lambda tags: tags.count(0) > 1 or (2 in tags and set(tags) == {2})):
            for tag, note in notes[0 if notes[0][0] == 2 else 1 :]:
                concept, line = note.split(_SEPARATOR) if note else ("", "")
                place = int(line) if line else None
                if tag == 0:
                    yield Finding(
                        code="CHK151",
                        message=f"the id {key!r} is used for more than one entry",
                        concept=key,
                        file=self._options.file,
                        line=place,
                        advice="give it an id of its own",
                    )
                elif tag == 2 and all(each == 2 for each, _ in notes):
                    yield Finding(
                        code="CHK152",
                        message=f"{concept} refers to {key!r}, which does not exist",
                        file=self._options.file,
                        line=place,
                        concept=concept,
                        advice="correct the target or add the entry",
                    )
        self._ledger.close()


@dataclass(slots=True)
class _Pattern:
    """A set of languages that entries have: in how many, and the first of them with its line."""

    count: int
    concept: str
    line: int | None


class Coverage:
    """language that most entries have is missing"""

    def __init__(self, options: CheckOptions, part: int) -> None:
        self._options = options
        self._patterns: dict[frozenset[str], _Pattern] = {}
        self._met: list[Mould] = []
        self._tagged: dict[tuple[str, ...], int] = {}
        self._languages: Counter[str] = Counter()
        self._entries = 0
        self._terms: Counter[str] = Counter()

    def see(self, facts: EntryFacts) -> None:
        for each in facts.sections:
            self._terms[each.section.language] += len(each.terms)
        line = facts.concept.origin.line if facts.concept.origin else None
        self._one(frozenset([each.section.language for each in facts.sections]), facts.id, line)

    def _one(self, tags: frozenset[str], concept: str, line: int | None) -> None:
        """Count an entry with sections of these languages."""
        self._entries += 1
        known = self._patterns.get(tags)
        if known is not None:
            known.count += 1
        elif len(self._patterns) < _MOST_PATTERNS:
            self._patterns[tags] = _Pattern(1, concept, line)
        self._languages.update(tags)

    def meet(self, mould: Mould, concept: str) -> None:
        """There are going to be likenesses with this part."""
        self._met.append(mould)

    def alike(self, seen: Seen) -> None:
        tags = seen.tags
        if tags in self._tagged:
            self._tagged[tags] += 1
        else:  # the first may be the first of its pattern, which is told
            if len(self._tagged) < _MOST_PATTERNS:
                self._tagged[tags] = 0
            self._one(frozenset(tags), seen.likeness.id, seen.likeness.line)

    def _sum(self) -> None:
        """Add what has been counted by tags, and by parts."""
        for mould in self._met:
            if mould.tag:
                self._terms[mould.tag] += mould.count * mould.terms
        self._met.clear()
        for tags, more in self._tagged.items():
            self._entries += more
            if more and frozenset(tags) in self._patterns:
                self._patterns[frozenset(tags)].count += more
            self._languages.update(dict.fromkeys(tags, more))
        self._tagged.clear()

    def leave(self, folder: str) -> Left:
        """What is known so far, for `absorb` in another process."""
        self._sum()
        return self._entries, self._terms, self._languages, self._patterns

    def absorb(self, left: Left) -> None:
        """Go on from what another process has seen of the entries that follow."""
        self._sum()
        entries, terms, languages, patterns = left
        self._entries += entries
        self._terms.update(terms)
        self._languages.update(languages)
        for tags, pattern in patterns.items():
            known = self._patterns.get(tags)
            if known is not None:
                known.count += pattern.count
            elif len(self._patterns) < _MOST_PATTERNS:
                self._patterns[tags] = pattern

    def finish(self) -> Iterator[Finding]:
        self._sum()
        usual = {tag for tag, count in self._languages.items() if 2 * count > self._entries}
        for tags, pattern in self._patterns.items():
            concept, place, more = pattern.concept, pattern.line, pattern.count - 1
            others = f" (and {more:,} other{'s' if more > 1 else ''} like it)" if more else ""
            missing = sorted(usual - tags)
            if len(tags) == 1 and len(self._languages) > 1:
                yield Finding(
                    code="CHK110",
                    message=f"{concept} has terms of {min(tags)} only{others}",
                    line=place,
                    file=self._options.file,
                    concept=concept,
                )
            elif missing:
                yield Finding(
                    code="CHK109",
                    message=f"{concept} lacks {', '.join(missing)}{others}",
                    line=place,
                    file=self._options.file,
                    concept=concept,
                )
        if self._entries:
            listed = ", ".join(f"{tag} {count:,}" for tag, count in sorted(self._terms.items()))
            yield Finding(
                code="CHK901", message=f"{self._entries:,} concept entries; terms: {listed}", file=self._options.file
            )


class Spellings:
    """subject field, customer or project spelt in two ways"""

    def __init__(self, options: CheckOptions, part: int) -> None:
        self._options = options
        self._seen: dict[tuple[str, str], dict[str, str]] = {}

    def see(self, facts: EntryFacts) -> None:
        self._all(facts, facts.id)

    def meet(self, mould: Mould, concept: str) -> None:
        """The subject fields, customers and projects of all likenesses with this part are those of the first."""
        self._all(mould.facts, concept)

    def _all(self, facts: EntryFacts, concept: str) -> None:
        held = facts.concept
        for each in (*held.subject_fields, *held.customer_subsets, *held.project_subsets):
            self._one(each.category, each.text, concept)
        for term in facts.terms:
            for each in (*term.term.customer_subsets, *term.term.project_subsets):
                self._one(each.category, each.text, concept)

    def alike(self, seen: Seen) -> None:
        """All that is to be seen has been met."""

    def leave(self, folder: str) -> Left:
        """What is known so far, for `absorb` in another process."""
        return (self._seen,)

    def absorb(self, left: Left) -> None:
        """Go on from what another process has seen of the entries that follow."""
        for (category, _), spellings in left[0].items():
            for text, concept in spellings.items():
                self._one(category, text, concept)

    def _one(self, category: str, text: str, concept: str) -> None:
        if len(self._seen) < 50_000:
            spellings = self._seen.setdefault((category, " ".join(text.lower().split())), {})
            if len(spellings) < 10:
                spellings.setdefault(text, concept)

    def finish(self) -> Iterator[Finding]:
        for (category, _), spellings in self._seen.items():
            first, *others = spellings
            for each in others:
                yield Finding(
                    code="CHK807",
                    message=f"{category} {each!r} is elsewhere written {first!r}",
                    file=self._options.file,
                    concept=spellings[each],
                    category=category,
                    advice="write it in one way",
                )


CHECKS = (
    BaseCheck(code="CHK109", look=Coverage, codes=("CHK110", "CHK901")),
    BaseCheck(code="CHK151", look=References, codes=("CHK152",)),
    BaseCheck(code="CHK807", look=Spellings),
)
