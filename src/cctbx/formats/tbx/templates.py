"""Entries built alike are written by a template: their markup is made once, then only the texts are put in.

The sample of a pattern is written by the quick writer with everything allowed; between its marks stands the template.
What may stand in the place of a mark (a value of a picklist, a date) is checked for each entry as that writer would.
A law in the tests states that both give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cctbx.formats.tbx.editions import Edition
from cctbx.formats.tbx.fastwriting import FastWriter, Form, Identified, Long
from cctbx.formats.tbx.identifiers import is_name
from cctbx.formats.tbx.serialising import attribute, escaped, quotable
from cctbx.model import ConceptEntry, DataCategory, LanguageSection, Metatype, statements
from cctbx.model.patterns import Pattern, Repeated

__all__ = ["TemplateWriter"]

AnyPattern = Pattern[ConceptEntry] | Pattern[LanguageSection]

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
    """Writes samples: a mark may stand for any value, or target."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition)
        self._dates = _AnyDate()
        for level in (self._concept, self._language, self._term):
            for form in level.forms:
                if form is not None and form.lines is not None:
                    form.lines = _AnyLine(form)

    def _target(self, form: Form, target: str) -> str:
        if form.metatype is Metatype.REFERENCE and Metatype.REFERENCE not in self._edition.linked:
            raise Long
        return target

    def written(self, sample: ConceptEntry | LanguageSection) -> str | None:
        """The lines of a section, or of an entry but for its end; None if there are none."""
        lines: list[str] = []
        try:
            if isinstance(sample, LanguageSection):
                self._section(sample, lines)
            else:
                lines = self._opened(sample)
                lines[0] = f"      <{self._entry[0]}{attribute('id', sample.id)}>\n"
        except Long:
            return None
        return "".join(lines)


def _stated(sample: ConceptEntry | LanguageSection) -> Iterator[DataCategory]:
    """Every statement of an entry or a section, those in groups too."""
    sections = sample.languages if isinstance(sample, ConceptEntry) else (sample,)
    waiting: list[DataCategory] = [*statements(sample)] if isinstance(sample, ConceptEntry) else []
    for section in sections:
        waiting += statements(section)
        for term in section.terms:
            waiting += statements(term)
    while waiting:
        statement = waiting.pop()
        waiting += statement.group
        yield statement


def _ids(sample: ConceptEntry | LanguageSection) -> Iterator[str]:
    """The ids of the language and term sections, in order."""
    for section in sample.languages if isinstance(sample, ConceptEntry) else (sample,):
        yield from filter(None, (section.id, *(term.id for term in section.terms)))


class _Template:
    """What is written of a pattern's entries: text, and at every second place one of their texts, in this order.

    `ids` are the texts that are ids of their sections and terms, `targets` and `addresses` what they refer to, in the
    term base and elsewhere. A place of -1 stands for what is the same in every entry, and not a text.
    """

    __slots__ = ("addresses", "dates", "ids", "listed", "order", "parts", "targets")

    def __init__(self, written: str, pattern: AnyPattern, edition: Edition) -> None:
        places = {mark: place for place, mark in enumerate(pattern.marks)}
        self.parts = _MARK.split(written)
        self.order = [places[mark] for mark in self.parts[1::2]]
        self.listed: list[tuple[int, Mapping[str, str]]] = []
        self.dates: list[int] = []
        self.ids = [places.get(each, -1) for each in _ids(pattern.sample)]
        self.targets: list[int] = []
        self.addresses: list[int] = []
        for statement in _stated(pattern.sample):
            if statement.target is not None:
                external = statement.metatype is Metatype.EXTERNAL_REFERENCE
                (self.addresses if external else self.targets).append(places.get(statement.target, -1))
            place = places.get(statement.text, -1)
            category = statement.category
            if statement.metatype is Metatype.DATE:
                self.dates.append(place)
            elif category in edition.values:
                spelt = edition.spelt
                listed = {each: escaped(spelt.get((category, each), each)) for each in edition.values[category]}
                self.listed.append((place, listed))

    @property
    def unchecked(self) -> bool:
        """Whether something has to be looked at that is not a text: an empty date, or value of a picklist."""
        listed = (place for place, _ in self.listed)
        return -1 in (*self.ids, *self.targets, *self.addresses, *self.dates, *listed)


class TemplateWriter(FastWriter):
    """The quick writer, with a quicker way for entries built alike."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition)
        self._samples: _SampleWriter | None = None
        self._templates: dict[AnyPattern, _Template | None] = {}

    def _template(self, pattern: AnyPattern) -> _Template:
        """What is written for a pattern. Raises `Long` where there is none."""
        if pattern not in self._templates:
            self._samples = self._samples or _SampleWriter(self._edition)
            self._templates[pattern] = self._made(self._samples.written(pattern.sample), pattern)
        template = self._templates[pattern]
        if template is None:
            raise Long
        return template

    def _made(self, written: str | None, pattern: AnyPattern) -> _Template | None:
        found = None if written is None else _Template(written, pattern, self._edition)
        if found is None or found.unchecked:
            return None
        if sorted(found.order) != list(range(len(pattern.marks))):
            return None
        return found

    def repeated(self, entry: Repeated, identified: Identified) -> str | None:
        """The lines of an entry, or None if it has to go another way; `identified` is that of `concept`."""
        if not entry.sections and not entry.pattern.sample.languages:
            return None
        plain = entry.plain
        self._ids, self._targets = [entry.texts[0]], []
        try:
            parts = self._filled(entry.pattern, entry.texts, plain)
            for pattern, _, texts in entry.sections:
                parts += self._filled(pattern, texts, plain)
        except (Long, KeyError):
            return None
        identifier = identified(self._ids, self._targets)
        if identifier is None:
            return None
        parts[1] = quotable(identifier)
        parts.append(self._entry[1])
        return "".join(parts)

    def _filled(self, pattern: AnyPattern, texts: list[str], plain: bool) -> list[str]:
        """The template of a pattern with its texts. Raises `Long`, or `KeyError` for a value outside its list."""
        template = self._templates.get(pattern) or self._template(pattern)
        if template.ids:
            self._ids += [texts[place] for place in template.ids]
        texts = texts.copy()
        for place, listed in template.listed:
            texts[place] = listed[texts[place]]
        for place in template.dates:
            if texts[place] not in self._dates:
                self._date(texts[place])
        if template.targets or template.addresses:
            self._refer(template, texts)
        if not plain:
            done = {*(place for place, _ in template.listed), *template.addresses}
            texts = [text if place in done else self._text(text) for place, text in enumerate(texts)]
        parts = template.parts.copy()
        parts[1::2] = [texts[place] for place in template.order]
        return parts

    def _refer(self, template: _Template, texts: list[str]) -> None:
        """Looks at what an entry refers to."""
        for place in template.targets:
            if not is_name(texts[place]):
                raise Long
            self._targets.append(texts[place])
        for place in template.addresses:
            texts[place] = self._address(texts[place])
