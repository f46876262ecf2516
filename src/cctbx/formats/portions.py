"""Portions of a file; see `model.portions`."""

from __future__ import annotations

from cctbx.model.portions import Made, Portion

__all__ = ["Made", "Portion"]
