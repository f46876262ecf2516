"""Checks what holds the pieces of a file together: the root, `text`, `body` and `back`, and what stands between."""

from __future__ import annotations

from cctbx.formats.tbx.validation.constraints import DIALECTS_V3
from cctbx.formats.tbx.validation.editions import Edition
from cctbx.formats.tbx.validation.ground import Ground
from cctbx.formats.tbx.validation.reporter import Reporter
from cctbx.formats.tbx.validation.vocabulary import split_tag
from cctbx.formats.tbx.validation.xmltypes import XmlElement

__all__ = ["Holders", "is_body"]

_BLANK = " \t\r\n"


def is_body(element: XmlElement | None) -> bool:
    """Whether entries stand in this element."""
    return element is not None and isinstance(element.tag, str) and split_tag(element.tag)[1] == "body"


class Holders:
    """What is checked when the pieces of one file are gone."""

    def __init__(self, ground: Ground, reporter: Reporter) -> None:
        self._ground = ground
        self._reporter = reporter

    def check(self, root: XmlElement, entries: int) -> None:
        """Check the holders of a file of so many entries, at its end."""
        ground, reporter = self._ground, self._reporter
        if ground.checker is None:
            ground.begin(root, None)
        edition = ground.edition
        assert edition is not None  # begin has run
        local = split_tag(root.tag)[1]
        if local != edition.structure.root and local in edition.structure.elements:
            reporter.on("TBX101", f"{local} may not be the root; expected {edition.structure.root}", root)
        holders = [root, *root.iter("{*}text", "{*}body", "{*}back")]
        for element in holders:
            self._holder(element, edition, entries)
        bodies = [each for each in holders if is_body(each)]
        for body in bodies:
            self.inside(body)
            if body.text and body.text.strip(_BLANK):
                reporter.on("TBX106", "text is not allowed between entries", body)
        if not bodies and edition.name == "v3":
            reporter.on("TBX108", "the file has no body", root)
            if ground.categories is not None:
                ground.categories.no_body(root)

    def _holder(self, element: XmlElement, edition: Edition, entries: int) -> None:
        """Order and completeness of the children of a holder; their contents have been checked."""
        checker, meaning = self._ground.checker, self._ground.vocabulary[element.tag]
        assert checker is not None  # begin has run
        if meaning.shape is None or meaning.shape.matcher is None:
            return
        if element.getparent() is not None:
            checker.attributes(element, meaning.shape)
        if not is_body(element):
            checker.holder(element, meaning.shape)
        elif not entries and "+" in str(edition.structure.elements["body"].content):
            self._reporter.on("TBX102", f"body lacks {edition.entry}", element)

    def inside(self, body: XmlElement) -> None:
        """Report what is left in a body."""
        for each in body:
            self.stray(each, body)

    def stray(self, element: XmlElement, parent: XmlElement) -> None:
        """Report what stands between the entries and is none."""
        if not is_body(parent):
            return
        if element.tail and element.tail.strip(_BLANK):
            after = element.getnext()  # the parser knows the lines of elements only
            line = after.sourceline if after is not None else None
            text = " ".join(element.tail.split())[:40]
            self._reporter.at("TBX106", f"text is not allowed between entries: {text!r}", line=line)
        edition = self._ground.edition
        if edition is not None and isinstance(element.tag, str) and split_tag(element.tag)[1] != edition.entry:
            local = split_tag(element.tag)[1]
            self._reporter.on("TBX101", f"{local} is not allowed between entries", element)

    def dialect_size(self) -> None:
        """Report a declared dialect that is larger than its categories need."""
        categories, limits, edition = self._ground.categories, self._ground.limits, self._ground.edition
        if categories is None or limits is None or edition is None or edition.name != "v3":
            return
        used = categories.used
        fitting = [name for name, each in DIALECTS_V3.items() if used <= set(each.by_category)]
        if used and fitting and limits.name in fitting and fitting[0] != limits.name:
            self._reporter.at("TBX019", f"{fitting[0]} would do; the file says {limits.name}")
