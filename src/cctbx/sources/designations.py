"""The designations of an entry: from its headword, and from its definition by one row of patterns per language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from cctbx.model import Designation, DesignationOrigin
from cctbx.sources.acronyms import expands, is_acronym, letters_of
from cctbx.sources.english import ENGLISH_ACRONYMS, is_english, may_be_english
from cctbx.sources.features import label_words
from cctbx.sources.headwords import Name, bracket_names, is_labelled_english, read_headword, split_alternatives
from cctbx.sources.languages import LANGUAGES, Language, alternatives, language_row
from cctbx.sources.references import only_refers

__all__ = ["Named", "calmed", "designate"]

_OPENING = 260
_TERM = r"[\"'“”„«»‘’]?(?P<term>[^.,;:()«»“”„\"–—]{2,60}?)[\"'“”„«»‘’]?"
_END = r"(?=\s*(?:[.,;:()«»\"“”]|\s[-–—]\s|$))"
_ACRONYM_TOKEN = re.compile(r"(?<![\w-])[^\W\d_a-z][\w&]{1,7}(?![\w-])")
_BRACKETS = re.compile(r"\(([^()]{2,90})\)")
_LETTERS = re.compile(r"[\W_]+")
_FIRST_BRACKET = re.compile(r"\(([^()]{3,90})\)")
_CORE = re.compile(r"(\S+)\s+(?:van|af|av|von|of|du|de)\s+(?:een|et|ett|en|einer|eines|a|un|une|het|de)\s")
_INITIALS_AND_WORD = re.compile(r"([^\W\d_a-z]{2,4})([^\W\d_]{4,})$")
_LISTED = 4
_SYNONYM = re.compile(
    r"(?<!\w)(?:synonym(?:er|e|y|um|a)?|synoniem(?:en)?|synonymes?|synonyymi(?:t)?|syn\.)\s*:\s*([^.;:()\n]{2,80})",
    re.IGNORECASE,
)
_QUOTES = "\"'“”„«»‘’ "


@dataclass(slots=True)
class Named:
    """What `designate` found: designations in order, and the acronym whose stated expansion does not fit it."""

    designations: tuple[Designation, ...]
    misfit: tuple[str, str] | None = None


@dataclass(slots=True)
class _Found:
    """Names collected for one entry, in order, without repeats."""

    language: str
    names: dict[str, tuple[Name, DesignationOrigin]] = field(default_factory=dict)

    def add(self, name: Name, origin: DesignationOrigin = DesignationOrigin.DEFINITION) -> None:
        key = letters_of(name.term) if name.kind == "acronym" else name.term.lower().replace("-", " ")
        if name.term and any(each.isalpha() for each in name.term):
            self.names.setdefault(key, (name, origin))

    @property
    def acronyms(self) -> list[str]:
        return [name.term for name, _ in self.names.values() if name.kind == "acronym"]

    @property
    def terms(self) -> list[str]:
        return [name.term for name, _ in self.names.values() if name.kind != "acronym"]


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of one language, made from its row."""

    opening: re.Pattern[str]
    apposition: re.Pattern[str]
    also: re.Pattern[str]
    weak: re.Pattern[str]
    short_for: re.Pattern[str]
    shortened: re.Pattern[str]
    english: re.Pattern[str]
    english_after: re.Pattern[str]
    native_after: re.Pattern[str]
    means: re.Pattern[str]
    or_: re.Pattern[str]
    hint: re.Pattern[str]


def _weak_and_strong(row: Language) -> tuple[str, str]:
    """`auch`, `ook`: single words that say "also" of anything; phrases say it of names."""
    single = {
        "auch",
        "ook",
        "myös",
        "také",
        "též",
        "joskus",
        "rovněž",
        "jinak",
        "inaczej",
        "potocznie",
        "tzw.",
        "aka",
        "alias",
    }
    loose = {"auch", "ook", "myös", "také", "též", "joskus", "rovněž", "jinak", "ook wel"}
    parts = [part.strip() for part in row.also.split(" | ")]
    strong = [part for part in parts if part and part not in loose and (" " in part or part in single or len(part) > 5)]
    return " | ".join(part for part in parts if part in loose), " | ".join(strong)


