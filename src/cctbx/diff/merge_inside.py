"""Three-way merge inside one concept entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TypeVar, cast

from cctbx.diff.changes import text_of
from cctbx.diff.conflicts import Conflict
from cctbx.diff.order import concept_of, section_of, term_of
from cctbx.diff.pairing import pair_statements, pair_terms
from cctbx.diff.preference import Row, contest, preferred_names
from cctbx.model import (
    CATEGORY,
    ConceptEntry,
    Content,
    DataCategory,
    Header,
    LanguageSection,
    Metatype,
    TermSection,
    Text,
    statements,
)

__all__ = ["ConceptMerger", "Picker"]

_T = TypeVar("_T")


def _shown(value: object) -> str | None:
    """A value as text for people, None where it is absent."""
    if value is None:
        return None
    return text_of(value) or str(value)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picker:
    """Picks between three values at one place, and notes the contradictions."""

    concept: str
    label: str
    choices: Mapping[str, str]
    conflicts: list[Conflict]
    language: str | None = None
    term: Text | None = None

    def contradiction(self, name: str, base: str | None, ours: str | None, theirs: str | None) -> str | None:
        """Note a contradiction; the side a person has chosen, or None."""
        found = Conflict(
            concept=self.concept, label=self.label, language=self.language, term=self.term, field=name, base=base,
            ours=ours, theirs=theirs,
        )  # fmt: skip
        taken = self.choices.get(found.key)
        self.conflicts.append(replace(found, taken=taken))
        return taken

    def pick(self, name: str, base: _T | None, ours: _T | None, theirs: _T | None, default: _T | None) -> _T | None:
        """The value of three-way reasoning; in a contradiction the chosen one, else `default`."""
        if ours in (base, theirs):
            return theirs
        if theirs == base:
            return ours
        taken = self.contradiction(name, _shown(base), _shown(ours), _shown(theirs))
        return {"base": base, "ours": ours, "theirs": theirs}.get(taken or "", default)

    def pick_fields(self, name: str, base: Header, ours: Header, theirs: Header) -> Header:
        """Field by field; a contradiction keeps the base's field."""
        picked = {}
        for each in fields(base):
            values = [getattr(side, each.name) for side in (base, ours, theirs)]
            said = f"{name} {each.name}"
            picked[each.name] = self.pick(said, values[0], values[1], values[2], default=values[0])
        return replace(base, **picked)  # type: ignore[arg-type]


def _single(statement: DataCategory) -> bool:
    """Whether one statement of this category is expected at one place."""
    known = CATEGORY.get(statement.category)
    if known is None or statement.metatype is Metatype.TRANSACTION:
        return False
    return known.simple or known.content is Content.PICKLIST or known.name == "definition"


Statements = Sequence[DataCategory]


def _fates(base: Statements, side: Statements) -> tuple[list[DataCategory | None], Counter[DataCategory]]:
    """What became of each statement of the base on one side (None: removed), and what was added there."""
    fates: list[DataCategory | None] = list(base)
    open_places: defaultdict[DataCategory, list[int]] = defaultdict(list)
    for place, each in enumerate(base):
        open_places[each].append(place)
    added: Counter[DataCategory] = Counter()
    for old, new in pair_statements(base, side):
        if old is not None:
            fates[open_places[old].pop()] = new
        elif new is not None:
            added[new] += 1
    return fates, added


