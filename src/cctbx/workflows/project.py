"""The project file: how users describe their glossaries and what is to be made of them.

A TOML file with one `[project]` table and one `[[source]]` table per glossary page; paths are relative to the file.
The tables below say what may stand in it; everything else is an error that names the place and the nearest key.
"""

from __future__ import annotations

import collections
import difflib
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cctbx.errors import InputError, ProjectError
from cctbx.model import SourceGlossary, SourceOptions

__all__ = ["DEFAULT_FILES", "Project", "find_project", "load_project"]

DEFAULT_FILES = ("sources.toml", "seeds/sources.toml", "cctbx.toml")
"""Where `cctbx build` looks for a project file when none is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project: its sources by name (their order in the file has no say), and the files that steer the build.

    name            of the term base and of its exports
    subject_field   stated on every concept entry, or None
    part_of_speech  of every designation without an editorial decision, or None
    date            ISO date for headers that demand one; never the clock
    register, verdicts, editorial, relations   files beside the project file; they need not exist yet
    output          the directory of the exports
    id_prefix       concept ids are this and a number
    ignore          codes (or their beginnings) of house checks that this project does not want told
    """

    file: Path
    name: str
    title: str
    date: str
    sources: tuple[SourceGlossary, ...]
    subject_field: str | None = None
    part_of_speech: str | None = None
    register: Path
    verdicts: Path
    editorial: Path
    relations: Path
    output: Path
    id_prefix: str = "c"
    ignore: tuple[str, ...] = ()

    def path_of(self, source: SourceGlossary) -> Path:
        """Where the page of a source lies."""
        return self.file.parent / source.file


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("wanted a text")
    return value


def _language(value: Any) -> str:
    import langcodes

    if not isinstance(value, str) or not langcodes.tag_is_valid(value):
        raise ValueError(f"{value!r} is not a registered language tag (BCP 47), such as nb, sv, nl or pl")
    return value


def _date(value: Any) -> str:
    import datetime

    text = value.isoformat() if isinstance(value, datetime.date) else _text(value)
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is not a date, wanted YYYY-MM-DD") from None


def _lines(value: Any) -> tuple[tuple[int, int], ...]:
    spans = []
    for each in value if isinstance(value, list) else [value]:
        first, _, last = str(each).partition("-")
        if not first.isdigit() or not (last or first).isdigit() or int(last or first) < int(first):
            raise ValueError(f"{each!r} is not a span of lines, wanted 12 or 12-20")
        spans.append((int(first), int(last or first)))
    return tuple(spans)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("wanted a list of texts")
    return tuple(_text(each) for each in value)


def _checksum(value: Any) -> str:
    text = _text(value).lower()
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise ValueError("wanted the SHA-256 checksum, 64 hexadecimal digits")
    return text


Key = tuple[Callable[[Any], Any], bool]
"""How a key is read, and whether it must stand."""

PROJECT_KEYS: dict[str, Key] = {
    "name": (_text, True), "title": (_text, False), "date": (_date, True), "subject_field": (_text, False),
    "part_of_speech": (_text, False), "register": (_text, False), "verdicts": (_text, False),
    "editorial": (_text, False), "relations": (_text, False), "output": (_text, False),
    "id_prefix": (_text, False), "ignore": (_texts, False),
}  # fmt: skip

OPTION_KEYS: dict[str, Key] = {
    "layout": (_text, False), "separator": (_text, False), "skip_lines": (_lines, False),
    "columns": (_texts, False), "encoding": (_text, False),
}  # fmt: skip

SOURCE_KEYS: dict[str, Key] = {
    "name": (_text, True), "file": (_text, True), "language": (_language, True), "title": (_text, False),
    "publisher": (_text, False), "address": (_text, False), "date": (_date, False),
    "original_file": (_text, False), "sha256": (_checksum, False), "licence": (_text, False), **OPTION_KEYS,
}  # fmt: skip


