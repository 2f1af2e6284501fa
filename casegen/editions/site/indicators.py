"""Indicators: metrics.html and a page for each indicator: total, coverage, spread, ranking.

Secret: how one figure is laid out over all cases.
Not here: which sums are lawful (metric) and what a case's own page shows (pages).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from casegen.collection.assembly import Collection
from casegen.collection.case import Case
from casegen.collection.indicator import Indicator
from casegen.collection.measures import measure_metric
from casegen.collection.totals import Total, why_no_total
from casegen.editions.site import parts
from casegen.editions.site.components import (
    Bar,
    BarChart,
    IndicatorGroup,
    IndicatorRow,
    Link,
    Spread,
    TotalView,
)
from casegen.editions.site.views import (
    Head,
    IndicatorPage,
    IndicatorsPage,
)

MakeHead = Callable[[str, str, str, str], Head]
Words = Mapping[str, str]

LIST = "metrics.html"


def reported(collection: Collection) -> tuple[Indicator, ...]:
    """The indicators that some published case reports and that have a page, vocabulary order."""
    used = {m.indicator for e in collection.entries for m in e.metrics}
    return tuple(i for i in collection.vocabulary.indicators if i.page and i.key in used)


def index(collection: Collection, head: MakeHead, words: Words) -> IndicatorsPage:
    """The page of all indicators, grouped by dimension."""
    rows: dict[str, list[IndicatorRow]] = {}
    for indicator in reported(collection):
        totals = totals_of(indicator, collection)
        cases = reporting(indicator, collection)
        row = IndicatorRow(
            link=Link(indicator.name, parts.indicator_href(indicator.key)),
            totals=totals,
            reason="" if totals else reason(indicator, collection, words),
            reported=len(cases),
            of=len(collection.entries),
        )
        rows.setdefault(dimension(indicator, words), []).append(row)
    title = words["page.metrics"]
    count = sum(map(len, rows.values()))
    return IndicatorsPage(
        head(LIST, title, words["describe.metrics"].format(n=count), LIST),
        groups=tuple(IndicatorGroup(name, tuple(found)) for name, found in rows.items()),
    )


def reason(indicator: Indicator, collection: Collection, words: Words) -> str:
    """Why an indicator has no total, in words."""
    why = why_no_total(indicator, collection.entries, collection.vocabulary)
    return words[f"reason.{why}"].format(name=indicator.name) if why else ""


def dimension(indicator: Indicator, words: Words) -> str:
    """The heading an indicator stands under; dimensions of a vocabulary's own count as others."""
    key = f"dimension.{indicator.dimension}"
    return words[key if key in words else "dimension.other"]


def pages(collection: Collection, head: MakeHead, words: Words) -> Iterator[IndicatorPage]:
    """A page for each indicator that some case reports."""
    years = {value.key: collection.totals(value.slugs) for value in collection.facets["year"]}
    categories = {c.key: collection.category_totals(c.key) for c in collection.categories}
    for indicator in reported(collection):
        totals = totals_of(indicator, collection)
        values = values_of(indicator, collection)
        cases = reporting(indicator, collection)
        describe = words["describe.metric"].format(
            name=indicator.name, n=len(cases), of=len(collection.entries)
        )
        yield IndicatorPage(
            head(parts.indicator_href(indicator.key), indicator.name, describe, LIST),
            unit=indicator.unit,
            totals=totals,
            reason="" if totals else reason(indicator, collection, words),
            reported=len(cases),
            of=len(collection.entries),
            spread=spread(values, indicator, words),
            ranking=ranking(values, indicator, words),
            by_category=by_category(indicator, categories, collection, words),
            by_year=by_year(indicator, years, words),
            filter=f"cases.html?sort={indicator.key}" if totals else "",
            up=Link(words["page.metrics"], LIST),
        )


def totals_of(indicator: Indicator, collection: Collection) -> tuple[TotalView, ...]:
    """The collection's totals of an indicator: one for each base unit and item."""
    return tuple(
        parts.total_view(total, collection)
        for total in collection.all_totals
        if total.indicator == indicator.key
    )


def reporting(indicator: Indicator, collection: Collection) -> tuple[Case, ...]:
    """The cases that report an indicator, in the collection's order."""
    return tuple(
        case
        for case in collection.cases
        if case.status == "published" and any(m.indicator == indicator.key for m in case.metrics)
    )


