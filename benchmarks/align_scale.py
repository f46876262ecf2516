"""Time and memory of the aligner on generated glossaries: 4 languages x N entries, of which six in ten have a
counterpart.

    python benchmarks/align_scale.py [N ...]        default: 1000

Concepts are drawn from the bundled lexicon: a term of two or three words, a definition of a dozen, each language with
its own form, its own order and a third of the words left out. Word frequencies follow Zipf's law.
"""

from __future__ import annotations

import itertools
import random
import resource
import sys
import time

from cctbx.align import align, bundled_lexicon
from cctbx.model import SourceEntry

LANGUAGES = ("nb", "sv", "nl", "pl")


def generated(size: int, seed: int = 1) -> tuple[list[SourceEntry], set[tuple[str, str]]]:
    """Entries of four glossaries and the links between them."""
    dice = random.Random(seed)
    rows = [row for row in bundled_lexicon().rows if {tag for tag, _ in row.forms} >= set(LANGUAGES)]
    forms = [{tag: [form for t, form in row.forms if t == tag] for tag in LANGUAGES} for row in rows]
    weights = list(itertools.accumulate(1 / (n + 10) for n in range(len(forms))))
    entries, links = [], set()
    for number in range(int(size / 0.6)):
        term = dice.choices(forms, k=dice.choice((2, 2, 3)))
        words = dice.choices(forms, cum_weights=weights, k=14)
        names = []
        for language in LANGUAGES:
            if dice.random() < 0.6:
                names.append(f"{language}-{number}")
                definition = [dice.choice(word[language]) for word in words if dice.random() < 0.7]
                dice.shuffle(definition)
                entries.append(SourceEntry(
                    id=names[-1], source=language, language=language, line_first=number + 1, line_last=number + 1,
                    headword=" ".join(word[language][0] for word in term), definition=" ".join(definition),
                ))  # fmt: skip
        links.update(itertools.combinations(sorted(names), 2))
    return entries, links


def main(sizes: list[int]) -> None:
    for size in sizes:
        entries, links = generated(size)
        counts: dict[str, int] = {}
        start, busy = time.perf_counter(), time.process_time()
        alignment = align(entries, progress=counts.__setitem__)
        took, busy = time.perf_counter() - start, time.process_time() - busy
        found = {pair for concept in alignment.concepts for pair in itertools.combinations(concept.members, 2)}
        right = len(found & links)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        weighed = counts["pairs weighed together"]
        print(
            f"4 x {size}: {took:.1f} s ({busy:.1f} s of processor, {1000 * busy / len(entries):.2f} ms an entry), "
            f"{memory:.0f} MiB at most, {weighed} pairs weighed ({weighed / len(entries):.1f} an entry), "
            f"{len(alignment.candidates)} told; P {right / max(1, len(found)):.3f} R {right / max(1, len(links)):.3f}",
            flush=True,
        )  # fmt: skip


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [1000])
