"""What the aligner reads in source entries: designations taken to parts, acronyms, the content words of definitions.

All parts and words of all languages share one vocabulary of items; an item is a stem (or a phrase of stems that a
lexicon
knows) of one language. Weights are information in nats: how much is said by a word that few entries use.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cctbx.align.lexicons import LONGEST_PHRASE, Lexicon
from cctbx.align.settings import Progress
from cctbx.findings import unwatched
from cctbx.model import SourceEntry
from cctbx.text.acronyms import spells_out
from cctbx.text.compounds import COMPOUNDING, CompoundSplitter
from cctbx.text.normal import cognate_form, fold, primary
from cctbx.text.stems import PREPOSITIONS, is_function_word, stem
from cctbx.text.tokens import acronyms, headword_parts, is_acronym, numbers_among, words

__all__ = ["Content", "Reading", "Term", "Texts", "Vocabulary", "read_entries"]


@dataclass(frozen=True, slots=True)
class Span:
    """Parts `start` to `end` (exclusive) of a term, taken as one item of the vocabulary."""

    start: int
    end: int
    item: int


@dataclass(frozen=True, slots=True)
class Term:
    """One designation: its parts with their weights, which of them is the head, and the spans that make an item."""

    text: str
    letters: str
    language: str
    form: str
    parts: tuple[str, ...]
    weights: tuple[float, ...]
    total: float
    head: int
    spans: tuple[Span, ...]
    known: tuple[bool, ...]
    printed: bool


@dataclass(frozen=True, slots=True)
class Content:
    """The items of a definition, sorted, with their information in nats: flat arrays, for there may be millions."""

    items: array[int]
    weights: array[float]

    @classmethod
    def of(cls, found: Mapping[int, float]) -> Content:
        """From items with their information."""
        items = sorted(found)
        return cls(array("i", items), array("f", [found[item] for item in items]))


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry as the aligner sees it."""

    key: str
    source: str
    language: str
    terms: tuple[Term, ...]
    acronyms: frozenset[str]
    definition: Content
    wording: str
    marks: frozenset[str]


@dataclass(slots=True)
class Vocabulary:
    """Items by number: language, name (stems joined by spaces), a spelling for cognates, rows of the lexicon."""

    lexicon: Lexicon
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    meanings: list[tuple[int, ...]] = field(default_factory=list)
    _words: dict[str, dict[str, int]] = field(default_factory=dict)

    def word(self, word: str, language: str) -> int:
        """The number of a single word's item."""
        known = self._words.setdefault(language, {})
        number = known.get(word)
        if number is None:
            number = known[word] = self.item((word,), language)
        return number

    def item(self, phrase: tuple[str, ...], language: str, *, known: tuple[int, ...] | None = None) -> int:
        """The number of a phrase's item, made on first sight; all its spellings add to its meanings."""
        name = " ".join(stem(word, language) for word in phrase)
        number = self.numbers.setdefault(language, {}).setdefault(name, len(self.names))
        form = _form(phrase, language)
        if number == len(self.names):
            self.languages.append(language)
            self.names.append(name)
            self.forms.append(form)
            self.meanings.append(())
        # Spelling is compared on the shortest word seen, which is closest to the base form.
        elif (len(form), form) < (len(self.forms[number]), self.forms[number]):
            self.forms[number] = form
        rows = self.lexicon.meanings(phrase, language) if known is None else known
        if rows and rows != self.meanings[number]:
            self.meanings[number] = tuple(sorted({*self.meanings[number], *rows}))
        return number


@lru_cache(maxsize=1 << 16)
def _form(phrase: tuple[str, ...], language: str) -> str:
    return "".join(cognate_form(word, language) for word in phrase)


def read_entries(
    entries: Sequence[SourceEntry], keys: Sequence[str], texts: Texts, vocabulary: Vocabulary, *,
    progress: Progress = unwatched,
) -> list[Reading]:  # fmt: skip
    """The readings of entries, in their order; items new to the vocabulary are added to it."""
    found: list[Reading] = []
    for entry, key in zip(entries, keys, strict=True):
        found.append(texts.reading(entry, key, vocabulary))
        if not len(found) % _NOW_AND_THEN:
            progress("entries read", len(found))
    return found


_NOW_AND_THEN = 500


