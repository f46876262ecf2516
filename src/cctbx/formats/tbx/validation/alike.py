"""Reads a term base for checks: entries of a known shape are not made into models, only their texts are taken out.

The shape of an entry is its tags (without ids) and those of its texts that are picked from a list or decide
something. Where it has been seen before, the entry is like a skeleton but for the texts of its terms, definitions,
contexts, sources and notes. All others are read as always.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, BinaryIO

from cctbx.formats.contract import ReadOptions
from cctbx.formats.tbx.fastreading import (
    ENTRY,
    LANGUAGE,
    LEAF,
    SECTION,
    TERM,
    FastReader,
    Irregular,
    unescaped,
)
from cctbx.formats.tbx.reader import Quick, _Document, _Interpreter, _strays
from cctbx.formats.tbx.trees import Prologue
from cctbx.model import ConceptEntry
from cctbx.model.likeness import Likeness, Skeleton

__all__ = ["AlikeHalf", "read_alike"]

_split = re.compile("<([^>]*)>").split
_ID = re.compile(r' id="[^"<>&\s]+"')
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FREE = frozenset({"definition", "context", "source", "note", "responsibility"})
_ID_OF = re.compile(r'<[^\s<>"]+ id="([^"<>&\s]+)">')
_MOST_SHAPES = 1000
_OFTEN = 20
_MOST_PATTERNS = 100
_MOST_RECENT = 4
_ORIGINS = frozenset({"origination", "creation"})

Texts = Callable[[Sequence[str]], tuple[str, ...]]


class _Known:
    """A skeleton with its shape, and what finds entries like it, with that many line feeds.

    `match` finds nothing until the skeleton has come often.
    """

    __slots__ = ("feeds", "hits", "match", "origins_first", "shape", "skeleton")

    def __init__(self, shape: _Shape, skeleton: Skeleton, origins_first: bool) -> None:
        self.skeleton, self.origins_first = skeleton, origins_first
        self.shape = shape
        self.hits = self.feeds = 0
        self.match: Callable[[bytes, int], re.Match[bytes] | None] = _never


def _never(window: bytes, start: int) -> None:
    return None


class _Shape:
    """What one sequence of tags means: which texts stand free, which are dates, which decide.

    `places` are those of the free texts. `varying` takes free texts and dates from the texts of an entry; from its id
    and these, `free` and `dates` take the ones and the others.
    """

    __slots__ = ("_open", "dates", "deciding", "free", "known", "places", "varying")

    def __init__(self, roles: list[str]) -> None:
        self.places = [at for at, role in enumerate(roles) if role == "free"]
        self._open = [at for at, role in enumerate(roles) if role in ("free", "date")]
        self.varying = _several(self._open)
        self.free = _several([at for at, place in enumerate(self._open, 1) if roles[place] == "free"])
        self.dates = _several([at for at, place in enumerate(self._open, 1) if roles[place] == "date"])
        self.deciding = _several([at for at, role in enumerate(roles) if role == "deciding"])
        self.known: dict[tuple[str, ...], _Known | None] = {}

    def pattern(self, text: str) -> tuple[Callable[[bytes, int], re.Match[bytes] | None], int]:
        """What finds entries like this one, and how many line feeds those have.

        The groups are the id, then the texts that vary, in order; none begins with a blank or holds a line feed.
        """
        parts = _split(text)
        made, feeds = [], 0
        for at, part in enumerate(parts):
            if at % 2:
                made.append(f"<{_any_id(part, first=at == 1)}>")
                feeds += part.count("\n")
            elif at // 2 - 1 in self._open:
                made.append(r"([^<>\s][^<>\n]*+)")
            else:
                made.append(re.escape(part))
                feeds += part.count("\n")
        return re.compile("".join(made).encode()).match, feeds


def _any_id(tag: str, *, first: bool) -> str:
    name, stated, rest = tag.partition(' id="')
    if not stated:
        return re.escape(tag)
    value = '([^"<>&\\s]++)' if first else '[^"<>&\\s]++'
    return re.escape(name + stated) + value + re.escape('"' + rest.partition('"')[2])


def _several(places: list[int]) -> Texts:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda texts: tuple([texts[at] for at in places])


def _taken_apart(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Tags (ids taken out) and the text after each; nothing if the entry has no id that is easily had."""
    parts = _split(text)
    if len(parts) < 2 or parts[0] or parts[-1] or not _ID_OF.match(text):
        return (), []
    return tuple([_ID.sub(' id=""', tag) if ' id="' in tag else tag for tag in parts[1::2]]), parts[2::2]


