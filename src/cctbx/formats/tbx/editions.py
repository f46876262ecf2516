"""What each edition, dialect and style of TBX can hold: the tables writers and loss reports derive from.

Sources: the public grammars and constraint files of 2008 and 2019, TBX-Min of 2013, and (for what the official rules of
2019 refuse although the standard allows it) section 9.2 of the reference: what is written must pass them too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

from cctbx.errors import UsageError
from cctbx.formats.tbx.names import MARTIF, MIN_2013, TBX3, Structure
from cctbx.model import CATEGORIES, CATEGORY, Content, Level, Metatype
from cctbx.model.categories import DIALECT_MODULES

__all__ = ["EDITIONS", "Edition", "Marking", "edition_of", "is_public"]


class Marking(IntEnum):
    """How much markup a text may carry: none; highlights (basicText); everything (noteText)."""

    PLAIN = 0
    BASIC = 1
    FULL = 2


_C, _L, _T = Level.CONCEPT, Level.LANGUAGE, Level.TERM
_M = Metatype
Companions = dict[Metatype, frozenset[Metatype]]

_COMPANIONS_2019: Companions = {  # the core grammar, less what the official rules refuse inside of a group
    _M.ADMINISTRATIVE: frozenset({_M.ADMINISTRATIVE_NOTE, _M.NOTE, _M.REFERENCE}),
    _M.DESCRIPTIVE: frozenset({_M.ADMINISTRATIVE, _M.DESCRIPTIVE_NOTE, _M.NOTE, _M.REFERENCE}),
    _M.TERM_NOTE: frozenset({_M.ADMINISTRATIVE, _M.NOTE, _M.REFERENCE}),
    _M.TRANSACTION: frozenset({_M.DATE, _M.NOTE, _M.REFERENCE, _M.TRANSACTION_NOTE}),
}
_COMPANIONS_2008: Companions = {
    _M.ADMINISTRATIVE: frozenset({_M.ADMINISTRATIVE_NOTE, _M.NOTE, _M.REFERENCE, _M.EXTERNAL_REFERENCE}),
    _M.DESCRIPTIVE: frozenset({
        _M.DESCRIPTIVE_NOTE, _M.ADMINISTRATIVE, _M.TRANSACTION, _M.NOTE, _M.REFERENCE, _M.EXTERNAL_REFERENCE,
    }),
    _M.TERM_NOTE: frozenset({_M.ADMINISTRATIVE, _M.TRANSACTION, _M.NOTE, _M.REFERENCE, _M.EXTERNAL_REFERENCE}),
    _M.TRANSACTION: frozenset({_M.TRANSACTION_NOTE, _M.DATE, _M.NOTE, _M.REFERENCE, _M.EXTERNAL_REFERENCE}),
}  # fmt: skip
_COMPANIONS_BASIC_2008: Companions = {
    _M.DESCRIPTIVE: frozenset({_M.ADMINISTRATIVE}),
    _M.TRANSACTION: frozenset({_M.TRANSACTION_NOTE, _M.DATE}),
}

GROUP_ONLY: dict[str, Metatype] = {
    "date": _M.TRANSACTION, "responsibility": _M.TRANSACTION, "usageCount": _M.TRANSACTION,
    "readingNote": _M.ADMINISTRATIVE, "noteSource": _M.ADMINISTRATIVE, "sourceType": _M.ADMINISTRATIVE,
    "contextType": _M.DESCRIPTIVE, "definitionType": _M.DESCRIPTIVE, "descriptionType": _M.DESCRIPTIVE,
}  # fmt: skip
"""Categories that stand only in a group, and what stands at its head."""

_HIGHLIGHTS = frozenset({"entailedTerm", "hotkey", "italics", "bold", "superscript", "subscript", "math"})
_LINKABLE = frozenset({
    _M.ADMINISTRATIVE, _M.ADMINISTRATIVE_NOTE, _M.DESCRIPTIVE, _M.DESCRIPTIVE_NOTE, _M.TERM_NOTE, _M.TRANSACTION,
    _M.TRANSACTION_NOTE, _M.REFERENCE,
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What one edition, dialect and style of TBX holds.

    places       category → levels it may stand at directly
    values       category → its picklist; categories without one are free text
    spelt        (category, value of the model) → the spelling of this edition, where it differs
    companions   metatype of a group's head → metatypes beside it; a metatype not listed has no group
    ungrouped    categories that must not head a group although their metatype may
    nested       whether companions may have companions of their own
    marking      metatype → markup of its texts; `marked` overrides it for single categories
    term_marking markup of a term
    said         metatypes that may carry xml:lang and datatype; `linked`: a target; `identified`: an id
    highlights   types of `hi`; empty: `hi` has no type
    section_ids  whether language sections have ids
    """

    name: str
    structure: Structure
    dialect: str
    style: str | None
    places: MappingProxyType[str, frozenset[Level]]
    values: MappingProxyType[str, frozenset[str]]
    companions: Companions
    spelt: dict[tuple[str, str], str] = field(default_factory=dict)
    ungrouped: frozenset[str] = frozenset()
    nested: bool = False
    marking: dict[Metatype, Marking] = field(default_factory=dict)
    marked: dict[str, Marking] = field(default_factory=dict)
    term_marking: Marking = Marking.BASIC
    said: frozenset[Metatype] = _LINKABLE | {_M.NOTE}
    linked: frozenset[Metatype] = _LINKABLE
    identified: frozenset[Metatype] = _LINKABLE | {_M.NOTE, _M.DATE, _M.EXTERNAL_REFERENCE}
    highlights: frozenset[str] = _HIGHLIGHTS
    section_ids: bool = False
    web_only: bool = False

    @property
    def elements(self) -> bool:
        """Whether categories are elements of their own (style DCT)."""
        return self.style == "dct"


