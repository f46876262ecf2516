"""Where entries open, one function per layout of running lines: page, variant → heads in page order."""

from __future__ import annotations

import re
from collections import Counter

from cctbx.sources.acronyms import is_acronym
from cctbx.sources.company import (
    below_name,
    below_title,
    consistent,
    goes_on_about,
    sets_off,
    with_bare,
    with_empty,
    with_forgotten,
    with_namesakes,
    with_numbers,
    without_footers,
    without_titles,
)
from cctbx.sources.drafts import Head
from cctbx.sources.features import clause_words, headness, label_words
from cctbx.sources.lines import Kind, fold
from cctbx.sources.page import Page, order_share
from cctbx.sources.references import refers
from cctbx.sources.separators import SEPARATORS, custom, split_at
from cctbx.sources.tables import by_column, by_period, by_row

__all__ = [
    "by_capitals",
    "by_column",
    "by_gloss",
    "by_heading",
    "by_mark",
    "by_period",
    "by_record",
    "by_row",
    "by_separator",
]

_HEAD = 0.45
_SHARED = re.compile(r"\s*[;•|]\s+")
_MOST = 0.8
_SEPARATING = ":=–—-"
_NUMBER = re.compile(r"\d[\d.,/]{0,8}")
_IN_PROSE = ("stop", "comma", "semicolon")


def by_separator(page: Page, variant: str) -> list[Head]:
    """`TERM: definition`: the separator splits the line, or ends it and the definition follows."""
    pattern = SEPARATORS.get(variant) or custom(variant)
    use_raw = variant == "tab"
    heads: list[Head] = []
    labels: list[Head] = []
    numbers: list[Head] = []
    for index, line in enumerate(page.lines):
        if page.fixed[index] or line.cells or page.tagged[index]:
            continue
        split = split_at(pattern, line.raw.strip(" ") if use_raw else line.text)
        if split is None:
            continue
        headword, inline = (fold(split[0]), fold(split[1])) if use_raw else split
        if variant == "stop" and len(headword.split()) > 4:
            continue
        if not inline and not _opens(page, index, headword) and not (len(heads) >= 3 and line.text[-1] in "-–—"):
            continue
        if line.lead and len(line.lead.rstrip(" :")) < len(headword.rstrip(" :")):
            continue
        if heads and goes_on_about(headword, heads[-1].headword):
            continue
        if headness(headword, page.language) >= _HEAD:
            (labels if page.is_label(headword) else heads).append(Head(index, headword, inline, text=line.text))
        elif _NUMBER.fullmatch(headword) and page.body[index] >= 0.5:
            numbers.append(Head(index, headword, inline, text=line.text))
    if variant in _IN_PROSE and not _listed(heads):
        return []
    heads = with_numbers(page, with_namesakes(page, _single_names(heads, pattern), labels), numbers)
    heads = without_footers(page, below_title(page, consistent(page, heads)))
    return with_bare(page, _several(page, pattern, heads))


def _several(page: Page, pattern: re.Pattern[str], heads: list[Head]) -> list[Head]:
    """`A – x; B – y`: entries that share a line, where most lines have several."""
    parts = [_SHARED.split(head.inline) for head in heads]
    split = [[piece for part in rest if (piece := split_at(pattern, part))] for _, *rest in parts]
    shared = sum(bool(rest) and len(rest) == len(part) - 1 for part, rest in zip(parts, split, strict=True))
    if len(heads) < 3 or shared < 0.6 * len(heads):
        return heads
    every: list[Head] = []
    for head, (first, *_), more in zip(heads, parts, split, strict=True):
        every.append(Head(head.index, head.headword, first if more else head.inline, text=head.text))
        every += [Head(head.index, name, text) for name, text in more if headness(name, page.language) >= _HEAD]
    return every


def _single_names(heads: list[Head], pattern: re.Pattern[str]) -> list[Head]:
    """`ACR – Expansion – definition` keeps its expansion in the headword only where most headwords do so."""
    joined = [
        head
        for head in heads
        if is_acronym(head.headword.split()[0].rstrip(_SEPARATING)) and pattern.search(head.headword)
    ]
    if 2 * len(joined) >= len(heads):
        return heads
    for head in joined:
        found = pattern.search(head.headword)
        if found:
            whole = head.text or f"{head.headword[found.end() :]} {head.inline}"
            head.headword, head.inline = (
                head.headword[: found.start()].strip(),
                whole[found.end() :] if head.text else whole,
            )
    return heads


