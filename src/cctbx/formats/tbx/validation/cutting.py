"""A concept entry cut into what comes again and again, without a parser: its head, and the tags, the statements and the
terms of its language sections.

This works on bytes and in one go, where `sections` hands out texts to be read: here most of them need not be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cctbx.formats.tbx.validation.editions import Edition

__all__ = ["POINTER", "TEXT", "Cut", "Scissors"]

TEXT, POINTER = b"\0", b"\1"
"""What stands for a text, and for the value of an `id` or `target` with its equals sign. No XML file holds them."""

_split = re.compile(rb">([^<\s][^<]*+)<").split
_point = re.compile(rb'="(?:(?<=\sid=")|(?<=\starget="))([^"<>&\s]++)(?=")').split
_FILLED = b">" + TEXT + b"<"


@dataclass(slots=True, eq=False)
class Cut:
    """An entry with its texts and pointers taken out. Head and parts leave nothing out but the end tag, the names of
    the start tags of sections, and white space before and behind sections.

    markup    the entry but for texts and pointers
    head      what stands before the first section
    parts     of each section: its start tag (without its name), and what follows up to its end
    pieces    head and sections in one piece each, with the white space behind them
    texts     all that stands between two tags and does not begin with a blank
    pointers  the values of `id` and `target`
    """

    markup: bytes
    head: bytes
    parts: list[bytes]
    pieces: list[bytes]
    texts: list[bytes]
    pointers: list[bytes]

    def stretches(self) -> Iterator[bytes]:
        """The head and the parts, with the white space behind them."""
        yield self.pieces[0]
        for section in self.pieces[1:]:
            tag, _, rest = section.partition(b">")
            yield tag
            yield rest


class Scissors:
    """Cuts entries of an edition, whose elements have this prefix."""

    def __init__(self, edition: Edition, prefix: str | None) -> None:
        lead = f"{prefix}:" if prefix else ""
        self.entry_end = f"</{lead}{edition.entry}>".encode()
        self.section = f"<{lead}{edition.language}".encode()
        self.section_end = f"</{lead}{edition.language}>".encode()
        names = "|".join(re.escape(lead + each) for each in sorted(edition.terms))
        self._terms = re.compile(rf"(?=<(?:{names})[\s>])".encode()).split

    def cut(self, entry: bytes) -> Cut | None:
        """None: this cannot be cut. Two entries that come out the same are the same, but for what `Cut` says."""
        stretches = _split(entry)
        texts = stretches[1::2]
        if b">" in b"".join(texts):  # it is not a text only
            return None
        pointed = _point(_FILLED.join(stretches[::2]))
        markup = POINTER.join(pointed[::2])
        pieces = markup.removesuffix(self.entry_end).split(self.section)
        parts = []
        for section in pieces[1:]:
            tag, _, rest = section.partition(b">")
            parts.append(tag)
            parts.append(rest.rstrip())
        return Cut(markup, pieces[0].rstrip(), parts, pieces, texts, pointed[1::2]) if parts else None

    def terms(self, part: bytes) -> list[bytes]:
        """The second part of a section cut again: what stands before its terms, then the terms, with the white space
        behind each. Empty: there are none. Left out is the end tag of the section.
        """
        if not part.endswith(self.section_end):
            return []
        found = self._terms(part[: -len(self.section_end)])
        return found if len(found) > 1 else []
