"""Precision, recall and F1 of the aligner: seed pages (a) Swedish 001-Dutch 003 and (b) all other pairs; development
sets.

    python benchmarks/align.py [seeds|parsed|d365|variants|all] [--errors]

`variants`: terms alone, definitions alone, and languages with little or no lexicon.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterable

sys.path.insert(0, __file__.rsplit("/", 1)[0])
from gold import Gold, Pair, blanked, d365, pair, parsed_seeds, seeds

from cctbx.align import Settings, align
from cctbx.model import Alignment

TRANSLATED = {"customer-service-wiki.nl.txt", "customer-service-wiki.sv.txt"}


def links(alignment: Alignment) -> set[Pair]:
    return {pair(*each) for concept in alignment.concepts for each in itertools.combinations(concept.members, 2)}


def score(found: Iterable[Pair], gold: Gold, wanted: Callable[[str, str], bool]) -> tuple[float, float, float]:
    """Precision, recall, F1 over the pairs whose two sources are wanted; ignored pairs left out."""
    source = {entry.id: entry.source for entry in gold.entries}
    inside = {each for each in found if wanted(source[each[0]], source[each[1]])} - gold.ignored
    demanded = {each for each in gold.links if wanted(source[each[0]], source[each[1]])}
    right = len(inside & demanded)
    precision, recall = right / max(1, len(inside)), right / max(1, len(demanded))
    return precision, recall, 2 * right / max(1, len(inside) + len(demanded))


def show(name: str, values: tuple[float, float, float]) -> None:
    print(f"{name:<34} P {values[0]:.3f}  R {values[1]:.3f}  F1 {values[2]:.3f}")


def queue(alignment: Alignment, gold: Gold) -> float:
    """The share of missed links that stand among the three best candidates of one of their entries in the other
    source."""
    source = {entry.id: entry.source for entry in gold.entries}
    missed = gold.links - links(alignment)
    best: dict[tuple[str, str], list[tuple[float, Pair]]] = {}
    for each in alignment.candidates:
        if not each.linked:
            for key, other in (each.between, each.between[::-1]):
                best.setdefault((key, source[other]), []).append((-each.probability, each.between))
    top = {between for ranked in best.values() for _, between in sorted(ranked)[:3]}
    return len(missed & top) / max(1, len(missed))


def run_seeds(gold: Gold, settings: Settings, errors: bool = False) -> None:
    print(gold.name)
    alignment = align(gold.entries, settings=settings)
    found = links(alignment)
    show("(a) Swedish 001-Dutch 003", score(found, gold, lambda a, b: {a, b} == TRANSLATED))
    show("(b) all other pairs", score(found, gold, lambda a, b: {a, b} != TRANSLATED))
    print(f"    missed links in the top three of the queue: {queue(alignment, gold):.3f}")
    if errors:
        explain(alignment, gold)


def run_d365(settings: Settings, part: str = "partial", errors: bool = False) -> None:
    gold = d365(part)
    alignment = align(gold.entries, settings=settings)
    found = links(alignment)
    show(gold.name, score(found, gold, lambda a, b: True))
    show("    nb-pl", score(found, gold, lambda a, b: {a, b} == {"nb.tsv", "pl.tsv"}))
    print(f"    missed links in the top three of the queue: {queue(alignment, gold):.3f}")
    if errors:
        explain(alignment, gold)


def run_variants(settings: Settings) -> None:
    for gold in (seeds(), d365()):
        for what in ("terms", "definitions"):
            found = links(align(blanked(gold, what).entries, settings=settings))
            show(f"{gold.name}, {what} only", score(found, gold, lambda a, b: True))
    for languages in (("da", "de", "fr", "sv"), ("fi", "cs", "nl", "en")):
        gold = d365("partial", languages)
        show(f"{gold.name}, {' '.join(languages)}", score(links(align(gold.entries)), gold, lambda a, b: True))


def explain(alignment: Alignment, gold: Gold) -> None:
    by_id = {entry.id: entry for entry in gold.entries}
    known = {each.between: each for each in alignment.candidates}
    found = links(alignment)
    for title, pairs in (("WRONG", found - gold.links - gold.ignored), ("MISSED", gold.links - found)):
        for between in sorted(pairs):
            heads = [f"{by_id[key].source[:12]} {by_id[key].headword}" for key in between]
            candidate = known.get(between)
            print(title, " | ".join(heads), candidate.probability if candidate else "no candidate")
            for each in candidate.evidence if candidate else ():
                print(f"        {each.weight:+.2f} {each.kind}: {each.because}")


if __name__ == "__main__":
    what = next((each for each in sys.argv[1:] if not each.startswith("-")), "all")
    errors = "--errors" in sys.argv
    if what in ("seeds", "all"):
        run_seeds(seeds(), Settings(), errors and what != "parsed")
    if what in ("parsed", "all"):
        run_seeds(parsed_seeds(), Settings(), errors)
    if what in ("variants", "all"):
        run_variants(Settings())
    if what in ("d365", "all"):
        run_d365(Settings(), "partial", errors)
        run_d365(Settings(), "full")
