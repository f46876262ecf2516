"""Imports point down only, and the packages of layer 3 never import each other (DESIGN section 2)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT

PACKAGE = ROOT / "src" / "cctbx"
LAYERS = {
    "errors": 0, "model": 0, "findings": 1, "text": 2, "assets": 2, "ledger": 2, "sources": 3, "formats": 3, "align": 3,
    "checks": 3, "diff": 3, "profiles": 4, "workflows": 4, "report": 4, "cli": 5, "__main__": 6,
    "__init__": 4,
}  # fmt: skip


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            yield from ([f"cctbx.{alias.name}" for alias in node.names] if module == "cctbx" else [module])


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    here = room(path)
    assert here in LAYERS, f"{here} has no layer: add it to DESIGN and to this table"
    for module in imported(path):
        parts = module.split(".")
        if parts[0] != "cctbx" or len(parts) == 1:
            continue
        there = parts[1]
        if there in LAYERS and there != here:
            assert LAYERS[there] < LAYERS[here] or LAYERS[here] == 4 == LAYERS[there], f"{path}: {here} imports {there}"
