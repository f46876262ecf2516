"""cctbx: glossary pages and term bases: read, align, validate, convert, compare, export.

The library in four calls:

    with cctbx.open_termbase("terms.tbx") as stream:     # constant memory, any known format
        for concept in stream: ...
    termbase = cctbx.read("terms.tbx")                   # everything in memory
    cctbx.write(termbase, "terms.csv")                   # the ending, or format_name=, names the format
    findings = cctbx.validate("terms.tbx")

The values are those of `cctbx.model`, findings those of `cctbx.findings`, errors those of `cctbx.errors`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cctbx.workflows.sharing import map_entries
    from cctbx.workflows.termbases import open_termbase
    from cctbx.workflows.termbases import read_termbase as read
    from cctbx.workflows.termbases import write_termbase as write
    from cctbx.workflows.validate import validate_file as validate

__version__ = "0.1.0"
__all__ = ["__version__", "map_entries", "open_termbase", "read", "validate", "write"]

_LAZY = {
    "map_entries": ("cctbx.workflows.sharing", "map_entries"),
    "open_termbase": ("cctbx.workflows.termbases", "open_termbase"),
    "read": ("cctbx.workflows.termbases", "read_termbase"),
    "write": ("cctbx.workflows.termbases", "write_termbase"),
    "validate": ("cctbx.workflows.validate", "validate_file"),
}
"""Loaded on first use, so that `import cctbx` and `cctbx --help` load no XML library."""


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module 'cctbx' has no attribute {name!r}")
    import importlib

    module, attribute = _LAZY[name]
    return getattr(importlib.import_module(module), attribute)
