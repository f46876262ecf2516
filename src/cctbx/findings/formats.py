"""The codes of area `formats` (prefix FMT). 001-099: XML and TBX reading; 100 and up: all others."""

from __future__ import annotations

from cctbx.findings import Code, Severity

__all__ = ["CODES"]

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION


def _codes(*rows: tuple[str, str, Severity]) -> tuple[Code, ...]:
    return tuple(Code(code=code, title=title, severity=severity) for code, title, severity in rows)


TBX_CODES = _codes(
    # the bytes
    ("FMT001", "A concept entry is not well-formed XML: what could be read of it is kept", _E),
    ("FMT002", "The file is not well-formed XML outside of its concept entries", _E),
    ("FMT003", "The declared encoding is not that of the bytes", _W),
    ("FMT004", "The declared encoding is unknown", _W),
    ("FMT005", "Bytes that are not of the file's encoding", _E),
    ("FMT006", "A character XML does not allow was replaced by U+FFFD", _E),
    ("FMT007", "An undefined entity was read as its character or kept as text", _E),
    ("FMT008", "An external entity or DTD was not loaded", _I),
    ("FMT009", "An entity expands to too much text and was not expanded", _E),
    ("FMT010", "A concept entry is too large and was left out", _E),
    ("FMT011", "Elements are nested too deeply", _E),
    ("FMT012", "The file ends in the middle of a concept entry", _E),
    ("FMT013", "Too much text outside of the concept entries; the rest of it was left out", _E),
    # the document
    ("FMT020", "The namespace is not that of the standard", _W),
    ("FMT021", "Names of one edition stand in a document of another", _W),
    ("FMT022", "A namespace prefix is not declared", _E),
    ("FMT023", "The document has no header", _W),
    ("FMT024", "The document names neither a known dialect nor a style", _W),
    # the entries
    ("FMT030", "A concept entry has no id; one was assigned", _I),
    ("FMT031", "A language section does not say its language", _E),
    ("FMT032", "A term section has no term", _E),
    ("FMT033", "An element stands where the standard does not allow it", _W),
    ("FMT034", "A group has no statement at its head", _W),
    ("FMT035", "An unknown element is kept as it is", _W),
    ("FMT036", "An unknown attribute is kept as a companion", _I),
    ("FMT037", "The spelling of a draft is read as that of the standard", _I),
    ("FMT038", "Text outside of any data category is kept as a note", _W),
    ("FMT039", "A data category has no type", _E),
    ("FMT040", "Blanks round a picklist value are not part of it", _I),
    ("FMT041", "Something outside of the concept entries has no place in the model and was left out", _I),
)  # fmt: skip

OTHER_CODES = _codes(
    # text files and tables
    ("FMT100", "The encoding of a text file is not stated and was assumed", _W),
    ("FMT101", "Bytes that do not fit the encoding were read as windows-1252", _W),
    ("FMT102", "A row has another number of cells than the head", _W),
    ("FMT103", "A column is not recognised and was not read", _W),
    ("FMT104", "A concept entry has no id; one was assigned", _I),
    ("FMT105", "A concept id stands twice", _E),
    ("FMT106", "Rows of one concept contradict each other; the first was taken", _W),
    ("FMT107", "A language is not stated and was assumed", _W),
    ("FMT108", "A line could not be understood and was passed over", _E),
    ("FMT109", "An entry has no term", _W),
    ("FMT110", "A language tag is not well-formed", _E),
    # documents
    ("FMT111", "The document is not well-formed XML; what could be read was", _E),
    ("FMT112", "A line of the native form could not be read and was passed over", _E),
    ("FMT113", "The native form is of a newer version", _E),
    ("FMT114", "The file has no header, or not the one its format demands", _W),
    ("FMT115", "A value is not one the format knows; it was kept as found", _W),
    ("FMT116", "A statement of the file was not understood and not read", _W),
    ("FMT117", "The structure of the file is not what its format demands", _E),
)  # fmt: skip

CODES: tuple[Code, ...] = (*TBX_CODES, *OTHER_CODES)
