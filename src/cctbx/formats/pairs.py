"""Bilingual formats: which two languages, which concept entries have both, and terms as pairs and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from cctbx.errors import InputError, UsageError
from cctbx.findings import Report
from cctbx.formats.contract import Keeps, ReadOptions, WriteOptions
from cctbx.formats.losses import Keeper, Losses, keep, preferred_first
from cctbx.model import (
    ConceptEntry,
    Header,
    LanguageSection,
    Level,
    TermBaseStream,
    TermSection,
    fields_from,
    plain,
    statements,
)

__all__ = [
    "DEPRECATED", "Direction", "Pair", "bilingual", "distinct", "distinct_terms", "header_of", "languages_read",
    "paired", "pairs_of", "split_pairs", "united",
]  # fmt: skip

DEPRECATED = "deprecatedTerm-admn-sts"
_LOOK_AHEAD = 1000


@dataclass(frozen=True, slots=True)
class Direction:
    """The two languages of a bilingual export."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A source term and a target term of one concept entry."""

    source: TermSection
    target: TermSection


def _matches(tag: str, wanted: str) -> bool:
    """Whether a section's language is the wanted one, or a narrower one of it (RFC 4647, basic filtering)."""
    tag, wanted = tag.lower(), wanted.lower()
    return tag == wanted or tag.startswith(wanted + "-")


def direction(stream: TermBaseStream, options: WriteOptions) -> tuple[Direction, TermBaseStream]:
    """The languages of a bilingual export, and the stream again.

    Source: as asked, or the header's working language, or the first language met; target: as asked, or the first other
    language met in the first thousand entries. Raises `UsageError` where two targets are asked for or none is found.
    """
    if len(options.target_languages) > 1:
        asked = ", ".join(options.target_languages)
        raise UsageError(f"this format holds one pair of languages, not several targets ({asked}); write one file each")
    entries = iter(stream)
    head = list(islice(entries, _LOOK_AHEAD))
    tags = list(dict.fromkeys(section.language for entry in head for section in entry.languages))
    source = options.source_language or _present(stream.header.language, tags) or next(iter(tags), "und")
    others = [tag for tag in tags if not _matches(tag, source)]
    target = options.target_languages[0] if options.target_languages else next(iter(others), None)
    if target is None and head:
        raise UsageError(f"no second language beside {source} was found; say --target-language LL")
    again = TermBaseStream(header=stream.header, concepts=chain(head, entries), references=stream.references)
    return Direction(source, target or "und"), again


def _present(tag: str | None, tags: list[str]) -> str | None:
    return tag if tag and any(_matches(each, tag) for each in tags) else None


def _section(entry: ConceptEntry, wanted: str) -> LanguageSection | None:
    """The sections of a language as one: the exact tag, or else all narrower ones."""
    exact = [each for each in entry.languages if each.language.lower() == wanted.lower()]
    found = exact or [each for each in entry.languages if _matches(each.language, wanted)]
    if not found:
        return None
    first = found[0]
    if len(found) == 1:
        return first if first.language == wanted else replace(first, language=wanted)
    return replace(first, language=wanted, terms=tuple(term for each in found for term in each.terms))


def distinct(terms: Iterable[TermSection], losses: Losses) -> tuple[TermSection, ...]:
    """The terms without those whose text stands already, preferred ones first."""
    first: dict[str, TermSection] = {}
    for term in preferred_first(terms):
        text = plain(term.term)
        if first.setdefault(text, term) is not term:
            losses.lost("LOS061", f"“{text}” stands twice in this language and is written once", category="term")
    return tuple(first.values())


def distinct_terms(section: LanguageSection, losses: Losses) -> LanguageSection:
    """The section with its terms as `distinct` gives them."""
    if len(section.terms) < 2:
        return section
    terms = distinct(section.terms, losses)
    return section if terms == section.terms else replace(section, terms=terms)


