"""parts: from values of the collection to the parts that views are composed of.

Secret: how a case, a total or a quantity is shown.
Not here: which pages exist (pages).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from casegen.chinese import region
from casegen.chinese.quantity import Qualifier
from casegen.chinese.showing import show_range
from casegen.collection.case import Case, make_case_href, show_period
from casegen.collection.category import Category
from casegen.collection.collected import Collection
from casegen.collection.facets import Value
from casegen.collection.metric import Metric
from casegen.collection.totals import Total, Worth
from casegen.editions.site.components import (
    Bar,
    BarChart,
    CardMetric,
    CaseCard,
    CategoryMark,
    Link,
    LinkTarget,
    MetricRow,
    PageLink,
    Pager,
    QuantityView,
    Run,
    Tile,
    TotalView,
    ValueRow,
)

Words = Mapping[str, str]

PLURALS = {
    "category": "categories",
    "region": "regions",
    "year": "years",
    "institution": "institutions",
    "tag": "tags",
}
CARD_METRICS = 3
PLACES = 8  # that a row of a province names
BARS = 10

_FIGURES = re.compile(
    r"[0-9０-９][0-9０-９.．,，%％]*"
    r"|(?!百分点)[一二三四五六七八九十百千两〇零]+(?:分之[一二三四五六七八九十]+)?"
)
_DIGIT = re.compile(r"[0-9０-９]")


def make_value_href(facet: str, stem: str) -> str:
    """Return the address of the page of a facet's value, from the root of the site."""
    return f"{PLURALS[facet]}/{stem}.html"


def make_indicator_href(key: str) -> str:
    """Return the address of an indicator's page, from the root of the site."""
    return f"metrics/{key}.html"


def show_as_written(text: str) -> QuantityView:
    """Return a quantity in the order it is written: figures big, qualifier and unit small."""
    runs: list[Run] = []
    at = 0
    for found in _FIGURES.finditer(text):
        if found.start() > at:
            runs.append(Run(text[at : found.start()], big=False))
        runs.append(Run(found.group(), big=True))
        at = found.end()
    if at < len(text):
        runs.append(Run(text[at:], big=False))
    return QuantityView(tuple(runs))


def show_calculated(
    low: Fraction, high: Fraction, unit: str, qualifier: Qualifier = Qualifier.EXACT
) -> QuantityView:
    """Return a calculated quantity: qualifier first, natural scale, no more exact than it is."""
    shown = show_range(low, high, unit, qualifier)
    runs = [Run(shown.number, big=True), Run(shown.unit, big=False)]
    if shown.qualifier:
        runs.insert(0, Run(shown.qualifier, big=False))
    return QuantityView(tuple(runs))


def make_metric_anchor(case: Case, position: int) -> str:
    """Return the id of the sentence that states a metric on its case's page; "" where none does.

    Ids of headings are in lower case, so that this one cannot be equal to any of them.
    """
    return "" if case.metrics[position].evidence is None else f"M{position + 1}"


def show_value(case: Case, indicator: str, value: Worth) -> tuple[QuantityView, str]:
    """Return a case's value of an indicator, and its anchor.

    As written where one metric makes it and it is in digits: figures of a column are compared.
    """
    own = [
        position
        for position, metric in enumerate(case.metrics)
        if metric.indicator == indicator and metric.counted
    ]
    if len(own) == 1:
        metric = case.metrics[own[0]]
        shown = show_as_written(metric.quantity.as_written)
        if not _DIGIT.search(shown.text):
            shown = show_calculated(value.low, value.high, value.unit, value.qualifier)
        return shown, make_metric_anchor(case, own[0])
    return show_calculated(value.low, value.high, value.unit, value.qualifier), ""


def make_mark(category: Category) -> CategoryMark:
    """Return a category as a mark: name, page and colour."""
    return CategoryMark(
        category.key, category.name, make_value_href("category", category.key), category.color
    )


def write_citation(case: Case) -> str:
    """Return the citation of a case by GB/T 7714, without the date of citing and the address.

    The form of 2015, 8.6 and its examples: 主要责任者. 题名[EB/OL]. (更新日期)[引用日期]. 获取路径.
    """
    return f"{case.institution}. {case.title}[EB/OL]. ({case.updated.isoformat()})"


def make_card(
    case: Case,
    collection: Collection,
    stems: Mapping[str, Mapping[str, str]],
    words: Words,
    thumb: LinkTarget | None = None,
) -> CaseCard:
    """Return the card of a case, the same in every list."""
    marks = {c.key: make_mark(c) for c in collection.categories}
    return CaseCard(
        slug=case.slug,
        href=make_case_href(case.slug),
        title=case.title,
        institution=Link(
            case.institution, make_value_href("institution", stems["institution"][case.institution])
        ),
        places=name_places(case.regions),
        place_line=write_place_line(case.regions),
        date=case.date,
        years=show_period(case.period, words["join.years"]),
        categories=tuple(marks[key] for key in case.categories),
        summary=case.summary,
        metrics=tuple(
            CardMetric(
                metric.name, show_as_written(metric.quantity.as_written), metric.indicator or ""
            )
            for metric in choose_metrics(case, collection)
        ),
        status=case.status,
        thumb=thumb,
    )


