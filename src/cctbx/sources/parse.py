"""A glossary page → source entries, skipped regions with reasons, findings, and the hypotheses that competed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from cctbx.errors import InputError, UsageError
from cctbx.findings import Finding
from cctbx.model import SkippedRegion, SourceEntry, SourceGlossary
from cctbx.sources.designations import designate
from cctbx.sources.documents import read_document
from cctbx.sources.drafts import Draft, Reading
from cctbx.sources.hypotheses import Hypothesis, best_reading
from cctbx.sources.languages import LANGUAGES
from cctbx.sources.lines import Document, fold
from cctbx.sources.page import Page, make_page
from cctbx.sources.recognise import recognise_language
from cctbx.sources.regions import reasons_of, skipped_regions

__all__ = ["ParsedPage", "parse_page", "slug"]

_SAMPLE_LINES = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """What a glossary page says.

    glossary     as given, its language resolved
    entries      in page order; their lines and those of `skipped` cover every non-blank line
    findings     in page order, coded SRC…
    hypotheses   the layouts tried, best first; the first made the entries unless there are none
    confidence   how sure the recognised language is (1.0 where it was stated)
    explained    the share of the lines that could be in entries and are
    lines        number and text of every printed line, as the document shows them
    """

    glossary: SourceGlossary
    entries: tuple[SourceEntry, ...]
    skipped: tuple[SkippedRegion, ...]
    findings: tuple[Finding, ...]
    hypotheses: tuple[Hypothesis, ...]
    layout: str | None = None
    confidence: float = 1.0
    explained: float = 0.0
    lines: tuple[tuple[int, str], ...] = ()


def slug(text: str) -> str:
    """A readable key of a headword: letters and digits in lower case, everything else one hyphen."""
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-") or "entry"


def parse_page(content: bytes, glossary: SourceGlossary) -> ParsedPage:
    """Recognise the entries of one glossary page.

    Takes the bytes of the page in any known container and encoding, and what its user says of it (`glossary.options`).
    Never raises on odd content: an empty page or one that is no glossary gives no entry and a finding. Raises
    `InputError` for content that cannot be read as stated, `UsageError` for an unknown language or layout.
    """
    document = read_document(content, glossary.file, glossary.options)
    language, confidence, recognised = _language(document, glossary)
    resolved = replace(glossary, language=language)
    page = make_page(document, language, glossary.options.skip_lines)
    reading, hypotheses = best_reading(page, glossary.options)
    reasons = reasons_of(page, reading)
    entries, findings = _entries(page, reading, resolved)
    return ParsedPage(
        glossary=resolved, entries=tuple(entries), skipped=skipped_regions(page, reasons, glossary.name),
        findings=tuple(findings), hypotheses=hypotheses, layout=reading.name if reading else None, confidence=confidence,
        explained=reading.scores["explained"] if reading else 0.0,
        lines=tuple((line.number, line.raw.strip() or line.text) for line in page.lines),
    )  # fmt: skip


def _language(document: Document, glossary: SourceGlossary) -> tuple[str, float, str | None]:
    """Language to use, confidence, and the recognised one."""
    sample = "\n".join(line.text for line in document.lines[:_SAMPLE_LINES])
    found, confidence = recognise_language(sample)
    if glossary.language:
        return glossary.language, 1.0, found
    return found or document.language or "und", confidence, found


def _entries(page: Page, reading: Reading | None, glossary: SourceGlossary) -> tuple[list[SourceEntry], list[Finding]]:
    entries: list[SourceEntry] = []
    findings: list[Finding] = []
    seen: Counter[str] = Counter()
    for draft in reading.drafts if reading else ():
        key = slug(draft.head.headword)
        seen[key] += 1
        suffix = f"~{seen[key]}" if seen[key] > 1 else ""
        entries.append(_entry(page, draft, glossary, f"{glossary.name}#{key}{suffix}"))
    return entries, findings


def _entry(page: Page, draft: Draft, glossary: SourceGlossary, key: str) -> SourceEntry:
    definition = "\n\n".join(fold(part) for part in draft.paragraphs if part.strip())
    named = designate(draft.head.headword, definition, glossary.language or "und", draft.head.columns)
    last = max(page.lines[draft.last].last, page.lines[draft.head.index].number)
    return SourceEntry(
        id=key, source=glossary.name, language=glossary.language or "und", line_first=page.lines[draft.head.index].number,
        line_last=last, headword=draft.head.headword, designations=named.designations, definition=definition,
        notes=tuple(draft.notes), cross_references=tuple(draft.see),
    )  # fmt: skip


_ = (InputError, UsageError, LANGUAGES)
