"""The codes of area `losses` (prefix LOS)."""

from __future__ import annotations

from cctbx.findings import Code, Severity

__all__ = ["CODES"]

# 001-049: what an edition, dialect or style of TBX cannot hold
_TBX = (
    Code(code="LOS001", title="The edition has no such data category: it is kept as a note"),
    Code(code="LOS002", title="A statement moves to the level where the edition allows it"),
    Code(code="LOS003", title="A value becomes the nearest the edition has"),
    Code(code="LOS004", title="A value is not in the edition's picklist: it is kept as a note"),
    Code(code="LOS005", title="A statement becomes one of the nearest data category"),
    Code(code="LOS006", title="A companion leaves its group"),
    Code(code="LOS007", title="Inline markup is left out; its text is kept"),
    Code(code="LOS008", title="An attribute of inline markup is left out or changed", severity=Severity.INFORMATION),
    Code(code="LOS009", title="The language, target or datatype of a statement is left out"),
    Code(code="LOS010", title="An id was not valid or not unique and is changed"),
    Code(code="LOS011", title="An id is left out"),
    Code(code="LOS012", title="A target is not in the term base: a placeholder in the back matter stands for it"),
    Code(code="LOS013", title="A reference has no usable target: it is kept as a note"),
    Code(code="LOS014", title="A language tag is not one XML allows and is changed"),
    Code(code="LOS015", title="A date is written as ISO 8601", severity=Severity.INFORMATION),
    Code(code="LOS016", title="A date is none: it is kept as a note"),
    Code(code="LOS017", title="Characters XML cannot represent are left out"),
    Code(code="LOS018", title="An entry or section without terms is written with an empty term"),
    Code(code="LOS019", title="Part of the header has no place in the edition"),
    Code(code="LOS020", title="Part of the back matter has no place in the edition"),
    Code(code="LOS021", title="The edition has no way to write a term base without concept entries"),
    Code(code="LOS022", title="A data category gets the metatype the standard gives it", severity=Severity.INFORMATION),
)

# 200-399: what profiles leave out or change for a client, or because the user asked for it
_I = Severity.INFORMATION
_PROFILES = (
    Code(code="LOS200", title="A term that is not to be used is left out"),
    Code(code="LOS201", title="A synonym is left out: only preferred terms were asked for", severity=_I),
    Code(code="LOS202", title="A definition is left out: it was not asked for", severity=_I),
    Code(code="LOS203", title="A further definition is left out: the client shows one"),
    Code(code="LOS204", title="A concept is left out: it is outside of the filters asked for", severity=_I),
    Code(code="LOS205", title="A concept id is written in ASCII", severity=_I),
    Code(code="LOS206", title="A language tag is spelt as asked for", severity=_I),
    Code(code="LOS207", title="A further target term is left out: the client takes one for a source term"),
    Code(code="LOS208", title="A source term is left out: an earlier concept has it and the client takes one"),
    Code(code="LOS209", title="A term is left out: it is longer than the client takes"),
    Code(code="LOS210", title="Characters are composed (NFC), as the client does on loading", severity=_I),
    Code(code="LOS211", title="A term the file would hide stands in another file of the export", severity=_I),
    Code(code="LOS212", title="A value is replaced by the client's nearest"),
    Code(code="LOS213", title="A term is left out: it has characters the client refuses"),
    Code(code="LOS214", title="A term that is not to be used stands in a file of its own", severity=_I),
    Code(code="LOS215", title="A term is left out: its status was not asked for", severity=_I),
    Code(code="LOS216", title="Definitions move from their languages to the concept", severity=_I),
    Code(code="LOS217", title="A term is left out: the other language has no term that may be used with it"),
)

CODES: tuple[Code, ...] = (
    *_TBX,
    Code(code="LOS050", title="the format has no place for a data category; the statement is left out"),
    Code(code="LOS051", title="the format holds no inline markup; the plain text is kept"),
    Code(code="LOS052", title="what stands beside a statement (source, date, note, target) is left out"),
    Code(code="LOS053", title="the format holds fewer terms a language; a synonym is left out"),
    Code(code="LOS054", title="the format has no place for the header"),
    Code(code="LOS055", title="the format has no place for the back matter"),
    Code(code="LOS056", title="a language was not asked for and is left out", severity=Severity.INFORMATION),
    Code(code="LOS057", title="a concept has no term in one of the two languages and is left out"),
    Code(code="LOS058", title="line breaks, tabs or outer blanks of a text become blanks or go",
         severity=Severity.INFORMATION),
    Code(code="LOS059", title="the id of a section or a statement is left out", severity=Severity.INFORMATION),
    Code(code="LOS060", title="the format holds one statement of a category; a further one is left out"),
    Code(code="LOS061", title="a term that stands twice in a language section is written once",
         severity=Severity.INFORMATION),
    Code(code="LOS062", title="the terms of a concept become independent pairs", severity=Severity.INFORMATION),
    Code(code="LOS063", title="the format has no place for concept ids, or not for this one",
         severity=Severity.INFORMATION),
    Code(code="LOS064", title="a statement is kept as another data category", severity=Severity.INFORMATION),
    Code(code="LOS065", title="a term the format cannot hold is left out"),
    Code(code="LOS066", title="a value is replaced by the nearest the format knows"),
    Code(code="LOS067", title="an empty term or a language section without terms is left out"),
    Code(code="LOS069", title="an administrative status is kept only as the order of the terms",
         severity=Severity.INFORMATION),
    Code(code="LOS068", title="characters the format cannot hold are left out"),
    Code(code="LOS070", title="a text is longer than the format allows and is cut"),
    *_PROFILES,
)  # fmt: skip
