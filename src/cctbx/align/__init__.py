"""Layer 3: candidates → evidence → decision → concepts.

`align` is imported on first use: it needs numpy and scipy, which nobody should wait for who only reads verdicts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cctbx.align.engine import align
    from cctbx.align.lexicons import Lexicon, bundled_lexicon
    from cctbx.align.settings import Settings

__all__ = ["Lexicon", "Settings", "align", "bundled_lexicon"]

_WHERE = {"align": "engine", "Lexicon": "lexicons", "bundled_lexicon": "lexicons", "Settings": "settings"}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"cctbx.align.{_WHERE[name]}"), name)
