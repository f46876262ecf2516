"""From the tree of a `tu` to a concept entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cctbx.formats.contract import ReadOptions
from cctbx.formats.dates import iso_date
from cctbx.formats.labels import with_lines
from cctbx.formats.leftover import Grammar, Reads, left_over
from cctbx.formats.losses import folded
from cctbx.formats.reporting import say
from cctbx.formats.tmx.names import CONCEPT_PROP, INLINES, TRANSACTIONS
from cctbx.formats.xml import XML_LANG, language_of, local, text_of
from cctbx.model import (
    CATEGORY,
    ConceptEntry,
    DataCategory,
    Inline,
    InlineKind,
    LanguageSection,
    Level,
    Metatype,
    TermSection,
    Text,
    fields_from,
    marked,
    statements,
)
from cctbx.model.quick import concept_entry, data_category, origin_of, term_section

__all__ = ["TOOLS", "UnitReader"]

TOOLS = frozenset({
    "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "datatype", "o-encoding", "usagecount",
    "lastusagedate",
})  # fmt: skip
"""Attributes by which tools tell each other how a memory was made and used: nothing of its texts is lost with them."""

_WHO = frozenset(name for _, date, person in TRANSACTIONS for name in (date, person))
_TAG = frozenset({XML_LANG, "lang"})
_READS: Grammar = {
    "tu": Reads(attributes=TOOLS | _WHO | {"tuid"}, many=frozenset({"note", "prop", "tuv"})),
    "tuv": Reads(attributes=TOOLS | _WHO | _TAG, many=frozenset({"note", "prop", "seg"})),
    "note": Reads(attributes=TOOLS | _TAG, text=True),
    "prop": Reads(attributes=TOOLS | _TAG | {"type"}, text=True),
    "seg": Reads(whole=True),
}


def _inline(node: Any) -> Inline:
    name = local(node)
    known = INLINES.get(name)
    kind = known.kind if known else InlineKind.OTHER
    said = tuple(sorted((_bare(key), value) for key, value in node.attrib.items()))
    return Inline(
        kind=kind, content=_parts(node), attributes=said, name=name if kind is InlineKind.OTHER else None
    )


def _bare(name: str) -> str:
    return name.rpartition("}")[2] if name.startswith("{") else name


def _parts(node: Any) -> tuple[str | Inline, ...]:
    parts: list[str | Inline] = [node.text or ""]
    for child in node:
        parts.append(_inline(child) if local(child) else "")
        parts.append(child.tail or "")
    joined = marked(tuple(parts))
    return ((joined,) if joined else ()) if isinstance(joined, str) else joined.parts


def _segment(node: Any) -> Text:
    return marked(_parts(node))


def _transactions(node: Any) -> Iterator[DataCategory]:
    """Creation and change of a `tu` or `tuv`."""
    for kind, date, person in TRANSACTIONS:
        group = []
        if when := node.get(date):
            group.append(data_category("date", iso_date(when), Metatype.DATE))
        if who := node.get(person):
            group.append(data_category("responsibility", who, Metatype.TRANSACTION_NOTE))
        if group:
            yield data_category("transactionType", kind, Metatype.TRANSACTION, group=tuple(group))


def _children(node: Any, name: str) -> Iterator[Any]:
    return (child for child in node if local(child) == name)


class UnitReader:
    """Reads the `tu` of one document. `place` makes lines of the document of those of the parser;
    `source` is the source language the header tells."""

    def __init__(self, options: ReadOptions) -> None:
        self.place: Callable[[int], int] = int
        self.source: str | None = None
        self._options = options

    def _line(self, node: Any) -> int:
        return self.place(node.sourceline)

    def _property(self, node: Any) -> DataCategory:
        """A property: `x-partOfSpeech` is the category of that name, any other type a private one."""
        kind = (node.get("type") or "").strip() or "prop"
        known = CATEGORY.get(kind.removeprefix("x-")) if kind.startswith("x-") else None
        return data_category(
            known.name if known else kind, text_of(node), known.metatype if known else Metatype.ADMINISTRATIVE,
            line=self._line(node),
        )  # fmt: skip

    def _note(self, node: Any) -> DataCategory:
        return data_category("note", text_of(node), Metatype.NOTE, line=self._line(node))

    def _terms(self, node: Any) -> list[TermSection]:
        """The term section of a `tuv`; a further segment makes a further one."""
        segments = list(_children(node, "seg"))
        stated = [*_transactions(node), *map(self._property, _children(node, "prop"))]
        stated += map(self._note, _children(node, "note"))
        fields = fields_from(Level.TERM, stated)
        line = self._line(node)
        if not segments:
            return [term_section("", line=line, **fields)] if stated else []
        first = term_section(_segment(segments[0]), line=line, **fields)
        return [first, *(term_section(_segment(each), line=self._line(each)) for each in segments[1:])]

    def _sections(self, node: Any, identifier: str) -> tuple[LanguageSection, ...]:
        terms: dict[str, list[TermSection]] = {}
        for each in _children(node, "tuv"):
            language, found = language_of(each), self._terms(each)
            if language is None:
                language = "und"
                say(self._options, "FMT107", "tuv without a language; read as und", line=self._line(each),
                    concept=identifier)  # fmt: skip
            if next(_children(each, "seg"), None) is None:
                say(self._options, "FMT109", "tuv without seg", line=self._line(each), concept=identifier,
                    language=language)  # fmt: skip
            if len(found) > 1:
                say(self._options, "FMT117", f"tuv has {len(found)} segments: read as synonyms", line=self._line(each),
                    concept=identifier, language=language)  # fmt: skip
            if found:
                terms.setdefault(language, []).extend(found)
        return tuple(LanguageSection(language=tag, terms=tuple(held)) for tag, held in terms.items())

    def _left(self, node: Any, identifier: str, tied: str | None) -> None:
        """Says what of a `tu` is not read; its source language is nothing new if it is that of the header."""
        told = node.get("srclang")
        for code, message, at in left_over(node, _READS):
            if at is not node or message != "not read: srclang of tu" or told not in (self.source, "*all*"):
                say(self._options, code, message, line=self._line(at), concept=identifier)
        own = node.get("tuid")
        if tied and own and not own.startswith(tied):
            say(self._options, "FMT116", f"tuid {own} is not read: the tu names its concept, {tied}",
                line=self._line(node), concept=identifier)  # fmt: skip

    def unit(self, node: Any, number: int) -> tuple[str | None, ConceptEntry]:
        """The concept a `tu` names as its own (in a bilingual file of ours), and its concept entry.

        `number` makes an id where the `tu` has none. Findings: FMT107, FMT109, FMT116, FMT117.
        """
        properties = list(map(self._property, _children(node, "prop")))
        tied = next((each.text for each in properties if each.category == CONCEPT_PROP), None)
        others = (each for each in properties if each.category != CONCEPT_PROP or each.text != tied)
        stated = [*_transactions(node), *others]
        identifier = tied or node.get("tuid") or f"c{number}"
        self._left(node, identifier, tied)
        origin = origin_of(self._options.file, self._line(node))
        entry = concept_entry(identifier, self._sections(node, identifier), origin=origin)
        lines = [line for each in _children(node, "note") if (line := folded(text_of(each)))]
        if lines:
            entry = with_lines(entry, lines)
        fields = fields_from(Level.CONCEPT, (*statements(entry), *stated))
        return tied, concept_entry(identifier, entry.languages, origin=origin, **fields)
