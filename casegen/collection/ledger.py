"""ledger: for each metric whether it counts, in which categories and place, or why it does not.

Secret: which of several reasons is given for a metric that is in no total.
Not here: choosing what counts (choice), sums (totals), the words of a reason (editions).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casegen.collection.booking import find_province
from casegen.collection.choice import Count
from casegen.collection.indicator import AddingRule, Indicator, Timing
from casegen.collection.metric import Metric
from casegen.collection.totals import Entry, Groups, sum_groups, why_not_summable
from casegen.collection.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a metric counts: `booked` are its categories, `place` its region.

    `reason` is "" where it counts in the collection's total, else doubt, part, same, no-indicator,
    unit, periods, contained, later, greater, draft, or a reason of totals.why_not_summable.
    """

    counted: bool
    reason: str
    booked: tuple[str, ...]
    place: str


def find_standings(
    entries: Sequence[Entry], groups: Groups, vocabulary: Vocabulary
) -> Mapping[str, tuple[Standing, ...]]:
    """Return the standing of every metric of each entry, by slug.

    `groups` are the entries' counts.
    """
    chosen: dict[tuple[str, int], Count] = {}
    replaced: dict[tuple[str, int], str] = {}
    for counts in groups:
        added = any(total.low is not None for total in sum_groups([counts], 1))
        for count in counts:
            if count.chosen and added:
                chosen[count.case, count.position] = count
            else:
                why = "periods" if count.chosen else _superseded(count)
                replaced[count.case, count.position] = why
    return {
        entry.slug: tuple(
            _standing(
                entry, n, chosen.get((entry.slug, n)), replaced.get((entry.slug, n), ""), vocabulary
            )
            for n in range(len(entry.metrics))
        )
        for entry in entries
    }


def _superseded(count: Count) -> str:
    """Return what took the place of a figure: a greater one, a later one, or a sum to date."""
    if count.indicator.rule is AddingRule.MAX:
        return "greater"
    return "later" if count.timing is Timing.STANDING else "contained"


def find_place(metric: Metric, regions: Sequence[str]) -> str:
    """Return a metric's place: its own region, else the case's only one, else its only province.

    "" where the place is not known, or the case does not list it.
    """
    if metric.region or metric.elsewhere:
        return metric.region
    return regions[0] if len(regions) == 1 else find_province(metric, regions)


def _standing(
    entry: Entry, number: int, count: Count | None, replaced: str, vocabulary: Vocabulary
) -> Standing:
    metric = entry.metrics[number]
    place = find_place(metric, entry.regions)
    if count is not None:
        keys = tuple(share.category for share in count.shares if share.category)
        return Standing(counted=True, reason="", booked=keys, place=place)
    indicator = vocabulary.get(metric.indicator) if metric.indicator else None
    reason = _reason(metric, indicator, replaced)
    return Standing(counted=False, reason=reason, booked=(), place=place)


def _reason(metric: Metric, indicator: Indicator | None, replaced: str) -> str:
    if metric.doubts:
        return "doubt"
    if metric.part_of is not None:
        return "part"
    if metric.same_as is not None:
        return "same"
    if indicator is None:
        return "no-indicator"
    return why_not_summable(indicator) or replaced or "unit"
