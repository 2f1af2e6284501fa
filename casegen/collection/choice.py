"""choice: which of several figures for one thing counts.

Secret: when figures of one institution, place, indicator and name are of one thing, and which of
them then replaces the others.
Not here: which figures may be added at all, sums (totals), where they count (booking).

A sum to date replaces the figures of the years in its period. Of a stock the latest figure counts.
Of two sums to date that overlap in part, the greater one counts, as a lower bound ("more than"),
and the other is in doubt. A figure that is greater than the sum to date that contains it puts both
in doubt. A figure in doubt replaces nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, lru_cache

from casegen.chinese.quantity import Qualifier
from casegen.chinese.units import Measure
from casegen.collection.booking import Share
from casegen.collection.indicator import AddingRule, Indicator, Timing, fold_name
from casegen.collection.metric import Metric
from casegen.collection.timing import Period, label_years, strip_time

OVERLAP = "overlapping-figures"


@dataclass(frozen=True, slots=True)
class Count:
    """One metric of a case that may be added, measured and booked.

    `owner`: the institution, folded; `place`: its regions; `dated`: whether its year is
    known; `lifted`: whether an overlap of it is waived, so that it counts nevertheless; `unruled`:
    whether the rule on overlaps is off; `exceeded`: whether a figure that overlaps it was left out;
    `chosen`: whether it counts, set once that is decided; `holder`: case and position of the
    figure that counts in its place.
    """

    indicator: Indicator
    case: str
    position: int
    metric: Metric
    owner: str
    place: str
    province: str
    period: Period
    timing: Timing
    measure: Measure
    shares: tuple[Share, ...]
    lifted: bool = False
    unruled: bool = False
    exceeded: bool = False
    chosen: bool = True
    holder: tuple[str, int] | None = None

    @property
    def item(self) -> str:
        """The name that figures must share to be added, "" where any name may."""
        return self.bare if self.indicator.by_item else ""

    @property
    def bare(self) -> str:
        """The metric's name without words of time."""
        return strip_time(self.metric.name)

    @property
    def name(self) -> str:
        """The name of the thing; all names of its indicator count as one name.

        Words that only say what is counted are no part of it: 培训 900人次 is of 培训人次.
        """
        thing = _strip_counter(self.bare)
        same = thing in _names_of(self.indicator.name, self.indicator.synonyms)
        return self.indicator.key if same else thing

    @property
    def year(self) -> str:
        """The row in a table of years: "2021", "2015-2025", or "" where unknown."""
        return label_years(self.period, self.timing, unbegun=self.metric.unbegun)

    @property
    def qualifier(self) -> Qualifier:
        """The qualifier that the figure gives to a sum."""
        return Qualifier.OVER if self.exceeded else self.metric.quantity.qualifier


_COUNTER = re.compile("(?<=..)总?(?:[人台例]次数?|[人户亩村个次场]?数)$")


@cache
def _names_of(name: str, synonyms: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_strip_counter, (name, *synonyms)))


@lru_cache(1 << 14)
def _strip_counter(name: str) -> str:
    """Return a name, folded, without the words at its end that say what is counted."""
    return _COUNTER.sub("", fold_name(name))


@dataclass(slots=True)
class _Marks:
    """What is found about the counts of one group, by their position in it."""

    replaced: dict[int, int] = field(default_factory=dict)  # each with the count that counts
    doubted: dict[int, int] = field(default_factory=dict)  # each with the count it contradicts
    waived: dict[int, int] = field(default_factory=dict)  # the same, but waived by the editor


def choose_counts(counts: Sequence[Count]) -> list[Count]:
    """Return the counts of one indicator, base unit and item, chosen or not, without doubtful ones.

    Figures of the whole collection that overlap are in doubt already (assembly). Among those of one
    year others may overlap; then too the greater one counts, as a lower bound.
    """
    marks = _marks(counts)
    gone = {*marks.replaced, *marks.doubted}
    exceeded = set(marks.doubted.values()) - gone
    if not gone:
        return list(counts)
    return [
        replace(
            c,
            chosen=n not in gone,
            exceeded=c.exceeded or n in exceeded,
            holder=_place(counts, marks.replaced.get(n)),
        )
        for n, c in enumerate(counts)
    ]


