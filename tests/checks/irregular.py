"""Term bases whose entries hardly ever have the same outline, though their heads and sections are few."""

# ruff: noqa: E501  (tables)

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

__all__ = ["document"]

HEADS = {
    "v3": """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>made</p></sourceDesc></fileDesc></tbxHeader><text><body>
""",
    "v2": """<?xml version="1.0" encoding="UTF-8"?>
<martif type="TBX-Basic" xml:lang="en">
<martifHeader><fileDesc><sourceDesc><p>made</p></sourceDesc></fileDesc></martifHeader><text><body>
""",
}
TAILS = {"v3": "</body></text></tbx>\n", "v2": "</body></text></martif>\n"}
NAMES = {"v3": ("conceptEntry", "langSec"), "v2": ("termEntry", "langSet")}

WORDS = ("call", "queue", "agent", "hold time", "route", "bank", "skill", "line", "node", "link")
ODD_TERMS = (
    "queue (long)", "Queue", "NASA", "the call", "a;b", "a&amp;b", "&#32;", " call", "call ", "café", "cafe\u0301",
    "R&#xE9;", "two\nlines", "x > y", "no\u00a0break", "ends.", "стол", "<hi>bold</hi>", "", " ", "an «open", "&lt;b>",
    "&nonsense;", "'quoted' \"twice\"", "to call", "call", "nasa", "x" * 120, "ΣΑΣ", "ẞ", "İ", "-", "a&#160;b", "das Haus",
    "soft\u00adhyphen", "wide\u3000blank", "line\u2028end", "\u00a0call", "call\u202f", "e\ue000", "call\u00a01", "call\u2002 1",
    "&#160;", "a&#8232;b", "x=\"y\"",
)  # fmt: skip
ODD_TEXTS = (
    "The call.", "queue. And queue", "call", "a&amp;b", "something else entirely", "line\nbreak", " ", "", "&#32;",
    "a bank", "Bank.", "no\u00a0break", "a <hi>queue</hi>", "of  two  blanks in it", "same everywhere else", "&#x9;tab",
    "same\u00a0everywhere else", "same everywhere\u202f\u202felse.", "&#160;same everywhere else", "\u3000", "x\u2028y", "a thing!", "Is it? Yes",
    "the\u00a0call", "call\u00a0", "same everywhere else\u00a0.",
)  # fmt: skip
DATES = ("2024-01-01", "2023-05-05", "2024-01-01T10:00:00Z", "2024-02-30", "2025-01-01", "soon", " 2023-05-05", "")
KINDS = ("origination", "modification", " modification", "approval", "")
STATUSES = ("preferredTerm-admn-sts", "deprecatedTerm-admn-sts", "admittedTerm-admn-sts", "preferred")
TYPES = ("acronym", "fullForm", "variant", "shortForm")
TAGS = ("en", "de", "fr", "sv", "ru", "en-GB", "EN", "xx", "mul")

Entry = Callable[[random.Random, int], str]


def _text(chance: random.Random, texts: tuple[str, ...], usual: str, odd: float) -> str:
    return chance.choice(texts) if chance.random() < odd else usual


def _transactions(chance: random.Random, odd: float) -> str:
    made = ""
    for _ in range(chance.choice((0, 0, 1, 2))):
        kind = _text(chance, KINDS, chance.choice(KINDS[:2]), odd)
        date = f"<date>{_text(chance, DATES, chance.choice(DATES[:3]), odd)}</date>" if chance.random() < 0.9 else ""
        who = '<transacNote type="responsibility">Ada</transacNote>' if chance.random() < 0.8 else ""
        made += f'<transacGrp><transac type="transactionType">{kind}</transac>{date}{who}</transacGrp>\n'
    return made


def _definition(chance: random.Random, name: str, text: str) -> str:
    said = f'<descrip type="{name}">{text}</descrip>'
    if chance.random() < 0.5:
        said = f'<descripGrp>{said}<admin type="source">manual {chance.randrange(99)}</admin></descripGrp>'
    return said + "\n"


