"""Fit the weights of the pair stages by logistic regression (`align/weights.py` holds them rounded).

    python benchmarks/align_fit.py

Trained on the seed pages and on variants of the development set whose definitions were thinned or blanked, so that no
weight rests on pages that translate one original; each set counts alike. The weight of `standing` is given: it follows
from the spread of definitions by independent authors, and the stage `translations` adapts it.
"""

from __future__ import annotations

import itertools
import sys
from typing import Any

sys.path.insert(0, __file__.rsplit("/", 1)[0])
import numpy as np
from align_ablation import thinned, without_definitions
from gold import Gold, d365, pair, seeds
from scipy.optimize import minimize

from cctbx.align import Settings, bundled_lexicon
from cctbx.align.likeness import likeness_matrix
from cctbx.align.readings import Texts, Vocabulary, read_entries
from cctbx.align.tables import tables_of
from cctbx.align.weighing import MEASURES, weigh
from cctbx.align.weights import WEIGHTS

GIVEN = {"standing": WEIGHTS["standing"]}


def measured(gold: Gold) -> tuple[Any, Any]:
    """Measures of all candidate pairs, and whether each is a link."""
    lexicon = bundled_lexicon()
    vocabulary = Vocabulary(lexicon=lexicon)
    keys = [each.id for each in gold.entries]
    readings = read_entries(gold.entries, keys, Texts(gold.entries, lexicon), vocabulary)
    names = sorted({each.source for each in gold.entries})
    sources = [[n for n, each in enumerate(gold.entries) if each.source == name] for name in names]
    tables, likeness = tables_of(readings, vocabulary), likeness_matrix(vocabulary)
    weighed = weigh(readings, tables, likeness, sources, Settings(), kept=MEASURES)
    pairs = [pair(keys[a], keys[b]) for a, b in zip(weighed.first.tolist(), weighed.second.tolist(), strict=True)]
    kept = [n for n, each in enumerate(pairs) if each not in gold.ignored]
    measures = np.column_stack([weighed.column(name) for name in MEASURES])
    return measures[kept], np.array([pairs[n] in gold.links for n in kept])


def fitted(sets: list[tuple[Any, Any]]) -> dict[str, float]:
    """Weights and prior with the least log loss, lightly regularised."""
    table = np.vstack([measures for measures, _ in sets]).astype(float)
    sign = 2 * np.hstack([links for _, links in sets]) - 1
    share = np.hstack([np.full(len(links), 1000 / len(links)) for _, links in sets])
    given = table @ np.array([GIVEN.get(name, 0.0) for name in MEASURES])
    free = [n for n, name in enumerate(MEASURES) if name not in GIVEN]
    columns = np.hstack([np.ones((len(table), 1)), table[:, free]])

    def loss(weights: Any) -> Any:
        margin = sign * (columns @ weights + given)
        slope = -columns.T @ (share * sign / (1 + np.exp(margin)))
        pull = np.r_[0.0, weights[1:]]
        return float(share @ np.logaddexp(0, -margin) + pull @ pull / 2), slope + pull

    found = minimize(loss, np.zeros(columns.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 3000}).x
    return {"(prior)": found[0], **{MEASURES[n]: weight for n, weight in zip(free, found[1:], strict=True)}, **GIVEN}


if __name__ == "__main__":
    business, others = d365(), d365("partial", ("da", "de", "fr", "sv"))
    sets = [seeds(), thinned(business), thinned(others), without_definitions(business), thinned(d365("full"), 0.4)]
    columns = {"all": sets, "without the pages": sets[1:], "the pages alone": sets[:1]}
    results = {name: fitted([measured(gold) for gold in chosen]) for name, chosen in columns.items()}
    print(f"{'measure':<24}", *(f"{name:>18}" for name in itertools.chain(results, ["in use"])))
    for measure in results["all"]:
        values = [f"{result[measure]:>18.2f}" for result in results.values()]
        print(f"{measure:<24}", *values, f"{WEIGHTS.get(measure, float('nan')):>18.2f}")
