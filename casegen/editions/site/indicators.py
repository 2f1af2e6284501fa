"""indicators: metrics.html and the pages and files of each: total, charts, spread, sentences.

Secret: how the figures of one indicator are laid out over all cases.
Not here: its charts (charts, distribution), which sums are lawful (collection) and what the page of
a case shows (pages).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from casegen.chinese.showing import make_plain_number
from casegen.collection.case import Case, make_case_href, show_period
from casegen.collection.collected import Collection
from casegen.collection.indicator import Indicator, group_by_question
from casegen.collection.measures import measure_metric
from casegen.collection.totals import why_no_total
from casegen.editions.site import charts, distribution, drawings, parts
from casegen.editions.site.components import (
    BarChart,
    DoubtRow,
    IndicatorGroup,
    IndicatorRow,
    Link,
    QuantityView,
    Spread,
    Statement,
    TotalView,
)
from casegen.editions.site.views import (
    Head,
    IndicatorPage,
    IndicatorsPage,
)
from casegen.output import Artifact, make_literal

MakeHead = Callable[[str, str, str, str], Head]
Words = Mapping[str, str]

LIST = "metrics.html"
GREATEST = 20  # figures on an indicator's first page
LISTED = 50  # and on each further one


def list_reported(collection: Collection) -> tuple[Indicator, ...]:
    """Return the indicators that some published case reports, in vocabulary order."""
    found = collection.reported
    return tuple(i for i in collection.vocabulary.indicators if i.page and i.key in found)


def make_index(collection: Collection, head: MakeHead, words: Words) -> IndicatorsPage:
    """Return the page of all indicators, grouped by the questions that they answer."""
    groups = tuple(
        IndicatorGroup(name, tuple(_make_index_row(one, collection, words) for one in found))
        for name, found in group_by_question(list_reported(collection), words).items()
    )
    title = words["page.metrics"]
    count = sum(len(group.rows) for group in groups)
    return IndicatorsPage(
        head(LIST, title, words["describe.metrics"].format(n=count), LIST), groups=groups
    )


def _make_index_row(indicator: Indicator, collection: Collection, words: Words) -> IndicatorRow:
    totals = list_totals(indicator, collection)
    return IndicatorRow(
        link=Link(indicator.shown_name, parts.make_indicator_href(indicator.key)),
        totals=totals,
        reason="" if totals else tell_reason(indicator, collection, words),
        reported=len(collection.list_reporting(indicator)),
        of=len(collection.entries),
        left_out=len(list_doubted(indicator, collection)),
    )


def tell_reason(indicator: Indicator, collection: Collection, words: Words) -> str:
    """Return why an indicator has no total, in words."""
    why = why_no_total(indicator, collection.entries, collection.vocabulary)
    return words[f"reason.{why}"].format(name=indicator.shown_name) if why else ""


def list_artifacts(
    collection: Collection, head: MakeHead, words: Words, page: Callable[[IndicatorPage], Artifact]
) -> Iterator[Artifact]:
    """Yield the pages of each indicator that some case reports, its rows and charts as files."""
    for indicator in list_reported(collection):
        rows = list_rows(indicator, collection)
        yield make_literal(f"metrics/{indicator.key}.csv", write_csv(rows, words))
        bars = {
            **charts.chart_years(indicator, collection, words),
            "province": charts.chart_provinces(indicator, collection, words),
            "category": charts.chart_categories(indicator, collection, words),
        }
        frame = head(LIST, "", "", LIST).frame
        address = (
            frame.base_url + parts.make_indicator_href(indicator.key) if frame.base_url else ""
        )
        source = words["metric.source"].format(owner=frame.organization, title=frame.title)
        drawn = _list_drawings(indicator, rows, bars, words, f"{source} {address}".strip())
        for link, drawing in drawn:
            yield make_literal(link.href, drawing)
        files = tuple(link for link, _ in drawn)
        for view in _make_pages(_Shown(indicator, rows, bars, files), collection, head, words):
            yield page(view)


def _list_drawings(
    indicator: Indicator,
    rows: Sequence[Row],
    bars: Mapping[str, BarChart | None],
    words: Words,
    source: str,
) -> list[tuple[Link, bytes]]:
    """Return the charts of an indicator's page as files, each with its link and its source."""
    drawn = {
        key: (chart.title, drawings.draw_bars(chart, indicator.shown_name, source))
        for key, chart in bars.items()
        if chart
    }
    compared = list_comparable(rows, indicator)
    statements, height = list_statements(compared, indicator)
    if marks := make_spread(compared, words):
        title = words["metrics.spread"]
        heading = f"{indicator.shown_name}：{title}"
        drawn["spread"] = (title, drawings.draw_strip(statements, height, marks, heading, source))
    if len(compared) > 1:
        title = words["metric.ranking"]
        if len(compared) > GREATEST:
            title = words["metric.greatest"].format(n=GREATEST)
        heading = f"{indicator.shown_name}：{title}"
        drawn["ranking"] = (title, drawings.draw_ranking(statements[:GREATEST], heading, source))
    return [
        (Link(title, f"metrics/{indicator.key}-{name}.svg"), drawing)
        for name, (title, drawing) in drawn.items()
    ]


