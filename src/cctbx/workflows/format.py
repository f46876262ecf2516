"""The canonical form of a term-base file."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from cctbx.diff.order import canonical, like, natural
from cctbx.findings import Finding, Report
from cctbx.findings.codes import severity_of
from cctbx.formats.contract import ignore
from cctbx.model import ConceptEntry, LanguageSection, TermBase
from cctbx.workflows.files import atomic_output, read_bytes, read_once, rereadable
from cctbx.workflows.releases import Release, read_release, whole_only
from cctbx.workflows.termbases import output_format

__all__ = ["canonical_bytes", "format_file"]

_RANK = {"preferredTerm-admn-sts": 0, "admittedTerm-admn-sts": 2, "deprecatedTerm-admn-sts": 3,
         "supersededTerm-admn-sts": 4}  # fmt: skip


def _section(section: LanguageSection) -> LanguageSection:
    terms = sorted(section.terms, key=lambda term: _RANK.get(term.administrative_status or "", 1))
    return replace(section, terms=tuple(terms))


def _entry(concept: ConceptEntry) -> ConceptEntry:
    """Languages by tag, statements in canonical order; designations by status, else as they stand: the first leads."""
    languages = tuple(sorted(concept.languages, key=lambda section: section.language))
    model = replace(concept, languages=tuple(map(_section, languages)))
    return like(canonical(concept), model)


def _in_order(termbase: TermBase) -> TermBase:
    concepts = sorted(map(_entry, termbase.concepts), key=lambda each: natural(each.id))
    references = sorted(termbase.references, key=lambda each: (each.kind, natural(each.id)))
    return replace(termbase, concepts=tuple(concepts), references=tuple(references))


def canonical_bytes(release: Release, report: Report = ignore) -> bytes:
    """The file as it is in canonical form, in its own format, edition and style."""
    writer = output_format(release.file, release.output).write
    assert writer is not None
    out = io.BytesIO()
    writer(_in_order(release.termbase).stream(), out, replace(release.options, report=report))
    return out.getvalue()


def format_file(
    file: str | Path, *, check: bool = False, output: str | Path | None = None, format_name: str | None = None
) -> tuple[bool, tuple[Finding, ...]]:
    """Write a file in canonical form, over itself unless `output` says otherwise; with `check`, write nothing.

    Whether it was in canonical form already, and the findings of reading and writing; DIF030 with `check` where it is
    not. A file that is in canonical form is not touched; stdin and pipes go to stdout. Packed files are compared
    unpacked and written unpacked.
    """
    findings: list[Finding] = []
    stream = read_once(file)
    with rereadable(file):
        release = read_release(file, format_name=format_name, report=whole_only(findings.append, file))
        content = canonical_bytes(release, findings.append)
        same = read_bytes(file) == content
    if check and not same:
        findings.append(Finding(
            code="DIF030", severity=severity_of("DIF030"), file=str(file), message="not in canonical form",
            advice=f"run `cctbx format {file}`",
        ))  # fmt: skip
    if not check and (output is not None or stream or not same):
        with atomic_output(output or ("-" if stream else file)) as out:
            out.write(content)
    return same, tuple(findings)