@cache
def _patterns(tag: str) -> _Patterns:
    row = language_row(tag)
    weak, strong = _weak_and_strong(row)
    strong += " | " + " | ".join(part for part in row.formerly.split(" | ") if " " in part.strip())
    articles = alternatives(row.articles) if row.articles else "(?!)"
    verbs, called = alternatives(row.verbs), alternatives(row.called) if row.called.strip() else "(?!)"
    english, ignore = alternatives(row.english), re.IGNORECASE
    return _Patterns(
        opening=re.compile(
            rf"(?:{articles}\s+)?[\"'“”„«‘]?(?P<term>[^.,;:()–—]{{2,70}}?)[\"'“”»’]?"
            rf"(?P<bracket>\s*\([^()]*\))?(?:,[^.]{{0,60}},)?\s+(?:[-–—]\s+)?(?:{verbs})(?!\w)", ignore),
        apposition=re.compile(
            rf"(?:{articles}\s+)?(?P<term>[^.,;:()–—]{{3,60}}?)(?:,\s+(?:{articles}|{alternatives(strong)})\s)", ignore),
        also=re.compile(rf"(?<!\w)(?:{alternatives(strong)})\s+(?:{called}\s+)?:?\s*(?:{articles}\s+)?{_TERM}(?:\s+{called})?{_END}"
                        rf"|(?<!\w)(?:{alternatives(strong)})\s+(?:{articles}\s+)?(?P<until>[^.,;:()]{{2,60}}?)\s+(?:{verbs}|{called})(?!\w)", ignore),
        weak=re.compile(rf"(?:,|\()\s*(?:{alternatives(weak)})\s+(?:{articles}\s+)?{_TERM}(?:\s+{called})?\s*(?=[,)]|$)"
                        rf"|(?<!\w)(?:{alternatives(weak)})\s+(?:{articles}\s+)?(?P<until>[^.,;:()]{{2,50}}?)\s+{called}(?!\w)", ignore),
        short_for=re.compile(rf"(?<!\w)(?:{alternatives(row.short_for, LANGUAGES['en'].short_for)})\s*:?\s*(?:{english}\s+)?{_TERM}"
                             rf"(?=\s*(?:[.,;:()«»\"“”]|\s[-–—]\s|\s(?:{verbs}|{alternatives(row.or_)})\s|$|\s(?:og|och|en|und|and|i|a|et|ja)\s))", ignore),
        shortened=re.compile(rf"(?<!\w)(?:{alternatives(row.shortened, LANGUAGES['en'].shortened)})\s*:?\s*{_TERM}{_END}", ignore),
        english=re.compile(rf"(?<!\w)(?:{english})(?!\w)\s*:?\s*(?:{articles}\s+)?{_TERM}{_END}", ignore),
        english_after=re.compile(rf"(?:^|[.,;(«„“\"]\s*){_TERM}\s+(?:{alternatives(' | '.join(p for p in row.english.split(' | ') if ' ' in p.strip()), 'englanniksi')}){_END}", ignore),
        native_after=re.compile(rf"(?:^|[.,;(«„“\"]\s*){_TERM}\s+(?:{alternatives(row.native)}){_END}", ignore),
        means=re.compile(rf"(?:^|(?<=\.\s))(?:{alternatives(row.means)})\s+(?:{articles}\s+)?{_TERM}{_END}", ignore),
        or_=re.compile(rf",?\s+(?:{alternatives(row.or_)})\s+(?:{articles}\s+)?{_TERM}{_END}", ignore),
        hint=re.compile(rf"(?<!\w){alternatives(row.also, row.short_for, row.shortened, row.english, row.native, row.means, 'syno~').lower()}"),
    )  # fmt: skip


