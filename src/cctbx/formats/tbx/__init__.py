"""TBX: ISO 30042 in all its editions, dialects and styles, and TBX-Min of 2013.

One reader for all of them; a writer for each edition. `WriteOptions.dialect` and `.style` choose among the dialects of
2019 (`TBX-Core`, `TBX-Min`, `TBX-Basic`, `TBX-Linguist`; `dct`, `dca`).
"""

from __future__ import annotations

import re

from cctbx.formats.contract import Format, Keeps
from cctbx.formats.tbx.editions import Edition, edition_of
from cctbx.formats.tbx.minimal import EDITION as _MINIMAL
from cctbx.formats.tbx.minimal import write_minimal
from cctbx.formats.tbx.reader import read
from cctbx.formats.tbx.writer import part_2008, part_2019, write_2008, write_2019

__all__ = ["FORMATS", "sniff"]

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:tbx|martif|TBX|martifHeader|tbxHeader)[\s>]")


def sniff(head: bytes) -> bool:
    """Whether a file that begins with these bytes looks like TBX, in any encoding XML knows."""
    return _ROOT.search(head.replace(b"\0", b"")) is not None


def _keeps(edition: Edition) -> Keeps:
    """What an edition holds without making a note of it."""
    held = frozenset((level, category) for category, levels in edition.places.items() for level in levels)
    return Keeps(statements=held, markup=not edition.elements, groups=bool(edition.companions))


_TBX, _DCA = edition_of("tbx", "TBX-Basic", "dct"), edition_of("tbx", "TBX-Basic", "dca")
_BASIC, _DEFAULT = edition_of("martif", "TBX-Basic", None), edition_of("martif", "TBX", None)

FORMATS: tuple[Format, ...] = (
    Format(
        name="tbx", title="TBX-Basic of ISO 30042:2019, style DCT (or another dialect and style)",
        extensions=(".tbx",), sniff=sniff, read=read, write=write_2019("TBX-Basic", "dct"), keeps=_keeps(_TBX),
        make_part=part_2019("TBX-Basic", "dct"),
    ),
    Format(
        name="tbx-dca", title="TBX-Basic of ISO 30042:2019, style DCA (or another dialect)",
        extensions=(".dca.tbx",), sniff=sniff, read=read, write=write_2019("TBX-Basic", "dca"), keeps=_keeps(_DCA),
        make_part=part_2019("TBX-Basic", "dca"),
    ),
    Format(
        name="tbx-v2", title="TBX-Basic of ISO 30042:2008, which most CAT tools read",
        extensions=(".v2.tbx",), sniff=sniff, read=read, write=write_2008("TBX-Basic"), keeps=_keeps(_BASIC),
        make_part=part_2008("TBX-Basic"),
    ),
    Format(
        name="tbx-v2-default", title="TBX with all default categories of ISO 30042:2008",
        extensions=(".default.tbx",), sniff=sniff, read=read, write=write_2008("TBX"), keeps=_keeps(_DEFAULT),
        make_part=part_2008("TBX"),
    ),
    Format(
        name="tbx-min-2013", title="TBX-Min of 2013, the bilingual vocabulary before ISO 30042:2019",
        extensions=(".min.tbx",), sniff=sniff, read=read, write=write_minimal, keeps=_keeps(_MINIMAL),
    ),
)  # fmt: skip
"""The TBX formats, the default one first."""
