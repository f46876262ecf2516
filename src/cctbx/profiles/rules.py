"""The rules of profiles: pure functions from one concept entry to the entries a client should see.

What the user asked for comes before them (`selection`). Every rule reports what it leaves out
or changes, with a code of LOS200 and up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from cctbx.formats.losses import folded, preferred_first
from cctbx.model import ConceptEntry, Inline, LanguageSection, TermSection, Text, marked, plain
from cctbx.profiles.contract import Job, Rule

__all__ = [
    "DEAD", "applied", "ascii_ids", "ascii_sources", "best_first", "composed", "language_spelling", "no_longer_than",
    "one_source", "one_target", "only_hash", "spoken", "unique_ids", "with_source", "without_controls", "without_hash",
]  # fmt: skip

DEAD = ("deprecatedTerm-admn-sts", "supersededTerm-admn-sts")
"""The statuses of terms that are not to be used."""

_UNNAMED = re.compile(r"[^-.0-9A-Z_a-z]|_(?=x[0-9A-F]+_)|^(?=[^A-Z_a-z])", re.ASCII)


def of_language(tag: str, wanted: str) -> bool:
    """Whether a section's language is the wanted one or a narrower one of it (RFC 4647, basic filtering)."""
    tag, wanted = tag.lower(), wanted.lower()
    return tag == wanted or tag.startswith(wanted + "-")


def with_terms(
    entry: ConceptEntry, job: Job, fits: Callable[[TermSection], bool], code: str, why: str,
    advice: str | None = None,
) -> ConceptEntry:  # fmt: skip
    """The entry with the terms that fit; the others are reported."""
    sections = []
    for section in entry.languages:
        kept = tuple(term for term in section.terms if fits(term))
        if len(kept) < len(section.terms):
            for term in section.terms:
                if not fits(term):
                    lost_term(job, section, term, code, why, advice)
            section = replace(section, terms=kept)
        sections.append(section)
    return replace(entry, languages=tuple(sections))


def lost_term(
    job: Job, section: LanguageSection, term: TermSection, code: str, why: str, advice: str | None = None
) -> None:
    losses, text = job.losses, folded(plain(term.term))
    losses.language, losses.term = section.language, text
    losses.lost(code, f"“{text}” {why}", category="term", advice=advice)
    losses.language = losses.term = None


# what clients demand


