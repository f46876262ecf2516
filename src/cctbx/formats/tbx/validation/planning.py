"""Learns from an entry in which the checker found nothing wrong: makes plans for its pieces.

A piece of markup is read beside the elements that the parser has made of it, which say what its names mean. Where the
two do not fit together to the last attribute, or something in it cannot be judged piece by piece, there is no plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from cctbx.formats.tbx.validation.automaton import Matcher
from cctbx.formats.tbx.validation.constraints import Constraints
from cctbx.formats.tbx.validation.cutting import TEXT
from cctbx.formats.tbx.validation.plans import ADDRESS, ANYTHING, PlanParts, Pointer
from cctbx.formats.tbx.validation.references import CROSS_REFERENCE, ID_KINDS, OTHER, REFERENCE
from cctbx.formats.tbx.validation.vocabulary import Meaning, Vocabulary, split_tag
from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["Planner", "elements_of", "repeats"]

_NAME = r"""[^\s<>/="'&\x00\x01]+"""
_VALUE = r"""(?:"[^"<\x00\x01]*"|'[^'<\x00\x01]*')"""
_TOKEN = re.compile(rf'<(/?)({_NAME})((?:\s+{_NAME}(?:\x01"|\s*=\s*{_VALUE}))*)(\s*/?)>([\x00\s]*)', re.ASCII)
_ATTRIBUTE = re.compile(rf'\s+({_NAME})(?:\x01"|\s*=\s*({_VALUE}))', re.ASCII)
_BLANK = " \t\r\n"
_INLINE = frozenset({"ec", "foreign", "hi", "ph", "sc"})
_NO_VALUES: frozenset[bytes] = frozenset()


def elements_of(element: XmlElement) -> Iterator[XmlElement]:
    """An element and all within it."""
    return (each for each in element.iter() if isinstance(each.tag, str))


def repeats(content: Matcher, state: int, names: Iterable[str]) -> bool:
    """Whether any elements of these names, one or more, may follow in this state and end what they stand in."""
    names = sorted(names)
    seen: set[int] = set()
    coming = [content.step(state, name) for name in names]
    while coming:
        at = coming.pop()
        if at < 0 or not content.complete(at):
            return False
        if at not in seen:
            seen.add(at)
            coming += [content.step(at, name) for name in names]
    return bool(seen)


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that has begun. `meaning`: None where the checker does not look."""

    name: str
    meaning: Meaning | None
    values: frozenset[bytes]
    date: bool


_OUTER = _Open("", None, _NO_VALUES, False)


@dataclass(slots=True)
class _Draft:
    """A plan in the making."""

    texts: int = 0
    breaks: int = 0
    listed: list[tuple[int, frozenset[bytes]]] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
    pointers: list[Pointer] = field(default_factory=list)


class Planner:
    """Makes the plans of one file. `strict`: for the verdict of the official schemas."""

    def __init__(self, vocabulary: Vocabulary, limits: Constraints | None, *, strict: bool) -> None:
        self._vocabulary = vocabulary
        self._limits = limits
        # the default constraint file of 2008 splits it in two: the official schemas do not take it
        split = strict and vocabulary.edition.name != "v3"
        self._refused = frozenset({b"legalTerm-admn-sts"} if split else ())

    def plan(self, markup: bytes, elements: Iterator[XmlElement], depth: int) -> PlanParts | None:
        """The plan for a piece of markup. `elements`: those that begin in it; `depth`: how many it leaves open.

        What it has closed is closed for good: an element that the piece leaves open has nothing before it.
        """
        try:
            text = markup.decode()
        except UnicodeDecodeError:
            return None
        draft, stack = _Draft(), [_OUTER]
        at = len(text) - len(text.lstrip(_BLANK))
        draft.breaks = text.count("\n", 0, at)
        while at < len(text):
            token = _TOKEN.match(text, at)
            if token is None or not self._token(token, stack, elements, draft):
                return None
            at = token.end()
        if len(stack) != depth + 1 or next(elements, None) is not None:
            return None
        return PlanParts(
            texts=draft.texts, breaks=draft.breaks, listed=tuple(draft.listed), dates=tuple(draft.dates),
            pointers=tuple(draft.pointers),
        )  # fmt: skip

    def _token(
        self, token: re.Match[str], stack: list[_Open], elements: Iterator[XmlElement], draft: _Draft
    ) -> bool:  # fmt: skip
        """A tag and what follows it; False: it cannot be judged."""
        closing, name, attributes, empty, after = token.groups()
        draft.breaks += token[0].count("\n") - after.count("\n")  # the parser's line is that of the tag's end
        if closing:
            if attributes or stack.pop().name != name or not stack:
                return False
        else:
            begun = self._begun(name, attributes, stack[-1], elements, draft)
            if begun is None:
                return False
            if not empty.strip():
                stack.append(begun)
        draft.breaks += after.count("\n")
        return self._after(after, stack[-1], draft)

    def _after(self, after: str, owner: _Open, draft: _Draft) -> bool:
        """What stands behind a tag: a text, or only blanks."""
        if TEXT.decode() not in after:
            return True
        if after != TEXT.decode() or owner is _OUTER:
            return False
        shape = owner.meaning.shape if owner.meaning is not None else None
        if shape is not None and shape.text in (None, "empty", "dateTime"):
            return False
        if owner.values:
            draft.listed.append((draft.texts, owner.values - self._refused))
        elif owner.date:
            draft.dates.append(draft.texts)
        draft.texts += 1
        return True

    def _begun(
        self, name: str, attributes: str, owner: _Open, elements: Iterator[XmlElement], draft: _Draft
    ) -> _Open | None:  # fmt: skip
        """An element that begins; None: it cannot be judged."""
        element = next(elements, None)
        if element is None or owner.values or owner.date:  # no markup inside a value
            return None
        written = f"{element.prefix}:" if element.prefix else ""
        if name != written + split_tag(element.tag)[1]:
            return None
        meaning = self._vocabulary[element.tag] if owner is _OUTER or _looks_into(owner.meaning) else None
        if meaning is not None and not _fits(meaning, owner.meaning):
            return None
        if not self._attributes(attributes, element, meaning, draft):
            return None
        shape = meaning.shape if meaning is not None else None
        values = self._values(meaning, element) if meaning is not None else _NO_VALUES
        return _Open(name, meaning, values, shape is not None and shape.text == "date")

    def _attributes(self, text: str, element: XmlElement, meaning: Meaning | None, draft: _Draft) -> bool:
        """Remember the pointers among the attributes; False: something depends on a value that is in the markup."""
        found = _ATTRIBUTE.findall(text)
        if len(found) != len(element.attrib):
            return False
        for (name, value), said in zip_longest(found, element.values()):
            if not value:
                kind = self._kind(name, element, meaning)
                draft.pointers.append(Pointer(kind, draft.breaks, draft.texts))
            elif name.startswith("xmlns") or value[1:-1] != said or _points(name, meaning):
                return False
        return True

    def _values(self, meaning: Meaning, element: XmlElement) -> frozenset[bytes]:
        """The value list that the text of an element must be in; empty: none."""
        shape, rule = meaning.shape, meaning.rule
        if shape is not None and shape.category and self._limits is not None:
            rule = self._limits.rules.get((shape.name, element.get("type") or ""))
        values = rule.values if rule is not None else shape.values if shape is not None else ()
        return frozenset(each.encode() for each in values)

    @staticmethod
    def _kind(name: str, element: XmlElement, meaning: Meaning | None) -> int:
        """What an id or a target stands for."""
        shape, rule = (meaning.shape, meaning.rule) if meaning is not None else (None, None)
        if rule is not None and name == "target":
            return ADDRESS if rule.target == "external" else CROSS_REFERENCE if rule.element == "ref" else REFERENCE
        known = shape.attributes.get(name) if shape is not None else None
        if shape is None or known is None:
            return ANYTHING
        if known.kind == "ID":
            return ID_KINDS.get(shape.name, OTHER)
        if known.kind == "IDREF":
            crossing = shape.name == "ref" and element.get("type") == "crossReference"
            return CROSS_REFERENCE if crossing else REFERENCE
        return ADDRESS if shape.name == "xref" else ANYTHING


def _looks_into(meaning: Meaning | None) -> bool:
    """Whether the checker looks into elements of this meaning: not into those of private modules."""
    return meaning is not None and (meaning.shape is not None or meaning.rule is not None)


def _fits(meaning: Meaning, owner: Meaning | None) -> bool:
    """Whether the checker has looked into this element within that one, and found it to be known."""
    if owner is not None and owner.shape is None and (meaning.shape is None or meaning.name not in _INLINE):
        return False
    held = owner is None or owner.shape is None or owner.shape.matcher is not None
    return held and meaning.problem is None


def _points(name: str, meaning: Meaning | None) -> bool:
    """Whether an attribute is an id or a reference."""
    if meaning is None:
        return False
    known = meaning.shape.attributes.get(name) if meaning.shape is not None else None
    return (known is not None and known.kind in ("ID", "IDREF")) or (meaning.rule is not None and name == "target")