def name_place(place: region.Region) -> str:
    """Return a place as cards show it: 贵州省黔东南苗族侗族自治州从江县."""
    return place.province + place.city + place.county


def name_places(places: Sequence[region.Region]) -> tuple[str, ...]:
    """Return places as cards count them: a place that contains another one of them is left out."""
    kept = region.keep_innermost(_cut_below_county(places))
    return tuple(dict.fromkeys(name_place(place) for place in kept))


def write_place_line(places: Sequence[region.Region]) -> str:
    """Return places in one line as cards show them, what they share once; none below the county."""
    return region.join_places(_cut_below_county(places))


def _cut_below_county(places: Sequence[region.Region]) -> list[region.Region]:
    return [region.Region(p.province, p.city, p.county) for p in places]


def choose_metrics(case: Case, collection: Collection) -> list[Metric]:
    """Return the figures for a card: those that lead, then whole ones that are added up."""
    keys = {indicator.key for indicator in collection.vocabulary.summable}
    whole = [m for m in case.metrics if m.counted]
    ranked = sorted(whole, key=lambda m: (not m.lead, m.indicator not in keys))
    return ranked[:CARD_METRICS]


def weigh_metrics(case: Case, collection: Collection) -> list[int]:
    """Return the positions of a case's metrics, the most important first, else as written.

    Leading ones come first; wholes before parts and doubtful ones; then those that are added up,
    those with a known name, the rest.
    """

    def weight(position: int) -> tuple[bool, ...]:
        metric = case.metrics[position]
        known = collection.vocabulary.get(metric.indicator) if metric.indicator else None
        return (
            not metric.lead,
            bool(metric.doubts),
            metric.part_of is not None or metric.same_as is not None,
            known is None,
            known is None or not known.summable,
        )

    return sorted(range(len(case.metrics)), key=weight)


def list_place_links(places: Sequence[region.Region], stems: Mapping[str, str]) -> tuple[Link, ...]:
    """Return places as links to their provinces; levels equal to those before are left out."""
    links = []
    before: tuple[str, ...] = ()
    for place in places:
        shared = 0
        while shared < min(len(before), len(place.names) - 1):
            if before[shared] != place.names[shared]:
                break
            shared += 1
        label = "".join(dict.fromkeys(place.names[shared:]))
        links.append(Link(label, make_value_href("region", stems[place.province])))
        before = place.names
    return tuple(links)


def make_metric_row(
    position: int, metric: Metric, case: Case, collection: Collection, words: Words
) -> MetricRow:
    """Return a metric on its case's page, with the note that says how it is counted."""
    indicator = collection.vocabulary.get(metric.indicator) if metric.indicator else None
    categories = {c.key: make_mark(c) for c in collection.categories}
    booked = collection.standings[case.slug][position].booked
    category = metric.category or (booked[0] if len(booked) == 1 else "")
    notes = []
    if metric.doubts:
        notes.append(words["metric.doubt"].format(why=describe_doubts(metric.doubts, words)))
    elif metric.part_of is not None:
        notes.append(words["metric.part"].format(whole=case.metrics[metric.part_of].name))
    elif metric.same_as is not None:
        notes.append(words["metric.same"].format(other=case.metrics[metric.same_as].name))
    elif indicator is not None and indicator.rule == "none":
        notes.append(words["metric.not_added"])
    if metric.note:
        notes.append(metric.note)
    return MetricRow(
        position=position,
        name=metric.name,
        indicator=indicator.shown_name if indicator else "",
        indicator_href=make_indicator_href(indicator.key) if indicator and indicator.page else "",
        quantity=show_as_written(metric.quantity.as_written),
        category=categories.get(category),
        period=show_period(metric.period, words["join.years"]) if metric.period else "",
        note=words["metric.joint"].join(notes),
        anchor=make_metric_anchor(case, position),
        doubtful=bool(metric.doubts),
    )


def describe_doubts(rules: Sequence[str], words: Words) -> str:
    """Return why a metric is in doubt, in words for readers."""
    return words["metric.joint"].join(words[f"doubt.{rule}"] for rule in rules)


