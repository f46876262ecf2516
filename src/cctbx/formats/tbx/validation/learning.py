"""Learns the markup of entries in which the checker found nothing wrong, as long as that pays."""

from __future__ import annotations

from collections.abc import Iterator

from cctbx.formats.tbx.validation.cutting import Scissors
from cctbx.formats.tbx.validation.known import Known, Shelf
from cctbx.formats.tbx.validation.planning import Planner, elements_of, repeats
from cctbx.formats.tbx.validation.plans import made
from cctbx.formats.tbx.validation.vocabulary import Shape, Vocabulary
from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["Learner"]

_CREDIT = 3000
"""So many more pieces are learnt than entries turn out to be made of what is known."""


class Learner:
    """Brings plans to what is known of a file."""

    def __init__(self, vocabulary: Vocabulary, scissors: Scissors, planner: Planner, known: Known) -> None:
        self._vocabulary = vocabulary
        self._scissors = scissors
        self._planner = planner
        self._known = known
        self._credit = _CREDIT

    def paid(self) -> None:
        """An entry was made of what is known."""
        self._credit = min(self._credit + 1, _CREDIT)

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
            self._remember(self._known.heads, cut.pieces[0], iter(head), depth=1)
        for section, markup in zip(sections, cut.pieces[1:], strict=True):
            if markup not in self._known.sections.plans:
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
        self._remember(self._known.parts, parts[0], iter((section,)), depth=1)
        self._remember(self._known.parts, parts[1], (each for child in before for each in elements_of(child)))
        for term, part in zip(terms, parts[2:], strict=True):
            self._remember(self._known.parts, part.rstrip(), elements_of(term))

    def _remember(self, where: Shelf, markup: bytes, elements: Iterator[XmlElement], *, depth: int = 0) -> None:
        """Remember a plan for markup that leaves so many elements open."""
        if markup in where.plans:
            return
        self._credit -= 1
        parts = self._planner.plan(markup, elements, depth)
        if parts is not None:
            where.add(markup, made(parts))
