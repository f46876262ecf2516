"""The report of a build, as Markdown: what each page gave, what was aligned and why, what each export left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cctbx.findings import Finding
from cctbx.model import Alignment, Evidence, SourceEntry, TermBase, plain
from cctbx.report.findings import finding_line, summary

if TYPE_CHECKING:
    from cctbx.sources import ParsedPage

__all__ = ["Account", "build_report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the report tells of: pages, alignment with its concepts' ids, term base, findings, losses per file."""

    title: str
    pages: tuple[ParsedPage, ...]
    alignment: Alignment
    ids: tuple[str, ...]
    termbase: TermBase
    findings: tuple[Finding, ...]
    losses: Mapping[str, tuple[Finding, ...]]


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _table(header: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    yield _row(header)
    yield _row("---" for _ in header)
    yield from (_row(row) for row in rows)
    yield ""


def _sources(account: Account) -> Iterator[str]:
    yield "## Source glossaries\n"
    rows = []
    for page in account.pages:
        about = page.glossary
        lines = sum(each.line_last - each.line_first + 1 for each in page.skipped)
        rows.append((about.name, about.language, len(page.entries), lines, summary(page.findings)))
    yield from _table(("source", "language", "source entries", "lines skipped", "findings"), rows)
    for page in account.pages:
        yield f"### {page.glossary.name}\n"
        about = page.glossary
        known = ", ".join(each for each in (about.title, about.publisher, about.date) if each)
        yield from (f"{known}\n",) if known else ()
        reasons = Counter(each.reason for each in page.skipped)
        yield "Skipped: " + (", ".join(f"{reason} ({n})" for reason, n in sorted(reasons.items())) or "nothing") + ".\n"
        yield from (f"- {finding_line(each)}" for each in page.findings)
        yield ""


def _coverage(account: Account) -> Iterator[str]:
    languages = sorted({section.language for concept in account.termbase.concepts for section in concept.languages})
    held = [{section.language for section in concept.languages} for concept in account.termbase.concepts]
    yield "## Coverage\n"
    yield f"{len(held)} concept entries. Concepts that have designations in both languages:\n"
    rows = [[one, *(sum({one, other} <= each for each in held) for other in languages)] for one in languages]
    yield from _table(("", *languages), rows)


def _reason(evidence: Evidence, entries: Mapping[str, SourceEntry]) -> str:
    one, other = (f"{entries[each].headword} ({entries[each].language})" for each in evidence.between)
    return f"  - {one} – {other}: {evidence.kind} {evidence.weight:+.2f}, {evidence.because}"


def _concepts(account: Account) -> Iterator[str]:
    entries = {entry.id: entry for page in account.pages for entry in page.entries}
    built = {concept.id: concept for concept in account.termbase.concepts}
    yield "## Concepts\n"
    for identifier, concept in sorted(zip(account.ids, account.alignment.concepts, strict=True)):
        terms = [plain(term.term) for _, term in built[identifier].terms("en")]
        certainty = f", probability {concept.probability:.2f}" if len(concept.members) > 1 else ""
        yield f"### {identifier} {terms[0] if terms else entries[concept.members[0]].headword}{certainty}\n"
        for member in concept.members:
            entry = entries[member]
            yield f"- {entry.language} **{entry.headword}** ({entry.source}, line {entry.line_first})"
        yield from (_reason(each, entries) for each in concept.evidence)
        yield ""


def _losses(account: Account) -> Iterator[str]:
    yield "## What the exports leave out\n"
    rows = []
    for file, lost in account.losses.items():
        counts = Counter((each.code, each.category or "") for each in lost)
        told = ", ".join(
            f"{code} {category} ({n})".replace("  ", " ") for (code, category), n in sorted(counts.items())
        )
        rows.append((file, told or "nothing"))
    yield from _table(("file", "left out or changed"), rows)


def _findings(account: Account) -> Iterator[str]:
    told = {id(each) for page in account.pages for each in page.findings}
    rest = [each for each in account.findings if id(each) not in told]
    yield "## Other findings\n"
    yield from (f"- {finding_line(each)}" for each in rest)
    yield "" if rest else "None.\n"


def build_report(account: Account) -> str:
    """The whole report (Markdown, LF); the same account gives the same text."""
    parts = (_sources, _coverage, _concepts, _losses, _findings)
    return "\n".join(
        (f"# {account.title}: how this term base was made\n", *(line for part in parts for line in part(account)))
    )
