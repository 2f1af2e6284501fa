"""totals: lawful sums over cases.

Secret: which metrics may be added up, with what name and qualifier, and why the others may not.
Not here: which of several figures for one thing counts (choice), categories and places (booking),
what a case says of its metrics (case), indicators (indicator, vocabulary).

A part is left out of every total, even of one that its whole is not in. What counts is chosen over
all entries first and divided by category or place afterwards, so that these, with the rows of what
has no category and no place, always add up to the collection's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from casegen.chinese.quantity import LESS_THAN, MORE_THAN, Qualifier
from casegen.chinese.units import Measure
from casegen.collection import choice
from casegen.collection.booking import Share, book_shares, find_province, list_partitions
from casegen.collection.choice import Count
from casegen.collection.indicator import Indicator, Timing
from casegen.collection.metric import Metric
from casegen.collection.timing import Period, find_timing
from casegen.collection.vocabulary import Vocabulary

Groups = Sequence[Sequence[Count]]
Keys = Callable[[Count], Mapping[str, Share]]  # the shares of a count, by key


@dataclass(frozen=True, slots=True)
class Entry:
    """What the totals need of one case; a case without metrics counts for the coverage.

    `regions` are full names, `categories` keys. `lifted` are the positions of metrics with a waived
    overlap; `unruled`: the rule on overlaps is off. `counts` is calculated once by
    `count_entry` where an entry goes into many totals.
    """

    slug: str
    institution: str
    period: tuple[int, int]
    metrics: tuple[Metric, ...]
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    lifted: frozenset[int] = frozenset()
    unruled: bool = False
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A metric that is in doubt and in no total: its case, its name, the rules against it."""

    slug: str
    metric: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one indicator in one base unit.

    Of `of` cases, `reported` have the indicator and `cases` count in the sum. `item` is the
    metrics' common name where only metrics of one name are added, else "". `period` is the first
    and the last year of what counts. Where every figure is in doubt, `low`, `high` and `period` are
    None.
    """

    indicator: str
    low: Fraction | None
    high: Fraction | None
    unit: str
    qualifier: Qualifier
    reported: int
    of: int
    cases: tuple[str, ...]
    item: str = ""
    left_out: tuple[LeftOut, ...] = ()
    period: Period | None = None

    @property
    def doubtful(self) -> bool:
        """Whether there is no figure that can be relied on."""
        return self.low is None


def count_entry(entry: Entry, vocabulary: Vocabulary) -> Entry:
    """Return the entry with its metrics measured and booked."""
    return replace(entry, counts=tuple(_counts(entry, vocabulary)))


def merge_qualifier(qualifiers: Iterable[Qualifier]) -> Qualifier:
    """Return the qualifier of a sum: 超 of lower bounds, 近 of upper ones, 约 of a mixture."""
    kinds = set(qualifiers)
    more, less = kinds & MORE_THAN, kinds & LESS_THAN
    if Qualifier.ABOUT in kinds or (more and less):
        return Qualifier.ABOUT
    if more:
        return Qualifier.OVER
    return Qualifier.NEAR if less else Qualifier.EXACT


def sum_totals(entries: Sequence[Entry], vocabulary: Vocabulary) -> tuple[Total, ...]:
    """Return all totals of the entries, in the vocabulary's order.

    Coverage is counted among them.
    """
    return sum_groups(group_counts(entries, vocabulary), len(entries))


def sum_groups(groups: Groups, of: int) -> tuple[Total, ...]:
    """Return the totals of chosen counts; `of` is the number of cases for the coverage."""
    found = (_total([(c, _take_whole(c)) for c in counts], of) for counts in groups)
    return tuple(total for total in found if total)


def divide_groups(
    groups: Groups, keys: Keys, of: Mapping[str, int]
) -> Mapping[str, tuple[Total, ...]]:
    """Return the totals of chosen counts by key.

    `keys` returns the share of a count for each key.
    """
    found: dict[str, list[Total]] = {}
    for counts in groups:
        chosen = [c for c in counts if c.chosen]
        if chosen and not _one_period(chosen):
            continue  # what makes no total is not divided either
        rows: dict[str, list[tuple[Count, Share]]] = {}
        for count in counts:
            for key, share in keys(count).items():
                rows.setdefault(key, []).append((count, share))
        for key, own in rows.items():
            if total := _total(own, of.get(key, 0)):
                found.setdefault(key, []).append(total)
    return {key: tuple(own) for key, own in found.items()}


def share_by_category(count: Count) -> Mapping[str, Share]:
    """Return the share of a count for each category."""
    return {share.category: share for share in count.shares}


def share_by_year(count: Count) -> Mapping[str, Share]:
    """Return the count as a whole under its year or span."""
    return {count.year: _take_whole(count)}


def share_by_province(count: Count) -> Mapping[str, Share]:
    """Return the count as a whole under its province."""
    return {count.province: _take_whole(count)}


def group_counts(entries: Sequence[Entry], vocabulary: Vocabulary) -> Groups:
    """Return the counts by indicator, base unit and item, each chosen or not.

    Without doubtful ones.
    """
    return regroup_counts(
        (c for entry in entries for c in entry.counts or _counts(entry, vocabulary)), vocabulary
    )


def regroup_counts(counts: Iterable[Count], vocabulary: Vocabulary) -> Groups:
    """Return some counts, as `group_counts` does, chosen among themselves."""
    order = vocabulary.order
    groups: dict[tuple[int, bool, str, str], list[Count]] = {}
    for c in counts:
        unit = c.measure.unit
        key = (order[c.indicator.key], unit != c.indicator.unit, unit, c.item)
        groups.setdefault(key, []).append(c)
    return [_chosen(groups[key]) for key in sorted(groups)]


def find_overlapping(entries: Sequence[Entry], vocabulary: Vocabulary) -> Iterator[choice.Overlap]:
    """Yield figures of the entries that overlap with others of the same thing."""
    for counts in group_counts(entries, vocabulary):
        yield from choice.find_overlaps([c for c in counts if not c.metric.doubts])


@dataclass(frozen=True, slots=True)
class Worth:
    """The sum of one case's figures of an indicator, and whether it can be relied on."""

    low: Fraction
    high: Fraction
    unit: str
    qualifier: Qualifier


