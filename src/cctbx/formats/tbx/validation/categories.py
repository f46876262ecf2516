"""Checks data categories: known, in the right element, at a right level, with a right value."""

from __future__ import annotations

from cctbx.formats.tbx.validation import official
from cctbx.formats.tbx.validation.constraints import DIALECTS_V3, V2_DEFAULT_CONSTRAINTS, Constraints, Rule
from cctbx.formats.tbx.validation.references import CROSS_REFERENCE, REFERENCE, References
from cctbx.formats.tbx.validation.reporter import Reporter
from cctbx.formats.tbx.validation.values import did_you_mean, is_name
from cctbx.formats.tbx.validation.vocabulary import Meaning, split_tag
from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["Categories"]

_BLANK = " \t\r\n"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LEVELS = {"C": "concept entry", "L": "language section", "T": "term section", "K": "term component"}
_GROUP_OF = {"transac": "transacGrp", "transacNote": "transacGrp", "adminNote": "adminGrp", "descripNote": "descripGrp"}
_FIRST_IN = {"adminGrp": "admin", "descripGrp": "descrip", "termNoteGrp": "termNote", "transacGrp": "transac"}
_COMPANIONS = {
    "adminGrp": {"adminNote", "ref", "xref"},
    "descripGrp": {"admin", "descripNote", "ref", "xref"},
    "termNoteGrp": {"admin", "ref", "xref"},
    "transacGrp": {"ref", "transacNote", "xref"},
    "itemGrp": {"admin", "ref", "xref"},
}
_RENAMED = {
    "usageStatus": "administrativeStatus", "usageRegister": "register", "gender": "grammaticalGender",
    "pos": "partOfSpeech", "domain": "subjectField", "example": "context", "sampleSentence": "context",
}  # fmt: skip
_VALUE_RENAMED = {
    "creation": "origination", "input": "origination", "properNoun": "noun", "otherGender": "other",
    "preferred": "preferredTerm-admn-sts", "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts", "notRecommended": "deprecatedTerm-admn-sts",
    "superseded": "supersededTerm-admn-sts", "obsolete": "supersededTerm-admn-sts", "initialism": "abbreviation",
}  # fmt: skip

Place = tuple[str, tuple[str, ...]]


