"""Dictionary style: `headword usage «gloss» see other`; entries share lines and cross them."""

from __future__ import annotations

import re
from functools import cache

from cctbx.sources.drafts import Head
from cctbx.sources.features import headness
from cctbx.sources.languages import alternatives, language_row
from cctbx.sources.page import Page, sort_key

__all__ = ["gloss_heads"]

_CLOSED = re.compile(r"«[^»]*»|»[^«»]+«|„[^”“]*[”“]|‘[^’]*’|“[^”]*”")
_NEXT = re.compile(r"(?<=[.;»”’])\s+(?=\w)")
_PENDING = ",:◦•–-"


@cache
def _opening(tag: str) -> re.Pattern[str]:
    """A headword and what may stand before its gloss: a quotation mark, an etymology or usage label, a reference."""
    row = language_row(tag)
    words = alternatives(row.etymology, row.see, row.short_for)
    return re.compile(rf"(?P<head>[^\W_][^«»„“”‘.;:!?]{{0,58}}?),?\s+(?=[«„“‘]|\(?{words}(?!\w))", re.IGNORECASE)


def gloss_heads(page: Page) -> list[Head]:
    """Heads in page order, several on one line where they stand so; empty where the page is not in this style."""
    pattern = _opening(page.language)
    heads: list[Head] = []
    text_so_far = ""
    for index, line in enumerate(page.lines):
        if page.fixed[index] or line.cells:
            text_so_far = ""
            continue
        found = _heads_on_line(
            page, index, pattern, heads[-1].headword if heads else "", _complete(text_so_far, pattern)
        )
        if found:
            heads += found
            text_so_far = found[-1].inline or ""
            text_so_far = f"{found[-1].headword} {text_so_far}"
        elif heads:
            text_so_far += " " + line.text
    glossed = sum(bool(_CLOSED.search(head.inline) or not head.inline) for head in heads)
    return heads if len(heads) >= 3 and glossed >= 0.4 * len(heads) else []


def _complete(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether the entry before may be over: its gloss is closed, or its reference or sentence has ended."""
    if not text:
        return True
    if text.rstrip()[-1] in _PENDING or text.count("«") > text.count("»"):
        return False
    return _CLOSED.search(text) is not None or text.rstrip()[-1] in ".;"


def _heads_on_line(page: Page, index: int, pattern: re.Pattern[str], previous: str, complete: bool) -> list[Head]:
    text = page.text(index)
    if not complete:
        return []
    starts = [0, *(found.end() for found in _NEXT.finditer(text))]
    heads: list[Head] = []
    places: list[int] = []
    for start in starts:
        match = pattern.match(text, start)
        before = heads[-1].headword if heads else previous
        if heads and not _said(page, text[len(text) - len(heads[-1].inline) : start]):
            continue
        if match and _plausible(page, match.group("head"), before, first=start == 0):
            heads.append(Head(index, match.group("head").strip(), text[match.end() :]))
            places.append(start)
        elif start == 0:
            if _stands_alone(page, index, previous):
                return [Head(index, text)]
            return []
    for head, end in zip(heads, [*places[1:], len(text)], strict=True):
        offset = len(text) - len(head.inline)
        head.inline = text[offset:end].strip()
    return heads


def _said(page: Page, text: str) -> bool:
    """Whether the entry before has said something: more than the label that opens its etymology or reference."""
    row = language_row(page.language)
    return bool(re.sub(rf"(?<!\w){alternatives(row.etymology, row.see)}", "", text, flags=re.IGNORECASE).strip(" .,;"))


def _plausible(page: Page, headword: str, previous: str, *, first: bool) -> bool:
    key, before = sort_key(headword), sort_key(previous)
    if headness(headword, page.language) < 0.5 or len(headword.split()) > 5 or not key:
        return False
    return not before or (key[0] >= before[0] and (first or key >= before))


def _stands_alone(page: Page, index: int, previous: str) -> bool:
    """A headword on a line of its own: the gloss or its etymology opens the next line."""
    if index + 1 >= len(page) or page.fixed[index + 1]:
        return False
    following = page.text(index + 1)
    row = language_row(page.language)
    opens = following[0] in "«„“‘" or re.match(
        rf"{alternatives(row.etymology, row.see)}(?!\w)", following, re.IGNORECASE
    )
    return bool(opens) and _plausible(page, page.text(index), previous, first=True)
