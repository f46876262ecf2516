"""The TBX writers: ISO 30042 of 2019 in four dialects and two styles, of 2008 in two dialects. Streaming, reproducible.

UTF-8, one element a line, two blanks a level, attributes in one order: two versions of a term base differ in the lines
that differ in meaning. No DOCTYPE and no schema instruction is written, so that no consumer goes looking for a file.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, NamedTuple

from cctbx.findings import Report
from cctbx.formats.contract import MakePart, WriteOptions
from cctbx.formats.tbx.editions import Edition, edition_of
from cctbx.formats.tbx.names import MARTIF, PREFIXES, TBX3, XML_LANG, Structure, module_namespace
from cctbx.formats.tbx.restriction import Restriction
from cctbx.formats.tbx.serialising import Serialiser, attribute
from cctbx.formats.tbx.surroundings import header_lines, reference_lines, restrict_header, restrict_references
from cctbx.formats.tbx.templates import TemplateWriter
from cctbx.model import Header, TermBaseStream
from cctbx.model.categories import DIALECT_MODULES
from cctbx.model.patterns import Repeated
from cctbx.model.portions import Portion
from cctbx.model.termbase import Item

__all__ = ["chosen_edition", "part_2008", "part_2019", "write_2008", "write_2019"]

_BATCH = 1 << 16


def chosen_edition(structure: Structure, dialect: str, style: str | None, options: WriteOptions) -> Edition:
    """The edition options ask for, with the format's own dialect and style as defaults. Raises `UsageError`."""
    wanted = options.style or style if structure is TBX3 else None
    return edition_of(structure.root, options.dialect or dialect, wanted)


def _root(edition: Edition, header: Header) -> str:
    said = f' type="{edition.dialect}"'
    if edition.style:
        said += f' style="{edition.style}"'
    said += attribute(XML_LANG, header.language)
    if edition.structure.namespace:
        said += f' xmlns="{edition.structure.namespace}"'
    if edition.elements:
        for module, prefix in PREFIXES.items():
            if module in DIALECT_MODULES[edition.dialect]:
                said += f' xmlns:{prefix}="{module_namespace(module)}"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{edition.structure.root}{said}>\n'


class _Part(NamedTuple):
    """A portion of a document, written by itself: its text, the ids in it, the targets no id in it answers to."""

    text: bytes
    ids: list[str]
    targets: tuple[str, ...]


class _Body:
    """Writes the concept entries of a document, or of a portion of it; each is restricted just before it is written."""

    def __init__(self, edition: Edition, report: Report) -> None:
        self._edition, self._report = edition, report
        self._serialiser, self._fast = Serialiser(edition), TemplateWriter(edition)
        self.restriction = Restriction(edition, report)

    def texts(self, items: Iterable[Item]) -> Iterator[str | bytes]:
        """The lines of entries; those of portions as bytes."""
        fast, restriction = self._fast, self.restriction
        losses = restriction.losses
        identified = losses.identifiers
        for item in items:
            losses.language = losses.term = None
            text: str | None
            if isinstance(item, Repeated):
                losses.concept = item.texts[0]
                text = fast.repeated(item, identified)
                if text is not None:
                    yield text
                    continue
            elif isinstance(item, Portion):
                yield from self._taken(item)
                continue
            entry = item.entry if isinstance(item, Repeated) else item
            losses.concept = entry.id
            text = fast.concept(entry, identified)
            if text is None:
                yield from self._serialiser.concept(restriction.concept(entry))
            else:
                yield text
        losses.concept = None

    def _taken(self, portion: Portion[_Part]) -> Iterator[bytes]:
        made = portion.made
        assert made is not None
        if self.restriction.losses.adopt(made.ids, made.targets):
            yield made.text
        else:
            portion.refused = True

    def part(self, stream: TermBaseStream) -> _Part:
        """A portion, by itself."""
        self.restriction = Restriction(self._edition, self._report)
        names: list[str] = []
        self.restriction.losses.names = names
        text = io.BytesIO()
        _write(self.texts(stream.items()), text)
        return _Part(text.getvalue(), names, self.restriction.losses.unresolved())


def _lines(stream: TermBaseStream, edition: Edition, options: WriteOptions) -> Iterator[str | bytes]:
    """The whole document."""
    body, serialiser = _Body(edition, options.report), Serialiser(edition)
    restriction = body.restriction
    losses = restriction.losses
    header = restrict_header(stream.header, restriction)
    yield _root(edition, header)
    yield from header_lines(header, serialiser)
    yield "  <text>\n"
    opened = False
    for text in body.texts(stream.items()):
        if not opened:
            yield "    <body>\n"
            opened = True
        yield text
    if opened:
        yield "    </body>\n"
    elif edition.structure is not TBX3:  # 2019: body?; 2008: body, with at least one entry
        losses.say("LOS021", f"{edition.dialect} demands at least one concept entry: the body is empty")
        yield "    <body>\n    </body>\n"
    references = restrict_references(stream.references(), restriction)
    unresolved = losses.unresolved()
    for target in unresolved:
        losses.say("LOS012", f"target “{target}” is not in the term base: a placeholder stands for it")
    yield from reference_lines(references, unresolved, serialiser)
    yield f"  </text>\n</{edition.structure.root}>\n"


def _write(lines: Iterator[str | bytes], output: BinaryIO) -> None:
    """Writes in batches, as UTF-8."""
    batch: list[str] = []
    size = 0
    for line in lines:
        if isinstance(line, str):
            batch.append(line)
            size += len(line)
            if size <= _BATCH:
                continue
        output.write("".join(batch).encode("utf-8"))
        batch.clear()
        size = 0
        if isinstance(line, bytes):
            output.write(line)
    output.write("".join(batch).encode("utf-8"))


def write_2019(dialect: str, style: str) -> Callable[[TermBaseStream, BinaryIO, WriteOptions], None]:
    """A writer of ISO 30042:2019 with this dialect and style where the options name none.

    Reports losses (LOS001 to LOS022) while writing. Raises `UsageError` for an unknown dialect or style.
    """

    def write(stream: TermBaseStream, output: BinaryIO, options: WriteOptions) -> None:
        _write(_lines(stream, chosen_edition(TBX3, dialect, style, options), options), output)

    return write


def part_2019(dialect: str, style: str) -> MakePart:
    """How portions are written for `write_2019`."""
    return lambda options: _Body(chosen_edition(TBX3, dialect, style, options), options.report).part


def part_2008(dialect: str) -> MakePart:
    """How portions are written for `write_2008`."""
    return lambda options: _Body(chosen_edition(MARTIF, dialect, None, options), options.report).part


def write_2008(dialect: str) -> Callable[[TermBaseStream, BinaryIO, WriteOptions], None]:
    """A writer of ISO 30042:2008 with this dialect (`TBX-Basic`, or `TBX` with all default categories)."""

    def write(stream: TermBaseStream, output: BinaryIO, options: WriteOptions) -> None:
        _write(_lines(stream, chosen_edition(MARTIF, dialect, None, options), options), output)

    return write
