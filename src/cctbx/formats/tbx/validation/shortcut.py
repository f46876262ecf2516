"""The fast lane: entries whose markup is known to be faultless are checked without building a tree.

Most entries of a file repeat the markup of others, down to the last attribute; only ids and texts differ. When the
checker has found nothing wrong with an entry, its markup (the sequence of its tags, ids taken out) is remembered
with a plan: which texts must be blank, which must be in a value list, which are dates, which ids and targets there are.
An entry with known markup needs only its plan. All others go the long way, through the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from cctbx.formats.tbx.validation.constraints import Constraints
from cctbx.formats.tbx.validation.references import CROSS_REFERENCE, ID_KINDS, OTHER, REFERENCE, References
from cctbx.formats.tbx.validation.sketching import Sketch, Sketcher, pointers_of
from cctbx.formats.tbx.validation.values import is_date, is_name
from cctbx.formats.tbx.validation.vocabulary import Meaning, Vocabulary

__all__ = ["Shortcut", "Sketch", "harmless"]

_BLANK = " \t\r\n"
_ADDRESS, _ANYTHING = -1, -2
_MOST_PLANS = 1500
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_TYPE = re.compile(r'\stype="([^"]*)"')
_POINTER = re.compile(r'(?<=\s)(id|target)=""')
_REFERENCES = re.compile(_REFERENCE.pattern.encode())
_OFTEN = 20
_MOST_PATTERNS = 100
_MOST_RECENT = 4
_ILLEGAL = tuple(bytes([code]) for code in range(32) if code not in b"\t\n\r")


def harmless(block: bytes) -> bool:
    """Whether these bytes hold no character that XML forbids (their encoding is checked later)."""
    if b"\xef" in block and (b"\xef\xbf\xbe" in block or b"\xef\xbf\xbf" in block):
        return False
    return not any(each in block for each in _ILLEGAL)  # one byte after the other is quicker than all at once


@dataclass(slots=True, kw_only=True)
class _Plan:
    blanks: Callable[[tuple[str, ...]], tuple[str, ...]]
    lists: tuple[tuple[int, frozenset[str]], ...]
    dates: tuple[int, ...]
    pointers: tuple[int, ...]
    hits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    """What finds the entries of a plan at once; its groups are ids and targets, and dates.

    pointers  (group, its attribute), dates  groups, breaks  the line breaks of such an entry
    """

    plan: _Plan
    match: Callable[[bytes, int], re.Match[bytes] | None]
    breaks: int
    pointers: tuple[tuple[int, str], ...]
    dates: tuple[int, ...]


def _pattern(entry: Sketch, plan: _Plan) -> _Pattern | None:
    """The pattern for entries like this one, laid out in the same way."""
    if any("\n" in tag for tag in entry.tags):
        return None
    values = dict(plan.lists)
    pointers: list[tuple[int, str]] = []
    dates: list[int] = []
    made: list[str] = []
    groups = breaks = 0
    for at, (tag, text) in enumerate(zip(entry.tags, entry.texts, strict=True)):
        first, *rest = _POINTER.split(tag)
        made.append("<" + re.escape(first))
        for name, after in zip(rest[::2], rest[1::2], strict=True):
            groups += 1
            pointers.append((groups, name))
            made.append(f'{name}="([^"<>&]*)"{re.escape(after)}')
        made.append(">")
        if at in values:
            made.append(f"(?:{'|'.join(map(re.escape, sorted(values[at])))})")
        elif at in plan.dates:
            groups += 1
            made.append(r"([^<>\n]*+)")
            dates.append(groups)
        else:
            made.append(r"[^<>\n]*+" if text.strip(_BLANK) else re.escape(text))
            breaks += 0 if text.strip(_BLANK) else text.count("\n")
    match = re.compile("".join(made).encode()).match
    return _Pattern(plan=plan, match=match, breaks=breaks, pointers=tuple(pointers), dates=tuple(dates))


@lru_cache(maxsize=20_000)
def _day(date: bytes) -> bool:
    """Whether these bytes are a day, without blanks around it."""
    text = date.decode()
    return text == text.strip(_BLANK) and is_date(text)


class Shortcut:
    """The plans of one file. `prefixes`: the namespace bindings of its root."""

    def __init__(
        self, vocabulary: Vocabulary, limits: Constraints | None, references: References,
        prefixes: dict[str | None, str],
    ) -> None:  # fmt: skip
        self._vocabulary = vocabulary
        self._limits = limits
        self._references = references
        self._prefixes = prefixes
        self._plans: dict[tuple[str, ...], _Plan] = {}
        self._sketcher = Sketcher()
        self._recent: list[_Pattern] = []
        self._patterns = 0

    def knows(self, data: bytes, start: int, line: int) -> tuple[int, int] | None:
        """As `accepts`, at a place of the data, for what looks just like one of the entries that came often lately:
        where it ends, and how many line breaks it has."""
        for at, often in enumerate(self._recent):
            found = often.match(data, start)
            if found is not None:
                if at:
                    self._recent.insert(0, self._recent.pop(at))
                return (found.end(), often.breaks) if self._holds(often, found, data, line) else None
        return None

    def _holds(self, often: _Pattern, found: re.Match[bytes], data: bytes, line: int) -> bool:
        start, end = found.span()
        if data.find(b"&", start, end) >= 0 and _REFERENCES.search(data, start, end):
            return False
        try:
            data[start:end].decode()
            for group in often.dates:
                if not _day(found[group]):
                    return False
            pointers = tuple(
                [(name, found[group].decode(), data.count(b"\n", start, found.start(group)))
                 for group, name in often.pointers]
            )  # fmt: skip
        except UnicodeDecodeError:
            return False
        return self._point(Sketch((), (), pointers), often.plan, line)

    def _came(self, entry: Sketch, plan: _Plan) -> None:
        """Count the entries of a plan; one that comes often gets a pattern."""
        plan.hits += 1
        if plan.hits % _OFTEN == 0 and self._patterns < _MOST_PATTERNS:
            self._patterns += 1
            pattern = _pattern(entry, plan)
            if pattern is not None:
                self._recent.insert(0, pattern)
                del self._recent[_MOST_RECENT:]

    def sketch(self, piece: bytes) -> Sketch | None:
        """Take an entry apart, or None: it holds something that only a parser understands."""
        try:
            text = piece.decode("utf-8")
        except UnicodeDecodeError:
            return None
        return None if b"&" in piece and _REFERENCE.search(text) else self._sketcher.sketch(text)

    def accepts(self, entry: Sketch, line: int) -> bool:
        """Whether the entry is faultless for sure; then its ids and references are remembered. `line`: its first."""
        plan = self._plans.get(entry.tags)
        if plan is None:
            return False
        texts = entry.texts
        if "".join(plan.blanks(texts)).strip(_BLANK):
            return False
        for at, values in plan.lists:
            if texts[at] not in values:
                return False
        for at in plan.dates:
            if texts[at] != texts[at].strip(_BLANK) or not is_date(texts[at]):
                return False
        if not self._point(entry, plan, line):
            return False
        self._came(entry, plan)
        return True

    def _point(self, entry: Sketch, plan: _Plan, line: int) -> bool:
        ids: list[str] = []
        for kind, (_, value, _) in zip(plan.pointers, entry.pointers, strict=True):
            if kind == _ADDRESS:
                if not value.startswith(("http://", "https://")) or value.split() != [value]:
                    return False
            elif kind != _ANYTHING:
                if not is_name(value) or value != value.strip(_BLANK):
                    return False
                if kind in (REFERENCE, CROSS_REFERENCE):
                    if value in ids:
                        return False
                else:
                    ids.append(value)
        for kind, (_, value, offset) in zip(plan.pointers, entry.pointers, strict=True):
            if kind >= 0:
                self._references.note(value, kind, line + offset, entry.pointers[0][1])
        return True

    def learn(self, entry: Sketch) -> None:
        """Remember the markup of an entry in which the checker found nothing wrong."""
        if len(self._plans) < _MOST_PLANS and entry.tags not in self._plans:
            plan = self._plan(entry)
            if plan is not None:
                self._plans[entry.tags] = plan

    def _plan(self, entry: Sketch) -> _Plan | None:
        blanks: list[int] = []
        lists: list[tuple[int, frozenset[str]]] = []
        dates: list[int] = []
        pointers: list[int] = []
        stack: list[tuple[Meaning, str]] = []
        for at, tag in enumerate(entry.tags):
            if tag.startswith("/"):
                stack.pop()
            else:
                meaning = self._meaning(tag)
                if meaning is None:
                    return None
                if stack and self._values(*stack[-1]):
                    return None  # markup inside a value
                pointers.extend(self._kind(name, meaning, tag) for name in pointers_of(tag))
                if not tag.endswith("/"):
                    stack.append((meaning, tag))
            if not stack:
                continue
            self._text(at, stack[-1], blanks, lists, dates)
        if len(pointers) != len(entry.pointers) or len(blanks) < 2:
            return None
        return _Plan(blanks=itemgetter(*blanks), lists=tuple(lists), dates=tuple(dates), pointers=tuple(pointers))

    def _text(
        self, at: int, owner: tuple[Meaning, str], blanks: list[int], lists: list[tuple[int, frozenset[str]]],
        dates: list[int],
    ) -> None:  # fmt: skip
        values, kind = self._values(*owner), owner[0].shape.text if owner[0].shape else "text"
        if values:
            lists.append((at, values))
        elif kind is None or kind == "empty":
            blanks.append(at)
        elif kind in ("date", "dateTime"):
            dates.append(at)

    def _meaning(self, tag: str) -> Meaning | None:
        if "xmlns" in tag:
            return None
        prefix, _, local = tag.rstrip("/").split()[0].rpartition(":")
        namespace = self._prefixes.get(prefix or None, "")
        meaning = self._vocabulary[f"{{{namespace}}}{local}" if namespace else local]
        return meaning if meaning.problem is None else None

    def _values(self, meaning: Meaning, tag: str) -> frozenset[str]:
        """The value list that the text of an element must be in; empty: none."""
        if meaning.rule is not None:
            return frozenset(meaning.rule.values)
        shape = meaning.shape
        if shape is None or not shape.category or self._limits is None:
            return frozenset(shape.values) if shape is not None else frozenset()
        found = _TYPE.search(tag)
        rule = self._limits.rules.get((shape.name, found[1])) if found else None
        return frozenset(rule.values) if rule is not None else frozenset()

    def _kind(self, name: str, meaning: Meaning, tag: str) -> int:
        """What an id or a target stands for."""
        local = meaning.local
        if name == "id":
            known = meaning.shape.attributes.get("id") if meaning.shape else None
            return ID_KINDS.get(local, OTHER) if known is not None and known.kind == "ID" else _ANYTHING
        if meaning.rule is not None:
            if meaning.rule.target == "external":
                return _ADDRESS
            return CROSS_REFERENCE if meaning.rule.element == "ref" else REFERENCE
        shape = meaning.shape
        if local == "xref":
            return _ADDRESS
        if shape is None or "target" not in shape.attributes or shape.attributes["target"].kind != "IDREF":
            return _ANYTHING
        return CROSS_REFERENCE if local == "ref" and 'type="crossReference"' in tag else REFERENCE

