"""booking: the categories and the place in which a metric counts.

Secret: how a figure that names no category or place gets one, or none.
Not here: which figures count at all (choice), sums (totals).

A category is the one as written; else those of the parts that make a whole exactly; else the
case's only one; else the indicator's usual one where the case has it; else none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from casegen.chinese.quantity import Qualifier
from casegen.chinese.units import Measure
from casegen.collection.indicator import Indicator
from casegen.collection.metric import Metric

_EXACT = frozenset({Qualifier.EXACT, Qualifier.ONLY})


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a figure that counts in a category; "" is no category."""

    category: str
    measure: Measure
    qualifier: Qualifier


def list_partitions(metrics: Sequence[Metric]) -> Mapping[int, Sequence[Sequence[int]]]:
    """Return the parts of each whole, a group for each way of splitting it, as written."""
    found: dict[int, dict[str, list[int]]] = {}
    for number, metric in enumerate(metrics):
        if metric.part_of is not None and metric.same_as is None:
            found.setdefault(metric.part_of, {}).setdefault(metric.split, []).append(number)
    return {whole: tuple(splits.values()) for whole, splits in found.items()}


def book_shares(
    number: int,
    metrics: Sequence[Metric],
    splits: Mapping[int, Sequence[Sequence[int]]],
    indicator: Indicator,
    categories: Sequence[str],
) -> tuple[Share, ...]:
    """Return the categories in which a metric counts; `categories` are those of the case."""
    metric = metrics[number]
    measure = indicator.measure(metric.quantity)
    if measure is None:
        return ()
    whole = Share(metric.category, measure, metric.quantity.qualifier)
    if metric.category:
        return (whole,)
    if parts := _of_parts(number, metrics, splits, indicator, frozenset()):
        return _merged(parts)
    if len(categories) == 1:
        category = categories[0]
    else:
        category = indicator.category if indicator.category in categories else ""
    return (Share(category, measure, metric.quantity.qualifier),)


def _of_parts(
    number: int,
    metrics: Sequence[Metric],
    splits: Mapping[int, Sequence[Sequence[int]]],
    indicator: Indicator,
    above: frozenset[int],
) -> tuple[Share, ...]:
    """Return the shares of the finest parts.

    Those of the first split with categories that adds up.
    """
    whole = metrics[number]
    of = indicator.measure(whole.quantity)
    if of is None or of.low != of.high or whole.quantity.qualifier not in _EXACT:
        return ()
    for parts in splits.get(number, ()):
        measures = [indicator.measure(metrics[n].quantity) for n in parts]
        exact = all(
            metrics[n].category
            and not metrics[n].doubts
            and metrics[n].quantity.qualifier in _EXACT
            and measure is not None
            and (measure.low, measure.unit) == (measure.high, of.unit)
            for n, measure in zip(parts, measures, strict=True)
        )
        if not exact or sum((m.low for m in measures if m), Fraction(0)) != of.low:
            continue
        found: list[Share] = []
        for n, measure in zip(parts, measures, strict=True):
            finer: tuple[Share, ...] = ()
            if n not in above:
                finer = _of_parts(n, metrics, splits, indicator, above | {number})
            if finer:
                found += finer
            elif measure:
                found.append(Share(metrics[n].category, measure, Qualifier.EXACT))
        return tuple(found)
    return ()


def _merged(parts: Sequence[Share]) -> tuple[Share, ...]:
    sums: dict[str, Share] = {}
    for part in parts:
        known = sums.get(part.category)
        low = part.measure.low + (known.measure.low if known else 0)
        sums[part.category] = Share(
            part.category, Measure(low, low, part.measure.unit), Qualifier.EXACT
        )
    return tuple(sums.values())


def find_province(metric: Metric, regions: Sequence[str]) -> str:
    """Return the province in which a metric counts, "" for none; `regions` are full names.

    One whose region the case does not list counts in none.
    """
    if metric.elsewhere:
        return ""
    if metric.region:
        return metric.region.partition("/")[0]
    provinces = {region.partition("/")[0] for region in regions}
    return provinces.pop() if len(provinces) == 1 else ""
