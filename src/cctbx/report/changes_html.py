"""Changes as one HTML page: side by side, words marked, no script, nothing loaded, fit for print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from cctbx.diff.changes import Change
from cctbx.diff.words import Piece, PieceKind
from cctbx.report.changes import Comparison, Described, by_concept, counts, described, stat_lines, summary

__all__ = ["changes_html"]

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --old: #d73a4922; --new: #2da44e2a; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.05rem; margin: 0; }
nav { margin: 1rem 0; } nav a { margin-right: 1rem; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 1.6rem; table-layout: fixed; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
col.what { width: 24%; }
del { background: var(--old); text-decoration: line-through; }
ins { background: var(--new); text-decoration: underline; }
small { opacity: .75; } .bump { font-variant: small-caps; } pre { overflow-x: auto; }
.breaking { border-left: .35rem solid #d73a49; } .minor { border-left: .35rem solid #2da44e; }
.patch { border-left: .35rem solid #8888; }
@media print { body { max-width: none; margin: 0; font-size: 10pt; } nav { display: none; }
  tr, section { break-inside: avoid; } del { color: #a00; } ins { color: #060; } }
"""


def _marked(pieces: Iterable[Piece], hidden: PieceKind) -> str:
    tags = {PieceKind.SAME: "{}", PieceKind.REMOVED: "<del>{}</del>", PieceKind.ADDED: "<ins>{}</ins>"}
    return "".join(tags[each.kind].format(escape(each.text)) for each in pieces if each.kind is not hidden)


def _row(said: Described) -> str:
    change = said.change
    remark = f"<br><small>{escape(said.remark)}</small>" if said.remark else ""
    label = f'<span class="bump">{change.bump}</span>'
    lang = f' lang="{escape(change.language)}" dir="auto"' if change.language else ' dir="auto"'
    return (
        f'<tr><td class="{change.bump}">{escape(said.head)} <small>{label}</small>{remark}</td>'
        f"<td{lang}>{_marked(said.pieces, PieceKind.ADDED)}</td>"
        f"<td{lang}>{_marked(said.pieces, PieceKind.REMOVED)}</td></tr>"
    )


def _concept(title: str, changes: list[Change], number: int) -> Iterator[str]:
    yield f'<section id="change-{number}"><h2 dir="auto">{escape(title)}</h2>'
    yield '<table><colgroup><col class="what"><col><col></colgroup>'
    yield '<thead><tr><th scope="col">change</th><th scope="col">old</th><th scope="col">new</th></tr></thead><tbody>'
    yield from (_row(described(each)) for each in changes)
    yield "</tbody></table></section>"


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
    title = f"Changes from {escape(comparison.old)} to {escape(comparison.new)}"
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
        lines.append(f"<pre>{escape(chr(10).join(stat_lines(comparison.changes)))}</pre>")
        lines.append(f"<nav>{' '.join(_contents(comparison))}</nav>")
    for number, (concept, listed) in enumerate(by_concept(comparison.changes), 1):
        lines += _concept(concept, listed, number)
    lines.append("</body></html>\n")
    return "\n".join(lines)
