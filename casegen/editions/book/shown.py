"""shown: figures, totals and dates as a reader of the book meets them.

Secret: the words around a figure.
Not here: what may be added up (collection), the same on the site (site.parts).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from casegen.chinese import quantity
from casegen.collection.assembly import Collection
from casegen.collection.case import Case
from casegen.collection.indicator import Indicator
from casegen.collection.metric import Metric
from casegen.collection.totals import Total, why_no_total
from casegen.editions.book import volume

Words = Mapping[str, str]


def years(period: tuple[int, int], words: Words) -> str:
    """A period: 2021, or 2019—2021."""
    first, last = period
    return str(first) if first == last else f"{first}{words['join.years']}{last}"


def long_date(date: dt.date, words: Words) -> str:
    """A date in full."""
    month = words["date.months"].split(" ")[date.month - 1]
    return words["date.long"].format(year=date.year, month=month, day=date.day)


def reckoned(low: Fraction, high: Fraction, unit: str, qualifier: str = "") -> str:
    """A reckoned quantity, its qualifier first."""
    shown = quantity.show_range(low, high, unit)
    before = "" if qualifier == quantity.Qualifier.EXACT else qualifier
    return f"{before}{shown.number}{shown.unit}"


def figures(case: Case, collection: Collection, words: Words) -> Iterator[volume.Figure]:
    """Every metric of a case, in the editor's order."""
    names = {category.key: category.name for category in collection.categories}
    for metric in case.metrics:
        yield volume.Figure(
            name=metric.name,
            quantity=metric.quantity.as_written,
            note=words["metric.joint"].join(_notes(metric, case, collection, words)),
            period=years(metric.period, words) if metric.period else "",
            category=names.get(metric.category, ""),
            doubtful=False,
        )


def _notes(metric: Metric, case: Case, collection: Collection, words: Words) -> Iterator[str]:
    indicator = collection.vocabulary.get(metric.indicator) if metric.indicator else None
    if metric.part_of is not None:
        yield words["metric.part"].format(whole=case.metrics[metric.part_of].name)
    elif metric.same_as is not None:
        yield words["metric.same"].format(other=case.metrics[metric.same_as].name)
    elif indicator is None:
        yield words["metric.unknown"]
    elif indicator.rule == "none":
        yield words["metric.not_added"]
    if metric.note:
        yield metric.note


def funds(case: Case, words: Words) -> Iterator[volume.Funds]:
    """The case's wholes of money with parts that add up to them, the largest part first.

    Only exact figures are shown: a part "more than" something leaves the sum open.
    """
    parts: dict[tuple[int, str], list[int]] = {}
    for position, metric in enumerate(case.metrics):
        if metric.part_of is not None and metric.split:
            parts.setdefault((metric.part_of, metric.split), []).append(position)
    for (whole, name), positions in parts.items():
        quantities = [case.metrics[position].quantity for position in (whole, *positions)]
        of, *shares = (quantity.base(each) for each in quantities)
        if len(shares) < 2 or not of.low or quantity.dimension_of(of.unit) != "money":
            continue
        if any(each.is_range or each.qualifier != quantity.Qualifier.EXACT for each in quantities):
            continue
        if {share.unit for share in shares} != {of.unit} or sum(s.low for s in shares) != of.low:
            continue
        ranked = sorted(zip(positions, shares, strict=True), key=lambda pair: -pair[1].low)
        written = quantities[0].as_written
        yield volume.Funds(
            title=words["split.title"].format(
                whole=case.metrics[whole].name, quantity=written, name=name
            ),
            shares=tuple(
                volume.Share(
                    case.metrics[position].name,
                    case.metrics[position].quantity.as_written,
                    round(float(share.low / of.low * 1000), 3),
                    case.metrics[position].category,
                )
                for position, share in ranked
            ),
            note=words["split.agrees"].format(n=len(shares), whole=written),
        )


def totals_of(collection: Collection, kind: str, key: str) -> Sequence[Total]:
    """The collection's totals of a part of the book."""
    if kind == "category":
        return collection.category_totals(key)
    value = next((v for v in collection.facets[kind] if v.key == key), None)
    return collection.totals(value.slugs) if value else ()


def total(found: Total, collection: Collection, words: Words) -> volume.Total:
    """A total with its name and its coverage."""
    indicator = collection.vocabulary.get(found.indicator)
    name = indicator.name if indicator else found.indicator
    return volume.Total(
        name=f"{name}：{found.item}" if found.item else name,
        quantity=reckoned(found.low, found.high, found.unit, found.qualifier),
        coverage=words["total.coverage"].format(of=found.of, n=found.reported),
    )


def reported(collection: Collection) -> tuple[Indicator, ...]:
    """The indicators that some published case reports and that have a page on the site."""
    used = {metric.indicator for entry in collection.entries for metric in entry.metrics}
    return tuple(i for i in collection.vocabulary.indicators if i.page and i.key in used)


def indicator(found: Indicator, collection: Collection, words: Words) -> volume.Indicator:
    """An indicator with its totals, or why it has none, and the figures of its cases."""
    totals = [t for t in collection.all_totals if t.indicator == found.key]
    why = "" if totals else why_no_total(found, collection.entries, collection.vocabulary)
    values = tuple(_values(found, collection, words))
    return volume.Indicator(
        name=found.name,
        totals=tuple(
            (f"{t.item} " if t.item else "") + reckoned(t.low, t.high, t.unit, t.qualifier)
            for t in totals
        ),
        reason=words[f"reason.{why}"].format(name=found.name) if why else "",
        coverage=words["total.coverage"].format(of=len(collection.entries), n=len(values)),
        values=values,
        left_out="",
    )


def _values(found: Indicator, collection: Collection, words: Words) -> Iterator[volume.Value]:
    """Each case's figures of an indicator, those of one case joined."""
    for case in collection.cases:
        own = [m for m in case.metrics if m.indicator == found.key]
        if case.status != "published" or not own:
            continue
        whole = [m for m in own if m.part_of is None and m.same_as is None] or own
        joined = words["join.places"].join(m.quantity.as_written for m in whole)
        yield volume.Value(case.slug, case.title, joined)
