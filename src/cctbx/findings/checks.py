"""The codes of area `checks` (prefix CHK): the house checks, beyond the schema.

The title of a code is the first line of the docstring of its check; a test keeps them equal.
"""

from __future__ import annotations

from cctbx.findings import Code, Severity

__all__ = ["CODES"]

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION

CODES: tuple[Code, ...] = tuple(
    Code(code=code, title=title, severity=severity)
    for code, severity, title in (
        # languages and references
        ("CHK101", _E, "language tag not well-formed by BCP 47"),
        ("CHK102", _W, "language subtag not registered, or deprecated"),
        ("CHK103", _I, "language tag not in canonical case"),
        ("CHK104", _W, "two language sections of one language in an entry"),
        ("CHK105", _W, "sections of a language with and without its region in an entry"),
        ("CHK106", _W, "terms of a section in another script than its language tag says"),
        ("CHK107", _I, "special or private language code"),
        ("CHK108", _W, "macro-language where a language is meant"),
        ("CHK109", _I, "language that most entries have is missing"),
        ("CHK110", _I, "entry with one language only in a term base of several"),
        ("CHK151", _E, "duplicated concept id"),
        ("CHK152", _E, "cross-reference to an entry that does not exist"),
        # structure
        ("CHK201", _W, "empty or blank term"),
        ("CHK202", _E, "language section without terms"),
        ("CHK203", _W, "empty note or data category"),
        ("CHK204", _W, "data category at a level where it may not stand"),
        ("CHK205", _E, "value outside the picklist of its data category"),
        ("CHK206", _W, "data category twice where one is expected"),
        ("CHK207", _W, "concept entry refers to itself"),
        # terms
        ("CHK301", _W, "leading, trailing or double blank in a term"),
        ("CHK302", _W, "invisible character in a term: no-break or zero-width blank, soft hyphen, directional mark"),
        ("CHK303", _W, "tab or line break in a term"),
        ("CHK304", _W, "term not in Unicode normal form C"),
        ("CHK305", _W, "control, private-use or replacement character in a term"),
        ("CHK306", _W, "unbalanced bracket or quotation mark in a term"),
        ("CHK307", _W, "several terms in one term field"),
        ("CHK308", _W, "explanatory brackets in a term"),
        ("CHK309", _W, "term ends with a full stop"),
        ("CHK310", _I, "initial capital in a language that writes small letters"),
        ("CHK311", _W, "term begins with an article or a mark of the infinitive"),
        ("CHK312", _I, "plural form as headword"),
        ("CHK313", _W, "markup or escaped markup in a term"),
        ("CHK314", _I, "term longer than the limit"),
        # doublettes
        ("CHK401", _W, "same term of a language in several concept entries"),
        ("CHK402", _I, "homonyms: same term, another subject field or part of speech"),
        ("CHK403", _I, "terms of several entries that differ in case, hyphens or blanks only"),
        ("CHK404", _W, "same term twice in one language section"),
        # status and synonymy
        ("CHK501", _W, "more than one preferred term in a language (and for a customer)"),
        ("CHK502", _I, "several terms, none preferred"),
        ("CHK503", _W, "all terms of a language deprecated"),
        ("CHK504", _E, "preferred and deprecated status on one term"),
        ("CHK505", _W, "deprecated term used in a definition or a context of its entry"),
        # abbreviations
        ("CHK601", _W, "acronym, abbreviation or short form without its full form"),
        ("CHK602", _I, "full form without a short form"),
        ("CHK603", _I, "term type that does not look like the term"),
        # definitions and contexts
        ("CHK701", _W, "neither definition nor context"),
        ("CHK702", _W, "term without part of speech"),
        ("CHK703", _W, "definition contains a term of its own entry"),
        ("CHK704", _W, "definitions that refer to each other in a ring"),
        ("CHK705", _I, "style of a definition: opening article or verb, final full stop, several sentences"),
        ("CHK706", _W, "definition that is nothing but the term"),
        ("CHK707", _W, "context does not contain its term"),
        ("CHK708", _I, "definition or context without a source"),
        ("CHK709", _W, "several definitions at one level"),
        ("CHK710", _W, "same definition in two concept entries"),
        # administration
        ("CHK801", _W, "date that is not real or not in ISO form"),
        ("CHK802", _W, "date in the future"),
        ("CHK803", _W, "modification before origination"),
        ("CHK804", _I, "transaction without date or responsibility"),
        ("CHK805", _I, "name of a person in a term base meant for the public"),
        ("CHK806", _W, "subject field outside the given list"),
        ("CHK807", _W, "subject field, customer or project spelt in two ways"),
        # the term base
        ("CHK901", _I, "number of entries, terms by language"),
        ("CHK902", _I, "check left out: the term base is too large for it"),
    )
)