def _listed(heads: list[Head]) -> bool:
    """What prose is full of separates entries only in an ordered list, or behind acronyms."""
    acronyms = sum(is_acronym(head.headword) for head in heads)
    ordered = order_share([head.headword for head in heads]) >= 0.8
    return len(heads) >= 4 and (ordered or acronyms >= 0.8 * len(heads))


def _opens(page: Page, index: int, headword: str) -> bool:
    """`Term:` alone on its line opens an entry if a definition follows, not a list."""
    following = index + 1
    return (
        following < len(page)
        and not page.fixed[following]
        and page.body[following] >= 0.5
        and page.lines[following].marker == page.lines[index].marker
        and headness(headword, page.language) > 0.6
    )


def by_heading(page: Page, variant: str) -> list[Head]:
    """A headword on a line of its own, its text on the lines that follow; `variant` says where blank lines stand."""
    heads: list[Head] = []
    others: list[Head] = []
    for index, line in enumerate(page.lines):
        if page.head[index] < _HEAD + 0.07 or page.fixed[index] or line.cells or page.tagged[index]:
            continue
        if page.is_label(line.text) or page.is_field(line.text) or line.text[-1] in ",;":
            continue
        if not _body_follows(page, index):
            continue
        here = Head(index, line.text.rstrip(" :") if line.text.endswith(":") else line.text)
        placed = _placed(page, index, variant) or (variant == "tight" and not heads and _under_title(page, index))
        (heads if placed else others).append(here)
    heads = without_footers(page, without_titles(page, consistent(page, _unwrapped(page, _asked(heads)))))
    return with_empty(page, with_forgotten(page, heads, others) if variant == "tight" else heads, variant)


def _asked(heads: list[Head]) -> list[Head]:
    """`What is X?` is a headword where most headwords are asked for; a single question is none."""
    asked = sum(head.headword.endswith("?") for head in heads)
    if asked > 3 and asked >= _MOST * len(heads):
        return [head for head in heads if head.headword.endswith("?")]
    return heads if asked >= 3 and asked >= 0.6 * len(heads) else [h for h in heads if not h.headword.endswith("?")]


def _unwrapped(page: Page, heads: list[Head]) -> list[Head]:
    """Where definitions open with a capital, a short line that goes on in lower case below is a wrapped sentence."""
    opens = [page.text(head.index + 1)[0].isupper() for head in heads]
    if sum(opens) < 0.6 * len(heads):
        return heads
    return [head for head, upper in zip(heads, opens, strict=True) if upper or not _runs_on(page, head.index)]


def _runs_on(page: Page, index: int) -> bool:
    text = page.text(index + 1)
    return page.lines[index + 1].gap == 0 and text[0].islower() and not refers(text, page.language)


def _placed(page: Page, index: int, variant: str) -> bool:
    before, after = sets_off(page, index), page.lines[index + 1].gap > 0
    if variant == "spaced":
        return before and after
    if variant == "block":
        return before and not after
    if variant == "mixed":
        return before or below_name(page, index)
    previous = index - 1
    return before or page.sentence[previous] or (page.head[previous] > 0.6 and previous == 0)


def _under_title(page: Page, index: int) -> bool:
    """Directly below a title: a short line that is no first headword itself."""
    previous = index - 1
    named = page.names_glossary(page.text(previous))
    return (previous == 0 and named) or (page.head[previous] > 0.6 and (named or not sets_off(page, previous)))


def _body_follows(page: Page, index: int) -> bool:
    """Whether the next line reads like the beginning of a definition."""
    following = index + 1
    if following >= len(page) or page.fixed[following] or page.tagged[following]:
        return False
    line = page.lines[following]
    if line.cells or (line.marker and not page.lines[index].marker and page.body[following] < 0.5):
        return False
    if _hard_wrapped(page, following) or refers(line.text, page.language) or page.is_field(line.text):
        return True
    if line.text.endswith("?"):
        return False
    if _pair(page, index):
        return True
    body, head = page.body[following], page.head[following]
    return (body >= 0.5 and body >= head - 0.2) or (body >= 0.35 and head <= 0.5)


def _pair(page: Page, index: int) -> bool:
    """A line and a longer one, with blank lines before and behind the two."""
    after = index + 2
    apart = (
        sets_off(page, index) and page.lines[index + 1].gap == 0 and (after >= len(page) or page.lines[after].gap > 0)
    )
    text = page.text(index + 1)
    enough = text.count(" ") >= (2 if text[0].islower() else 3)
    wraps = text[0].islower() and len(page.text(index).split()) > 3
    return apart and enough and not wraps and page.head[index] >= 0.8 and len(text) > len(page.text(index)) + 4


