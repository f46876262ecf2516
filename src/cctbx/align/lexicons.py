"""Lexicons: which words and phrases of different languages can mean the same.

A lexicon is a sequence of rows; a row lists, per language, forms that can stand for one another. The bundled one lies
in
`align/lexicon/*.tsv` (columns en nb sv nl pl pos; `|` between forms); users add their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cctbx.text.normal import primary
from cctbx.text.respelling import RESPELT, respelt
from cctbx.text.stems import is_function_word, stem
from cctbx.text.tokens import words

__all__ = ["LONGEST_PHRASE", "Lexicon", "LexiconRow", "bundled_lexicon", "joined", "read_table"]

LONGEST_PHRASE = 4
_NOT_LANGUAGES = frozenset({"pos", "origin", "licence", "note"})
# Where a language has no form of its own, its closest relative may know the word; English is everybody's lender.
# `da~` and `nn~` are Bokmål words in Danish and Nynorsk spelling (Nynorsk is read as `nb`).
_NEIGHBOURS: dict[str, tuple[str, ...]] = {
    "da": ("da", "da~", "nb", "en"), "nb": ("nb", "nn~", "da", "en"), "en": ("en",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LexiconRow:
    """The forms of one meaning: (primary language subtag, form) pairs."""

    forms: tuple[tuple[str, str], ...]


class Lexicon:
    """Rows, and an index from stemmed phrases to the rows that hold them. Immutable; `+` joins two lexicons."""

    __slots__ = ("_index", "_openings", "rows")

    def __init__(self, rows: Iterable[LexiconRow] = ()) -> None:
        self.rows: tuple[LexiconRow, ...] = tuple(rows)
        self._index: dict[str, dict[tuple[str, ...], tuple[int, ...]]] = {}
        self._openings: dict[str, frozenset[str]] = {}

    def _keys(self, language: str) -> dict[tuple[str, ...], tuple[int, ...]]:
        """The stemmed phrases of one language with their rows; made when the language is first asked for."""
        if language not in self._index:
            found: dict[tuple[str, ...], set[int]] = {}
            for number, phrase in self._phrases(language):
                if 0 < len(key := stems_of(phrase, language.rstrip("~"))) <= LONGEST_PHRASE:
                    found.setdefault(key, set()).add(number)
            self._index[language] = {key: tuple(sorted(numbers)) for key, numbers in found.items()}
            self._openings[language] = frozenset(key[0] for key in found if len(key) > 1)
        return self._index[language]

    def _phrases(self, language: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The phrases of a language with the numbers of their rows; for `da~`, single words spelt as in Danish."""
        plain = language.rstrip("~")
        of = language if plain == language else RESPELT[plain]
        for number, row in enumerate(self.rows):
            for tag, form in row.forms:
                if tag == of and of == language:
                    yield number, words(form)
                elif tag == of and len(found := words(form)) == 1:
                    yield from ((number, (spelt,)) for spelt in respelt(found[0], plain))

    def __add__(self, other: Lexicon) -> Lexicon:
        return Lexicon((*self.rows, *other.rows))

    def __len__(self) -> int:
        return len(self.rows)

    def meanings(self, phrase: Sequence[str], language: str) -> tuple[int, ...]:
        """The rows that hold this phrase (folded words) in the language, else in a neighbour, else in English."""
        for tag in _NEIGHBOURS.get(language, (language, "en")):
            if found := self._keys(tag).get(stems_of(phrase, tag.rstrip("~"))):
                return found
        return ()

    def opens(self, word: str, language: str) -> bool:
        """Whether a phrase of several words that `meanings` knows may begin with this folded word."""
        return any(
            self._keys(tag) and (is_function_word(word, tag) or stem(word, tag) in self._openings[tag])
            for tag in _NEIGHBOURS.get(language, (language, "en"))
            if not tag.endswith("~")
        )

    def knows(self, word: str, language: str) -> bool:
        """Whether the language itself (no neighbour) has this folded word."""
        return (stem(word, language),) in self._keys(language)

    def vocabulary(self, language: str) -> dict[str, int]:
        """The single words of a language, folded, with the number of rows that hold them; words of a relative in the
        language's own spelling among them."""
        count: dict[str, int] = {}
        own = (language, f"{language}~") if language in RESPELT else (language,)
        for tag in (*own, "nn~") if language == "nb" else own:
            for _, phrase in self._phrases(tag):
                if len(phrase) == 1:
                    count[phrase[0]] = count.get(phrase[0], 0) + 1
        return count


