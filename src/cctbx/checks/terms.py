"""Checks of terms: how they are written."""

from __future__ import annotations

import re
import unicodedata

from cctbx.checks.base import CheckOptions, EntryFacts, Suspicion, TermCheck, TermFacts, Texts

__all__ = ["CHECKS", "odd", "suspicion", "unsuspicious"]

_INVISIBLE = "\u00a0\u1680\u2000-\u200f\u202a-\u202f\u205f\u2060\u2066-\u2069\u3000\ufeff\u00ad"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff"
_SEVERAL = re.compile(r";|\s/\s|\s\|\s|,\s|\n")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);")
_BRACKETED = re.compile(r"\s[(\[（][^()\[\]（）]*[)\]）]|^[(\[（][^()\[\]（）]*[)\]）]\s")
_PAIRS = {"(": ")", "[": "]", "{": "}", "（": "）", "「": "」", "『": "』", "【": "】"}
_CLOSING = frozenset(_PAIRS.values())
_STRAIGHT = re.compile(r'(?<!\d)"')  # after a digit it stands for inches or seconds
_SHORTENING = re.compile(r"(?:^|[\s.])\w{1,4}\.$|\.\.+$|…$")

_ARTICLES: dict[str, frozenset[str]] = {
    "en": frozenset({"a", "an", "the"}),
    "de": frozenset({"der", "die", "das", "ein", "eine", "einen", "einem", "einer"}),
    "fr": frozenset({"le", "la", "les", "un", "une", "des"}),
    "es": frozenset({"el", "la", "los", "las", "un", "una", "unos", "unas"}),
    "it": frozenset({"il", "lo", "la", "i", "gli", "le", "un", "uno", "una"}),
    "pt": frozenset({"o", "a", "os", "as", "um", "uma"}),
    "nl": frozenset({"de", "het", "een"}),
    "sv": frozenset({"en", "ett"}), "nb": frozenset({"en", "ei", "et"}), "no": frozenset({"en", "ei", "et"}),
    "nn": frozenset({"ein", "ei", "eit"}), "da": frozenset({"en", "et"}),
    "hu": frozenset({"a", "az", "egy"}), "ca": frozenset({"el", "la", "els", "les", "un", "una"}),
    "ro": frozenset({"un", "o"}), "el": frozenset({"ο", "η", "το", "οι", "τα", "ένας", "μία", "ένα"}),
}  # fmt: skip
_INFINITIVES = {"en": "to", "sv": "att", "nb": "å", "no": "å", "nn": "å", "da": "at"}
_CAPITALS = frozenset({"de", "lb"})
"""Languages that write nouns with a capital."""


def blanks(term: TermFacts, options: CheckOptions) -> str | None:
    """leading, trailing or double blank in a term"""
    text = term.text
    if text.strip(" ") == "":
        return None
    return f"{text!r} has superfluous blanks" if text[0] == " " or text[-1] == " " or "  " in text else None


_JOINING = frozenset({"fa", "ar", "ur", "hi", "bn", "ml", "kn", "te", "si", "mr", "ckb"})
_INVISIBLES = re.compile(f"[{_INVISIBLE}]")


def invisible(term: TermFacts, options: CheckOptions) -> str | None:
    """invisible character in a term: no-break or zero-width blank, soft hyphen, directional mark"""
    found = _INVISIBLES.search(term.text)
    if found is None:
        return None
    if found[0] in "\u200c\u200d" and term.language in _JOINING:
        return None  # joiners belong to the spelling of these languages
    if found[0] == "\u3000" and term.language in ("ja", "zh"):
        return None
    name = unicodedata.name(found[0], "unnamed character").lower()
    return f"{term.text!r} holds a {name} (U+{ord(found[0]):04X})"


def line_break(term: TermFacts, options: CheckOptions) -> str | None:
    """tab or line break in a term"""
    folded = " ".join(term.text.split())
    return f"{folded!r} is broken over lines or holds a tab" if re.search(_BREAKS, term.text) else None


_BREAKS = "[\t\n\r\u0085\u2028\u2029]"


def composed(term: TermFacts, options: CheckOptions) -> str | None:
    """term not in Unicode normal form C"""
    text = term.text
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return None
    return f"{text!r} is not in normal form C: it will not be found by what looks the same"


