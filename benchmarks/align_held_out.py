"""The aligner on pages nobody tuned it on (`tests/gold/held_out`), beside an assignment by character n-grams.

    python benchmarks/align_held_out.py [SET ...] [--pairs] [--terms] [--definitions] [--bins]

Pages are read by the product's own parser. The baseline lays every two pages of a set on each other: cosine of the
groups of two to four letters of the headwords, rarer ones weighing more, the best assignment of all entries, and the
threshold that is best for the set (which no user could know). `--terms` blanks all definitions, `--definitions` all
headwords.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, __file__.rsplit("/", 1)[0])
import numpy as np
from gold import GOLD, Gold, Pair, blanked
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from cctbx.align import Settings, align
from cctbx.align.evaluation import Evaluation, Score, calibration_error, calibration_table, evaluate
from cctbx.model import Alignment, SourceEntry
from cctbx.text.normal import fold, primary
from cctbx.workflows.align import gather
from cctbx.workflows.evaluate import read_gold

HELD_OUT = GOLD / "held_out"


def held_out(name: str) -> Gold:
    """One set: entries as the parser reads them, named `page:line`."""
    place = HELD_OUT / name
    pages = sorted(each for each in place.iterdir() if each.stem.split("-")[0] in LANGUAGES)
    gathered = gather([f"{each.stem.split('-')[0]}={each}" for each in pages])
    entries = tuple(
        replace(each, source=Path(each.source).name, id=f"{Path(each.source).name}:{each.line_first}")
        for each in gathered.entries
    )
    gold = read_gold(str(place / "alignment.tsv"), LANGUAGES)
    table = place / "debatable.tsv"
    debatable = read_gold(str(table), LANGUAGES).ignored if table.exists() else frozenset()
    return Gold(name=name, entries=entries, links=gold.links, ignored=debatable)


LANGUAGES = frozenset({"nb", "nn", "sv", "nl", "pl", "da", "de", "en"})


def measured(gold: Gold, alignment: Alignment) -> Evaluation:
    language = {each.id: primary(each.language) for each in gold.entries}
    missing = {key for pair in gold.links for key in pair} - language.keys()
    return evaluate(alignment, gold.links, language | dict.fromkeys(missing, "?"), ignored=gold.ignored)


# The baseline ---------------------------------------------------------------------------------------------------------


def baseline(gold: Gold) -> Score:
    """The best score over all thresholds of an assignment by character n-grams."""
    sources: dict[str, list[SourceEntry]] = {}
    for each in gold.entries:
        sources.setdefault(each.source, []).append(each)
    table = {each.id: row for each, row in zip(gold.entries, _grams(gold.entries), strict=True)}
    found: list[tuple[float, Pair]] = []
    for one, other in itertools.combinations(sorted(sources), 2):
        first, second = (sparse.vstack([table[each.id] for each in sources[name]]) for name in (one, other))
        alike = (first @ second.T).toarray()
        for a, b in zip(*linear_sum_assignment(-alike), strict=True):
            low, high = sorted((sources[one][a].id, sources[other][b].id))
            found.append((float(alike[a, b]), (low, high)))
    return _best(sorted(found, reverse=True), gold)


def _grams(entries: Iterable[SourceEntry]) -> list[sparse.csr_matrix]:
    numbers: dict[str, int] = {}
    rows = []
    for each in entries:
        text = f" {fold(each.headword)} "
        grams = {text[n : n + size] for size in (2, 3, 4) for n in range(len(text) - size + 1)}
        rows.append([numbers.setdefault(gram, len(numbers)) for gram in sorted(grams)])
    seen = np.bincount([gram for row in rows for gram in row], minlength=len(numbers))
    weight = np.log((len(rows) + 1) / (seen + 0.5))
    found = []
    for row in rows:
        values = weight[row] / max(1e-9, float(np.linalg.norm(weight[row])))
        found.append(sparse.csr_matrix((values, ([0] * len(row), row)), shape=(1, len(numbers))))
    return found


def _best(ranked: list[tuple[float, Pair]], gold: Gold) -> Score:
    best = Score(found=0, wanted=len(gold.links), right=0)
    count = right = 0
    for _, pair in ranked:
        if pair in gold.ignored:
            continue
        count, right = count + 1, right + (pair in gold.links)
        here = Score(found=count, wanted=len(gold.links), right=right)
        best = max(best, here, key=lambda each: each.f1)
    return best


# Figures --------------------------------------------------------------------------------------------------------------


def line(name: str, score: Score, *more: str) -> str:
    return " | ".join((f"| {name}", f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}", *more)) + " |"


def added(scores: Iterable[Score]) -> Score:
    scores = list(scores)
    return Score(
        found=sum(s.found for s in scores), wanted=sum(s.wanted for s in scores), right=sum(s.right for s in scores)
    )


def main(names: list[str], options: set[str]) -> None:
    what = next((each for each in ("terms", "definitions") if f"--{each}" in options), "")
    print("| set | precision | recall | F1 | ECE | n-grams F1 |\n| --- | --- | --- | --- | --- | --- |")
    evaluations, grams = [], []
    for name in names:
        gold = held_out(name)
        gold = blanked(gold, what) if what else gold
        evaluations.append(measured(gold, align(gold.entries, settings=Settings())))
        grams.append(baseline(gold))
        error = calibration_error(evaluations[-1].weighed)
        print(line(name, evaluations[-1].total, f"{error:.3f}", f"{grams[-1].f1:.3f}"), flush=True)
    weighed = sorted(itertools.chain.from_iterable(each.weighed for each in evaluations))
    total = added(each.total for each in evaluations)
    print(line("all", total, f"{calibration_error(weighed):.3f}", f"{added(grams).f1:.3f}"))
    if "--pairs" in options:
        pairs = sorted({pair for each in evaluations for pair in each.pairs})
        print("\n| languages | precision | recall | F1 |\n| --- | --- | --- | --- |")
        for pair in pairs:
            print(line("-".join(pair), added(each.pairs[pair] for each in evaluations if pair in each.pairs)))
    if "--bins" in options:
        print("\n| probability | pairs | mean | right |\n| --- | --- | --- | --- |")
        for each in calibration_table(weighed):
            print(f"| {each.low:.1f}-{each.high:.1f} | {each.count} | {each.mean:.3f} | {each.right:.3f} |")


if __name__ == "__main__":
    options = {each for each in sys.argv[1:] if each.startswith("--")}
    named = [each for each in sys.argv[1:] if not each.startswith("--")]
    main(named or sorted(each.parent.name for each in HELD_OUT.glob("*/alignment.tsv")), options)
