"""The errors a caller may catch. Bad data is a finding; these are for what cannot go on."""

from __future__ import annotations

__all__ = ["CctbxError", "InputError", "LossRefusedError", "OutputError", "ProjectError", "UsageError"]


class CctbxError(Exception):
    """Any error the product raises on purpose. `str(error)` says where and what to do next, in one line;
    only a project file with several mistakes takes a line for each."""

    exit_code = 3


class InputError(CctbxError):
    """An input could not be read: missing, unreadable, not of a known format, or unsafe (exit code 3)."""

    def __init__(self, message: str, *, file: str | None = None, line: int | None = None) -> None:
        place = ":".join(str(part) for part in (file, line) if part is not None)
        super().__init__(f"{place}: {message}" if place else message)
        self.file = file
        self.line = line


class ProjectError(InputError):
    """A project file is not valid (exit code 3); the message names the file, the table and the key."""


class OutputError(CctbxError):
    """An output could not be written; what stood there before is untouched (exit code 3)."""


class UsageError(CctbxError):
    """The call makes no sense: unknown language tag, unknown format or profile name (exit code 2)."""

    exit_code = 2


class LossRefusedError(CctbxError):
    """A writer was told to refuse losses and found one (exit code 1)."""

    exit_code = 1
