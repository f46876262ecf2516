"""Header and back matter as an edition has them: restricted, and as lines of XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cctbx.formats.tbx.editions import Marking
from cctbx.formats.tbx.names import CONSTRAINT_FILES, TBX3, UNRESOLVED, XML_LANG
from cctbx.formats.tbx.restriction import Restriction
from cctbx.formats.tbx.serialising import Serialiser, attribute
from cctbx.formats.tbx.spelling import clean, valid_language
from cctbx.model import DataCategory, Header, ReferenceItem, ReferenceObject, Revision, Text, marked

__all__ = ["header_lines", "reference_lines", "restrict_header", "restrict_references"]

_TYPES_2008 = ("DCSName", "XCSURI", "XCSContent")


class _HeaderRestriction:
    def __init__(self, restriction: Restriction) -> None:
        self._restriction = restriction
        self._losses = restriction.losses

    def text(self, text: Text, what: str = "the header") -> Text:
        return self._restriction.marker.text(text, Marking.FULL, what)

    def paragraphs(self, texts: Iterable[Text]) -> tuple[Text, ...]:
        """Paragraphs without content are no paragraphs."""
        return tuple(made for text in texts if (made := self.text(text)))

    def revision(self, revision: Revision) -> Revision:
        return Revision(
            paragraphs=self.paragraphs(revision.paragraphs),
            language=None if revision.language is None else self.tag(revision.language),
            id=None if revision.id is None else self._losses.identifier(revision.id),
        )

    def tag(self, tag: str) -> str:
        valid = valid_language(tag)
        if valid != tag:
            self._losses.say("LOS014", f"language “{tag}” of the header is written as “{valid}”")
        return valid

    def others(self, header: Header) -> tuple[tuple[DataCategory, ...], tuple[Text, ...]]:
        """Typed paragraphs that may stay, and paragraphs made of what may not."""
        kept: list[DataCategory] = []
        loose: list[Text] = []
        modern = self._restriction.edition.structure is TBX3
        for other in header.others:
            if other.category == "XCSURI" and other.text in CONSTRAINT_FILES.values():
                continue
            if other.category in _TYPES_2008 or (modern and other.category.isalnum()):
                kept.append(DataCategory(category=other.category, value=self.text(other.value)))
            else:
                self._losses.say("LOS019", f"{other.category} of the header is kept as a paragraph", other.category)
                value = self.text(other.value)
                parts = (value,) if isinstance(value, str) else value.parts
                loose.append(marked((f"{other.category}: ", *parts)))
        return tuple(kept), tuple(loose)


def restrict_header(header: Header, restriction: Restriction) -> Header:
    """What an edition keeps of a header. A working language must be stated: `und` where there is none."""
    made = _HeaderRestriction(restriction)
    title = None if header.title is None else clean(header.title)
    notes = tuple(made.text(note) for note in header.title_notes)
    if notes and title is None:
        title = ""
    others, loose = made.others(header)
    revisions = (made.revision(each) for each in header.revisions)
    return Header(
        language=made.tag(header.language or "und"), title=title, title_notes=notes,
        publication=made.paragraphs(header.publication),
        source_descriptions=made.paragraphs(header.source_descriptions),
        encoding_descriptions=(*made.paragraphs(header.encoding_descriptions), *loose),
        revisions=tuple(each for each in revisions if each.paragraphs), others=others,
    )  # fmt: skip


def restrict_references(
    references: Iterable[ReferenceObject], restriction: Restriction
) -> tuple[ReferenceObject, ...]:
    """What an edition keeps of the back matter: every object with at least one item."""
    made = _BackRestriction(restriction)
    return tuple(made.reference(each) for each in references)


class _BackRestriction:
    def __init__(self, restriction: Restriction) -> None:
        self._restriction = restriction
        self._losses = restriction.losses
        self._flat = restriction.edition.structure is not TBX3 and not restriction.edition.nested

    def reference(self, reference: ReferenceObject) -> ReferenceObject:
        self._losses.concept = reference.id
        identifier = self._identifier(reference.id)
        items = tuple(each for item in reference.items for each in self._items(item, top=True))
        return ReferenceObject(kind=clean(reference.kind), id=identifier, items=items or (ReferenceItem(),))

    def _identifier(self, identifier: str | None) -> str | None:
        return None if identifier is None else self._losses.identifier(identifier)

    def _items(self, item: ReferenceItem, top: bool) -> Iterator[ReferenceItem]:
        """An item, or what becomes of it: TBX-Basic of 2008 has single items only, and sets do not nest."""
        if item.group and (self._flat or not top):
            self._losses.say("LOS020", "a set of items is written as single items")
            for each in item.group:
                yield from self._items(each, top)
            return
        if item.group:
            group = tuple(each for inner in item.group for each in self._items(inner, top=False))
            yield ReferenceItem(type=self._type(item.type), id=self._identifier(item.id), group=group)
            return
        value = self._restriction.marker.text(item.value, Marking.FULL, "an item")
        yield ReferenceItem(
            type=self._type(item.type), value=value, id=self._identifier(item.id), others=self._others(item)
        )

    @staticmethod
    def _type(found: str | None) -> str | None:
        return None if found is None else clean(found)

    def _others(self, item: ReferenceItem) -> tuple[DataCategory, ...]:
        if self._flat and item.others:
            self._losses.say("LOS020", "what stands beside an item of the back matter is left out")
            return ()
        return self._restriction.beside_item(item.others)


# lines


def _paragraphs(name: str, texts: Iterable[str], indent: str) -> Iterator[str]:
    yield f"{indent}<{name}>\n"
    for text in texts:
        yield f"{indent}  {text}\n"
    yield f"{indent}</{name}>\n"


def header_lines(header: Header, serialiser: Serialiser) -> Iterator[str]:
    """The lines of a restricted header, parts in the order of the edition."""
    edition = serialiser.edition
    name = edition.structure.header
    yield f"  <{name}>\n    <fileDesc>\n"
    parts = {
        "titleStmt": _title(header, serialiser),
        "publicationStmt": _optional("publicationStmt", header.publication, serialiser),
        "sourceDesc": _optional("sourceDesc", header.source_descriptions or ("",), serialiser),
    }
    for part in edition.structure.file_description:
        yield from parts[part]
    yield "    </fileDesc>\n"
    yield from _encodings(header, serialiser)
    yield from _revisions(header, serialiser)
    yield f"  </{name}>\n"


def _texts(texts: Iterable[Text], serialiser: Serialiser) -> list[str]:
    return [f"<p>{serialiser.text(text)}</p>" for text in texts]


def _optional(name: str, texts: tuple[Text, ...], serialiser: Serialiser) -> list[str]:
    return list(_paragraphs(name, _texts(texts, serialiser), "      ")) if texts else []


def _title(header: Header, serialiser: Serialiser) -> list[str]:
    if header.title is None:
        return []
    lines = [f"<title>{serialiser.text(header.title)}</title>"]
    lines += [f"<note>{serialiser.text(note)}</note>" for note in header.title_notes]
    return list(_paragraphs("titleStmt", lines, "      "))


def _encodings(header: Header, serialiser: Serialiser) -> Iterator[str]:
    edition = serialiser.edition
    lines = _texts(header.encoding_descriptions, serialiser)
    if edition.structure is not TBX3 and not any(each.category in _TYPES_2008 for each in header.others):
        lines.append(f'<p type="XCSURI">{CONSTRAINT_FILES[edition.dialect]}</p>')
    for other in header.others:
        lines.append(f"<p{attribute('type', other.category)}>{serialiser.text(other.value)}</p>")
    if lines:
        yield from _paragraphs("encodingDesc", lines, "    ")


def _revisions(header: Header, serialiser: Serialiser) -> Iterator[str]:
    if not header.revisions:
        return
    yield "    <revisionDesc>\n"
    for revision in header.revisions:
        yield f"      <change{attribute('id', revision.id)}{attribute(XML_LANG, revision.language)}>\n"
        for text in _texts(revision.paragraphs, serialiser):
            yield f"        {text}\n"
        yield "      </change>\n"
    yield "    </revisionDesc>\n"


def reference_lines(
    references: tuple[ReferenceObject, ...], unresolved: tuple[str, ...], serialiser: Serialiser
) -> Iterator[str]:
    """The lines of the back matter: neighbours of one kind share a section; placeholders for targets come last."""
    placeholders = (
        ReferenceObject(kind=UNRESOLVED, id=target, items=(ReferenceItem(value="not in this term base"),))
        for target in unresolved
    )
    found = (*references, *placeholders)
    if not found:
        return
    section = serialiser.edition.structure.reference_section
    yield "    <back>\n"
    kind: str | None = None
    for reference in found:
        if reference.kind != kind:
            if kind is not None:
                yield f"      </{section}>\n"
            kind = reference.kind
            yield f"      <{section}{attribute('type', kind)}>\n"
        yield f"        <refObject{attribute('id', reference.id)}>\n"
        for item in reference.items:
            yield from _item(item, serialiser, "          ")
        yield "        </refObject>\n"
    yield f"      </{section}>\n    </back>\n"


def _item(item: ReferenceItem, serialiser: Serialiser, indent: str) -> Iterator[str]:
    said = attribute("id", item.id) + attribute("type", item.type)
    if not item.group:
        below = indent + "  " if item.others else indent
        line = f"{below}<item{said}>{serialiser.text(item.value)}</item>\n"
        if not item.others:
            yield line
            return
        yield f"{indent}<itemGrp>\n{line}"
        for other in item.others:
            yield from serialiser.statement(other, below)
        yield f"{indent}</itemGrp>\n"
        return
    yield f"{indent}<itemSet{said}>\n"
    for inner in item.group:
        yield from _item(inner, serialiser, indent + "  ")
    yield f"{indent}</itemSet>\n"


