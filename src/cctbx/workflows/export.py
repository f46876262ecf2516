"""Exporting a term base for a client: every file of a profile, and the ledger of what each leaves out."""

from __future__ import annotations

import io
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import BinaryIO, TextIO

from cctbx.errors import InputError, LossRefusedError, OutputError, UsageError
from cctbx.findings import Finding, Report
from cctbx.formats.contract import ReadOptions, ignore
from cctbx.model import TermBaseStream
from cctbx.profiles import Profile, Request
from cctbx.profiles.ledger import LedgerWriter, Lost, category_of, losses_in, lost_of
from cctbx.profiles.writing import Part, parts, wished, write_part
from cctbx.workflows.files import read_bytes, read_once, rereadable
from cctbx.workflows.termbases import open_termbase

__all__ = ["ExportOptions", "Exported", "export", "languages_of"]

ALL = "all"
"""For `fail_on_loss`: a loss of any category, information apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """How an export runs: where to, under which name, whether only to look, which losses are not to be had.

    baseline     an older loss ledger: losses it does not have count as refused
    """

    directory: Path = Path()
    name: str | None = None
    check: bool = False
    fail_on_loss: frozenset[str] = frozenset()
    baseline: Path | None = None
    format_name: str | None = None


@dataclass(slots=True)
class Exported:
    """What an export made: files with the number of concept entries in each, losses counted by category."""

    files: dict[str, int] = field(default_factory=dict)
    losses: Counter[str] = field(default_factory=Counter)
    refused: list[Finding] = field(default_factory=list)
    ledger: str = ""


Opener = Callable[[], AbstractContextManager[TermBaseStream]]


@contextmanager
def _reopenable(file: str, options: ExportOptions, report: Report) -> Iterator[Opener]:
    """Something that opens the term base again and again, stdin and pipes too. Findings come once."""
    reports = iter((report,))

    def opened() -> AbstractContextManager[TermBaseStream]:
        read = ReadOptions(report=next(reports, ignore))
        return open_termbase(file, format_name=options.format_name, options=read)

    with rereadable(file):
        yield opened


def languages_of(stream: TermBaseStream) -> tuple[str, ...]:
    """The languages of a term base that have terms, sorted."""
    return tuple(sorted({section.language for entry in stream for section in entry.languages if section.terms}))


def _name_of(file: str, options: ExportOptions) -> str:
    """`glossary.tbx` and `glossary.terms.csv.gz` are called `glossary`, what comes from a pipe `termbase`."""
    if options.name:
        if PurePath(options.name).name != options.name:
            raise UsageError(f"--name is the beginning of file names, not a path: `{options.name}`; see --output")
        return options.name
    return "termbase" if read_once(file) else Path(file).name.split(".")[0] or "termbase"


class _Account:
    """Takes every loss to the ledger, to the counts, and to those that are refused."""

    def __init__(self, writer: LedgerWriter, made: Exported, options: ExportOptions, report: Report) -> None:
        self._writer, self._made, self._options, self._report = writer, made, options, report
        self._known = _baseline(options.baseline)

    def __call__(self, loss: Finding) -> None:
        self._writer.add(loss)
        self._made.losses[category_of(loss)] += 1
        if self._is_refused(loss):
            self._made.refused.append(loss)
        self._report(loss)

    def _is_refused(self, loss: Finding) -> bool:
        asked = self._options.fail_on_loss
        if category_of(loss) in asked or (ALL in asked and loss.severity.rank > 0):
            return True
        return self._known is not None and lost_of(loss) not in self._known


def _baseline(path: Path | None) -> frozenset[Lost] | None:
    if path is None:
        return None
    try:
        return losses_in(read_bytes(path).decode("utf-8"))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"is not a loss ledger of `cctbx export` ({error})", file=str(path)) from error


def export(
    file: str, profile: Profile, request: Request, options: ExportOptions, *, report: Report = ignore,
    findings: Report = ignore,
) -> Exported:  # fmt: skip
    """Write what a profile makes of a term base, and its ledger `NAME.PROFILE.loss.json`; all files or none.

    With `options.check` nothing is written. Losses go to `report`, findings of the reader to `findings`. An empty
    `request.targets` means every other language of the term base. Raises `LossRefusedError` where a loss is not to be
    had, `UsageError` for languages the term base does not have, `InputError` and `OutputError` for files.
    """
    made, name = Exported(), _name_of(file, options)
    with _reopenable(file, options, findings) as opened, _staged(options) as staged:
        request = _completed(request, opened)
        wanted = _distinct(list(parts(profile, request, name, wished(profile.outputs, request.style))))
        made.ledger = f"{name}.{profile.name}.loss.json"
        with staged.text(made.ledger) as ledger:
            about: dict[str, object] = {"termbase": name, "profile": profile.name, "source": request.source,
                     "targets": list(request.targets)}  # fmt: skip
            writer = LedgerWriter(ledger, about)
            account = _Account(writer, made, options, report)
            for part in wanted:
                _export_part(part, request, opened, staged, writer, account, made)
            writer.close()
        if made.refused:
            raise LossRefusedError(_refusal(made.refused, options))
        if not options.check:
            staged.publish((*made.files, made.ledger))
    return made


def _distinct(wanted: list[Part]) -> list[Part]:
    """The files, none of which takes another's name: `nb=no,nn=no` would."""
    first: dict[str, Part] = {}
    for part in wanted:
        other = first.setdefault(part.file, part)
        if other is not part:
            both = f"{', '.join(other.targets)} and {', '.join(part.targets)}"
            raise UsageError(f"{part.file} would be written twice, for {both}; spell their tags differently")
    return wanted


