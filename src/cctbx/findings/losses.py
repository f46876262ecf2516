"""The codes of area `losses` (prefix LOS)."""

from __future__ import annotations

from cctbx.findings import Code

__all__ = ["CODES"]

CODES: tuple[Code, ...] = ()
