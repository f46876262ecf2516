"""The quick way to read a concept entry that holds no surprise; everything else goes the long way (`trees`, `entries`).

An entry is cut at each `<`. A piece is a tag and the text after it; tags and short pieces repeat all the time, so what
they mean is looked up. Whatever is not plainly regular raises `Irregular`: comments, CDATA, declarations inside the
entry, entities, markup, unknown names or attributes, values of other editions, stray text, a wrong end tag. A law in
the tests states that both ways give the same entry, down to the line numbers.
"""

from __future__ import annotations

import re
from typing import Any, Final

from cctbx.formats.tbx.elements import head_of, known_values, read_value
from cctbx.formats.tbx.names import GROUP_HEADS, ROLES, XML_LANG, Role
from cctbx.formats.tbx.trees import Prologue, legal
from cctbx.model import ConceptEntry, DataCategory, Level, Metatype, fields_from
from cctbx.model.quick import concept_entry, data_category, language_section, origin_of, term_section

__all__ = ["ATTRIBUTE", "ODD", "TERM", "FastReader", "Irregular", "Token", "unescaped"]


class Irregular(Exception):  # noqa: N818 - not an error: the long way can read it
    """This entry has to be read the long way."""


LEAF: Final = 0
TERM: Final = 1
END: Final = 2
SECTION: Final = 3
LANGUAGE: Final = 4
GROUP: Final = 5
TERM_GROUP: Final = 6
ENTRY: Final = 7

_KINDS = {
    Role.ENTRY: ENTRY, Role.LANGUAGE: LANGUAGE, Role.TERM_SECTION: SECTION, Role.TERM_GROUP: TERM_GROUP,
    Role.TERM: TERM, Role.GROUP: GROUP,
}  # fmt: skip
_MAY_SAY = {
    ENTRY: {"id"}, LANGUAGE: {"id", XML_LANG}, SECTION: {"id"}, TERM_GROUP: {"id"}, TERM: {"id"}, GROUP: {"id"},
}  # fmt: skip
_LEVELS = (Level.CONCEPT, Level.LANGUAGE, Level.TERM)

_NAME = r"[A-Za-z_][A-Za-z0-9_.\-]*"
_S = r"[ \t\r\n]"
_IS = f"{_S}*={_S}*"
_TAG = re.compile(rf"(?:({_NAME}):)?({_NAME})((?:{_S}+(?:xml:)?{_NAME}{_IS}(?:\"[^\"<]*\"|'[^'<]*'))*){_S}*")
ATTRIBUTE = re.compile(rf"((?:xml:)?{_NAME}){_IS}(?:\"([^\"<]*)\"|'([^'<]*)')")
_END_TAG = re.compile(rf"/((?:{_NAME}:)?{_NAME}){_S}*")
_REFERENCE = re.compile("&([^;&]*);")
ODD = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_PIECES_LIMIT = 4096
_TAGS_LIMIT = 4096


class _Tag:
    """What a tag means. `places` says per level in which field a statement goes and whether it is simple;
    `bare`: no attribute beside its type; `listed`: its values are of a picklist; `feeds`: its line feeds;
    `ending`: the piece that closed it last (it mostly does so again), and that piece's line feeds.
    """

    __slots__ = (
        "bare", "category", "close", "datatype", "ending", "ending_feeds", "feeds", "id", "kind", "language", "listed",
        "metatype", "places", "target", "wanted",
    )  # fmt: skip

    def __init__(self, kind: int, close: _Tag | None = None) -> None:
        self.kind = kind
        self.close = close
        self.feeds = 0
        self.ending = ""
        self.ending_feeds = 0
        self.id: str | None = None
        self.language: str | None = None
        self.target: str | None = None
        self.datatype: str | None = None
        self.category = ""
        self.metatype = Metatype.UNKNOWN
        self.places: tuple[tuple[str, bool], ...] = ()
        self.bare = False
        self.listed = False
        self.wanted = Metatype.UNKNOWN


Token = tuple[int, _Tag, str, int]


def _character(found: re.Match[str]) -> str:
    name = found[1]
    known = _CHARACTERS.get(name)
    if known is not None:
        return known
    try:
        code = int(name[2:], 16) if name[:2] == "#x" else int(name[1:]) if name[:1] == "#" else -1
    except ValueError:
        raise Irregular from None
    if not name[1:].isalnum() or not legal(code):
        raise Irregular
    return chr(code)


def unescaped(text: str) -> str:
    made, count = _REFERENCE.subn(_character, text)
    if count != text.count("&"):
        raise Irregular
    return made


