"""What TMX holds of a term base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cctbx.formats.contract import Keeps, WriteOptions
from cctbx.formats.dates import compact_date, iso_date
from cctbx.formats.labels import LABELLED
from cctbx.formats.losses import Keeper, Losses, folded, keep
from cctbx.formats.pairs import Direction, bilingual, distinct_terms
from cctbx.formats.tmx.names import CONCEPT_PROP, TRANSACTIONS, Element, element_of
from cctbx.model import (
    CATEGORIES,
    CATEGORY,
    ConceptEntry,
    DataCategory,
    Inline,
    Level,
    Metatype,
    TermBaseStream,
    Text,
    marked,
    plain,
)

__all__ = ["TMX_KEEPS", "chosen", "reduce"]

_TRANSACTIONS = (Metatype.TRANSACTION, Metatype.TRANSACTION_NOTE, Metatype.DATE)
_OF_TERMS = frozenset(
    (Level.TERM, each.name) for each in CATEGORIES if Level.TERM in each.levels and each.metatype not in _TRANSACTIONS
)
_DATED = frozenset({(Level.CONCEPT, "transactionType"), (Level.TERM, "transactionType")})

TMX_KEEPS = Keeps(
    statements=LABELLED | _OF_TERMS | _DATED, groups=False, header=False, references=False, nested=False, ids=False,
    sections=False,
)  # fmt: skip


class _TmxKeeper(Keeper):
    """Keeps private statements as properties, creation and change as attributes, and the inline codes TMX knows."""

    def statement(self, statement: DataCategory, level: Level) -> DataCategory | None:
        """What is kept of one statement, or None."""
        name = statement.category
        if name == "transactionType" and (level, name) in _DATED:
            return self._transaction(statement)
        if name not in CATEGORY and level is not Level.LANGUAGE and name != CONCEPT_PROP and folded(name):
            kept = super()._bare(statement)
            value = self._tidy(kept.value, name)
            if value:
                return DataCategory(category=folded(name), metatype=Metatype.ADMINISTRATIVE, value=value)
        found = super().statement(statement, level)
        if found is None:
            return None
        value = self._tidy(found.value, name)
        if value == found.value:
            return found
        return replace(found, value=value) if value else None

    def _tidy(self, value: Text, name: str) -> str:
        text = plain(value)
        if not isinstance(value, str):
            self.losses.lost("LOS051", f"inline markup of {name} is lost; its text is kept", category=name)
        if folded(text) != text:
            self.losses.lost("LOS058", f"line breaks or outer blanks of {name} become blanks or go", category=name)
        return folded(text)

    def _transaction(self, statement: DataCategory) -> DataCategory | None:
        """Creation or change with a date and a name, and nothing else."""
        kinds = [kind for kind, _, _ in TRANSACTIONS]
        date = compact_date(statement.date or "")
        person = statement.responsibility or ""
        if statement.text not in kinds or statement.metatype is not Metatype.TRANSACTION or not (date or person):
            self.losses.lost("LOS050", f"transaction {statement.text} has no place in TMX", category="transactionType")
            return None
        group = []
        if date:
            group.append(DataCategory(category="date", metatype=Metatype.DATE, value=iso_date(date)))
        if person:
            group.append(
                DataCategory(category="responsibility", metatype=Metatype.TRANSACTION_NOTE, value=person)
            )
        kept = DataCategory(
            category="transactionType", metatype=Metatype.TRANSACTION, value=statement.text, group=tuple(group)
        )
        if kept != statement:
            self.losses.lost("LOS052", f"of transaction {statement.text} only date and name are kept, the date in UTC",
                             category="transactionType")
        return kept

    def _single(self, kept: list[DataCategory]) -> list[DataCategory]:
        """One transaction of each type; any number of other statements."""
        seen: set[str] = set()
        found = []
        for each in kept:
            if each.category == "transactionType":
                if each.text in seen:
                    self.losses.lost("LOS060", f"a further {each.text} is lost", category="transactionType")
                    continue
                seen.add(each.text)
            found.append(each)
        order = [kind for kind, _, _ in TRANSACTIONS]
        return sorted(found, key=lambda each: order.index(each.text) if each.category == "transactionType" else -1)

    def text(self, text: Text, category: str) -> Text:
        """A term with the inline elements TMX allows where they stand; the others leave their text."""
        if category != "term" or isinstance(text, str):
            return text if category == "term" else plain(text)
        kept = marked(tuple(_inlines(text.parts, within=None)))
        if kept != text:
            self.losses.lost("LOS051", "inline markup TMX does not know is lost; its text is kept", category=category)
        return kept


def _inlines(parts: Iterable[str | Inline], within: Element | None) -> Iterator[str | Inline]:
    for part in parts:
        if isinstance(part, str):
            yield part
            continue
        element = element_of(part.kind, part.name)
        if element is None or not _may_stand(element, within) or not _well_said(part, element):
            yield from _inlines(part.content, within)
            continue
        content = marked(tuple(_inlines(part.content, element)))
        held = ((content,) if content else ()) if isinstance(content, str) else content.parts
        yield replace(part, content=held)


def _may_stand(element: Element, within: Element | None) -> bool:
    if within is None or within.holds == "text":
        return element.name != "sub"
    return element.name == "sub"


def _well_said(part: Inline, element: Element) -> bool:
    names = {name for name, _ in part.attributes}
    return names >= set(element.required) and names <= {*element.required, *element.optional}


_KEEPS = replace(TMX_KEEPS, single=frozenset({Level.CONCEPT, Level.TERM}))


def _filled(entries: Iterable[ConceptEntry], losses: Losses) -> Iterator[ConceptEntry]:
    """Entries that have terms, each term once a language."""
    for entry in entries:
        losses.concept = entry.id
        if not entry.languages:
            losses.lost("LOS067", "a concept without terms is left out")
            continue
        languages = tuple(distinct_terms(section, losses) for section in entry.languages)
        yield entry if languages == entry.languages else replace(entry, languages=languages)


def chosen(stream: TermBaseStream, options: WriteOptions) -> tuple[Direction | None, TermBaseStream]:
    """The stream as TMX holds it, and its direction where one target language is asked for."""
    if len(options.target_languages) == 1:
        return bilingual(stream, _KEEPS, options, keeper_type=_TmxKeeper)
    losses = Losses(options.report)
    language = options.source_language or stream.header.language
    if options.target_languages:
        from cctbx.formats.losses import chosen_languages

        stream = chosen_languages(stream, options)
    kept = keep(stream, _KEEPS, options.report, language=language, keeper_type=_TmxKeeper)
    return None, kept.map(lambda entries: _filled(entries, losses))


def reduce(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """What TMX holds of a stream."""
    return chosen(stream, options)[1]
