"""Checks of one concept entry: structure, status and synonymy, abbreviations."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from cctbx.checks.base import (
    PREFERRED,
    SHORT,
    WORST,
    CheckOptions,
    EntryCheck,
    EntryFacts,
    Remark,
    Suspicion,
    TermFacts,
    Texts,
)
from cctbx.model import CATEGORY, DataCategory, LanguageSection, Level, Metatype, statements

__all__ = ["CHECKS"]

_ONCE = ("partOfSpeech", "grammaticalGender", "administrativeStatus", "termType", "grammaticalNumber", "register")
_FIELDS = {
    "partOfSpeech": "part_of_speech",
    "grammaticalGender": "grammatical_gender",
    "termType": "term_type",
    "administrativeStatus": "administrative_status",
    "grammaticalNumber": "grammatical_number",
    "register": "register",
    "termLocation": "term_location",
}
_LEVELS = {Level.CONCEPT: "concept entry", Level.LANGUAGE: "language section", Level.TERM: "term section"}


def no_terms(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """language section without terms"""
    for each in facts.sections:
        if not each.terms:
            yield Remark(
                message=f"the section of {each.section.language} has no term",
                section=each.section,
                advice="add a term or remove the section",
            )


def empty_statement(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """empty note or data category"""
    for section, term, statement in _stated(facts):
        value = statement.value
        if (not value or str(value).isspace()) and not statement.target and not statement.group:
            yield Remark(
                message=f"{statement.category} is empty",
                section=section,
                term=term,
                statement=statement,
                advice="fill it or remove it",
            )


Stated = tuple[LanguageSection | None, TermFacts | None, DataCategory]


_CONCEPT = attrgetter(
    "subject_fields", "definitions", "sources", "notes", "customer_subsets", "project_subsets", "others"
)
_LANGUAGE = attrgetter("definitions", "sources", "notes", "others")
_TERM = attrgetter("contexts", "sources", "notes", "customer_subsets", "project_subsets", "others")


def _stated(facts: EntryFacts) -> Iterator[Stated]:
    """The statements of an entry that hold text, with the section and the term they stand at."""
    for held in _CONCEPT(facts.concept):
        for each in held:
            yield None, None, each
    for section in facts.sections:
        for held in _LANGUAGE(section.section):
            for each in held:
                yield section.section, None, each
        for term in section.terms:
            for held in _TERM(term.term):
                for each in held:
                    yield section.section, term, each


def outside_list(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """value outside the picklist of its data category"""
    for term in facts.terms:
        for category, name in _FIELDS.items():
            value = getattr(term.term, name)
            if value is not None and value not in CATEGORY[category].values:
                listed = ", ".join(CATEGORY[category].values)
                yield Remark(
                    message=f"{category} of {term.text!r} is {value!r}",
                    term=term,
                    section=term.section,
                    advice=f"one of: {listed}",
                )


def wrong_level(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """data category at a level where it may not stand"""
    for level, others, section, term in _others(facts):
        for each in others:
            known = CATEGORY.get(each.category)
            if known is None or not known.levels or each.metatype is Metatype.UNKNOWN or level in known.levels:
                continue
            right = " or ".join(sorted(_LEVELS[one] for one in known.levels))
            yield Remark(
                message=f"{each.category} stands at the {_LEVELS[level]}",
                section=section,
                term=term,
                statement=each,
                advice=f"move it to the {right}",
            )


def _others(
    facts: EntryFacts,
) -> Iterator[tuple[Level, tuple[DataCategory, ...], LanguageSection | None, TermFacts | None]]:
    if facts.concept.others:
        yield Level.CONCEPT, facts.concept.others, None, None
    for section in facts.sections:
        if section.section.others:
            yield Level.LANGUAGE, section.section.others, section.section, None
        for term in section.terms:
            if term.term.others:
                yield Level.TERM, term.term.others, section.section, term


def twice(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """data category twice where one is expected"""
    for term in facts.terms:
        if not term.term.others:
            continue
        stated = [each.category for each in statements(term.term)]
        for category in _ONCE:
            if stated.count(category) > 1:
                yield Remark(
                    message=f"{term.text!r} has {category} {stated.count(category)} times",
                    term=term,
                    section=term.section,
                    advice="keep one",
                )


def repeated_term(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """same term twice in one language section"""
    for section in facts.sections:
        if len(section.terms) < 2:
            continue
        seen: set[tuple[str, str | None, str | None]] = set()
        for term in section.terms:
            key = (term.text.strip(), term.term.part_of_speech, term.term.grammatical_gender)
            if key in seen and key[0]:
                yield Remark(
                    message=f"{key[0]!r} stands twice in the section of {section.section.language}",
                    term=term,
                    section=section.section,
                    advice="keep one",
                )
            seen.add(key)


def _repeats(facts: EntryFacts) -> Suspicion | None:
    """Whether two terms of a section are alike."""
    return _stands_twice if len(facts.terms) > 1 else None


def _stands_twice(terms: Texts, lowered: Texts, definitions: Texts, contexts: Texts) -> bool:
    return len(set(lowered)) < len(lowered)


def _several_alike(terms: str, lowered: Texts, definitions: str) -> bool:
    """Whether two terms of an entry are alike, in whatever languages."""
    return len(set(lowered)) < len(lowered)


def _status(term: TermFacts) -> str | None:
    return term.term.administrative_status


def several_preferred(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """more than one preferred term in a language (and for a customer)"""
    for section in facts.sections:
        if section.statuses.count(PREFERRED) < 2:
            continue
        preferred: dict[str, TermFacts] = {}
        for term in section.terms:
            if _status(term) != PREFERRED:
                continue
            for customer in [each.text for each in term.term.customer_subsets] or [""]:
                if customer in preferred:
                    other = preferred[customer].text
                    yield Remark(
                        message=f"{other!r} and {term.text!r} are both preferred",
                        term=term,
                        section=section.section,
                        advice="prefer one",
                    )
                else:
                    preferred[customer] = term


def none_preferred(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """several terms, none preferred"""
    for section in facts.sections:
        terms = section.terms
        if len(terms) > 1 and PREFERRED not in section.statuses:
            yield Remark(
                message=f"none of the {len(terms)} terms of {section.section.language} is preferred",
                section=section.section,
                advice="say which one to use",
            )


def all_deprecated(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """all terms of a language deprecated"""
    for section in facts.sections:
        if section.statuses and WORST.issuperset(section.statuses):
            yield Remark(
                message=f"every term of {section.section.language} is deprecated or superseded",
                section=section.section,
                advice="add the term to use instead",
            )


def contradiction(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """preferred and deprecated status on one term"""
    if "others" not in facts.features and "deprecated" not in facts.features:
        return
    for section in facts.sections:
        if not any(term.term.others for term in section.terms) and WORST.isdisjoint(section.statuses):
            continue
        by_text: dict[str, set[str]] = {}
        for term in section.terms:
            stated = {_status(term) or ""} if len(section.terms) > 1 or term.term.others else set()
            if term.term.others:
                stated |= {each.text for each in term.term.others if each.category == "administrativeStatus"}
            known = by_text.setdefault(term.text.strip(), set())
            known |= stated
            if PREFERRED in known and known & WORST:
                yield Remark(
                    message=f"{term.text!r} is preferred and deprecated at once",
                    term=term,
                    section=section.section,
                    advice="keep one status",
                )


def _contradicts(facts: EntryFacts) -> Suspicion | None:
    """Whether a term may have two statuses: by itself, or by standing there twice."""
    if "others" not in facts.features and "deprecated" not in facts.features:
        return None
    if any(contradiction(facts, CheckOptions())):
        return lambda terms, lowered, definitions, contexts: True
    return _repeats(facts)


def deprecated_in_use(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """deprecated term used in a definition or a context of its entry"""
    for term in facts.terms:
        if _status(term) not in WORST or not term.text.strip():
            continue
        needle = term.text.strip().lower()
        for each in (*facts.definitions, *facts.contexts):
            own = each.term is term
            if not own and (each.section is None or each.section is term.section) and _holds(each.lowered, needle):
                yield Remark(
                    message=f"the deprecated term {term.text!r} stands in a {each.statement.category}",
                    term=term,
                    section=term.section,
                    statement=each.statement,
                    advice="use the preferred term",
                )


def _deprecated_words(facts: EntryFacts) -> Suspicion | None:
    """Whether a deprecated term stands in a definition or a context, even as part of a word."""
    old = [term for term in facts.terms if _status(term) in WORST]
    defined = [
        (each.at, term.at) for term in old for each in facts.definitions
        if each.term is not term and (each.section is None or each.section is term.section)
    ]  # fmt: skip
    used = [
        (each.at, term.at) for term in old for each in facts.contexts
        if each.term is not term and each.section is term.section
    ]  # fmt: skip

    def suspicion(terms: Texts, lowered: Texts, definitions: Texts, contexts: Texts) -> bool:
        for text, term in defined:
            if lowered[term] in definitions[text]:
                return True
        for text, term in used:  # noqa: SIM110 - any() is slower
            if lowered[term] in contexts[text]:
                return True
        return False

    return suspicion if defined or used else None


def _holds(text: str, needle: str) -> bool:
    """Whether a text holds these words (both in small letters), not as part of another word."""
    at = text.find(needle)
    while at >= 0:
        end = at + len(needle)
        if not (at and text[at - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
            return True
        at = text.find(needle, at + 1)
    return False


def short_alone(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """acronym, abbreviation or short form without its full form"""
    for section in facts.sections:
        if section.types and SHORT.issuperset(section.types):
            first = section.terms[0]
            yield Remark(
                message=f"{first.text!r} is an {first.term.term_type} without its full form",
                term=first,
                section=section.section,
                advice="add the full form",
            )


def full_alone(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """full form without a short form"""
    for section in facts.sections:
        types = section.types
        if "fullForm" in types and not any(each in SHORT for each in types):
            term = section.terms[types.index("fullForm")]
            yield Remark(
                message=f"{term.text!r} is called a full form, but there is no short form",
                term=term,
                section=section.section,
                advice="add the short form or leave the type out",
            )


def unlike_type(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """term type that does not look like the term"""
    for term in facts.terms:
        kind = term.term.term_type
        if kind != "acronym" and kind != "fullForm":
            continue
        text = term.text.strip()
        if kind == "acronym" and len(text) > 1 and text.islower():
            yield Remark(
                message=f"{text!r} is called an acronym, but is written small", term=term, section=term.section
            )
        elif kind == "fullForm" and 1 < len(text) <= 8 and text.isupper() and " " not in text:
            yield Remark(
                message=f"{text!r} is called a full form, but looks like an acronym", term=term, section=term.section
            )


def _odd_forms(facts: EntryFacts) -> Suspicion | None:
    """Whether an acronym may be written small, or a full form in capitals."""
    acronyms = [term.at for term in facts.terms if term.term.term_type == "acronym"]
    full = [term.at for term in facts.terms if term.term.term_type == "fullForm"]
    if not acronyms and not full:
        return None

    def suspicion(terms: Texts, lowered: Texts, definitions: Texts, contexts: Texts) -> bool:
        return any(terms[at].islower() for at in acronyms) or any(terms[at].isupper() for at in full)

    return suspicion


def self_reference(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """concept entry refers to itself"""
    concept = facts.concept
    for each in concept.cross_references:
        if each.target == concept.id:
            yield Remark(message=f"{concept.id} refers to itself", statement=each, advice="remove the reference")
    for term in facts.terms:
        for each in term.term.cross_references:
            if each.target == concept.id:
                yield Remark(
                    message=f"{term.text!r} refers to its own entry",
                    statement=each,
                    term=term,
                    section=term.section,
                    advice="remove the reference",
                )


CHECKS = (
    EntryCheck(code="CHK202", look=no_terms, needs="no terms"),
    EntryCheck(code="CHK203", look=empty_statement),
    EntryCheck(code="CHK204", look=wrong_level, needs="others"),
    EntryCheck(code="CHK205", look=outside_list),
    EntryCheck(code="CHK206", look=twice, needs="others"),
    EntryCheck(code="CHK207", look=self_reference, needs="references"),
    EntryCheck(code="CHK404", look=repeated_term, needs="repeated terms", suspect=_repeats, gate=_several_alike),
    EntryCheck(code="CHK501", look=several_preferred, needs="several preferred"),
    EntryCheck(code="CHK502", look=none_preferred, needs="none preferred"),
    EntryCheck(code="CHK503", look=all_deprecated, needs="all deprecated"),
    EntryCheck(code="CHK504", look=contradiction, suspect=_contradicts),
    EntryCheck(code="CHK505", look=deprecated_in_use, needs="deprecated", suspect=_deprecated_words, joint=True),
    EntryCheck(code="CHK601", look=short_alone, needs="short alone"),
    EntryCheck(code="CHK602", look=full_alone, needs="full alone"),
    EntryCheck(code="CHK603", look=unlike_type, needs="telling types", suspect=_odd_forms),
)
