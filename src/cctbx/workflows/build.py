"""The main job: glossary pages → source entries → alignment → term base → exports.

Pure stages one after the other; files are read at the start and written, all or none, at the end.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cctbx import __version__
from cctbx.align.editorial import Editorial, read_designations, read_relations
from cctbx.align.register import RegisteredConcept, read_register, write_register
from cctbx.errors import OutputError
from cctbx.findings import Finding
from cctbx.model import (
    Alignment,
    ConceptEntry,
    Header,
    SourceEntry,
    SourceGlossary,
    TermBase,
    Verdict,
)
from cctbx.sources import ParsedPage, parse_page, with_fields_apart
from cctbx.workflows.files import read_bytes, write_all
from cctbx.workflows.project import Project

__all__ = ["Built", "build", "differences", "parse_project", "write_build"]

MANIFEST = "MANIFEST.json"
EXPECTED = frozenset({"TBX008"})
"""Not told of our own exports: CAT tools want TBX of 2008 without a document type declaration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """All that a build made. `contents` maps file names below the output directory; `register` is the new register."""

    project: Project
    pages: tuple[ParsedPage, ...]
    alignment: Alignment
    ids: tuple[str, ...]
    register: tuple[RegisteredConcept, ...]
    termbase: TermBase
    findings: tuple[Finding, ...]
    losses: dict[str, tuple[Finding, ...]]
    contents: dict[str, bytes]


def _checked_page(project: Project, source: SourceGlossary, findings: list[Finding]) -> bytes:
    path = project.path_of(source)
    content = read_bytes(path)
    found = hashlib.sha256(content).hexdigest()
    if source.sha256 and found != source.sha256:
        message = f"the page is not the one that {project.file} describes (SHA-256 {found})"
        advice = "review the page, then correct the checksum"
        findings.append(Finding(code="PRJ001", message=message, advice=advice, file=str(path)))
    return content


def parse_project(project: Project, findings: list[Finding]) -> tuple[ParsedPage, ...]:
    """Every page of a project, parsed, by source name; findings of pages and checksums are appended."""
    pages = tuple(parse_page(_checked_page(project, each, findings), each) for each in project.sources)
    for page in pages:
        findings.extend(page.findings)
    return pages


def _text_of(path: Path) -> str:
    return read_bytes(path).decode("utf-8") if path.exists() else ""


def _verdicts(project: Project) -> tuple[Verdict, ...]:
    from cctbx.align.verdicts import read_verdicts

    return read_verdicts(_text_of(project.verdicts), file=str(project.verdicts))


def _editorial(project: Project) -> Editorial:
    return Editorial(
        designations=read_designations(_text_of(project.editorial), file=str(project.editorial)),
        relations=read_relations(_text_of(project.relations), file=str(project.relations)),
    )


def _header(project: Project, pages: Iterable[ParsedPage]) -> Header:
    described = []
    for page in pages:
        glossary = page.glossary
        known = (glossary.title or glossary.name, glossary.publisher, glossary.date, glossary.address)
        licence = f"licence: {glossary.licence}" if glossary.licence else None
        described.append(f"{glossary.language}: " + ", ".join(each for each in (*known, licence) if each))
    return Header(
        language="en",
        title=project.title,
        source_descriptions=(f"Made by cctbx from {len(described)} source glossaries", *described),
    )


def _compose(
    project: Project, pages: tuple[ParsedPage, ...], alignment: Alignment, findings: list[Finding]
) -> tuple[tuple[str, ...], tuple[RegisteredConcept, ...], tuple[ConceptEntry, ...]]:
    from cctbx.align.compose import ComposeOptions, compose, label_of
    from cctbx.align.register import assign

    entries: dict[str, SourceEntry] = {entry.id: with_fields_apart(entry) for page in pages for entry in page.entries}
    ids, register = assign(
        alignment.concepts,
        read_register(_text_of(project.register), file=str(project.register)),
        label=lambda concept: label_of(entries[each] for each in concept.members),
        prefix=project.id_prefix,
        report=findings.append,
    )
    concepts = compose(
        alignment.concepts,
        ids,
        entries,
        {page.glossary.name: page.glossary for page in pages},
        editorial=_editorial(project),
        options=ComposeOptions(subject_field=project.subject_field, part_of_speech=project.part_of_speech),
        report=findings.append,
    )
    return ids, register, concepts


def build(project: Project) -> Built:
    """Run the whole job in memory; nothing is written.

    Findings: of the pages (SRC…), of the alignment and its verdicts (ALN…), of the project (PRJ…), of the term base
    (CHK…, TBX…); losses per export (LOS…). Raises `InputError` where a page or a table cannot be read.
    """
    from cctbx.align import align
    from cctbx.report.build import Account, build_report
    from cctbx.workflows.exports import exported, manifest

    findings: list[Finding] = []
    pages = parse_project(project, findings)
    entries = [entry for page in pages for entry in page.entries]
    alignment = align(entries, verdicts=_verdicts(project), report=findings.append)
    ids, register, concepts = _compose(project, pages, alignment, findings)
    termbase = TermBase(header=_header(project, pages), concepts=concepts)
    languages = sorted({section.language for concept in concepts for section in concept.languages})
    contents: dict[str, bytes] = {}
    losses: dict[str, tuple[Finding, ...]] = {}
    for file, content, lost in exported(termbase, name=project.name, date=project.date, languages=languages):
        contents[file], losses[file] = content, lost
    findings += _validated(project, termbase, contents)
    account = Account(
        title=project.title, pages=pages, alignment=alignment, ids=ids, termbase=termbase,
        findings=tuple(findings), losses=losses,
    )  # fmt: skip
    contents["report.md"] = build_report(account).encode()
    contents[MANIFEST] = manifest(contents, version=__version__)
    return Built(
        project=project, pages=pages, alignment=alignment, ids=ids, register=register, termbase=termbase,
        findings=tuple(findings), losses=losses, contents=contents,
    )  # fmt: skip


def _validated(project: Project, termbase: TermBase, contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """What the validator says of the TBX exports, and the house checks of the term base ."""
    from cctbx.checks import CheckOptions, check
    from cctbx.formats.tbx.validation import ValidationOptions, validate

    for name, content in sorted(contents.items()):
        if name.endswith(".tbx"):
            yield from validate(io.BytesIO(content), file=name, options=ValidationOptions(ignore=EXPECTED))
    yield from check(termbase.concepts, CheckOptions(ignore=frozenset(project.ignore)))


def differences(built: Built, directory: Path) -> tuple[str, ...]:
    """What is not as the build would write it: `changed: …`, `missing: …`, `extra: …`, sorted by file; () if all is."""
    found = []
    for name, content in built.contents.items():
        place = directory / name
        if not place.is_file():
            found.append((name, "missing"))
        elif place.read_bytes() != content:
            found.append((name, "changed"))
    if directory.is_dir():
        present = {path.relative_to(directory).as_posix() for path in directory.rglob("*") if path.is_file()}
        found += [(name, "extra") for name in present - set(built.contents)]
    register = write_register(built.register)
    if _text_of(built.project.register) != register:
        found.append((str(built.project.register), "changed"))
    return tuple(f"{kind}: {name}" for name, kind in sorted(found))


def write_build(built: Built, directory: Path) -> None:
    """Write exports and register, each file atomically, after everything was made. Raises `OutputError`."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{directory}: cannot be made: {error.strerror}") from error
    write_all(directory, built.contents)
    register = write_register(built.register).encode()
    if not built.project.register.exists() or built.project.register.read_bytes() != register:
        write_all(built.project.register.parent, {built.project.register.name: register})
