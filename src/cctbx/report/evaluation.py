"""Evaluations as text and JSON, and precision against recall as a picture (SVG, PNG)."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from cctbx.align.evaluation import Evaluation, Score, calibration_error, calibration_table, curve, threshold_for

__all__ = ["evaluation_json", "evaluation_text", "png_plot", "svg_plot"]

_SIDE, _MARGIN = 480, 56


def evaluation_text(evaluation: Evaluation, precision: float) -> Iterator[str]:
    """Scores per group, the calibration table, and the threshold for a precision."""
    yield f"{'pair':<24} {'found':>6} {'gold':>6} {'right':>6} {'P':>6} {'R':>6} {'F1':>6}"
    for (first, second), score in evaluation.pairs.items():
        yield _score_line(f"{first}-{second}", score)
    yield _score_line("all", evaluation.total)
    yield ""
    yield f"{'probability':<14} {'pairs':>6} {'mean':>6} {'right':>6}"
    for row in calibration_table(evaluation.weighed):
        yield f"{row.low:.1f} to {row.high:.1f}     {row.count:>6} {row.mean:>6.3f} {row.right:>6.3f}"
    yield f"calibration error (ten bins): {calibration_error(evaluation.weighed):.3f}"
    found = threshold_for(evaluation, precision)
    reached = f"{found:.3f}" if found is not None else "none reaches it"
    yield f"threshold for precision {precision:.2f}: {reached}"


def _score_line(name: str, score: Score) -> str:
    return (
        f"{name:<24} {score.found:>6} {score.wanted:>6} {score.right:>6} "
        f"{score.precision:>6.3f} {score.recall:>6.3f} {score.f1:>6.3f}"
    )


def _score_object(score: Score) -> dict[str, float]:
    return {
        "found": score.found, "gold": score.wanted, "right": score.right, "precision": round(score.precision, 4),
        "recall": round(score.recall, 4), "f1": round(score.f1, 4),
    }  # fmt: skip


def evaluation_json(evaluation: Evaluation, precision: float) -> str:
    """The same as one JSON object."""
    table = [
        {"low": row.low, "high": row.high, "pairs": row.count, "mean": round(row.mean, 4), "right": round(row.right, 4)}
        for row in calibration_table(evaluation.weighed)
    ]
    pairs = {f"{first}-{second}": _score_object(score) for (first, second), score in evaluation.pairs.items()}
    return json.dumps(
        {
            "total": _score_object(evaluation.total), "pairs": pairs, "calibration": table,
            "calibration_error": round(calibration_error(evaluation.weighed), 4),
            "precision_wanted": precision, "threshold": threshold_for(evaluation, precision),
        },
        ensure_ascii=False, indent=2,
    )  # fmt: skip


def _points(evaluation: Evaluation) -> list[tuple[float, float]]:
    """Pixels of the curve: recall to the right, precision upwards."""
    room = _SIDE - 2 * _MARGIN
    return [(_MARGIN + recall * room, _SIDE - _MARGIN - precision * room) for _, precision, recall in curve(evaluation)]


def svg_plot(evaluation: Evaluation) -> str:
    """Precision against recall, with the point of the alignment itself."""
    low, high = _MARGIN, _SIDE - _MARGIN
    room = high - low
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_SIDE}" height="{_SIDE}" viewBox="0 0 {_SIDE} {_SIDE}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{_SIDE}" height="{_SIDE}" fill="white"/>',
    ]
    for n in range(6):
        place = low + room * n / 5
        parts += [
            f'<path d="M{place:.1f} {low}V{high}M{low} {place:.1f}H{high}" stroke="#ddd"/>',
            f'<text x="{place:.1f}" y="{high + 16}" text-anchor="middle">{n / 5:.1f}</text>',
            f'<text x="{low - 6}" y="{high - room * n / 5 + 4:.1f}" text-anchor="end">{n / 5:.1f}</text>',
        ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in _points(evaluation))
    total = evaluation.total
    x, y = low + total.recall * room, high - total.precision * room
    parts += [
        f'<polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="2"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#b3261e"/>',
        f'<text x="{_SIDE // 2}" y="{_SIDE - 14}" text-anchor="middle">recall</text>',
        f'<text x="16" y="{_SIDE // 2}" text-anchor="middle" transform="rotate(-90 16 {_SIDE // 2})">precision</text>',
        f'<text x="{_SIDE // 2}" y="28" text-anchor="middle">{_title(evaluation)}</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def png_plot(evaluation: Evaluation) -> bytes:
    """The same as PNG."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (_SIDE, _SIDE), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(13)
    low, high = _MARGIN, _SIDE - _MARGIN
    for n in range(6):
        place = low + (high - low) * n / 5
        draw.line((place, low, place, high), "#ddd")
        draw.line((low, place, high, place), "#ddd")
        draw.text((place, high + 12), f"{n / 5:.1f}", "black", font, anchor="mm")
        draw.text((low - 6, high + low - place), f"{n / 5:.1f}", "black", font, anchor="rm")
    draw.line(_points(evaluation), "#1f5fa8", 2)
    total = evaluation.total
    draw.circle((low + total.recall * (high - low), high - total.precision * (high - low)), 5, "#b3261e")
    draw.text((_SIDE / 2, _SIDE - 18), "recall", "black", font, anchor="mm")
    draw.text((_SIDE / 2, 28), _title(evaluation), "black", font, anchor="mm")
    upright = Image.new("RGB", (80, 20), "white")
    ImageDraw.Draw(upright).text((40, 10), "precision", "black", font, anchor="mm")
    image.paste(upright.rotate(90, expand=True), (4, _SIDE // 2 - 40))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def _title(evaluation: Evaluation) -> str:
    total = evaluation.total
    return f"P {total.precision:.3f}, R {total.recall:.3f}, F1 {total.f1:.3f} at the threshold in use"