def values_of(indicator: Indicator, collection: Collection) -> list[tuple[Fraction, str, Case]]:
    """Each case's value in the indicator's unit, as it is written or reckoned, the highest first.

    For an indicator without totals every metric stands by itself.
    """
    rows: list[tuple[Fraction, str, Case]] = []
    for case in reporting(indicator, collection):
        own = [m for m in case.metrics if m.indicator == indicator.key]
        if indicator.summable:
            measures = collection.values[case.slug]
            counted = [m for m in own if m.part_of is None and m.same_as is None]
            for measure in measures.get(indicator.key, ())[:1]:
                written = counted[0].quantity.as_written if len(counted) == 1 else ""
                rows.append((measure.low, written, case))
        else:
            rows += [
                (measure_metric(m, collection.vocabulary).low, m.quantity.as_written, case)
                for m in own
            ]
    return sorted(rows, key=lambda row: (-row[0], row[2].slug))


def ranking(
    values: Sequence[tuple[Fraction, str, Case]], indicator: Indicator, words: Words
) -> BarChart:
    """Every case with its value, the highest first: the chart is the table."""
    return BarChart(
        title=words["metric.ranking"],
        bars=tuple(
            Bar(
                case.title,
                parts.case_href(case.slug),
                parts.decimal_text(value),
                parts.as_written(written)
                if written
                else parts.reckoned(value, value, indicator.unit),
                note=case.institution,
            )
            for value, written, case in values
        ),
        maximum=parts.decimal_text(max((value for value, _, _ in values), default=Fraction(1))),
    )


def spread(
    values: Sequence[tuple[Fraction, str, Case]], indicator: Indicator, words: Words
) -> tuple[Spread, ...]:
    """Lowest, quartiles, highest of the cases' values; nothing below three cases.

    Quartiles are those of the ranked values themselves, no mean of two, so that each is a figure
    that some case reports.
    """
    if len(values) < 3:
        return ()
    ranked = [value for value, _, _ in reversed(values)]
    marks = {"lowest": 0, "median": (len(ranked) - 1) // 2, "highest": len(ranked) - 1}
    if len(ranked) >= 8:
        last = len(ranked) - 1
        marks = {
            "lowest": 0, "lower": last // 4, "median": last // 2, "upper": last * 3 // 4,
            "highest": last,
        }  # fmt: skip
    return tuple(
        Spread(words[f"spread.{name}"], parts.reckoned(ranked[at], ranked[at], indicator.unit))
        for name, at in marks.items()
    )


def by_category(
    indicator: Indicator,
    totals: Mapping[str, Sequence[Total]],
    collection: Collection,
    words: Words,
) -> BarChart | None:
    """The categories' shares of the total; None where one category has it all."""
    bars = []
    for category in collection.categories:
        total = _own(indicator, totals[category.key])
        if total is not None:
            page = parts.value_href("category", category.key)
            bars.append(replace(_bar(category.name, page, total), category=category.key))
    return _chart(words["metric.by_category"], bars)


def by_year(
    indicator: Indicator, totals: Mapping[str, Sequence[Total]], words: Words
) -> BarChart | None:
    """The years' totals, oldest first; None below two years."""
    bars = [
        _bar(year, parts.value_href("year", year), total)
        for year, found in sorted(totals.items())
        if (total := _own(indicator, found)) is not None
    ]
    chart = _chart(words["metric.by_year"], bars)
    return chart and replace(chart, note=words["group.note.year"])


def _own(indicator: Indicator, totals: Sequence[Total]) -> Total | None:
    return next(
        (t for t in totals if t.indicator == indicator.key and t.unit == indicator.unit), None
    )


def _bar(label: str, page: str, total: Total) -> Bar:
    return Bar(
        label,
        page,
        parts.decimal_text(total.low),
        parts.reckoned(total.low, total.high, total.unit, total.qualifier),
    )


def _chart(title: str, bars: Sequence[Bar]) -> BarChart | None:
    if len(bars) < 2:
        return None
    highest = max((Fraction(bar.value) for bar in bars), default=Fraction(1))
    return BarChart(title, tuple(bars), parts.decimal_text(highest))
