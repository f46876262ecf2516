"""Inputs are opened with limits; outputs replace their predecessor whole or not at all."""

from __future__ import annotations

import gzip
import os
import threading
import zipfile
from pathlib import Path

import pytest

from cctbx.errors import InputError, OutputError, UsageError
from cctbx.workflows import files
from cctbx.workflows.files import (
    atomic_output,
    on_disk,
    open_input,
    read_bytes,
    read_once,
    rereadable,
    size_of,
    write_all,
)


def test_a_plain_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\x00abc")
    assert read_bytes(tmp_path / "a") == b"\x00abc"


def test_gzip_and_single_file_zip_are_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"abc"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("inner/a.tbx", b"abc")
    assert read_bytes(tmp_path / "a.gz") == read_bytes(tmp_path / "a.zip") == b"abc"


def test_office_documents_stay_packed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", b"<x/>")
    assert read_bytes(tmp_path / "a.xlsx")[:2] == b"PK"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (gzip.compress(b"abc" * 1000, mtime=0)[:-12], "damaged or truncated"),
        (b"PK\x03\x04 and no more", "zip file that cannot be unpacked"),
        (b"\x1f\x8b\x08garbage", "damaged or truncated"),
    ],
)
def test_a_damaged_archive_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "a.gz").write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_bytes(tmp_path / "a.gz")


def test_a_zip_of_several_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a", b"1")
        archive.writestr("b", b"2")
    with pytest.raises(InputError, match="holds 2 files"):
        read_bytes(tmp_path / "a.zip")


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_FREE_BYTES", 1000)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"\0" * 10_000_000))
    with pytest.raises(InputError, match="unpacks to more than 200 times"):
        read_bytes(tmp_path / "bomb.gz")


@pytest.mark.parametrize(("name", "message"), [("missing", "No such file"), (".", "is a directory")])
def test_what_cannot_be_opened_is_named(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message), open_input(tmp_path / name):
        pass


def test_an_output_replaces_its_predecessor_only_when_complete(tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.write_bytes(b"old")
    with pytest.raises(RuntimeError), atomic_output(place) as stream:
        stream.write(b"half")
        raise RuntimeError
    assert place.read_bytes() == b"old"
    with atomic_output(place) as stream:
        stream.write(b"new")
    assert place.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_permissions_are_kept_or_as_the_mask_says(tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.write_bytes(b"")
    place.chmod(0o640)
    for path in (place, tmp_path / "new"):
        with atomic_output(path) as stream:
            stream.write(b"x")
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    assert place.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "new").stat().st_mode == plain.stat().st_mode


def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"), atomic_output(tmp_path / "no" / "out"):
        pass
    with pytest.raises(OutputError, match="cannot be written"):
        write_all(tmp_path / "f", {"x": b""}) if (tmp_path / "f").write_bytes(b"") == 0 else None


def test_a_full_disk_leaves_every_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")
    calls = []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_all(tmp_path, {"a": b"new", "b": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_a_pipe_is_read_as_it_comes() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"abc")
    os.close(writing)
    assert read_bytes(f"/dev/fd/{reading}") == b"abc"
    os.close(reading)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_can_be_opened_again_within_the_block(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(gzip.compress(b"abc"),))
    writer.start()
    with rereadable(pipe, tmp_path / "not there"):
        assert read_once(pipe)
        assert size_of(pipe) > 3
        assert [read_bytes(pipe) for _ in range(3)] == [b"abc"] * 3
    writer.join()
    assert size_of(pipe) == 0


def test_a_pipe_has_a_path_within_the_block(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    with on_disk(tmp_path / "a") as path:
        assert path == str(tmp_path / "a")
    reading, writing = os.pipe()
    os.write(writing, b"abc")
    os.close(writing)
    with on_disk(f"/dev/fd/{reading}") as path:
        assert [Path(path).read_bytes() for _ in range(2)] == [b"abc"] * 2
    os.close(reading)
    assert not Path(path).exists()


def test_what_is_read_once_is_not_two_inputs() -> None:
    with pytest.raises(UsageError, match="stdin is named twice"), rereadable("-", "a", "-"):
        pass
