"""TBX: ISO 30042 in all its editions, dialects and styles, and TBX-Min of 2013."""

from __future__ import annotations
