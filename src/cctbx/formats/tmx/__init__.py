"""TMX: translation memories, versions 1.1 to 1.4b read, 1.4b written.

A `tu` is a concept entry, its `tuv` are term sections grouped by language. Without target languages one `tu` a concept
is written with all its terms; with one target language, one `tu` per pair of terms, as translation tools want it.
"""

from __future__ import annotations

from cctbx.formats.contract import Format
from cctbx.formats.tmx.reader import read
from cctbx.formats.tmx.reduction import TMX_KEEPS, reduce
from cctbx.formats.tmx.writer import write
from cctbx.formats.xml import root_pattern

__all__ = ["TMX"]

_ROOT = root_pattern("tmx")


def _sniff(head: bytes) -> bool:
    return _ROOT.search(head.replace(b"\0", b"").replace(b"<TMX", b"<tmx")) is not None


TMX = Format(
    name="tmx", title="TMX 1.4b translation memory (reads 1.1 to 1.4b)", extensions=(".tmx",), sniff=_sniff, read=read,
    write=write, keeps=TMX_KEEPS, reduce=reduce,
)  # fmt: skip
