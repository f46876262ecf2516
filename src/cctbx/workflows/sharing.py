"""Work on the portions of a large TBX file in several processes: each reads a portion and makes something of it.

What is of the whole document (header, back matter, ids and what they refer to, columns of a table) stays with the
process that asked. Bytes and findings are those of one process, in the same order.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO

from cctbx.errors import InputError
from cctbx.findings import Finding, Report, Severity
from cctbx.formats.contract import Format, ReadOptions, WriteOptions, ignore
from cctbx.model import ConceptEntry, Header, TermBaseStream
from cctbx.model.portions import Made, Portion
from cctbx.model.quick import quick
from cctbx.workflows.files import open_input
from cctbx.workflows.portions import processes, shared
from cctbx.workflows.termbases import recognised, with_head

__all__ = ["Told", "map_entries", "opened", "told_by"]

Told = Callable[[Portion[Any]], None]


_SEVERITIES = {each.value: each for each in Severity}
_finding = quick(Finding)
_fields = attrgetter(*Finding.__dataclass_fields__)


def _parts(finding: Finding) -> tuple[Any, ...]:
    """A finding as values that go quickly from process to process."""
    code, message, severity, *rest = _fields(finding)
    return (code, message, severity.value, *rest)


Begin = Callable[[Report], Callable[[TermBaseStream], object]]
"""Called once in each process, with where to send findings: gives what makes something of the entries of a portion."""


class _Work:
    """The work on the portions of one file; each process gets it once, and learns the file's shapes of entry."""

    def __init__(self, prologue: Any, read: ReadOptions, begin: Begin) -> None:
        self._prologue, self._begin = prologue, begin
        self._heard, self._read = read.report is not ignore, replace(read, report=ignore)
        self._findings: list[tuple[Any, ...]] = []
        self._reader: Any = None
        self._make: Callable[[TermBaseStream], object] | None = None

    def _prepare(self) -> Callable[[TermBaseStream], object]:
        from cctbx.formats.tbx.reader import PartReader

        def heard(finding: Finding) -> None:
            self._findings.append((True, *_parts(finding)))

        self._reader = PartReader(self._prologue, replace(self._read, report=heard) if self._heard else self._read)
        self._make = self._begin(lambda finding: self._findings.append((False, *_parts(finding))))
        return self._make

    def __call__(self, stream: BinaryIO, start: int, end: int) -> Portion[Any]:
        make = self._make or self._prepare()
        self._findings = []
        try:
            made = make(TermBaseStream(header=Header(), concepts=self._reader.entries(stream, start, end)))
        except InputError:  # `strict`: it is to come from where all is read in order
            return Portion()
        portion: Portion[Any] = self._reader.portion
        if portion.sound:
            portion.made, portion.heard = made, marshal.dumps(self._findings)
        return portion


def _writer(target: str, write: WriteOptions, heard: bool, report: Report) -> Callable[[TermBaseStream], object]:
    from cctbx.formats.registry import format_named

    make_part = format_named(target).make_part
    assert make_part is not None
    return make_part(replace(write, report=report) if heard else write)


def _applied(function: Callable[[Iterable[ConceptEntry]], Made], report: Report) -> Callable[[TermBaseStream], Made]:
    return function


def told_by(read: ReadOptions, write: WriteOptions) -> Told:
    """Reports what was found in a portion, once it was taken in."""

    def told(portion: Portion[Any]) -> None:
        for of_reader, code, message, severity, *rest in marshal.loads(portion.heard):  # our own process wrote it
            finding = _finding(code, message, _SEVERITIES[severity], *rest)
            if not of_reader:
                write.report(finding)
            else:
                read.report(finding if finding.line is None else replace(finding, line=finding.line + portion.line))

    return told


@contextmanager
def _opened(
    source: str, name: str | None, read: ReadOptions, jobs: int | None, begin: Begin | None
) -> Iterator[TermBaseStream]:  # fmt: skip
    """The term base: in portions where it is a large TBX file on disk and several processes are wanted."""
    from cctbx.formats.tbx.parts import stops
    from cctbx.formats.tbx.reader import read as read_tbx
    from cctbx.formats.tbx.reader import read_parts

    shown = "<stdin>" if source == "-" else source
    read = replace(read, file=shown)
    with open_input(source) as raw:
        head, stream = with_head(raw)
        found = recognised(head, shown, name)
        assert found.read is not None
        can = begin is not None and found.read is read_tbx and source != "-" and stream.seekable()
        count = processes(Path(source).stat().st_size, jobs) if can else 1
        places = stops(stream) if count > 1 else ()
        if len(places) < 2:
            yield found.read(stream, read)
            return

        def portions(prologue: Any) -> Iterator[Portion[Any]]:
            assert begin is not None
            return shared(source, places, _Work(prologue, read, begin), count)

        header, items, references = read_parts(stream, read, places, portions)
        yield TermBaseStream(header=header, concepts=items, references=references)


def opened(
    source: str, name: str | None, read: ReadOptions, target: Format, write: WriteOptions, jobs: int | None
) -> AbstractContextManager[TermBaseStream]:  # fmt: skip
    """The term base to convert: in portions, where the file is a large TBX file the target's writer can share."""
    begin = None
    if target.make_part is not None:
        begin = partial(_writer, target.name, replace(write, report=ignore), write.report is not ignore)
    return _opened(source, name, read, jobs, begin)


def map_entries(
    file: str | Path, function: Callable[[Iterable[ConceptEntry]], Made], *, format_name: str | None = None,
    options: ReadOptions | None = None, jobs: int | None = None,
) -> Iterator[Made]:  # fmt: skip
    """What a function makes of the concept entries of a term base: of stretch after stretch of a large TBX file, in
    several processes where that pays, in the order of the file; of all others at once.

    The function and what it makes must be such as can be pickled. It sees every entry once, in order within its
    stretch; lines of their origins count from where the stretch begins. `jobs` as in `convert`. Raises and reports as
    `open_termbase`.
    """
    options = options or ReadOptions()
    told = told_by(options, WriteOptions())
    with _opened(str(file), format_name, options, jobs, partial(_applied, function)) as stream:
        for of_others, items in groupby(stream.items(), lambda item: isinstance(item, Portion)):
            if not of_others:
                yield function(iter(TermBaseStream(header=stream.header, concepts=items)))
                continue
            for portion in items:
                assert isinstance(portion, Portion)
                told(portion)
                made: Made = portion.made  # type: ignore[assignment]
                yield made
