"""Small charts as inline SVG; colours come from the page's style, so that they follow light and dark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 360, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 20, 10, 38
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Axes:
    """What the axes show: their names, ends, and the values marked on them, as they are to be read."""

    x: str
    y: str
    x_ticks: Mapping[float, str]
    y_ticks: Mapping[float, str]
    x_range: tuple[float, float] = (0.0, 1.0)
    y_range: tuple[float, float] = (0.0, 1.0)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point's place in the picture."""
        across = (x - self.x_range[0]) / (self.x_range[1] - self.x_range[0])
        up = (y - self.y_range[0]) / (self.y_range[1] - self.y_range[0])
        return (
            round(_LEFT + across * (WIDTH - _LEFT - _RIGHT), 1),
            round(HEIGHT - _BOTTOM - up * (HEIGHT - _TOP - _BOTTOM), 1),
        )


SHARES = {0.0: "0", 0.25: "25 %", 0.5: "50 %", 0.75: "75 %", 1.0: "100 %"}


def chart(title: str, axes: Axes, *layers: str) -> Markup:
    """A picture of some layers on axes; `title` is what a screen reader says."""
    marks = []
    for value, name in axes.y_ticks.items():
        x, y = axes.place(axes.x_range[0], value)
        marks.append(f'<line class="grid" x1="{x}" x2="{WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>')
        marks.append(f'<text x="{x - 6}" y="{y + 4}" text-anchor="end">{escape(name)}</text>')
    for value, name in axes.x_ticks.items():
        x, y = axes.place(value, axes.y_range[0])
        marks.append(f'<text x="{x}" y="{y + 16}" text-anchor="middle">{escape(name)}</text>')
    middle = (_LEFT + WIDTH - _RIGHT) / 2
    marks.append(f'<text class="axis" x="{middle}" y="{HEIGHT - 4}" text-anchor="middle">{escape(axes.x)}</text>')
    turned = f'transform="rotate(-90)" x="{-(_TOP + HEIGHT - _BOTTOM) / 2}" y="10"'
    marks.append(f'<text class="axis" {turned} text-anchor="middle">{escape(axes.y)}</text>')
    return Markup(
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"{''.join(marks)}{''.join(layers)}</svg>"
    )


def line(axes: Axes, points: Points, style: str) -> str:
    """A line through points."""
    places = " ".join(f"{x},{y}" for x, y in (axes.place(*p) for p in points))
    return f'<polyline class="line {style}" points="{places}"/>'


def dots(axes: Axes, points: Points, sizes: Sequence[float], style: str, names: Sequence[str]) -> str:
    """Dots of given radii; a dot's name shows when it is pointed at."""
    places = [axes.place(*p) for p in points]
    return "".join(
        f'<circle class="dot {style}" cx="{x}" cy="{y}" r="{r:.1f}"><title>{escape(name)}</title></circle>'
        for (x, y), r, name in zip(places, sizes, names, strict=True)
    )


def bars(axes: Axes, edges: Sequence[float], heights: Sequence[float], style: str) -> str:
    """A histogram's bars between edges."""
    found = []
    for low, high, height in zip(edges, edges[1:], heights, strict=False):
        x, y = axes.place(low, height)
        right, bottom = axes.place(high, axes.y_range[0])
        size = f'width="{max(0.5, right - x - 1):.1f}" height="{bottom - y:.1f}"'
        found.append(f'<rect class="bar {style}" x="{x}" y="{y}" {size}><title>{height:g}</title></rect>')
    return "".join(found)
