"""Checks one piece of a file (an entry, the header, back matter) against the tables: structure, attributes, values."""

from __future__ import annotations

from collections.abc import Callable

from cctbx.formats.tbx.validation.automaton import FOREIGN, missing
from cctbx.formats.tbx.validation.categories import Categories
from cctbx.formats.tbx.validation.notation import Attribute
from cctbx.formats.tbx.validation.references import ID_KINDS, OTHER, REFERENCE, References
from cctbx.formats.tbx.validation.reporter import Reporter
from cctbx.formats.tbx.validation.values import (
    did_you_mean,
    is_bcp47,
    is_date,
    is_date_time,
    is_name,
    is_xml_language,
)
from cctbx.formats.tbx.validation.vocabulary import Meaning, Shape, Vocabulary, split_tag
from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["LEVEL_OF", "Checker", "Place"]

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BLANK = " \t\r\n"

LEVEL_OF: dict[str, str] = {
    "conceptEntry": "C", "termEntry": "C", "langSec": "L", "langSet": "L", "termSec": "T", "tig": "T", "ntig": "T",
    "termCompGrp": "K",
}  # fmt: skip
"""The level that begins at an element; `K`: a component of a term."""

Place = tuple[str, tuple[str, ...]]
"""Where an element stands: its level ("" outside entries) and the groups around it, outermost first."""


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + " or " + names[-1]


