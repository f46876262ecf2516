"""One canonical, JSON-able form of the model: for hashing, comparing and the native exchange format.

`to_plain` and `from_plain` are inverse to each other up to equality of the model, which leaves out where something was
read (`line`, `origin`). Keys stand in the order of the model's fields; what is absent is left out. A text is a string,
or a list of parts where it carries markup; an inline element is an object. A statement that only says its value, in the
field of its own category, is just that text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from cctbx.model.categories import CATEGORIES, Category
from cctbx.model.levels import ConceptEntry, DataCategory, LanguageSection, Metatype, TermSection
from cctbx.model.termbase import Header, ReferenceItem, ReferenceObject, Revision, TermBaseStream
from cctbx.model.text import Inline, InlineKind, Markup, Text

__all__ = [
    "ContentDigest", "canonical_json", "content_hash", "from_plain", "header_from_plain", "header_to_plain",
    "reference_from_plain", "reference_to_plain", "to_plain",
]  # fmt: skip

Plain = dict[str, Any]

_OF_FIELD: dict[str, Category] = {each.field: each for each in CATEGORIES if each.field and not each.simple}


def _inline_to_plain(inline: Inline) -> Plain:
    plain: Plain = {"kind": inline.kind.value}
    if inline.name is not None:
        plain["name"] = inline.name
    if inline.attributes:
        plain["attributes"] = dict(inline.attributes)
    if inline.content:
        plain["content"] = _parts_to_plain(inline.content)
    return plain


def _parts_to_plain(parts: tuple[str | Inline, ...]) -> list[Any]:
    return [part if isinstance(part, str) else _inline_to_plain(part) for part in parts]


def _text_to_plain(text: Text) -> Any:
    return text if isinstance(text, str) else _parts_to_plain(text.parts)


def _parts_from_plain(parts: list[Any]) -> tuple[str | Inline, ...]:
    return tuple(part if isinstance(part, str) else _inline_from_plain(part) for part in parts)


def _inline_from_plain(plain: Plain) -> Inline:
    return Inline(
        kind=InlineKind(plain["kind"]),
        name=plain.get("name"),
        attributes=tuple(plain.get("attributes", {}).items()),
        content=_parts_from_plain(plain.get("content", [])),
    )


def _text_from_plain(plain: Any) -> Text:
    return plain if isinstance(plain, str) else Markup(_parts_from_plain(plain))


_STATEMENT_STRINGS = ("language", "target", "id", "datatype")


def _statement_to_plain(statement: DataCategory, home: Category | None = None) -> Any:
    at_home = home is not None and (statement.category, statement.metatype) == (home.name, home.metatype)
    plain: Plain = {} if at_home else {"category": statement.category, "metatype": statement.metatype.value}
    plain["value"] = _text_to_plain(statement.value)
    for name in _STATEMENT_STRINGS:
        if (held := getattr(statement, name)) is not None:
            plain[name] = held
    if statement.group:
        plain["group"] = [_statement_to_plain(each) for each in statement.group]
    return plain["value"] if len(plain) == 1 else plain


def _statement_from_plain(plain: Any, home: Category | None = None) -> DataCategory:
    if not isinstance(plain, dict):
        plain = {"value": plain}
    category = plain.get("category", home.name if home else "")
    metatype = Metatype(plain["metatype"]) if "metatype" in plain else home.metatype if home else Metatype.UNKNOWN
    return DataCategory(
        category=category,
        metatype=metatype,
        value=_text_from_plain(plain.get("value", "")),
        group=tuple(_statement_from_plain(each) for each in plain.get("group", ())),
        **{name: plain[name] for name in _STATEMENT_STRINGS if name in plain},
    )


def _statements_to_plain(field: str) -> Callable[[tuple[DataCategory, ...]], list[Any]]:
    home = _OF_FIELD.get(field)
    return lambda held: [_statement_to_plain(each, home) for each in held]


def _statements_from_plain(field: str) -> Callable[[list[Any]], tuple[DataCategory, ...]]:
    home = _OF_FIELD.get(field)
    return lambda plain: tuple(_statement_from_plain(each, home) for each in plain)


def _as_is(held: Any) -> Any:
    return held


_NOT_MEANING = {"line", "origin"}


def _pairs(
    model: type[ConceptEntry] | type[LanguageSection] | type[TermSection], nested: Mapping[str, tuple[Any, Any]]
) -> tuple[tuple[str, Callable[[Any], Any], Callable[[Any], Any]], ...]:
    """Per field of a level: its name, how it becomes plain and how it comes back. Strings stay what they are."""
    pairs = []
    for name, field in model.__dataclass_fields__.items():
        if name in _NOT_MEANING:
            continue
        default: tuple[Any, Any] = (_as_is, _as_is)
        if field.type == "Statements":
            default = (_statements_to_plain(name), _statements_from_plain(name))
        pairs.append((name, *nested.get(name, default)))
    return tuple(pairs)


_TERM = _pairs(TermSection, {"term": (_text_to_plain, _text_from_plain)})


def _level_to_plain(level: object, pairs: Iterable[tuple[str, Callable[[Any], Any], object]]) -> Plain:
    plain: Plain = {}
    for name, outward, _ in pairs:
        held = getattr(level, name)
        if held is not None and held != ():
            plain[name] = outward(held)
    return plain


def _level_from_plain(plain: Plain, pairs: Iterable[tuple[str, object, Callable[[Any], Any]]]) -> dict[str, Any]:
    return {name: inward(plain[name]) for name, _, inward in pairs if name in plain}


def _terms_to_plain(terms: tuple[TermSection, ...]) -> list[Plain]:
    return [_level_to_plain(term, _TERM) for term in terms]


def _terms_from_plain(plain: list[Plain]) -> tuple[TermSection, ...]:
    return tuple(TermSection(**_level_from_plain(each, _TERM)) for each in plain)


_LANGUAGE = _pairs(LanguageSection, {"terms": (_terms_to_plain, _terms_from_plain)})


def _languages_to_plain(languages: tuple[LanguageSection, ...]) -> list[Plain]:
    return [_level_to_plain(language, _LANGUAGE) for language in languages]


def _languages_from_plain(plain: list[Plain]) -> tuple[LanguageSection, ...]:
    return tuple(LanguageSection(**_level_from_plain(each, _LANGUAGE)) for each in plain)


_CONCEPT = _pairs(ConceptEntry, {"languages": (_languages_to_plain, _languages_from_plain)})


def to_plain(concept: ConceptEntry) -> Plain:
    """A concept entry as dictionaries, lists and strings, keys in the order of the model's fields."""
    return _level_to_plain(concept, _CONCEPT)