def make_total_view(total: Total, collection: Collection) -> TotalView:
    """Return a total for readers; one without a reliable figure has no quantity."""
    indicator = collection.vocabulary.get(total.indicator)
    name = indicator.shown_name if indicator else total.indicator
    quantity = QuantityView(())
    if total.low is not None and total.high is not None:
        quantity = show_calculated(total.low, total.high, total.unit, total.qualifier)
    return TotalView(
        key=total.indicator,
        name=f"{name}：{total.item}" if total.item else name,
        quantity=quantity,
        reported=total.reported,
        of=total.of,
        href=make_indicator_href(total.indicator),
        left_out=len(total.left_out),
    )


def make_total_views(
    totals: Sequence[Total], collection: Collection, most: int
) -> tuple[TotalView, ...]:
    """Return the `most` totals with the widest coverage; equal ones in vocabulary order."""
    sound = [total for total in totals if not total.doubtful]
    ranked = sorted(sound, key=lambda total: -total.reported)[:most]
    return tuple(make_total_view(total, collection) for total in ranked)


def make_ranking(  # noqa: PLR0913, PLR0917 what a ranking is made of
    totals: Sequence[Total],
    cases: Sequence[Case],
    collection: Collection,
    words: Words,
    facet: str = "",
    key: str = "",
) -> BarChart | None:
    """Return the cases ranked by the indicator that most of them report; None below three cases.

    With a facet, only the share of its value `key` counts.
    """
    total = max(totals, key=lambda t: t.reported, default=None)
    if total is None or total.reported < 3:
        return None
    rows: list[tuple[Worth, Case]] = []
    whole = collection.values
    for case in cases:
        values = collection.values_in(case.slug, facet, key, total.indicator)
        rows += [(m, case) for m in values[:1] if m.unit == total.unit]
    if len(rows) < 3:
        return None
    rows.sort(key=lambda row: (-row[0].low, row[1].slug))
    title = words["chart.greatest"] if len(rows) > BARS else words["chart.each"]
    return BarChart(
        title=title.format(name=make_total_view(total, collection).name, n=BARS),
        bars=tuple(
            Bar(
                case.title,
                make_case_href(case.slug),
                make_decimal_text(value.low),
                # The figure of a case is the same on every page, except where only a share counts.
                show_value(case, total.indicator, value)[0]
                if value in whole[case.slug].get(total.indicator, ())
                else show_calculated(value.low, value.high, total.unit, value.qualifier),
            )
            for value, case in rows[:BARS]
        ),
        maximum=make_decimal_text(rows[0][0].low),
        note=words["chart.top"].format(n=BARS, all=len(rows)) if len(rows) > BARS else "",
    )


def make_decimal_text(value: Fraction) -> str:
    """Return a value as a plain decimal for a drawing: six digits are finer than any screen."""
    return f"{float(value):.6g}"


def make_tiles(values: Sequence[Value]) -> tuple[Tile, ...]:
    """Return the 34 provinces as tiles; shade 1 for the lowest third of counts, up to 3."""
    found = {value.key: value for value in values}
    counts = sorted(len(value.slugs) for value in values)
    result = []
    for province in region.PROVINCES:
        value = found.get(province.name)
        count = len(value.slugs) if value else 0
        result.append(
            Tile(
                name=province.name,
                label=province.label,
                abbreviation=province.abbreviation,
                stem=province.stem,
                href=make_value_href("region", province.stem) if value else "",
                count=count,
                column=province.column,
                row=province.row,
                level=find_level(count, counts),
            )
        )
    return tuple(result)


def find_level(count: int, counts: Sequence[int]) -> int:
    """Return the shade of a count among all (ascending) counts: 0 for none, 1 to 3 by thirds."""
    if not count:
        return 0
    if counts[-1] <= 3:
        return min(count, 2)
    return 1 + sum(count > counts[len(counts) * third // 3] for third in (1, 2))


def list_value_rows(
    facet: str, values: Sequence[Value], collection: Collection
) -> tuple[ValueRow, ...]:
    """Return a row for each value that has cases; provinces name their cities and counties."""
    rows = []
    for value in values:
        if not value.slugs:
            continue
        places: dict[region.Region, None] = {}
        if facet == "region":
            for slug in value.slugs:
                for place in collection.by_slug[slug].regions:
                    if place.province == value.key and place.city + place.county:
                        places[region.Region("", place.city, place.county)] = None
        rows.append(
            ValueRow(
                value.label,
                make_value_href(facet, value.stem),
                len(value.slugs),
                region.join_places(list(places)[:PLACES]) + ("……" if len(places) > PLACES else ""),
            )
        )
    return tuple(rows)


def make_pager(paths: Sequence[str], at: int) -> Pager:
    """Return the links of page number `at`, from 0, of a list to its other pages."""
    return Pager(
        number=at + 1,
        count=len(paths),
        links=tuple(PageLink(n + 1, path, n == at) for n, path in enumerate(paths)),
        previous=paths[at - 1] if at else "",
        next=paths[at + 1] if at + 1 < len(paths) else "",
    )
