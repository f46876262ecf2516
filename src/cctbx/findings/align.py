"""The codes of area `align` (prefix ALN)."""

from __future__ import annotations

from cctbx.findings import Code

__all__ = ["CODES"]

CODES: tuple[Code, ...] = ()
