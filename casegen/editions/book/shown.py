"""shown: figures, totals and dates as readers of the book see them.

Secret: the words around a figure.
Not here: what may be added up (collection), the same on the site (site.parts).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from casegen.chinese.quantity import Qualifier
from casegen.chinese.showing import show_range
from casegen.collection.bands import find_bands
from casegen.collection.case import Case
from casegen.collection.collected import Collection
from casegen.collection.indicator import Indicator
from casegen.collection.metric import Metric
from casegen.collection.totals import Total, why_no_total
from casegen.editions.book import volume

Words = Mapping[str, str]


def show_years(period: tuple[int, int], words: Words) -> str:
    """Return a period: 2021, or 2019—2021."""
    first, last = period
    return str(first) if first == last else f"{first}{words['join.years']}{last}"


def show_calculated(
    low: Fraction, high: Fraction, unit: str, qualifier: Qualifier = Qualifier.EXACT
) -> str:
    """Return a calculated quantity, its qualifier first, no more exact than it is."""
    shown = show_range(low, high, unit, qualifier)
    return f"{shown.qualifier}{shown.number}{shown.unit}"


def list_figures(case: Case, collection: Collection, words: Words) -> Iterator[volume.Figure]:
    """Yield every metric of a case, in the editor's order."""
    names = {category.key: category.name for category in collection.categories}
    for metric in case.metrics:
        yield volume.Figure(
            name=metric.name,
            quantity=metric.quantity.as_written,
            note=words["metric.joint"].join(_notes(metric, case, collection, words)),
            period=show_years(metric.period, words) if metric.period else "",
            category=names.get(metric.category, ""),
            doubtful=bool(metric.doubts),
        )


def _notes(metric: Metric, case: Case, collection: Collection, words: Words) -> Iterator[str]:
    indicator = collection.vocabulary.get(metric.indicator) if metric.indicator else None
    if metric.doubts:
        why = words["metric.joint"].join(words[f"doubt.{rule}"] for rule in metric.doubts)
        yield words["metric.doubt"].format(why=why)
    elif metric.part_of is not None:
        yield words["metric.part"].format(whole=case.metrics[metric.part_of].name)
    elif metric.same_as is not None:
        yield words["metric.same"].format(other=case.metrics[metric.same_as].name)
    elif indicator is not None and indicator.rule == "none":
        yield words["metric.not_added"]
    if metric.note:
        yield metric.note


def list_funds(case: Case, words: Words) -> Iterator[volume.Funds]:
    """Yield the case's wholes of money with parts that add up to them, the largest part first.

    Only exact figures are shown: a part "more than" something leaves the sum open.
    """
    for band in find_bands(case.metrics):
        whole = case.metrics[band.whole]
        written = whole.quantity.as_written
        yield volume.Funds(
            title=words["split.title"].format(whole=whole.name, quantity=written, name=band.split),
            shares=tuple(
                volume.Share(
                    case.metrics[part].name,
                    case.metrics[part].quantity.as_written,
                    round(float(share), 3),
                    case.metrics[part].category,
                )
                for part, share in band.parts
            ),
            note=words["split.agrees"].format(n=len(band.parts), whole=written),
        )


def list_totals(collection: Collection, kind: str, key: str) -> Sequence[Total]:
    """Return the collection's totals of a part of the book."""
    if kind == "category":
        return collection.category_totals(key)
    value = next((v for v in collection.facets[kind] if v.key == key), None)
    return collection.totals_of(kind, value) if value else ()


def make_total(found: Total, collection: Collection, words: Words) -> volume.Total:
    """Return a total with its name and its coverage."""
    indicator = collection.vocabulary.get(found.indicator)
    name = indicator.shown_name if indicator else found.indicator
    low, high = found.low or Fraction(0), found.high or Fraction(0)
    return volume.Total(
        name=f"{name}：{found.item}" if found.item else name,
        quantity=show_calculated(low, high, found.unit, found.qualifier),
        coverage=_coverage(found.reported, found.of, len(found.left_out), words),
    )


def _coverage(reported: int, of: int, left_out: int, words: Words) -> str:
    told = words["total.coverage"].format(of=of, n=reported)
    return told + (words["total.left_out"].format(n=left_out) if left_out else "")


def list_reported(collection: Collection) -> tuple[Indicator, ...]:
    """Return the indicators that some published case reports and that have a page on the site."""
    used = {metric.indicator for entry in collection.entries for metric in entry.metrics}
    return tuple(i for i in collection.vocabulary.indicators if i.page and i.key in used)


def make_indicator(
    found: Indicator, collection: Collection, cases: Sequence[Case], words: Words
) -> volume.Indicator:
    """Return an indicator with its totals, or why it has none, and the figures of its cases.

    `cases` gives the order of the figures: that of the book.
    """
    totals = [t for t in collection.all_totals if t.indicator == found.key and not t.doubtful]
    why = "" if totals else why_no_total(found, collection.entries, collection.vocabulary)
    values = tuple(_values(found, cases, words))
    name = found.shown_name
    reporting = collection.list_reporting(found)
    doubtful = _doubtful(found, collection)
    coverage = _coverage(len(reporting), len(collection.entries), doubtful, words)
    added = {slug for total in totals for slug in total.cases}
    if totals and len(added) < len(reporting):
        coverage += words["book.added"].format(n=len(added))
    return volume.Indicator(
        name=name,
        totals=tuple(
            (f"{t.item} " if t.item else "") + show_calculated(t.low, t.high, t.unit, t.qualifier)
            for t in totals
            if t.low is not None and t.high is not None
        ),
        reason=words[f"reason.{why}"].format(name=name) if why else "",
        coverage=coverage,
        values=values,
        left_out="",
    )


def _doubtful(found: Indicator, collection: Collection) -> int:
    rows = collection.reported.get(found.key, ())
    return sum(bool(m.doubts) and m.part_of is None and m.same_as is None for _, _, m in rows)


def _values(found: Indicator, cases: Sequence[Case], words: Words) -> Iterator[volume.Value]:
    """Yield each case's figures of an indicator, joined to one value.

    Of an indicator that is added up, parts are none.
    """
    for case in cases:
        own = [m for m in case.metrics if m.indicator == found.key and not m.doubts]
        if case.status != "published" or not own:
            continue
        whole = [m for m in own if m.part_of is None and m.same_as is None]
        whole = whole or ([] if found.summable else own)
        if not whole:
            continue
        joined = words["join.places"].join(m.quantity.as_written for m in whole)
        yield volume.Value(case.slug, case.title, joined)
