"""Checks for concepts that have two entries: equal terms and equal definitions, in bounded memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cctbx.checks.base import BaseCheck, CheckOptions, EntryFacts, Left
from cctbx.findings import Finding
from cctbx.ledger import Ledger, LedgerFiles
from cctbx.model.likeness import Likeness
from cctbx.text.normal import _folded as _fold  # without its cache, which would grow with the term base

__all__ = ["CHECKS", "key_of"]

_SEPARATOR = "\x1f"
_END = "\0"


def key_of(text: str) -> str:
    """A term as doublettes are compared: NFKC, case folded, blanks and hyphens folded."""
    plain = text.lower() if text.isascii() else _fold(text)
    return " ".join(plain.replace("-", " ").split())


def _keys_of(texts: Sequence[str]) -> list[str]:
    """The keys of several printable terms, folded all at once: nothing in this looks beyond a control character."""
    joined = _END.join(texts)
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


class _Mould(NamedTuple):
    """What the likenesses of a skeleton have in common: a subject field, and of each text what is told of it beside.

    places  language, part of speech, line in the skeleton
    """

    field: str
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

    Notes begin with the name of the mould (none for single entries) and the concept.
    """

    def __init__(self, options: CheckOptions, part: int) -> None:
        self._options = options
        self._part = part
        self._ledger = Ledger()
        self._moulds: dict[str, _Mould] = {}

    def leave(self, folder: str) -> Left:
        """What is known so far, for `absorb` in another process."""
        return self._ledger.leave(folder), self._moulds

    def absorb(self, left: Left) -> None:
        """Go on from what another process has seen of the entries that follow."""
        files, moulds = left
        assert isinstance(files, LedgerFiles)
        self._ledger.absorb(files)
        self._moulds.update(moulds)

    def _cast(self, mould: _Mould) -> str:
        name = f"{self._part}:{len(self._moulds)}"
        self._moulds[name] = mould
        return name

    def _place(self, note: str, at: int) -> _Place:
        name, concept, *parts = note.split(_SEPARATOR)
        if name:
            mould, shift = self._moulds[name], int(parts[0])
            language, speech, line = mould.places[at]
            return _Place(concept, parts[1 + at], None if line is None else line + shift, mould.field, speech, language)
        field, *parts = parts
        language, text, speech, number = parts[4 * at : 4 * at + 4]
        return _Place(concept, text, int(number) if number else None, field, speech, language)

    def _shared(self) -> Iterator[list[_Place]]:
        """The places of equal keys."""
        for notes in self._ledger.shared():
            yield [self._place(note, at) for note, at in notes]
        self._ledger.close()


class Doublettes(_Ledgered):
    """same term of a language in several concept entries"""

    def see(self, facts: EntryFacts) -> None:
        concept = facts.concept
        field = concept.subject_fields[0].text if concept.subject_fields else ""
        keys: list[str] = []
        parts, shift = ["", facts.id, field], facts.shift
        for term in facts.terms:
            key = key_of(term.text)
            if key:
                keys.append(term.language + _SEPARATOR + key)
                speech, line = term.term.part_of_speech, term.term.line
                parts += (term.section.language, term.text, speech or "", "" if line is None else str(line + shift))
        if keys:
            self._ledger.add_all(keys, _joined(parts))

    def alike(self, facts: EntryFacts) -> Callable[[Likeness, Sequence[str]], None] | None:
        concept, terms = facts.concept, facts.terms
        field = concept.subject_fields[0].text if concept.subject_fields else ""
        told = tuple((each.section.language, each.term.part_of_speech or "", each.term.line) for each in terms)
        name = self._cast(_Mould(field, told))
        places, add_all = [each.at for each in terms], self._ledger.add_all
        languages = [each.language + _SEPARATOR for each in terms]

        def see(likeness: Likeness, lowered: Sequence[str]) -> None:
            texts = [likeness.texts[at] for at in places]
            keys = _keys_of(texts)
            if "" in keys:  # such a term is no doublette of any other
                keys = [key or f"{_END}{likeness.id}" for key in keys]
            note = _SEPARATOR.join((name, likeness.id, str(facts.shift), *texts))
            add_all([language + key for language, key in zip(languages, keys, strict=True)], note)

        return see if terms else None

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

    def alike(self, facts: EntryFacts) -> Callable[[Likeness, Sequence[str]], None] | None:
        held = facts.definitions
        told = (("" if each.section is None else each.section.language, "", each.statement.line) for each in held)
        name = self._cast(_Mould("", tuple(told)))
        places, add_all = [each.at for each in held], self._ledger.add_all

        def see(likeness: Likeness, lowered: Sequence[str]) -> None:
            keys = [lowered[at].rstrip(" .") for at in places]  # they are printable: blanks are the only white space
            if any("  " in key or key[:1] == " " for key in keys):
                keys = [_even(key) for key in keys]
            told = [key[:_TOLD] for key in keys]
            if min(map(len, keys)) <= _LEAST:  # too short to say anything: made a key that no other has
                keys = [key if len(key) > _LEAST else f"{_END}{likeness.id}" for key in keys]
            add_all(keys, _SEPARATOR.join((name, likeness.id, str(facts.shift), *told)))

        return see if held else None

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
