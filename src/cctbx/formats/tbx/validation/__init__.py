"""The TBX validator: one streaming pass over the raw XML, all findings of a file, two verdicts.

It reads ISO 30042:2019 (every dialect, both styles, every namespace variant), ISO 30042:2008 with constraint files,
hybrids of the two, TBX-Min of 2013, and TMX 1.4b beside them. What it knows of structure and of data categories are
tables (`structures`, `constraints`), from which `schemas/` is made too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cctbx.findings import Finding
from cctbx.formats.tbx.validation.modes import Limits, ValidationOptions
from cctbx.formats.tbx.validation.session import Session

__all__ = ["Limits", "Session", "ValidationOptions", "validate"]


def validate(stream: BinaryIO, *, file: str, options: ValidationOptions | None = None) -> Iterator[Finding]:
    """Validate a file in one pass and bounded memory.

    `stream` yields the bytes as they are (already decompressed); `file` is the name to show. Findings come in document
    order, those over the whole file (ids, references) last.

    Bad input never raises: it is a finding (TBX001 not well-formed, TBX012 refused for safety).
    """
    settings = options or ValidationOptions()
    yield from Session(file=file, options=settings).run(stream)