def _completed(request: Request, opened: Opener) -> Request:
    """The request with its target languages; every language asked for must be in the term base."""
    with opened() as stream:
        present = languages_of(stream)
    _check_spelling(request)
    spelt = {tag.lower(): tag for tag in reversed(present)}

    def known(tag: str) -> bool:
        return any(_narrower(each, tag) for each in present)

    missing = [tag for tag in (request.source, *request.targets) if not known(tag)]
    if missing:
        raise UsageError(f"no terms in {', '.join(missing)}; the term base has {', '.join(present) or 'no languages'}")
    source = spelt.get(request.source.lower(), request.source)
    asked = dict.fromkeys(spelt.get(tag.lower(), tag) for tag in request.targets)
    if source in asked:
        raise UsageError(f"{source} is the source language; --to wants the others")
    targets = tuple(asked) or tuple(tag for tag in present if not _narrower(tag, source))
    if not targets:
        raise UsageError(f"the term base has no language beside {source}")
    return replace(request, source=source, targets=targets)


_TAG = re.compile(r"[A-Za-z0-9]{1,8}(?:[-_@][A-Za-z0-9]{1,12})*")


def _check_spelling(request: Request) -> None:
    """Tags become parts of file names, and of files."""
    for tag in request.language_map.values():
        if not _TAG.fullmatch(tag):
            raise UsageError(f"--language-map: `{tag}` is no language tag")


def _narrower(tag: str, wanted: str) -> bool:
    return tag.lower() == wanted.lower() or tag.lower().startswith(wanted.lower() + "-")


def _export_part(
    part: Part, request: Request, opened: Opener, staged: _Staged, writer: LedgerWriter, account: _Account,
    made: Exported,
) -> None:  # fmt: skip
    with opened() as stream, staged.bytes(part.file) as out:
        writer.begin(part.file)
        held = write_part(stream, part, request, out, account)
        writer.end(held)
    if held or not part.output.optional:
        made.files[part.file] = held


def _refusal(refused: list[Finding], options: ExportOptions) -> str:
    counts = Counter(category_of(each) for each in refused)
    named = ", ".join(f"{number} of {category}" for category, number in sorted(counts.items()))
    why = f"not in {options.baseline}" if options.baseline else "refused"
    return f"losses {why}: {named}; nothing was written"


class _Staged:
    """Files made in a hidden directory beside their places, put there all together at the end; none where `check`."""

    def __init__(self, directory: Path, place: Path | None) -> None:
        self._directory, self._place = directory, place

    @contextmanager
    def bytes(self, name: str) -> Iterator[BinaryIO]:
        """A stream for the content of a file; it goes nowhere when only looking."""
        if self._place is None:
            yield _Nowhere()  # type: ignore[misc]
            return
        path = self._place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            yield stream

    @contextmanager
    def text(self, name: str) -> Iterator[TextIO]:
        """The same for text, as UTF-8."""
        with self.bytes(name) as stream:
            text = io.TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", newline="\n")
            yield text
            text.flush()
            text.detach()

    def publish(self, names: tuple[str, ...]) -> None:
        """Put the files into their places."""
        assert self._place is not None
        for name in names:
            target = self._directory / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (self._place / name).replace(target)


class _Nowhere(io.RawIOBase):
    """A stream that forgets what is written."""

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        return len(content)  # type: ignore[arg-type]


@contextmanager
def _staged(options: ExportOptions) -> Iterator[_Staged]:
    if options.check:
        yield _Staged(options.directory, None)
        return
    was_there = options.directory.exists()
    try:
        options.directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=options.directory, prefix=".cctbx-export-") as place:
            yield _Staged(options.directory, Path(place))
    except OSError as error:
        place_named = error.filename or options.directory
        raise OutputError(f"{place_named}: cannot be written: {error.strerror or error}") from error
    finally:
        if not was_there:
            with suppress(OSError):
                options.directory.rmdir()  # only where it is still empty