def designate(headword: str, definition: str, language: str, columns: tuple[tuple[str, str], ...] = ()) -> Named:
    """Designations of one entry, the headword's first, each with language, term type and where it was read.

    Takes the headword as printed, the definition (paragraphs joined by blank lines), the language tag of the page and
    further cells of a table row as (header, text). Names a definition gives are taken only where its words say so.
    """
    found = _Found(language)
    for name in read_headword(headword, language):
        found.add(name, DesignationOrigin.HEADWORD)
    heads = list(found.terms), list(found.acronyms)
    _from_columns(found, columns)
    text = _unlabelled(definition[:1200])
    only = only_refers(definition, language)
    if only:
        for reference in only:
            if any(expands(acronym, reference) for acronym in heads[1]):
                found.add(Name(reference, "fullForm"))
        return Named(_settled(found))
    misfit = _expansion(found, text, heads)
    _opening(found, text[:_OPENING], heads)
    if not heads[0] or all(is_english(head, language) for head in heads[0]):
        _whole_sentence(found, text, heads)
    if _patterns(language).hint.search(text.lower()):
        _stated(found, text, heads)
    if "(" in text:
        _in_brackets(found, text[:600], heads)
    _initials(found, text)
    return Named(_settled(found), misfit)


def calmed(named: Named) -> Named:
    """On a page that prints its headwords in capitals, capitals make no acronym: only a known one, or an expansion, does."""
    terms = [each.term for each in named.designations]
    kept = tuple(
        replace(each, type=None)
        if each.type == "acronym" and each.term not in ENGLISH_ACRONYMS and not any(expands(each.term, term) for term in terms)
        else each for each in named.designations
    )  # fmt: skip
    return Named(kept, named.misfit)


_LABEL = re.compile(r"([^\W\d_][\w ]{2,30}?)\s*:\s+(?=\S)")


def _unlabelled(text: str) -> str:
    """A definition without the label that opens it (`Definition: …`)."""
    label = _LABEL.match(text)
    return text[label.end() :] if label and label_words().get(label.group(1).lower()) == "texts" else text


def _from_columns(found: _Found, columns: tuple[tuple[str, str], ...]) -> None:
    """Cells beside the term: its expansion, acronym or English equivalent, told by header and content."""
    roles = label_words()
    for header, cell in columns:
        label = header.strip(" :").lower()
        named = label in ("engelsk", "engelska", "engels", "englisch", "english", "anglais", "angielski", "anglicky", "englanniksi",
                          "på engelsk", "på engelska", "synonym", "synonymer", "synonyme", "synoniem")  # fmt: skip
        fits = any(expands(acronym, cell) for acronym in found.acronyms) or any(
            expands(cell, term) for term in found.terms
        )
        if fits or named or roles.get(label) == "terms" or (is_acronym(cell) and not label):
            english = True if label.startswith(("engel", "engl", "angl", "angiel")) else None
            for part in split_alternatives(cell, found.language):
                found.add(Name(part, "acronym" if is_acronym(part) else None, english))


def _expansion(found: _Found, text: str, heads: tuple[list[str], list[str]]) -> tuple[str, str] | None:
    """An acronym whose expansion opens its definition, in brackets or not; returns a pair that does not fit."""
    bracket = _FIRST_BRACKET.match(text)
    if bracket:
        return _bracketed(found, (heads[1] or heads[0] or [""])[0], bracket.group(1))
    if not heads[1]:
        _abbreviation(found, heads[0], text)
        return None
    if heads[0]:
        return None
    acronym = heads[1][0]
    opening = re.split(r"[.,;:()–—«»“”]|\s-\s", text.lstrip(_QUOTES), maxsplit=1)[0]
    words = opening.split()
    if words and words[0].lower() in language_row(found.language).articles.split() and not expands(acronym, opening):
        words = words[1:]
    phrase = _shortest(acronym, words, found.language)
    if phrase:
        found.add(Name(phrase, "fullForm"))
        _after_expansion(found, text, phrase)
        return None
    if (
        is_acronym(acronym)
        and 2 <= len(words) <= 6
        and len(text) > len(opening)
        and is_english(opening, found.language)
    ):
        first = letters_of(acronym)
        if found.language != "en" and words[0][0].lower() == first[0]:
            return acronym, opening
    return None


