"""Parsing as a use case: files or the sources of a project → parsed pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from cctbx.errors import UsageError
from cctbx.model import SourceGlossary, SourceOptions
from cctbx.sources import ParsedPage, parse_page
from cctbx.workflows.files import read_bytes

__all__ = ["checked_language", "language_and_file", "parse_files", "parse_source", "skip_spans"]

_LANGUAGE_AND_FILE = re.compile(r"^([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)=(.+)$")


def checked_language(tag: str | None) -> str | None:
    """A language tag as given if it is registered (BCP 47); raises `UsageError` naming it otherwise."""
    import langcodes

    if tag is None or langcodes.tag_is_valid(tag):
        return tag
    raise UsageError(f"unknown language `{tag}`; wanted a registered tag (BCP 47), such as nb, sv, nl or pl")


def language_and_file(argument: str) -> tuple[str | None, str]:
    """`LL=FILE` → the language tag and the file; anything else (and any file that exists) is a file alone.

    Raises `UsageError` for a tag that is not registered.
    """
    matched = _LANGUAGE_AND_FILE.match(argument)
    if matched is None or Path(argument).exists():
        return None, argument
    return checked_language(matched[1]), matched[2]


def skip_spans(spans: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """`12` or `12-20` → spans of lines; raises `UsageError` for anything else."""
    read = []
    for span in spans:
        first, _, last = span.partition("-")
        if not first.isdigit() or not (last or first).isdigit() or int(last or first) < int(first):
            raise UsageError(f"`{span}` is not a span of lines; wanted 12 or 12-20")
        read.append((int(first), int(last or first)))
    return tuple(read)


def parse_files(files: Iterable[str], *, language: str | None, options: SourceOptions) -> Iterator[ParsedPage]:
    """Parse bare pages; each file name as given is the name of its source.

    Raises `InputError` for a file that cannot be read, `UsageError` for an unknown language or layout.
    """
    stated = checked_language(language)
    for file in files:
        glossary = SourceGlossary(name=file, file=file, language=stated, options=options)
        yield parse_page(read_bytes(file), glossary)


def parse_source(path: Path, glossary: SourceGlossary) -> ParsedPage:
    """Parse one source of a project; `path` is where its page lies."""
    return parse_page(read_bytes(path), glossary)
