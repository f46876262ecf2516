"""A headword as printed → its designations: what brackets, slashes, commas and dashes in it mean, told by content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cctbx.sources.acronyms import expands, is_acronym
from cctbx.sources.english import is_english
from cctbx.sources.features import words_at_start
from cctbx.sources.languages import LANGUAGES, Language, alternatives, language_row

__all__ = ["Name", "bracket_names", "is_labelled_english", "read_headword", "split_alternatives"]


@dataclass(frozen=True, slots=True)
class Name:
    """A designation before its language is settled: `english` or `language` where the text says so, else None."""

    term: str
    kind: str | None = None
    english: bool | None = None
    language: str | None = None


_BRACKET = re.compile(r"\s*\(([^()]*)\)|\s+\[([^\[\]]*)\]")
_GLUED = re.compile(r"(?<=\w)\(([^()\s]{1,12})\)(?=\w|$)")
_QUOTES = "\"'“”„«»‘’*_®™† "
_ROUND_BUT_DASH = _QUOTES + ",;:"
_ROUND = _ROUND_BUT_DASH + ".–—-"
_SLASH = re.compile(r"\s+/\s+|/")
_WORD = re.compile(r"[^\W_]+(?:[ -][^\W_]{4,})?")  # one word, or two of which neither can mean "or"
_MARKS = (
    "n|v|s|m|f|c|t|pl|sg|sb|subst|adj|adv|vb|verb|noun|znf|ww|bnw|zn|rzecz|czas|przym|masc|fem|nm|nf|ż|mn|lm|lp|mv"
    "|tr|itr|intr|prep|pref|interj|fork|förk|pron|konj|num|art|r|u|o|hr|hk"
)
GRAMMAR_MARK = rf"(?P<mark>(?:(?:{_MARKS})\.(?:\s?[,/]\s?|\s)?){{1,3}})(?<=[.\s])"
"""What dictionaries print behind a headword: one to three abbreviations, each with its full stop."""

_GRAMMAR = re.compile(
    rf"(?:(?:{_MARKS}|plural|singular|der|die|das|en|ett|et|ei)\.?(?:[\s,/]+|$))+$",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"(?:,\s*(?:(?:{_MARKS})\.?|der|die|das|den|det|en|ett|et|ei|de|het|le|la|les|un|une)(?:\s*\((?:pl|sg|mv|lm|mn)\.?\))?"
    rf"|\s+(?:(?:{_MARKS})\.\s?)+)$",
    re.IGNORECASE,
)
"""A gender or part of speech that closes a headword: `Anker, der`, `absid, subst.`, `kjøl m.`"""
_NOT_DASHED = re.compile(r"[^:=–—-]*")
_DASHED = re.compile(r"\s+[-–—]\s+|\s*[:=]\s+")
_DOMAINS = frozenset(
    [
        "it",
        "ikt",
        "ict",
        "telefoni",
        "telefonie",
        "telephony",
        "telekom",
        "telecom",
        "telecommunications",
        "finans",
        "finance",
        "finanzen",
        "økonomi",
        "ekonomi",
        "marketing",
        "markedsføring",
        "marknadsföring",
        "marknad",
        "hr",
        "salg",
        "sales",
        "sälj",
        "verkauf",
        "sprzedaż",
        "vente",
        "ventes",
        "myynti",
        "prodej",
        "jura",
        "juss",
        "law",
        "recht",
        "prawo",
        "juridik",
        "logistik",
        "logistikk",
        "logistics",
        "logistiek",
        "logistyka",
        "technik",
        "teknikk",
        "teknik",
        "tekniikka",
        "techniek",
        "technique",
        "technika",
        "software",
        "chat",
        "e-post",
        "email",
        "telefon",
        "phone",
        "internet",
        "web",
        "kundeservice",
        "kundservice",
        "kundenservice",
        "klantenservice",
        "asiakaspalvelu",
        "callcenter",
        "contactcenter",
        "kontaktcenter",
        "general",
        "generelt",
        "allmänt",
        "algemeen",
        "ogólne",
        "allgemein",
        "crm",
        "erp",
        "slang",
        "jargon",
        "informatique",
    ]
)


@cache
def _qualifier(tag: str) -> re.Pattern[str]:
    """Brackets that narrow: they open with a function word (`in CRM`, `i kundservice`)."""
    rows = (language_row(tag), LANGUAGES["en"])
    words = {word for row in rows for word in row.narrowing.split()}
    opening = "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
    see = alternatives(*(row.see for row in rows))
    return re.compile(rf"(?:{opening})\s|\b(?:domain|område|branche)\b|{see}\s", re.IGNORECASE)


@cache
def _english_label(tag: str) -> re.Pattern[str]:
    rows = (language_row(tag), LANGUAGES["en"])
    return re.compile(rf"(?:{alternatives(*(row.english for row in rows))})[\s:]+", re.IGNORECASE)


def _naming(row: Language) -> tuple[str, ...]:
    return row.also, row.too, row.or_, row.shortened, row.short_for, row.native, row.formerly, "syn. | synonym"


@cache
def _other_label(tag: str) -> re.Pattern[str]:
    """`also called`, `or`, `short for`, `abbreviated`: what follows is another designation."""
    row = language_row(tag)
    return re.compile(
        rf"(?:{alternatives(*_naming(row))})[\s:]+",
        re.IGNORECASE,
    )


def split_alternatives(text: str, tag: str) -> list[str]:
    """Synonyms that stand together: at a slash where both sides are whole terms, at commas, at the word for `or`."""
    parts: list[str] = []
    for piece in _split_slash(text):
        parts += _split_or(piece, tag)
    return [part for part in (_bare(each) for each in parts) if part]


def _bare(text: str) -> str:
    return text.strip(_ROUND) if not text.rstrip().endswith("-") else text.strip(_ROUND_BUT_DASH)


def _outside(text: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    return [m for m in pattern.finditer(text) if text.count("(", 0, m.start()) == text.count(")", 0, m.start())]


def _split_slash(text: str) -> list[str]:
    if "/" not in text:
        return [text]
    found = _outside(text, _SLASH)
    parts, start = [], 0
    for match in found:
        left, right = text[start : match.start()], text[match.end() :]
        if match.group().strip() != match.group() or _separates(left, right):
            parts.append(left)
            start = match.end()
    return [*parts, text[start:]]


def _separates(left: str, right: str) -> bool:
    """Whether a slash without spaces stands between synonyms, not inside one term (`Support/Service Plans`)."""
    left, right = left.strip(), right.strip()
    if not left or not right or (left[-1].isdigit() and right[0].isdigit()):
        return False
    ahead, behind = left.split()[-1], re.split(r"[\s/]", right)[0]
    if min(len(ahead), len(behind)) < 3 or left.endswith("-"):
        return False
    if is_acronym(ahead) and is_acronym(behind):
        return len(left.split()) == 1 and len(right.split()) == 1
    single = len(left.split()) == 1 and len(right.split()) == 1
    if single or left.endswith(")"):
        return True
    if len(left.split()) == len(right.split()) and left.split()[0].lower() == right.split()[0].lower():
        return True
    return is_acronym(left) or (len(left.split()) == 1 and left[0].isupper() and right[0].islower())


@cache
def _or_pattern(tag: str) -> re.Pattern[str]:
    row = language_row(tag)
    words = [
        part.strip()
        for part in row.or_.split(" | ")
        if part.strip().isalpha() and part.strip() not in ("dus", "also", "soit", "alltså")
    ]
    return re.compile(rf"\s+(?:{'|'.join(words)})\s+", re.IGNORECASE)


def _split_or(text: str, tag: str) -> list[str]:
    parts = [text]
    if "," in text or ";" in text:
        pieces = [piece.strip() for piece in re.split(r"[,;]\s+", text)]
        if 2 <= len(pieces) <= 4 and all(piece and len(piece.split()) <= 4 for piece in pieces):
            parts = pieces
    result: list[str] = []
    for part in parts:
        halves = _or_pattern(tag).split(part) if part.count(" ") > 1 else [part]
        apart = len(halves) > 1 and all(len(half) > 1 and len(half.split()) <= 4 for half in halves)
        result += halves if apart and (tag == "en" or not is_english(part, tag)) else [part]
    return result


def read_headword(headword: str, tag: str) -> list[Name]:
    """The designations a headword holds, the preferred one first."""
    if _WORD.fullmatch(headword):
        return [Name(headword, "acronym" if is_acronym(headword) else None)]
    headword = _TRAILING.sub("", headword) or headword
    asked = words_at_start("asks", tag, headword) if headword.endswith("?") else None
    if asked:
        row = language_row(tag)
        headword = re.sub(rf"^(?:{alternatives(row.articles)})\s+", "", headword[asked.end() :].strip(" ?"), flags=re.I)
    dashed = _DASHED.split(headword, maxsplit=1) if _NOT_DASHED.fullmatch(headword) is None else [headword]
    if len(dashed) == 2:
        left, right = (_bare(each) for each in dashed)
        if (is_acronym(left) or (" " not in left and expands(left, right))) and len(right.split()) >= 2:
            return [Name(left, "acronym"), *_full(bracketless(right), tag)]
        if is_acronym(right) and len(left.split()) >= 2:
            return [*_full(bracketless(left), tag), Name(right, "acronym")]
    names: list[Name] = []
    for piece in _split_slash(headword):
        names += _piece(piece, tag)
    return _unique(names)


def bracketless(text: str) -> str:
    """A text without its brackets."""
    return _bare(_BRACKET.sub("", text))


def _full(text: str, tag: str) -> list[Name]:
    return [Name(part, "fullForm") for part in split_alternatives(text, tag)]


def _piece(piece: str, tag: str) -> list[Name]:
    bare = _GLUED.sub("", piece) if "(" in piece else piece
    contents = [a or b for a, b in _BRACKET.findall(bare)] if "(" in bare or "[" in bare else []
    base = bracketless(bare) if contents else _bare(bare)
    names = [Name(part, "acronym" if is_acronym(part) else None) for part in split_alternatives(base, tag)]
    for content in contents:
        names += bracket_names(content, base, tag)
    if any(name.kind == "acronym" for name in names):
        names = [name if name.kind else Name(name.term, "fullForm", name.english) for name in names]
    return names


def bracket_names(content: str, base: str, tag: str, *, strict: bool = False) -> list[Name]:
    """What stands in brackets behind a term: acronym, expansion, both, English term, synonyms; [] for a qualifier.

    `strict` (brackets inside a definition) takes only what shows that it is a designation.
    """
    content = content.strip()
    if not any(each.isalpha() for each in content) or len(content) > 90:
        return []
    if content.startswith(("e.g.", "t.ex.", "np.", "z.B.", "f.eks", "bijv", "ex.", "např.", "esim", "i.e.")):
        return []
    labelled = _english_label(tag).match(content)
    if labelled:
        return _labelled_english(content[labelled.end() :], tag)
    other = _other_label(tag).match(content)
    if other:
        return [_kind(part, base) for part in split_alternatives(content[other.end() :], tag)]
    first, _, rest = content.partition(" ")
    if is_acronym(first) and len(rest.split()) >= 2 and expands(first, rest):
        return [Name(first, "acronym"), Name(rest, "fullForm")]
    if "," in content and "/" not in content and is_acronym(base) and expands(base, content):
        return [Name(content, "fullForm")]
    parts = [part.strip() for part in re.split(r"\s*[/,;]\s*|\s+[-–—]\s+", content) if part.strip()]
    if len(parts) > 1 and (any(is_acronym(part) or is_english(part, tag) for part in parts) or not strict):
        return [name for part in parts for name in bracket_names(part, base, tag, strict=strict)]
    return _single(content, base, tag, strict=strict)


def is_labelled_english(content: str, tag: str) -> bool:
    """Whether a bracket says that it holds an English term."""
    return _english_label(tag).match(content) is not None


def _labelled_english(text: str, tag: str) -> list[Name]:
    parts = [_bare(part) for part in re.split(r"\s*[/,;]\s*|\s+[-–—]\s+", text)]
    acronyms = [part for part in parts if is_acronym(part)]
    return [
        Name(part, "acronym" if part in acronyms else ("fullForm" if acronyms else None), True)
        for part in parts
        if part
    ]


def _kind(term: str, base: str) -> Name:
    return Name(term, "acronym" if is_acronym(term) else ("fullForm" if expands(base, term) else None))


def _single(content: str, base: str, tag: str, *, strict: bool) -> list[Name]:
    bare = _bare(content)
    if is_acronym(bare) or (expands(bare, base) and len(bare) <= 6 and " " not in bare):
        return [Name(bare, "acronym")]
    if is_acronym(base.split()[-1]) if base else False:
        return [Name(bare, "fullForm")] if len(bare.split()) <= 8 and not _narrows(content, tag, strict=True) else []
    if base and expands(base, bare) and " " not in base:
        return [Name(bare, "fullForm")]
    if is_english(bare, tag) and not strict and tag != "en":
        return [Name(bare, None, True)]
    if _narrows(content, tag, strict=strict):
        return []
    return [Name(bare)] if len(bare.split()) <= 4 else []


def _narrows(content: str, tag: str, *, strict: bool) -> bool:
    """A qualifier: grammar, subject field, a phrase with a preposition, an adjective of the language alone."""
    words = content.lower().split()
    return (
        _GRAMMAR.match(content) is not None
        or _qualifier(tag).match(content) is not None
        or (len(words) == 1 and words[0] in _DOMAINS)
        or any(each.isdigit() for each in content)
        or (len(words) == 1 and _adjective(tag).search(words[0]) is not None)
        or content.startswith(("-", "+"))
    )


@cache
def _adjective(tag: str) -> re.Pattern[str]:
    """A bracketed adjective alone narrows the term before it."""
    endings = language_row(tag).adjectives.split()
    return re.compile(rf"(?:{'|'.join(endings)})$" if endings else r"(?!)")


def _unique(names: list[Name]) -> list[Name]:
    seen: dict[str, Name] = {}
    for name in names:
        if name.term and name.term.lower() not in seen:
            seen[name.term.lower()] = name
    return list(seen.values())
