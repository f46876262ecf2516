"""From the tree of a concept entry to the model: every edition, every misplacement, nothing dropped.

What has no field goes to `others`: private categories, unknown elements (whole, as inline markup), unknown attributes
(as statements named `@attribute`). What stands where it may not is read where it means something, with a finding.
"""

from __future__ import annotations

from collections.abc import Callable

from cctbx.findings import Severity
from cctbx.formats.tbx.components import COMPONENT_LIST
from cctbx.formats.tbx.contents import kept, text_of
from cctbx.formats.tbx.elements import Head, head_of, read_value
from cctbx.formats.tbx.names import GROUP_HEADS, ROLES, XML_LANG, Role
from cctbx.formats.tbx.reporting import Reporter
from cctbx.formats.tbx.trees import Node
from cctbx.model import (
    CATEGORY,
    ConceptEntry,
    DataCategory,
    LanguageSection,
    Level,
    Metatype,
    Origin,
    TermSection,
    Text,
    fields_from,
)
from cctbx.model.quick import concept_entry, data_category, language_section, term_section

__all__ = ["EntryReader"]

_W, _E, _I = Severity.WARNING, Severity.ERROR, Severity.INFORMATION
_LEVEL_ATTRIBUTES = {"id", XML_LANG, "lang", "xml:id"}


_HEADS = {name.lower(): metatype for name, metatype in GROUP_HEADS.items()}
_ANY_CASE = {name.lower(): role for name, role in ROLES.items()}


def _role(node: Node) -> Role | None:
    """What an element of an entry is: by its name, or for an unknown one by what it holds."""
    if node.space:
        return None
    role = ROLES.get(node.name)
    if role is not None or head_of(node.name, "", node.attributes) is not None:
        return role
    role = _ANY_CASE.get(node.name.lower())
    if role is not None:
        return role
    inside = {ROLES.get(child.name) for child in node.elements if not child.space}
    if Role.TERM in inside:
        return Role.TERM_SECTION
    return Role.LANGUAGE if not inside.isdisjoint((Role.TERM_SECTION, Role.TERM_GROUP)) else None


