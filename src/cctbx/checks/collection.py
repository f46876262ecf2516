"""Checks over the whole term base, in bounded memory: doublettes, references, coverage, rings, consistency."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from cctbx.checks.base import BaseCheck, CheckOptions, EntryFacts
from cctbx.findings import Finding
from cctbx.ledger import Ledger
from cctbx.text.normal import _folded as _fold  # without its cache, which would grow with the term base

__all__ = ["CHECKS"]

_SEPARATOR = "\x1f"
_MOST_PATTERNS = 5000
_WORD = re.compile(r"\w+")


def _key(text: str) -> str:
    """A term as doublettes are compared: NFKC, case folded, blanks and hyphens folded."""
    plain = text.lower() if text.isascii() else _fold(text)
    return " ".join(plain.replace("-", " ").split())


def _note(*parts: object) -> str:
    return _joined(["" if part is None else str(part) for part in parts])


def _joined(parts: list[str]) -> str:
    """One text of several; the separator cannot occur in XML, and is taken out of what other formats bring."""
    made = _SEPARATOR.join(parts)
    if made.count(_SEPARATOR) == len(parts) - 1:
        return made
    return _SEPARATOR.join(part.replace(_SEPARATOR, " ") for part in parts)


class Doublettes:
    """same term of a language in several concept entries"""

    def __init__(self, options: CheckOptions) -> None:
        self._options = options
        self._ledger = Ledger()

    def see(self, facts: EntryFacts) -> None:
        concept = facts.concept
        field = concept.subject_fields[0].text if concept.subject_fields else ""
        keys: list[str] = []
        parts, shift = [facts.id, field], facts.shift
        for term in facts.terms:
            key = _key(term.text)
            if key:
                keys.append(term.language + _SEPARATOR + key)
                speech, line = term.term.part_of_speech, term.term.line
                parts += (term.section.language, term.text, speech or "", "" if line is None else str(line + shift))
        if keys:
            self._ledger.add_all(keys, _joined(parts))

    def finish(self) -> Iterator[Finding]:
        read = ([self._meant(note, place) for note, place in notes] for notes in self._ledger.shared())
        groups = [entries for entries in read if len({entry[0] for entry in entries}) > 1]
        self._ledger.close()
        agreeing = _pairs_that_agree(groups)
        for entries in groups:
            yield from self._group(entries, agreeing)

    @staticmethod
    def _meant(note: str, place: int) -> list[str]:
        """The term that has the key: concept, term, line, subject field, part of speech, language."""
        concept, field, *terms = note.split(_SEPARATOR)
        language, text, speech, line = terms[4 * place : 4 * place + 4]
        return [concept, text, line, field, speech, language]

    def _group(self, entries: list[list[str]], agreeing: set[tuple[str, str]]) -> Iterator[Finding]:
        first = entries[0]
        told = {first[0]}
        for concept, term, line, field, speech, language in entries[1:]:
            if concept in told:
                continue
            told.add(concept)
            code, message = self._kind(first, [concept, term, line, field, speech, language], agreeing)
            yield Finding(
                code=code,
                message=message,
                file=self._options.file,
                line=int(line) if line else None,
                concept=concept,
                language=language,
                term=term,
                advice=None if code == "CHK402" else f"merge it with {first[0]}, or tell them apart",
            )

    @staticmethod
    def _kind(first: list[str], other: list[str], agreeing: set[tuple[str, str]]) -> tuple[str, str]:
        term, there = other[1], f"also stands in {first[0]}"
        apart = (first[3] and other[3] and first[3] != other[3]) or (first[4] and other[4] and first[4] != other[4])
        both = tuple(sorted((first[0], other[0])))
        if apart and both not in agreeing:
            return "CHK402", f"{term!r} {there}, with another subject field or part of speech"
        if term.strip() != first[1].strip():
            return "CHK403", f"{term!r} {there} as {first[1]!r}"
        more = ", and so does a term of another language" if both in agreeing else ""
        return "CHK401", f"{term!r} {there}{more}"


def _pairs_that_agree(groups: list[list[list[str]]]) -> set[tuple[str, str]]:
    """Pairs of entries that share terms of more than one language."""
    languages: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for entries in groups:
        first = entries[0]
        for other in entries[1:]:
            if other[0] != first[0] and len(languages) < 200_000:
                low, high = sorted((first[0], other[0]))
                languages[low, high].add(other[5].partition("-")[0].lower())
    return {pair for pair, shared in languages.items() if len(shared) > 1}


class SameDefinition:
    """same definition in two concept entries"""

    def __init__(self, options: CheckOptions) -> None:
        self._options = options
        self._ledger = Ledger()

    def see(self, facts: EntryFacts) -> None:
        keys: list[str] = []
        parts = [facts.id]
        for each in facts.definitions:
            text = _folded(each.lowered)
            if len(text) > 10:
                keys.append(text)
                line, section = each.statement.line, each.section
                place = "" if line is None else str(line + facts.shift)
                parts += (text, place, "" if section is None else section.language)
        if keys:
            self._ledger.add_all(keys, _joined(parts))

    def finish(self) -> Iterator[Finding]:
        for (first_note, _), *others in self._ledger.shared():
            first = first_note.partition(_SEPARATOR)[0]
            for note, place in others:
                concept, *parts = note.split(_SEPARATOR)
                text, line, language = parts[3 * place : 3 * place + 3]
                if concept != first:
                    yield Finding(
                        code="CHK710",
                        message=f"the definition also stands in {first}: {text[:60]!r}",
                        file=self._options.file,
                        line=int(line) if line else None,
                        concept=concept,
                        language=language or None,
                        advice="one concept, one entry: merge or tell apart",
                    )
        self._ledger.close()


def _folded(text: str) -> str:
    return " ".join(text.split()).rstrip(" .")


class References:
    """duplicated concept id"""

    def __init__(self, options: CheckOptions) -> None:
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


class Coverage:
    """language that most entries have is missing"""

    def __init__(self, options: CheckOptions) -> None:
        self._options = options
        self._patterns: dict[frozenset[str], list[object]] = {}
        self._languages: Counter[str] = Counter()
        self._entries = 0
        self._terms: Counter[str] = Counter()

    def see(self, facts: EntryFacts) -> None:
        self._entries += 1
        for each in facts.sections:
            self._terms[each.section.language] += len(each.terms)
        tags = frozenset([each.section.language for each in facts.sections])
        known = self._patterns.get(tags)
        if known is not None:
            known[0] = int(str(known[0])) + 1
        elif len(self._patterns) < _MOST_PATTERNS:
            line = facts.concept.origin.line if facts.concept.origin else None
            self._patterns[tags] = [1, facts.id, None if line is None else line + facts.shift]
        self._languages.update(tags)

    def finish(self) -> Iterator[Finding]:
        usual = {tag for tag, count in self._languages.items() if 2 * count > self._entries}
        for tags, (count, concept, line) in self._patterns.items():
            more = int(str(count)) - 1
            others = f" (and {more:,} other{'s' if more > 1 else ''} like it)" if more else ""
            place = line if isinstance(line, int) else None
            missing = sorted(usual - tags)
            if len(tags) == 1 and len(self._languages) > 1:
                yield Finding(
                    code="CHK110",
                    message=f"{concept} has terms of {min(tags)} only{others}",
                    line=place,
                    file=self._options.file,
                    concept=str(concept),
                )
            elif missing:
                yield Finding(
                    code="CHK109",
                    message=f"{concept} lacks {', '.join(missing)}{others}",
                    line=place,
                    file=self._options.file,
                    concept=str(concept),
                )
        if self._entries:
            listed = ", ".join(f"{tag} {count:,}" for tag, count in sorted(self._terms.items()))
            yield Finding(
                code="CHK901", message=f"{self._entries:,} concept entries; terms: {listed}", file=self._options.file
            )


class Spellings:
    """subject field, customer or project spelt in two ways"""

    def __init__(self, options: CheckOptions) -> None:
        self._options = options
        self._seen: dict[tuple[str, str], dict[str, str]] = {}

    def see(self, facts: EntryFacts) -> None:
        if facts.alike:
            return  # its subject fields, customers and projects are those of an entry that has been seen
        concept = facts.concept
        for each in (*concept.subject_fields, *concept.customer_subsets, *concept.project_subsets):
            self._one(each.category, each.text, concept.id)
        for term in facts.terms:
            for each in (*term.term.customer_subsets, *term.term.project_subsets):
                self._one(each.category, each.text, concept.id)

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


class Rings:
    """definitions that refer to each other in a ring"""

    def __init__(self, options: CheckOptions) -> None:
        self._options = options
        self._terms: dict[tuple[str, str], str] = {}
        self._texts: list[tuple[str, str, str, int | None]] = []
        self._entries = 0

    def see(self, facts: EntryFacts) -> None:
        self._entries += 1
        if self._entries > self._options.ring_entries:
            self._terms.clear()
            self._texts.clear()
            return
        for term in facts.terms:
            self._terms.setdefault((term.language, _key(term.text)), facts.id)
        for each in facts.definitions:
            own = (each.section,) if each.section is not None else facts.concept.languages
            tags = {section.language for section in own}
            for tag in tags:
                line = None if each.statement.line is None else each.statement.line + facts.shift
                self._texts.append((facts.id, tag.partition("-")[0].lower(), each.text, line))

    def _mentioned(self, text: str, language: str) -> set[str]:
        words = _WORD.findall(_key(text))
        spans = (" ".join(words[at : at + size]) for size in range(1, 5) for at in range(len(words) - size + 1))
        return {found for span in spans if (found := self._terms.get((language, span)))}

    def finish(self) -> Iterator[Finding]:
        if self._entries > self._options.ring_entries:
            return
        lines: dict[str, int | None] = {}
        points: defaultdict[str, set[str]] = defaultdict(set)
        for concept, language, text, line in self._texts:
            lines.setdefault(concept, line)
            points[concept] |= self._mentioned(text, language) - {concept}
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


CHECKS = (
    BaseCheck(code="CHK109", look=Coverage, codes=("CHK110", "CHK901")),
    BaseCheck(code="CHK151", look=References, codes=("CHK152",)),
    BaseCheck(code="CHK401", look=Doublettes, codes=("CHK402", "CHK403")),
    BaseCheck(code="CHK704", look=Rings),
    BaseCheck(code="CHK710", look=SameDefinition),
    BaseCheck(code="CHK807", look=Spellings),
)
