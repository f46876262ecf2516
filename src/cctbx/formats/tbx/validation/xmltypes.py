"""The type of an XML element as this package sees it."""

from __future__ import annotations

from typing import Any

__all__ = ["XmlElement"]

XmlElement = Any
"""An lxml element. Its stubs say `str | bytes` of every text and know half of its methods, so it is left open."""