class _Term:
    """How one term of a section is written: what is said of it, in which kind of element."""

    def __init__(self, chance: random.Random, edition: str) -> None:
        self.notes = [
            (name, chance.choice(values))
            for name, values in (
                ("partOfSpeech", ("noun", "noun", "verb", "Noun")), ("administrativeStatus", STATUSES), ("termType", TYPES),
                ("grammaticalNumber", ("plural", "singular")), ("grammaticalGender", ("neuter",)),
            )
            if chance.random() < (0.7 if name == "partOfSpeech" else 0.3)
        ]  # fmt: skip
        if chance.random() < 0.1:
            self.notes.append(("partOfSpeech", "verb"))
        chance.shuffle(self.notes)
        self.contexts = chance.choice((0, 0, 1, 1, 2))
        self.extra = chance.choice(("", "", "", '<descrip type="definition">{definition}</descrip>', '<admin type="customerSubset">A</admin>',
                                    "<note>{note}</note>", '<xref type="externalCrossReference" target="http://x/{number}">see</xref>', '<descrip type="x-own">{note}</descrip>'))  # fmt: skip
        self.id = chance.random() < 0.2
        self.transactions = random.Random(chance.random()) if chance.random() < 0.2 else None
        self.element = "termSec" if edition == "v3" else chance.choice(("tig", "ntig"))

    def __call__(self, chance: random.Random, number: int, odd: float) -> str:
        word = f"{chance.choice(WORDS)} {chance.randrange(40)}" if chance.random() < 0.7 else chance.choice(WORDS)
        text = _text(chance, ODD_TERMS, word, odd)
        notes = "".join(f'<termNote type="{name}">{value}</termNote>\n' for name, value in self.notes)
        term = f"<term>{text}</term>\n{notes}"
        if self.element == "ntig":
            term = f"<termGrp>{term}</termGrp>"
        for _ in range(self.contexts):
            term += _definition(chance, "context", _text(chance, ODD_TEXTS, f"here is a {word} at work", odd))
        term += self.extra.format(
            definition=f"strays {chance.randrange(9)} by {word}", note=chance.choice(("seen", "heard &amp; told", "  ", "n 1")), number=number
        )  # fmt: skip
        term += _transactions(chance, odd) if self.transactions else ""
        own = f' id="t{number}"' if self.id else ""
        return f"<{self.element}{own}>{term}</{self.element}>\n"


class _Section:
    """How one language section is written."""

    def __init__(self, chance: random.Random, edition: str) -> None:
        self.name = NAMES[edition][1]
        self.tag = chance.choice(TAGS[:4]) if chance.random() < 0.8 else chance.choice(TAGS)
        self.definitions = chance.choice((0, 0, 1, 1, 1, 2))
        self.terms = [_Term(chance, edition) for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3)))]
        self.id = chance.random() < 0.1
        self.comment = "<!-- by hand -->\n" if chance.random() < 0.05 else ""

    def __call__(self, chance: random.Random, number: int, odd: float) -> str:
        said = "".join(
            _definition(chance, "definition", _text(chance, ODD_TEXTS, f"{chance.choice(('a', 'any', 'some'))} {chance.choice(WORDS)} of {chance.randrange(50)}", odd))
            for _ in range(self.definitions)
        )  # fmt: skip
        terms = "".join(term(chance, number * 10 + at, odd) for at, term in enumerate(self.terms))
        own = f' id="s{number}{chance.randrange(99)}"' if self.id else ""
        return f'  <{self.name} xml:lang="{self.tag}"{own}>\n{self.comment}{said}{terms}  </{self.name}>\n'


class _Head:
    """How what stands before the sections is written."""

    def __init__(self, chance: random.Random, edition: str) -> None:
        self.name = NAMES[edition][0]
        self.field = chance.choice(("", '<descrip type="subjectField">calls</descrip>\n', '<descrip type="subjectField">{field}</descrip>\n'))
        self.definitions = chance.choice((0, 0, 0, 1, 2))
        self.note = chance.choice(("", "", "<note>{note}</note>\n", '<ref type="crossReference" target="c{other}">see</ref>\n'))
        self.transactions = chance.random() < 0.5

    def __call__(self, chance: random.Random, number: int, odd: float) -> str:
        field = self.field.format(field=chance.choice(("calls", "Calls", "banks", "")))
        note = self.note.format(note=_text(chance, ODD_TEXTS, "a note", odd), other=chance.randrange(60))
        said = "".join(
            _definition(chance, "definition", _text(chance, ODD_TEXTS, f"what is said of {chance.choice(WORDS)} {chance.randrange(40)}", odd))
            for _ in range(self.definitions)
        )  # fmt: skip
        name = f'c{number if chance.random() > odd / 3 else "é"}'
        return f'<{self.name} id="{name}">\n{field}{said}{note}{_transactions(chance, odd) if self.transactions else ""}'


def _entries(chance: random.Random, edition: str, count: int, odd: float, broken: bool) -> Iterator[str]:
    heads = [_Head(chance, edition) for _ in range(4)]
    sections = [_Section(chance, edition) for _ in range(9)]
    last = ""
    for number in range(count):
        sometimes = odd if chance.random() < 0.4 else 0.0
        chosen = [chance.choice(sections) for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 4)))]
        made = chance.choice(heads)(chance, number, sometimes) + "".join(each(chance, number, sometimes) for each in chosen)
        if chance.random() < 0.02:
            made += "<note>behind the sections</note>\n"
        end = f"</{NAMES[edition][0]}>"
        if broken and chance.random() < 0.02:
            end = chance.choice(("", "<note/>", "</tbx>"))
        last = last if chance.random() < 0.05 and last else f"{made}{end}\n"
        yield last
        if chance.random() < 0.3:
            yield chance.choice(("\n", "<!-- between -->\n", "  "))


def document(seed: int, *, edition: str = "v3", count: int = 60, odd: float = 0.3, broken: bool = False) -> str:
    """A term base of so many entries; `odd`: how often an odd text stands for a usual one in every third entry.

    `broken`: some entries have no end.
    """
    chance = random.Random(seed)
    return HEADS[edition] + "".join(_entries(chance, edition, count, odd, broken)) + TAILS[edition]
