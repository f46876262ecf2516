"""Designations of an entry."""

from __future__ import annotations

from cctbx.model import Designation

__all__ = ["designate"]


def designate(headword: str, definition: str, language: str, columns: tuple[tuple[str, str], ...]) -> tuple[Designation, ...]:
    """Designations."""
    return (Designation(term=headword, language=language),)
