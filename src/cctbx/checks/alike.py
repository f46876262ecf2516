"""Entries whose parts are like those of others: what is to be said of them, with hardly a look at them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from cctbx.checks.base import Accumulator, CheckOptions, EntryFacts, Gate, Remark, Texts
from cctbx.checks.definitions import any_words
from cctbx.checks.doublettes import keys_of
from cctbx.checks.moulds import Mould, Place, Ranked, Section, fill
from cctbx.checks.terms import odd
from cctbx.findings import Finding
from cctbx.model.likeness import Likeness, Skeleton
from cctbx.model.quick import quick

__all__ = ["Likenesses", "Seen"]

_rank = itemgetter(0)
_made = quick(Finding)
_NONE: Texts = ()

Found = list[tuple[int, Finding]]
"""Findings, and where they stand among others."""


class Seen:
    """A likeness with its moulds, and its texts as checks look at them.

    joined   its terms, with nulls between
    lowered  its terms in small letters, without blanks round them; `spoken` its definitions, `around` its contexts
    strange  whether there is anything odd in its terms, whatever language they are in
    tags     of its sections
    """

    __slots__ = (
        "_keys", "_names", "around", "joined", "likeness", "lowered", "moulds", "spoken", "strange", "tags",
    )  # fmt: skip

    def __init__(self, likeness: Likeness, moulds: list[Mould], longest: int) -> None:
        """`longest`: longer terms are odd."""
        self.likeness, self.moulds = likeness, moulds
        self.joined = joined = "\0".join(likeness.terms)
        self.lowered = joined.lower().split("\0")
        self.spoken, self.around = _lowered(likeness.definitions), _lowered(likeness.contexts)
        self.strange = bool(joined) and odd(f"\0{joined}\0", longest)
        if self.strange:  # there may be blanks round them
            self.lowered = [each.strip() for each in self.lowered]
        self.tags = tuple([each.tag for each in moulds[1:]])
        self._names = ""
        self._keys: list[str] | None = None

    @property
    def names(self) -> str:
        """Those of its moulds, with blanks between."""
        if not self._names:
            self._names = " ".join([each.name for each in self.moulds])
        return self._names

    @property
    def keys(self) -> list[str]:
        """The keys of its terms, as doublettes are found by."""
        if self._keys is None:
            self._keys = keys_of(self.joined) if self.likeness.terms else []
        return self._keys


class Likenesses:
    """What a run of checks says of likenesses.

    It is told the checks with their ranks, those of all entries, the number of the part of the term base; where remarks
    belong (`place`), what makes findings of them, and what says something of terms (None: nothing does).
    """

    def __init__(
        self, checks: Iterable[Ranked], bases: Sequence[Accumulator], options: CheckOptions, part: int,
        place: Callable[[str, Remark, EntryFacts], Place], finding: Callable[[str, Remark, EntryFacts], Finding],
        of_terms: Callable[[EntryFacts, list[Finding]], None] | None,
    ) -> None:  # fmt: skip
        checks = list(checks)
        self._bare = [each for each in checks if each.check.needs == "undefined"]
        self._checks = [each for each in checks if each not in self._bare]
        self._joint = [each for each in self._checks if each.check.joint]
        self._gates = list(dict.fromkeys(each.check.gate for each in checks if each.check.gate is not None))
        self._bases, self._options, self._part = bases, options, part
        self._place, self._finding, self._of_terms = place, finding, of_terms
        self._moulds: dict[Skeleton, Mould] = {}
        self.seen: Seen
        """The last one."""

    def look(self, likeness: Likeness) -> list[Finding]:
        """What is to be said of one; checks of all entries see it, too."""
        moulds, parts = self._moulds, likeness.parts
        try:
            made = [moulds[each] for each in parts]
        except KeyError:
            made = [moulds.get(each) or self._mould(each, likeness.id) for each in parts]
        self.seen = seen = Seen(likeness, made, self._options.longest_term)
        found = self._of_parts(seen)
        for each in self._bases:
            each.alike(seen)
        if len(found) > 1:
            found.sort(key=_rank)
        return [finding for _, finding in found]

    def facts(self, at: int) -> EntryFacts:
        """Those of a part of the last one, without its texts."""
        likeness, moulds = self.seen.likeness, self.seen.moulds
        facts = moulds[at].facts
        facts.id = likeness.id
        facts.shift = likeness.line + sum(each.skeleton.feeds for each in moulds[:at])
        return facts

    def _mould(self, skeleton: Skeleton, concept: str) -> Mould:
        name = f"{self._part}:{len(self._moulds)}"
        terms = self._of_terms is not None
        mould = Mould(skeleton, name, self._checks, self._options, self._place, terms=terms)
        self._moulds[skeleton] = mould
        for each in self._bases:
            each.meet(mould, concept)
        return mould

    def _of_parts(self, seen: Seen) -> Found:
        """What is to be said of the parts, one after the other, then of all of them."""
        likeness, lowered, spoken, around = seen.likeness, seen.lowered, seen.spoken, seen.around
        terms, definitions, contexts = likeness.terms, likeness.definitions, likeness.contexts
        concept, line = likeness.id, likeness.line
        gates = self._opened(seen)
        joint = seen.moulds[0].definitions > 0
        doubtful = joint and any_words(seen.joined, lowered, "\0".join(spoken))
        found: Found = []
        t = d = c = 0
        for mould in seen.moulds:
            mould.count += 1
            end, last, ending = t + mould.terms, d + mould.definitions, c + mould.contexts
            mine, low, odd_terms = terms[t:end], lowered[t:end], mould.odd_terms
            wrong = odd_terms is not None and (seen.strange or odd_terms(mine, low, _NONE, _NONE))
            if wrong or mould.always or (gates and mould.gated) or (
                mould.suspicions and mould.suspicious(mine, low, spoken[d:last], around[c:ending])
            ):  # fmt: skip
                texts = Section(mine, low, definitions[d:last], spoken[d:last], contexts[c:ending], around[c:ending])
                fill(mould.facts, texts, concept, line)
                found += self._closely(mould, texts, gates, wrong=wrong, joint=joint)
                doubtful = True
            said = mould.fixed
            for defined, tells, of in mould.free:
                one = of[tells(definitions[d + defined])]
                if one is not None:
                    said = [*said, one]
            for rank, code, message, tail, advice, severity, file, place, language, at, category in said:
                text = None if at is None else mine[at]
                if tail is not None:
                    message = f"{message}{text!r}{tail}"
                found.append((rank, _made(
                    code, message, severity, advice, file, place + line, None, concept, language, text, category
                )))  # fmt: skip
            t, d, c = end, last, ending
            line += mould.skeleton.feeds
        if joint and doubtful:
            found += self._jointly(seen)
        if not definitions and not contexts and terms:
            found += self._of_bare(seen)
        return found

    def _opened(self, seen: Seen) -> list[Gate]:
        """The gates that are open for an entry."""
        joined, lowered, definitions = seen.joined, seen.lowered, "\0".join(seen.spoken)
        return [each for each in self._gates if each(joined, lowered, definitions)]

    def _closely(self, mould: Mould, texts: Section, gates: list[Gate], *, wrong: bool, joint: bool) -> Found:
        """What checks say of a part that is suspicious; `wrong`: its terms are.

        `joint`: not those that have to see all parts together.
        """
        facts, said = mould.facts, list[Finding]()
        if wrong and self._of_terms is not None:
            self._of_terms(facts, said)
        found: Found = [(0, each) for each in said]
        looked = (texts.terms, texts.lowered, texts.spoken, texts.around)
        hot = {each for each in mould.suspicions if each(*looked)}
        asked = [each for suspicion, each in mould.closely if suspicion is None or suspicion in hot]
        asked += [each for gate, suspicion, each in mould.gated if gate in gates and suspicion(*looked)]
        for rank, check in asked:
            if not (joint and check.joint):
                for remark in check.look(facts, self._options):
                    later = check.later is not None and check.later(remark)
                    found.append((rank + later, self._finding(check.code, remark, facts)))
        return found

    def _jointly(self, seen: Seen) -> Found:
        """What checks say that have to see all parts together, where definitions stand at the entry."""
        parts, likeness = _filled(seen), seen.likeness
        head = parts[0]
        owners = {id(section.section): part for part in parts for section in part.sections}
        stated = {id(each.statement) for each in head.definitions}
        whole = EntryFacts(
            head.concept, [each for part in parts for each in part.sections],
            [each for part in parts for each in part.terms], [each for part in parts for each in part.definitions],
            [each for part in parts for each in part.contexts],
            {each for part in parts for each in part.features}, likeness.id, likeness.line,
        )  # fmt: skip
        found = []
        for rank, check in self._joint:
            if check.needs is None or check.needs in whole.features:
                for remark in check.look(whole, self._options):
                    own = remark.section is None or id(remark.statement) in stated
                    facts = head if own else owners[id(remark.section)]
                    found.append((rank, self._finding(check.code, remark, facts)))
        return found

    def _of_bare(self, seen: Seen) -> Found:
        """What checks say of an entry in which nothing is defined."""
        terms = [each for mould in seen.moulds for each in mould.facts.terms]
        head, likeness = seen.moulds[0].facts.concept, seen.likeness
        facts = EntryFacts(head, [], terms, [], [], {"undefined"}, likeness.id, likeness.line)
        return [
            (rank, self._finding(check.code, remark, facts))
            for rank, check in self._bare for remark in check.look(facts, self._options)
        ]  # fmt: skip


def _filled(seen: Seen) -> list[EntryFacts]:
    """The facts of all parts; one that is there twice has facts of its own."""
    likeness, spoken, around = seen.likeness, seen.spoken, seen.around
    found: list[EntryFacts] = []
    line = likeness.line
    t = d = c = 0
    for at, mould in enumerate(seen.moulds):
        facts = mould.facts if mould not in seen.moulds[:at] else mould.gathered(anew=True)
        end, last, ending = t + mould.terms, d + mould.definitions, c + mould.contexts
        texts = Section(
            likeness.terms[t:end], (), likeness.definitions[d:last], spoken[d:last], likeness.contexts[c:ending],
            around[c:ending],
        )  # fmt: skip
        fill(facts, texts, likeness.id, line)
        found.append(facts)
        t, d, c = end, last, ending
        line += mould.skeleton.feeds
    return found


def _lowered(texts: Texts) -> Texts:
    return "\0".join(texts).lower().split("\0") if texts else ()
