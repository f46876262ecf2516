"""RELAX NG grammars made from the tables: what `schemas/generate.py` writes.

A structure file holds everything that a vocabulary says of elements, attributes and order, with one definition per
category element and level (`descrip.C`, `descrip.L`, `descrip.T`, in back matter `descrip.B`, within a term component
`termNote.K`). A dialect file includes it and overrides the definitions of its category elements.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from cctbx.formats.tbx.validation.constraints import (
    CATEGORY_ELEMENTS,
    DIALECTS_V3,
    V2_BASIC_CONSTRAINTS,
    V2_DEFAULT_CONSTRAINTS,
    Constraints,
    Rule,
)
from cctbx.formats.tbx.validation.neighbours import TMX
from cctbx.formats.tbx.validation.notation import (
    Attribute,
    Choice,
    Content,
    Element,
    Name,
    Particle,
    Repeat,
    Sequence,
    Structure,
)
from cctbx.formats.tbx.validation.structures import MIN_2013, V2, V2_BASIC, V3, V3_NAMESPACE

__all__ = ["FILES", "GRAMMAR_OF"]

_RNG = "http://relaxng.org/ns/structure/1.0"
_DATATYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
_MARKS = {"?": "optional", "*": "zeroOrMore", "+": "oneOrMore"}
_LEVEL_AT = {
    "conceptEntry": "C", "termEntry": "C", "langSec": "L", "langSet": "L", "termSec": "T", "tig": "T", "ntig": "T",
    "back": "B", "termCompGrp": "K",
}  # fmt: skip
_GROUPS = ("adminGrp", "descripGrp", "termNoteGrp", "transacGrp")
_LEVELS = "CLTB"
_DIRECT = {"C": ("admin", "descrip", "ref", "xref"), "T": ("termNote", "admin", "descrip", "ref", "xref")}
_DIRECT["L"] = _DIRECT["C"]

Node = ET.Element


def _node(tag: str, *children: Node, **attributes: str) -> Node:
    made = ET.Element(tag, attributes)
    made.extend(children)
    return made


def _value(text: str) -> Node:
    made = _node("value")
    made.text = text
    return made


def _one_of(nodes: Iterable[Node]) -> Node:
    listed = list(nodes)
    return listed[0] if len(listed) == 1 else _node("choice", *listed)


def _values(values: Iterable[str]) -> Node:
    return _one_of(_value(each) for each in dict.fromkeys(values))


def _datatype(attribute: Attribute) -> Node:
    if attribute.values:
        return _values(attribute.values)
    if attribute.kind == "dialect":
        pattern = _node("param", name="pattern")
        pattern.text = "TBX-.+"
        return _node("data", pattern, type="string")
    kinds = {"ID": "ID", "IDREF": "IDREF", "lang": "language"}
    return _node("data", type=kinds[attribute.kind]) if attribute.kind in kinds else _node("text")


def _attribute(attribute: Attribute) -> Node:
    made = _node("attribute", _datatype(attribute), name=attribute.name)
    return made if attribute.required else _node("optional", made)


Refer = Callable[[str], str]


def _particle(particle: Particle, refer: Refer) -> Node:
    if isinstance(particle, Name):
        return _node("ref", name=refer(particle.name))
    if isinstance(particle, Repeat):
        return _node(_MARKS[particle.mark], _particle(particle.part, refer))
    tag = "group" if isinstance(particle, Sequence) else "choice" if isinstance(particle, Choice) else "interleave"
    return _node(tag, *(_particle(part, refer) for part in particle.parts))


_TEXTS: dict[str, Callable[[Content], Node]] = {
    "text": lambda content: _node("text"),
    "empty": lambda content: _node("empty"),
    "values": lambda content: _values(content.values),
    "date": lambda content: _node("choice", _node("data", type="date"), _node("data", type="dateTime")),
    "dateTime": lambda content: _node("data", type="dateTime"),
}


def _content(content: Content, refer: Refer) -> Node:
    if content.text is None:
        assert content.particle is not None  # a row has character data or elements
        return _particle(content.particle, refer)
    if content.particle is None:
        return _TEXTS[content.text](content)
    inner = content.particle.part if isinstance(content.particle, Repeat) else content.particle
    names = inner.parts if isinstance(inner, Choice) else (inner,)
    return _node("zeroOrMore", _node("choice", _node("text"), *(_particle(each, refer) for each in names)))


def _element(element: Element, refer: Refer) -> Node:
    return _node(
        "element", *(_attribute(each) for each in element.attributes), _content(element.content, refer),
        name=element.name,
    )  # fmt: skip


def _levelled(structure: Structure) -> frozenset[str]:
    """The elements whose meaning depends on the level they stand at: category elements and their groups."""
    known = {*CATEGORY_ELEMENTS, *_GROUPS, "termCompList"}
    return frozenset(known & set(structure.elements)) if "descrip" in structure.elements else frozenset()


def _refer(structure: Structure, parent: str, level: str) -> Refer:
    """How a content model names its children: levelled ones with their level, categories directly at one apart."""
    levelled, direct = _levelled(structure), parent in _LEVEL_AT and level in _DIRECT

    def refer(name: str) -> str:
        if name not in levelled:
            return name
        return f"{name}.{level}" + (".direct" if direct and name in CATEGORY_ELEMENTS else "")

    return refer


def _grammar(structure: Structure, *children: Node) -> str:
    attributes = {"xmlns": _RNG, "datatypeLibrary": _DATATYPES, "ns": structure.namespace}
    root = _node("grammar", *children, **attributes)
    ET.indent(root)
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + ET.tostring(root, encoding="unicode") + "\n"


def _define(name: str, *children: Node) -> Node:
    return _node("define", *children, name=name)


def _structure_file(structure: Structure) -> str:
    levels = _LEVELS + ("K" if "termCompGrp" in structure.elements else "")
    levelled = _levelled(structure)
    defines = [_node("start", _node("ref", name=structure.root))]
    for element in structure.elements.values():
        if element.name not in levelled:
            level = _LEVEL_AT.get(element.name, "B")
            defines.append(_define(element.name, _element(element, _refer(structure, element.name, level))))
            continue
        for level in levels:
            name = f"{element.name}.{level}"
            defines.append(_define(name, _element(element, _refer(structure, element.name, level))))
            if element.name in _DIRECT.get(level, ()):
                defines.append(_define(name + ".direct", _node("ref", name=name)))
    return _grammar(structure, *defines)


def _dca(structure: Structure, element: str, rules: Iterable[Rule], refer: Refer, *, plain: bool) -> Node:
    """A category element whose `type` decides on its content. `plain`: plainText and basicText are enforced."""
    row = structure.elements[element]
    contents = {
        "noteText": row.content,
        "plainText": Content(text="text") if plain else row.content,
        "basicText": Content(text="text", particle=Repeat(Name("hi"), "*")) if plain else row.content,
    }
    by_content: dict[str, list[str]] = {}
    alternatives: list[Node] = []
    for rule in rules:
        if rule.values:
            kind = _node("attribute", _value(rule.category), name="type")
            alternatives.append(_node("group", kind, _values(rule.values)))
        else:
            by_content.setdefault(rule.content, []).append(rule.category)
    for content, names in by_content.items():
        kind = _node("attribute", _values(names), name="type")
        alternatives.append(_node("group", kind, _content(contents[content], refer)))
    if not alternatives:
        return _node("notAllowed")
    attributes = (_attribute(each) for each in row.attributes if each.name != "type")
    return _node("element", *attributes, _one_of(alternatives), name=element)


def _at(rule: Rule, level: str) -> bool:
    """Whether a category may stand at a level: back matter takes any, a term component what is meant for it."""
    if level == "K":
        return rule.element != "termNote" or rule.component
    return level == "B" or level in rule.levels


def _dca_overrides(structure: Structure, limits: Constraints, *, plain: bool) -> Iterator[Node]:
    levels = _LEVELS + ("K" if "termCompGrp" in structure.elements else "")
    for element in CATEGORY_ELEMENTS:
        if element not in limits.closed or element not in structure.elements:
            continue
        for level in levels:
            rules = [rule for rule in limits.rules.values() if rule.element == element and _at(rule, level)]
            refer = _refer(structure, element, level)
            yield _define(f"{element}.{level}", _dca(structure, element, rules, refer, plain=plain))


_DCT_ATTRIBUTES = (Attribute(name="id", kind="ID"), Attribute(name="xml:lang", kind="lang"), Attribute(name="datatype"))
_META_TYPE = Attribute(name="metaType", values=CATEGORY_ELEMENTS)


def _dct_target(rule: Rule) -> list[Node]:
    if rule.target == "external":
        pattern = _node("param", name="pattern")
        pattern.text = "https?://.+"
        return [_node("attribute", _node("data", pattern, type="anyURI"), name="target")]
    internal = _node("attribute", _node("data", type="IDREF"), name="target")
    if rule.target == "internal":
        return [internal]
    return [_node("optional", internal)] if rule.element == "transacNote" else []


def _dct(rule: Rule) -> Node:
    """The element of a category in its module namespace."""
    if rule.values:
        content = _values(rule.values)
    elif rule.content == "noteText":
        content = _node("zeroOrMore", _node("choice", _node("text"), *(
            _node("ref", name=each) for each in ("ec", "foreign", "hi", "ph", "sc"))))  # fmt: skip
    else:
        content = _node("text")
    attributes = [_attribute(each) for each in (*_DCT_ATTRIBUTES, _META_TYPE)]
    return _node("element", *attributes, *_dct_target(rule), content, name=rule.category, ns=rule.namespace)


def _dct_overrides(limits: Constraints) -> Iterator[Node]:
    for element in CATEGORY_ELEMENTS:
        for level in _LEVELS:
            rules = [rule for rule in limits.rules.values() if rule.element == element and _at(rule, level)]
            name = f"{element}.{level}"
            yield _define(name, _one_of(_dct(rule) for rule in rules) if rules else _node("notAllowed"))
            if element in _DIRECT.get(level, ()):
                # style DCT knows no order among the categories of one level
                others = (_node("ref", name=f"{each}.{level}") for each in _DIRECT[level])
                yield _define(name + ".direct", _one_of(others))


def _foreign_overrides() -> Iterator[Node]:
    """The core grammar lets any foreign element stand for any category element."""
    anything = _node("anyName", _node("except", _node("nsName", ns=V3_NAMESPACE)))
    for element in CATEGORY_ELEMENTS:
        row = V3.elements[element]
        for level in _LEVELS:
            refer = _refer(V3, element, level)
            foreign = _node(
                "element", anything, _node("zeroOrMore", _node("attribute", _node("anyName"))),
                _content(row.content, refer),
            )  # fmt: skip
            yield _define(f"{element}.{level}", _node("choice", _element(row, refer), foreign))


def _root_override(structure: Structure, **fixed: str) -> Node:
    row = structure.elements[structure.root]
    attributes = (
        Attribute(name=each.name, required=True, values=(fixed[each.name],)) if each.name in fixed else each
        for each in row.attributes
    )
    changed = Element(name=row.name, attributes=tuple(attributes), content=row.content)
    return _define(row.name, _element(changed, _refer(structure, row.name, "B")))


def _including(structure: Structure, file: str, overrides: Iterable[Node]) -> str:
    return _grammar(structure, _node("include", *overrides, href=file))


def _v3(dialect: str, style: str) -> str:
    limits = DIALECTS_V3[dialect]
    own = _dca_overrides(V3, limits, plain=False) if style == "dca" else _dct_overrides(limits)
    fixed = {"type": dialect} if dialect == "TBX-Core" else {"type": dialect, "style": style}
    root = _root_override(V3, **fixed)
    return _including(V3, "tbx-v3-structure.rng", (root, *own))


def _v2(structure: Structure, file: str, limits: Constraints) -> str:
    row = structure.elements["hi"]
    kept = tuple(each for each in row.attributes if each.name != "type")
    kinds = (Attribute(name="type", values=tuple(sorted(limits.highlights or ()))),) if limits.highlights else ()
    hi = _define("hi", _element(Element(name="hi", attributes=(*kinds, *kept), content=row.content), str))
    language = structure.elements["langSet"]
    tagged = tuple(
        Attribute(name=each.name, kind="lang", required=True) if each.name == "xml:lang" else each
        for each in language.attributes
    )
    section = Element(name="langSet", attributes=tagged, content=language.content)
    sections = _define("langSet", _element(section, _refer(structure, "langSet", "L")))
    return _including(structure, file, (hi, sections, *_dca_overrides(structure, limits, plain=True)))


def _v3_files() -> Iterator[tuple[str, Callable[[], str]]]:
    for dialect in DIALECTS_V3:
        for style in ("dca", "dct"):
            # TBX-Core has no categories, so there is nothing that a style could tell apart.
            if (dialect, style) != ("TBX-Core", "dct"):
                yield f"{dialect.lower()}-{style}.rng", partial(_v3, dialect, style)


_CATALOG_HEAD = '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'

GRAMMAR_OF: dict[tuple[str, str, str], str] = {
    **{
        ("v3", dialect, style): f"{dialect.lower()}-{'dca' if dialect == 'TBX-Core' else style}.rng"
        for dialect in DIALECTS_V3 for style in ("dca", "dct")
    },
    ("v3", "", ""): "tbx-v3-core.rng",
    ("v2", "TBX-Basic", ""): "tbx-v2-basic.rng",
    ("v2", "TBX-Default", ""): "tbx-v2-default.rng",
    ("v2", "", ""): "tbx-v2-structure.rng",
    ("TBX-Min 2013", "", ""): "tbx-min-2013.rng",
    ("TMX 1.4b", "", ""): "tmx-1.4b.rng",
}  # fmt: skip
"""The grammar of an edition, dialect and style; an empty dialect means: any (structure only)."""


def _catalog() -> str:
    """An OASIS catalogue: one name per edition, dialect and style, and the v3 namespace, to a grammar."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', _CATALOG_HEAD]
    lines.append(f'  <uri name="{V3_NAMESPACE}" uri="tbx-v3-core.rng"/>')
    for (edition, dialect, style), file in GRAMMAR_OF.items():
        name = ":".join(part.replace(" ", "-") for part in (edition, dialect, style) if part)
        lines.append(f'  <uri name="urn:cctbx:grammar:{name}" uri="{file}"/>')
    return "\n".join([*lines, "</catalog>", ""])


FILES: dict[str, Callable[[], str]] = {
    "tbx-v3-structure.rng": lambda: _structure_file(V3),
    "tbx-v3-core.rng": lambda: _including(V3, "tbx-v3-structure.rng", _foreign_overrides()),
    **dict(_v3_files()),
    "tbx-v2-structure.rng": lambda: _structure_file(V2),
    "tbx-v2-basic-structure.rng": lambda: _structure_file(V2_BASIC),
    "tbx-v2-basic.rng": lambda: _v2(V2_BASIC, "tbx-v2-basic-structure.rng", V2_BASIC_CONSTRAINTS),
    "tbx-v2-default.rng": lambda: _v2(V2, "tbx-v2-structure.rng", V2_DEFAULT_CONSTRAINTS),
    "tbx-min-2013.rng": lambda: _structure_file(MIN_2013),
    "tmx-1.4b.rng": lambda: _structure_file(TMX),
    "catalog.xml": _catalog,
}
"""File name → what makes its text."""
