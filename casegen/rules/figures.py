"""figures: metrics of one case held against one another and against the vocabulary.

Secret: how parts are compared with their whole, and when two metrics are one amount.
Not here: whether the body states a figure (evidence), what its sentences say of one another
(stated), sums over cases (metric).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from casegen.chinese.quantity import Qualifier, base, show
from casegen.collection.case import Case, Norms
from casegen.collection.metric import Metric
from casegen.collection.vocabulary import fits
from casegen.problem import Problem, Severity
from casegen.rules.rule import Rule
from casegen.source.schema import located


def parts(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Parts that add up to more than their whole, for each way of splitting it."""
    groups: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for number, metric in enumerate(case.metrics):
        if metric.part_of is not None and metric.same_as is None:
            groups[metric.part_of, metric.split].append(number)
    for (whole_number, split), numbers in groups.items():
        whole = case.metrics[whole_number]
        members = [case.metrics[n] for n in numbers]
        measure = base(whole.quantity)
        least = sum((_least(part, whole) for part in members), Fraction())
        names = "、".join(part.name for part in members)
        by = f"按{split}划分，" if split else ""
        total = f"整体“{whole.name}”{whole.quantity.as_written}"
        if least > measure.high and not _open_above(whole):
            yield _problem(
                case, numbers[-1], "part-exceeds-whole",
                f"{by}各部分（{names}）之和超过了{total}",
                "对照原稿改数字；原文如此，就写 waive: {part-exceeds-whole: 原文如此}",
            )  # fmt: skip
        elif len(numbers) > 1 and least < measure.low and _exact(whole, *members):
            gap = show(measure.low - least, measure.unit)
            yield _problem(
                case, numbers[-1], "parts-miss-whole",
                f"{by}各部分（{names}）之和比{total}少 {gap.number}{gap.unit}",
                "漏了一部分就补上；原文没有写全，就写 waive: {parts-miss-whole: 原文未写全}",
                Severity.NOTE,
            )  # fmt: skip


def units(case: Case, norms: Norms) -> Iterator[Problem]:
    """Metrics whose unit their indicator does not take."""
    for number, metric in enumerate(case.metrics):
        indicator = norms.vocabulary.get(metric.indicator) if metric.indicator else None
        if indicator and not fits(indicator, metric.quantity.unit):
            yield _problem(
                case, number, "misfit-unit",
                f"“{metric.name}”的计量单位“{metric.quantity.unit}”不合指标“{indicator.name}”",
                f"这个指标的基本单位是“{indicator.unit}”；不合的不会合计",
            )  # fmt: skip


def apiece(case: Case, norms: Norms) -> Iterator[Problem]:
    """Averages and standards under an indicator that is added up."""
    for number, metric in enumerate(case.metrics):
        indicator = norms.vocabulary.get(metric.indicator) if metric.indicator else None
        if indicator and indicator.summable and _is_average(case, number):
            yield _problem(
                case, number, "average-in-total",
                f"“{metric.name}”是平均数，却写在会合计的指标“{indicator.name}”下",
                "用 indicator 写 人均收入 或 补助标准/人均补助，它们不合计",
            )  # fmt: skip


_EACH = re.compile(r"(?:[人户亩村]均|户平|平均每|每[人户亩名]|(?<!不)平均(?!分))")


def _is_average(case: Case, number: int) -> bool:
    """Whether the metric's name says so, or its sentence right before the figure."""
    match = case.evidence[number]
    before = ""
    if match and match.states:
        before = case.prose.sentences[match.sentence].text.partition(match.raw)[0]
    return bool(_EACH.search(case.metrics[number].name) or _EACH_BEFORE.search(before))


_EACH_BEFORE = re.compile(r"(?:[人户亩村]均|户平|平均每[人户亩])[^，,。；;：:\d]{0,8}$")