def stems_of(phrase: Sequence[str], language: str) -> tuple[str, ...]:
    """The stems of a phrase, without its function words (unless it has nothing else)."""
    if len(phrase) == 1:
        return (stem(phrase[0], language),)
    kept = [word for word in phrase if not is_function_word(word, language)] or list(phrase)
    return tuple(stem(word, language) for word in kept)


def read_table(text: str) -> tuple[LexiconRow, ...]:
    """The rows of a tab-separated table whose first line names languages (other columns are passed over)."""
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        return ()
    names = [name.strip() for name in lines[0].split("\t")]
    rows = (dict(zip(names, line.split("\t"), strict=False)) for line in lines[1:])
    return tuple(found for row in rows if len((found := _row(row)).forms) > 1)


def _row(cells: Mapping[str, str]) -> LexiconRow:
    forms = (
        (primary(name), form.strip())
        for name, cell in cells.items()
        if name not in _NOT_LANGUAGES
        for form in cell.split("|")
    )
    return LexiconRow(tuple(dict.fromkeys((tag, form) for tag, form in forms if form)))


@cache
def bundled_lexicon() -> Lexicon:
    """The lexicon of our own making that ships with the package.

    Tables `by-english-LL.tsv` give a language's words for English ones: every row with the English form takes them in.
    """
    place = Path(__file__).parent / "lexicon"
    tables = {file.name: file.read_text(encoding="utf-8") for file in sorted(place.glob("*.tsv"))}
    added: dict[str, dict[tuple[str, str], None]] = {}
    for name, text in tables.items():
        for row in read_table(text) if name.startswith(_BY_ENGLISH) else ():
            for english in [form for tag, form in row.forms if tag == _PIVOT]:
                added.setdefault(english, {}).update((each, None) for each in row.forms if each[0] != _PIVOT)
    rows = (row for name, text in tables.items() if not name.startswith(_BY_ENGLISH) for row in read_table(text))
    return Lexicon(_with(row, added) for row in rows)


def _with(row: LexiconRow, added: Mapping[str, Mapping[tuple[str, str], None]]) -> LexiconRow:
    more = [form for tag, english in row.forms if tag == _PIVOT for form in added.get(english, ())]
    return LexiconRow((*row.forms, *dict.fromkeys(more))) if more else row


_BY_ENGLISH = "by-english-"
_PIVOT = "en"
_MOST_FORMS = 10


def joined(own: Lexicon, rows: Iterable[LexiconRow]) -> Lexicon:
    """A lexicon with the rows of bilingual dictionaries added.

    Dictionaries of different languages meet in English: forms with the same English equivalent form a row, together
    with
    the forms that `own` has for that English form. A pivot with very many forms in one language is too ambiguous to
    help.
    """
    added = tuple(rows)
    pivots: dict[str, dict[tuple[str, str], None]] = {}
    for row in added:
        for pivot in [form for tag, form in row.forms if tag == _PIVOT]:
            pivots.setdefault(" ".join(words(pivot)), {}).update(dict.fromkeys(row.forms))
    for row in own.rows:
        for form in [form for tag, form in row.forms if tag == _PIVOT]:
            if found := pivots.get(" ".join(words(form))):
                found.update(dict.fromkeys(row.forms))
    merged = [LexiconRow(tuple(found)) for found in pivots.values() if _clear(found)]
    direct = [row for row in added if all(tag != _PIVOT for tag, _ in row.forms)]
    return Lexicon((*own.rows, *merged, *direct))


def _clear(forms: Iterable[tuple[str, str]]) -> bool:
    count: dict[str, int] = {}
    for tag, _ in forms:
        count[tag] = count.get(tag, 0) + 1
    return len(count) > 1 and max(count.values()) <= _MOST_FORMS
