"""Splits: a whole of money and the parts that make it, as one band.

Secret: which parts are drawn, and how a part that is split again joins the band of its whole.
Not here: how a band looks (the theme), parts in totals (collection.booking).

Only exact figures are drawn: a part "more than" something leaves the sum open. A part counts by the
category that is written with it; where money came from is no category.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from casegen.chinese.quantity import Measure, Qualifier, base, dimension_of
from casegen.collection.case import Case
from casegen.editions.site.components import Bar, BarChart, MetricRow
from casegen.editions.site.parts import decimal_text

Words = Mapping[str, str]
Splits = Mapping[int, Sequence[tuple[str, Sequence[int]]]]  # whole -> its ways of splitting it


def draw_splits(case: Case, rows: Sequence[MetricRow], words: Words) -> tuple[BarChart, ...]:
    """The case's wholes with parts that add up to them, as shares of 1000."""
    splits = _exact_splits(case)
    joined = {
        (part, splits[part][0][0])
        for ways in splits.values()
        for _, parts in ways
        for part in parts
        if part in splits
    }
    found = []
    for whole, ways in splits.items():
        for name, parts in ways:
            if (whole, name) not in joined:
                finest = [n for part in parts for n in _finest(part, splits, {whole})]
                found.append(_band(case, rows, words, (whole, name, finest)))
    return tuple(found)


def _finest(part: int, splits: Splits, above: set[int]) -> Iterator[int]:
    """A part, or the parts that it is split into again."""
    if part not in splits or part in above:
        yield part
        return
    for finer in splits[part][0][1]:
        yield from _finest(finer, splits, above | {part})


def _exact_splits(case: Case) -> Splits:
    """Every way in which exact parts make an exact whole of money, by the whole."""
    groups: dict[int, dict[str, list[int]]] = {}
    for position, metric in enumerate(case.metrics):
        if metric.part_of is not None and metric.split and metric.same_as is None:
            groups.setdefault(metric.part_of, {}).setdefault(metric.split, []).append(position)
    exact: dict[int, list[tuple[str, Sequence[int]]]] = {}
    for whole, ways in groups.items():
        for name, parts in ways.items():
            if _makes(case, whole, parts):
                exact.setdefault(whole, []).append((name, parts))
    return exact


def _makes(case: Case, whole: int, parts: Sequence[int]) -> bool:
    metrics = [case.metrics[position] for position in (whole, *parts)]
    of, *shares = (base(metric.quantity) for metric in metrics)
    if len(shares) < 2 or not of.low or dimension_of(of.unit) != "money":
        return False
    if any(m.doubts or m.quantity.is_range for m in metrics):
        return False
    if any(m.quantity.qualifier != Qualifier.EXACT for m in metrics):
        return False
    return {share.unit for share in shares} == {of.unit} and _sum(shares) == of.low


def _sum(shares: Sequence[Measure]) -> Fraction:
    return sum((share.low for share in shares), Fraction(0))


def _band(
    case: Case, rows: Sequence[MetricRow], words: Words, split: tuple[int, str, Sequence[int]]
) -> BarChart:
    whole, name, parts = split
    of = base(case.metrics[whole].quantity).low
    shares = {part: base(case.metrics[part].quantity).low for part in parts}
    ranked = sorted(parts, key=lambda part: -shares[part])
    title = words["split.title"].format(
        whole=case.metrics[whole].name, quantity=rows[whole].quantity.text, name=name
    )
    bars = tuple(
        Bar(
            rows[part].name,
            f"#{rows[part].anchor}" if rows[part].anchor else "",
            decimal_text(shares[part] / of * 1000),
            rows[part].quantity,
            case.metrics[part].category,
        )
        for part in ranked
    )
    note = words["split.agrees"].format(n=len(bars), whole=rows[whole].quantity.text)
    return BarChart(title, bars, "1000", note)
