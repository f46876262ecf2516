"""Opening inputs and writing outputs: `-`, compression with limits, atomic replacement, clear errors."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, BinaryIO, cast

from cctbx.errors import InputError, OutputError, UsageError

__all__ = [
    "MAX_RATIO", "atomic_output", "on_disk", "open_input", "read_bytes", "read_once", "rereadable", "size_of",
    "write_all",
]  # fmt: skip

MAX_RATIO = 200
"""How many times its packed size an input may unpack to (beyond the first 64 MiB): a guard against bombs."""

_FREE_BYTES = 64 << 20


class _Bounded(io.RawIOBase):
    """A decompressed stream that stops with `InputError` once it grows past the ratio limit."""

    def __init__(self, inner: IO[bytes], packed_size: int, file: str) -> None:
        self._inner, self._file = inner, file
        self._left = max(_FREE_BYTES, packed_size * MAX_RATIO)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            part = self._inner.read(len(buffer))
        except (EOFError, OSError, zipfile.BadZipFile) as error:
            raise InputError(f"packed file is damaged or truncated ({error})", file=self._file) from error
        self._left -= len(part)
        if self._left < 0:
            raise InputError(
                f"unpacks to more than {MAX_RATIO} times its size: refused; unpack it yourself if you trust it",
                file=self._file,
            )
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        self._inner.close()
        super().close()


def _unzip(path: Path, file: str) -> IO[bytes]:
    """The one member of an archive; raises `InputError` where it is damaged, encrypted, or holds another number."""
    try:
        archive = zipfile.ZipFile(path)
        members = [each for each in archive.infolist() if not each.is_dir()]
        if len(members) == 1:
            return archive.open(members[0])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
        raise InputError(f"is a zip file that cannot be unpacked ({error})", file=file) from error
    raise InputError(f"zip holds {len(members)} files, wanted exactly one: unpack it first", file=file)


def _is_office_document(path: Path) -> bool:
    """XLSX, DOCX and ODS are zip files too, but containers of their own formats."""
    with contextlib.suppress(zipfile.BadZipFile, OSError), zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        return "[Content_Types].xml" in names or "mimetype" in names
    return False


_KEPT: dict[str, Path] = {}
"""Where the content of stdin and pipes is, within `rereadable`."""


def read_once(file: str | Path) -> bool:
    """Whether an input can be read once only: stdin, or a pipe (`/dev/fd/N`, a named one), or a device."""
    path = Path(file)
    return str(file) == "-" or (path.exists() and not path.is_file() and not path.is_dir())


@contextlib.contextmanager
def rereadable(*files: str | Path) -> Iterator[None]:
    """Within the block `open_input` opens stdin and pipes as often as wanted: each is copied to a temporary file first.

    Other inputs are left alone, and so are those a block outside of this one has copied already. Raises `UsageError`
    where one such input is to be two of the files.
    """
    names = [str(file) for file in files if read_once(file)]
    if twice := [name for name in names if names.count(name) > 1]:
        raise UsageError(f"{'stdin' if twice[0] == '-' else twice[0]} is named twice, but can be read only once")
    names = [name for name in names if name not in _KEPT]
    with tempfile.TemporaryDirectory(prefix="cctbx-") if names else contextlib.nullcontext("") as directory:
        try:
            for number, name in enumerate(names):
                place = Path(directory) / str(number)
                try:
                    with open_input(name) as stream, place.open("wb") as copy:
                        shutil.copyfileobj(stream, copy, 1 << 20)
                except OSError as error:
                    raise OutputError(f"{name}: cannot be kept in {tempfile.gettempdir()}: {error.strerror}") from error
                _KEPT[name] = place
            yield
        finally:
            for name in names:
                _KEPT.pop(name, None)


@contextlib.contextmanager
def on_disk(file: str | Path) -> Iterator[str]:
    """Within the block, a path that can be opened as often as wanted, by other processes too; see `rereadable`."""
    with rereadable(file):
        yield str(_KEPT.get(str(file), file))


def size_of(file: str | Path) -> int:
    """How many bytes an input has, packed as it came; 0 for what is no file, or is read once only."""
    path = _KEPT.get(str(file), Path(file))
    return path.stat().st_size if path.is_file() else 0


@contextlib.contextmanager
def open_input(file: str | Path) -> Iterator[BinaryIO]:
    """The bytes of an input: a path, or `-` for stdin; gzip and single-file zip are unpacked with a ratio limit.

    Raises `InputError` with the file's name where it is missing, a directory, unreadable, or damaged.
    """
    path = _KEPT.get(str(file), Path(file))
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    try:
        stream: BinaryIO = path.open("rb")
    except IsADirectoryError as error:
        raise InputError("is a directory, not a file", file=str(file)) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=str(file)) from error
    with stream:
        if not stream.seekable():  # a pipe (`/dev/fd/N`): taken as it comes, like stdin
            yield stream
            return
        head = stream.read(4)
        stream.seek(0)
        if head[:2] == b"\x1f\x8b":
            unpacked: IO[bytes] = cast(IO[bytes], gzip.GzipFile(fileobj=stream))
        elif head == b"PK\x03\x04" and not _is_office_document(path):
            unpacked = _unzip(path, str(file))
        else:
            yield stream
            return
        with io.BufferedReader(_Bounded(unpacked, path.stat().st_size, str(file)), 1 << 20) as bounded:
            yield cast(BinaryIO, bounded)


def read_bytes(file: str | Path) -> bytes:
    """The whole content of an input, unpacked (see `open_input`)."""
    with open_input(file) as stream:
        return stream.read()


@contextlib.contextmanager
def atomic_output(file: str | Path) -> Iterator[BinaryIO]:
    """A binary stream whose content replaces `file` only when the block ends well; `-` is stdout.

    A failed or interrupted run leaves the previous file untouched. Raises `OutputError` naming the file.
    """
    if str(file) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(file)
    temporary: str | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            temporary = stream.name
            yield cast(BinaryIO, stream)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode_for(path))
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise OutputError(f"{file}: cannot be written: {error.strerror or error}") from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _mode_for(path: Path) -> int:
    """The permission bits the file has, or would get from a plain open()."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def write_all(directory: Path, contents: Mapping[str, bytes]) -> None:
    """Write a set of files below a directory: all are staged beside their places before the first is replaced.

    Keys are relative paths with `/`. Raises `OutputError`; before the first replacement nothing has changed.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for name, content in contents.items():
            place = directory / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", delete=False) as stream:
                staged.append((Path(stream.name), place))
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        for temporary, place in staged:
            temporary.chmod(_mode_for(place))
            temporary.replace(place)
    except OSError as error:
        raise OutputError(f"{error.filename or directory}: cannot be written: {error.strerror or error}") from error
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)
