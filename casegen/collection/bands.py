"""bands: the wholes of money of a case and the finest parts that make each of them exactly.

Secret: which parts may be drawn as shares, and how a part that is split again joins its whole.
Not here: parts in totals (booking), how a band looks (editions).

Only exact figures are drawn: a part "more than" something leaves the sum open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from casegen.chinese.quantity import Qualifier, convert_to_base
from casegen.chinese.units import Measure, find_dimension
from casegen.collection.metric import Metric

# Whole -> its splits, by positions of metrics.
Splits = Mapping[int, Sequence[tuple[str, Sequence[int]]]]


@dataclass(frozen=True, slots=True)
class Band:
    """A whole, what it is split by, and its finest parts, the largest first.

    Shares in thousandths.
    """

    whole: int
    split: str
    parts: tuple[tuple[int, Fraction], ...]


def find_bands(metrics: Sequence[Metric]) -> Iterator[Band]:
    """Yield the wholes of a case whose parts add up to them.

    Numbers are positions of its metrics.
    """
    splits = _exact_splits(metrics)
    joined = {
        (part, splits[part][0][0])
        for ways in splits.values()
        for _, parts in ways
        for part in parts
        if part in splits
    }
    for whole, ways in splits.items():
        of = convert_to_base(metrics[whole].quantity).low
        for name, parts in ways:
            if (whole, name) not in joined:
                finest = [n for part in parts for n in _finest(part, splits, {whole})]
                shares = [(n, convert_to_base(metrics[n].quantity).low / of * 1000) for n in finest]
                yield Band(whole, name, tuple(sorted(shares, key=lambda pair: -pair[1])))


def _finest(part: int, splits: Splits, above: set[int]) -> Iterator[int]:
    """Yield a part, or the parts that it is split into again."""
    if part not in splits or part in above:
        yield part
        return
    for finer in splits[part][0][1]:
        yield from _finest(finer, splits, above | {part})


def _exact_splits(metrics: Sequence[Metric]) -> Splits:
    """Return every way in which exact parts make an exact whole of money, by the whole."""
    groups: dict[int, dict[str, list[int]]] = {}
    for position, metric in enumerate(metrics):
        if metric.part_of is not None and metric.split and metric.same_as is None:
            groups.setdefault(metric.part_of, {}).setdefault(metric.split, []).append(position)
    exact: dict[int, list[tuple[str, Sequence[int]]]] = {}
    for whole, ways in groups.items():
        for name, parts in ways.items():
            if _makes(metrics, whole, parts):
                exact.setdefault(whole, []).append((name, parts))
    return exact


def _makes(metrics: Sequence[Metric], whole: int, parts: Sequence[int]) -> bool:
    figures = [metrics[position] for position in (whole, *parts)]
    of, *shares = (convert_to_base(metric.quantity) for metric in figures)
    if len(shares) < 2 or not of.low or find_dimension(of.unit) != "money":
        return False
    if any(m.doubts or m.quantity.is_range for m in figures):
        return False
    if any(m.quantity.qualifier != Qualifier.EXACT for m in figures):
        return False
    return {share.unit for share in shares} == {of.unit} and _sum(shares) == of.low


def _sum(shares: Sequence[Measure]) -> Fraction:
    return sum((share.low for share in shares), Fraction(0))
