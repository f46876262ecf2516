"""Reads a term base for checks: entries whose parts are known are not made into models, only their texts are taken out.

The parts of an entry are its head and its language sections. One with known markup, and known texts where these are
picked from a list or decide something, is like a skeleton but for the texts of its terms, definitions and contexts.
Entries with other parts, or with odd texts, are read as always.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, BinaryIO

from cctbx.errors import InputError
from cctbx.formats.contract import ReadOptions
from cctbx.formats.tbx.fastreading import Irregular, unescaped
from cctbx.formats.tbx.reader import Quick, _Document, _Interpreter, _strays
from cctbx.formats.tbx.sections import Cut, Cutter, Markup
from cctbx.formats.tbx.trees import Prologue
from cctbx.formats.tbx.validation.alike_patterns import Often, Stretch
from cctbx.formats.tbx.validation.alike_shapes import Dates, Known, Shape, Shaper
from cctbx.model import ConceptEntry
from cctbx.model.likeness import Likeness, Skeleton

__all__ = ["AlikeHalf", "read_alike"]

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?")
_ODD = re.compile("[\0-\x1f\x7f-\x9f\u1680\u2028\u2029\ufffe\uffff\ud800-\udfff]")
"""Characters that make a text odd, beside those that can be printed, and blanks of all kinds."""
_NAME = re.compile(r"<([^\s<>/]+)")
_FREELY = 2000
"""So much is learnt at first sight, then only what comes again."""
_MOST_LEARNT = 8000
_MOST_SEEN = 50_000
_TRIAL = 1024
_OFTEN = 20
_SHARE = 25
"""A pattern is made of what has come so often, and is one of so many since the last one was made."""
_MOST_PATTERNS = 100
_MOST_RECENT = 4
_MOST_COUNTED = 4096
_BATCH = 64


@lru_cache(maxsize=20_000)
def _day(date: str) -> str:
    """The day of a date in ISO form; nothing if it is not real."""
    day = date.strip()
    try:
        return day[:10] if _ISO.fullmatch(day) and datetime.date.fromisoformat(day[:10]) else ""
    except ValueError:
        return ""


def _resolve(likeness: Likeness, joined: str) -> bool:
    """Resolve the references in the texts of an entry (`joined`: all of them); False if any is odd."""
    resolved: Callable[[str], str] = _ampersands
    if joined.count("&") != joined.count("&amp;"):
        resolved = unescaped
        try:
            meant = unescaped(joined)
            if _ODD.search(meant) or not all(unescaped(each).strip() for each in joined.split("<")):
                return False
        except Irregular:
            return False
        likeness.plain = meant.isprintable()
    likeness.terms = [resolved(each) if "&" in each else each for each in likeness.terms]
    likeness.definitions = [resolved(each) if "&" in each else each for each in likeness.definitions]
    likeness.contexts = [resolved(each) if "&" in each else each for each in likeness.contexts]
    return True


def _ampersands(text: str) -> str:
    return text.replace("&amp;", "&")


class _UnknownError(Exception):
    """A part of an entry has no skeleton."""


class _AlikeReader(Shaper):
    """The quick reader, with a quicker way for entries whose parts are known. `latest`: no date may be later."""

    def __init__(self, prologue: Prologue, file: str, latest: str) -> None:
        super().__init__(prologue, file)
        self._latest = latest
        self._cutter = Cutter()
        self._shapes: dict[Markup, Shape | None] = {}
        self._skeletons: dict[Any, Known] = {}
        self._seen: set[int] = set()
        self._made = self._looked = self._missed = self._pause = 0
        self._counts: dict[tuple[Skeleton, ...], int] = {}
        self._patterns = self._total = 0
        self._recent: list[Often] = []

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
                likeness = self._of_pattern(often, joined, line)
                return (found.end(), often.feeds, likeness) if likeness is not None else None
        return None

    def _of_pattern(self, often: Often, joined: str, line: int) -> Likeness | None:
        texts = joined.split(">")
        plain = joined.isprintable()
        if not plain and (_ODD.search(joined) or not texts[0].isprintable() or not all(map(str.strip, texts))):
            return None
        if often.dates.places and not self._calm(often.dates, texts):
            return None
        found = Likeness(
            often.parts, texts[0], line, often.terms(texts) if often.terms else (),
            often.definitions(texts) if often.definitions else (), often.contexts(texts) if often.contexts else (),
            plain,
        )  # fmt: skip
        return found if "&" not in joined or _resolve(found, joined.replace(">", "<")) else None

    def alike(self, text: str, line: int) -> ConceptEntry | Likeness:
        """The entry, or what it is like. Raises `Irregular`."""
        if self._pause:
            self._pause -= 1
            return self.entry(text, line)
        found = self._cutter.cut(text)
        likeness = None
        if found is not None:
            try:
                likeness = self._likeness(*found, line)
            except _UnknownError:
                found = self._learnt(found[0], text)
                likeness = self._likeness(*found, line) if found is not None else None
        self._weigh(likeness)
        if likeness is None or found is None:
            return self.entry(text, line)
        self._count(likeness, found[0])
        return likeness

    def _weigh(self, likeness: Likeness | None) -> None:
        """Where hardly any entry is like others, it does not pay to look."""
        self._looked += 1
        self._missed += likeness is None
        if self._looked == _TRIAL:
            if self._missed > _TRIAL * 7 // 8:
                self._pause = 8 * _TRIAL
            self._looked = self._missed = 0

    def _likeness(self, cuts: list[Cut], joined: str, line: int) -> Likeness | None:
        """The entry in short; None if a text holds a surprise. Raises `_UnknownError` if a part is not known."""
        shapes, plain = self._shapes, joined.isprintable()
        if not plain and _ODD.search(joined):
            return None
        parts: list[Skeleton] = []
        terms: list[str] = []
        definitions: list[str] = []
        contexts: list[str] = []
        for markup, texts in cuts:
            shape = shapes.get(markup)
            if shape is None:
                raise _UnknownError
            known = shape.known.get(shape.deciding(texts))
            if known is None:
                raise _UnknownError
            parts.append(known.skeleton)
            if known.terms is not None:
                terms += known.terms(texts)
            if known.definitions is not None:
                definitions += known.definitions(texts)
            if known.contexts is not None:
                contexts += known.contexts(texts)
            if known.dates.places and not self._calm(known.dates, texts):
                return None
            if not plain and not all(map(str.isprintable, texts[: shape.pointers])):
                return None
        found = Likeness(parts, cuts[0][1][0], line, terms, definitions, contexts, plain)
        if "&" in joined and not _resolve(found, joined):
            return None
        return found

    def _calm(self, dates: Dates, texts: Sequence[str]) -> bool:
        """Whether there is nothing to be said of these dates."""
        for at in dates.places:
            day = _day(texts[at])
            if not day or day > self._latest:
                return False
        for first, later in dates.orders:
            if min(_day(texts[at]) for at in first) > min(_day(texts[at]) for at in later):
                return False
        return True

    # -- what is learnt ------------------------------------------------------------------------------------------------

    def _learnt(self, cuts: list[Cut], text: str) -> tuple[list[Cut], str] | None:
        """The entry, cut again, if all of its parts can be made known."""
        for markup, texts in cuts:
            if markup in self._shapes:
                shape = self._shapes[markup]
                if shape is None or shape.known.get(shape.deciding(texts), shape) is None:
                    return None
        self._cutter.look_again()
        found = self._cutter.cut(text)
        return found if found is not None and self._learn(found[0], text) else None

    def _learn(self, cuts: list[Cut], text: str) -> bool:
        """Make skeletons of the parts of an entry that have none; whether all have one now."""
        name = _NAME.match(text)
        if name is None:
            return False
        for at, (markup, texts) in enumerate(cuts):
            if markup not in self._shapes:
                if not self._may_learn(hash(markup)):
                    return False
                self._shapes[markup] = self.shape(
                    markup, self._cutter.opening if at else "", name[1], last=at == len(cuts) - 1
                )
            shape = self._shapes[markup]
            if shape is None:
                return False
            deciding = shape.deciding(texts)
            if deciding not in shape.known:
                if not self._may_learn(hash((markup, deciding))):
                    return False
                shape.known[deciding] = self._skeleton(shape, texts, deciding)
            if shape.known[deciding] is None:
                return False
        return True

    def _may_learn(self, mark: int) -> bool:
        """Whether something may be learnt of what is marked so: after some time only if it comes again."""
        if self._made >= _MOST_LEARNT:
            return False
        if self._made > _FREELY and mark not in self._seen:
            if len(self._seen) < _MOST_SEEN:
                self._seen.add(mark)
            return False
        self._made += 1
        return True

    def _skeleton(self, shape: Shape, texts: Sequence[str], deciding: Any) -> Known | None:
        """A skeleton, perhaps one that stands elsewhere already: at the end of an entry, or before other sections."""
        known = self._skeletons.get((shape.key, deciding))
        if known is not None and (shape.last or known.skeleton.last or known.skeleton.feeds == shape.feeds):
            if known.skeleton.last and not shape.last:
                known.skeleton.feeds, known.skeleton.last = shape.feeds, False
            return known
        try:
            known = self.known(shape, texts)
        except Irregular:
            return None
        if known is not None:
            self._skeletons[shape.key, deciding] = known
        return known

    def _count(self, likeness: Likeness, cuts: list[Cut]) -> None:
        """What has come often is found by a pattern from then on. One of four is looked at."""
        self._total += 1
        if self._total & 3 or self._patterns >= _MOST_PATTERNS:
            return
        parts = tuple(likeness.parts)
        count = self._counts[parts] = self._counts.get(parts, 0) + 4
        if len(self._counts) > _MOST_COUNTED:
            self._counts.clear()
        if count % _OFTEN == 0 and count * _SHARE > self._total:
            self._patterns += 1
            self._total = 0
            self._counts.clear()
            shapes = [self._shapes[markup] for markup, _ in cuts]
            stretches: list[Stretch] = [
                (shape, shape.known[shape.deciding(texts)], texts)  # type: ignore[union-attr, misc]  # all are known
                for shape, (_, texts) in zip(shapes, cuts, strict=True)
            ]
            self._recent.insert(0, Often(stretches, self._cutter.opening))
            del self._recent[_MOST_RECENT:]


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
    return _ahead(_document(stream, options, today).concepts())


def _ahead(entries: Iterable[ConceptEntry | Likeness]) -> Iterator[ConceptEntry | Likeness]:
    """The same, but many are read at once: whoever goes back and forth between two kinds of work is slower at both."""
    batch: list[ConceptEntry | Likeness] = []
    try:
        for each in entries:
            batch.append(each)
            if len(batch) >= _BATCH:
                yield from batch
                batch.clear()
    except InputError:
        yield from batch
        raise
    yield from batch


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
        yield from _ahead(document._stretch(interpreter))
        if self._start is not None:
            yield from document._end(interpreter.reader)
            self.sound = True
            return
        document.outline.close()
        root = document.outline.root
        self.sound = not document.source.ended and not (root is not None and any(_strays(root)))
