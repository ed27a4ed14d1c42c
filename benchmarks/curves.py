"""Curves on two logarithmic axes as SVG."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 940, 520
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 270, 20, 50
_COLOURS = ("#1b6ca8", "#c1440e", "#2e7d32", "#7b3fa0", "#6d4c41", "#00838f")


@dataclass(frozen=True)
class Curve:
    """Points of one thing measured. group: curves of one group have one colour."""

    name: str
    points: Sequence[tuple[float, float]]
    group: str
    dashed: bool = False


def drawing(curves: Sequence[Curve], *, across: str, up: str) -> str:
    """The picture, with decades as grid and a legend."""
    xs = [x for curve in curves for x, _ in curve.points]
    ys = [y for curve in curves for _, y in curve.points]
    low_x, high_x = math.floor(math.log10(min(xs))), math.ceil(math.log10(max(xs)))
    low_y, high_y = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
    high_x, high_y = max(high_x, low_x + 1), max(high_y, low_y + 1)

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            _LEFT + (math.log10(x) - low_x) / (high_x - low_x) * (_WIDTH - _LEFT - _RIGHT),
            _HEIGHT - _BOTTOM
            - (math.log10(y) - low_y) / (high_y - low_y) * (_HEIGHT - _TOP - _BOTTOM),
        )  # fmt: skip

    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            'font-family="sans-serif" font-size="12">'
        ),
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
    ]
    for power in range(low_x, high_x + 1):
        x, bottom = place(10**power, 10**low_y)
        parts.append(_line(x, _TOP, x, bottom))
        parts.append(_text(x, bottom + 18, f"{10**power:,}", anchor="middle"))
    for power in range(low_y, high_y + 1):
        left, y = place(10**low_x, 10**power)
        parts.append(_line(left, y, _WIDTH - _RIGHT, y))
        parts.append(_text(left - 8, y + 4, f"{10**power:,g}", anchor="end"))
    parts.append(_text((_WIDTH - _RIGHT + _LEFT) / 2, _HEIGHT - 10, across, anchor="middle"))
    parts.append(
        f'<text transform="translate(16 {_HEIGHT / 2}) rotate(-90)" text-anchor="middle">'
        f"{escape(up)}</text>"
    )
    groups = list(dict.fromkeys(curve.group for curve in curves))
    for number, curve in enumerate(curves):
        colour = _COLOURS[groups.index(curve.group) % len(_COLOURS)]
        dash = ' stroke-dasharray="6 4"' if curve.dashed else ""
        places = [place(x, y) for x, y in curve.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        stroke = f'stroke="{colour}" stroke-width="2"{dash}'
        parts.append(f'<polyline points="{path}" fill="none" {stroke}/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        height = _TOP + 14 + number * 18
        begin = _WIDTH - _RIGHT + 12
        parts.append(f'<path d="M{begin} {height - 4}h26" {stroke}/>')
        parts.append(_text(begin + 32, height, curve.name))
    return "\n".join([*parts, "</svg>", ""])


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="#ddd"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
