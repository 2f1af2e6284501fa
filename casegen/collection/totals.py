"""Totals: lawful sums over cases.

Secret: which metrics of which cases may be added up, and under what name and qualifier.
Not here: reading quantities (quantity), what a case says of its metrics (case), indicators
(indicator, vocabulary).

A part is left out of every total, even of one that its whole is not in: the whole is counted in
its own category, so counting the part in another would let the categories add up to more than the
collection. What counts is chosen over all entries first and divided by category afterwards, so
that the categories' totals always add up to the collection's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from casegen.chinese.quantity import LESS_THAN, MORE_THAN, Measure, Qualifier
from casegen.collection.indicator import Indicator, Rule
from casegen.collection.metric import Metric
from casegen.collection.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Entry:
    """What the totals need of one case; a case without metrics counts for the coverage.

    `counts` is reckoned once by `counted` where an entry goes into many totals.
    """

    slug: str
    institution: str
    period: tuple[int, int]
    metrics: tuple[Metric, ...]
    counts: tuple[_Count, ...] = ()


def counted(entry: Entry, vocabulary: Vocabulary) -> Entry:
    """The entry with its countable metrics measured."""
    return replace(entry, counts=tuple(_counts(entry, vocabulary)))


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one indicator in one base unit.

    `cases` filled it in (`reported` of them, `of` in all); `item` is the metrics' common name where
    only like things are added, else "".
    """

    indicator: str
    low: Fraction
    high: Fraction
    unit: str
    qualifier: Qualifier
    reported: int
    of: int
    cases: tuple[str, ...]
    item: str = ""


@dataclass(frozen=True, slots=True)
class _Count:
    """One metric that may be added; `chosen` once its indicator's rule has picked it."""

    indicator: Indicator
    case: str
    institution: str
    period: tuple[int, int]
    metric: Metric
    measure: Measure
    chosen: bool = True

    @property
    def item(self) -> str:
        return self.metric.name if self.indicator.by_item else ""


def merged_qualifier(qualifiers: Iterable[Qualifier]) -> Qualifier:
    """The qualifier of a sum: 超 of lower bounds, 近 of upper ones, 约 of a mixture."""
    kinds = set(qualifiers)
    more, less = kinds & MORE_THAN, kinds & LESS_THAN
    if Qualifier.ABOUT in kinds or (more and less):
        return Qualifier.ABOUT
    if more:
        return Qualifier.OVER
    return Qualifier.NEAR if less else Qualifier.EXACT


def totals(
    entries: Sequence[Entry], vocabulary: Vocabulary, category: str = ""
) -> tuple[Total, ...]:
    """All totals of the entries, in the vocabulary's order; with `category` its share of them.

    Pass all metrics and name the category: what counts must be chosen before it is divided.
    Coverage is counted against the entries.
    """
    groups = _groups(entries, vocabulary)
    found = (_total(counts, len(entries), category) for counts in groups if _one_period(counts))
    return tuple(t for t in found if t)


def case_values(
    metrics: tuple[Metric, ...], vocabulary: Vocabulary, period: tuple[int, int] = (0, 0)
) -> Mapping[str, tuple[Measure, ...]]:
    """One case's value of each summable indicator: a measure for each base unit (and item).

    The indicator's own base unit stands first, then the greatest; sorting and filtering take the
    first one's low end. `period` is the case's, for metrics without one.
    """
    values: dict[str, list[Measure]] = {}
    for counts in _groups([Entry("", "", period, metrics)], vocabulary):
        rows = [c for c in counts if c.chosen]
        if rows[0].indicator.same_period:
            last = max(_recency(c) for c in rows)
            rows = [c for c in rows if _recency(c) == last]
        values.setdefault(rows[0].indicator.key, []).append(_sum(rows))
    for key, measures in values.items():
        indicator = vocabulary.get(key)
        own = indicator.unit if indicator else ""
        measures.sort(key=lambda m: (m.unit != own, -m.low, m.unit))
    return {key: tuple(measures) for key, measures in values.items()}


def why_not_summable(indicator: Indicator) -> str:
    """Why an indicator has no total, or "" where it may have one.

    `source`: it is a part of a whole by where it came from; `rate`: rates have different bases;
    `budget`: a budget is not yet spent; `per-head`: it is a standard or a mean.
    """
    if indicator.summable:
        return ""
    if not indicator.page:
        return "source"
    if indicator.dimension in {"rate", "points", "ratio"}:
        return "rate"
    if indicator.key == "work_budget":
        return "budget"
    return "per-head"