def _hard_wrapped(page: Page, index: int) -> bool:
    """The first of several lines without a blank one between: a wrapped paragraph, or labelled fields."""
    after = index + 1
    if after >= len(page) or page.lines[after].gap or page.fixed[after] or page.text(after)[:1] in "[#":
        return False
    if page.lines[index].gap:
        return not page.fixed[index - 1]
    longer = len(page.text(index)) > len(page.text(index - 1)) + 8
    return longer and sets_off(page, index - 1) and page.body[index] >= (0.2 if page.head[index - 1] >= 0.9 else 0.35)


def by_mark(page: Page, variant: str) -> list[Head]:
    """Headwords the document marks: a `dt`, bold at the start of a line, a heading of one level."""
    heads: list[Head] = []
    labels: list[Head] = []
    for index in range(len(page)):
        head = None if page.fixed[index] or page.lines[index].cells else _marked(page, index, variant)
        if head is not None:
            (labels if page.is_label(head.headword) else heads).append(head)
    heads = with_namesakes(page, heads, labels)
    if variant == "term":
        return _joined_terms(heads)
    return heads if variant == "bold" else without_titles(page, heads)


def _joined_terms(heads: list[Head]) -> list[Head]:
    """Two terms with one definition: one entry, the second term a synonym."""
    joined: list[Head] = []
    for head in heads:
        if joined and head.index == joined[-1].index + 1 + len(joined[-1].columns) and len(joined[-1].columns) < 3:
            joined[-1].columns += (("synonym", head.headword),)
            joined[-1].body = None
        else:
            joined.append(head)
    return joined


def _marked(page: Page, index: int, variant: str) -> Head | None:
    """The head a line opens by its mark, or None."""
    line = page.lines[index]
    if variant == "bold":
        bare = line.lead.rstrip(" :")
        inline = line.text[len(line.lead) :].lstrip(" :–—-")
        if bare.endswith(".") and inline and bare.count(".") == 1 and len(bare.split()[-1]) > 4:
            bare = bare[:-1]  # the full stop of a run-in head
        return Head(index, bare, inline) if bare and headness(bare, page.language) >= _HEAD else None
    fits = line.kind is Kind.TERM if variant == "term" else line.kind is Kind.HEADING and str(line.level) == variant
    return Head(index, line.text.rstrip(" :")) if fits and page.head[index] >= 0.4 else None


def by_gloss(page: Page, variant: str) -> list[Head]:
    """Dictionary style: headword, etymology or usage, «gloss» or a reference; entries may share or cross lines."""
    from cctbx.sources.glosses import gloss_heads

    return gloss_heads(page)


def by_record(page: Page, variant: str) -> list[Head]:
    """Labelled fields, the headword's first: `Term: Agent`, `Definition: …`."""
    roles = label_words()
    heads: list[Head] = []
    labels: Counter[str] = Counter()
    for index, line in enumerate(page.lines):
        label, colon, rest = line.text.partition(":")
        role = roles.get(label.strip().lower())
        if page.fixed[index] or not colon or role is None:
            continue
        labels[role] += 1
        if role == "terms" and rest.strip() and headness(rest.strip(), page.language) >= _HEAD:
            heads.append(Head(index, rest.strip()))
    return heads if len(heads) >= 2 and labels["texts"] + labels["others"] >= len(heads) else []


_SMALL = "a-zåäöæøąćęłńóśźżéèß"
_LOUD = rf"[^\W\d_{_SMALL}][^\W_{_SMALL}]{{1,30}}"
_CAPITALS = re.compile(
    rf"({_LOUD}(?:[\s/&()-]{{1,3}}{_LOUD}){{0,5}}[\s/&()-]{{0,3}})(?=[^\W\d_]?[{_SMALL}]|(?<=\s)[^\W\d_]\s)"
)


def by_capitals(page: Page, variant: str) -> list[Head]:
    """Headwords in capitals that run straight into the definition."""
    heads = []
    clause = clause_words(page.language)
    for index, line in enumerate(page.lines):
        match = None if page.fixed[index] or line.cells else _CAPITALS.match(line.text)
        if match is None:
            continue
        headword = match.group(1).strip(" -")
        rest = line.text[len(match.group(1)) :].strip()
        if len(headword) >= 3 and headword.isupper() and rest.split()[0] not in clause:
            heads.append(Head(index, headword, rest))
    return heads if len(heads) >= 3 else []