def describe_basis(indicator: Indicator, collection: Collection, words: Words) -> str:
    """Return of which years the figures of a total are, and which figure of a case counts."""
    periods = [
        total.period
        for total in collection.all_totals
        if total.indicator == indicator.key and total.period
    ]
    if not periods:
        return ""
    span = min(first for first, _ in periods), max(last for _, last in periods)
    return words[f"metric.basis.{indicator.rule}"].format(period=show_period(span))


@dataclass(frozen=True, slots=True)
class Row:
    """A case's figure: its value in the indicator's unit, the text as shown, and where it is."""

    value: Fraction
    unit: str  # the indicator's, or another allowed one, whose figures are not compared
    quantity: QuantityView
    case: Case
    anchor: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the pages of one indicator show: its figures, its charts, and these as files."""

    indicator: Indicator
    rows: tuple[Row, ...]
    bars: Mapping[str, BarChart | None]
    files: tuple[Link, ...]


def _make_pages(
    shown: _Shown, collection: Collection, head: MakeHead, words: Words
) -> Iterator[IndicatorPage]:
    """Yield the first page with all charts and the twenty greatest figures; then the others."""
    indicator = shown.indicator
    name = indicator.shown_name
    cases = collection.list_reporting(indicator)
    describe = words["describe.metric"].format(name=name, n=len(cases), of=len(collection.entries))
    statements, height = list_statements(shown.rows, indicator)
    rest = range(GREATEST, len(statements), LISTED)
    chunks = [statements[:GREATEST], *(statements[at : at + LISTED] for at in rest)]
    stem = f"metrics/{indicator.key}"
    further = (f"{stem}--{n}.html" for n in range(2, len(chunks) + 1))
    paths = [parts.make_indicator_href(indicator.key), *further]
    first = _make_first_page(
        shown, (statements, height), collection, head(paths[0], name, describe, LIST), words
    )
    for at, (path, chunk) in enumerate(zip(paths, chunks, strict=True)):
        pager = parts.make_pager(paths, at)
        if at == 0:
            yield replace(first, statements=chunk, pager=pager)
            continue
        own = head(path, name, describe, LIST)
        yield replace(first, head=own, statements=chunk, pager=pager, strip=(), left_out=())


def _make_first_page(
    shown: _Shown,
    figures: tuple[tuple[Statement, ...], int],
    collection: Collection,
    head: Head,
    words: Words,
) -> IndicatorPage:
    """Return the page with all figures, not yet cut into pages.

    `figures`: the statements, and the height of the strip on which they stand.
    """
    indicator, bars = shown.indicator, shown.bars
    statements, height = figures
    totals = list_totals(indicator, collection)
    compared = tuple(one for one in statements if one.x)
    tiles, shades = charts.make_value_tiles(indicator, collection) if bars["province"] else ((), ())
    return IndicatorPage(
        head,
        unit=indicator.unit,
        totals=totals,
        reason="" if totals else tell_reason(indicator, collection, words),
        reported=len(collection.list_reporting(indicator)),
        of=len(collection.entries),
        says=_say_total(indicator, totals, collection, words),
        basis=describe_basis(indicator, collection, words),
        spread=make_spread(list_comparable(shown.rows, indicator), words),
        strip=compared if len(compared) >= 3 else (),
        strip_height=height,
        median=compared[len(compared) // 2].x if compared else "",
        half=find_half(compared),
        statements=statements,
        by_category=bars["category"],
        by_year=bars["year"],
        by_span=bars["span"],
        by_province=bars["province"],
        left_out=list_doubted(indicator, collection, words),
        tiles=tiles,
        shades=shades,
        drawings=shown.files,
        table=f"metrics/{indicator.key}.csv",
        citation=words["metric.citation"].format(name=indicator.shown_name),
        filter=f"cases.html?sort={indicator.key}" if totals else "",
        pager=parts.make_pager([head.path], 0),
        up=Link(words["page.metrics"], LIST),
    )


def _say_total(
    indicator: Indicator, totals: Sequence[TotalView], collection: Collection, words: Words
) -> str:
    """Return the first total in words, with the cases that it counts; "" without a total."""
    if not totals:
        return ""
    reporting = len(collection.list_reporting(indicator))
    some = totals[0].reported
    sentence = words["metric.says"] if some == reporting else words["metric.says_some"]
    return sentence.format(
        name=indicator.shown_name,
        total=totals[0].quantity.text,
        some=some,
        n=reporting,
        of=len(collection.entries),
    )


def list_rows(indicator: Indicator, collection: Collection) -> tuple[Row, ...]:
    """Return the figures of an indicator, the highest first, without doubtful ones.

    For an indicator without totals every metric is a row of its own.
    """
    positions: dict[str, list[int]] = {}
    for slug, position, metric in collection.reported.get(indicator.key, ()):
        if not metric.doubts:
            positions.setdefault(slug, []).append(position)
    found = []
    for slug, own in positions.items():
        case = collection.by_slug[slug]
        if not indicator.summable:
            found += [_make_row(case, n, collection) for n in own]
            continue
        for worth in collection.values[slug].get(indicator.key, ())[:1]:
            shown, _ = parts.show_value(case, indicator.key, worth)
            counted = [n for n in own if case.metrics[n].counted]
            anchor = parts.make_metric_anchor(case, counted[0]) if len(counted) == 1 else ""
            sentences = _list_sentences(case, counted)
            found.append(Row(worth.low, worth.unit, shown, case, anchor, sentences))
    # 1.5个百分点 is no rate: figures in another unit stand below, by themselves.
    return tuple(
        sorted(found, key=lambda row: (row.unit != indicator.unit, -row.value, row.case.slug))
    )


def _make_row(case: Case, position: int, collection: Collection) -> Row:
    metric = case.metrics[position]
    measure = measure_metric(metric, collection.vocabulary)
    return Row(
        measure.low,
        measure.unit,
        parts.show_as_written(metric.quantity.as_written),
        case,
        parts.make_metric_anchor(case, position),
        _list_sentences(case, [position]),
    )


def _list_sentences(case: Case, positions: Sequence[int]) -> tuple[str, ...]:
    """Return the sentences that state some metrics, each once."""
    found = (case.metrics[position].evidence for position in positions)
    return tuple(dict.fromkeys(case.prose.sentences[n].text for n in found if n is not None))


def list_statements(rows: Sequence[Row], indicator: Indicator) -> tuple[tuple[Statement, ...], int]:
    """Return the figures for readers, each with its place on the strip, and the strip's height.

    Figures in another unit than the indicator's have neither place nor bar.
    """
    strip = distribution.lay_out([float(row.value) for row in list_comparable(rows, indicator)])
    aside = (distribution.Place("", "", ""),) * (len(rows) - len(strip.places))
    statements = tuple(
        Statement(
            row.case.title,
            make_case_href(row.case.slug) + (f"#{row.anchor}" if row.anchor else ""),
            row.case.institution,
            row.quantity,
            row.sentences,
            place.share,
            place.x,
            place.y,
        )
        for row, place in zip(rows, strip.places + aside, strict=True)
    )
    return statements, strip.height


def list_comparable(rows: Sequence[Row], indicator: Indicator) -> tuple[Row, ...]:
    """Return the figures in the unit of the indicator: only these can be compared."""
    return tuple(row for row in rows if row.unit == indicator.unit)


def write_csv(rows: Sequence[Row], words: Words) -> bytes:
    """Return the figures as CSV for Excel: exact values, each with its base unit."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(words["metric.columns"].split("、"))
    for row in rows:
        places = "、".join(dict.fromkeys(place.label for place in row.case.regions))
        table.writerow([
            row.case.slug, row.case.title, row.case.institution, places,
            show_period(row.case.period, "-"), row.quantity.text, make_plain_number(row.value),
            row.unit, " ".join(row.sentences),
        ])  # fmt: skip
    return text.getvalue().encode("utf-8-sig")