def why_no_total(indicator: Indicator, entries: Sequence[Entry], vocabulary: Vocabulary) -> str:
    """Why these entries make no total of the indicator, or "".

    As `why_not_summable`, or `periods`: they are of different years; `nothing`: none can be added.
    """
    if reason := why_not_summable(indicator):
        return reason
    groups = [g for g in _groups(entries, vocabulary) if g[0].indicator == indicator]
    if groups and not any(_one_period(g) for g in groups):
        return "periods"
    return "" if groups else "nothing"


def _groups(entries: Sequence[Entry], vocabulary: Vocabulary) -> list[list[_Count]]:
    """The countable metrics by indicator, base unit and item, each marked chosen or not."""
    order = {i.key: n for n, i in enumerate(vocabulary.indicators)}
    groups: dict[tuple[int, bool, str, str], list[_Count]] = {}
    for entry in entries:
        for c in entry.counts or _counts(entry, vocabulary):
            unit = c.measure.unit
            key = (order[c.indicator.key], unit != c.indicator.unit, unit, c.item)
            groups.setdefault(key, []).append(c)
    return [_choose(groups[key]) for key in sorted(groups)]


def _counts(entry: Entry, vocabulary: Vocabulary) -> Iterator[_Count]:
    for metric in entry.metrics:
        indicator = vocabulary.get(metric.indicator) if metric.indicator else None
        if indicator is None or not indicator.summable:
            continue
        if metric.part_of is not None or metric.same_as is not None:
            continue
        if measure := indicator.measure(metric.quantity):
            period = metric.period or entry.period
            yield _Count(indicator, entry.slug, entry.institution, period, metric, measure)


def _choose(counts: list[_Count]) -> list[_Count]:
    rule = counts[0].indicator.rule
    if rule is Rule.LATEST:
        return _latest(counts)
    if rule is Rule.MAX:
        largest: dict[str, _Count] = {}
        for c in counts:
            # An institution that is not named can't be compared with others.
            owner = c.institution or f"\0{c.case}"
            if owner not in largest or _size(c) > _size(largest[owner]):
                largest[owner] = c
        return [replace(c, chosen=any(c is best for best in largest.values())) for c in counts]
    return counts


def _latest(counts: list[_Count]) -> list[_Count]:
    """A case's most recent period counts; of two with one name in it, the one written last.

    Different names in that period are different things (水苔, 刺梨), and all count.
    """
    last: dict[str, tuple[int, int]] = {}
    for c in counts:
        last[c.case] = max(last.get(c.case, _recency(c)), _recency(c))
    kept: dict[tuple[str, str], _Count] = {
        (c.case, c.metric.name): c for c in counts if _recency(c) == last[c.case]
    }
    return [replace(c, chosen=kept.get((c.case, c.metric.name)) is c) for c in counts]


def _recency(count: _Count) -> tuple[int, int]:
    first, final = count.period
    return final, first


def _size(count: _Count) -> tuple[Fraction, Fraction]:
    return count.measure.high, count.measure.low


def _one_period(counts: list[_Count]) -> bool:
    chosen = {c.period for c in counts if c.chosen}
    return not counts[0].indicator.same_period or len(chosen) == 1


def _total(counts: list[_Count], case_count: int, category: str) -> Total | None:
    rows = [c for c in counts if not category or c.metric.category == category]
    chosen = [c for c in rows if c.chosen]
    if not chosen:
        return None
    cases = tuple(dict.fromkeys(c.case for c in rows))
    value = _sum(chosen)
    return Total(
        indicator=chosen[0].indicator.key,
        low=value.low,
        high=value.high,
        unit=value.unit,
        qualifier=merged_qualifier(c.metric.quantity.qualifier for c in chosen),
        reported=len(cases),
        of=case_count,
        cases=cases,
        item=chosen[0].item,
    )


def _sum(counts: list[_Count]) -> Measure:
    low = sum((c.measure.low for c in counts), Fraction(0))
    high = sum((c.measure.high for c in counts), Fraction(0))
    return Measure(low, high, counts[0].measure.unit)