def is_public(dialect: str) -> bool:
    """Whether a dialect is one of the four of 2019."""
    return dialect in DIALECT_MODULES


# 2019

_REFUSED_AS_HEADS = frozenset({"customerSubset", "administrativeStatus", "partOfSpeech", "source"})
"""Categories the official rules for style DCT refuse at the head of a group."""


def _edition_2019(dialect: str, style: str) -> Edition:
    modules = DIALECT_MODULES[dialect]
    held = [each for each in CATEGORIES if each.module in modules]
    dct = style == "dct"
    note_text = {_M.ADMINISTRATIVE: Marking.FULL, _M.DESCRIPTIVE: Marking.FULL, _M.TERM_NOTE: Marking.FULL}
    core_elements = frozenset({_M.NOTE})
    return Edition(
        name=f"{dialect} {style}".lower(), structure=TBX3, dialect=dialect, style=style,
        places=MappingProxyType({each.name: each.levels for each in held}),
        values=MappingProxyType({each.name: frozenset(each.values) for each in held if each.values}),
        companions=_COMPANIONS_2019,
        ungrouped=_REFUSED_AS_HEADS if dct else frozenset(),
        marking={_M.NOTE: Marking.FULL, **({} if dct else note_text)},
        said=core_elements if dct else _LINKABLE | core_elements,
        linked=frozenset({_M.REFERENCE}) if dct else _LINKABLE,
        identified=frozenset({_M.NOTE, _M.DATE}) if dct else _LINKABLE | {_M.NOTE, _M.DATE, _M.EXTERNAL_REFERENCE},
        web_only=dct or dialect == "TBX-Linguist",  # whose integrated grammar wants it too
    )  # fmt: skip


# 2008

_NOT_2008 = {"reading", "readingNote"}
_MARKING_2008 = {"noteText": Marking.FULL, "basicText": Marking.BASIC}
_BARE_2008 = frozenset({_M.ADMINISTRATIVE_NOTE})
"""What takes no markup by the document type, whatever the constraint file says."""
_LEVELS_2008 = {"C": _C, "L": _L, "T": _T}
_ANYWHERE = frozenset({_M.ADMINISTRATIVE, _M.REFERENCE, _M.EXTERNAL_REFERENCE, _M.TRANSACTION, _M.NOTE})


def _places_2008(names: frozenset[str]) -> MappingProxyType[str, frozenset[Level]]:
    """Levels in 2008: those of the constraint file for descriptions, all three for what is not a term note."""
    places = {}
    for each in CATEGORIES:
        if each.name in names:
            anywhere = each.metatype in _ANYWHERE and each.name != "date"
            letters = each.default.levels if each.default is not None else ""
            described = frozenset(_LEVELS_2008[letter] for letter in letters)
            places[each.name] = frozenset(Level) if anywhere else described or each.levels
    return MappingProxyType(places)


