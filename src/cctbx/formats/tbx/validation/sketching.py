"""Takes an entry apart into its markup and its texts, without a parser.

Most entries of a file repeat the markup of others, down to the last attribute; only ids and texts differ. What has been
learnt of one entry therefore holds for all with the same markup: `shortcut` lives by that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Sketch", "Sketcher"]

_POINTERS = re.compile(r'(?<=\s)(id|target)="([^"<>&]*)"')
_MOST_PLAIN = 5000
_LONGEST = 1 << 16


@dataclass(frozen=True, slots=True)
class Sketch:
    """An entry taken apart: its tags with ids and targets taken out, the text after each, those ids and targets.

    A pointer is (attribute, value, line breaks before it).
    """

    tags: tuple[str, ...]
    texts: tuple[str, ...]
    pointers: tuple[tuple[str, str, int], ...]


class Sketcher:
    """Sketches the entries of one file; it remembers which tags have no ids or targets in them."""

    def __init__(self) -> None:
        self._plain: set[str] = set()

    def sketch(self, text: str) -> Sketch | None:
        """Take an entry apart, or None: it holds something that only a parser understands.

        Where the tags of two sketches are equal, both texts are equally well-formed, references and characters apart.
        """
        if "<!" in text or "<?" in text or "]]>" in text:
            return None
        tags, ends, texts = zip(*[part.partition(">") for part in text.split("<")[1:]], strict=True)
        if ends.count(">") != len(ends):
            return None
        plain = self._plain
        marked = [at for at, tag in enumerate(tags) if tag not in plain]
        return self._pointed(list(tags), texts, marked) if marked else Sketch(tags, texts, ())

    def _pointed(self, tags: list[str], texts: tuple[str, ...], marked: list[int]) -> Sketch | None:
        """Take ids and targets out of tags; a tag without them is remembered as plain."""
        pointers: list[tuple[str, str, int]] = []
        for at in marked:
            tag = tags[at]
            if len(tag) > _LONGEST:
                return None
            found = _POINTERS.findall(tag)
            if found:
                offset = sum(text.count("\n") for text in texts[:at])
                pointers.extend((name, value, offset) for name, value in found)
                tags[at] = _POINTERS.sub(r'\1=""', tag)
            elif len(self._plain) < _MOST_PLAIN:
                self._plain.add(tag)
        return Sketch(tuple(tags), texts, tuple(pointers))


def pointers_of(tag: str) -> list[str]:
    """The names of the ids and targets of a tag, in order."""
    return [found[1] for found in _POINTERS.finditer(tag)]