def from_plain(plain: Plain) -> ConceptEntry:
    """The concept entry that `to_plain` made. Raises KeyError, TypeError or ValueError for anything else."""
    return ConceptEntry(**_level_from_plain(plain, _CONCEPT))


def header_to_plain(header: Header) -> Plain:
    """A header as dictionaries, lists and strings."""
    plain: Plain = {"language": header.language, "title": header.title}
    for name in ("title_notes", "publication", "source_descriptions", "encoding_descriptions"):
        plain[name] = [_text_to_plain(text) for text in getattr(header, name)]
    plain["revisions"] = [
        {"language": each.language, "id": each.id, "paragraphs": [_text_to_plain(text) for text in each.paragraphs]}
        for each in header.revisions
    ]
    plain["others"] = [_statement_to_plain(each) for each in header.others]
    return {name: held for name, held in plain.items() if held is not None and held != []}


def header_from_plain(plain: Plain) -> Header:
    """The header that `header_to_plain` made."""
    texts = {
        name: tuple(_text_from_plain(text) for text in plain.get(name, ()))
        for name in ("title_notes", "publication", "source_descriptions", "encoding_descriptions")
    }
    revisions = tuple(
        Revision(
            paragraphs=tuple(_text_from_plain(text) for text in each["paragraphs"]),
            language=each.get("language"),
            id=each.get("id"),
        )
        for each in plain.get("revisions", ())
    )
    others = tuple(_statement_from_plain(each) for each in plain.get("others", ()))
    return Header(
        language=plain.get("language"), title=plain.get("title"), revisions=revisions, others=others, **texts
    )


