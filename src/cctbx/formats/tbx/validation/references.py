"""Ids and the references to them, over the whole file, in bounded memory."""

from __future__ import annotations

from collections.abc import Mapping

from cctbx.formats.tbx.validation.reporter import Reporter
from cctbx.formats.tbx.validation.xmltypes import XmlElement
from cctbx.ledger import Ledger, LedgerFiles

__all__ = ["CROSS_REFERENCE", "ENTRY", "ID_KINDS", "OBJECT", "OTHER", "REFERENCE", "TERM", "References"]

ENTRY, TERM, OBJECT, OTHER, REFERENCE, CROSS_REFERENCE = range(6)
_IDS = frozenset({ENTRY, TERM, OBJECT, OTHER})
_SEPARATOR = "\x1f"


def _of_interest(tags: list[int]) -> bool:
    ids = [tag for tag in tags if tag in _IDS]
    if len(ids) != 1:
        return True
    if ids[0] == OBJECT:
        return len(tags) == 1
    return ids[0] == OTHER and CROSS_REFERENCE in tags


def _place(note: str) -> tuple[str, str]:
    line, _, concept = note.partition(_SEPARATOR)
    return line, concept


class References:
    """Every id and every reference of a file; `finish` reports what does not fit together."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._ledger = Ledger()
        self.used = False

    def add(self, key: str, tag: int, element: XmlElement) -> None:
        """An id (of an entry, a term, an object, anything else) or a reference, with the element that carries it."""
        self._ledger.add(key, f"{element.sourceline}{_SEPARATOR}{self._concept(element)}", tag)

    def note(self, key: str, tag: int, line: int, concept: str) -> None:
        """The same, with its place spelled out."""
        self._ledger.add(key, f"{line}{_SEPARATOR}{concept}", tag)

    def restart(self) -> None:
        """Forget what there was so far."""
        self._ledger.close()
        self._ledger = Ledger()

    def leave(self, folder: str) -> LedgerFiles:
        """What is known, in files of a folder, for `absorb` in another process."""
        return self._ledger.leave(folder)

    def absorb(self, files: LedgerFiles) -> None:
        """Go on from what another process has seen of the entries that follow."""
        self._ledger.absorb(files)

    def _concept(self, element: XmlElement) -> str:
        edition = self._reporter.edition
        each: XmlElement | None = element
        while each is not None and edition is not None:
            if each.tag.endswith(edition.entry):
                return each.get("id") or f"entry {self._reporter.entry_number}"
            each = each.getparent()
        return ""

    def finish(self, *, whole: bool = True) -> None:
        """Report duplicated ids, dangling references, cross-references that hit something else, unused objects.

        `whole`: every id of the file has been seen, so that a missing one is missing.
        """
        for key, notes in self._ledger.groups(_of_interest):
            places = sorted(((tag, *_place(note)) for tag, note in notes), key=lambda place: int(place[1]))
            ids = [place for place in places if place[0] in _IDS]
            if not ids and not whole:
                continue
            if not ids:
                advice = "correct the target or add what it points to"
                self._each("TBX303", places, f"nothing in this file has the id {key!r}", advice)
            elif len(ids) > 1:
                first = ids[0][1]
                self._each("TBX301", ids[1:], f"id {key!r} stands already at line {first}", "give it an id of its own")
            elif ids[0][0] == OBJECT and whole:
                self._each("TBX309", ids, f"nothing refers to the object {key!r}", None)
            elif ids[0][0] == OTHER:
                wrong = [place for place in places if place[0] == CROSS_REFERENCE]
                self._each("TBX308", wrong, f"{key!r} is neither a concept entry nor a term", None)
        self._ledger.close()

    def _each(self, code: str, places: list[tuple[int, str, str]], message: str, advice: str | None) -> None:
        for _, line, concept in places:
            self._reporter.at(code, message, line=int(line), advice=advice, place={"concept": concept or None})


ID_KINDS: Mapping[str, int] = {
    "conceptEntry": ENTRY, "termEntry": ENTRY, "termSec": TERM, "tig": TERM, "ntig": TERM, "term": TERM,
    "langSet": TERM, "refObject": OBJECT,
}  # fmt: skip
"""What an id stands for, by the element that carries it."""
