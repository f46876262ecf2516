"""What the tests of the TBX engine share."""

from __future__ import annotations

import io
import os

from hypothesis import HealthCheck, settings

from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions, WriteOptions, Writer
from cctbx.formats.tbx.editions import EDITIONS, Edition
from cctbx.formats.tbx.names import MARTIF, MIN_2013
from cctbx.formats.tbx.reader import read
from cctbx.formats.tbx.writer import write_2008, write_2019
from cctbx.model import TermBase, TermBaseStream

__all__ = ["FULL_EDITIONS", "many", "read_all", "read_text", "writer_of", "written"]

FULL_EDITIONS = tuple(edition for edition in EDITIONS if edition.structure is not MIN_2013)
"""Every edition with groups, header and back matter (TBX-Min of 2013 has a writer of its own)."""

many = settings(
    max_examples=int(os.environ.get("CCTBX_EXAMPLES", "60")), deadline=None, suppress_health_check=list(HealthCheck)
)
"""For laws over whole term bases; `CCTBX_EXAMPLES=1000` before a release."""


def writer_of(edition: Edition) -> Writer:
    """The writer of an edition."""
    if edition.structure is MARTIF:
        return write_2008(edition.dialect)
    return write_2019(edition.dialect, edition.style or "")


def written(base: TermBase | TermBaseStream, edition: Edition, losses: list[Finding] | None = None) -> bytes:
    """A term base as bytes of an edition; losses are collected."""
    output = io.BytesIO()
    stream = base.stream() if isinstance(base, TermBase) else base
    writer_of(edition)(stream, output, WriteOptions(report=(losses if losses is not None else []).append))
    return output.getvalue()


def read_all(content: bytes, findings: list[Finding] | None = None, *, strict: bool = False) -> TermBase:
    """A term base read from bytes; findings are collected."""
    report = (findings if findings is not None else []).append
    return read(io.BytesIO(content), ReadOptions(file="test.tbx", report=report, strict=strict)).materialise()


def read_text(text: str, findings: list[Finding] | None = None) -> TermBase:
    """A term base read from text, as UTF-8."""
    return read_all(text.encode("utf-8"), findings)
