"""Converting a term base from one format to another, with an account of what was lost."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, cast

from cctbx.errors import LossRefusedError, ProjectError, UsageError
from cctbx.findings import Finding, Severity, unwatched
from cctbx.formats.contract import ReadOptions, WriteOptions, ignore
from cctbx.model import ConceptEntry, Header, ReferenceObject, TermBaseStream
from cctbx.model.canonical import canonical_json, header_to_plain, reference_to_plain, to_plain
from cctbx.model.patterns import Repeated
from cctbx.model.portions import Portion
from cctbx.model.termbase import Item
from cctbx.workflows.files import atomic_output, open_input, rereadable
from cctbx.workflows.sharing import Told, opened, told_by
from cctbx.workflows.termbases import open_termbase, output_format

__all__ = ["Conversion", "Converted", "convert", "load_columns", "save_columns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What is to be converted, and how.

    `read` and `write` are the options of the two formats, their `report` included; `from_format` and `to_format` name
    the formats where file names and contents do not. `certificate` is a path for the certificate. `progress` is called
    with the number of concept entries passed so far. `jobs` is how many processes may work on a large TBX file; None:
    as many as pay.
    """

    source: str
    target: str
    from_format: str | None = None
    to_format: str | None = None
    read: ReadOptions = field(default_factory=ReadOptions)
    write: WriteOptions = field(default_factory=WriteOptions)
    fail_on_loss: bool = False
    certificate: str | None = None
    progress: Callable[[int], None] = unwatched
    jobs: int | None = None


@dataclass(slots=True, kw_only=True)
class Converted:
    """How it went: concept entries read, losses and errors reported, whether the content is provably the same."""

    entries: int = 0
    losses: int = 0
    errors: int = 0
    lossless: bool | None = None


class _Account:
    """Counts and passes on findings; keeps the losses where a certificate wants them."""

    def __init__(self, result: Converted, *, keep: bool) -> None:
        self.result, self.keep = result, keep
        self.losses: list[Finding] = []

    def through(self, report: Callable[[Finding], None]) -> Callable[[Finding], None]:
        def passed(finding: Finding) -> None:
            if finding.code.startswith("LOS"):
                self.result.losses += 1
                if self.keep:
                    self.losses.append(finding)
            elif finding.severity is Severity.ERROR:
                self.result.errors += 1
            report(finding)

        return passed


class ContentHashes:
    """Hashes of the abstract content: header, concept entries, back matter. The order of entries takes no part."""

    def __init__(self) -> None:
        self._header = self._references = hashlib.sha256()
        self._sum = 0
        self.entries = 0

    def header(self, header: Header) -> None:
        """Takes in the header."""
        self._header = hashlib.sha256(_bytes(header_to_plain(header)))

    def concept(self, entry: ConceptEntry) -> None:
        """Takes in a concept entry. The sum of the hashes is the same in every order, and no entry cancels another."""
        self.entries += 1
        self._sum += int.from_bytes(hashlib.sha256(_bytes(to_plain(entry))).digest(), "big")

    def references(self, references: tuple[ReferenceObject, ...]) -> None:
        """Takes in the back matter."""
        self._references = hashlib.sha256()
        for each in references:
            self._references.update(_bytes(reference_to_plain(each)))

    def plain(self) -> dict[str, object]:
        """The hashes as they stand in a certificate."""
        return {
            "entries": self.entries,
            "header": self._header.hexdigest(),
            "concepts": f"{self._sum % (1 << 256):064x}",
            "back_matter": self._references.hexdigest(),
        }


def _bytes(plain: dict[str, object]) -> bytes:
    return f"{canonical_json(plain)}\n".encode("utf-8", "surrogatepass")


def _watched(
    stream: TermBaseStream, hashes: ContentHashes | None, job: Conversion, result: Converted, told: Told
) -> TermBaseStream:
    """The stream, counted and (for a certificate) hashed as it passes; `told` hears what portions have to say."""

    def concepts() -> Iterator[Item]:
        if hashes:
            hashes.header(stream.header)
        for item in stream.items():
            if isinstance(item, Portion):
                yield item
                if not item.refused:
                    result.entries += item.entries
                    told(item)
            else:
                result.entries += 1
                if hashes:
                    hashes.concept(item.entry if isinstance(item, Repeated) else item)
                yield item
            job.progress(result.entries)
        if hashes:
            hashes.references(stream.references())

    return TermBaseStream(header=stream.header, concepts=concepts(), references=stream.references)