class EntryReader:
    """Reads concept entries of one file; `count` numbers those without an id, `assigned` says how many there were."""

    def __init__(self, reporter: Reporter) -> None:
        self.reporter = reporter
        self.count = self.assigned = 0

    # levels

    def concept(self, node: Node) -> ConceptEntry:
        """The concept entry of an element, whatever its edition calls it."""
        self.count += 1
        self._taken_for(node, "a concept entry")
        identifier = node.attributes.get("id") or node.attributes.get("xml:id")
        self.reporter.concept = identifier
        if not identifier:
            self.assigned += 1
            identifier = f"entry-{self.count}"
            self.reporter.concept = identifier
            self.reporter.say("FMT030", f"the concept entry has no id: {identifier} was assigned", _I, line=node.line)
        stated = self._attributes(node)
        languages: list[LanguageSection] = []
        for child in node.children:
            role = self._stray(child, stated, node.line)
            if role is Role.LANGUAGE:
                languages.extend(self.language(child))  # type: ignore[arg-type]
            elif role in _TERM_ROLES:
                languages.append(self._homeless(child))  # type: ignore[arg-type]
            elif isinstance(child, Node):
                stated.extend(self.statements(child))
        return concept_entry(
            id=identifier, languages=tuple(languages), origin=Origin(file=self.reporter.file, line=node.line),
            **fields_from(Level.CONCEPT, stated),
        )  # fmt: skip

    def _stray(self, child: str | Node, stated: list[DataCategory], line: int) -> Role | None:
        """The role of a child; text between elements becomes a note."""
        if isinstance(child, Node):
            return _role(child)
        if not child.isspace():
            self.reporter.say("FMT038", f"“{child.strip()[:60]}” stands outside of any data category: kept as a note",
                              _W, line=line, advice="put it into a note or a definition")  # fmt: skip
            stated.append(data_category("note", child.strip(), Metatype.NOTE, line=line))
        return None

    def _attributes(self, node: Node) -> list[DataCategory]:
        """Attributes a level does not have, as statements."""
        return [
            self._attribute(name, value, node) for name, value in node.attributes.items()
            if name not in _LEVEL_ATTRIBUTES
        ]  # fmt: skip

    def _attribute(self, name: str, value: str, node: Node) -> DataCategory:
        self.reporter.say("FMT036", f"unknown attribute {name} of {node.name} is kept as @{name}", _I, line=node.line)
        return data_category(f"@{name}", value, Metatype.UNKNOWN, line=node.line)

    def _homeless(self, node: Node) -> LanguageSection:
        self.reporter.say("FMT031", f"<{node.name}> stands outside of any language section: its language is und", _E,
                          line=node.line, advice="put it into a section of its language")  # fmt: skip
        return language_section("und", tuple(self._terms(node)), line=node.line)

    def _taken_for(self, node: Node, what: str) -> None:
        if node.name not in ROLES:
            self.reporter.say("FMT035", f"unknown element <{node.name}> is read as {what}", _W, line=node.line)

    def _rehomed(self, node: Node) -> None:
        """Puts a term that stands beside a section without one into that section."""
        lonely = [child for child in node.elements if _role(child) is Role.TERM]
        if not lonely:
            return
        empty = [child for child in node.elements if _role(child) is Role.TERM_SECTION and child.find("term") is None]
        for term, section in zip(lonely, empty, strict=False):
            node.children.remove(term)
            section.children.insert(0, term)
            self.reporter.say("FMT033", "a term stands outside of its term section", _W, line=term.line)

    def language(self, node: Node) -> list[LanguageSection]:
        """The language section of an element; sections inside it follow it."""
        self._rehomed(node)
        self._taken_for(node, "a language section")
        tag = node.attributes.get(XML_LANG, node.attributes.get("lang", "")).strip()
        if not tag:
            tag = "und"
            self.reporter.say("FMT031", "a language section does not say its language: und was assumed", _E,
                              line=node.line, advice="add xml:lang")  # fmt: skip
        self.reporter.language = tag
        stated = self._attributes(node)
        terms: list[TermSection] = []
        inner: list[LanguageSection] = []
        for child in node.children:
            role = self._stray(child, stated, node.line)
            if role in _TERM_ROLES:
                terms.extend(self._terms(child))  # type: ignore[arg-type]
            elif role is Role.LANGUAGE:
                inner.extend(self.language(child))  # type: ignore[arg-type]
            elif isinstance(child, Node):
                stated.extend(self.statements(child))
        self.reporter.language = None
        section = language_section(
            tag, tuple(terms), node.attributes.get("id"), line=node.line, **fields_from(Level.LANGUAGE, stated)
        )
        return [section, *inner]

    def _terms(self, node: Node) -> list[TermSection]:
        """The term section of an element; a second term in it makes a second one."""
        if _role(node) is Role.TERM:
            self.reporter.say("FMT033", "a term stands outside of any term section: one was made for it", _W,
                              line=node.line)  # fmt: skip
            holder = Node(node.name, "", {}, node.line)
            holder.children = [node]
            node = holder
        self._taken_for(node, "a term section")
        found = _Section(self, node)
        return found.sections()

    # statements

    def statements(self, node: Node) -> list[DataCategory]:
        """What an element states: usually one statement, none if it is empty of meaning."""
        role = _role(node)
        if role is Role.GROUP:
            return self._group(node)
        if role is Role.NOTE_GROUP:
            return self._note_group(node)
        head = head_of(node.name, node.space, node.attributes)
        if head is not None:
            return [self.statement(node, head)]
        if node.name != COMPONENT_LIST or node.space:
            self.reporter.say("FMT035", f"unknown element <{node.name}> is kept as it is", _W, line=node.line)
        return [kept(node)]

    def statement(self, node: Node, head: Head, companions: tuple[DataCategory, ...] = ()) -> DataCategory:
        """One statement, with the companions of its group."""
        category = head.category
        self._say_of(node, head)
        value: Text = text_of(node)
        if value == "" and head.value is not None:
            value = head.value
        elif head.value is not None:
            companions = (self._attribute("value", head.value, node), *companions)
        if isinstance(value, str):
            value, code = read_value(category, value)
            if code:
                self._say_value(code, node, category, value)
        if head.extra:
            companions = (*(self._attribute(name, said, node) for name, said in head.extra), *companions)
        return data_category(
            category, value, head.metatype, head.language, head.target, head.id, head.datatype, companions, node.line
        )

    def _say_of(self, node: Node, head: Head) -> None:
        if head.untyped:
            self.reporter.say("FMT039", f"<{node.name}> has no type", _E, line=node.line, category=head.category,
                              advice="say which data category it is")  # fmt: skip
        if head.found:
            self.reporter.say("FMT037", f"{head.found} is read as {head.category}", _I, line=node.line,
                              category=head.category, advice=f"write {head.category}")  # fmt: skip

    def _say_value(self, code: str, node: Node, category: str, value: str) -> None:
        found = node.text
        message = f"{category} “{found}” is read as {value}"
        self.reporter.say(code, message, _I, line=node.line, category=category, advice=f"write {value}")

    def _group(self, node: Node) -> list[DataCategory]:
        """The first statement of the group's metatype is its head, all others are its companions."""
        wanted = _HEADS[node.name.lower()]
        head: tuple[Node, Head] | None = None
        companions: list[DataCategory] = []
        for child in node.children:
            if isinstance(child, str):
                self._stray(child, companions, node.line)
                continue
            said = head_of(child.name, child.space, child.attributes) if head is None else None
            if said is not None and said.metatype in (wanted, Metatype.UNKNOWN):
                head = (child, said)
            else:
                companions.extend(self.statements(child))
        for name, value in node.attributes.items():
            if name != "id":
                companions.append(self._attribute(name, value, node))
        if head is None:
            return [self._headless(node, companions)]
        statement = self.statement(*head, companions=tuple(companions))
        if statement.id is None and node.attributes.get("id"):
            statement = data_category(
                statement.category, statement.value, statement.metatype, statement.language, statement.target,
                node.attributes["id"], statement.datatype, statement.group, statement.line,
            )  # fmt: skip
        return [statement]

    def _headless(self, node: Node, companions: list[DataCategory]) -> DataCategory:
        self.reporter.say("FMT034", f"<{node.name}> has no statement at its head", _W, line=node.line,
                          advice="begin the group with what it is about")  # fmt: skip
        return data_category(
            node.name, "", Metatype.UNKNOWN, id=node.attributes.get("id"), group=tuple(companions), line=node.line
        )

    def _note_group(self, node: Node) -> list[DataCategory]:
        stated = [self._attribute(name, value, node) for name, value in node.attributes.items()]
        for child in node.children:
            if isinstance(child, Node):
                stated.append(self._keyed_note(child))
            else:
                self._stray(child, stated, node.line)
        return stated

    def _keyed_note(self, node: Node) -> DataCategory:
        """A note of TBX-Min 2013: its key names a data category; whatever else it holds stands beside it."""
        parts = {name: next((each for each in node.elements if each.name == name), None) for name in _NOTE_PARTS}
        key, content = parts["noteKey"], parts["noteValue"]
        holders = [node, *(each for each in (key, content) if each is not None)]
        beside = [self._attribute(name, said, each) for each in holders for name, said in each.attributes.items()]
        if key is None and content is None:
            return data_category("note", text_of(node), Metatype.NOTE, group=tuple(beside), line=node.line)
        for child in node.children:
            if isinstance(child, Node):
                beside += [] if child in (key, content) else self.statements(child)
            else:
                self._stray(child, beside, node.line)
        if key is not None and any(key.elements):
            beside.append(kept(key))
        name = key.text.strip() if key is not None else ""
        known = CATEGORY.get(name) if name else CATEGORY["note"]
        metatype = known.metatype if known else Metatype.UNKNOWN
        value = "" if content is None else text_of(content)
        return data_category(name or "note", value, metatype, group=tuple(beside), line=node.line)


