"""git: a diff driver that shows words, a merge driver that knows concepts; installed and taken back without a trace."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cctbx.errors import CctbxError, InputError, UsageError
from cctbx.findings import Finding
from cctbx.formats.registry import detect
from cctbx.workflows.files import atomic_output, open_input, rereadable
from cctbx.workflows.merge import MergeOptions, merge_files
from cctbx.workflows.termbases import open_termbase

__all__ = ["Installed", "install", "merge_driver", "textconv", "uninstall"]

BEGIN = "# cctbx: begin"
END = "# cctbx: end"
_EMPTY = "(the file was empty)"
_MADE = "(git's configuration file was made)"
_FOLDERS = "(folders made: {})"
_NO_LINE_END = "(the line before had no line end)"
_HEAD = 1 << 16
_TABULAR = (".csv", ".tsv", ".jsonl", ".po")
"""Endings that term bases share with other files: only tracked files that are term bases are registered, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What was registered: the file of attributes, its patterns, and the lines of configuration."""

    attributes: Path
    patterns: tuple[str, ...]
    configuration: tuple[tuple[str, str], ...]


def _git(*arguments: str, directory: Path) -> str:
    """What git says. Raises `UsageError` where git is not there or refuses."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=directory, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise UsageError("git is not installed") from error
    if done.returncode:
        raise UsageError(f"git {arguments[0]}: {done.stderr.strip() or 'refused'}")
    return done.stdout


def _program() -> str:
    """How git is to call us: by name, where that finds us in every shell; else by path, or by our own interpreter.

    In a virtual environment the name is known only while that is active, and git is not called from there only. `-P`
    keeps Python from importing what lies about in a repository.
    """
    found = shutil.which("cctbx")
    if found is None:
        return f"{shlex.quote(sys.executable)} -P -m cctbx"
    inside = sys.prefix != sys.base_prefix and Path(sys.prefix) in Path(found).absolute().parents
    return shlex.quote(str(Path(found).absolute())) if inside else "cctbx"


def _configuration() -> tuple[tuple[str, str], ...]:
    program = _program()
    return (
        ("diff.cctbx.textconv", f"{program} git textconv"),
        ("diff.cctbx.xfuncname", r"^ *(concept .*|[a-zA-Z0-9-]+ \(.*\))$"),  # `concept c1 “kund”`, `sv (c1)`
        ("merge.cctbx.name", "term bases, concept by concept"),
        ("merge.cctbx.driver", f"{program} git merge-driver %O %A %B %P"),
    )


def _scope(everywhere: bool) -> str:
    return "--global" if everywhere else "--local"


def _attributes_file(everywhere: bool, directory: Path) -> Path:
    if not everywhere:
        return Path(_git("rev-parse", "--show-toplevel", directory=directory).strip()) / ".gitattributes"
    try:
        return Path(_git("config", "--global", "--type=path", "core.attributesFile", directory=directory).strip())
    except UsageError:
        home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
        return Path(home) / "git" / "attributes"


def _is_termbase(path: Path) -> bool:
    """Whether a file with a common ending is a term base by what it says itself (not by its ending)."""
    try:
        with open_input(path) as stream:
            head = stream.read(_HEAD)
    except InputError:
        return False
    found = detect(head, "")
    return found is not None and (found.name != "po" or b"cctbx" in head or b"glossary" in path.name.lower().encode())


def _quoted(pattern: str) -> str:
    return f'"{pattern}"' if any(char in pattern for char in ' "\\') else pattern


def _patterns(top: Path, asked: Iterable[str], everywhere: bool) -> tuple[str, ...]:
    """`*.tbx`, what was asked for, and (in a repository) tracked tables, JSONL and PO files that are term bases."""
    found = ["*.tbx", *asked]
    if not everywhere:
        tracked = _git("ls-files", "-z", directory=top).split("\0")
        candidates = (name for name in tracked if name.lower().endswith(_TABULAR))
        found += [f"/{name}" for name in candidates if _is_termbase(top / name)]
    return tuple(dict.fromkeys(map(_quoted, found)))


def _without_block(text: str) -> str:
    """The text of an attributes file as it was before `install`."""
    start = text.find(BEGIN)
    if start < 0:
        return text
    end = text.find(END, start)
    first, rest = text[start:].split("\n", 1)[0], text[end:].split("\n", 1) if end >= 0 else ["", ""]
    before, after = text[:start], rest[1] if len(rest) > 1 else ""
    if _NO_LINE_END in first and not after:
        before = before.removesuffix("\n")
    return before + after


def _marks(text: str) -> list[str]:
    """What our block says of how all was before, apart from the end of the line before it."""
    first = text[text.find(BEGIN) :].split("\n", 1)[0] if BEGIN in text else ""
    return [mark for mark in re.findall(r"\([^()]*\)", first) if mark != _NO_LINE_END]


def _with_block(text: str, patterns: Iterable[str], marks: list[str]) -> str:
    if text and not text.endswith("\n"):
        text, marks = f"{text}\n", [*marks, _NO_LINE_END]
    begin = " ".join((BEGIN, *marks))
    lines = "".join(f"{pattern} diff=cctbx merge=cctbx\n" for pattern in patterns)
    return f"{text}{begin}\n{lines}{END}\n"


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape") if path.exists() else ""


