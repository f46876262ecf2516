"""The check for definitions that lead back to each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cctbx.checks.base import BaseCheck, CheckOptions, EntryFacts, Left
from cctbx.checks.doublettes import key_of
from cctbx.findings import Finding

if TYPE_CHECKING:
    from cctbx.checks.alike import Seen
    from cctbx.checks.moulds import Mould

__all__ = ["CHECKS"]

_WORD = re.compile(r"\w+")
_MOST_WORDS = 4

Text = tuple[str, str, str, int | None]
"""A definition: concept, language, text, line."""


class Rings:
    """definitions that refer to each other in a ring"""

    def __init__(self, options: CheckOptions, part: int) -> None:
        self._options = options
        self._terms: dict[tuple[str, str], str] = {}
        self._texts: list[Text] = []
        self._defined: dict[Mould, list[tuple[list[str] | None, int]]] = {}
        self._entries = 0

    def _many(self, entries: int) -> bool:
        """Count entries; whether there are too many of them now."""
        self._entries += entries
        if self._entries > self._options.ring_entries:
            self._terms.clear()
            self._texts.clear()
            return True
        return False

    def see(self, facts: EntryFacts) -> None:
        if self._many(1):
            return
        for term in facts.terms:
            self._terms.setdefault((term.language, key_of(term.text)), facts.id)
        for each in facts.definitions:
            line = None if each.statement.line is None else each.statement.line + facts.shift
            for tag in _tags(facts, each.section):
                self._texts.append((facts.id, tag, each.text, line))

    def meet(self, mould: Mould, concept: str) -> None:
        """There are going to be likenesses with this part."""
        self._defined[mould] = [
            (None if each.section is None else _tags(mould.facts, each.section), each.statement.line or 0)
            for each in mould.facts.definitions
        ]

    def alike(self, seen: Seen) -> None:
        if self._many(1):
            return
        likeness, line = seen.likeness, seen.likeness.line
        languages = [each for mould in seen.moulds for each in mould.languages]
        for key in zip(languages, seen.keys, strict=True):
            self._terms.setdefault(key, likeness.id)
        texts = iter(likeness.definitions)
        for mould in seen.moulds:
            for tags, place in self._defined[mould]:
                text = next(texts)
                for tag in _languages(seen.tags) if tags is None else tags:
                    self._texts.append((likeness.id, tag, text, place + line))
            line += mould.skeleton.feeds

    def leave(self, folder: str) -> Left:
        """What is known so far, for `absorb` in another process."""
        return self._entries, self._terms, self._texts

    def absorb(self, left: Left) -> None:
        """Go on from what another process has seen of the entries that follow."""
        entries, terms, texts = left
        if not self._many(entries):
            for key, concept in terms.items():
                self._terms.setdefault(key, concept)
            self._texts += texts

    def finish(self) -> Iterator[Finding]:
        if self._entries > self._options.ring_entries:
            yield Finding(
                code="CHK902",
                message=f"rings of definitions (CHK704) are not looked for among {self._entries:,} entries, only up to "
                f"{self._options.ring_entries:,}",
                file=self._options.file,
                advice="check a part of the term base, such as one subject field",
            )
            return
        lines: dict[str, int | None] = {}
        points: defaultdict[str, set[str]] = defaultdict(set)
        index = _Index(self._terms)
        for concept, language, text, line in self._texts:
            lines.setdefault(concept, line)
            points[concept] |= index.mentioned(text, language) - {concept}
        for ring in _rings(points):
            trail = " → ".join((*ring, ring[0]))
            yield Finding(
                code="CHK704",
                message=f"these definitions lead back to each other: {trail}",
                concept=ring[0],
                file=self._options.file,
                line=lines[ring[0]],
                advice="define one of them without the others",
            )


def _tags(facts: EntryFacts, section: object) -> list[str]:
    """The languages a definition is in: that of its section, or all of the entry."""
    return _languages(each.language for each in facts.concept.languages if section is None or each is section)


def _languages(tags: Iterable[str]) -> list[str]:
    return sorted({each.partition("-")[0].lower() for each in tags})


class _Index:
    """Terms by their first words, so that most words of a text need one look."""

    def __init__(self, terms: dict[tuple[str, str], str]) -> None:
        self._terms = terms
        self._sizes: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for language, key in terms:
            first, *rest = key.split(" ")
            if len(rest) < _MOST_WORDS:
                self._sizes[language, first].add(len(rest) + 1)

    def mentioned(self, text: str, language: str) -> set[str]:
        """The concepts whose terms of this language stand in a text."""
        words = _WORD.findall(key_of(text))
        sizes = self._sizes
        found: set[str] = set()
        for at, word in enumerate(words):
            for size in sizes.get((language, word), ()):
                concept = self._terms.get((language, " ".join(words[at : at + size])))
                if concept and at + size <= len(words):
                    found.add(concept)
        return found


def _rings(points: dict[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Rings of two and three, each once, beginning with its smallest id."""
    for first in sorted(points):
        for second in sorted(points[first]):
            if second > first and first in points.get(second, ()):
                yield first, second
            for third in sorted(points.get(second, ())):
                ring = second > first < third != second and first in points.get(third, ())
                if ring and first not in points.get(second, ()) and second not in points.get(third, ()):
                    yield first, second, third


CHECKS = (BaseCheck(code="CHK704", look=Rings, codes=("CHK902",)),)
