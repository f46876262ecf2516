"""The codes of area `tbx` (prefix TBX): what the TBX validator finds in a file.

The default severity is that of the intended reading of the standard; `cctbx validate --strict` gives the verdict of the
official schemas instead.
"""

from __future__ import annotations

from cctbx.findings import Code, Severity

__all__ = ["CODES"]

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION

CODES: tuple[Code, ...] = tuple(
    Code(code=code, title=title, severity=severity)
    for code, severity, title in (
        # the document
        ("TBX001", _E, "not well-formed XML"),
        ("TBX002", _I, "no XML declaration"),
        ("TBX003", _I, "byte order mark in front of UTF-8"),
        ("TBX004", _W, "encoding other than UTF-8, UTF-16 and ASCII"),
        ("TBX005", _W, "declared encoding contradicts the bytes"),
        ("TBX006", _W, "document type declaration in a file of 2019, which has none"),
        ("TBX007", _W, "document type of a draft, or an unknown one"),
        ("TBX008", _W, "no document type declaration in a file of 2008"),
        ("TBX009", _W, "XML 1.1, which many tools cannot read"),
        ("TBX010", _W, "entity declared in the file"),
        ("TBX011", _E, "external entity: never fetched"),
        ("TBX012", _E, "refused for safety: entity expansion, depth or size beyond the limit"),
        ("TBX013", _E, "no TBX: unknown root element"),
        ("TBX014", _E, "namespace other than that of ISO 30042:2019"),
        ("TBX015", _E, "element of a foreign namespace"),
        ("TBX016", _W, "private dialect: only its structure can be checked"),
        ("TBX017", _W, "name of the vocabulary in unusual spelling"),
        ("TBX018", _E, "both styles (DCA and DCT) in one file"),
        ("TBX019", _I, "declared dialect larger than its categories need"),
        ("TBX020", _E, "element names of another edition"),
        # structure
        ("TBX101", _E, "element not allowed here"),
        ("TBX102", _E, "element missing"),
        ("TBX103", _E, "attribute missing"),
        ("TBX104", _E, "attribute not allowed here"),
        ("TBX105", _E, "attribute value not allowed"),
        ("TBX106", _E, "text not allowed here"),
        ("TBX107", _E, "unknown element"),
        ("TBX108", _W, "no body, hence no concept entries"),
        # data categories
        ("TBX201", _E, "unknown data category"),
        ("TBX202", _E, "data category of another dialect"),
        ("TBX203", _E, "data category at a level where it may not stand"),
        ("TBX204", _E, "data category in the wrong element"),
        ("TBX205", _E, "value outside the picklist"),
        ("TBX206", _W, "picklist value surrounded by blanks"),
        ("TBX207", _W, "markup inside a picklist value"),
        ("TBX208", _W, "kind of data category for which the dialect has none"),
        ("TBX209", _W, "attribute that the module grammars do not foresee"),
        ("TBX210", _W, "markup in a data category that takes plain text"),
        ("TBX211", _E, "data category without a name"),
        # ids and references
        ("TBX301", _E, "duplicated id"),
        ("TBX302", _E, "id is no XML name"),
        ("TBX303", _E, "reference to an id that does not exist"),
        ("TBX304", _W, "cross-reference without a target"),
        ("TBX305", _W, "external reference without http or https"),
        ("TBX306", _W, "blank inside an address"),
        ("TBX307", _W, "entry refers to itself"),
        ("TBX308", _W, "cross-reference to something other than a concept entry or a term"),
        ("TBX309", _I, "object in the back matter that nothing refers to"),
        ("TBX310", _E, "internal reference that is no id"),
        # inline markup
        ("TBX401", _E, "closing code without reference to its opening code"),
        ("TBX402", _E, "isolated or not: contradicts the codes beside it"),
        ("TBX403", _E, "isolated closing code without id"),
        ("TBX404", _W, "attribute on an opening code that only the XSD knows"),
        ("TBX405", _W, "native code of 2008, which is lost on conversion to 2019"),
        # languages and dates
        ("TBX501", _E, "language tag of wrong shape"),
        ("TBX502", _E, "language tag not well-formed by BCP 47"),
        ("TBX503", _E, "no real date in ISO form"),
        ("TBX504", _W, "date surrounded by blanks"),
        ("TBX505", _W, "date of 2008 not in ISO form"),
        # constraint files of 2008
        ("TBX601", _I, "language that the constraint file does not declare"),
        # official schemas only
        ("TBX701", _E, "refused by an official rule although the standard allows it (strict mode only)"),
        # repairs
        ("TBX901", _I, "repaired by --fix"),
        # TMX
        ("TBX801", _E, "opening or closing code without its partner in the segment"),
        ("TBX802", _E, "date not in the form YYYYMMDDThhmmssZ"),
    )
)
