"""From the tree of a `tu` to a concept entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cctbx.formats.contract import ReadOptions
from cctbx.formats.dates import iso_date
from cctbx.formats.labels import with_lines
from cctbx.formats.losses import folded
from cctbx.formats.reporting import say
from cctbx.formats.tmx.names import CONCEPT_PROP, INLINES, TRANSACTIONS
from cctbx.formats.xml import language_of, local, text_of
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

__all__ = ["UnitReader"]


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
    """Reads the `tu` of one document. `shift` is added to the lines of the parser that gives them."""

    def __init__(self, options: ReadOptions) -> None:
        self.shift = 0
        self._options = options

    def _line(self, node: Any) -> int:
        return int(node.sourceline) + self.shift

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

    def _term(self, node: Any) -> tuple[str | None, TermSection | None]:
        """The language of a `tuv` and its term section; None for what is missing."""
        segment = next(_children(node, "seg"), None)
        if segment is None:
            return language_of(node), None
        stated = [*_transactions(node), *map(self._property, _children(node, "prop"))]
        stated += map(self._note, _children(node, "note"))
        fields = fields_from(Level.TERM, stated)
        return language_of(node), term_section(_segment(segment), line=self._line(node), **fields)

    def _sections(self, node: Any, identifier: str) -> tuple[LanguageSection, ...]:
        terms: dict[str, list[TermSection]] = {}
        for each in _children(node, "tuv"):
            language, term = self._term(each)
            if language is None:
                language = "und"
                say(self._options, "FMT107", "tuv without a language; read as und", line=self._line(each),
                    concept=identifier)  # fmt: skip
            if term is None:
                say(self._options, "FMT109", "tuv without seg", line=self._line(each), concept=identifier,
                    language=language)  # fmt: skip
                continue
            terms.setdefault(language, []).append(term)
        return tuple(LanguageSection(language=tag, terms=tuple(held)) for tag, held in terms.items())

    def unit(self, node: Any, number: int) -> tuple[str | None, ConceptEntry]:
        """The concept a `tu` names as its own (in a bilingual file of ours), and its concept entry.

        `number` makes an id where the `tu` has none. Findings: FMT107, FMT109.
        """
        properties = list(map(self._property, _children(node, "prop")))
        tied = next((each.text for each in properties if each.category == CONCEPT_PROP), None)
        stated = [*_transactions(node), *(each for each in properties if each.category != CONCEPT_PROP)]
        identifier = tied or node.get("tuid") or f"c{number}"
        origin = origin_of(self._options.file, self._line(node))
        entry = concept_entry(identifier, self._sections(node, identifier), origin=origin)
        lines = [line for each in _children(node, "note") if (line := folded(text_of(each)))]
        if lines:
            entry = with_lines(entry, lines)
        fields = fields_from(Level.CONCEPT, (*statements(entry), *stated))
        return tied, concept_entry(identifier, entry.languages, origin=origin, **fields)
