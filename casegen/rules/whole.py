"""whole: rules on the collection as a whole.

Secret: what may not stand twice in one collection.
Not here: two cases with one address (case.duplicate_addresses), which no page survives.
"""

from __future__ import annotations

from collections.abc import Iterator

from casegen.collection.case import Case, Norms
from casegen.collection.choice import OVERLAP
from casegen.collection.totals import fold
from casegen.problem import Problem, Severity
from casegen.rules.rule import Cases, Rule
from casegen.source.schema import located


def titles(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """Two cases of one title."""
    seen: dict[str, Case] = {}
    for case in sorted(collection.cases, key=lambda case: case.path):
        other = seen.setdefault(fold(case.title), case)
        if other is not case:
            yield Problem(
                "duplicate-title", Severity.WARNING, f"标题与 {other.path} 相同",
                located(case.path, case.marks, ("title",)),
                "若是同一案例，删去一个；不是就在标题里写出地点或年份",
            )  # fmt: skip


def institutions(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """An institution written in two ways that differ in spaces, brackets or width only."""
    seen: dict[str, Case] = {}
    for case in sorted(collection.cases, key=lambda case: case.path):
        other = seen.setdefault(fold(case.institution), case)
        if other.institution != case.institution:
            yield Problem(
                "institution-spelling", Severity.WARNING,
                f"单位“{case.institution}”在 {other.path} 里写作“{other.institution}”",
                located(case.path, case.marks, ("institution",)),
                "写法统一，否则会分成两个单位",
            )  # fmt: skip


def overlapping(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """Sums to date for one thing that overlap, or are less than what they contain."""
    by_slug = {case.slug: case for case in collection.cases}
    for each in collection.overlaps:
        case, other_case = by_slug[each.count.case], by_slug[each.other.case]
        metric, other = each.count.metric, each.other.metric
        line = other_case.marks.get(("metrics", each.other.position), (1, 1))[0]
        where = f"第 {line} 行" if case is other_case else f"{other_case.path} 第 {line} 行"
        own, others = (_years(count.period) for count in (each.count, each.other))
        told = (
            f"“{metric.name}”{metric.quantity.as_written}（{own}）"
            f"与{where}“{other.name}”{other.quantity.as_written}（{others}）"
        )
        what = f"{told}是同一件事，年份重叠：只计大的一条"
        if each.both:
            what = f"{told}是同一件事，部分却比整段的累计还多：两条都不计"
        yield Problem(
            OVERLAP, Severity.WARNING, what,
            located(case.path, case.marks, ("metrics", each.count.position)),
            "数或年份写错了就改；确是两件事，名称写得不同些；确是两笔，两条都写明 period（时段）"
            "和 timing（时间口径），这一条再写 waive: {overlapping-figures: 理由}",
        )  # fmt: skip


def _years(period: tuple[int, int]) -> str:
    first, last = period
    return f"{first}" if first == last else f"{first}—{last}"


WHOLE = (
    Rule(
        "duplicate-title", Severity.WARNING, "两个案例标题相同",
        "读者分不清，多半是同一篇收了两次。",
        "删去一个，或在标题里写出地点、年份。", check=titles,
    ),
    Rule(
        OVERLAP, Severity.WARNING, "累计数的年份重叠",
        "同一单位、同一地方、同一件事的两个累计数，年份有重叠，加起来就重了；"
        "部分比整段的累计还多，必有一个数是错的。",
        "改正数或年份；两件事就写不同的名称；确是两笔，写明时段和时间口径，再豁免。",
        "2012—2022年累计180万元；2021—2023年累计200万元", check=overlapping,
    ),
    Rule(
        "institution-spelling", Severity.WARNING, "同一单位有两种写法",
        "全角半角、空格不同，会分成两个单位，案例数和合计都不对。",
        "写法统一。",
        "某某大学(西校区) 与 某某大学（西校区）", check=institutions,
    ),
)  # fmt: skip
