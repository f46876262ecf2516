"""What MultiTerm XML holds of a term base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cctbx.formats.contract import Keeps, WriteOptions
from cctbx.formats.losses import Keeper, chosen_languages, folded, keep
from cctbx.formats.multiterm.names import CONCEPT_ID, canonical_tag, category_of, spelt
from cctbx.model import CATEGORIES, CATEGORY, ConceptEntry, DataCategory, Level, Metatype, TermBaseStream, plain

__all__ = ["MTF_KEEPS", "TRANSACTIONS", "reduce"]

TRANSACTIONS = ("origination", "modification")
_TRANSACTIONS = (Metatype.TRANSACTION, Metatype.TRANSACTION_NOTE, Metatype.DATE)

MTF_KEEPS = Keeps(
    statements=frozenset((level, each.name) for each in CATEGORIES for level in Level
                         if each.metatype not in _TRANSACTIONS)
    | {(level, "transactionType") for level in Level},
    markup=False, groups=False, header=False, references=False, nested=False, ids=False, sections=False,
)  # fmt: skip


class _MtfKeeper(Keeper):
    """Keeps companions as nested fields, private statements as fields of their own name, and dated transactions."""

    def statement(self, statement: DataCategory, level: Level) -> DataCategory | None:
        """What is kept of one statement, or None."""
        if statement.category == "transactionType" and statement.metatype is Metatype.TRANSACTION:
            return self._transaction(statement)
        if statement.category not in CATEGORY:
            return self._private(statement)
        found = super().statement(statement, level)
        return None if found is None else self._spelt(found)

    def _spelt(self, statement: DataCategory) -> DataCategory:
        """The statement as its field is read back: known spellings of picklist values become the standard's."""
        value = spelt(statement.category, statement.text)
        if value == statement.value:
            return statement
        self.losses.lost("LOS066", f"{statement.text} is read back as {value}", category=statement.category)
        return replace(statement, value=value)

    def _private(self, statement: DataCategory) -> DataCategory | None:
        name = category_of(folded(statement.category))
        value = plain(self._bare(statement).value)
        if not value or name in CATEGORY or name == category_of(CONCEPT_ID):
            self.losses.lost("LOS050", f"the private category {statement.category} would be read as another",
                             category=statement.category)
            return None
        if name != statement.category or statement.metatype is not Metatype.DESCRIPTIVE:
            told = f"{statement.category}, {statement.metatype}, is read back as {name}, descriptive"
            self.losses.lost("LOS066", told, category=statement.category)
        return DataCategory(category=name, metatype=Metatype.DESCRIPTIVE, value=value)

    def _bare(self, statement: DataCategory) -> DataCategory:
        """The value with its companions, all of them bare."""
        if not statement.group:
            return super()._bare(statement)
        companions = []
        for each in self._flat(statement).group:
            value = plain(each.value) or each.target or ""
            if each.metatype in _TRANSACTIONS or not value:
                self.losses.lost("LOS052", f"a companion of {statement.category} is lost: {each.category}",
                                 category=statement.category)
            else:
                bare = DataCategory(category=each.category, metatype=each.metatype, value=value)
                companions.append(self._spelt(bare))
        alone = super()._bare(replace(statement, group=()))
        return replace(alone, group=tuple(companions))

    def _transaction(self, statement: DataCategory) -> DataCategory | None:
        date, person = (statement.date or "").strip(), (statement.responsibility or "").strip()
        if statement.text not in TRANSACTIONS:
            self.losses.lost("LOS050", f"transaction {statement.text} is not known here", category="transactionType")
            return None
        group = []
        if date:
            group.append(DataCategory(category="date", metatype=Metatype.DATE, value=date))
        if person:
            group.append(DataCategory(category="responsibility", metatype=Metatype.TRANSACTION_NOTE, value=person))
        kept = DataCategory(
            category="transactionType", metatype=Metatype.TRANSACTION, value=statement.text, group=tuple(group)
        )
        if kept != statement:
            self.losses.lost("LOS052", f"of transaction {statement.text} only date and name are kept",
                             category="transactionType")
        return kept


def reduce(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """What MultiTerm XML holds of a stream; language tags in their usual case."""

    def spelt(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
        for entry in entries:
            if all(canonical_tag(section.language) == section.language for section in entry.languages):
                yield entry
            else:
                yield replace(entry, languages=tuple(
                    replace(section, language=canonical_tag(section.language)) for section in entry.languages
                ))  # fmt: skip

    return keep(chosen_languages(stream, options).map(spelt), MTF_KEEPS, options.report, keeper_type=_MtfKeeper)