class ConceptMerger:
    """Merges entries, sections and designations in canonical order; contradictions go to the picker."""

    def __init__(self, picker: Picker) -> None:
        self.picker = picker

    # statements

    def _statement(
        self, picker: Picker, base: DataCategory, ours: DataCategory | None, theirs: DataCategory | None
    ) -> DataCategory | None:
        """One statement of the base after both edits; edits of different parts of it do not contradict."""
        if ours is not None and theirs is not None:
            merged = _woven(base, ours, theirs)
            if merged is not None:
                return merged
        default = base if ours is not None and theirs is not None else ours or theirs
        return picker.pick(base.category, base, ours, theirs, default=default)

    def _category(
        self, picker: Picker, base: Statements, ours: Statements, theirs: Statements
    ) -> list[DataCategory | None]:
        (our_fates, our_added), (their_fates, their_added) = _fates(base, ours), _fates(base, theirs)
        kept = [self._statement(picker, *three) for three in zip(base, our_fates, their_fates, strict=True)]
        one, other = list(our_added.elements()), list(their_added.elements())
        if len(one) == 1 == len(other) and not base and _single(one[0]):
            return [picker.pick(one[0].category, None, one[0], other[0], default=None)]
        return [*kept, *(our_added | their_added).elements()]

    def stated(
        self, picker: Picker, base: Iterable[DataCategory], ours: Iterable[DataCategory], theirs: Iterable[DataCategory]
    ) -> list[DataCategory]:
        """The statements of one place after both edits."""
        grouped: defaultdict[tuple[str, str], tuple[list[DataCategory], ...]] = defaultdict(lambda: ([], [], []))
        for number, side in enumerate((base, ours, theirs)):
            for each in side:
                grouped[each.category, each.metatype][number].append(each)
        found: list[DataCategory | None] = []
        for _, (before, one, other) in sorted(grouped.items()):
            found += self._category(picker, before, one, other)
        return [each for each in found if each is not None]

    # designations

    def _term(
        self, picker: Picker, base: TermSection, ours: TermSection | None, theirs: TermSection | None
    ) -> TermSection | None:
        picker = replace(picker, term=base.term)
        if ours is None or theirs is None:
            return picker.pick("designation", base, ours, theirs, default=ours or theirs)
        texts: list[Text] = [each.term for each in (base, ours, theirs)]
        text = cast(Text, picker.pick("designation", texts[0], texts[1], texts[2], default=texts[0]))
        identifier = picker.pick("id", base.id, ours.id, theirs.id, default=base.id)
        stated = self.stated(picker, statements(base), statements(ours), statements(theirs))
        return term_of(replace(base, term=text, id=identifier), stated)

    def _terms(
        self, picker: Picker, base: LanguageSection, ours: LanguageSection, theirs: LanguageSection
    ) -> list[TermSection]:
        our_fates, our_added = _term_fates(base, ours)
        their_fates, their_added = _term_fates(base, theirs)
        rows: list[Row] = []
        for before, one, other in zip(base.terms, our_fates, their_fates, strict=True):
            rows.append(Row(before, one, other, self._term(picker, before, one, other)))
        for one, other in _same_terms(our_added, their_added):
            either = one or other
            assert either is not None
            merged = either
            if one is not None and other is not None:
                merged = self._term(picker, TermSection(term=either.term), one, other) or either
            rows.append(Row(None, one, other, merged))
        rows = self._one_preferred(picker, rows, (base, ours, theirs))
        return self._unrepeated(picker, [row.merged for row in rows if row.merged], (base, ours, theirs))

    def _one_preferred(self, picker: Picker, rows: list[Row], sides: tuple[LanguageSection, ...]) -> list[Row]:
        """Two sides that each prefer another designation contradict each other, although they edit different ones."""
        settle = contest(rows, sides)
        if settle is None:
            return rows
        taken = picker.contradiction("preferred term", *(preferred_names(side) for side in sides))
        return settle(rows, {"base": 0, "ours": 1, "theirs": 2}[taken or "base"])

    def _unrepeated(
        self, picker: Picker, terms: list[TermSection], sides: tuple[LanguageSection, ...]
    ) -> list[TermSection]:
        """One side reworded a designation into one that the other side added: they are one designation."""
        found: dict[Text, TermSection] = {}
        rest = []
        for term in sorted(terms, key=repr):
            if term.term not in found:
                found[term.term] = term
            elif any(_repeats(side, term.term) for side in sides):
                rest.append(term)
            else:
                bare = TermSection(term=term.term)
                found[term.term] = self._term(picker, bare, found[term.term], term) or term
        return [*found.values(), *rest]

    # sections and the entry

    def _section(
        self, picker: Picker, base: LanguageSection | None, ours: LanguageSection | None, theirs: LanguageSection | None
    ) -> LanguageSection | None:
        if ours in (base, theirs):
            return theirs
        if theirs == base:
            return ours
        if ours is None or theirs is None:
            return picker.pick("language section", base, ours, theirs, default=ours or theirs)
        before = base or LanguageSection(language=ours.language)
        identifier = picker.pick("id", before.id, ours.id, theirs.id, default=before.id)
        stated = self.stated(picker, statements(before), statements(ours), statements(theirs))
        merged = LanguageSection(language=ours.language, id=identifier)
        return section_of(merged, stated, self._terms(picker, before, ours, theirs))

    def concept(self, base: ConceptEntry, ours: ConceptEntry, theirs: ConceptEntry) -> ConceptEntry:
        """The entry after both edits. All three are in canonical order and have the same id."""
        stated = self.stated(self.picker, statements(base), statements(ours), statements(theirs))
        sides = [_by_language(each) for each in (base, ours, theirs)]
        sections = []
        for name in sorted({name for side in sides for name in side}):
            three = [side.get(name) for side in sides]
            section = self._section(replace(self.picker, language=name[0]), three[0], three[1], three[2])
            if section is not None:
                sections.append(section)
        return concept_of(base.id, stated, sections)


def _term_fates(
    base: LanguageSection, side: LanguageSection
) -> tuple[list[TermSection | None], list[TermSection]]:
    fates: list[TermSection | None] = [None] * len(base.terms)
    places = {id(term): place for place, term in enumerate(base.terms)}
    added = []
    for pair in pair_terms(base.terms, side.terms, base.language):
        if pair.old is not None:
            fates[places[id(pair.old)]] = pair.new
        elif pair.new is not None:
            added.append(pair.new)
    return fates, added


def _same_terms(
    ours: list[TermSection], theirs: list[TermSection]
) -> list[tuple[TermSection | None, TermSection | None]]:
    """Designations added on both sides with exactly the same term, then those added on one."""
    waiting = list(theirs)
    found: list[tuple[TermSection | None, TermSection | None]] = []
    for one in ours:
        other = next((each for each in waiting if each.term == one.term), None)
        if other is not None:
            waiting.remove(other)
        found.append((one, other))
    return [*found, *((None, each) for each in waiting)]


def _repeats(section: LanguageSection, text: Text) -> bool:
    return sum(term.term == text for term in section.terms) > 1


def _by_language(concept: ConceptEntry) -> dict[tuple[str, int], LanguageSection]:
    count: defaultdict[str, int] = defaultdict(int)
    found = {}
    for section in concept.languages:
        found[section.language, count[section.language]] = section
        count[section.language] += 1
    return found


def _woven(base: DataCategory, ours: DataCategory, theirs: DataCategory) -> DataCategory | None:
    """Edits of different parts of a statement together; None where they edit the same part differently."""
    picked: dict[str, object] = {}
    for name in ("value", "language", "target", "id", "datatype", "group"):
        before, one, other = (getattr(each, name) for each in (base, ours, theirs))
        if one not in (before, other) and other != before:
            return None
        picked[name] = other if one == before else one
    return replace(base, **picked)  # type: ignore[arg-type]
