"""Options that several commands read the same way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cctbx.diff.changes import Kind

__all__ = ["kinds_named"]


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
