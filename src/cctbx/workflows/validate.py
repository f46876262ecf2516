"""Validating term bases: the TBX validator and the house checks over a file, with settings and repairs.

TBX and TMX are judged on the raw XML (codes TBX…); every format is then read, and its concept entries go through
the house checks (CHK…). What a reader of another format has to say comes with its own codes.
"""

from __future__ import annotations

import concurrent.futures
import datetime
import io
import multiprocessing
import os
import pickle
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, BinaryIO

from cctbx.errors import InputError, ProjectError, UsageError
from cctbx.findings import Finding, Severity
from cctbx.findings.codes import CODE
from cctbx.formats.contract import ReadOptions, ignore
from cctbx.formats.registry import detect, format_named
from cctbx.model import ConceptEntry
from cctbx.model.likeness import Likeness
from cctbx.workflows.files import atomic_output, open_input, read_once
from cctbx.workflows.termbases import open_termbase

__all__ = ["Validation", "fix_file", "settings_from", "validate_file", "validate_files"]

_HEAD = 1 << 16
_XML = frozenset({"tbx", "tbx-dca", "tbx-v2", "tbx-v2-default", "tbx-min-2013", "tmx"})
_ALIKE = frozenset({"tbx", "tbx-dca", "tbx-v2", "tbx-v2-default"})
_WAITING = 50_000
_PAYS = 16 << 20
"""From this size on a second process pays."""
_BROKEN = frozenset({"TBX001", "TBX011", "TBX012"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """How to validate.

    strict          the verdict of the official schemas, to the letter, instead of what the standard means
    dialect         check against this dialect of TBX instead of the declared one
    constraints     path of a constraint file (XCS) for TBX of 2008
    select, ignore  only codes that begin with one of these (if any); never these
    severity        code → severity, over the defaults
    checks          whether the house checks run too
    subject_fields  the allowed subject fields; empty: any
    public          report names of persons: the term base is meant for the public
    today           for dates in the future; None: they are not looked for
    workers         processes to use for large files: 1 or 2
    """

    strict: bool = False
    dialect: str | None = None
    constraints: str | None = None
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    checks: bool = True
    subject_fields: frozenset[str] = frozenset()
    public: bool = False
    today: datetime.date | None = None
    workers: int = 1

    def wants(self, code: str) -> bool:
        """Whether findings of this code are asked for."""
        if any(code.startswith(each) for each in self.ignore):
            return False
        return not self.select or any(code.startswith(each) for each in self.select)


# -- settings --------------------------------------------------------------------------------------------------------

_KEYS = frozenset({"select", "ignore", "severity", "subject-fields", "public", "constraints", "dialect"})


def settings_from(folder: Path, base: Validation | None = None) -> Validation:
    """Settings of `[validate]` in cctbx.toml, or `[tool.cctbx.validate]` in pyproject.toml, of a folder, over `base`.

    Keys: select, ignore, subject-fields (arrays of strings), severity (a table code = level), public, constraints,
    dialect. Raises `ProjectError` for an unreadable file, an unknown key, code or level.
    """
    base = base or Validation()
    for name, path in (("cctbx.toml", ("validate",)), ("pyproject.toml", ("tool", "cctbx", "validate"))):
        file = folder / name
        if file.is_file():
            table = _table(file, path)
            if table:
                return _applied(base, table, str(file))
    return base


def _table(file: Path, path: Iterable[str]) -> dict[str, Any]:
    try:
        found: Any = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProjectError(f"cannot be read: {error}", file=str(file)) from error
    for key in path:
        found = found.get(key, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}


def _applied(base: Validation, table: dict[str, Any], file: str) -> Validation:
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise ProjectError(f"validate: unknown key {unknown[0]}; there are {', '.join(sorted(_KEYS))}", file=file)
    lists = {
        name: frozenset(str(each) for each in table[key]) | getattr(base, name)
        for key, name in (("select", "select"), ("ignore", "ignore"), ("subject-fields", "subject_fields"))
        if isinstance(table.get(key), list)
    }
    rest = {key: table[key] for key in ("public", "constraints", "dialect") if key in table}
    severities = {**_severities(table.get("severity", {}), file), **base.severity}
    return replace(base, severity=severities, **lists, **rest)


def _severities(table: object, file: str) -> dict[str, Severity]:
    found: dict[str, Severity] = {}
    for code, level in (table if isinstance(table, dict) else {}).items():
        if code not in CODE:
            raise ProjectError(f"validate.severity: unknown code {code}; see cctbx codes", file=file)
        try:
            found[code] = Severity(level)
        except ValueError:
            levels = ", ".join(each.value for each in Severity)
            raise ProjectError(f"validate.severity: {code} = {level!r}; levels are {levels}", file=file) from None
    return found


# -- one file --------------------------------------------------------------------------------------------------------


@contextmanager
def _on_disk(file: str) -> Iterator[str]:
    """The path of a file that can be read twice: stdin and pipes are copied to a temporary one."""
    if not read_once(file):
        yield file
        return
    with tempfile.NamedTemporaryFile(prefix="cctbx-", suffix=".stdin") as copy, open_input(file) as stream:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        yield copy.name


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
    with _on_disk(str(file)) as path:
        form = _format_name(path, name, format_name)
        if form is None:
            raise InputError("not a term base of a known format; name one with --from (see cctbx formats)", file=name)
        xml = form in _XML
        if xml and options.checks and options.workers > 1 and Path(path).stat().st_size > _PAYS:
            yield from _side_by_side(path, name, form, options)
            return
        broken = False
        if xml:
            for finding in _of_xml(path, name, options):
                broken = broken or finding.severity is Severity.ERROR
                yield finding
        if options.checks or not xml:
            yield from _of_content(path, name, form, options, judged=xml and broken)


def _of_xml(path: str, name: str, options: Validation) -> Iterator[Finding]:
    """What the TBX validator says."""
    from cctbx.formats.tbx.validation import ValidationOptions, validate
    from cctbx.formats.tbx.validation.xcs import read_xcs

    limits = None
    if options.constraints is not None:
        with open_input(options.constraints) as stream:
            limits = read_xcs(stream, file=options.constraints)
    settings = ValidationOptions(
        mode="strict" if options.strict else "intended", dialect=options.dialect, select=options.select,
        ignore=options.ignore, severity=options.severity, constraints=limits,
    )  # fmt: skip
    with open_input(path) as stream:
        yield from validate(stream, file=name, options=settings)


def _of_content(
    path: str, name: str, form: str, options: Validation, *, judged: bool, **parts: bool
) -> Iterator[Finding]:  # fmt: skip
    """What a reader and the house checks say. `judged`: the file is known to be faulty and need not be readable.

    `parts` is for `CheckRun`: which of the checks to run.
    """
    from cctbx.checks import COVERED_BY_TBX, CheckOptions, CheckRun

    xml = form in _XML
    read: list[Finding] = []
    settings = CheckOptions(
        file=name, select=options.select, ignore=options.ignore | (COVERED_BY_TBX if xml else frozenset()),
        severity=options.severity, today=options.today, subject_fields=options.subject_fields, public=options.public,
    )  # fmt: skip
    run = CheckRun(settings, **parts) if options.checks else None
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
    with open_termbase(path, format_name=form, options=settings) as termbase:
        yield termbase


def _weighed(read: list[Finding], name: str, options: Validation) -> Iterator[Finding]:
    """What a reader has reported since, in the severities asked for."""
    for finding in read:
        if options.wants(finding.code):
            severity = options.severity.get(finding.code, finding.severity)
            yield replace(finding, severity=severity, file=name)
    read.clear()


# -- two processes ---------------------------------------------------------------------------------------------------


def _spooled(file: IO[bytes]) -> Iterator[Finding]:
    file.seek(0)
    while True:
        try:
            yield pickle.load(file)  # our own findings, from our own temporary file
        except EOFError:
            return


def _base_into(path: str, name: str, form: str, options: Validation, target: str) -> None:
    """Writes what is to be said of all entries together to a file."""
    with Path(target).open("wb") as file:
        for finding in _of_content(path, name, form, options, judged=True, of_entries=False):
            pickle.dump(finding, file, pickle.HIGHEST_PROTOCOL)


def _xml_into(path: str, name: str, options: Validation, target: str) -> bool:
    """Writes what the validator says to a file; whether there is an error among it."""
    wrong = False
    with Path(target).open("wb") as file:
        for finding in _of_xml(path, name, options):
            wrong = wrong or finding.severity is Severity.ERROR
            pickle.dump(finding, file, pickle.HIGHEST_PROTOCOL)
    return wrong


def _side_by_side(path: str, name: str, form: str, options: Validation) -> Iterator[Finding]:
    """The validator, then the checks over all entries, in a process of their own while the checks of single entries run
    here; the same findings in the same order.

    What the checks here find waits until the validator is through, up to a limit; from then on it passes as it comes.
    """
    # a fork starts at once and hashes as we do, so that even findings of equal rank come in the same order
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with tempfile.TemporaryDirectory(prefix="cctbx-") as folder:
        target, rest = os.path.join(folder, "xml"), os.path.join(folder, "base")  # noqa: PTH118
        with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
            future = pool.submit(_xml_into, path, name, options, target)
            base = pool.submit(_base_into, path, name, form, options, rest)
            waiting: list[Finding] = []
            failed: InputError | None = None
            content = _of_content(path, name, form, options, judged=False, of_base=False)
            try:
                for finding in content:
                    waiting.append(finding)
                    if len(waiting) >= _WAITING or future.done():
                        break
            except InputError as error:
                failed = error
            judged = future.result()
            with Path(target).open("rb") as file:
                yield from _spooled(file)
            yield from waiting
            try:
                yield from content
            except InputError as error:
                failed = error
            if failed is not None and not judged:
                raise failed
            base.result()
            with Path(rest).open("rb") as file:
                yield from _spooled(file)


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
    if path == "-":
        raise UsageError("--fix needs a file to write to, not stdin")
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
