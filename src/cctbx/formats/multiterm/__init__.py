"""MultiTerm XML (MTF) and the term-base definition (XDT) that MultiTerm needs before it can import it."""

from __future__ import annotations

from cctbx.formats.contract import Format
from cctbx.formats.multiterm.definition import write_definition
from cctbx.formats.multiterm.reader import read
from cctbx.formats.multiterm.reduction import MTF_KEEPS, reduce
from cctbx.formats.multiterm.writer import write
from cctbx.formats.xml import root_pattern

__all__ = ["MULTITERM", "MULTITERM_XDT"]

_ROOT = root_pattern("mtf")


def _sniff(head: bytes) -> bool:
    return _ROOT.search(head.replace(b"\0", b"")) is not None


MULTITERM = Format(
    name="multiterm", title="MultiTerm XML, UTF-16", extensions=(".mtf.xml", ".mtf"), sniff=_sniff, read=read,
    write=write, keeps=MTF_KEEPS, reduce=reduce,
)  # fmt: skip

MULTITERM_XDT = Format(
    name="multiterm-xdt", title="MultiTerm term-base definition for a MultiTerm XML", extensions=(".xdt",),
    sniff=lambda head: False, write=write_definition, keeps=MTF_KEEPS,
)  # fmt: skip
