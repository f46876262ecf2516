"""A concept entry cut into its head and its language sections, and these into markup and texts, without a parser.

Entries whose outlines all differ are still made of sections that come again and again. What has been learnt of a
section holds for every other with the same markup.
"""

from __future__ import annotations

import re

__all__ = ["TAKEN", "Cut", "Cutter", "Markup"]

Markup = tuple[str, ...]
"""What stands round the texts: one string more than there are texts. For values of `id` and `target` stands `TAKEN`."""

TAKEN = "\0"
"""Stands in no XML: an empty value is not one that was taken out."""

Cut = tuple[Markup, list[str]]
"""Markup, and what was taken out: first the ids, then the targets, then the texts, each in document order."""

_split = re.compile(r">([^<\s][^<]*+)<").split
_ID = re.compile(r""" id="([^"'<>&\s]++)\"""")
_TARGET = re.compile(r""" target="([^"'<>&\s]++)\"""")
_OPENING = re.compile(r"<(?:[^\s<>/:!?]+:)?lang(?:Sec|Set)(?=[\s>])")
_LOOK_AGAIN = 64


def _pointed(stretch: str) -> Cut | None:
    """A stretch that may hold ids and targets."""
    pointers = _ID.findall(stretch)
    bare = _ID.sub(f' id="{TAKEN}"', stretch)
    if ' target="' in stretch:
        pointers += _TARGET.findall(stretch)
        bare = _TARGET.sub(f' target="{TAKEN}"', bare)
    parts = _split(bare)
    texts = parts[1::2]
    if '="' in "<".join(texts):  # perhaps there was one in a text
        return None
    return tuple(parts[::2]), pointers + texts


class Cutter:
    """Cuts the entries of one document."""

    def __init__(self) -> None:
        self.opening = ""
        """How sections begin: `<langSec`, with its prefix. Empty as long as there were none."""
        self._pointers = False
        self._due = 0

    def cut(self, text: str) -> tuple[list[Cut], str] | None:
        """The head of an entry, then its sections (without `opening`); and all texts with `<` between.

        None if there are no sections, or in doubt. All that is cut out is a text as it stands (references are not
        resolved) or the value of an `id` or `target`; none of them holds a line feed or `>`, none begins with white
        space. Nothing is known of the rest: comments and CDATA sections are markup that never comes again.
        """
        if not self.opening:
            found = _OPENING.search(text)
            if not found:
                return None
            self.opening = found[0]
        if TAKEN in text:
            return None
        head, *stretches = text.split(self.opening)
        start = _pointed(head)
        if start is None or not stretches:
            return None
        made = [start]
        if self._sections_have_pointers(stretches):
            for stretch in stretches:
                following = _pointed(stretch)
                if following is None:
                    return None
                made.append(following)
        else:
            for stretch in stretches:
                parts = _split(stretch)
                made.append((tuple(parts[::2]), parts[1::2]))
        joined = "<".join([each for _, texts in made for each in texts])
        return None if ">" in joined or "\n" in joined else (made, joined)

    def look_again(self) -> None:
        """Some markup was not known: that may be for a pointer that was overlooked."""
        self._due = 0

    def _sections_have_pointers(self, stretches: list[str]) -> bool:
        """Looked for now and then, until some are found: where one is overlooked its markup is not met again."""
        if not self._pointers:
            if not self._due:
                self._due = _LOOK_AGAIN
                self._pointers = any(' id="' in each or ' target="' in each for each in stretches)
            self._due -= 1
        return self._pointers
