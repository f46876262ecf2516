"""Validation by pieces: entries of known pieces take the shortcut, and nobody can tell by the findings."""

# ruff: noqa: E501  (pools of markup)

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cctbx.findings import Finding
from cctbx.formats.tbx.validation import ValidationOptions, known, learning, patterns, session, validate
from cctbx.formats.tbx.validation.automaton import matcher
from cctbx.formats.tbx.validation.notation import structure
from cctbx.formats.tbx.validation.planning import Planner, repeats
from cctbx.formats.tbx.validation.plans import PlanParts
from cctbx.formats.tbx.validation.shortcut import Shortcut
from cctbx.formats.tbx.validation.xmltypes import XmlElement

HEADER = "<fileDesc><sourceDesc><p>test</p></sourceDesc></fileDesc>"


@dataclass(frozen=True)
class Pool:
    """What entries of an edition are made of. `%n` stands for a number of its own, `%r` for that of another entry."""

    start: str
    end: str
    entry: str
    section: str
    heads: tuple[str, ...]
    levels: tuple[str, ...]
    terms: tuple[str, ...]


DCA = Pool(
    start='<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">\n'
    f"<tbxHeader>{HEADER}</tbxHeader><text><body>\n",
    end="</body></text></tbx>\n",
    entry="conceptEntry", section="langSec",
    heads=(
        "", '<descrip type="subjectField">law</descrip>', "<note>in\ntwo lines</note>\n",
        '<transacGrp><transac type="transactionType">origination</transac><date>2024-02-29</date></transacGrp>',
        '<transacGrp>\n<transac type="transactionType">modification</transac>\n<date>2024-02-29T10:00:00</date></transacGrp>',
        '<ref type="crossReference" target="c%r">see</ref>', '<xref type="externalCrossReference" target="http://x.y/%n">x</xref>',
        '<descripGrp><descrip type="subjectField">a</descrip><ref\n type="crossReference"\n target="c%r"\n>see</ref></descripGrp>',
    ),
    levels=("", '<descrip type="definition">a &amp; b</descrip>', "<note>one\nit's two</note>", '<note><hi type="bold">x</hi> y</note>',
            '<admin type="source">see</admin>\n'),
    terms=(
        "<termSec><term>a</term></termSec>", '<termSec id="t%n"><term>b</term></termSec>',
        '<termSec><term>c</term><termNote type="partOfSpeech">noun</termNote></termSec>\n',
        '<termSec><term>c <hi>d</hi></term><termNote type="partOfSpeech">verb</termNote><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>',
        '<termSec><term id="x%n">e</term>\n<note>a <sc id="s%n" isolated="no"/>b<ec startRef="s%n" isolated="no"/></note></termSec>',
        '<termSec><term>f</term><descripGrp><descrip type="context">g</descrip><admin type="source">h</admin></descripGrp></termSec>',
        "<termSec><term>\n  g</term><note>\xa0</note></termSec>",
    ),
)  # fmt: skip

DCT = Pool(
    start='<t:tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns:t="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" '
    'xmlns:basic="http://www.tbxinfo.net/ns/basic">\n'
    '<t:tbxHeader><t:fileDesc><t:sourceDesc><t:p>x</t:p></t:sourceDesc></t:fileDesc></t:tbxHeader><t:text><t:body>\n',
    end="</t:body></t:text></t:tbx>\n",
    entry="t:conceptEntry", section="t:langSec",
    heads=(
        "", "<min:subjectField>law</min:subjectField>", '<basic:crossReference target="c%r">x</basic:crossReference>',
        "<t:transacGrp><basic:transactionType>origination</basic:transactionType><t:date>2024-02-29</t:date></t:transacGrp>",
        '<min:externalCrossReference target="https://x/%n">x</min:externalCrossReference>',
    ),
    levels=("", "<basic:definition>x</basic:definition>", "<t:note>a\nb's</t:note>"),
    terms=(
        "<t:termSec><t:term>a</t:term></t:termSec>", '<t:termSec id="t%n"><t:term>a</t:term><min:partOfSpeech>noun</min:partOfSpeech></t:termSec>',
        "<t:termSec><t:term>a</t:term><min:partOfSpeech>verb</min:partOfSpeech><basic:termType>variant</basic:termType></t:termSec>",
        "<t:termSec><t:term>a</t:term><t:descripGrp><basic:context>a</basic:context><basic:source>b</basic:source></t:descripGrp></t:termSec>",
        '<t:termSec><t:term>a</t:term><basic:context>a <t:hi type="bold">b</t:hi></basic:context></t:termSec>',
        "<t:termSec>\n<t:term>a</t:term>\n<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></t:termSec>",
    ),
)  # fmt: skip

