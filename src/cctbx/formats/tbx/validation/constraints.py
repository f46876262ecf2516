"""What a dialect allows beyond structure: its categories, their levels, contents and value lists.

For ISO 30042:2019 they come from the table of the model (`cctbx.model.CATEGORIES`); for ISO 30042:2008 from
constraint files (XCS): the two public ones stand here in the compact form of `_DEFAULT_XCS` and `_BASIC_XCS`, others
are read by `xcs`. Levels are `C` (concept entry), `L` (language section) and `T` (term section).
"""

# ruff: noqa: E501  (tables)

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cctbx.model import CATEGORIES, Category, Content, Level, Metatype, Module
from cctbx.model.categories import DIALECT_MODULES

__all__ = [
    "CATEGORY_ELEMENTS",
    "DIALECTS_V3",
    "MODULE_NAMESPACES",
    "V2_BASIC_CONSTRAINTS",
    "V2_DEFAULT_CONSTRAINTS",
    "Constraints",
    "Rule",
]  # fmt: skip

ELEMENT_OF: dict[Metatype, str] = {
    Metatype.ADMINISTRATIVE: "admin", Metatype.ADMINISTRATIVE_NOTE: "adminNote", Metatype.DESCRIPTIVE: "descrip",
    Metatype.DESCRIPTIVE_NOTE: "descripNote", Metatype.TERM_NOTE: "termNote", Metatype.REFERENCE: "ref",
    Metatype.EXTERNAL_REFERENCE: "xref", Metatype.TRANSACTION: "transac", Metatype.TRANSACTION_NOTE: "transacNote",
}  # fmt: skip

CATEGORY_ELEMENTS: tuple[str, ...] = tuple(sorted(ELEMENT_OF.values()))
"""The elements that carry a data category in their `type`."""

MODULE_NAMESPACES: dict[Module, tuple[str, str]] = {
    Module.MIN: ("min", "http://www.tbxinfo.net/ns/min"),
    Module.BASIC: ("basic", "http://www.tbxinfo.net/ns/basic"),
    Module.LINGUIST: ("ling", "http://www.tbxinfo.net/ns/linguist"),
}
"""Usual prefix and namespace of the public modules."""