@lru_cache(maxsize=20_000)
def _real(date: str) -> bool:
    try:
        return bool(_DATE.fullmatch(date)) and bool(datetime.date.fromisoformat(date))
    except ValueError:
        return False


class _AlikeReader(FastReader):
    """The quick reader, with a quicker way for entries like others. `latest`: no date may be later."""

    def __init__(self, prologue: Prologue, file: str, latest: str) -> None:
        super().__init__(prologue, file)
        self._latest = latest
        self._shapes: dict[tuple[str, ...], _Shape | None] = {}
        self._count = 0
        self._patterns = 0
        self._recent: list[_Known] = []

    def find(self, window: bytes, start: int, line: int) -> tuple[int, int, Likeness] | None:
        """An entry at this place that is like one that came often lately: its end, its line feeds, and what it is."""
        for at, often in enumerate(self._recent):
            found = often.match(window, start)
            if found is not None:
                if at:
                    self._recent.insert(0, self._recent.pop(at))
                try:
                    joined = b">".join(found.groups()).decode()
                except UnicodeDecodeError:
                    return None
                likeness = self._likeness(often, joined.split(">"), joined, line)
                return (found.end(), often.feeds, likeness) if likeness is not None else None
        return None

    def alike(self, text: str, line: int) -> ConceptEntry | Likeness:
        """The entry, or what it is like. Raises `Irregular`."""
        if "]]>" in text:
            raise Irregular
        tags, texts = _taken_apart(text)
        shape = self._shapes.get(tags)
        if shape is None:
            if tags and tags not in self._shapes and len(self._shapes) < _MOST_SHAPES:
                self._shapes[tags] = self._shape(text)
            return self.entry(text, line)
        deciding = shape.deciding(texts)
        known = shape.known.get(deciding)
        if known is None:
            return self._learn(shape, deciding, text, texts, line)
        known.hits += 1
        if known.hits == _OFTEN and self._patterns < _MOST_PATTERNS:
            self._patterns += 1
            known.match, known.feeds = shape.pattern(text)
            self._recent.insert(0, known)
            del self._recent[_MOST_RECENT:]
        values = (_ID_OF.match(text)[1], *shape.varying(texts))  # type: ignore[index]  # tags are only told with an id
        return self._told(known, values, line) or self.entry(text, line)

    def _told(self, known: _Known, values: Sequence[str], line: int) -> Likeness | None:
        """The same, of values that may hold anything."""
        joined = ">".join(values)
        if joined.count(">") >= len(values) or not all(map(str.strip, values[1:])):
            return None
        return self._likeness(known, values, joined, line)

    def _likeness(self, known: _Known, values: Sequence[str], joined: str, line: int) -> Likeness | None:
        """An entry in short, or None if a text holds a surprise, or a date does.

        `values`: id, free texts, dates, none of them blank; `joined`: all of them.
        """
        if not joined.isprintable():
            return None
        free = known.shape.free(values)
        dates = known.shape.dates(values)
        if dates and not self._calm(dates, known.origins_first):
            return None
        if "&" in joined:
            free = tuple([unescaped(each) if "&" in each else each for each in free])
            if not all(map(str.strip, free)):
                return None
        return Likeness(known.skeleton, values[0], line, free)

    def _calm(self, dates: tuple[str, ...], origins_first: bool) -> bool:
        if max(dates) > self._latest or not all(map(_real, dates)):
            return False
        return len(dates) == 1 or (origins_first and sorted(dates) == list(dates))

    def _shape(self, text: str) -> _Shape | None:
        roles: list[str] = []
        for tag_text in _split(text)[1::2]:
            tag = self._tags.get(tag_text) or self._tag(tag_text)
            if tag.target is not None or (tag.id is not None and tag.kind not in (ENTRY, LANGUAGE, SECTION)):
                return None
            leaf = tag.kind == LEAF and not tag.listed
            free = tag.kind == TERM or (leaf and tag.category in _FREE)
            roles.append("free" if free else "date" if leaf and tag.category == "date" else "deciding")
        return _Shape(roles)

    def _learn(
        self, shape: _Shape, deciding: tuple[str, ...], text: str, texts: list[str], line: int
    ) -> ConceptEntry:  # fmt: skip
        """Read an entry; what is seen for the second time becomes a skeleton."""
        concept = self.entry(text, line)
        if deciding not in shape.known:
            if self._count < 10 * _MOST_SHAPES:
                self._count += 1
                shape.known[deciding] = None
        elif self._count < 11 * _MOST_SHAPES:
            self._count += 1
            parts = _split(text)
            marks = tuple(f"¤{at}¤" for at in range(len(shape.places)))
            for at, mark in zip(shape.places, marks, strict=True):
                parts[2 * at + 2] = mark
            tags = [f"<{each}>" if at % 2 else each for at, each in enumerate(parts)]
            skeleton = Skeleton(self.entry("".join(tags), line), marks, line)
            known = shape.known[deciding] = _Known(shape, skeleton, _origins_first(deciding))
            if self._told(known, ("", *shape.varying(texts)), line) is None:
                shape.known[deciding] = None
        return concept


