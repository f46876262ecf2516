"""The aligner: source entries of any number of glossaries become concepts, with probabilities and reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from cctbx.align.associations import learn_associations
from cctbx.align.calibration import calibrated
from cctbx.align.decision import Links, decide
from cctbx.align.doublettes import equated
from cctbx.align.jointly import leftovers, others, probabilities, rivals, translations
from cctbx.align.lexicons import Lexicon, bundled_lexicon
from cctbx.align.likeness import Likeness, likeness_matrix
from cctbx.align.proposing import likely_doublettes
from cctbx.align.readings import Reading, Texts, Vocabulary, read_entries
from cctbx.align.settings import Progress, Settings
from cctbx.align.tables import Tables, tables_of
from cctbx.align.telling import Telling
from cctbx.align.verdicts import anchor, check_verdicts, entry_keys
from cctbx.align.weighing import Weighed, weigh
from cctbx.align.weights import PRIOR
from cctbx.findings import Finding, Report, Severity, ignore, unwatched
from cctbx.model import Alignment, Judgement, SourceEntry, Verdict
from cctbx.text.normal import primary

__all__ = ["align", "ignore"]

_BY_SIZE = (
    (1500, {"rounds": 2, "candidates": 8}),
    (3000, {"rounds": 1, "candidates": 6}),
    (20_000, {"candidates": 4, "best_kept": 1}),
    (100_000, {"best_kept": 0}),
)
"""Above so many entries, this much is enough: rounds of learning, candidates per entry and source, and how many of them
are told though unlikely."""
_SAMPLE_FROM, _SAMPLE = 20_000, 2000
"""Above so many entries, words are learned from the links of a sample of every source."""
_CERTAIN = 0.9


def align(
    entries: Sequence[SourceEntry], *, verdicts: Sequence[Verdict] = (), lexicon: Lexicon | None = None,
    settings: Settings | None = None, report: Report = ignore, progress: Progress = unwatched,
) -> Alignment:  # fmt: skip
    """Which source entries denote the same concept.

    In: entries of any number of sources and languages (BCP 47 tags), in any order; an entry is named by its id, or
    `source:id` where ids are not unique in the call. `lexicon` None means the bundled one. Verdicts outrank all
    evidence.
    `progress` is told what is being done and how much of it is done.
    Out: every entry in exactly one concept, concepts and candidates sorted by their members' ids.
    Pure: the result depends neither on the order of the entries nor on the names of their sources.
    Findings: ALN001-004 on verdicts, ALN006 pages that translate one original, ALN007 doublettes within one source.
    """
    settings = settings or Settings()
    keys = entry_keys(entries)
    order = _canonical(entries, keys)
    entries, names = [entries[n] for n in order], [keys[n] for n in order]
    case = _Case(entries, names, lexicon if lexicon is not None else bundled_lexicon(), settings, report, progress)
    checked = check_verdicts(entries, verdicts, report=report) if verdicts else None
    return case.aligned(checked.standing if checked else ())


def _canonical(entries: Sequence[SourceEntry], keys: Sequence[str]) -> list[int]:
    """An order of the entries that only their content decides: sources by their content, entries by theirs."""
    marks = [(entry.language, anchor(entry)) for entry in entries]
    by_source: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        by_source[entry.source].append(number)
    ranked = sorted(
        (sorted(rows, key=lambda n: (marks[n], keys[n])) for rows in by_source.values()),
        key=lambda rows: ([marks[n] for n in rows], [keys[n] for n in rows]),
    )
    return [n for rows in ranked for n in rows]


@dataclass(slots=True)
class _Case:
    """One alignment on its way: entries in canonical order and what has been made of them."""

    entries: Sequence[SourceEntry]
    keys: Sequence[str]
    lexicon: Lexicon
    settings: Settings
    report: Report
    progress: Progress

    def aligned(self, verdicts: Sequence[Verdict]) -> Alignment:
        for size, most in _BY_SIZE:
            if len(self.entries) > size:
                less = {name: min(value, getattr(self.settings, name)) for name, value in most.items()}
                self.settings = replace(self.settings, **less)
        texts, vocabulary = Texts(self.entries, self.lexicon), Vocabulary(lexicon=self.lexicon)
        readings = read_entries(self.entries, self.keys, texts, vocabulary, progress=self.progress)
        memory = [
            (texts.content(one, primary(tag), vocabulary), texts.content(other, primary(other_tag), vocabulary))
            for tag, one, other_tag, other in self.settings.memory
        ]  # fmt: skip
        owner = _numbered([entry.source for entry in self.entries])
        sources = [[n for n, o in enumerate(owner) if o == number] for number in range(max(owner, default=-1) + 1)]
        nodes = equated(self.entries, readings)
        self._report_equated(nodes)
        tables = tables_of(readings, vocabulary)
        doublettes = likely_doublettes(self.entries, self.keys, readings, tables, sources, nodes)
        weighed = self._weighed(readings, vocabulary, tables, sources, nodes, memory)
        del tables
        judged = {verdict.between for verdict in verdicts}
        return replace(
            self._decided(weighed, owner, nodes, verdicts),
            doublettes=tuple(each for each in doublettes if each.between not in judged),
        )

    def _weighed(
        self, readings: Sequence[Reading], vocabulary: Vocabulary, tables: Tables, sources: Sequence[Sequence[int]],
        nodes: Sequence[int], memory: Sequence[tuple[Sequence[int], Sequence[int]]],
    ) -> Weighed:  # fmt: skip
        without = self.settings.without
        known = likeness_matrix(vocabulary, cognates="cognates" not in without)
        learned = learn_associations(memory, known) if memory else {}
        rounds = 0 if "associations" in without else self.settings.rounds
        sample = _SAMPLE if len(readings) > _SAMPLE_FROM else None
        for turn in range(rounds + 1):
            weighed = weigh(
                readings, tables, known.learned(learned), sources, self.settings,
                sample=sample if turn < rounds else None, progress=partial(self.progress, "pairs weighed"),
            )  # fmt: skip
            if "translations" not in without:
                told, translated = translations(weighed, sources)
                weighed.add("translations", told)
            if "rivals" not in without:
                weighed.add("rivals", rivals(weighed, sources, nodes))
            if turn < rounds:
                more = {**learned, **_learned(weighed, known)}
                if more == learned and sample is None:
                    break
                learned = more
        if "translations" not in without:
            self._report_translations(translated, sources)
        if "leftovers" not in without:
            weighed.add("leftovers", leftovers(weighed, sources))
        if "others" not in without:
            weighed.add("others", others(weighed, sources))
        return weighed

    def _report_equated(self, nodes: Sequence[int]) -> None:
        for number, node in enumerate(nodes):
            if node != number:
                one, other = self.entries[node], self.entries[number]
                self.report(Finding(
                    code="ALN007", severity=Severity.INFORMATION, file=other.source, line=other.line_first,
                    term=other.headword, advice="a verdict `different` on the two keeps them apart",
                    message=f"{other.source} equates {other.headword!r} with {one.headword!r}: taken as one concept",
                ))  # fmt: skip

    def _report_translations(
        self, translated: Mapping[tuple[int, int], float], sources: Sequence[Sequence[int]]
    ) -> None:
        for (a, b), mean in sorted(translated.items()):
            names = sorted((self.entries[sources[a][0]].source, self.entries[sources[b][0]].source))
            message = f"{names[0]} and {names[1]} read like translations of one original"
            why = f"definitions of clear links stand out by {mean:.1f} deviations"
            self.report(Finding(code="ALN006", severity=Severity.INFORMATION, message=f"{message}: {why}"))

    def _report_contradictions(self, together: Sequence[Sequence[int]], apart: frozenset[tuple[int, int]]) -> None:
        given = {each: number for number, group in enumerate(together) for each in group}
        for a, b in sorted(apart):
            if a in given and given[a] == given.get(b):
                names = sorted((self.keys[a], self.keys[b]))
                message = f"{names[0]} and {names[1]} are judged apart, but other verdicts or their page make them one"
                self.report(Finding(
                    code="ALN004", severity=Severity.ERROR, message=message,
                    advice="correct verdicts.tsv: they are taken as one concept",
                ))  # fmt: skip

    def _decided(
        self, weighed: Weighed, owner: Sequence[int], nodes: Sequence[int], verdicts: Sequence[Verdict]
    ) -> Alignment:
        place = {key: n for n, key in enumerate(self.keys)}
        ruled = {_pair(*(place[key] for key in verdict.between)): verdict for verdict in verdicts}
        together = _joined(nodes, [pair for pair, verdict in ruled.items() if verdict.judgement is Judgement.SAME])
        apart = frozenset(pair for pair, verdict in ruled.items() if verdict.judgement is not Judgement.SAME)
        self._report_contradictions(together, apart)
        self.progress("pairs weighed together", len(weighed))
        first, second, scores = _ruled(weighed, ruled)
        threshold = float(np.log(self.settings.threshold / (1 - self.settings.threshold)))
        neutral = float(calibrated(PRIOR)) - threshold
        links = Links(len(owner), first, second, scores - threshold)
        groups = decide(links, owner, together, apart, neutral)
        self.progress("concepts made", len(groups))
        pairs = (first, second, scores)
        return Telling(weighed, pairs, links, self.keys, owner, ruled, self.settings).alignment(groups)


def _ruled(weighed: Weighed, ruled: Mapping[tuple[int, int], Verdict]) -> tuple[Any, Any, Any]:
    """All pairs (first < second) with their calibrated log-odds; verdicts outrank all evidence, or add a pair."""
    first = np.minimum(weighed.first, weighed.second)
    second = np.maximum(weighed.first, weighed.second)
    scores = calibrated(weighed.scores)
    row = {pair: n for n, pair in enumerate(zip(first.tolist(), second.tolist(), strict=True))} if ruled else {}
    added = sorted(ruled.keys() - row.keys())
    row.update({pair: len(first) + n for n, pair in enumerate(added)})
    extra = np.array(added, np.int32).reshape(-1, 2)
    scores = np.concatenate([scores, np.zeros(len(added))])
    for pair, verdict in ruled.items():
        scores[row[pair]] = 12.0 if verdict.judgement is Judgement.SAME else -12.0
    return np.concatenate([first, extra[:, 0]]), np.concatenate([second, extra[:, 1]]), scores


def _pair(first: int, second: int) -> tuple[int, int]:
    return (first, second) if first <= second else (second, first)


def _numbered(names: Sequence[str]) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(name, len(numbers)) for name in names]


def _joined(nodes: Sequence[int], pairs: Sequence[tuple[int, ...]]) -> list[list[int]]:
    """The groups that sources or verdicts give: connected pairs."""
    parent = list(range(len(nodes)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for a, b in [*enumerate(nodes), *((pair[0], pair[1]) for pair in pairs)]:
        one, other = sorted((root(a), root(b)))
        parent[other] = one
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(len(nodes)):
        groups[root(n)].append(n)
    return [group for group in groups.values() if len(group) > 1]


def _learned(weighed: Weighed, likeness: Likeness) -> dict[tuple[int, int], float]:
    """Associations from the definitions of the pairs that are certain by now."""
    sure = probabilities(weighed.scores)
    readings = weighed.readings
    texts = []
    for n in np.flatnonzero(sure >= _CERTAIN).tolist():
        a, b = readings[weighed.first[n]], readings[weighed.second[n]]
        if a.language != b.language:
            texts.append((a.definition.items, b.definition.items))
    return learn_associations(texts, likeness)
