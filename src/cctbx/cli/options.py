"""Options that several commands read the same way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cctbx.diff.changes import Kind

__all__ = ["Jobs", "kinds_named"]

Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, help="Processes for a large TBX file; default: as many as pay.")
]
"""How many processes may work on a file; validation takes two at most."""


def kinds_named(names: Iterable[str]) -> frozenset[Kind]:
    """Kinds of change by name; `concept` or `designation` stands for all that begin so.

    Raises `UsageError` naming the kinds for an unknown one.
    """
    from cctbx.diff.changes import Kind
    from cctbx.errors import UsageError

    found: set[Kind] = set()
    for name in names:
        named = {kind for kind in Kind if kind.value == name or kind.value.startswith(f"{name}-")}
        if not named:
            raise UsageError(f"unknown kind of change `{name}`; there are {', '.join(kind.value for kind in Kind)}")
        found |= named
    return frozenset(found)
