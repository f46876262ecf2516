"""Validating term bases: the TBX validator and the house checks over a file, with settings and repairs.

TBX and TMX are judged on the raw XML (codes TBX…); every format is then read, and its concept entries go through
the house checks (CHK…). What a reader of another format has to say comes with its own codes.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO

from cctbx.errors import InputError, UsageError
from cctbx.findings import Finding, Severity
from cctbx.formats.contract import ReadOptions, ignore
from cctbx.formats.registry import detect, format_named
from cctbx.model import ConceptEntry
from cctbx.model.likeness import Likeness
from cctbx.workflows.files import atomic_output, on_disk, open_input, read_once
from cctbx.workflows.judging import Validation, check_options, settings_from, validator_options
from cctbx.workflows.portions import processes

__all__ = ["Validation", "fix_file", "settings_from", "validate_file", "validate_files"]

_HEAD = 1 << 16
_XML = frozenset({"tbx", "tbx-dca", "tbx-v2", "tbx-v2-default", "tbx-min-2013", "tmx"})
_ALIKE = frozenset({"tbx", "tbx-dca", "tbx-v2", "tbx-v2-default"})
_PAYS = 16 << 20
"""From this size on a second process pays."""
_BROKEN = frozenset({"TBX001", "TBX011", "TBX012"})


# -- one file --------------------------------------------------------------------------------------------------------


def _format_name(path: str, file: str, name: str | None) -> str | None:
    if name is not None:
        return format_named(name).name
    with open_input(path) as stream:
        found = detect(stream.read(_HEAD), file)
    return found.name if found is not None else None


def validate_file(
    file: str | Path, *, format_name: str | None = None, options: Validation | None = None
) -> Iterator[Finding]:
    """All findings of a term base of any known format; `-` is stdin, gzip and zip are unpacked.

    First what is wrong with the XML (in document order), then what the house checks say. Memory does not grow with the
    file. Raises `InputError` where it cannot be read or recognised, `UsageError` for an unknown format or dialect.
    """
    options = options or Validation()
    name = "<stdin>" if str(file) == "-" else str(file)
    with on_disk(file) as path:
        form = _format_name(path, name, format_name)
        if form is None:
            raise InputError("not a term base of a known format; name one with --from (see cctbx formats)", file=name)
        alike = form in _ALIKE and options.checks and not options.public
        size = Path(path).stat().st_size
        shared = alike and size > _PAYS and processes(size, options.workers) > 1
        yield from (_in_two if shared else _in_one)(path, name, form, options)


def _in_one(path: str, name: str, form: str, options: Validation) -> Iterator[Finding]:
    """The findings of a file, by this process alone."""
    broken = False
    if form in _XML:
        for finding in _of_xml(path, name, options):
            broken = broken or finding.severity is Severity.ERROR
            yield finding
    if options.checks or form not in _XML:
        yield from _of_content(path, name, form, options, judged=broken)


def _in_two(path: str, name: str, form: str, options: Validation) -> Iterator[Finding]:
    """The same by two processes; by one from the place on where they cannot go on."""
    from cctbx.workflows.halves import NotInHalvesError, in_halves

    told = 0
    try:
        for finding in in_halves(path, name, options):
            told += 1
            yield finding
    except NotInHalvesError:
        yield from islice(_in_one(path, name, form, options), told, None)


def _of_xml(path: str, name: str, options: Validation) -> Iterator[Finding]:
    """What the TBX validator says."""
    from cctbx.formats.tbx.validation import validate

    settings = validator_options(options)
    with open_input(path) as stream:
        yield from validate(stream, file=name, options=settings)


def _of_content(path: str, name: str, form: str, options: Validation, *, judged: bool) -> Iterator[Finding]:
    """What a reader and the house checks say. `judged`: the file is known to be faulty and need not be readable."""
    from cctbx.checks import CheckRun

    xml = form in _XML
    read: list[Finding] = []
    run = CheckRun(check_options(options, name, xml=xml)) if options.checks else None
    report = ignore if xml else read.append
    try:
        with _entries(path, name, form, options, ReadOptions(report=report)) as entries:
            for concept in entries:
                yield from _weighed(read, name, options)
                if run is not None:
                    yield from run.entry(concept)
    except InputError:
        if not judged:
            raise
    yield from _weighed(read, name, options)
    if run is not None:
        yield from run.finish()


@contextmanager
def _entries(
    path: str, name: str, form: str, options: Validation, settings: ReadOptions
) -> Iterator[Iterable[ConceptEntry | Likeness]]:  # fmt: skip
    """The entries of a file; those of TBX that are like others in short, where no check wants to see persons."""
    if form in _ALIKE and options.checks and not options.public:
        from cctbx.formats.tbx.validation.alike import read_alike

        with open_input(path) as stream:
            yield read_alike(stream, replace(settings, file=name), options.today)
        return
    read = format_named(form).read  # not by the name alone: a client may be called the same
    if read is None:
        raise UsageError(f"{form} can be written but not read")
    with open_input(path) as stream:
        yield read(stream, replace(settings, file=name))


def _weighed(read: list[Finding], name: str, options: Validation) -> Iterator[Finding]:
    """What a reader has reported since, in the severities asked for."""
    for finding in read:
        if options.wants(finding.code):
            severity = options.severity.get(finding.code, finding.severity)
            yield replace(finding, severity=severity, file=name)
    read.clear()


def validate_files(files: Iterable[str], *, options: Validation | None = None) -> Iterator[Finding]:
    """The findings of several files, one after the other."""
    for file in files:
        yield from validate_file(file, options=options)


# -- repairs ---------------------------------------------------------------------------------------------------------


def fix_file(file: str | Path) -> list[Finding]:
    """Repair a TBX file in place, atomically, and list the repairs (TBX901); () if there was nothing to do.

    A file that is not well-formed, or of another format, is left alone. Raises `UsageError` for stdin and packed files.
    """
    from cctbx.formats.tbx.validation import validate
    from cctbx.formats.tbx.validation.fixing import fix

    path = str(file)
    if read_once(path):
        raise UsageError(f"--fix needs a file to write to, not {'stdin' if path == '-' else 'a pipe'}")
    with open_input(path) as stream:
        head = stream.read(_HEAD)
        packed = isinstance(stream, io.BufferedReader) and getattr(stream, "name", None) is None
    found = detect(head, path)
    if found is None or not found.name.startswith("tbx"):
        return []
    if packed:
        raise UsageError(f"{path}: --fix does not write packed files; unpack it first")
    with open_input(path) as stream:
        if any(each.code in _BROKEN for each in validate(stream, file=path)):
            return []
    with tempfile.TemporaryFile() as made:
        with open_input(path) as stream:
            try:
                repairs = list(fix(stream, _binary(made), file=path))
            except (UnicodeDecodeError, LookupError):
                return []
        if repairs:
            made.seek(0)
            with atomic_output(path) as output:
                shutil.copyfileobj(made, output)
    return repairs


def _binary(file: IO[bytes]) -> BinaryIO:
    return file  # type: ignore[return-value]  # a temporary file is one
