"""What Weblate's own format classes make of a file, as JSON. For a Python that has the package `weblate`.

    weblate_reader.py [SOURCE TARGET FILE]…    per file its units: source, target, context, explanation, flags

Its format classes stand on its Django models; neither a server nor a database is asked. What draws fonts and reads
pictures is not there and not needed.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from unittest.mock import MagicMock

CLASSES = {"tbx": "TBXFormat", "csv": "CSVUtf8Format", "po": "PoFormat"}
UNUSED = ("cairo", "gi", "gi.repository", "tesserocr", "borg", "weblate.fonts.utils")


def ready() -> Any:
    """The module of Weblate's format classes."""
    for name in UNUSED:
        sys.modules[name] = MagicMock()
    from django.conf import settings  # type: ignore[import-not-found]
    from weblate import settings_example  # type: ignore[import-not-found]

    held = {name: getattr(settings_example, name) for name in dir(settings_example) if name.isupper()}
    held |= {
        "SECRET_KEY": "x", "CHECK_LIST": (), "AUTOFIX_LIST": (), "WEBLATE_ADDONS": (), "WEBLATE_MACHINERY": (),
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        "WEBLATE_FORMATS": tuple(f"weblate.formats.ttkit.{each}" for each in CLASSES.values()),
    }  # fmt: skip
    settings.configure(**held)
    import django  # type: ignore[import-not-found]

    django.setup()
    from weblate.formats import ttkit  # type: ignore[import-not-found]

    return ttkit


def units(formats: Any, file: str, source: str, target: str) -> list[dict[str, str]]:
    held = getattr(formats, CLASSES[file.rpartition(".")[2]])(file, language_code=target, source_language=source)
    return [
        {
            "source": str(each.source), "target": str(each.target), "context": str(each.context),
            "explanation": str(getattr(each, "explanation", "")), "flags": str(each.flags.format()),
        }
        for each in held.content_units
    ]  # fmt: skip


def main(*asked: str) -> None:
    formats = ready()
    triples = zip(asked[::3], asked[1::3], asked[2::3], strict=True)
    print(json.dumps({file: units(formats, file, source, target) for source, target, file in triples}))


main(*sys.argv[1:])
