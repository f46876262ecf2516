"""UTX, the simple dictionary format of AAMT: tab-separated, a head of `#` lines; 1.11 written, any version read.

The first line names version, languages and further properties, the last `#` line the columns. Rows with one concept id
are one concept. Statuses: approved, provisional, non-standard, forbidden.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import BinaryIO

from cctbx.formats.contract import Format, Keeps, ReadOptions, WriteOptions
from cctbx.formats.losses import Losses, folded, preferred_first
from cctbx.formats.pairs import Direction, Pair, bilingual, languages_read, paired, pairs_of
from cctbx.formats.reporting import say
from cctbx.formats.streams import head_text, peeked, text_lines, utf8_writer
from cctbx.formats.table.unread import RowCheck, repeated
from cctbx.model import (
    CATEGORY,
    ConceptEntry,
    DataCategory,
    Header,
    LanguageSection,
    Level,
    Metatype,
    Origin,
    TermBaseStream,
    TermSection,
    fields_from,
    plain,
)

__all__ = ["UTX"]

_STATUS = {
    "approved": "preferredTerm-admn-sts", "provisional": "admittedTerm-admn-sts",
    "non-standard": "deprecatedTerm-admn-sts", "forbidden": "supersededTerm-admn-sts",
}  # fmt: skip
_WORD = {value: word for word, value in _STATUS.items()}
COLUMNS = (
    "src", "tgt", "src:pos", "tgt:pos", "term status", "src:comment", "tgt:comment", "src:definition",
    "tgt:definition", "customer", "concept ID",
)  # fmt: skip
UTX_KEEPS = Keeps(
    statements=frozenset({
        (Level.CONCEPT, "customerSubset"), (Level.LANGUAGE, "definition"), (Level.TERM, "note"),
        (Level.TERM, "partOfSpeech"), (Level.TERM, "administrativeStatus"),
    }),
    markup=False, groups=False, header=False, references=False, languages=2, nested=False, single=frozenset(Level),
    ids=False, white_space=False, sections=False,
)  # fmt: skip


def _definition_moved(entry: ConceptEntry, losses: Losses) -> ConceptEntry:
    """The concept's definition goes to its first language without one: the format has columns for these only."""
    if not entry.definitions or not entry.languages:
        return entry
    place = next((n for n, each in enumerate(entry.languages) if not each.definitions), None)
    if place is None:
        return entry
    losses.lost("LOS064", f"the definition is kept as that of {entry.languages[place].language}", category="definition")
    moved = replace(entry.languages[place], definitions=entry.definitions[:1])
    languages = (*entry.languages[:place], moved, *entry.languages[place + 1 :])
    return replace(entry, definitions=entry.definitions[1:], languages=languages)


def _statuses(entry: ConceptEntry, losses: Losses) -> ConceptEntry:
    """A row has one status, that of its target term."""
    source, target = entry.languages
    for term in (*source.terms, *target.terms):
        known = term in target.terms and (term.administrative_status in _WORD or not term.administrative_status)
        if term.administrative_status and not known:
            losses.term = plain(term.term)
            losses.lost("LOS050", f"{term.administrative_status} of this term has no column",
                        category="administrativeStatus")
    losses.term = None
    bare = tuple(replace(term, administrative_status=None) for term in source.terms)
    kept = tuple(
        term if term.administrative_status in _WORD else replace(term, administrative_status=None)
        for term in target.terms
    )
    return replace(entry, languages=(replace(source, terms=bare), replace(target, terms=kept)))


