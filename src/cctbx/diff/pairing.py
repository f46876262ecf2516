"""Which statement and which designation of the old release became which of the new one, inside one concept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from cctbx.diff.order import ordered_statements, spaced
from cctbx.diff.words import likeness
from cctbx.model import DataCategory, Metatype, TermSection, plain
from cctbx.text.normal import fold, primary, similarity
from cctbx.text.stems import stem
from cctbx.text.tokens import numbers, words

__all__ = ["TermPair", "is_metadata", "pair_statements", "pair_terms", "substance"]

_METADATA = frozenset({Metatype.TRANSACTION, Metatype.TRANSACTION_NOTE, Metatype.DATE})
_BOOKKEEPING = frozenset({"elementWorkingStatus", "originatingDatabase", "sourceIdentifier", "entrySource", "sortKey"})
_SPELLING = 0.8
_T = TypeVar("_T")


def is_metadata(statement: DataCategory) -> bool:
    """Whether a statement says who did what when, and nothing about the concept: transactions, bookkeeping."""
    return statement.metatype in _METADATA or statement.category in _BOOKKEEPING


def substance(statement: DataCategory) -> DataCategory:
    """A statement without what is metadata in it: id, datatype, transactions in its group, white space."""
    group = ordered_statements(substance(each) for each in statement.group if not is_metadata(each))
    return replace(statement, id=None, datatype=None, value=spaced(statement.value), group=group)


def _taken(old: list[_T], new: list[_T], key: Callable[[_T], Hashable | None]) -> list[tuple[_T, _T]]:
    """Take out of both lists, in order, what has the same key (None: no key)."""
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place in range(len(new) - 1, -1, -1):
        if (name := key(new[place])) is not None:
            waiting[name].append(place)
    found, kept, gone = [], [], set()
    for each in old:
        name = key(each)
        if name is not None and waiting[name]:
            gone.add(waiting[name][-1])
            found.append((each, new[waiting[name].pop()]))
        else:
            kept.append(each)
    old[:] = kept
    new[:] = [each for place, each in enumerate(new) if place not in gone]
    return found


def _best(old: list[_T], new: list[_T], score: Callable[[_T, _T], float], least: float) -> list[tuple[_T, _T]]:
    """Take out of both lists the pairs that score at least `least`, the best first; ties go by order."""
    ranked = sorted(
        ((score(one, other), -i, -j) for i, one in enumerate(old) for j, other in enumerate(new)), reverse=True
    )
    used_old: set[int] = set()
    used_new: set[int] = set()
    found = []
    for value, i, j in ranked:
        if value < least:
            break
        if -i not in used_old and -j not in used_new:
            used_old.add(-i)
            used_new.add(-j)
            found.append((old[-i], new[-j]))
    old[:] = [each for i, each in enumerate(old) if i not in used_old]
    new[:] = [each for j, each in enumerate(new) if j not in used_new]
    return found


_MANY = 40
"""Beyond this many statements of one category on both sides, what is left is paired by order: pairs are quadratic."""

StatementPair = tuple[DataCategory | None, DataCategory | None]


def _text_likeness(one: DataCategory, other: DataCategory) -> float:
    return likeness(one.text, other.text)


def _pair_category(old: list[DataCategory], new: list[DataCategory]) -> list[StatementPair]:
    found: list[StatementPair] = [*_taken(old, new, substance)]
    if len(old) == 1 == len(new):
        return [*found, (old[0], new[0])]
    if len(old) * len(new) <= _MANY * _MANY:
        alike = _best(old, new, _text_likeness, 0.4)
        found += alike
    found += [(each, None) for each in old]
    found += [(None, each) for each in new]
    return found


def pair_statements(old: Iterable[DataCategory], new: Iterable[DataCategory]) -> list[StatementPair]:
    """What differs between two bags of statements: (old, new) edited, (old, None) removed, (None, new) added.

    By category and metatype; inside a category what differs in metadata only is paired first, then what is most alike.
    """
    before, after = Counter(old), Counter(new)
    by_category: defaultdict[tuple[str, str], tuple[list[DataCategory], list[DataCategory]]] = defaultdict(
        lambda: ([], [])
    )
    for side, left in enumerate((before - after, after - before)):
        for each in ordered_statements(left.elements()):
            by_category[each.category, each.metatype][side].append(each)
    return [pair for _, (gone, come) in sorted(by_category.items()) for pair in _pair_category(gone, come)]


# --- designations ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermPair:
    """A designation then and now (None: not there), and in what its term differs (None: in nothing)."""

    old: TermSection | None
    new: TermSection | None
    because: str | None = None


def _joined(term: TermSection) -> str:
    return "".join(char for char in fold(plain(term.term)) if char.isalnum())


def _stems(term: TermSection, language: str) -> tuple[str, ...]:
    return tuple(stem(word, primary(language)) for word in words(plain(term.term)))


def _likeness(one: TermSection, other: TermSection) -> float:
    old, new = plain(one.term), plain(other.term)
    first, second = _joined(one)[:100], _joined(other)[:100]
    if numbers(old) != numbers(new) or min(len(first), len(second)) < 4:
        return 0.0
    alike = 0.85 if _one_letter_apart(first, second) else 0.0
    return max(alike, similarity(first, second)) if len(words(old)) == len(words(new)) else alike


def _common(first: str, second: str) -> int:
    """How many letters two forms have in common at the beginning."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(first), len(second)))


def _one_letter_apart(first: str, second: str) -> bool:
    """Whether one letter was replaced, added or left out, or two neighbours changed places."""
    start = _common(first, second)
    left, right = first[start:], second[start:]
    end = _common(left[::-1], right[::-1])
    left, right = left[: len(left) - end], right[: len(right) - end]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])


def _keys(language: str) -> tuple[tuple[str | None, Callable[[TermSection], Hashable | None]], ...]:
    """In which respects two term sections may be the same designation, the surest first, and the name of the change."""
    return (
        (None, lambda term: term),
        (None, lambda term: term.term),
        ("markup", lambda term: plain(term.term)),
        ("white space", lambda term: " ".join(plain(term.term).split()) or None),
        ("case", lambda term: fold(plain(term.term)) or None),
        ("spelling", lambda term: _joined(term) or None),
        ("wording", lambda term: term.id),
        ("inflection", lambda term: _stems(term, language) or None),
    )


def pair_terms(old: Sequence[TermSection], new: Sequence[TermSection], language: str) -> list[TermPair]:
    """Every designation of a language then and now, with the reason where a term was reworded.

    `language` is a BCP 47 tag: inflection is judged by its stems, spelling by common letters in the same number of
    words with the same numbers in them.
    """
    before, after = list(old), list(new)
    found = []
    for because, key in _keys(language):
        if not (before and after):
            break
        found += [TermPair(one, other, because) for one, other in _taken(before, after, key)]
    if before and after and len(before) * len(after) <= _MANY * _MANY:
        found += [TermPair(*pair, "spelling") for pair in _best(before, after, _likeness, _SPELLING)]
    found += [TermPair(each, None) for each in before]
    found += [TermPair(None, each) for each in after]
    return found
