"""cctbx: glossary pages and term bases: read, align, validate, convert, compare, export."""

from __future__ import annotations

__version__ = "0.1.0"
