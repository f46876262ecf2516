"""What the main job writes: one table, from which the files, their losses and the manifest derive."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cctbx.findings import Finding
from cctbx.formats.contract import WriteOptions
from cctbx.formats.registry import format_named
from cctbx.model import TermBase
from cctbx.profiles import Request, profile_named
from cctbx.profiles.ledger import LedgerWriter
from cctbx.profiles.writing import parts, write_part

__all__ = ["EXPORTS", "Export", "Pairing", "exported", "manifest"]

Pairing = str
"""`all`: one file with every language; `from-english`: English → each other one; `pairs`: every ordered
pair of the others; `every-pair`: every ordered pair, English included."""

ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Files of one profile: their names (`{name}`, `{source}`, `{target}`), in the order of the profile's outputs.

    `format` instead of a profile: the whole term base in that format.
    """

    files: tuple[str, ...]
    profile: str | None = None
    format: str | None = None
    pairing: Pairing = "all"


EXPORTS: tuple[Export, ...] = (
    Export(files=("{name}.tbx", "{name}.dca.tbx"), profile="tbx-v3"),
    Export(files=("{name}.v2.tbx",), format="tbx-v2"),
    Export(files=("{name}.csv", "terms.csv"), profile="table"),
    Export(files=("{name}.jsonl",), format="jsonl"),
    Export(files=("po/{target}.po",), profile="gettext", pairing="from-english"),
    Export(files=("po/{source}-{target}.po",), profile="gettext", pairing="pairs"),
    Export(
        files=tuple("omegat/{name}.{source}-{target}." + ending for ending in ("tbx", "utf8", "csv")),
        profile="omegat", pairing="every-pair",
    ),
)  # fmt: skip

Exported = tuple[str, bytes, tuple[Finding, ...]]


def _wanted(pairing: Pairing, source: str, target: str) -> bool:
    return (
        source != target
        and {
            "from-english": source == ENGLISH,
            "pairs": ENGLISH not in (source, target),
            "every-pair": True,
        }[pairing]
    )


def _directions(pairing: Pairing, languages: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Source and targets of every run of a profile."""
    if pairing == "all":
        source = ENGLISH if ENGLISH in languages else next(iter(languages), "und")
        yield source, tuple(each for each in languages if each != source)
        return
    for source in languages:
        for target in languages:
            if _wanted(pairing, source, target):
                yield source, (target,)


def _by_profile(
    export: Export, termbase: TermBase, name: str, date: str, languages: Sequence[str]
) -> Iterator[Exported]:
    profile = profile_named(export.profile or "")
    named = zip(profile.outputs, export.files, strict=True)
    outputs = tuple(replace(output, file=file) for output, file in named)
    for source, targets in _directions(export.pairing, languages):
        request = Request(source=source, targets=targets, title=termbase.header.title, date=date)
        for part in parts(profile, request, name, outputs):
            out, lost = io.BytesIO(), list[Finding]()
            held = write_part(termbase.stream(), part, request, out, lost.append)
            if held or (export.pairing == "all" and not part.output.optional):
                yield part.file, out.getvalue(), tuple(lost)


def _by_format(export: Export, termbase: TermBase, name: str) -> Iterator[Exported]:
    for pattern in export.files:
        out, lost = io.BytesIO(), list[Finding]()
        writer = format_named(export.format or "").write
        assert writer is not None, f"{export.format} cannot be written"
        writer(termbase.stream(), out, WriteOptions(report=lost.append, project=termbase.header.title))
        file = pattern.format(name=name)
        yield file, out.getvalue(), tuple(replace(each, file=file) for each in lost)


def exported(
    termbase: TermBase, *, name: str, date: str, languages: Sequence[str]
) -> Iterator[tuple[str, bytes, tuple[Finding, ...]]]:
    """Every export: relative file name, content, and what it had to leave out; in the order of `EXPORTS`.

    The loss ledger (`{name}.loss.json`) comes last: what all the files before it leave out.
    """
    ledger = io.StringIO()
    writer = LedgerWriter(ledger, {"termbase": name})
    for export in EXPORTS:
        made = _by_profile(export, termbase, name, date, languages) if export.profile else _by_format(
            export, termbase, name)  # fmt: skip
        for file, content, lost in made:
            writer.begin(file)
            for each in lost:
                writer.add(each)
            writer.end()
            yield file, content, lost
    writer.close()
    yield f"{name}.loss.json", ledger.getvalue().encode(), ()


def manifest(contents: dict[str, bytes], *, version: str) -> bytes:
    """The list of all files with sizes and SHA-256 checksums, as JSON sorted by name."""
    files = [
        {"file": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(contents.items())
    ]
    document = {"generator": f"cctbx {version}", "files": files}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
