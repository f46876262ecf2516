"""Findings with their place: line, concept, language, term, path.

Places are worked out only when something is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice

from cctbx.findings import Finding, Severity
from cctbx.formats.tbx.validation.editions import Edition
from cctbx.formats.tbx.validation.modes import ValidationOptions, severity_in, severity_table
from cctbx.formats.tbx.validation.vocabulary import split_tag
from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["Reporter"]

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST = 80


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST else folded[: _LONGEST - 1] + "…"

_ALWAYS = frozenset({"TBX001", "TBX011", "TBX012"})
_NOWHERE: dict[str, str | None] = {}


_Place = tuple[dict[str, str | None], XmlElement | None]
_TOP: _Place = ({"path": ""}, None)


class Reporter:
    """Collects the findings of one file; `take` hands over what has come since the last time."""

    def __init__(self, file: str, options: ValidationOptions) -> None:
        self.file = file
        self.options = options
        self.edition: Edition | None = None
        self.entry_number = 0
        self._muted = False
        self._table: Mapping[str, Severity] = severity_table(options, "dca")
        self._found: list[Finding] = []
        self._places: dict[XmlElement, _Place] = {}
        self._terms: dict[XmlElement, str | None] = {}
        self._numbers: dict[XmlElement, dict[XmlElement, int]] = {}

    def style(self, style: str) -> None:
        """Severities follow the style of the file where the official schemas of the styles differ."""
        self._table = severity_table(self.options, style)

    def mute(self) -> None:
        """From here on only well-formedness and safety: nobody has said what such a file may hold."""
        self._muted = True

    def take(self) -> list[Finding]:
        """The findings since the last call."""
        found, self._found = self._found, []
        self._places.clear()
        self._terms.clear()
        self._numbers.clear()
        return found

    def at(
        self, code: str, message: str, *, line: int | None = None, advice: str | None = None,
        category: str | None = None, column: int | None = None, place: Mapping[str, str | None] = _NOWHERE,
    ) -> None:  # fmt: skip
        """Report at a line, with the place spelled out by the caller."""
        if self.options.wants(code) and not (self._muted and code not in _ALWAYS):
            self._found.append(
                Finding(
                    code=code, message=message, severity=severity_in(self._table, code), advice=advice,
                    file=self.file, line=line, column=column, category=category, concept=place.get("concept"),
                    language=place.get("language"), term=place.get("term"), path=place.get("path"),
                )
            )  # fmt: skip

    def on(
        self, code: str, message: str, element: XmlElement, *, advice: str | None = None,
        category: str | None = None,
    ) -> None:  # fmt: skip
        """Report at an element."""
        if self.options.wants(code):
            self.at(code, message, line=element.sourceline, advice=advice, category=category, place=self.place(element))

    def place(self, element: XmlElement) -> dict[str, str | None]:
        """Concept, language, term and path of an element."""
        found, section = self._place(element)
        if section is None:
            return found
        if section not in self._terms:
            self._terms[section] = _term_of(section)
        return {**found, "term": self._terms[section]}

    def _place(self, element: XmlElement) -> _Place:
        """The same but for the term, and the term section it stands in."""
        known = self._places.get(element)
        if known is not None:
            return known
        parent = element.getparent()
        above, section = self._place(parent) if parent is not None else _TOP
        found, edition = dict(above), self.edition
        if isinstance(element.tag, str):
            local = split_tag(element.tag)[1]
            found["path"] = f"{found['path']}/{self._step(element, local)}"
            if edition is None:
                pass
            elif local in edition.terms:
                section = element
            elif local == edition.language:
                found["language"] = element.get(_LANG)
            elif local == edition.entry and "concept" not in found:
                found["concept"] = element.get("id") or element.get("tuid") or f"entry {self.entry_number}"
        self._places[element] = found, section
        return found, section

    def _step(self, element: XmlElement, local: str) -> str:
        """The name of an element, numbered where its parent holds several of them."""
        if self.edition is not None and local == self.edition.entry:
            return f"{local}[{self.entry_number}]"
        parent = element.getparent()
        if parent is None or len(parent) == 1:
            return local
        number = self._numbers.get(parent, {}).get(element)
        if number is None:  # not looked at yet, or it has come since
            self._numbers[parent] = _numbers(parent)
            number = self._numbers[parent][element]
        return f"{local}[{number}]" if number else local


def _numbers(parent: XmlElement) -> dict[XmlElement, int]:
    """The children of an element, numbered among those of their name; 0 for the only one of a name."""
    total = Counter(child.tag for child in parent)
    seen: Counter[object] = Counter()
    made: dict[XmlElement, int] = {}
    for child in parent:
        seen[child.tag] += 1
        made[child] = seen[child.tag] if total[child.tag] > 1 else 0
    return made


def _term_of(section: XmlElement) -> str | None:
    term = next(section.iterfind(".//{*}term"), None)
    text = _short("".join(islice(term.itertext(), _LONGEST))) if term is not None else ""
    return text or None
