"""TBX of 2008 as single programs speak it: private values and attributes no edition has (Weblate, Phrase TMS).

What comes in is written as it is, so whoever makes the entries answers for them; a companion called `@from` becomes the
attribute `from` of its statement, as the reader gives it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cctbx.formats.contract import WriteOptions
from cctbx.formats.tbx.names import MARTIF
from cctbx.formats.tbx.restriction import Restriction
from cctbx.formats.tbx.serialising import Serialiser, attribute
from cctbx.formats.tbx.surroundings import header_lines, restrict_header
from cctbx.formats.tbx.writer import chosen_edition
from cctbx.model import DataCategory, TermBaseStream

__all__ = ["write_flavoured"]


class _Flavoured(Serialiser):
    def _element(self, statement: DataCategory, identifier: str | None) -> str:
        line = super()._element(statement, identifier)
        said = "".join(
            attribute(each.category[1:], each.text) for each in statement.group if each.category.startswith("@")
        )
        name, mark, rest = line.partition(">")
        return f"{name}{said}{mark}{rest}"


def _lines(stream: TermBaseStream, options: WriteOptions) -> Iterator[str]:
    edition = chosen_edition(MARTIF, "TBX", None, WriteOptions())
    serialiser = _Flavoured(edition)
    header = restrict_header(stream.header, Restriction(edition, options.report))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<martif type="TBX"{attribute("xml:lang", header.language)}>\n'
    yield from header_lines(header, serialiser)
    yield "  <text>\n    <body>\n"
    for entry in stream:
        yield from serialiser.concept(entry)
    yield "    </body>\n  </text>\n</martif>\n"


def write_flavoured(stream: TermBaseStream, out: BinaryIO, options: WriteOptions) -> None:
    """Write TBX of 2008 with whatever the entries say. The back matter is left out."""
    for line in _lines(stream, options):
        out.write(line.encode("utf-8"))
