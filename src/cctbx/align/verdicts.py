"""Human judgements on pairs of source entries: read, written, and checked against the entries they rest on.

`verdicts.tsv` is UTF-8, tab-separated, one verdict a line below the line of column names (`COLUMNS`); lines that begin
with `#` are comments. An anchor is a hash of an entry's content. It lets a verdict follow its entry when the page is
reordered or the entry's id changes, and shows when the entry itself was edited.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cctbx.errors import InputError
from cctbx.findings import Finding, Report, Severity
from cctbx.model import Judgement, SourceEntry, Verdict

__all__ = ["COLUMNS", "CheckedVerdicts", "anchor", "check_verdicts", "entry_keys", "read_verdicts", "write_verdicts"]

COLUMNS = ("entry_a", "entry_b", "judgement", "reason", "anchor_a", "anchor_b", "by", "date")
_JUDGEMENTS = {each.value: each for each in Judgement}


def anchor(entry: SourceEntry) -> str:
    """The hash of an entry's content (language, headword, definition; white space folded): 16 hexadecimal digits.

    Neither source name, file, line nor id take part, so the anchor survives renamed, reordered and reflowed pages.
    """
    parts = (entry.language, entry.headword, entry.definition)
    text = "\x1f".join(" ".join(part.split()) for part in parts)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def entry_keys(entries: Sequence[SourceEntry]) -> tuple[str, ...]:
    """The name of every entry in an alignment, in order: its id, or `source:id` where the id is not unique in the
    call."""
    count: dict[str, int] = {}
    for entry in entries:
        count[entry.id] = count.get(entry.id, 0) + 1
    return tuple(entry.id if count[entry.id] == 1 else f"{entry.source}:{entry.id}" for entry in entries)


def read_verdicts(text: str, *, file: str | None = None) -> tuple[Verdict, ...]:
    """The verdicts of a `verdicts.tsv`, in order, `between` sorted. Raises InputError with file and line."""
    lines = [(number, line) for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1) if line.strip()]
    lines = [(number, line) for number, line in lines if not line.startswith("#")]
    if not lines:
        return ()
    (first, header), *rows = lines
    names = tuple(header.split("\t"))
    if missing := [name for name in COLUMNS[:3] if name not in names]:
        raise InputError(f"a verdict file needs a column {missing[0]!r} in its first line", file=file, line=first)
    return tuple(_verdict(names, line, number, file) for number, line in rows)


def _verdict(names: tuple[str, ...], line: str, number: int, file: str | None) -> Verdict:
    cells = next(csv.reader([line], delimiter="\t"))
    if len(cells) > len(names):
        raise InputError(f"{len(cells)} columns where the first line names {len(names)}", file=file, line=number)
    row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
    first, second = row.get("entry_a", ""), row.get("entry_b", "")
    if not first or not second or first == second:
        raise InputError("a verdict needs two different entry ids (entry_a, entry_b)", file=file, line=number)
    judgement = _JUDGEMENTS.get(row.get("judgement", "").casefold())
    if judgement is None:
        wanted = ", ".join(_JUDGEMENTS)
        raise InputError(f"judgement {row.get('judgement', '')!r} is none of {wanted}", file=file, line=number)
    return _sorted(
        Verdict(
            between=(first, second), judgement=judgement, reason=row.get("reason", ""),
            anchors=(row.get("anchor_a", ""), row.get("anchor_b", "")), by=row.get("by") or None,
            date=row.get("date") or None,
        )
    )  # fmt: skip


def _sorted(verdict: Verdict) -> Verdict:
    first, second = verdict.between
    if first <= second:
        return verdict
    return replace(verdict, between=(second, first), anchors=(verdict.anchors[1], verdict.anchors[0]))


def write_verdicts(verdicts: Iterable[Verdict]) -> str:
    """The text of a `verdicts.tsv`: sorted by entry ids, `\\n` line ends, one line per pair (the last one given
    wins)."""
    latest = {verdict.between: verdict for verdict in map(_sorted, verdicts)}
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for between, verdict in sorted(latest.items()):
        reason = " ".join(verdict.reason.split())
        writer.writerow(
            (*between, verdict.judgement.value, reason, *verdict.anchors, verdict.by or "", verdict.date or "")
        )
    return buffer.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedVerdicts:
    """`standing`: in force, ids as in the alignment; `stale`: the pairs among them to ask again; `lost`: not
    applied."""

    standing: tuple[Verdict, ...]
    stale: tuple[Verdict, ...]
    lost: tuple[Verdict, ...]


def check_verdicts(entries: Sequence[SourceEntry], verdicts: Sequence[Verdict], *, report: Report) -> CheckedVerdicts:
    """Bind verdicts to entries, by id and else by anchor.

    A verdict stays in force when an entry it rests on was edited but kept its id (finding ALN001: ask again); it is
    lost
    when the entry is found neither by id nor by anchor (ALN002). Of two verdicts that contradict each other
    the later counts (ALN003).
    """
    by_key = dict(zip(entry_keys(entries), entries, strict=True))
    by_anchor: dict[str, list[str]] = {}
    for key, entry in by_key.items():
        by_anchor.setdefault(anchor(entry), []).append(key)
    bound: dict[tuple[str, str], Verdict] = {}
    lost: list[Verdict] = []
    for verdict in verdicts:
        keys = [
            _bind(key, mark, by_key, by_anchor)
            for key, mark in zip(verdict.between, verdict.anchors, strict=True)
        ]  # fmt: skip
        if keys[0] is None or keys[1] is None or keys[0] == keys[1]:
            lost.append(verdict)
            report(_lost(verdict, verdict.between[0 if keys[0] is None else 1]))
            continue
        here = _sorted(replace(verdict, between=(keys[0], keys[1])))
        other = bound.get(here.between)
        if other is not None and other.judgement is not here.judgement:
            report(_contradiction(here, other))
        bound[here.between] = here
    stale = tuple(verdict for verdict in bound.values() if _edited(verdict, by_key))
    for verdict in stale:
        report(_stale(verdict))
    ordered = tuple(verdict for _, verdict in sorted(bound.items()))
    return CheckedVerdicts(standing=ordered, stale=tuple(sorted(stale, key=lambda each: each.between)),
                           lost=tuple(lost))  # fmt: skip


def _bind(key: str, mark: str, by_key: Mapping[str, SourceEntry], by_anchor: Mapping[str, Sequence[str]]) -> str | None:
    if key in by_key:
        return key
    found = by_anchor.get(mark, ()) if mark else ()
    return found[0] if len(found) == 1 else None


def _edited(verdict: Verdict, by_key: Mapping[str, SourceEntry]) -> bool:
    pairs = zip(verdict.between, verdict.anchors, strict=True)
    return any(mark and mark != anchor(by_key[key]) for key, mark in pairs)


def _named(verdict: Verdict) -> str:
    return f"verdict {verdict.judgement.value!r} on {verdict.between[0]} and {verdict.between[1]}"


def _stale(verdict: Verdict) -> Finding:
    return Finding(
        code="ALN001", severity=Severity.WARNING,
        message=f"{_named(verdict)}: an entry it rests on was edited since; it stays in force for now",
        advice="`cctbx review` asks it again",
    )  # fmt: skip


def _lost(verdict: Verdict, key: str) -> Finding:
    return Finding(
        code="ALN002", severity=Severity.WARNING, message=f"{_named(verdict)}: there is no entry {key} any more",
        advice="delete the line from verdicts.tsv, or correct the id",
    )  # fmt: skip


def _contradiction(verdict: Verdict, other: Verdict) -> Finding:
    return Finding(
        code="ALN003", severity=Severity.ERROR,
        message=f"{_named(verdict)} contradicts an earlier {other.judgement.value!r}; the later line counts",
        advice="delete one of the two lines from verdicts.tsv",
    )  # fmt: skip