def list_values(
    entry: Entry, vocabulary: Vocabulary, keys: Keys | None = None, key: str = "", only: str = ""
) -> Mapping[str, tuple[Worth, ...]]:
    """Return one case's value of each summable indicator: one for each base unit (and item).

    The indicator's own base unit comes first, then the greatest; sorting and filtering use the
    low end of the first one. With `keys`, only the share of `key`; with `only`, that indicator.
    """
    values: dict[str, list[Worth]] = {}
    asked = [
        c for c in entry.counts or _counts(entry, vocabulary) if not only or c.indicator.key == only
    ]
    for counts in regroup_counts(asked, vocabulary):
        rows = [c for c in counts if c.chosen]
        if rows and rows[0].indicator.same_period:
            last = max(_recency(c) for c in rows)
            rows = [c for c in rows if _recency(c) == last]
        own = [(c, keys(c).get(key) if keys else _take_whole(c)) for c in rows]
        if found := [(c, share) for c, share in own if share]:
            sum_ = _sum([share.measure for _, share in found])
            bent = _merge_shares(found)
            worth = Worth(sum_.low, sum_.high, sum_.unit, bent)
            values.setdefault(rows[0].indicator.key, []).append(worth)
    for name, all_ in values.items():
        indicator = vocabulary.get(name)
        unit = indicator.unit if indicator else ""
        all_.sort(key=lambda m: (m.unit != unit, -m.low, m.unit))
    return {name: tuple(all_) for name, all_ in values.items()}


def why_not_summable(indicator: Indicator) -> str:
    """Return why an indicator has no total, "" where it may have one.

    `source`: it is a part of a whole, by where it came from; `rate`: rates have different bases;
    `budget`: a budget is not yet spent; `per-head`: it is a standard or a mean; `years`: it counts
    the years that something lasted; `never`: the vocabulary forbids it.
    """
    if indicator.summable:
        return ""
    if not indicator.page:
        return "source"
    if indicator.dimension in {"rate", "points", "ratio"}:
        return "rate"
    if indicator.dimension == "time":
        return "years"
    if indicator.key == "work_budget":
        return "budget"
    mean = indicator.dimension == "unit_price" or indicator.key == "per_capita_income"
    return "per-head" if mean else "never"


def why_no_total(indicator: Indicator, entries: Sequence[Entry], vocabulary: Vocabulary) -> str:
    """Return why these entries make no total of the indicator, "" where they do.

    As `why_not_summable`, or `doubtful`: all figures are in doubt; `periods`: they are of different
    years; `nothing`: none can be added.
    """
    if reason := why_not_summable(indicator):
        return reason
    groups = [g for g in group_counts(entries, vocabulary) if g[0].indicator == indicator]
    sound = [g for g in groups if any(c.chosen for c in g)]
    if groups and not sound:
        return "doubtful"
    if sound and not any(_one_period([c for c in g if c.chosen]) for g in sound):
        return "periods"
    return "" if groups else "nothing"


