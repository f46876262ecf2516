"""Reading MultiTerm XML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from cctbx.formats.contract import ReadOptions
from cctbx.formats.multiterm.names import CONCEPT_ID, GENERATOR, canonical_tag, category_of, statement_of
from cctbx.formats.reporting import say
from cctbx.formats.streams import peeked
from cctbx.formats.xml import local, text_of, walk
from cctbx.model import (
    ConceptEntry,
    DataCategory,
    Header,
    LanguageSection,
    Level,
    Metatype,
    Origin,
    TermBaseStream,
    TermSection,
    fields_from,
)

__all__ = ["read"]


def _children(node: Any, name: str) -> list[Any]:
    return [child for child in node if local(child) == name]


def _first(node: Any, name: str) -> Any:
    return next(iter(_children(node, name)), None)


def _described(group: Any) -> DataCategory | None:
    """The statement of a `descripGrp`; groups inside it are its companions."""
    head = next((child for child in group if local(child) in ("descrip", "xref")), None)
    if head is None:
        return None
    beside = (_described(each) for each in _children(group, "descripGrp"))
    companions = tuple(each for each in beside if each is not None)
    return statement_of(head.get("type") or "note", text_of(head), head.sourceline, companions)


def _transaction(group: Any) -> DataCategory | None:
    """The statement of a `transacGrp`: the text of `transac` is who did it."""
    head = _first(group, "transac")
    if head is None:
        return None
    companions = []
    if when := text_of(_first(group, "date")).strip():
        companions.append(DataCategory(category="date", metatype=Metatype.DATE, value=when))
    if who := text_of(head).strip():
        companions.append(DataCategory(category="responsibility", metatype=Metatype.TRANSACTION_NOTE, value=who))
    return DataCategory(
        category="transactionType", metatype=Metatype.TRANSACTION, value=(head.get("type") or "").strip(),
        group=tuple(companions), line=head.sourceline,
    )  # fmt: skip


def _stated(node: Any) -> Iterator[DataCategory]:
    for child in node:
        found = None
        if local(child) == "descripGrp":
            found = _described(child)
        elif local(child) == "transacGrp":
            found = _transaction(child)
        elif local(child) == "system" and text_of(child).strip():
            found = statement_of(child.get("type") or "system", text_of(child), child.sourceline)
        if found is not None:
            yield found


class _Reader:
    def __init__(self, options: ReadOptions, *, ours: bool) -> None:
        self.options, self.ours = options, ours
        self.concept = ""

    def _tag(self, node: Any) -> str:
        """The language of a group: its code, else the name of its index."""
        language = _first(node, "language")
        found = (language.get("lang") or language.get("type") or "").strip() if language is not None else ""
        if not found:
            say(self.options, "FMT107", "language group without a language; read as und", line=node.sourceline,
                concept=self.concept)
            return "und"
        return canonical_tag(found) if self.ours else found

    def _term(self, node: Any, tag: str) -> TermSection | None:
        term = _first(node, "term")
        if term is None:
            say(self.options, "FMT109", "term group without a term", line=node.sourceline, concept=self.concept,
                language=tag)
            return None
        fields = fields_from(Level.TERM, _stated(node))
        return TermSection(term=text_of(term), line=term.sourceline, **fields)  # type: ignore[arg-type]

    def _sections(self, node: Any) -> tuple[LanguageSection, ...]:
        held: dict[str, tuple[list[TermSection], list[DataCategory]]] = {}
        for group in _children(node, "languageGrp"):
            tag = self._tag(group)
            terms, stated = held.setdefault(tag, ([], []))
            found = (self._term(each, tag) for each in _children(group, "termGrp"))
            terms.extend(each for each in found if each is not None)
            stated.extend(_stated(group))
        return tuple(
            LanguageSection(language=tag, terms=tuple(terms), **fields_from(Level.LANGUAGE, stated))  # type: ignore[arg-type]
            for tag, (terms, stated) in held.items()
        )

    def entry(self, node: Any, number: int) -> ConceptEntry:
        """The concept entry of a `conceptGrp`; its id is our `Concept ID` field, else MultiTerm's entry number."""
        stated = list(_stated(node))
        ours = next((each.text for each in stated if each.category == category_of(CONCEPT_ID)), None)
        self.concept = ours or text_of(_first(node, "concept")).strip() or f"c{number}"
        kept = (each for each in stated if each.category != category_of(CONCEPT_ID))
        origin = Origin(file=self.options.file, line=node.sourceline)
        return ConceptEntry(
            id=self.concept, languages=self._sections(node), origin=origin, **fields_from(Level.CONCEPT, kept)  # type: ignore[arg-type]
        )


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read MultiTerm XML in any encoding. Language tags are as found (mostly in capitals), field labels become the
    categories they mean, others private ones.

    Raises `InputError` where the root is no `mtf`. Findings: FMT003 to FMT006, FMT107, FMT109, FMT111.
    """
    head, stream = peeked(stream)
    reader = _Reader(options, ours=GENERATOR.encode() in head.replace(b"\0", b""))
    nodes = walk(stream, options, "mtf", "conceptGrp")
    next(nodes)
    entries = (reader.entry(node, number) for number, node in enumerate(nodes, start=1))
    return TermBaseStream(header=Header(), concepts=entries)