def repeats(case: Case, _norms: Norms) -> Iterator[Problem]:
    """The same figure twice: under one name, or under two while the body states it once."""
    named: dict[tuple[object, ...], int] = {}
    alike: dict[tuple[object, ...], int] = {}
    for number, metric in enumerate(case.metrics):
        if metric.same_as is not None:
            continue
        quantity = metric.quantity
        value = (quantity.low, quantity.high, quantity.unit, metric.period)
        first = named.setdefault((metric.name, *value), number)
        if first != number:
            yield _repeated(case, number, first)
            continue
        if not metric.indicator or metric.part_of is not None:
            continue
        first = alike.setdefault((metric.indicator, base(quantity), metric.period), number)
        if first != number and not (_stated(case, first) and _stated(case, number)):
            yield _repeated(case, number, first)


def _stated(case: Case, number: int) -> bool:
    """Whether the body has a figure of its own for the metric."""
    match = case.evidence[number]
    return match is not None and match.states


def _repeated(case: Case, number: int, first: int) -> Problem:
    metric, other = case.metrics[number], case.metrics[first]
    line, _ = case.marks.get(("metrics", first), (1, 1))
    under = "" if other.name == metric.name else f"以“{other.name}”"
    once = "" if other.name == metric.name else "，正文里只有一处"
    return _problem(
        case, number, "repeated-metric",
        f"“{metric.name}”{metric.quantity.as_written}在第 {line} 行已经{under}写过{once}",
        "删去一条，或用 same_as（同）写明是同一笔；若确是两件事，名称写得不同些，正文各写一处",
    )  # fmt: skip


def _least(part: Metric, whole: Metric) -> Fraction:
    """What a part surely amounts to; nothing where it cannot be compared with the whole."""
    measure = base(part.quantity)
    return measure.low if measure.unit == base(whole.quantity).unit else Fraction()


def _open_above(whole: Metric) -> bool:
    """Whether the whole may be more than is written (超、余、约…)."""
    return whole.quantity.qualifier not in {"exact", "近", "以内", "仅", "累计"}


def _exact(*metrics: Metric) -> bool:
    """Whether these are exact figures of one unit."""
    plain = all(m.quantity.qualifier is Qualifier.EXACT for m in metrics)
    return plain and len({base(m.quantity).unit for m in metrics}) == 1


def _problem(  # noqa: PLR0913, PLR0917 what a problem consists of
    case: Case,
    number: int,
    slug: str,
    message: str,
    hint: str,
    severity: Severity = Severity.WARNING,
) -> Problem:
    where = located(case.path, case.marks, ("metrics", number))
    return Problem(slug, severity, message, where, hint)


FIGURES = (
    Rule(
        "part-exceeds-whole", Severity.WARNING, "各部分之和超过整体",
        "要么数字有误，要么不是一个整体的部分。",
        "对照原稿改正；原文如此就豁免并写明理由。",
        "waive: {part-exceeds-whole: 原文如此}", check=parts,
    ),
    Rule(
        "parts-miss-whole", Severity.NOTE, "各部分之和不足整体",
        "同一种划分（split）写了几部分，加起来却不到整体，可能漏了一部分，也可能有一个数写错。",
        "漏了就补上，写错就改正；原文没有写全，就豁免并写明理由。",
        "总额 200万元，产业 120万元，培训 60万元：还差 20万元",
    ),
    Rule(
        "misfit-unit", Severity.WARNING, "计量单位不合指标",
        "计量单位不合的不能合计，多半是指标选错了。",
        "改正计量单位，或用 indicator 写对的指标。", check=units,
    ),
    Rule(
        "average-in-total", Severity.WARNING, "平均数写在会合计的指标下",
        "人均、户均、每人的标准加起来没有意义，会弄错合计。",
        "用 indicator（指标类）写 人均收入 或 补助标准/人均补助。",
        "{name: 户均增收, indicator: 人均收入, value: 3000元}", check=apiece,
    ),
    Rule(
        "repeated-metric", Severity.WARNING, "同一条指标写了两次",
        "两条都会合计，数字就翻了倍。",
        "删去一条，或用 same_as（同）写明说的是同一件事；两件事碰巧同数，正文里要各有一处。",
        check=repeats,
    ),
)  # fmt: skip
