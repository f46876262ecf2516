"""Layer 2: where bundled schemas and data lie, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["schemas_directory"]

_PACKAGE = Path(__file__).parent


def schemas_directory() -> Path:
    """The directory of our RELAX NG grammars: inside the installed package, or at the top of a checkout."""
    bundled = _PACKAGE / "schemas"
    return bundled if bundled.is_dir() else _PACKAGE.parent.parent / "schemas"
