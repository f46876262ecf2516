"""A glossary page → source entries, skipped regions with reasons, findings, and the hypotheses that competed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.findings.sources import CODES
from cctbx.model import SkippedRegion, SourceEntry, SourceGlossary
from cctbx.sources.documents import read_document
from cctbx.sources.drafts import Reading
from cctbx.sources.entries import make_entries
from cctbx.sources.hypotheses import LARGE, Hypothesis, best_reading
from cctbx.sources.languages import LANGUAGES
from cctbx.sources.lines import Document
from cctbx.sources.page import make_page
from cctbx.sources.recognise import recognise_language
from cctbx.sources.regions import reasons_of, skipped_regions
from cctbx.sources.review import review
from cctbx.sources.score import ACCEPTED

__all__ = ["ParsedPage", "parse_page", "rival_findings"]

MAX_BYTES = 256 << 20
"""A page beyond this size is refused: its lines and entries are held in memory, about ten times its size."""

_SAMPLE_LINES = 4000
_SURE, _DOUBT, _CLOSE = 0.6, 0.5, 0.97
_SEVERITY = {code.code: code.severity for code in CODES}


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


def parse_page(content: bytes, glossary: SourceGlossary) -> ParsedPage:
    """Recognise the entries of one glossary page.

    Takes the bytes of the page in any known container and encoding, and what its user says of it (`glossary.options`).
    Never raises on odd content: an empty page or one that is no glossary gives no entry and a finding. Raises
    `InputError` for content that cannot be read as stated, `UsageError` for an unknown language or layout.
    """
    if len(content) > MAX_BYTES:
        raise InputError(f"is larger than {MAX_BYTES >> 20} MiB: no glossary page is; split it", file=glossary.file)
    with _uncollected():
        return _parsed(content, glossary)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: a page makes many small values and hardly a cycle among them."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _parsed(content: bytes, glossary: SourceGlossary) -> ParsedPage:
    document = read_document(content, glossary.file, glossary.options, glossary.language)
    language, confidence, recognised = _language(document, glossary)
    resolved = replace(glossary, language=language)
    page = make_page(document, language, glossary.options.skip_lines)
    reading, hypotheses = best_reading(page, glossary.options)
    reasons = reasons_of(page, reading)
    entries, findings = make_entries(page, reading.drafts if reading else [], resolved)
    findings = [
        *_page_findings(document, resolved, glossary, reading, hypotheses, recognised, reasons),
        *findings,
        *review(entries, glossary.file, language),
    ]
    findings.sort(key=lambda finding: finding.line or 0)
    return ParsedPage(
        glossary=resolved,
        entries=tuple(entries),
        skipped=skipped_regions(page, reasons, glossary.name),
        findings=tuple(findings),
        hypotheses=hypotheses,
        layout=reading.name if reading else None,
        confidence=confidence,
        explained=reading.scores["explained"] if reading else 0.0,
        lines=tuple((line.number, line.raw.strip() or line.text) for line in page.lines),
    )


def _language(document: Document, glossary: SourceGlossary) -> tuple[str, float, tuple[str | None, float]]:
    """Language to use and how sure it is; the recognised one and how sure that is."""
    sample = "\n".join(line.text for line in document.lines[:_SAMPLE_LINES])
    found, confidence = recognise_language(sample)
    if glossary.language:
        return glossary.language, 1.0, (found, confidence)
    stated = {"no": "nb"}.get(document.language or "", document.language)
    if stated in LANGUAGES and confidence < _SURE:
        return stated, _SURE, (found, confidence)  # the document says so, and nothing speaks loudly against it
    return found or "und", confidence, (found, confidence)


def _page_findings(
    document: Document,
    resolved: SourceGlossary,
    given: SourceGlossary,
    reading: Reading | None,
    hypotheses: tuple[Hypothesis, ...],
    recognised: tuple[str | None, float],
    reasons: dict[int, str],
) -> Iterator[Finding]:
    """What is to be said of the page as a whole: empty, no glossary, language, a second copy, broken bytes."""
    file, (found, confidence) = given.file, recognised
    if not document.lines:
        yield _page_finding("SRC001", file, "the page is empty", "save the page again and parse that file")
        return
    if reading is None:
        yield _page_finding(
            "SRC002",
            file,
            "no layout explains this page as a glossary, so no entry was taken from it",
            "see `cctbx parse --explain`; name a layout or separator with --layout or --separator",
        )
    if len(document.lines) > LARGE:
        yield _page_finding(
            "SRC021",
            file,
            f"{len(document.lines)} lines: the layout was told from the first ones",
            "name the layout with --layout if the page changes its layout further down",
        )
    yield from rival_findings(file, hypotheses)
    yield from _language_findings(file, given.language, found, confidence)
    copies = [index for index, reason in sorted(reasons.items()) if reason == "duplicate copy"]
    if copies:
        lines = [document.lines[index].number for index in copies]
        yield _page_finding(
            "SRC005",
            file,
            f"lines {lines[0]}-{lines[-1]} repeat what stands above",
            "delete the copy; it was left out here",
            line=lines[0],
        )
    broken = next((line.number for line in document.lines if "\ufffd" in line.text), None)
    if broken:
        yield _page_finding(
            "SRC017",
            file,
            f"some bytes are not {document.encoding} and were replaced",
            "save the page as UTF-8",
            line=broken,
        )


def rival_findings(file: str, hypotheses: tuple[Hypothesis, ...]) -> Iterator[Finding]:
    """Another layout would give other entries and explains the page nearly as well."""
    best = hypotheses[0] if hypotheses else None
    rival = next((each for each in hypotheses if not each.agrees), None)
    if best and rival and best.total >= ACCEPTED and rival.total >= _CLOSE * best.total:
        yield _page_finding(
            "SRC020",
            file,
            f"{best.name} ({best.total:.2f}) and {rival.name} ({rival.total:.2f}) explain it about equally well",
            f"see `cctbx parse --explain`; name the right one with --layout, {best.name} was taken",
        )


def _language_findings(file: str, stated: str | None, found: str | None, confidence: float) -> Iterator[Finding]:
    if (
        stated
        and found
        and found != {"no": "nb"}.get(stated.split("-")[0], stated.split("-")[0])
        and confidence >= _SURE
    ):
        yield _page_finding(
            "SRC003",
            file,
            f"stated is {stated}, the page looks like {found} (confidence {confidence:.2f})",
            "correct the language if the page is not what you think",
        )
    elif not stated and confidence < _DOUBT:
        yield _page_finding(
            "SRC004",
            file,
            f"the language looks like {found or 'none known'}, but not surely (confidence {confidence:.2f})",
            "state it with --language",
        )


def _page_finding(code: str, file: str, message: str, advice: str, line: int | None = None) -> Finding:
    return Finding(code=code, severity=_SEVERITY[code], message=message, advice=advice, file=file, line=line)