V2 = Pool(
    start='<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n<martif type="TBX-Default" xml:lang="en">\n'
    f"<martifHeader>{HEADER}</martifHeader><text><body>\n",
    end='</body><back><refObjectList type="respPerson"><refObject id="p1"><item type="fn">P</item></refObject></refObjectList></back></text></martif>\n',
    entry="termEntry", section="langSet",
    heads=(
        "", '<descrip type="subjectField">law</descrip>', '<ref type="crossReference" target="c%r">x</ref>',
        '<transacGrp><transac type="transactionType">origination</transac><transacNote type="responsibility" target="p1">P</transacNote><date>2024-02-29</date></transacGrp>',
    ),
    levels=("", '<descrip type="definition">x</descrip>', "<note>x\ny's</note>"),
    terms=(
        "<tig><term>a</term></tig>", '<tig id="t%n"><term>b</term><termNote type="partOfSpeech">noun</termNote></tig>',
        '<ntig><termGrp><term>c</term><termNoteGrp><termNote type="partOfSpeech">x</termNote><note>y</note></termNoteGrp></termGrp></ntig>',
        '<ntig id="n%n"><termGrp><term>d e</term><termCompList type="termElement"><termComp>d</termComp>\n<termComp>e</termComp></termCompList></termGrp></ntig>',
        '<tig><term>a</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>',
    ),
)  # fmt: skip

MINIMAL = Pool(
    start='<TBX dialect="TBX-Min"><header><id>x</id><languages source="en" target="de"/></header><body>\n', end="</body></TBX>\n",
    entry="termEntry", section="langSet",
    heads=("", "<subjectField>law</subjectField>"), levels=("",),
    terms=("<tig><term>a</term></tig>", "<tig><partOfSpeech>noun</partOfSpeech><term>a</term></tig>",
           "<tig><term>a</term><noteGrp><note><noteKey>k</noteKey><noteValue>v</noteValue></note></noteGrp></tig>"),
)  # fmt: skip

LINGUIST = replace(DCA, start=DCA.start.replace("TBX-Basic", "TBX-Linguist"))

POOLS = {"dca": DCA, "linguist": LINGUIST, "dct": DCT, "v2": V2, "minimal": MINIMAL}

