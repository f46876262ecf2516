"""A project file made from pages is one that `load_project` reads, and never replaces another."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cctbx.errors import UsageError
from cctbx.workflows.init import plan_sources, project_name, project_text
from cctbx.workflows.project import load_project
from tests.cli.support import cctbx

SWEDISH = "Kund: Någon som köper en vara eller en tjänst.\n\nVara: Något som köps och säljs.\n\nPris: Vad det kostar.\n"
DAY = datetime.date(2026, 1, 31)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    for name in ("Ordlista ä.txt", "a/ordlista-a.txt", "sv=odd.txt"):
        (tmp_path / name).write_text(SWEDISH, encoding="utf-8")
    (tmp_path / "short.txt").write_text("Bil: En bil.\n\nHus: Et hus.\n\nBy: En by.\n", encoding="utf-8")
    return tmp_path


def test_a_started_project_is_read_and_built(place: Path) -> None:
    done = cctbx("init", "sv=Ordlista ä.txt", "a/ordlista-a.txt", "sv=odd.txt", "--name", "shop", cwd=place)
    assert done.returncode == 0, done.stderr.decode()
    project = load_project(place / "sources.toml")
    assert project.name == "shop"
    assert {each.name: (each.file, each.language) for each in project.sources} == {
        "ordlista-a": ("Ordlista ä.txt", "sv"), "ordlista-a-2": ("a/ordlista-a.txt", "sv"),
        "sv-odd": ("sv=odd.txt", "sv"),
    }  # fmt: skip
    assert cctbx("build", cwd=place).returncode == 0
    assert (place / "exports/shop.tbx").is_file()


def test_a_project_is_never_overwritten(place: Path) -> None:
    (place / "sources.toml").write_text("mine")
    done = cctbx("init", "sv=short.txt", cwd=place)
    assert done.returncode == 2
    assert (place / "sources.toml").read_text() == "mine"


def test_a_language_that_is_not_sure_is_asked_for(place: Path) -> None:
    with pytest.raises(UsageError, match=r"short\.txt: in which language is this page\?.*LL=FILE"):
        plan_sources([str(place / "short.txt")], place / "new.toml")


@given(st.text(min_size=1).filter(str.strip))
def test_any_title_stands_in_the_file_as_given(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    place = tmp_path_factory.mktemp("project") / "p.toml"
    page = place.parent / "page.txt"
    page.write_text(SWEDISH, encoding="utf-8")
    place.write_bytes(project_text(project_name(place), title, plan_sources([f"sv={page}"], place), date=DAY).encode())
    assert load_project(place).title == title
