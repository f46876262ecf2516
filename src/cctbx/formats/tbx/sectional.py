"""Concept entries whose head and sections have been seen before are read by these, however they are combined.

A stretch of an entry (its head, or a language section) whose markup comes again is read by itself, once, in a small
entry made for it; the result becomes a pattern. A law in the tests states that entries come out the same.
"""

from __future__ import annotations

from typing import Any

from cctbx.formats.shapes import pattern_of
from cctbx.formats.tbx.fastreading import ODD, Irregular, unescaped
from cctbx.formats.tbx.sampling import Sampler, Slot
from cctbx.formats.tbx.sections import TAKEN, Cut, Cutter, Markup
from cctbx.formats.tbx.trees import Prologue
from cctbx.model import ConceptEntry, LanguageSection, statements
from cctbx.model.patterns import Pattern, Repeated, Section

__all__ = ["SectionalReader"]

_SEEN_LIMIT = 1 << 15
_STRETCHES_LIMIT = 1 << 13
_TRIAL = 2048
"""Of so many entries a third must have been read; else looking for sections costs more than it brings."""
_ORDER = ("id", "target", "")


class _Stretch:
    """A pattern of heads or of sections, with the line feeds they have.

    `pointers`: how many of the texts are ids or targets; they come first. `picked`: the texts that are of picklists.
    `last`: whether the entry ends with it.
    """

    __slots__ = ("feeds", "last", "pattern", "picked", "pointers")

    def __init__(
        self, sampler: Sampler, sample: ConceptEntry | LanguageSection, own: int, markup: Markup, last: bool
    ) -> None:
        """`own`: how many of the sampler's slots belong to the entry that was made for the sample."""
        kinds = sampler.kinds[own:]
        order = sorted(range(len(kinds)), key=lambda at: _ORDER.index(kinds[at]))
        places = {at + own: place for place, at in enumerate(order)}
        self.pattern: Pattern[Any] = pattern_of(
            sample, lambda text: places[text.place] if isinstance(text, Slot) else None, len(kinds)
        )
        self.feeds = sum(each.count("\n") for each in markup)
        self.last = last
        self.picked = [(places[at], picked) for at, picked in sampler.picked]
        self.pointers = sum(map(bool, kinds))


def _markup(sampler: Sampler) -> list[str]:
    """What `Cutter` makes of an entry the sampler has read."""
    made = [sampler.literals[0]]
    for kind, literal in zip(sampler.kinds, sampler.literals[1:], strict=True):
        if kind:
            made[-1] += TAKEN + literal
        else:
            made.append(literal)
    return made


class SectionalReader:
    """Reads the entries of one document by their heads and sections."""

    def __init__(self, prologue: Prologue, file: str) -> None:
        self._sampler = Sampler(prologue, file)
        self._cutter = Cutter()
        self._known: dict[Markup, _Stretch | None] = {}
        self._seen: set[int] = set()
        self._looked = self._found = 0
        self.given_up = False
        """Whether sections are no longer looked for."""

    def item(self, text: str, line: int) -> Repeated | None:
        """The entry of this text, whose first line is `line`, if all of it is of known patterns."""
        if self.given_up:
            return None
        self._looked += 1
        if self._looked == _TRIAL:
            self.given_up = self._found * 3 < _TRIAL
            self._looked = self._found = 0
        found = self._cutter.cut(text)
        if found is None:
            return None
        try:
            made = self._made(*found, line)
        except Irregular:
            return None
        except KeyError:
            self._learn(found[0], text)
            return None
        self._found += 1
        return made

    def _made(self, cuts: list[Cut], joined: str, line: int) -> Repeated:
        """The same. Raises `KeyError` for markup that is not known, `Irregular` for odd texts."""
        known, plain, references = self._known, joined.isprintable(), "&" in joined
        if not plain and ODD.search(joined):
            raise Irregular
        sections: list[Section] = []
        first, ends = line, 0
        for markup, texts in cuts:
            stretch = known[markup]
            if stretch is None:
                raise Irregular
            if references:
                texts = [unescaped(each) if "&" in each else each for each in texts]
            if not plain and not all(map(str.isprintable, texts[: stretch.pointers])):
                raise Irregular
            for place, picked in stretch.picked:
                texts[place] = picked[texts[place]]
            sections.append((stretch.pattern, line, texts))
            line += stretch.feeds
            ends += stretch.last
        if ends != 1 or stretch is None or not stretch.last:
            raise Irregular
        head: Any = sections.pop(0)
        return Repeated(head[0], first, head[2], plain and not references, sections)

    def _learn(self, cuts: list[Cut], text: str) -> None:
        """Markup that is seen for the second time becomes a pattern, if one can be had."""
        self._cutter.look_again()
        stretches = text.split(self._cutter.opening)
        for at, (markup, _) in enumerate(cuts):
            if markup in self._known or len(self._known) >= _STRETCHES_LIMIT:
                continue
            mark = hash(markup)
            if mark in self._seen:
                self._known[markup] = self._sampled(stretches[at], markup, at == 0, at == len(cuts) - 1, text)
            elif len(self._seen) < _SEEN_LIMIT:
                self._seen.add(mark)

    def _sampled(self, stretch: str, markup: Markup, first: bool, last: bool, text: str) -> _Stretch | None:
        """The pattern of a stretch of an entry, if it can be read by itself."""
        _, ended, name = text.rpartition("</")
        if not ended:  # its end is missing
            return None
        closing, name = ended + name, name[:-1].rstrip()
        start, end = "" if first else f'<{name} id="{TAKEN}">{self._cutter.opening}', "" if last else closing
        sampler = self._sampler
        try:
            sample = sampler.sample(start.replace(TAKEN, "c") + stretch + end)
        except Irregular:
            return None
        expected = [f"<{each}>" for each in markup]  # the cutter leaves out what all texts have round them
        expected[0] = start + expected[0][1:]
        expected[-1] = expected[-1][:-1]
        expected[-1] += end
        if _markup(sampler) != expected:
            return None
        if first:
            leading = isinstance(sample.id, Slot) and sample.id.place == 0
            return _Stretch(sampler, sample, 0, markup, last) if leading and not sample.languages else None
        if len(sample.languages) != 1 or any(statements(sample)):
            return None
        return _Stretch(sampler, sample.languages[0], 1, markup, last)
