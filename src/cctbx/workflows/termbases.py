"""Opening and writing term bases of any known format: what every command and the library stand on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from cctbx.errors import InputError, UsageError
from cctbx.formats.contract import Format, ReadOptions, WriteOptions
from cctbx.formats.registry import detect, format_named
from cctbx.model import TermBase, TermBaseStream
from cctbx.workflows.files import atomic_output, open_input

__all__ = ["open_termbase", "output_format", "read_termbase", "recognised", "with_head", "write_termbase"]

HEAD = 1 << 16
"""How many bytes a format may look at to recognise itself."""


def with_head(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream and the whole of it, also where it cannot seek (stdin, a packed file)."""
    if stream.seekable():
        head = stream.read(HEAD)
        stream.seek(0)
        return head, stream
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), HEAD)
    return buffered.peek(HEAD)[:HEAD], buffered


def _named(name: str, head: bytes, file: str) -> Format:
    """The format of this name, or that of a file of this client (`smartling`, see `cctbx profiles`).

    Where both have the name, files of the kinds that the client is given are the client's, all others the format's.
    """
    from cctbx.profiles.reading import client_format

    return client_format(name, head, file) or format_named(name)


def recognised(head: bytes, file: str, name: str | None) -> Format:
    """The format of a file that begins with these bytes, or the one of this name. Raises `InputError`, `UsageError`."""
    found = _named(name, head, file) if name else detect(head, file)
    if found is None:
        raise InputError("not a term base of a known format; name one with --from (see cctbx formats)", file=file)
    if found.read is None:
        raise UsageError(f"{found.name} can be written but not read")
    return found


@contextmanager
def open_termbase(
    file: str | Path, *, format_name: str | None = None, options: ReadOptions | None = None
) -> Iterator[TermBaseStream]:
    """A term base as a stream of concept entries, in constant memory; `-` is stdin, gzip and zip are unpacked.

    Raises `InputError` where the file cannot be read or recognised, `UsageError` for an unknown format name.
    Findings go to `options.report` while the stream is consumed.
    """
    name = "<stdin>" if str(file) == "-" else str(file)
    with open_input(file) as raw:
        head, stream = with_head(raw)
        found = recognised(head, name, format_name)
        assert found.read is not None
        yield found.read(stream, replace(options or ReadOptions(), file=name))


def read_termbase(file: str | Path, *, format_name: str | None = None, options: ReadOptions | None = None) -> TermBase:
    """The whole term base in memory; errors as `open_termbase`."""
    with open_termbase(file, format_name=format_name, options=options) as stream:
        return stream.materialise()


def output_format(file: str | Path, format_name: str | None = None) -> Format:
    """The format to write: by name, else by the file's ending. Raises `UsageError` where neither says it."""
    found = format_named(format_name) if format_name else detect(b"", str(file))
    if found is None:
        raise UsageError(f"{file}: the ending names no known format; name one with --to (see cctbx formats)")
    if found.write is None:
        raise UsageError(f"{found.name} can be read but not written")
    return found


def write_termbase(
    termbase: TermBase | TermBaseStream, file: str | Path, *, format_name: str | None = None,
    options: WriteOptions | None = None,
) -> None:  # fmt: skip
    """Write a term base or a stream, atomically; what the format cannot hold goes to `options.report` as findings.

    Raises `UsageError` for an unknown format and `OutputError` where the file cannot be written.
    """
    writer = output_format(file, format_name).write
    assert writer is not None
    stream = termbase.stream() if isinstance(termbase, TermBase) else termbase
    with atomic_output(file) as out:
        writer(stream, out, options or WriteOptions())
