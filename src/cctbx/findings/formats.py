"""The codes of area `formats` (prefix FMT)."""

from __future__ import annotations

from cctbx.findings import Code

__all__ = ["CODES"]

CODES: tuple[Code, ...] = ()
