"""drawings: an indicator's charts as self-contained SVG files, for slides and reports.

Secret: their measures and their fonts, and the width of a text in them.
Not here: charts on pages, which are tables (the theme's _chart.html), what they show (charts,
distribution).
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from casegen.chinese.characters import is_wide
from casegen.editions.site.components import BarChart, Spread, Statement

WIDTH, MARGIN, GAP, FOOT = 960, 16, 12, 12
LABELS = 208  # the greatest width of the column of names
POINT = 5  # radius, on a strip of 1,000
SIZE, HEADING, SOURCE = 15, 20, 13  # size of letters
LINE = 1.4  # height of a line, in letters
NARROW = 0.62  # width of a letter that is not Chinese: generous, because fonts differ
NO_START = "，。、；：！？）》”’」』·…%％"
FONT = "Source Han Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
INK, BLUE, GREY = "#16242a", "#17505d", "#7b8b8f"


def draw_bars(chart: BarChart, name: str, source: str) -> bytes:
    """Draw the chart with its title; a row holds name, bar and value; the source comes last."""
    maximum = float(chart.maximum) or 1.0
    labels = min(LABELS, max(_length(bar.label) for bar in chart.bars) + 1)
    values = max(_length(bar.quantity.text) for bar in chart.bars)
    start = MARGIN + labels + GAP
    longest = max(80.0, WIDTH - MARGIN - values - GAP - start)
    sheet = _Sheet(f"{name}：{chart.title}")
    for bar in chart.bars:
        lines = _wrap(bar.label, labels)
        width = max(2.0, longest * float(bar.value) / maximum) if bar.value else 0.0
        top, high = sheet.y, SIZE * LINE
        sheet.write(lines, start - GAP, "end")
        sheet.y = top
        sheet.write([bar.quantity.text], start + width + (GAP if width else 0))
        if width:
            sheet.bar(start, top, width, high)
        sheet.y = top + max(len(lines) * high, high) + GAP
    return sheet.close(source)


def draw_ranking(statements: Sequence[Statement], title: str, source: str) -> bytes:
    """Draw the figures of cases, each with its title above its bar; the source comes last."""
    full = WIDTH - 2 * MARGIN
    sheet = _Sheet(title)
    for one in statements:
        top = sheet.y
        sheet.write([one.quantity.text], WIDTH - MARGIN, "end")
        sheet.y = top
        sheet.write(_wrap(one.title, full - _length(one.quantity.text) - 2 * GAP), MARGIN)
        sheet.bar(MARGIN, sheet.y + 4, full * float(one.share) / 1000, 8)
        sheet.y += 12 + GAP
    return sheet.close(source)


def draw_strip(
    statements: Sequence[Statement], height: int, marks: Sequence[Spread], title: str, source: str
) -> bytes:
    """Draw each case as a point on the strip of a distribution; the median is named on its line."""
    full = WIDTH - 2 * MARGIN
    scale = full / 1000
    sheet = _Sheet(title)
    middle = MARGIN + scale * float(statements[len(statements) // 2].x)
    mark = marks[len(marks) // 2]
    median = f"{mark.label} {mark.quantity.text}"
    half = _length(median) / 2
    sheet.write([median], min(max(middle, MARGIN + half), WIDTH - MARGIN - half), "middle")
    top, ground = sheet.y, sheet.y + height * scale
    points = (
        f'<circle cx="{MARGIN + scale * float(one.x):.6g}" cy="{top + scale * float(one.y):.6g}"'
        f' r="{POINT * scale:.6g}"/>'
        for one in statements
    )
    lines = f"M{MARGIN} {ground:.6g}H{WIDTH - MARGIN}M{middle:.6g} {top:.6g}V{ground:.6g}"
    sheet.parts += [
        f'<path d="{lines}" stroke="{GREY}" fill="none"/>',
        f'<g fill="{BLUE}" fill-opacity=".6">{"".join(points)}</g>',
    ]
    column = full / len(marks)
    lowest = ground
    for at, mark in enumerate(marks):
        sheet.y = ground + GAP
        said = (mark.label, mark.quantity.text)
        sheet.write(
            [line for text in said for line in _wrap(text, column - GAP)], MARGIN + at * column
        )
        lowest = max(lowest, sheet.y)
    sheet.y = lowest
    return sheet.close(source)


class _Sheet:
    """A drawing in progress: what is on it, and where its next line goes."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.parts: list[str] = []
        self.y = float(MARGIN)
        self.write(_wrap(title, WIDTH - 2 * MARGIN, HEADING), MARGIN, size=HEADING)
        self.y += GAP

    def write(
        self, lines: Sequence[str], x: float, anchor: str = "start", size: int = SIZE
    ) -> None:
        """Write lines of text below one another; `y` is below them afterwards."""
        look = ' font-weight="700"' if size == HEADING else ""
        look += f' font-size="{size}"' if size != SIZE else ""
        for line in lines:
            self.parts.append(
                f'<text x="{x:.6g}" y="{self.y + size * 1.05:.6g}" text-anchor="{anchor}"{look}>'
                f"{escape(line)}</text>"
            )
            self.y += size * LINE

    def bar(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a bar from its left and top."""
        self.parts.append(
            f'<rect x="{x:.6g}" y="{y:.6g}" width="{width:.6g}" height="{height:.6g}"'
            f' fill="{BLUE}"/>'
        )

    def close(self, source: str) -> bytes:
        """Return the file; its last line is the source of the figures."""
        self.y += GAP
        self.write(_wrap(source, WIDTH - 2 * MARGIN, SOURCE), MARGIN, size=SOURCE)
        height = round(self.y + FOOT)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
            f' width="{WIDTH}" height="{height}" font-family="{FONT}" font-size="{SIZE}"'
            f' fill="{INK}"><title>{escape(self.title)}</title>'
            f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>{"".join(self.parts)}</svg>\n'
        ).encode()


def _length(text: str, size: float = SIZE) -> float:
    return size * sum(1 if is_wide(char) else NARROW for char in text)


def _wrap(text: str, width: float, size: float = SIZE) -> list[str]:
    """Split the text into lines of a width.

    Words and numbers stay whole, no line begins with 、.
    """
    lines = [""]
    for word in _words(text):
        if lines[-1] and _length(lines[-1] + word, size) > width:
            lines.append("")
        lines[-1] += word
    return [line.strip() for line in lines]


def _words(text: str) -> list[str]:
    """Return the pieces between which a line may break."""
    words: list[str] = []
    for char in text:
        joins = char in NO_START or (
            char != " "
            and char.isascii()
            and words
            and words[-1][-1].isascii()
            and words[-1][-1] != " "
        )
        if words and joins:
            words[-1] += char
        else:
            words.append(char)
    return words
