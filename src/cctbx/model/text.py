"""Text that may carry inline markup: a plain `str`, or a `Markup` tree with a plain-text view.

ISO 30042:2019 allows inline elements in terms and in noteText. Most texts have none, so a text without markup is
simply a `str`; a type checker then makes every consumer say what it does with the markup of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Inline", "InlineKind", "Markup", "Text", "marked", "plain"]


class InlineKind(StrEnum):
    """What an inline element stands for (the XML names live in `formats`)."""

    HIGHLIGHT = "highlight"
    FOREIGN = "foreign"
    START_CODE = "start code"
    END_CODE = "end code"
    PLACEHOLDER = "placeholder"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """One inline element: its kind, its attributes sorted by name, and its content in order.

    `name` is the element's name as found, for kind OTHER only (so that it can be written back).
    """

    kind: InlineKind
    content: tuple[str | Inline, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    name: str | None = None

    def __str__(self) -> str:
        return "".join(str(part) for part in self.content)


@dataclass(frozen=True, slots=True)
class Markup:
    """A text with inline markup. `str(markup)` is its plain text: all character content in document order."""

    parts: tuple[str | Inline, ...]

    def __str__(self) -> str:
        return "".join(str(part) for part in self.parts)


Text = str | Markup


def plain(text: Text) -> str:
    """The text without its markup."""
    return text if isinstance(text, str) else str(text)


def marked(parts: tuple[str | Inline, ...]) -> Text:
    """A text of these parts in normal form: empty strings gone, neighbours joined, a `str` if no markup is left."""
    joined: list[str | Inline] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    if any(isinstance(part, Inline) for part in joined):
        return Markup(tuple(joined))
    return "".join(str(part) for part in joined)