def _place(counts: Sequence[Count], number: int | None) -> tuple[str, int] | None:
    return None if number is None else (counts[number].case, counts[number].position)


@dataclass(frozen=True, slots=True)
class Overlap:
    """A count that overlaps with another; `both` where neither can be relied on.

    One that is `waived` counts nevertheless.
    """

    count: Count
    other: Count
    both: bool
    waived: bool


def find_overlaps(counts: Sequence[Count]) -> Iterator[Overlap]:
    """Yield the counts that overlap with another one, in doubt or waived.

    One that is waived towards one figure and in doubt because of another is in doubt.
    """
    marks = _marks(counts)
    every = marks.waived | marks.doubted
    for number, other in sorted(every.items()):
        waived = number not in marks.doubted
        yield Overlap(counts[number], counts[other], every.get(other) == number, waived)


def _marks(counts: Sequence[Count]) -> _Marks:
    marks = _Marks()
    rule = counts[0].indicator.rule if counts else AddingRule.NONE
    groups: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, count in enumerate(counts):
        name = count.name if rule is AddingRule.SUM else count.bare
        groups[count.owner, count.place, name].append(number)
    if rule is AddingRule.MAX:
        _greatest(counts, marks)
        return marks
    for numbers in groups.values():
        if len(numbers) > 1:
            (_settle if rule is AddingRule.SUM else _latest)(counts, numbers, marks)
    if rule is AddingRule.SUM:
        _contain_narrower(counts, marks)
    return marks


def _contain_narrower(counts: Sequence[Count], marks: _Marks) -> None:
    """Replace the figures of a case's years that a sum to date of a wider or narrower name holds.

    累计投入电商帮扶资金215万元，2023年投入85万元: the case goes on about one thing, in fewer words.
    """
    free = [n for n in range(len(counts)) if n not in marks.doubted and n not in marks.replaced]
    wholes: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for n in free:
        if counts[n].timing is Timing.CUMULATIVE and counts[n].metric.explicit:
            wholes[counts[n].case, counts[n].place].append(n)
    for n in free:
        part = counts[n]
        if part.timing is not Timing.YEARLY or n in marks.waived:
            continue
        for m in wholes[part.case, part.place]:
            whole = counts[m]
            fits = _contains(whole, part) and not _greater(part, whole)
            if fits and is_named_within(part, whole):
                marks.replaced[n] = m