_CONTROLS = re.compile(f"[{_CONTROL}]")


def control(term: TermFacts, options: CheckOptions) -> str | None:
    """control, private-use or replacement character in a term"""
    found = _CONTROLS.search(term.text)
    return f"{term.text!r} holds the character U+{ord(found[0]):04X}" if found else None


def balanced(term: TermFacts, options: CheckOptions) -> str | None:
    """unbalanced bracket or quotation mark in a term"""
    text = term.text
    expected: list[str] = []
    for character in text:
        if character in _PAIRS:
            expected.append(_PAIRS[character])
        elif character in _CLOSING and (not expected or expected.pop() != character):
            return f"{text!r} has a {character} without its partner"
    if expected:
        return f"{text!r} lacks a {expected[-1]}"
    return f"{text!r} has one quotation mark too many or too few" if _odd_quotes(text) else None


def _odd_quotes(text: str) -> bool:
    """Languages open and close with different marks („a“, “a”, »a«, «a»), so they are only counted."""
    straight = len(_STRAIGHT.findall(text))
    curly = sum(text.count(mark) for mark in "„“”")
    return bool(straight % 2 or curly % 2 or text.count("«") != text.count("»"))


def several(term: TermFacts, options: CheckOptions) -> str | None:
    """several terms in one term field"""
    text = _BRACKETED.sub("", term.text)
    if not _SEVERAL.search(text) or re.search(r"\d,\s?\d", text):
        return None
    if term.term.term_type in ("phrase", "formula", "equation", "standardText") and ";" not in text:
        return None
    return f"{term.text!r} seems to hold several terms"


def bracketed(term: TermFacts, options: CheckOptions) -> str | None:
    """explanatory brackets in a term"""
    return f"{term.text!r} explains itself in brackets" if _BRACKETED.search(term.text) else None


def full_stop(term: TermFacts, options: CheckOptions) -> str | None:
    """term ends with a full stop"""
    text = term.text.rstrip()
    if not text.endswith((".", "。")) or term.term.term_type in ("abbreviation", "acronym", "shortForm", "phrase"):
        return None
    return None if _SHORTENING.search(text) else f"{text!r} ends with a full stop"


def capital(term: TermFacts, options: CheckOptions) -> str | None:
    """initial capital in a language that writes small letters"""
    text = term.text
    first = text.partition(" ")[0]
    if not first or not first[0].isupper() or term.language in _CAPITALS or not first[1:].islower():
        return None
    words = text.split(" ")
    if len(words) > 1 and any(word[:1].isupper() for word in words[1:]):
        return None  # a name, most likely
    known = term.term.part_of_speech in _NOUNLIKE
    return f"{text!r} begins with a capital" if known else None


def article(term: TermFacts, options: CheckOptions) -> str | None:
    """term begins with an article or a mark of the infinitive"""
    text = term.text
    if " " not in text:
        return None
    first = text.partition(" ")[0].lower()
    if first in _ARTICLES.get(term.language, ()):
        return f"{text!r} begins with an article"
    marked = first == _INFINITIVES.get(term.language) and term.term.part_of_speech in (None, "verb")
    return f"{text!r} begins with a mark of the infinitive" if marked else None


def plural(term: TermFacts, options: CheckOptions) -> str | None:
    """plural form as headword"""
    return f"{term.text!r} is a plural" if term.term.grammatical_number == "plural" else None


def markup(term: TermFacts, options: CheckOptions) -> str | None:
    """markup or escaped markup in a term"""
    found = _MARKUP.search(term.text)
    return f"{term.text!r} holds {found[0]}" if found else None


def long(term: TermFacts, options: CheckOptions) -> str | None:
    """term longer than the limit"""
    size = len(term.text)
    return f"{term.text[:60]!r}… is {size} characters long" if size > options.longest_term else None


def empty(term: TermFacts, options: CheckOptions) -> str | None:
    """empty or blank term"""
    return "a term section has no term" if not term.text.strip() else None


_QUOTES = "[()\\[\\]{}«»„“”\"（）「」『』【】]"

_STARTS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_ENDS = frozenset(" .。\t\n\r")
_SUSPICIOUS = re.compile(
    f"[{_INVISIBLE}{_CONTROL}\t\n\r\u0085\u0300-\U0010ffff()\\[\\]{{}}«»„“”\"（）「」『』【】;/|,<&]|  "
).search


