"""What another process made of a portion of a file: how it stands among what is read and written in order.

Large files are cut where one concept entry ends and the next begins (`formats.tbx.parts`). Readers give such portions
in their place among the concept entries they read themselves; a writer takes one in, or refuses it: its entries then
follow one by one, as if there had been no portion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["Made", "Portion"]

Made = TypeVar("Made")
"""What a process makes of a portion."""


@dataclass(slots=True, kw_only=True)
class Portion(Generic[Made]):
    """The concept entries of a portion of a file, and what was made of them.

    made     what the other process made; lines in it count from 0 at the portion's first line
    heard    what it had to say of it, packed for whoever gave it the work
    entries  how many concept entries it has
    lines    how many line feeds
    sound    whether the portion turned out to be whole entries and nothing else; if not, nothing was made
    line     the line of the file its first line is on, once its turn has come
    refused  set by whoever it was given to: its entries have to come one by one
    """

    made: Made | None = None
    heard: bytes = b""
    entries: int = 0
    lines: int = 0
    sound: bool = False
    line: int = 1
    refused: bool = False