def bilingual(
    stream: TermBaseStream,
    keeps: Keeps,
    options: WriteOptions,
    adapt: Callable[[ConceptEntry, Losses], ConceptEntry] | None = None,
    keeper_type: type[Keeper] = Keeper,
) -> tuple[Direction, TermBaseStream]:
    """The stream reduced to two languages and to what `keeps` allows; entries that lack one of them are left out.

    `adapt` may change a chosen entry before it is reduced. Terms come preferred first and distinct. Findings: those of
    `keep`, LOS056 (only where no target was asked for), LOS057, LOS061.
    """
    way, stream = direction(stream, options)
    losses = Losses(options.report)

    def chosen(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
        for entry in entries:
            losses.concept = entry.id
            found = [section for tag in (way.source, way.target) if (section := _section(entry, tag))]
            if not options.target_languages:
                _report_others(entry, way, losses)
            entry = replace(entry, languages=tuple(found))
            yield adapt(entry, losses) if adapt else entry

    def complete(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
        for entry in entries:
            losses.concept = entry.id
            held = {section.language for section in entry.languages if section.terms}
            missing = [tag for tag in (way.source, way.target) if tag not in held]
            if missing:
                losses.lost("LOS057", f"no term in {' and '.join(missing)}: the concept is left out")
                continue
            languages = tuple(distinct_terms(section, losses) for section in entry.languages)
            yield entry if languages == entry.languages else replace(entry, languages=languages)

    kept = keep(stream.map(chosen), keeps, options.report, language=way.source, keeper_type=keeper_type)
    return way, kept.map(complete)


def _report_others(entry: ConceptEntry, way: Direction, losses: Losses) -> None:
    for section in entry.languages:
        if not _matches(section.language, way.source) and not _matches(section.language, way.target):
            losses.language = section.language
            losses.lost("LOS056", f"terms in {section.language} are left out of {way.source}-{way.target}")
    losses.language = None


def pairs_of(entry: ConceptEntry) -> Iterator[Pair]:
    """Every source term with every target term of a bilingual entry."""
    source, target = entry.languages
    for one in source.terms:
        for other in target.terms:
            yield Pair(one, other)


Fit = Callable[[ConceptEntry, Losses], ConceptEntry | None]
"""Makes of an entry with one pair what a format can hold of it, or nothing; losses are told of its concept."""


def split_pairs(stream: TermBaseStream, report: Report, fit: Fit | None = None) -> TermBaseStream:
    """Each pair as a concept entry of its own, numbered `c1`, `c2` …, for formats that know no concepts (LOS062)."""
    losses = Losses(report)

    def numbered(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
        number = 0
        for entry in entries:
            losses.concept = entry.id
            found = list(pairs_of(entry))
            if len(found) > 1:
                losses.lost("LOS062", f"the format knows no synonyms: {len(found)} independent pairs are written")
            for pair in found:
                source, target = entry.languages
                languages = (replace(source, terms=(pair.source,)), replace(target, terms=(pair.target,)))
                made: ConceptEntry | None = replace(entry, languages=languages)
                if made is not None and fit is not None:
                    losses.language, losses.term = source.language, pair.source.term
                    made = fit(made, losses)
                    losses.language = losses.term = None
                if made is not None:
                    number += 1
                    yield replace(made, id=f"c{number}")

    return stream.map(numbered)


def united(terms: Iterable[TermSection]) -> tuple[TermSection, ...]:
    """Each term once, in the order of first standing, with all that is said of it wherever it stands.

    Terms without a text are none, unless something is said of them.
    """
    held: dict[str, TermSection] = {}
    for each in terms:
        text = plain(each.term)
        first = held.setdefault(text, each)
        if first is not each and first != each:
            held[text] = _both(first, each)
    return tuple(each for text, each in held.items() if text or next(iter(statements(each)), None))


def _both(first: TermSection, second: TermSection) -> TermSection:
    """The first with what only the second says."""
    known = list(statements(first))
    said = [each for each in statements(second) if each not in known]
    if not said:
        return first
    return TermSection(
        term=first.term, id=first.id, line=first.line,
        **fields_from(Level.TERM, (*known, *said)),  # type: ignore[arg-type]
    )  # fmt: skip


def paired(pairs: Iterable[Pair], way: Direction) -> tuple[LanguageSection, ...]:
    """Language sections from the pairs of one concept: each term once, in the order of first standing."""
    held = list(pairs)
    sections = (
        LanguageSection(language=way.source, terms=united(pair.source for pair in held)),
        LanguageSection(language=way.target, terms=united(pair.target for pair in held)),
    )
    return tuple(each for each in sections if each.terms)


_TAG = "[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?"
_FILE_PAIR = re.compile(rf"(?:^|[._/\\-])({_TAG})[-_]({_TAG})\.\w+$")


def languages_read(options: ReadOptions, source: str | None = None, target: str | None = None) -> Direction:
    """The languages of a bilingual file: as the caller says, as the file says, or as its name says (`x.en-sv.utf8`).

    Raises `InputError` where none of them does.
    """
    named = _FILE_PAIR.search(options.file)
    first = options.source_language or source or (named[1] if named else None)
    second = options.target_language or target or (named[2] if named else None)
    if first is None or second is None:
        lacking = "--source-language" if first is None else "--target-language"
        raise InputError(f"the file does not say its languages; add {lacking} LL", file=options.file)
    return Direction(first, second)


def header_of(way: Direction) -> Header:
    """The header a bilingual file has: its source language."""
    return Header(language=way.source)
