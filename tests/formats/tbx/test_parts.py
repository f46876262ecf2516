"""A document that is read in parts gives the same entries, lines and findings as one that is read in one go."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cctbx.errors import InputError
from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions
from cctbx.formats.tbx.parts import stops
from cctbx.formats.tbx.reader import PartReader, read, read_parts
from cctbx.formats.tbx.trees import Prologue
from cctbx.model import ConceptEntry, Origin
from cctbx.model.patterns import Repeated
from cctbx.model.portions import Portion
from tests.formats.tbx.support import many
from tests.formats.tbx.test_fast_ways import exact

HEAD = '<?xml version="1.0"?>\n<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">\n'
ENTRY = (
    '<conceptEntry id="c{0}">\n<langSec xml:lang="en"><termSec>\n<term>t{0}{1}</term></termSec></langSec>\n'
    "</conceptEntry>"
)
INSIDE = (
    "", "", "", " &amp; co", "<!-- </conceptEntry><conceptEntry id='x'> -->",
    "<![CDATA[</conceptEntry> <conceptEntry ]]>", "&eacute;", "&own;", "<!-- never closed", "<hi>b</hi>",
    "</conceptEntry>", "\x01", "<![CDATA[", "\u00e9\u4e2d", "<?x </conceptEntry>?>", "</term>", "<conceptEntry>",
)  # fmt: skip
BETWEEN = (
    "\n", "\n", "\n", "", "\n\n", "<!-- a comment -->\n", "<!-- </conceptEntry>\n<conceptEntry id='y'> -->", "stray",
    "<langSec xml:lang='de'><termSec><term>lost</term></termSec></langSec>", "<conceptEntry/>",
    "<conceptEntry>\n</conceptEntry >",
    "<![CDATA[</conceptEntry><conceptEntry>]]>", "<?pi </conceptEntry><conceptEntry ?>", "<!--", "-->", "</body><body>",
)  # fmt: skip
DOCTYPE = '<!DOCTYPE tbx [<!ENTITY own "of our own">]>\n'


Whole = tuple[list[ConceptEntry], list[Finding], object]
Made = tuple[list[ConceptEntry], list[Finding]]


def in_one(content: bytes) -> Whole:
    found: list[Finding] = []
    stream = read(io.BytesIO(content), ReadOptions(file="x.tbx", report=found.append))
    return list(stream), found, (stream.header, stream.references())


class Others:
    """Reads the portions like another process, but here; refuses every so many."""

    def __init__(self, content: bytes, at: tuple[int, ...]) -> None:
        self.content, self.at, self.sound = content, at, 0

    def portions(self, prologue: Prologue) -> Iterator[Portion[Made]]:
        found: list[Finding] = []
        reader = PartReader(prologue, ReadOptions(file="x.tbx", report=lambda each: found.append(each)))
        for start, end in pairwise(self.at):
            found.clear()
            entries = [entry_of(each) for each in reader.entries(io.BytesIO(self.content), start, end)]
            done = reader.portion
            self.sound += done.sound
            yield Portion(made=(entries, list(found)), entries=done.entries, lines=done.lines, sound=done.sound)


def entry_of(item: ConceptEntry | Repeated) -> ConceptEntry:
    return item.entry if isinstance(item, Repeated) else item


def moved(entry: ConceptEntry, lines: int) -> ConceptEntry:
    """The entry some lines further down."""
    origin = entry.origin
    assert origin is not None and origin.line is not None
    return replace(entry, origin=Origin(file=origin.file, line=origin.line + lines))


def without_inner_lines(entries: Iterable[ConceptEntry]) -> list[object]:
    return [(each, exact(each.origin)) for each in entries]


def in_parts(content: bytes, at: tuple[int, ...], refused: int = 0) -> tuple[Whole, int]:
    found: list[Finding] = []
    entries: list[ConceptEntry] = []
    others = Others(content, at)
    header, items, references = read_parts(
        io.BytesIO(content), ReadOptions(file="x.tbx", report=found.append), at, others.portions
    )
    for number, item in enumerate(items):
        if not isinstance(item, Portion):
            entries.append(entry_of(item))
        elif refused and number % refused == 0:
            item.refused = True
        else:
            assert item.made is not None
            entries += [moved(each, item.line) for each in item.made[0]]
            found += [replace(each, line=(each.line or 0) + item.line) for each in item.made[1]]
    return (entries, found, (header, references())), others.sound


def comparable(whole: Whole) -> tuple[object, ...]:
    """Entries with their lines, findings, header and back matter."""
    entries, findings, around = whole
    return without_inner_lines(entries), findings, around


def same(content: bytes, at: tuple[int, ...], refused: int = 0) -> int:
    """How many portions were sound, after the law was found to hold."""
    made, sound = in_parts(content, at, refused)
    assert comparable(made) == comparable(in_one(content))
    return sound


def document(entries: list[tuple[str, str]], *, doctype: bool = False, newline: str = "\n", back: str = "") -> bytes:
    body = "".join(ENTRY.format(number, inside) + between for number, (inside, between) in enumerate(entries))
    text = HEAD.replace("\n", f"\n{DOCTYPE}", 1) if doctype else HEAD
    text += f"<tbxHeader><fileDesc/></tbxHeader><text><body>\n{body}</body>{back}</text></tbx>\n"
    return text.replace("\n", newline).encode("utf-8")


PARTS = st.tuples(st.sampled_from(INSIDE), st.sampled_from(BETWEEN))
PERSON = '<refObject id="p1"><item type="fn">A</item></refObject>'
BACK = f'<back><refObjectSec type="respPerson">{PERSON}</refObjectSec></back>'


@many
@given(
    st.lists(PARTS, min_size=1, max_size=14), st.booleans(), st.sampled_from(("\n", "\r\n", "\r")),
    st.integers(10, 700), st.sampled_from((0, 0, 1, 2)), st.sampled_from(("", BACK, "<!-- x")),
)  # fmt: skip
def test_hostile(
    entries: list[tuple[str, str]], doctype: bool, newline: str, size: int, refused: int, back: str
) -> None:  # fmt: skip
    content = document(entries, doctype=doctype, newline=newline, back=back)
    made, _ = in_parts(content, stops(io.BytesIO(content), size), refused)
    assert comparable(made) == comparable(in_one(content))


def test_regular_portions_are_sound() -> None:
    content = document([("", "\n")] * 100)
    at = stops(io.BytesIO(content), 500)
    assert len(at) > 10
    assert same(content, at) == len(at) - 1


@pytest.mark.parametrize("inside", [each for each in INSIDE if "<conceptEntry" in each])
def test_a_stop_in_a_comment_or_section_is_found_out(inside: str) -> None:
    entries = [("", "\n")] * 20 + [(inside, "\n")] + [("", "\n")] * 20
    content = document(entries)
    expected = comparable(in_one(content))
    for size in range(100, 600, 7):
        made, _ = in_parts(content, stops(io.BytesIO(content), size))
        assert comparable(made) == expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "latin-1"])
def test_other_encodings_are_not_cut(encoding: str) -> None:
    text = document([("", "\n")] * 50).decode().replace('"1.0"', f'"1.0" encoding="{encoding}"')
    assert stops(io.BytesIO(text.encode(encoding)), 300) == ()


def test_a_mark_is_no_obstacle() -> None:
    content = b"\xef\xbb\xbf" + document([("", "\n")] * 50)
    at = stops(io.BytesIO(content), 300)
    assert same(content, at) == len(at) - 1 > 5


def test_portions_may_be_missing() -> None:
    """Where others give up, the rest is read here."""
    content = document([("", "\n")] * 50)
    at = stops(io.BytesIO(content), 300)
    items = read_parts(io.BytesIO(content), ReadOptions(file="x.tbx"), at, lambda prologue: iter([Portion[None]()]))[1]
    found = [entry_of(each) for each in items if not isinstance(each, Portion)]
    assert without_inner_lines(found) == without_inner_lines(in_one(content)[0])


def test_strict_stops_at_the_same_error() -> None:
    """The part with the error is not sound, so that the error comes from where all is read in order."""
    content = document([("", "\n")] * 10 + [("&odd;", "\n")] + [("", "\n")] * 10)
    at = stops(io.BytesIO(content), 300)
    prologue = Prologue()
    prologue.declare(None, "urn:iso:std:iso:30042:ed-2")
    reader = PartReader(prologue, ReadOptions(strict=True))
    sound = []
    for start, end in pairwise(at):
        try:
            list(reader.entries(io.BytesIO(content), start, end))
        except InputError as error:
            assert "odd" in str(error)
        sound.append(reader.portion.sound)
    assert sound.count(False) == 1
