"""Changes as one HTML page: side by side, words marked, no script, nothing loaded, fit for print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from cctbx.diff.changes import Change, Kind
from cctbx.diff.words import Piece, PieceKind
from cctbx.report.changes import Comparison, Described, by_concept, described, titled_home
from cctbx.report.changes_numbers import MARKS, counts, stat, summary

__all__ = ["changes_html"]

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --old: #d73a4922; --new: #2da44e2a; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5em; overflow-wrap: anywhere; }
nav { margin: 1rem 0; } nav a { margin-right: 1rem; white-space: nowrap; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
.stat td { text-align: right; font-variant-numeric: tabular-nums; }
.changes { width: 100%; table-layout: fixed; }
.changes thead th { position: sticky; top: 0; background: Canvas; z-index: 1; }
.changes tbody th { padding: 1.4em .6em .35em 0; font-size: 1.05em; }
col.what { width: 28%; }
del { background: var(--old); text-decoration: line-through; }
ins { background: var(--new); text-decoration: underline; }
small { font-size: .85em; opacity: .8; }
.breaking { border-left: .35rem solid #d73a49; } .minor { border-left: .35rem solid #2da44e; }
.patch { border-left: .35rem solid #8888; }
:target th { text-decoration: underline; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 9.5pt; line-height: 1.35; }
  nav { display: none; }
  tr { break-inside: avoid; } tbody th { break-after: avoid; } .changes thead th { position: static; }
  del, ins, td { print-color-adjust: exact; } del { color: #a00; } ins { color: #060; } }
@page { margin: 15mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
"""


def _marked(pieces: Iterable[Piece], hidden: PieceKind) -> str:
    tags = {PieceKind.SAME: "{}", PieceKind.REMOVED: "<del>{}</del>", PieceKind.ADDED: "<ins>{}</ins>"}
    return "".join(tags[each.kind].format(escape(each.text)) for each in pieces if each.kind is not hidden)


def _sides(said: Described) -> tuple[str, str]:
    """What stands left and right. Of designations that go to another concept, one side names that concept."""
    change = said.change
    if change.kind not in (Kind.CONCEPT_MERGED, Kind.CONCEPT_SPLIT):
        return _marked(said.pieces, PieceKind.ADDED), _marked(said.pieces, PieceKind.REMOVED)
    terms, concept = _marked(said.pieces, PieceKind.ADDED), f"in {escape(titled_home(change))}"
    return (terms, concept) if change.kind is Kind.CONCEPT_MERGED else (concept, terms)


def _row(said: Described) -> str:
    change = said.change
    old, new = _sides(said)
    remark = f" · {escape(said.remark)}" if said.remark else ""
    label = f'<br><small><span class="bump">{change.bump}</span>{remark}</small>'
    lang = f' lang="{escape(change.language)}" dir="auto"' if change.language else ' dir="auto"'
    return (
        f'<tr><td class="{change.bump}">{escape(said.head)}{label}</td>'
        f"<td{lang}>{old}</td><td{lang}>{new}</td></tr>"
    )


def _concept(title: str, changes: list[Change], number: int) -> Iterator[str]:
    yield f'<tbody id="change-{number}"><tr><th colspan="3" scope="rowgroup" dir="auto">{escape(title)}</th></tr>'
    yield from (_row(described(each)) for each in changes)
    yield "</tbody>"


def _stat(comparison: Comparison) -> Iterator[str]:
    """The numbers by language."""
    heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in ("language", *MARKS.values()))
    yield f'<table class="stat"><thead><tr>{heads}</tr></thead><tbody>'
    for language, numbers in stat(comparison).items():
        cells = "".join(f"<td>{number or ''}</td>" for number in numbers)
        yield f'<tr><th scope="row">{escape(language)}</th>{cells}</tr>'
    yield "</tbody></table>"


def _changes(comparison: Comparison) -> Iterator[str]:
    """One table, so that its head stands on every printed page; a group of rows for each concept."""
    yield '<table class="changes"><colgroup><col class="what"><col><col></colgroup><thead><tr>'
    old, new = comparison.names
    for head in ("change", f"old: {old}", f"new: {new}"):
        yield f'<th scope="col">{escape(head)}</th>'
    yield "</tr></thead>"
    for number, (concept, listed) in enumerate(by_concept(comparison.changes), 1):
        yield from _concept(concept, listed, number)
    yield "</table>"


def _contents(comparison: Comparison) -> Iterator[str]:
    """Links to the first change of each kind."""
    first: dict[str, int] = {}
    for number, (_, listed) in enumerate(by_concept(comparison.changes), 1):
        for each in listed:
            first.setdefault(each.row.title, number)
    found = counts(comparison.changes)
    for kind, count in found.items():
        title = next(each.row.title for each in comparison.changes if each.kind is kind)
        yield f'<a href="#change-{first[title]}">{escape(title)} ({count})</a>'


def changes_html(comparison: Comparison) -> str:
    """All changes, by concept; old text left, new text right, in their own languages and directions."""
    title = escape("Changes from {} to {}".format(*comparison.names))
    lines = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
        f"<p>{escape(summary(comparison.changes))}. "
        f"Suggested version bump: <strong>{comparison.changes.bump}</strong>.</p>",
    ]
    lines += [f"<p>{escape(each.message)}</p>" for each in comparison.changes.findings]
    if comparison.changes.changes:
        lines += _stat(comparison)
        lines.append(f"<nav>{' '.join(_contents(comparison))}</nav>")
        lines += _changes(comparison)
    lines.append("</body></html>\n")
    return "\n".join(lines)
