"""Indicators: metrics.html and the pages and files of each: total, charts, spread, sentences.

Secret: how one figure is laid out over all cases.
Not here: which sums are lawful (metric) and what a case's own page shows (pages).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import log

from casegen.chinese.quantity import plain_number
from casegen.collection.assembly import Collection, Value
from casegen.collection.case import Case, show_period
from casegen.collection.indicator import Indicator
from casegen.collection.measures import measure_metric
from casegen.collection.totals import Total, why_no_total
from casegen.editions.site import drawings, parts
from casegen.editions.site.components import (
    Bar,
    BarChart,
    IndicatorGroup,
    IndicatorRow,
    Link,
    PageLink,
    Pager,
    Spread,
    Statement,
    Tile,
    TotalView,
)
from casegen.editions.site.views import (
    Head,
    IndicatorPage,
    IndicatorsPage,
)
from casegen.output import Artifact, literal

MakeHead = Callable[[str, str, str, str], Head]
Words = Mapping[str, str]

LIST = "metrics.html"
GREATEST = 20  # figures on an indicator's first page
LISTED = 50  # and on each further one
STEEP = (
    50  # how many times the lowest figure the highest is, from where on the strip is logarithmic
)


def reported(collection: Collection) -> tuple[Indicator, ...]:
    """The indicators that some published case reports and that have a page, vocabulary order."""
    used = {m.indicator for e in collection.entries for m in e.metrics}
    return tuple(i for i in collection.vocabulary.indicators if i.page and i.key in used)


def index(collection: Collection, head: MakeHead, words: Words) -> IndicatorsPage:
    """The page of all indicators, grouped by the questions that they answer."""
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
    """The question an indicator answers; dimensions of a vocabulary's own count as others."""
    key = f"dimension.{indicator.dimension}"
    return words[key if key in words else "dimension.other"]


def artifacts(
    collection: Collection, head: MakeHead, words: Words, page: Callable[[IndicatorPage], Artifact]
) -> Iterator[Artifact]:
    """The pages of each indicator that some case reports, its rows and its charts as files."""
    places = {value: collection.totals(value.slugs) for value in collection.facets["region"]}
    years = {value.key: collection.totals(value.slugs) for value in collection.facets["year"]}
    categories = {c.key: collection.category_totals(c.key) for c in collection.categories}
    for indicator in reported(collection):
        rows = rows_of(indicator, collection)
        yield literal(f"metrics/{indicator.key}.csv", as_csv(rows, indicator, words))
        charts = {
            "year": by_year(indicator, years, words),
            "province": by_province(indicator, places, words),
            "category": by_category(indicator, categories, collection, words),
        }
        for name, chart in charts.items():
            if chart:
                path = f"metrics/{indicator.key}-{name}.svg"
                yield literal(path, drawings.draw_chart(chart, indicator.name))
        tiles = value_tiles(indicator, places) if charts["province"] else ()
        for view in pages(indicator, rows, charts, tiles, collection, head, words):
            yield page(view)


