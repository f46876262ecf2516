"""Validation by two processes, each of which looks at one half of the entries of a large TBX file.

This process takes the first half and says everything in the order of the file; the other leaves what it has found in
files until its turn has come, and what only the whole can tell (ids, references, doublettes, statistics) is added up.
"""

from __future__ import annotations

import marshal
import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import islice
from multiprocessing.connection import Connection
from operator import attrgetter
from pathlib import Path
from typing import Any

from cctbx.checks import CheckRun
from cctbx.checks.base import Left
from cctbx.errors import InputError
from cctbx.findings import Finding, Severity
from cctbx.formats.contract import ReadOptions, ignore
from cctbx.formats.tbx.validation.alike import AlikeHalf
from cctbx.formats.tbx.validation.halves import Cut, FirstHalf, Rest, SecondHalf, cut
from cctbx.model.quick import quick
from cctbx.workflows.judging import Validation, check_options, validator_options

__all__ = ["NotInHalvesError", "in_halves"]

_BATCH = 1000
_FIELDS = tuple(each.name for each in fields(Finding))
_values = attrgetter(*_FIELDS)
_SEVERITY = _FIELDS.index("severity")
_SEVERITIES = tuple(Severity)
_RANKS = {each: rank for rank, each in enumerate(_SEVERITIES)}
_made = quick(Finding)


class NotInHalvesError(Exception):
    """The file is not one that two processes can share; what has been said of it so far is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What both processes know: the file, the name to call it by, where it is cut, and a folder for what is left."""

    path: str
    name: str
    options: Validation
    cut: Cut
    folder: str

    @property
    def reading(self) -> ReadOptions:
        return ReadOptions(file=self.name, report=ignore)

    def checks(self, part: int) -> CheckRun:
        return CheckRun(check_options(self.options, self.name, xml=True), part=part)

    def file(self, name: str) -> str:
        return os.path.join(self.folder, name)  # noqa: PTH118


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What the other process says of the XML: how many entries the first half must have, whether there are errors."""

    entries: int
    wrong: bool
    rest: Rest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """What the other process says of the content: whether it could be read from the cut on, what checks have seen."""

    sound: bool
    left: list[Left]


# -- findings that wait ------------------------------------------------------------------------------------------------


def _keep(findings: Iterable[Finding], target: str) -> bool:
    """Write findings to a file; whether there is an error among them."""
    wrong = False
    findings = iter(findings)
    with Path(target).open("wb") as file:
        while batch := list(islice(findings, _BATCH)):
            columns: list[Any] = list(zip(*map(_values, batch), strict=True))
            columns[_SEVERITY] = ranks = [_RANKS[each] for each in columns[_SEVERITY]]
            wrong = wrong or _RANKS[Severity.ERROR] in ranks
            block = marshal.dumps(columns)
            file.write(len(block).to_bytes(8, "little") + block)
    return wrong


def _kept(source: str) -> Iterator[Finding]:
    """The findings of such a file."""
    with Path(source).open("rb") as file:
        while size := file.read(8):
            columns = marshal.loads(file.read(int.from_bytes(size, "little")))  # from our own temporary file
            columns[_SEVERITY] = [_SEVERITIES[rank] for rank in columns[_SEVERITY]]
            yield from map(_made, *columns)


# -- the other process -------------------------------------------------------------------------------------------------


def _second(task: _Task, to: Connection) -> None:
    """The second half: says what it knows of the XML, then of the content; None where it cannot go on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that waits for us will say so
    with Path(task.path).open("rb") as stream:
        counted = task.cut.counted(stream)
        if counted is None:
            to.send(None)
            return
        entries, breaks, before = counted
        stream.seek(0)
        half = SecondHalf(
            file=task.name, options=validator_options(task.options), head=stream.read(task.cut.first),
            before=(task.cut.name, entries, breaks),
        )  # fmt: skip
        stream.seek(task.cut.stop)
        wrong = _keep(half.run(stream), task.file("xml"))
        to.send(_Judged(entries=entries, wrong=wrong, rest=half.leave(task.folder)))
        stream.seek(0)
        start = (before + breaks + 1, entries)
        try:
            concepts = AlikeHalf(stream, task.reading, task.options.today, task.cut.stop, start)
        except InputError:  # the first half says so too
            to.send(None)
            return
        run = task.checks(1)
        _keep((finding for each in concepts for finding in run.entry(each)), task.file("content"))
        to.send(_Checked(sound=concepts.sound, left=run.leave(task.folder)))


# -- this process ------------------------------------------------------------------------------------------------------


def in_halves(path: str, name: str, options: Validation) -> Iterator[Finding]:
    """The findings of a TBX file in the order one process would tell them in.

    Raises `NotInHalvesError` where one process has to do it, or go on; `InputError` for a file that cannot be read.
    """
    if sys.platform != "linux":  # both processes must hash alike, so the other one has to be a fork of this one
        raise NotInHalvesError
    with Path(path).open("rb") as stream:
        found = cut(stream, Path(path).stat().st_size)
    if found is None:
        raise NotInHalvesError
    with tempfile.TemporaryDirectory(prefix="cctbx-") as folder:
        task = _Task(path=path, name=name, options=options, cut=found, folder=folder)
        context = multiprocessing.get_context("fork")
        source, target = context.Pipe(duplex=False)
        other = context.Process(target=_second, args=(task, target), daemon=True)
        other.start()
        target.close()
        try:
            yield from _first(task, source)
        finally:
            other.kill()
            other.join()
            source.close()


def _heard(source: Connection) -> Any:
    try:
        return source.recv()  # of our own process
    except EOFError:
        return None


def _first(task: _Task, source: Connection) -> Iterator[Finding]:
    half = FirstHalf(file=task.name, options=validator_options(task.options))
    wrong = False
    with _Upto(task) as stream:
        for finding in half.run(stream):
            wrong = wrong or finding.severity is Severity.ERROR
            yield finding
    judged = _heard(source)
    if not isinstance(judged, _Judged) or not half.sound or half.entries != judged.entries:
        raise NotInHalvesError
    if not half.absorb(judged.rest):
        raise NotInHalvesError
    yield from _kept(task.file("xml"))
    for finding in half.finish():
        wrong = wrong or finding.severity is Severity.ERROR
        yield finding
    yield from _content(task, source, judged, broken=wrong or judged.wrong)


def _content(task: _Task, source: Connection, judged: _Judged, *, broken: bool) -> Iterator[Finding]:
    """What the checks say."""
    run = task.checks(0)
    try:
        with Path(task.path).open("rb") as stream:
            concepts = AlikeHalf(stream, task.reading, task.options.today, task.cut.stop)
            for each in concepts:
                yield from run.entry(each)
    except InputError:
        if broken:
            raise NotInHalvesError from None
        raise
    checked = _heard(source)
    if not isinstance(checked, _Checked) or not checked.sound or not concepts.sound:
        raise NotInHalvesError
    if concepts.entries != judged.entries:
        raise NotInHalvesError
    yield from _kept(task.file("content"))
    run.absorb(checked.left)
    yield from run.finish()


class _Upto:
    """The file up to the cut."""

    def __init__(self, task: _Task) -> None:
        self._file = Path(task.path).open("rb")  # noqa: SIM115 - closed on exit
        self._left = task.cut.stop

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, size: int = -1) -> bytes:
        """The next bytes before the cut."""
        block = self._file.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(block)
        return block
