"""Changes for the terminal: grouped by concept, word by word, coloured where wanted."""

from __future__ import annotations

from collections.abc import Iterator

from cctbx.diff.words import Piece, PieceKind
from cctbx.report.changes import Comparison, Described, by_concept, described
from cctbx.report.changes_numbers import stat_lines, summary

__all__ = ["changes_stat", "changes_text"]

_RESET = "\x1b[0m"
_COLOURS = {"+": "\x1b[32m", "-": "\x1b[31m", "~": "\x1b[33m", ">": "\x1b[36m"}
_PIECES = {PieceKind.REMOVED: ("\x1b[31m", "[-", "-]"), PieceKind.ADDED: ("\x1b[32m", "{+", "+}")}


def _printable(text: str) -> str:
    """Text of a file without what would steer a terminal."""
    return "".join(char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in text)


def _piece(piece: Piece, colour: bool, alone: bool) -> str:
    text = _printable(piece.text)
    if piece.kind is PieceKind.SAME:
        return text
    code, before, after = _PIECES[piece.kind]
    text = text if alone else f"{before}{text}{after}"
    return f"{code}{text}{_RESET}" if colour else text


def _line(said: Described, colour: bool) -> str:
    mark = said.change.row.mark
    alone = len(said.pieces) == 1
    text = "".join(_piece(each, colour, alone) for each in said.pieces)
    shown = f"{_COLOURS[mark]}{mark}{_RESET}" if colour else mark
    head = _printable(said.head)
    whole = f"  {shown} {head}: {text}" if text else f"  {shown} {head}"
    return f"{whole}  ({_printable(said.remark)})" if said.remark else whole


def _lines(comparison: Comparison, colour: bool) -> Iterator[str]:
    for title, changes in by_concept(comparison.changes):
        yield f"\x1b[1m{_printable(title)}{_RESET}" if colour else _printable(title)
        yield from (_line(described(each), colour) for each in changes)
        yield ""


def changes_text(comparison: Comparison, *, colour: bool = False) -> str:
    """All changes; removed text stands in `[-…-]`, added text in `{+…+}`, as in a word diff. Empty without changes."""
    if not comparison.changes.changes:
        return ""
    return "\n".join((*_lines(comparison, colour), summary(comparison.changes), ""))


def changes_stat(comparison: Comparison) -> str:
    """One line per language, then the summary. Empty without changes."""
    if not comparison.changes.changes:
        return ""
    return "\n".join((*stat_lines(comparison), summary(comparison.changes), ""))
