"""Indicators: metrics.html and the pages and files of each: total, charts, spread, sentences.

Secret: how one figure is laid out over all cases.
Not here: which sums are lawful (collection) and what a case's own page shows (pages).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import log

from casegen.chinese.quantity import plain_number
from casegen.collection.assembly import Collection
from casegen.collection.case import Case, show_period
from casegen.collection.indicator import Indicator
from casegen.collection.measures import measure_metric
from casegen.collection.totals import Total, why_no_total
from casegen.editions.site import drawings, parts
from casegen.editions.site.components import (
    Bar,
    BarChart,
    DoubtRow,
    IndicatorGroup,
    IndicatorRow,
    Link,
    PageLink,
    Pager,
    QuantityView,
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
    found = collection.reported
    return tuple(i for i in collection.vocabulary.indicators if i.page and i.key in found)


def make_index(collection: Collection, head: MakeHead, words: Words) -> IndicatorsPage:
    """The page of all indicators, grouped by the questions that they answer."""
    rows: dict[str, list[IndicatorRow]] = {}
    for indicator in reported(collection):
        totals = totals_of(indicator, collection)
        row = IndicatorRow(
            link=Link(indicator.shown_name, parts.indicator_href(indicator.key)),
            totals=totals,
            reason="" if totals else reason(indicator, collection, words),
            reported=len(reporting(indicator, collection)),
            of=len(collection.entries),
            left_out=len(doubted(indicator, collection)),
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
    return words[f"reason.{why}"].format(name=indicator.shown_name) if why else ""


def dimension(indicator: Indicator, words: Words) -> str:
    """The question an indicator answers; dimensions of a vocabulary's own count as others."""
    key = f"dimension.{indicator.dimension}"
    return words[key if key in words else "dimension.other"]


def artifacts(
    collection: Collection, head: MakeHead, words: Words, page: Callable[[IndicatorPage], Artifact]
) -> Iterator[Artifact]:
    """The pages of each indicator that some case reports, its rows and its charts as files."""
    for indicator in reported(collection):
        rows = rows_of(indicator, collection)
        yield literal(f"metrics/{indicator.key}.csv", as_csv(rows, indicator, words))
        charts = {
            "year": by_year(indicator, collection, words),
            "province": by_province(indicator, collection, words),
            "category": by_category(indicator, collection, words),
        }
        for name, chart in charts.items():
            if chart:
                path = f"metrics/{indicator.key}-{name}.svg"
                yield literal(path, drawings.draw_chart(chart, indicator.shown_name))
        tiles = value_tiles(indicator, collection) if charts["province"] else ()
        for view in make_pages(indicator, rows, charts, tiles, collection, head, words):
            yield page(view)


