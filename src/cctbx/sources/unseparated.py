"""Where entries open with no separator: a headword in quotation marks, one said twice, one with its grammar mark."""

from __future__ import annotations

import re
from functools import cache

from cctbx.sources.acronyms import expands, is_acronym
from cctbx.sources.drafts import Head
from cctbx.sources.features import function_words, headness
from cctbx.sources.headwords import GRAMMAR_MARK
from cctbx.sources.languages import LANGUAGES, alternatives, language_row
from cctbx.sources.page import Page, order_share

__all__ = ["by_acronym", "by_grammar", "by_quotation", "by_repetition", "by_sentence"]

_FEWEST, _SHARE, _NAME, _ORDERED = 3, 0.6, 0.8, 0.95
_QUOTED = re.compile(r"[\"“„«”»‘'](?P<head>[^\"“”„«»]{2,60}?)[\"”“»«’'],?\s+(?P<text>\S.*)")


@cache
def _says(tag: str) -> re.Pattern[str]:
    """Verbs that tell what a quoted headword means, in the language of the page or in English."""
    rows = language_row(tag), LANGUAGES["en"]
    words = alternatives(*(row.means for row in rows), *(row.verbs for row in rows), *(row.refers for row in rows))
    return re.compile(rf"{words}(?!\w)", re.IGNORECASE)


@cache
def _marked(tag: str) -> re.Pattern[str]:
    """A headword, a grammar mark with its full stop (or a word that refers), and the definition."""
    see = alternatives(language_row(tag).see)
    return re.compile(
        rf"(?P<head>[^\W\d_][^.:;()«»]{{1,40}}?)(?:,?\s+{GRAMMAR_MARK}\s+(?=\S)|\s+(?={see}\s))(?P<text>\S.*)"
    )


def by_quotation(page: Page, variant: str) -> list[Head]:
    """`“Charges” means …`: the verb belongs to the definition."""
    found = [(index, _QUOTED.match(page.text(index))) for index in _free(page)]
    heads = [
        Head(index, match["head"].strip(), match["text"])
        for index, match in found
        if match and _says(page.language).match(match["text"]) and headness(match["head"], page.language) >= _SHARE
    ]
    return heads if len(heads) >= _FEWEST else []


@cache
def _twice(tag: str) -> re.Pattern[str]:
    """A headword, and the same again at the beginning of a sentence, an article before it or not."""
    article = alternatives(language_row(tag).articles)
    return re.compile(
        rf"(?P<head>\S+(?:\s\S+){{0,3}}?)\s(?P<text>(?:{article}\s+)?(?P=head)(?!\w).{{12,}})", re.IGNORECASE
    )


def by_repetition(page: Page, variant: str) -> list[Head]:
    """`Agent Agent is a person who …`: the headword of a heading that lost its line."""
    pattern = _twice(page.language)
    found = [(index, pattern.match(page.text(index))) for index in _free(page)]
    heads = [
        Head(index, match["head"], match["text"])
        for index, match in found
        if match and len(match["head"]) > 2 and headness(match["head"], page.language) >= _SHARE
    ]
    return heads if len(heads) >= _FEWEST else []


@cache
def _sentence(tag: str) -> re.Pattern[str]:
    """A name, a verb that defines, and the rest of the sentence."""
    row = language_row(tag)
    verbs = alternatives(row.verbs, row.means)
    return re.compile(rf"(?P<head>[^\W_][^.,;:!?]{{1,48}}?)\s(?P<text>{verbs}\s\S.{{12,}})")


def by_sentence(page: Page, variant: str) -> list[Head]:
    """`Anchor is a heavy thing …`: sentences in the order of the alphabet, each with a subject of its own."""
    pattern, small = _sentence(page.language), function_words(page.language)
    found = [(index, pattern.match(page.text(index))) for index in _free(page)]
    heads = [
        Head(index, match["head"], match["text"])
        for index, match in found
        if match
        and headness(match["head"], page.language) >= _NAME
        and len(match["head"].split()) <= _FEWEST
        and small.isdisjoint(match["head"].lower().split())
    ]
    names = [head.headword for head in heads]
    return heads if len(heads) > _FEWEST and len(set(names)) == len(names) and order_share(names) >= _ORDERED else []


def by_acronym(page: Page, variant: str) -> list[Head]:
    """`HTV henkilötyövuosi`: an acronym and what its letters stand for, nothing between."""
    found = [(index, *page.text(index).partition(" ")[::2]) for index in _free(page)]
    heads = [Head(index, first, rest.strip()) for index, first, rest in found if rest.strip() and is_acronym(first)]
    fitting = sum(expands(head.headword, head.inline) for head in heads)
    return heads if len(heads) > _FEWEST and fitting >= _SHARE * len(heads) else []


def by_grammar(page: Page, variant: str) -> list[Head]:
    """`anchor n. heavy thing …`: a grammar mark stands between headword and definition, in alphabetical order."""
    pattern = _marked(page.language)
    found = [(index, pattern.match(page.text(index))) for index in _free(page)]
    heads = [
        Head(index, match["head"].strip(" ,"), match["text"])
        for index, match in found
        if match and headness(match["head"], page.language) >= _SHARE
    ]
    marked = sum(match is not None and match["mark"] is not None for _, match in found)
    ordered = order_share([head.headword for head in heads]) >= _SHARE
    return heads if marked >= _FEWEST and marked >= _SHARE * len(heads) and ordered else []


def _free(page: Page) -> list[int]:
    return [index for index, line in enumerate(page.lines) if not page.fixed[index] and not line.cells]
