"""Which concept entry of the old release is which of the new one: by id, then by content."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cctbx.diff.inside import preferred_terms
from cctbx.diff.order import canonical, natural, retargeted
from cctbx.model import ConceptEntry, Level, fields_from, plain, statements
from cctbx.text.normal import fold

__all__ = ["Key", "Match", "Matching", "match", "term_keys"]

Key = tuple[str, str]
"""A folded term with its language, or a folded definition with its language after an equals sign."""

_DOUBT = 0.25
"""Entries with one id that share less than this of their designations and definitions may be two concepts."""
_CROWD = 60
"""A key that more concepts than this share suggests no pair: it would cost much and say little."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two concept entries that are one concept: their ids, how sure that is, and what it rests on."""

    old: str
    new: str
    confidence: float = 1.0
    because: str = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """All pairs, and the ids that have no partner; `reused` are ids that stand for another concept than before."""

    matches: tuple[Match, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    reused: tuple[str, ...] = ()


def term_keys(concept: ConceptEntry) -> frozenset[Key]:
    """The designations of an entry: language and folded term."""
    return frozenset(
        (section.language, fold(plain(term.term))) for section in concept.languages for term in section.terms
    )


def _definition_keys(concept: ConceptEntry) -> Iterator[Key]:
    for section in concept.languages:
        yield from ((f"={section.language}", fold(each.text)) for each in section.definitions)
    yield from (("=", fold(each.text)) for each in concept.definitions)


def _keys(concept: ConceptEntry) -> dict[Key, float]:
    """What an entry is recognised by, with how much each part says: preferred designations most."""
    found: dict[Key, float] = {}
    for section in concept.languages:
        preferred = preferred_terms(section.terms)
        for term in section.terms:
            key = (section.language, fold(plain(term.term)))
            found[key] = max(found.get(key, 0.0), 1.25 if term in preferred else 1.0)
    found.update((key, 1.0) for key in _definition_keys(concept))
    return found


def _content(concept: ConceptEntry) -> Hashable:
    """The whole content without the id, targets of references blanked: they may have been renumbered, too."""
    blank = fields_from(Level.CONCEPT, [retargeted(each, lambda _: "") for each in statements(concept)])
    return canonical(ConceptEntry(id="", languages=concept.languages, **blank))  # type: ignore[arg-type]


Concepts = Mapping[str, ConceptEntry]


def _alike(old: ConceptEntry, new: ConceptEntry) -> bool:
    """Whether two entries with one id look like one concept: more than a homonym in common, or too little said."""
    before, after = _keys(old), _keys(new)
    if not before or not after:
        return True
    return len(before.keys() & after.keys()) >= _DOUBT * min(len(before), len(after))


def _as_it_stands(concept: ConceptEntry) -> Hashable:
    """The whole content without the id, in the order of the file: cheaper, and mostly enough."""
    return replace(concept, id="")


def _same(
    old: Mapping[str, ConceptEntry], new: Mapping[str, ConceptEntry], content: Callable[[ConceptEntry], Hashable]
) -> Iterator[Match]:
    """Pairs with the same content; among doublettes, by natural order of ids."""
    waiting: defaultdict[Hashable, list[str]] = defaultdict(list)
    for name in sorted(new, key=natural, reverse=True):
        waiting[content(new[name])].append(name)
    for name in sorted(old, key=natural):
        if partners := waiting.get(content(old[name])):
            yield Match(name, partners.pop(), 1.0, "same content")


class _Likeness:
    """How alike entries of two pools are: common keys, rare ones counting more, over all keys of both."""

    def __init__(self, old: Concepts, new: Concepts) -> None:
        languages = _languages(old.values()) & _languages(new.values())
        self._old = {name: _keys(each) for name, each in old.items()}
        self._new = {name: _keys(each) for name, each in new.items()}
        self._spread = Counter(key for keys in (*self._old.values(), *self._new.values()) for key in keys)
        self._common = languages

    def _weight(self, key: Key, value: float) -> float:
        if key[0].removeprefix("=") not in self._common and key[0] != "=":
            return 0.0
        return value / (1.0 + 0.5 * max(0, self._spread[key] - 2))

    def _total(self, keys: Mapping[Key, float]) -> float:
        return sum(self._weight(key, value) for key, value in keys.items())

    def ranked(self, least: float) -> list[tuple[float, str, str]]:
        """All pairs at least this much alike, the most alike first, then by ids."""
        holders: defaultdict[Key, list[str]] = defaultdict(list)
        for name, keys in self._new.items():
            for key in keys:
                holders[key].append(name)
        totals = {name: self._total(keys) for name, keys in self._new.items()}
        found = []
        for name, keys in self._old.items():
            total = self._total(keys)
            shared = self._shared(keys, holders)
            for partner, common in shared.items():
                score = 2 * common / (total + totals[partner]) if common else 0.0
                if score >= least:
                    found.append((score, name, partner))
        return sorted(found, key=lambda each: (-round(each[0], 9), natural(each[1]), natural(each[2])))

    def _shared(self, keys: Mapping[Key, float], holders: Mapping[Key, list[str]]) -> dict[str, float]:
        shared: defaultdict[str, float] = defaultdict(float)
        crowded = [key for key in keys if self._spread[key] > _CROWD]
        for key in keys.keys() - crowded:
            for partner in holders.get(key, ()):
                weights = (keys[key], self._new[partner][key])
                shared[partner] += self._weight(key, sum(weights) / 2)
        for key in crowded:  # they suggest nobody, but they do count for those already suggested
            for partner in shared:
                if key in self._new[partner]:
                    shared[partner] += self._weight(key, keys[key])
        return shared


def _languages(concepts: Iterable[ConceptEntry]) -> set[str]:
    return {section.language for concept in concepts for section in concept.languages}


def _like_content(old: dict[str, ConceptEntry], new: dict[str, ConceptEntry], least: float) -> Iterator[Match]:
    used_old: set[str] = set()
    used_new: set[str] = set()
    for score, one, other in _Likeness(old, new).ranked(least):
        if one not in used_old and other not in used_new:
            used_old.add(one)
            used_new.add(other)
            yield Match(one, other, round(min(score, 0.99), 2), "like content")


def _without(pool: Concepts, used: Callable[[Match], str], matches: Iterable[Match]) -> dict[str, ConceptEntry]:
    gone = {used(each) for each in matches}
    return {name: concept for name, concept in pool.items() if name not in gone}


Stage = Callable[[dict[str, ConceptEntry], dict[str, ConceptEntry]], Iterator[Match]]


def match(old: Concepts, new: Concepts, least: float) -> Matching:
    """Pair the entries of two releases.

    First by id. An id whose two entries have next to nothing in common, designations or definitions, is in doubt:
    both look for another partner by content, together with all entries that have no partner by id. What finds none and
    shares an id after all stays one concept. `least` is how alike like content must be.
    """
    same = [name for name in old if name in new]
    doubtful = {name for name in same if old[name] != new[name] and not _alike(old[name], new[name])}
    found = [Match(name, name) for name in same if name not in doubtful]
    left_old = {name: each for name, each in old.items() if name not in new or name in doubtful}
    left_new = {name: each for name, each in new.items() if name not in old or name in doubtful}
    stages: tuple[Stage, ...] = (
        lambda one, other: _same(one, other, _as_it_stands),
        lambda one, other: _same(one, other, _content),
        lambda one, other: _like_content(one, other, least),
    )
    for stage in stages:
        if left_old and left_new:
            found += (more := list(stage(left_old, left_new)))
            left_old = _without(left_old, lambda each: each.old, more)
            left_new = _without(left_new, lambda each: each.new, more)
    found += [Match(name, name) for name in sorted(left_old.keys() & left_new.keys(), key=natural)]
    paired = {each.old: each.new for each in found}
    return Matching(
        matches=tuple(found),
        removed=tuple(sorted((name for name in left_old if name not in paired), key=natural)),
        added=tuple(sorted(left_new.keys() - set(paired.values()), key=natural)),
        reused=tuple(sorted((name for name in doubtful if paired.get(name) != name), key=natural)),
    )
