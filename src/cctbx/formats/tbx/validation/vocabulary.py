"""What an element name means in one file: a core element, a data category in its module namespace, or a stranger."""

from __future__ import annotations

from dataclasses import dataclass

from cctbx.formats.tbx.validation.automaton import FOREIGN, Matcher, matcher
from cctbx.formats.tbx.validation.constraints import CATEGORY_ELEMENTS, Constraints, Rule
from cctbx.formats.tbx.validation.editions import Edition
from cctbx.formats.tbx.validation.notation import Attribute, Element

__all__ = ["Meaning", "Shape", "Vocabulary", "split_tag"]

_CATEGORIES = frozenset(CATEGORY_ELEMENTS)
_MODULES = "http://www.tbxinfo.net/ns/"


def split_tag(tag: str) -> tuple[str, str]:
    """(namespace, local name) of a name in Clark notation."""
    namespace, _, local = tag[1:].partition("}") if tag[:1] == "{" else ("", "", tag)
    return namespace, local


@dataclass(slots=True, kw_only=True, eq=False)
class Shape:
    """An element of a table, made ready for checking."""

    name: str
    attributes: dict[str, Attribute]
    required: tuple[str, ...]
    matcher: Matcher | None
    text: str | None
    values: tuple[str, ...] = ()
    category: bool = False
    group: bool = False
    inline: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Meaning:
    """What a tag means. `name` is what content models know it by; `problem` a code to report where it occurs."""

    name: str
    local: str
    shape: Shape | None = None
    rule: Rule | None = None
    namespace: str = ""
    category: bool = False
    problem: str | None = None


_XML = "{http://www.w3.org/XML/1998/namespace}"


def shape_of(element: Element) -> Shape:
    """A row of a table, made ready for checking."""
    content = element.content
    names = {each.name.replace("xml:", _XML): each for each in element.attributes}
    inline = content.text == "text" and content.particle is not None
    return Shape(
        name=element.name, attributes=names, required=tuple(name for name, each in names.items() if each.required),
        matcher=matcher(content.particle, _CATEGORIES) if content.particle is not None else None, text=content.text,
        values=content.values, category=element.name in _CATEGORIES, group=element.name.endswith("Grp"), inline=inline,
    )  # fmt: skip


class Vocabulary:
    """The meanings of tags in one file, computed once each."""

    def __init__(self, edition: Edition, namespace: str, limits: Constraints | None, others: frozenset[str]) -> None:
        """`namespace`: that of the core elements as found; `others`: element names of the other editions."""
        self.edition = edition
        self.namespace = namespace
        self.limits = limits
        self._others = others
        self._shapes = {name: shape_of(row) for name, row in edition.structure.elements.items()}
        self._meanings: dict[str, Meaning] = {}

    def __getitem__(self, tag: str) -> Meaning:
        found = self._meanings.get(tag)
        if found is None:
            found = self._meanings[tag] = self._meaning(tag)
        return found

    def _meaning(self, tag: str) -> Meaning:
        namespace, local = split_tag(tag)
        if namespace == self.namespace:
            shape = self._shapes.get(local)
            problem = None if shape else "TBX020" if local in self._others else "TBX107"
            category = shape is not None and shape.category
            return Meaning(name=local, local=local, shape=shape, problem=problem, category=category)
        return self._foreign(namespace, local)

    def _foreign(self, namespace: str, local: str) -> Meaning:
        if self.edition.name != "v3":
            return Meaning(name=FOREIGN, local=local, namespace=namespace, problem="TBX015")
        if self.limits is None:  # a private dialect brings its own modules
            return Meaning(name=FOREIGN, local=local, namespace=namespace)
        rule = self.limits.by_category.get(local)
        if rule is not None and rule.namespace == namespace:
            return Meaning(name=FOREIGN, local=local, namespace=namespace, rule=rule, category=True)
        ours = namespace.startswith(_MODULES) and "/dct/" not in namespace
        return Meaning(name=FOREIGN, local=local, namespace=namespace, problem="category" if ours else "TBX015")
