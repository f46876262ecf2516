"""What a dialect allows beyond structure: its categories, their levels, contents and value lists.

They come from the table of the model (`cctbx.model.CATEGORIES`), for ISO 30042:2019 and for the default set of ISO
30042:2008. The public constraint file (XCS) of TBX-Basic of 2008 stands here in the compact form of that table; others
are read by `xcs`. Levels are `C` (concept entry), `L` (language section) and `T` (term section).
"""

# ruff: noqa: E501  (tables)

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cctbx.model import CATEGORIES, Category, Content, Level, Metatype, Module
from cctbx.model.categories import DIALECT_MODULES, SET_OF_2008, Default2008, default_rows

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


def _rules_2008(rows: Iterable[tuple[str, Default2008]]) -> Iterator[Rule]:
    """The rules of rows of the table of 2008."""
    for name, row in rows:
        yield Rule(
            element=row.element, category=name, content=row.content, component=row.component,
            levels=row.levels or "CLT", values=row.values,
        )  # fmt: skip


V2_DEFAULT_CONSTRAINTS = constraints(
    "TBX-Default", _rules_2008(SET_OF_2008.items()), closed=CATEGORY_ELEMENTS,
    highlights=frozenset({"bold", "entailedTerm", "hotkey", "italics", "math", "subscript", "superscript"}),
    languages=frozenset(["en", "de", "es", "hu", "fr", "it", "da", "nl", "fi", "pl", "no", "pt", "sv", "el", "cs"]),
    component_lists=frozenset({"hyphenation", "lemma", "morphologicalElement", "syllabification", "termElement"}),
)  # fmt: skip
"""The default constraints of ISO 30042:2008."""

V2_BASIC_CONSTRAINTS = constraints(
    "TBX-Basic", _rules_2008(default_rows(_BASIC_XCS)), closed=CATEGORY_ELEMENTS, highlights=frozenset(),
    languages=frozenset({"en", "fr", "de"}),
)  # fmt: skip
"""The constraints of TBX-Basic of 2008."""
