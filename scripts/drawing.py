"""What our pictures are drawn with: a sheet, its colours, curves and hills.

Secret: everything is laid down at three times its size and made smaller, so that edges are smooth;
no type is set, so no font is needed.
Not here: what is drawn (draw_covers, place_covers).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageDraw

# ruff: noqa: INP001  (a script)

SIZE = (1200, 630)  # what pages that show links ask for
FINE = 3
PAPER, SKY, INK = "#f4f7f6", "#e0eae9", "#16242a"
COVER, LINE, PALE = "#143a46", "#3a6370", "#b5cdd0"
Point = tuple[float, float]


class Sheet:
    """A picture in the making; all measures in pixels of the finished one."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def area(self, points: Iterable[Point], colour: str) -> None:
        """Draw a filled outline."""
        self.pen.polygon([(x * FINE, y * FINE) for x, y in points], fill=colour)

    def stroke(self, points: Iterable[Point], colour: str, width: float = 3) -> None:
        """Draw a line with round ends."""
        scaled = [(x * FINE, y * FINE) for x, y in points]
        self.pen.line(scaled, fill=colour, width=round(width * FINE), joint="curve")
        radius = width * FINE / 2
        for x, y in (scaled[0], scaled[-1]):
            self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """Draw a filled circle."""
        box = [v * FINE for v in (x - radius, y - radius, x + radius, y + radius)]
        self.pen.ellipse(box, fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """Draw a filled rectangle."""
        self.pen.rectangle([v * FINE for v in (left, top, right, bottom)], fill=colour)

    def save(self, path: Path) -> None:
        """Write the picture with few colours, which flat drawings do not miss."""
        path.parent.mkdir(parents=True, exist_ok=True)
        small = self.image.resize(SIZE, Image.Resampling.LANCZOS)
        small.quantize(160, dither=Image.Dither.NONE).save(path, optimize=True)


def curve(start: Point, first: Point, second: Point, end: Point, steps: int = 40) -> list[Point]:
    """Return a cubic Bézier curve as points."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        corners = (start, first, second, end)
        x = sum(w * p[0] for w, p in zip(weights, corners, strict=True))
        y = sum(w * p[1] for w, p in zip(weights, corners, strict=True))
        points.append((x, y))
    return points


def ridge(level: float, height: float, length: float, phase: float) -> list[Point]:
    """Draw a line of hills across the sheet."""
    return [
        (
            x,
            level
            - height * math.sin(x / length + phase)
            - height * 0.4 * math.sin(x / length * 2.3 + phase * 1.7),
        )
        for x in range(-10, SIZE[0] + 11, 6)
    ]


def land(sheet: Sheet, line: list[Point], colour: str) -> None:
    """Draw all below a line."""
    sheet.area([*line, (SIZE[0] + 10, SIZE[1] + 10), (-10, SIZE[1] + 10)], colour)
