"""Profiles of translation platforms and terminology programs; columns as their documentation names them."""

from __future__ import annotations

from dataclasses import replace

from cctbx.formats.contract import Keeps
from cctbx.formats.labels import TRANSLATION_NEEDED
from cctbx.model import Level
from cctbx.profiles.cat import CAT_KEEPS
from cctbx.profiles.contract import Definitions, Forbidden, Output, Per, Profile, Rule
from cctbx.profiles.flavours import phrase_terms, xml_characters
from cctbx.profiles.layouts import Column, Each, Layout, Role, Row, Rows, keeps_of
from cctbx.profiles.returning import from_phrase
from cctbx.profiles.rules import DEAD, ascii_ids, ascii_sources, one_target, spoken, unique_ids, with_source
from cctbx.profiles.tabular import (
    filled,
    forbidden_targets,
    need_of_translation,
    rows_apart,
    source_definition,
    speech_of_source,
    within_cells,
)

__all__ = ["PLATFORMS"]

_C, _L, _T = Level.CONCEPT, Level.LANGUAGE, Level.TERM
_APART = (Forbidden.EXCLUDE, Forbidden.SEPARATE)
_ANY = (Forbidden.MARK, Forbidden.EXCLUDE, Forbidden.SEPARATE)
_DOCUMENTED = "vendor's documentation"
_UNCONFIRMED = "heads unconfirmed"


def _term(row: Row, tag: str) -> str:
    return row.term(tag)


def _source(row: Row, tag: str) -> str:
    return row.term(row.source)


def _id(row: Row, tag: str) -> str:
    return row.entry.id


def _definition(row: Row, tag: str) -> str:
    return row.stated("definition")


def _definition_in(row: Row, tag: str) -> str:
    return row.stated("definition", tag)


def _subject(row: Row, tag: str) -> str:
    return row.stated("subjectField")


def _note(row: Row, tag: str) -> str:
    return row.stated("note")


def _note_of_term(row: Row, tag: str) -> str:
    return row.said_of("note", tag)


def _context(row: Row, tag: str) -> str:
    return row.said_of("context", tag)


def _part_of_speech(row: Row, tag: str) -> str:
    return row.said_of("partOfSpeech", row.source)


def _dead(row: Row, tag: str) -> str:
    return "TRUE" if any(each and each.administrative_status in DEAD for each in row.terms.values()) else ""


def _marked(text: str) -> str:
    return DEAD[0] if text.casefold() in ("true", "1", "yes") else ""


def _always(value: str) -> Column:
    return Column(head="", value=lambda row, tag: value, role=Role.FIXED)


def _translatable(yes: str, no: str) -> Column:
    def value(row: Row, tag: str) -> str:
        return no if row.stated(TRANSLATION_NEEDED).casefold() == "no" else yes

    def back(text: str) -> str:
        return "No" if text.casefold() == no else ""

    return Column(head="translatable", value=value, keeps=((_C, TRANSLATION_NEEDED),), back=back)


_DEFINED = ((_C, "definition"),)
_SUBJECT = ((_C, "subjectField"),)
_NOTED = ((_C, "note"),)
_SPOKEN = ((_T, "partOfSpeech"),)