_DEFAULT_NAMES = frozenset(each.name for each in CATEGORIES) - _NOT_2008
_BASIC_NAMES = frozenset(
    each.name for each in CATEGORIES if each.module in DIALECT_MODULES["TBX-Basic"] and each.name not in _NOT_2008
)

_TBX_DEFAULT = Edition(
    name="tbx-default 2008", structure=MARTIF, dialect="TBX", style=None,
    places=_places_2008(_DEFAULT_NAMES),
    values=MappingProxyType({
        **{
            each.name: frozenset(values) - {"legalTerm-admn-sts"}
            for each in CATEGORIES
            if each.content is Content.PICKLIST
            and (values := each.values if each.values_v2 is None else each.values_v2)
        },
        "grammaticalGender": frozenset({"masculine", "feminine", "neuter", "other"}),
    }),
    spelt={("grammaticalGender", "other"): "otherGender"},
    companions=_COMPANIONS_2008, nested=True, section_ids=True,
    marking={_M.NOTE: Marking.FULL},
    marked={
        each.name: _MARKING_2008[each.default.content]
        for each in CATEGORIES
        if each.default is not None and each.default.content in _MARKING_2008 and each.metatype not in _BARE_2008
    },
)  # fmt: skip

_TBX_BASIC = Edition(
    name="tbx-basic 2008", structure=MARTIF, dialect="TBX-Basic", style=None,
    places=MappingProxyType({**_places_2008(_BASIC_NAMES), "definition": frozenset({_C, _L})}),
    values=MappingProxyType({
        **{each: frozenset(CATEGORY[each].values) for each in (
            "administrativeStatus", "grammaticalGender", "termType", "transactionType")},
        "partOfSpeech": frozenset({*CATEGORY["partOfSpeech"].values, "properNoun"}),
    }),
    companions=_COMPANIONS_BASIC_2008, section_ids=True, highlights=frozenset(),
    marking={_M.NOTE: Marking.FULL},
    marked=dict.fromkeys(("source", "context", "definition"), Marking.FULL),
)  # fmt: skip

# 2013

_TBX_MIN_2013 = Edition(
    name="tbx-min 2013", structure=MIN_2013, dialect="TBX-Min", style=None,
    places=MappingProxyType({
        "note": frozenset({_T}), "subjectField": frozenset({_C}), "customerSubset": frozenset({_T}),
        "administrativeStatus": frozenset({_T}), "partOfSpeech": frozenset({_T}),
    }),
    values=MappingProxyType({
        "administrativeStatus": frozenset(CATEGORY["administrativeStatus"].values),
        "partOfSpeech": frozenset({*CATEGORY["partOfSpeech"].values, "properNoun"}),
    }),
    spelt={
        ("administrativeStatus", "preferredTerm-admn-sts"): "preferred",
        ("administrativeStatus", "admittedTerm-admn-sts"): "admitted",
        ("administrativeStatus", "deprecatedTerm-admn-sts"): "notRecommended",
        ("administrativeStatus", "supersededTerm-admn-sts"): "obsolete",
    },
    companions={}, term_marking=Marking.PLAIN, said=frozenset(), linked=frozenset(), identified=frozenset(),
)  # fmt: skip

EDITIONS: tuple[Edition, ...] = (
    *(_edition_2019(dialect, style) for dialect in DIALECT_MODULES for style in ("dct", "dca")),
    _TBX_BASIC,
    _TBX_DEFAULT,
    _TBX_MIN_2013,
)
"""Every edition, dialect and style that can be written."""

_BY_KEY = {(each.structure.root, each.dialect, each.style): each for each in EDITIONS}


def edition_of(root: str, dialect: str, style: str | None) -> Edition:
    """The edition with this root element, dialect and style. Raises `UsageError` with the choices."""
    found = _BY_KEY.get((root, dialect, style))
    if found is None:
        choices = ", ".join(f"{each.dialect}{' ' + each.style if each.style else ''}"
                            for each in EDITIONS if each.structure.root == root)  # fmt: skip
        raise UsageError(f"no TBX dialect {dialect} {style or ''} to write; there is {choices}")
    return found
