"""charts: the totals of an indicator by year, by province and by category, as bars and as tiles.

Secret: which totals make a chart, and in what order.
Not here: what else an indicator's page shows (indicators), charts as files (drawings), which sums
are lawful (collection).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, combinations, pairwise
from math import log

from casegen.collection.collected import Collection
from casegen.collection.indicator import Indicator
from casegen.collection.totals import Total
from casegen.editions.site import parts
from casegen.editions.site.components import Bar, BarChart, QuantityView, Run, Shade, Tile

Words = Mapping[str, str]

_CLASSES = 3  # shades of the tiles
FEW_SPANS = 4  # spans of years that are shown among the years; more get a chart of their own


def chart_years(
    indicator: Indicator, collection: Collection, words: Words
) -> dict[str, BarChart | None]:
    """Return the totals of years, the oldest first.

    Many spans of years make a chart of their own.
    """
    pages = {value.key: value.stem for value in collection.facets["year"]}
    years, spans = [], []
    for label in collection.year_labels:
        if total := _find_own_total(indicator, collection.year_totals(label)):
            page = parts.make_value_href("year", pages[label]) if label in pages else ""
            said = label.replace("-", words["join.years"]) if label else words["metric.no_year"]
            bar = _make_bar(said + (words["metric.year"] if label else ""), page, total)
            if not label:
                bar = _without_stroke(bar)
            years.append(bar)
            if "-" in label:
                spans.append(bar)
    note = words["metric.years_note"] + _note_unsorted(years, words)
    if len(spans) <= FEW_SPANS or len(spans) == len(years):
        return {"year": _make_chart(words["metric.by_year"], years, note), "span": None}
    single = [bar for bar in years if bar not in spans]
    return {
        "year": _make_chart(words["metric.by_year"], single, note, fewest=1),
        "span": _make_chart(words["metric.by_span"], spans, words["metric.years_note"]),
    }


def chart_provinces(indicator: Indicator, collection: Collection, words: Words) -> BarChart | None:
    """Return the provinces' shares of the total, the greatest first, and the share of none."""
    bars = [
        _make_bar(value.label, parts.make_value_href("region", value.stem), total)
        for value in collection.facets["region"]
        if (total := _find_own_total(indicator, collection.region_totals(value.key)))
    ]
    bars.sort(key=lambda bar: (-Fraction(bar.value), bar.label))
    if total := _find_own_total(indicator, collection.region_totals("")):
        bars.append(_without_stroke(_make_bar(words["metric.no_region"], "", total)))
    note = words["group.note.region"] + _note_unsorted(bars, words)
    return _make_chart(words["metric.by_province"], bars, note)


def make_value_tiles(
    indicator: Indicator, collection: Collection
) -> tuple[tuple[Tile, ...], tuple[Shade, ...]]:
    """Return the provinces as tiles, shaded by classes of totals, and the range of each shade."""
    values = collection.facets["region"]
    own = {
        value.key: total
        for value in values
        if (total := _find_own_total(indicator, collection.region_totals(value.key)))
    }
    starts = find_classes([total.low or Fraction(0) for total in own.values()])
    tiles = []
    shades: dict[int, list[Total]] = {}
    for tile in parts.make_tiles(values):
        total = own.get(tile.name)
        if total is None or total.low is None or total.high is None:
            tiles.append(replace(tile, count=0, href="", level=0))
            continue
        level = sum(total.low >= start for start in starts)
        told = parts.show_calculated(total.low, total.high, total.unit, total.qualifier).text
        if total.high > total.low:
            # A tile is too small for both ends of a range; the bars beside it show both.
            lower = parts.show_calculated(total.low, total.low, total.unit).text
            shown = lower.removesuffix(total.unit) + "+"
        else:
            shown = told.removesuffix(total.unit)
        tiles.append(replace(tile, level=level, shown=shown, told=told))
        shades.setdefault(level, []).append(total)
    scale = (Shade(level, _show_ends(totals)) for level, totals in sorted(shades.items()))
    return tuple(tiles), tuple(scale)


