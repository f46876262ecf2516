"""Checks of transactions, dates, persons and subject fields within one concept entry."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from cctbx.checks.base import CheckOptions, EntryCheck, EntryFacts, Remark, TermFacts
from cctbx.model import DataCategory, LanguageSection

__all__ = ["CHECKS"]

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?")

Place = tuple[LanguageSection | None, TermFacts | None]


def _transactions(facts: EntryFacts) -> Iterator[tuple[tuple[DataCategory, ...], Place]]:
    """The transactions of each level, with their place."""
    if facts.concept.transactions:
        yield facts.concept.transactions, (None, None)
    for section in facts.sections:
        if section.section.transactions:
            yield section.section.transactions, (section.section, None)
        for term in section.terms:
            if term.term.transactions:
                yield term.term.transactions, (section.section, term)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text.strip()[:10]) if _ISO.fullmatch(text.strip()) else None
    except ValueError:
        return None


def bad_date(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """date that is not real or not in ISO form"""
    for transactions, (section, term) in _transactions(facts):
        for each in transactions:
            if each.date is not None and _day(each.date) is None:
                yield Remark(
                    message=f"{each.date.strip()!r} is no date",
                    section=section,
                    term=term,
                    statement=each,
                    advice="write YYYY-MM-DD",
                )


def future(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """date in the future"""
    if options.today is None:
        return
    for transactions, (section, term) in _transactions(facts):
        for each in transactions:
            day = _day(each.date or "")
            if day is not None and day > options.today:
                yield Remark(
                    message=f"{each.text or each.category} on {day}, which is still to come",
                    section=section,
                    term=term,
                    statement=each,
                )


def before_origin(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """modification before origination"""
    for transactions, (section, term) in _transactions(facts):
        origins = [_day(each.date or "") for each in transactions if each.text.strip() in ("origination", "creation")]
        first = min((day for day in origins if day is not None), default=None)
        for each in transactions:
            day = _day(each.date or "")
            if first is not None and day is not None and each.text.strip() == "modification" and day < first:
                yield Remark(
                    message=f"changed on {day}, but made on {first}",
                    section=section,
                    term=term,
                    statement=each,
                    advice="correct one of the dates",
                )


def incomplete(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """transaction without date or responsibility"""
    for transactions, (section, term) in _transactions(facts):
        for each in transactions:
            held = {"date": each.date, "responsibility": each.responsibility}
            lacks = [name for name, value in held.items() if value is None]
            if lacks:
                yield Remark(
                    message=f"{each.text or each.category} without {' and '.join(lacks)}",
                    section=section,
                    term=term,
                    statement=each,
                )


def persons(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """name of a person in a term base meant for the public"""
    if not options.public:
        return
    for transactions, (section, term) in _transactions(facts):
        for each in transactions:
            if each.responsibility:
                yield Remark(
                    message=f"{each.responsibility!r} is named as responsible",
                    section=section,
                    term=term,
                    statement=each,
                    advice="write a role, or leave it out",
                )


def unlisted_field(facts: EntryFacts, options: CheckOptions) -> Iterator[Remark]:
    """subject field outside the given list"""
    if not options.subject_fields:
        return
    for each in facts.concept.subject_fields:
        if each.text not in options.subject_fields:
            bare = each.text.strip().lower()
            near = next((one for one in sorted(options.subject_fields) if one.lower() == bare), None)
            yield Remark(
                message=f"subject field {each.text!r} is not in the list",
                statement=each,
                advice=f"did you mean {near}?" if near else None,
            )


CHECKS = (
    EntryCheck(code="CHK801", look=bad_date, needs="transactions"),
    EntryCheck(code="CHK802", look=future, needs="transactions"),
    EntryCheck(code="CHK803", look=before_origin, needs="transactions"),
    EntryCheck(code="CHK804", look=incomplete, needs="transactions"),
    EntryCheck(code="CHK805", look=persons, needs="transactions"),
    EntryCheck(code="CHK806", look=unlisted_field),
)
