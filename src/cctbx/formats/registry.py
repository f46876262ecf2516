"""The list of formats, and which one a file is in."""

from __future__ import annotations

import difflib
from pathlib import PurePath

from cctbx.errors import UsageError
from cctbx.formats.contract import Format
from cctbx.formats.glossml import GLOSSML
from cctbx.formats.glotpress import GLOTPRESS
from cctbx.formats.jsonl import JSONL
from cctbx.formats.matecat import MATECAT
from cctbx.formats.multiterm import MULTITERM, MULTITERM_XDT
from cctbx.formats.ntrf import NTRF
from cctbx.formats.omegat import OMEGAT_CSV, OMEGAT_TEXT
from cctbx.formats.po import PO
from cctbx.formats.table.delimited import CSV, TERMS_CSV
from cctbx.formats.table.xlsx import XLSX
from cctbx.formats.tbx import FORMATS as TBX
from cctbx.formats.tmx import TMX
from cctbx.formats.utx import UTX
from cctbx.formats.weblate import WEBLATE_CSV

__all__ = ["FORMATS", "detect", "format_named"]


FORMATS: tuple[Format, ...] = (
    *TBX, TMX, MULTITERM, MULTITERM_XDT, GLOSSML, JSONL, PO, UTX, NTRF, OMEGAT_TEXT, WEBLATE_CSV, MATECAT, GLOTPRESS,
    TERMS_CSV, CSV, XLSX, OMEGAT_CSV,
)  # fmt: skip
"""Every format; where two recognise a file, the first counts."""

_BY_NAME = {each.name: each for each in FORMATS}


def format_named(name: str) -> Format:
    """The format of this name. Raises `UsageError` with the nearest name for any other."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    near = difflib.get_close_matches(name, _BY_NAME, n=1)
    hint = f"did you mean `{near[0]}`?" if near else "see `cctbx formats`"
    raise UsageError(f"unknown format `{name}`; {hint}")


def _by_extension(file_name: str) -> Format | None:
    """The format with the longest ending that fits."""
    name = "." + PurePath(file_name).name.lower()
    fitting = [(len(ending), each) for each in FORMATS for ending in each.extensions if name.endswith(ending)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def detect(head: bytes, file_name: str) -> Format | None:
    """The format of an input: by its first bytes (already unpacked), then by its name. None where nothing fits."""
    return next((each for each in FORMATS if each.read and each.sniff(head)), None) or _by_extension(file_name)
