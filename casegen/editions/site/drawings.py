"""Drawings: a bar chart as an SVG file that stands by itself, for slides and reports.

Secret: its measures and its fonts.
Not here: charts on pages, which are tables (the theme's _chart.html), what they show (indicators).
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from casegen.editions.site.components import BarChart

WIDTH, ROW, HEAD = 960, 36, 64
LABEL, BAR = 220, 520  # where bars begin, and the longest of them
FONT = "Source Han Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
INK, BLUE = "#16242a", "#17505d"


def draw_chart(chart: BarChart, name: str) -> bytes:
    """The chart with its title; a row a bar, name, bar and value."""
    maximum = float(chart.maximum) or 1.0
    rows = []
    for number, bar in enumerate(chart.bars):
        y = HEAD + ROW * number
        width = max(2.0, BAR * float(bar.value) / maximum)
        value = escape(bar.quantity.text)
        rows.append(
            f'<text x="{LABEL - 12}" y="{y + 19}" text-anchor="end">{escape(bar.label)}</text>'
            f'<rect x="{LABEL}" y="{y + 4}" width="{width:.6g}" height="20" fill="{BLUE}"/>'
            f'<text x="{LABEL + width + 10:.6g}" y="{y + 19}">{value}</text>'
        )
    height = HEAD + ROW * len(chart.bars) + 12
    title = escape(f"{name}：{chart.title}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        f' width="{WIDTH}" height="{height}" font-family="{FONT}" font-size="15" fill="{INK}">'
        f'<title>{title}</title><rect width="{WIDTH}" height="{height}" fill="#fff"/>'
        f'<text x="16" y="36" font-size="20" font-weight="700">{title}</text>'
        f"{''.join(rows)}</svg>\n"
    ).encode()