def _shortest(acronym: str, words: list[str], language: str) -> str | None:
    """The shortest opening that gives the letters, with one word more if that is all the opening has and it belongs."""
    row = language_row(language)
    exact = len(letters_of(acronym))
    for size in sorted(range(1, min(len(words), 8) + 1), key=lambda size: (size != exact, size)):
        phrase = " ".join(words[:size])
        if words[size - 1].lower() in row.function_words or not expands(acronym, phrase):
            continue
        if any(word.lower() in row.clause_words for word in words[:size]):
            return None
        longer = " ".join(words[: size + 1])
        whole = len(words) == size + 1 and expands(acronym, longer) and words[size].lower() not in row.clause_words
        return longer if whole and (words[size][0].isupper() or may_be_english(longer)) else phrase
    return None


def _abbreviation(found: _Found, terms: list[str], text: str) -> None:
    """Initials and a word: `KSIndeks` for a name that opens the definition and ends in the same word."""
    match = _INITIALS_AND_WORD.match(terms[0]) if terms else None
    if match is None:
        return
    capitals, ending = match.group(1), match.group(2).lower()
    words = re.split(r"[.,;:()]", text, maxsplit=1)[0].split()[:6]
    for size, word in enumerate(words, start=1):
        if word.lower().endswith(capitals[-1].lower() + ending) or (word.lower().endswith(ending) and size > 1):
            if any(each[0].lower() == capitals[0].lower() for each in words[:size]):
                key = terms[0].lower().replace("-", " ")
                found.names[key] = (Name(terms[0], "abbreviation"), found.names[key][1])
                found.add(Name(" ".join(words[:size]), "fullForm"))
            return


def _bracketed(found: _Found, acronym: str, content: str) -> tuple[str, str] | None:
    names = bracket_names(content, acronym, found.language)
    if expands(acronym, content) or (acronym and content.lower().startswith(acronym.lower()[:4])):
        short = "acronym" if len(acronym) <= 6 and "-" not in acronym else "shortForm"
        key = acronym.lower().replace("-", " ")
        if key in found.names:
            found.names[key] = (Name(acronym, short), found.names[key][1])
        found.add(Name(content.strip(), "fullForm"))
        return None
    for name in names:
        found.add(name)
    return None if names or not is_acronym(acronym) else (acronym, content)


def _after_expansion(found: _Found, text: str, phrase: str) -> None:
    """`Expansion, or native term`: another full form right behind the expansion."""
    start = text.find(phrase) + len(phrase)
    match = _patterns(found.language).or_.match(text, start)
    if match and len(match.group("term").split()) <= _LISTED:
        _add_listed(found, match.group("term"))
        return
    slash = re.match(r"\s*/\s*([^.,;:()–—]{3,60})", text[start:])
    if slash and any(expands(acronym, slash.group(1).strip()) for acronym in found.acronyms):
        found.add(Name(slash.group(1).strip(), "fullForm"))