def _origins_first(deciding: tuple[str, ...]) -> bool:
    """Whether no origination stands after a modification."""
    kinds = [text.strip() for text in deciding]
    last = max((at for at, kind in enumerate(kinds) if kind in _ORIGINS), default=-1)
    return "modification" not in kinds[: last + 1]


class _AlikeDocument(_Document):
    """A document whose regular entries may come as likenesses."""

    latest = "9999-12-31"

    def quick_reader(self) -> Quick:
        # who asks for this document knows that likenesses are among its entries
        reader = _AlikeReader(self.outline.prologue, self.reporter.file, self.latest)
        self._scanner.find = self._find = reader.find  # type: ignore[assignment]
        return reader.alike  # type: ignore[return-value]

    def _stretch(self, interpreter: _Interpreter) -> Iterator[Any]:
        piece = self.first
        while piece is not None:
            if isinstance(piece, Likeness):
                interpreter.reader.count += 1
                yield piece
            elif (concept := interpreter.concept(piece)) is not None:
                yield concept
            piece = self._until_entry()


def read_alike(
    stream: BinaryIO, options: ReadOptions, today: datetime.date | None
) -> Iterator[ConceptEntry | Likeness]:  # fmt: skip
    """The concept entries of a TBX document as `reader.read` gives them, but some as likenesses.

    Raises `InputError` where that does. `today`: entries with a later date come whole.
    """
    return _document(stream, options, today).concepts()


def _document(
    stream: BinaryIO, options: ReadOptions, today: datetime.date | None, stops: tuple[int, ...] = ()
) -> _AlikeDocument:  # fmt: skip
    document = _AlikeDocument(stream, options, stops)
    document.check_kind()
    if today is not None:
        document.latest = today.isoformat()
    return document


class AlikeHalf:
    """The same for half of a document: up to a byte offset where it is cut, or from there on.

    Iterate once. Then `entries` is the number of entries so far, and `sound` tells whether the offset was indeed
    between two entries, and nothing that is told at the end was in the first half.
    """

    def __init__(
        self, stream: BinaryIO, options: ReadOptions, today: datetime.date | None, stop: int,
        start: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        """`start`: for the second half, the line it begins on, and how many entries there were before.

        Raises `InputError` where `read_alike` does.
        """
        self._document = document = _document(stream, options, today, (stop,))
        self._interpreter = _Interpreter(document.outline.prologue, document.reporter, document.quick_reader())
        self._start = start
        self.sound = False

    @property
    def entries(self) -> int:
        """How many entries there have been, those before included."""
        return self._interpreter.reader.count

    def __iter__(self) -> Iterator[ConceptEntry | Likeness]:
        document, interpreter = self._document, self._interpreter
        if self._start is not None:
            line, interpreter.reader.count = self._start
            document._go_on(0, line)
        yield from document._stretch(interpreter)
        if self._start is not None:
            yield from document._end(interpreter.reader)
            self.sound = True
            return
        document.outline.close()
        root = document.outline.root
        self.sound = not document.source.ended and not (root is not None and any(_strays(root)))
