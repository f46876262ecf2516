"""Aligning as a use case: `LL=FILE` arguments or a project → entries, verdicts, lexicons → an alignment."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cctbx.errors import InputError, UsageError
from cctbx.findings import Finding, unwatched
from cctbx.model import Alignment, SourceEntry, SourceGlossary, Verdict
from cctbx.workflows.files import read_bytes
from cctbx.workflows.parse import checked_language
from cctbx.workflows.project import Project, find_project, load_project

if TYPE_CHECKING:
    from cctbx.align.settings import Settings

__all__ = ["Aligned", "Gathered", "aligned", "concept_ids", "gather", "memory_pairs"]

_ARGUMENT = re.compile(r"^([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)=(.+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What is to be aligned. `files` maps source names to files as given; `project` is None for bare files."""

    entries: tuple[SourceEntry, ...]
    files: dict[str, str]
    verdicts: tuple[Verdict, ...] = ()
    findings: tuple[Finding, ...] = ()
    project: Project | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """An alignment with what it was made from; `findings` of pages first, then of the alignment."""

    gathered: Gathered
    alignment: Alignment
    findings: tuple[Finding, ...]


def gather(arguments: Sequence[str], *, verdicts: bool = True) -> Gathered:
    """Read what the arguments name: one project file (or its directory), or any number of `LL=FILE` (pages, or tables
    of entries).

    Raises `UsageError` for an argument that is neither, `InputError` for what cannot be read.
    """
    if len(arguments) == 1 and not _ARGUMENT.match(arguments[0]):
        place = Path(arguments[0])
        return _from_project(load_project(find_project(place) if place.is_dir() else place), verdicts=verdicts)
    entries: list[SourceEntry] = []
    findings: list[Finding] = []
    files: dict[str, str] = {}
    for argument in arguments:
        matched = _ARGUMENT.match(argument)
        if not matched:
            raise UsageError(f"`{argument}` is neither LL=FILE (such as sv=page.txt) nor a single project file")
        language, file = checked_language(matched[1]) or "und", matched[2]
        if file in files:
            raise UsageError(f"{file} is named twice")
        files[file] = file
        entries += _entries(read_bytes(file), SourceGlossary(name=file, file=file, language=language), findings)
    return Gathered(entries=tuple(entries), files=files, findings=tuple(findings))


def _from_project(project: Project, *, verdicts: bool) -> Gathered:
    from cctbx.align.verdicts import read_verdicts

    entries: list[SourceEntry] = []
    findings: list[Finding] = []
    for source in project.sources:
        entries += _entries(read_bytes(project.path_of(source)), source, findings)
    stated: tuple[Verdict, ...] = ()
    if verdicts and project.verdicts.exists():
        stated = read_verdicts(read_bytes(project.verdicts).decode("utf-8-sig"), file=str(project.verdicts))
    return Gathered(
        entries=tuple(entries), files={each.name: each.file for each in project.sources}, verdicts=stated,
        findings=tuple(findings), project=project,
    )  # fmt: skip


def _entries(content: bytes, glossary: SourceGlossary, findings: list[Finding]) -> list[SourceEntry]:
    from cctbx.sources import parse_page

    table = _table(content, glossary)
    if table is not None:
        return table
    page = parse_page(content, glossary)
    findings.extend(page.findings)
    return list(page.entries)


def _table(content: bytes, glossary: SourceGlossary) -> list[SourceEntry] | None:
    """Entries of a tab-separated table with the columns `term` and `definition` (and `id`); None if it is no such."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return None
    names = lines[0].split("\t") if lines else []
    if not {"term", "definition"} <= set(names):
        return None
    rows = csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    found = []
    for number, cells in enumerate(rows, 2):
        row = dict(zip(names, cells, strict=False))
        if row.get("term"):
            key = row.get("id") or f"line-{number}"
            found.append(SourceEntry(
                id=f"{glossary.name}#{key}", source=glossary.name, language=glossary.language or "und",
                line_first=number, line_last=number, headword=row["term"], definition=row.get("definition", ""),
            ))  # fmt: skip
    return found


def memory_pairs(files: Sequence[str], languages: frozenset[str]) -> tuple[tuple[str, str, str, str], ...]:
    """The aligned texts of translation memories in these languages: (language, text, language, text)."""
    from cctbx.workflows.lexicon import bilingual_rows

    pairs = []
    for file in files:
        for row in bilingual_rows(file, read_bytes(file), phrases=False):
            forms = [(tag, text) for tag, text in row if tag in languages]
            pairs += [(a, one, b, other) for a, one in forms for b, other in forms if a < b]
    return tuple(pairs)


def aligned(
    gathered: Gathered, *, settings: Settings, memory: Sequence[str] = (), local: bool = True,
    progress: Callable[[str, int], None] = unwatched,
) -> Aligned:  # fmt: skip
    """Align what was gathered, with the bundled lexicon and (if `local`) the user's own lexicons. `progress` is told
    what is being done and how much of it is done."""
    from cctbx.align import align
    from cctbx.text.normal import primary

    findings = list(gathered.findings)
    if not gathered.entries:
        raise InputError("there is no entry to align", file=next(iter(gathered.files.values()), None))
    if memory:
        languages = frozenset(primary(entry.language) for entry in gathered.entries)
        settings = replace(settings, memory=memory_pairs(memory, languages))
    lexicon = None
    if local:
        from cctbx.workflows.lexicon import local_lexicon

        lexicon = local_lexicon()
    alignment = align(
        gathered.entries, verdicts=gathered.verdicts, lexicon=lexicon, settings=settings, report=findings.append,
        progress=progress,
    )  # fmt: skip
    return Aligned(gathered=gathered, alignment=alignment, findings=tuple(findings))


def concept_ids(result: Aligned) -> tuple[str, ...]:
    """A name for every concept, in order: from the project's register where there is one, else a running number."""
    concepts = result.alignment.concepts
    project = result.gathered.project
    if project is None or not project.register.exists():
        return tuple(f"a{number}" for number in range(1, len(concepts) + 1))
    from cctbx.align.register import assign, read_register

    register = read_register(read_bytes(project.register).decode("utf-8"), file=str(project.register))
    ids, _ = assign(
        concepts, register, label=lambda concept: concept.members[0], prefix=project.id_prefix, report=lambda _: None
    )
    return tuple(ids)
