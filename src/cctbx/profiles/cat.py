"""Profiles of CAT tools and translation file tools: OmegaT, Lokalize, Weblate, gettext and their kind."""

from __future__ import annotations

from dataclasses import replace

from cctbx.formats.contract import Keeps
from cctbx.formats.labels import TRANSLATION_NEEDED
from cctbx.model import Level
from cctbx.profiles.contract import Definitions, Forbidden, Output, Per, Profile
from cctbx.profiles.flavours import weblate_explained, weblate_forbidden, xml_characters
from cctbx.profiles.returning import from_weblate
from cctbx.profiles.rules import ascii_ids, composed, only_hash, unique_ids, without_hash

__all__ = ["CAT"]

_C, _L, _T = Level.CONCEPT, Level.LANGUAGE, Level.TERM
_APART = (Forbidden.EXCLUDE, Forbidden.SEPARATE)
_ANY = (Forbidden.MARK, Forbidden.EXCLUDE, Forbidden.SEPARATE)
_FLAGS = (Forbidden.EXCLUDE, Forbidden.MARK, Forbidden.SEPARATE)

CAT_KEEPS = Keeps(
    statements=frozenset({(_C, "subjectField"), (_C, "definition")}), markup=False, groups=False, references=False,
    nested=False, ids=False, white_space=False, sections=False,
)  # fmt: skip
"""What every reader of TBX v2 shows rightly: subject fields and a definition on the concept, terms without more."""

_PAIR = Output(file="{name}.{source}-{target}.tbx", format="tbx-v2-default", keeps=CAT_KEEPS, last=(ascii_ids,))
_GLOSSARY = Keeps(
    statements=frozenset({(_C, "definition"), (_C, "note")}), markup=False, groups=False, header=False,
    references=False, nested=False, ids=False, white_space=False, sections=False,
)  # fmt: skip
WEBLATE_KEEPS = Keeps(
    statements=frozenset({
        (_C, "definition"), (_L, "definition"), (_T, "administrativeStatus"), (_C, TRANSLATION_NEEDED),
    }),
    markup=False, groups=False, references=False, nested=False, single=frozenset({_T}), ids=False, white_space=False,
    sections=False,
)  # fmt: skip
_TMX = Output(file="{name}.{source}-{target}.tmx", format="tmx", keeps=_GLOSSARY, rules=(composed,))
_PO = Output(file="{target}.po", format="po", definitions=Definitions.AS_THEY_ARE)

