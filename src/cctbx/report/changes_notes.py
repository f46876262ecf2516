"""Release notes as Markdown, by a template."""

from __future__ import annotations

from collections.abc import Iterable
from string import Template

from cctbx.diff.changes import Change
from cctbx.diff.release import RULE, Forbidden, next_version, release_notes
from cctbx.errors import UsageError
from cctbx.model import plain
from cctbx.report.changes import Comparison, readable, stat_lines, summary
from cctbx.report.changes_markdown import bullet, escaped

__all__ = ["PLACEHOLDERS", "TEMPLATE", "notes_markdown"]

TEMPLATE = """\
# $title

$summary.

**Suggested version bump: $bump** $next

$rule

## Know first

### Preferred terms that changed

$preferred

### Terms now forbidden

$forbidden

## Concepts merged, split, renumbered

$concepts

## Additions

$additions

## Removals

$removals

## Definitions, notes and other edits

$texts

## By language

$stat
"""
PLACEHOLDERS = ("title", "old", "new", "summary", "bump", "next", "rule", "preferred", "forbidden", "concepts",
                "additions", "removals", "texts", "stat")  # fmt: skip
"""What a template may name, each after a `$`."""


def _bullets(changes: Iterable[Change]) -> str:
    return "\n".join(map(bullet, changes)) or "None."


def _forbidden(listed: Iterable[Forbidden]) -> str:
    lines = []
    for each in listed:
        instead = f"; use **{escaped(plain(each.instead))}**" if each.instead else ""
        subject = f"{escaped(each.concept)} “{escaped(each.label)}”"
        lines.append(f"- {subject}: {each.language} ~~{escaped(plain(each.term))}~~ ({readable(each.status)}){instead}")
    return "\n".join(lines) or "None."


def _rule(asked: str) -> str:
    lines = [f"- {'**' if bump == asked else ''}{bump}{'**' if bump == asked else ''}: {text}" for bump, text in RULE]
    return "\n".join(lines)


def notes_markdown(comparison: Comparison, *, version: str | None = None, template: str | None = None) -> str:
    """The release notes (Markdown, LF). `version` is the old release's number; `template` a text with `$placeholders`.

    Raises `UsageError` for a placeholder there is not, or a version that is none.
    """
    notes = release_notes(comparison.changes)
    raised = next_version(version, notes.bump) if version else None
    stat = "\n".join(("```text", *stat_lines(comparison.changes), "```")) if comparison.changes.changes else "None."
    values = {
        "title": f"Changes from {escaped(comparison.old)} to {escaped(comparison.new)}",
        "old": comparison.old, "new": comparison.new, "summary": summary(comparison.changes),
        "bump": notes.bump.value, "next": f"({version} → {raised})" if raised else "", "rule": _rule(notes.bump),
        "preferred": _bullets(notes.preferred), "forbidden": _forbidden(notes.forbidden),
        "concepts": _bullets(notes.concepts), "additions": _bullets(notes.additions),
        "removals": _bullets(notes.removals), "texts": _bullets(notes.texts), "stat": stat,
    }  # fmt: skip
    try:
        text = Template(template or TEMPLATE).substitute(values)
    except (KeyError, ValueError) as error:
        known = ", ".join(f"${name}" for name in PLACEHOLDERS)
        raise UsageError(f"template: {error}; placeholders are {known}; `$$` is a dollar") from error
    return "\n".join(line.rstrip() for line in text.split("\n"))