def _item_to_plain(item: ReferenceItem) -> Plain:
    plain: Plain = {
        "type": item.type,
        "value": None if item.value == "" else _text_to_plain(item.value),
        "id": item.id,
        "group": [_item_to_plain(each) for each in item.group],
        "others": [_statement_to_plain(each) for each in item.others],
    }
    return {name: held for name, held in plain.items() if held is not None and (held != [] or name == "value")}


def _item_from_plain(plain: Plain) -> ReferenceItem:
    return ReferenceItem(
        type=plain.get("type"),
        value=_text_from_plain(plain.get("value", "")),
        id=plain.get("id"),
        group=tuple(_item_from_plain(each) for each in plain.get("group", ())),
        others=tuple(_statement_from_plain(each) for each in plain.get("others", ())),
    )


def reference_to_plain(reference: ReferenceObject) -> Plain:
    """An object of the back matter as dictionaries, lists and strings."""
    plain: Plain = {"kind": reference.kind, "id": reference.id, "items": [_item_to_plain(i) for i in reference.items]}
    return {name: held for name, held in plain.items() if held is not None and held != []}


def reference_from_plain(plain: Plain) -> ReferenceObject:
    """The object of the back matter that `reference_to_plain` made."""
    items = tuple(_item_from_plain(each) for each in plain.get("items", ()))
    return ReferenceObject(kind=plain["kind"], id=plain.get("id"), items=items)


def _ordered(statements: list[Any]) -> list[Any]:
    """Stably by category: order among different data categories carries no meaning, order within one does."""
    return sorted(statements, key=lambda each: (each["category"], each["metatype"]))


def _normalised(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_normalised(each) for each in plain]
    if not isinstance(plain, dict):
        return plain
    normalised = {name: _normalised(held) for name, held in plain.items()}
    for name in ("group", "others"):
        if _are_statements(normalised.get(name, ())):
            normalised[name] = _ordered(normalised[name])
    return normalised


def _are_statements(held: Any) -> bool:
    return bool(held) and all(isinstance(each, dict) and "category" in each for each in held)


def canonical_json(plain: Plain) -> str:
    """One line of JSON that is the same for equal content, whatever the order of its different data categories."""
    return json.dumps(_normalised(plain), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class ContentDigest:
    """A SHA-256 over the abstract content of a term base, fed piece by piece in document order."""

    __slots__ = ("_sum",)

    def __init__(self) -> None:
        self._sum = sha256()

    def _add(self, kind: str, plain: Plain) -> None:
        self._sum.update(f"{kind} {canonical_json(plain)}\n".encode("utf-8", "surrogatepass"))

    def header(self, header: Header) -> None:
        """Takes in the header."""
        self._add("header", header_to_plain(header))

    def concept(self, concept: ConceptEntry) -> None:
        """Takes in a concept entry."""
        self._add("concept", to_plain(concept))

    def reference(self, reference: ReferenceObject) -> None:
        """Takes in an object of the back matter."""
        self._add("reference", reference_to_plain(reference))

    def hexdigest(self) -> str:
        """The hash so far, 64 hexadecimal digits."""
        return self._sum.hexdigest()

    def watch(self, stream: TermBaseStream) -> TermBaseStream:
        """The same stream, hashed as it passes; the digest is complete when its back matter has been asked for."""

        def concepts() -> Iterator[ConceptEntry]:
            self.header(stream.header)
            for concept in stream:
                self.concept(concept)
                yield concept

        def references() -> tuple[ReferenceObject, ...]:
            found = stream.references()
            for reference in found:
                self.reference(reference)
            return found

        return TermBaseStream(header=stream.header, concepts=concepts(), references=references)


def content_hash(stream: TermBaseStream) -> str:
    """The SHA-256 (hexadecimal) of a term base's abstract content: header, concept entries in order, back matter.

    Consumes the stream, in constant memory. It does not depend on the order among different data categories, on ids of
    files or lines, or on anything a format adds.
    """
    digest = ContentDigest()
    watched = digest.watch(stream)
    for _ in watched:
        pass
    watched.references()
    return digest.hexdigest()