def _opening(found: _Found, text: str, heads: tuple[list[str], list[str]]) -> None:
    """The definition opens with a name: the headword again with an acronym, or the native term of an English headword."""
    match = _patterns(found.language).opening.match(text)
    apposition = match is None or len(match.group("term").split()) > 7
    if apposition:
        match = _patterns(found.language).apposition.match(text)
    if match is None:
        return
    term = match.group("term").strip(_QUOTES)
    bracket = match.groupdict().get("bracket")
    echo = any(_same(term, head) for head in (*heads[0], *heads[1]))
    if bracket:
        _opening_bracket(found, bracket.strip(" ()"), term, echo=echo)
    if not _names_thing(found, term, apposition=apposition) or (
        apposition and heads[0] and not match.group().endswith("również ")
    ):
        return
    if echo and is_english(term, found.language):
        return
    foreign = not heads[0] or all(is_english(head, found.language) for head in heads[0])
    if foreign and found.language.split("-")[0] != "en" and not any(term.lower() in h.lower() for h in heads[0]):
        expanded = [
            name
            for name, _ in found.names.values()
            if name.kind == "fullForm" and name.english is None and not heads[0]
        ]
        if not expanded:
            found.add(Name(_core(term, found.language), None, None))


def _core(term: str, tag: str) -> str:
    """A noun phrase without what follows its preposition: `ticketvolume van een bedrijf` → `ticketvolume`."""
    match = _CORE.match(term + " ")
    return match.group(1) if match else term


def _opening_bracket(found: _Found, content: str, term: str, *, echo: bool) -> None:
    if echo:
        for name in bracket_names(content, term, found.language, strict=False):
            found.add(name)
        return
    for name in bracket_names(content, term, found.language, strict=True):
        if name.kind == "acronym" or name.english:
            found.add(name)
            if name.english and not is_english(term, found.language) and len(term.split()) <= 5:
                found.add(Name(term, "fullForm"))


def _names_thing(found: _Found, term: str, *, apposition: bool) -> bool:
    """Whether an opening is the name of a thing and not the beginning of a sentence."""
    words = term.split()
    row = language_row(found.language)
    if not 1 <= len(words) <= (3 if apposition else 6) or len(term) < 4:
        return False
    small = row.function_words | row.clause_words
    if words[0].lower() in small or words[-1].lower() in small - {"-"}:
        return False
    hits = sum(word.lower() in row.clause_words for word in words)
    return hits == 0 and not (apposition and any(word.lower() in small for word in words))


def _same(one: str, other: str) -> bool:
    """The same words but for inflection and hyphens: `Agentkonsolen`, `Agentkonsol`."""
    a, b = _LETTERS.sub("", one.lower()), _LETTERS.sub("", other.lower())
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    size = max(3, int(len(short) * 0.75))
    return (long.startswith(short) and len(long) - len(short) <= 3) or (
        short[:size] == long[:size] and abs(len(a) - len(b)) <= 3
    )


def _stated(found: _Found, text: str, heads: tuple[list[str], list[str]]) -> None:
    """Names the definition states: also called, short for, in English, means."""
    patterns = _patterns(found.language)
    opening = text[:_OPENING]
    for pattern in (patterns.also, patterns.weak):
        for match in pattern.finditer(text):
            _add_listed(found, match.group("term") or match.groupdict().get("until") or "", rest=text[match.end() :])
    for match in _SYNONYM.finditer(text):
        _add_listed(found, match.group(1))
    for match in patterns.short_for.finditer(opening):
        _add_expansion(found, match, heads, text)
    for match in patterns.shortened.finditer(opening):
        for part in split_alternatives(match.group("term"), found.language):
            if is_acronym(part):
                found.add(Name(part, "acronym"))
    for match in (*patterns.english.finditer(text[:400]), *patterns.english_after.finditer(opening)):
        glossed = "«" in match.group() and not is_english(match.group("term"), found.language)
        if not glossed:
            _add_english(found, match.group("term"), text[match.end() :])
    foreign = not heads[0] or all(is_english(head, found.language) for head in heads[0])
    if foreign:
        for pattern in (patterns.native_after, patterns.means):
            for match in pattern.finditer(opening):
                if _short_name(found, match.group("term")):
                    _add_listed(found, match.group("term"))


