"""What a check is, what it sees, and what it may be told."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from cctbx.findings import Finding, Severity
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, TermSection, plain

if TYPE_CHECKING:
    from cctbx.checks.alike import Seen
    from cctbx.checks.moulds import Mould

__all__ = [
    "Accumulator", "BaseCheck", "Check", "CheckOptions", "DefinitionFacts", "EntryCheck", "EntryFacts", "Left", "Look",
    "Remark", "SectionFacts", "Suspicion", "TagCheck", "TermCheck", "TermFacts", "Texts", "facts_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """What the house checks may be told.

    file            the name to show in findings
    select, ignore  only codes that begin with one of these (if any); never these
    severity        code → severity, over the defaults of the code table
    today           for dates in the future; None: they are not looked for (a check has no clock)
    subject_fields  the allowed subject fields; empty: any
    public          report names of persons: the term base is meant for the public
    longest_term    terms longer than this many characters are reported
    ring_entries    definitions are searched for rings in term bases up to this many entries
    """

    file: str | None = None
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    today: datetime.date | None = None
    subject_fields: frozenset[str] = frozenset()
    public: bool = False
    longest_term: int = 100
    ring_entries: int = 5_000

    def wants(self, code: str) -> bool:
        """Whether findings of this code are asked for."""
        if any(code.startswith(each) for each in self.ignore):
            return False
        return not self.select or any(code.startswith(each) for each in self.select)


@dataclass(slots=True, eq=False)
class TermFacts:
    """A term section with what checks ask of it again and again.

    `at`: its place among the terms of its part of a likeness.
    """

    term: TermSection
    section: LanguageSection
    text: str
    language: str
    at: int = -1


@dataclass(slots=True, eq=False)
class SectionFacts:
    """A language section with its terms."""

    section: LanguageSection
    language: str
    terms: list[TermFacts]
    statuses: tuple[str | None, ...]
    types: tuple[str | None, ...]
    lowered: list[str]


@dataclass(slots=True, eq=False)
class DefinitionFacts:
    """A definition or a context: its text, and the section and the term it stands at (None: at the entry).

    `at`: its place among the definitions, or the contexts, of its part of a likeness.
    """

    statement: DataCategory
    text: str
    lowered: str
    section: LanguageSection | None
    term: TermFacts | None = None
    at: int = -1


@dataclass(slots=True, eq=False)
class EntryFacts:
    """A concept entry, gathered once for all checks.

    Of parts of likenesses, `id` is that of the entry, lines are those of the model plus `shift`, and only the texts of
    terms, definitions and contexts that stand in these facts are its own.
    """

    concept: ConceptEntry
    sections: list[SectionFacts]
    terms: list[TermFacts]
    definitions: list[DefinitionFacts]
    contexts: list[DefinitionFacts]
    features: set[str]
    id: str = ""
    shift: int = 0


def _texts(
    statements: tuple[DataCategory, ...], section: LanguageSection | None, term: TermFacts | None = None
) -> list[DefinitionFacts]:
    found = []
    for each in statements:
        value = each.value
        text = value if isinstance(value, str) else plain(value)
        found.append(DefinitionFacts(each, text, text.lower(), section, term))
    return found


def facts_of(concept: ConceptEntry) -> EntryFacts:
    """Gather what the checks ask of an entry."""
    features: set[str] = set()
    facts = EntryFacts(concept, [], [], [], [], features, concept.id)
    if concept.definitions:
        facts.definitions += _texts(concept.definitions, None)
    if concept.others:
        features.add("others")
    if concept.transactions:
        features.add("transactions")
    if concept.cross_references:
        features.add("references")
    if len(concept.definitions) > 1:
        features.add("several definitions")
    for section in concept.languages:
        _section(section, facts)
    if facts.definitions:
        features.add("definitions")
    if facts.contexts:
        features.add("contexts")
    elif not facts.definitions:
        features.add("undefined")
    return facts


@lru_cache(maxsize=1024)
def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _section(section: LanguageSection, facts: EntryFacts) -> None:
    features, language = facts.features, _primary(section.language)
    gathered: list[TermFacts] = []
    if section.definitions:
        facts.definitions += _texts(section.definitions, section)
        if len(section.definitions) > 1:
            features.add("several definitions")
    for term in section.terms:
        value = term.term
        seen = TermFacts(term, section, value if isinstance(value, str) else str(value), language)
        gathered.append(seen)
        if term.contexts:
            facts.contexts += _texts(term.contexts, section, seen)
        if term.transactions:
            features.add("transactions")
        if term.cross_references:
            features.add("references")
        if term.others:
            features.add("others")
            features.add("several definitions")
            stray = tuple(each for each in term.others if each.category == "definition")
            facts.definitions += _texts(stray, section, seen)
    terms = section.terms
    statuses = tuple([term.administrative_status for term in terms])
    types = tuple([term.term_type for term in terms])
    lowered = [seen.text.strip().lower() for seen in gathered]
    facts.sections.append(SectionFacts(section, language, gathered, statuses, types, lowered))
    facts.terms += gathered
    features |= _features(statuses, types, tuple([term.part_of_speech for term in terms]))
    if len(set(lowered)) < len(lowered):
        features.add("repeated terms")
    if section.transactions:
        features.add("transactions")
    if section.others:
        features.add("others")


PREFERRED = "preferredTerm-admn-sts"
WORST: frozenset[str | None] = frozenset({"deprecatedTerm-admn-sts", "supersededTerm-admn-sts"})
SHORT: frozenset[str | None] = frozenset({"acronym", "abbreviation", "shortForm", "initialism", "clippedTerm"})
"""Term types of forms that stand for a longer one."""

Values = tuple[str | None, ...]


@lru_cache(maxsize=8192)
def _features(statuses: Values, types: Values, speeches: Values) -> frozenset[str]:
    """What the statuses, term types and parts of speech of a section give reason to look at."""
    held = {
        "no terms": not statuses,
        "several preferred": statuses.count(PREFERRED) > 1,
        "none preferred": len(statuses) > 1 and PREFERRED not in statuses,
        "all deprecated": bool(statuses) and WORST.issuperset(statuses),
        "deprecated": not WORST.isdisjoint(statuses),
        "short alone": bool(types) and SHORT.issuperset(types),
        "full alone": "fullForm" in types and SHORT.isdisjoint(types),
        "telling types": "acronym" in types or "fullForm" in types,
        "no part of speech": None in speeches,
    }
    return frozenset(name for name, there in held.items() if there)


@dataclass(slots=True, kw_only=True, eq=False)
class Remark:
    """What an entry check has to say, and of what. `place`: what a finding says of it, once it has been made."""

    message: str
    advice: str | None = None
    section: LanguageSection | None = None
    term: TermFacts | None = None
    statement: DataCategory | None = None
    place: tuple[Severity, str | None, int | None, str | None, str | None] | None = None


TermLook = Callable[[TermFacts, CheckOptions], str | None]
EntryLook = Callable[[EntryFacts, CheckOptions], Iterable[Remark]]


Look = tuple[Callable[[str], int], Sequence[Remark | None]]
"""What a check says of the text of a definition of a likeness: what tells which of the remarks to make."""

Texts = Sequence[str]
Suspicion = Callable[[Texts, Texts, Texts, Texts], bool]
"""Whether a check may find something in a part of a likeness: in its terms, as they are and in small letters (without
blanks round them), its definitions and its contexts (in small letters). It is quick, and may be wrong in one direction
only."""


Gate = Callable[[str, Texts, str], bool]
"""Whether a check may find something in an entry: in its terms, with nulls between, and each in small letters, and in
its definitions, in small letters with nulls between."""


class Accumulator(Protocol):
    """A check over the whole term base: sees every entry in order, reports at the end, in bounded memory.

    It meets each part of which likenesses are made before it sees the first, and the id of that. One process may
    `leave` what it has seen of the end of a term base, in files of a folder where it is much; another that has seen the
    beginning absorbs it before it finishes.
    """

    def see(self, facts: EntryFacts) -> None: ...
    def meet(self, mould: Mould, concept: str) -> None: ...
    def alike(self, seen: Seen) -> None: ...
    def leave(self, folder: str) -> Left: ...
    def absorb(self, left: Left) -> None: ...
    def finish(self) -> Iterator[Finding]: ...


Left = tuple[Any, ...]
"""What an accumulator has seen, as it can be sent to another process; it knows what stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCheck:
    """A check of one term. `gate`: a regular expression; where it finds nothing, the check finds nothing."""

    code: str
    look: TermLook
    advice: str | None = None
    gate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCheck:
    """A check of one concept entry. `needs`: a feature (see `facts_of`) without which there is nothing to find.

    What it finds in an entry is what it finds in its parts: the head, and each section. Of that, `later` comes behind
    all the rest. `joint`: that is not so where definitions stand at the entry, or where none stand anywhere.

    `suspect`: for a check of words; from the facts of a part it makes what tells of a likeness whether to look more
    closely at it (None: never), where the `gate` has not told already that there is no need to ask.
    `look_alike`: for a check of definitions that needs no closer look (None: it does), what looks at each of them.
    """

    code: str
    look: EntryLook
    needs: str | None = None
    suspect: Callable[[EntryFacts], Suspicion | None] | None = None
    look_alike: Callable[[EntryFacts], list[Look] | None] | None = None
    gate: Gate | None = None
    later: Callable[[Remark], bool] | None = None
    joint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCheck:
    """A check of the language tags of an entry, in order: what is to be said of which of them."""

    code: str
    look: Callable[[tuple[str, ...]], Iterable[tuple[int, str, str | None]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseCheck:
    """A check of the whole term base. `codes` beyond `code`: what else its findings may be called.

    `look` makes what accumulates, from the options and the number of the part of the term base it is going to see.
    """

    code: str
    look: Callable[[CheckOptions, int], Accumulator]
    codes: tuple[str, ...] = ()


Check = TermCheck | EntryCheck | TagCheck | BaseCheck
