"""The data categories, as one table: the standard is data.

Sources: the public modules min, basic and linguist of ISO 30042:2019, and the default constraint file of
ISO 30042:2008. Readers, writers, checks, grammars, loss reports and documentation derive from this table.
"""

# ruff: noqa: E501  (tables)

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from cctbx.model.levels import ConceptEntry, DataCategory, LanguageSection, Level, Metatype, TermSection

__all__ = [
    "CATEGORIES", "CATEGORY", "DIALECT_MODULES", "SET_OF_2008", "Category", "Content", "Default2008", "LevelValue",
    "Module", "default_rows", "fields_from", "in_dialect", "level_of", "statements",
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
class Default2008:
    """What the default constraint file of 2008 says of a category.

    element    the element that carries it
    content    `plainText`, `basicText` (with highlights), `noteText` (with inline markup) or `picklist`
    levels     where a description may stand, as letters of `CLT`; empty for all else: the file does not say
    component  whether it may describe a component of a term
    """

    element: str
    content: str
    levels: str = ""
    values: tuple[str, ...] = ()
    component: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One data category.

    name      the name in ISO 30042:2019, or of 2008 where it has no successor
    levels    where it may stand; empty: only inside a group
    values    its picklist of 2019, or of 2008 where it has no successor
    field     the typed field of the level that holds it, or None: it stands in `others`
    datcat    its DatCatInfo number
    default   what the default set of 2008 says of it, or None: it has no such category
    """

    name: str
    metatype: Metatype
    levels: frozenset[Level]
    module: Module
    content: Content = Content.PLAIN
    values: tuple[str, ...] = ()
    field: str | None = None
    datcat: int | None = None
    default: Default2008 | None = None

    @property
    def values_v2(self) -> tuple[str, ...] | None:
        """Its picklist of 2008 where it differs from that of 2019; empty: free text there."""
        if self.default is None or set(self.default.values) == set(self.values):
            return None
        return self.default.values

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


_TABLE_2008 = """
admin noteText - annotatedNote source
admin picklist - elementWorkingStatus=starterElement/workingElement/consolidatedElement/archiveElement/importedElement/exportedElement securitySubset=public/confidential
admin plainText - applicationSubset businessUnitSubset conceptOrigin customerSubset databaseType domainExpert entrySource environmentSubset indexHeading keyword originatingDatabase originatingInstitution originatingPerson productSubset projectSubset searchTerm sortKey sourceIdentifier subsetOwner
adminNote noteText - noteSource
adminNote picklist - sourceType=parallelText/backgroundText
descrip basicText CL associatedConcept broaderConceptGeneric broaderConceptPartitive coordinateConceptGeneric coordinateConceptPartitive relatedConcept relatedConceptBroader relatedConceptNarrower sequentiallyRelatedConcept spatiallyRelatedConcept subordinateConceptGeneric subordinateConceptPartitive superordinateConceptGeneric superordinateConceptPartitive temporallyRelatedConcept
descrip basicText C antonymConcept
descrip noteText CLT definition example explanation
descrip noteText T context sampleSentence
descrip picklist CLT reliabilityCode=1/2/3/4/5/6/7/8/9/10
descrip plainText CLT audio classificationCode figure otherBinaryData table video
descrip plainText CL conceptPosition
descrip plainText T characteristic quantity range unit
descrip plainText C subjectField thesaurusDescriptor
descripNote picklist - contextType=definingContext/explanatoryContext/associativeContext/linguisticContext/metalinguisticContext/translatedContext definitionType=intensionalDefinition/extensionalDefinition/partitiveDefinition/translatedDefinition
descripNote plainText - descriptionType
ref plainText - crossReference +see
termNote basicText - abbreviatedFormFor antonymTerm falseFriend homograph +pronunciation shortFormFor
termNote noteText - +etymology transferComment usageNote
termNote picklist - administrativeStatus=standardizedTerm-admn-sts/preferredTerm-admn-sts/admittedTerm-admn-sts/deprecatedTerm-admn-sts/supersededTerm-admn-sts/legalTerm-admn-sts/regulatedTerm-admn-sts +animacy=animate/inanimate/otherAnimacy directionality=monodirectional/bidirectional/incommensurate/undetermined frequency=commonlyUsed/infrequentlyUsed/rarelyUsed +grammaticalGender=masculine/feminine/neuter/otherGender +grammaticalNumber=singular/plural/dual/mass/otherNumber language-planningQualifier=recommendedTerm/nonstandardizedTerm/proposedTerm/newTerm normativeAuthorization=standardizedTerm/preferredTerm/admittedTerm/deprecatedTerm/supersededTerm/legalTerm/regulatedTerm processStatus=unprocessed/provisionallyProcessed/finalized proprietaryRestriction=trademark/serviceMark/tradeName register=colloquialRegister/neutralRegister/technicalRegister/in-houseRegister/bench-levelRegister/slangRegister/vulgarRegister temporalQualifier=archaicTerm/outdatedTerm/obsoleteTerm termProvenance=transdisciplinaryBorrowing/translingualBorrowing/loanTranslation/neologism termType=abbreviation/acronym/clippedTerm/commonName/entryTerm/equation/formula/fullForm/initialism/internationalScientificTerm/internationalism/logicalExpression/partNumber/phraseologicalUnit/shortForm/shortcut/sku/standardText/string/symbol/synonym/synonymousPhrase/transcribedForm/transliteratedForm/variant
termNote plainText - geographicalUsage grammaticalValency lionHotkey +partOfSpeech termLocation +termStructure timeRestriction
transac picklist - transactionType=origination/input/modification/check/approval/withdrawal/standardization/exportation/importation/proposal/userAccess
transacNote plainText - responsibility usageCount
xref plainText - corpusTrace externalCrossReference xAudio xGraphic xMathML xSource xVideo
"""
"""The default set of 2008: rows `element content levels category[=value/value] ...`; `+` marks those for components."""


def default_rows(table: str) -> Iterator[tuple[str, Default2008]]:
    """The categories of such a table, with what it says of them."""
    for row in table.strip().splitlines():
        element, content, levels, *categories = row.split()
        for each in categories:
            name, _, values = each.partition("=")
            yield name.lstrip("+"), Default2008(
                element=element, content=content, levels=levels.strip("-"), component=name.startswith("+"),
                values=tuple(values.split("/")) if values else (),
            )  # fmt: skip


SET_OF_2008 = dict(default_rows(_TABLE_2008))
"""What the default set of 2008 says, by category."""


def _category(
    name: str, meta: str, levels: str, module: Module, *, content: Content = Content.PLAIN, values: str = "",
    field: str | None = None, datcat: int | None = None,
) -> Category:  # fmt: skip
    return Category(
        name=name, metatype=_META[meta], levels=frozenset(_LEVELS[each] for each in levels), module=module,
        content=Content.PICKLIST if values else content, values=tuple(values.split()), field=field, datcat=datcat,
        default=SET_OF_2008.get(name),
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

_PUBLIC: tuple[Category, ...] = (
    _category("note", "note", "CLT", Module.CORE, content=Content.MARKED, field="notes", datcat=382),
    _category("date", "date", "", Module.CORE, content=Content.DATE),
    # module min
    _category("administrativeStatus", "termNote", "T", _MIN, values=_STATUS, field="administrative_status", datcat=70),
    _category("customerSubset", "admin", "CT", _MIN, field="customer_subsets", datcat=165),
    _category("externalCrossReference", "xref", "CLT", _MIN, field="external_references", datcat=226),
    _category("partOfSpeech", "termNote", "T", _MIN, values="noun verb adjective adverb other",
              field="part_of_speech", datcat=396),
    _category("subjectField", "descrip", "C", _MIN, field="subject_fields", datcat=489),
    # module basic
    _category("context", "descrip", "T", _BASIC, content=Content.MARKED, field="contexts", datcat=149),
    _category("crossReference", "ref", "CT", _BASIC, field="cross_references", datcat=164),
    _category("definition", "descrip", "CL", _BASIC, content=Content.MARKED, field="definitions", datcat=168),
    _category("geographicalUsage", "termNote", "T", _BASIC, field="geographical_usage", datcat=243),
    _category("grammaticalGender", "termNote", "T", _BASIC, values="masculine feminine neuter other",
              field="grammatical_gender", datcat=245),
    _category("projectSubset", "admin", "CT", _BASIC, field="project_subsets", datcat=406),
    _category("responsibility", "transacNote", "", _BASIC, datcat=451),
    _category("source", "admin", "CLT", _BASIC, content=Content.MARKED, field="sources", datcat=471),
    _category("termLocation", "termNote", "T", _BASIC, values=_LOCATIONS, field="term_location", datcat=1823),
    _category("termType", "termNote", "T", _BASIC, values="fullForm acronym abbreviation shortForm variant phrase",
              field="term_type", datcat=2677),
    _category("transactionType", "transac", "CLT", _BASIC, values="origination modification",
              field="transactions", datcat=1689),
    _category("xGraphic", "xref", "CL", _BASIC, field="graphics", datcat=2920),
    # module linguist
    _category("grammaticalNumber", "termNote", "T", _LING, values="singular plural dual mass otherNumber",
              field="grammatical_number", datcat=251),
    _category("reading", "admin", "T", _LING),
    _category("readingNote", "adminNote", "", _LING, content=Content.MARKED),
    _category("register", "termNote", "T", _LING, values=_REGISTERS, field="register", datcat=423),
    _category("transferComment", "termNote", "T", _LING, field="transfer_comment", datcat=520),
)  # fmt: skip

_ANYWHERE = {"termNote": "T", "admin": "CLT", "ref": "CLT", "xref": "CLT"}
"""Where categories may stand of which the default set does not say it; others stand in groups only."""
_CONTENT = {"noteText": Content.MARKED, "picklist": Content.PICKLIST}


def _v2_only() -> Iterator[Category]:
    public = {each.name for each in _PUBLIC}
    for name, row in SET_OF_2008.items():
        if name not in public:
            yield _category(
                name, row.element, row.levels or _ANYWHERE.get(row.element, ""), Module.V2_ONLY,
                content=_CONTENT.get(row.content, Content.PLAIN), values=" ".join(row.values),
            )  # fmt: skip


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
