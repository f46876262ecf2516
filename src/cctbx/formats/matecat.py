"""MateCat glossaries: CSV with the heads Forbidden, Domain, Subdomain, Definition, then per language its tag, Notes and
Example of use.

One row holds one term a language; further terms of a concept stand in rows of their own, beside the first terms of the
other languages; terms not to be used in rows with `TRUE` under Forbidden. UTF-8 with a byte order mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from cctbx.errors import InputError
from cctbx.formats.cells import harmless, restored, row_writer
from cctbx.formats.contract import Format, Keeps, ReadOptions, WriteOptions
from cctbx.formats.losses import Keeper, Losses, chosen_languages, folded, keep
from cctbx.formats.pairs import DEPRECATED, distinct
from cctbx.formats.reporting import say
from cctbx.formats.spool import Spool
from cctbx.formats.streams import utf8_writer
from cctbx.formats.table.columns import is_tag
from cctbx.formats.table.delimited import heads_of, numbered_rows
from cctbx.formats.table.unread import RowCheck, repeated
from cctbx.model import (
    CATEGORY,
    ConceptEntry,
    DataCategory,
    Header,
    LanguageSection,
    Level,
    Origin,
    TermBaseStream,
    TermSection,
    fields_from,
    plain,
)

__all__ = ["MATECAT"]

_CONCEPT = ("Forbidden", "Domain", "Subdomain", "Definition")
_TERM = {"Notes": "note", "Example of use": "context"}
_DEAD = (DEPRECATED, "supersededTerm-admn-sts")
MATECAT_KEEPS = Keeps(
    statements=frozenset({
        (Level.CONCEPT, "subjectField"), (Level.CONCEPT, "definition"), (Level.TERM, "note"), (Level.TERM, "context"),
        (Level.TERM, "administrativeStatus"),
    }),
    markup=False, groups=False, synonyms=False, header=False, references=False, nested=False, ids=False,
    white_space=False, sections=False, concept_ids=False, single=frozenset({Level.TERM}),
)  # fmt: skip
_KEEPS = replace(MATECAT_KEEPS, synonyms=True, single=frozenset({Level.CONCEPT, Level.TERM}))


class _MatecatKeeper(Keeper):
    """Keeps two subject fields (domain and subdomain) and one of everything else."""

    def _single(self, kept: list[DataCategory]) -> list[DataCategory]:
        subjects = [each for each in kept if each.category == "subjectField"]
        others = [each for each in kept if each.category != "subjectField"]
        for each in subjects[2:]:
            self.losses.lost("LOS060", f"a third subject field is lost: {each.text}", category=each.category)
        return [*subjects[:2], *super()._single(others)]


def _alone(term: TermSection, losses: Losses) -> TermSection:
    """The term as a row holds it: forbidden, or without a status."""
    status = term.administrative_status
    kept = DEPRECATED if status in _DEAD else None
    if status != kept:
        code = "LOS066" if kept else "LOS069"
        losses.term = plain(term.term)
        losses.lost(code, f"{status} is written as {'forbidden' if kept else 'an ordinary term'}",
                    category="administrativeStatus")
        losses.term = None
    return replace(term, administrative_status=kept)


def _rows_of(entry: ConceptEntry, losses: Losses) -> Iterator[dict[str, TermSection]]:
    """The rows of a concept: by language, the terms that stand beside each other."""
    terms = {each.language: [_alone(t, losses) for t in distinct(each.terms, losses)] for each in entry.languages}
    live = {tag: [t for t in held if t.administrative_status is None] for tag, held in terms.items()}
    first = {tag: held[0] for tag, held in live.items() if held}
    if first:
        yield first
    for tag, held in live.items():
        for term in held[1:]:
            yield {each: term if each == tag else other for each, other in first.items()}
    for tag, held in terms.items():
        for term in held:
            if term.administrative_status is not None:
                yield {tag: term}


def reduce(stream: TermBaseStream, options: WriteOptions) -> TermBaseStream:
    """What a MateCat glossary holds of a stream: a concept entry per row, languages sorted with the source first."""
    losses = Losses(options.report)
    order = {tag: place for place, tag in enumerate((options.source_language, *options.target_languages))}

    def split(entries: Iterable[ConceptEntry]) -> Iterator[ConceptEntry]:
        number = 0
        for entry in entries:
            losses.concept = entry.id
            rows = list(_rows_of(entry, losses))
            if len(rows) > 1:
                losses.lost("LOS062", f"the format knows no synonyms: {len(rows)} independent rows are written")
            if not rows:
                losses.lost("LOS067", "a concept without terms is left out")
            for row in rows:
                number += 1
                tags = sorted(row, key=lambda tag: (order.get(tag, len(order)), tag))
                languages = tuple(LanguageSection(language=tag, terms=(row[tag],)) for tag in tags)
                yield replace(entry, id=f"c{number}", languages=languages)

    kept = keep(chosen_languages(stream, options), _KEEPS, options.report, keeper_type=_MatecatKeeper)
    return kept.map(split)


def _cells(entry: ConceptEntry) -> dict[tuple[str, str], str]:
    forbidden = any(term.administrative_status for _, term in entry.terms())
    subjects = [each.text for each in entry.subject_fields]
    cells = {("", "Forbidden"): "TRUE" if forbidden else ""}
    cells |= {("", name): text for name, text in zip(("Domain", "Subdomain"), subjects, strict=False)}
    cells["", "Definition"] = entry.definitions[0].text if entry.definitions else ""
    for section in entry.languages:
        term = section.terms[0]
        cells[section.language, "term"] = plain(term.term)
        cells[section.language, "Notes"] = term.notes[0].text if term.notes else ""
        cells[section.language, "Example of use"] = term.contexts[0].text if term.contexts else ""
    return cells


def write(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write the CSV. Findings: those of `losses.keep`, LOS060, LOS062, LOS066, LOS067, LOS069. Memory is bounded."""
    order = {tag: place for place, tag in enumerate((options.source_language, *options.target_languages))}
    spool = Spool()
    tags: set[str] = set()
    for entry in reduce(stream, options):
        tags.update(section.language for section in entry.languages)
        spool.append({key: harmless(cell) for key, cell in _cells(entry).items()})
    columns = [("", name) for name in _CONCEPT]
    heads = list(_CONCEPT)
    for tag in sorted(tags, key=lambda each: (order.get(each, len(order)), each)):
        columns += [(tag, name) for name in ("term", *_TERM)]
        heads += [tag, *_TERM]
    text = utf8_writer(out, mark=True)
    writer = row_writer(text)
    writer.writerow(heads)
    writer.writerows([row.get(key, "") for key in columns] for row in spool)
    text.detach()
    spool.close()