def _counts(entry: Entry, vocabulary: Vocabulary) -> Iterator[Count]:
    """Yield the metrics that may count; of several for one figure, one that is not in doubt."""
    owner = fold_words(entry.institution)
    everywhere = "；".join(sorted(entry.regions))
    splits = list_partitions(entry.metrics)
    for position in _standing(entry.metrics):
        metric = entry.metrics[position]
        indicator = vocabulary.get(metric.indicator) if metric.indicator else None
        if indicator is None or not indicator.summable:
            continue
        measure = indicator.measure(metric.quantity)
        if measure is None:
            continue
        period = metric.period or entry.period
        yield Count(
            indicator=indicator,
            case=entry.slug,
            position=position,
            metric=metric,
            owner=owner or f"\0{entry.slug}",
            place=metric.where or everywhere,
            province=find_province(metric, entry.regions),
            period=period,
            timing=metric.timing or find_timing(period, indicator),
            measure=measure,
            shares=book_shares(position, entry.metrics, splits, indicator, entry.categories),
            lifted=position in entry.lifted or bool(dict(metric.waive).get(choice.OVERLAP)),
            unruled=entry.unruled,
            exceeded=metric.exceeded,
            chosen=not metric.doubts,
        )


def _standing(metrics: Sequence[Metric]) -> Iterator[int]:
    """Yield the positions of the metrics that may count, one for each figure."""
    same: dict[int, list[int]] = {}
    for number, metric in enumerate(metrics):
        root, seen = number, {number}
        while (step := metrics[root].same_as) is not None and step not in seen:
            root = step
            seen.add(step)
        if root != number or metric.same_as is None:
            same.setdefault(root, []).append(number)
    for root, numbers in same.items():
        if metrics[root].part_of is not None:
            continue
        apart = [n for n in (root, *numbers) if metrics[n].part_of is None]
        yield next((n for n in apart if not metrics[n].doubts), root)


def fold_words(name: str) -> str:
    """Return a name without differences of width, case and spaces, to compare institutions."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _chosen(counts: Sequence[Count]) -> list[Count]:
    sound = choice.choose_counts([c for c in counts if not c.metric.doubts])
    return [*sound, *(replace(c, chosen=False) for c in counts if c.metric.doubts)]


def _recency(count: Count) -> tuple[int, int]:
    first, final = count.period
    return final, first


def _one_period(chosen: Sequence[Count]) -> bool:
    return not chosen[0].indicator.same_period or len({c.period for c in chosen}) == 1


def _span(chosen: Sequence[Count]) -> Period | None:
    """Return the first and the last year; a stock is of the last year of its period."""
    if not chosen:
        return None
    stock = Timing.STANDING
    return (
        min(c.period[1 if c.timing is stock else 0] for c in chosen),
        max(c.period[1] for c in chosen),
    )


def _take_whole(count: Count) -> Share:
    return Share("", count.measure, count.qualifier)


def _total(rows: Sequence[tuple[Count, Share]], of: int) -> Total | None:
    """Return the total of one group's counts, each with its share in this total; None for none."""
    first = rows[0][0]
    chosen = [(c, share) for c, share in rows if c.chosen]
    sound = [c for c, _ in rows if not c.metric.doubts]
    left_out = tuple(
        LeftOut(c.case, c.metric.name, c.metric.doubts) for c, _ in rows if c.metric.doubts
    )
    if chosen and not _one_period([c for c, _ in chosen]):
        return None
    if not chosen and not left_out:
        return None
    value = _sum([share.measure for _, share in chosen]) if chosen else None
    cases = tuple(dict.fromkeys(c.case for c in sound)) if chosen else ()
    return Total(
        indicator=first.indicator.key,
        low=value.low if value else None,
        high=value.high if value else None,
        unit=first.measure.unit,
        qualifier=_merge_shares(chosen),
        reported=len(cases),
        of=of,
        cases=cases,
        item=first.item,
        left_out=left_out,
        period=_span([c for c, _ in chosen]),
    )


def _merge_shares(rows: Sequence[tuple[Count, Share]]) -> Qualifier:
    """Return the qualifier of a sum; what exceeds an overlapping figure is a lower bound."""
    return merge_qualifier(
        Qualifier.OVER if count.exceeded else share.qualifier for count, share in rows
    )


def _sum(measures: Sequence[Measure]) -> Measure:
    low = sum((m.low for m in measures), Fraction(0))
    high = sum((m.high for m in measures), Fraction(0))
    return Measure(low, high, measures[0].unit)
