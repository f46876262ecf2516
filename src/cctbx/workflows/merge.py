"""Merging files three ways, with a file of conflicts that a person fills in."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from cctbx.diff.conflicts import Conflict, choices_from, conflict_finding, noted, unresolved
from cctbx.diff.merge import Merged, merge_termbases
from cctbx.diff.sparse import missing, scope_of, seen, widened
from cctbx.errors import InputError
from cctbx.findings import Finding, Report
from cctbx.findings.codes import severity_of
from cctbx.model import ConceptEntry, TermBase, TermBaseStream
from cctbx.workflows.bulk_merge import Side, merged_in_bulk
from cctbx.workflows.files import atomic_output, read_bytes, rereadable, size_of
from cctbx.workflows.releases import (
    Release,
    as_it_came,
    read_release,
    recognised,
    seen_through,
    whole_only,
    write_release,
)
from cctbx.workflows.termbases import write_termbase

__all__ = ["MergeOptions", "conflicts_file", "merge_files", "with_notes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeOptions:
    """What a merge of files may be told.

    formats     names of the formats of base, ours, theirs; None: recognised
    complete    both sides hold all there is: what is absent there was deleted on purpose
    resolutions the file of conflicts with a person's choices; None: the one beside the output, if it is there
    known_as    the name to recognise the files by, where their own names say nothing (git's temporary files)
    listed      write a file of conflicts beside the output
    bulk        size of the three files together, in bytes, from which entries nobody touched are not held in memory
    """

    formats: tuple[str | None, str | None, str | None] = (None, None, None)
    complete: bool = False
    resolutions: Path | None = None
    known_as: str | None = None
    listed: bool = True
    bulk: int = 16 << 20


def conflicts_file(output: str | Path) -> Path:
    """Where the conflicts of a merge to `output` are written."""
    return Path(f"{output}.conflicts.toml")


def _widened(base: Release, side: Release, name: str, report: Report) -> TermBase:
    """A side with all it could not hold, or never spoke of, taken from the base; DIF023 says what that was."""
    as_seen = seen_through(base, side)
    wide, narrow = scope_of(base.termbase.concepts), scope_of(side.termbase.concepts)
    lacking = missing(wide, narrow)
    if not lacking and as_seen is base.termbase:
        return side.termbase
    keeps = side.format.keeps
    if lacking:
        message = f"{name} says nothing at all of: {', '.join(lacking)}"
        report(Finding(
            code="DIF023", severity=severity_of("DIF023"), message=message, file=side.file,
            advice="taken from the base; use --complete if it was deleted on purpose",
        ))  # fmt: skip
    view = [seen(each, narrow) for each in as_seen.concepts]
    concepts = widened(base.termbase.concepts, view, side.termbase.concepts, ids=keeps.concept_ids)
    return TermBase(
        header=side.termbase.header if keeps.header else base.termbase.header,
        concepts=concepts,
        references=side.termbase.references if keeps.references else base.termbase.references,
    )


def with_notes(merged: Merged) -> tuple[ConceptEntry, ...]:
    """The merged entries, those with unresolved conflicts with a note for each."""
    by_concept: defaultdict[str, list[Conflict]] = defaultdict(list)
    for each in merged.unresolved:
        by_concept[each.concept].append(each)
    return tuple(noted(each, by_concept[each.id]) if each.id in by_concept else each for each in merged.concepts)


def _choices(file: Path, *, wanted: bool) -> dict[str, str]:
    if not wanted and not file.exists():
        return {}
    try:
        document = tomllib.loads(read_bytes(file).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"is not a file of conflicts: {error}", file=str(file)) from error
    return choices_from(document, file=str(file))


def _toml(text: str) -> str:
    """A basic string of TOML: JSON's escapes are a subset of its own, apart from what JSON need not escape."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _conflict_lines(conflicts: Iterable[Conflict]) -> str:
    lines = ["# Conflicts of a merge. Set `take` to ours, theirs or base, then run the same command again.", ""]
    for each in conflicts:
        lines += ["[[conflict]]", f"place = {_toml(each.place)}"]
        sides = (("ours", each.ours), ("theirs", each.theirs), ("base", each.base))
        lines += [f"{name} = {_toml(value)}" for name, value in sides if value is not None]
        lines += [f"take = {_toml(each.taken or '')}", f"key = {_toml(each.key)}", ""]
    return "\n".join(lines)


def _list_conflicts(output: Path, merged: Merged) -> None:
    """The file of conflicts, kept as long as there are any, so that the same command gives the same result again."""
    file = conflicts_file(output)
    if merged.conflicts:
        with atomic_output(file) as out:
            out.write(_conflict_lines(merged.conflicts).encode("utf-8", "backslashreplace"))
    elif file.exists():
        file.unlink()


_UNLISTED = "correct the concept entry and delete its note, or merge with -o and choose a side in the file of conflicts"


def _is_nothing(file: str | Path, options: MergeOptions) -> bool:
    return options.known_as is not None and Path(file).stat().st_size == 0


def _base(file: str | Path, ours: Release, options: MergeOptions, report: Report) -> Release:
    """The base; for an empty file (git's, where both branches added the file) an empty term base."""
    if _is_nothing(file, options):
        return replace(ours, file=str(file), termbase=TermBase())
    report = whole_only(report, file)
    return read_release(file, format_name=options.formats[0], report=report, known_as=options.known_as)


def merge_files(
    base: str | Path, ours: str | Path, theirs: str | Path, output: str | Path, options: MergeOptions | None = None
) -> tuple[Merged, tuple[Finding, ...]]:
    """Merge three files and write the result in the format of ours.

    Findings: of reading; DIF020 for every conflict, DIF022 for resolved ones, DIF021 for those of earlier merges whose
    notes still stand in ours or theirs, DIF023 for what a side says nothing of.
    """
    options = options or MergeOptions()
    findings: list[Finding] = []
    resolutions = options.resolutions or conflicts_file(output)
    choices = _choices(resolutions, wanted=options.resolutions is not None)
    with rereadable(base, ours, theirs):
        merged = _in_bulk(base, ours, theirs, output, options, choices, findings.append)
        if merged is None:
            merged = _whole(base, ours, theirs, output, options, choices, findings)
    told = map(conflict_finding, merged.conflicts)
    findings += told if str(output) != "-" else (replace(each, advice=each.advice and _UNLISTED) for each in told)
    if options.listed and str(output) != "-":
        _list_conflicts(Path(output), merged)
    return merged, tuple(findings)


def _in_bulk(
    base: str | Path, ours: str | Path, theirs: str | Path, output: str | Path, options: MergeOptions,
    choices: dict[str, str], report: Report,
) -> Merged | None:  # fmt: skip
    """The merge of large files of one format; None where that will not do."""
    if sum(map(size_of, (base, ours, theirs))) < options.bulk:
        return None
    empty = _is_nothing(base, options)
    files = (("base", None if empty else base), ("ours", ours), ("theirs", theirs))
    known = [
        recognised(ours if file is None else file, name, options.known_as)
        for (_, file), name in zip(files, options.formats, strict=True)
    ]
    if not all(each.read is known[1].read and each.keeps == known[1].keeps for each in known):
        return None
    one, two, three = (Side(name=name, file=file, format=each) for (name, file), each in zip(files, known, strict=True))
    form, settings = as_it_came(ours, known[1])

    def write(stream: TermBaseStream) -> None:
        write_termbase(stream, output, format_name=form, options=replace(settings, report=report))

    return merged_in_bulk(
        (one, two, three), choices, report, noted=with_notes, write=write,
        fits=lambda wide, narrow: options.complete or not missing(wide, narrow),
    )  # fmt: skip


def _whole(
    base: str | Path, ours: str | Path, theirs: str | Path, output: str | Path, options: MergeOptions,
    choices: dict[str, str], findings: list[Finding],
) -> Merged:  # fmt: skip
    """The merge with all three files in memory."""
    sides = [
        read_release(file, format_name=name, report=whole_only(findings.append, file), known_as=options.known_as)
        for file, name in zip((ours, theirs), options.formats[1:], strict=True)
    ]
    sides.insert(0, _base(base, sides[0], options, findings.append))
    termbases = [each.termbase for each in sides]
    if not options.complete:
        termbases[1:] = [
            _widened(sides[0], each, name, findings.append)
            for each, name in zip(sides[1:], ("ours", "theirs"), strict=True)
        ]
    for side in sides[1:]:
        findings += unresolved(side.termbase.concepts, side.file)
    merged = merge_termbases(termbases[0], termbases[1], termbases[2], choices)
    result = TermBase(header=merged.header, concepts=with_notes(merged), references=merged.references)
    write_release(replace(sides[1], termbase=result), output, findings.append)
    return merged