def _in_brackets(found: _Found, text: str, heads: tuple[list[str], list[str]]) -> None:
    """Brackets anywhere in the opening that hold an expansion of the headword or say that they hold an English term."""
    foreign = not heads[0] or all(is_english(head, found.language) for head in heads[0])
    for match in _BRACKETS.finditer(text):
        content = match.group(1).strip()
        if is_labelled_english(content, found.language):
            _before_bracket(found, text[: match.start()], foreign=foreign)
            continue
        if any(expands(acronym, content) for acronym in (*heads[1], *heads[0][:1])) and " " in content.replace(
            "-", " "
        ):
            found.add(Name(content, "fullForm"))


def _before_bracket(found: _Found, before: str, *, foreign: bool) -> None:
    """`Native term (English: X)`: the sentence so far is the native term."""
    sentence = re.split(r"[.;:]\s+", before)[-1].strip()
    row = language_row(found.language)
    term = re.sub(rf"^(?:{alternatives(row.articles)})\s+", "", sentence, flags=re.I) if row.articles else sentence
    if foreign and _names_thing(found, term, apposition=False):
        found.add(Name(term))


def _whole_sentence(found: _Found, text: str, heads: tuple[list[str], list[str]]) -> None:
    """The first sentence is nothing but an article and a name: `En kundesuksess-sjef.`"""
    row = language_row(found.language)
    match = (
        re.match(rf"{alternatives(row.articles)}\s+(?P<term>[^.,;:()]{{4,40}})\.\s", text, re.I)
        if row.articles
        else None
    )
    if match and heads[0] and len(match.group("term").split()) <= 2 and _short_name(found, match.group("term")):
        found.add(Name(match.group("term").strip()))


def _short_name(found: _Found, term: str) -> bool:
    words = term.lower().split()
    row = language_row(found.language)
    return 1 <= len(words) <= _LISTED and not any(word in row.clause_words for word in words) and len(term) > 2


def _add_listed(found: _Found, text: str, rest: str = "") -> None:
    """Names in a list: commas, slashes and the word for `or` separate them; an acronym may follow in brackets."""
    if not text:
        return
    row = language_row(found.language)
    for part in split_alternatives(text.strip(), found.language):
        part = re.sub(rf"^(?:{alternatives(row.articles)})\s+", "", part, flags=re.I) if row.articles else part
        words = part.split()
        if (
            not words
            or len(words) > 5
            or words[0].lower() in row.clause_words
            or words[-1].lower() in row.function_words
        ):
            continue
        found.add(Name(part, "acronym" if is_acronym(part) else None))
        base = part
        bracket = re.match(r"[\"”“»’]?\s*\(([^()]{2,40})\)", rest)
        if bracket:
            for name in bracket_names(bracket.group(1), base, found.language, strict=True):
                found.add(name)
    more = re.match(
        rf"[\"”“»’]?(?:\s*\([^()]*\))?\s*,?\s+{alternatives(row.or_)}\s+[\"“”„«]?([^.,;:()«»“”\"]{{2,50}})([\"”“»](\s*)|\s*\(([^()]+)\)|[.,;)])",
        rest,
        re.I,
    )
    if more and len(more.group(1).split()) <= _LISTED and _short_name(found, more.group(1)):
        _more(found, more.group(1).strip())
        bracket = re.match(r"[\"”“»’]?\s*\(([^()]{2,40})\)", rest[more.end(1) :])
        for name in (
            bracket_names(bracket.group(1), more.group(1).strip(), found.language, strict=True) if bracket else ()
        ):
            found.add(name)


def _more(found: _Found, content: str) -> None:
    found.add(Name(content, "acronym" if is_acronym(content) else None))


def _add_expansion(found: _Found, match: re.Match[str], heads: tuple[list[str], list[str]], text: str) -> None:
    parts = [part.strip(_QUOTES) for part in re.split(r"\s*[,/]\s*", match.group("term")) if part.strip()]
    rest = re.match(r"\s*,\s*([^.;:()«»“”]{3,60})", text[match.end() :])
    if rest:
        parts += [part.strip(_QUOTES) for part in rest.group(1).split(",")]
    tokens = [token for term in heads[0] for token in term.split() if is_acronym(token)]
    for number, part in enumerate(parts):
        fitting = [each for each in (*heads[1], *tokens) if expands(each, part)]
        if fitting:
            found.add(Name(part, "fullForm"))
            found.add(Name(fitting[0], "acronym"))
        elif number == 0 and heads[1] and 2 <= len(part.split()) <= 7:
            found.add(Name(part, "fullForm"))