_CONCEPTS = Layout(
    rows=Rows.CONCEPT,
    columns=(
        Column(head="id", value=_id, role=Role.ID),
        Column(head="subject", value=_subject, keeps=_SUBJECT),
        Column(head="definition", value=_definition, keeps=_DEFINED),
        Column(head="note", value=_note, keeps=_NOTED),
        Column(head="{tag}{suffix}", value=_term, role=Role.TERM, each=Each.LANGUAGE, repeated=True),
    ),
)
_MEMOQ = Layout(
    rows=Rows.CONCEPT, delimiter=";",
    columns=(
        Column(head="Entry_ID", value=_id, role=Role.ID),
        Column(head="Entry_Subject", value=_subject, keeps=_SUBJECT),
        Column(head="Entry_Note", value=_note, keeps=_NOTED),
        Column(head="{tag}{suffix}", value=_term, role=Role.TERM, each=Each.LANGUAGE, repeated=True),
        Column(head="{tag}_definition", value=_definition_in, each=Each.LANGUAGE, keeps=((_L, "definition"),)),
    ),
)  # fmt: skip
_PHRASE = Layout(
    rows=Rows.SOURCE, mark=False,
    columns=(
        Column(head="term", value=_source, role=Role.SOURCE),
        replace(_always("false"), head="case sensitive"),
        _translatable("true", "false"),
        Column(head="description", value=_definition, keeps=_DEFINED),
        Column(head="{tag}", value=_term, role=Role.TERM, each=Each.LANGUAGE),
    ),
)  # fmt: skip
_XTM = Layout(
    rows=Rows.SOURCE, sheet=True,
    columns=(
        Column(head="{tag}", value=_term, role=Role.TERM, each=Each.LANGUAGE),
        Column(head="definition", value=_definition, keeps=_DEFINED),
        Column(head="domain", value=_subject, keeps=_SUBJECT),
    ),
)  # fmt: skip
_SMARTLING = Layout(
    rows=Rows.SOURCE,
    columns=(
        Column(head="Definition", value=_definition, keeps=_DEFINED),
        Column(head="Part of Speech", value=_part_of_speech, keeps=_SPOKEN, of_source=True),
        Column(head="Labels", value=_subject, keeps=_SUBJECT),
        Column(head="{tag}", value=_term, role=Role.TERM, each=Each.LANGUAGE),
    ),
)
_LOKALISE = Layout(
    rows=Rows.SOURCE, delimiter=";", mark=False,
    columns=(
        Column(head="term", value=_source, role=Role.SOURCE),
        Column(head="description", value=_definition, keeps=_DEFINED),
        replace(_always("no"), head="casesensitive"),
        _translatable("yes", "no"),
        replace(_always("no"), head="forbidden"),
        Column(head="tags", value=_subject, keeps=_SUBJECT),
        Column(head="{locale}", value=_term, role=Role.TERM, each=Each.TARGET),
        Column(head="{locale}_description", value=_definition_in, each=Each.TARGET, keeps=((_L, "definition"),)),
    ),
)  # fmt: skip
_TRANSIFEX = Layout(
    rows=Rows.SOURCE, mark=False,
    columns=(
        Column(head="term", value=_source, role=Role.SOURCE),
        Column(head="pos", value=_part_of_speech, keeps=_SPOKEN, of_source=True),
        Column(head="comment", value=_definition, keeps=_DEFINED),
        replace(_always("no"), head="casesensitive"),
        Column(head="translation_{locale}", value=_term, role=Role.TERM, each=Each.TARGET),
        Column(head="comment_{locale}", value=_definition_in, each=Each.TARGET, keeps=((_L, "definition"),)),
    ),
)  # fmt: skip
_MATECAT = Layout(
    rows=Rows.SOURCE, sheet=True,
    columns=(
        Column(head="Forbidden", value=_dead, keeps=((_T, "administrativeStatus"),), back=_marked),
        Column(head="Domain", value=_subject, keeps=_SUBJECT),
        replace(_always(""), head="Subdomain"),
        Column(head="Definition", value=_definition, keeps=_DEFINED),
        Column(head="{tag}", value=_term, role=Role.TERM, each=Each.LANGUAGE),
        Column(head="Notes", value=_note_of_term, each=Each.LANGUAGE, keeps=((_T, "note"),)),
        Column(head="Example of use", value=_context, each=Each.LANGUAGE, keeps=((_T, "context"),)),
    ),
)  # fmt: skip


_SAID: tuple[tuple[str, Rule], ...] = (
    ("partOfSpeech", speech_of_source), ("administrativeStatus", forbidden_targets),
    (TRANSLATION_NEEDED, need_of_translation),
)  # fmt: skip
"""What a column can say of a category only in part."""


def _table(
    file: str, layout: Layout, *rules: Rule, definitions: Definitions = Definitions.CONCEPT, single: bool = True
) -> Output:
    """One table for the whole term base; `single`: one target a source term."""
    keeps = keeps_of(layout)
    said = {category for _, category in keeps.statements or ()}
    last = tuple(rule for category, rule in _SAID if category in said)
    last += (rows_apart,) if single else (filled,)
    return Output(
        file=file, layout=layout, per=Per.BASE, keeps=keeps, definitions=definitions,
        rules=(*rules, with_source, one_target) if single else rules,
        last=(*last, xml_characters, within_cells) if layout.sheet else last,
    )  # fmt: skip


