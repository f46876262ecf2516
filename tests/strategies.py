"""Hypothesis strategies for the model: whole term bases that hit every data category, markup and odd text.

Everything generated is in the model's normal form (markup as `marked` makes it, typed fields as `fields_from` fills
them) and holds only characters XML can represent. Ids are unique within a term base; targets may dangle.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from cctbx.model import (
    CATEGORIES,
    Category,
    ConceptEntry,
    Content,
    DataCategory,
    Header,
    Inline,
    InlineKind,
    LanguageSection,
    Level,
    Metatype,
    ReferenceItem,
    ReferenceObject,
    Revision,
    TermBase,
    TermSection,
    Text,
    fields_from,
    marked,
)

LANGUAGES = ("en", "de", "fr", "sv", "zh-Hant", "pt-BR", "sr-Latn-RS", "he", "ja", "x-house")
ODD = (
    "a & b", "<b>", "]]>", "\"quoted\"", "it's",
    "&amp;", "tab\there", "line\nbreak", "\r", " padded ", "\u00a0", "\u200b",
    "e\u0301", "\u202bעברית\u202c", "𠀀", "\ue000", "ﬁ", "=1+1", "semi;colon", "İ", "\u0085", "\u2028",
)  # fmt: skip

characters = st.characters(exclude_categories=["Cs"], exclude_characters=[
    *(chr(code) for code in range(0x20) if code not in (0x9, 0xA, 0xD)), "\ufffe", "\uffff",
])  # fmt: skip
plain_texts = st.one_of(
    st.sampled_from(("printer", "Drucker", "imprimante laser", "the machine that prints.", *ODD)),
    st.text(characters, max_size=12),
)
filled_texts = plain_texts.filter(lambda text: bool(text.strip()))
names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.\-]{0,6}", fullmatch=True)
languages = st.sampled_from(LANGUAGES)


def _attributes(**optional: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    return st.fixed_dictionaries({}, optional=optional).map(lambda held: tuple(sorted(held.items())))


highlights = st.builds(
    Inline,
    kind=st.just(InlineKind.HIGHLIGHT),
    content=filled_texts.map(lambda text: (text,)),
    attributes=_attributes(type=st.sampled_from(("entailedTerm", "hotkey", "italics", "bold", "superscript", "math"))),
)
placeholders = st.builds(
    Inline, kind=st.just(InlineKind.PLACEHOLDER),
    attributes=_attributes(type=st.sampled_from(("fmt", "ui", "image", "other"))),
)  # fmt: skip


def _parts(inlines: st.SearchStrategy[Inline]) -> st.SearchStrategy[tuple[str | Inline, ...]]:
    return st.lists(st.one_of(plain_texts, inlines), min_size=1, max_size=4).map(tuple)


def _normal(parts: tuple[str | Inline, ...]) -> tuple[str | Inline, ...]:
    text = marked(parts)
    return (text,) if isinstance(text, str) else text.parts


foreigns = st.builds(
    Inline,
    kind=st.just(InlineKind.FOREIGN),
    content=_parts(st.one_of(highlights, placeholders)).map(_normal).filter(lambda parts: parts != ("",)),
    attributes=st.one_of(st.just(()), languages.map(lambda tag: (("xml:lang", tag),))),
)


@st.composite
def code_pairs(draw: st.DrawFn) -> tuple[str | Inline, ...]:
    """A start code and an end code round some text, tied together as XLIFF ties them."""
    reference = draw(names)
    start = Inline(kind=InlineKind.START_CODE, attributes=(("id", reference),))
    end = Inline(kind=InlineKind.END_CODE, attributes=(("startRef", reference),))
    return (start, draw(plain_texts), end)


terms: st.SearchStrategy[Text] = st.one_of(filled_texts, filled_texts, _parts(highlights).map(marked))
note_texts: st.SearchStrategy[Text] = st.one_of(
    plain_texts,
    plain_texts,
    _parts(st.one_of(highlights, placeholders, foreigns)).map(marked),
    code_pairs().map(marked),
)
dates = st.one_of(
    st.dates().map(lambda date: date.isoformat()),
    st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat()),
    st.sampled_from(("2023-02-29", "20010507T10:57:25Z", "2010-4-17", "", "yesterday")),
)

_KNOWN = tuple(each for each in CATEGORIES if each.content is not Content.DATE)
_AT: dict[Level, tuple[Category, ...]] = {
    level: tuple(each for each in _KNOWN if level in each.levels) for level in Level
}


def _named(name: str) -> Category:
    return next(each for each in CATEGORIES if each.name == name)


def values(category: Category) -> st.SearchStrategy[Text]:
    """Values of a category: mostly good ones, now and then one outside the picklist."""
    if category.content is Content.PICKLIST:
        listed = dict.fromkeys((*category.values, *(category.values_v2 or ())))
        return st.one_of(st.sampled_from(tuple(listed)), st.sampled_from(tuple(category.values)), plain_texts)
    if category.content is Content.DATE:
        return dates
    return note_texts if category.content is Content.MARKED else plain_texts


def statements_of(
    category: Category, groups: st.SearchStrategy[tuple[DataCategory, ...]] | None = None
) -> st.SearchStrategy[DataCategory]:
    """Statements of one category, with the odd language, target, id and datatype."""
    rarely: dict[str, Any] = {
        "language": st.one_of(st.none(), st.none(), st.none(), languages),
        "datatype": st.one_of(st.none(), st.none(), st.none(), st.just("text/plain")),
        "target": st.one_of(st.none(), st.none(), st.none(), names, st.just("https://example.org/a?b=1&c=2")),
    }
    return st.builds(
        DataCategory, category=st.just(category.name), metatype=st.just(category.metatype), value=values(category),
        group=st.just(()) if groups is None else groups, **rarely,
    )  # fmt: skip


_COMPANIONS = {
    Metatype.DESCRIPTIVE: ("source", "note", "crossReference", "externalCrossReference", "definitionType",
                           "transactionType", "customerSubset"),
    Metatype.TERM_NOTE: ("source", "note", "customerSubset", "transactionType"),
    Metatype.ADMINISTRATIVE: ("note", "readingNote", "sourceType", "externalCrossReference"),
    Metatype.TRANSACTION: ("date", "responsibility", "note", "usageCount"),
}  # fmt: skip


def groups_of(category: Category) -> st.SearchStrategy[tuple[DataCategory, ...]]:
    """Companions a statement of this category may have in its group."""
    companions = _COMPANIONS.get(category.metatype, ())
    if not companions:
        return st.just(())
    lists = st.lists(st.sampled_from(companions).flatmap(lambda name: statements_of(_named(name))), max_size=3)
    return st.one_of(st.just(()), lists.map(tuple))


private_statements = st.builds(
    DataCategory,
    category=st.sampled_from(("acmeColour", "house rule", "{https://example.org/ns}shade")),
    metatype=st.sampled_from((Metatype.ADMINISTRATIVE, Metatype.DESCRIPTIVE, Metatype.UNKNOWN)),
    value=plain_texts,
)


def statements_at(level: Level, size: int = 5) -> st.SearchStrategy[list[DataCategory]]:
    """Statements that may stand at a level, and now and then a private one or one of another level."""
    right = st.sampled_from(_AT[level]).flatmap(lambda each: statements_of(each, groups_of(each)))
    public = st.sampled_from([each for each in _AT[level] if each.field]).flatmap(
        lambda each: statements_of(each, groups_of(each))
    )
    strange = st.sampled_from(_KNOWN).flatmap(statements_of)
    return st.lists(st.one_of(public, public, right, private_statements, strange), max_size=size)


@st.composite
def term_sections(draw: st.DrawFn) -> TermSection:
    return TermSection(term=draw(terms), **fields_from(Level.TERM, draw(statements_at(Level.TERM))))  # type: ignore[arg-type]


@st.composite
def language_sections(draw: st.DrawFn, language: str) -> LanguageSection:
    return LanguageSection(
        language=language,
        terms=tuple(draw(st.lists(term_sections(), min_size=1, max_size=3))),
        **fields_from(Level.LANGUAGE, draw(statements_at(Level.LANGUAGE, 3))),  # type: ignore[arg-type]
    )


@st.composite
def concept_entries(draw: st.DrawFn, identifier: str | None = None) -> ConceptEntry:
    """One concept entry; its id is given or a valid XML id."""
    tags = draw(st.lists(languages, min_size=1, max_size=3, unique=True))
    return ConceptEntry(
        id=identifier if identifier is not None else draw(names),
        languages=tuple(draw(language_sections(tag)) for tag in tags),
        **fields_from(Level.CONCEPT, draw(statements_at(Level.CONCEPT, 4))),  # type: ignore[arg-type]
    )


revisions = st.builds(
    Revision,
    paragraphs=st.lists(note_texts, min_size=1, max_size=2).map(tuple),
    language=st.one_of(st.none(), languages),
)


@st.composite
def headers(draw: st.DrawFn) -> Header:
    paragraphs = st.lists(note_texts, max_size=2).map(tuple)
    title = draw(st.one_of(st.none(), filled_texts))
    return Header(
        language=draw(st.one_of(st.none(), languages)),
        title=title,
        title_notes=draw(paragraphs) if title else (),
        publication=draw(paragraphs),
        source_descriptions=draw(paragraphs),
        encoding_descriptions=draw(paragraphs),
        revisions=tuple(draw(st.lists(revisions, max_size=2))),
    )


reference_items = st.builds(
    ReferenceItem, type=st.one_of(st.none(), st.sampled_from(("fn", "email", "role", "tel"))), value=plain_texts
)
reference_objects = st.builds(
    ReferenceObject,
    kind=st.sampled_from(("respPerson", "respOrg", "bibl")),
    items=st.lists(reference_items, min_size=1, max_size=3).map(tuple),
)


@st.composite
def termbases(draw: st.DrawFn, concepts: int = 3) -> TermBase:
    """A whole term base with unique concept ids `c1`, `c2` … and back matter with ids `r1` …"""
    count = draw(st.integers(1, concepts))
    persons = draw(st.lists(reference_objects, max_size=2))
    return TermBase(
        header=draw(headers()),
        concepts=tuple(draw(concept_entries(f"c{number}")) for number in range(1, count + 1)),
        references=tuple(
            ReferenceObject(kind=each.kind, id=f"r{number}", items=each.items) for number, each in enumerate(persons, 1)
        ),
    )
