"""The law of conservation: what a file says is in the model that was read, or a finding tells of it.

Documents in which every text is a word of its own are put out of order; then every word must stand in the plain form
of the model (header and back matter included) or in a finding, or a finding stands on its line and column.

Exempt by design: XML comments, processing instructions, DOCTYPE; comment lines of formats that have them (OmegaT, UTX);
what only serves the tool that wrote the file (see `_exempt_in_tmx`); columns the user said to ignore. A file that is
refused as a whole is not lost silently either.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from functools import partial
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cctbx.findings import Finding
from cctbx.formats.contract import Reader, ReadOptions, WriteOptions
from cctbx.formats.registry import format_named
from cctbx.profiles import PROFILES
from cctbx.profiles.layouts import Each, Layout, Role
from cctbx.profiles.reading import read_layout
from tests.formats.conserving import Place, Words, base, lost, refreshed
from tests.formats.disturbing import (
    Table,
    XmlDocument,
    csv_rows,
    line_places,
    lines_disturbed,
    row_places,
    xml_places,
)
from tests.formats.documents import (
    GLOSSML,
    MULTITERM,
    NTRF_MORE,
    NTRF_TEXT,
    OMEGAT_MORE,
    OMEGAT_TEXT,
    PO_MORE,
    PO_TEXT,
    TBX,
    TBX_MIN,
    TMX,
    UTX_MORE,
    UTX_TEXT,
)
from tests.formats.tbx.support import many

LANGUAGES: dict[str, object] = {"source_language": "en", "target_language": "sv"}
randoms = st.randoms(use_true_random=False)
times = st.integers(0, 4)
few = settings(many, max_examples=max(many.max_examples // 3, 10))


def reader_of(name: str) -> Reader:
    read = format_named(name).read
    assert read is not None
    return read


def written(name: str, random: Random, words: Words) -> bytes:
    write = format_named(name).write
    assert write is not None
    out = io.BytesIO()
    write(base(random, words).stream(), out, WriteOptions(source_language="en", target_languages=("sv",)))
    return out.getvalue()


def conserved(read: Reader, content: bytes, places: list[Place]) -> None:
    missing = lost(read, content, places, LANGUAGES)
    text = content.decode("utf-8", "replace") if not content.startswith(b"PK") else ""
    assert not missing, f"lost without a word: {missing}\n{text}"


# XML


def _exempt_in_tmx(element: str, attribute: str) -> bool:
    """What TMX says for the tools that wrote and used a memory, not of its texts."""
    return (element, attribute) == ("tmx", "version") or attribute in {
        "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "datatype", "o-encoding", "usagecount",
        "lastusagedate",
    }  # fmt: skip


def _exempt_in_tbx(element: str, attribute: str) -> bool:
    """Dialect and style, which are no part of a term base; the id of a group whose statement has an id too: the quick
    way leaves it out, and the long way has to agree."""
    of_root = element in ("tbx", "martif", "TBX") and attribute in ("type", "style", "dialect")
    return of_root or (attribute == "id" and element.endswith("Grp"))


def _exempt_in_multiterm(element: str, attribute: str) -> bool:
    """What an index is called, where it has the code of its language; the version of the format."""
    return (element, attribute) in (("language", "type"), ("mtf", "version"))


def _exempt_nowhere(element: str, attribute: str) -> bool:
    return False


EXEMPT: dict[str, Callable[[str, str], bool]] = {
    "tmx": _exempt_in_tmx, "multiterm": _exempt_in_multiterm,
    **dict.fromkeys(("tbx", "tbx-dca", "tbx-v2", "tbx-v2-default", "tbx-min-2013"), _exempt_in_tbx),
}  # fmt: skip
XML = ("tbx", "tbx-dca", "tbx-v2", "tbx-v2-default", "tbx-min-2013", "tmx", "multiterm", "glossml")

BY_HAND = {
    "tmx": TMX, "multiterm": MULTITERM, "glossml": GLOSSML, "tbx": TBX, "tbx-min-2013": TBX_MIN,
}  # fmt: skip


def filled(template: str, words: Words) -> str:
    """The template with words in the places of `W`."""
    return "".join(words() if part == "W" else part for part in _parts(template))


def _parts(template: str) -> list[str]:
    return re.split(r"(?<![A-Za-z])(W)(?![A-Za-z])", template)


def xml_conserved(name: str, content: bytes, random: Random, words: Words, count: int) -> None:
    document = XmlDocument(content, random, words)
    document.disturb(count)
    disturbed = document.content()
    conserved(reader_of(name), disturbed, xml_places(disturbed, EXEMPT.get(name, _exempt_nowhere)))


@pytest.mark.parametrize("name", XML)
@many
@given(random=randoms, count=times)
def test_xml(name: str, random: Random, count: int) -> None:
    """What our writers write, put out of order."""
    words = Words()
    xml_conserved(name, written(name, random, words), random, words, count)


@pytest.mark.parametrize("name", sorted(BY_HAND))
@many
@given(random=randoms, count=times)
def test_xml_by_hand(name: str, random: Random, count: int) -> None:
    """What our writers never write."""
    words = Words()
    xml_conserved(name, filled(BY_HAND[name], words).encode(), random, words, count)


# tables

DELIMITED = {
    "csv": ",", "terms-csv": ",", "weblate-csv": ",", "matecat": ",", "glotpress": ",", "omegat-csv": ",",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(DELIMITED))
@many
@given(random=randoms, count=times)
def test_delimited(name: str, random: Random, count: int) -> None:
    words, heads = Words(), name != "omegat-csv"
    rows = [row for _, row in csv_rows(written(name, random, words).removeprefix(b"\xef\xbb\xbf"), DELIMITED[name])]
    table = Table(rows, random, words, heads=heads)
    table.disturb(count)
    content = table.delimited(DELIMITED[name])
    conserved(reader_of(name), content, row_places(csv_rows(content, DELIMITED[name]), heads=heads))


def _workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["csv", "terms-csv"])
@few
@given(random=randoms, count=times, more=st.booleans())
def test_xlsx(name: str, random: Random, count: int, more: bool) -> None:
    """A sheet, and sometimes another one beside it."""
    words = Words()
    table = Table([row for _, row in csv_rows(written(name, random, words)[3:], ",")], random, words)
    table.disturb(count)
    sheets = {"Terms": table.rows} | ({"More": [[words()]]} if more else {})
    rows = [(number, row) for number, row in enumerate(table.rows, start=1) if any(row)]
    places = row_places(rows) + [Place(each[0][0], names=frozenset({"More"})) for each in [*sheets.values()][1:]]
    conserved(reader_of("xlsx"), _workbook(sheets), places)


@few
@given(random=randoms)
def test_xlsx_of_ours(random: Random) -> None:
    """What else stands in our own workbooks is nothing new, so that nothing is told of it."""
    findings: list[Finding] = []
    content = io.BytesIO(written("xlsx", random, Words()))
    reader_of("xlsx")(content, ReadOptions(report=findings.append)).materialise()
    assert not findings


LAYOUTS = {
    (profile.name, output.file): output.layout
    for profile in PROFILES
    for output in profile.outputs
    if output.layout is not None
}


def _client_table(layout: Layout, random: Random, words: Words) -> list[list[str]]:
    """A table as this client has it."""
    columns = [(column, tag) for column in layout.columns for tag in _TAGS[column.each]]
    heads = [_head_of(column.head, tag) for column, tag in columns]
    rows = [
        [column.value(None, "") if column.role is Role.FIXED else words.text(random) for column, _ in columns]  # type: ignore[arg-type]
        for _ in range(random.randint(1, 3))
    ]
    return [heads, *rows] if layout.heads else rows


_TAGS = {Each.ONCE: ("",), Each.TARGET: ("sv",), Each.LANGUAGE: ("en", "sv")}


def _head_of(head: str, tag: str) -> str:
    return head.replace("{tag}", tag).replace("{locale}", tag).replace("{suffix}", "")


@pytest.mark.parametrize("client", sorted(LAYOUTS), ids="-".join)
@few
@given(random=randoms, count=times)
def test_clients(client: tuple[str, str], random: Random, count: int) -> None:
    words, layout = Words(), LAYOUTS[client]
    assert layout is not None
    table = Table(_client_table(layout, random, words), random, words, heads=layout.heads)
    table.disturb(count)
    read = partial(read_layout, layout=layout)
    if layout.sheet:
        rows = [(number, row) for number, row in enumerate(table.rows, start=1) if any(row)]
        conserved(read, _workbook({"Terms": table.rows}), row_places(rows, heads=layout.heads))
        return
    content = table.delimited(layout.delimiter, quoted=layout.quoted)
    rows = csv_rows(content, layout.delimiter) if layout.quoted else _unquoted(content)
    conserved(read, content, row_places(rows, heads=layout.heads))


def _unquoted(content: bytes) -> list[tuple[int, list[str]]]:
    lines = enumerate(content.decode().split("\n"), start=1)
    return [(number, line.split("\t")) for number, line in lines if line.strip()]


# lines

def _is_comment(line: str) -> bool:
    return line.startswith("#")


def _no_line(line: str) -> bool:
    return False


LINES: dict[str, tuple[str, list[str], Callable[[str], bool]]] = {
    "utx": (UTX_TEXT, UTX_MORE, lambda line: line.startswith("#") and "#UTX" not in line and "#desc" not in line),
    "ntrf": (NTRF_TEXT, NTRF_MORE, _no_line), "omegat-text": (OMEGAT_TEXT, OMEGAT_MORE, _is_comment),
    "po": (PO_TEXT, PO_MORE, _no_line),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(LINES))
@many
@given(random=randoms, count=times)
def test_lines(name: str, random: Random, count: int) -> None:
    """Formats of lines: lines doubled, removed, and strange ones among them."""
    words = Words()
    template, more, exempt = LINES[name]
    lines = lines_disturbed(filled(template, words).split("\n"), more, random, words, count)
    conserved(reader_of(name), "\n".join([*lines, ""]).encode(), line_places(lines, exempt))


# the native form

JSONL_KEYS = ("strange", "term", "kind", "value", "title", "languages", "note", "notes", "name", "type", "paragraphs")


def _objects(held: object) -> list[dict[str, object]]:
    inner = list(held.values()) if isinstance(held, dict) else held if isinstance(held, list) else []
    return ([held] if isinstance(held, dict) else []) + [found for each in inner for found in _objects(each)]


def _strange(random: Random, words: Words) -> object:
    return random.choice((words(), [words()], {"value": words()}, [{"value": words(), "odd": words()}], [[words()]]))


@many
@given(random=randoms, count=times)
def test_jsonl(random: Random, count: int) -> None:
    """The native form: strange keys, keys of other places, doubled lines and keys, lines that are none."""
    words = Words()
    lines = [line for line in written("jsonl", random, words).decode().split("\n") if line]
    for _ in range(count):
        at = random.randrange(len(lines))
        what = random.randrange(5)
        if what < 3 and lines[at].startswith("{"):
            plain = json.loads(lines[at])
            chosen = random.choice(_objects(plain))
            chosen[random.choice(JSONL_KEYS)] = _strange(random, words)
            lines[at] = json.dumps(plain)
        elif what == 3:
            lines.insert(at + 1, refreshed(lines[at], words) if random.random() < 0.5 else f'"{words()}"')
        elif '": "' in lines[at]:
            lines[at] = lines[at].replace('": "', f'": "{words()}", "title": "', 1)
    conserved(reader_of("jsonl"), "\n".join(lines).encode(), line_places(lines))
