"""Entries built alike are written by a template: their markup is made once, then only the texts are put in.

The sample of a pattern is written by the quick writer with everything allowed; between its marks stands the template.
What may stand in the place of a mark (a value of a picklist, a date) is checked for each entry as that writer would.
A law in the tests states that both give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cctbx.formats.tbx.editions import Edition
from cctbx.formats.tbx.fastwriting import FastWriter, Form, Long
from cctbx.formats.tbx.serialising import escaped, quotable
from cctbx.model import ConceptEntry, DataCategory, Metatype, statements
from cctbx.model.patterns import Pattern, Repeated

__all__ = ["TemplateWriter"]

_MARK = re.compile("(¤[0-9]+¤)")


class _AnyLine(dict[str, str]):
    """A picklist that holds everything, as it is."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form

    def __contains__(self, value: object) -> bool:
        return True

    def __getitem__(self, value: str) -> str:
        return f"{self._form.open_alone}{value}{self._form.close_alone}"


class _AnyDate(set[str]):
    """All dates there are."""

    def __contains__(self, value: object) -> bool:
        return True


class _SampleWriter(FastWriter):
    """Writes samples: a mark may stand for any value."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition)
        self._dates = _AnyDate()
        for level in (self._concept, self._language, self._term):
            for form in level.forms:
                if form is not None and form.lines is not None:
                    form.lines = _AnyLine(form)


def _stated(sample: ConceptEntry) -> Iterator[DataCategory]:
    """Every statement of an entry, those in groups too."""
    waiting: list[DataCategory] = [*statements(sample)]
    for section in sample.languages:
        waiting += statements(section)
        for term in section.terms:
            waiting += statements(term)
    while waiting:
        statement = waiting.pop()
        waiting += statement.group
        yield statement


class _Template:
    """What is written of a pattern's entries: text, and at every second place one of their texts, in this order."""

    __slots__ = ("dates", "listed", "order", "parts")

    def __init__(self, written: str, pattern: Pattern, edition: Edition) -> None:
        places = {mark: place for place, mark in enumerate(pattern.marks)}
        self.parts = _MARK.split(written)
        self.order = [places[mark] for mark in self.parts[1::2]]
        self.listed: list[tuple[int, Mapping[str, str]]] = []
        self.dates: list[int] = []
        for statement in _stated(pattern.sample):
            place = places.get(statement.text)
            if place is None:
                continue
            category = statement.category
            if statement.metatype is Metatype.DATE:
                self.dates.append(place)
            elif category in edition.values:
                spelt = edition.spelt
                listed = {each: escaped(spelt.get((category, each), each)) for each in edition.values[category]}
                self.listed.append((place, listed))


class TemplateWriter(FastWriter):
    """The quick writer, with a quicker way for entries built alike."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition)
        self._samples: _SampleWriter | None = None
        self._templates: dict[Pattern, _Template | None] = {}

    def _template(self, pattern: Pattern) -> _Template | None:
        if pattern in self._templates:
            return self._templates[pattern]
        self._samples = self._samples or _SampleWriter(self._edition)
        written = self._samples.concept(pattern.sample, str)
        found = None if written is None else _Template(written, pattern, self._edition)
        if found is not None and sorted(found.order) != list(range(len(pattern.marks))):
            found = None
        self._templates[pattern] = found
        return found

    def repeated(self, entry: Repeated, identified: Callable[[str], str]) -> str | None:
        """The lines of an entry, or None if it has to go another way; `identified` makes its id valid and unique."""
        template = self._template(entry.pattern)
        if template is None:
            return None
        texts: list[Any] = entry.texts.copy()
        try:
            for place, listed in template.listed:
                texts[place] = listed[texts[place]]
            for place in template.dates:
                if texts[place] not in self._dates:
                    self._date(texts[place])
            if not entry.plain:
                self._escape(texts, {place for place, _ in template.listed})
        except (Long, KeyError):
            return None
        texts[0] = quotable(identified(entry.texts[0]))
        parts = template.parts.copy()
        parts[1::2] = [texts[place] for place in template.order]
        return "".join(parts)

    def _escape(self, texts: list[str], done: set[int]) -> None:
        for place, text in enumerate(texts):
            if place and place not in done:
                texts[place] = self._text(text)
