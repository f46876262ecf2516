"""A synthetic term base and its next release by a known edit script: the yardstick for comparisons.

Terms are one to three words of a vocabulary per language, so that homonyms and near neighbours are as common as in
real term bases; every eighth concept shares a designation with another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from cctbx.diff.changes import Kind
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Metatype, TermSection, plain

__all__ = ["Expected", "Script", "edited_release", "release"]

LANGUAGES = ("de", "en", "fr", "pl", "sv")
PREFERRED, ADMITTED, DEPRECATED = (f"{name}Term-admn-sts" for name in ("preferred", "admitted", "deprecated"))
_ONSETS = {
    "de": "sch k tr b g w st pf l", "en": "th b c sh tr w m pl gr", "fr": "ch b c v r l m qu g",
    "pl": "prz sz k w cz st z m d", "sv": "sk k b tr f l h v sl",
}  # fmt: skip
_RHYMES = {
    "de": "ung eit aft and ich ern agen", "en": "ing ow ard ess ight ter ock", "fr": "eau oir elle ance ette ion age",
    "pl": "ość anie ek ica arz owy isko", "sv": "ing het are ning ande lig ör",
}  # fmt: skip
FIELDS = ("contact centre", "billing", "network", "law", "quality")


def vocabulary(language: str) -> list[str]:
    """Some thousand made-up words."""
    onsets, rhymes = _ONSETS[language].split(), _RHYMES[language].split()
    first = [f"{onset}{vowel}" for onset in onsets for vowel in "aeiou"]
    return [f"{one}{onset}{rhyme}" for one in first for onset in onsets[:4] for rhyme in rhymes]


def statement(category: str, value: str, metatype: Metatype = Metatype.DESCRIPTIVE) -> DataCategory:
    return DataCategory(category=category, value=value, metatype=metatype)


class _Writer:
    """Writes concept entries from a seed."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.words = {language: vocabulary(language) for language in LANGUAGES}
        self.written: list[ConceptEntry] = []

    def phrase(self, language: str, low: int, high: int) -> str:
        return " ".join(self.random.choices(self.words[language], k=self.random.randint(low, high)))

    def term(self, language: str, taken: set[str]) -> str:
        while (text := self.phrase(language, 1, 3)) in taken:
            pass
        taken.add(text)
        return text

    def section(self, language: str) -> LanguageSection:
        taken: set[str] = set()
        terms = [
            TermSection(term=self.term(language, taken), part_of_speech="noun",
                        administrative_status=PREFERRED if place == 0 else ADMITTED)
            for place in range(self.random.choice((1, 2, 2, 3)))
        ]  # fmt: skip
        if self.written and self.random.random() < 0.025:
            other = self.random.choice(self.written).language(language)
            if other and plain(other.terms[0].term) not in taken:
                terms[-1] = replace(terms[-1], term=other.terms[0].term)
        definition = statement("definition", f"{self.phrase(language, 12, 24)}.")
        return LanguageSection(language=language, terms=tuple(terms), definitions=(definition,))

    def concept(self, identifier: str) -> ConceptEntry:
        made = ConceptEntry(
            id=identifier, languages=tuple(map(self.section, LANGUAGES)),
            subject_fields=(statement("subjectField", self.random.choice(FIELDS)),),
        )  # fmt: skip
        self.written.append(made)
        return made