class Categories:
    """The data categories of one file. `limits`: None for a private dialect, whose categories nobody knows."""

    def __init__(
        self, *, limits: Constraints | None, edition: str, style: str, reporter: Reporter, references: References
    ) -> None:  # fmt: skip
        self._limits = limits
        self._v3 = edition == "v3"
        self._style = style
        self._reporter = reporter
        self._references = references
        self._strict = reporter.options.mode == "strict"
        self.used: set[str] = set()

    def language(self, element: XmlElement, tag: str) -> None:
        """Report a language that the user's constraint file does not declare."""
        limits = self._reporter.options.constraints
        if limits is not None and limits.languages and tag not in limits.languages:
            self._report("TBX601", f"{limits.name} does not declare the language {tag}", element)

    def official_date(self, element: XmlElement) -> None:
        """The integrated grammars of TBX-Core and TBX-Linguist take a day only."""
        if self._integrated:
            self._report("TBX701", f"the grammar of {self._integrated} takes dates without time only", element)

    def no_body(self, element: XmlElement) -> None:
        """The same grammars want a body."""
        if self._integrated:
            self._report("TBX701", f"the grammar of {self._integrated} wants a body", element)

    @property
    def _integrated(self) -> str | None:
        """The dialect, if its official grammar is one of the integrated ones, which are for style DCA."""
        name = self._limits.name if self._limits is not None else None
        return name if self._strict and self._style == "dca" and name in ("TBX-Core", "TBX-Linguist") else None

    def target_kind(self, element: XmlElement, name: str) -> int:
        """What a reference of this category element must hit."""
        return CROSS_REFERENCE if name == "ref" and element.get("type") == "crossReference" else REFERENCE

    # -- style DCA and 2008: the category stands in `type` -----------------------------------------------------------

    def core(self, element: XmlElement, name: str, place: Place) -> None:
        """Check a category element (`admin`, `descrip`, …) with its `type`."""
        category = element.get("type")
        if category is None:
            return
        if self._style == "dct":
            advice = "this file says style=\"dct\": write the category as an element of its module"
            self._report("TBX018", f"{name} type={category!r} is style DCA", element, advice, category)
        if not category.strip(_BLANK):
            self._report("TBX211", f"{name} has an empty type", element)
            return
        limits = self._limits
        if limits is None:
            return
        rule = limits.rules.get((name, category))
        if rule is None:
            self._unknown(element, name, category, limits)
            return
        self.used.add(category)
        self._level(element, rule, place)
        self._value(element, rule)
        if name in ("ref", "xref"):
            self._target(element, rule)

    def _component_list(self, element: XmlElement, limits: Constraints) -> None:
        """Lists of components (2008) have a type of their own."""
        kind = element.get("type")
        if kind is not None and limits.component_lists and kind not in limits.component_lists:
            near = did_you_mean(kind, limits.component_lists)
            advice = f"did you mean {near}?" if near else f"one of: {', '.join(sorted(limits.component_lists))}"
            self._report("TBX201", f"{limits.name} has no list of components called {kind!r}", element, advice)

    def _unknown(self, element: XmlElement, name: str, category: str, limits: Constraints) -> None:
        if name not in limits.closed:
            message = f"{limits.name} has no category for {name}; {category!r} cannot be checked"
            self._report("TBX208", message, element, None, category)
            return
        elsewhere = limits.by_category.get(category)
        if elsewhere is not None:
            message = f"{category} stands in {name}; it belongs in {elsewhere.element}"
            self._report("TBX204", message, element, f"write {elsewhere.element}", category)
            return
        self._report(*self._stranger(category, limits), category=category, element=element)

    def _stranger(self, category: str, limits: Constraints) -> tuple[str, str]:
        larger = next((name for name, each in DIALECTS_V3.items() if category in each.by_category), None)
        if self._v3 and larger is not None:
            return "TBX202", f"{category} is no category of {limits.name}; {larger} has it"
        if self._v3 and category in V2_DEFAULT_CONSTRAINTS.by_category:
            return "TBX202", f"{category} is a category of 2008; {limits.name} has none of that name"
        return "TBX201", f"unknown data category {category!r} in {limits.name}"

    def _level(self, element: XmlElement, rule: Rule, place: Place) -> None:
        level, groups = place
        if level and level != "K" and level not in rule.levels:
            if self._strict and self._v3 and official.skips_level(self._style, rule.category):
                return
            right = " or ".join(_LEVELS[each] for each in rule.levels)
            message = f"{rule.category} may not stand in a {_LEVELS[level]}"
            self._report("TBX203", message, element, f"move it to the {right}", rule.category)
        elif level == "K" and rule.element == "termNote" and not rule.component:
            self._report("TBX203", f"{rule.category} may not describe a term component", element, None, rule.category)
        elif self._strict and self._v3 and official.refuses_parent(
            self._style, self._limits.name if self._limits is not None else "", rule.category, groups, level
        ):
            message = f"the official rules do not foresee {rule.category} in {' in '.join(reversed(groups))}"
            self._report("TBX701", message, element, None, rule.category)

    def _value(self, element: XmlElement, rule: Rule) -> None:
        if rule.values:
            self._picklist(element, rule)
        elif len(element) and rule.content != "noteText":
            self._plain(element, rule)

    def _picklist(self, element: XmlElement, rule: Rule) -> None:
        inner = [split_tag(child.tag)[1] for child in element if isinstance(child.tag, str)]
        if inner and not self._v3:
            self._report("TBX101", f"{rule.category} takes a value, no {inner[0]}", element, None, rule.category)
        elif inner:
            self._report("TBX207", f"the value of {rule.category} holds markup", element, None, rule.category)
        value = "".join(element.itertext())
        if value in rule.values:
            if self._strict and not self._v3 and value == "legalTerm-admn-sts":
                self._report("TBX701", "the default constraint file splits legalTerm-admn-sts in two", element)
            return
        bare = value.strip(_BLANK)
        if bare in rule.values:
            self._report("TBX206", f"{bare!r} has blanks around it", element, "remove the blanks", rule.category)
        elif not (self._strict and self._v3 and self._limits is not None
                  and official.shadows_value(self._style, self._limits.name, rule.category)):  # fmt: skip
            self._not_listed(element, rule, bare)

    def _not_listed(self, element: XmlElement, rule: Rule, value: str) -> None:
        renamed = _VALUE_RENAMED.get(value)
        near = renamed if renamed in rule.values else did_you_mean(value, rule.values)
        advice = f"did you mean {near}?" if near else f"one of: {', '.join(rule.values)}"
        self._report("TBX205", f"{rule.category} may not be {value!r}", element, advice, rule.category)

    def _plain(self, element: XmlElement, rule: Rule) -> None:
        allowed = {"hi"} if rule.content == "basicText" else set()
        found = [split_tag(each.tag)[1] for each in element if isinstance(each.tag, str)]
        if set(found) <= allowed:
            return
        if self._v3:
            self._report("TBX210", f"{rule.category} takes plain text, no {found[0]}", element, None, rule.category)
        else:
            self._report("TBX101", f"{rule.category} takes {rule.content}, no {found[0]}", element, None, rule.category)

    def _target(self, element: XmlElement, rule: Rule) -> None:
        target = element.get("target")
        if rule.element == "ref":
            if target is None:
                self._report("TBX304", f"{rule.category} has no target", element, None, rule.category)
            else:
                self._self(element, target, rule.category)
        elif target is not None:
            self._address(element, target, rule.category)

    def _self(self, element: XmlElement, target: str, category: str) -> None:
        """A reference that leads back to the entry or the term it stands in."""
        if any(each.get("id") == target.strip(_BLANK) for each in element.iterancestors()):
            self._report("TBX307", f"{category} leads back to where it stands ({target})", element, None, category)

    def _address(self, element: XmlElement, target: str, category: str) -> None:
        bare = target.strip(_BLANK)
        if any(blank in bare for blank in _BLANK):
            self._report("TBX306", f"the address {bare!r} holds a blank", element, "write it as %20", category)
        if not bare.startswith(("http://", "https://")):
            self._report("TBX305", f"the address {bare!r} has no http or https", element, None, category)

    # -- style DCT: the category is an element of its module -----------------------------------------------------

    def foreign(self, element: XmlElement, meaning: Meaning, parent: str, place: Place) -> None:
        """Check an element outside the core namespace."""
        if self._style == "dca" and self._v3 and meaning.problem != "TBX015":
            advice = "this file says style=\"dca\": write the category in the type of a core element"
            self._report("TBX018", f"{meaning.local} is style DCT", element, advice, meaning.local)
        elif meaning.problem == "category" and self._limits is not None:
            self._unknown_module_element(element, meaning, self._limits)
        elif meaning.problem is not None:
            self._report("TBX015", f"{meaning.local} is of the namespace {meaning.namespace!r}", element)
        if meaning.rule is not None:
            self.used.add(meaning.rule.category)
            self._module_element(element, meaning.rule, parent, place)

    def _unknown_module_element(self, element: XmlElement, meaning: Meaning, limits: Constraints) -> None:
        known = limits.by_category.get(meaning.local)
        if known is not None and known.namespace:
            message = f"{meaning.local} is of the module {known.namespace}, not {meaning.namespace}"
            self._report("TBX202", message, element, None, meaning.local)
            return
        self._report(*self._stranger(meaning.local, limits), category=meaning.local, element=element)

    def _module_element(self, element: XmlElement, rule: Rule, parent: str, place: Place) -> None:
        self._level(element, rule, place)
        self._in_group(element, rule, parent)
        self._value(element, rule)
        if rule.content == "noteText" and len(element):
            self._official(element, rule, "markup in it")
        self._module_attributes(element, rule)

    def _in_group(self, element: XmlElement, rule: Rule, parent: str) -> None:
        """In style DCT the core grammar cannot say which category fits a group."""
        group = _GROUP_OF.get(rule.element)
        if group is not None and parent != group:
            message = f"{rule.category} stands in {parent}; it belongs into a {group}"
            self._report("TBX203", message, element, f"put a {group} around it", rule.category)
        elif parent in _COMPANIONS:
            first = next((each for each in element.itersiblings(preceding=True) if isinstance(each.tag, str)), None)
            fits = rule.element == _FIRST_IN.get(parent) if first is None else rule.element in _COMPANIONS[parent]
            if not fits:
                self._report("TBX204", f"{rule.category} does not fit into {parent}", element, None, rule.category)

    def _module_attributes(self, element: XmlElement, rule: Rule) -> None:
        for name, value in element.items():
            if name in ("id", "datatype", _XML_LANG):
                shown = name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")
                self._report("TBX209", f"{rule.category} carries {shown}", element, None, rule.category)
            elif name == "metaType":
                self._official(element, rule, "the attribute metaType")
            elif name != "target" or rule.element not in ("ref", "xref", "transacNote"):
                self._report("TBX104", f"{rule.category} may not carry {name}", element, None, rule.category)
            else:
                self._module_target(element, rule, value)
        if rule.target and element.get("target") is None:
            self._report("TBX103", f"{rule.category} has no target", element, None, rule.category)

    def _module_target(self, element: XmlElement, rule: Rule, value: str) -> None:
        if rule.target == "external":
            if not value.startswith(("http://", "https://")):
                message = f"target of {rule.category} is {value!r}, not an address with http or https"
                self._report("TBX105", message, element, None, rule.category)
        elif is_name(value):
            kind = CROSS_REFERENCE if rule.element == "ref" else REFERENCE
            self._references.add(value.strip(_BLANK), kind, element)
            self._self(element, value, rule.category)
        else:
            self._report("TBX303", f"{value!r} cannot be the id of anything", element, None, rule.category)

    def _official(self, element: XmlElement, rule: Rule, what: str) -> None:
        if self._strict:
            message = f"the module grammar of {rule.category} does not take {what}"
            self._report("TBX701", message, element, None, rule.category)

    def typed(self, element: XmlElement, name: str, place: Place) -> None:
        """Check the `type` of an element that is no category: highlights are declared in the constraint file (2008)."""
        if name == "termCompList" and self._limits is not None:
            self._component_list(element, self._limits)
        kind = element.get("type")
        if kind is None:
            return
        limits = self._limits
        if name == "hi" and not self._v3 and limits is not None and limits.highlights is not None:
            if kind not in limits.highlights:
                near = did_you_mean(kind, limits.highlights)
                advice = f"did you mean {near}?" if near else None
                self._report("TBX105", f"{limits.name} declares no highlight {kind!r}", element, advice)
        elif self._strict and self._style == "dct" and place[0]:
            # the official rules of style DCT take any `type` in the body for style DCA
            self._report("TBX701", f"the official rules take the type of {name} for style DCA", element)

    def _report(
        self, code: str, message: str, element: XmlElement, advice: str | None = None,
        category: str | None = None,
    ) -> None:  # fmt: skip
        if code in ("TBX201", "TBX202") and advice is None and category is not None and self._limits is not None:
            near = _RENAMED.get(category)
            near = near if near in self._limits.by_category else did_you_mean(category, self._limits.by_category)
            advice = f"did you mean {near}?" if near else None
        self._reporter.on(code, message, element, advice=advice, category=category)