Fault = Callable[[str, str], str]
FAULTS: tuple[tuple[str, str, int], ...] = (
    ("", "", 0), ("", "", 0), ("", "", 0), (">noun<", ">Noun<", 1), (">noun<", "> noun<", 1), (">noun<", "><", 1), (">noun<", ">no<!-- -->un<", 1),
    (r"2024-02-29", "2023-02-29", 1), ("2024-02-29", " 2024-02-29", 1), ("2024-02-29", "2024-02-29T11:00:00", 1),
    (r"<((?:t:)?)term>", r"<\1note>x</\1note><\1term>", 1), (r"<((?:t:)?)term>", r"<\1trem>x</\1trem><\1term>", 1),
    ("subjectField", "subjectFeild", 0), ("definition", "definiton", 1), ("http", "ftp", 1), (r' id="c', ' id="7', 1),
    (r' id="c\d+"', ' id="c1"', 1), (r' id="t\d+"', ' id="t1"', 1), (r' id="c\d+"', "", 1), (r' id="(\S+)"', r" id='\1'", 1), (r' id="(\S+)"', r'  id = "\1"', 1),
    (r' target="c\d+"', ' target="gone"', 1), (r' id="c(\d+)"((?:.|\n)*) target="c\d+"', r' id="c\1"\2 target="c\1"', 1),
    (r' id="c\d+"', " id='same'", 1), (r' id="t\d+"', " id='same'", 1), (r' target="[ct]\d+"', " target='gone'", 1), ("preferredTerm", "legalTerm", 1),
    (r' id="(\S+)"', r' id="\1 "', 1), (r' id="(\S+)"', r' id="&#99;\1"', 1), (r' target="\S+"', ' target=""', 1),
    (r"(</\S*termSec>|</n?tig>)", r"\1stray", 1), (r"(</\S*lang...>)", r"\1stray", 1), (r"(</\S*lang...>)", r"\1<!-- a -->", 1),
    (r">a<", "><![CDATA[a]]><", 1), (">a<", ">&#97;<", 1), (">a<", ">&nbsp;<", 1), (">a<", ">&#160;&#x2013;<", 0), (">a<", ">&#1;<", 1),
    (">a<", ">&#xFFFF;<", 1), (">noun<", ">&#110;oun<", 1), ("\n<", "&#10;\n<", 0), (">a<", ">a > b<", 1), (">a<", ">]]><", 1), (">a<", ">\x02<", 1),
    (">a<", "> a\n<", 0), (">a<", ">a\nb<", 0), (">a<", ">é \U0001f600<", 0), (">a<", '> id="t1"<', 1), (">a<", '>x id="t1" y<', 1), (">a<", '> target="c1"<', 1),
    (r"<((?:t:)?)lang(...)", r"<\1lang\2 foo='>a<'", 1), (r'xml:lang="en"', 'xml:lang="en_US"', 1), (r'xml:lang="en"', 'xml:lang="english-language-of-some-kind"', 1),
    (r'xml:lang="en"', "", 1), (r'xml:lang="en"', 'xml:lang="en" id="t1"', 1), (r'xml:lang="en"', 'xml:lang="en" xmlns="urn:x"', 1),
    (r"<((?:\S*:)?(?:termSec|tig))", r'<\1 xmlns:min="urn:x"', 1), (r"(<((?:t:)?)lang...)( [^>]*)>(?:.|\n)*?</(\S*)>(?=\s*<)", r"\1\3></\4>", 1),
    (r"(</\S*lang...>)", r"\1<subjectField>b</subjectField>", 1), (r"(<(?:t:)?lang...)", r"<subjectField>b</subjectField>\1", 1),
    (r"(<(?:t:)?lang...)", "\n\n    \\1", 0), (r"(</(?:t:)?(?:conceptEntry|termEntry)>)", r"  \1", 1), (r"</(\S*(?:conceptEntry|termEntry))>", r"</\1 >", 1),
    (r"((?:.|\n)*)", r"stray\1", 1), (r"((?:.|\n)*)", r"<!-- a\nb -->\1", 1), (r"</(\S*)lang(...)>", "", 1), (r"</(\S*)term>", "", 1),
    (r"<((?:t:)?)term>", r"<\1te'rm>", 1), (r"<((?:t:)?)term>", r'<\1te"rm>', 1),
)  # fmt: skip
"""Pattern, replacement, how often (0: everywhere)."""


def filled(text: str, numbers: Iterator[int], other: int) -> str:
    """The marks of a pool replaced; all `%n` of one piece are the same number."""
    return text.replace("%n", str(next(numbers))).replace("%r", str(other))


Choice = tuple[int, list[tuple[str, int, list[int]]], int, int]


def made(pool: Pool, number: int, choice: Choice, numbers: Iterator[int]) -> str:
    head, sections, other, fault = choice
    said = [filled(pool.heads[head % len(pool.heads)], numbers, other)]
    for language, level, terms in sections:
        said.append(f'\n<{pool.section} xml:lang="{language}">' + filled(pool.levels[level % len(pool.levels)], numbers, other))
        said += [filled(pool.terms[term % len(pool.terms)], numbers, other) for term in terms]
        said.append(f"</{pool.section}>")
    text = f'<{pool.entry} id="c{number}">' + "".join(said) + f"\n</{pool.entry}>"
    pattern, replacement, count = FAULTS[fault]
    return re.sub(pattern, replacement, text, count=count) if pattern else text


def usual(pool: Pool) -> list[Choice]:
    """Entries that hold every piece of a pool and every language: what there is to be learnt."""
    languages = cycle(("en", "de", "fr"))
    some = [(head, [(next(languages), 0, [0])], 1, 0) for head in range(len(pool.heads))]
    some += [(0, [(next(languages), level, [0])], 1, 0) for level in range(len(pool.levels))]
    return some + [(0, [(next(languages), 0, [term])], 1, 0) for term in range(len(pool.terms))]


def mixed(pool: Pool, count: int = 18) -> list[Choice]:
    """Entries of several sections and terms."""
    return [
        (at, [("en", at * 7 % 5, [at % 9, at * 5 % 7]), ("de", at * 3 % 5, [at * 2 % 7, 1]), ("fr", 2, [2, at % 2])][at % 3 :],
         1, 0)
        for at in range(count)
    ]  # fmt: skip


def findings(text: str, **options: object) -> list[Finding]:
    stream = io.BytesIO(text.encode())
    return list(validate(stream, file="t.tbx", options=ValidationOptions(**options)))  # type: ignore[arg-type]


