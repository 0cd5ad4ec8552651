"""The reliability curve as SVG: text stays text, and the colours follow the reader's choice of light or dark."""

import math
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from vigie.calibration.measure import Bin, Report

_SIDE: Final = 400
_LEFT, _TOP, _RIGHT, _BELOW = 90, 50, 20, 90
_WIDTH, _HEIGHT = _LEFT + _SIDE + _RIGHT, _TOP + _SIDE + _BELOW
_EDGE: Final = 2e-5
"""The axes run over log odds, from this probability to its opposite; what lies beyond stands at the edge."""
_TICKS: Final = (0.0001, 0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999)
_STYLE: Final = """
svg { background: #fff; color: #1a1a1a; font: 13px sans-serif; }
text { fill: currentColor; }
.frame { fill: none; stroke: currentColor; }
.grid { stroke: currentColor; opacity: .15; }
.ideal { stroke: currentColor; stroke-dasharray: 5 4; }
.range { stroke: #0b5cad; stroke-width: 2; }
.bin { fill: #0b5cad; }
@media (prefers-color-scheme: dark) {
  svg { background: #16181c; color: #f0f0f0; }
  .range { stroke: #8ec5ff; }
  .bin { fill: #8ec5ff; }
}
"""


def svg(report: Report) -> str:
    """A point for each bin that has anybody, with its 95 % interval; on the dashed line said and observed agree."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    told = report.reliability
    about = (
        f"{told.listed} listed and {told.unlisted} unlisted invented travellers, {report.persons} persons listed,"
        f" engine {report.engine_version}, seed {report.settings.seed}"
    )
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" lang="en">'
    yield f"<title>Probability said and share observed</title><desc>{escape(about)}</desc><style>{_STYLE}</style>"
    yield _text(12, 18, "Probability said and share observed", "start")
    yield f'<rect class="frame" x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}"/>'
    for tick in _TICKS:
        x, y = _x(tick), _y(tick)
        yield f'<path class="grid" d="M{x} {_TOP}v{_SIDE}M{_LEFT} {y}h{_SIDE}"/>'
        yield _text(x, _TOP + _SIDE + 18, f"{tick:g}", "middle")
        yield _text(_LEFT - 8, y + 4, f"{tick:g}", "end")
    yield f'<path class="ideal" d="M{_LEFT} {_TOP + _SIDE}L{_LEFT + _SIDE} {_TOP}"/>'
    for one in told.bins:
        if one.listed or one.unlisted:
            yield _bin(one)
    yield _text(_LEFT + _SIDE / 2, _TOP + _SIDE + 40, "probability said", "middle")
    yield _text(12, _TOP - 10, "share observed", "start")
    yield _text(12, _HEIGHT - 26, f"{told.listed} listed and {told.unlisted} unlisted invented travellers", "start")
    yield _text(12, _HEIGHT - 8, f"in the proportion of the prior; Brier score {told.brier:.3g}", "start")
    yield "</svg>"


def _bin(one: Bin) -> str:
    x = _x(one.said)
    told = f"said {one.said:.3g}, observed {one.observed:.3g} ({one.low:.3g} to {one.high:.3g})"
    return (
        f'<g><title>{told}</title><path class="range" d="M{x} {_y(one.low)}V{_y(one.high)}"/>'
        f'<circle class="bin" cx="{x}" cy="{_y(one.observed)}" r="5"/></g>'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'


def _x(probability: float) -> float:
    return round(_LEFT + _SIDE * _along(probability), 1)


def _y(probability: float) -> float:
    return round(_TOP + _SIDE * (1 - _along(probability)), 1)


def _along(probability: float) -> float:
    """Place on an axis, 0 to 1."""
    inside = min(max(probability, _EDGE), 1 - _EDGE)
    return 0.5 + _odds(inside) / (2 * _odds(1 - _EDGE))


def _odds(probability: float) -> float:
    return math.log(probability / (1 - probability))
