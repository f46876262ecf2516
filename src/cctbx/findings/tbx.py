"""The codes of area `tbx` (prefix TBX)."""

from __future__ import annotations

from cctbx.findings import Code

__all__ = ["CODES"]

CODES: tuple[Code, ...] = ()
