"""What the main job writes: one table, from which the files, their losses and the manifest derive."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cctbx.findings import Finding
from cctbx.model import TermBase

__all__ = ["EXPORTS", "Export", "Pairing", "exported", "manifest"]

Pairing = str
"""`all`: one file with every language; `from-english`: English → each other one; `pairs`: every ordered
pair of the others; `every-pair`: every ordered pair, English included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One kind of file: its name pattern (`{name}`, `{source}`, `{target}`), its format, what the writer is told."""

    file: str
    format: str
    pairing: Pairing = "all"
    dialect: str | None = None
    style: str | None = None
    profile: str | None = None


EXPORTS: tuple[Export, ...] = (
    Export(file="{name}.tbx", format="tbx", dialect="TBX-Basic", style="dct"),
    Export(file="{name}.dca.tbx", format="tbx", dialect="TBX-Basic", style="dca"),
    Export(file="{name}.v2.tbx", format="tbx-v2"),
    Export(file="{name}.csv", format="csv"),
    Export(file="terms.csv", format="terms-csv"),
    Export(file="{name}.jsonl", format="jsonl"),
    Export(file="po/{target}.po", format="po", pairing="from-english"),
    Export(file="po/{source}-{target}.po", format="po", pairing="pairs"),
    Export(file="omegat/{name}.{source}-{target}.tbx", format="tbx-v2", pairing="every-pair", profile="omegat"),
    Export(file="omegat/{name}.{source}-{target}.utf8", format="omegat-text", pairing="every-pair", profile="omegat"),
)


def _pairs(pairing: Pairing, languages: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    if pairing == "all":
        yield None, None
        return
    for source in languages:
        for target in languages:
            wanted = {
                "from-english": source == "en",
                "pairs": "en" not in (source, target),
                "every-pair": True,
            }[pairing]
            if wanted and source != target:
                yield source, target


def _write(
    export: Export, termbase: TermBase, source: str | None, target: str | None, date: str, lost: list[Finding]
) -> bytes:
    from cctbx.formats.contract import WriteOptions
    from cctbx.formats.registry import format_named

    options = WriteOptions(
        report=lost.append, source_language=source, target_languages=(target,) if target else (),
        dialect=export.dialect, style=export.style, project=termbase.header.title, date=date,
    )  # fmt: skip
    writer = format_named(export.format).write
    assert writer is not None, f"{export.format} cannot be written"
    out = io.BytesIO()
    writer(termbase.stream(), out, options)
    return out.getvalue()


def exported(
    termbase: TermBase, *, name: str, date: str, languages: Sequence[str]
) -> Iterator[tuple[str, bytes, tuple[Finding, ...]]]:
    """Every export: relative file name, content, and what it had to leave out. In the order of `EXPORTS`."""
    for export in EXPORTS:
        for source, target in _pairs(export.pairing, languages):
            file = export.file.format(name=name, source=source, target=target)
            lost: list[Finding] = []
            content = _write(export, termbase, source, target, date, lost)
            yield file, content, tuple(replace(each, file=file) for each in lost)


def manifest(contents: dict[str, bytes], *, version: str) -> bytes:
    """The list of all files with sizes and SHA-256 checksums, as JSON sorted by name."""
    files = [
        {"file": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(contents.items())
    ]
    document = {"generator": f"cctbx {version}", "files": files}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
