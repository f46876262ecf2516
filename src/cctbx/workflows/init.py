"""Starting a project: glossary pages → the text of a project file, everything filled in that can be found out."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cctbx.errors import UsageError
from cctbx.model import SourceGlossary
from cctbx.sources import ParsedPage, parse_page
from cctbx.workflows.files import atomic_output, read_bytes
from cctbx.workflows.parse import language_and_file

__all__ = ["SURE", "plan_sources", "project_name", "project_text", "write_project"]

SURE = 0.8
"""How sure the recognised language of a page must be to be written down without asking."""

_PAGE_KEYS = ("name", "file", "language", "title", "publisher", "address", "licence", "sha256")
_TO_FILL_IN = frozenset({"title", "publisher", "address", "licence"})


def plan_sources(arguments: Sequence[str], project: Path) -> tuple[ParsedPage, ...]:
    """Parse the pages `FILE` or `LL=FILE` and describe each as a source of the new `project`, in the order given.

    Names are made of the file names and unique; paths are relative to the project file.
    Raises `UsageError` if the project file exists (none is ever overwritten) and for a page whose language is neither
    stated nor recognised with certainty, `InputError` for one that cannot be read. A page without entries is described
    too; its findings say why.
    """
    if project.exists():
        raise UsageError(f"{project} exists and is left as it is; name another with --output, or add [[source]] tables")
    pages: list[ParsedPage] = []
    unsure: list[str] = []
    for argument in arguments:
        language, file = language_and_file(argument)
        content = read_bytes(file)
        page = parse_page(content, SourceGlossary(name=_name(file, pages), file=file, language=language))
        if not page.glossary.language or page.confidence < SURE:
            unsure.append(_question(file, page))
        glossary = replace(
            page.glossary,
            file=Path(os.path.relpath(file, project.parent)).as_posix(),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        pages.append(replace(page, glossary=glossary))
    if unsure:
        raise UsageError("; ".join(unsure))
    return tuple(pages)


def _question(file: str, page: ParsedPage) -> str:
    guess = page.glossary.language
    sure = f" (perhaps {guess}, {page.confidence:.0%} sure)" if guess else ""
    return f"{file}: in which language is this page?{sure} Say it as LL=FILE: {guess or 'sv'}={file}"


def _plain(text: str, default: str) -> str:
    """A text as a name of small ASCII letters, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or default


def _name(file: str, pages: Iterable[ParsedPage]) -> str:
    """A name for the source, made of the file's stem; with a number if it stands already."""
    stem = _plain(Path(file).stem, "page")
    taken = {page.glossary.name for page in pages}
    candidates = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in candidates if each not in taken)


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'


def _row(key: str, value: str | None) -> str:
    """`key = "value"`; one without a value stands as a comment where its user may want to fill it in."""
    return f"{key} = {_quoted(value)}" if value is not None else f'# {key} = ""'


def _source_table(page: ParsedPage) -> str:
    values: Mapping[str, str | None] = {key: getattr(page.glossary, key) for key in _PAGE_KEYS}
    rows = [_row(key, value) for key, value in values.items() if value is not None or key in _TO_FILL_IN]
    read = f"{len(page.entries)} entries, read with the layout `{page.layout}`" if page.entries else "no entry found"
    return "\n".join(["[[source]]", f"# {read}", *rows])


def project_text(name: str, title: str | None, pages: Sequence[ParsedPage], *, date: datetime.date) -> str:
    """A project file (TOML) that `load_project` reads: the project, dated `date`, then one table per page."""
    head = [
        "# Glossary pages of one term base. `cctbx build` makes it; `cctbx parse --explain` shows how a page is read.",
        "",
        "[project]",
        _row("name", name),
        _row("title", title),
        f"date = {date.isoformat()}",
        _row("subject_field", None),
        'output = "exports"',
    ]
    return "\n".join(head) + "\n\n" + "\n\n".join(map(_source_table, pages)) + "\n"


def project_name(file: Path) -> str:
    """A name for a project: that of its directory."""
    return _plain(file.absolute().parent.name, "glossary")


def write_project(text: str, file: Path) -> None:
    """Write a project file (UTF-8) at once; raises `OutputError`."""
    with atomic_output(file) as stream:
        stream.write(text.encode())
