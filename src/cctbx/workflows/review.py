"""Review as a use case: the queue goes out as XLSX and TSV, comes back filled in, and becomes verdicts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cctbx.align.reviewing import ANSWERS, COLUMNS, Answers, ReviewRow, answers_of, review_queue
from cctbx.align.verdicts import check_verdicts, write_verdicts
from cctbx.errors import InputError, UsageError
from cctbx.formats.cells import harmless, restored
from cctbx.workflows.align import Aligned, concept_ids
from cctbx.workflows.files import atomic_output, read_bytes

__all__ = ["queue_of", "read_answers", "record", "write_queue"]

_WIDTHS = {"definition_a": 60, "definition_b": 60, "reasons_for": 50, "reasons_against": 50, "headword_a": 28,
           "headword_b": 28, "comment": 30, "rename": 18}  # fmt: skip


def queue_of(result: Aligned, *, threshold: float) -> tuple[ReviewRow, ...]:
    """The review queue of an alignment; verdicts that stand are not asked, stale ones are asked again."""
    gathered = result.gathered
    checked = check_verdicts(gathered.entries, gathered.verdicts, report=lambda _: None)
    return review_queue(
        result.alignment, gathered.entries, threshold=threshold,
        settled=[each.between for each in checked.standing], stale=[each.between for each in checked.stale],
    )  # fmt: skip


def write_queue(rows: Sequence[ReviewRow], file: str) -> tuple[str, ...]:
    """Write the queue as XLSX and TSV beside each other (`file` with either ending, or none); the names written."""
    base = Path(file)
    base = base.with_suffix("") if base.suffix in (".xlsx", ".tsv") else base
    table, sheet = f"{base}.tsv", f"{base}.xlsx"
    with atomic_output(table) as stream:
        stream.write(_tsv(rows).encode("utf-8"))
    with atomic_output(sheet) as stream:
        stream.write(_xlsx(rows))
    return sheet, table


def _tsv(rows: Sequence[ReviewRow]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(getattr(row, name)) for name in COLUMNS] for row in rows)
    return buffer.getvalue()


def _xlsx(rows: Sequence[ReviewRow]) -> bytes:
    import openpyxl
    from openpyxl.styles import Alignment as CellAlignment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "review"
    sheet.append(list(COLUMNS))
    for row in rows:
        sheet.append([harmless(_legal(getattr(row, name))) for name in COLUMNS])
    for number, name in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 11)
        cell = sheet.cell(row=1, column=number)
        cell.font = Font(bold=True)
        if name in ANSWERS or name == "comment":
            cell.fill = PatternFill("solid", fgColor="FFF2CC")
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = CellAlignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _legal(text: str) -> str:
    """Text without the control characters a sheet cannot hold."""
    return "".join(char for char in text if ord(char) >= 32 or char in "\t\n")


def read_answers(result: Aligned, file: str, *, by: str | None, date: str | None) -> Answers:
    """The answers of a filled-in XLSX or TSV. Raises `InputError` where it is no review table."""
    rows = list(_sheet_rows(file) if file.lower().endswith(".xlsx") else _table_rows(file))
    if not rows:
        raise InputError("holds no row", file=file)
    missing = [name for name in ("entry_a", "entry_b", *ANSWERS) if name not in rows[0][1]]
    if missing:
        raise InputError(f"is no review table: column `{missing[0]}` is missing", file=file, line=1)
    return answers_of(rows, result.gathered.entries, result.alignment, file=file, by=by, date=date)


def _table_rows(file: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        text = read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8; save the table as UTF-8 text or as XLSX", file=file) from error
    reader = csv.reader(io.StringIO(text), delimiter="\t")
    names = next(reader, [])
    for cells in reader:
        if any(cells):
            yield reader.line_num, dict(zip(names, (restored(cell) for cell in cells), strict=False))


def _sheet_rows(file: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(read_bytes(file)), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises many kinds for a damaged file
        raise InputError(f"cannot be read as XLSX: {error}", file=file) from error
    sheet = book.active
    lines = sheet.iter_rows(values_only=True) if sheet is not None else iter(())
    names = [str(name or "") for name in next(lines, ())]
    for number, cells in enumerate(lines, 2):
        if any(cell not in (None, "") for cell in cells):
            yield number, dict(zip(names, (restored(str(c)) if c is not None else "" for c in cells), strict=False))


def record(result: Aligned, answers: Answers) -> tuple[Path, ...]:
    """Write the answers into the project: `verdicts.tsv` (a new verdict replaces an older one on the pair) and, for
    renamed concepts, the editorial table. The files written. Raises `UsageError` without a project."""
    project = result.gathered.project
    if project is None:
        raise UsageError("verdicts are kept in a project: name a project file instead of bare pages")
    written = []
    if answers.verdicts:
        with atomic_output(project.verdicts) as stream:
            stream.write(write_verdicts([*result.gathered.verdicts, *answers.verdicts]).encode("utf-8"))
        written.append(project.verdicts)
    if answers.renamed:
        with atomic_output(project.editorial) as stream:
            stream.write(_editorial(result, answers).encode("utf-8"))
        written.append(project.editorial)
    return tuple(written)


def _editorial(result: Aligned, answers: Answers) -> str:
    from cctbx.align.editorial import DesignationDecision, read_designations, write_designations

    project = result.gathered.project
    assert project is not None
    if not project.register.exists():
        raise UsageError(f"{project.register} is not there yet: run `cctbx build` before you rename concepts")
    ids = concept_ids(result)
    name = {key: ids[n] for n, concept in enumerate(result.alignment.concepts) for key in concept.members}
    text = read_bytes(project.editorial).decode("utf-8") if project.editorial.exists() else ""
    rows = list(read_designations(text, file=str(project.editorial))) if text else []
    for key, language, term in answers.renamed:
        # One preferred term per concept and language: the one that was is admitted from now on.
        rows = [
            DesignationDecision(
                concept=row.concept, language=row.language, term=row.term, type=row.type, note=row.note,
                part_of_speech=row.part_of_speech,
                status="admitted" if (row.concept, row.language, row.status) == (name[key], language, "preferred")
                else row.status,
            )
            for row in rows if (row.concept, row.language, row.term.casefold()) != (name[key], language,
            term.casefold())
        ]  # fmt: skip
        rows.append(DesignationDecision(concept=name[key], language=language, term=term, status="preferred"))
    return write_designations(rows)
