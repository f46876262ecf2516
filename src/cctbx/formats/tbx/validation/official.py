"""Where the official schemas of 2019 say otherwise than the standard (strict mode only).

They look at the parents of a category in their own way: a group inside a group is unforeseen, some groups are
forgotten, some levels are never checked, one value list is shadowed by another rule.
"""

from __future__ import annotations

__all__ = ["refuses_parent", "shadows_value", "skips_level"]

_ANY_GROUP = frozenset({"adminGrp", "descripGrp", "termNoteGrp", "transacGrp"})
_NO_TRANSACTION = _ANY_GROUP - {"transacGrp"}
_DIRECT: frozenset[str] = frozenset()

_DCA = {
    "customerSubset": _NO_TRANSACTION, "projectSubset": _NO_TRANSACTION, "source": _NO_TRANSACTION,
    "subjectField": frozenset({"descripGrp"}), "context": frozenset({"descripGrp"}),
    "definition": frozenset({"descripGrp"}), "externalCrossReference": _DIRECT, "xGraphic": _DIRECT,
    "crossReference": _ANY_GROUP, "transactionType": frozenset({"transacGrp"}),
    "responsibility": frozenset({"transacGrp"}),
}  # fmt: skip

_DCT = {
    "customerSubset": frozenset({"adminGrp"}), "projectSubset": frozenset({"adminGrp"}),
    "source": frozenset({"descripGrp"}), "subjectField": frozenset({"descripGrp"}),
    "context": frozenset({"descripGrp"}), "definition": frozenset({"descripGrp"}), "xGraphic": _DIRECT,
    "administrativeStatus": _DIRECT, "partOfSpeech": _DIRECT, "grammaticalGender": frozenset({"termNoteGrp"}),
    "termLocation": frozenset({"termNoteGrp"}), "termType": frozenset({"termNoteGrp"}),
    "transactionType": frozenset({"transacGrp"}), "responsibility": frozenset({"transacGrp"}),
    "reading": frozenset({"adminGrp"}), "readingNote": frozenset({"adminGrp"}),
    "grammaticalNumber": frozenset({"termNoteGrp"}), "register": frozenset({"termNoteGrp"}),
    "transferComment": frozenset({"termNoteGrp"}),
}  # fmt: skip

_LINGUIST = {
    "customerSubset": frozenset({"adminGrp"}), "projectSubset": _DIRECT, "source": frozenset({"descripGrp"}),
    "subjectField": frozenset({"descripGrp"}), "context": frozenset({"descripGrp"}),
    "definition": frozenset({"descripGrp"}), "externalCrossReference": _ANY_GROUP, "crossReference": _ANY_GROUP,
    "xGraphic": _DIRECT, "reading": frozenset({"adminGrp"}), "readingNote": frozenset({"adminGrp"}),
}  # fmt: skip
"""The rules of TBX-Linguist in style DCA are others than those of the smaller dialects."""
_STEP_LOST = frozenset({"customerSubset"})
_NOT_IN_SECTIONS = frozenset({"externalCrossReference", "crossReference"})

_UNCHECKED_LEVELS = {
    "dca": frozenset({"adminNote", "descripNote"}),
    "dct": frozenset({"geographicalUsage", "crossReference", "externalCrossReference"}),
}


def refuses_parent(style: str, dialect: str, category: str, groups: tuple[str, ...], level: str) -> bool:
    """Whether the official rules refuse a category because of the groups it stands in (outermost first)."""
    linguist = style == "dca" and dialect == "TBX-Linguist"
    rules = _LINGUIST if linguist else {"dca": _DCA, "dct": _DCT}[style]
    allowed = rules.get(category)
    if allowed is None or not groups:
        return False
    if (linguist or style == "dct") and category in _STEP_LOST and level == "C":
        return True  # a step without its prefix
    if linguist and category in _NOT_IN_SECTIONS and level == "L":
        return True
    return len(groups) > 1 or groups[0] not in allowed


def skips_level(style: str, category: str) -> bool:
    """Whether no official rule looks at the level of this category."""
    return category in _UNCHECKED_LEVELS[style]


def shadows_value(style: str, dialect: str, category: str) -> bool:
    """Whether the official value rule of this category never fires."""
    return style == "dca" and dialect != "TBX-Linguist" and category == "transactionType"
