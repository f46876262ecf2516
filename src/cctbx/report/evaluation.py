"""Evaluations as text and JSON, and precision against recall as a picture (SVG, PNG)."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

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
        f'<text x="{_SIDE // 2}" y="28" text-anchor="middle">P {total.precision:.3f}, R {total.recall:.3f}, '
        f"F1 {total.f1:.3f} at the threshold in use</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def png_plot(evaluation: Evaluation) -> bytes:
    """The same as PNG, without the lettering: grid lines at steps of 0.2, recall to the right, precision upwards."""
    canvas = [bytearray(b"\xff" * (3 * _SIDE)) for _ in range(_SIDE)]
    low, high = _MARGIN, _SIDE - _MARGIN
    for n in range(6):
        place = low + (high - low) * n / 5
        colour = b"\x60\x60\x60" if n == 0 else b"\xdd\xdd\xdd"
        _draw(canvas, (place, low), (place, high), colour, 0)
        _draw(canvas, (low, _SIDE - place), (high, _SIDE - place), colour, 0)
    points = _points(evaluation)
    for first, second in pairwise(points):
        _draw(canvas, first, second, b"\x1f\x5f\xa8", 1)
    total = evaluation.total
    dot = (low + total.recall * (high - low), high - total.precision * (high - low))
    _draw(canvas, dot, dot, b"\xb3\x26\x1e", 4)
    return _png(canvas)


def _draw(
    canvas: list[bytearray], start: tuple[float, float], end: tuple[float, float], colour: bytes, thick: int
) -> None:
    steps = int(max(abs(end[0] - start[0]), abs(end[1] - start[1]))) + 1
    for n in range(steps + 1):
        x = round(start[0] + (end[0] - start[0]) * n / steps)
        y = round(start[1] + (end[1] - start[1]) * n / steps)
        for row in range(max(0, y - thick), min(_SIDE, y + thick + 1)):
            left, right = max(0, x - thick), min(_SIDE, x + thick + 1)
            canvas[row][3 * left : 3 * right] = colour * (right - left)


def _png(canvas: Sequence[bytearray]) -> bytes:
    """PNG (ISO 15948): signature, header, one compressed data chunk, end."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    content = zlib.compress(b"".join(b"\x00" + bytes(row) for row in canvas), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", content) + chunk(b"IEND", b"")