_LEVEL_LETTER = {Level.CONCEPT: "C", Level.LANGUAGE: "L", Level.TERM: "T"}
_GROUP_ONLY = {"transac", "transacNote", "adminNote", "descripNote"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One data category in one dialect.

    content   `plainText`, `basicText` (with highlights), `noteText` (with inline markup) or `picklist`
    levels    where it may stand, as letters of `CLT`
    target    `internal` or `external`: what its target must be where the target is required; None: optional or none
    namespace the module namespace of its element in style DCT
    component whether it may describe a component of a term (2008)
    """

    element: str
    category: str
    levels: str = "CLT"
    content: str = "plainText"
    values: tuple[str, ...] = ()
    target: str | None = None
    namespace: str = ""
    component: bool = False

    @property
    def in_group(self) -> bool:
        """Whether it stands inside a group only."""
        return self.element in _GROUP_ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """The rules of one dialect.

    rules       by (element, category); `open_elements`: elements whose `type` the dialect leaves open
    highlights  the types of `hi` it declares, or None: any
    languages   the languages a constraint file declares; empty: no list
    """

    name: str
    rules: Mapping[tuple[str, str], Rule]
    highlights: frozenset[str] | None = None
    languages: frozenset[str] = frozenset()
    component_lists: frozenset[str] = frozenset()
    by_category: Mapping[str, Rule] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()


def constraints(
    name: str, rules: Iterable[Rule], *, closed: Iterable[str] | None = None,
    highlights: frozenset[str] | None = None, languages: frozenset[str] = frozenset(),
    component_lists: frozenset[str] = frozenset(),
) -> Constraints:  # fmt: skip
    """Constraints from rules. An element is closed where the dialect lists a category for it, or as `closed` says."""
    listed = tuple(rules)
    return Constraints(
        name=name, rules={(rule.element, rule.category): rule for rule in listed}, highlights=highlights,
        languages=languages, component_lists=component_lists, by_category={rule.category: rule for rule in listed},
        closed=frozenset(closed if closed is not None else (rule.element for rule in listed)),
    )  # fmt: skip


_CONTENT = {Content.PLAIN: "plainText", Content.MARKED: "noteText", Content.PICKLIST: "picklist"}
_TARGETS = {"ref": "internal", "xref": "external"}


def _rule_2019(category: Category) -> Rule:
    element = ELEMENT_OF[category.metatype]
    return Rule(
        element=element, category=category.name,
        levels="".join(_LEVEL_LETTER[level] for level in Level if level in category.levels) or "CLT",
        content=_CONTENT[category.content], values=category.values, target=_TARGETS.get(element),
        namespace=MODULE_NAMESPACES[category.module][1],
    )  # fmt: skip


def _dialects() -> Iterator[tuple[str, Constraints]]:
    for dialect, modules in DIALECT_MODULES.items():
        rules = [_rule_2019(each) for each in CATEGORIES if each.module in modules and each.metatype in ELEMENT_OF]
        # TBX-Core is nothing but the core: no typed category at all.
        closed = CATEGORY_ELEMENTS if dialect == "TBX-Core" else None
        yield dialect, constraints(dialect, rules, closed=closed)


DIALECTS_V3: dict[str, Constraints] = dict(_dialects())
"""The public dialects of 2019, smallest first."""

_DEFAULT_XCS = """
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

_BASIC_XCS = """
admin noteText - source
admin plainText - customerSubset projectSubset
descrip noteText CL definition
descrip noteText T context
descrip plainText C subjectField
ref plainText - crossReference
termNote picklist - administrativeStatus=preferredTerm-admn-sts/admittedTerm-admn-sts/deprecatedTerm-admn-sts/supersededTerm-admn-sts +grammaticalGender=masculine/feminine/neuter/other +partOfSpeech=noun/verb/adjective/adverb/properNoun/other termType=abbreviation/acronym/fullForm/shortForm/variant/phrase
termNote plainText - geographicalUsage termLocation
transac picklist - transactionType=origination/modification
transacNote plainText - responsibility
xref plainText - externalCrossReference xGraphic
"""


def _compact(table: str) -> Iterator[Rule]:
    """Rules from rows `element content levels category[=value/value] ...`; `+` marks those for term components."""
    for row in table.strip().splitlines():
        element, content, levels, *categories = row.split()
        for each in categories:
            name, _, values = each.partition("=")
            yield Rule(
                element=element, category=name.lstrip("+"), content=content, component=name.startswith("+"),
                levels="CLT" if levels == "-" else levels, values=tuple(values.split("/")) if values else (),
            )  # fmt: skip


V2_DEFAULT_CONSTRAINTS = constraints(
    "TBX-Default", _compact(_DEFAULT_XCS), closed=CATEGORY_ELEMENTS,
    highlights=frozenset({"bold", "entailedTerm", "hotkey", "italics", "math", "subscript", "superscript"}),
    languages=frozenset(["en", "de", "es", "hu", "fr", "it", "da", "nl", "fi", "pl", "no", "pt", "sv", "el", "cs"]),
    component_lists=frozenset({"hyphenation", "lemma", "morphologicalElement", "syllabification", "termElement"}),
)  # fmt: skip
"""The default constraints of ISO 30042:2008."""

V2_BASIC_CONSTRAINTS = constraints(
    "TBX-Basic", _compact(_BASIC_XCS), closed=CATEGORY_ELEMENTS, highlights=frozenset(),
    languages=frozenset({"en", "fr", "de"}),
)  # fmt: skip
"""The constraints of TBX-Basic of 2008."""
