"""Changes as Markdown, kind by kind: the body of release notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cctbx.diff.changes import KINDS, Change
from cctbx.diff.words import Piece, PieceKind
from cctbx.report.changes import Comparison, concept_title, described
from cctbx.report.changes_numbers import MARKS, stat, summary

__all__ = ["bullet", "changes_markdown", "escaped", "joined", "stat_table"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_MARKS = {PieceKind.SAME: "{}", PieceKind.REMOVED: "~~{}~~", PieceKind.ADDED: "**{}**"}


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _piece(piece: Piece) -> str:
    """Marks stand tight against the text and blanks outside, else Markdown does not see them."""
    text = piece.text
    body = text.strip()
    if not body:
        return " " if text else ""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{' ' * bool(before)}{_MARKS[piece.kind].format(escaped(body))}{' ' * bool(after)}"


def joined(parts: Iterable[Piece]) -> str:
    text = ""
    for piece in parts:
        shown = _piece(piece)
        text += f" {shown}" if text.endswith("~~") and shown.startswith("**") else shown
    return text.strip()


def bullet(change: Change) -> str:
    """One change as a list item that names concept and terms."""
    said = described(change)
    text = joined(said.pieces)
    subject = escaped(concept_title(change))
    head = escaped(said.head)
    whole = head if head.startswith("concept ") else f"{subject}: {head}"
    whole = f"{whole}: {text}" if text else whole
    return f"- {whole} ({escaped(said.remark)})" if said.remark else f"- {whole}"


def stat_table(comparison: Comparison) -> tuple[str, ...]:
    """The numbers by language as the lines of a table."""
    rows = (
        f"| {escaped(language)} | {' | '.join(map(str, numbers))} |"
        for language, numbers in stat(comparison).items()
    )
    return (f"| language | {' | '.join(MARKS.values())} |", f"|---|{'--:|' * len(MARKS)}", *rows)


def _sections(changes: Iterable[Change]) -> Iterator[str]:
    listed = list(changes)
    for row in KINDS:
        mine = [each for each in listed if each.kind is row.kind]
        if mine:
            yield f"## {row.title[0].upper()}{row.title[1:]} ({len(mine)})\n"
            yield from (bullet(each) for each in mine)
            yield ""


def changes_markdown(comparison: Comparison) -> str:
    """All changes as a Markdown document, LF."""
    changes = comparison.changes
    old, new = map(escaped, comparison.names)
    head = [f"# Changes from {old} to {new}\n", f"{summary(changes)}.\n"]
    if changes.changes:
        head += [*stat_table(comparison), ""]
    notes = [f"- {escaped(each.message)}" for each in changes.findings]
    if notes:
        notes.append("")
    return "\n".join((*head, *notes, *_sections(changes)))