def list_totals(indicator: Indicator, collection: Collection) -> tuple[TotalView, ...]:
    """Return the collection's totals of an indicator that have at least one reliable figure."""
    return tuple(
        parts.make_total_view(total, collection)
        for total in collection.all_totals
        if total.indicator == indicator.key and not total.doubtful
    )


def list_mentioning(indicator: Indicator, collection: Collection) -> tuple[Case, ...]:
    """Return the cases that have a metric of an indicator, reliable or not."""
    slugs = dict.fromkeys(slug for slug, _, _ in collection.reported.get(indicator.key, ()))
    return tuple(collection.by_slug[slug] for slug in slugs)


def list_doubted(
    indicator: Indicator, collection: Collection, words: Words | None = None
) -> tuple[DoubtRow, ...]:
    """Return the metrics of an indicator that are in doubt; with `words` also the reasons."""
    return tuple(
        DoubtRow(
            Link(collection.by_slug[slug].title, make_case_href(slug)),
            metric.name,
            parts.show_as_written(metric.quantity.as_written),
            parts.describe_doubts(metric.doubts, words) if words else "",
        )
        for slug, _, metric in collection.reported.get(indicator.key, ())
        if metric.doubts and metric.part_of is None and metric.same_as is None
    )


def find_half(statements: Sequence[Statement]) -> tuple[str, str] | None:
    """Return the places of both quartiles on the strip; None where the figures are few."""
    marks = distribution.find_marks(len(statements))
    if "lower" not in marks:
        return None
    low, high = (statements[-1 - marks[name]].x for name in ("lower", "upper"))
    return low, high


def make_spread(values: Sequence[Row], words: Words) -> tuple[Spread, ...]:
    """Return lowest, median and highest of the cases' figures; of many, also the quartiles."""
    ranked = [row.quantity for row in reversed(values)]
    marks = distribution.find_marks(len(ranked))
    return tuple(Spread(words[f"spread.{name}"], ranked[at]) for name, at in marks.items())
