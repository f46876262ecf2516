"""Layer 3: glossary pages → source entries. `documents` make lines, `layouts` compete to explain them."""

from __future__ import annotations

from cctbx.sources.fields import with_fields_apart
from cctbx.sources.parse import ParsedPage, parse_page

__all__ = ["ParsedPage", "parse_page", "with_fields_apart"]
