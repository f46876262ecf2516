"""What a line looks like: like a headword, like a definition, like page furniture. Numbers between 0 and 1."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cctbx.sources.acronyms import is_acronym
from cctbx.sources.languages import LANGUAGES, alternatives, language_row

__all__ = [
    "bodyness", "chrome_pattern", "clause_words", "counts_pages", "ends_sentence", "function_words", "glossary_words",
    "headness", "is_chrome", "is_contact", "is_credit", "is_dated", "is_section", "is_tag_line", "label_words",
    "unbalanced", "words_at_start",
]  # fmt: skip

_SECTION = re.compile(
    r"[\W_]*(?:[^\W\d_](?:\s*(?:[-–—/&,.…]|til|till|bis|to|do|t/m|à|až)\s*[^\W\d_])?|0\s*[-–]\s*9|#|[^\W\d_]\s*\(\d+\))[\W_]*$"
)
_BAR = re.compile(r"[\W_]*(?:(?:[^\W\d_]|#|0-9|123)[\s|·•,/.\-–]+){3,}(?:[^\W\d_]|#|0-9|123|[^\W_]{2,8})[\W_]*$")
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|https?://|www\.\w|^©|\(c\)\s*(?:19|20)\d\d|copyright\s|(?:^|\s)\+\d[\d ()-]{6,}",
    re.IGNORECASE,
)
_CONTACT_SIGNS = ("@", "://", "www.", "©", "(c)", "copyright", "+")
_TAGS = re.compile(r"(?:\[[^\]]{1,40}\]\s*){1,}$|(?:#[^\W\d]\w+\s*){2,}$")
_OPENS, _FURNITURE, _LOOKED_AT = 3, 90, 600
_CLOSE = "\"')”»’“*]>"
_INNER = re.compile(r"[\s:;](?:(?<=\s)[-–—]\s|(?<=[:;])\s)")
_PLAIN = re.compile(r"[^\W\d]+(?:[ '’-][^\W\d]+)*")
_FIGURE = re.compile(r"\d")
_COUNTER = re.compile(
    r"[\W_]*(?:page|side|sida|seite|pagina|strona|strana|sivu|s\.|p\.)\s*\d{1,4}(?:\s*(?:of|av|af|von|van|de|sur|z|ze|/)\s*\d{1,4})?[\W_]*$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"(?<!\w)(?:page|side|sida|seite|pagina|strona|strana|str\.|sivu|s\.|p\.)\s*\d{1,4}"
    r"(?:\s*\(\d{1,4}\)|\s*(?:of|av|af|von|van|de|sur|z|ze|/)\s*\d{1,4})?$",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:\d{1,2}\.?\s+[^\W\d_]+\.?\s+(?:19|20)\d\d|\d{1,2}\.\s*\d{1,2}\.\s*(?:19|20)?\d\d|\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d\d"
    r"|(?:19|20)\d\d-\d\d-\d\d|[^\W\d_]+ \d{1,2}, (?:19|20)\d\d)(?:,?\s+\w{1,4}\s+\d{1,2}[:.]\d\d)?[\W_]*$"
)
_ISSUED = re.compile(
    r"(?<!\w)(?:oppdater|opdater|uppdater|updat|aktual|zaktual|akt\. |päivit|bijgewerkt|gewijzigd|mise? à jour"
    r"|modifi|redig|endr[ea]t|ændret"
    r"|ändra[dt]|muokattu|geändert|zmieni|zmodyf|uprav|edited|changed|review|publi|posted"
    r"|gepr|stand[: ]|version|zveřej|julkais)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?<!\w)(?:(?:skriv[ei][nt]|skrevet|forfattet|redigert|sammanställ[dt]|sammenstilt|utarbetad|utarbeidet) a[vf]"
    r"|(?:written|compiled|reviewed) by"
    r"|(?:geschrieben|verfasst|zusammengestellt|erstellt) von|(?:geschreven|samengesteld|opgesteld) door"
    r"|(?:écrit|rédigé|préparé)e? par"
    r"|(?:napisał|opracował|przygotował)\w*|opracowanie|kirjoittanut|laatinut|koonnut|napsal\w*|sestavil\w*|zpracoval\w*)(?!\w)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:19|20)\d\d$")
_SENTENCE_INSIDE = re.compile(r"[.!?…]\s+[^\W\d_a-zåäöæø]\w")


@cache
def _joined(column: str, tag: str) -> frozenset[str]:
    row, english = language_row(tag), LANGUAGES["en"]
    return frozenset(getattr(row, column).split()) | (
        frozenset(getattr(english, column).split()) if tag == "en" else frozenset()
    )


def function_words(tag: str) -> frozenset[str]:
    """Function words of a language."""
    return _joined("function", tag)


def clause_words(tag: str) -> frozenset[str]:
    """Words that make a line a clause."""
    return _joined("clause", tag)


@cache
def chrome_pattern(tag: str) -> re.Pattern[str]:
    """A line that is furniture as a whole, in the language of the page or in English."""
    rows = {language_row(tag).tag, "en"}
    phrases = " | ".join(LANGUAGES[each].chrome for each in sorted(rows))
    several = " | ".join(part for part in phrases.split(" | ") if " " in part.strip())
    return re.compile(
        rf"(?:{alternatives(phrases)}(?:[\W\d]*$|\s*[:|»]|\s+[\d@])|{alternatives(several)}(?!\w)(?:\s*\S+){{0,8}}$)",
        re.IGNORECASE,
    )


@cache
def _chrome_openings(tag: str) -> frozenset[str]:
    """The first letters of lines that `chrome_pattern` may match."""
    rows = {language_row(tag).tag, "en"}
    return frozenset(part.strip().lower()[:_OPENS] for each in rows for part in LANGUAGES[each].chrome.split(" | "))


@cache
def glossary_words(tag: str) -> re.Pattern[str]:
    """How a glossary names itself and its entries, in the language of the page or in English."""
    rows = {language_row(tag).tag, "en"}
    return re.compile(
        rf"(?<!\w){alternatives(*(LANGUAGES[each].glossary for each in sorted(rows)))}(?!\w)"
        r"|(?:ordlist|ordbok|ordbog|sanasto|lexikon|glossar|begrippenlijst|sanakirja|begreper|begrepp|slovník)",
        re.IGNORECASE,
    )


@cache
def label_words() -> dict[str, str]:
    """Label or column header in lower case → its role: `terms`, `texts` or `others`; of all languages."""
    roles: dict[str, str] = {}
    for role in ("others", "texts", "terms"):
        for row in LANGUAGES.values():
            roles |= {part.strip(): role for part in getattr(row, role).split(" | ") if part.strip()}
    return roles


def is_section(text: str) -> bool:
    """A section letter, a range of letters, or the index bar of the alphabet."""
    return (len(text) <= 16 and _SECTION.match(text) is not None) or (len(text) <= 140 and _BAR.match(text) is not None)


def counts_pages(text: str) -> bool:
    """A short line that ends with the number of its page: `Villkor AB  Sida 41 (44)`."""
    return len(text) <= _FURNITURE and text[-1] in ")0123456789" and _PAGE_NUMBER.search(text) is not None


def is_dated(text: str) -> bool:
    """A line that says when the page was published or changed, or which page of how many it is."""
    if len(text) > 110 or _FIGURE.search(text, max(0, len(text) - 12)) is None:
        return False
    return _COUNTER.match(text) is not None or (
        _DAY.search(text) is not None and _ISSUED.search(text) is not None and len(text.split()) <= 14
    )


def is_credit(text: str) -> bool:
    """A line that says who wrote the page, or from where it was taken."""
    return len(text) <= 110 and len(text.split()) <= 14 and _BYLINE.search(text) is not None


def is_contact(text: str) -> bool:
    """A line with an address, a web address, a telephone number or a copyright mark."""
    return len(text) < 200 and _has_contact(text)


def _has_contact(text: str) -> bool:
    return any(map(text.lower().__contains__, _CONTACT_SIGNS)) and _CONTACT.search(text) is not None


def is_tag_line(text: str) -> bool:
    """Tags in brackets and dates in brackets, nothing else: `[support] [11 oktober 2019]`."""
    return text[0] in "[#" and _TAGS.match(text) is not None


def is_chrome(text: str, tag: str) -> bool:
    """Navigation, sharing, publishing and contact lines."""
    if len(text) > _FURNITURE:
        return False
    bare = text.lstrip("»>→←↑[( ")
    opens = bare[:_OPENS].lower() in _chrome_openings(tag)
    return (opens and chrome_pattern(tag).match(bare) is not None) or is_contact(text)


def ends_sentence(text: str) -> bool:
    """Whether a line ends like a sentence, closing quotes and brackets aside."""
    bare = text.rstrip(_CLOSE)
    return (bool(bare) and bare[-1] in ".!?…") or (bool(text) and text[-1] in ".!?…")


def unbalanced(text: str) -> bool:
    """A bracket that is opened and not closed, or closed and not opened."""
    return (
        text.count("(") != text.count(")") or text.count("[") != text.count("]") or text.count("«") != text.count("»")
    )


def headness(text: str, tag: str) -> float:
    """How much a text looks like a headword: short, a noun phrase, no sentence."""
    return _headness(text, tag) if 0 < len(text) <= 100 else 0.0


@lru_cache(maxsize=8192)
def _headness(text: str, tag: str) -> float:
    length = len(text)
    if text[-1] == "?":
        asked = words_at_start("asks", tag, text)
        text = text[asked.end() :].strip(" ?") or text if asked else text
    words = text.split()
    count = len(words)
    bracket = text.find("(")
    if bracket > 0:
        count = max(len(text[:bracket].split()), count - 4)
    if count > 10 or not any(character.isalpha() for character in text):
        return 0.0
    score = 1.0 - 0.09 * max(0, count - 4)
    last = text[-1]
    if last in ".!…":
        score -= 0.15 if len(words[-1]) <= 4 and count <= 3 and last == "." else 0.5
    elif last in ",;":
        score -= 0.6
    elif last == "?":
        score -= 0.35
    elif last == ":":
        score -= 0.2
    if words[0][0] in "([«":
        score -= 0.5
    elif words[0][0].islower():
        score -= 0.06
    elif words[0][0].isdigit():
        score -= 0.15
    if count > 1:
        clause = clause_words(tag)
        hits = sum(word.lower() in clause for word in words)
        score -= (0.4 if hits and words[0].lower() in function_words(tag) else 0.22) * hits
    if length > 60:
        score -= 0.15
    if _PLAIN.fullmatch(text):
        return max(0.0, score)
    if unbalanced(text):
        score -= 0.4
    if _INNER.search(text) and not is_acronym(words[0]):
        score -= 0.3
    if _SENTENCE_INSIDE.search(text):
        score -= 0.5
    if (_FIGURE.search(text) and _DATE.search(text)) or _has_contact(text):
        score -= 0.5
    return max(0.0, score)


def bodyness(text: str, tag: str) -> float:
    """How much a text looks like (a part of) a definition: long enough, sentence-like."""
    if len(text) > 90 and text[-1] in ".!?" and text.count(" ") >= 12:
        return 1.0
    words = text[:_LOOKED_AT].split()
    count = len(words)
    score = min(0.6, 0.06 * count)
    if ends_sentence(text):
        score += 0.35 if count > 1 else 0.1
    elif text[-1] == ":" or _SENTENCE_INSIDE.search(text, 0, _LOOKED_AT):
        score += 0.25 if count > 2 else 0.0
    if count > 3:
        known = function_words(tag)
        score += min(0.3, 0.1 * sum(word.lower().strip(".,;:()") in known for word in words[:25]))
    return min(1.0, score)


@cache
def _at_start(column: str, tag: str) -> re.Pattern[str]:
    return re.compile(
        rf"{alternatives(getattr(language_row(tag), column), getattr(LANGUAGES['en'], column))}(?!\w)", re.I
    )


def words_at_start(column: str, tag: str, text: str) -> re.Match[str] | None:
    """Whether a text opens with one of the words of a column, in the language of the page or English."""
    return _at_start(column, tag).match(text)
