"""The levels of a terminological entry (ISO 16642): concept entry → language section → term section.

Known data categories of the public TBX modules have typed fields; everything else, and every statement of a known
category that its field cannot hold (a second part of speech, an id on it, companions in its group), stands in `others`
in the order of the source. `categories.statements` gives both as one uniform view. Absent is `None` or `()`, never a
default the source did not state. Order among different data categories carries no meaning, order within one does.
Equality is about meaning: the place something came from (`origin`, `line`) takes no part in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from cctbx.model.text import Text, plain

__all__ = ["ConceptEntry", "DataCategory", "LanguageSection", "Level", "Metatype", "Origin", "TermSection"]


class Level(StrEnum):
    """The three levels of an entry that carry data categories."""

    CONCEPT = "concept entry"
    LANGUAGE = "language section"
    TERM = "term section"


class Metatype(StrEnum):
    """The metatypes (meta data categories) of ISO 30042, by role."""

    ADMINISTRATIVE = "administrative"
    ADMINISTRATIVE_NOTE = "administrative note"
    DESCRIPTIVE = "descriptive"
    DESCRIPTIVE_NOTE = "descriptive note"
    TERM_NOTE = "term note"
    REFERENCE = "reference"
    EXTERNAL_REFERENCE = "external reference"
    TRANSACTION = "transaction"
    TRANSACTION_NOTE = "transaction note"
    NOTE = "note"
    DATE = "date"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where something was read: file name as given, 1-based line, and a path inside the document where one helps."""

    file: str | None = None
    line: int | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCategory:
    """One statement of a data category, with what stands beside it in its group.

    `category` is the standard's name (`definition`, `transactionType`), or the private name as found; for metatypes
    NOTE and DATE it is `note` and `date`. `group` holds the companions in order: the source of a definition, the date
    and the responsibility of a transaction, notes, references. `language` is the working language of the value where
    stated, `target` what it points to (an id in the same term base, or a URI for external references).
    """

    category: str
    value: Text = ""
    metatype: Metatype = Metatype.UNKNOWN
    language: str | None = None
    target: str | None = None
    id: str | None = None
    datatype: str | None = None
    group: tuple[DataCategory, ...] = ()
    line: int | None = field(default=None, compare=False, repr=False)

    def companion(self, category: str) -> DataCategory | None:
        """The first companion of this category in the group, or None."""
        return next((each for each in self.group if each.category == category), None)

    @property
    def text(self) -> str:
        """The value as plain text."""
        return plain(self.value)

    @property
    def source(self) -> str | None:
        """The source stated beside a definition or a context, as plain text."""
        found = self.companion("source")
        return found.text if found else None

    @property
    def date(self) -> str | None:
        """The date beside a transaction, as stated."""
        found = self.companion("date")
        return found.text if found else None

    @property
    def responsibility(self) -> str | None:
        """Who is responsible for a transaction, as plain text."""
        found = self.companion("responsibility")
        return found.text if found else None


Statements = tuple[DataCategory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSection:
    """One designation with what is said of it. Picklist fields hold the value of the standard of 2019."""

    term: Text
    id: str | None = None
    administrative_status: str | None = None
    part_of_speech: str | None = None
    term_type: str | None = None
    grammatical_gender: str | None = None
    grammatical_number: str | None = None
    register: str | None = None
    geographical_usage: str | None = None
    term_location: str | None = None
    transfer_comment: str | None = None
    contexts: Statements = ()
    sources: Statements = ()
    notes: Statements = ()
    cross_references: Statements = ()
    external_references: Statements = ()
    customer_subsets: Statements = ()
    project_subsets: Statements = ()
    transactions: Statements = ()
    others: Statements = ()
    line: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSection:
    """The designations of one language, in the order of the source, and what is said of the concept in it."""

    language: str
    terms: tuple[TermSection, ...] = ()
    id: str | None = None
    definitions: Statements = ()
    sources: Statements = ()
    notes: Statements = ()
    external_references: Statements = ()
    graphics: Statements = ()
    transactions: Statements = ()
    others: Statements = ()
    line: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptEntry:
    """One concept. `id` is assigned, unique in its term base, and never derived from content."""

    id: str
    languages: tuple[LanguageSection, ...] = ()
    subject_fields: Statements = ()
    definitions: Statements = ()
    sources: Statements = ()
    notes: Statements = ()
    cross_references: Statements = ()
    external_references: Statements = ()
    graphics: Statements = ()
    customer_subsets: Statements = ()
    project_subsets: Statements = ()
    transactions: Statements = ()
    others: Statements = ()
    origin: Origin | None = field(default=None, compare=False, repr=False)

    def language(self, tag: str) -> LanguageSection | None:
        """The first section of this language (exact tag), or None."""
        return next((section for section in self.languages if section.language == tag), None)

    def terms(self, tag: str | None = None) -> Iterator[tuple[LanguageSection, TermSection]]:
        """Every term section with its language section, of one language or of all, in order."""
        for section in self.languages:
            if tag is None or section.language == tag:
                for term in section.terms:
                    yield section, term
