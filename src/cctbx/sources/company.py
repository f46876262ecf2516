"""What heads of one page have in common: odd ones out go, titles and footers go, forgotten ones come back."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from cctbx.sources.drafts import Head
from cctbx.sources.features import headness
from cctbx.sources.page import Page, order_share, sort_key

__all__ = [
    "below_name",
    "below_title",
    "consistent",
    "goes_on_about",
    "sets_off",
    "with_bare",
    "with_empty",
    "with_forgotten",
    "with_namesakes",
    "with_numbers",
    "without_footers",
    "without_titles",
]


_FEW, _TITLE, _LIKE = 5, 40, 0.85


def with_namesakes(page: Page, heads: list[Head], labels: list[Head]) -> list[Head]:
    """A word that is a label elsewhere (`Category`) is a headword where it stands once, like the others, among many."""
    if len(labels) != 1 or len(heads) < 4 or page.is_repeated(labels[0].headword):
        return heads
    odd = labels[0]
    alike = sum(_looks(page, head) == _looks(page, odd) for head in heads)
    inside = heads[0].index < odd.index
    return sorted([*heads, odd], key=lambda head: head.index) if alike >= 0.6 * len(heads) and inside else heads


def with_numbers(page: Page, heads: list[Head], numbers: list[Head]) -> list[Head]:
    """Numbers (`73`, `802.11`) are headwords where a few stand among many others that look the same."""
    if not numbers or len(numbers) > 0.25 * len(heads):
        return heads
    first, last = heads[0].index - len(numbers), heads[-1].index + len(numbers)
    usual = Counter(_looks(page, head)[:3] for head in heads).most_common(1)[0][0]
    found = [each for each in numbers if first <= each.index <= last and _looks(page, each)[:3] == usual]
    return sorted([*heads, *found], key=lambda head: head.index)


def _looks(page: Page, head: Head) -> tuple[bool, str, bool, bool]:
    line = page.lines[head.index]
    return sets_off(page, head.index), line.marker, bool(line.lead), page.sentence[head.index]


def goes_on_about(headword: str, previous: str) -> bool:
    """A long opening that begins with the headword above is a sentence of its definition."""
    words, before = headword.lower().split(), previous.lower().split()
    return len(words) >= 5 and len(before) < len(words) and words[: len(before)] == before


def consistent(page: Page, heads: list[Head]) -> list[Head]:
    """Heads of one page look alike: what most share (marker, case, blank line before), an odd one out must share."""
    if len(heads) < 4:
        return heads
    marked = Counter(page.lines[head.index].marker for head in heads)
    marker, count = marked.most_common(1)[0]
    bare = marked[""]
    if count >= 0.7 * len(heads):
        flat = {head.index for head in heads}
        heads = [h for h in heads if page.lines[h.index].marker == marker or {h.index - 1, h.index + 1} <= flat]
    elif bare >= 3 and page.lines[heads[0].index].marker != "•":
        heads = [head for head in heads if page.lines[head.index].marker != "•"]  # lists inside entries
    levels = Counter(page.lines[head.index].level for head in heads)
    level, count = levels.most_common(1)[0]
    if count >= 0.7 * len(heads):
        heads = [head for head in heads if page.lines[head.index].level in (level, 0)]
    upper = sum(head.headword[0].isupper() for head in heads)
    if upper >= 0.85 * len(heads):
        heads = [head for head in heads if not head.headword[0].islower() or _may_be_small(page, head, heads)]
    spaced = sum(sets_off(page, head.index) for head in heads)
    if spaced >= 0.85 * len(heads):
        first = heads[0]
        heads = [head for head in heads if sets_off(page, head.index) or _after_sentence(page, head)]
        if first is not heads[0] and below_name(page, first.index):
            heads = [first, *heads]
    return heads


def below_name(page: Page, index: int) -> bool:
    """Directly below the title of the glossary."""
    above = index - 1
    return index > 0 and not page.sentence[above] and page.head[above] >= 0.5 and page.names_glossary(page.text(above))


def _may_be_small(page: Page, head: Head, heads: list[Head]) -> bool:
    """A head in lower case among capitals: set off, or with a capital inside, or in its place in the alphabet."""
    if sets_off(page, head.index) or any(each.isupper() for each in head.headword.split()[0]):
        return True
    place = heads.index(head)
    around = [heads[i].headword for i in (place - 1, place, place + 1) if 0 <= i < len(heads)]
    return page.sentence[head.index - 1] and len(around) == 3 and order_share(around) == 1


def _after_sentence(page: Page, head: Head) -> bool:
    """Behind a sentence, and no sentence itself that its author goes on with."""
    return page.sentence[head.index - 1] and headness(head.headword, page.language) >= 0.85


def below_title(page: Page, heads: list[Head]) -> list[Head]:
    """What looks like an entry above the title of the glossary belongs to the text before it; so does the title."""
    if len(heads) > _FEW and _is_top(page, heads):
        heads = heads[1:]
    for index in range(heads[2].index - 1 if len(heads) > 5 else 0, 0, -1):
        later = [head for head in heads if head.index > index]
        above = sets_off(page, index) or (page.sentence[index - 1] and len(page.text(index)) <= _TITLE)
        titles = page.head[index] >= 0.5 and not page.sentence[index] and above
        if titles and len(page.text(index)) < 60 and later[0].index > index and page.names_glossary(page.text(index)):
            return heads if any(head.index == index for head in heads) else later
    return heads


def _is_top(page: Page, heads: list[Head]) -> bool:
    """The first line stands apart from a list whose lines stand together, and out of its order."""
    first, *rest = heads
    together = sum(b.index == a.index + 1 and not page.lines[b.index].gap for a, b in pairwise(rest))
    apart = first.index == 0 and len(page) > 1 and (page.lines[1].gap > 0 or bool(page.fixed[1]))
    return apart and together >= 0.6 * (len(rest) - 1) and sort_key(first.headword) > sort_key(rest[0].headword)


def with_bare(page: Page, heads: list[Head]) -> list[Head]:
    """Headwords without text or separator: in their place in the alphabet, directly before the next entry."""
    if len(heads) < 5 or order_share([head.headword for head in heads]) < 0.9:
        return heads
    upper = all(head.headword[0].isupper() for head in heads)
    found = list(heads)
    for before, after in pairwise(heads):
        index = after.index - 1
        text = page.text(index)
        if index <= before.index or page.fixed[index] or page.head[index] < 0.75 or not page.sentence[index - 1]:
            continue
        fits = sort_key(before.headword) < sort_key(text) < sort_key(after.headword) and not page.sentence[index]
        alike = page.lines[index].gap <= page.lines[after.index].gap and page.lines[index].kind == "text"
        if fits and alike and text[0].isupper() >= upper and not page.is_label(text):
            found.append(Head(index, text, empty=True))
    return sorted(found, key=lambda head: head.index)


def without_titles(page: Page, heads: list[Head]) -> list[Head]:
    """Titles and introductions that look like the first entries: before the first section letter, or out of order."""
    if len(heads) < 3:
        return heads
    first_letter = next(
        (i for i, reason in enumerate(page.fixed) if reason == "section letter" and len(page.text(i)) < 4), -1
    )
    if page.has_sections and 0 <= first_letter < heads[len(heads) // 2].index:
        heads = [head for head in heads if head.index > first_letter] or heads
    ordered = order_share([head.headword for head in heads[1:]]) >= 0.8 and len(heads) >= 5
    while len(heads) > 2:
        first, second = heads[0], heads[1]
        top = all(page.fixed[: first.index]) and not page.lines[first.index].marker
        out_of_order = ordered and top and sort_key(first.headword) > sort_key(second.headword)
        speaks = page.names_glossary(first.headword) or any(
            page.introduces(page.text(i)) and not page.is_field(page.text(i))
            for i in range(first.index + 1, min(second.index, first.index + 3))
        )
        if not (out_of_order or (speaks and not _echoed(page, first))):
            break
        heads = heads[1:]
    return heads


def without_footers(page: Page, heads: list[Head]) -> list[Head]:
    """Headings behind the list: out of order, with furniture between them and the last entry in order."""
    if len(heads) < 4 or order_share([head.headword for head in heads[:-1]]) < 0.8:
        return heads
    for place in range(max(3, len(heads) - 3), len(heads)):
        before, here = heads[place - 1], heads[place]
        furniture = any(
            page.fixed[i] == "navigation" and not page.is_repeated(page.text(i))
            for i in range(before.index + 1, here.index)
        )
        if furniture and sort_key(here.headword) < sort_key(before.headword):
            return heads[:place]
    return heads


def _echoed(page: Page, head: Head) -> bool:
    """Whether the text under a headword speaks of the headword."""
    stem = sort_key(head.headword.split("(")[0])[:6]
    return head.index + 1 < len(page) and stem in sort_key(page.text(head.index + 1))[: len(head.headword) + 30]


def with_forgotten(page: Page, heads: list[Head], others: list[Head]) -> list[Head]:
    """Lines like heads that do not stand like heads, behind a link or an advertisement: in their place in the order."""
    if len(heads) < 3 or not others or order_share([head.headword for head in heads]) < 0.9:
        return heads
    upper = all(head.headword[0].isupper() for head in heads)
    found = list(heads)
    for other in others:
        before = max((head for head in heads if head.index < other.index), key=lambda head: head.index, default=None)
        after = min((head for head in heads if head.index > other.index), key=lambda head: head.index, default=None)
        key = sort_key(other.headword)
        fits = (before is None or sort_key(before.headword) < key) and (after is None or key < sort_key(after.headword))
        apart = before is None or other.index - before.index > 1
        alike = other.headword[0].isupper() >= upper and page.head[other.index] >= _LIKE
        if fits and apart and alike and not page.names_glossary(other.headword):
            found.append(other)
    return sorted(found, key=lambda head: head.index)


def with_empty(page: Page, heads: list[Head], variant: str) -> list[Head]:
    """Headwords with no text: lines like the others, in their place in the alphabet, directly before the next one."""
    if len(heads) < 5 or order_share([head.headword for head in heads]) < 0.85:
        return heads
    found = list(heads)
    for before, after in pairwise(heads):
        index = after.index - 1
        while index > before.index and page.fixed[index]:
            index -= 1
        if index <= before.index + 1 or page.head[index] < 0.75 or not sets_off(page, index) or page.fixed[index]:
            continue
        key = sort_key(page.text(index))
        if sort_key(before.headword) <= key <= sort_key(after.headword) and not page.is_label(page.text(index)):
            found.append(Head(index, page.text(index), empty=True))
    return sorted(found, key=lambda head: head.index)


def sets_off(page: Page, index: int) -> bool:
    """A blank line, furniture or the top of the page stands before the line."""
    return index == 0 or page.lines[index].gap > 0 or bool(page.fixed[index - 1])
