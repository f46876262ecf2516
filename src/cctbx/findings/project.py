"""The codes of area `project` (prefix PRJ)."""

from __future__ import annotations

from cctbx.findings import Code

__all__ = ["CODES"]

CODES: tuple[Code, ...] = ()
