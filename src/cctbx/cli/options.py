"""Options that several commands read the same way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cctbx.diff.changes import Kind
    from cctbx.diff.settings import CompareSettings

__all__ = ["Jobs", "kinds_named", "nothing_left", "statuses_named"]

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


_WHOLE = "-admn-sts"
"""How the statuses end in TBX; whole ones may be any."""


def statuses_named(names: Iterable[str]) -> frozenset[str]:
    """Administrative statuses by name, `preferred` or `preferredTerm-admn-sts`. Raises `UsageError` for others."""
    from cctbx.errors import UsageError
    from cctbx.model import CATEGORIES

    values = [(*each.values, *(each.values_v2 or ())) for each in CATEGORIES if each.name == "administrativeStatus"]
    known = sorted({value.removesuffix(_WHOLE).removesuffix("Term") for each in values for value in each})
    found = frozenset(names)
    if unknown := sorted(each for each in found if each not in known and not each.endswith(_WHOLE)):
        raise UsageError(f"unknown status `{unknown[0]}`; there are {', '.join(known)}")
    return found


def nothing_left(settings: CompareSettings) -> str:
    """What to tell where nothing passed the filters, which may have been misspelt; empty where there are none."""
    filters = (("--language", settings.languages), ("--subject", settings.subjects), ("--status", settings.statuses),
               ("--kind", settings.kinds))  # fmt: skip
    given = ", ".join(f"{name} {' '.join(sorted(asked))}" for name, asked in filters if asked)
    return f"no changes of what was asked for: {given}" if given else ""