def release(count: int, seed: int = 1) -> list[ConceptEntry]:
    """So many concept entries in five languages, with ids `c1`, `c2` …"""
    writer = _Writer(Random(seed))
    return [writer.concept(f"c{number}") for number in range(1, count + 1)]


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """A change the comparison must report: kind, ids then and now, language."""

    kind: Kind
    concept: str
    becomes: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The next release, the changes it makes, and which concept became which."""

    concepts: list[ConceptEntry]
    changes: list[Expected]
    same: dict[str, str]


# --- edits: each gives the edited entry and the kind of change --------------------------------------------------------


def _with(concept: ConceptEntry, language: str, change: Callable[[LanguageSection], LanguageSection]) -> ConceptEntry:
    sections = (change(each) if each.language == language else each for each in concept.languages)
    return replace(concept, languages=tuple(sections))


def _retermed(section: LanguageSection, place: int, text: str) -> LanguageSection:
    terms = list(section.terms)
    terms[place] = replace(terms[place], term=text)
    return replace(section, terms=tuple(terms))


Edit = Callable[[_Writer, LanguageSection], LanguageSection]


def _add(writer: _Writer, section: LanguageSection) -> LanguageSection:
    taken = {plain(each.term) for each in section.terms}
    term = TermSection(term=writer.term(section.language, taken), administrative_status=ADMITTED)
    return replace(section, terms=(*section.terms, term))


def _remove(writer: _Writer, section: LanguageSection) -> LanguageSection:
    return replace(section, terms=section.terms[:-1])


def _capital(writer: _Writer, section: LanguageSection) -> LanguageSection:
    return _retermed(section, 0, plain(section.terms[0].term).capitalize())


def _misspelt(writer: _Writer, section: LanguageSection) -> LanguageSection:
    text = plain(section.terms[-1].term)
    place = len(text) // 2
    return _retermed(section, len(section.terms) - 1, text[:place] + "x" + text[place + 1 :])


def _deprecate(writer: _Writer, section: LanguageSection) -> LanguageSection:
    terms = (*section.terms[:-1], replace(section.terms[-1], administrative_status=DEPRECATED))
    return replace(section, terms=terms)


def _prefer_other(writer: _Writer, section: LanguageSection) -> LanguageSection:
    first, second, *rest = section.terms
    return replace(section, terms=(
        replace(first, administrative_status=ADMITTED), replace(second, administrative_status=PREFERRED), *rest,
    ))  # fmt: skip


def _define(writer: _Writer, section: LanguageSection) -> LanguageSection:
    words = section.definitions[0].text.split()
    words[len(words) // 3 : len(words) // 3 + 2] = [writer.phrase(section.language, 1, 3)]
    return replace(section, definitions=(replace(section.definitions[0], value=" ".join(words)),))


def _verb(writer: _Writer, section: LanguageSection) -> LanguageSection:
    return replace(section, terms=(replace(section.terms[0], part_of_speech="verb"), *section.terms[1:]))


def _annotate(writer: _Writer, section: LanguageSection) -> LanguageSection:
    return replace(section, notes=(statement("note", writer.phrase(section.language, 4, 9), Metatype.NOTE),))


EDITS: tuple[tuple[Kind, int, Edit], ...] = (
    (Kind.DESIGNATION_ADDED, 1, _add),
    (Kind.DESIGNATION_REMOVED, 2, _remove),
    (Kind.DESIGNATION_REWORDED, 1, _capital),
    (Kind.DESIGNATION_REWORDED, 1, _misspelt),
    (Kind.STATUS_CHANGED, 2, _deprecate),
    (Kind.PREFERRED_CHANGED, 2, _prefer_other),
    (Kind.DEFINITION_EDITED, 1, _define),
    (Kind.CATEGORY_CHANGED, 1, _verb),
    (Kind.CATEGORY_ADDED, 1, _annotate),
)
"""The edits inside a concept: what must be reported, how many designations the section needs, and the edit."""


def _edit(writer: _Writer, concept: ConceptEntry, number: int) -> tuple[ConceptEntry, Expected]:
    kind, least, edit = EDITS[number % len(EDITS)]
    fitting = [each.language for each in concept.languages if len(each.terms) >= least]
    if not fitting:
        return _edit(writer, concept, number + 1)
    language = writer.random.choice(fitting)
    return _with(concept, language, lambda section: edit(writer, section)), Expected(kind, concept.id, None, language)


def _merged(one: ConceptEntry, other: ConceptEntry) -> ConceptEntry:
    """The first entry with the second one's designations, no longer preferred; definitions stay the first one's."""
    sections = []
    for section in one.languages:
        theirs = other.language(section.language)
        known = {plain(each.term) for each in section.terms}
        more = [
            replace(each, administrative_status=ADMITTED)
            for each in (theirs.terms if theirs else ()) if plain(each.term) not in known
        ]  # fmt: skip
        sections.append(replace(section, terms=(*section.terms, *more)))
    return replace(one, languages=tuple(sections))


def _split(writer: _Writer, concept: ConceptEntry, identifier: str) -> tuple[ConceptEntry, ConceptEntry] | None:
    """The entry without the last designation of every language that has two, and an entry of those."""
    rich = [each for each in concept.languages if len(each.terms) > 1]
    if len(rich) < 3:
        return None
    stay = tuple(replace(each, terms=each.terms[:-1]) if each in rich else each for each in concept.languages)
    go = tuple(
        LanguageSection(
            language=each.language, terms=(replace(each.terms[-1], administrative_status=PREFERRED),),
            definitions=(statement("definition", f"{writer.phrase(each.language, 12, 24)}."),),
        )
        for each in rich
    )  # fmt: skip
    return replace(concept, languages=stay), replace(concept, id=identifier, languages=go)


def _compound(
    writer: _Writer, picks: Iterator[ConceptEntry], by_id: dict[str, ConceptEntry], count: int
) -> Iterator[Expected]:
    """Merges and splits in turn, put into effect in `by_id`."""
    for number in range(count):
        one = next(picks)
        if number % 2 == 0:
            other = next(picks)
            by_id[one.id] = _merged(one, other)
            del by_id[other.id]
            yield Expected(Kind.CONCEPT_MERGED, other.id, one.id)
            continue
        while (parts := _split(writer, one, f"s{number}")) is None:
            one = next(picks)
        by_id[one.id], by_id[f"s{number}"] = parts
        yield Expected(Kind.CONCEPT_SPLIT, one.id, f"s{number}")


def edited_release(old: list[ConceptEntry], seed: int = 2, *, renumber: bool = False) -> Script:
    """The next release: 1 % edited, 0.2 % added, 0.2 % removed, 0.1 % split or merged, in another order."""
    random = Random(seed)
    writer = _Writer(random)
    by_id = {each.id: each for each in old}
    picks = iter(random.sample(old, len(old)))
    few = max(1, len(old) // 500)
    changes = list(_compound(writer, picks, by_id, max(2, len(old) // 1000)))
    for number in range(max(len(EDITS), len(old) // 100)):
        concept = next(picks)
        by_id[concept.id], expected = _edit(writer, concept, number)
        changes.append(expected)
    for number in range(few):
        gone = next(picks)
        del by_id[gone.id]
        changes.append(Expected(Kind.CONCEPT_REMOVED, gone.id))
        by_id[f"a{number}"] = writer.concept(f"a{number}")
        changes.append(Expected(Kind.CONCEPT_ADDED, f"a{number}"))
    new = list(by_id.values())
    random.shuffle(new)
    if not renumber:
        return Script(concepts=new, changes=changes, same={name: name for name in by_id if name[0] == "c"})
    return _renumbered(new, changes)


def _renumbered(new: list[ConceptEntry], changes: list[Expected]) -> Script:
    ids = {concept.id: f"n{number}" for number, concept in enumerate(new, 1)}
    same = {name: now for name, now in ids.items() if name[0] == "c"}
    renamed = [_expected(each, ids) for each in changes]
    renamed += [Expected(Kind.CONCEPT_RENUMBERED, name, now) for name, now in same.items()]
    return Script(concepts=[replace(each, id=ids[each.id]) for each in new], changes=renamed, same=same)


def _expected(change: Expected, ids: dict[str, str]) -> Expected:
    if change.kind is Kind.CONCEPT_ADDED:
        return replace(change, concept=ids[change.concept])
    if change.kind in (Kind.CONCEPT_MERGED, Kind.CONCEPT_SPLIT):
        return replace(change, becomes=ids[str(change.becomes)])
    return replace(change, becomes=ids.get(change.concept))
