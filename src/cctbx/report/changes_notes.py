"""Release notes as Markdown: by what translators must know first, inside of that by language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Template

from cctbx.diff.changes import Bump, Change, Holds, Kind, Value
from cctbx.diff.release import RULE, Forbidden, Notes, next_version, release_notes
from cctbx.diff.words import Piece, PieceKind, shortened
from cctbx.errors import UsageError
from cctbx.model import ConceptEntry, DataCategory, Text, plain
from cctbx.report.changes import Comparison, Described, described, home, readable
from cctbx.report.changes_markdown import escaped, joined, stat_table
from cctbx.report.changes_numbers import summary

__all__ = ["PLACEHOLDERS", "notes_markdown"]

_SECTIONS: tuple[tuple[str, str], ...] = (
    ("Preferred terms that changed", "preferred"),
    ("Terms now forbidden", "forbidden"),
    ("Concepts merged, split, renumbered", "concepts"),
    ("Additions", "additions"),
    ("Removals", "removals"),
    ("Definitions, notes and other edits", "texts"),
    ("Changes by language", "stat"),
)
"""The sections in order, each with the placeholder that fills it; a section with nothing in it is left out."""
_NOTHING = "None."
PLACEHOLDERS = ("title", "old", "new", "summary", "bump", "next", "rule", *(name for _, name in _SECTIONS))
"""What a template may name, each after a `$`."""

# --- one change -------------------------------------------------------------------------------------------------------

def _named(concept: str | None, label: str) -> str:
    """`**agent** (c0001)`."""
    return f"**{escaped(label)}** ({escaped(concept or '')})" if label else escaped(concept or "term base")


def _text(said: Described) -> str:
    return joined(shortened(said.pieces))


_HEADS = {Kind.LANGUAGE_ADDED: "language added", Kind.LANGUAGE_REMOVED: "language removed"}


def _bullet(change: Change) -> str:
    """One change as a list item: the concept, what happened, the words."""
    said = described(change)
    if change.row.holds in (Holds.CONCEPT, Holds.NUMBER) or change.concept is None:
        return _whole(change, said)
    head = _HEADS.get(change.kind) or said.head.removeprefix(f"{change.language} ")
    text = _text(said)
    whole = f"- {_named(change.concept, change.label)}: {escaped(head)}{': ' if text else ''}{text}"
    return f"{whole} ({escaped(said.remark)})" if said.remark else whole


_HAPPENED = {
    Kind.CONCEPT_ADDED: "", Kind.CONCEPT_REMOVED: "", Kind.CONCEPT_MERGED: "is now part of {home}",
    Kind.CONCEPT_SPLIT: "was split off {home}", Kind.CONCEPT_RENUMBERED: "has the new id {becomes}",
}  # fmt: skip


def _whole(change: Change, said: Described) -> str:
    """A change of a whole concept entry: its designations by language, and what it means if it is new."""
    own = change.becomes if change.kind is Kind.CONCEPT_SPLIT else change.concept
    if change.kind not in _HAPPENED:
        return f"- {escaped(said.head)}"
    happened = _HAPPENED[change.kind].format(becomes=escaped(change.becomes or ""), home=_named(*home(change)))
    remark = f" ({escaped(said.remark)})" if change.confidence < 1.0 else ""
    terms = joined(Piece(PieceKind.SAME, each.text) for each in said.pieces)
    subject = f"{_named(own, change.label)} {happened}".rstrip()
    lines = [f"- {subject}{remark}{': ' if terms else ''}{terms}"]
    if isinstance(change.new, ConceptEntry):
        lines += _definition(change.new)
    return "\n".join(lines)


def _definition(concept: ConceptEntry) -> Iterator[str]:
    """The first definition, an English one if there is one."""
    sections = sorted(concept.languages, key=lambda section: section.language.split("-")[0] != "en")
    pairs = [("", each) for each in concept.definitions[:1]]
    pairs += [(section.language, each) for section in sections for each in section.definitions[:1]]
    for language, each in pairs[:1]:
        yield f"  - definition{f' ({language})' if language else ''}: {escaped(each.text)}"


# --- lists ------------------------------------------------------------------------------------------------------------

_STATED = frozenset({Kind.CATEGORY_ADDED, Kind.CATEGORY_REMOVED, Kind.CATEGORY_CHANGED})
Same = tuple[Kind, str | None, str]


def _value(value: Value) -> str | None:
    return value.text if isinstance(value, DataCategory) and not value.group else None


def _same(change: Change) -> Same | None:
    """What edits of many designations may have in common: the kind, the category, the values."""
    values = [each for each in (change.old, change.new) if each is not None]
    if change.kind not in _STATED or change.term is None or any(_value(each) is None for each in values):
        return None
    return change.kind, change.category, joined(described(change).pieces)


def _edits(changes: Iterable[Change]) -> Iterator[str]:
    """List items; the same edit of many designations is one."""
    groups: dict[Same | int, list[Change]] = {}
    for number, change in enumerate(changes):
        groups.setdefault(_same(change) or number, []).append(change)
    for key, listed in groups.items():
        if isinstance(key, int) or len(listed) < 2:
            yield from map(_bullet, listed)
        else:
            where = ", ".join(f"“{escaped(plain(each.term or ''))}” ({each.concept})" for each in listed)
            yield f"- {escaped(readable(key[1] or ''))} {key[2]}, {len(listed)} designations: {where}"


def _by_language(changes: Iterable[Change]) -> str:
    """Lists of changes, those of no language first, then one list for each language."""
    groups: dict[str, list[Change]] = {}
    for each in changes:
        groups.setdefault(each.language or "", []).append(each)
    return _lists((language, list(_edits(listed))) for language, listed in groups.items())


def _lists(groups: Iterable[tuple[str, list[str]]]) -> str:
    parts = []
    for language, lines in sorted(groups):
        parts += [f"*{escaped(language)}*"] if language else []
        parts.append("\n".join(lines))
    return "\n\n".join(parts) or _NOTHING


def _forbidden(listed: Iterable[Forbidden]) -> str:
    groups: dict[str, list[str]] = {}
    for each in listed:
        instead = f"; use **{escaped(_plain(each.instead))}**" if each.instead else ""
        line = (
            f"- {_named(each.concept, each.label)}: ~~{escaped(plain(each.term))}~~ ({readable(each.status)}){instead}"
        )
        groups.setdefault(each.language, []).append(line)
    return _lists(groups.items())


def _plain(text: Text | None) -> str:
    return plain(text) if text is not None else ""


# --- the whole --------------------------------------------------------------------------------------------------------


def _rule(asked: Bump) -> str:
    """The rule of version bumps, the one that applies in bold."""
    return "\n".join(f"- {f'**{bump}**' if bump is asked else bump}: {text}" for bump, text in RULE)


def _filled(comparison: Comparison, notes: Notes) -> dict[str, str]:
    """What the placeholders of the sections stand for."""
    return {
        "preferred": _by_language(notes.preferred), "forbidden": _forbidden(notes.forbidden),
        "concepts": _by_language(notes.concepts), "additions": _by_language(notes.additions),
        "removals": _by_language(notes.removals), "texts": _by_language(notes.texts),
        "stat": "\n".join(stat_table(comparison)) if comparison.changes.changes else _NOTHING,
    }  # fmt: skip


def _standard(values: dict[str, str]) -> str:
    """The notes without a template: sections with nothing in them are left out."""
    filled = [(title, values[name]) for title, name in _SECTIONS if values[name] != _NOTHING]
    lines = [
        f"# {values['title']}",
        f"{values['summary']}.",
        f"**Suggested version bump: {values['bump']}** {values['next']}",
    ]
    if values["preferred"] == values["forbidden"] == _NOTHING:
        lines.append("No preferred term changed, and no term is forbidden that was not before.")
    lines += [part for title, body in filled for part in (f"## {title}", body)]
    return "\n\n".join((*lines, "## How the version bump is found", values["rule"])) + "\n"


def notes_markdown(
    comparison: Comparison, *, version: str | None = None, template: str | None = None, title: str | None = None
) -> str:
    """The release notes (Markdown, LF). `version` is the old release's number; `template` a text with `$placeholders`;
    without a `title`, it names both releases.

    Raises `UsageError` for a placeholder there is not, or a version that is none.
    """
    notes = release_notes(comparison.changes)
    raised = next_version(version, notes.bump) if version else None
    values = {
        "title": escaped(title or "Changes from {} to {}".format(*comparison.names)),
        "old": comparison.old, "new": comparison.new, "summary": summary(comparison.changes),
        "bump": notes.bump.value, "next": f"({version} → {raised})" if raised else "", "rule": _rule(notes.bump),
        **_filled(comparison, notes),
    }  # fmt: skip
    try:
        text = _standard(values) if template is None else Template(template).substitute(values)
    except (KeyError, ValueError) as error:
        known = ", ".join(f"${name}" for name in PLACEHOLDERS)
        raise UsageError(f"template: {error}; placeholders are {known}; `$$` is a dollar") from error
    return "\n".join(line.rstrip() for line in text.split("\n"))