def _folders_to_make(path: Path) -> int:
    """How many of the folders a file stands in are not there."""
    return sum(not each.exists() for each in path.parents)


def _remove_folders(path: Path, text: str) -> None:
    """Take back the folders that `install` made for the file of attributes, those in which nothing else stands."""
    made = [each for each in range(1, len(path.parents)) if _FOLDERS.format(each) in _marks(text)]
    with contextlib.suppress(OSError):
        for folder in path.parents[: sum(made)]:
            folder.rmdir()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_output(path) as out:
        out.write(text.encode("utf-8", "surrogateescape"))


def _has_configuration(everywhere: bool, directory: Path) -> bool:
    """Whether there is a configuration file to write to, or one will be made."""
    try:
        _git("config", _scope(everywhere), "--list", directory=directory)
    except UsageError:
        return False
    return True


def install(directory: Path, *, everywhere: bool = False, patterns: Iterable[str] = ()) -> Installed:
    """Register both drivers in this repository, or with `everywhere` for the user; again is harmless.

    Raises `UsageError` where `directory` is in no repository.
    """
    attributes = _attributes_file(everywhere, directory)
    found = _patterns(attributes.parent, patterns, everywhere)
    present = _read(attributes)
    before = _without_block(present)
    marks = _marks(present)
    if BEGIN not in present:
        made = _folders_to_make(attributes)
        marks += [_FOLDERS.format(made)] if made else []
        marks += [_EMPTY] if attributes.exists() and not present else []
        marks += [] if _has_configuration(everywhere, directory) else [_MADE]
    _write(attributes, _with_block(before, found, marks))
    configuration = _configuration()
    for name, value in configuration:
        _git("config", _scope(everywhere), name, value, directory=directory)
    return Installed(attributes=attributes, patterns=found, configuration=configuration)


def uninstall(directory: Path, *, everywhere: bool = False) -> Path:
    """Take back everything `install` did, byte for byte; a file of attributes that it made goes. Gives its path."""
    attributes = _attributes_file(everywhere, directory)
    text = _read(attributes)
    if BEGIN in text:
        before = _without_block(text)
        if before or _EMPTY in text:
            _write(attributes, before)
        else:
            attributes.unlink()
            _remove_folders(attributes, text)
    for section in ("diff.cctbx", "merge.cctbx"):
        if _configured(section, everywhere, directory):
            _git("config", _scope(everywhere), "--remove-section", section, directory=directory)
    if _MADE in text and not _git("config", _scope(everywhere), "--list", directory=directory).strip():
        _configuration_file().unlink(missing_ok=True)
    return attributes


def _configuration_file() -> Path:
    """The user's configuration file that git makes where there is none."""
    named = os.environ.get("GIT_CONFIG_GLOBAL")
    return Path(named) if named else Path.home() / ".gitconfig"


def _configured(section: str, everywhere: bool, directory: Path) -> bool:
    try:
        return bool(_git("config", _scope(everywhere), "--get-regexp", f"^{section}\\.", directory=directory))
    except UsageError:
        return False


def textconv(file: str | Path) -> Iterator[bytes]:
    """The lines git compares: the term base in words; any other file as it is."""
    from cctbx.report.termbase_text import termbase_lines

    with rereadable(file):
        try:
            with open_termbase(file) as stream:
                for line in termbase_lines(stream):
                    yield f"{line}\n".encode("utf-8", "backslashreplace")
        except CctbxError:
            with open_input(file) as raw:
                while block := raw.read(1 << 20):
                    yield block


def _merged_by_lines(base: Path, ours: Path, theirs: Path) -> bool:
    """Git's own merge over `ours`, and whether it is without conflict."""
    return subprocess.run(["git", "merge-file", str(ours), str(base), str(theirs)], check=False).returncode == 0


def merge_driver(base: Path, ours: Path, theirs: Path, name: str) -> tuple[bool, tuple[Finding, ...]]:
    """What git calls: the result goes over `ours`. Whether all is resolved, and the findings.

    A file that is no term base, or cannot be read as one, is merged line by line as git does. With an empty base (both
    branches added the file) everything in either side is kept. A fault of ours is raised, but after such a merge: else
    git would call the file in conflict, and nothing in it would say what the other side had.
    """
    try:
        _, findings = merge_files(
            base, ours, theirs, ours, MergeOptions(complete=True, known_as=name, listed=False)
        )
    except CctbxError:
        return _merged_by_lines(base, ours, theirs), ()
    except Exception:
        _merged_by_lines(base, ours, theirs)
        raise
    fine = not any(each.code in ("DIF020", "DIF021") for each in findings)
    return fine, tuple(replace(each, advice=_ADVICE.get(each.code, each.advice)) for each in findings)


_ADVICE = {
    "DIF020": "correct the concept entry, delete its note, then git add the file",
    "DIF021": "correct the concept entry and delete its note",
}
"""What to do about a conflict of git's, which has no file of conflicts."""
