"""Reading MultiTerm XML."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, BinaryIO

from cctbx.formats.contract import ReadOptions
from cctbx.formats.leftover import Grammar, Reads, left_over
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


_STATED = frozenset({"descripGrp", "transacGrp", "system"})
_LANG = frozenset({"{http://www.w3.org/XML/1998/namespace}lang"})
_TYPE = frozenset({"type"})
_READS: Grammar = {
    "conceptGrp": Reads(once=frozenset({"concept"}), many=_STATED | {"languageGrp", "termGrp"}),
    "concept": Reads(text=True),
    "languageGrp": Reads(once=frozenset({"language"}), many=_STATED | {"termGrp"}),
    "language": Reads(attributes=frozenset({"type", "lang"})),
    "termGrp": Reads(many=_STATED | {"term"}),
    "term": Reads(text=True, attributes=_LANG),
    "system": Reads(attributes=_TYPE, text=True),
    "descripGrp": Reads(many=frozenset({"descrip", "xref", "descripGrp", "transacGrp"})),
    "descrip": Reads(attributes=_TYPE | _LANG, text=True),
    "xref": Reads(attributes=_TYPE, text=True),
    "transacGrp": Reads(once=frozenset({"transac", "date"})),
    "transac": Reads(attributes=_TYPE, text=True),
    "date": Reads(text=True),
}
_ROUND: Grammar = {"mtf": Reads(attributes=frozenset({"version"}))}


def _children(node: Any, name: str) -> list[Any]:
    return [child for child in node if local(child) == name]


def _first(node: Any, name: str) -> Any:
    return next((child for child in node if local(child) == name), None)


def _described(group: Any) -> list[DataCategory]:
    """The statement of a `descripGrp`; further ones and groups inside it are its companions."""
    heads = [child for child in group if local(child) in ("descrip", "xref")]
    companions = [_field(each) for each in heads[1:]] + list(_stated(group, ("descripGrp", "transacGrp")))
    return [_field(heads[0], tuple(companions))] if heads else companions


def _field(node: Any, companions: tuple[DataCategory, ...] = ()) -> DataCategory:
    return statement_of(node.get("type") or "note", text_of(node), node.sourceline, companions)


def _transaction(group: Any) -> DataCategory:
    """The statement of a `transacGrp`: the text of `transac` is who did it."""
    head = _first(group, "transac")
    companions = []
    if when := text_of(_first(group, "date")).strip():
        companions.append(DataCategory(category="date", metatype=Metatype.DATE, value=when))
    if who := text_of(head).strip():
        companions.append(DataCategory(category="responsibility", metatype=Metatype.TRANSACTION_NOTE, value=who))
    return DataCategory(
        category="transactionType", metatype=Metatype.TRANSACTION, group=tuple(companions),
        value=(head.get("type") or "").strip() if head is not None else "",
        line=(group if head is None else head).sourceline,
    )  # fmt: skip


def _stated(node: Any, names: Collection[str] = _STATED) -> Iterator[DataCategory]:
    for child in node:
        name = local(child)
        if name not in names:
            continue
        if name == "descripGrp":
            yield from _described(child)
        elif name == "transacGrp":
            yield _transaction(child)
        elif text_of(child).strip() or child.get("type"):
            yield statement_of(child.get("type") or "system", text_of(child), child.sourceline)


class _Reader:
    def __init__(self, options: ReadOptions, *, ours: bool) -> None:
        self.options, self.ours = options, ours
        self.concept = ""

    def _say(self, code: str, message: str, node: Any) -> None:
        say(self.options, code, message, line=node.sourceline, concept=self.concept)

    def _tag(self, node: Any) -> str:
        """The language of a group: its code, else the name of its index."""
        language = _first(node, "language")
        found = (language.get("lang") or language.get("type") or "").strip() if language is not None else ""
        if not found:
            say(self.options, "FMT107", "language group without a language; read as und", line=node.sourceline,
                concept=self.concept)
            return "und"
        return canonical_tag(found) if self.ours else found

    def _terms(self, node: Any, tag: str) -> list[TermSection]:
        """The term of a group, with what is said of it; further ones in it are synonyms."""
        terms = _children(node, "term")
        if not terms:
            say(self.options, "FMT109", "term group without a term", line=node.sourceline, concept=self.concept,
                language=tag)
        for each in terms[1:]:
            self._say("FMT117", "a second term in termGrp: read as a synonym", each)
        fields = fields_from(Level.TERM, _stated(node))
        if not terms:
            return [TermSection(term="", line=node.sourceline, **fields)] if fields else []  # type: ignore[arg-type]
        first = TermSection(term=text_of(terms[0]), line=terms[0].sourceline, **fields)  # type: ignore[arg-type]
        return [first, *(TermSection(term=text_of(each), line=each.sourceline) for each in terms[1:])]

    def _sections(self, node: Any) -> tuple[LanguageSection, ...]:
        held: dict[str, tuple[list[TermSection], list[DataCategory]]] = {}
        for group in _children(node, "languageGrp"):
            tag = self._tag(group)
            terms, stated = held.setdefault(tag, ([], []))
            for each in _children(group, "termGrp"):
                terms.extend(self._terms(each, tag))
            stated.extend(_stated(group))
        for each in _children(node, "termGrp"):
            self._say("FMT117", "termGrp stands outside of any languageGrp: its language is read as und", each)
            held.setdefault("und", ([], []))[0].extend(self._terms(each, "und"))
        return tuple(
            LanguageSection(language=tag, terms=tuple(terms), **fields_from(Level.LANGUAGE, stated))  # type: ignore[arg-type]
            for tag, (terms, stated) in held.items()
        )

    def entry(self, node: Any, count: int) -> ConceptEntry:
        """The concept entry of a `conceptGrp`; its id is our `Concept ID` field, else MultiTerm's entry number."""
        stated = list(_stated(node))
        tied = next((each for each in stated if each.category == category_of(CONCEPT_ID)), None)
        number = text_of(_first(node, "concept")).strip()
        self.concept = (tied.text if tied else number) or f"c{count}"
        for code, message, at in left_over(node, _READS):
            self._say(code, message, at)
        if tied and not number.isdigit() and number:
            self._say("FMT116", f"concept {number} is not read: its {CONCEPT_ID} is {tied.text}", node)
        kept = [*(tied.group if tied else ()), *(each for each in stated if each is not tied)]
        origin = Origin(file=self.options.file, line=node.sourceline)
        return ConceptEntry(
            id=self.concept, languages=self._sections(node), origin=origin, **fields_from(Level.CONCEPT, kept)  # type: ignore[arg-type]
        )


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read MultiTerm XML in any encoding. Language tags are as found (mostly in capitals), field labels become the
    categories they mean, others private ones.

    Raises `InputError` where the root is no `mtf`. Findings: FMT003 to FMT006, FMT107, FMT109, FMT111, FMT116 what is
    not read, FMT117 what stands where it may not.
    """
    head, stream = peeked(stream)
    reader = _Reader(options, ours=GENERATOR.encode() in head.replace(b"\0", b""))
    nodes = walk(stream, options, "mtf", "conceptGrp", holders=_ROUND)
    next(nodes)
    entries = (reader.entry(node, number) for number, node in enumerate(nodes, start=1))
    return TermBaseStream(header=Header(), concepts=entries)