def _reduced(stream: TermBaseStream, options: WriteOptions) -> tuple[Direction, TermBaseStream]:
    way, chosen = bilingual(stream, UTX_KEEPS, options, _definition_moved)
    losses = Losses(options.report)

    def fit(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
        for entry in entries:
            losses.concept = entry.id
            source = entry.languages[0]
            terms = tuple(each for each in source.terms if not plain(each.term).startswith("#"))
            for each in source.terms:
                if each not in terms:
                    losses.lost("LOS065", f"“{plain(each.term)}”: a line that begins with # is a comment in UTX")
            if terms:
                held = _statuses(replace(entry, languages=(replace(source, terms=terms), entry.languages[1])), losses)
                # a status UTX has no word for is gone by now, and says nothing of the order any more
                yield replace(held, languages=tuple(
                    replace(section, terms=preferred_first(section.terms)) for section in held.languages
                ))  # fmt: skip

    return way, chosen.map(fit)


def reduce(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """What UTX holds of a stream."""
    return _reduced(stream, options)[1]


def _note(term: TermSection) -> str:
    return term.notes[0].text if term.notes else ""


def _row(entry: ConceptEntry, pair: Pair) -> list[str]:
    definitions = [each.definitions[0].text if each.definitions else "" for each in entry.languages]
    customer = entry.customer_subsets[0].text if entry.customer_subsets else ""
    return [
        plain(pair.source.term), plain(pair.target.term), pair.source.part_of_speech or "",
        pair.target.part_of_speech or "", _WORD.get(pair.target.administrative_status or "", ""), _note(pair.source),
        _note(pair.target), *definitions, customer, entry.id,
    ]  # fmt: skip


def write(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write UTX 1.11: UTF-8, CR LF. Findings: those of `pairs.bilingual`, LOS050, LOS064, LOS065."""
    way, reduced = _reduced(stream, options)
    text = utf8_writer(out, newline="\r\n")
    name = folded(options.project or "").replace(";", ",")
    named = f" Dictionary ID: {name};" if name else ""
    date = f"{options.date or '1970-01-01'}T00:00:00Z"
    text.write(f"#UTX 1.11; {way.source}/{way.target}; {date}; copyright: ; license: ;{named}\n")
    text.write("#" + "\t".join(COLUMNS) + "\n")
    for entry in reduced:
        text.writelines("\t".join(_row(entry, pair)) + "\n" for pair in pairs_of(entry))
    text.detach()


@dataclass(slots=True)
class _Head:
    """What the `#` lines say."""

    languages: tuple[str, str] | None = None
    columns: list[str] = field(default_factory=lambda: ["src", "tgt", "src:pos"])
    bidirectional: bool = False
    title: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    named: bool = False
    line: str = ""
    blanks: bool = False

    def cells(self, line: str) -> list[str]:
        """The cells of a line, with the blanks round them."""
        return _BLANKS.split(line.strip()) if self.blanks else line.split("\t")


_LANGUAGES = re.compile(r"([A-Za-z][\w-]*)/([A-Za-z][\w-]*)")
_KEY = re.compile(r"\s*(?P<key>[A-Za-z ]+):\s*(?P<value>.*)")


def _first_line(line: str, head: _Head) -> None:
    for part in map(str.strip, line.split(";")[1:]):
        found = _KEY.fullmatch(part)
        if head.languages is None and (pair := _LANGUAGES.fullmatch(part)):
            head.languages = (pair[1].replace("_", "-"), pair[2].replace("_", "-"))
        elif part.casefold() == "bidirectional":
            head.bidirectional = True
        elif found and not found["value"]:
            continue
        elif found and found["key"].casefold() == "dictionary id" and head.title is None:
            head.title = found["value"]
        elif part and not _DATE.fullmatch(part):
            head.paragraphs.append(part if found is None else f"{found['key']}: {found['value']}")


_DATE = re.compile(r"[0-9][0-9T:.Z+-]+")
_COLUMN_LINE = re.compile(r"#\s*src(?:\t| {2,})")
_BLANKS = re.compile(r"\t| {2,}")
_DEMANDED = ("src", "tgt", "src:pos")


def _columns(line: str, number: int, head: _Head, options: ReadOptions) -> None:
    """The last `#` line names the columns, with tabs between them."""
    head.blanks = "\t" not in line
    head.columns = [folded(name) for name in head.cells(line[1:])]
    head.named, head.line = True, line[1:]
    if head.blanks:
        say(options, "FMT117", "blanks stand between the columns, not tabs", line=number,
            advice="runs of blanks were read as tabs; put tabs there")  # fmt: skip
    absent = [name for name in _DEMANDED if name not in map(str.casefold, head.columns)]
    for name in head.columns:
        if name and name.casefold() not in _READ and not name.startswith(("src:", "tgt:")):
            say(options, "FMT103", f"column “{name}” is not recognised and not read", line=number)
    keys = [name if name in ("src", "tgt") else name.casefold() for name in head.columns]
    for place in repeated(keys, head.columns, options, number):
        head.columns[place] = ""
    if absent:
        say(options, "FMT117", f"the column line lacks {', '.join(absent)}", line=number)


def _read_head(lines: Iterator[str], options: ReadOptions) -> tuple[_Head, Iterator[tuple[int, str]]]:
    """The head, and the numbered lines from the first row on."""
    head = _Head()
    rest = ((number, line.rstrip("\r\n")) for number, line in enumerate(lines, start=1))
    for number, line in rest:
        if not line.startswith("#"):
            if not head.named:
                say(options, "FMT117", "no line names the columns: src, tgt, src:pos assumed", line=number,
                    advice="put a line in front: #src, tgt, src:pos, with tabs between them")  # fmt: skip
            return head, chain([(number, line)], rest)
        if line.upper().startswith("#UTX"):
            _first_line(line, head)
        elif "\t" in line or _COLUMN_LINE.match(line):
            _columns(line, number, head, options)
        elif line.casefold().startswith("#description:"):
            head.paragraphs.append(line[1:].strip())
    return head, rest


def _statement(name: str, value: str, line: int) -> DataCategory:
    known = CATEGORY.get(name)
    return DataCategory(
        category=name, metatype=known.metatype if known else Metatype.DESCRIPTIVE, value=value, line=line
    )


_OF_TERM = {"comment": "note", "pos": "partOfSpeech"}
_OF_CONCEPT = {"customer": "customerSubset", "comment": "note"}
_READ = {"src", "tgt", "src:pos", "tgt:pos", "src:comment", "tgt:comment", "src:definition", "tgt:definition",
         "term status", "concept id", "customer", "comment"}  # fmt: skip

Cells = Mapping[str, str]


def _term(cells: Cells, side: str, line: int, head: _Head) -> TermSection:
    known = ((name, f"{side}:{key}") for key, name in _OF_TERM.items())
    stated = [_statement(name, cells[key], line) for name, key in known if key in cells]
    own = (key for key in cells if key.startswith(f"{side}:") and key not in _READ)
    stated += [_statement(key.partition(":")[2], cells[key], line) for key in own]
    if side == "tgt" and ("tgt" in cells or "term status" in cells):
        word = cells.get("term status", "approved" if head.bidirectional else "").strip()
        if word:
            stated.append(_statement("administrativeStatus", _STATUS.get(word.casefold(), word), line))
    return TermSection(term=cells.get(side, ""), line=line, **fields_from(Level.TERM, stated))  # type: ignore[arg-type]


def _with_definitions(section: LanguageSection, rows: list[tuple[int, Cells]], key: str) -> LanguageSection:
    """The section with the definitions its rows give, each once."""
    found: dict[str, DataCategory] = {}
    for line, cells in rows:
        if text := cells.get(key):
            found.setdefault(text, _statement("definition", text, line))
    return replace(section, definitions=tuple(found.values())) if found else section


def _entry(
    identifier: str, rows: list[tuple[int, Cells]], way: Direction, head: _Head, options: ReadOptions
) -> ConceptEntry:
    line = rows[0][0]
    pairs = [Pair(_term(cells, "src", n, head), _term(cells, "tgt", n, head)) for n, cells in rows]
    sides = {way.source: "src:definition", way.target: "tgt:definition"}
    languages = tuple(_with_definitions(each, rows, sides[each.language]) for each in paired(pairs, way))
    told = [each.language for each in languages]
    loose = [key for tag, key in sides.items() if tag not in told]  # of a language without a term
    said = dict.fromkeys((name, cells[key]) for _, cells in rows for key, name in _OF_CONCEPT.items() if key in cells)
    said |= dict.fromkeys(("definition", cells[key]) for _, cells in rows for key in loose if key in cells)
    stated = (_statement(name, value, line) for name, value in said)
    return ConceptEntry(
        id=identifier, languages=languages, origin=Origin(file=options.file, line=line),
        **fields_from(Level.CONCEPT, stated),  # type: ignore[arg-type]
    )  # fmt: skip


def _grouped(lines: Iterable[tuple[int, str]], head: _Head, options: ReadOptions) -> dict[str, list[tuple[int, Cells]]]:
    """Rows by concept: by concept id where there is one, else by source term and part of speech."""
    groups: dict[str, list[tuple[int, Cells]]] = {}
    by_term: dict[tuple[str, str], str] = {}
    names = [name if name in ("src", "tgt") else name.casefold() for name in head.columns]
    check = RowCheck(head.cells(head.line) if head.line else head.columns, options)
    for number, line in lines:
        if line.startswith(("#description:", "#UTX ")):
            say(options, "FMT117", "a line of the head stands among the rows: not read", line=number)
        if not line.strip() or line.startswith("#"):
            continue
        row = head.cells(line)
        if len(row) != len(names):
            say(options, "FMT102", f"{len(row)} cells in a row, {len(names)} columns", line=number)
        check.row(row[: len(names)], number)
        cells = {name: text for name, cell in zip(names, row, strict=False) if name and (text := cell.strip())}
        if not cells.get("src"):
            say(options, "FMT108", "row without a source term", line=number, advice="put a tab between the columns")
            continue
        identifier = cells.get("concept id", "-")
        if identifier == "-":
            key = (cells["src"], cells.get("src:pos", ""))
            identifier = by_term.setdefault(key, f"row-{number}")
            if identifier in groups:
                message = f"no concept id: taken for the concept of “{key[0]}” before it"
                say(options, "FMT104", message, line=number, concept=identifier)
        groups.setdefault(identifier, []).append((number, cells))
    return groups


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read UTX of any version. Languages: options, head, file name. Dictionary id, copyright, licence and description
    go to the header. In a bidirectional dictionary an empty status counts as approved.

    Findings: FMT100, FMT101, FMT102 rows with cells too few or too many, FMT103,
    FMT104 rows put together without a concept id,
    FMT108, FMT114 a byte order mark, FMT117 columns not named or not told apart. Raises `InputError` where no languages
    are known.
    """
    begin, stream = peeked(stream)
    if begin.startswith(codecs.BOM_UTF8):
        say(options, "FMT114", "a byte order mark stands in front: UTX has none", line=1)
    head, lines = _read_head(text_lines(stream, options), options)
    way = languages_read(options, *(head.languages or ()))
    groups = _grouped(lines, head, options)
    header = Header(language=way.source, title=head.title, source_descriptions=tuple(head.paragraphs))
    entries = (_entry(identifier, rows, way, head, options) for identifier, rows in groups.items())
    return TermBaseStream(header=header, concepts=entries)


UTX = Format(
    name="utx", title="UTX 1.11, bilingual dictionary", extensions=(".utx",),
    sniff=lambda head: head_text(head[:200]).lstrip("\ufeff").upper().startswith("#UTX"), read=read, write=write,
    keeps=UTX_KEEPS, streaming=False, reduce=reduce,
)  # fmt: skip
