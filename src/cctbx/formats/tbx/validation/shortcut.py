"""The fast lane: entries whose markup is known to be faultless are checked without building a tree.

Term bases hold the same few ways to write a section or a term again and again; only ids and texts differ. When the
checker has found nothing wrong with an entry, the markup of each of its pieces is remembered with a plan: which texts
must be in a value list, which are dates, which ids and references there are. An entry that is made of known pieces
needs only their plans. All others go the long way, through the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from cctbx.formats.tbx.validation.cutting import Cut, Scissors
from cctbx.formats.tbx.validation.ground import Ground
from cctbx.formats.tbx.validation.patterns import Patterns
from cctbx.formats.tbx.validation.planning import Planner, elements_of, repeats
from cctbx.formats.tbx.validation.plans import (
    ADDRESS,
    ANYTHING,
    Plan,
    PlanParts,
    Pointer,
    day,
    day_or_moment,
    joined,
    made,
    offsets,
)
from cctbx.formats.tbx.validation.references import CROSS_REFERENCE, ENTRY, REFERENCE
from cctbx.formats.tbx.validation.values import is_name
from cctbx.formats.tbx.validation.vocabulary import Shape
from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["Shortcut", "harmless"]

_MOST = 6000
_LONGEST = 1 << 16
_MOST_BYTES = 1 << 22
_CREDIT = 3000
"""So many more pieces are learnt than entries have been accepted."""
_HEX = "[0-9a-fA-F]"
_CODE = f"3[2-9]|[4-9][0-9]|[1-9][0-9]{{2,3}}|x(?:0{{0,2}}[2-9a-fA-F]{_HEX}|0?[1-9a-fA-F]{_HEX}{{2}}|[1-9a-cA-C]{_HEX}{{3}})"
_REFERENCE = re.compile(f"&(?!(?:amp|lt|gt|quot|apos|#(?:9|1[03]|x[9aAdD]|{_CODE}));)".encode())
"""A reference that may not be to a character that XML knows or permits."""
_ILLEGAL = tuple(bytes([code]) for code in range(32) if code not in b"\t\n\r")


def harmless(block: bytes) -> bool:
    """Whether these bytes are UTF-8 without a character that XML forbids, as far as the last tag in them."""
    if b"\xef" in block and (b"\xef\xbf\xbe" in block or b"\xef\xbf\xbf" in block):
        return False
    if any(each in block for each in _ILLEGAL):  # one byte after the other is quicker than all at once
        return False
    try:
        block[: block.rfind(b">") + 1].decode()
    except UnicodeDecodeError:
        return False
    return True


class _Known:
    """Plans by the markup they are for, within bounds."""

    def __init__(self) -> None:
        self.plans: dict[bytes, Plan] = {}
        self._bytes = 0

    @property
    def full(self) -> bool:
        """Whether there is no room for another."""
        return len(self.plans) >= _MOST or self._bytes >= _MOST_BYTES

    def add(self, markup: bytes, plan: Plan) -> None:
        """Remember a plan, if there is room for it."""
        if len(markup) < _LONGEST and not self.full:
            self.plans[markup] = plan
            self._bytes += len(markup)

    def clear(self) -> None:
        """Forget them all."""
        self.plans.clear()
        self._bytes = 0


class Shortcut:
    """The plans of one file, whose elements have this prefix."""

    def __init__(self, ground: Ground, prefix: str | None) -> None:
        options = ground.options
        strict = options.mode == "strict"
        self._vocabulary = ground.vocabulary
        self._references = ground.references
        self._longest = options.limits.attribute
        self._day = day if strict else day_or_moment
        self._scissors = Scissors(ground.vocabulary.edition, prefix)
        self._planner = Planner(ground.vocabulary, ground.limits, strict=strict)
        self._heads, self._sections, self._parts = _Known(), _Known(), _Known()
        self._patterns = Patterns()
        self._credit = _CREDIT

    # -- looking up ------------------------------------------------------------------------------------------------

    def knows(self, data: bytes, start: int, line: int) -> tuple[int, int] | None:
        """As `accepts`, at a place of the data, for what looks just like entries that came often lately: where it
        ends, and how many line breaks it has."""
        found = self._patterns.find(data, start)
        if found is None:
            return None
        pattern, entry = found
        if data.find(b"&", start, entry.end()) >= 0 and _REFERENCE.search(data, start, entry.end()):
            return None
        for group in pattern.dates:
            if not self._day(entry[group]):
                return None
        values = [entry[group].decode() for group in pattern.values]
        if not self._pointers_hold(values, pattern.pointers):
            return None
        self._note(values, pattern.pointers, pattern.offsets, line)
        return entry.end(), pattern.breaks

    def accepts(self, entry: bytes, line: int) -> bool:
        """Whether an entry is faultless for sure; then its ids and references are remembered. `line`: its first.

        It must be `harmless`.
        """
        if b"&" in entry and _REFERENCE.search(entry):
            return False
        cut = self._scissors.cut(entry)
        if cut is None:
            return False
        plans = self._plans(cut)
        if not plans or not self._texts_hold(plans, cut.texts):
            return False
        values = [each.decode() for each in cut.pointers]
        pointers = plans[0].pointers
        if len(pointers) != len(values):
            pointers = tuple([pointer for plan in plans for pointer in plan.pointers])
        if not self._pointers_hold(values, pointers):
            return False
        self._note(values, pointers, plans[0].offsets if len(values) == 1 else offsets(plans, cut), line)
        self._credit = min(self._credit + 1, _CREDIT)
        self._patterns.came(plans, cut)
        return True

    def _plans(self, cut: Cut) -> list[Plan]:
        """The plans of an entry; empty: it is not all known."""
        plans = list(map(self._sections.plans.get, cut.pieces))
        plans[0] = self._heads.plans.get(cut.pieces[0])
        if None in plans[1:] and plans[0] is not None:
            plans[1:] = map(self._section, cut.pieces[1:])
        return [] if None in plans or len(plans) < 2 else cast("list[Plan]", plans)

    def _section(self, section: bytes) -> Plan | None:
        """The plan for a section, which may be made from those for its start tag, its statements and its terms."""
        known = self._sections.plans.get(section)
        if known is not None:
            return known
        parts: list[PlanParts] = []
        for at, stretch in enumerate(self._scissors.section_cut(section)):
            part = self._parts.plans.get(stretch.rstrip() if at != 1 else stretch)
            if part is None:
                return None
            parts.append(replace(part.parts, breaks=stretch.count(b"\n")))
        if not parts:
            return None
        if self._sections.full:
            self._sections.clear()
        plan = made(joined(parts))
        self._sections.add(section, plan)
        return plan

    def _texts_hold(self, plans: Iterable[Plan], texts: list[bytes]) -> bool:
        """Whether values are in their lists, and dates are dates."""
        at = 0
        for plan in plans:
            if plan.chosen is not None:
                choice = plan.chosen(texts[at : at + plan.texts])
                if choice not in plan.good and not plan.allows(choice):
                    return False
            for place in plan.dates:
                if not self._day(texts[at + place]):
                    return False
            at += plan.texts
        return True

    # -- ids and references ----------------------------------------------------------------------------------------

    def _pointers_hold(self, values: list[str], pointers: Sequence[Pointer]) -> bool:
        """Whether ids, references and addresses are as they should be, and no reference is to one of these ids.

        What will be found is said of the entry, by its id: that must be there.
        """
        if not pointers:
            return True
        if pointers[0].kind != ENTRY:
            return False
        found: tuple[set[str], set[str]] = set(), set()
        for value, pointer in zip(values, pointers, strict=True):
            if len(value) > self._longest:
                return False
            if pointer.kind == ADDRESS:
                if not value.startswith(("http://", "https://")):
                    return False
            elif pointer.kind != ANYTHING:
                if not is_name(value):
                    return False
                found[pointer.kind in (REFERENCE, CROSS_REFERENCE)].add(value)
        return found[0].isdisjoint(found[1])

    def _note(self, values: list[str], pointers: Sequence[Pointer], breaks: Iterable[int], line: int) -> None:
        """Remember ids and references."""
        for value, pointer, offset in zip(values, pointers, breaks, strict=True):
            if pointer.kind >= 0:
                self._references.note(value, pointer.kind, line + offset, values[0])

    # -- learning --------------------------------------------------------------------------------------------------

    def learn(self, entry: bytes, element: XmlElement) -> None:
        """Remember the markup of an entry in which the checker found nothing wrong."""
        if self._credit <= 0 or b"<!" in entry or b"<?" in entry:
            return
        cut = self._scissors.cut(entry)
        edition, shape = self._vocabulary.edition, self._vocabulary[element.tag].shape
        children = [each for each in element if isinstance(each.tag, str)]
        before, sections = self._divided(children, frozenset({edition.language}))
        if cut is None or shape is None or not sections or len(sections) + 1 != len(cut.pieces):
            return
        if self._free(shape, before, frozenset({edition.language})):
            head = (element, *(each for child in before for each in elements_of(child)))
            self._remember(self._heads, cut.pieces[0], iter(head), depth=1)
        for section, markup in zip(sections, cut.pieces[1:], strict=True):
            if markup not in self._sections.plans:
                self._learn_section(section, markup)

    def _divided(
        self, children: list[XmlElement], names: frozenset[str]
    ) -> tuple[list[XmlElement], list[XmlElement]]:  # fmt: skip
        """Children before the first of these names, and those from there on, if all are of them; else none."""
        known = [self._vocabulary[each.tag].name in names for each in children]
        first = known.index(True) if True in known else len(known)
        return children[:first], children[first:] if all(known[first:]) else []

    def _free(self, shape: Shape, before: list[XmlElement], names: frozenset[str]) -> bool:
        """Whether behind these children any number of such elements may follow, one or more."""
        if shape.matcher is None:
            return False
        state = 0
        for each in before:
            state = shape.matcher.step(state, self._vocabulary[each.tag].name)
            if state < 0:
                return False
        return repeats(shape.matcher, state, names)

    def _learn_section(self, section: XmlElement, markup: bytes) -> None:
        """Remember the start tag of a section, what stands before its terms, and these."""
        edition, shape = self._vocabulary.edition, self._vocabulary[section.tag].shape
        before, terms = self._divided([each for each in section if isinstance(each.tag, str)], edition.terms)
        parts = self._scissors.section_cut(markup)
        if shape is None or not terms or len(parts) != len(terms) + 2 or not self._free(shape, before, edition.terms):
            return
        self._remember(self._parts, parts[0], iter((section,)), depth=1)
        self._remember(self._parts, parts[1], (each for child in before for each in elements_of(child)))
        for term, part in zip(terms, parts[2:], strict=True):
            self._remember(self._parts, part.rstrip(), elements_of(term))

    def _remember(self, where: _Known, markup: bytes, elements: Iterator[XmlElement], *, depth: int = 0) -> None:
        """Remember a plan for markup that leaves so many elements open."""
        if markup in where.plans:
            return
        self._credit -= 1
        parts = self._planner.plan(markup, elements, depth)
        if parts is not None:
            where.add(markup, made(parts))
