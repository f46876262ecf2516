"""How data categories and values of one edition of TBX become those of another (reference, section 7), as tables."""

from __future__ import annotations

from cctbx.model import Level

__all__ = ["MOVES_UP", "NEAREST_CATEGORY", "NEAREST_VALUE", "SAME_VALUE"]

_C, _L, _T = Level.CONCEPT, Level.LANGUAGE, Level.TERM

NEAREST_CATEGORY: dict[str, str] = {
    "sampleSentence": "context",
    "see": "crossReference",
    **dict.fromkeys(("xSource", "xAudio", "xVideo", "xMathML", "corpusTrace"), "externalCrossReference"),
}
"""Category an edition does not have → the nearest one."""

SAME_VALUE: dict[str, dict[str, str]] = {
    "termType": {"phraseologicalUnit": "phrase", "phrase": "phraseologicalUnit"},
}
"""Category → value → its name in the other edition: nothing is lost."""

NEAREST_VALUE: dict[str, dict[str, str]] = {
    "partOfSpeech": {"properNoun": "noun"},
    "administrativeStatus": dict.fromkeys(
        ("standardizedTerm-admn-sts", "legalTerm-admn-sts", "regulatedTerm-admn-sts"), "preferredTerm-admn-sts"
    ),
    "termType": {
        "initialism": "abbreviation", "clippedTerm": "shortForm", "synonymousPhrase": "phrase",
        "transcribedForm": "variant", "transliteratedForm": "variant",
    },
    "transactionType": {"input": "origination"},
}  # fmt: skip
"""Category → value an edition does not have → the nearest one. The exact value is kept as a note."""

MOVES_UP: dict[str, dict[Level, Level]] = {
    "definition": {_T: _L},
    "subjectField": {_T: _L, _L: _C},
    "crossReference": {_L: _C},
    "xGraphic": {_T: _L},
}
"""Category → level it must not stand at → the next higher one, where it means the same of more."""
