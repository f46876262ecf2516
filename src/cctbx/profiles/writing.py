"""From a term base to the files of a profile: which files there are, and one of them written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from cctbx.errors import UsageError
from cctbx.findings import Finding, Report
from cctbx.formats.contract import EVERYTHING, WriteOptions
from cctbx.formats.losses import keep
from cctbx.formats.pairs import bilingual
from cctbx.model import ConceptEntry, TermBaseStream
from cctbx.profiles.contract import Forbidden, Job, Output, Per, Profile, Request, Rule
from cctbx.profiles.rules import applied, best_first, language_spelling
from cctbx.profiles.selection import SELECTION
from cctbx.profiles.tabular import as_asked

_NO_NAME = re.compile(r"[^-\w@]")

__all__ = ["Part", "parts", "prepared", "write_part"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file to write: its name, its kind, its target languages, and whether it is the one of forbidden terms."""

    file: str
    output: Output
    targets: tuple[str, ...]
    forbidden: Forbidden
    separate: bool = False


def _forbidden(profile: Profile, request: Request) -> Forbidden:
    asked = request.forbidden or profile.forbidden[0]
    if asked not in profile.forbidden:
        known = ", ".join(profile.forbidden)
        raise UsageError(f"{profile.name} cannot {asked} terms that are not to be used; it can: {known}")
    return asked


def _named(tag: str) -> str:
    """A language tag as part of a file name; a term base may hold anything for one, also a path."""
    return _NO_NAME.sub("_", tag)


def parts(profile: Profile, request: Request, name: str, outputs: Iterable[Output] | None = None) -> Iterator[Part]:
    """The files a request makes, in the order of the profile's outputs, then of the targets.

    Raises `UsageError` where the profile cannot do what is asked with forbidden terms.
    """
    asked = _forbidden(profile, request)
    for output in profile.outputs if outputs is None else outputs:
        groups = [(each,) for each in request.targets] if output.per is Per.PAIR else [request.targets]
        for targets in groups:
            file = output.file.format(
                name=name, source=_named(request.spelt(request.source)),
                target=_named(request.spelt((*targets, request.source)[0])),
            )  # fmt: skip
            marked = asked if output.marks or asked is not Forbidden.MARK else Forbidden.EXCLUDE
            yield Part(file=file, output=output, targets=targets, forbidden=marked)
            if asked is Forbidden.SEPARATE and not output.optional:
                path = PurePosixPath(file)
                apart = str(path.with_name(f"{path.stem}.forbidden{path.suffix}"))
                yield Part(file=apart, output=replace(output, optional=True), targets=targets, forbidden=asked,
                           separate=True)  # fmt: skip


def _job(part: Part, request: Request, report: Report) -> Job:
    placing = part.output.definitions
    return Job(
        request, part.targets, definitions=placing, forbidden=part.forbidden, separate=part.separate, file=part.file,
        report=report,
    )  # fmt: skip


def prepared(stream: TermBaseStream, part: Part, request: Request, report: Report) -> TermBaseStream:
    """The stream as the client should see it: selection, the profile's rules, what it keeps, its last rules.

    Findings: LOS200 to LOS216, and those of `formats.losses.keep` and `formats.pairs.bilingual`.
    """
    output, job = part.output, _job(part, request, report)
    ordered: tuple[Rule, ...] = (as_asked,) if output.told_languages else ()
    ordered += (best_first,) if output.per is Per.PAIR or output.keeps is not EVERYTHING else ()
    stream = stream.map(partial(applied, rules=(*SELECTION, *ordered, *output.rules), job=job))
    if output.per is Per.PAIR:
        options = WriteOptions(report=job.losses.report, source_language=request.source, target_languages=part.targets)
        _, stream = bilingual(stream, output.keeps, options)
    elif output.keeps is not EVERYTHING:
        stream = keep(stream, output.keeps, job.losses.report, language=request.source)
    stream = stream.map(partial(applied, rules=(*output.last, language_spelling), job=job))
    header = replace(stream.header, language=request.spelt(request.source), title=request.title or stream.header.title)
    if not output.keeps.header:
        header = replace(header, title=None)
    return TermBaseStream(header=header, concepts=stream, references=stream.references)


def options_of(part: Part, request: Request, report: Report, file: str) -> WriteOptions:
    def with_file(finding: Finding) -> None:
        report(replace(finding, file=file))

    return WriteOptions(
        report=with_file, source_language=request.spelt(request.source),
        target_languages=tuple(request.spelt(each) for each in part.targets) if part.output.told_languages else (),
        dialect=request.dialect or part.output.dialect if part.output.dialect else None,
        style=part.output.style, project=request.title, date=request.date,
    )  # fmt: skip


def write_part(stream: TermBaseStream, part: Part, request: Request, out: BinaryIO, report: Report) -> int:
    """Write one file; returns how many concept entries went into it. Losses carry the file's name."""
    count = 0

    def counted(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
        nonlocal count
        for entry in entries:
            count += 1
            yield entry

    ready = prepared(stream, part, request, report).map(counted)
    _writer(part.output)(ready, out, options_of(part, request, report, part.file))
    return count


def _writer(output: Output) -> Callable[[TermBaseStream, BinaryIO, WriteOptions], None]:
    if output.layout is not None:
        from cctbx.profiles.layouts import write_layout

        return partial(write_layout, layout=output.layout)
    if output.flavoured:
        from cctbx.formats.tbx.flavours import write_flavoured

        return write_flavoured
    from cctbx.formats.registry import format_named

    writer = format_named(output.format).write
    assert writer is not None, f"{output.format} cannot be written"
    return writer


def wished(outputs: Iterable[Output], style: str | None) -> tuple[Output, ...]:
    """The outputs of the style asked for (TBX v3); all where none is."""
    return tuple(each for each in outputs if style is None or each.style in (None, style))