def _columns(heads: list[str], options: ReadOptions) -> list[tuple[str, str] | None]:
    """Language (or none) and field of each column; Notes and Example of use belong to the language before them."""
    known = {name.casefold(): name for name in (*_CONCEPT, *_TERM)}
    tag = ""
    columns: list[tuple[str, str] | None] = []
    for head in heads:
        name = known.get(folded(head).casefold())
        if name in _CONCEPT:
            columns.append(("", str(name)))
        elif name:
            columns.append((tag, name) if tag else None)
            if not tag:
                say(options, "FMT103", f"“{head}” stands behind no language; not read", line=1)
        elif is_tag(folded(head)):
            tag = folded(head).replace("_", "-")
            columns.append((tag, "term"))
        else:
            columns.append(None)
            tag = ""
            if head.strip():
                say(options, "FMT103", f"“{head}” is neither a language nor a column of MateCat; not read", line=1)
    again = repeated(columns, heads, options)
    return [None if place in again else column for place, column in enumerate(columns)]


def _statement(name: str, value: str, line: int) -> DataCategory:
    return DataCategory(category=name, metatype=CATEGORY[name].metatype, value=value, line=line)


def _entry(cells: dict[tuple[str, str], str], number: int, line: int, options: ReadOptions) -> ConceptEntry:
    forbidden = cells.get(("", "Forbidden"), "").strip()
    status = DEPRECATED if forbidden.casefold() in ("true", "1", "yes") else None
    if forbidden and status is None and forbidden.casefold() not in ("false", "0", "no"):
        say(options, "FMT116", f"“{forbidden}” under Forbidden is neither TRUE nor FALSE", line=line,
            concept=f"c{number}")  # fmt: skip
    sections = []
    for tag in dict.fromkeys(tag for tag, _ in cells if tag):
        text = cells.get((tag, "term"), "")
        stated = (_statement(name, cells[tag, head], line) for head, name in _TERM.items() if cells.get((tag, head)))
        fields = fields_from(Level.TERM, stated) | {"administrative_status": status}
        sections.append(LanguageSection(
            language=tag, terms=(TermSection(term=text, line=line, **fields),), line=line  # type: ignore[arg-type]
        ))  # fmt: skip
    places = {"Domain": "subjectField", "Subdomain": "subjectField", "Definition": "definition"}
    said = [_statement(name, cells["", head], line) for head, name in places.items() if cells.get(("", head))]
    if not any(term.term for section in sections for term in section.terms):
        say(options, "FMT109", "row without terms", line=line, concept=f"c{number}")
    return ConceptEntry(
        id=f"c{number}", languages=tuple(sections), origin=Origin(file=options.file, line=line),
        **fields_from(Level.CONCEPT, said),  # type: ignore[arg-type]
    )  # fmt: skip


def _entries(rows: Iterable[tuple[int, list[str]]], options: ReadOptions) -> Iterator[ConceptEntry]:
    source = iter(rows)
    first = next(source, None)
    columns = _columns(first[1], options) if first else []
    if not any(column and column[1] == "term" for column in columns):
        raise InputError("no column has a language tag for its head", file=options.file, line=1)
    check = RowCheck(first[1] if first else [], options)
    for number, (line, row) in enumerate(source, start=1):
        check.row(row, line)
        pairs = ((column, folded(restored(cell))) for column, cell in zip(columns, row, strict=False) if column)
        yield _entry({column: cell for column, cell in pairs if cell}, number, line, options)


def read(stream: BinaryIO, options: ReadOptions) -> TermBaseStream:
    """Read a MateCat glossary. Raises `InputError` where no head is a tag.

    Findings: FMT100 to FMT103, FMT109, FMT116.
    """
    return TermBaseStream(header=Header(), concepts=_entries(numbered_rows(stream, options), options))


def _sniff(head: bytes) -> bool:
    names = {each.casefold() for each in heads_of(head)}
    own = names & {"forbidden", "domain", "subdomain", "example of use"}
    return bool(own) and "id" not in names and any(map(is_tag, heads_of(head)))


MATECAT = Format(
    name="matecat", title="MateCat glossary CSV", extensions=(".matecat.csv",), sniff=_sniff, read=read, write=write,
    keeps=MATECAT_KEEPS, reduce=reduce,
)  # fmt: skip
