"""A project file is read, or refused with the place and the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from cctbx.errors import InputError, ProjectError
from cctbx.workflows.project import find_project, load_project
from tests.support import SEEDS

GOOD = """
[project]
name = "x"
date = 2026-01-31
[[source]]
name = "one"
file = "one.txt"
language = "sv"
skip_lines = ["3-4", "9"]
"""


def write(directory: Path, text: str) -> Path:
    place = directory / "sources.toml"
    place.write_text(text, encoding="utf-8")
    return place


def test_a_project_is_read(tmp_path: Path) -> None:
    project = load_project(write(tmp_path, GOOD))
    assert (project.name, project.title, project.date) == ("x", "x", "2026-01-31")
    assert project.sources[0].options.skip_lines == ((3, 4), (9, 9))
    assert project.path_of(project.sources[0]) == tmp_path / "one.txt"
    assert project.output == tmp_path / "exports"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('language = "sv"', "", r"\[\[source\]\] one: `language` is missing"),
        ('language = "sv"', 'langauge = "sv"', "unknown key `langauge`; did you mean `language`"),
        ('language = "sv"', 'language = "Swedish"', "not a registered language tag"),
        ("2026-01-31", '"31.1.2026"', "wanted YYYY-MM-DD"),
        ('name = "x"', "", r"\[project\]: `name` is missing"),
        ('file = "one.txt"', "file = 3", "`file`: wanted a text"),
        ('"3-4"', '"4-3"', "not a span of lines"),
        ("[project]", "[projekt]", "unknown table"),
        ("[[source]]", "[source]", "describes no glossary"),
        ("[project]", "[project", "cannot be read as a project file"),
        ('language = "sv"', 'language = "sv"\nsha256 = "12"', "64 hexadecimal digits"),
        ('language = "sv"', 'language = "sv"\ncolumns = "a"', "wanted a list of texts"),
        ('skip_lines = ["3-4", "9"]', '[[source]]\nname = "one"\nfile = "b"\nlanguage = "nb"', "stands twice"),
    ],
)
def test_a_bad_project_is_refused_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    place = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ProjectError, match=message) as caught:
        load_project(place)
    assert str(caught.value).startswith(str(place))
    assert "\n" not in str(caught.value) or "mistakes\n" in str(caught.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    place = write(tmp_path, GOOD.replace("date = 2026-01-31", "").replace("language", "langauge"))
    with pytest.raises(ProjectError) as caught:
        load_project(place)
    assert str(caught.value).splitlines() == [
        f"{place}: 3 mistakes",
        "  [project]: `date` is missing",
        "  [[source]] one: unknown key `langauge`; did you mean `language`?",
        "  [[source]] one: `language` is missing",
    ]


def test_a_missing_project_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="No such file"):
        load_project(tmp_path / "none.toml")
    with pytest.raises(InputError, match="no project file here"):
        find_project(tmp_path)


def test_the_seeds_are_a_project() -> None:
    project = load_project(find_project(SEEDS.parent))
    assert [source.language for source in project.sources] == ["nl", "sv", "nb", "sv", "pl"]