CAT: tuple[Profile, ...] = (
    Profile(
        name="omegat", title="OmegaT, folder `glossary`", verified="real program",
        rules_told="bilingual TBX v2 and `.utf8`; terms that begin with `#` in a quoted CSV; composed characters",
        forbidden=_APART,
        outputs=(
            Output(
                file="{name}.{source}-{target}.tbx", format="tbx-v2-default", keeps=CAT_KEEPS, rules=(composed,),
                last=(ascii_ids,),
            ),
            Output(
                file="{name}.{source}-{target}.utf8", format="omegat-text", keeps=_GLOSSARY,
                rules=(composed, without_hash),
            ),
            Output(
                file="{name}.{source}-{target}.csv", format="omegat-csv", keeps=_GLOSSARY, rules=(composed, only_hash),
                optional=True,
            ),
        ),
    ),
    Profile(
        name="lokalize", title="Lokalize, the project's glossary", verified="real program",
        rules_told="bilingual TBX v2; unique ASCII ids; definition and subject field on the concept",
        forbidden=_APART, outputs=(_PAIR,),
    ),
    Profile(
        name="tbx-v2", title="any CAT tool that reads TBX of 2008", verified="real program",
        rules_told="one pair of languages a file, source first; ASCII ids; no markup or white space in terms",
        forbidden=_APART, outputs=(_PAIR,),
    ),
    Profile(
        name="tbx-v2-multi", title="TBX of 2008 with all languages", verified="real program",
        rules_told="source language first; definitions on the concept only",
        forbidden=_APART,
        outputs=(
            Output(file="{name}.tbx", format="tbx-v2-default", per=Per.BASE, keeps=CAT_KEEPS,
                   definitions=Definitions.MOVED, last=(ascii_ids,)),
        ),
    ),
    Profile(
        name="tbx-v3", title="archives, validators, TBX tools (ISO 30042:2019)", verified="public schemas",
        rules_told="TBX-Basic, or the dialect asked for, in both styles; no CAT tool of today loads it",
        forbidden=_ANY,
        outputs=(
            Output(file="{name}.tbx", format="tbx", per=Per.BASE, definitions=Definitions.AS_THEY_ARE,
                   dialect="TBX-Basic", style="dct"),
            Output(file="{name}.dca.tbx", format="tbx", per=Per.BASE, definitions=Definitions.AS_THEY_ARE,
                   dialect="TBX-Basic", style="dca"),
        ),
    ),
    Profile(
        name="gettext", title="gettext tools and Poedit, a glossary that is a compendium too", verified="real program",
        rules_told="first sense without msgctxt, others with the concept id; no message twice",
        forbidden=_FLAGS, outputs=(_PO,),
    ),
    Profile(
        name="weblate", title="Weblate glossaries", verified="real program",
        rules_told="TBX with explanations and forbidden words, CSV with a context per row, PO with flags",
        forbidden=_ANY,
        outputs=(
            Output(
                file="{target}.tbx", flavoured=True, keeps=WEBLATE_KEEPS, definitions=Definitions.SECTION,
                last=(weblate_forbidden, weblate_explained, xml_characters, ascii_ids, unique_ids), back=from_weblate,
            ),
            Output(file="{target}.csv", format="weblate-csv", definitions=Definitions.SECTION, marks=False),
            replace(_PO, definitions=Definitions.SECTION),
        ),
    ),
    Profile(
        name="tmx", title="translation memories", verified="real program",
        rules_told="bilingual TMX 1.4, one unit per pair, `srclang` as the source is spelt, whole phrases",
        forbidden=_APART, outputs=(_TMX,),
    ),
    Profile(
        name="poedit", title="Poedit", verified="our reading of its rules",
        rules_told="TMX for its translation memory, PO to learn from",
        forbidden=_APART, outputs=(_TMX, _PO),
    ),
    Profile(
        name="virtaal", title="Virtaal and Pootle", verified="our reading of its rules",
        rules_told="bilingual TBX v2: languages are told by position, source first",
        forbidden=_APART, outputs=(_PAIR,),
    ),
    Profile(
        name="translate-toolkit", title="translate-toolkit", verified="real program",
        rules_told="bilingual TBX v2, CSV with the toolkit's heads, PO, TMX",
        forbidden=_APART,
        outputs=(_PAIR, Output(file="{source}-{target}.csv", format="weblate-csv"), _PO, _TMX),
    ),
    Profile(
        name="utx", title="UTX 1.11 and machine translation dictionaries", verified="vendor's documentation",
        rules_told="one pair of languages a file; part of speech and status of terms",
        forbidden=_ANY, outputs=(Output(file="{name}.{source}-{target}.utx", format="utx"),),
    ),
    Profile(
        name="xlsx", title="Excel, LibreOffice", verified="real program",
        rules_told="one sheet per view, frozen heads, filters, lists of values; no cell runs as a formula",
        forbidden=_ANY,
        outputs=(Output(file="{name}.xlsx", format="xlsx", per=Per.BASE, definitions=Definitions.AS_THEY_ARE),),
    ),
    Profile(
        name="table", title="spreadsheets and scripts", verified="our own reader",
        rules_told="one row per concept and one row per term; cells that would run as formulas are neutralised",
        forbidden=_ANY,
        outputs=(
            Output(file="{name}.csv", format="csv", per=Per.BASE, definitions=Definitions.AS_THEY_ARE),
            Output(file="terms.csv", format="terms-csv", per=Per.BASE, definitions=Definitions.AS_THEY_ARE),
        ),
    ),
)  # fmt: skip
