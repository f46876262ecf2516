"""What looks wrong on a page, as findings with a place and a suggested repair: what `cctbx doctor` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from cctbx.findings import Finding
from cctbx.findings.sources import CODES
from cctbx.model import SourceEntry
from cctbx.sources.features import function_words, unbalanced
from cctbx.sources.page import order_share, sort_key
from cctbx.sources.recognise import recognise_language

__all__ = ["REVIEWS", "finding_for", "review"]

_SEVERITY = {code.code: code.severity for code in CODES}
_ORDERED = 0.8
_MANY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The entries of a page, with its file and language."""

    entries: Sequence[SourceEntry]
    file: str
    language: str


class _Placed(Protocol):
    """What a finding needs to know of an entry, finished or not."""

    @property
    def id(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def line_first(self) -> int: ...
    @property
    def headword(self) -> str: ...


def finding_for(entry: _Placed, file: str, code: str, message: str, advice: str) -> Finding:
    """A finding about one entry; `path` holds the entry's id."""
    return Finding(
        code=code,
        severity=_SEVERITY[code],
        message=message,
        advice=advice,
        file=file,
        line=entry.line_first,
        language=entry.language,
        term=entry.headword,
        path=entry.id,
    )


def _empty(page: Reviewed) -> Iterator[Finding]:
    for entry in page.entries:
        if not entry.definition and not entry.cross_references:
            yield finding_for(entry, page.file, "SRC013", "has no text", "write a definition or take the entry out")


def _truncated(page: Reviewed) -> Iterator[Finding]:
    """A definition that ends with a comma, three dots, or a word that cannot end a sentence."""
    small = function_words(page.language)
    stopped = sum(entry.definition[-1:] in ".!?)”»" for entry in page.entries)
    for entry in page.entries:
        text = entry.definition
        words = text.rsplit(maxsplit=3)
        cut = text.endswith(("…", "...", "[…]", ",", " -", " –")) or (
            stopped > 0.6 * len(page.entries)
            and len(words) > 3
            and words[-1].lower() in small
            and words[-1].islower()
            and words[-1]
            not in ("om", "på", "op", "ut", "an", "auf", "aus", "is", "er", "är", "sich", "się", "ei", "on")
        )
        if text and cut:
            yield finding_for(
                entry,
                page.file,
                "SRC012",
                f"ends in mid-sentence: “…{text[-40:]}”",
                "complete it from the original page",
            )


def _repeated(page: Reviewed) -> Iterator[Finding]:
    names: dict[str, SourceEntry] = {}
    texts: dict[str, SourceEntry] = {}
    for entry in page.entries:
        first = names.setdefault(sort_key(entry.headword) or entry.headword, entry)
        if first is not entry:
            yield finding_for(
                entry,
                page.file,
                "SRC014",
                f"stands already in line {first.line_first}",
                "merge the two, or tell the homonyms apart",
            )
        same = texts.setdefault(entry.definition, entry) if len(entry.definition) > 30 else entry
        if same is not entry and first is entry:
            yield finding_for(
                entry,
                page.file,
                "SRC015",
                f"has the definition of “{same.headword}” (line {same.line_first})",
                "make one a cross-reference to the other",
            )


def _disordered(page: Reviewed) -> Iterator[Finding]:
    """Entries whose neighbours are in order without them, on a page that is in order."""
    if len(page.entries) < _MANY or order_share([entry.headword for entry in page.entries]) < _ORDERED:
        return
    keys = [sort_key(entry.headword)[:1] for entry in page.entries]
    for place in range(1, len(keys) - 1):
        before, here, after = keys[place - 1], keys[place], keys[place + 1]
        if before <= after and not before <= here <= after:
            entry = page.entries[place]
            yield finding_for(entry, page.file, "SRC011", "stands out of alphabetical order", "move it to its place")


def _mixed(page: Reviewed) -> Iterator[Finding]:
    small = function_words(page.language)
    for entry in page.entries:
        words = entry.definition[:300].lower().split()
        if len(words) < 8 or sum(map(small.__contains__, words)) >= 0.08 * len(words):
            continue
        found, confidence = recognise_language(entry.definition)
        if found and found != page.language.split("-")[0] and confidence >= 0.7:
            yield finding_for(
                entry,
                page.file,
                "SRC010",
                f"its definition looks like {found}, the page is {page.language}",
                "translate it, or move it to a page of its own",
            )


def _dangling(page: Reviewed) -> Iterator[Finding]:
    referring = [entry for entry in page.entries if entry.cross_references]
    known = {sort_key(each.term) for entry in page.entries for each in entry.designations} if referring else set()
    for entry in referring:
        for reference in entry.cross_references:
            if sort_key(reference) not in known:
                yield finding_for(
                    entry,
                    page.file,
                    "SRC016",
                    f"refers to “{reference}”, which the page does not have",
                    "add the entry or drop the reference",
                )


def _open_brackets(page: Reviewed) -> Iterator[Finding]:
    for entry in page.entries:
        if unbalanced(entry.headword) or unbalanced(entry.definition):
            where = "headword" if unbalanced(entry.headword) else "definition"
            yield finding_for(
                entry, page.file, "SRC018", f"has an open or stray bracket in its {where}", "close or delete it"
            )


REVIEWS: tuple[Callable[[Reviewed], Iterator[Finding]], ...] = (
    _empty,
    _truncated,
    _repeated,
    _disordered,
    _mixed,
    _dangling,
    _open_brackets,
)


def review(entries: Sequence[SourceEntry], file: str, language: str) -> list[Finding]:
    """All findings about the entries of a page that the entries themselves show."""
    page = Reviewed(entries=entries, file=file, language=language)
    return [finding for each in REVIEWS for finding in each(page)]
