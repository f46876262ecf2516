from __future__ import annotations

import io
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cctbx.align.evaluation import (
    Score,
    calibration_error,
    calibration_table,
    curve,
    evaluate,
    links_of,
    threshold_for,
)
from cctbx.model import AlignedConcept, Alignment, Candidate
from cctbx.report.evaluation import evaluation_json, evaluation_text, png_plot, svg_plot

ALIGNMENT = Alignment(
    concepts=(
        AlignedConcept(members=("a1", "b1", "c1"), probability=0.8),
        AlignedConcept(members=("a2", "b2"), probability=0.9),
        AlignedConcept(members=("a3",)),
    ),
    candidates=(
        Candidate(between=("a1", "b1"), probability=0.95, linked=True),
        Candidate(between=("a2", "b2"), probability=0.9, linked=True),
        Candidate(between=("a3", "b3"), probability=0.3),
    ),
)
GROUP = {key + n: key for key in "abc" for n in "123"}
GOLD = {("a1", "b1"), ("a1", "c1"), ("a3", "b3")}


def test_links_take_the_probability_of_the_pair_or_of_the_concept() -> None:
    assert links_of(ALIGNMENT) == {("a1", "b1"): 0.95, ("a1", "c1"): 0.8, ("b1", "c1"): 0.8, ("a2", "b2"): 0.9}


def test_scores_are_counted_per_group_and_in_all() -> None:
    found = evaluate(ALIGNMENT, GOLD, GROUP)
    assert found.total == Score(found=4, wanted=3, right=2)
    assert found.pairs["a", "b"] == Score(found=2, wanted=2, right=1)
    assert found.pairs["a", "b"].precision == found.pairs["a", "b"].recall == found.pairs["a", "b"].f1 == 0.5


def test_ignored_pairs_do_not_count() -> None:
    found = evaluate(ALIGNMENT, GOLD, GROUP, ignored={("a2", "b2"), ("a3", "b3")})
    assert found.total == Score(found=3, wanted=2, right=2)


def test_nothing_scores_nothing() -> None:
    assert (Score(found=0, wanted=0, right=0).precision, Score(found=0, wanted=0, right=0).f1) == (0.0, 0.0)


def test_the_calibration_table_and_its_error() -> None:
    weighed = [(0.95, True), (0.95, True), (0.95, False), (0.95, True), (0.05, False)]
    rows = calibration_table(weighed)
    assert [(row.count, row.right) for row in rows] == [(1, 0.0), (4, 0.75)]
    assert calibration_error(weighed) == pytest.approx((1 * 0.05 + 4 * 0.2) / 5)
    assert calibration_error([]) == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30))
def test_the_calibration_error_is_a_share(weighed: list[tuple[float, bool]]) -> None:
    assert 0.0 <= calibration_error(weighed) <= 1.0


def test_the_threshold_for_a_precision() -> None:
    found = evaluate(ALIGNMENT, GOLD, GROUP)
    assert curve(found)[0] == (0.95, 1.0, pytest.approx(1 / 3))
    assert threshold_for(found, 1.0) == 0.95
    assert threshold_for(evaluate(ALIGNMENT, {("x", "y")}, GROUP | {"x": "a", "y": "b"}), 0.5) is None


def test_the_report_as_text_and_json_agree() -> None:
    found = evaluate(ALIGNMENT, GOLD, GROUP)
    told = json.loads(evaluation_json(found, 0.9))
    assert told["total"] == {"found": 4, "gold": 3, "right": 2, "precision": 0.5, "recall": 0.6667, "f1": 0.5714}
    text = "\n".join(evaluation_text(found, 0.9))
    assert "0.571" in text
    assert "threshold for precision 0.90: 0.950" in text


def _pixels(image: Image.Image) -> list[tuple[int, ...]]:
    content = image.tobytes()
    return [tuple(content[n : n + 3]) for n in range(0, len(content), 3)]


def test_the_pictures_are_what_they_say() -> None:
    found = evaluate(ALIGNMENT, GOLD, GROUP)
    drawing = ElementTree.fromstring(svg_plot(found))
    assert drawing.tag.endswith("svg")
    assert {"recall", "precision"} <= {each.text for each in drawing.iter() if each.tag.endswith("text")}
    image = Image.open(io.BytesIO(png_plot(found))).convert("RGB")
    width, height = image.size
    assert sum(red > 150 and blue < 60 for red, _, blue in _pixels(image)) > 20, "the point in use"
    for box in ((0, 0, width, 40), (0, height - 40, width, height), (0, 40, 50, height - 40)):
        darkest = min(low for low, _ in image.crop(box).getextrema())
        assert darkest < 60, "lettering above, below and at the left"
