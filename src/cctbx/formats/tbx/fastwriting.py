"""The quick way to write a concept entry an edition can hold as it is; everything else is restricted first.

Each field of a level has a prepared opening and closing text; a picklist value has its whole line. The first thing
that is not plain (markup, an attribute, a statement in `others`, a value outside its list, an odd character) makes the
writer go the long way (`restriction`, `serialising`). A law in the tests states that both ways give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import compress
from operator import attrgetter
from typing import Any

from cctbx.formats.tbx.editions import GROUP_ONLY, Edition
from cctbx.formats.tbx.identifiers import is_name
from cctbx.formats.tbx.serialising import Serialiser, attribute, escaped, quotable
from cctbx.formats.tbx.spelling import is_reference, is_web_address, iso_date, valid_language
from cctbx.model import CATEGORIES, CATEGORY, Category, ConceptEntry, DataCategory, LanguageSection, Level, Metatype
from cctbx.model.levels import TermSection

__all__ = ["FastWriter", "Form", "Identified", "Long"]

_ODD = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_HOME = attrgetter("category", "metatype", "language", "id", "datatype", "target")
_NOTHING = (None, None, None)
_MARK = "\x00"
_DATES_LIMIT = _SAID_LIMIT = 4096


Identified = Callable[[Sequence[str], Sequence[str]], str | None]


class Long(Exception):  # noqa: N818 - not an error: the long way can write it
    """This entry has to be written the long way."""


class Form:
    """How a statement of one field is written at one level."""

    __slots__ = ("behind_target", "category", "close", "close_alone", "companions", "group_close", "home", "lines",
                 "metatype", "open", "open_alone")  # fmt: skip

    def __init__(self, edition: Edition, serialiser: Serialiser, category: Category, level: Level, indent: str) -> None:
        self.category = category.name
        self.metatype = category.metatype
        listed = edition.values.get(category.name)
        target = _MARK if category.metatype in _POINTING else None
        sample = DataCategory(category=category.name, metatype=category.metatype, value=_MARK, target=target)
        alone = "".join(serialiser.statement(sample, indent))
        self.open_alone, *self.behind_target, self.close_alone = alone.split(_MARK)
        self.lines: dict[str, str] | None = None
        if listed is not None:
            self.lines = {
                value: f"{self.open_alone}{escaped(edition.spelt.get((category.name, value), value))}{self.close_alone}"
                for value in listed
            }
        self.home = (category.name, category.metatype, *_NOTHING, None)
        self.companions: dict[tuple[object, ...], tuple[str, str]] = {}
        self.open = self.close = self.group_close = ""
        allowed = edition.companions.get(category.metatype, frozenset())
        if allowed and category.name not in edition.ungrouped:
            self._group(edition, serialiser, level, indent, sample, allowed)

    def _group(
        self, edition: Edition, serialiser: Serialiser, level: Level, indent: str, sample: DataCategory,
        allowed: frozenset[Metatype],
    ) -> None:  # fmt: skip
        for name, levels in edition.places.items():
            known = CATEGORY[name]
            home = GROUP_ONLY.get(name)
            fits = home is self.metatype if home else level in levels or name == "note"
            if known.metatype in allowed and fits and known.metatype in _PLAIN and name not in edition.values:
                companion = DataCategory(category=name, metatype=known.metatype, value=_MARK)
                opening, closing = "".join(serialiser.statement(companion, indent + "  ")).split(_MARK)
                self.companions[(name, known.metatype, *_NOTHING, None)] = (opening, closing)
        grouped = DataCategory(
            category=sample.category, metatype=sample.metatype, value=_MARK,
            group=(DataCategory(category="note", metatype=Metatype.NOTE, value=_MARK),),
        )  # fmt: skip
        head, _, rest = "".join(serialiser.statement(grouped, indent)).partition(_MARK)
        between, _, last = rest.partition(_MARK)
        self.open = head
        self.close = between[: between.index("\n") + 1]
        self.group_close = last[last.index("\n") + 1 :]


_PLAIN = {
    Metatype.NOTE, Metatype.DATE, Metatype.ADMINISTRATIVE, Metatype.ADMINISTRATIVE_NOTE, Metatype.DESCRIPTIVE_NOTE,
    Metatype.TRANSACTION_NOTE,
}  # fmt: skip
_POINTING = {Metatype.REFERENCE, Metatype.EXTERNAL_REFERENCE}
_WRITABLE = _PLAIN | _POINTING | {Metatype.DESCRIPTIVE, Metatype.TERM_NOTE, Metatype.TRANSACTION}


class _Level:
    """The fields of one level in the order they are written."""

    def __init__(self, edition: Edition, serialiser: Serialiser, level: Level, indent: str) -> None:
        held = [each for each in CATEGORIES if each.field and level in each.levels]
        held.sort(key=lambda each: each.metatype is not Metatype.TERM_NOTE)
        self.forms: tuple[Form | None, ...] = tuple(
            Form(edition, serialiser, each, level, indent)
            if level in edition.places.get(each.name, ()) and each.metatype in _WRITABLE else None
            for each in held
        )  # fmt: skip
        self.simple = sum(each.simple for each in held) if level is Level.TERM else 0
        self.fields: Callable[[object], tuple[Any, ...]] = attrgetter("others", "id", *(str(e.field) for e in held))


class FastWriter:
    """Writes entries of one edition that it can hold as they are."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        serialiser = Serialiser(edition)
        structure = edition.structure
        self._concept = _Level(edition, serialiser, Level.CONCEPT, "        ")
        self._language = _Level(edition, serialiser, Level.LANGUAGE, "          ")
        self._term = _Level(edition, serialiser, Level.TERM, "            ")
        self._entry = (structure.entry, f"      </{structure.entry}>\n")
        self._language_start = f"        <{structure.language}"
        self._language_end = f"        </{structure.language}>\n"
        self._term_start_with = f"          <{structure.term}{{}}>\n            <term>"
        self._term_start = self._term_start_with.format("")
        self._term_end = f"          </{structure.term}>\n"
        self._ids: list[str] = []
        self._targets: list[str] = []
        self._is_address = is_web_address if edition.web_only else is_reference
        self._languages: dict[str, str] = {}
        self._dates: set[str] = set()
        self._rest = 2 + self._term.simple
        self._term_rest = self._term.forms[self._term.simple :]
        self._said: dict[tuple[str | None, ...], str] = {}

    def concept(self, entry: ConceptEntry, identified: Identified) -> str | None:
        """The lines of an entry, or None if it has to go the long way.

        `identified` takes its id and those of its parts, in order, and the ids it refers to; it gives the id as it is
        to be written, or None if it or others cannot be written as they are.
        """
        if not entry.languages:
            return None
        self._ids, self._targets = [entry.id], []
        try:
            lines = self._opened(entry)
        except Long:
            return None
        identifier = identified(self._ids, self._targets)
        if identifier is None:
            return None
        name, ending = self._entry
        lines.append(ending)
        lines[0] = f"      <{name}{attribute('id', identifier)}>\n"
        return "".join(lines)

    def _opened(self, entry: ConceptEntry) -> list[str]:
        """The lines of an entry but for its end; the first, with its id, is left empty."""
        lines = [""]
        held = self._concept.fields(entry)
        if held[0]:
            raise Long
        self._stated(self._concept.forms, held[2:], lines)
        for section in entry.languages:
            self._section(section, lines)
        return lines

    def _section(self, section: LanguageSection, lines: list[str]) -> None:
        if not section.terms:
            raise Long
        held = self._language.fields(section)
        if held[0]:
            raise Long
        start = self._languages.get(section.language)
        if start is None:
            if valid_language(section.language) != section.language:
                raise Long
            start = f' xml:lang="{section.language}">\n'
            self._languages[section.language] = start
        lines.append(f"{self._language_start}{'' if held[1] is None else self._section_id(held[1])}{start}")
        self._stated(self._language.forms, held[2:], lines)
        for term in section.terms:
            self._section_of_term(term, lines)
        lines.append(self._language_end)

    def _section_id(self, identifier: str) -> str:
        if not self._edition.section_ids:
            raise Long
        return self._with_id(identifier)

    def _with_id(self, identifier: str) -> str:
        self._ids.append(identifier)
        return attribute("id", identifier)

    def _section_of_term(self, section: TermSection, lines: list[str]) -> None:
        term = section.term
        held = self._term.fields(section)
        if held[0] or type(term) is not str:
            raise Long
        start = self._term_start if held[1] is None else self._term_start_with.format(self._with_id(held[1]))
        lines.append(f"{start}{self._text(term)}</term>\n")
        said = held[2 : self._rest]
        known = self._said.get(said)
        lines.append(self._simple(said) if known is None else known)
        if any(rest := held[self._rest :]):
            self._stated(self._term_rest, rest, lines)
        lines.append(self._term_end)

    def _simple(self, said: tuple[str | None, ...]) -> str:
        """The lines of a term's simple fields: few combinations come again and again."""
        lines: list[str] = []
        self._stated(self._term.forms, said, lines)
        made = "".join(lines)
        if len(self._said) < _SAID_LIMIT:
            self._said[said] = made
        return made

    def _text(self, text: str) -> str:
        if not text.isprintable() and _ODD.search(text):
            raise Long
        if "&" in text or "<" in text or ">" in text:
            return escaped(text)
        return text

    def _stated(self, forms: tuple[Form | None, ...], held: tuple[Any, ...], lines: list[str]) -> None:
        for form, value in zip(compress(forms, held), filter(None, held), strict=True):
            if form is None:
                raise Long
            if type(value) is not str:
                for each in value:
                    self._statement(form, each, lines)
            elif form.lines is None:
                lines.append(f"{form.open_alone}{self._text(value)}{form.close_alone}")
            elif value in form.lines:
                lines.append(form.lines[value])
            else:
                raise Long

    def _statement(self, form: Form, statement: DataCategory, lines: list[str]) -> None:
        value, group = statement.value, statement.group
        if form.behind_target:
            lines.append(self._pointing(form, statement))
            return
        if type(value) is not str or _HOME(statement) != form.home:
            raise Long
        if form.lines is None:
            if not value.isprintable() or "&" in value or "<" in value or ">" in value:
                value = self._text(value)
        elif value in form.lines:
            value = escaped(self._edition.spelt.get((form.category, value), value))
        else:
            raise Long
        if not group:
            lines.append(f"{form.open_alone}{value}{form.close_alone}")
            return
        lines.append(f"{form.open}{value}{form.close}")
        for companion in group:
            value = companion.value
            spelt = form.companions.get(_HOME(companion))
            if spelt is None or type(value) is not str or companion.group:
                raise Long
            if companion.metatype is Metatype.DATE and value not in self._dates:
                self._date(value)
            if not value.isprintable() or "&" in value or "<" in value or ">" in value:
                value = self._text(value)
            lines.append(f"{spelt[0]}{value}{spelt[1]}")
        lines.append(form.group_close)

    def _pointing(self, form: Form, statement: DataCategory) -> str:
        """A reference that stands alone."""
        value, target = statement.value, statement.target
        if type(value) is not str or not target or statement.group or _HOME(statement)[:-1] != form.home[:-1]:
            raise Long
        pointing = f"{form.open_alone}{self._target(form, target)}{form.behind_target[0]}"
        return f"{pointing}{self._text(value)}{form.close_alone}"

    def _target(self, form: Form, target: str) -> str:
        """A target as it is to be written; one in the term base is remembered."""
        if form.metatype is Metatype.EXTERNAL_REFERENCE:
            return self._address(target)
        if not is_name(target) or Metatype.REFERENCE not in self._edition.linked:
            raise Long
        self._targets.append(target)
        return target

    def _address(self, target: str) -> str:
        if not self._is_address(target):
            raise Long
        return quotable(target)

    def _date(self, value: str) -> None:
        """Remembers a date that is one."""
        if iso_date(value) != value:
            raise Long
        if len(self._dates) < _DATES_LIMIT:
            self._dates.add(value)
