"""A small notation for the structure of XML vocabularies, and what it means.

One table per edition says which elements there are, which attributes they take and what they contain
(`structure_v3`, `structure_v2`, ...). The validator runs the tables; `schemas/generate.py` turns the same tables into
RELAX NG, so that the two cannot disagree.

    name | attributes | content

Attributes: `name:kind`, with `!` after the name where it is required; `@group` names a group of attributes.
Kinds: ID, IDREF, lang (xs:language), dialect, text, or a list of values `yes/no`.
Content: `a, b?, (c | d)*, e+`; `a & b?` for any order; `%name` names a macro; `#text` for character data only,
`#text(hi | foreign)` for character data mixed with elements, `#empty`, `#date`, `#dateTime` and `#values(a | b)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

__all__ = [
    "Attribute", "Choice", "Content", "Element", "Name", "Particle", "Repeat", "Sequence", "Structure", "Unordered",
    "structure",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """One child element."""

    name: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Particles in this order."""

    parts: tuple[Particle, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the particles."""

    parts: tuple[Particle, ...]


@dataclass(frozen=True, slots=True)
class Unordered:
    """Particles in any order."""

    parts: tuple[Particle, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A particle with an occurrence mark: `?`, `*` or `+`."""

    part: Particle
    mark: str


Particle = Name | Sequence | Choice | Unordered | Repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """An attribute an element may carry; `values` where it takes one of a list."""

    name: str
    kind: str = "text"
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an element contains: child elements, and character data of a kind.

    text: None (elements only), `text`, `date`, `dateTime`, `values`, or `empty`.
    """

    particle: Particle | None = None
    text: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One row of a table."""

    name: str
    attributes: tuple[Attribute, ...]
    content: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """A vocabulary: its elements by name, its root and its namespace (empty: none)."""

    root: str
    namespace: str
    elements: Mapping[str, Element]


_KINDS: dict[str, Callable[[tuple[Particle, ...]], Particle]] = {",": Sequence, "|": Choice, "&": Unordered}

_TOKEN = re.compile(r"\s*(#?[\w:.\-]+|[(),|&?*+])")


class _Parser:
    """A recursive-descent parser of one content model."""

    def __init__(self, text: str) -> None:
        self.tokens = _TOKEN.findall(text)
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        self.at += 1
        token: str = self.tokens[self.at - 1]
        return token

    def particle(self) -> Particle:
        first = self.repeated()
        separator = self.peek()
        if separator not in (",", "|", "&"):
            return first
        parts = [first]
        while self.peek() == separator:
            self.take()
            parts.append(self.repeated())
        return _KINDS[separator](tuple(parts))

    def repeated(self) -> Particle:
        part = self.primary()
        return Repeat(part, self.take()) if self.peek() in ("?", "*", "+") else part

    def primary(self) -> Particle:
        token = self.take()
        if token != "(":
            return Name(token)
        inner = self.particle()
        if self.take() != ")":
            raise ValueError("unbalanced bracket in a content model")
        return inner


def _names(particle: Particle) -> tuple[str, ...]:
    parts = particle.parts if isinstance(particle, Choice) else (particle,)
    return tuple(part.name for part in parts if isinstance(part, Name))


def _content(text: str) -> Content:
    if not text.startswith("#"):
        return Content(particle=_Parser(text).particle())
    kind, _, rest = text[1:].partition("(")
    if not rest:
        return Content(text=kind)
    choice = _Parser("(" + rest).particle()
    if kind == "values":
        return Content(text=kind, values=_names(choice))
    return Content(particle=Repeat(choice, "*"), text=kind)


def _attribute(text: str) -> Attribute:
    name, _, kind = text.rpartition(":")
    required = name.endswith("!")
    values = tuple(kind.split("/")) if "/" in kind else ()
    return Attribute(name=name.rstrip("!"), kind="values" if values else kind, required=required, values=values)


def structure(
    table: str, *, root: str, namespace: str = "", macros: Mapping[str, str], groups: Mapping[str, str]
) -> Structure:  # fmt: skip
    """The structure a table describes. `macros` expand `%name` in contents, `groups` expand `@name` in attributes."""
    elements = {}
    for line in table.strip().splitlines():
        name, attributes, content = (cell.strip() for cell in line.split("|", 2))
        for _ in range(2):  # a macro may use a macro
            content = re.sub(r"%(\w+)", lambda found: macros[found[1]], content)
        attributes = re.sub(r"@(\w+)", lambda found: groups[found[1]], attributes)
        elements[name] = Element(
            name=name, attributes=tuple(_attribute(each) for each in attributes.split()), content=_content(content)
        )
    return Structure(root=root, namespace=namespace, elements=elements)
