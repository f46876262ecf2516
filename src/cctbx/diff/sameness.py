"""Whether two concept entries say the same, whatever the order: `canonical(a) == canonical(b)`, without the labour.

It looks closer only where something differs at all, which after a conversion is mostly the order in one group.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TypeVar

from cctbx.diff.order import canonical, ordered_statements
from cctbx.model import ConceptEntry, LanguageSection, TermSection, plain, statements

__all__ = ["same"]

_T = TypeVar("_T")
_NOT_HERE = {"languages", "terms", "line", "origin"}


def _own(model: type[ConceptEntry] | type[LanguageSection] | type[TermSection]) -> attrgetter[tuple[object, ...]]:
    """Everything a level states itself, its id included."""
    return attrgetter(*(name for name in model.__dataclass_fields__ if name not in _NOT_HERE))


_CONCEPT, _SECTION, _TERM = _own(ConceptEntry), _own(LanguageSection), _own(TermSection)


def _same_statements(one: ConceptEntry | LanguageSection | TermSection, other: object) -> bool:
    assert isinstance(other, ConceptEntry | LanguageSection | TermSection)
    return one.id == other.id and ordered_statements(statements(one)) == ordered_statements(statements(other))


def _same_term(one: TermSection, other: TermSection) -> bool:
    if one == other:
        return True
    return one.term == other.term and (_TERM(one) == _TERM(other) or _same_statements(one, other))


def _same_section(one: LanguageSection, other: LanguageSection) -> bool:
    if one == other:
        return True
    if one.language != other.language or not (_SECTION(one) == _SECTION(other) or _same_statements(one, other)):
        return False
    said = _pairwise(one.terms, other.terms, lambda term: plain(term.term), _same_term)
    return _canonical(one) == _canonical(other) if said is None else said


def _canonical(section: LanguageSection) -> ConceptEntry:
    return canonical(ConceptEntry(id="", languages=(section,)))


def _pairwise(
    one: Sequence[_T], other: Sequence[_T], key: Callable[[_T], str], alike: Callable[[_T, _T], bool]
) -> bool | None:
    """Whether two lists are the same but for order; None where keys repeat and it takes more to say."""
    if len(one) != len(other):
        return False
    first, second = sorted(one, key=key), sorted(other, key=key)
    if len({key(each) for each in first}) < len(first):
        return None
    return all(map(alike, first, second))


def same(one: ConceptEntry, other: ConceptEntry) -> bool:
    """Whether two concept entries are equal but for order among languages, designations, statements and companions."""
    if one == other:
        return True
    if one.id != other.id or not (_CONCEPT(one) == _CONCEPT(other) or _same_statements(one, other)):
        return False
    said = _pairwise(one.languages, other.languages, lambda section: section.language, _same_section)
    return canonical(one) == canonical(other) if said is None else said
