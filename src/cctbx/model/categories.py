"""The data categories, as one table: the standard is data.

Sources: the public modules min, basic and linguist of ISO 30042:2019, and the default constraint file of
ISO 30042:2008. Readers, writers, checks, grammars, loss reports and documentation derive from this table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from cctbx.model.levels import ConceptEntry, DataCategory, LanguageSection, Level, Metatype, TermSection

__all__ = [
    "CATEGORIES", "CATEGORY", "DIALECT_MODULES", "Category", "Content", "LevelValue", "Module", "fields_from",
    "in_dialect", "level_of", "statements",
]  # fmt: skip


class Content(StrEnum):
    """What a data category may contain."""

    PLAIN = "plain text"
    MARKED = "text with inline markup"
    PICKLIST = "picklist"
    DATE = "date"


class Module(StrEnum):
    """Where a category is defined: the core, a public module of 2019, or only the default set of 2008."""

    CORE = "core"
    MIN = "min"
    BASIC = "basic"
    LINGUIST = "linguist"
    V2_ONLY = "2008"


DIALECT_MODULES: dict[str, frozenset[Module]] = {
    "TBX-Core": frozenset({Module.CORE}),
    "TBX-Min": frozenset({Module.CORE, Module.MIN}),
    "TBX-Basic": frozenset({Module.CORE, Module.MIN, Module.BASIC}),
    "TBX-Linguist": frozenset({Module.CORE, Module.MIN, Module.BASIC, Module.LINGUIST}),
}
"""The public dialects of 2019, smallest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One data category.

    name      the name in ISO 30042:2019, or of 2008 where it has no successor
    levels    where it may stand; empty: only inside a group
    values    its picklist of 2019; `values_v2`: of 2008 where it differs (empty: free text there)
    field     the typed field of the level that holds it, or None: it stands in `others`
    datcat    its DatCatInfo number
    v2        its name in 2008, or None: 2008 has no such category
    """

    name: str
    metatype: Metatype
    levels: frozenset[Level]
    module: Module
    content: Content = Content.PLAIN
    values: tuple[str, ...] = ()
    values_v2: tuple[str, ...] | None = None
    field: str | None = None
    datcat: int | None = None
    v2: str | None = None

    @property
    def simple(self) -> bool:
        """Whether its typed field holds one plain string (and not a tuple of statements)."""
        return self.metatype is Metatype.TERM_NOTE and self.field is not None


_LEVELS = {"C": Level.CONCEPT, "L": Level.LANGUAGE, "T": Level.TERM}
_META = {
    "admin": Metatype.ADMINISTRATIVE, "adminNote": Metatype.ADMINISTRATIVE_NOTE, "descrip": Metatype.DESCRIPTIVE,
    "descripNote": Metatype.DESCRIPTIVE_NOTE, "termNote": Metatype.TERM_NOTE, "ref": Metatype.REFERENCE,
    "xref": Metatype.EXTERNAL_REFERENCE, "transac": Metatype.TRANSACTION, "transacNote": Metatype.TRANSACTION_NOTE,
    "note": Metatype.NOTE, "date": Metatype.DATE,
}  # fmt: skip


def _category(
    name: str, meta: str, levels: str, module: Module, *, content: Content = Content.PLAIN, values: str = "",
    values_v2: str | None = None, field: str | None = None, datcat: int | None = None, v2: str | None = None,
) -> Category:  # fmt: skip
    return Category(
        name=name, metatype=_META[meta], levels=frozenset(_LEVELS[each] for each in levels), module=module,
        content=Content.PICKLIST if values else content, values=tuple(values.split()),
        values_v2=None if values_v2 is None else tuple(values_v2.split()), field=field, datcat=datcat, v2=v2 or name,
    )  # fmt: skip


_MIN, _BASIC, _LING = Module.MIN, Module.BASIC, Module.LINGUIST

_STATUS = "preferredTerm-admn-sts admittedTerm-admn-sts deprecatedTerm-admn-sts supersededTerm-admn-sts"
_LOCATIONS = (
    "checkBox comboBox comboBoxElement dialogBox groupBox informativeMessage interactiveMessage menuItem progressBar "
    "pushButton radioButton slider spinBox tab tableText textBox toolTip user-definedType"
)
_REGISTERS = (
    "colloquialRegister neutralRegister technicalRegister in-houseRegister bench-levelRegister slangRegister "
    "vulgarRegister"
)
_TRANSACTIONS_V2 = (
    "origination input modification check approval withdrawal standardization exportation "
    "importation proposal userAccess"
)
_TERM_TYPES_V2 = (
    "abbreviation acronym clippedTerm commonName entryTerm equation formula fullForm initialism internationalism "
    "internationalScientificTerm logicalExpression partNumber phraseologicalUnit transcribedForm transliteratedForm "
    "shortForm shortcut sku standardText string symbol synonym synonymousPhrase variant phrase"
)

_PUBLIC: tuple[Category, ...] = (
    _category("note", "note", "CLT", Module.CORE, content=Content.MARKED, field="notes", datcat=382),
    _category("date", "date", "", Module.CORE, content=Content.DATE),
    # module min
    _category("administrativeStatus", "termNote", "T", _MIN, values=_STATUS, field="administrative_status", datcat=70,
              values_v2="standardizedTerm-admn-sts legalTerm-admn-sts regulatedTerm-admn-sts " + _STATUS),
    _category("customerSubset", "admin", "CT", _MIN, field="customer_subsets", datcat=165),
    _category("externalCrossReference", "xref", "CLT", _MIN, field="external_references", datcat=226),
    _category("partOfSpeech", "termNote", "T", _MIN, values="noun verb adjective adverb other", values_v2="",
              field="part_of_speech", datcat=396),
    _category("subjectField", "descrip", "C", _MIN, field="subject_fields", datcat=489),
    # module basic
    _category("context", "descrip", "T", _BASIC, content=Content.MARKED, field="contexts", datcat=149),
    _category("crossReference", "ref", "CT", _BASIC, field="cross_references", datcat=164),
    _category("definition", "descrip", "CL", _BASIC, content=Content.MARKED, field="definitions", datcat=168),
    _category("geographicalUsage", "termNote", "T", _BASIC, field="geographical_usage", datcat=243),
    _category("grammaticalGender", "termNote", "T", _BASIC, values="masculine feminine neuter other",
              values_v2="masculine feminine neuter otherGender", field="grammatical_gender", datcat=245),
    _category("projectSubset", "admin", "CT", _BASIC, field="project_subsets", datcat=406),
    _category("responsibility", "transacNote", "", _BASIC, datcat=451),
    _category("source", "admin", "CLT", _BASIC, content=Content.MARKED, field="sources", datcat=471),
    _category("termLocation", "termNote", "T", _BASIC, values=_LOCATIONS, values_v2="", field="term_location",
              datcat=1823),
    _category("termType", "termNote", "T", _BASIC, values="fullForm acronym abbreviation shortForm variant phrase",
              values_v2=_TERM_TYPES_V2, field="term_type", datcat=2677),
    _category("transactionType", "transac", "CLT", _BASIC, values="origination modification",
              values_v2=_TRANSACTIONS_V2, field="transactions", datcat=1689),
    _category("xGraphic", "xref", "CL", _BASIC, field="graphics", datcat=2920),
    # module linguist
    _category("grammaticalNumber", "termNote", "T", _LING, values="singular plural dual mass otherNumber",
              field="grammatical_number", datcat=251),
    _category("reading", "admin", "T", _LING),
    _category("readingNote", "adminNote", "", _LING, content=Content.MARKED),
    _category("register", "termNote", "T", _LING, values=_REGISTERS, field="register", datcat=423),
    _category("transferComment", "termNote", "T", _LING, field="transfer_comment", datcat=520),
)  # fmt: skip

_V2_ONLY = {
    ("termNote", "T"): "abbreviatedFormFor animacy antonymTerm directionality etymology falseFriend frequency "
    "grammaticalValency homograph language-planningQualifier lionHotkey normativeAuthorization processStatus "
    "pronunciation proprietaryRestriction shortFormFor temporalQualifier termProvenance termStructure timeRestriction "
    "usageNote",
    ("descrip", "C"): "antonymConcept broaderConceptGeneric broaderConceptPartitive superordinateConceptGeneric "
    "superordinateConceptPartitive subordinateConceptGeneric subordinateConceptPartitive coordinateConceptGeneric "
    "coordinateConceptPartitive relatedConcept relatedConceptBroader relatedConceptNarrower sequentiallyRelatedConcept "
    "spatiallyRelatedConcept temporallyRelatedConcept conceptPosition classificationCode thesaurusDescriptor",
    ("descrip", "CL"): "associatedConcept",
    ("descrip", "CLT"): "example explanation reliabilityCode audio figure otherBinaryData table video",
    ("descrip", "T"): "sampleSentence characteristic quantity range unit",
    ("admin", "CLT"): "annotatedNote applicationSubset businessUnitSubset conceptOrigin databaseType domainExpert "
    "elementWorkingStatus entrySource environmentSubset indexHeading keyword originatingDatabase "
    "originatingInstitution originatingPerson productSubset searchTerm securitySubset sortKey sourceIdentifier "
    "subsetOwner",
    ("ref", "CLT"): "see",
    ("xref", "CLT"): "corpusTrace xAudio xMathML xSource xVideo",
    ("transacNote", ""): "usageCount",
    ("adminNote", ""): "noteSource sourceType",
    ("descripNote", ""): "contextType definitionType descriptionType",
}

_PICKLISTS_V2 = {
    "animacy": "animate inanimate otherAnimacy",
    "directionality": "monodirectional bidirectional incommensurate",
    "frequency": "commonlyUsed infrequentlyUsed rarelyUsed",
    "language-planningQualifier": "recommendedTerm nonstandardizedTerm proposedTerm newTerm",
    "normativeAuthorization": "standardizedTerm preferredTerm admittedTerm deprecatedTerm supersededTerm legalTerm "
    "regulatedTerm",
    "processStatus": "unprocessed provisionallyProcessed finalized",
    "proprietaryRestriction": "trademark serviceMark tradeName",
    "temporalQualifier": "archaicTerm outdatedTerm obsoleteTerm",
    "termProvenance": "transdisciplinaryBorrowing translingualBorrowing loanTranslation neologism",
    "reliabilityCode": "1 2 3 4 5 6 7 8 9 10",
    "elementWorkingStatus": "starterElement workingElement consolidatedElement archiveElement importedElement "
    "exportedElement",
}

_NOTE_TEXT_V2 = {"example", "explanation", "sampleSentence", "usageNote", "characteristic", "table", "figure"}


def _v2_only() -> Iterator[Category]:
    for (meta, levels), names in _V2_ONLY.items():
        for name in names.split():
            content = Content.MARKED if name in _NOTE_TEXT_V2 else Content.PLAIN
            picklist = _PICKLISTS_V2.get(name, "")
            yield _category(name, meta, levels, Module.V2_ONLY, content=content, values=picklist)


CATEGORIES: tuple[Category, ...] = (*_PUBLIC, *_v2_only())
"""Every known data category: core, min, basic, linguist, then those of 2008 only."""

CATEGORY: dict[str, Category] = {each.name: each for each in CATEGORIES}

LevelValue = ConceptEntry | LanguageSection | TermSection

_LEVEL_OF: dict[type, Level] = {
    ConceptEntry: Level.CONCEPT,
    LanguageSection: Level.LANGUAGE,
    TermSection: Level.TERM,
}

_FIELDS: dict[Level, tuple[tuple[str, Category], ...]] = {
    level: tuple((each.field, each) for each in _PUBLIC if each.field and level in each.levels) for level in Level
}

_HELD = {level: attrgetter(*(name for name, _ in pairs)) for level, pairs in _FIELDS.items()}

_FIELD_AT: dict[Level, dict[tuple[Metatype, str], tuple[str, bool]]] = {
    level: {(category.metatype, category.name): (name, category.simple) for name, category in pairs}
    for level, pairs in _FIELDS.items()
}


def level_of(value: LevelValue) -> Level:
    """The level a model value stands for."""
    return _LEVEL_OF[type(value)]


def in_dialect(category: str, dialect: str) -> bool:
    """Whether a public dialect of 2019 defines this category."""
    known = CATEGORY.get(category)
    return known is not None and known.module in DIALECT_MODULES[dialect]


def statements(value: LevelValue) -> Iterator[DataCategory]:
    """Everything stated at a level, typed fields first in table order, then `others`, as one uniform view."""
    level = _LEVEL_OF[type(value)]
    for held, (_, category) in zip(_HELD[level](value), _FIELDS[level], strict=True):
        if not held:
            continue
        if isinstance(held, tuple):
            yield from held
        else:
            yield _bare(category.name, category.metatype, held)
    yield from value.others


@lru_cache(maxsize=4096)
def _bare(name: str, metatype: Metatype, value: str) -> DataCategory:
    """The statement of a simple field; the same few values stand in nearly every term section."""
    return DataCategory(category=name, metatype=metatype, value=value)


def _is_bare(statement: DataCategory) -> bool:
    """Whether a plain string says all that the statement says."""
    return isinstance(statement.value, str) and bool(statement.value) and not (
        statement.language or statement.target or statement.id or statement.datatype or statement.group
    )  # fmt: skip


def fields_from(level: Level, stated: Iterable[DataCategory]) -> dict[str, object]:
    """Keyword arguments for the typed fields and `others` of a level: the inverse of `statements`.

    The first bare statement of a simple category fills its field; a known category at a wrong level, or with another
    metatype than the standard gives it, goes to `others`.
    """
    fields: dict[str, object] = {}
    buckets: dict[str, list[DataCategory]] = {}
    places = _FIELD_AT[level]
    for statement in stated:
        name, simple = places.get((statement.metatype, statement.category), ("others", False))
        if simple and name not in fields and _is_bare(statement):
            fields[name] = statement.value
        else:
            buckets.setdefault("others" if simple else name, []).append(statement)
    fields.update((name, tuple(bucket)) for name, bucket in buckets.items())
    return fields
