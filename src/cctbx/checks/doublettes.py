"""Checks for concepts that have two entries: equal terms and equal definitions, in bounded memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from cctbx.checks.base import BaseCheck, CheckOptions, EntryFacts, Left
from cctbx.findings import Finding
from cctbx.ledger import Ledger, LedgerFiles
from cctbx.model import ConceptEntry
from cctbx.text.normal import _folded as _fold  # without its cache, which would grow with the term base

if TYPE_CHECKING:
    from cctbx.checks.alike import Seen
    from cctbx.checks.moulds import Mould

__all__ = ["CHECKS", "key_of", "keys_of", "prefix_of"]

_SEPARATOR = "\x1f"
_END = "\0"


def key_of(text: str) -> str:
    """A term as doublettes are compared: NFKC, case folded, blanks and hyphens folded."""
    plain = text.lower() if text.isascii() else _fold(text)
    return " ".join(plain.replace("-", " ").split())


def prefix_of(language: str) -> str:
    """What stands before the keys of terms of this language."""
    return language + _SEPARATOR


def keys_of(joined: str) -> list[str]:
    """The keys of several terms of a likeness, with nulls between: nothing in this looks beyond a control character."""
    plain = (joined.lower() if joined.isascii() else _fold(joined)).replace("-", " ")
    keys = plain.split(_END)
    if "  " in plain or " \0" in plain or "\0 " in plain or plain[:1] == " " or plain[-1:] == " ":
        return [" ".join(key.split()) for key in keys]
    return keys


def _joined(parts: Sequence[str]) -> str:
    """One text of several; the separator cannot occur in XML, and is taken out of what other formats bring."""
    made = _SEPARATOR.join(parts)
    if made.count(_SEPARATOR) == len(parts) - 1:
        return made
    return _SEPARATOR.join(part.replace(_SEPARATOR, " ") for part in parts)


class _Part(NamedTuple):
    """What a part of entries has in common: a subject field, its line feeds, and what is told of each of its texts.

    places  language, part of speech, line in the part
    """

    field: str
    feeds: int
    places: tuple[tuple[str, str, int | None], ...]


class _Place(NamedTuple):
    """Where an equal key stands."""

    concept: str
    text: str
    line: int | None
    field: str
    speech: str
    language: str


class _Ledgered:
    """A ledger whose notes are those of single entries or of likenesses, which tell what differs only.

    Notes begin with the names of the moulds (none for single entries) and the concept.
    """

    def __init__(self, options: CheckOptions, part: int) -> None:
        self._options = options
        self._ledger = Ledger()
        self._met: list[Mould] = []
        self._parts: dict[str, _Part] = {}

    def meet(self, mould: Mould, concept: str) -> None:
        """There are going to be likenesses with this part."""
        self._met.append(mould)

    def leave(self, folder: str) -> Left:
        """What is known so far, for `absorb` in another process."""
        self._gather()
        return self._ledger.leave(folder), self._parts

    def absorb(self, left: Left) -> None:
        """Go on from what another process has seen of the entries that follow."""
        files, parts = left
        assert isinstance(files, LedgerFiles)
        self._ledger.absorb(files)
        self._parts.update(parts)

    def _gather(self) -> None:
        """What has to be known of the moulds to read the notes."""
        for each in self._met:
            self._parts[each.name] = self._part(each)
        self._met.clear()

    def _part(self, mould: Mould) -> _Part:
        raise NotImplementedError

    def _place(self, note: str, at: int) -> _Place:
        names, concept, *parts = note.split(_SEPARATOR)
        if names:
            return self._place_alike(names, concept, parts, at)
        field, *parts = parts
        language, text, speech, number = parts[4 * at : 4 * at + 4]
        return _Place(concept, text, int(number) if number else None, field, speech, language)

    def _place_alike(self, names: str, concept: str, parts: list[str], at: int) -> _Place:
        """The same of a likeness: its texts stand behind its line."""
        held = [self._parts[name] for name in names.split(" ")]
        text, shift, place = parts[1 + at], int(parts[0]), at
        for each in held:
            if place < len(each.places):
                language, speech, line = each.places[place]
                break
            place -= len(each.places)
            shift += each.feeds
        return _Place(concept, text, None if line is None else line + shift, held[0].field, speech, language)

    def _shared(self) -> Iterator[list[_Place]]:
        """The places of equal keys."""
        self._gather()
        for notes in self._ledger.shared():
            yield [self._place(note, at) for note, at in notes]
        self._ledger.close()


def _field(concept: ConceptEntry) -> str:
    return concept.subject_fields[0].text if concept.subject_fields else ""


class Doublettes(_Ledgered):
    """same term of a language in several concept entries"""

    def see(self, facts: EntryFacts) -> None:
        keys: list[str] = []
        parts, shift = ["", facts.id, _field(facts.concept)], facts.shift
        for term in facts.terms:
            key = key_of(term.text)
            if key:
                keys.append(term.language + _SEPARATOR + key)
                speech, line = term.term.part_of_speech, term.term.line
                parts += (term.section.language, term.text, speech or "", "" if line is None else str(line + shift))
        if keys:
            self._ledger.add_all(keys, _joined(parts))

    def _part(self, mould: Mould) -> _Part:
        concept, terms = mould.facts.concept, mould.facts.terms
        told = [(each.section.language, each.term.part_of_speech or "", each.term.line) for each in terms]
        return _Part(_field(concept), mould.skeleton.feeds, tuple(told))

    def alike(self, seen: Seen) -> None:
        keys, likeness = seen.keys, seen.likeness
        if not keys:
            return
        if "" in keys:  # such a term is no doublette of any other
            keys = [key or f"{_END}{likeness.id}" for key in keys]
        prefixes = [each for mould in seen.moulds for each in mould.prefixes]
        note = _SEPARATOR.join((seen.names, likeness.id, str(likeness.line), *likeness.terms))
        self._ledger.add_all(list(map(add, prefixes, keys)), note)

    def finish(self) -> Iterator[Finding]:
        groups = [places for places in self._shared() if len({each.concept for each in places}) > 1]
        agreeing = _pairs_that_agree(groups)
        for places in groups:
            yield from self._group(places, agreeing)

    def _group(self, places: list[_Place], agreeing: set[tuple[str, str]]) -> Iterator[Finding]:
        first = places[0]
        told = {first.concept}
        for each in places[1:]:
            if each.concept in told:
                continue
            told.add(each.concept)
            code, message = self._kind(first, each, agreeing)
            yield Finding(
                code=code,
                message=message,
                file=self._options.file,
                line=each.line,
                concept=each.concept,
                language=each.language,
                term=each.text,
                advice=None if code == "CHK402" else f"merge it with {first.concept}, or tell them apart",
            )

    @staticmethod
    def _kind(first: _Place, other: _Place, agreeing: set[tuple[str, str]]) -> tuple[str, str]:
        term, there = other.text, f"also stands in {first.concept}"
        fields = first.field and other.field and first.field != other.field
        speeches = first.speech and other.speech and first.speech != other.speech
        both = tuple(sorted((first.concept, other.concept)))
        if (fields or speeches) and both not in agreeing:
            return "CHK402", f"{term!r} {there}, with another subject field or part of speech"
        if term.strip() != first.text.strip():
            return "CHK403", f"{term!r} {there} as {first.text!r}"
        more = ", and so does a term of another language" if both in agreeing else ""
        return "CHK401", f"{term!r} {there}{more}"


def _pairs_that_agree(groups: list[list[_Place]]) -> set[tuple[str, str]]:
    """Pairs of entries that share terms of more than one language."""
    languages: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for places in groups:
        first = places[0].concept
        for other in places[1:]:
            if other.concept != first and len(languages) < 200_000:
                low, high = sorted((first, other.concept))
                languages[low, high].add(other.language.partition("-")[0].lower())
    return {pair for pair, shared in languages.items() if len(shared) > 1}


_LEAST = 10
_TOLD = 60


def _even(text: str) -> str:
    """A definition as definitions are compared: white space folded, without a full stop."""
    return " ".join(text.split()).rstrip(" .")


class SameDefinition(_Ledgered):
    """same definition in two concept entries"""

    def see(self, facts: EntryFacts) -> None:
        keys: list[str] = []
        parts = ["", facts.id, ""]
        for each in facts.definitions:
            text = _even(each.lowered)
            if len(text) > _LEAST:
                keys.append(text)
                line, section = each.statement.line, each.section
                place = "" if line is None else str(line + facts.shift)
                parts += ("" if section is None else section.language, text[:_TOLD], "", place)
        if keys:
            self._ledger.add_all(keys, _joined(parts))

    def _part(self, mould: Mould) -> _Part:
        told = [
            ("" if each.section is None else each.section.language, "", each.statement.line)
            for each in mould.facts.definitions
        ]
        return _Part("", mould.skeleton.feeds, tuple(told))

    def alike(self, seen: Seen) -> None:
        if not seen.spoken:
            return
        likeness = seen.likeness
        keys = [each.rstrip(" .") for each in seen.spoken]
        joined = _END.join(keys)
        if not likeness.plain or "  " in joined or "\0 " in joined or joined[:1] == " ":
            keys = [_even(key) for key in keys]
        told = [key[:_TOLD] for key in keys]
        if len(min(keys, key=len)) <= _LEAST:  # too short to say anything: made a key that no other has
            keys = [key if len(key) > _LEAST else f"{_END}{likeness.id}" for key in keys]
        self._ledger.add_all(keys, _SEPARATOR.join((seen.names, likeness.id, str(likeness.line), *told)))

    def finish(self) -> Iterator[Finding]:
        for first, *others in self._shared():
            for each in others:
                if each.concept != first.concept:
                    yield Finding(
                        code="CHK710",
                        message=f"the definition also stands in {first.concept}: {each.text!r}",
                        file=self._options.file,
                        line=each.line,
                        concept=each.concept,
                        language=each.language or None,
                        advice="one concept, one entry: merge or tell apart",
                    )


CHECKS = (
    BaseCheck(code="CHK401", look=Doublettes, codes=("CHK402", "CHK403")),
    BaseCheck(code="CHK710", look=SameDefinition),
)
