"""A page ready for recognition: its lines with their features, and what can be said before any layout is tried."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from cctbx.sources.features import (
    bodyness,
    counts_pages,
    ends_sentence,
    glossary_words,
    headness,
    is_chrome,
    is_dated,
    is_section,
    is_tag_line,
    label_words,
)
from cctbx.sources.lines import Document, Kind, Line
from cctbx.sources.references import refers

__all__ = ["Page", "make_page", "order_share", "part_of", "sort_key"]

_COPY_LINES, _COPY_CHARACTERS = 3, 160
_REFRAIN, _OFTEN = 40, 4
_INTRODUCTION = 12_000
"""How much of a line is searched for what a glossary calls itself, in characters."""
_CONTRACT = re.compile(
    r"\bterms (?:of|and)\b|\bord (?:från|fra)\b|\bconditions\b|\bwords? (?:of|from)\b", re.IGNORECASE
)
_ABBREVIATION = (
    "fork",
    "förk",
    "afk",
    "abk",
    "abbr",
    "abré",
    "acron",
    "skró",
    "zkrat",
    "lyhen",
    "sigle",
    "term",
    "word",
    "phrase",
)
_Value = TypeVar("_Value")
_COUNTS = re.compile(r"\d+")
_UNSORTED = re.compile(r"[^\w ]+")
_ORDER_FOLD = str.maketrans("áàâãéèêëíìîïóòôõúùûüýñçšžčřďťňěůśźżćńłę", "aaaaeeeeiiiioooouuuuyncszcrdtneuszzcnle")


@lru_cache(maxsize=65536)
def sort_key(text: str) -> str:
    """A headword for comparison of alphabetical order: lower case, accents dropped (å, ä, ö, æ, ø stand last)."""
    low = text.lower()
    if not low.isascii():
        low = low.translate(_ORDER_FOLD)
    return low if low.isalnum() else _UNSORTED.sub("", low).strip()


def order_share(headwords: list[str]) -> float:
    """The share of neighbours in alphabetical order (by the whole headword or its first letter, averaged)."""
    keys = [key for key in map(sort_key, headwords) if key]
    if len(keys) < 2:
        return 0.0
    pairs = list(pairwise(keys))
    whole = sum(one <= other for one, other in pairs) / len(pairs)
    initial = sum(one[0] <= other[0] for one, other in pairs) / len(pairs)
    return (whole + initial) / 2


@dataclass(slots=True)
class Page:
    """The lines of a page and their features, index by index.

    fixed     reason why a line can be in no entry whatever the layout (`` if it can)
    head, body   how much it looks like a headword, a definition
    repeated  short lines that stand at least three times: navigation or labels; `refrains` four times, word by word
    """

    lines: list[Line]
    language: str
    document: Document
    head: list[float] = field(default_factory=list)
    body: list[float] = field(default_factory=list)
    fixed: list[str] = field(default_factory=list)
    sentence: list[bool] = field(default_factory=list)
    tagged: list[bool] = field(default_factory=list)
    repeated: frozenset[str] = frozenset()
    refrains: frozenset[str] = frozenset()
    has_sections: bool = False

    def __len__(self) -> int:
        return len(self.lines)

    def text(self, index: int) -> str:
        return self.lines[index].text

    def is_label(self, text: str) -> bool:
        """A field inside an entry: a known label, or a text the page repeats."""
        bare = text.strip(" :").lower()
        return bare in label_words() or bare in self.repeated

    def is_field(self, text: str) -> bool:
        """A labelled field with its text: `Skrót: OSD`."""
        label, colon, rest = text.partition(":")
        return bool(colon and rest.strip()) and label.strip().lower() in label_words()

    def is_repeated(self, text: str) -> bool:
        """A text the page has at least three times."""
        return text.strip(" :").lower() in self.repeated

    def introduces(self, text: str) -> bool:
        """Whether a sentence speaks of a glossary; that something is an abbreviation any entry may say."""
        found = glossary_words(self.language).search(text, 0, _INTRODUCTION)
        return found is not None and not found.group().lower().startswith(_ABBREVIATION)

    def names_glossary(self, text: str) -> bool:
        """Whether a title or sentence speaks of a glossary."""
        found = glossary_words(self.language).search(text, 0, _INTRODUCTION)
        return found is not None and _CONTRACT.search(text) is None


def part_of(page: Page, first: int, inner: int) -> Page:
    """The first lines of a page and some of its middle, as a page of its own, features and all."""
    middle = max(first, (len(page) - inner) // 2)

    def some(values: list[_Value]) -> list[_Value]:
        return values[:first] + values[middle : middle + inner]

    return replace(
        page,
        lines=some(page.lines),
        head=some(page.head),
        body=some(page.body),
        fixed=some(page.fixed),
        sentence=some(page.sentence),
        tagged=some(page.tagged),
    )


def make_page(document: Document, language: str, skip: tuple[tuple[int, int], ...] = ()) -> Page:
    """Compute the features of every line; `skip` are spans of lines the user takes out."""
    lines = document.lines
    page = Page(lines=lines, language=language, document=document)
    page.repeated = _repeated(lines)
    page.refrains = _refrains(lines)
    copies = _copies(lines)
    for index, line in enumerate(lines):
        text = line.text
        page.head.append(headness(text, language))
        page.body.append(bodyness(text, language))
        page.sentence.append(ends_sentence(text))
        if len(text) <= 60 and refers(text, language):
            page.head[index], page.body[index] = min(page.head[index], 0.4), max(page.body[index], 0.7)
            page.sentence[index] = True
        page.tagged.append(is_tag_line(text))
        page.fixed.append(_fixed(page, line, index in copies, skip))
    _mark_running_headers(page)
    page.has_sections = sum(reason == "section letter" for reason in page.fixed) >= 2
    return page


def _mark_running_headers(page: Page) -> None:
    """What printed pages repeat: the first line of all behind a page number or a date, and a line that counts them."""
    if len(page) < 8 or page.lines[0].cells or page.fixed[0]:
        return
    title = page.text(0)
    counted = Counter(_uncounted(line.text) for line in page.lines if counts_pages(line.text))
    for index in range(3, len(page)):
        again = page.text(index) == title and page.fixed[index - 1] == "navigation"
        if again or (counts_pages(page.text(index)) and counted[_uncounted(page.text(index))] >= 2):
            page.fixed[index] = "navigation"


def _uncounted(text: str) -> str:
    return _COUNTS.sub("", text)


def _fixed(page: Page, line: Line, copied: bool, skip: tuple[tuple[int, int], ...]) -> str:
    if any(first <= line.number <= last for first, last in skip):
        return "skipped by the user"
    if copied:
        return "duplicate copy"
    if line.kind is Kind.OUTSIDE:
        return line.reason or "markup"
    text = line.text
    if text in page.refrains:
        return "navigation"
    if line.cells and sum(map(bool, line.cells)) == 1 and is_section("".join(line.cells)):
        return "section letter"
    if len(text) <= 140 and is_section(text) and not line.cells:
        framed = line.marker != "•" or not text[-1].isalnum()
        return "section letter" if framed and any(each.isalpha() for each in text) else ""
    if len(text) <= 90 and not line.cells and is_chrome(text, page.language) and not _is_field(page, text):
        return "navigation"
    return "navigation" if not line.cells and is_dated(text) else ""


def _is_field(page: Page, text: str) -> bool:
    """A line such as `Kontakt: …` may be an entry or a field; only lines without such a text are furniture."""
    head, colon, rest = text.partition(":")
    return bool(colon) and len(rest.split()) >= 4 and len(head.split()) <= 5


def _repeated(lines: list[Line]) -> frozenset[str]:
    """Short lines, and openings before a colon, that the page repeats at least three times."""
    counts: Counter[str] = Counter()
    for line in lines:
        text = line.text
        if len(text) <= 60:
            counts[text.strip(" :").lower()] += 1
        elif ":" in text[:40]:
            counts[text.partition(":")[0].strip().lower()] += 1
    return frozenset(text for text, count in counts.items() if count >= 3)


def _refrains(lines: list[Line]) -> frozenset[str]:
    """Short lines, no known labels, that stand at least four times in the same words: what links and buttons say."""
    counts = Counter(line.text for line in lines if len(line.text) <= _REFRAIN and not line.cells)
    often = {text for text, count in counts.items() if count >= _OFTEN and _may_be_link(text)}
    for line, below in pairwise(lines):
        if line.text in often and below.gap == 0 and below.text[0].islower():
            often.discard(line.text)  # a wrapped sentence
    return frozenset(often)


def _may_be_link(text: str) -> bool:
    """At most four words, no sentence, no list, no known label."""
    words = text.split()
    plain = len(words) <= _OFTEN and "," not in text and any(each.isalpha() for each in text)
    return plain and not ends_sentence(text) and text.strip(" :").lower() not in label_words()


def _copies(lines: list[Line]) -> set[int]:
    """Lines of a second copy: runs that repeat, line by line, a run that stands earlier on the page."""
    first: dict[str, int] = {}
    copies: set[int] = set()
    index = 0
    while index < len(lines):
        text = lines[index].text
        start = first.get(text)
        run = _run(lines, start, index) if start is not None and len(text) >= 25 else 0
        if run >= _COPY_LINES and sum(len(lines[index + k].text) for k in range(run)) >= _COPY_CHARACTERS:
            copies.update(range(index, index + run))
            index += run
            continue
        first.setdefault(text, index)
        index += 1
    return copies


def _run(lines: list[Line], start: int, index: int) -> int:
    length = 0
    while (
        index + length < len(lines)
        and start + length < index
        and lines[start + length].text == lines[index + length].text
    ):
        length += 1
    return length
