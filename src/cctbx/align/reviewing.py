"""The review queue: which pairs a human should judge, in what order, and what the answers mean."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from cctbx.align.verdicts import anchor, entry_keys
from cctbx.findings import Finding, Severity
from cctbx.model import Alignment, Candidate, Judgement, SourceEntry, Verdict

__all__ = ["ANSWERS", "COLUMNS", "Answers", "ReviewRow", "answers_of", "review_queue"]

ANSWERS = ("accept", "reject", "split", "merge", "rename")
"""The columns a reviewer fills in: at most one of the first four with any mark, `rename` with `LL: term`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One pair to judge. The fields in their order are the columns of the table; all values are text."""

    rank: str
    gain: str
    state: str
    probability: str
    accept: str = ""
    reject: str = ""
    split: str = ""
    merge: str = ""
    rename: str = ""
    comment: str = ""
    headword_a: str
    headword_b: str
    definition_a: str
    definition_b: str
    reasons_for: str
    reasons_against: str
    entry_a: str
    entry_b: str
    anchor_a: str
    anchor_b: str


_CERTAIN = 0.98
"""Links that are surer are not asked."""
COLUMNS: tuple[str, ...] = tuple(each.name for each in fields(ReviewRow))


def review_queue(
    alignment: Alignment, entries: Sequence[SourceEntry], *, threshold: float, settled: Iterable[tuple[str, str]] = (),
    stale: Iterable[tuple[str, str]] = (), best: int = 3,
) -> tuple[ReviewRow, ...]:  # fmt: skip
    """What needs a human, most gained first.

    Gain is high where the probability is near the threshold and where many pairs of entries hang on the answer. Asked
    are links that are not certain, the `best` unlinked candidates of every entry in every other source, likely
    doublettes within one source, and verdicts gone stale (first of all); not asked are pairs that a verdict settles.
    """
    known = dict(zip(entry_keys(entries), entries, strict=True))
    again, done = set(stale), set(settled)
    members = {key: concept.members for concept in alignment.concepts for key in concept.members}
    asked = _worth_asking(alignment, known, best, again)
    rows = []
    for candidate in asked:
        if candidate.between in done and candidate.between not in again:
            continue
        gain = _gain(candidate, members, threshold, again)
        rows.append((-gain, candidate.between, candidate))
    return tuple(
        _row(rank, -negative, candidate, known, candidate.between in again)
        for rank, (negative, _, candidate) in enumerate(sorted(rows, key=lambda row: row[:2]), 1)
    )


def _worth_asking(
    alignment: Alignment, known: Mapping[str, SourceEntry], best: int, again: set[tuple[str, str]]
) -> list[Candidate]:
    ranked: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in alignment.candidates:
        for key, other in (candidate.between, candidate.between[::-1]):
            if not candidate.linked:
                ranked.setdefault((key, known[other].source), []).append(candidate)
    chosen = {each.between: each for each in alignment.doublettes}
    chosen |= {
        each.between: each for each in alignment.candidates
        if (each.linked and each.probability < _CERTAIN) or each.between in again
    }  # fmt: skip
    for found in ranked.values():
        for each in sorted(found, key=lambda c: (-c.probability, c.between))[:best]:
            chosen[each.between] = each
    return [chosen[between] for between in sorted(chosen)]


def _gain(
    candidate: Candidate, members: Mapping[str, tuple[str, ...]], threshold: float, again: set[tuple[str, str]]
) -> float:
    if candidate.between in again:
        return 100.0
    distance = abs(candidate.probability - threshold)
    near = 1 - distance / (threshold if candidate.probability < threshold else 1 - threshold)
    if _doublette(candidate):
        near = candidate.probability  # Nothing joins them but an answer: the likelier, the more is gained.
    one, other = (members[key] for key in candidate.between)
    touched = len(one) * len(other) if not candidate.linked else len(one) - 1
    return near * math.log2(1 + touched)


def _doublette(candidate: Candidate) -> bool:
    return any(each.kind == "doublette" for each in candidate.evidence)


def _row(rank: int, gain: float, candidate: Candidate, known: Mapping[str, SourceEntry], again: bool) -> ReviewRow:
    first, second = (known[key] for key in candidate.between)
    unlinked = "doublette?" if _doublette(candidate) else "not linked"
    state = "asked again" if again else "linked" if candidate.linked else unlinked
    return ReviewRow(
        rank=str(rank), gain=f"{gain:.2f}", state=state, probability=f"{candidate.probability:.3f}",
        headword_a=_headword(first), headword_b=_headword(second),
        definition_a=_folded(first.definition), definition_b=_folded(second.definition),
        reasons_for=_reasons(candidate, 1), reasons_against=_reasons(candidate, -1),
        entry_a=candidate.between[0], entry_b=candidate.between[1], anchor_a=anchor(first), anchor_b=anchor(second),
    )  # fmt: skip


def _headword(entry: SourceEntry) -> str:
    return f"{_folded(entry.headword)} [{entry.language}]"


def _folded(text: str) -> str:
    return " ".join(text.split())


def _reasons(candidate: Candidate, sign: int) -> str:
    found = [each for each in candidate.evidence if each.weight * sign > 0 and each.kind != "prior"]
    return "; ".join(f"{abs(each.weight):.1f} {each.because}" for each in sorted(found, key=lambda e: -abs(e.weight)))


@dataclass(slots=True)
class Answers:
    """What a filled-in table says: verdicts, new preferred terms as (entry key, language, term), and bad rows."""

    verdicts: list[Verdict] = field(default_factory=list)
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def answers_of(
    rows: Iterable[tuple[int, Mapping[str, str]]], entries: Sequence[SourceEntry], alignment: Alignment, *,
    file: str, by: str | None = None, date: str | None = None,
) -> Answers:  # fmt: skip
    """The answers of a review table; rows come with their line numbers.

    accept: one concept. reject: two concepts. split: the first entry leaves its concept (differs from all its members).
    merge: everything in either concept is one concept. rename `LL: term`: the concept's preferred term in that
    language.
    A row that names unknown entries, gives two answers, or was made for content that has changed since, is a finding
    ALN005 and says nothing.
    """
    known = dict(zip(entry_keys(entries), entries, strict=True))
    members = {key: concept.members for concept in alignment.concepts for key in concept.members}
    answers = Answers()
    for line, row in rows:
        if not any(row.get(name, "").strip() for name in ANSWERS):
            continue
        if problem := _problem(row, known):
            answers.findings.append(
                Finding(code="ALN005", severity=Severity.ERROR, message=problem, file=file, line=line,
                        advice="correct the row and read the table again")
            )  # fmt: skip
            continue
        pair = (row["entry_a"].strip(), row["entry_b"].strip())
        for between, judgement in _judged(row, pair, members):
            answers.verdicts.append(Verdict(
                between=between, judgement=judgement, reason=" ".join(row.get("comment", "").split()),
                anchors=(anchor(known[between[0]]), anchor(known[between[1]])), by=by, date=date,
            ))  # fmt: skip
        if row.get("rename", "").strip():
            language, term = _renamed(row["rename"])
            answers.renamed.append((pair[0], language, term))
    return answers


def _problem(row: Mapping[str, str], known: Mapping[str, SourceEntry]) -> str | None:
    """What is wrong with a row, or None."""
    for side in ("a", "b"):
        key, mark = row.get(f"entry_{side}", "").strip(), row.get(f"anchor_{side}", "").strip()
        if key not in known:
            return f"there is no entry {key or '(empty)'}"
        if mark and mark != anchor(known[key]):
            return f"{key} was edited after this table was written: write a new one"
    given = [name for name in ANSWERS[:4] if row.get(name, "").strip()]
    if len(given) > 1:
        return f"{row['entry_a']} and {row['entry_b']}: {' and '.join(given)} are both marked, wanted one"
    if row.get("rename", "").strip() and not all(_renamed(row["rename"])):
        return f"rename `{row['rename']}`: wanted a language and a term, such as `sv: ärende`"
    return None


def _renamed(cell: str) -> tuple[str, str]:
    """Language and term of `sv: ärende`; empty where one is missing."""
    language, _, term = cell.partition(":")
    tag = language.strip()
    return (tag if tag.replace("-", "").isalnum() else ""), " ".join(term.split())


def _judged(
    row: Mapping[str, str], pair: tuple[str, str], members: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[tuple[str, str], Judgement]]:
    for name in ANSWERS[:4]:
        if row.get(name, "").strip():
            for (first, second), judgement in _pairs(name, pair, members):
                yield ((first, second) if first <= second else (second, first)), judgement


def _pairs(
    answer: str, pair: tuple[str, str], members: Mapping[str, tuple[str, ...]]
) -> list[tuple[tuple[str, str], Judgement]]:
    first, second = pair
    if answer == "accept":
        return [(pair, Judgement.SAME)]
    if answer == "reject":
        return [(pair, Judgement.DIFFERENT)]
    if answer == "split":
        rest = sorted({*members[first], second} - {first})
        return [((first, other), Judgement.DIFFERENT) for other in rest]
    both = sorted({*members[first], *members[second]})
    return [((one, other), Judgement.SAME) for n, one in enumerate(both) for other in both[n + 1 :]]