def _read_back(job: Conversion) -> ContentHashes:
    """The hashes of what stands in the output."""
    hashes = ContentHashes()
    options = replace(
        job.read, report=ignore, columns={}, source_language=job.write.source_language,
        target_language=next(iter(job.write.target_languages), None),
    )  # fmt: skip
    name = output_format(job.target, job.to_format).name
    with open_termbase(job.target, format_name=name, options=options) as stream:
        hashes.header(stream.header)
        for entry in stream:
            hashes.concept(entry)
        hashes.references(stream.references())
    return hashes


def _certificate(job: Conversion, before: ContentHashes, losses: list[Finding]) -> dict[str, object]:
    """`identical`: every hash is the same; `lossless`: so are entries and back matter, and nothing was reported lost.

    The two differ where a format demands a header the term base does not have.
    """
    first, second = before.plain(), _read_back(job).plain()
    return {
        "source": job.source,
        "target": job.target,
        "identical": first == second,
        "lossless": not losses and all(first[part] == second[part] for part in ("entries", "concepts", "back_matter")),
        "before": first,
        "after": second,
        "losses": [
            {name: value for name in ("code", "concept", "language", "term", "category", "message")
             if (value := getattr(each, name)) is not None}
            for each in losses
        ],
    }  # fmt: skip


def convert(job: Conversion) -> Converted:
    """Convert a term base. The output is replaced only when all went well; `-` is stdin and stdout.

    Losses and reading findings go to the reports of the options as they are found. Raises `InputError` where the input
    cannot be read, `UsageError` for unknown formats or a certificate of stdout, `OutputError`, and `LossRefusedError`
    with `fail_on_loss` (nothing is written then).
    """
    if job.certificate and job.target == "-":
        raise UsageError("a certificate needs an output file to read back, not stdout")
    result = Converted()
    account = _Account(result, keep=bool(job.certificate))
    before = ContentHashes() if job.certificate else None
    read = replace(job.read, report=account.through(job.read.report))
    write = replace(job.write, report=account.through(job.write.report))
    target = output_format(job.target, job.to_format)
    assert target.write is not None
    with (
        rereadable(job.source),
        opened(job.source, job.from_format, read, target, write, 1 if before else job.jobs) as stream,
        atomic_output(job.target) as out,
        _held_back(out, job) as held,
    ):
        target.write(_watched(stream, before, job, result, told_by(read, write)), held, write)
        if job.fail_on_loss and result.losses:
            raise LossRefusedError(f"{result.losses} losses; {job.target} was not written")
    if before and job.certificate:
        document = _certificate(job, before, account.losses)
        result.lossless = bool(document["lossless"])
        with atomic_output(job.certificate) as out:
            out.write((json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
    return result


class _held_back:  # noqa: N801 (a context manager used like a function)
    """stdout gets its bytes only at the end where losses may forbid them; a file is atomic anyway."""

    def __init__(self, out: BinaryIO, job: Conversion) -> None:
        self._out = out
        self._spool = None
        if job.fail_on_loss:
            self._spool = tempfile.SpooledTemporaryFile(max_size=16 << 20)  # noqa: SIM115 (closed in __exit__)

    def __enter__(self) -> BinaryIO:
        return cast(BinaryIO, self._spool) if self._spool else self._out

    def __exit__(self, kind: object, *others: object) -> None:
        if self._spool:
            if kind is None:
                self._spool.seek(0)
                shutil.copyfileobj(self._spool, self._out)
            self._spool.close()


def load_columns(file: str) -> dict[str, str]:
    """A column mapping from a TOML file: `"Begriff" = "term:de"` lines, or a `[columns]` table of them.

    Raises `ProjectError` naming the file for anything else.
    """
    import tomllib

    try:
        document = tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProjectError(f"cannot be read as a column mapping: {error}", file=file) from error
    columns = document.get("columns", document)
    if not isinstance(columns, dict) or not all(isinstance(each, str) for each in columns.values()):
        raise ProjectError('wanted lines such as "Begriff" = "term:de"', file=file)
    return dict(columns)


def save_columns(file: str, source: str, options: ReadOptions) -> None:
    """Write what the columns of a table mean, as `options.columns` and recognition have it, for `load_columns`.

    stdin and pipes only within `rereadable`, else nothing is left to convert. Raises `InputError` where the source is
    no table.
    """
    from cctbx.formats.table.meanings import column_meanings

    with open_input(source) as stream:
        columns = column_meanings(stream, replace(options, file=source, report=ignore))
    quoted = (f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(meaning)}\n" for name, meaning in columns.items())
    with atomic_output(file) as out:
        out.write(("[columns]\n" + "".join(quoted)).encode())
