"""What each evidence stage adds: F1 without it, as a Markdown table (`docs/alignment.md` holds a copy).

python benchmarks/align_ablation.py
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace

sys.path.insert(0, __file__.rsplit("/", 1)[0])
from align import TRANSLATED, links, score
from gold import Gold, d365, seeds

from cctbx.align import Settings, align
from cctbx.align.settings import STAGES


def thinned(gold: Gold, kept: float = 0.45) -> Gold:
    """The same glossaries with definitions that share fewer words, as if other authors had written them."""
    dice = random.Random(3)
    entries = tuple(
        replace(each, definition=" ".join(word for word in each.definition.split() if dice.random() < kept))
        for each in gold.entries
    )
    return replace(gold, name=f"{gold.name}, words left out", entries=entries)


def without_definitions(gold: Gold) -> Gold:
    entries = tuple(replace(each, definition="") for each in gold.entries)
    return replace(gold, name=f"{gold.name}, no definitions", entries=entries)


def row(name: str, sets: list[Gold], settings: Settings) -> str:
    cells = []
    for gold in sets:
        found = links(align(gold.entries, settings=settings))
        groups = [lambda a, b: True]
        if gold.name == "seeds":
            groups = [lambda a, b: {a, b} == TRANSLATED, lambda a, b: {a, b} != TRANSLATED]
        for wanted in groups:
            precision, recall, f1 = score(found, gold, wanted)
            cells.append(f"{precision:.3f} / {recall:.3f} / {f1:.3f}")
    return f"| {name} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    business = d365()
    sets = [seeds(), without_definitions(seeds()), business, thinned(business), without_definitions(business)]
    print(
        "| stages (P / R / F1) | seeds (a) | seeds (b) | seeds, terms only | d365 | d365, thinned | d365, terms only |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    print(row("all", sets, Settings()), flush=True)
    for stage in STAGES:
        print(row(f"without {stage}", sets, Settings(without=frozenset({stage}))), flush=True)
