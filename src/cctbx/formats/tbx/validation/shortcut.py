"""The fast lane: entries whose markup is known to be faultless are checked without building a tree.

Term bases hold the same few ways to write a section or a term again and again; only ids and texts differ. When the
checker has found nothing wrong with an entry, the markup of each of its pieces is remembered with a plan: which texts
must be in a value list, which are dates, which ids and references there are. An entry that is made of known pieces
needs only their plans. All others go the long way, through the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cctbx.formats.tbx.validation.cutting import Scissors
from cctbx.formats.tbx.validation.ground import Ground
from cctbx.formats.tbx.validation.known import Known
from cctbx.formats.tbx.validation.learning import Learner
from cctbx.formats.tbx.validation.patterns import Patterns
from cctbx.formats.tbx.validation.planning import Planner
from cctbx.formats.tbx.validation.plans import (
    ADDRESS,
    ANYTHING,
    Plan,
    Pointer,
    day,
    day_or_moment,
    offsets,
)
from cctbx.formats.tbx.validation.references import CROSS_REFERENCE, ENTRY, REFERENCE
from cctbx.formats.tbx.validation.values import is_name

__all__ = ["Shortcut", "harmless"]

_HEX = "[0-9a-fA-F]"
_CODE = (
    f"9|1[03]|3[2-9]|[4-9][0-9]|[1-9][0-9]{{2,3}}"
    f"|x(?:[9aAdD]|0{{0,2}}[2-9a-fA-F]{_HEX}|0?[1-9a-fA-F]{_HEX}{{2}}|[1-9a-cA-C]{_HEX}{{3}})"
)
_REFERENCE = re.compile(f"&(?!(?:amp|lt|gt|quot|apos|#(?:{_CODE}));)".encode())
"""A reference that may not be to a character that XML knows or permits."""
_ILLEGAL = tuple(bytes([code]) for code in range(32) if code not in b"\t\n\r")


def harmless(block: bytes) -> bool:
    """Whether these bytes are UTF-8 without a character that XML forbids, as far as the last tag in them."""
    if b"\xef" in block and (b"\xef\xbf\xbe" in block or b"\xef\xbf\xbf" in block):
        return False
    if any(each in block for each in _ILLEGAL):  # one byte after the other is quicker than all at once
        return False
    try:
        block[: block.rfind(b">") + 1].decode()
    except UnicodeDecodeError:
        return False
    return True


class Shortcut:
    """The plans of one file, whose elements have this prefix."""

    def __init__(self, ground: Ground, prefix: str | None) -> None:
        options = ground.options
        strict = options.mode == "strict"
        self._references = ground.references
        self._longest = options.limits.attribute
        self._day = day if strict else day_or_moment
        self._scissors = Scissors(ground.vocabulary.edition, prefix)
        planner = Planner(ground.vocabulary, ground.limits, strict=strict)
        self._known = Known(self._scissors)
        self._learner = Learner(ground.vocabulary, self._scissors, planner, self._known)
        self.learn = self._learner.learn
        self._patterns = Patterns()

    # -- looking up ------------------------------------------------------------------------------------------------

    def knows(self, data: bytes, start: int, line: int) -> tuple[int, int] | None:
        """As `accepts`, at a place of the data, for what looks just like entries that came often lately: where it
        ends, and how many line breaks it has."""
        found = self._patterns.find(data, start)
        if found is None:
            return None
        pattern, entry = found
        if data.find(b"&", start, entry.end()) >= 0 and _REFERENCE.search(data, start, entry.end()):
            return None
        for group in pattern.dates:
            if not self._day(entry[group]):
                return None
        values = [entry[group].decode() for group in pattern.values]
        if not self._pointers_hold(values, pattern.pointers):
            return None
        self._note(values, pattern.pointers, pattern.offsets, line)
        return entry.end(), pattern.breaks

    def accepts(self, entry: bytes, line: int) -> bool:
        """Whether an entry is faultless for sure; then its ids and references are remembered. `line`: its first.

        It must be `harmless`.
        """
        if b"&" in entry and _REFERENCE.search(entry):
            return False
        cut = self._scissors.cut(entry)
        if cut is None:
            return False
        plans = self._known.plans_of(cut)
        if not plans or not self._texts_hold(plans, cut.texts):
            return False
        values = [each.decode() for each in cut.pointers]
        pointers = plans[0].pointers
        if len(pointers) != len(values):
            pointers = tuple([pointer for plan in plans for pointer in plan.pointers])
        if not self._pointers_hold(values, pointers):
            return False
        self._note(values, pointers, plans[0].offsets if len(values) == 1 else offsets(plans, cut), line)
        self._learner.paid()
        self._patterns.came(plans, cut)
        return True

    def _texts_hold(self, plans: Iterable[Plan], texts: list[bytes]) -> bool:
        """Whether values are in their lists, and dates are dates."""
        at = 0
        for plan in plans:
            if plan.chosen is not None:
                choice = plan.chosen(texts[at : at + plan.texts])
                if choice not in plan.good and not plan.allows(choice):
                    return False
            for place in plan.dates:
                if not self._day(texts[at + place]):
                    return False
            at += plan.texts
        return True

    # -- ids and references ----------------------------------------------------------------------------------------

    def _pointers_hold(self, values: list[str], pointers: Sequence[Pointer]) -> bool:
        """Whether ids, references and addresses are as they should be, and no reference is to one of these ids.

        What will be found is said of the entry, by its id: that must be there.
        """
        if not pointers:
            return True
        if pointers[0].kind != ENTRY:
            return False
        found: tuple[set[str], set[str]] = set(), set()
        for value, pointer in zip(values, pointers, strict=True):
            if len(value) > self._longest:
                return False
            if pointer.kind == ADDRESS:
                if not value.startswith(("http://", "https://")):
                    return False
            elif pointer.kind != ANYTHING:
                if not is_name(value):
                    return False
                found[pointer.kind in (REFERENCE, CROSS_REFERENCE)].add(value)
        return found[0].isdisjoint(found[1])

    def _note(self, values: list[str], pointers: Sequence[Pointer], breaks: Iterable[int], line: int) -> None:
        """Remember ids and references."""
        for value, pointer, offset in zip(values, pointers, breaks, strict=True):
            if pointer.kind >= 0:
                self._references.note(value, pointer.kind, line + offset, values[0])