class Texts:
    """How to take texts apart: compound splitters and word counts, pooled over all entries of a language."""

    def __init__(self, entries: Sequence[SourceEntry], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._counts: dict[str, Counter[str]] = {}
        self._size: Counter[str] = Counter()
        self._own: dict[str, set[str]] = {}
        for entry in entries:
            language = primary(entry.language)
            self._size[language] += 1
            seen = set(words(entry.definition))
            for term in designations_of(entry):
                seen.update(tokens := words(term[0]))
                if len(tokens) == 1:
                    self._own.setdefault(language, set()).add(stem(tokens[0], language))
            self._counts.setdefault(language, Counter()).update(seen)
        self.splitters = {language: self._splitter(language) for language in {*self._counts, "en"}}
        self._told: dict[str, dict[str, float]] = {}
        self._taken: dict[str, dict[str, _Taken]] = {}
        self.stem_counts = {
            language: self._stems(language, counts) for language, counts in self._counts.items()
        }  # fmt: skip

    def _splitter(self, language: str) -> CompoundSplitter:
        listed = self.lexicon.vocabulary(language) if language in COMPOUNDING else {}
        known = Counter(listed)
        for word, count in self._counts.get(language, Counter[str]()).items():
            if not is_function_word(word, language) and len(word) >= 4:
                known[word] += count
                if len(base := stem(word, language)) >= 4:
                    known[base] += count
        for word in list(known):
            if is_function_word(word, language):
                del known[word]
        return CompoundSplitter(language, known, listed)

    def _stems(self, language: str, counts: Counter[str]) -> Counter[str]:
        stems: Counter[str] = Counter()
        for word, count in counts.items():
            for part in {word, *self.splitters[language].split(word)}:
                stems[stem(part, language)] += count
        return stems

    def information(self, part: str, language: str) -> float:
        """How much a part says: minus the logarithm of the share of entries that use it, within sane bounds."""
        told = self._told.setdefault(language, {})
        if part not in told:
            told[part] = self._information(part, language)
        return told[part]

    def _information(self, part: str, language: str) -> float:
        counts = self.stem_counts.get(language)
        size = self._size[language]
        if counts is None or size == 0:
            return 2.5
        # Small glossaries know little about frequency: forty entries that nobody saw temper the estimate.
        return max(0.7, min(6.0, math.log((size + 40) / (counts[stem(part, language)] + 1.0))))

    def reading(self, entry: SourceEntry, key: str, vocabulary: Vocabulary) -> Reading:
        language = primary(entry.language)
        listed = designations_of(entry)
        short = {text for text, _, _ in listed if is_acronym(text)} | _short_forms(
            entry, [text for text, _, _ in listed]
        )
        found_terms = (
            self.term(text, primary(tag), printed, vocabulary) for text, tag, printed in listed if text not in short
        )
        terms = tuple(dict.fromkeys(term for term in found_terms if term))
        tokens = words(entry.definition)
        marks = {fold(each) for each in acronyms(entry.definition)} | {*numbers_among(tokens)}
        return Reading(
            key=key, source=entry.source, language=language, terms=terms,
            acronyms=_frozen(fold(text) for text in short),
            definition=Content.of(_tempered(self._content(tokens, language, vocabulary), terms, vocabulary)),
            wording=" ".join(cognate_form(word, language) for word in tokens if len(word) > 3),
            marks=_frozen(marks - {""}),
        )  # fmt: skip

    def term(self, text: str, language: str, printed: bool, vocabulary: Vocabulary) -> Term | None:
        tokens = words(text)
        if not tokens:
            return None
        segments = [
            self.splitters[language].split(token) if language in self.splitters else (token,) for token in tokens
        ]
        kept = [n for n, token in enumerate(tokens) if not is_function_word(token, language)] or list(
            range(len(tokens))
        )
        parts = tuple(part for n in kept for part in segments[n])
        head = _head(tokens, segments, kept, language)
        spans = tuple(_spans([segments[n] for n in kept], [tokens[n] for n in kept], language, vocabulary))
        weights = tuple(self.information(part, language) for part in parts)
        form = " ".join(cognate_form(token, language) for token in tokens)
        known = tuple(bool(self.lexicon.meanings((part,), language)) for part in parts)
        return Term(
            fold(text), "".join(tokens), language, form, parts, weights, sum(weights), head, spans, known, printed
        )

    def content(self, text: str, language: str, vocabulary: Vocabulary) -> list[int]:
        """The items of a text, sorted, each once, phrases of the lexicon included."""
        return sorted(self._content(words(text), language, vocabulary))

    def _content(self, text: Sequence[str], language: str, vocabulary: Vocabulary) -> dict[int, float]:
        """The items of a definition with their information."""
        found: dict[int, float] = {}
        tokens = [token for token in text if not is_function_word(token, language) and not token[0].isdigit()]
        known = self._taken.setdefault(language, {})
        for token in tokens:
            if (taken := known.get(token)) is None:
                taken = known[token] = self._take(token, language)
            for part in taken.parts:
                found[vocabulary.word(part, language)] = self.information(part, language)
            if taken.whole is not None:
                item = vocabulary.item((token,), language, known=taken.whole)
                found[item] = self.information(token, language)
        for phrase, rows in self._phrases(tokens, language, known):
            weight = max(self.information(each, language) for each in phrase)
            found[vocabulary.item(phrase, language, known=rows)] = weight
        return found

    def _take(self, token: str, language: str) -> _Taken:
        splitter = self.splitters.get(language)
        parts = splitter.split(token) if splitter else (token,)
        whole = None
        # A compound also counts as a whole where the lexicon or a glossary has it: authors use their own terms.
        if len(parts) > 1:
            rows = self.lexicon.meanings((token,), language)
            whole = rows if rows or stem(token, language) in self._own.get(language, ()) else None
        return _Taken(parts, whole, self.lexicon.opens(token, language))

    def _phrases(
        self, tokens: Sequence[str], language: str, known: Mapping[str, _Taken]
    ) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
        """The phrases that the lexicon knows, shortest first, with their rows."""
        opening = [n for n, token in enumerate(tokens) if known[token].opens]
        for size in range(2, LONGEST_PHRASE + 1):
            for start in opening:
                phrase = tuple(tokens[start : start + size])
                if len(phrase) == size and (rows := self.lexicon.meanings(phrase, language)):
                    yield phrase, rows


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is known of one word: its parts, the rows of it as a whole (None: does not count), if it opens phrases."""

    parts: tuple[str, ...]
    whole: tuple[int, ...] | None
    opens: bool


_NOTHING: frozenset[str] = frozenset()


def _frozen(names: Iterable[str]) -> frozenset[str]:
    """A set that is shared where it is empty."""
    return frozenset(names) or _NOTHING


def designations_of(entry: SourceEntry) -> tuple[tuple[str, str, bool], ...]:
    """(text, language, printed as headword) of every designation; taken from the headword where none is recorded."""
    if entry.designations:
        return tuple((each.term, each.language, each.origin.value == "headword") for each in entry.designations)
    parts = headword_parts(entry.headword)
    return tuple((term, entry.language, True) for term in parts.terms)


_OWN_TERM = 0.5


def _tempered(content: Mapping[int, float], terms: Sequence[Term], vocabulary: Vocabulary) -> dict[int, float]:
    """Words of its own terms count less in a definition (loans by their letters): the terms are compared already."""
    own = {span.item for term in terms for span in term.spans}
    forms = {vocabulary.forms[item] for item in own}
    return {
        item: weight * _OWN_TERM if item in own or vocabulary.forms[item] in forms else weight
        for item, weight in content.items()
    }


def _short_forms(entry: SourceEntry, listed: Sequence[str]) -> set[str]:
    """Designations the page types as acronyms, and short words that a longer designation spells out (`Csat`)."""
    typed = {each.term for each in entry.designations if each.type == "acronym"}
    return typed | {one for one in listed for other in listed if spells_out(one, other)}


def _head(tokens: Sequence[str], segments: Sequence[Sequence[str]], kept: Sequence[int], language: str) -> int:
    """The part that names the genus.

    Germanic and Finno-Ugric phrases end in it, before a preposition; Slavic and Romance ones begin with it, after
    adjectives (told by their endings in Slavic).
    """
    closed = PREPOSITIONS.get(language, frozenset()) - _AS
    first = next((n for n, token in enumerate(tokens) if n and token in closed), len(tokens))
    before = [n for n in kept if n < first] or list(kept)
    place = before[-1]
    if language in ("fr", "es", "it", "pt"):
        place = before[0]
    elif language in ("pl", "cs"):
        nouns = [n for n in before if not _adjective(tokens[n], language)]
        place = nouns[0] if nouns else before[0]
    return sum(len(segments[n]) for n in kept if n <= place) - 1


_AS = frozenset({"as", "som", "als", "jako", "jak", "come", "como", "comme"})
"""`X as a Y` names a Y: what follows stays part of the phrase."""


def _adjective(word: str, language: str) -> bool:
    endings = (
        ("y", "owa", "owe", "na", "ne", "ski", "ska", "czna", "czne") if language == "pl" else ("ý", "í", "á", "é")
    )
    return len(word) > 4 and word.endswith(endings)


def _spans(
    segments: Sequence[Sequence[str]], tokens: Sequence[str], language: str, vocabulary: Vocabulary
) -> Iterable[Span]:
    lexicon = vocabulary.lexicon
    starts = [0]
    for parts in segments:
        starts.append(starts[-1] + len(parts))
    for n, parts in enumerate(segments):
        for k, part in enumerate(parts):
            yield Span(starts[n] + k, starts[n] + k + 1, vocabulary.word(part, language))
        for k in range(len(parts)):
            for size in range(2, len(parts) - k + 1):
                yield from _joined(parts[k : k + size], tokens[n], starts[n] + k, language, vocabulary)
    opening = [lexicon.opens(token, language) for token in tokens]
    for size in range(2, LONGEST_PHRASE + 1):
        for n in range(len(tokens) - size + 1):
            if not opening[n] and size != len(tokens):
                continue
            phrase = tuple(tokens[n : n + size])
            rows = lexicon.meanings(phrase, language)
            # A whole term of few words is an item of its own: others may write it closed (`help desk`, `helpdesk`).
            if rows or size == len(tokens):
                yield Span(starts[n], starts[n + size], vocabulary.item(phrase, language, known=rows))


def _joined(parts: Sequence[str], token: str, start: int, language: str, vocabulary: Vocabulary) -> Iterable[Span]:
    """Neighbouring parts of a compound as one word: all of it always, some of it where the lexicon knows it."""
    at = token.find(parts[0][:-1])
    whole = token[at : token.find(parts[-1], at) + len(parts[-1])] if at >= 0 else token
    rows = vocabulary.lexicon.meanings((whole,), language)
    if rows or whole == token:
        yield Span(start, start + len(parts), vocabulary.item((whole,), language, known=rows))