def by_pieces(text: str, room: int = 6000, **options: object) -> tuple[list[Finding], int]:
    """The findings where blocks are so small that nearly all entries may take the shortcut, and how many took it.

    `room`: for so many pieces of each kind.
    """
    taken: list[bool] = []
    accepts, knows = Shortcut.accepts, Shortcut.knows

    def counted(self: Shortcut, entry: bytes, line: int) -> bool:
        taken.append(accepts(self, entry, line))
        return taken[-1]

    def seen(self: Shortcut, data: bytes, start: int, line: int) -> tuple[int, int] | None:
        found = knows(self, data, start, line)
        taken.extend([True] * (found is not None))
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(session, "_HEAD", 700)
        patched.setattr(session, "_CHUNK", 500)
        patched.setattr(patterns, "_WINDOW", 4)
        patched.setattr(known, "_MOST", room)
        patched.setattr(Shortcut, "accepts", counted)
        patched.setattr(Shortcut, "knows", seen)
        return findings(text, **options), sum(taken)


def without(text: str, **options: object) -> list[Finding]:
    """The findings where all entries go the long way, in the same blocks."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(session, "_HEAD", 700)
        patched.setattr(session, "_CHUNK", 500)
        patched.setattr(Shortcut, "accepts", lambda *_: False)
        return findings(text, **options)


def document(pool: Pool, choices: list[Choice]) -> str:
    numbers = iter(range(1, 1_000_000))
    entries = (made(pool, number, choice, numbers) for number, choice in enumerate(choices, 1))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{pool.start}' + "\n".join(entries) + "\n" + pool.end


sections = st.tuples(st.sampled_from(["en", "de", "fr"]), st.integers(0, 9), st.lists(st.integers(0, 9), min_size=1, max_size=3))
choices = st.tuples(st.integers(0, 9), st.lists(sections, min_size=1, max_size=4), st.integers(1, 90), st.integers(0, len(FAULTS) - 1))  # fmt: skip
options = st.fixed_dictionaries({
    "mode": st.sampled_from(["intended", "strict"]),
    "ignore": st.sampled_from([frozenset(), frozenset({"TBX1"}), frozenset({"TBX101", "TBX3"}), frozenset({"TBX015", "TBX107", "TBX2"})]),
})  # fmt: skip


@pytest.mark.parametrize("name", POOLS)
@settings(max_examples=int(os.environ.get("CCTBX_EXAMPLES", "40")), deadline=None)
@given(st.lists(choices, min_size=1, max_size=12), options, st.sampled_from([6000, 6000, 5]))
def test_the_findings_are_those_of_the_long_way(
    name: str, drawn: list[Choice], said: dict[str, object], room: int
) -> None:  # fmt: skip
    pool = POOLS[name]
    text = document(pool, usual(pool) * 2 + drawn)
    assert by_pieces(text, room, **said)[0] == without(text, **said)


JUNK = ("<", ">", "&", "&amp;", "]]>", "<!--", "-->", "<?x?>", '"', "'", ' id="t1"', ' target="c1"', " ", "\n", "\t", "=", "/", "noun", "é",
        "<term>", "</term>", "</conceptEntry>", "<langSec", "</langSec>", ' xml:lang="de"', "<langSec>", "</termSec>", "<termSec>")  # fmt: skip


@pytest.mark.parametrize("name", POOLS)
@settings(max_examples=int(os.environ.get("CCTBX_EXAMPLES", "40")), deadline=None)
@given(choices, st.integers(0, 900), st.integers(0, 30), st.lists(st.sampled_from(JUNK), max_size=3), st.booleans())
def test_damaged_entries_are_judged_alike(
    name: str, drawn: Choice, at: int, cut: int, junk: list[str], again: bool
) -> None:  # fmt: skip
    pool = POOLS[name]
    text = document(pool, usual(pool) * 2 + [(*drawn[:3], 0)] * (2 if again else 1) + usual(pool)[:4])
    begin = text.index(f'id="c{2 * len(usual(pool)) + 1}"') + at
    text = text[:begin] + "".join(junk) + text[begin + cut :]
    assert by_pieces(text)[0] == without(text)


@pytest.mark.parametrize("name", POOLS)
@pytest.mark.parametrize("fault", range(len(FAULTS)))
def test_every_fault_is_found(name: str, fault: int) -> None:
    pool = POOLS[name]
    faulty = [(head, parts, other, fault) for head, parts, other, _ in usual(pool) + mixed(pool)]
    text = document(pool, [*usual(pool) * 2, *faulty, *usual(pool)])
    mode = "strict" if fault % 2 else "intended"
    assert by_pieces(text, mode=mode)[0] == without(text, mode=mode)


@pytest.mark.parametrize("name", POOLS)
def test_entries_of_known_pieces_take_the_shortcut(name: str) -> None:
    pool = POOLS[name]
    fresh = [
        (at, [("en", at + 1, [at % 4, at % 3]), ("de", at, [at % 4]), ("fr", at + 2, [2, at % 2])][at % 3 :], 1, 0)
        for at in range(60)
    ]
    learnt = document(pool, usual(pool) * 2)
    text = document(pool, usual(pool) * 2 + fresh)
    assert by_pieces(text)[1] - by_pieces(learnt)[1] >= 25
    assert {each.code for each in findings(learnt)} <= {"TBX019", "TBX303"}


@pytest.mark.parametrize(
    ("model", "names", "repeat"),
    [("a*, b+", "b", True), ("a*, (b | c)+", "bc", True), ("a? & b+", "b", True), ("a*, b", "b", False), ("a*, b+, c", "b", False),
     ("a*, b, c", "bc", False), ("a*, (b | c)", "bc", False)],
)  # fmt: skip
def test_what_may_follow_any_number_of_times(model: str, names: str, repeat: bool) -> None:
    table = f"x | | {model}\na | | #text\nb | | #text\nc | | #text"
    particle = structure(table, root="x", macros={}, groups={}).elements["x"].content.particle
    assert particle is not None
    content = matcher(particle)
    assert repeats(content, 0, names) is repeat
    assert repeats(content, content.step(0, "a"), names) is repeat


def test_pieces_are_learnt_as_long_as_that_pays() -> None:
    pool = POOLS["dca"]
    strangers = [(0, [("en", 0, [0])], 1, 0)] * 60
    text = document(pool, usual(pool) + strangers)
    for number in range(60):
        text = text.replace(f'<conceptEntry id="c{30 + number}">', f'<conceptEntry id="c{30 + number}">{"<note>a</note>" * number}')
    learnt: list[bytes] = []
    plan = Planner.plan

    def counted(self: Planner, markup: bytes, elements: Iterator[XmlElement], depth: int) -> PlanParts | None:
        learnt.append(markup)
        return plan(self, markup, elements, depth)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(learning, "_CREDIT", 30)
        patched.setattr(Planner, "plan", counted)
        found = by_pieces(text)[0]
    assert found == without(text)
    assert 20 <= len(learnt) <= 40


@pytest.mark.parametrize("fault", range(len(FAULTS)))
def test_every_fault_is_found_among_entries_that_look_alike(fault: int) -> None:
    alike: Choice = (3, [("en", 1, [0, 1, 2])], 1, 0)
    text = document(DCA, [*usual(DCA), *[alike] * 20, (*alike[:3], fault), *[alike] * 3])
    assert by_pieces(text)[0] == without(text)


def fault_of(replacement: str) -> int:
    return next(at for at, each in enumerate(FAULTS) if each[1] == replacement)


def test_a_quote_too_many_does_not_hide_what_follows() -> None:
    """The parser waits for the other quote, and says only then what is wrong."""
    plain, quoted = (0, [("en", 0, [2])], 1, 0), (0, [("en", 2, [0])], 1, 0)
    broken, wrong = (*plain[:3], fault_of(r"<\1te'rm>")), (*plain[:3], fault_of(">Noun<"))
    text = document(DCA, [*usual(DCA) * 2, broken, plain, quoted, plain, plain, wrong, plain, *usual(DCA)])
    found, taken = by_pieces(text)
    assert found == without(text)
    assert {"TBX001", "TBX205"} <= {each.code for each in found}
    assert taken


def test_a_value_that_the_official_schemas_do_not_take() -> None:
    legal = (0, [("en", 0, [4])], 1, fault_of("legalTerm"))
    text = document(V2, [*usual(V2) * 2, legal])
    assert by_pieces(text, mode="strict")[0] == without(text, mode="strict")
    assert "TBX701" in {each.code for each in without(text, mode="strict")}
    assert by_pieces(text)[0] == without(text)


def test_entries_that_stand_in_no_body() -> None:
    text = document(DCA, usual(DCA) * 2).replace("<text><body>", "<body><text>").replace("</body></text>", "</text></body>")
    assert by_pieces(text)[0] == without(text)


def test_the_column_of_what_follows_accepted_entries() -> None:
    text = document(DCA, usual(DCA) * 3 + usual(DCA)[:2])
    end = text.rindex("</conceptEntry>") + len("</conceptEntry>")
    text = text[:end] + "<<" + text[end:]
    found, taken = by_pieces(text)
    assert found == without(text)
    assert taken
