"""A concept entry cut into what comes again and again, without a parser: its head and its language sections, and these
into start tag, statements and terms.

This works on bytes and in one go, where `sections` hands out texts to be read: here most of them need not be looked at.
"""

from __future__ import annotations

import re
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
    """An entry with its texts and pointers taken out.

    markup    the entry but for texts and pointers
    pieces    the same cut into head and sections: without the end tag, the names of the start tags of sections, and
              the white space behind each
    loose     the same with that white space
    texts     all that stands between two tags and does not begin with a blank
    pointers  the values of `id` and `target`
    """

    markup: bytes
    pieces: list[bytes]
    loose: list[bytes]
    texts: list[bytes]
    pointers: list[bytes]


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
        loose = markup.removesuffix(self.entry_end).split(self.section)
        return Cut(markup, list(map(bytes.rstrip, loose)), loose, texts, pointed[1::2])

    def section_cut(self, section: bytes) -> list[bytes]:
        """A section cut again: its start tag as it is written, what stands before its terms, then the terms, with the
        white space behind each. Empty: it has no terms. Left out is its end tag.
        """
        tag, _, rest = section.partition(b">")
        if not rest.endswith(self.section_end):
            return []
        found = self._terms(rest[: -len(self.section_end)])
        return [self.section + tag + b">", *found] if len(found) > 1 else []