def _add_english(found: _Found, text: str, rest: str) -> None:
    if found.language.split("-")[0] == "en":
        return
    words = [part.strip() for part in language_row(found.language).or_.split(" | ") if part.strip().isalpha()]
    split = [text] if is_english(text, found.language) else re.split(rf"\s+(?:{'|'.join(words)})\s+", text)
    for part in (each for piece in split for each in re.split(r"\s*/\s*", piece)):
        bare = part.strip(_QUOTES)
        if _english_name(found, bare, text):
            fits = any(expands(acronym, bare) for acronym in found.acronyms)
            found.add(Name(bare, "acronym" if is_acronym(bare) else ("fullForm" if fits else None), True))
            bracket = re.match(r"[\"”“»’]?\s*[,(]?\s*\(?([A-Z][\w&]{1,7})\)?(?=[\s.,;:)])", rest)
            if bracket and (expands(bracket.group(1), bare)):
                found.add(Name(bracket.group(1), "acronym", True))


def _english_name(found: _Found, bare: str, stated: str) -> bool:
    """A name after `in English`: short, not of words of the page's language, and no gloss of a dictionary."""
    words = bare.lower().split()
    native = language_row(found.language).function_words - LANGUAGES["en"].function_words
    return 0 < len(words) <= 6 and not bare.isdigit() and not any(word in native for word in words)


def _initials(found: _Found, text: str) -> None:
    """An acronym that stands only in the definition, and whose letters are the initials of a name of the entry."""
    if found.acronyms:
        return
    tokens = {token for token in _ACRONYM_TOKEN.findall(text) if is_acronym(token) and len(token) >= 3}
    for token in sorted(tokens, key=text.find):
        for term in found.terms:
            words = re.findall(r"[^\W_]+", term)
            if len(words) == len(letters_of(token)) and "".join(word[0] for word in words).lower() == letters_of(token):
                found.add(Name(token, "acronym"))
                return


def _settled(found: _Found) -> tuple[Designation, ...]:
    """Languages and term types, once all names are known."""
    names = list(found.names.values())
    acronyms = {name.term for name, _ in names if name.kind == "acronym"}
    languages = {name.term: _language(name, found, acronyms) for name, _ in names if name.kind != "acronym"}
    shown = []
    for name, origin in names:
        language = languages.get(name.term) or _acronym_language(name, found, languages)
        kind = name.kind
        if (
            kind is None
            and acronyms
            and name.term not in acronyms
            and any(expands(each, name.term) for each in acronyms)
        ):
            kind = "fullForm"
        shown.append(Designation(term=name.term, language=language, type=kind, origin=origin))
    return tuple(shown)


def _language(name: Name, found: _Found, acronyms: set[str]) -> str:
    if name.english is True:
        return "en"
    if name.english is False:
        return found.language
    if is_english(name.term, found.language):
        return "en"
    known = (each for each in acronyms if each in ENGLISH_ACRONYMS and expands(each, name.term))
    return "en" if may_be_english(name.term) and any(known) else found.language


def _acronym_language(name: Name, found: _Found, languages: dict[str, str]) -> str:
    """English where an English expansion of the entry gives it or the trade knows it so; else the page's language."""
    if name.english:
        return "en"
    fitting = [tag for term, tag in languages.items() if expands(name.term, term)]
    if "en" in fitting:
        return "en"
    bare = letters_of(name.term).upper()
    known = name.term in ENGLISH_ACRONYMS or bare in ENGLISH_ACRONYMS
    return "en" if known else found.language
