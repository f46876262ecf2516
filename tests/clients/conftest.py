"""Term bases the clients are given, and their exports."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cctbx.findings import Finding
from cctbx.model import TermBase
from cctbx.profiles import Request, profile_named
from cctbx.workflows.export import Exported, ExportOptions, export
from cctbx.workflows.termbases import read_termbase, write_termbase
from tests.clients.account import Announced
from tests.clients.stress import stress_base
from tests.support import ROOT, SEEDS

_HEAVY = {
    "test_weblate_itself.py": bool(os.environ.get("CCTBX_WEBLATE")),
    "test_libreoffice.py": shutil.which("soffice") is not None,
}
collect_ignore = [name for name, there in _HEAVY.items() if not there]
"""Programs too heavy to be had everywhere: their tests are not collected where they are not, so nothing is skipped."""

LANGUAGES = ("en", "nb", "nl", "pl", "sv")
PAIRS = [(source, target) for source in LANGUAGES for target in LANGUAGES if source != target]


@dataclass(slots=True)
class Case:
    """A term base with its file, and the exports made of it so far."""

    name: str
    termbase: TermBase
    file: Path
    place: Path
    losses: dict[Path, list[Finding]] = field(default_factory=dict)

    def export(self, profile: str, source: str, targets: tuple[str, ...]) -> tuple[Path, Exported]:
        """Run the profile, once for each source language; the directory and what was made."""
        place = self.place / profile / source
        found: list[Finding] = []
        made = export(
            str(self.file), profile_named(profile), Request(source=source, targets=targets),
            ExportOptions(directory=place, name=self.name), report=found.append,
        )  # fmt: skip
        self.losses[place] = found
        return place, made

    def announced(self, place: Path, file: str) -> Announced:
        """What the ledger says of a file."""
        return Announced(self.losses[place], file)


def _seeds() -> TermBase:
    finished = ROOT / "exports" / "contact-centre.jsonl"
    if finished.exists():
        return read_termbase(finished)
    from cctbx.workflows.build import build
    from cctbx.workflows.project import read_project

    return build(read_project(SEEDS / "sources.toml")).termbase


_BASES: dict[str, Callable[[], TermBase]] = {"seeds": _seeds, "stress": stress_base}


@pytest.fixture(scope="session", params=sorted(_BASES))
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The seeds' term base, then the stress base."""
    place = tmp_path_factory.mktemp(request.param)
    termbase = _BASES[request.param]()
    file = place / f"{request.param}.jsonl"
    write_termbase(termbase, file)
    return Case(name=request.param, termbase=termbase, file=file, place=place)