class FastReader:
    """Reads regular entries of one document."""

    def __init__(self, prologue: Prologue, file: str) -> None:
        self._prologue = prologue
        self._file = file
        self._tags: dict[str, _Tag] = {}
        self._ends: dict[str, _Tag] = {}
        self._pieces: dict[str, Token] = {}

    # tags

    def _end(self, name: str) -> _Tag:
        end = self._ends.get(name)
        if end is None:
            end = self._ends[name] = _Tag(END)
        return end

    def _tag(self, text: str) -> _Tag:
        if text[:1] == "/":
            ending = _END_TAG.fullmatch(text)
            if not ending:
                raise Irregular
            tag = self._end(ending[1])
        else:
            tag = self._start_tag(text)
            tag.feeds = text.count("\n")
        if tag.id is None and tag.target is None and len(self._tags) < _TAGS_LIMIT:
            self._tags[text] = tag
        return tag

    def _start_tag(self, text: str) -> _Tag:
        found = _TAG.fullmatch(text)
        if not found:
            raise Irregular
        prefix, name, said = found.groups()
        attributes: dict[str, str] = {}
        for key, double, single in ATTRIBUTE.findall(said):
            value = double or single
            if key in attributes or key.startswith("xmlns") or not value.isprintable():
                raise Irregular
            attributes[key] = unescaped(value) if "&" in value else value
        space = self._prologue.namespaces.get(prefix or "", None if prefix else "")
        if space is None:
            raise Irregular
        close = self._end(f"{prefix}:{name}" if prefix else name)
        return self._meaning(name, "" if space in self._prologue.core else space, attributes, close)

    def _meaning(self, name: str, space: str, said: dict[str, str], close: _Tag) -> _Tag:
        kind = _KINDS.get(ROLES.get(name, Role.META)) if not space else None
        if kind is None:
            return self._statement(name, space, said, close)
        if not said.keys() <= _MAY_SAY[kind] or (kind == ENTRY and not said.get("id")):
            raise Irregular
        tag = _Tag(kind, close)
        tag.id = said.get("id")
        tag.wanted = GROUP_HEADS.get(name, Metatype.UNKNOWN)
        if kind == LANGUAGE:
            tag.language = said.get(XML_LANG, "")
            if not tag.language or tag.language != tag.language.strip():
                raise Irregular
        return tag

    def _statement(self, name: str, space: str, said: dict[str, str], close: _Tag) -> _Tag:
        head = head_of(name, space, said)
        if head is None or head.extra or head.found or head.untyped or head.value is not None or "lang" in said:
            raise Irregular
        tag = _Tag(LEAF, close)
        tag.category, tag.metatype = head.category, head.metatype
        tag.language, tag.target, tag.id, tag.datatype = head.language, head.target, head.id, head.datatype
        tag.bare = not (head.language or head.target or head.id or head.datatype)
        tag.listed = head.category in known_values
        sample = DataCategory(category=head.category, metatype=head.metatype, value="x")
        placed = (next(iter(fields_from(level, (sample,)).items())) for level in _LEVELS)
        tag.places = tuple((field, isinstance(held, str)) for field, held in placed)
        return tag

    # pieces

    def _token(self, piece: str) -> Token:
        """What a piece means: kind, tag, the text after it, its line feeds."""
        text, closed, after = piece.partition(">")
        if not closed:
            raise Irregular
        tag = self._tags.get(text) or self._tag(text)
        kind = tag.kind
        if kind <= TERM:
            feeds = tag.feeds
            if not after.isprintable():
                if ODD.search(after):
                    raise Irregular
                feeds += after.count("\n")
            if "&" in after:
                after = unescaped(after)
            if not tag.listed:
                return kind, tag, after, feeds
            after, code = read_value(tag.category, after)
            if code is not None:
                raise Irregular
        elif after and not after.isspace():
            raise Irregular
        token = (kind, tag, after, piece.count("\n"))
        if tag.id is None and len(piece) < 100 and len(self._pieces) < _PIECES_LIMIT:
            self._pieces[piece] = token
        return token

    # entries

    def entry(self, text: str, line: int) -> ConceptEntry:
        """The concept entry of this text, whose first line is `line`. Raises `Irregular`."""
        if "]]>" in text:
            raise Irregular
        pieces = iter(text.split("<"))
        next(pieces)
        try:
            return self._entry(pieces, line)
        except StopIteration:
            raise Irregular from None

    def _entry(self, pieces: Any, line: int) -> ConceptEntry:
        """One loop over the pieces: three levels, each with the fields it has so far."""
        known, token = self._pieces.get, self._token
        kind, entry, _, feeds = token(next(pieces))
        if kind != ENTRY:
            raise Irregular
        origin = origin_of(self._file, line)
        line += feeds
        level = 0
        fields: dict[str, Any] = {}
        outer: list[dict[str, Any]] = []
        opened = [entry]
        languages: list[Any] = []
        terms: list[Any] = []
        term: str | None = None
        section_id: str | None = None
        section_line = language_line = line
        language = entry
        for piece in pieces:
            kind, tag, value, feeds = known(piece) or token(piece)
            if kind == LEAF:
                following = next(pieces)
                if following != tag.ending:
                    self._ended(tag, following)
                name, simple = tag.places[level]
                if simple and tag.bare and value and name not in fields:
                    fields[name] = value
                else:
                    statement = data_category(
                        tag.category, value, tag.metatype, tag.language, tag.target, tag.id, tag.datatype, (), line
                    )
                    if simple:
                        name = "others"
                    fields[name] = (*fields[name], statement) if name in fields else (statement,)
                line += feeds + tag.ending_feeds
            elif kind == END:
                start = opened.pop()
                if start.close is not tag:
                    raise Irregular
                line += feeds
                if start.kind == SECTION:
                    if term is None:
                        raise Irregular
                    terms.append(term_section(term, section_id, line=section_line, **fields))
                    fields, level = outer.pop(), 1
                elif start.kind == LANGUAGE:
                    languages.append(
                        language_section(language.language, tuple(terms), language.id, line=language_line, **fields)
                    )
                    fields, level = outer.pop(), 0
                elif start.kind == ENTRY:
                    break
            elif kind == TERM:
                following = next(pieces)
                if following != tag.ending:
                    self._ended(tag, following)
                if term is not None or level != 2:
                    raise Irregular
                term = value
                section_id = self._one_id(section_id, tag.id)
                line += feeds + tag.ending_feeds
            elif kind == GROUP:
                line = self._group(pieces, tag, line + feeds, fields, level)
            elif kind == SECTION and level == 1:
                opened.append(tag)
                outer.append(fields)
                fields, level, term = {}, 2, None
                section_id, section_line = tag.id, line
                line += feeds
            elif kind == LANGUAGE and level == 0:
                opened.append(tag)
                outer.append(fields)
                fields, level = {}, 1
                language, language_line, terms = tag, line, []
                line += feeds
            elif kind == TERM_GROUP and level == 2 and opened[-1].kind == SECTION:
                opened.append(tag)
                section_id = self._one_id(section_id, tag.id)
                line += feeds
            else:
                raise Irregular
        if opened or next(pieces, None) is not None:
            raise Irregular
        return concept_entry(entry.id, tuple(languages), origin=origin, **fields)

    def _ended(self, tag: _Tag, piece: str) -> None:
        """Checks that a piece closes a tag, and remembers it."""
        _, closing, _, feeds = self._pieces.get(piece) or self._token(piece)
        if closing is not tag.close:
            raise Irregular
        tag.ending, tag.ending_feeds = piece, feeds

    @staticmethod
    def _one_id(found: str | None, more: str | None) -> str | None:
        if found is None or more is None or more == found:
            return found or more
        raise Irregular

    def _group(self, pieces: Any, group: _Tag, line: int, fields: dict[str, Any], level: int) -> int:
        """A group of plain statements; gives the line after it."""
        known, token = self._pieces.get, self._token
        head: _Tag | None = None
        value, head_line = "", line
        companions: list[DataCategory] = []
        for piece in pieces:
            kind, tag, text, feeds = known(piece) or token(piece)
            if kind == END:
                if tag is not group.close or head is None:
                    raise Irregular
                line += feeds
                break
            if kind != LEAF:
                raise Irregular
            following = next(pieces)
            if following != tag.ending:
                self._ended(tag, following)
            if head is None and (tag.metatype is group.wanted or tag.metatype is Metatype.UNKNOWN):
                head, value, head_line = tag, text, line
            else:
                companions.append(
                    data_category(
                        tag.category, text, tag.metatype, tag.language, tag.target, tag.id, tag.datatype, (), line
                    )
                )
            line += feeds + tag.ending_feeds
        if head is None:
            raise Irregular
        name, simple = head.places[level]
        if simple and head.bare and value and not companions and not group.id and name not in fields:
            fields[name] = value
            return line
        identifier = head.id if head.id is not None else group.id or None
        statement = data_category(
            head.category, value, head.metatype, head.language, head.target, identifier, head.datatype,
            tuple(companions), head_line,
        )  # fmt: skip
        name = "others" if simple else name
        fields[name] = (*fields[name], statement) if name in fields else (statement,)
        return line
