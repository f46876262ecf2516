"""What a layout hypothesis produces: where entries open, and then the entries with an account of every line."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Draft", "Head", "Reading"]


@dataclass(slots=True)
class Head:
    """Where an entry opens: line index, headword as printed, definition text on the same line.

    `body` are indexes of lines that belong to it by the layout itself (columns of a table), None where the lines that
    follow decide. `columns` are further cells: (role or header, text); `cells` the lines they
    stand on where a table was flattened; `text` the
    whole line where a separator split it.
    """

    index: int
    headword: str
    inline: str = ""
    body: list[int] | None = None
    columns: tuple[tuple[str, str], ...] = ()
    cells: tuple[int, ...] = ()
    empty: bool = False
    text: str = ""


@dataclass(slots=True)
class Draft:
    """An entry as the layout sees it: `paragraphs` of its definition, `asides` such as tag lines and references."""

    head: Head
    first: int
    last: int
    paragraphs: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    asides: tuple[int, ...] = ()
    see: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """A hypothesis applied to a page: entries, and a reason for every line outside them. Indexes count lines."""

    layout: str
    variant: str
    drafts: list[Draft]
    reasons: dict[int, str]
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.layout}:{self.variant}" if self.variant else self.layout