COMPANIONS = {
    "register": "concept-ids.tsv", "verdicts": "verdicts.tsv",
    "editorial": "editorial.tsv", "relations": "relations.tsv",
}  # fmt: skip
"""Files beside the project file, by the key that may name another place."""


class _Problems(list[str]):
    """What is wrong with a project file, one line each; `told` raises them together."""

    def told(self, file: Path) -> None:
        """Raise `ProjectError` with every problem on a line of its own, if there is any."""
        if self:
            lines = self if len(self) == 1 else (f"{len(self)} mistakes", *self)
            raise ProjectError("\n  ".join(lines), file=str(file))


def _table(stated: Any, keys: Mapping[str, Key], *, where: str, problems: _Problems) -> dict[str, Any]:
    """The values of one table, read by `keys`; every problem names the table and the key."""
    if not isinstance(stated, dict):
        problems.append(f"{where} must be a table")
        return {}
    read: dict[str, Any] = {}
    for key, value in stated.items():
        if key not in keys:
            near = difflib.get_close_matches(key, keys, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(keys)}"
            problems.append(f"{where}: unknown key `{key}`; {hint}")
            continue
        try:
            read[key] = keys[key][0](value)
        except ValueError as error:
            problems.append(f"{where}: `{key}`: {error}")
    missing = (key for key, (_, wanted) in keys.items() if wanted and key not in stated)
    problems.extend(f"{where}: `{key}` is missing" for key in missing)
    return read


def _source(stated: Any, number: int, problems: _Problems) -> dict[str, Any]:
    name = stated.get("name") if isinstance(stated, dict) else None
    values = _table(stated, SOURCE_KEYS, where=f"[[source]] {name or number}", problems=problems)
    return values | {"options": SourceOptions(**{key: values.pop(key) for key in OPTION_KEYS if key in values})}


def _sources(document: Mapping[str, Any], problems: _Problems) -> list[dict[str, Any]]:
    stated = document.get("source")
    if not isinstance(stated, list) or not stated:
        problems.append("describes no glossary; add a [[source]] table per page")
        return []
    sources = [_source(each, number, problems) for number, each in enumerate(stated, start=1)]
    counts = collections.Counter(each["name"] for each in sources if "name" in each)
    twice = sorted(name for name, count in counts.items() if count > 1)
    problems.extend(f"[[source]] name `{name}` stands twice; names must be unique" for name in twice)
    return sources


def _document(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ProjectError(f"cannot be read as a project file: {reason}", file=str(file)) from error


def load_project(path: str | Path) -> Project:
    """Read and validate a project file (TOML, UTF-8).

    Raises `ProjectError` (exit code 3) with the file and, for everything that is not right, the table and the key.
    """
    file = Path(path)
    document = _document(file)
    problems = _Problems()
    unknown = sorted(set(document) - {"project", "source"})
    problems.extend(f"unknown table `[{each}]`; known: [project], [[source]]" for each in unknown)
    values = _table(document.get("project", {}), PROJECT_KEYS, where="[project]", problems=problems)
    sources = _sources(document, problems)
    problems.told(file)
    base = file.parent
    places = {key: base / values.pop(key, default) for key, default in COMPANIONS.items()}
    places["output"] = Path(os.path.normpath(base / values.pop("output", "exports")))
    title = values.pop("title", values["name"])
    glossaries = sorted((SourceGlossary(**each) for each in sources), key=lambda each: each.name)
    return Project(file=file, title=title, sources=tuple(glossaries), **places, **values)


def find_project(directory: Path | None = None) -> Path:
    """The project file of a directory (default: the working directory); raises `InputError` where there is none."""
    here = directory or Path()
    for name in DEFAULT_FILES:
        if (here / name).is_file():
            return here / name
    raise InputError(f"no project file here ({', '.join(DEFAULT_FILES)}); name one, or make one: cctbx init PAGE...")
