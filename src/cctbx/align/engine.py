"""The aligner: source entries of any number of glossaries become concepts, with probabilities and reasons."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cctbx.align.associations import learn_associations
from cctbx.align.calibration import calibrated
from cctbx.align.decision import decide
from cctbx.align.doublettes import equated
from cctbx.align.jointly import leftovers, others, probabilities, rivals, translations
from cctbx.align.lexicons import Lexicon, bundled_lexicon
from cctbx.align.likeness import Likeness, likeness_matrix
from cctbx.align.readings import Reading, Texts, Vocabulary, read_entries
from cctbx.align.settings import Settings
from cctbx.align.stages import PAIR_STAGES, compare
from cctbx.align.tables import tables_of
from cctbx.align.verdicts import anchor, check_verdicts, entry_keys
from cctbx.align.weighing import Weighed, weigh
from cctbx.align.weights import PRIOR
from cctbx.findings import Finding, Report, Severity, ignore
from cctbx.model import AlignedConcept, Alignment, Candidate, Evidence, Judgement, SourceEntry, Verdict
from cctbx.text.normal import primary

__all__ = ["align", "ignore"]

_BY_SIZE = ((1500, 2, 8), (3000, 1, 6), (20000, 1, 4))
"""Above so many entries, so many rounds of learning and so many candidates per entry and source are enough."""
_CERTAIN = 0.9
_TELLING = 0.05
"""Evidence that weighs less is not told."""


def align(
    entries: Sequence[SourceEntry], *, verdicts: Sequence[Verdict] = (), lexicon: Lexicon | None = None,
    settings: Settings | None = None, report: Report = ignore,
) -> Alignment:  # fmt: skip
    """Which source entries denote the same concept.

    In: entries of any number of sources and languages (BCP 47 tags), in any order; an entry is named by its id, or
    `source:id` where ids are not unique in the call. `lexicon` None means the bundled one. Verdicts outrank all
    evidence.
    Out: every entry in exactly one concept, concepts and candidates sorted by their members' ids.
    Pure: the result depends neither on the order of the entries nor on the names of their sources.
    Findings: ALN001-004 on verdicts, ALN006 pages that translate one original, ALN007 doublettes within one source.
    """
    settings = settings or Settings()
    keys = entry_keys(entries)
    order = _canonical(entries, keys)
    entries, names = [entries[n] for n in order], [keys[n] for n in order]
    case = _Case(entries, names, lexicon if lexicon is not None else bundled_lexicon(), settings, report)
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

    def aligned(self, verdicts: Sequence[Verdict]) -> Alignment:
        for size, rounds, candidates in _BY_SIZE:
            if len(self.entries) > size:
                rounds, candidates = min(rounds, self.settings.rounds), min(candidates, self.settings.candidates)
                self.settings = replace(self.settings, rounds=rounds, candidates=candidates)
        texts, vocabulary = Texts(self.entries, self.lexicon), Vocabulary(lexicon=self.lexicon)
        readings = read_entries(self.entries, self.keys, texts, vocabulary)
        memory = [
            (texts.content(one, primary(tag), vocabulary), texts.content(other, primary(other_tag), vocabulary))
            for tag, one, other_tag, other in self.settings.memory
        ]  # fmt: skip
        owner = _numbered([entry.source for entry in self.entries])
        sources = [[n for n, o in enumerate(owner) if o == number] for number in range(max(owner, default=-1) + 1)]
        nodes = equated(self.entries, readings)
        for number, node in enumerate(nodes):
            if node != number:
                one, other = self.entries[node], self.entries[number]
                self.report(Finding(
                    code="ALN007", severity=Severity.INFORMATION, file=other.source, line=other.line_first,
                    term=other.headword, advice="a verdict `different` on the two keeps them apart",
                    message=f"{other.source} equates {other.headword!r} with {one.headword!r}: taken as one concept",
                ))  # fmt: skip
        weighed = self._weighed(readings, vocabulary, sources, nodes, memory)
        return self._decided(weighed, owner, nodes, verdicts)

    def _weighed(
        self, readings: Sequence[Reading], vocabulary: Vocabulary, sources: Sequence[Sequence[int]],
        nodes: Sequence[int], memory: Sequence[tuple[Sequence[int], Sequence[int]]],
    ) -> Weighed:  # fmt: skip
        without = self.settings.without
        known = likeness_matrix(vocabulary, cognates="cognates" not in without)
        learned = learn_associations(memory, known) if memory else {}
        tables = tables_of(readings, vocabulary)
        for turn in itertools.count():
            likeness = known.learned(learned)
            weighed = weigh(readings, tables, likeness, sources, self.settings)
            if "translations" not in without:
                told, translated = translations(weighed, sources)
                weighed.add("translations", told)
            if "rivals" not in without:
                weighed.add("rivals", rivals(weighed, sources, nodes))
            if turn >= self.settings.rounds or "associations" in without:
                break
            more = {**learned, **_learned(weighed, known)}
            if more == learned:
                break
            learned = more
        if "translations" not in without:
            self._report_translations(translated, sources)
        if "leftovers" not in without:
            weighed.add("leftovers", leftovers(weighed, sources))
        if "others" not in without:
            weighed.add("others", others(weighed, sources))
        return weighed

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
        scores = calibrated(weighed.scores)
        links = {
            _pair(a, b): score
            for a, b, score in zip(weighed.first.tolist(), weighed.second.tolist(), scores.tolist(), strict=True)
        }
        place = {key: n for n, key in enumerate(self.keys)}
        ruled = {_pair(*(place[key] for key in verdict.between)): verdict for verdict in verdicts}
        for pair, verdict in ruled.items():
            links[pair] = 12.0 if verdict.judgement is Judgement.SAME else -12.0
        together = _joined(nodes, [pair for pair, verdict in ruled.items() if verdict.judgement is Judgement.SAME])
        apart = frozenset(pair for pair, verdict in ruled.items() if verdict.judgement is not Judgement.SAME)
        self._report_contradictions(together, apart)
        threshold = float(np.log(self.settings.threshold / (1 - self.settings.threshold)))
        above = {pair: score - threshold for pair, score in links.items()}
        neutral = float(calibrated(PRIOR)) - threshold
        groups = decide(above, owner, together, apart, neutral)
        return self._told(weighed, links, groups, ruled, owner)

    def _told(
        self, weighed: Weighed, links: Mapping[tuple[int, int], float], groups: Sequence[Sequence[int]],
        ruled: Mapping[tuple[int, int], Verdict], owner: Sequence[int],
    ) -> Alignment:  # fmt: skip
        member = {each: number for number, group in enumerate(groups) for each in group}
        row_of = {
            _pair(a, b): n for n, (a, b) in enumerate(zip(weighed.first.tolist(), weighed.second.tolist(), strict=True))
        }
        kept = self._kept(links, member, owner)
        candidates: dict[tuple[int, int], Candidate] = {}
        for pair in kept:
            between = tuple(sorted((self.keys[pair[0]], self.keys[pair[1]])))
            candidates[pair] = Candidate(
                between=(between[0], between[1]),
                probability=round(float(probabilities(links[pair])), 4),
                evidence=_evidence(weighed, row_of.get(pair), (between[0], between[1]), ruled.get(pair)),
                linked=member[pair[0]] == member[pair[1]],
            )
        self._imply(candidates, groups, member)
        concepts = sorted((self._concept(group, candidates) for group in groups), key=lambda each: each.members)
        return Alignment(
            concepts=tuple(concepts), candidates=tuple(sorted(candidates.values(), key=lambda each: each.between))
        )

    def _imply(
        self, candidates: dict[tuple[int, int], Candidate], groups: Sequence[Sequence[int]], member: Mapping[int, int]
    ) -> None:
        """Pairs that were no candidates, but whose concepts may be one by another pair: for the review queue."""
        likely = sorted(
            (-c.probability, pair) for pair, c in candidates.items() if not c.linked and c.probability >= 0.1
        )
        for negative, (a, b) in likely:
            for x, y in itertools.product(groups[member[a]], groups[member[b]]):
                pair = _pair(x, y)
                if pair in candidates or self.entries[x].source == self.entries[y].source:
                    continue
                first, second = sorted((self.keys[x], self.keys[y]))
                because = f"{self.keys[a]} and {self.keys[b]} of the same concepts are candidates"
                weight = round(float(np.log(-negative / (1 + negative + 1e-9))) - PRIOR, 2)
                through = Evidence(between=(first, second), kind="others", weight=weight, because=because)
                candidates[pair] = Candidate(between=(first, second), probability=-negative, evidence=(through,))

    def _kept(
        self, links: Mapping[tuple[int, int], float], member: Mapping[int, int], owner: Sequence[int]
    ) -> list[tuple[int, int]]:
        """The pairs worth showing: linked, likely enough, or among the best of an entry in another source."""
        best: dict[tuple[int, int], list[tuple[float, tuple[int, int]]]] = defaultdict(list)
        least = float(np.log(self.settings.kept / (1 - self.settings.kept)))
        kept = set()
        for pair, score in links.items():
            if score >= least or member[pair[0]] == member[pair[1]]:
                kept.add(pair)
            for each, other in (pair, pair[::-1]):
                best[each, owner[other]].append((-score, pair))
        for ranked in best.values():
            kept.update(pair for _, pair in sorted(ranked)[: self.settings.best_kept])
        return sorted(kept)

    def _concept(self, group: Sequence[int], candidates: Mapping[tuple[int, int], Candidate]) -> AlignedConcept:
        pairs = [pair for pair in itertools.combinations(group, 2) if pair in candidates]
        inside = [candidates[pair] for pair in pairs]
        return AlignedConcept(
            members=tuple(sorted(self.keys[each] for each in group)),
            probability=_weakest(group, {pair: candidates[pair].probability for pair in pairs}),
            evidence=tuple(
                each for candidate in sorted(inside, key=lambda c: c.between) for each in candidate.evidence
            ),
        )


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


def _evidence(
    weighed: Weighed, row: int | None, between: tuple[str, str], verdict: Verdict | None
) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    if verdict is not None:
        weight = 12.0 if verdict.judgement is Judgement.SAME else -12.0
        because = f"a human judged {verdict.judgement.value!r}" + (f": {verdict.reason}" if verdict.reason else "")
        found.append(Evidence(between=between, kind="verdict", weight=weight, because=because))
    if row is None:
        return tuple(found)
    pair = weighed.pair(row)
    at = compare(weighed.readings[pair.first], weighed.readings[pair.second], pair, weighed.likeness)
    reasons = {stage.name: stage.because for stage in PAIR_STAGES}
    for name, part in zip(weighed.stages, weighed.parts, strict=True):
        weight = round(float(part[row]), 2)
        if abs(weight) >= _TELLING:
            because = reasons[name](at) if name in reasons else _JOINT[name][weight > 0]
            found.append(Evidence(between=between, kind=name, weight=weight, because=because))
    found.append(Evidence(between=between, kind="prior", weight=PRIOR, because="most pairs of entries are no link"))
    return tuple(found)


_JOINT: dict[str, tuple[str, str]] = {
    "translations": (
        "the two pages translate one original, and these definitions do not answer each other",
        "the two pages translate one original, and these definitions answer each other",
    ),
    "leftovers": ("", "most entries of these two sources are linked, these two are left over"),
    "rivals": ("another entry of the same source fits as well or better", "no rival"),
    "others": (
        "both are linked to different entries of a third source",
        "both are linked to one entry of a third source",
    ),
}


def _weakest(group: Sequence[int], known: Mapping[tuple[int, int], float]) -> float:
    """The probability of the weakest link the group needs: the best spanning tree's lowest edge."""
    root = {each: each for each in group}
    ranked = sorted((-p, pair) for pair, p in known.items())
    lowest, left = 1.0, len(group) - 1
    if not left:
        return lowest
    for negative, (a, b) in ranked:
        one, other = root[a], root[b]
        if one != other:
            root = {each: one if owner == other else owner for each, owner in root.items()}
            lowest, left = min(lowest, -negative), left - 1
        if not left:
            return lowest
    return 0.0