def find_classes(values: Iterable[Fraction]) -> tuple[Fraction, ...]:
    """Return the lowest value of each of at most three classes, ascending; () for no value.

    Values of a class differ by ratio as little as possible (natural breaks of logarithms, after
    G. Jenks): by thirds of ranks, 120 and 4720 had one colour.
    """
    ranked = sorted(set(values))
    if len(ranked) <= _CLASSES:
        return tuple(ranked)
    least = next(value for value in ranked if value > 0)
    logs = [log(max(value, least / 10)) for value in ranked]
    sums = (0.0, *accumulate(logs))
    squares = (0.0, *accumulate(each * each for each in logs))

    def spread(starts: tuple[int, ...]) -> float:
        """Return the sum of squared distances from the means of the classes."""
        ends = pairwise((0, *starts, len(logs)))
        each = (squares[b] - squares[a] - (sums[b] - sums[a]) ** 2 / (b - a) for a, b in ends)
        return round(sum(each), 6)  # classes that are as good are chosen by their place

    best = min(combinations(range(1, len(ranked)), _CLASSES - 1), key=spread)
    return tuple(ranked[at] for at in (0, *best))


def _show_ends(totals: Sequence[Total]) -> QuantityView:
    """Return the least and the greatest of some totals, each with the figure it has elsewhere."""
    ranked = sorted(totals, key=lambda total: total.low or Fraction(0))
    ends = [
        parts.show_calculated(total.low, total.high, total.unit, total.qualifier)
        for total in (ranked[0], ranked[-1])
        if total.low is not None and total.high is not None
    ]
    first, last = ends[0], ends[-1]
    if first.text == last.text:
        return first
    # The unit stands once if it is the same: 40至60人, but 80万至1.2亿元.
    head = first.runs[:-1] if first.runs[-1] == last.runs[-1] else first.runs
    return QuantityView((*head, Run("至", big=False), *last.runs))


def chart_categories(indicator: Indicator, collection: Collection, words: Words) -> BarChart | None:
    """Return the categories' shares of the total, and the share of none; None if one has it all."""
    bars = []
    for category in collection.categories:
        if total := _find_own_total(indicator, collection.category_totals(category.key)):
            page = parts.make_value_href("category", category.key)
            bars.append(replace(_make_bar(category.name, page, total), category=category.key))
    if total := _find_own_total(indicator, collection.category_totals("")):
        bars.append(_without_stroke(_make_bar(words["metric.no_category"], "", total)))
    return _make_chart(words["metric.by_category"], bars, _note_unsorted(bars, words))


def _without_stroke(bar: Bar) -> Bar:
    """Return the row of figures without a year, place or category: its value has no bar.

    It is not one of the things compared; beside its long bar they all looked the same.
    """
    return replace(bar, value="")


def _note_unsorted(bars: Sequence[Bar], words: Words) -> str:
    """Return the words that say why a row has no bar; "" where each has one."""
    named = next((bar.label for bar in bars if not bar.value), "")
    return words["metric.unsorted_note"].format(name=named) if named else ""


def _find_own_total(indicator: Indicator, totals: Sequence[Total]) -> Total | None:
    """Return the reliable total in the indicator's own unit; None where there is none."""
    return next(
        (
            t
            for t in totals
            if t.indicator == indicator.key and t.unit == indicator.unit and not t.doubtful
        ),
        None,
    )


def _make_bar(label: str, page: str, total: Total) -> Bar:
    low, high = total.low or Fraction(0), total.high or Fraction(0)
    return Bar(
        label,
        page,
        parts.make_decimal_text(low),
        parts.show_calculated(low, high, total.unit, total.qualifier),
    )


def _make_chart(
    title: str, bars: Sequence[Bar], note: str = "", fewest: int = 2
) -> BarChart | None:
    if len(bars) < fewest:
        return None
    highest = max((Fraction(bar.value) for bar in bars if bar.value), default=Fraction(0))
    return BarChart(title, tuple(bars), parts.make_decimal_text(highest), note)