def make_pages(  # noqa: PLR0913, PLR0917 what the pages of one indicator show
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
    describe = words["describe.metric"].format(name=indicator.shown_name, **counted)
    said = words["metric.says"].format(
        name=indicator.shown_name, total=totals[0].quantity.text if totals else "", **counted
    )
    statements = statements_of(rows)
    start = parts.indicator_href(indicator.key)
    rest = range(GREATEST, len(statements), LISTED)
    chunks = [statements[:GREATEST], *(statements[at : at + LISTED] for at in rest)]
    stem = f"metrics/{indicator.key}"
    paths = [start, *(f"{stem}--{n}.html" for n in range(2, len(chunks) + 1))]
    for at, chunk in enumerate(chunks):
        yield IndicatorPage(
            head(paths[at], indicator.shown_name, describe, LIST),
            unit=indicator.unit,
            totals=totals,
            reason="" if totals else reason(indicator, collection, words),
            reported=len(cases),
            of=len(collection.entries),
            says=said if totals else "",
            spread=spread(rows, words),
            strip=statements if len(statements) >= 3 and at == 0 else (),
            median=statements[len(statements) // 2].x if statements else "",
            statements=chunk,
            by_category=charts["category"],
            by_year=charts["year"],
            by_province=charts["province"],
            left_out=doubted(indicator, collection, words) if at == 0 else (),
            tiles=tiles,
            drawings=tuple(
                Link(chart.title, f"{stem}-{name}.svg") for name, chart in charts.items() if chart
            ),
            table=f"{stem}.csv",
            citation=words["metric.citation"].format(name=indicator.shown_name),
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
    """A case's figure: its value in the indicator's unit, as shown, and where it stands."""

    value: Fraction
    quantity: QuantityView
    case: Case
    anchor: str
    sentence: str


def rows_of(indicator: Indicator, collection: Collection) -> tuple[Row, ...]:
    """The figures of an indicator, the highest first; doubtful ones are not among them.

    For an indicator without totals every metric stands by itself.
    """
    positions: dict[str, list[int]] = {}
    for slug, position, metric in collection.reported.get(indicator.key, ()):
        if not metric.doubts:
            positions.setdefault(slug, []).append(position)
    found = []
    for slug, own in positions.items():
        case = collection.by_slug[slug]
        if not indicator.summable:
            found += [_row(case, n, collection) for n in own]
            continue
        for worth in collection.values[slug].get(indicator.key, ())[:1]:
            shown, _ = parts.value_shown(case, indicator.key, worth)
            alone = [n for n in own if case.metrics[n].counted]
            place = alone[0] if len(alone) == 1 else None
            anchor = "" if place is None else parts.metric_anchor(case, place)
            found.append(Row(worth.low, shown, case, anchor, _sentence(case, place)))
    return tuple(sorted(found, key=lambda row: (-row.value, row.case.slug)))


def _row(case: Case, position: int, collection: Collection) -> Row:
    metric = case.metrics[position]
    return Row(
        measure_metric(metric, collection.vocabulary).low,
        parts.as_written(metric.quantity.as_written),
        case,
        parts.metric_anchor(case, position),
        _sentence(case, position),
    )


def _sentence(case: Case, position: int | None) -> str:
    evidence = None if position is None else case.metrics[position].evidence
    return "" if evidence is None else case.prose.sentences[evidence].text


def statements_of(rows: Sequence[Row]) -> tuple[Statement, ...]:
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
            row.quantity,
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
            show_period(row.case.period, "-"), row.quantity.text, plain_number(row.value),
            indicator.unit, row.sentence,
        ])  # fmt: skip
    return text.getvalue().encode("utf-8-sig")


def by_province(indicator: Indicator, collection: Collection, words: Words) -> BarChart | None:
    """The provinces' shares of the total, the greatest first, and what is of no known one."""
    bars = [
        _bar(value.label, parts.value_href("region", value.stem), total)
        for value in collection.facets["region"]
        if (total := _own(indicator, collection.region_totals(value.key)))
    ]
    bars.sort(key=lambda bar: (-Fraction(bar.value), bar.label))
    if total := _own(indicator, collection.region_totals("")):
        bars.append(_bar(words["metric.no_region"], "", total))
    chart = _chart(words["metric.by_province"], bars)
    return chart and replace(chart, note=words["group.note.region"])


def value_tiles(indicator: Indicator, collection: Collection) -> tuple[Tile, ...]:
    """The provinces as tiles, shaded by thirds of their totals."""
    values = collection.facets["region"]
    own = {
        value.key: total
        for value in values
        if (total := _own(indicator, collection.region_totals(value.key)))
    }
    ranked = sorted(total.low or Fraction(0) for total in own.values())
    tiles = []
    for tile in parts.tiles(values):
        total = own.get(tile.name)
        if total is None or total.low is None or total.high is None:
            tiles.append(replace(tile, count=0, href="", level=0))
            continue
        level = 1 + sum(total.low > ranked[len(ranked) * third // 3] for third in (1, 2))
        shown = parts.show_calculated(total.low, total.high, total.unit, total.qualifier).text
        tiles.append(replace(tile, level=level, shown=shown.removesuffix(total.unit)))
    return tuple(tiles)


def totals_of(indicator: Indicator, collection: Collection) -> tuple[TotalView, ...]:
    """The collection's totals of an indicator that rest on some reliable figure."""
    return tuple(
        parts.total_view(total, collection)
        for total in collection.all_totals
        if total.indicator == indicator.key and not total.doubtful
    )


def mentioning(indicator: Indicator, collection: Collection) -> tuple[Case, ...]:
    """The cases that have a metric of an indicator, reliable or not."""
    slugs = dict.fromkeys(slug for slug, _, _ in collection.reported.get(indicator.key, ()))
    return tuple(collection.by_slug[slug] for slug in slugs)


def reporting(indicator: Indicator, collection: Collection) -> tuple[str, ...]:
    """The cases that report an indicator reliably; of one that is added up, parts aside."""
    return tuple(
        dict.fromkeys(
            slug
            for slug, _, metric in collection.reported.get(indicator.key, ())
            if (metric.counted if indicator.summable else not metric.doubts)
        )
    )


def doubted(
    indicator: Indicator, collection: Collection, words: Words | None = None
) -> tuple[DoubtRow, ...]:
    """The metrics of an indicator that are in doubt; with words also why."""
    return tuple(
        DoubtRow(
            Link(collection.by_slug[slug].title, parts.case_href(slug)),
            metric.name,
            parts.as_written(metric.quantity.as_written),
            parts.doubt_words(metric.doubts, words) if words else "",
        )
        for slug, _, metric in collection.reported.get(indicator.key, ())
        if metric.doubts and metric.part_of is None and metric.same_as is None
    )


def spread(values: Sequence[Row], words: Words) -> tuple[Spread, ...]:
    """Lowest, quartiles, highest of the cases' values; nothing below three cases.

    Quartiles are those of the ranked values themselves, no mean of two, so that each is a figure
    that some case reports.
    """
    if len(values) < 3:
        return ()
    ranked = [row.quantity for row in reversed(values)]
    marks = {"lowest": 0, "median": (len(ranked) - 1) // 2, "highest": len(ranked) - 1}
    if len(ranked) >= 8:
        last = len(ranked) - 1
        marks = {
            "lowest": 0, "lower": last // 4, "median": last // 2, "upper": last * 3 // 4,
            "highest": last,
        }  # fmt: skip
    return tuple(Spread(words[f"spread.{name}"], ranked[at]) for name, at in marks.items())


def by_category(indicator: Indicator, collection: Collection, words: Words) -> BarChart | None:
    """The categories' shares of the total, and what has none; None where one has it all."""
    bars = []
    for category in collection.categories:
        if total := _own(indicator, collection.category_totals(category.key)):
            page = parts.value_href("category", category.key)
            bars.append(replace(_bar(category.name, page, total), category=category.key))
    if total := _own(indicator, collection.category_totals("")):
        bars.append(_bar(words["metric.no_category"], "", total))
    return _chart(words["metric.by_category"], bars)


def by_year(indicator: Indicator, collection: Collection, words: Words) -> BarChart | None:
    """The totals of years and spans of years, the oldest first; None below two of them."""
    pages = {value.key: value.stem for value in collection.facets["year"]}
    bars = []
    for label in collection.year_labels:
        if total := _own(indicator, collection.year_totals(label)):
            page = parts.value_href("year", pages[label]) if label in pages else ""
            said = label.replace("-", words["join.years"]) if label else words["metric.no_year"]
            bars.append(_bar(said + (words["metric.year"] if "-" in label else ""), page, total))
    chart = _chart(words["metric.by_year"], bars)
    return chart and replace(chart, note=words["metric.years_note"])


def _own(indicator: Indicator, totals: Sequence[Total]) -> Total | None:
    """The reliable total in the indicator's own unit."""
    return next(
        (
            t
            for t in totals
            if t.indicator == indicator.key and t.unit == indicator.unit and not t.doubtful
        ),
        None,
    )


def _bar(label: str, page: str, total: Total) -> Bar:
    low, high = total.low or Fraction(0), total.high or Fraction(0)
    return Bar(
        label,
        page,
        parts.decimal_text(low),
        parts.show_calculated(low, high, total.unit, total.qualifier),
    )


def _chart(title: str, bars: Sequence[Bar]) -> BarChart | None:
    if len(bars) < 2:
        return None
    highest = max((Fraction(bar.value) for bar in bars), default=Fraction(1))
    return BarChart(title, tuple(bars), parts.decimal_text(highest))