_NOTE_PARTS = ("noteKey", "noteValue")
_TERM_ROLES = (Role.TERM_SECTION, Role.TERM_GROUP, Role.TERM)


class _Section:
    """Collects a term section: its term may be in a termGrp, and its statements inside and outside of that."""

    def __init__(self, reader: EntryReader, node: Node) -> None:
        self.reader = reader
        self.node = node
        self.id: str | None = None
        self.terms: list[Text] = []
        self.stated: list[DataCategory] = []
        self.inner: list[TermSection] = []
        self._collect(node)

    def _identified(self, node: Node) -> None:
        self.stated.extend(self.reader._attributes(node))
        identifier = node.attributes.get("id")
        if identifier and self.id is None:
            self.id = identifier
        elif identifier and identifier != self.id:
            self.stated.append(self.reader._attribute("id", identifier, node))
        for name in (XML_LANG, "lang"):
            if name in node.attributes:
                self.stated.append(self.reader._attribute(name, node.attributes[name], node))

    def _collect(self, node: Node) -> None:
        self._identified(node)
        actions: dict[Role | None, Callable[[Node], object]] = {
            Role.TERM: self._term, Role.TERM_GROUP: self._collect, Role.TERM_SECTION: self._nested,
        }  # fmt: skip
        for child in node.children:
            role = self.reader._stray(child, self.stated, node.line)
            if not isinstance(child, Node):
                continue
            action = actions.get(role)
            if action:
                action(child)
            else:
                self.stated.extend(self.reader.statements(child))

    def _nested(self, node: Node) -> None:
        self.inner.extend(self.reader._terms(node))

    def _term(self, node: Node) -> None:
        self._identified(node)
        self.terms.append(text_of(node))

    def sections(self) -> list[TermSection]:
        reporter, line = self.reader.reporter, self.node.line
        if not self.terms:
            if self.inner and not self.stated:
                return self.inner
            reporter.say("FMT032", "a term section has no term", _E, line=line, advice="add its term or remove it")
        elif len(self.terms) > 1:
            reporter.say("FMT033", f"a term section has {len(self.terms)} terms: each gets a section of its own", _W,
                         line=line)  # fmt: skip
        first = term_section(
            self.terms[0] if self.terms else "", self.id, line=line, **fields_from(Level.TERM, self.stated)
        )
        return [first, *(term_section(term, line=line) for term in self.terms[1:]), *self.inner]