def best_first(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Preferred terms first, while their status is still known: clients that drop it go by the order."""
    yield replace(entry, languages=tuple(replace(each, terms=preferred_first(each.terms)) for each in entry.languages))


def ascii_ids(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Ids of ASCII letters, digits, `-`, `.` and `_` only. Different ids stay different: `ö1` becomes `_xF6_1`."""
    name = _UNNAMED.sub(lambda found: f"_x{ord(found[0]):X}_" if found[0] else "_", entry.id) or "_"
    if name == entry.id:
        yield entry
        return
    job.losses.lost("LOS205", f"the id {entry.id} is written as {name}")
    yield replace(entry, id=name)


def unique_ids(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Ids that no earlier entry of the file has: `c7-2` for a second `c7`; clients take the last one, or none."""
    name, number = entry.id, 1
    while not job.first("id", name):
        number += 1
        name = f"{entry.id}-{number}"
    if name != entry.id:
        job.losses.lost("LOS205", f"the id {entry.id} stands twice and is written as {name}")
    yield entry if name == entry.id else replace(entry, id=name)


def _changed(text: Text, change: Callable[[str], str]) -> Text:
    if isinstance(text, str):
        return change(text)
    return marked(tuple(_changed_part(part, change) for part in text.parts))


def _changed_part(part: str | Inline, change: Callable[[str], str]) -> str | Inline:
    if isinstance(part, str):
        return change(part)
    return replace(part, content=tuple(_changed_part(each, change) for each in part.content))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def composed(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Letters and their marks as one character (NFC), as the client makes them on loading anyway."""
    sections = []
    for section in entry.languages:
        terms = tuple(_composed_term(section, term, job) for term in section.terms)
        sections.append(replace(section, terms=terms))
    said = tuple(replace(each, value=_changed(each.value, _nfc)) for each in entry.definitions)
    notes = tuple(replace(each, value=_changed(each.value, _nfc)) for each in entry.notes)
    yield replace(entry, languages=tuple(sections), definitions=said, notes=notes)


def _composed_term(section: LanguageSection, term: TermSection, job: Job) -> TermSection:
    text = _changed(term.term, _nfc)
    if text == term.term:
        return term
    lost_term(job, section, term, "LOS210", "is written with composed characters (NFC)")
    return replace(term, term=text)


def _of_source(section: LanguageSection, job: Job) -> bool:
    return of_language(section.language, job.request.spelt(job.source)) or of_language(section.language, job.source)


def one_target(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """The first term of each target language only."""
    sections = []
    for section in entry.languages:
        if len(section.terms) > 1 and not _of_source(section, job):
            first, *others = preferred_first(section.terms)
            for term in others:
                lost_term(job, section, term, "LOS207", "is left out: the client takes one target for a source")
            section = replace(section, terms=(first,))
        sections.append(section)
    yield replace(entry, languages=tuple(sections))


def one_source(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Source terms that no earlier concept of this file has; the client would take only one of them."""
    sections = []
    for section in entry.languages:
        if _of_source(section, job):
            kept = tuple(term for term in section.terms if job.first(folded(plain(term.term))))
            for term in section.terms:
                if not any(term is each for each in kept):
                    lost_term(job, section, term, "LOS208", "is left out: an earlier concept has the same source term",
                               "say which sense is meant by a subject filter")  # fmt: skip
            section = replace(section, terms=kept)
        sections.append(section)
    if all(section.terms for section in sections):
        yield replace(entry, languages=tuple(sections))
    else:
        job.losses.lost("LOS057", "no source term is left: the concept is left out")


def no_longer_than(limit: int, encoding: str | None = None) -> Rule:
    """A rule that leaves out terms of more than `limit` characters, or bytes in an encoding."""

    def size(term: TermSection) -> int:
        text = folded(plain(term.term))
        return len(text.encode(encoding)) if encoding else len(text)

    unit = "bytes" if encoding else "characters"

    def rule(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
        yield with_terms(
            entry, job, lambda term: size(term) <= limit, "LOS209",
            f"is longer than {limit} {unit}, the most the client takes",
        )  # fmt: skip

    return rule


def with_source(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Only concepts that have a term in the source language: rows begin with it."""
    if any(section.terms for section in entry.languages if _of_source(section, job)):
        yield entry
    else:
        job.losses.lost("LOS057", f"no term in {job.source}: the concept is left out")


_CONTROLS = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def without_controls(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Without terms that hold control characters, once white space is folded."""
    yield with_terms(
        entry, job, lambda term: not _CONTROLS.search(folded(plain(term.term))), "LOS213",
        "has control characters, which the client refuses",
    )  # fmt: skip


_ASCII = re.compile(r"[A-Za-z0-9](?:[\x20-\x7e]*[A-Za-z0-9])?")


def ascii_sources(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Only source terms of ASCII characters that begin and end with a letter or digit; GlotPress passes others over."""
    sections = []
    for section in entry.languages:
        if _of_source(section, job):
            for term in section.terms:
                if not _ASCII.fullmatch(folded(plain(term.term))):
                    lost_term(job, section, term, "LOS213", "is not ASCII between letters or digits: it is left out")
            kept = tuple(term for term in section.terms if _ASCII.fullmatch(folded(plain(term.term))))
            section = replace(section, terms=kept)
        sections.append(section)
    yield replace(entry, languages=tuple(sections))


def spoken(known: Iterable[str]) -> Rule:
    """A rule that leaves out parts of speech the client does not know."""
    names = frozenset(known)

    def rule(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
        yield replace(entry, languages=tuple(
            replace(section, terms=tuple(_spoken(section, term, names, job) for term in section.terms))
            for section in entry.languages
        ))  # fmt: skip

    return rule


def _spoken(section: LanguageSection, term: TermSection, known: frozenset[str], job: Job) -> TermSection:
    speech = term.part_of_speech
    if speech is None or speech in known:
        return term
    losses = job.losses
    losses.language, losses.term = section.language, folded(plain(term.term))
    losses.lost("LOS212", f"the part of speech {speech} is left out: the client has none such", category="partOfSpeech")
    losses.language = losses.term = None
    return replace(term, part_of_speech=None)


def _hashed(term: TermSection) -> bool:
    return folded(plain(term.term)).startswith("#")


def without_hash(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Without the source terms that begin with `#`: a line that begins so is a comment to the client."""
    yield from _source_terms(entry, job, lambda term: not _hashed(term), report=True)


def only_hash(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Only the source terms that begin with `#`; the others stand in another file."""
    yield from _source_terms(entry, job, _hashed, report=False)


def _source_terms(
    entry: ConceptEntry, job: Job, fits: Callable[[TermSection], bool], *, report: bool
) -> Iterator[ConceptEntry]:
    sections = []
    for section in entry.languages:
        if of_language(section.language, job.source):
            for term in section.terms:
                if report and not fits(term):
                    lost_term(job, section, term, "LOS211", "begins with # and stands in the CSV file")
            section = replace(section, terms=tuple(term for term in section.terms if fits(term)))
        sections.append(section)
    if all(section.terms for section in sections):
        yield replace(entry, languages=tuple(sections))


def language_spelling(entry: ConceptEntry, job: Job) -> Iterator[ConceptEntry]:
    """Language tags as the user wants them (`nb=no`); the last rule of every output."""
    spelling = job.request.language_map
    if not spelling:
        yield entry
        return
    for section in entry.languages:
        if section.language in spelling and job.first("language", section.language):
            job.losses.language = section.language
            job.losses.lost("LOS206", f"{section.language} is written as {spelling[section.language]}")
            job.losses.language = None
    yield replace(
        entry, languages=tuple(replace(each, language=job.request.spelt(each.language)) for each in entry.languages)
    )


def applied(entries: Iterable[ConceptEntry], rules: tuple[Rule, ...], job: Job) -> Iterator[ConceptEntry]:
    """Every entry sent through all rules, one entry after the other."""
    for entry in entries:
        job.losses.concept, job.losses.language, job.losses.term = entry.id, None, None
        held: list[ConceptEntry] = [entry]
        for rule in rules:
            held = [made for each in held for made in rule(each, job)]
            if not held:
                break
        yield from held
