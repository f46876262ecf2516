"""Converting the portions of a large TBX file in several processes: each reads a portion and writes what becomes of it.

What is of the whole document (header, back matter, ids and what they refer to, columns of a table) stays with the
process that asked. Bytes and findings are those of one process, in the same order.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO

from cctbx.errors import InputError
from cctbx.findings import Finding, Severity
from cctbx.formats.contract import Format, ReadOptions, WriteOptions, ignore
from cctbx.model import Header, TermBaseStream
from cctbx.model.portions import Portion
from cctbx.model.quick import quick
from cctbx.workflows.files import open_input
from cctbx.workflows.portions import processes, shared
from cctbx.workflows.termbases import recognised, with_head

__all__ = ["Told", "opened", "told_by"]

Told = Callable[[Portion[Any]], None]


_SEVERITIES = {each.value: each for each in Severity}
_finding = quick(Finding)
_fields = attrgetter(*Finding.__dataclass_fields__)


def _parts(finding: Finding) -> tuple[Any, ...]:
    """A finding as values that go quickly from process to process."""
    code, message, severity, *rest = _fields(finding)
    return (code, message, severity.value, *rest)


class _Conversion:
    """The work on portions of one file. Goes to each process by its formats' names, and learns there."""

    def __init__(self, prologue: Any, read: ReadOptions, target: Format, write: WriteOptions) -> None:
        self._prologue, self._target = prologue, target.name
        self._heard = read.report is not ignore, write.report is not ignore
        self._read, self._write = replace(read, report=ignore), replace(write, report=ignore)
        self._begun = False
        self._findings: list[tuple[Any, ...]] = []

    def _begin(self) -> None:
        from cctbx.formats.registry import format_named
        from cctbx.formats.tbx.reader import PartReader

        read, write = self._read, self._write
        if self._heard[0]:
            read = replace(read, report=lambda finding: self._findings.append((True, *_parts(finding))))
        if self._heard[1]:
            write = replace(write, report=lambda finding: self._findings.append((False, *_parts(finding))))
        make_part = format_named(self._target).make_part
        assert make_part is not None
        self._reader, self._writer = PartReader(self._prologue, read), make_part(write)
        self._begun = True

    def __call__(self, stream: BinaryIO, start: int, end: int) -> Portion[Any]:
        if not self._begun:
            self._begin()
        self._findings = []
        try:
            entries = self._reader.entries(stream, start, end)
            written = self._writer(TermBaseStream(header=Header(), concepts=entries))
        except InputError:  # `strict`: it is to come from where all is read in order
            return Portion()
        portion: Portion[Any] = self._reader.portion
        if portion.sound:
            portion.made, portion.heard = written, marshal.dumps(self._findings)
        return portion


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
def opened(
    source: str, name: str | None, read: ReadOptions, target: Format, write: WriteOptions, jobs: int | None
) -> Iterator[TermBaseStream]:  # fmt: skip
    """The term base to convert: in portions, where the file is a large TBX file the target's writer can share."""
    from cctbx.formats.tbx.parts import stops
    from cctbx.formats.tbx.reader import read as read_tbx
    from cctbx.formats.tbx.reader import read_parts

    shown = "<stdin>" if source == "-" else source
    read = replace(read, file=shown)
    with open_input(source) as raw:
        head, stream = with_head(raw)
        found = recognised(head, shown, name)
        assert found.read is not None
        can = found.read is read_tbx and target.make_part is not None and source != "-" and stream.seekable()
        count = processes(Path(source).stat().st_size, jobs) if can else 1
        places = stops(stream) if count > 1 else ()
        if len(places) < 2:
            yield found.read(stream, read)
            return

        def portions(prologue: Any) -> Iterator[Portion[Any]]:
            return shared(source, places, _Conversion(prologue, read, target, write), count)

        header, items, references = read_parts(stream, read, places, portions)
        yield TermBaseStream(header=header, concepts=items, references=references)