_RICH = replace(
    CAT_KEEPS,
    statements=CAT_KEEPS.statements | {  # type: ignore[operator]
        (_C, "note"), (_C, "externalCrossReference"), (_T, "partOfSpeech"), (_T, "administrativeStatus"),
        (_T, "termType"), (_T, "grammaticalGender"), (_T, "note"),
    },
)  # fmt: skip
_PHRASE_TMS = Keeps(
    statements=frozenset({
        (_C, "subjectField"), (_C, "definition"), (_C, "note"), (_T, "partOfSpeech"), (_T, "administrativeStatus"),
        (_T, "note"),
    }),
    markup=False, groups=False, references=False, nested=False, single=frozenset({_T}), ids=False, white_space=False,
    sections=False,
)  # fmt: skip
_MULTI = Output(
    file="{name}.tbx", format="tbx-v2-default", per=Per.BASE, keeps=CAT_KEEPS, definitions=Definitions.MOVED,
    last=(ascii_ids,),
)  # fmt: skip
_SPEECH = ("noun", "verb", "adjective", "adverb", "conjunction", "interjection", "preposition", "pronoun")

PLATFORMS: tuple[Profile, ...] = (
    Profile(
        name="glotpress", title="GlotPress, translate.wordpress.org", verified="our reading of its rules",
        rules_told="ASCII source terms between letters or digits; its own parts of speech; one locale a file",
        forbidden=_APART, outputs=(Output(file="{target}.csv", format="glotpress", rules=(ascii_sources,)),),
    ),
    Profile(
        name="crowdin", title="Crowdin", verified=_DOCUMENTED,
        rules_told="TBX v2 with status, type, part of speech and gender; a table whose columns are mapped on import",
        forbidden=_ANY,
        outputs=(
            Output(file="{name}.tbx", format="tbx-v2-default", per=Per.BASE, keeps=_RICH,
                   definitions=Definitions.MOVED, last=(ascii_ids,)),
            replace(_table("{name}.csv", _CONCEPTS, single=False), marks=False),
        ),
    ),
    Profile(
        name="phrase", title="Phrase Strings (CSV) and Phrase TMS (TBX)", verified=_DOCUMENTED,
        rules_told="Strings: one row per source term, one target per locale; TMS: its own term notes",
        forbidden=_ANY,
        outputs=(
            replace(_table("{name}.csv", _PHRASE), marks=False),
            Output(file="{name}.tbx", flavoured=True, per=Per.BASE, keeps=_PHRASE_TMS,
                   last=(phrase_terms, xml_characters, ascii_ids, unique_ids), back=from_phrase),
        ),
    ),
    Profile(
        name="memoq", title="memoQ", verified=_DOCUMENTED,
        rules_told="semicolons, one row per concept, one column per term and language",
        forbidden=_APART,
        outputs=(_table("{name}.csv", _MEMOQ, definitions=Definitions.SECTION, single=False),),
    ),
    Profile(
        name="multiterm", title="MultiTerm, Trados", verified=_DOCUMENTED,
        rules_told="MultiTerm XML and the definition (XDT) that fits it; concepts numbered",
        forbidden=_ANY,
        outputs=(
            Output(file="{name}.xml", format="multiterm", per=Per.BASE, definitions=Definitions.AS_THEY_ARE),
            Output(file="{name}.xdt", format="multiterm-xdt", per=Per.BASE,
                   definitions=Definitions.AS_THEY_ARE),
        ),
    ),
    Profile(
        name="xtm", title="XTM", verified=_DOCUMENTED,
        rules_told="TBX v2 with all languages; a sheet with language codes as heads",
        forbidden=_APART, outputs=(_MULTI, _table("{name}.xlsx", _XTM)),
    ),
    Profile(
        name="smartling", title="Smartling", verified=_DOCUMENTED,
        rules_told="one row per source term; eight parts of speech",
        forbidden=_APART, outputs=(_table("{name}.csv", _SMARTLING, spoken(_SPEECH)),),
    ),
    Profile(
        name="lokalise", title="Lokalise", verified=_UNCONFIRMED,
        rules_told="semicolons, one row per source term, a description per language",
        forbidden=_APART,
        outputs=(_table("{name}.csv", _LOKALISE, source_definition, definitions=Definitions.SECTION),),
    ),
    Profile(
        name="transifex", title="Transifex", verified=_UNCONFIRMED,
        rules_told="one row per source term, a translation and a comment per locale",
        forbidden=_APART,
        outputs=(_table("{name}.csv", _TRANSIFEX, source_definition, definitions=Definitions.SECTION),),
    ),
    Profile(
        name="matecat", title="Matecat", verified=_DOCUMENTED,
        rules_told="a sheet, one row per source term, notes and example beside each term",
        forbidden=_APART, outputs=(_table("{name}.xlsx", _MATECAT),),
    ),
)  # fmt: skip
