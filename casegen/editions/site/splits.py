"""splits: a whole of money and the parts that make it, as one band for readers.

Secret: the words and links of a band.
Not here: which parts are drawn (collection.bands), how a band looks (the theme).

A part has the category that is written with it; where money came from is no category.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casegen.collection.bands import find_bands
from casegen.collection.case import Case
from casegen.editions.site.components import Bar, BarChart, MetricRow
from casegen.editions.site.parts import make_decimal_text

Words = Mapping[str, str]


def find_drawn(case: Case) -> frozenset[int]:
    """Return the positions of metrics that a band shows as parts, or that repeat another one."""
    parts = {part for band in find_bands(case.metrics) for part, _ in band.parts}
    return frozenset(parts | {n for n, m in enumerate(case.metrics) if m.same_as is not None})


def draw_splits(case: Case, rows: Sequence[MetricRow], words: Words) -> tuple[BarChart, ...]:
    """Return the case's wholes with parts that add up to them, as shares of 1000."""
    found = []
    for band in find_bands(case.metrics):
        whole = rows[band.whole]
        title = words["split.title"].format(
            whole=whole.name, quantity=whole.quantity.text, name=band.split
        )
        bars = tuple(
            Bar(
                rows[part].name,
                f"#{rows[part].anchor}" if rows[part].anchor else "",
                make_decimal_text(share),
                rows[part].quantity,
                case.metrics[part].category,
            )
            for part, share in band.parts
        )
        note = words["split.agrees"].format(n=len(bars), whole=whole.quantity.text)
        found.append(BarChart(title, bars, "1000", note))
    return tuple(found)