def is_named_within(one: Count, other: Count) -> bool:
    """Return whether one of two names only leaves out words of the other, or is the indicator's."""
    if one.indicator.key in {one.name, other.name}:
        return True
    short, long = sorted((one.name.removeprefix("新增"), other.name.removeprefix("新增")), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


def _latest(counts: Sequence[Count], numbers: Sequence[int], marks: _Marks) -> None:
    """Choose the latest figure of a stock; of two of one time, the one of the newest case.

    Counts are in the order of the collection, the newest case first; in one case the figure
    that is written last counts.
    """
    rank = {Timing.STANDING: 2, Timing.CUMULATIVE: 1, Timing.YEARLY: 0}
    age = {case: n for n, case in enumerate(dict.fromkeys(counts[n].case for n in numbers))}

    def recency(n: int) -> tuple[int, int, int, int, int]:
        count = counts[n]
        first, last = count.period
        return last, rank[count.timing], first, -age[count.case], count.position

    last = max(numbers, key=recency)
    marks.replaced.update((n, last) for n in numbers if n != last)


def _greatest(counts: Sequence[Count], marks: _Marks) -> None:
    """Choose the greatest figure of what an institution covers."""
    best: dict[str, int] = {}
    # An institution without a name cannot be compared with others.
    owners = [count.owner or f"\0{count.case}" for count in counts]
    for n, owner in enumerate(owners):
        if owner not in best or _size(counts[n]) > _size(counts[best[owner]]):
            best[owner] = n
    marks.replaced.update((n, best[owner]) for n, owner in enumerate(owners) if n != best[owner])


def _settle(counts: Sequence[Count], numbers: Sequence[int], marks: _Marks) -> None:
    """Compare sums to date with the figures they contain or overlap, and stocks by their time."""
    to_date = [n for n in numbers if counts[n].timing is Timing.CUMULATIVE]
    others = [n for n in numbers if counts[n].timing is Timing.YEARLY]
    stocks = [n for n in numbers if counts[n].timing is Timing.STANDING]
    for n in (*to_date, *others):
        for whole in to_date:
            greater = _greater(counts[n], counts[whole]) and not counts[n].unruled
            if greater and _contains(counts[whole], counts[n]):
                _doubt(counts, n, whole, marks)
                _doubt(counts, whole, n, marks)
    counting = _reliable(counts, [n for n in to_date if n not in marks.doubted], marks)
    for n in (*others, *stocks):
        holder = next((whole for whole in counting if _contains(counts[whole], counts[n])), None)
        if holder is not None and n not in marks.doubted and n not in marks.waived:
            marks.replaced[n] = holder
    kept: defaultdict[str, list[int]] = defaultdict(list)
    for n in stocks:
        if n not in marks.replaced:
            kept[counts[n].bare].append(n)
    for alike in kept.values():
        _latest(counts, alike, marks)


def _reliable(counts: Sequence[Count], numbers: Sequence[int], marks: _Marks) -> list[int]:
    """Return the sums to date that count: none contains another; of overlapping ones the greatest.

    A whole is judged before what it contains, because it contains nothing once it is in doubt.
    """
    order = sorted(numbers, key=lambda n: (-counts[n].measure.low, counts[n].case, n))
    counting: list[int] = []
    while order:
        n = next(
            (n for n in order if not any(_contains(counts[m], counts[n]) for m in order)), order[0]
        )
        order.remove(n)
        if n in marks.waived:
            counting.append(n)
            continue
        if (
            holder := next((m for m in counting if _contains(counts[m], counts[n])), None)
        ) is not None:
            marks.replaced[n] = holder
            continue
        met = next((m for m in counting if _overlap(counts[m], counts[n])), None)
        if met is None:
            counting.append(n)
        elif counts[met].period == counts[n].period and counts[met].measure == counts[n].measure:
            marks.replaced[n] = met  # the same sum to date, stated twice
        else:
            _doubt(counts, n, met, marks)
            if n not in marks.doubted:
                counting.append(n)
    return counting


def _doubt(counts: Sequence[Count], n: int, other: int, marks: _Marks) -> None:
    """Doubt a count, unless the rule is off, or waived and both write period and timing."""
    both = counts[n].metric.settled and counts[other].metric.settled
    waived = counts[n].unruled or (counts[n].lifted and both)
    (marks.waived if waived else marks.doubted).setdefault(n, other)


def _overlap(one: Count, other: Count) -> bool:
    """Return whether two sums to date share years.

    Two of one case and period, or with two names of their indicator, are different things, unless
    words make them sums to date.
    """
    (first, last), (begin, end) = one.period, other.period
    same = one.case == other.case and one.period == other.period
    if (same or one.bare != other.bare) and first <= end and begin <= last:
        return one.metric.explicit and other.metric.explicit
    return first <= end and begin <= last


def _contains(whole: Count, part: Count) -> bool:
    """Return whether a sum to date covers the other's years, and more if the other is one too.

    投入资金 50万元 is contained in 累计投入帮扶资金 200万元, two names of one indicator, because a
    word makes the greater one a sum to date; its period alone would not be enough. One whose
    beginning nothing says (截至2023年底累计投入) contains every earlier figure.
    """
    (first, last), (begin, end) = whole.period, part.period
    if whole is part or end > last:
        return False
    earlier = part.timing is not Timing.CUMULATIVE or end < last
    if begin < first and not (whole.metric.unbegun and earlier):
        return False
    if whole.bare != part.bare and not whole.metric.explicit:
        return False
    return part.timing is not Timing.CUMULATIVE or whole.period != part.period


def _greater(part: Count, whole: Count) -> bool:
    return part.measure.low > whole.measure.high


def _size(count: Count) -> tuple[Fraction, Fraction]:
    return count.measure.high, count.measure.low
