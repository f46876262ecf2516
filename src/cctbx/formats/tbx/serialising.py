"""From model values to lines of XML: one element a line, attributes in one order, nothing an edition does not have.

What comes in was restricted to the edition (`restriction`), so nothing is checked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cctbx.formats.tbx.components import COMPONENT_LIST
from cctbx.formats.tbx.editions import Edition
from cctbx.formats.tbx.names import METATYPES, PREFIX_OF, XML_LANG
from cctbx.model import ConceptEntry, DataCategory, Inline, InlineKind, LanguageSection, Metatype, TermSection, Text
from cctbx.model.categories import LevelValue, statements

__all__ = ["Serialiser", "attribute", "escaped", "quotable"]

_M = Metatype
_TRANSLATED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans({
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
})  # fmt: skip
_GROUPS = {
    _M.ADMINISTRATIVE: "adminGrp",
    _M.DESCRIPTIVE: "descripGrp",
    _M.TERM_NOTE: "termNoteGrp",
    _M.TRANSACTION: "transacGrp",
}
_IN_CORE = {_M.NOTE: "note", _M.DATE: "date"}


def escaped(text: str) -> str:
    """Character data; a carriage return is written as a reference, or reading would make a line feed of it."""
    return text.translate(_TRANSLATED)


def quotable(text: str) -> str:
    """The value of an attribute, as it stands between the quotes."""
    return text.translate(_IN_ATTRIBUTE)


def attribute(name: str, value: str | None) -> str:
    """An attribute with a blank before it, or nothing for None."""
    return "" if value is None else f' {name}="{quotable(value)}"'


class Serialiser:
    """Writes concept entries of one edition as lines."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        structure = edition.structure
        self._inlines = {
            InlineKind.HIGHLIGHT: "hi", InlineKind.FOREIGN: "foreign", InlineKind.PLACEHOLDER: "ph",
            InlineKind.START_CODE: structure.start_code, InlineKind.END_CODE: structure.end_code,
        }  # fmt: skip

    def text(self, text: Text) -> str:
        """A text with its markup."""
        if isinstance(text, str):
            return text.translate(_TRANSLATED)
        return self._content(text.parts)

    def _content(self, parts: Iterable[str | Inline]) -> str:
        return "".join(
            part.translate(_TRANSLATED) if isinstance(part, str) else self._inline(part) for part in parts
        )

    def _inline(self, inline: Inline) -> str:
        name = self._inlines.get(inline.kind) or str(inline.name)
        attributes = "".join(attribute(key, value) for key, value in inline.attributes)
        if not inline.content:
            return f"<{name}{attributes}/>"
        return f"<{name}{attributes}>{self._content(inline.content)}</{name}>"

    def statement(self, statement: DataCategory, indent: str) -> Iterator[str]:
        """The lines of one statement: an element, or a group with its companions."""
        metatype = statement.metatype
        group = _GROUPS.get(metatype) if statement.group or metatype is _M.TRANSACTION else None
        identifier = statement.id
        on_group = identifier is not None and self.edition.elements and metatype not in _IN_CORE
        if on_group:
            group = _GROUPS.get(metatype)
        if group is None:
            yield f"{indent}{self._element(statement, identifier)}\n"
            return
        yield f"{indent}<{group}{attribute('id', identifier) if on_group else ''}>\n"
        yield f"{indent}  {self._element(statement, None if on_group else identifier)}\n"
        for companion in statement.group:
            yield from self.statement(companion, indent + "  ")
        yield f"{indent}</{group}>\n"

    def _element(self, statement: DataCategory, identifier: str | None) -> str:
        metatype, category = statement.metatype, statement.category
        name = _IN_CORE.get(metatype)
        said = attribute("id", identifier)
        if name is None and self.edition.elements:
            name = PREFIX_OF[category]
        elif name is None:
            name = METATYPES[metatype]
            said += f' type="{category}"'
        said += attribute(XML_LANG, statement.language)
        said += attribute("target", statement.target) + attribute("datatype", statement.datatype)
        value = statement.value
        if isinstance(value, str):
            value = self.edition.spelt.get((category, value), value)
        return f"<{name}{said}>{self.text(value)}</{name}>"

    def concept(self, entry: ConceptEntry) -> Iterator[str]:
        """The lines of a concept entry."""
        name = self.edition.structure.entry
        yield f"      <{name}{attribute('id', entry.id)}>\n"
        yield from self._stated(entry, "        ")
        for section in entry.languages:
            yield from self._language(section)
        yield f"      </{name}>\n"

    def _stated(self, level: LevelValue, indent: str) -> Iterator[str]:
        for statement in statements(level):
            yield from self.statement(statement, indent)

    def _language(self, section: LanguageSection) -> Iterator[str]:
        name = self.edition.structure.language
        yield f"        <{name}{attribute('id', section.id)}{attribute(XML_LANG, section.language)}>\n"
        yield from self._stated(section, "          ")
        for term in section.terms:
            yield from self._term(term)
        yield f"        </{name}>\n"

    def _term(self, section: TermSection) -> Iterator[str]:
        stated = list(statements(section))
        notes = [each for each in stated if each.metatype is _M.TERM_NOTE]
        others = [each for each in stated if each.metatype is not _M.TERM_NOTE]
        name, inner = self.edition.structure.term, "            "
        components = [each for each in others if each.category == COMPONENT_LIST]
        nested = name == "tig" and (components or any(note.group for note in notes))  # 2008: only ntig holds these
        if nested:
            name = "ntig"
        yield f"          <{name}{attribute('id', section.id)}>\n"
        if nested:
            yield "            <termGrp>\n"
            inner += "  "
        yield f"{inner}<term>{self.text(section.term)}</term>\n"
        for note in notes:
            yield from self.statement(note, inner)
        for components_list in components:
            yield f"{inner}{self.text(components_list.value)}\n"
            others.remove(components_list)
        if nested:
            yield "            </termGrp>\n"
        for other in others:
            yield from self.statement(other, "            ")
        yield f"          </{name}>\n"
