"""Layout hypotheses scored as a whole: how much of the page they explain, and how regular the result is."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from cctbx.sources.acronyms import expands, is_acronym
from cctbx.sources.drafts import Draft, Head, Reading
from cctbx.sources.features import bodyness, clause_words, function_words, headness, words_at_start
from cctbx.sources.languages import language_row, words_pattern
from cctbx.sources.layouts import Layout
from cctbx.sources.page import Page, order_share, sort_key
from cctbx.sources.separators import RARE, SEPARATORS, split_at
from cctbx.sources.tables import column_roles

__all__ = ["ACCEPTED", "PARTS", "score"]

ACCEPTED = 0.34
"""A reading below this is no glossary: better no entry than an invented one."""

_BRACKET = re.compile(r"\(([^()]+)\)")
_FIGURES = re.compile(r"\b(?:\d+|[ivx]+)\b")
_AMOUNT_AT = 30
_AMOUNT = re.compile(
    r"\d\s?(?:m?g|kg|hg|ml|dl|cl|l|mm|cm|m|km|kr|stk|st|szt|ks|kpl|eur|euro|usd|gbp|sek|nok|dkk|pln|zł|kč|w|kwh|v|°c|%|min)(?!\w)"
    r"|\d\s?[€$£%]|[€$£]\s?\d",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_OPENING, _PARAGRAPH = 400, 1000
_GRACE, _ARTICLE = 20, 10
_FEW, _ASKED = 6, 0.8
_TELLING, _HANDFUL, _SHORT = 0.7, 4, 3
_TIMED = re.compile(
    r"(?:kl\.? ?|ca\. ?)?(?:[01]?\d|2[0-3])[:.][0-5]\d(?![\d.])|"
    r"\[?v?\d+\.\d+\.\d+|v(?:ers\w{2,3}|erze)? ?\d+(?:\.\d+)+\W*$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d|\d{1,2}\.? [^\W\d_]+ (?:19|20)\d\d|\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d|\bv?\d+\.\d+\b"
)
_TOP_LINES = 400
_UNNAMED = 0.55
"""The proof a list needs under a title that does not speak of a glossary: lists of other things look alike."""
_HEADINGS = 0.4
"""Layouts that need this much proof are those that prose with headings has too."""


def score(page: Page, layout: Layout, reading: Reading) -> float:
    """Score a reading: the product of its parts (`PARTS`), each weighted by an exponent; the parts stay on it."""
    total = layout.prior * _plausible(reading)
    for name, part, weight in PARTS:
        value = part(page, reading)
        reading.scores[name] = round(value, 3)
        total *= max(value, 0.0) ** weight
    evidence, needed = reading.scores["proof"], _demand(page, reading, layout)
    if evidence < needed:
        total *= (evidence / needed) ** 2
    reading.scores["total"] = round(total, 4)
    return total


def _plausible(reading: Reading) -> float:
    """How plausible the separator is: a rare one is more so behind acronyms."""
    rare = RARE.get(reading.variant, 1.0) if reading.layout == "separator" else 1.0
    acronyms = _mean([is_acronym(draft.head.headword) for draft in reading.drafts])
    return max(rare, 0.9) if acronyms >= 0.8 and reading.variant != "stop" else rare


def _demand(page: Page, reading: Reading, layout: Layout) -> float:
    """How much proof a page needs: more where it has few headings, or does not say that it is a glossary."""
    top = _top(page, reading)
    named = page.names_glossary(top) or _entitled(page, reading, whole=True)
    if layout.proof < _HEADINGS:
        return layout.proof if named or not top or _headed(page) else _UNNAMED
    few = 1 + 0.125 * max(0, 5 - len(reading.drafts))
    titled = not named and (reading.drafts[0].head.index > 0 or _is_title(reading.drafts))
    return layout.proof * few * (1.6 if titled and len(reading.drafts) <= _FEW else 1.0)


def _is_title(drafts: list[Draft]) -> bool:
    """The first line of the page, taken for a headword, is longer than any headword is here."""
    first, *rest = (len(draft.head.headword.split()) for draft in drafts)
    return first >= _SHORT and first > 2 * _mean([float(words) for words in rest])


def _headed(page: Page) -> bool:
    """A row of column names says that one holds terms and one their definitions."""
    roles = (column_roles(line.cells) for line in page.lines[:_TOP_LINES] if len(line.cells) > 1)
    return any("texts" in found for found in roles if found)


def _entitled(page: Page, reading: Reading, *, whole: bool = False) -> bool:
    """A title, not only a sentence, speaks of a glossary: above the first entry, or (`whole`) among the first lines."""
    first = reading.drafts[0].head.index if reading.drafts and not whole else len(page)
    return any(page.names_glossary(page.text(i)) and not page.sentence[i] for i in range(min(first, 12)))


def _top(page: Page, reading: Reading) -> str:
    """The title and introduction: what stands before the first entry."""
    first = reading.drafts[0].head.index if reading.drafts else 0
    return " ".join(page.text(i)[:_PARAGRAPH] for i in range(min(first, 12)))


def explained(page: Page, reading: Reading) -> float:
    """The share of the lines that could be in entries and are, long runs behind one head counting ever less."""
    possible = sum(not reason for reason in page.fixed)
    edge = _edges(page, reading)
    credit = 0.0
    for draft in reading.drafts:
        credit += 1.0
        decay = 1.0
        for index in draft.lines:
            like = page.body[index] if page.body[index] >= page.head[index] or page.lines[index].gap == 0 else 0.3
            if _opens_block(page, index):
                like = max(like, 0.7)
            credit += decay * (0.55 if _opens_entry(page, index) else min(1.0, like + 0.3))
            decay *= 0.97 if not page.lines[index].gap else 0.85
        credit += len(draft.asides)
    credit += 0.8 * sum(reason == "see-also column" for reason in reading.reasons.values())
    titles = sum(r == "" and not page.fixed[i] and page.head[i] >= 0.5 for i, r in reading.reasons.items())
    credit += 0.6 * min(titles, 0.34 * len(reading.drafts))
    share = credit / max(1.0, possible - edge)
    return min(1.0, share)


def _opens_block(page: Page, index: int) -> bool:
    """The first of several lines without a blank one between: a wrapped paragraph."""
    after = index + 1
    return page.lines[index].gap > 0 and after < len(page) and page.lines[after].gap == 0 and not page.fixed[after]


def _opens_entry(page: Page, index: int) -> bool:
    """A line inside an entry that opens like an entry with another separator."""
    split = split_at(SEPARATORS["mixed"], page.text(index), 60)
    if split is None or len(split[0].split()) > 4 or len(split[1].split()) < 2 or page.is_label(split[0]):
        return False
    return headness(split[0], page.language) >= 0.85


def _edges(page: Page, reading: Reading) -> float:
    """Lines of introduction and of footer that any glossary may have: a few are free."""
    if not reading.drafts:
        return 0.0
    first, last = reading.drafts[0].head.index, max(draft.last for draft in reading.drafts)
    before = sum(not page.fixed[i] for i in range(first))
    after = sum(not page.fixed[i] for i in range(last + 1, len(page)))
    free = 4 + 0.25 * len(reading.drafts)
    return min(before, free) + min(after, free)


def heads(page: Page, reading: Reading) -> float:
    """How much the headwords look like headwords."""
    return _mean([headness(draft.head.headword, page.language) for draft in reading.drafts])


def texts(page: Page, reading: Reading) -> float:
    """How much the definitions look like definitions; an expansion alone is none."""
    names = {sort_key(draft.head.headword) for draft in reading.drafts}
    return _mean([_text_quality(page, draft, names) for draft in reading.drafts if not draft.head.empty])


def _text_quality(page: Page, draft: Draft, names: set[str]) -> float:
    if not draft.paragraphs:
        return 0.15
    text = draft.paragraphs[0]
    if len(text) < 60 and sort_key(text) in names:
        return 0.95  # a reference to another entry
    if page.is_field(text):
        return 0.9
    value = min(1.0, 0.35 + bodyness(text, page.language))
    if text[:1] in ",;.)":
        value *= 0.5
    if text.endswith("?"):
        value *= 0.3  # an answer follows, no definition
    if len(text) < 40 and any(each.isdigit() for each in text) and text.count(" ") < 4:
        value *= 0.4  # a number, a date, an address
    if (
        draft.lines
        and draft.head.inline
        and is_acronym(draft.head.headword)
        and expands(draft.head.headword, draft.head.inline)
    ):
        return 0.4 * value
    return value


def regular(page: Page, reading: Reading) -> float:
    """How alike the entries are: marker, blank lines, capitals, number of paragraphs."""
    drafts = reading.drafts
    features: list[list[object]] = [
        [page.lines[draft.head.index].marker for draft in drafts],
        [min(page.lines[draft.head.index].gap, 2) for draft in drafts[1:]] or [0],
        [draft.head.headword[:1].islower() for draft in drafts],
        [bool(draft.head.inline) for draft in drafts],
        [page.lines[draft.lines[0]].gap if draft.lines and not draft.head.inline else 0 for draft in drafts],
        [len(draft.paragraphs) <= 1 for draft in drafts],
    ]
    return _mean([Counter(values).most_common(1)[0][1] / len(values) for values in features])


def proof(page: Page, reading: Reading) -> float:
    """Evidence that this is a glossary: order, echoes, acronyms, section letters, its title, its regularity."""
    drafts = reading.drafts
    count = len(drafts)
    doubts = 1.0
    if count >= 4:
        order = order_share([draft.head.headword for draft in drafts])
        doubts *= 1 - 0.75 * max(0.0, (order - 0.6) / 0.4) * min(
            1.0, (count - 1) / 5 if order == 1 else (count - 2) / 7
        )
    doubts *= 1 - 0.8 * min(1.0, 1.6 * _mean([_echo(draft) for draft in drafts]))
    doubts *= 1 - 0.8 * min(1.0, 2.5 * _mean([_acronym(draft.head) for draft in drafts]))
    if page.has_sections:
        doubts *= 0.6
    if _mean([_asks(page, draft.head) for draft in drafts]) >= _ASKED:
        doubts *= 0.5
    top = _top(page, reading)
    if _entitled(page, reading):
        doubts *= 0.55
    elif page.introduces(top) and page.names_glossary(top):
        doubts *= 0.75
    inline = _mean([bool(draft.head.inline) for draft in drafts])
    telling = _mean([_tells(draft) for draft in drafts])
    doubts *= 1 - 0.45 * telling * min(1.0, count / 8) * (1.0 if inline > 0.9 else 0.6)
    if _is_bare(page, reading) and telling >= _TELLING:
        doubts *= 0.7
    asides = _mean([bool(draft.asides) for draft in drafts])
    doubts *= 1 - 0.4 * asides
    if _counted(page, reading) and not page.names_glossary(top):
        doubts = 1 - 0.25 * (1 - doubts)  # chapters of a document are numbered too
    if _is_staff(page, reading) and not page.names_glossary(top):
        doubts = 1 - 0.25 * (1 - doubts)
    if _is_measured(reading) and not page.names_glossary(top):
        doubts = 1 - 0.25 * (1 - doubts)
    if _is_offer(page, reading) and not page.names_glossary(top):
        doubts = 1 - 0.25 * (1 - doubts)
    if _is_log(page) and not page.names_glossary(top):
        doubts = 1 - 0.25 * (1 - doubts)
    if _is_article(page, reading) and not page.names_glossary(top):
        doubts = 1 - 0.3 * (1 - doubts)
    return 1 - doubts


def _is_bare(page: Page, reading: Reading) -> bool:
    """The page is nothing but entries, one a line, short names and what they mean; nobody is spoken to."""
    persons = clause_words(page.language) & function_words(page.language)
    return len(reading.drafts) == len(page) >= _HANDFUL and all(
        draft.head.inline
        and len(draft.head.headword.split()) <= _SHORT
        and persons.isdisjoint(draft.head.inline.lower().split()[:_SHORT])
        for draft in reading.drafts
    )


def _asks(page: Page, head: Head) -> bool:
    """`What is X?`, `Hva betyr X?`"""
    return head.headword.endswith("?") and words_at_start("asks", page.language, head.headword) is not None


def _is_article(page: Page, reading: Reading) -> bool:
    """Headings that only articles have (introduction, conclusion), or a question for a title."""
    chapters = words_pattern("chapters", page.language)
    told = any(
        chapters.fullmatch(draft.head.headword.strip(" .:")) for draft in reading.drafts if not draft.head.inline
    )
    first = reading.drafts[0].head.index
    asked = any(page.text(i).endswith("?") and page.head[i] > 0.2 for i in range(min(first, 3)))
    return told or (asked and not reading.drafts[0].head.inline)


def _is_staff(page: Page, reading: Reading) -> bool:
    """Headwords are names of persons: two or three words, each with a capital, where terms have none inside.

    Where terms may have, texts tell: they go on with the first name.
    """
    names = [draft.head.headword.split() for draft in reading.drafts]
    like = [len(words) in (2, 3) and all(w[0].isupper() and w[1:].islower() for w in words) for words in names]
    told = [" ".join(draft.paragraphs[:1]).split(" ", 2)[:2] for draft in reading.drafts]
    first = sum(
        yes and text[:1] == words[:1] and text[1:2] != words[1:2]
        for yes, words, text in zip(like, names, told, strict=True)
    )
    return (page.language != "en" and sum(like) >= 0.7 * len(names)) or first >= 0.6 * len(names)


def _is_measured(reading: Reading) -> bool:
    """Many texts begin with an amount: ingredients, prices, sizes."""
    openings = [" ".join(draft.paragraphs[:1])[:_AMOUNT_AT] for draft in reading.drafts]
    return _mean([_AMOUNT.search(text) is not None for text in openings]) >= 0.4


def _is_offer(page: Page, reading: Reading) -> bool:
    """Most texts say `we`: what a company does and sells."""
    authors = frozenset(language_row(page.language).we.split())
    texts = [" ".join(draft.paragraphs[:1])[:_OPENING].lower().split() for draft in reading.drafts]
    return _mean([not authors.isdisjoint(words) for words in texts]) >= 0.5


def _is_log(page: Page) -> bool:
    """Several lines that open with a time of day or are headed by a version or a date: a programme, a change log."""
    found = sum(
        _TIMED.match(line.item_text or line.text) is not None
        or (line.kind == "heading" and _DATED.search(line.text) is not None)
        for line in page.lines[:_TOP_LINES]
    )
    return found >= 2 and found >= 0.08 * min(len(page), _TOP_LINES)


def _counted(page: Page, reading: Reading) -> bool:
    """Headwords are numbered, and few or not in alphabetical order; or all are the same word and a number."""
    words = [draft.head.headword.lower().split() for draft in reading.drafts]
    same = Counter(each[0] for each in words if len(each) > 1 and each[1][:1].isdigit()).most_common(1)
    if same and same[0][1] >= 0.6 * len(words):
        return True  # `Sak 2: …`, `Chapter 3 …`
    marked = all(page.lines[draft.head.index].marker in ("1", "1.1") for draft in reading.drafts)
    few = len(reading.drafts) < 6 and bool(_top(page, reading))
    return marked and (few or order_share([draft.head.headword for draft in reading.drafts]) < 0.9)


def _tells(draft: Draft) -> bool:
    """The text says something in words: five of them, no figures, no list of names."""
    text = draft.paragraphs[0][:_OPENING] if draft.paragraphs else ""
    words = text.split()
    return (
        len(words) >= 5
        and _FIGURE.search(text, 0, 60) is None
        and len([None for word in words if word[0].isupper()]) < 0.5 * len(words)
    )


def _echo(draft: Draft) -> float:
    """The text opens with the headword: `Agentkonsol` … `Agentkonsolen är`."""
    headword, text = draft.head.headword, draft.paragraphs[0] if draft.paragraphs else ""
    stem = sort_key(headword.split("(")[0])[: max(4, int(len(headword) * 0.6))]
    opening = sort_key(text[: len(headword) + _GRACE])
    place = opening.find(stem)
    while place > 0 and opening[place - 1] != " ":
        place = opening.find(stem, place + 1)
    return float(len(stem) >= 3 and 0 <= place <= _ARTICLE)


def _acronym(head: Head) -> float:
    bracket = _BRACKET.search(head.headword)
    if bracket and (is_acronym(bracket.group(1)) or is_acronym(head.headword.split("(")[0].strip())):
        return 1.0
    first, *rest = re.split(r"\s+[-–—]\s+|:\s+|\s*/\s*", head.headword, maxsplit=1)
    return 1.0 if is_acronym(first) or any(is_acronym(each) for each in rest) else 0.0


def number(page: Page, reading: Reading) -> float:
    """One entry is hardly a glossary; a handful is."""
    return min(1.0, 0.4 + 0.15 * len({draft.head.headword.lower() for draft in reading.drafts}))


def apart(page: Page, reading: Reading) -> float:
    """Headwords differ from each other: the same one again and again is a label."""
    names = [_FIGURES.sub("", draft.head.headword.lower()) for draft in reading.drafts]
    return len(set(names)) / len(names) if names else 0.0


def size(page: Page, reading: Reading) -> float:
    """Entries are short texts; chapters of an article are not."""
    lines = sorted(len(draft.lines) for draft in reading.drafts)
    usual = lines[len(lines) // 2] if lines else 0
    return 1.0 if usual <= 6 else max(0.3, 1 - 0.05 * (usual - 6))


def _mean(values: list[float] | list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def tightness(page: Page, reading: Reading) -> float:
    """Entries stand together: few foreign lines between them."""
    strange = sum(
        not page.fixed[i] and i not in (draft.lines or ()) and reading.reasons.get(i) is not None and page.body[i] > 0.6
        for draft, following in pairwise(reading.drafts) for i in range(draft.last + 1, following.head.index)
    )  # fmt: skip
    return 1 - min(0.6, strange / max(1, len(reading.drafts)))


PARTS = (
    ("explained", explained, 1.0), ("heads", heads, 0.8), ("texts", texts, 0.8), ("regular", regular, 0.7),
    ("number", number, 0.5), ("apart", apart, 1.0), ("size", size, 0.6), ("tightness", tightness, 0.5),
    ("proof", proof, 0.15),
)  # fmt: skip
"""Name, function, weight (an exponent)."""