def pages(  # noqa: PLR0913, PLR0917 what the pages of one indicator show
    indicator: Indicator,
    rows: Sequence[Row],
    charts: Mapping[str, BarChart | None],
    tiles: tuple[Tile, ...],
    collection: Collection,
    head: MakeHead,
    words: Words,
) -> Iterator[IndicatorPage]:
    """The first page with all charts and the twenty greatest figures; then the others."""
    totals = totals_of(indicator, collection)
    cases = reporting(indicator, collection)
    counted = {"n": len(cases), "of": len(collection.entries)}
    describe = words["describe.metric"].format(name=indicator.name, **counted)
    said = words["metric.says"].format(
        name=indicator.name, total=totals[0].quantity.text if totals else "", **counted
    )
    statements = statements_of(rows, indicator)
    start = parts.indicator_href(indicator.key)
    rest = range(GREATEST, len(statements), LISTED)
    chunks = [statements[:GREATEST], *(statements[at : at + LISTED] for at in rest)]
    stem = f"metrics/{indicator.key}"
    paths = [start, *(f"{stem}--{n}.html" for n in range(2, len(chunks) + 1))]
    for at, chunk in enumerate(chunks):
        yield IndicatorPage(
            head(paths[at], indicator.name, describe, LIST),
            unit=indicator.unit,
            totals=totals,
            reason="" if totals else reason(indicator, collection, words),
            reported=len(cases),
            of=len(collection.entries),
            says=said if totals else "",
            spread=spread([(row.value, row.written, row.case) for row in rows], indicator, words),
            strip=statements if len(statements) >= 3 and at == 0 else (),
            median=statements[len(statements) // 2].x if statements else "",
            statements=chunk,
            by_category=charts["category"],
            by_year=charts["year"],
            by_province=charts["province"],
            tiles=tiles,
            drawings=tuple(
                Link(chart.title, f"{stem}-{name}.svg") for name, chart in charts.items() if chart
            ),
            table=f"{stem}.csv",
            citation=words["metric.citation"].format(name=indicator.name),
            filter=f"cases.html?sort={indicator.key}" if totals else "",
            pager=Pager(
                number=at + 1,
                count=len(chunks),
                links=tuple(PageLink(n + 1, path, n == at) for n, path in enumerate(paths)),
                previous=paths[at - 1] if at else "",
                next=paths[at + 1] if at + 1 < len(chunks) else "",
            ),
            up=Link(words["page.metrics"], LIST),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A case's figure: its value in the indicator's unit, as written, and where it stands."""

    value: Fraction
    written: str  # "" where several metrics make it
    case: Case
    anchor: str
    sentence: str


def rows_of(indicator: Indicator, collection: Collection) -> tuple[Row, ...]:
    """The figures of an indicator, the highest first, with their sentences."""
    found = []
    for value, written, case in values_of(indicator, collection):
        positions = [
            n
            for n, metric in enumerate(case.metrics)
            if metric.indicator == indicator.key and metric.quantity.as_written == written
        ]
        evidence = case.metrics[positions[0]].evidence if positions else None
        anchor = parts.metric_anchor(case, positions[0]) if positions else ""
        sentence = "" if evidence is None else case.prose.sentences[evidence].text
        found.append(Row(value, written, case, anchor, sentence))
    return tuple(found)


def statements_of(rows: Sequence[Row], indicator: Indicator) -> tuple[Statement, ...]:
    """The figures for readers; on the strip by value, by its logarithm where they differ much."""
    values = [float(row.value) for row in rows]
    highest, lowest = max(values, default=0.0), min(values, default=0.0)
    steep = lowest > 0 and highest / lowest > STEEP

    def place(value: float) -> float:
        if highest <= lowest:
            return 500
        if steep:
            return 10 + 980 * log(value / lowest) / log(highest / lowest)
        return 10 + 980 * (value - lowest) / (highest - lowest)

    return tuple(
        Statement(
            row.case.title,
            parts.case_href(row.case.slug) + (f"#{row.anchor}" if row.anchor else ""),
            row.case.institution,
            parts.as_written(row.written)
            if row.written
            else parts.reckoned(row.value, row.value, indicator.unit),
            row.sentence,
            f"{max(3.0, 1000 * value / highest if highest > 0 else 0):.6g}",
            f"{place(value):.6g}",
            str(10 + 10 * (at % 4)),
        )
        for at, (row, value) in enumerate(zip(rows, values, strict=True))
    )


def as_csv(rows: Sequence[Row], indicator: Indicator, words: Words) -> bytes:
    """The figures as a file that Excel opens: exact values in the indicator's unit."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(words["metric.columns"].split("、"))
    for row in rows:
        places = "、".join(dict.fromkeys(place.label for place in row.case.regions))
        table.writerow([
            row.case.slug, row.case.title, row.case.institution, places,
            show_period(row.case.period, "-"), row.written, plain_number(row.value),
            indicator.unit, row.sentence,
        ])  # fmt: skip
    return text.getvalue().encode("utf-8-sig")


def by_province(
    indicator: Indicator, totals: Mapping[Value, Sequence[Total]], words: Words
) -> BarChart | None:
    """The provinces' totals, the greatest first; None below two."""
    bars = [
        _bar(value.label, parts.value_href("region", value.stem), total)
        for value, found in totals.items()
        if (total := _own(indicator, found)) is not None
    ]
    bars.sort(key=lambda bar: (-Fraction(bar.value), bar.label))
    chart = _chart(words["metric.by_province"], bars)
    return chart and replace(chart, note=words["group.note.region"])


def value_tiles(indicator: Indicator, totals: Mapping[Value, Sequence[Total]]) -> tuple[Tile, ...]:
    """The provinces as tiles, shaded by thirds of their totals."""
    own = {value.key: t for value, found in totals.items() if (t := _own(indicator, found))}
    ranked = sorted(total.low for total in own.values())
    tiles = []
    for tile in parts.tiles(tuple(totals)):
        total = own.get(tile.name)
        if total is None:
            tiles.append(replace(tile, count=0, href="", level=0))
            continue
        level = 1 + sum(total.low > ranked[len(ranked) * third // 3] for third in (1, 2))
        shown = parts.reckoned(total.low, total.high, total.unit).text.removesuffix(total.unit)
        tiles.append(replace(tile, level=level, shown=shown))
    return tuple(tiles)


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