def unsuspicious(text: str) -> bool:
    """Whether no gate finds anything in a term: most terms are small letters and single blanks."""
    return (
        text[:1] in _STARTS and text[-1] not in _ENDS and " " not in text[1:6] and _SUSPICIOUS(text) is None
    )


_ODD = re.compile(
    f"[{_INVISIBLE}{_CONTROL}\t\n\r\u0085()\\[\\]{{}}«»„“”\"（）「」『』【】;<]".replace("\x00", "\x01")
).search
_ODD_PAIRS = ("  ", "\0 ", " \0", "\0\0", ".\0", "。\0", " / ", " | ", ", ")
"""What else is odd in terms with a null before and after each; with a blank for every white space that is not odd."""
_NOUNLIKE = frozenset({"verb", "adjective", "adverb", "noun"})


def _opens_with(term: TermFacts) -> tuple[str, ...]:
    """How a term may begin that begins with an article or a mark of the infinitive."""
    mark = _INFINITIVES.get(term.language)
    return tuple(f"{each} " for each in (*sorted(_ARTICLES.get(term.language, ())), *((mark,) if mark else ())))


def odd(terms: str, longest: int) -> bool:
    """Whether there is something odd in the terms of an entry, whatever language they are in: with a null before and
    after each."""
    if not (terms.isascii() or unicodedata.is_normalized("NFC", terms)) or _ODD(terms):
        return True
    for pair in _ODD_PAIRS:
        if pair in terms:
            return True
    return len(terms) > longest and max(map(len, terms.split("\0"))) > longest


def suspicion(facts: EntryFacts) -> Suspicion | None:
    """Whether any of these checks may find something in the terms of a part of a likeness that are not `odd`."""
    if not facts.terms:
        return None
    if any(term.term.grammatical_number == "plural" for term in facts.terms):
        return lambda terms, lowered, definitions, contexts: True
    small = [
        term.at for term in facts.terms
        if term.language not in _CAPITALS and term.term.part_of_speech in _NOUNLIKE
    ]  # fmt: skip
    articles = tuple(dict.fromkeys(each for term in facts.terms for each in _opens_with(term)))

    def suspicion(terms: Texts, lowered: Texts, definitions: Texts, contexts: Texts) -> bool:
        for at in small:
            if terms[at][0].isupper():
                return True
        for each in lowered:  # noqa: SIM110 - any() is slower
            if each.startswith(articles):
                return True
        return False

    return suspicion


CHECKS = (
    TermCheck(code="CHK201", look=empty, advice="add the term or remove the section", gate=r"^\s*$"),
    TermCheck(code="CHK301", look=blanks, advice="remove them", gate="^ | $|  "),
    TermCheck(code="CHK302", look=invisible, advice="write it without", gate=f"[{_INVISIBLE}]"),
    TermCheck(code="CHK303", look=line_break, advice="write it on one line", gate=_BREAKS),
    TermCheck(code="CHK304", look=composed, advice="normalise it", gate="[\u0300-\U0010ffff]"),
    TermCheck(code="CHK305", look=control, advice="replace the character", gate=f"[{_CONTROL}]"),
    TermCheck(code="CHK306", look=balanced, advice="add or remove the partner", gate=_QUOTES),
    TermCheck(code="CHK307", look=several, advice="give each a term section of its own", gate=r"[;/|,\n]"),
    TermCheck(code="CHK308", look=bracketed, advice="put the explanation into a note", gate=r"[(\[（]"),
    TermCheck(code="CHK309", look=full_stop, advice="remove it", gate=r"[.。]\s*$"),
    TermCheck(code="CHK310", look=capital, advice="write it small unless it is a name", gate=r"^[^\Wa-z]"),
    TermCheck(code="CHK311", look=article, advice="write the bare term", gate=r"^\S{1,5} "),
    TermCheck(code="CHK312", look=plural, advice="use the singular unless the concept is plural"),
    TermCheck(code="CHK313", look=markup, advice="remove the markup, or write it as inline markup", gate="[<&]"),
    TermCheck(code="CHK314", look=long, advice="is it a term, or a phrase or a definition?"),
)  # fmt: skip
