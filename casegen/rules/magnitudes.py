"""magnitudes: figures compared with those of the collection's other cases.

Secret: how far from the others a figure must be before a mistake is suspected.
Not here: figures within one case (figures, stated).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from casegen.chinese.showing import show_value
from casegen.chinese.units import Measure
from casegen.collection.case import Case
from casegen.collection.indicator import Indicator
from casegen.collection.norms import Norms
from casegen.problem import Problem, Severity
from casegen.rules.rule import Cases, Rule
from casegen.source.schema import locate_field

# A missing or doubled 万 makes a factor of 10,000; the tenth of it leaves room for cases that are
# really small or large. With fewer than five other cases nothing can be called usual.
FACTOR = 1000
OTHERS = 5

Reported = tuple[Case, int, Measure]


def check_magnitudes(collection: Cases, norms: Norms) -> Iterator[Problem]:
    """Report figures at least FACTOR times the median of the other cases', or at most its part."""
    groups: defaultdict[tuple[str, str], list[Reported]] = defaultdict(list)
    for case in collection.cases:
        for number, metric in enumerate(case.metrics):
            indicator = norms.vocabulary.get(metric.indicator) if metric.indicator else None
            if indicator is None or metric.part_of is not None or metric.same_as is not None:
                continue
            if measure := indicator.measure(metric.quantity):
                groups[indicator.key, measure.unit].append((case, number, measure))
    for (key, _), reported in groups.items():
        indicator = norms.vocabulary.get(key)
        if indicator:
            yield from _outliers(indicator, reported)


def _outliers(indicator: Indicator, reported: Sequence[Reported]) -> Iterator[Problem]:
    greatest: dict[str, Fraction] = {}
    for case, _, measure in reported:
        greatest[case.path] = max(greatest.get(case.path, measure.high), measure.high)
    others = len(greatest) - 1
    if others < OTHERS:
        return
    ranked = sorted(greatest.values())
    for case, number, measure in reported:
        median = _median_without(ranked, greatest[case.path])
        if measure.low >= FACTOR * median or measure.high * FACTOR <= median:
            yield _unlike(case, number, measure, median, f"其他 {others} 篇“{indicator.name}”")


def _median_without(ranked: Sequence[Fraction], own: Fraction) -> Fraction:
    """Return the median of the ranked values without one of them; the lower of two middle ones."""
    place = bisect_left(ranked, own)
    middle = (len(ranked) - 2) // 2
    return ranked[middle if middle < place else middle + 1]


def _unlike(case: Case, number: int, measure: Measure, median: Fraction, whose: str) -> Problem:
    metric = case.metrics[number]
    own, usual = show_value(measure.high, measure.unit), show_value(median, measure.unit)
    great = measure.low > median
    value = f"{own.number}{own.unit}"
    same = "" if value == metric.quantity.as_written else f"（{value}）"
    slip = "“万”字多写了" if great else "“万”字漏写了"
    return Problem(
        "unlike-others",
        Severity.WARNING,
        f"“{metric.name}”{metric.quantity.as_written}{same}"
        f"{'是' if great else '不到'}{whose}中位数 {usual.number}{usual.unit} 的"
        f"{'一千倍以上' if great else '千分之一'}",
        locate_field(case.path, case.marks, ("metrics", number)),
        f"多半是{slip}：对照原稿；没有写错，就写 waive: {{unlike-others: 已核对}}",
    )


_SIX = "\n".join(
    f"=== cases/{name}.md\n---\ntitle: 案例{name}\nmetrics:\n  - 投入帮扶资金: {value}元\n---\n"
    f"投入帮扶资金{value}元。"
    for name, value in zip("abcdef", ("21万", "35万", "18万", "42万", "26万", "{0}"), strict=True)
)

MAGNITUDES = (
    Rule(
        "unlike-others",
        Severity.WARNING,
        "数与别的案例相差一千倍以上",
        "“万”字多写或漏写，数就差一万倍；一个这样的数会盖过所有案例的合计。"
        "至少有五篇别的案例写了同一指标，才与它们的中位数比。",
        "对照原稿；没有写错，就豁免并写明理由。",
        "别的案例投入几十万元，这一篇写 20亿元",
        check=check_magnitudes,
        wrong=_SIX.format("30亿"),
        right=_SIX.format("30万"),
    ),
)