class Checker:
    """The rules of one file, applied to one element after the other."""

    def __init__(
        self, vocabulary: Vocabulary, reporter: Reporter, references: References, categories: Categories
    ) -> None:  # fmt: skip
        self._vocabulary = vocabulary
        self._reporter = reporter
        self._references = references
        self._categories = categories
        self._longest = reporter.options.limits.attribute
        self._texts: dict[str, Callable[[XmlElement, str, Shape], None]] = {
            "date": self._date, "dateTime": self._date_time, "values": self._values, "text": self._free,
        }  # fmt: skip

    def check(self, element: XmlElement, place: Place = ("", ())) -> None:
        """Check an element of the core vocabulary and all that it holds."""
        meaning = self._vocabulary[element.tag]
        if meaning.shape is not None:
            self._core(element, meaning.shape, place)

    # -- elements ------------------------------------------------------------------------------------------------

    def _core(self, element: XmlElement, shape: Shape, place: Place) -> None:
        self.attributes(element, shape)
        if shape.category:
            self._categories.core(element, shape.name, place)
        else:
            self._categories.typed(element, shape.name, place)
        if len(element):
            self._children(element, shape, place)
        elif shape.matcher is not None and not shape.inline and not shape.matcher.complete(0):
            self._incomplete(element, shape, 0)
        self._text(element, shape)

    def _children(self, element: XmlElement, shape: Shape, place: Place) -> None:
        if shape.matcher is None:
            self._no_children(element, shape)
            return
        step, vocabulary, state = shape.matcher.step, self._vocabulary, 0
        inner = self._inner(shape, place)
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            meaning = vocabulary[tag]
            following = step(state, meaning.name)
            if following >= 0:
                state = following
            else:
                self._misplaced(child, meaning, shape, state)
            self._child(child, meaning, shape, inner)
        if not shape.matcher.complete(state):
            self._incomplete(element, shape, state)
        if shape.inline:
            self._codes(element)

    def holder(self, element: XmlElement, shape: Shape) -> None:
        """Check order and completeness of the children of an element whose children have been checked before."""
        state = 0
        assert shape.matcher is not None  # holders have element content
        for child in element:
            if isinstance(child.tag, str):
                meaning = self._vocabulary[child.tag]
                following = shape.matcher.step(state, meaning.name)
                state = following if following >= 0 else state
                if following < 0:
                    self._misplaced(child, meaning, shape, state)
        if not shape.matcher.complete(state):
            self._incomplete(element, shape, state)
        self._text(element, shape)

    def _inner(self, shape: Shape, place: Place) -> Place:
        """The place of the children of an element that stands at `place`."""
        level = LEVEL_OF.get(shape.name)
        if level is not None:
            return level, ()
        return (place[0], (*place[1], shape.name)) if shape.group else place

    def _child(self, child: XmlElement, meaning: Meaning, parent: Shape, place: Place) -> None:
        if meaning.shape is not None:
            self._core(child, meaning.shape, place)
        elif meaning.name == FOREIGN:
            self._categories.foreign(child, meaning, parent.name, place)
            if meaning.rule is not None:
                self._inside_module_element(child, place)

    def _inside_module_element(self, element: XmlElement, place: Place) -> None:
        """Inline markup inside the element of a data category (style DCT)."""
        for child in element:
            if isinstance(child.tag, str):
                meaning = self._vocabulary[child.tag]
                if meaning.name in ("ec", "foreign", "hi", "ph", "sc") and meaning.shape is not None:
                    self._core(child, meaning.shape, place)
                else:
                    self._report("TBX101", f"{meaning.local} is not allowed inside a data category", child)
        if len(element):
            self._codes(element)

    def _misplaced(self, child: XmlElement, meaning: Meaning, parent: Shape, state: int) -> None:
        assert parent.matcher is not None  # only called while a content model runs
        expected = parent.matcher.expected(state)
        if meaning.problem in ("TBX107", "TBX020"):
            known = self._vocabulary.edition.structure.elements
            near = did_you_mean(meaning.local, expected) or did_you_mean(meaning.local, known)
            advice = f"did you mean {near}?" if near else None
            what = "unknown element" if meaning.problem == "TBX107" else "an element of another edition or dialect"
            self._report(meaning.problem, f"{meaning.local} in {parent.name}: {what}", child, advice)
            return
        allowed = _listed(expected) if expected else "the end of the element"
        self._report("TBX101", f"{meaning.local} is not allowed here in {parent.name}", child, f"expected: {allowed}")

    def _incomplete(self, element: XmlElement, shape: Shape, state: int) -> None:
        assert shape.matcher is not None  # only called for elements with a content model
        self._report("TBX102", f"{shape.name} lacks {_listed(missing(shape.matcher, state))}", element)

    def _no_children(self, element: XmlElement, shape: Shape) -> None:
        for child in element:
            if isinstance(child.tag, str):
                local = split_tag(child.tag)[1]
                self._report("TBX101", f"{local} is not allowed in {shape.name}, which holds text only", child)

    # -- text ----------------------------------------------------------------------------------------------------

    def _text(self, element: XmlElement, shape: Shape) -> None:
        kind = shape.text
        if kind == "text":
            return
        if kind is None or kind == "empty":
            if (element.text and element.text.strip(_BLANK)) or any(
                child.tail and child.tail.strip(_BLANK) for child in element
            ):
                self._report("TBX106", f"text is not allowed directly in {shape.name}", element)
            return
        self._texts[kind](element, "".join(element.itertext()), shape)

    def _free(self, element: XmlElement, text: str, shape: Shape) -> None:
        """Any text will do."""

    def _date(self, element: XmlElement, text: str, shape: Shape) -> None:
        if not is_date(text) and not is_date_time(text):
            advice = "write YYYY-MM-DD, or YYYY-MM-DDThh:mm:ss"
            self._report("TBX503", f"{text.strip()!r} is no date", element, advice)
        elif text != text.strip(_BLANK):
            self._report("TBX504", f"date {text.strip()} has blanks around it", element)
        if not is_date(text) and is_date_time(text):
            self._categories.official_date(element)

    def _date_time(self, element: XmlElement, text: str, shape: Shape) -> None:
        if not is_date_time(text):
            self._report("TBX503", f"{text.strip()!r} is no moment", element, "write YYYY-MM-DDThh:mm:ss")

    def _values(self, element: XmlElement, text: str, shape: Shape) -> None:
        if text.strip(_BLANK) not in shape.values:
            near = did_you_mean(text, shape.values)
            advice = f"did you mean {near}?" if near else f"one of: {', '.join(shape.values)}"
            self._report("TBX205", f"{shape.name} may not be {text.strip()!r}", element, advice)

    # -- attributes ----------------------------------------------------------------------------------------------

    def attributes(self, element: XmlElement, shape: Shape) -> None:
        """Check the attributes of an element, and remember its id and its targets."""
        known = shape.attributes
        items = element.items()
        for name, value in items:
            attribute = known.get(name)
            if attribute is None:
                self._unknown_attribute(element, name, value, shape)
            elif attribute.kind != "text":
                self._attribute(element, attribute, value, shape)
            elif len(value) > self._longest:
                self._report("TBX012", f"{name} of {shape.name} is longer than {self._longest} characters", element)
        if shape.required:
            given = {name for name, _ in items}
            for name in shape.required:
                if name not in given:
                    plain = name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")
                    self._report("TBX103", f"{shape.name} has no {plain}", element)

    def _unknown_attribute(self, element: XmlElement, name: str, value: str, shape: Shape) -> None:
        local = split_tag(name)[1]
        if shape.name == "sc" and local in ("type", "subtype", "target"):
            self._report("TBX404", f"sc carries {local}, which the grammar does not know", element)
            return
        near = did_you_mean(local, (split_tag(each)[1] for each in shape.attributes))
        advice = "write xml:lang" if name == "lang" and _XML_LANG in shape.attributes else None
        advice = advice or (f"did you mean {near}?" if near and near != local else None)
        self._report("TBX104", f"{shape.name} may not carry {local}", element, advice)

    def _attribute(self, element: XmlElement, attribute: Attribute, value: str, shape: Shape) -> None:
        kind = attribute.kind
        if kind == "ID":
            if is_name(value):
                self._references.add(value.strip(_BLANK), ID_KINDS.get(shape.name, OTHER), element)
            else:
                advice = "an id begins with a letter and holds no blank and no colon: put a prefix before it"
                self._report("TBX302", f"{value!r} is no id", element, advice)
        elif kind == "IDREF":
            self._reference(element, value, shape)
        elif kind == "lang":
            self.language(element, value)
        elif attribute.values and value.strip(_BLANK) not in attribute.values:
            near = did_you_mean(value, attribute.values)
            advice = f"did you mean {near}?" if near else f"one of: {', '.join(attribute.values)}"
            self._report("TBX105", f"{attribute.name} of {shape.name} may not be {value!r}", element, advice)

    def _reference(self, element: XmlElement, value: str, shape: Shape) -> None:
        if is_name(value):
            tag = self._categories.target_kind(element, shape.name) if shape.category else REFERENCE
            self._references.add(value.strip(_BLANK), tag, element)
            return
        advice = "an address belongs into an external reference" if "://" in value else None
        self._report("TBX303", f"{value!r} cannot be the id of anything", element, advice)

    def language(self, element: XmlElement, value: str) -> None:
        """Check the shape of a language tag: XML Schema first, then BCP 47."""
        if not is_xml_language(value):
            near = value.strip().replace("_", "-")
            advice = f"did you mean {near}?" if near and is_bcp47(near) else "write a tag of BCP 47, such as en-GB"
            self._report("TBX501", f"{value!r} is no language tag", element, advice)
        elif not is_bcp47(value.strip(_BLANK)):
            self._report("TBX502", f"{value!r} is no tag of BCP 47", element, "write a tag such as en-GB, or und")
        self._categories.language(element, value)

    # -- inline codes --------------------------------------------------------------------------------------------

    def _codes(self, element: XmlElement) -> None:
        """Rules taken from XLIFF: an ec after its sc points back to it; one that is alone says so."""
        codes = [(child, self._vocabulary[child.tag].name) for child in element if isinstance(child.tag, str)]
        names = [name for _, name in codes]
        for at, (code, name) in enumerate(codes):
            if name == "sc":
                self._code(code, paired="ec" in names[at + 1 :])
            elif name == "ec":
                self._code(code, paired="sc" in names[:at])
                self._closing(code, paired="sc" in names[:at])
            elif name in ("bpt", "ept") and self._vocabulary.edition.name == "v2":
                self._report("TBX405", f"{name} holds native code, which files of 2019 cannot", code)

    def _code(self, code: XmlElement, *, paired: bool) -> None:
        says = code.get("isolated")
        if says is not None and says != ("no" if paired else "yes"):
            beside = "has its partner in this text" if paired else "is alone in this text"
            local = split_tag(code.tag)[1]
            self._report("TBX402", f"{local} says isolated={says!r} but {beside}", code)

    def _closing(self, code: XmlElement, *, paired: bool) -> None:
        if paired and code.get("startRef") is None:
            self._report("TBX401", "ec has no startRef to the sc before it", code)
        elif not code.get("id") and (not paired or code.get("isolated") == "yes"):
            self._report("TBX403", "ec is isolated and has no id", code)

    def _report(self, code: str, message: str, element: XmlElement, advice: str | None = None) -> None:
        self._reporter.on(code, message, element, advice=advice)
