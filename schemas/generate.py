"""Writes the RELAX NG grammars of this folder from the tables the validator runs on.

    python schemas/generate.py            write the grammars, the catalogue and the list in README.md
    python schemas/generate.py --check    exit 1 if a file is not what this script makes

The tables are `cctbx.formats.tbx.validation.structures` (elements, attributes, order) and `.constraints` (categories,
levels, value lists); those of TMX stand in `cctbx.formats.tbx.validation.neighbours`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cctbx.formats.tbx.validation.grammars import FILES

FOLDER = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """Write or check every generated file; the exit code."""
    wrong = 0
    for name, make in FILES.items():
        path, text = FOLDER / name, make()
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            print(f"{path} is not what schemas/generate.py makes", file=sys.stderr)
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
