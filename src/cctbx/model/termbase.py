"""The term base: header, concept entries, back matter; materialised (`TermBase`) or streamed (`TermBaseStream`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cctbx.model.levels import ConceptEntry, DataCategory
from cctbx.model.patterns import Repeated
from cctbx.model.portions import Portion
from cctbx.model.text import Text

__all__ = ["Header", "Item", "ReferenceItem", "ReferenceObject", "Revision", "TermBase", "TermBaseStream"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One change of the revision history: its paragraphs, in order."""

    paragraphs: tuple[Text, ...] = ()
    language: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Global information of a term base (ISO 16642). A TBX version, dialect or style is *not* part of it.

    `language` is the working language (BCP 47). Each of the paragraph fields keeps its paragraphs in order.
    """

    language: str | None = None
    title: str | None = None
    title_notes: tuple[Text, ...] = ()
    publication: tuple[Text, ...] = ()
    source_descriptions: tuple[Text, ...] = ()
    encoding_descriptions: tuple[Text, ...] = ()
    revisions: tuple[Revision, ...] = ()
    others: tuple[DataCategory, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceItem:
    """One item of a reference object: its type (`fn`, `email` …) and text; `group` for item groups."""

    type: str | None = None
    value: Text = ""
    id: str | None = None
    group: tuple[ReferenceItem, ...] = ()
    others: tuple[DataCategory, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceObject:
    """Back matter: a responsible person, a bibliographic source. `kind` is its section's type."""

    kind: str
    id: str | None = None
    items: tuple[ReferenceItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermBase:
    """A whole term base in memory. Order of the concept entries is the source's."""

    header: Header = field(default_factory=Header)
    concepts: tuple[ConceptEntry, ...] = ()
    references: tuple[ReferenceObject, ...] = ()

    def stream(self) -> TermBaseStream:
        """The same term base as a stream, for writers."""
        return TermBaseStream(header=self.header, concepts=self.concepts, references=lambda: self.references)


Item = ConceptEntry | Repeated | Portion[Any]
"""What a stream consists of: concept entries, and what stands for them."""


def _no_references() -> tuple[ReferenceObject, ...]:
    return ()


class TermBaseStream:
    """What a reader yields and a writer consumes: the header, then concept entries one by one, then the back matter.

    Iterate once. `references()` is complete only after the concept entries are exhausted, because back matter stands at
    the end of a file. Constant memory: nothing yielded is kept.

    Entries built alike may be given as `Repeated`; iterating makes entries of them, `items` gives them as they are.
    `Portion` stands for entries others have written already: only for a writer that was asked to take them in.
    """

    __slots__ = ("_concepts", "_references", "header")

    def __init__(
        self,
        *,
        header: Header,
        concepts: Iterable[Item],
        references: Callable[[], tuple[ReferenceObject, ...]] = _no_references,
    ) -> None:
        self.header = header
        self._concepts = concepts
        self._references = references

    def __iter__(self) -> Iterator[ConceptEntry]:
        for item in self._concepts:
            yield item.entry if type(item) is Repeated else item  # type: ignore[misc]

    def items(self) -> Iterator[Item]:
        """The concept entries, those built alike as patterns and texts, and portions: for writers in a hurry."""
        return iter(self._concepts)

    def references(self) -> tuple[ReferenceObject, ...]:
        """The back matter; call it after the concept entries are exhausted."""
        return self._references()

    def map(self, change: Callable[[Iterable[ConceptEntry]], Iterable[ConceptEntry]]) -> TermBaseStream:
        """The same stream with its concept entries sent through `change` (a filter, a converter), lazily."""
        return TermBaseStream(header=self.header, concepts=change(self), references=self._references)

    def materialise(self) -> TermBase:
        """Everything in memory."""
        concepts = tuple(self)
        return TermBase(header=self.header, concepts=concepts, references=self.references())
